//! The line of a text around its best hit.
//!
//! The best place is where most different clauses stand nearest together. It is looked for piece by piece, and not
//! beyond what is needed: a piece (some 16 kB, whole blocks) in which all clauses meet on one line ends the search, and
//! so do 128 kB with any hit in them. A text is read to its end only while nothing was found: of 1 MB that takes as
//! long as analysing it, and the line of a long text is usually found in its first piece. For a phrase that may reach
//! across blocks (a hundred words between its own, or more) it is read whole.

mod line;

use std::ops::Range;

use self::line::{Line, Shown};
use super::Matcher;
use super::matcher::{Found, merged};
use crate::document::Body;
use crate::text::Language;

/// A line of a text with what lights in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snippet {
    /// The words, on one line, with a `…` where a block was cut.
    pub text: String,
    /// What lights: sorted, disjoint ranges of bytes of `text`.
    pub lit: Vec<Range<usize>>,
    /// The byte of the body where it begins.
    pub at: u32,
}

/// The length of a piece, in bytes: long enough that most texts are one, short enough to stop early.
const PIECE: usize = 16 * 1024;

/// How far a better place is looked for once there is one, in bytes.
const ENOUGH: usize = 128 * 1024;

/// How far from the line the blocks around it are looked for, in bytes, to find phrases that reach into it.
const AROUND: usize = 2 * 1024;

/// Returns the line of `body` around its best hit, at most so many `cells` wide, with whole words at its ends. A text
/// without a hit gives its beginning. White space, line feeds among it, is shown as single blanks.
pub fn snippet(body: &Body, matcher: &Matcher, language: Language, cells: usize) -> Snippet {
    let text = body.text();
    let best = best_place(body, matcher, language, cells);
    let line = Line::around(text, best.clone().unwrap_or(0..0), cells);
    let mut shown = Shown::default();
    if line.cut_before {
        shown.text.push_str("… ");
    }
    let lit = best.map_or_else(Vec::new, |_| lit_in(body, &line.range, matcher, language));
    shown.write(text, &line.range, &lit);
    if line.cut_after {
        shown.text.push('…');
    }
    Snippet {
        text: shown.text,
        lit: shown.lit,
        at: u32::try_from(line.range.start).unwrap_or(u32::MAX),
    }
}

/// Returns the range that the best hits span; nothing where there is no hit.
fn best_place(
    body: &Body,
    matcher: &Matcher,
    language: Language,
    cells: usize,
) -> Option<Range<usize>> {
    let text = body.text();
    let clauses = matcher.clauses_in_bodies();
    if clauses == 0 {
        return None;
    }
    let mut best: Option<Place> = None;
    let mut from = 0;
    while from < text.len() {
        let to = if matcher.reaches_across_blocks() {
            text.len()
        } else {
            end_of_piece(text, from)
        };
        let found = matcher.find(body, from..to, language);
        let width = cells.saturating_sub(Line::BEFORE + Line::AFTER);
        if let Some(place) = densest(&found, width)
            && best.as_ref().is_none_or(|best| place.rank() > best.rank())
        {
            best = Some(place);
        }
        let found_all = best.as_ref().is_some_and(|best| best.clauses == clauses);
        if found_all || best.is_some() && to > ENOUGH {
            break;
        }
        from = to;
    }
    best.map(|best| best.range)
}

/// A stretch of a text with hits in it.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) range: Range<usize>,
    /// How many different clauses are found in it.
    pub(super) clauses: usize,
    /// How many of them by the words typed, and not by what the thesaurus took in for them.
    pub(super) typed: usize,
}

impl Place {
    /// Returns what makes a place better than another: more clauses, more of them as typed, then nearer together. Of one
    /// clause all places are as near, or else the shortest word would win.
    fn rank(&self) -> (usize, usize, std::cmp::Reverse<usize>) {
        let span = if self.clauses > 1 {
            self.range.len()
        } else {
            0
        };
        (self.clauses, self.typed, std::cmp::Reverse(span))
    }
}

/// Returns the first of the best stretches that are at most `width` bytes long. `found` is in order.
pub(super) fn densest(found: &[Found], width: usize) -> Option<Place> {
    let mut best: Option<Place> = None;
    let mut counts: Vec<Times> = Vec::new();
    let mut first = 0;
    for last in found {
        if counts.len() <= last.clause {
            counts.resize(last.clause + 1, Times::default());
        }
        count(&mut counts, last, 1);
        // From the left goes what is too far away, and what stands there as well again further on.
        while let Some(leftmost) = found.get(first) {
            let too_wide = last.range.end.saturating_sub(leftmost.range.start) > width;
            let times = counts.get(leftmost.clause).copied().unwrap_or_default();
            let repeated = times.all > 1 && (leftmost.taken || times.typed > 1);
            if leftmost == last || !(too_wide || repeated) {
                break;
            }
            count(&mut counts, leftmost, -1);
            first += 1;
        }
        let start = found
            .get(first)
            .map_or(last.range.start, |found| found.range.start);
        let place = Place {
            range: start..last.range.end.max(start),
            clauses: counts.iter().filter(|times| times.all > 0).count(),
            typed: counts.iter().filter(|times| times.typed > 0).count(),
        };
        if best.as_ref().is_none_or(|best| place.rank() > best.rank()) {
            best = Some(place);
        }
    }
    best
}

/// How often a clause is found in a stretch: in all, and by the words typed.
#[derive(Clone, Copy, Debug, Default)]
struct Times {
    all: usize,
    typed: usize,
}

fn count(counts: &mut [Times], found: &Found, by: isize) {
    if let Some(times) = counts.get_mut(found.clause) {
        times.all = times.all.saturating_add_signed(by);
        if !found.taken {
            times.typed = times.typed.saturating_add_signed(by);
        }
    }
}

/// Returns where the piece ends that begins at `from`: after a block, else after a blank, else anywhere.
fn end_of_piece(text: &str, from: usize) -> usize {
    let soft = text.floor_char_boundary(from + PIECE);
    let hard = text.floor_char_boundary(from + 2 * PIECE);
    if hard <= soft {
        return text.len();
    }
    let rest = text.get(soft..hard).unwrap_or_default();
    let after_block = rest.find("\n\n").map(|at| soft + at + 2);
    let after_blank = || rest.rfind(char::is_whitespace).map(|at| soft + at + 1);
    after_block
        .or_else(after_blank)
        .map_or(hard, |end| text.ceil_char_boundary(end))
}

/// Returns what lights in `range` of `text`, read with the blocks around it so that no phrase is cut.
fn lit_in(
    body: &Body,
    range: &Range<usize>,
    matcher: &Matcher,
    language: Language,
) -> Vec<Range<usize>> {
    let text = body.text();
    let around = if matcher.reaches_across_blocks() {
        0..text.len()
    } else {
        start_of_surroundings(text, range.start)..end_of_surroundings(text, range.end)
    };
    let found = matcher.find(body, around, language).into_iter();
    merged(found.map(|found| found.range).collect())
        .into_iter()
        .map(|lit| lit.start.max(range.start)..lit.end.min(range.end))
        .filter(|lit| lit.start < lit.end)
        .collect()
}

fn start_of_surroundings(text: &str, at: usize) -> usize {
    let limit = text.floor_char_boundary(at.saturating_sub(AROUND));
    let before = text.get(limit..at).unwrap_or_default();
    let block = before.rfind("\n\n").map(|found| limit + found + 2);
    let word = || before.find(char::is_whitespace).map(|found| limit + found);
    match block {
        Some(start) => start,
        None if limit == 0 => 0,
        None => word().unwrap_or(at),
    }
}

fn end_of_surroundings(text: &str, at: usize) -> usize {
    let limit = text.ceil_char_boundary((at + AROUND).min(text.len()));
    let after = text.get(at..limit).unwrap_or_default();
    let block = after.find("\n\n").map(|found| at + found);
    let word = || after.rfind(char::is_whitespace).map(|found| at + found);
    match block {
        Some(end) => end,
        None if limit == text.len() => limit,
        None => word().unwrap_or(at),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::document::{BlockKind, BodyBuilder};
    use crate::query::testing::body;
    use crate::query::{Field, Lexicon, expand, parse};
    use crate::text::cells;

    fn matcher(question: &str) -> Matcher {
        Matcher::new(&expand(&parse(question), &Lexicon::default()))
    }

    /// Returns the line with what lights in brackets.
    fn shown(question: &str, text: &str, cells: usize) -> String {
        let snippet = snippet(&body(text), &matcher(question), Language::ENGLISH, cells);
        let mut shown = snippet.text.clone();
        for lit in snippet.lit.iter().rev() {
            shown.insert(lit.end, ']');
            shown.insert(lit.start, '[');
        }
        shown
    }

    #[test]
    fn of_places_alike_the_one_with_the_words_as_typed_is_shown() {
        let lexicon = Lexicon {
            thesaurus: std::sync::Arc::new(crate::query::Thesaurus::of_the_program()),
            ..Lexicon::default()
        };
        let text = body("It is a matter of the voluntary sector here.\nAnd of the third sector.");
        for (question, expected) in [
            ("third sector", ["third", "sector"].as_slice()),
            ("voluntary sector", &["voluntary", "sector"]),
            // What is not there as typed is found as it is.
            ("VCSE", &["voluntary sector"]),
        ] {
            let matcher = Matcher::new(&expand(&parse(question), &lexicon));
            let line = snippet(&text, &matcher, Language::ENGLISH, 40);
            let lit = line.lit.iter().map(|range| &line.text[range.clone()]);
            assert_eq!(
                lit.collect::<Vec<_>>(),
                expected,
                "{question}: {}",
                line.text
            );
        }
    }

    #[test]
    fn the_line_stands_around_the_best_hit_with_whole_words_at_its_ends() {
        let text = "One asks what trust is worth.\nStaff rights are one thing, \
                    and the transfer of staff under a contract of trust is another thing entirely.";
        for (question, cells, expected) in [
            ("nothing", 20, "One asks what trust…"),
            ("nothing", 29, "One asks what trust is worth."),
            ("", 28, "One asks what trust is…"),
            ("trust", 22, "… what [trust] is worth."),
            ("trust", 40, "One asks what [trust] is worth. Staff…"),
            ("staff transfer", 30, "… the [transfer] of [staff] under…"),
            (
                "transfer trust contract",
                46,
                "… [transfer] of staff under a [contract] of [trust]…",
            ),
            (
                "transfer trust contract",
                44,
                "… under a [contract] of [trust] is another…",
            ),
            ("entirely", 34, "… trust is another thing [entirely]."),
            ("trust", 0, ""),
            ("trust", 3, "[tr]…"),
            (
                "trust",
                200,
                "One asks what [trust] is worth. Staff rights are one thing, and the transfer of staff under a contract of [trust] is another thing entirely.",
            ),
        ] {
            assert_eq!(
                shown(question, text, cells),
                expected,
                "{question} in {cells}"
            );
        }
    }

    #[test]
    fn what_is_asked_of_headings_is_shown_and_lit_in_a_heading() {
        let mut builder = BodyBuilder::new();
        builder.block(BlockKind::Paragraph, "Trust me.");
        builder.block(BlockKind::Heading { level: 2 }, "On trust");
        builder.block(BlockKind::Paragraph, "I do.");
        let body = builder.finish();
        let snippet = snippet(&body, &matcher("heading:trust"), Language::ENGLISH, 14);
        assert_eq!(snippet.text, "On trust I do.");
        let lit: Vec<&str> = snippet
            .lit
            .iter()
            .map(|lit| &snippet.text[lit.clone()])
            .collect();
        assert_eq!(lit, ["trust"]);
    }

    #[test]
    fn a_script_without_blanks_is_cut_where_the_line_ends() {
        let text = "大数据库".repeat(30);
        let shown = shown("数据", &text, 20);
        assert!(
            shown.contains("[数据]库") && shown.ends_with('…'),
            "{shown}"
        );
    }

    #[test]
    fn the_line_of_a_long_text_is_found_beyond_its_first_piece() {
        let text = format!(
            "{}\nthe needle is here",
            "some hay in a stack\n".repeat(40_000)
        );
        assert_eq!(shown("needle", &text, 30), "the [needle] is here");
    }

    #[test]
    fn the_first_piece_with_all_clauses_is_enough() {
        let text = format!(
            "staff of a transfer\n{}staff transfer",
            "hay in a stack\n".repeat(4_000)
        );
        assert!(shown("staff transfer", &text, 30).starts_with("[staff] of a [transfer]"));
    }

    #[test]
    fn the_line_says_where_it_begins() {
        let body = body("A first paragraph.\nThe second has trust in it.");
        let snippet = snippet(&body, &matcher("trust"), Language::ENGLISH, 25);
        assert!(
            body.text()[snippet.at as usize..].starts_with("second has trust"),
            "{snippet:?}"
        );
    }

    proptest! {
        #[test]
        fn a_line_fits_and_lights_what_the_page_lights(
            question in "[abc]{1,2}( [abc]{1,2}){0,2}",
            lines in prop::collection::vec("[abc数é ’-]{0,40}", 0..6),
            cells in 0_usize..50,
        ) {
            let body = body(&lines.join("\n"));
            let matcher = matcher(&question);
            let snippet = snippet(&body, &matcher, Language::ENGLISH, cells);
            prop_assert!(cells::width(&snippet.text) <= cells, "{:?}", snippet);
            let page = matcher.ranges(Field::Body, body.text(), Language::ENGLISH);
            let page: Vec<&str> = page.into_iter().map(|lit| &body.text()[lit]).collect();
            // A hit that fits the line stands in it, whatever the words before it leave of their room.
            let fits = |words: &str| cells::width(words) + 3 <= cells;
            prop_assert!(page.iter().all(|words| !fits(words)) || !snippet.lit.is_empty(), "{:?}", snippet);
            let mut reached = 0;
            for lit in &snippet.lit {
                prop_assert!(lit.start >= reached && lit.start < lit.end);
                let words = snippet.text.get(lit.clone()).unwrap();
                prop_assert!(page.iter().any(|page| page.starts_with(words) || page.ends_with(words)), "{}", words);
                reached = lit.end;
            }
        }
    }
}
