//! The form in which a person puts right what a source says of a document: a line a field.

use super::Line;
use crate::document::{Correction, Date, DocumentId};

/// What parts authors and topics in their lines: names have commas in them. Where none stands in a line, commas part
/// topics, and authors of whom each has more than one name.
const PARTED_BY: &str = "; ";

/// The fields, in the order of the form.
pub const FIELDS: [&str; 4] = ["title", "authors", "date", "topics"];

/// A form that is being filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// The document that it is about.
    pub id: DocumentId,
    /// The lines of the fields.
    pub lines: [Line; 4],
    /// The field with the cursor.
    pub at: usize,
}

impl Form {
    /// Returns the form of a document as it is now.
    pub fn new(
        id: DocumentId,
        title: &str,
        authors: &[String],
        date: Option<Date>,
        topics: &[String],
    ) -> Self {
        let date = date.map_or_else(String::new, |date| date.to_string());
        Self {
            id,
            lines: [
                Line::new(title),
                Line::new(&authors.join(PARTED_BY)),
                Line::new(&date),
                Line::new(&topics.join(PARTED_BY)),
            ],
            at: 0,
        }
    }

    /// Goes so many fields on, around the end.
    pub fn step(&mut self, fields: isize) {
        let count = FIELDS.len().cast_signed();
        let at = self.at.cast_signed().saturating_add(fields);
        self.at = at.rem_euclid(count).unsigned_abs();
    }

    /// Returns the line with the cursor.
    pub fn line(&self) -> Option<&Line> {
        self.lines.get(self.at)
    }

    /// Returns the line with the cursor, to be edited.
    pub fn line_mut(&mut self) -> Option<&mut Line> {
        self.lines.get_mut(self.at)
    }

    /// Returns what the form says, or what is wrong in it. An emptied title is the source's again.
    pub fn correction(&self) -> Result<Correction, String> {
        let [title, authors, date, topics] = &self.lines;
        let by = |text: &str, sign: char| -> Vec<String> {
            let parts = text.split(sign).map(str::trim);
            parts
                .filter(|part| !part.is_empty())
                .map(str::to_owned)
                .collect()
        };
        let several = |line: &Line, may_be_one: fn(&[String]) -> bool| -> Vec<String> {
            let by_commas = by(line.text(), ',');
            if line.text().contains(';') || may_be_one(&by_commas) {
                by(line.text(), ';')
            } else {
                by_commas
            }
        };
        let date =
            match date.text().trim() {
                "" => None,
                text => Some(text.parse().map_err(|_| {
                    format!("“{text}” is no date; write 2012, 2012-11 or 2012-11-30")
                })?),
            };
        let title = title.text().trim();
        Ok(Correction {
            title: Some(title.to_owned()).filter(|title| !title.is_empty()),
            // `Lee, Ann` is one.
            authors: Some(several(authors, |parts| {
                parts.iter().any(|part| !part.contains(' '))
            })),
            published: Some(date),
            topics: Some(several(topics, |_| false)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_says_what_stands_in_it() {
        let authors = ["Author, Ann".to_owned(), "Bo".to_owned()];
        let mut form = Form::new(DocumentId(1), "Old", &authors, None, &[]);
        form.step(-1);
        assert_eq!(form.at, 3);
        form.line_mut().unwrap().insert("trust;; care ");
        let correction = form.correction().unwrap();
        assert_eq!(correction.authors.as_deref(), Some(&authors[..]));
        assert_eq!(
            correction.topics,
            Some(vec!["trust".to_owned(), "care".to_owned()])
        );
        assert_eq!(correction.published, Some(None));
        form.step(-1);
        form.line_mut().unwrap().insert("last week");
        assert!(form.correction().unwrap_err().contains("“last week”"));
    }

    #[test]
    fn commas_part_topics_and_whole_names() {
        for (authors, topics, expected) in [
            (
                "Ann Lee, Bob Ray",
                "trust, care",
                (vec!["Ann Lee", "Bob Ray"], vec!["trust", "care"]),
            ),
            ("Lee, Ann", "a, b; c", (vec!["Lee, Ann"], vec!["a, b", "c"])),
            ("Lee, Ann; Bob", "", (vec!["Lee, Ann", "Bob"], vec![])),
        ] {
            let mut form = Form::new(DocumentId(1), "", &[], None, &[]);
            form.lines[1].insert(authors);
            form.lines[3].insert(topics);
            let correction = form.correction().unwrap();
            let said = (correction.authors.unwrap(), correction.topics.unwrap());
            let expected = (
                expected
                    .0
                    .into_iter()
                    .map(str::to_owned)
                    .collect::<Vec<_>>(),
                expected
                    .1
                    .into_iter()
                    .map(str::to_owned)
                    .collect::<Vec<_>>(),
            );
            assert_eq!(said, expected);
        }
    }
}
