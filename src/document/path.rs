//! Where in a document a place is, in the words of its headings.

use super::{BlockKind, Body};

impl Body {
    /// Returns the headings that the byte at `offset` stands under, outermost first, each on one line: the chapter or
    /// the post that it is in, then the headings above it within that. A heading does not stand under itself.
    pub fn headings_above(&self, offset: u32) -> Vec<String> {
        let part = self.part_at(offset);
        let from = part.map_or(0, |part| part.range.start);
        let blocks = self.blocks();
        let here = blocks.partition_point(|block| block.range.end <= offset);
        let itself = blocks.get(here).map(|block| block.kind);
        let mut below = match itself {
            Some(BlockKind::Heading { level }) => level,
            _ => u8::MAX,
        };
        let mut above = Vec::new();
        for block in blocks.get(..here).unwrap_or_default().iter().rev() {
            if block.range.start < from || below <= 1 {
                break;
            }
            if let BlockKind::Heading { level } = block.kind
                && level < below
            {
                above.push(self.slice(block.range).replace(['\n', '\t'], " "));
                below = level;
            }
        }
        let label = part
            .filter(|part| part.title.is_some() || part.author.is_some())
            .map(super::Part::label);
        // A chapter's own heading mostly says its title once more.
        above.extend(label.filter(|label| above.last() != Some(label)));
        above.reverse();
        above
    }
}

#[cfg(test)]
mod tests {
    use crate::document::{BlockKind, BodyBuilder};

    #[test]
    fn a_place_stands_under_the_headings_before_it_that_are_higher_than_each_other() {
        let mut builder = BodyBuilder::new();
        for (level, text) in [
            (0, "before"),
            (1, "One"),
            (3, "Deep"),
            (0, "in deep"),
            (2, "Two"),
            (0, "in two"),
            (1, "Last"),
            (0, "in last"),
        ] {
            let kind = match level {
                0 => BlockKind::Paragraph,
                level => BlockKind::Heading { level },
            };
            builder.block(kind, text);
        }
        let body = builder.finish();
        for (place, expected) in [
            ("before", &[][..]),
            ("in deep", &["One", "Deep"]),
            ("Deep", &["One"]),
            ("Two", &["One"]),
            ("in two", &["One", "Two"]),
            ("Last", &[]),
            ("in last", &["Last"]),
        ] {
            let at = body.text().find(place).unwrap() as u32;
            assert_eq!(body.headings_above(at), expected, "{place}");
        }
    }
}
