//! Why a document is where it is: the same scoring as ranked it, done again for it alone and written down.

use tantivy::{DocId, TantivyError};

use super::bits::Bits;
use super::bonus::{Bonus, bonuses};
use super::commit::Segment;
use super::plan::Question;
use super::rank::At;
use super::schema::NO_TITLE;
use super::score::{best, best_way, leading, saying, scored};
use super::shown::Shown;
use super::ways::{Clause, Lookup, Way};
use crate::document::DocumentId;
use crate::query::weights::SCORED_AGAIN;
use crate::query::{self, Field, Gain, Sort, Standing, Step, Why, Word};
use crate::text::analysis;

/// Says why the document is where it is, or nothing where it is no answer.
pub(super) fn why(
    question: &Question<'_>,
    shown: &Shown,
    sort: Sort,
    id: DocumentId,
) -> tantivy::Result<Option<Why>> {
    let Some((at, segment)) = place_of(question, id) else {
        return Ok(None);
    };
    let Some(group) = shown.group_of(at) else {
        return Ok(None);
    };
    let mut why = Why {
        sort,
        ..Why::default()
    };
    for clause in scored(question) {
        match best_way(clause, segment, at.segment, at.document)? {
            None => why.lacking.push(clause.typed.clone()),
            Some((place, times, score)) => {
                let way = clause.ways.get(place);
                let word = way.map(|way| word(question, clause, way, at, segment, (times, score)));
                why.words.extend(word.transpose()?);
            }
        }
    }
    let (whole_title, lead) = leading(question, segment)?;
    if whole_title.contains(at.document) {
        why.gains.push((Gain::Title, lead));
    }
    let mut only = Bits::none(segment.reader.max_doc());
    only.insert(at.document);
    for term in &question.plan.terms {
        let (saying, more) = saying(question, term, at.segment, &only)?;
        if saying.contains(at.document) {
            let best = best_way(&term.clause, segment, at.segment, at.document)?;
            let way = best.and_then(|(place, ..)| term.clause.ways.get(place));
            let called = way.map(|way| way.asked.called.clone());
            let called = called.filter(|called| !called.is_empty());
            let gain = Gain::Term(term.clause.typed.clone(), called);
            why.gains.push((gain, more));
        }
    }
    let first = best(question, group, SCORED_AGAIN)?;
    let among = first.iter().take(SCORED_AGAIN);
    if among
        .clone()
        .any(|(_, other)| (other.segment, other.document) == (at.segment, at.document))
    {
        for (bonus, score) in bonuses(question, &[at])?.into_iter().flatten() {
            why.gains.push((gain(question, bonus), score));
        }
    }
    why.score = why.sum();
    Ok(Some(why))
}

/// Returns where a document is.
fn place_of<'a>(question: &Question<'a>, id: DocumentId) -> Option<(At, &'a Segment)> {
    let segments = question.commit.segments.iter().enumerate();
    let mut places = segments.filter_map(|(at, segment)| {
        let ids = (0..).zip(&segment.columns.ids);
        let mut here = ids.filter(|(document, of)| **of == id && segment.alive.contains(*document));
        let (document, _) = here.next()?;
        let at = At {
            segment: at,
            document,
        };
        Some((at, segment))
    });
    places.next()
}

/// Says how a clause stands in a document, by the way that scores best.
fn word(
    question: &Question<'_>,
    clause: &Clause,
    way: &Way,
    at: At,
    segment: &Segment,
    (times, score): (u32, f32),
) -> tantivy::Result<Word> {
    let counted = |field: Field, way: &query::Way| -> tantivy::Result<u32> {
        let way = Lookup::new(question.commit).way(field, way)?;
        times_of(&way, segment, at)
    };
    let anywhere = clause.field == Field::Any;
    let [title, headings] = if anywhere {
        [
            counted(Field::Title, &way.asked)?,
            counted(Field::Heading, &way.asked)?,
        ]
    } else {
        [0, 0]
    };
    // As typed, where that is one word: the others of these are there by their stem.
    let exact = match (way.asked.steps.as_slice(), single(&clause.typed)) {
        ([Step::Stem(_)], Some(word)) if anywhere => {
            let itself = query::Way {
                steps: vec![Step::Exact(word)],
                ..way.asked.clone()
            };
            Some(counted(Field::Any, &itself)?)
        }
        _ => None,
    };
    // The field of all words has the title twice, unless it stands in for one.
    let body_from = segment.reader.fast_fields().u64("body_from")?;
    let weighs = body_from.first(at.document) > Some(NO_TITLE);
    Ok(Word {
        typed: clause.typed.clone(),
        field: clause.field,
        way: way.asked.clone(),
        standing: Standing {
            title,
            headings,
            text: times.saturating_sub(if weighs { 2 * title } else { 0 }),
        },
        by_stem: exact.map(|exact| times.saturating_sub(exact) > 0),
        score,
    })
}

/// Returns how often a way stands in a document.
fn times_of(way: &Way, segment: &Segment, at: At) -> tantivy::Result<u32> {
    let mut only = Bits::none(segment.reader.max_doc());
    only.insert(at.document);
    let mut found = 0;
    way.each(segment, at.segment, &only, |_: DocId, times| found = times)?;
    Ok::<u32, TantivyError>(found)
}

/// Returns what was typed as the index has it, where it is one word.
fn single(typed: &str) -> Option<String> {
    let mut words = Vec::new();
    analysis::analyze(typed, crate::text::Language::ENGLISH, |token| {
        words.push(token.folded.to_owned());
    });
    match words.len() {
        1 => words.pop(),
        _ => None,
    }
}

fn gain(question: &Question<'_>, bonus: Bonus) -> Gain {
    let typed = |clause: Option<&Clause>| clause.map_or_else(String::new, |one| one.typed.clone());
    match bonus {
        Bonus::Together { pair, times } => {
            let pair = question.plan.pairs.get(pair);
            let clauses = pair.map(|pair| pair.clauses).unwrap_or_default();
            let [one, other] = clauses.map(|at| typed(question.plan.clauses.get(at)));
            Gain::Together([one, other], times)
        }
        Bonus::Heading { clause, times } => {
            Gain::Heading(typed(scored(question).nth(clause)), times)
        }
        Bonus::Passage => Gain::Passage,
    }
}
