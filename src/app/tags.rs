//! The line in which a person changes a document's own tags: all of them in one line, parted by commas.
//!
//! Tab and the arrows put names that exist into the line, one after the other; Enter keeps what stands there and nothing
//! else. What was taken out of the line is taken off the document.

use super::{Line, OverlayLine, grouped};
use crate::document::DocumentId;
use crate::query::{Count, MOST_TAGS, tag_name, topic_name, whole_name};

/// How many names are offered at once.
const OFFERED: usize = 12;

/// A line of tags that is being edited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagForm {
    /// The document that it is about.
    pub id: DocumentId,
    /// What that is called.
    pub title: String,
    /// The tags that it had.
    pub before: Vec<String>,
    /// What stands there now.
    pub line: Line,
    /// The tags that there are, the most used first, each with the form in which it is compared; nothing until they came.
    known: Option<Vec<(Count, String)>>,
    /// The places of those that the word at the cursor can become.
    offered: Vec<usize>,
    /// Which of these stands in the line.
    at: Option<usize>,
}

impl TagForm {
    /// Returns the form of a document that has these tags.
    pub fn new(id: DocumentId, title: &str, tags: &[String]) -> Self {
        let mut text = tags.join(", ");
        if !tags.is_empty() {
            text.push_str(", ");
        }
        Self {
            id,
            title: title.to_owned(),
            before: tags.to_vec(),
            line: Line::new(&text),
            known: None,
            offered: Vec::new(),
            at: None,
        }
    }

    /// Takes the tags that there are.
    pub fn replace_known(&mut self, mut tags: Vec<Count>) {
        tags.sort_by_key(|tag| std::cmp::Reverse(tag.count));
        let tags = tags.into_iter().map(|tag| {
            let normal = topic_name(&tag.value);
            (tag, normal)
        });
        self.known = Some(tags.collect());
        self.offer();
    }

    /// Changes the line, and offers what fits then.
    pub fn edit<T>(&mut self, change: impl FnOnce(&mut Line) -> T) -> T {
        let told = change(&mut self.line);
        self.offer();
        told
    }

    /// Returns the place of the line that stands in the line typed.
    pub fn selected(&self) -> Option<usize> {
        self.at
    }

    /// Puts the name so many places on into the line, around the end.
    pub fn step(&mut self, names: isize) {
        let count = self.offered.len().cast_signed();
        if count == 0 {
            return;
        }
        let from = match self.at {
            Some(at) => at.cast_signed(),
            None if names > 0 => -1,
            None => 0,
        };
        let at = from.saturating_add(names.clamp(-count, count));
        self.choose(at.rem_euclid(count).unsigned_abs());
    }

    /// Puts the name at a place into the line.
    pub fn choose(&mut self, at: usize) {
        let name = self.offered.get(at).and_then(|place| self.name_at(*place));
        if let Some(name) = name.map(str::to_owned) {
            self.line.replace_before_cursor(self.start(), &name);
            self.at = Some(at);
        }
    }

    /// Completes the word at the cursor; a word that is whole is followed by a comma.
    pub fn complete(&mut self) {
        if self.offered.is_empty() {
            let typed = topic_name(self.typed());
            if !typed.is_empty() {
                self.edit(|line| line.insert(", "));
            }
            return;
        }
        let is_only = self.offered.len() == 1;
        self.step(1);
        if is_only {
            self.edit(|line| line.insert(", "));
        }
    }

    /// Returns the lines below: the names offered, with how many documents have each, and what the keys do.
    pub fn lines(&self) -> Vec<OverlayLine> {
        let known = self.known.as_deref().unwrap_or_default();
        let offered = self.offered.iter().filter_map(|place| known.get(*place));
        let mut lines: Vec<OverlayLine> = offered
            .map(|(tag, _)| OverlayLine {
                left: grouped(tag.count),
                ..OverlayLine::text(tag.value.clone())
            })
            .collect();
        let none = self.known.as_ref().is_some_and(Vec::is_empty);
        lines.push(OverlayLine::text(
            if none {
                "no tags yet: type names, commas between; Enter keeps"
            } else {
                "commas between; Tab completes, Enter keeps"
            }
            .to_owned(),
        ));
        lines
    }

    /// Returns the tags that stand in the line, in the order in which they are shown and as those that exist are written,
    /// or what is wrong with one.
    pub fn tags(&self) -> Result<Vec<String>, String> {
        let mut tags: Vec<(String, String)> = Vec::new();
        let words = self.line.text().split(',').map(str::trim);
        for word in words.filter(|word| !word.is_empty()) {
            let name = tag_name(word).map_err(|fault| fault.to_string())?;
            let normal = topic_name(&name);
            if !tags.iter().any(|(_, known)| *known == normal) {
                let known = self.known.iter().flatten();
                let mut known = known
                    .filter(|(_, known)| *known == normal)
                    .map(|(tag, _)| tag.value.clone());
                tags.push((known.next().unwrap_or(name), normal));
            }
        }
        if tags.len() > MOST_TAGS {
            return Err(format!("a document can have {MOST_TAGS} tags"));
        }
        tags.sort_by(|(_, one), (_, next)| one.cmp(next));
        Ok(tags.into_iter().map(|(name, _)| name).collect())
    }

    fn name_at(&self, place: usize) -> Option<&str> {
        let (tag, _) = self.known.as_ref()?.get(place)?;
        Some(&tag.value)
    }

    /// Returns the byte of the line where the word at the cursor begins.
    fn start(&self) -> usize {
        let before = self.line.before_cursor();
        let after_comma = before.rfind(',').map_or(0, |comma| comma + 1);
        let rest = before.get(after_comma..).unwrap_or_default();
        after_comma + (rest.len() - rest.trim_start().len())
    }

    fn typed(&self) -> &str {
        let before = self.line.before_cursor();
        before.get(self.start()..).unwrap_or_default()
    }

    /// Looks for what the word at the cursor can become: names that begin so, then those of which a later word does. What
    /// stands in the line already is not offered, and nothing within a word.
    fn offer(&mut self) {
        self.at = None;
        self.offered.clear();
        let text = self.line.text();
        let cursor = self.line.before_cursor().len();
        let after = text.get(cursor..).unwrap_or_default();
        if after.chars().next().is_some_and(|next| next != ',') {
            return;
        }
        // By the words as typed: in the singular a beginning would be another.
        let typed = whole_name(self.typed());
        let others = text.get(..self.start()).unwrap_or_default().split(',');
        let others: Vec<String> = others.chain(after.split(',')).map(topic_name).collect();
        let spaced = format!(" {typed}");
        let (mut begin, mut within) = (Vec::new(), Vec::new());
        let known = self.known.as_deref().unwrap_or_default().iter();
        for (place, (tag, normal)) in known.enumerate() {
            let name = whole_name(&tag.value);
            if others.contains(normal) || name == typed {
                continue;
            }
            if name.starts_with(&typed) {
                begin.push(place);
            } else if name.contains(&spaced) {
                within.push(place);
            }
        }
        begin.append(&mut within);
        begin.truncate(OFFERED);
        self.offered = begin;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(tags: &[&str]) -> TagForm {
        let tags: Vec<String> = tags.iter().map(ToString::to_string).collect();
        let mut form = TagForm::new(DocumentId(1), "Title", &tags);
        let known = [
            ("mutuals", 3),
            ("must read", 9),
            ("to read", 4),
            ("Trust", 1),
        ];
        let known = known.map(|(name, count)| Count {
            value: name.to_owned(),
            count,
        });
        form.replace_known(known.to_vec());
        form
    }

    fn offered(form: &TagForm) -> Vec<String> {
        let mut lines = form.lines();
        lines.pop();
        lines.into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn what_is_typed_offers_the_names_that_fit_and_are_not_there_yet() {
        for (tags, typed, names) in [
            (
                &[][..],
                "",
                &["must read", "to read", "mutuals", "Trust"][..],
            ),
            (&[], "mu", &["must read", "mutuals"]),
            (&["mutuals"], "mu", &["must read"]),
            (&["mutuals"], "re", &["must read", "to read"]),
            (&[], "MUTUAL", &["mutuals"]),
            (&[], "mutuals", &[]),
            (&[], "xy", &[]),
        ] {
            let mut form = form(tags);
            form.edit(|line| line.insert(typed));
            assert_eq!(offered(&form), names, "{tags:?} {typed}");
        }
    }

    #[test]
    fn tab_and_arrows_put_names_into_the_line() {
        let mut form = form(&["mutuals"]);
        form.edit(|line| line.insert("t"));
        form.complete();
        assert_eq!(form.line.text(), "mutuals, to read");
        form.complete();
        assert_eq!(form.line.text(), "mutuals, Trust");
        assert_eq!(form.selected(), Some(1));
        form.step(1);
        assert_eq!(form.line.text(), "mutuals, to read");
        form.edit(|line| line.insert(", tru"));
        form.complete();
        assert_eq!(form.line.text(), "mutuals, to read, Trust, ");
        form.edit(|line| line.insert("new"));
        form.complete();
        assert_eq!(form.line.text(), "mutuals, to read, Trust, new, ");
        assert_eq!(form.tags().unwrap(), ["mutuals", "new", "to read", "Trust"]);
    }

    #[test]
    fn the_line_says_each_tag_once_as_it_is_known_or_what_is_wrong() {
        let mut form = form(&[]);
        form.edit(|line| line.insert(" , TRUST,#To-Read ,, trust"));
        assert_eq!(form.tags().unwrap(), ["to read", "Trust"]);
        form.edit(|line| line.insert(", !"));
        assert!(form.tags().unwrap_err().contains("“!”"));
        let many: Vec<String> = (0..=MOST_TAGS)
            .map(|number| format!("n{number}x"))
            .collect();
        form.line.set(&many.join(","));
        assert!(form.tags().unwrap_err().contains("32"));
    }
}
