//! The best passage of a long document: what it would score if it were a document of its own.
//!
//! A book is many things. By BM25 alone a chapter on what is asked for weighs in it less than a mention in a short
//! note, while words that stand far apart add up; the best passage tells the two apart (Callan, Passage-level evidence
//! in document retrieval, 1994). The title stands over every passage and counts in each.
//!
//! Documents of up to [`LONG`] words are not looked at, and the gain begins at nought there: a document does not jump in
//! the order for a word more.

use tantivy::DocId;
use tantivy::schema::IndexRecordOption;

use super::bits::Bits;
use super::commit::Segment;
use super::plan::Question;
use super::postings::positions;
use super::score::{best_way, scored};
use super::ways::Way;
use crate::query::weights::{BY_PASSAGE, LONG, PASSAGE};

/// A word that stands oftener than this in a document says nothing of where to look in it, and costs the most to read.
const MOST_PLACES: u32 = 4_096;

/// A word of the question in a document.
struct Word<'a> {
    way: &'a Way,
    /// What it scores in the whole document.
    whole: f32,
    /// How often it stands in the title, as the index counts it.
    in_title: u32,
    /// Where it stands in the text.
    places: Vec<u32>,
}

/// Returns the long documents of a set and what they gain by their best passages.
pub(super) fn gains(
    question: &Question<'_>,
    segment: &Segment,
    at: usize,
    within: &Bits,
) -> tantivy::Result<Vec<(DocId, f32)>> {
    let column = question.commit.fields.words.stems;
    let lengths = segment.reader.get_fieldnorms_reader(column)?;
    let body_from = segment.reader.fast_fields().u64("body_from")?;
    let mut gains = Vec::new();
    for document in within.iter() {
        let length = lengths.fieldnorm(document);
        if length <= LONG {
            continue;
        }
        let body_from = body_from.first(document).unwrap_or_default() as u32;
        let words = words(question, segment, at, (document, body_from))?;
        let share = BY_PASSAGE * (1.0 - LONG as f32 / length as f32);
        gains.push((document, share * best_gain(&words)));
    }
    Ok(gains)
}

/// Returns the words that a document scores by, and where they stand; of a clause the way that scores best, where it is
/// a stem.
fn words<'a>(
    question: &Question<'a>,
    segment: &Segment,
    at: usize,
    (document, body_from): (DocId, u32),
) -> tantivy::Result<Vec<Word<'a>>> {
    let commit = question.commit;
    let index = segment.reader.inverted_index(commit.fields.words.stems)?;
    let mut only = Bits::none(segment.reader.max_doc());
    only.insert(document);
    let mut words: Vec<Word<'a>> = Vec::new();
    for clause in scored(question) {
        let Some((place, times, whole)) = best_way(clause, segment, at, document)? else {
            continue;
        };
        let way = clause.ways.get(place);
        let Some((way, stem)) = way.and_then(|way| Some((way, way.stem(commit)?))) else {
            continue;
        };
        let term = index.terms().get(stem)?.filter(|_| times <= MOST_PLACES);
        let Some(term) = term else {
            continue;
        };
        let option = IndexRecordOption::WithFreqsAndPositions;
        let postings = index.read_postings_from_terminfo(&term, option)?;
        positions(postings, &only, |_, places| {
            let (title, body): (Vec<u32>, Vec<u32>) =
                places.iter().partition(|&&place| place < body_from);
            words.push(Word {
                way,
                whole,
                in_title: title.len() as u32,
                places: body,
            });
        });
    }
    Ok(words)
}

/// Returns how much more than in the whole document the words score in its best passage; nothing where they don't.
fn best_gain(words: &[Word<'_>]) -> f32 {
    let mut places: Vec<(u32, usize)> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        places.extend(word.places.iter().map(|&place| (place, at)));
    }
    places.sort_unstable();
    let score = |at: usize, times: u32| {
        words.get(at).map_or(0.0, |word| {
            let times = word.in_title + times;
            let least = f32::from(u8::from(times > 0));
            least * word.way.asked.weight * word.way.bm25.score_of(PASSAGE, times)
        })
    };
    let mut times = vec![0_u32; words.len()];
    let mut scores: Vec<f32> = (0..words.len()).map(|at| score(at, 0)).collect();
    let mut best = 0.0_f32;
    let mut first = 0;
    for &(place, at) in &places {
        let mut change = |at: usize, by: i32| {
            if let (Some(times), Some(kept)) = (times.get_mut(at), scores.get_mut(at)) {
                *times = times.saturating_add_signed(by);
                *kept = score(at, *times);
            }
        };
        change(at, 1);
        while let Some(&(earlier, word)) = places.get(first)
            && place - earlier >= PASSAGE
        {
            change(word, -1);
            first += 1;
        }
        best = best.max(scores.iter().sum());
    }
    let whole: f32 = words.iter().map(|word| word.whole).sum();
    (best - whole).max(0.0)
}
