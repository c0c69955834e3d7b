//! The words around a hit, cut to a line of which the hit begins at a fixed column.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use crate::document::Body;
use crate::text::cells;

/// What stands where one block ends and the next begins.
const BLOCK: &str = " ¶ ";

/// A word longer than this is cut where the line ends, in cells.
const LONG_WORD: usize = 24;

/// How much room a line has, in cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Room {
    /// Before the hit.
    pub before: usize,
    /// From its first cell on.
    pub after: usize,
}

/// A hit in the words around it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// The words on one line: runs of white space as a blank, the end of a block as ` ¶ `.
    pub text: String,
    /// The hit, or the run of hits, as bytes of `text`.
    pub keyword: Range<usize>,
    /// All that lights in `text`, the hit among it: sorted, disjoint.
    pub lit: Vec<Range<usize>>,
    /// Which bytes of the body these are.
    pub of: Range<usize>,
}

/// Returns the words around a hit of a body, whole ones at both ends. What is before the hit has the width
/// `room.before` at most, the rest `room.after`, unless the hit alone is wider. `lit` is what lights around it, as
/// ranges of the body.
pub fn context(
    body: &Body,
    hit: Range<usize>,
    room: Room,
    lit: impl FnOnce(&Range<usize>) -> Vec<Range<usize>>,
) -> Context {
    let start = start_of_line(body, hit.start, room.before);
    let end = end_of_line(body, &hit, room.after);
    let of = start..end;
    let mut shown = Shown {
        body,
        context: Context {
            of: of.clone(),
            ..Context::default()
        },
    };
    let mut reached = start;
    for lit in lit(&of) {
        let lit = lit.start.max(reached)..lit.end.min(end);
        if lit.is_empty() {
            continue;
        }
        shown.push(reached..lit.start);
        let from = shown.context.text.len();
        shown.push(lit.clone());
        let range = from..shown.context.text.len();
        if lit.start == hit.start {
            shown.context.keyword = range.clone();
        } else if hit.contains(&lit.start) {
            shown.context.keyword.end = range.end;
        }
        shown.context.lit.push(range);
        reached = lit.end;
    }
    shown.push(reached..end);
    shown.context
}

/// Returns whether the byte stands between two blocks.
fn is_between_blocks(body: &Body, at: usize) -> bool {
    let at = u32::try_from(at).unwrap_or(u32::MAX);
    let block = body.blocks().get(body.block_at(at));
    block.is_none_or(|block| !block.range.contains(at))
}

fn is_blank(cluster: &str) -> bool {
    cluster.chars().all(char::is_whitespace)
}

/// Where a line may be cut: at the byte, with so many cells used.
type Cut = (usize, usize);

/// Returns where the words begin that stand before a hit in so many cells.
fn start_of_line(body: &Body, hit: usize, room: usize) -> usize {
    let before = body.text().get(..hit).unwrap_or_default();
    let (mut used, mut start) = (0, hit);
    let mut last_word: Option<Cut> = None;
    let mut clusters = before.grapheme_indices(true).rev().peekable();
    while let Some((at, cluster)) = clusters.next() {
        let (mut from, mut width) = (at, cells::width(cluster));
        let mut parts = false;
        if is_blank(cluster) {
            parts = is_between_blocks(body, at);
            while let Some((at, _)) = clusters.next_if(|(_, next)| is_blank(next)) {
                parts |= is_between_blocks(body, at);
                from = at;
            }
            width = if parts { cells::width(BLOCK) } else { 1 };
            last_word = Some((start, used));
        }
        if used + width > room {
            return cut(start, used, last_word);
        }
        used += width;
        start = from;
        if parts {
            last_word = Some((start, used));
        }
    }
    start
}

/// Returns where the words end that stand from a hit on in so many cells.
fn end_of_line(body: &Body, hit: &Range<usize>, room: usize) -> usize {
    let rest = body.text().get(hit.start..).unwrap_or_default();
    let (mut used, mut end) = (0, hit.start);
    let mut last_word: Option<Cut> = None;
    let clusters = rest.grapheme_indices(true);
    let mut clusters = clusters
        .map(|(at, cluster)| (hit.start + at, cluster))
        .peekable();
    while let Some((at, cluster)) = clusters.next() {
        let (mut to, mut width) = (at + cluster.len(), cells::width(cluster));
        let mut parts = false;
        if is_blank(cluster) {
            parts = is_between_blocks(body, at);
            while let Some((at, next)) = clusters.next_if(|(_, next)| is_blank(next)) {
                parts |= is_between_blocks(body, at);
                to = at + next.len();
            }
            width = if parts { cells::width(BLOCK) } else { 1 };
            last_word = Some((end, used));
        }
        if used + width > room {
            return cut(end, used, last_word).max(hit.end);
        }
        used += width;
        end = to;
        if parts {
            last_word = Some((end, used));
        }
    }
    end.max(hit.end)
}

/// Returns where a line is cut that has no room beyond `at`: at its last whole word, else within a long one.
fn cut(at: usize, used: usize, last_word: Option<Cut>) -> usize {
    match last_word {
        Some((word, before)) if used - before <= LONG_WORD => word,
        _ => at,
    }
}

/// A line as it is written.
struct Shown<'a> {
    body: &'a Body,
    context: Context,
}

impl Shown<'_> {
    /// Adds a range of the body.
    fn push(&mut self, range: Range<usize>) {
        let words = self.body.text().get(range.clone()).unwrap_or_default();
        let line = &mut self.context.text;
        for (at, c) in words.char_indices() {
            if !c.is_whitespace() {
                line.push(c);
                continue;
            }
            if is_between_blocks(self.body, range.start + at) {
                if !line.ends_with(BLOCK) {
                    let end = line.trim_end_matches(' ').len();
                    line.truncate(end);
                    line.push_str(BLOCK);
                }
            } else if !line.ends_with(' ') {
                line.push(' ');
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::query::testing::body;

    /// Returns the line around the first place of `word`, with a bar before and after it.
    fn shown(text: &str, word: &str, before: usize, after: usize) -> String {
        let body = body(text);
        let at = body.text().find(word).unwrap();
        let hit = at..at + word.len();
        let context = context(&body, hit.clone(), Room { before, after }, |_| {
            vec![hit.clone()]
        });
        let mut line = context.text;
        line.insert(context.keyword.end, '|');
        line.insert(context.keyword.start, '|');
        line
    }

    #[test]
    fn whole_words_stand_around_a_hit_as_far_as_there_is_room() {
        let text = "Staff rights are one  thing.\nThe transfer of staff, 数据库 and naïve care.";
        for (word, before, after, expected) in [
            ("transfer", 0, 0, "|transfer|"),
            ("transfer", 3, 8, "|transfer|"),
            ("transfer", 4, 11, "The |transfer| of"),
            ("transfer", 6, 14, "The |transfer| of"),
            ("transfer", 7, 16, " ¶ The |transfer| of"),
            ("transfer", 13, 18, "thing. ¶ The |transfer| of staff,"),
            ("one", 40, 10, "Staff rights are |one| thing."),
            ("one", 40, 14, "Staff rights are |one| thing. ¶"),
            ("数", 9, 5, "staff, |数|据"),
            ("数", 30, 6, " ¶ The transfer of staff, |数|据库"),
            ("care", 30, 30, "of staff, 数据库 and naïve |care|."),
        ] {
            assert_eq!(
                shown(text, word, before, after).trim_end(),
                expected,
                "{word} {before} {after}"
            );
        }
    }

    #[test]
    fn what_lights_beside_the_hit_lights_in_the_line() {
        let body = body("alpha beta gamma");
        let lit = vec![0..5, 6..10, 11..16];
        let room = Room {
            before: 6,
            after: 10,
        };
        let context = context(&body, 6..10, room, |_| lit);
        assert_eq!(context.text, "alpha beta gamma");
        assert_eq!(context.keyword, 6..10);
        assert_eq!(context.lit, [0..5, 6..10, 11..16]);
    }

    #[test]
    fn a_run_of_hits_is_one_keyword() {
        let body = body("alpha beta gamma");
        let room = Room {
            before: 9,
            after: 4,
        };
        let context = context(&body, 6..16, room, |_| vec![0..5, 6..10, 11..16]);
        assert_eq!(context.text, "alpha beta gamma");
        assert_eq!(context.keyword, 6..16);
        assert_eq!(context.lit, [0..5, 6..10, 11..16]);
    }

    proptest! {
        #[test]
        fn a_line_fits_its_room_at_both_sides(
            lines in prop::collection::vec("[ab數é \u{301}👩\u{200d}\t’-]{1,40}", 1..5),
            at in 0_usize..100,
            len in 1_usize..9,
            before in 0_usize..30,
            after in 0_usize..30,
        ) {
            let body = body(&lines.join("\n"));
            let text = body.text();
            // A hit begins and ends with a cluster.
            let edges: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).chain([text.len()]).collect();
            prop_assume!(edges.len() > 1);
            let first = at % (edges.len() - 1);
            let hit = edges[first]..edges[(first + len).min(edges.len() - 1)];
            prop_assume!(!text[hit.clone()].starts_with(char::is_whitespace));
            let context = context(&body, hit.clone(), Room { before, after }, |_| vec![hit.clone()]);
            let (left, rest) = context.text.split_at(context.keyword.start);
            prop_assert!(cells::width(left) <= before, "{:?}", context);
            let alone = cells::width(&rest[..context.keyword.len()]);
            prop_assert!(cells::width(rest) <= after.max(alone), "{:?}", context);
            prop_assert!(!context.text.contains(['\n', '\t']));
        }
    }
}
