//! What the thesaurus takes in, and which of it the question wants.
//!
//! Bounded, whatever a person's own thesaurus says: [`MOST_OTHERS`] words and phrases for one that was typed,
//! [`MOST_WAYS`] ways for a clause, [`MOST_TAKEN`] told in all.

use std::borrow::Cow;

use super::super::thesaurus::{Other, Place, is_acronym, plural};
use super::super::{Clause, Expanded, Field, How, Origin, Step, Taken, Way, Words, weights};
use super::reading::{Reading, Term, push_way, range_of};
use super::{Expansion, Language};

/// The most words and phrases that are offered for one that was typed.
const MOST_OTHERS: usize = 24;

/// The most ways that the thesaurus adds to a clause: each is looked up.
const MOST_WAYS: usize = 64;

/// The most words that are told as taken in or offered.
const MOST_TAKEN: usize = 256;

/// Words of a question, by the spelling that they are looked for.
pub(super) struct Asked<'w> {
    pub(super) words: Cow<'w, Words>,
    /// They are not spelled as they were typed.
    pub(super) put_right: bool,
}

/// A word beside others with its terms, where it may be a part of what the thesaurus has.
pub(super) type Beside<'w> = Option<(&'w Words, Reading)>;

/// What words side by side are one of: a term of the thesaurus.
pub(super) struct Over {
    /// Its place in [`Expanded::terms`].
    pub(super) term: usize,
    /// The ways of what says the same.
    pub(super) ways: Vec<Way>,
}

/// A run of words within a phrase, and what may stand in its place.
struct Run<'a> {
    from: usize,
    to: usize,
    others: Vec<Other<'a>>,
}

/// Steps as far as a phrase was gone through.
#[derive(Clone, Default)]
struct Line {
    steps: Vec<Step>,
    /// The same as a person writes it.
    called: Vec<String>,
    /// What was put in the place of words typed.
    origin: Option<Origin>,
}

impl Words {
    /// Returns whether other words may be taken in for these.
    pub(super) fn is_open(&self) -> bool {
        matches!(self.how, How::Stem | How::Typing | How::Phrase { .. })
            && !self.field.holds_names()
    }
}

impl Expanded {
    /// Returns the words that are looked for beside those typed.
    pub fn taken_in(&self) -> impl Iterator<Item = &Taken> {
        self.taken.iter().filter(|taken| taken.on)
    }
}

impl<'a> Expansion<'a> {
    /// Returns the words side by side that may be parts of what the thesaurus has, each as its terms; nothing in the
    /// place of what may not.
    pub(super) fn readings<'w>(&self, asked: &'w [Option<Asked<'_>>]) -> Vec<Beside<'w>> {
        if self.plain || self.lexicon.thesaurus.is_empty() {
            return Vec::new();
        }
        let readings = asked.iter().map(|asked| {
            let words = &*asked.as_ref()?.words;
            let is_word = matches!(words.how, How::Stem | How::Typing) && words.is_open();
            is_word.then(|| (words, Reading::new(&words.text, Language::ENGLISH)))
        });
        readings.collect()
    }

    /// Returns how many words at the beginning of `rest`, two or more, are one in the thesaurus, which is noted, and
    /// what they are; nothing where they are none.
    pub(super) fn ways_over(&mut self, rest: &[Beside<'_>]) -> Option<(usize, Over)> {
        let (count, places, terms) = self.run_at_beginning(rest)?;
        let run = rest.iter().take(count).flatten();
        let field = run.clone().next()?.0.field;
        let typed: Vec<&str> = run.map(|(words, _)| words.text.as_str()).collect();
        let typed = typed.join(" ");
        let others = self.take(&typed, &places, &terms);
        let ways = self.ways_of(&others);
        let term = self.terms.len();
        self.terms.push(self.term(field, typed, &ways));
        Some((count, Over { term, ways }))
    }

    /// Returns whether words are an acronym of the thesaurus, typed to its end.
    pub(super) fn is_acronym(&self, words: &Words) -> bool {
        let reading = Reading::new(&words.text, Language::ENGLISH);
        let is_word = words.how == How::Stem && words.is_open();
        let [word] = reading.parts.as_slice() else {
            return false;
        };
        is_word && !self.plain && self.lexicon.thesaurus.is_acronym(word)
    }

    /// Returns the clause of a term that was typed word by word: as a phrase, and by the ways of what says the same.
    fn term(&self, field: Field, typed: String, same: &[Way]) -> Clause {
        let mut ways = Vec::new();
        for &language in &self.lexicon.languages {
            Reading::new(&typed, language).add_stemmed(How::Phrase { slop: 0 }, &mut ways);
        }
        let same = same.iter().filter(|way| way.origin == Origin::Same);
        same.for_each(|way| push_way(&mut ways, way.clone()));
        Clause {
            typed,
            ..Clause::new(field, ways)
        }
    }

    /// Returns how many of the words at the beginning of `rest` are one in the thesaurus, the longest run of two or
    /// more.
    fn run_at_beginning(&self, rest: &[Beside<'_>]) -> Option<(usize, Vec<Place>, Vec<Term>)> {
        let thesaurus = &self.lexicon.thesaurus;
        let (first, _) = rest.first()?.as_ref()?;
        let (mut parts, mut joined) = (Vec::new(), Vec::new());
        let mut longest = None;
        for (count, word) in rest.iter().enumerate().map(|(at, word)| (at + 1, word)) {
            let Some((words, reading)) = word
                .as_ref()
                .filter(|(words, _)| words.field == first.field)
            else {
                break;
            };
            parts.extend_from_slice(&reading.parts);
            joined.extend_from_slice(if reading.joined.is_empty() {
                &reading.parts
            } else {
                &reading.joined
            });
            if joined.len() > thesaurus.longest() {
                break;
            }
            let typing = words.how == How::Typing;
            for terms in [&parts, &joined] {
                let places = thesaurus.find(terms, typing);
                if count > 1 && !places.is_empty() {
                    longest = Some((count, places, terms.clone()));
                    break;
                }
            }
        }
        longest
    }

    /// Returns the ways of what says the same as words of one clause, or as some of them.
    pub(super) fn ways_within(&mut self, asked: &Asked<'_>) -> Vec<Way> {
        let words = &*asked.words;
        let thesaurus = &self.lexicon.thesaurus;
        if self.plain || thesaurus.is_empty() || !words.is_open() {
            return Vec::new();
        }
        let reading = Reading::new(&words.text, Language::ENGLISH);
        let typing = words.how == How::Typing;
        for terms in [&reading.parts, &reading.joined] {
            let places = thesaurus.find(terms, typing);
            if !places.is_empty() {
                let others = self.take(&words.text, &places, terms);
                return self.ways_of(&others);
            }
        }
        let runs = self.runs_within(words, &reading.parts);
        if runs.is_empty() {
            return Vec::new();
        }
        let slop = match words.how {
            How::Phrase { slop } => slop,
            _ => 0,
        };
        let mut ways = Vec::new();
        for &language in &self.lexicon.languages {
            let parts = Reading::new(&words.text, language).parts;
            for line in lines(&parts, &runs, language) {
                if let Some(origin) = line.origin {
                    push_way(
                        &mut ways,
                        Way {
                            steps: line.steps,
                            slop,
                            weight: weight(origin),
                            origin,
                            called: line.called.join(" "),
                        },
                    );
                }
            }
        }
        ways.truncate(MOST_WAYS);
        ways
    }

    /// Returns the runs of a phrase for which something else may stand.
    fn runs_within(&mut self, words: &Words, parts: &[Term]) -> Vec<Run<'a>> {
        let thesaurus = &self.lexicon.thesaurus;
        let typing = words.how == How::Typing;
        let mut runs = Vec::new();
        let mut from = 0;
        while let Some(rest) = parts
            .get(from..)
            .filter(|rest| parts.len() > 1 && !rest.is_empty())
        {
            let Some((count, places)) = thesaurus.find_longest(rest, typing) else {
                from += 1;
                continue;
            };
            let (terms, _) = rest.split_at_checked(count).unwrap_or((rest, &[]));
            let typed = words.text.get(range_of(terms)).unwrap_or_default();
            let others = self.take(typed, &places, terms);
            let to = from + count;
            runs.push(Run { from, to, others });
            from = to;
        }
        runs.retain(|run| !run.others.is_empty());
        runs
    }

    /// Returns what is taken in for words that were typed, and notes it with what is offered.
    fn take(&mut self, typed: &str, places: &[Place], terms: &[Term]) -> Vec<Other<'a>> {
        let thesaurus: &'a super::Thesaurus = &self.lexicon.thesaurus;
        let others = thesaurus.others(places).into_iter();
        let others = others.filter(|other| {
            !is_typed(other.words, terms) && !self.lexicon.absent.contains(other.words)
        });
        let others: Vec<Other<'_>> = others.take(MOST_OTHERS).collect();
        let mut taken = Vec::new();
        for other in others {
            if self.note(typed, other.words, other.origin) {
                taken.push(other);
            }
        }
        taken
    }

    /// Notes that words may stand for what was typed; returns whether they do.
    pub(super) fn note(&mut self, typed: &str, words: &str, origin: Origin) -> bool {
        let on = self.also.wants(words, origin);
        let is_known = |taken: &Taken| taken.typed == typed && taken.words == words;
        if self.taken.len() < MOST_TAKEN && !self.taken.iter().any(is_known) {
            self.taken.push(Taken {
                typed: typed.to_owned(),
                words: words.to_owned(),
                origin,
                on,
            });
        }
        on
    }

    /// Returns the ways of words and phrases.
    fn ways_of(&self, others: &[Other<'_>]) -> Vec<Way> {
        let mut ways = Vec::new();
        for other in others {
            let mut of_it = Vec::new();
            let reading = Reading::new(other.words, Language::ENGLISH);
            if let (true, [acronym]) = (is_acronym(other.words), reading.parts.as_slice()) {
                let word = acronym.folded.clone();
                let forms = [plural(&word), word];
                of_it.extend(forms.into_iter().rev().map(|form| vec![Step::Exact(form)]));
            } else {
                for &language in &self.lexicon.languages {
                    let mut stemmed = Vec::new();
                    let reading = Reading::new(other.words, language);
                    reading.add_stemmed(How::Phrase { slop: 0 }, &mut stemmed);
                    of_it.extend(stemmed.into_iter().map(|way| way.steps));
                }
            }
            for steps in of_it {
                let origin = other.origin;
                push_way(
                    &mut ways,
                    Way {
                        steps,
                        slop: 0,
                        weight: weight(origin),
                        origin,
                        called: other.words.to_owned(),
                    },
                );
            }
        }
        ways.truncate(MOST_WAYS);
        ways
    }
}

/// Returns whether words are those that were typed.
fn is_typed(words: &str, terms: &[Term]) -> bool {
    let reading = Reading::new(words, Language::ENGLISH);
    if let (true, [acronym], [typed]) = (is_acronym(words), reading.parts.as_slice(), terms) {
        let plural = typed.folded.strip_suffix('s');
        return typed.folded == acronym.folded || plural == Some(&acronym.folded);
    }
    let is_it = |others: &[Term]| {
        let stems = others.iter().map(|term| &term.stem);
        stems.eq(terms.iter().map(|term| &term.stem))
    };
    is_it(&reading.parts) || is_it(&reading.joined)
}

/// Returns how much a way counts beside the words as typed.
fn weight(origin: Origin) -> f32 {
    match origin {
        Origin::Related => weights::RELATED,
        _ => weights::SAME,
    }
}

/// Returns every form of a phrase with other words in the places of its runs.
fn lines(parts: &[Term], runs: &[Run<'_>], language: Language) -> Vec<Line> {
    let mut lines = vec![Line::default()];
    let mut reached = 0;
    for run in runs {
        let typed = |from: usize, to: usize| parts.get(from..to).unwrap_or_default();
        for line in &mut lines {
            line.extend(typed(reached, run.from));
        }
        let mut branched = Vec::new();
        for line in &lines {
            let mut as_typed = line.clone();
            as_typed.extend(typed(run.from, run.to));
            branched.push(as_typed);
        }
        for other in &run.others {
            let reading = Reading::new(other.words, language);
            for terms in [&reading.parts, &reading.joined]
                .into_iter()
                .filter(|terms| !terms.is_empty())
            {
                branched.extend(lines.iter().map(|line| line.with(terms, other)));
            }
        }
        branched.truncate(MOST_WAYS + 1);
        lines = branched;
        reached = run.to;
    }
    for line in &mut lines {
        line.extend(parts.get(reached..).unwrap_or_default());
    }
    lines
}

impl Line {
    /// Goes on with words as they were typed.
    fn extend(&mut self, terms: &[Term]) {
        self.steps.extend(terms.iter().map(Term::to_stem));
        self.called
            .extend(terms.iter().map(|term| term.folded.clone()));
    }

    /// Returns the line with the terms of other words at its end.
    fn with(&self, terms: &[Term], other: &Other<'_>) -> Self {
        let mut line = self.clone();
        line.steps.extend(terms.iter().map(Term::to_stem));
        line.called.push(other.words.to_owned());
        line.origin = match self.origin {
            Some(Origin::Related) => Some(Origin::Related),
            _ => Some(other.origin),
        };
        line
    }
}
