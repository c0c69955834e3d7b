//! The walk over the blocks of a body, in the order of the text: the space before each, its head, its words.

use super::compose::Composer;
use super::indent::{Frame, Indenter, part_indent, shared_quotations};
use super::layout::{Layout, Place, RowKind, Slice};
use super::pack::Line;
use super::space::{self, Head};
use super::{code, hyphens, table};
use crate::document::{Block, BlockKind, Body};
use crate::text::Language;

/// Sets a body piece by piece, so that the first screen of a long document can be shown before the rest is set.
///
/// However it is cut into pieces, the layout is that of [`typeset`](super::typeset).
///
/// ```
/// use recto::document::{BlockKind, BodyBuilder};
/// use recto::typeset::{Typesetter, typeset};
///
/// let mut builder = BodyBuilder::new();
/// for _ in 0..1000 {
///     builder.block(BlockKind::Paragraph, "A word, and another.");
/// }
/// let body = builder.finish();
/// let mut typesetter = Typesetter::new(&body, 72);
/// assert!(typesetter.advance(60));
/// assert!((60..70).contains(&typesetter.layout().rows().len()));
/// assert_eq!(typesetter.finish(), typeset(&body, 72));
/// ```
pub struct Typesetter<'a> {
    body: &'a Body,
    layout: Layout,
    /// The number of the block to set next.
    next: usize,
    indenter: Indenter,
    composer: Composer,
    /// By which words are parted.
    patterns: Option<hypher::Lang>,
    /// The rows of the block being set; a buffer.
    lines: Vec<Line>,
}

impl<'a> Typesetter<'a> {
    /// Returns a typesetter that has set nothing yet. A measure of 0 counts as 1.
    pub fn new(body: &'a Body, measure: u16) -> Self {
        Self {
            body,
            layout: Layout::new(measure.max(1)),
            next: 0,
            indenter: Indenter::default(),
            composer: Composer::default(),
            patterns: None,
            lines: Vec::new(),
        }
    }

    /// Parts words of this language at the ends of rows, where a paragraph would be ragged without. To be said before
    /// anything is set; a language that is not known parts none.
    #[must_use]
    pub fn hyphenate(mut self, language: Language) -> Self {
        self.patterns = hyphens::patterns(language);
        self
    }

    /// Sets at least `rows` rows more, where there are as many, and returns whether anything is left. A paragraph is
    /// set as a whole, and so is a table, whose last row has a say in the width of its columns.
    pub fn advance(&mut self, rows: usize) -> bool {
        let wanted = self.layout.rows().len().saturating_add(rows);
        while self.layout.rows().len() < wanted && self.set_next() {}
        self.next < self.body.blocks().len()
    }

    /// Returns what is set so far.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// Sets what is left and returns the whole.
    pub fn finish(mut self) -> Layout {
        while self.set_next() {}
        self.layout
    }

    /// Sets the next block, or the table that it begins. Returns whether there was one.
    fn set_next(&mut self) -> bool {
        let (body, number) = (self.body, self.next);
        let Some(block) = body.blocks().get(number) else {
            return false;
        };
        let frame = self.indenter.frame(body, number, &mut self.layout);
        let head = space::head(body, block);
        self.set_space_before(block, &frame, head);
        self.next += match block.kind {
            BlockKind::Code => {
                code::set(body, number, &frame, &mut self.layout);
                1
            }
            BlockKind::TableRow { .. } => {
                let mut setter = table::Setter {
                    body,
                    composer: &mut self.composer,
                    layout: &mut self.layout,
                    frame,
                };
                setter.set(number)
            }
            _ => {
                self.set_words(block, &frame);
                1
            }
        };
        if let Some(Head::Byline(part)) = head {
            self.set_head(RowKind::PartByline(part), number, block.range.end);
        }
        true
    }

    /// Leaves rows empty before a block, and sets the head of a part that it begins.
    fn set_space_before(&mut self, block: &Block, frame: &Frame, head: Option<Head>) {
        let number = self.next;
        let before = number
            .checked_sub(1)
            .and_then(|before| self.body.blocks().get(before));
        if let Some(before) = before {
            let bars = match head {
                Some(_) => Slice::default(),
                None => frame.following.first(shared_quotations(before, block)),
            };
            for _ in 0..space::rows_between(self.body, before, block) {
                self.leave_blank(block, frame, bars);
            }
        }
        if let Some(Head::Label(part)) = head {
            self.set_head(RowKind::PartHead(part), number, block.range.start);
            self.leave_blank(block, frame, Slice::default());
        }
    }

    fn leave_blank(&mut self, block: &Block, frame: &Frame, bars: Slice) {
        let place = Place {
            block: self.next,
            at: block.range.start,
            x: frame.x,
        };
        self.layout.begin_row(RowKind::Blank, place, bars);
    }

    fn set_head(&mut self, kind: RowKind, number: usize, at: u32) {
        let Some(block) = self.body.blocks().get(number) else {
            return;
        };
        let x = part_indent(self.body, block, self.layout.measure()) as u16;
        let place = Place {
            block: number,
            at,
            x,
        };
        self.layout.begin_row(kind, place, Slice::default());
    }

    fn set_words(&mut self, block: &Block, frame: &Frame) {
        let room = u32::from(self.layout.measure().saturating_sub(frame.x));
        self.lines.clear();
        self.composer.patterns = self.patterns.filter(|_| may_be_parted(block.kind));
        self.composer
            .set(self.body, block.range, room, &mut self.lines);
        let is_rule = block.kind == BlockKind::Rule;
        self.composer.patterns = None;
        for (row, line) in self.lines.iter().enumerate() {
            let place = Place {
                block: self.next,
                at: line.range.start,
                x: frame.x,
            };
            let (kind, centring) = if is_rule {
                (RowKind::Rule, room.saturating_sub(line.width) / 2)
            } else {
                (RowKind::Text, 0)
            };
            let x = u32::from(frame.x) + centring;
            let mut prefixes = frame.prefixes(row);
            if line.hyphen {
                let end = x.saturating_add(line.width).saturating_sub(1);
                prefixes = self.layout.with_hyphen(prefixes, end);
            }
            self.layout.begin_row(kind, place, prefixes);
            self.layout.put(x, line.range, line.width);
        }
    }
}

/// Returns whether words of a block may be parted: those of running text, not those that stand out.
fn may_be_parted(kind: BlockKind) -> bool {
    matches!(
        kind,
        BlockKind::Paragraph | BlockKind::Standfirst | BlockKind::Image
    )
}
