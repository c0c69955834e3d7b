//! Documents like another one, or like a passage of it: `like:12`, `like:12@3450`.
//!
//! What makes a document what it is are the words that stand in it often and in others seldom. The best of them by
//! tf·idf are looked for together, as Lucene's `MoreLikeThis` does (after Harman, "Relevance feedback and other query
//! modification techniques", in: Frakes and Baeza-Yates, Information Retrieval, 1992): a document is like it that has at
//! least a few of these words, and the more of them, and the rarer, the more it is.
//!
//! The question names the document; its words are put in place of that ([`Expanded::liken`]) once the library has found
//! them. So the words that were looked for are those that light.

mod passage;
mod words;

pub use passage::{passage, sample};
pub use words::{TellingWord, Words, telling};

use std::fmt::{self, Display, Formatter};

use super::{Clause, Expanded, Expr, Field, Filter, Origin, Step, Way};
use crate::document::DocumentId;

/// How many of the words a document must have: fewer say nothing, and more leave out what is short.
const LEAST: usize = 3;

/// The share of the words that is enough where there are few of them, in hundredths.
const SHARE: usize = 30;

/// What others are to be like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Like {
    /// Which document.
    pub id: DocumentId,
    /// A byte of its text: the passage around it; nothing for the whole document.
    pub at: Option<u32>,
}

impl Like {
    /// Reads it as a question has it; nothing for what is none.
    ///
    /// ```
    /// use recto::query::Like;
    ///
    /// assert_eq!(Like::read("12@3450").map(|like| like.to_string()).as_deref(), Some("12@3450"));
    /// assert_eq!(Like::read("mutuals"), None);
    /// ```
    pub fn read(text: &str) -> Option<Self> {
        let (id, at) = match text.split_once('@') {
            Some((id, at)) => (id, Some(at.parse().ok()?)),
            None => (text, None),
        };
        Some(Self {
            id: DocumentId(id.parse().ok()?),
            at,
        })
    }
}

impl Display for Like {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.id.0)?;
        self.at.map_or(Ok(()), |at| write!(f, "@{at}"))
    }
}

/// What a [`Like`] means in a library.
#[derive(Clone, Debug, PartialEq)]
pub struct Likeness {
    /// What was asked.
    pub like: Like,
    /// The title of the document; nothing where there is none of that number.
    pub title: Option<String>,
    /// The words that others are like it by, the most telling first.
    pub words: Vec<TellingWord>,
    /// The document itself and its doubles, which are no answers.
    pub without: Vec<DocumentId>,
}

impl Likeness {
    /// Returns what is looked for.
    fn to_expr(&self) -> Expr {
        if self.words.is_empty() {
            return Expr::None;
        }
        let least = (self.words.len() * SHARE).div_ceil(100).min(LEAST);
        let clauses = self.words.iter().map(TellingWord::to_clause).collect();
        let mut all = vec![Expr::AtLeast(least, clauses)];
        all.extend(self.without.iter().map(|id| {
            let one = Expr::Filter(Filter::Id(id.0));
            Expr::Not(Box::new(one))
        }));
        Expr::And(all)
    }
}

impl TellingWord {
    fn to_clause(&self) -> Clause {
        let way = Way {
            steps: vec![Step::Stem(self.stem.clone())],
            slop: 0,
            weight: self.weight,
            origin: Origin::Like,
            called: self.shown.clone(),
        };
        Clause {
            typed: self.shown.clone(),
            ..Clause::new(Field::Any, vec![way])
        }
    }
}

impl Expanded {
    /// Returns what it asks others to be like, each once, in the order of the question.
    pub fn likes(&self) -> Vec<Like> {
        let mut likes = Vec::new();
        let mut open = vec![&self.root];
        while let Some(expr) = open.pop() {
            match expr {
                Expr::And(exprs) | Expr::Or(exprs) => open.extend(exprs.iter().rev()),
                Expr::Not(expr) => open.push(expr),
                Expr::Filter(Filter::Like(like)) if !likes.contains(like) => likes.push(*like),
                _ => {}
            }
        }
        likes
    }

    /// Puts the words of `likenesses` in place of what they are asked for by; what is not among them finds nothing.
    pub fn liken(&mut self, likenesses: &[Likeness]) {
        let mut open = vec![&mut self.root];
        while let Some(expr) = open.pop() {
            match expr {
                Expr::And(exprs) | Expr::Or(exprs) => open.extend(exprs),
                Expr::Not(expr) => open.push(expr),
                Expr::Filter(Filter::Like(like)) => {
                    let known = likenesses.iter().find(|known| known.like == *like);
                    *expr = known.map_or(Expr::None, Likeness::to_expr);
                }
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{Lexicon, expand, parse};

    #[test]
    fn the_words_take_the_place_of_what_was_asked_and_what_is_unknown_finds_nothing() {
        let word = |stem: &str| TellingWord {
            stem: stem.to_owned(),
            shown: stem.to_owned(),
            weight: 1.0,
        };
        let known = Likeness {
            like: Like::read("12").unwrap(),
            title: Some("TUPE".to_owned()),
            words: ["tupe", "transferee", "pension", "admitted"]
                .map(word)
                .to_vec(),
            without: vec![DocumentId(12), DocumentId(13)],
        };
        let mut expanded = expand(&parse("like:12,7@40 staff -like:12"), &Lexicon::default());
        let asked: Vec<String> = expanded.likes().iter().map(Like::to_string).collect();
        assert_eq!(asked, ["12", "7@40"]);
        expanded.liken(&[known]);
        assert!(expanded.likes().is_empty());
        let Expr::And(all) = expanded.root else {
            panic!("{expanded:?}");
        };
        let Expr::Or(either) = &all[0] else {
            panic!("{all:?}");
        };
        let Expr::And(like) = &either[0] else {
            panic!("{either:?}");
        };
        assert!(matches!(&like[0], Expr::AtLeast(2, words) if words.len() == 4));
        assert_eq!(like.len(), 3);
        assert_eq!(either[1], Expr::None);
        assert!(matches!(&all[2], Expr::Not(inner) if matches!(**inner, Expr::And(_))));
    }

    #[test]
    fn it_is_read_and_printed_alike() {
        for (typed, printed) in [
            ("like:12", "like:12"),
            ("like:12@345 topic:mutuals", "like:12@345 topic:mutuals"),
            ("like:1,2@3", "like:1,2@3"),
            ("-like:12", "-like:12"),
            ("like:\"12\"", "like:12"),
            // What is none is text.
            ("like:mutuals", "like\\:mutuals"),
            ("like:12@", "like\\:12@"),
            ("like:12@-1", "like\\:12@-1"),
        ] {
            let query = parse(typed);
            assert_eq!(query.to_string(), printed, "{typed}");
            assert_eq!(parse(printed), query, "{typed}");
        }
    }
}
