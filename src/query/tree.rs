//! What a person asked, as a tree.
//!
//! `parse` makes it and never fails; `Display` prints it back, and what is printed parses to the same
//! tree. The printed form is what runs, what is shown, and what is saved.

use super::Ago;
use super::Like;
use crate::document::{Date, Kind};
use crate::text::Language;

/// A question: what to find and in which order.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Query {
    /// What a document must be like.
    pub root: Node,
    /// Which words beside those typed are taken in.
    pub also: Also,
    /// Which documents answer several plain words, where the question says so.
    pub matching: Option<Match>,
    /// In which order the answers come, where the question says so.
    pub sort: Option<Sort>,
}

impl Query {
    /// Returns the question for what is saved under a name.
    pub fn saved(name: &str) -> Self {
        Self {
            root: Node::Filter(Filter::Saved(name.to_owned())),
            ..Self::default()
        }
    }

    /// Returns the name of the saved search that it asks for and nothing else.
    pub fn saved_alone(&self) -> Option<&str> {
        match &self.root {
            Node::Filter(Filter::Saved(name)) => Some(name),
            _ => None,
        }
    }
}

/// `also:` and `-also:`: which words beside those typed are taken in, of what the thesaurus and the spelling offer. A
/// word is named once, in one of the lists.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Also {
    /// `also:word`: these, where they are related to a word typed, or where all others are left out.
    pub taken: Vec<String>,
    /// `-also:word`: not these.
    pub left_out: Vec<String>,
    /// `-also:*`: none but those in `taken`.
    pub no_others: bool,
}

/// Which documents answer a question of several plain words. Where a question says nothing, that goes by how many there
/// are, of words and of documents: see [`Breadth`](super::Breadth).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Match {
    /// `match:all`: those that have every word.
    All,
    /// `match:any`: those that have one or more.
    Any,
}

/// A node of the tree.
#[derive(Clone, Debug, PartialEq, Default)]
pub enum Node {
    /// Every document: an empty question, or `*`.
    #[default]
    All,
    /// All of these. Two or more; none of them an `And`.
    And(Vec<Node>),
    /// One of these or more. Two or more; none of them an `Or`.
    Or(Vec<Node>),
    /// Without this.
    Not(Box<Node>),
    /// Words in the text.
    Words(Words),
    /// A fact about the document.
    Filter(Filter),
}

/// Words, and where they must stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// The field that must have them.
    pub field: Field,
    /// The words, as typed. More than one only in a phrase.
    pub text: String,
    /// How they are matched.
    pub how: How,
}

/// How words are matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// By the stem: `mutual` finds `mutuals`.
    Stem,
    /// `=word`: this very word, case and accents aside.
    Exact,
    /// `word*`: what begins so.
    Prefix,
    /// The last word of a question that is still being typed: a beginning, but a whole word ranks before it.
    Typing,
    /// `word~`: what is spelled nearly so.
    Near,
    /// `"two words"`: these words together and in order, `slop` others between them at most.
    Phrase {
        /// How many words may stand between, in sum.
        slop: u32,
    },
}

/// A part of a document that a question can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// Title and text.
    Any,
    /// `title:`
    Title,
    /// `body:`, the text without the title.
    Body,
    /// `heading:`, the headings of the text.
    Heading,
    /// `author:`, words of a name; in quotation marks it is a fact, [`Filter::Author`].
    Author,
    /// `source:` or `feed:`, words of the publisher's name, else of the name of what was added; in quotation marks it is
    /// a fact, [`Filter::Source`].
    Source,
    /// `url:`
    Url,
    /// `note:`, words of the reader's own notes. They are no part of the text: nothing lights or scores by them.
    Note,
}

/// A fact about a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Filter {
    /// `topic:` or `#`: one of the document's topics or own tags has this name, as `topic_name` compares.
    Topic(String),
    /// `tag:`: the reader gave it this tag, compared likewise.
    Tag(String),
    /// `source:"…"`: this is the whole name of its source, as [`whole_name`](super::whole_name) compares.
    Source(String),
    /// `author:"…"`: this is the whole name of one of its authors, compared likewise.
    Author(String),
    /// `kind:`
    Kind(Kind),
    /// `lang:` or `language:`: it is written in this; `lang:unknown` where nobody knows.
    Language(Language),
    /// `date:`, `before:`, `after:`
    Published(Period),
    /// `newer:`: published no longer ago than this.
    Newer(Ago),
    /// `added:`: when it came into the library.
    Added(Added),
    /// `has:`: this is in its text, or the reader left it there.
    Has(Feature),
    /// `saved:`: what is saved under this name, as [`whole_name`](super::whole_name) compares, finds it.
    Saved(String),
    /// `since:`: it came into the library after the document of this number, and not as the double of an earlier one.
    Since(i64),
    /// `is:read`, `is:unread`, `is:starred`, `is:hidden`
    Is(State),
    /// `id:`
    Id(i64),
    /// `in:`, what was added: the document came from it.
    Within(Within),
    /// `like:`, documents like this one.
    Like(Like),
}

/// What was added, as a question names it. What a person calls the source of a document is its publisher, mostly, and
/// one folder can hold many: this is the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Within {
    /// `in:3`, by its number: for where several have one name.
    Number(i64),
    /// `in:"…"`, all of this whole name, as [`whole_name`](super::whole_name) compares.
    Name(String),
}

/// A stretch of time, whole periods at both ends; an open end is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// From the beginning of this.
    pub from: Option<Date>,
    /// To the end of this.
    pub to: Option<Date>,
}

impl Period {
    /// All of time: whatever has a date at all is in it, and the undated are not.
    pub(crate) const ALWAYS: Self = Self {
        from: None,
        to: None,
    };
}

/// When a document came into the library.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// `added:7d`, no longer ago than this.
    Within(Ago),
    /// `added:2026-11`, by the clock of whoever asks.
    During(Period),
}

/// What a text may have in it, and what the reader may have left on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Feature {
    /// `has:link`, a link to somewhere else.
    Link,
    /// `has:table`
    Table,
    /// `has:tag`, an own tag.
    Tag,
    /// `has:note`, a note of the reader's own, on it or in it.
    Note,
}

/// What the reader's marks say of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It was read.
    Read,
    /// It was not.
    Unread,
    /// It was starred.
    Starred,
    /// It is hidden. What is hidden is found by a question that names this, and by no other.
    Hidden,
}

/// In which order answers come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Sort {
    /// The best first.
    #[default]
    Relevance,
    /// `sort:-date`: the newest first; the undated last.
    Newest,
    /// `sort:date`: the oldest first; the undated last.
    Oldest,
    /// `sort:title`
    Title,
    /// `sort:source`: by the names of the sources; those without one last.
    Source,
    /// `sort:length`: the shortest text first.
    Shortest,
    /// `sort:-length`: the longest text first.
    Longest,
}
