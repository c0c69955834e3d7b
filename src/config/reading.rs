//! Reading TOML that a person wrote: whatever can be read is, the rest are warnings with their lines.
//!
//! Entries come in the order of the file, which is the order in which help shows keys and facets show themes; the
//! parser's own tables are sorted by name.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Warning;

/// A file being read.
pub(super) struct Reading<'a> {
    source: &'a str,
    text: &'a str,
    /// What was not understood so far, each with its byte.
    warnings: Vec<(usize, Warning)>,
}

/// A name and its value.
#[derive(Clone, Copy)]
pub(super) struct Entry<'t, 'a> {
    pub name: &'t str,
    pub value: &'t DeValue<'a>,
    /// The byte where the name stands.
    pub at: usize,
}

impl<'a> Reading<'a> {
    /// Parses `text`, the file `source`. What the parser stumbles over is a warning; what it could read is there.
    pub fn parse(source: &'a str, text: &'a str) -> (DeTable<'a>, Self) {
        let (table, errors) = DeTable::parse_recoverable(text);
        let mut reading = Self {
            source,
            text,
            warnings: Vec::new(),
        };
        for error in errors {
            let at = error.span().map_or(text.len(), |span| span.start);
            reading.warn(at, error.message().to_owned());
        }
        (table.into_inner(), reading)
    }

    /// Returns the number of the line that holds the byte `at`, from 1.
    pub fn line(&self, at: usize) -> usize {
        let before = self.text.get(..at).unwrap_or(self.text);
        before.matches('\n').count() + 1
    }

    /// Warns of what stands at the byte `at`.
    pub fn warn(&mut self, at: usize, message: String) {
        let warning = Warning {
            source: self.source.to_owned(),
            place: format!("line {}", self.line(at)),
            message,
        };
        self.warnings.push((at, warning));
    }

    /// Ends the reading: returns what was not understood, in the order of the file.
    pub fn into_warnings(mut self) -> Vec<Warning> {
        self.warnings.sort_by_key(|(at, _)| *at);
        self.warnings
            .into_iter()
            .map(|(_, warning)| warning)
            .collect()
    }

    /// Warns that an entry should have been `what`. Says “not: integer”, as the parser calls it, which needs no article.
    pub fn warn_of_type(&mut self, entry: Entry<'_, 'a>, what: &str) {
        let kind = entry.value.type_str();
        let message = format!("`{}` should be {what}, not: {kind}", entry.name);
        self.warn(entry.at, message);
    }

    /// Returns the strings of a list, or a single string, each with its byte. Warns of what is neither.
    pub fn strings<'t>(&mut self, entry: Entry<'t, 'a>) -> Option<Vec<(&'t str, usize)>> {
        match entry.value {
            DeValue::String(one) => Some(vec![(one, entry.at)]),
            DeValue::Array(items) => {
                let strings = items.iter().filter_map(|item| {
                    let (at, value) = (item.span().start, item.get_ref());
                    if !value.is_str() {
                        let kind = value.type_str();
                        self.warn(at, format!("a string should stand here, not: {kind}"));
                    }
                    Some((value.as_str()?, at))
                });
                Some(strings.collect())
            }
            _ => {
                self.warn_of_type(entry, "a list of strings");
                None
            }
        }
    }

    /// Returns the table that an entry should be; warns where it is none.
    pub fn table<'t>(&mut self, entry: Entry<'t, 'a>) -> Option<&'t DeTable<'a>> {
        let table = entry.value.as_table();
        if table.is_none() {
            self.warn_of_type(entry, "a table");
        }
        table
    }

    /// Returns the string that an entry should be; warns where it is none.
    pub fn string<'t>(&mut self, entry: Entry<'t, 'a>) -> Option<&'t str> {
        let text = entry.value.as_str();
        if text.is_none() {
            self.warn_of_type(entry, "a string");
        }
        text
    }
}

/// Returns the entries of a table in the order of the file.
pub(super) fn entries<'t, 'a>(table: &'t DeTable<'a>) -> Vec<Entry<'t, 'a>> {
    let mut entries: Vec<Entry<'t, 'a>> = table
        .iter()
        .map(|(name, value): (&Spanned<_>, &Spanned<_>)| Entry {
            name: name.get_ref(),
            value: value.get_ref(),
            at: name.span().start,
        })
        .collect();
    entries.sort_by_key(|entry| entry.at);
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_come_in_the_order_of_the_file() {
        let (table, reading) = Reading::parse("x.toml", "b = 1\na = 2\n[d]\n[c]\n");
        let names: Vec<&str> = entries(&table).iter().map(|entry| entry.name).collect();
        assert_eq!(names, ["b", "a", "d", "c"]);
        assert_eq!(reading.into_warnings(), []);
    }

    #[test]
    fn a_broken_line_is_told_and_the_others_are_read() {
        let (table, reading) = Reading::parse("x.toml", "a = 1\nb = = 2\nc = 3\n");
        let names: Vec<&str> = entries(&table).iter().map(|entry| entry.name).collect();
        assert!(names.contains(&"a") && names.contains(&"c"), "{names:?}");
        let warnings = reading.into_warnings();
        assert!(!warnings.is_empty());
        assert!(warnings.iter().all(|warning| warning.place == "line 2"));
    }
}
