//! Which words of a question may be misspelled, and the question as it is read where they are.
//!
//! Not those that the thesaurus has: they are spelled right, though no document has them. Nor what is typed with two
//! capitals or more: of an acronym each letter is meant, and whatever is near it is another.

use std::borrow::Cow;

use super::also::Asked;
use super::{Expansion, Lexicon, Reading, Term};
use crate::query::thesaurus::{has_two_capitals, is_acronym, plural};
use crate::query::{Field, How, Node, Origin, Query, Step, Words};
use crate::text::Language;
use crate::text::analysis::analyze;

/// The most words of a question that are looked up.
const MOST: usize = 16;

/// The shortest word that may be misspelled, in letters: of shorter ones nearly all are near one another.
const SHORTEST: usize = 3;

/// A word of a question that may be in no document.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Doubtful {
    /// The word, folded.
    pub word: String,
    /// What a document has that has it or another form of it; one of these is enough.
    pub steps: Vec<Step>,
}

/// Returns the words of a question that another may be meant by, if they are in no document: those that are looked for in
/// the text by their stems, and neither names nor numbers.
pub fn doubtful(query: &Query, lexicon: &Lexicon) -> Vec<Doubtful> {
    let mut found = Vec::new();
    collect(&query.root, lexicon, &mut found);
    found
}

/// Returns the words of a question that are still being typed, in each form that they may stand in a text as they are,
/// and after these their last as a beginning.
pub fn half_typed(query: &Query, lexicon: &Lexicon) -> Vec<(Vec<Vec<Doubtful>>, Doubtful)> {
    let (mut unfinished, mut open) = (Vec::new(), vec![&query.root]);
    while let Some(node) = open.pop() {
        match node {
            Node::And(nodes) | Node::Or(nodes) => open.extend(nodes),
            Node::Not(node) => open.push(node),
            Node::Words(words) if words.how == How::Typing => {
                let whole = forms(&words.text, lexicon);
                let last = whole.last().and_then(|form| form.last());
                let begun = last.map(|last| Doubtful {
                    word: last.word.clone(),
                    steps: vec![Step::Prefix(last.word.clone())],
                });
                unfinished.extend(begun.map(|begun| (whole, begun)));
            }
            Node::All | Node::Words(_) | Node::Filter(_) => {}
        }
    }
    unfinished
}

/// Returns the words of a term of the thesaurus, in each form that it may stand in a text: a text has the term only if it
/// has all the words of one of them.
pub fn forms(term: &str, lexicon: &Lexicon) -> Vec<Vec<Doubtful>> {
    let readings = lexicon.languages.iter();
    let readings: Vec<Reading> = readings
        .map(|&language| Reading::new(term, language))
        .collect();
    let form = |terms: fn(&Reading) -> &[Term]| {
        let english = Reading::new(term, Language::ENGLISH);
        let words = terms(&english).iter().enumerate();
        let words = words.map(|(place, word)| {
            let mut word = Doubtful::new(word, place, &readings, terms);
            if is_acronym(term) {
                word.steps.push(Step::Exact(plural(&word.word)));
            }
            word
        });
        words.collect::<Vec<Doubtful>>()
    };
    let forms = [
        form(|reading| &reading.parts),
        form(|reading| &reading.joined),
    ];
    forms.into_iter().filter(|form| !form.is_empty()).collect()
}

impl Doubtful {
    /// Returns the word that stands at a place of what was read in several languages.
    fn new(
        term: &Term,
        place: usize,
        readings: &[Reading],
        terms: fn(&Reading) -> &[Term],
    ) -> Self {
        let stems = readings
            .iter()
            .filter_map(|reading| terms(reading).get(place));
        let exact = std::iter::once(term.to_exact());
        Self {
            word: term.folded.clone(),
            steps: stems.map(Term::to_stem).chain(exact).collect(),
        }
    }
}

fn collect(node: &Node, lexicon: &Lexicon, found: &mut Vec<Doubtful>) {
    match node {
        Node::And(nodes) | Node::Or(nodes) => {
            for node in nodes {
                collect(node, lexicon, found);
            }
        }
        // What notes say is in no index, so that nothing there tells a word of theirs from a misspelled one.
        Node::Words(words) if words.is_open() && words.field != Field::Note => {
            let readings = lexicon.languages.iter();
            let readings = readings.map(|&language| Reading::new(&words.text, language));
            let readings: Vec<Reading> = readings.collect();
            let english = Reading::new(&words.text, Language::ENGLISH).parts;
            for (place, term) in english.iter().enumerate() {
                let is_new = found.iter().all(|known| known.word != term.folded);
                let typed = words.text.get(term.range.clone()).unwrap_or_default();
                let is_sure = has_two_capitals(typed) || lexicon.thesaurus.has_word(term);
                let may_be = may_be_misspelled(&term.folded) && !is_sure;
                if !may_be || !is_new || found.len() >= MOST {
                    continue;
                }
                let mut word = Doubtful::new(term, place, &readings, |reading| &reading.parts);
                if words.how == How::Typing {
                    word.steps.push(Step::Prefix(term.folded.clone()));
                }
                found.push(word);
            }
        }
        Node::All | Node::Not(_) | Node::Words(_) | Node::Filter(_) => {}
    }
}

/// Returns whether a word is one that people misspell: letters, and enough of them.
fn may_be_misspelled(folded: &str) -> bool {
    folded.chars().all(char::is_alphabetic) && folded.chars().nth(SHORTEST - 1).is_some()
}

impl Expansion<'_> {
    /// Returns words as they are looked for, with the misspelled ones put right where the question wants that.
    pub(super) fn asked<'w>(&mut self, words: &'w Words) -> Asked<'w> {
        let as_typed = Asked {
            words: Cow::Borrowed(words),
            put_right: false,
        };
        let spellings = &self.lexicon.spellings;
        let in_notes = words.field == Field::Note;
        if self.plain || spellings.is_empty() || in_notes || !words.is_open() {
            return as_typed;
        }
        let mut text = String::new();
        let mut reached = 0;
        analyze(&words.text, Language::ENGLISH, |token| {
            let typed = words.text.get(token.range.clone()).unwrap_or_default();
            let may_be = !token.joined && !has_two_capitals(typed);
            let right = spellings.get(token.folded).filter(|_| may_be);
            let Some(right) =
                right.filter(|right| self.note(token.folded, right, Origin::Spelling))
            else {
                return;
            };
            text.push_str(
                words
                    .text
                    .get(reached..token.range.start)
                    .unwrap_or_default(),
            );
            text.push_str(right);
            reached = token.range.end;
        });
        if reached == 0 {
            return as_typed;
        }
        text.push_str(words.text.get(reached..).unwrap_or_default());
        let how = match words.how {
            How::Typing => How::Stem,
            how => how,
        };
        Asked {
            words: Cow::Owned(Words {
                text,
                how,
                ..words.clone()
            }),
            put_right: true,
        }
    }
}
