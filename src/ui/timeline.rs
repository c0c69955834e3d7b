//! The timeline of the facet pane: bars, what is chosen of them or where the cursor is, and what the first and the last
//! are. The heading names the bar with the cursor, and how many documents it is.

use std::cmp::Ordering;

use ratatui::style::Style;

use super::look::{Look, Role};
use super::pen::Pen;
use crate::app::{App, Area, BAR_ROWS, Bar, Pane, TIMELINE_INDENT, grouped};
use crate::query::facet::Choice;
use crate::text::cells;

/// The heights of a bar within a row, from nothing to full.
const BARS: [&str; 9] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/// The same in ASCII.
const ASCII_BARS: [&str; 4] = [" ", ".", ":", "#"];

/// Draws a row of the timeline, counted from its first, in row `y` of the pane.
pub(super) fn draw(pen: &mut Pen<'_>, (area, y): (Area, u16), row: u8, app: &App, look: &Look) {
    let timeline = &app.facets.timeline;
    let layout = timeline.layout(area.timeline_room());
    // Bars that are more than a cell apart have a gap between them.
    let width = usize::from(layout.cells.saturating_sub(1).max(1));
    let most = timeline.bars().iter().map(|bar| bar.count).max();
    let has_cursor = app.focus == Pane::Facets && app.facets.on_timeline();
    let shown = layout
        .bars
        .clone()
        .filter_map(|place| Some((place, timeline.bars().get(place)?)));
    for (column, (place, bar)) in (0..).zip(shown) {
        let x = TIMELINE_INDENT + column * layout.cells;
        let with_cursor = has_cursor && timeline.span().contains(&place);
        let (sign, style) = match (row.cmp(&BAR_ROWS), bar.choice) {
            (Ordering::Less, _) => (
                piece(bar, most.unwrap_or(0), BAR_ROWS - 1 - row, look),
                bar_style(bar, with_cursor, look),
            ),
            (Ordering::Equal, Some(Choice::Chosen)) => {
                (look.glyphs.chosen, look.style(Role::Chosen))
            }
            (Ordering::Equal, Some(Choice::Excluded)) => {
                (look.glyphs.excluded, look.style(Role::Excluded))
            }
            (Ordering::Equal, None) if with_cursor => {
                (look.glyphs.cursor, look.style(Role::Accent))
            }
            _ => continue,
        };
        pen.write(x, y, &sign.repeat(width), style);
    }
    if row > BAR_ROWS {
        let end = TIMELINE_INDENT + layout.bars.len() as u16 * layout.cells;
        ends(pen, (y, end), app, look);
    }
}

/// Writes what the bars at both ends are, as far as they leave room for one another.
fn ends(pen: &mut Pen<'_>, (y, end): (u16, u16), app: &App, look: &Look) {
    let timeline = &app.facets.timeline;
    let room = end.saturating_sub(TIMELINE_INDENT);
    let layout = timeline.layout(room);
    let Some((first, last)) = timeline.ends(&layout.bars) else {
        return;
    };
    let style = look.style(Role::Dim);
    let after = pen.write(TIMELINE_INDENT, y, first, style);
    let from = end.saturating_sub(cells::width(last) as u16);
    if from > after {
        pen.write(from, y, last, style);
    }
}

/// Returns what the cursor is on, and how many documents that are, where the timeline has the cursor.
pub(super) fn told(app: &App) -> Option<String> {
    let timeline = &app.facets.timeline;
    if app.focus == Pane::Facets && app.facets.on_timeline() {
        let (name, count) = timeline.told()?;
        return Some(format!("{name} · {}", grouped(count)));
    }
    timeline.zoomed().map(|year| format!("{year:04}"))
}

fn bar_style(bar: &Bar, with_cursor: bool, look: &Look) -> Style {
    let style = look.style(match bar.choice {
        Some(Choice::Chosen) => Role::Chosen,
        Some(Choice::Excluded) => Role::Excluded,
        None if bar.count == 0 => Role::Dim,
        None => Role::Accent,
    });
    if with_cursor {
        style.patch(look.style(Role::Selected))
    } else {
        style
    }
}

/// Returns the piece of a bar in a row of the chart, the lowest of which is 0. One document is seen beside many; where
/// the library has some and the question none, a dot stands.
fn piece(bar: &Bar, most: usize, row: u8, look: &Look) -> &'static str {
    let steps: &[&str] = if look.ascii { &ASCII_BARS } else { &BARS };
    let full = steps.len() - 1;
    let height = bar
        .count
        .saturating_mul(full * usize::from(BAR_ROWS))
        .div_ceil(most.max(1));
    if height == 0 && bar.known && row == 0 {
        return look.glyphs.nothing;
    }
    let within = height.saturating_sub(usize::from(row) * full).min(full);
    steps.get(within).copied().unwrap_or(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_document_is_seen_beside_many_and_none_is_told_from_no_such_year() {
        for (ascii, count, known, expected) in [
            (false, 100, true, "███"),
            (false, 50, true, "█▄ "),
            (false, 1, true, "▁  "),
            (false, 0, true, "·  "),
            (false, 0, false, "   "),
            (true, 100, true, "###"),
            (true, 50, true, "#: "),
            (true, 1, true, ".  "),
            (true, 0, true, "_  "),
        ] {
            let bar = Bar {
                value: "2013".to_owned(),
                count,
                known,
                choice: None,
            };
            let look = Look::new(None, ascii);
            let rows: String = (0..BAR_ROWS)
                .map(|row| piece(&bar, 100, row, &look))
                .collect();
            assert_eq!(rows, expected, "{count}");
        }
    }
}
