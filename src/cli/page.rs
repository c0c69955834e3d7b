//! A page as lines of plain text: the rows that the screen shows, without its colours.

use std::borrow::Cow;

use super::output::one_line;
use crate::config::settings::Settings;
use crate::document::{Body, Date, Part};
use crate::text::cells;
use crate::typeset::{Glyphs, Layout, Row, RowKind, typeset};

/// Returns a body as lines of at most the measure, code aside, each ended by a line feed.
pub(super) fn lines(body: &Body, settings: &Settings) -> String {
    let layout = typeset(body, settings.measure);
    let glyphs = if settings.ascii {
        Glyphs::Ascii
    } else {
        Glyphs::Unicode
    };
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
    one_line(&words.join(" · "))
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
        let settings = Settings {
            measure: 24,
            ..Settings::default()
        };
        let lines = lines(&body, &settings);
        assert!(lines.contains("Tom Archer\n"), "{lines}");
        assert!(
            lines.contains("Thanks for your input\nover the last few\nmonths.\n"),
            "{lines}"
        );
    }
}
