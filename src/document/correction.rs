//! What a reader puts right by hand: laid over what the source says, field by field.

use super::{Date, Metadata, Title};

/// What was put right in a document's metadata. What is `None` stays what the source says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Correction {
    /// Its title.
    pub title: Option<String>,
    /// Who wrote it, in order; an empty list where nobody is to be named.
    pub authors: Option<Vec<String>>,
    /// When it was published; `Some(None)` where the source's date is wrong and no other is known.
    pub published: Option<Option<Date>>,
    /// Its topics.
    pub topics: Option<Vec<String>>,
}

impl Correction {
    /// Returns whether nothing was put right.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Returns the names of the fields that were put right, as commands and screens call them.
    pub fn fields(&self) -> Vec<&'static str> {
        let fields = [
            ("title", self.title.is_some()),
            ("authors", self.authors.is_some()),
            ("date", self.published.is_some()),
            ("topics", self.topics.is_some()),
        ];
        let set = fields.into_iter().filter(|(_, set)| *set);
        set.map(|(name, _)| name).collect()
    }

    /// Lays what was put right over what the source says.
    pub fn lay_over(&self, metadata: &mut Metadata) {
        if let Some(text) = &self.title {
            metadata.title = Title {
                text: text.clone(),
                derived: false,
            };
        }
        if let Some(authors) = &self.authors {
            metadata.authors.clone_from(authors);
        }
        if let Some(published) = self.published {
            metadata.published = published;
        }
        if let Some(topics) = &self.topics {
            metadata.topics.clone_from(topics);
        }
    }

    /// Drops what says the same as the source, which so stays free to change.
    #[must_use]
    pub fn without_what_says(mut self, own: &Metadata) -> Self {
        self.title.take_if(|title| *title == own.title.text);
        self.authors.take_if(|authors| *authors == own.authors);
        self.published
            .take_if(|published| *published == own.published);
        self.topics.take_if(|topics| *topics == own.topics);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_put_right_stays_and_what_says_the_same_is_no_correction() {
        let own = Metadata {
            title: Title {
                text: "First words of".to_owned(),
                derived: true,
            },
            authors: vec!["Ann".to_owned()],
            published: "2012".parse().ok(),
            ..Metadata::default()
        };
        let correction = Correction {
            title: Some("A title".to_owned()),
            authors: Some(vec!["Ann".to_owned()]),
            published: Some(None),
            topics: None,
        }
        .without_what_says(&own);
        assert_eq!(correction.fields(), ["title", "date"]);
        let mut laid = own;
        correction.lay_over(&mut laid);
        assert_eq!(laid.title.text, "A title");
        assert!(!laid.title.derived);
        assert_eq!((laid.authors.len(), laid.published), (1, None));
    }
}
