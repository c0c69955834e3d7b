//! Where a block's words begin, and what is drawn to the left of them.

use super::layout::{Layout, Slice};
use super::prefix::{Prefix, PrefixKind};
use crate::document::{Block, BlockKind, Body, Container, Item, Marker};

/// Cells that each level of answers in a thread stands in from the one above.
const PART_STEP: u32 = 2;

/// Cells that code stands in from the text around it, so that it is told apart without colour.
const CODE_STEP: u32 = 2;

/// The place of a block on the page.
#[derive(Clone, Copy, Default)]
pub(super) struct Frame {
    /// The cell where its words begin.
    pub x: u16,
    /// What is drawn on its first row: bars and markers.
    pub opening: Slice,
    /// What is drawn on its other rows: bars, those of the outermost quotation first.
    pub following: Slice,
}

impl Frame {
    /// Returns what is drawn on the row of this number within the block.
    pub fn prefixes(&self, row: usize) -> Slice {
        if row == 0 {
            self.opening
        } else {
            self.following
        }
    }
}

/// Gives blocks their places, in the order of the text.
#[derive(Default)]
pub(super) struct Indenter {
    /// The numbered list open at each depth of containers.
    lists: Vec<List>,
}

/// A numbered list.
#[derive(Clone, Copy, Default)]
struct List {
    /// The number of the block after its last.
    end: usize,
    /// The cells of its widest number.
    column: u32,
}

impl Indenter {
    /// Returns the frame of a block, and adds what is drawn beside it to the layout.
    ///
    /// At most half of the measure is given away: a container deeper than that stands no further in, and its bar or
    /// marker is left out, so that words always have room.
    pub fn frame(&mut self, body: &Body, number: usize, layout: &mut Layout) -> Frame {
        let Some(block) = body.blocks().get(number) else {
            return Frame::default();
        };
        let mut margin = Margin::new(part_indent(body, block, layout.measure()), layout.measure());
        let mut items = 0;
        for (depth, container) in block.containers.iter().enumerate() {
            match container {
                Container::Quotation => margin.draw(PrefixKind::Quotation, 1, Shown::Always),
                Container::Item(item) => {
                    let kind = marker(*item, items);
                    let column = self.column(body, number, depth, kind);
                    let shown = if item.opens {
                        Shown::Once
                    } else {
                        Shown::Never
                    };
                    margin.draw(kind, column, shown);
                    items += 1;
                }
            }
        }
        match block.kind {
            BlockKind::Image => margin.draw(PrefixKind::Image, 1, Shown::Once),
            BlockKind::Code => margin.give(CODE_STEP),
            _ => {}
        }
        Frame {
            x: margin.x as u16,
            opening: layout.add_prefixes(&margin.opening),
            following: layout.add_prefixes(&margin.following),
        }
    }

    /// Returns the cells that the markers of a list take: those of its widest number, so that numbers end in one cell.
    fn column(&mut self, body: &Body, number: usize, depth: usize, kind: PrefixKind) -> u32 {
        if !matches!(kind, PrefixKind::Number(_) | PrefixKind::Counted(_)) {
            return kind.cells();
        }
        if self.lists.len() <= depth {
            self.lists.resize(depth + 1, List::default());
        }
        let Some(list) = self.lists.get_mut(depth) else {
            return kind.cells();
        };
        if list.end <= number {
            *list = numbered_list(body.blocks(), number, depth);
        }
        list.column
    }
}

/// The cells to the left of a block's words, while they are given away.
struct Margin {
    x: u32,
    limit: u32,
    opening: Vec<Prefix>,
    following: Vec<Prefix>,
}

/// On which rows of a block something is drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    Always,
    /// On the first row.
    Once,
    Never,
}

impl Margin {
    fn new(x: u32, measure: u16) -> Self {
        Self {
            x,
            limit: u32::from(measure / 2),
            opening: Vec::new(),
            following: Vec::new(),
        }
    }

    /// Gives `cells` away, if they can be had.
    fn give(&mut self, cells: u32) {
        if self.x + cells <= self.limit {
            self.x += cells;
        }
    }

    /// Gives a column and a blank to what is drawn, at the right of the column.
    fn draw(&mut self, kind: PrefixKind, column: u32, shown: Shown) {
        let before = self.x;
        self.give(column + 1);
        if self.x == before {
            return;
        }
        let x = before + column.saturating_sub(kind.cells());
        let prefix = Prefix { x: x as u16, kind };
        if shown != Shown::Never {
            self.opening.push(prefix);
        }
        if shown == Shown::Always {
            self.following.push(prefix);
        }
    }
}

/// Returns the numbered list that the block at `number` stands in at `depth`: up to where its containers end or an
/// outer item begins.
fn numbered_list(blocks: &[Block], number: usize, depth: usize) -> List {
    let mut list = List {
        end: number,
        column: 0,
    };
    for block in blocks.get(number..).unwrap_or_default() {
        let containers = block.containers.get(..=depth);
        let Some((Container::Item(item), outer)) = containers.and_then(<[Container]>::split_last)
        else {
            break;
        };
        let outer_opens = outer.iter().any(opens);
        let is_counted = matches!(item.marker, Marker::Number(_) | Marker::Label(_));
        if !is_counted || (list.end > number && outer_opens) {
            break;
        }
        list.end += 1;
        list.column = list.column.max(marker(*item, 0).cells());
    }
    list
}

fn marker(item: Item, depth: u16) -> PrefixKind {
    match item.marker {
        Marker::Bullet => PrefixKind::Bullet { depth },
        Marker::Number(number) => PrefixKind::Number(number),
        Marker::Task(done) => PrefixKind::Task(done),
        Marker::Label(label) => PrefixKind::Counted(label),
    }
}

fn opens(container: &Container) -> bool {
    matches!(container, Container::Item(item) if item.opens)
}

/// Returns how many quotations go on from one block to the next, whose bars join across the space between them.
pub(super) fn shared_quotations(before: &Block, next: &Block) -> usize {
    before
        .containers
        .iter()
        .zip(&next.containers)
        .take_while(|pair| match pair {
            (Container::Quotation, Container::Quotation) => true,
            (Container::Item(_), Container::Item(item)) => !item.opens,
            _ => false,
        })
        .filter(|(container, _)| **container == Container::Quotation)
        .count()
}

/// Returns the cells that a part of a thread stands in: at most a quarter of the measure.
pub(super) fn part_indent(body: &Body, block: &Block, measure: u16) -> u32 {
    let depth = body
        .part_at(block.range.start)
        .map_or(0, |part| u32::from(part.depth));
    (depth * PART_STEP).min(u32::from(measure / 4))
}
