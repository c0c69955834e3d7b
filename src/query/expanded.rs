//! What is looked for, once the words have become terms: the one form that the index runs and that the page lights.
//!
//! Search and light cannot disagree, because both read this tree and neither reads what was typed. Every term in it
//! was made by [`text::analysis`](crate::text::analysis).

use super::{Field, Filter, Match, Sort};

/// A question with its words made into terms.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Expanded {
    /// What a document must be like.
    pub root: Expr,
    /// The terms of the thesaurus in it, each found by what says the same too: words side by side that are one, which is
    /// found as a phrase, and acronyms.
    pub terms: Vec<Clause>,
    /// Which documents answer several plain words, where the question says so.
    pub matching: Option<Match>,
    /// In which order the answers come.
    pub sort: Sort,
    /// What was taken in beside the words typed, and what was offered, each once: of words side by side first the
    /// spellings, then the rest in the order of the words typed.
    pub taken: Vec<Taken>,
}

/// Words that say what was typed in another way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// What was typed.
    pub typed: String,
    /// The other words; a question names them so after `also:`.
    pub words: String,
    /// By which way they came: [`Origin::Same`], [`Origin::Related`] or [`Origin::Spelling`].
    pub origin: Origin,
    /// Whether they are looked for. What is related is offered, and looked for where the question asks so.
    pub on: bool,
}

impl Expanded {
    /// Returns how many plain words it has, of which an answer may lack some.
    pub fn plain_words(&self) -> usize {
        match &self.root {
            Expr::And(parts) => parts.iter().filter(|part| part.is_plain()).count(),
            one => usize::from(one.is_plain()),
        }
    }

    /// Returns whether it has any word at all, by which documents score.
    pub fn has_words(&self) -> bool {
        let mut open = vec![&self.root];
        while let Some(expr) = open.pop() {
            match expr {
                Expr::Clause(_) | Expr::AtLeast(..) => return true,
                Expr::And(several) | Expr::Or(several) => open.extend(several),
                Expr::All | Expr::None | Expr::Not(_) | Expr::Ignored(_) | Expr::Filter(_) => {}
            }
        }
        false
    }
}

impl Expr {
    /// Returns whether there is nothing in it but plain words: one, or several that stand for one.
    pub fn is_plain(&self) -> bool {
        match self {
            Self::Clause(clause) => clause.plain,
            Self::And(several) | Self::Or(several) => several.iter().all(Self::is_plain),
            Self::All
            | Self::None
            | Self::Not(_)
            | Self::AtLeast(..)
            | Self::Ignored(_)
            | Self::Filter(_) => false,
        }
    }
}

/// A node of the expanded tree.
#[derive(Clone, Debug, PartialEq, Default)]
pub enum Expr {
    /// Every document.
    #[default]
    All,
    /// No document: words of which nothing is left, such as a lone full stop in quotation marks.
    None,
    /// All of these.
    And(Vec<Expr>),
    /// One of these or more.
    Or(Vec<Expr>),
    /// Without this.
    Not(Box<Expr>),
    /// At least so many of these.
    AtLeast(usize, Vec<Clause>),
    /// A word or a phrase of the question, by any of its ways.
    Clause(Clause),
    /// A word that says little (`the`, `of`) beside others in an `And`. It asks nothing and lights nothing; it is here to
    /// tell how far the others stand apart, and what title they spell out.
    Ignored(Clause),
    /// A fact about the document.
    Filter(Filter),
}

/// A word or a phrase of the question.
#[derive(Clone, Debug, PartialEq)]
pub struct Clause {
    /// Where it must stand. In a field of names ([`Field::holds_names`]) no step is a stem.
    pub field: Field,
    /// The ways in which it may stand there; one is enough.
    pub ways: Vec<Way>,
    /// It is a word and no more: no field was named, no sign was set. Of several such a document may lack some, see
    /// [`Breadth`](super::Breadth); whatever else was asked for it must have.
    pub plain: bool,
    /// What was typed for it.
    pub typed: String,
    /// Which of [`Expanded::terms`] it is a word of.
    pub term: Option<usize>,
}

impl Clause {
    /// Returns a clause of which every document must have one of the ways.
    pub fn new(field: Field, ways: Vec<Way>) -> Self {
        Self {
            field,
            ways,
            plain: false,
            typed: String::new(),
            term: None,
        }
    }
}

/// One way in which a clause may be found in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    /// The words, in order. Either all of them are stems or none is, so that one field of the index answers the way.
    pub steps: Vec<Step>,
    /// How many other words may stand between them, in sum. They stand in order all the same.
    pub slop: u32,
    /// How much it counts beside the word as typed, which has 1.
    pub weight: f32,
    /// Why it is there.
    pub origin: Origin,
    /// What a person calls it, where it is not what was typed; else empty.
    pub called: String,
}

/// One word of a [`Way`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// A word of this stem, in a field of stems.
    Stem(String),
    /// This very word, folded.
    Exact(String),
    /// A word that begins so, folded.
    Prefix(String),
    /// A word within this many edits, folded.
    Near(String, u8),
}

/// Why a way is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// It was typed so.
    Typed,
    /// The word is written with a hyphen, without, or as two.
    Hyphen,
    /// The word is still being typed, and this is how it begins.
    Typing,
    /// The thesaurus says that it means the same.
    Same,
    /// The thesaurus says that it is related, and the question asks for it by `also:`.
    Related,
    /// The word typed is in no document, and this is how it may be spelled.
    Spelling,
    /// It stands in the document that others are to be like.
    Like,
}

impl Origin {
    /// Returns whether the thesaurus took the way in: words that were not typed, in any spelling.
    pub fn is_taken_in(self) -> bool {
        matches!(self, Self::Same | Self::Related)
    }

    /// Returns the reason in words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Typed => "as typed",
            Self::Hyphen => "written with or without a hyphen",
            Self::Typing => "begins so",
            Self::Same => "says the same",
            Self::Related => "related",
            Self::Spelling => "spelling put right",
            Self::Like => "stands in the document that it is like",
        }
    }
}
