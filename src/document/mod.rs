//! What a document is: its metadata, and a [`Body`] that is one text with ranges over it.
//!
//! A document *is* its text. Everything else (blocks, spans, parts) is a range of bytes over that text, so that a
//! hit, a bookmark or a quotation is the same bytes for the search, the snippet and the page, at every width.
//! A body can only be made by [`BodyBuilder`], which keeps the promises listed at [`Body`].
//!
//! Plain data: no parsing, no layout, no storage.

mod body;
mod builder;
mod correction;
mod date;
pub mod double;
mod label;
mod marks;
mod note;
mod path;
mod quotation;
mod subscription;

pub use body::{
    Block, BlockKind, Body, Container, Destination, Item, Marker, OutlineEntry, Part, RawBody,
    Span, SpanKind, TextRange,
};
pub use builder::{BodyBuilder, PartHead};
pub use correction::Correction;
pub use date::{Date, DateError, Precision};
pub use label::Label;
pub use marks::{Anchor, Marks};
pub use note::{LONGEST_NOTE, Note, NoteError, NoteId};
pub use quotation::Quotation;
pub use subscription::Subscription;

pub use crate::text::Language;

use serde::{Deserialize, Serialize};

/// The number of a document in its library: short, never used twice, and what `recto show` takes.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct DocumentId(pub i64);

impl std::fmt::Display for DocumentId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// The document's own name within its source: guid, else link, else path, else a hash of title and date.
///
/// Never its position: a blog puts new posts first, and adding it again must update, not double.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Key(pub String);

/// A document as a format hands it out and as the library keeps it.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Its name within its source.
    pub key: Key,
    /// What is known about it.
    pub metadata: Metadata,
    /// What it says.
    pub body: Body,
}

/// What is known about a document. What the source does not say stays empty: nothing is invented.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Metadata {
    /// The title, or a phrase of the text that stands in for one.
    pub title: Title,
    /// Who wrote it, in the order given.
    pub authors: Vec<String>,
    /// When it was published, as exactly as its source says.
    pub published: Option<Date>,
    /// Who published it: a site, a journal, a feed. What a person calls the source.
    pub publisher: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// What sort of document it is.
    pub kind: Kind,
    /// The language it is written in.
    pub language: Language,
    /// The source's own categories, as written. Themes are not kept here: they are queries.
    pub topics: Vec<String>,
    /// Whatever else the source says, as name and value: views, an earlier title.
    pub details: Vec<(String, String)>,
    /// The book that it is a chapter of.
    pub chapter: Option<Chapter>,
}

/// A document's place in a book whose chapters are documents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chapter {
    /// The book's own name: the same for all its chapters, within their source.
    pub book: String,
    /// What the book is called.
    pub title: String,
    /// Which chapter it is in the order of reading, from 0.
    pub number: u32,
    /// How deep it stands in the book's contents, from 0.
    pub depth: u8,
    /// The lines of the contents that begin with it and have no text of their own: the parts that it is the first of.
    pub divisions: Vec<Division>,
}

/// A line of a book's contents that names what stands below it, and has no text of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Division {
    /// What it says.
    pub title: String,
    /// How deep it stands in the book's contents, from 0.
    pub depth: u8,
}

/// A title, and whether it was taken from the text because the source gave none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Title {
    /// The words shown.
    pub text: String,
    /// True where they are a phrase of the text and not a title that its source gave.
    pub derived: bool,
}

/// What sort of document it is.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A piece of a journal, a site or a report.
    #[default]
    Article,
    /// An entry of a blog or a feed.
    Post,
    /// A discussion: its parts are the posts.
    Thread,
    /// A page of a site that is no article.
    Page,
    /// A person's own note.
    Note,
    /// A book or a chapter of one.
    Book,
    /// A letter of a mailing list.
    Message,
}

impl Kind {
    /// Every kind, in the order in which facets list equals.
    pub const ALL: [Self; 7] = [
        Self::Article,
        Self::Post,
        Self::Thread,
        Self::Page,
        Self::Note,
        Self::Book,
        Self::Message,
    ];

    /// Returns the name used in queries, settings and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Post => "post",
            Self::Thread => "thread",
            Self::Page => "page",
            Self::Note => "note",
            Self::Book => "book",
            Self::Message => "message",
        }
    }

    /// Returns the kind of that name, in any case.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.name().eq_ignore_ascii_case(name))
    }
}
