//! The glossary: words of a text that the thesaurus explains, and the question that finds where a library defines them.

use std::fmt::Write;
use std::ops::Range;

use super::expand::{Reading, range_of};
use super::thesaurus::{Thesaurus, is_acronym};
use crate::text::Language;

/// The most words explained of one text.
const MOST_EXPLAINED: usize = 64;

/// The most ways of saying what something is that are looked for.
const MOST_DEFINITIONS: usize = 16;

/// Words of a text that the thesaurus explains.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// Where they stand, in bytes.
    pub range: Range<usize>,
    /// What they are called in the thesaurus.
    pub name: String,
    /// What they mean, in a sentence.
    pub explain: String,
}

impl Thesaurus {
    /// Returns the words of a text that the thesaurus explains, in their order. A short form counts as one only where
    /// it is written with its capitals: `CoP` is a community of practice, and a cop is not.
    ///
    /// ```
    /// use recto::query::Thesaurus;
    ///
    /// let found = Thesaurus::of_the_program().explained("Does TUPE hold for social enterprises?");
    /// let names: Vec<&str> = found.iter().map(|explained| explained.name.as_str()).collect();
    /// assert_eq!(names, ["TUPE", "social enterprise"]);
    /// ```
    pub fn explained(&self, text: &str) -> Vec<Explained> {
        let words = Reading::new(text, Language::ENGLISH).parts;
        let mut explained = Vec::new();
        let mut from = 0;
        while let Some(rest) = words.get(from..).filter(|rest| !rest.is_empty()) {
            let found = self.find_longest(rest, false);
            let count = found.as_ref().map_or(1, |(count, _)| *count);
            let range = range_of(rest.get(..count).unwrap_or_default());
            let written = text.get(range.clone()).unwrap_or_default();
            let explanation = found.and_then(|(_, places)| {
                let (name, explain) = self.explanation(&places, is_acronym(written))?;
                Some((name.to_owned(), explain.to_owned()))
            });
            // No phrase reaches from one block into the next.
            if let Some((name, explain)) = explanation.filter(|_| !written.contains("\n\n")) {
                explained.push(Explained {
                    range,
                    name,
                    explain,
                });
            }
            if explained.len() >= MOST_EXPLAINED {
                break;
            }
            from += count;
        }
        explained
    }

    /// Returns the question that finds where a library says what a word is: a document that is called so, or a sentence
    /// that has its long form beside the short one (`Long Form (LF)`) or goes on with what it is or stands for.
    pub fn definitions(&self, name: &str) -> String {
        let members = self.members(name).into_iter();
        let members: Vec<&str> = members.filter(|term| !term.contains('"')).collect();
        let (short, long): (Vec<&str>, Vec<&str>) =
            members.iter().copied().partition(|term| is_acronym(term));
        let mut said: Vec<String> = Vec::new();
        for short in &short {
            for long in &long {
                said.push(format!("\"{long} {short}\""));
                said.push(format!("\"{short} {long}\""));
            }
            said.push(format!("\"{short} stands for\""));
        }
        for term in &members {
            said.push(format!("title:\"{term}\""));
            said.push(format!("\"{term} is a\""));
        }
        let mut question = String::new();
        for (place, said) in said.iter().take(MOST_DEFINITIONS).enumerate() {
            let between = if place > 0 { " OR " } else { "" };
            let _ = write!(question, "{between}{said}");
        }
        question.push_str(" -also:*");
        question
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::query::{Matcher, expand, parse};

    #[test]
    fn what_is_explained_is_what_stands_there() {
        let thesaurus = Thesaurus::of_the_program();
        for (text, expected) in [
            ("A CoP of the third sector", &["CoP", "third sector"][..]),
            ("the cops and a cop", &[]),
            (
                "CICs and a community interest company",
                &["CICs", "community interest company"],
            ),
            ("The third\n\nsector", &[]),
            ("Spin-outs", &["Spin-outs"]),
            ("", &[]),
        ] {
            let explained = thesaurus.explained(text);
            let words: Vec<&str> = explained
                .iter()
                .map(|one| &text[one.range.clone()])
                .collect();
            assert_eq!(words, expected, "{text}");
        }
    }

    #[test]
    fn the_question_for_a_definition_finds_the_usual_ways_of_giving_one() {
        let question = Thesaurus::of_the_program().definitions("social return on investment");
        let matcher = Matcher::new(&expand(
            &parse(&question),
            &crate::query::Lexicon::default(),
        ));
        let lit = |text: &str| {
            let field = crate::query::Field::Body;
            !matcher.ranges(field, text, Language::ENGLISH).is_empty()
        };
        assert!(lit(
            "about Social Return on Investment (SROI), and measurement"
        ));
        assert!(lit("SROI stands for much") && lit("SROI (social return on investment)"));
        assert!(!lit("an SROI of three") && !lit("the social return on investment"));
    }

    proptest! {
        #[test]
        fn ranges_stand_in_order_and_on_boundaries(text in "[a-cTUPE é\n’.-]{0,40}(TUPE|third sector)?[ a-c]{0,9}") {
            let mut reached = 0;
            for one in Thesaurus::of_the_program().explained(&text) {
                prop_assert!(one.range.start >= reached && text.get(one.range.clone()).is_some());
                reached = one.range.end;
            }
        }
    }
}
