//! Packing: which units stand together on a row. It sees widths, never text.
//!
//! Rows are chosen for the paragraph as a whole, so that their ends differ as little as can be (Knuth and Plass,
//! "Breaking Paragraphs into Lines", 1981, for ragged setting): filling row after row leaves deep notches wherever a
//! long word comes next. The cost of a setting is the sum over its rows of the square of the cells left empty, the
//! last row free, with something on top for a row that ends within a word and for a last row of one short word.

use super::units::Unit;
use crate::document::TextRange;

/// A row of words before it has its place on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Its bytes, from the first word to the last.
    pub range: TextRange,
    /// Its width in cells.
    pub width: u32,
}

/// Above this many cells rows are simply filled. The search looks back over as many units as a row holds, and at such
/// a width no eye sees the notches.
const WIDEST_BALANCED: u32 = 160;

/// The best way to set everything before a unit: what it costs, and the first unit of its last row.
#[derive(Clone, Copy)]
struct Way {
    cost: u64,
    from: u32,
}

/// Packs units into rows. Kept between paragraphs for its buffers.
#[derive(Default)]
pub(super) struct Packer {
    ways: Vec<Way>,
}

impl Packer {
    /// Appends the rows of `units` within `room` cells. A row is wider than the room only if it is one unit that is.
    pub fn pack(&mut self, units: &[Unit], room: u32, lines: &mut Vec<Line>) {
        if room > WIDEST_BALANCED {
            fill(units, room, lines);
        } else {
            self.balance(units, room, lines);
        }
    }

    fn balance(&mut self, units: &[Unit], room: u32, lines: &mut Vec<Line>) {
        self.ways.clear();
        self.ways.push(Way { cost: 0, from: 0 });
        for end in 1..=units.len() {
            let way = self.best_way(units, end, room);
            self.ways.push(way);
        }
        let first = lines.len();
        let mut end = units.len();
        while let Some(way) = self.ways.get(end).filter(|_| end > 0) {
            let start = way.from as usize;
            lines.extend(line(units.get(start..end).unwrap_or_default()));
            end = start;
        }
        lines.get_mut(first..).unwrap_or_default().reverse();
    }

    /// Returns the best way to set the first `end` units. Of equal ones that with the fullest rows first.
    fn best_way(&self, units: &[Unit], end: usize, room: u32) -> Way {
        let mut best = Way {
            cost: u64::MAX,
            from: 0,
        };
        let set = units.get(..end).unwrap_or_default();
        let Some(last) = set.last() else {
            return best;
        };
        let edge = last.end();
        let ending = units.get(end).map(|next| cost_of_ending(edge, *next, room));
        for (from, (first, way)) in set.iter().zip(&self.ways).enumerate().rev() {
            let width = edge - first.x;
            if width > room && from + 1 < end {
                break;
            }
            let row = match ending {
                Some(ending) => square(room.saturating_sub(width)) + ending,
                None if from + 1 == end && from > 0 => cost_of_widow(width, room),
                None => 0,
            };
            if way.cost + row < best.cost {
                best = Way {
                    cost: way.cost + row,
                    from: from as u32,
                };
            }
        }
        best
    }
}

/// Fills row after row.
fn fill(units: &[Unit], room: u32, lines: &mut Vec<Line>) {
    let mut rest = units;
    while let Some(first) = rest.first() {
        let count = rest
            .partition_point(|unit| unit.end() - first.x <= room)
            .max(1);
        let (row, after) = rest.split_at(count.min(rest.len()));
        lines.extend(line(row));
        rest = after;
    }
}

fn line(units: &[Unit]) -> Option<Line> {
    let (first, last) = (units.first()?, units.last()?);
    Some(Line {
        range: TextRange {
            start: first.range.start,
            end: last.range.end,
        },
        width: last.end() - first.x,
    })
}

/// Returns what it costs to end a row at the cell `edge`: nothing after a blank, but within a word as much as leaving
/// a fifth of the row empty.
fn cost_of_ending(edge: u32, next: Unit, room: u32) -> u64 {
    if next.x > edge { 0 } else { square(room / 5) }
}

/// Returns what it costs to leave one word alone on the last row: as much as leaving a quarter of a row empty, where
/// the word is shorter than that.
fn cost_of_widow(width: u32, room: u32) -> u64 {
    if width < room / 4 {
        square(room / 4)
    } else {
        0
    }
}

fn square(cells: u32) -> u64 {
    u64::from(cells) * u64::from(cells)
}
