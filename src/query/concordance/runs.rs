//! Which hits are one line: those that stand next to each other with no other word between.
//!
//! Asked for two words, a reader who finds them together has found one thing, and sorting by what stands beside them
//! is of use only where that is not the other of the two.

use std::ops::Range;

use crate::document::Body;
use crate::text::analysis::each_folded;

/// How many hits a line has at most: a text of nothing else is still a list of lines.
const MOST_HITS: usize = 8;

/// How far apart neighbours stand at most, in bytes: what parts two words is a blank, a sign or two.
const APART: usize = 8;

/// Returns the runs of the hits `lit` (sorted, disjoint) of a body, as ranges of their places.
pub(super) fn runs(body: &Body, lit: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (place, hit) in lit.iter().enumerate() {
        let before = place.checked_sub(1).and_then(|before| lit.get(before));
        match runs.last_mut() {
            Some(run)
                if run.len() < MOST_HITS
                    && before.is_some_and(|before| are_neighbours(body, before, hit)) =>
            {
                run.end = place + 1;
            }
            _ => runs.push(place..place + 1),
        }
    }
    runs
}

fn are_neighbours(body: &Body, one: &Range<usize>, next: &Range<usize>) -> bool {
    let between = one.end..next.start;
    if between.len() > APART || block(body, one.end.saturating_sub(1)) != block(body, next.start) {
        return false;
    }
    let mut words = 0;
    each_folded(body.text().get(between).unwrap_or_default(), |_| words += 1);
    words == 0
}

fn block(body: &Body, at: usize) -> usize {
    body.block_at(u32::try_from(at).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::testing::body;

    #[test]
    fn hits_with_no_word_between_are_a_run_within_their_block() {
        for (text, expected) in [
            ("x y", &["x y"][..]),
            ("x, y: x", &["x, y: x"]),
            ("x a y", &["x", "y"]),
            ("x\ny", &["x", "y"]),
            ("a x a", &["x"]),
            ("x (--------) y", &["x", "y"]),
            ("x x x x x x x x y", &["x x x x x x x x", "y"]),
            ("", &[]),
        ] {
            let body = body(text);
            let text = body.text();
            let hits = text.match_indices(['x', 'y']).map(|(at, _)| at..at + 1);
            let lit: Vec<Range<usize>> = hits.collect();
            let runs: Vec<&str> = runs(&body, &lit)
                .into_iter()
                .map(|run| &text[lit[run.start].start..lit[run.end - 1].end])
                .collect();
            assert_eq!(runs, expected, "{text}");
        }
    }
}
