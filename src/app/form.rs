//! The form in which a person puts right what a source says of a document: a line a field.

use super::Line;
use crate::document::{Correction, Date, DocumentId};

/// What parts authors and topics in their lines: names have commas in them.
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
        let several = |line: &Line| -> Vec<String> {
            let parts = line.text().split(';').map(str::trim);
            parts
                .filter(|part| !part.is_empty())
                .map(str::to_owned)
                .collect()
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
            authors: Some(several(authors)),
            published: Some(date),
            topics: Some(several(topics)),
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
}
