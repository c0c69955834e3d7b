//! What can only be known when a page has ended: the levels of its headings, and which rows name columns.

use crate::document::{Block, BlockKind, Body, BodyBuilder};

/// A body that was written, with what is left to be set in it.
pub(in crate::format) struct Written {
    pub(super) builder: BodyBuilder,
    /// The places among the blocks of rows that name the columns.
    pub(super) header_rows: Vec<usize>,
}

impl Written {
    /// Returns what was written, to go on with.
    pub fn into_builder(self) -> BodyBuilder {
        self.builder
    }

    /// Returns the body of a piece of a text that has other headings too: the levels are as they stand there.
    pub fn into_piece(self) -> Body {
        let body = self.builder.finish();
        if self.header_rows.is_empty() {
            return body;
        }
        let mut raw = body.into_raw();
        name_columns(&mut raw.blocks, &self.header_rows);
        Body::from_raw(raw)
    }

    /// Returns the body. The highest level of heading in it becomes 1, the next 2: pages begin with whichever level
    /// their template leaves them, and skip some.
    pub fn into_body(self) -> Body {
        let body = self.builder.finish();
        let mut used = [false; 7];
        for block in body.blocks() {
            if let BlockKind::Heading { level } = block.kind
                && let Some(seen) = used.get_mut(usize::from(level))
            {
                *seen = true;
            }
        }
        let rank = |level: u8| {
            let below = used.get(..=usize::from(level)).unwrap_or(&used);
            below.iter().filter(|seen| **seen).count() as u8
        };
        let in_order = (1..=6)
            .all(|level| !used.get(usize::from(level)).unwrap_or(&false) || rank(level) == level);
        if in_order && self.header_rows.is_empty() {
            return body;
        }
        let mut raw = body.into_raw();
        let blocks = &mut raw.blocks;
        for block in &mut *blocks {
            if let BlockKind::Heading { level } = &mut block.kind {
                *level = rank(*level).max(1);
            }
        }
        name_columns(blocks, &self.header_rows);
        Body::from_raw(raw)
    }
}

/// Marks the rows that name the columns.
fn name_columns(blocks: &mut [Block], rows: &[usize]) {
    for row in rows {
        if let Some(block) = blocks.get_mut(*row)
            && matches!(block.kind, BlockKind::TableRow { .. })
        {
            block.kind = BlockKind::TableRow { header: true };
        }
    }
}
