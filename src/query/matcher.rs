//! Which ranges of a text a question means: what the page lights and what a hit is.
//!
//! It reads the expanded question that the index ran, never what was typed, and the text by the same analysis, so that
//! light and search cannot disagree. What must not be there never lights, and a phrase lights only as a phrase.

use std::collections::HashMap;
use std::ops::Range;

use super::chain;
use super::near::is_near;
use super::{Clause, Expanded, Expr, Field, Origin, Step, Way};
use crate::document::{Block, BlockKind, Body};
use crate::text::Language;
use crate::text::analysis::{BLOCK_GAP, Token, analyze};

/// The clauses of a question, ready to be found in texts.
#[derive(Clone, Debug, Default)]
pub struct Matcher {
    /// The field of each clause.
    fields: Vec<Field>,
    ways: Vec<Compiled>,
    /// Which steps a word of a text may be, by its stem and by the word.
    stems: HashMap<String, Vec<Place>>,
    words: HashMap<String, Vec<Place>>,
    beginnings: Vec<(String, Place)>,
    near: Vec<(Vec<char>, u8, Place)>,
}

/// A way of a clause.
#[derive(Clone, Copy, Debug)]
struct Compiled {
    clause: usize,
    field: Field,
    steps: usize,
    slop: u32,
    taken: bool,
}

/// A step of a way.
#[derive(Clone, Copy, Debug)]
struct Place {
    way: usize,
    step: usize,
}

/// A place in a text where a clause is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) range: Range<usize>,
    /// The clause, by its number.
    pub(super) clause: usize,
    /// It stands there by words that the thesaurus took in, and not by those typed.
    pub(super) taken: bool,
}

/// A word of the text that a step of a phrase may be.
#[derive(Clone, Debug)]
struct Occurrence {
    position: u32,
    range: Range<usize>,
}

impl Matcher {
    /// Returns a matcher for what a question looks for.
    ///
    /// ```
    /// use recto::query::{Field, Lexicon, Matcher, expand, parse};
    /// use recto::text::Language;
    ///
    /// let expanded = expand(&parse("third-sector -trust"), &Lexicon::default());
    /// let text = "Trust the third sector, not a third of the sector.";
    /// let lit = Matcher::new(&expanded).ranges(Field::Body, text, Language::ENGLISH);
    /// assert_eq!(lit, [10..22]);
    /// ```
    pub fn new(expanded: &Expanded) -> Self {
        let mut clauses = Vec::new();
        collect(&expanded.root, &mut clauses);
        let mut matcher = Self::default();
        for clause in clauses {
            matcher.add(clause);
        }
        matcher
    }

    /// Returns whether there is nothing that could light.
    pub fn is_empty(&self) -> bool {
        self.ways.is_empty()
    }

    /// Returns what lights in a text that stands in `field`: sorted, disjoint ranges of bytes.
    ///
    /// Words side by side in a phrase light as one range; with other words between, each lights by itself.
    pub fn ranges(&self, field: Field, text: &str, language: Language) -> Vec<Range<usize>> {
        let found = self.find_in_text(|asked| lights_in(asked, field), text, language);
        merged(found.into_iter().map(|found| found.range).collect())
    }

    /// Returns what lights in a body, as [`Self::ranges`]; in its headings that is also what is asked of headings.
    pub fn body_ranges(&self, body: &Body, language: Language) -> Vec<Range<usize>> {
        let found = self.find(body, 0..body.text().len(), language);
        merged(found.into_iter().map(|found| found.range).collect())
    }

    /// Returns whether some phrase is so loose that its words may stand in different blocks.
    pub(super) fn reaches_across_blocks(&self) -> bool {
        let mut ways = self.ways.iter();
        ways.any(|way| way.steps > 1 && way.slop >= BLOCK_GAP)
    }

    /// Returns how many clauses may light in a body.
    pub(super) fn clauses_in_bodies(&self) -> usize {
        let lights = |field: &&Field| lights_in(**field, Field::Heading);
        self.fields.iter().filter(lights).count()
    }

    /// Returns every place of every clause in a stretch of a body, by where it begins.
    pub(super) fn find(&self, body: &Body, within: Range<usize>, language: Language) -> Vec<Found> {
        let mut found = Vec::new();
        let mut read = |range: Range<usize>, lights: fn(Field) -> bool| {
            let text = body.text().get(range.clone()).unwrap_or_default();
            let lit = self.find_in_text(lights, text, language).into_iter();
            found.extend(lit.map(|lit| Found {
                range: lit.range.start + range.start..lit.range.end + range.start,
                ..lit
            }));
        };
        read(within.clone(), |asked| lights_in(asked, Field::Body));
        if self.fields.contains(&Field::Heading) {
            for block in headings(body, &within) {
                let start = (block.range.start as usize).max(within.start);
                let end = (block.range.end as usize).min(within.end);
                read(start..end, |asked| asked == Field::Heading);
            }
        }
        found.sort_by_key(|found| (found.range.start, found.range.end));
        found
    }

    /// Returns every place of the clauses whose field `lights`.
    fn find_in_text(
        &self,
        lights: impl Fn(Field) -> bool,
        text: &str,
        language: Language,
    ) -> Vec<Found> {
        let mut found = Vec::new();
        if !self.fields.iter().any(|&field| lights(field)) {
            return found;
        }
        let mut occurrences = self.no_occurrences();
        analyze(text, language, |token| {
            self.each_step(&token, |place| {
                let Some(way) = self.ways.get(place.way).filter(|way| lights(way.field)) else {
                    return;
                };
                if way.steps == 1 {
                    found.push(Found {
                        range: token.range.clone(),
                        clause: way.clause,
                        taken: way.taken,
                    });
                } else if let Some(step) = occurrences
                    .get_mut(place.way)
                    .and_then(|steps| steps.get_mut(place.step))
                {
                    step.push(Occurrence {
                        position: token.position,
                        range: token.range.clone(),
                    });
                }
            });
        });
        for (way, steps) in self.ways.iter().zip(&occurrences) {
            find_phrases(*way, steps, &mut found);
        }
        found
    }

    fn add(&mut self, clause: &Clause) {
        let number = self.fields.len();
        self.fields.push(clause.field);
        for way in &clause.ways {
            self.ways.push(Compiled {
                clause: number,
                field: clause.field,
                steps: way.steps.len(),
                slop: way.slop,
                taken: matches!(way.origin, Origin::Same | Origin::Related),
            });
            self.add_steps(way);
        }
    }

    fn add_steps(&mut self, way: &Way) {
        for (step, what) in way.steps.iter().enumerate() {
            let place = Place {
                way: self.ways.len() - 1,
                step,
            };
            match what {
                Step::Stem(stem) => self.stems.entry(stem.clone()).or_default().push(place),
                Step::Exact(word) => self.words.entry(word.clone()).or_default().push(place),
                Step::Prefix(beginning) => self.beginnings.push((beginning.clone(), place)),
                Step::Near(word, edits) => {
                    self.near.push((word.chars().collect(), *edits, place));
                }
            }
        }
    }

    /// Hands out every step that a word may be.
    fn each_step(&self, token: &Token<'_>, mut each: impl FnMut(Place)) {
        let by_stem = self.stems.get(token.stem).into_iter().flatten();
        let by_word = self.words.get(token.folded).into_iter().flatten();
        by_stem.chain(by_word).for_each(|&place| each(place));
        for (beginning, place) in &self.beginnings {
            if token.folded.starts_with(beginning.as_str()) {
                each(*place);
            }
        }
        for (word, edits, place) in &self.near {
            if is_near(word, token.folded, *edits) {
                each(*place);
            }
        }
    }

    /// Returns an empty list for each step of each way of several words.
    fn no_occurrences(&self) -> Vec<Vec<Vec<Occurrence>>> {
        let lists = |way: &Compiled| if way.steps > 1 { way.steps } else { 0 };
        self.ways
            .iter()
            .map(|way| vec![Vec::new(); lists(way)])
            .collect()
    }
}

/// Collects the clauses that a document may have: what must not be there is no hit.
fn collect<'a>(expr: &'a Expr, clauses: &mut Vec<&'a Clause>) {
    match expr {
        Expr::And(exprs) | Expr::Or(exprs) => {
            for expr in exprs {
                collect(expr, clauses);
            }
        }
        Expr::AtLeast(_, some) => clauses.extend(some),
        Expr::Clause(clause) => clauses.push(clause),
        Expr::All | Expr::None | Expr::Not(_) | Expr::Ignored(_) | Expr::Filter(_) => {}
    }
}

/// Returns whether what is asked of one field lights in a text that stands in another.
fn lights_in(asked: Field, text: Field) -> bool {
    match text {
        Field::Any => matches!(asked, Field::Any | Field::Title | Field::Body),
        Field::Title => matches!(asked, Field::Any | Field::Title),
        Field::Body => matches!(asked, Field::Any | Field::Body),
        Field::Heading => matches!(asked, Field::Any | Field::Body | Field::Heading),
        Field::Author | Field::Source | Field::Url | Field::Note => asked == text,
    }
}

/// Returns the headings that reach into a stretch of a body.
fn headings<'a>(body: &'a Body, within: &Range<usize>) -> impl Iterator<Item = &'a Block> {
    let blocks = body.blocks();
    let (start, end) = (within.start, within.end);
    let first = blocks.partition_point(|block| block.range.end as usize <= start);
    let blocks = blocks.get(first..).unwrap_or_default().iter();
    blocks
        .take_while(move |block| (block.range.start as usize) < end)
        .filter(|block| matches!(block.kind, BlockKind::Heading { .. }))
}

/// Finds the places where the words of a way stand as it asks.
fn find_phrases(way: Compiled, steps: &[Vec<Occurrence>], found: &mut Vec<Found>) {
    let place = |word: &Occurrence| chain::Place::new(0, word.position);
    let places = steps.iter().map(|step| step.iter().map(place).collect());
    let places: Vec<Vec<chain::Place>> = places.collect();
    chain::each(&places, way.slop, |chain| {
        let words = steps.iter().zip(chain);
        let words = words.flat_map(|(step, place)| standing_at(step, place.position()));
        let ranges = words.map(|word| word.range.clone());
        let Compiled { clause, taken, .. } = way;
        let at = |range| Found {
            range,
            clause,
            taken,
        };
        if way.slop == 0 {
            let whole = ranges.reduce(|whole, word| whole.start..whole.end.max(word.end));
            found.extend(whole.map(at));
        } else {
            found.extend(ranges.map(at));
        }
    });
}

/// Returns the words of a step at a position: a compound and its first part stand at the same.
fn standing_at(step: &[Occurrence], position: u32) -> impl Iterator<Item = &Occurrence> {
    let from = step.partition_point(|word| word.position < position);
    let rest = step.get(from..).unwrap_or_default().iter();
    rest.take_while(move |word| word.position == position)
}

/// Returns ranges sorted, and those that overlap as one.
pub(super) fn merged(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut disjoint: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match disjoint.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => disjoint.push(range),
        }
    }
    disjoint
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::query::{Lexicon, expand, parse, parse_typing};

    fn matcher(question: &str) -> Matcher {
        Matcher::new(&expand(&parse(question), &Lexicon::default()))
    }

    /// Returns what lights, as the words.
    fn lit<'a>(question: &str, field: Field, text: &'a str) -> Vec<&'a str> {
        let ranges = matcher(question).ranges(field, text, Language::ENGLISH);
        ranges.into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn what_was_asked_lights_and_nothing_else() {
        for (question, text, expected) in [
            (
                "mutual",
                "Mutuals, mutualism; a mutualised Mutual.",
                &["Mutuals", "mutualism", "Mutual"][..],
            ),
            ("=mutual", "Mutuals or a mutual", &["mutual"]),
            ("mutu*", "mutualised and mute", &["mutualised"]),
            (
                "comissioning~",
                "commissioning a comission",
                &["commissioning"],
            ),
            ("tupe -trust", "TUPE and trust", &["TUPE"]),
            ("the trust", "the trust of the people’s", &["trust"]),
            ("the", "the trust", &["the"]),
            ("the OR tupe", "TUPE and the trust", &["TUPE", "the"]),
            ("people", "the people’s peoples’", &["people’s", "peoples"]),
            (
                "\"third sector\"",
                "a third of the sector; third\nsector, third-sector",
                &["third\nsector", "third-sector"],
            ),
            ("\"third sector\"", "third\n\nsector", &[]),
            (
                "\"staff transfer\"~2",
                "transfer staff. The staff of a transfer",
                &["staff", "transfer"],
            ),
            ("\"staff transfer\"~3", "transfer staff", &[]),
            (
                "\"alpha beta gamma\"~2",
                "beta alpha one two beta gamma",
                &["alpha", "beta", "gamma"],
            ),
            ("\"staff transfer\"~1", "staff of the transfer", &[]),
            (
                "cooperative",
                "Co-operatives and cooperatives by Cooper",
                &["Co-operatives", "cooperatives"],
            ),
            (
                "co-operative",
                "Co‑operatives, cooperatives, an operative",
                &["Co‑operatives", "cooperatives"],
            ),
            ("third-sector", "third sector", &["third sector"]),
            ("数据", "大数据库", &["数据"]),
            ("naive", "NAÏVE", &["NAÏVE"]),
            ("\"a b\" b", "a b b", &["a b", "b"]),
            ("is:read", "read", &[]),
        ] {
            assert_eq!(
                lit(question, Field::Body, text),
                expected,
                "{question} in {text}"
            );
        }
    }

    #[test]
    fn a_clause_lights_only_where_it_asks() {
        for (question, field, expected) in [
            ("title:trust", Field::Title, 1),
            ("title:trust", Field::Body, 0),
            ("body:trust", Field::Title, 0),
            ("trust", Field::Heading, 1),
            ("trust", Field::Author, 0),
            ("author:trust", Field::Author, 1),
            ("heading:trust", Field::Body, 0),
            ("heading:trust", Field::Heading, 1),
        ] {
            assert_eq!(
                lit(question, field, "Trust").len(),
                expected,
                "{question} in {field:?}"
            );
        }
    }

    #[test]
    fn what_is_asked_of_headings_lights_in_the_headings_of_a_body() {
        let mut builder = crate::document::BodyBuilder::new();
        builder.block(BlockKind::Paragraph, "Trust me.");
        builder.block(BlockKind::Heading { level: 2 }, "On trust");
        let body = builder.finish();
        let lit = matcher("heading:trust").body_ranges(&body, Language::ENGLISH);
        let lit: Vec<(usize, &str)> = lit
            .into_iter()
            .map(|lit| (lit.start, &body.text()[lit]))
            .collect();
        assert_eq!(lit, [(14, "trust")]);
    }

    #[test]
    fn a_question_without_words_lights_nothing() {
        for question in ["", "*", "-trust", "topic:a", "&"] {
            assert!(matcher(question).is_empty(), "{question}");
        }
    }

    proptest! {
        #[test]
        fn what_lights_is_sorted_disjoint_and_on_boundaries(question in "[a-cé -]{0,8}|\"[ab] [ab]\"~2|[ab]\\*", text in "[a-cé \n’-]{0,60}") {
            let matcher = Matcher::new(&expand(&parse_typing(&question), &Lexicon::default()));
            let mut reached = 0;
            for range in matcher.ranges(Field::Body, &text, Language::ENGLISH) {
                prop_assert!(range.start >= reached && range.start < range.end);
                prop_assert!(text.get(range.clone()).is_some());
                reached = range.end;
            }
        }
    }
}
