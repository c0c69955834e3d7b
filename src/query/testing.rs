//! What tests of this room share.

use crate::document::{BlockKind, Body, BodyBuilder};

/// Returns a body of paragraphs, one for each line; one that begins with `# ` is a heading.
pub(super) fn body(text: &str) -> Body {
    let mut builder = BodyBuilder::new();
    for line in text.lines() {
        match line.strip_prefix("# ") {
            Some(heading) => builder.block(BlockKind::Heading { level: 1 }, heading),
            None => builder.block(BlockKind::Paragraph, line),
        }
    }
    builder.finish()
}
