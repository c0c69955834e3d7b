//! The passages of a document that a question hits, best first: what stands under a row of the list that is unfolded.
//!
//! A passage is a block, or of a long one a run of sentences. The best is where most different clauses stand, nearest
//! together; of equal ones the text's own words come before headings and credits, and what is read first before what
//! comes later. What lights is what lights on the page.

mod lines;

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

pub use self::lines::PassageLine;

use super::Matcher;
use super::matcher::{Found, merged};
use super::snippet::densest;
use crate::document::{Block, BlockKind, Body, TextRange};
use crate::text::Language;

/// Up to so many bytes a block is one passage.
const WHOLE: usize = 480;

/// From so many bytes on a run of sentences is long enough.
const RUN: usize = 240;

/// No passage is longer, in bytes: what never ends (a table in one line, a text without stops) is cut.
const LONGEST: usize = 960;

/// A passage that the question hits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Where it is in the text.
    pub range: TextRange,
    /// Where its best hits stand: most different clauses, nearest together.
    pub best: TextRange,
    /// All that lights in it, as ranges of the text.
    pub lit: Vec<Range<usize>>,
    /// How many different clauses are hit in it.
    pub clauses: usize,
}

/// The passages of a document, as a list shows them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passages {
    /// The best, best first.
    pub best: Vec<ShownPassage>,
    /// How many there are in all.
    pub total: usize,
}

/// A passage as a list shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShownPassage {
    /// The byte of the text where its best hit begins.
    pub at: u32,
    /// The headings that it stands under, outermost first.
    pub headings: Vec<String>,
    /// Its words around the best hit, on so many rows as there is room for.
    pub lines: Vec<PassageLine>,
}

/// How much room a passage has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PassageRoom {
    /// The cells of a row.
    pub cells: usize,
    /// How many rows: its words have them, but for one where it stands under a heading.
    pub rows: usize,
}

/// Returns every passage of a body that has a hit, best first.
pub fn passages(body: &Body, matcher: &Matcher, language: Language) -> Vec<Passage> {
    let found = matcher.find(body, 0..body.text().len(), language);
    let mut ranked: Vec<(Rank, Passage)> = Vec::new();
    let mut rest = found.as_slice();
    for block in body.blocks() {
        let end = rest.partition_point(|hit| hit.range.start < block.range.end as usize);
        let (hits, later) = rest.split_at(end);
        rest = later;
        if hits.is_empty() {
            continue;
        }
        let mut hits = hits;
        for range in pieces(body.text(), block.range.as_range()) {
            let end = hits.partition_point(|hit| hit.range.start < range.end);
            let (here, later) = hits.split_at(end);
            hits = later;
            ranked.extend(passage(block, range, here));
        }
    }
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, passage)| passage).collect()
}

/// Returns the best passages of a body as a list shows them, so many at most.
pub fn shown_passages(
    body: &Body,
    matcher: &Matcher,
    language: Language,
    room: PassageRoom,
    limit: usize,
) -> Passages {
    let all = passages(body, matcher, language);
    let shown = |passage: &Passage| {
        let headings = body.headings_above(passage.range.start);
        let rows = room.rows.saturating_sub(usize::from(!headings.is_empty()));
        ShownPassage {
            at: passage.best.start,
            lines: lines::lines(body, passage, room.cells, rows),
            headings,
        }
    };
    Passages {
        best: all.iter().take(limit).map(shown).collect(),
        total: all.len(),
    }
}

/// What makes one passage better than another; the least is the best: more clauses, running text, nearer together,
/// earlier. Of one clause all spans are equal, or else the shortest word would win.
type Rank = (std::cmp::Reverse<usize>, bool, usize, usize);

fn passage(block: &Block, range: Range<usize>, hits: &[Found]) -> Option<(Rank, Passage)> {
    let best = densest(hits, range.len())?;
    let beside = matches!(
        block.kind,
        BlockKind::Heading { .. } | BlockKind::Image | BlockKind::Credit
    );
    let span = if best.clauses > 1 {
        best.range.len()
    } else {
        0
    };
    let rank = (std::cmp::Reverse(best.clauses), beside, span, range.start);
    let lit = merged(hits.iter().map(|hit| hit.range.clone()).collect());
    let passage = Passage {
        range: TextRange::from(range),
        best: TextRange::from(best.range),
        lit,
        clauses: best.clauses,
    };
    Some((rank, passage))
}

/// Parts a block into passages: whole sentences, as long as a passage is.
fn pieces(text: &str, block: Range<usize>) -> Vec<Range<usize>> {
    if block.len() <= WHOLE {
        return vec![block];
    }
    let words = text.get(block.clone()).unwrap_or_default();
    let mut pieces = Vec::new();
    let mut start = block.start;
    for (at, sentence) in words.split_sentence_bound_indices() {
        let end = block.start + at + sentence.len();
        if end - start >= RUN {
            push(text, start..end, &mut pieces);
            start = end;
        }
    }
    if start < block.end {
        // What is left over goes with the sentences before it.
        match pieces.pop() {
            Some(last) if block.end - start < RUN / 2 && block.end - last.start <= LONGEST => {
                pieces.push(last.start..block.end);
            }
            last => {
                pieces.extend(last);
                push(text, start..block.end, &mut pieces);
            }
        }
    }
    pieces
}

/// Adds a stretch, cut where it is too long: at a blank where there is one near.
fn push(text: &str, range: Range<usize>, pieces: &mut Vec<Range<usize>>) {
    let mut start = range.start;
    while range.end - start > LONGEST {
        let limit = text.floor_char_boundary(start + LONGEST);
        let piece = text.get(start..limit).unwrap_or_default();
        let blank = piece.rfind(char::is_whitespace).filter(|at| *at > RUN);
        let end = blank.map_or(limit, |at| start + at + 1);
        let end = text.ceil_char_boundary(end);
        pieces.push(start..end);
        start = end;
    }
    pieces.push(start..range.end);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::query::testing::body;
    use crate::query::{Lexicon, expand, parse};
    use crate::text::cells;

    fn matcher(question: &str) -> Matcher {
        Matcher::new(&expand(&parse(question), &Lexicon::default()))
    }

    fn found(question: &str, text: &str) -> Vec<String> {
        let body = body(text);
        let passages = passages(&body, &matcher(question), Language::ENGLISH);
        let words = |passage: &Passage| body.slice(passage.range).trim().to_owned();
        passages.iter().map(words).collect()
    }

    #[test]
    fn the_best_passage_has_most_clauses_nearest_together() {
        let text = "# Staff transfer\n\
            Staff come first.\n\
            The staff of which a transfer is made.\n\
            A staff transfer.\n\
            Nothing.\n\
            A transfer.";
        assert_eq!(
            found("staff transfer", text),
            [
                "A staff transfer.",
                "The staff of which a transfer is made.",
                "Staff transfer",
                "Staff come first.",
                "A transfer.",
            ]
        );
    }

    #[test]
    fn a_long_block_is_parted_at_its_sentences() {
        let filler = "This is a sentence about nothing much at all, and so on. ".repeat(8);
        let text = format!("{filler}The needle is here. {filler}Another needle. {filler}");
        let found = found("needle", &text);
        assert_eq!(found.len(), 2);
        for passage in &found {
            assert!(
                passage.contains("needle") && passage.len() <= WHOLE,
                "{passage}"
            );
            assert!(passage.ends_with('.') && passage.starts_with(char::is_uppercase));
        }
    }

    #[test]
    fn the_words_shown_stand_around_the_best_hit_under_their_headings() {
        let filler = "many words and many more of them ".repeat(9);
        let text =
            format!("# On care\n{filler} the staff transfer comes at last, and then {filler}");
        let room = PassageRoom { cells: 30, rows: 3 };
        let matcher = matcher("staff transfer");
        let shown = shown_passages(&body(&text), &matcher, Language::ENGLISH, room, 1);
        assert_eq!(shown.total, 1);
        let best = &shown.best[0];
        assert_eq!(best.headings, ["On care"]);
        let lines: Vec<&str> = best.lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(lines.len(), 2, "{lines:?}");
        assert!(
            lines[0].starts_with("… ") && lines[1].ends_with('…'),
            "{lines:?}"
        );
        let lit: Vec<&str> = best
            .lines
            .iter()
            .flat_map(|line| line.lit.iter().map(|lit| &line.text[lit.clone()]))
            .collect();
        assert_eq!(lit, ["staff", "transfer"]);
    }

    proptest! {
        #[test]
        fn every_hit_is_in_one_passage_and_lines_fit(
            lines in prop::collection::vec("[abc数é. ’-]{0,60}", 0..6),
            long in "([abc]{1,3}[ .]{1,2}){0,400}",
            question in "[abc]{1,2}( [abc]{1,2}){0,2}",
            cells in 1_usize..40,
            rows in 0_usize..4,
        ) {
            let body = body(&format!("{}\n{long}", lines.join("\n")));
            let matcher = matcher(&question);
            let mut lit: Vec<Range<usize>> = Vec::new();
            for passage in passages(&body, &matcher, Language::ENGLISH) {
                prop_assert!(passage.range.len() <= LONGEST + 4);
                prop_assert!(!passage.lit.is_empty());
                lit.extend(passage.lit);
                let best = passage.best.as_range();
                prop_assert!(passage.range.as_range().contains(&best.start));
            }
            prop_assert_eq!(merged(lit), matcher.body_ranges(&body, Language::ENGLISH));
            let room = PassageRoom { cells, rows };
            let shown = shown_passages(&body, &matcher, Language::ENGLISH, room, 9);
            for line in shown.best.iter().flat_map(|passage| &passage.lines) {
                prop_assert!(cells::width(&line.text) <= cells.max(2), "{:?} {}", line, cells);
                for lit in &line.lit {
                    prop_assert!(line.text.get(lit.clone()).is_some_and(|words| !words.is_empty()));
                }
            }
            prop_assert!(shown.best.iter().all(|passage| passage.lines.len() <= rows));
        }
    }
}
