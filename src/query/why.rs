//! Why a document is where it is in an answer: what each word gave to its score, by which way and where it stands, and
//! what the document gained beside.

use super::{Field, Origin, Sort, Step, Way};

/// Why a document is where it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Why {
    /// What it scores: the sum of what follows.
    pub score: f32,
    /// The order of the answer. By any but relevance the score decides nothing.
    pub sort: Sort,
    /// The words of the question that stand in it, in the question's order.
    pub words: Vec<Word>,
    /// What it gained beside, and how much by each.
    pub gains: Vec<(Gain, f32)>,
    /// The words of the question that do not stand in it.
    pub lacking: Vec<String>,
}

/// A word of the question, or a phrase, that stands in a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    /// What was typed.
    pub typed: String,
    /// Where it must stand.
    pub field: Field,
    /// The way by which it gave the most.
    pub way: Way,
    /// How often it stands there by that way.
    pub standing: Standing,
    /// Where one word was typed: whether it stands there in other forms too.
    pub by_stem: Option<bool>,
    /// What it gave.
    pub score: f32,
}

/// How often something stands in the parts of a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// In the title, where each counts twice; in a phrase of the text that stands in for a title, which counts as text.
    pub title: u32,
    /// In the text, headings too.
    pub text: u32,
    /// In the headings.
    pub headings: u32,
}

/// What a document gains by, beside the words themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gain {
    /// The question spells out its whole title.
    Title,
    /// It says this term of the thesaurus, which the question spells out word by word; and by which other words, where
    /// not by these.
    Term(String, Option<String>),
    /// These words stand together in it as in the question, so many times.
    Together([String; 2], u32),
    /// This word stands in its headings, so many times.
    Heading(String, u32),
    /// It is long, and its best passage says more than the whole.
    Passage,
}

impl Why {
    /// Returns the sum of all that it scores by, in the order in which the index adds it up.
    pub(crate) fn sum(&self) -> f32 {
        let words = self.words.iter().map(|word| word.score);
        words
            .chain(self.gains.iter().map(|&(_, score)| score))
            .fold(0.0, |sum, score| sum + score)
    }

    /// Returns all of it in lines: what was given, and by what. What gave nothing has no number. Of a question without
    /// words, which gives nothing, the order.
    pub fn lines(&self) -> Vec<(Option<f32>, String)> {
        if self.words.is_empty() && self.lacking.is_empty() {
            let order = order(self.sort);
            return vec![(None, format!("no words to score by: {order}"))];
        }
        let mut lines = vec![(Some(self.score), in_all(self.sort).to_owned())];
        let words = self.words.iter();
        lines.extend(words.map(|word| (Some(word.score), word.to_string())));
        let gains = self.gains.iter();
        lines.extend(gains.map(|(gain, score)| (Some(*score), gain.to_string())));
        let lacking = self.lacking.iter();
        lines.extend(lacking.map(|word| (None, format!("{word}: not in it"))));
        lines
    }
}

fn order(sort: Sort) -> &'static str {
    match sort {
        Sort::Relevance | Sort::Newest => "the newest come first",
        Sort::Oldest => "the oldest come first",
        Sort::Title => "in order of their titles",
        Sort::Source => "in order of their sources",
        Sort::Shortest => "the shortest come first",
        Sort::Longest => "the longest come first",
    }
}

fn in_all(sort: Sort) -> &'static str {
    match sort {
        Sort::Relevance => "in all",
        _ => "in all, which decides nothing in this order",
    }
}

impl std::fmt::Display for Word {
    /// Writes `mutual: 2 times in the title, 14 in the text, 3 of them in headings; by its stem`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Standing {
            title,
            text,
            headings,
        } = self.standing;
        let mut places = Vec::new();
        if title > 0 {
            places.push(format!("{title} in the title"));
        }
        match (self.field, text) {
            (_, 0) => {}
            (Field::Any | Field::Body, text) => places.push(format!("{text} in the text")),
            (field, text) => places.push(format!("{text} in {}", field.name())),
        }
        if headings > 0 {
            places.push(format!("{headings} of them in headings"));
        }
        write!(f, "{}: {}; {}", self.typed, places.join(", "), self.by())
    }
}

impl Word {
    /// Returns in words by which way it stands there.
    fn by(&self) -> String {
        let words = self.way.steps.iter().map(|step| match step {
            Step::Stem(word) | Step::Exact(word) => word.clone(),
            Step::Prefix(word) => format!("{word}*"),
            Step::Near(word, _) => format!("{word}~"),
        });
        let words = words.collect::<Vec<_>>().join(" ");
        let called = &self.way.called;
        match (self.way.origin, self.way.steps.as_slice()) {
            (Origin::Typing, _) | (Origin::Typed, [Step::Prefix(_)]) => {
                format!("beginning with {words}")
            }
            (Origin::Hyphen, _) => format!("written otherwise, as {words}"),
            (Origin::Same, _) => format!("as {called}, which says the same"),
            (Origin::Related, _) => format!("as {called}, which is related"),
            (Origin::Spelling, _) => "the nearest to what was typed".to_owned(),
            (Origin::Like, _) => "a word that tells what the document is about".to_owned(),
            (Origin::Typed, [Step::Stem(_)]) => match self.by_stem {
                Some(false) => "the word itself".to_owned(),
                _ => format!("by its stem, {words}"),
            },
            (Origin::Typed, [Step::Exact(_)]) => "the very word".to_owned(),
            (Origin::Typed, [Step::Near(..)]) => format!("spelled nearly so, {words}"),
            (Origin::Typed, _) => "words in this order".to_owned(),
        }
    }
}

impl std::fmt::Display for Gain {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let times = |times: u32| match times {
            1 => "once".to_owned(),
            2 => "twice".to_owned(),
            times => format!("{times} times"),
        };
        match self {
            Self::Title => write!(f, "its whole title is asked for, so it leads"),
            Self::Term(typed, None) => write!(f, "{typed}: said as the one term that it is"),
            Self::Term(typed, Some(called)) => {
                write!(f, "{typed}: said as the one term that it is, by {called}")
            }
            Self::Together([one, other], together) => {
                write!(f, "{one} {other}: together as asked, {}", times(*together))
            }
            Self::Heading(word, headings) => {
                write!(f, "{word}: counts again in headings, {}", times(*headings))
            }
            Self::Passage => write!(f, "its best passage says more than the whole"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_without_words_says_its_order_and_no_score() {
        let why = Why {
            sort: Sort::Newest,
            ..Why::default()
        };
        let order = "no words to score by: the newest come first";
        assert_eq!(why.lines(), [(None, order.to_owned())]);
        let lacking = Why {
            lacking: vec!["tupe".to_owned()],
            ..why
        };
        assert_eq!(lacking.lines().len(), 2);
    }
}
