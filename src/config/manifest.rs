//! The manifest of a folder, `library.toml`: what its files cannot say of themselves.
//!
//! A plain text has no place for its author, and a feed may name the person who posted where a guest wrote. The
//! manifest gives such facts, and what it gives goes before what the file says. Everything in it is optional:
//!
//! ```toml
//! [[file]]
//! path = "notes/transfer.txt"     # relative to the manifest; the only key that an entry needs
//! title = "On trust"              # a file that holds many documents keeps their titles: this one names the source
//! authors = ["Ann Smith"]         # `author = "Ann Smith"` says the same
//! date = "2012-11"                # as exactly as it is known: 2012, 2012-11, 2012-11-30, 2012-11-30T09:30:00Z
//! publisher = "Ethos"
//! url = "https://example.org/trust"
//! kind = "article"                # article, post, thread, page, note, book, message
//! language = "en-GB"
//! topics = ["trust"]
//! details = { "Earlier title" = "Why trust?" }
//! split = "Share Button"          # the line that ends each post of a page of many; `false`: never split this file
//!
//! [[file.document]]               # corrects one document of a file that holds many
//! match = "Social value hybrids"  # its title, address or guid, as the file has it
//! authors = ["Tim Cooper"]        # and any other fact of the list above
//! ```
//!
//! Nothing in a manifest stops the reading of a folder: an unknown key or a wrong type is a [`Warning`] with its line,
//! and the rest counts. Dates, kinds and languages are kept as written; `format` reads them where it lays them over.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Warning;

/// The name that a manifest has in its folder.
pub const FILE_NAME: &str = "library.toml";

/// What a folder's manifest says of its files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    /// An entry a file, in the order written.
    pub files: Vec<FileEntry>,
}

/// What a manifest says of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileEntry {
    /// Where the file is, relative to the manifest, parted by `/`.
    pub path: String,
    /// What it says of each document in the file; the title, date and address only where the file holds one.
    pub facts: Facts,
    /// Where a page of several posts is parted.
    pub split: Split,
    /// Corrections for single documents of the file.
    pub documents: Vec<DocumentEntry>,
}

/// What a manifest says of one document in a file of many.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DocumentEntry {
    /// The document's title, address or guid, as the file has it.
    pub names: String,
    /// What goes before what the file says.
    pub facts: Facts,
}

/// Facts as written. An empty list says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The title.
    pub title: Option<String>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// When it was published, in the written form of a date.
    pub date: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// The name of its kind.
    pub kind: Option<String>,
    /// The tag of its language.
    pub language: Option<String>,
    /// Its categories.
    pub topics: Vec<String>,
    /// Whatever else, as name and value, ordered by name.
    pub details: Vec<(String, String)>,
}

/// Where a page of several posts is parted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Split {
    /// Where the general rules for pages say so.
    #[default]
    ByRule,
    /// Nowhere.
    Never,
    /// At each line that says this and nothing else.
    At(String),
}

impl Manifest {
    /// Returns the entry for a file, by its path relative to the manifest.
    pub fn file(&self, relative_path: &str) -> Option<&FileEntry> {
        let path = normal_path(relative_path);
        self.files.iter().find(|entry| entry.path == path)
    }
}

/// Reads a manifest. What cannot be understood is passed over with a warning that names its line.
///
/// ```
/// use recto::config::manifest;
///
/// let (manifest, warnings) = manifest::parse("[[file]]\npath = \"a.txt\"\ndate = \"2012-11\"\ncolour = 3");
/// assert_eq!(manifest.file("a.txt").unwrap().facts.date.as_deref(), Some("2012-11"));
/// assert_eq!(warnings[0].to_string(), "library.toml: line 4: unknown key `colour`, passed over");
/// ```
pub fn parse(text: &str) -> (Manifest, Vec<Warning>) {
    let mut reading = Reading {
        text,
        warnings: Vec::new(),
    };
    let (root, faults) = DeTable::parse_recoverable(text);
    for fault in faults {
        reading.warn(fault.span().unwrap_or_default(), fault.message());
    }
    let mut manifest = Manifest::default();
    for (key, value) in root.get_ref() {
        match key.get_ref().as_ref() {
            "file" => {
                let entries = reading.tables(key, value);
                manifest
                    .files
                    .extend(entries.into_iter().filter_map(|entry| reading.file(entry)));
            }
            _ => reading.unknown(key),
        }
    }
    (manifest, reading.warnings)
}

type Table<'a, 'i> = &'a Spanned<DeValue<'i>>;
type Name<'a, 'i> = &'a Spanned<std::borrow::Cow<'i, str>>;

/// The manifest being read, and what was wrong so far.
struct Reading<'t> {
    text: &'t str,
    warnings: Vec<Warning>,
}

impl Reading<'_> {
    fn file(&mut self, entry: Table<'_, '_>) -> Option<FileEntry> {
        let mut file = FileEntry::default();
        for (key, value) in entry.get_ref().as_table()? {
            match key.get_ref().as_ref() {
                "path" => file.path = normal_path(&self.string(key, value).unwrap_or_default()),
                "split" => file.split = self.split(key, value),
                "document" => {
                    let entries = self.tables(key, value);
                    file.documents
                        .extend(entries.into_iter().filter_map(|entry| self.document(entry)));
                }
                _ => self.fact(key, value, &mut file.facts),
            }
        }
        if file.path.is_empty() {
            self.warn(entry.span(), "the entry has no `path`, passed over");
            return None;
        }
        Some(file)
    }

    fn document(&mut self, entry: Table<'_, '_>) -> Option<DocumentEntry> {
        let mut document = DocumentEntry::default();
        for (key, value) in entry.get_ref().as_table()? {
            match key.get_ref().as_ref() {
                "match" => document.names = self.string(key, value).unwrap_or_default(),
                _ => self.fact(key, value, &mut document.facts),
            }
        }
        if document.names.is_empty() {
            self.warn(entry.span(), "the entry has no `match`, passed over");
            return None;
        }
        Some(document)
    }

    fn fact(&mut self, key: Name<'_, '_>, value: Table<'_, '_>, facts: &mut Facts) {
        match key.get_ref().as_ref() {
            "title" => facts.title = self.string(key, value),
            "author" => facts.authors.extend(self.string(key, value)),
            "authors" => facts.authors.extend(self.strings(key, value)),
            "date" => facts.date = self.date(key, value),
            "publisher" => facts.publisher = self.string(key, value),
            "url" => facts.url = self.string(key, value),
            "kind" => facts.kind = self.string(key, value),
            "language" => facts.language = self.string(key, value),
            "topics" => facts.topics.extend(self.strings(key, value)),
            "details" => facts.details.extend(self.details(key, value)),
            _ => self.unknown(key),
        }
    }

    fn split(&mut self, key: Name<'_, '_>, value: Table<'_, '_>) -> Split {
        match value.get_ref() {
            DeValue::Boolean(false) => Split::Never,
            DeValue::String(line) if !line.trim().is_empty() => Split::At(line.trim().to_owned()),
            other => {
                self.wrong_type(key, value, "a line, or false", other.type_str());
                Split::ByRule
            }
        }
    }

    /// Returns a date as text: TOML's own dates are taken as they are written.
    fn date(&mut self, key: Name<'_, '_>, value: Table<'_, '_>) -> Option<String> {
        match value.get_ref() {
            DeValue::Datetime(date) => Some(date.to_string()),
            DeValue::Integer(year) => Some(year.as_str().to_owned()),
            _ => self.string(key, value),
        }
    }

    fn string(&mut self, key: Name<'_, '_>, value: Table<'_, '_>) -> Option<String> {
        let found = value.get_ref().as_str().map(|text| text.trim().to_owned());
        if found.is_none() {
            self.wrong_type(key, value, "text", value.get_ref().type_str());
        }
        found.filter(|text| !text.is_empty())
    }

    fn strings(&mut self, key: Name<'_, '_>, value: Table<'_, '_>) -> Vec<String> {
        let Some(items) = value.get_ref().as_array() else {
            self.wrong_type(key, value, "a list of texts", value.get_ref().type_str());
            return Vec::new();
        };
        items
            .iter()
            .filter_map(|item| self.string(key, item))
            .collect()
    }

    fn details(&mut self, key: Name<'_, '_>, value: Table<'_, '_>) -> Vec<(String, String)> {
        let Some(table) = value.get_ref().as_table() else {
            self.wrong_type(key, value, "a table of texts", value.get_ref().type_str());
            return Vec::new();
        };
        table
            .iter()
            .filter_map(|(name, value)| {
                let text = self.string(name, value)?;
                Some((name.get_ref().to_string(), text))
            })
            .collect()
    }

    fn tables<'a, 'i>(
        &mut self,
        key: Name<'_, '_>,
        value: Table<'a, 'i>,
    ) -> Vec<&'a Spanned<DeValue<'i>>> {
        let Some(items) = value.get_ref().as_array() else {
            let name = key.get_ref();
            let message = format!("`{name}` must be written as `[[…]]`, passed over");
            self.warn(value.span(), &message);
            return Vec::new();
        };
        let (tables, others): (Vec<_>, Vec<_>) =
            items.iter().partition(|item| item.get_ref().is_table());
        for other in others {
            self.wrong_type(key, other, "a table", other.get_ref().type_str());
        }
        tables
    }

    fn unknown(&mut self, key: Name<'_, '_>) {
        let message = format!("unknown key `{}`, passed over", key.get_ref());
        self.warn(key.span(), &message);
    }

    fn wrong_type(&mut self, key: Name<'_, '_>, value: Table<'_, '_>, expected: &str, found: &str) {
        let name = key.get_ref();
        let message = format!("`{name}` must be {expected}, not {found}; passed over");
        self.warn(value.span(), &message);
    }

    fn warn(&mut self, at: Range<usize>, message: &str) {
        let before = self.text.get(..at.start).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        self.warnings.push(Warning {
            source: FILE_NAME.to_owned(),
            place: format!("line {line}"),
            message: message.to_owned(),
        });
    }
}

/// Returns a relative path as manifests write it: parted by `/`, without `./` before it.
fn normal_path(path: &str) -> String {
    let path = path.trim().replace('\\', "/");
    path.strip_prefix("./").unwrap_or(&path).to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn warnings(text: &str) -> Vec<String> {
        let (_, warnings) = parse(text);
        warnings
            .iter()
            .map(|warning| format!("{}: {}", warning.place, warning.message))
            .collect()
    }

    #[test]
    fn an_entry_gives_its_facts_and_those_of_its_documents() {
        let (manifest, warnings) = parse(
            r#"
            [[file]]
            path = "./feeds\\psh.xml"
            authors = ["A", "B"]
            date = 2012-11-03
            split = "Share Button"
            details = { "Earlier title" = "C" }
            [[file.document]]
            match = "Hybrids"
            author = "Tim Cooper"
            topics = ["trust"]
            "#,
        );
        assert_eq!(warnings, []);
        let file = manifest.file("feeds/psh.xml").unwrap();
        assert_eq!(file.facts.authors, ["A", "B"]);
        assert_eq!(file.facts.date.as_deref(), Some("2012-11-03"));
        assert_eq!(file.split, Split::At("Share Button".to_owned()));
        assert_eq!(
            file.facts.details,
            [("Earlier title".to_owned(), "C".to_owned())]
        );
        let document = file.documents.first().unwrap();
        assert_eq!(document.names, "Hybrids");
        assert_eq!(document.facts.authors, ["Tim Cooper"]);
        assert_eq!(document.facts.topics, ["trust"]);
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line_and_the_rest_counts() {
        for (text, expected) in [
            ("x = 1", "line 1: unknown key `x`, passed over"),
            (
                "[[file]]\npath = 3",
                "line 2: `path` must be text, not integer; passed over",
            ),
            (
                "[[file]]\npath = 'a'\nauthors = 'b'",
                "line 3: `authors` must be a list of texts, not string; passed over",
            ),
            (
                "[[file]]\npath = 'a'\nsplit = true",
                "line 3: `split` must be a line, or false, not boolean; passed over",
            ),
            (
                "[file]\npath = 'a'",
                "line 1: `file` must be written as `[[…]]`, passed over",
            ),
            (
                "[[file]]\ntitle = 'a'",
                "line 1: the entry has no `path`, passed over",
            ),
            (
                "[[file]]\npath = 'a'\n[[file.document]]\ntitle = 'b'",
                "line 3: the entry has no `match`, passed over",
            ),
        ] {
            assert!(
                warnings(text).iter().any(|warning| warning == expected),
                "{text}: {:?}",
                warnings(text)
            );
        }
    }

    #[test]
    fn a_fault_of_syntax_leaves_the_entries_around_it() {
        let text = "[[file]]\npath = 'a'\ntitle = = 'x'\n[[file]]\npath = 'b'\n";
        let (manifest, warnings) = parse(text);
        assert!(manifest.file("a").is_some() && manifest.file("b").is_some());
        assert_eq!(warnings.first().unwrap().place, "line 3");
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_failing(text in "(\\[\\[file\\]\\]\n|path = 'a'\n|[a-z\\[\\]=\"'.{}\n ]{0,12}){0,8}") {
            parse(&text);
        }
    }
}
