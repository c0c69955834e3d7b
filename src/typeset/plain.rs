//! A page as lines of plain text: the rows that the screen shows, without its colours.

use std::borrow::Cow;

use super::{Glyphs, Layout, Row, RowKind, typeset};
use crate::document::{Body, Date, Part};
use crate::text::{cells, sanitize};

/// Returns a body as lines of at most `measure` cells, code aside, each ended by a line feed: what a file, a pipe or a
/// program without a screen gets, with the numbers and bullets that are drawn and not text.
pub fn plain(body: &Body, measure: u16, glyphs: Glyphs) -> String {
    let layout = typeset(body, measure);
    let mut text = String::with_capacity(body.text().len());
    for row in layout.rows() {
        let start = text.len();
        let mut column = 0;
        for (x, words) in drawn(body, &layout, row, glyphs) {
            let gap = usize::from(x).saturating_sub(column);
            text.extend(std::iter::repeat_n(' ', gap));
            text.push_str(&words);
            column += gap + cells::width(&words);
        }
        let end = text.get(start..).unwrap_or_default().trim_end().len();
        text.truncate(start + end);
        text.push('\n');
    }
    text
}

/// Returns what stands on a row, from left to right, each with its cell.
fn drawn<'a>(
    body: &'a Body,
    layout: &Layout,
    row: &Row,
    glyphs: Glyphs,
) -> Vec<(u16, Cow<'a, str>)> {
    let prefixes = layout.prefixes(row).iter();
    let pieces = layout.pieces(row).iter();
    let mut drawn: Vec<(u16, Cow<'a, str>)> = prefixes
        .map(|prefix| (prefix.x, prefix.kind.text(body, glyphs)))
        .chain(pieces.map(|piece| (piece.x, Cow::Borrowed(body.slice(piece.range)))))
        .collect();
    let part = |place: u32| body.parts().get(place as usize);
    let head = match row.kind {
        RowKind::PartHead(place) => part(place).map(|part| with_date(Some(part.label()), part)),
        RowKind::PartByline(place) => part(place).map(|part| with_date(part.author.clone(), part)),
        _ => None,
    };
    drawn.extend(head.map(|head| (row.x, Cow::Owned(head))));
    drawn.sort_by_key(|(x, _)| *x);
    drawn
}

fn with_date(words: Option<String>, part: &Part) -> String {
    let date = part.published.map(Date::long);
    let words: Vec<String> = words.into_iter().chain(date).collect();
    sanitize::clean(&words.join(" · ")).replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{BlockKind, BodyBuilder, PartHead};

    #[test]
    fn a_page_is_the_rows_without_blanks_at_their_ends() {
        let mut builder = BodyBuilder::new();
        builder.begin_part(PartHead {
            author: Some("Tom Archer".to_owned()),
            ..PartHead::default()
        });
        builder.block(
            BlockKind::Paragraph,
            "Thanks for your input over the last few months.",
        );
        let body = builder.finish();
        let lines = plain(&body, 24, Glyphs::Unicode);
        assert!(lines.contains("Tom Archer\n"), "{lines}");
        assert!(
            lines.contains("Thanks for your input\nover the last few\nmonths.\n"),
            "{lines}"
        );
    }
}
