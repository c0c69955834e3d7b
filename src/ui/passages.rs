//! A passage under the row of its document: the headings that it stands under, and its words, hits lit.

use ratatui::style::Style;

use super::look::{Look, Role};
use super::pen::{Lit, Pen};
use crate::app::Area;
use crate::query::passages::ShownPassage;
use crate::text::cells;

/// Where the line stands that ties the passages to their document, and where their words begin.
const TIE: u16 = 3;
const INDENT: u16 = 5;

/// Draws a passage; `behind` lies behind the words of one that is selected.
pub(super) fn draw(
    passage: &ShownPassage,
    pen: &mut Pen<'_>,
    area: Area,
    look: &Look,
    behind: Style,
) {
    let style = |role: Role| look.style(role).patch(behind);
    for y in 0..area.height {
        pen.write(TIE, y, look.glyphs.rule, style(Role::Rule));
    }
    let room = usize::from(area.width.saturating_sub(INDENT + 1));
    let mut y = 0;
    if !passage.headings.is_empty() {
        let headings = passage.headings.join(" › ");
        let headings = cells::truncate_with_ellipsis(&headings, room);
        pen.write(INDENT, y, &headings, style(Role::Dim));
        y += 1;
    }
    let hit = look.style(Role::Hit);
    for line in &passage.lines {
        let lit: Vec<Lit> = line.lit.iter().map(|lit| (lit.clone(), hit)).collect();
        pen.write_lit(INDENT, y, &line.text, style(Role::Text), &lit);
        y += 1;
    }
}
