//! The page: the section's name at the top, the rows in sight, the scroll bar with the hits.
//!
//! Only the rows in sight are looked at, whatever the length of the text.

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use super::look::{Look, Role};
use super::pen::{Lit, Pen};
use crate::app::{
    App, Area, NOTE_INDENT, Overlay, Pane, SetNote, Sheet, SheetRow, page_text, shift_of,
};
use crate::document::{BlockKind, Body, Container, SpanKind, TextRange};
use crate::text::cells;
use crate::typeset::{Layout, PrefixKind, Row, RowKind};

pub(super) fn draw(app: &App, area: Area, look: &Look, buffer: &mut Buffer) {
    let text = page_text(area, app.settings.measure);
    let Some(sheet) = &app.page.sheet else {
        let mut pen = Pen::new(buffer, text);
        if app.list.answered && app.list.total > 0 {
            pen.write(0, 1, look.glyphs.ellipsis, look.style(Role::Dim));
        }
        return;
    };
    head_line(app, sheet, area, text, look, buffer);
    let current = app.page.hit.and_then(|hit| sheet.lit.get(hit)).copied();
    for y in 0..text.height {
        let line = Area {
            y: text.y + y,
            height: 1,
            ..text
        };
        let place = app.page.top + usize::from(y);
        let pen = match sheet.row(place) {
            Some(SheetRow::Head(_)) => Pen::own(buffer, line, look),
            _ => Pen::new(buffer, line),
        };
        let mut painter = Painter {
            pen,
            look,
            shift: app.page.shift,
            prose: Role::Text,
        };
        match sheet.row(place) {
            Some(SheetRow::Head(row)) => {
                let set = Set {
                    body: &sheet.head,
                    layout: &sheet.head_layout,
                    lit: &sheet.head_lit,
                    current: None,
                };
                painter.prose = Role::Dim;
                painter.row(&set, row);
            }
            Some(SheetRow::Text(row)) => {
                let set = Set {
                    body: sheet.body(),
                    layout: &sheet.layout,
                    lit: &sheet.lit,
                    current,
                };
                painter.row(&set, row);
                margin_sign(app, sheet, row, line, look, buffer);
            }
            Some(SheetRow::Note(note, row)) => note_row(note, row, line, look, buffer),
            Some(SheetRow::Gap) | None => {}
        }
    }
    scroll_bar(app, sheet, area, text, look, buffer);
}

/// Draws the sign beside a paragraph that bears a note, and the line beside one that a note is being written on.
fn margin_sign(app: &App, sheet: &Sheet, row: &Row, line: Area, look: &Look, buffer: &mut Buffer) {
    let block = row.block as usize;
    let Some(at) = sheet.body().blocks().get(block) else {
        return;
    };
    let written_on = match &app.overlay {
        Some(Overlay::Note(editor)) => editor.block == Some(block),
        _ => false,
    };
    let begins = row.kind != RowKind::Blank && row.range.start == at.range.start;
    let sign = if written_on && row.kind != RowKind::Blank {
        look.glyphs.bar
    } else if begins && sheet.margin.marks(block) {
        look.glyphs.note
    } else {
        return;
    };
    let margin = Area {
        x: line.x.saturating_sub(NOTE_INDENT),
        width: 1,
        ..line
    };
    Pen::own(buffer, margin, look).write(0, 0, sign, look.style(Role::Accent));
}

/// Draws a row of a note: a line at its left, and what it says.
fn note_row(note: &SetNote, row: Option<&Row>, line: Area, look: &Look, buffer: &mut Buffer) {
    let Some(row) = row else {
        return;
    };
    Pen::own(buffer, line, look).write(0, 0, look.glyphs.note_line, look.style(Role::Accent));
    let set = Set {
        body: &note.body,
        layout: &note.layout,
        lit: &[],
        current: None,
    };
    let mut painter = Painter {
        pen: Pen::new(buffer, line.inset(NOTE_INDENT, 0)),
        look,
        shift: 0,
        prose: Role::Emphasis,
    };
    painter.row(&set, row);
}

/// Draws the line above the text: once the head has gone out of sight, what one is reading and in which section.
fn head_line(app: &App, sheet: &Sheet, area: Area, text: Area, look: &Look, buffer: &mut Buffer) {
    let row = Area {
        x: text.x,
        width: (area.x + area.width).saturating_sub(text.x + 2),
        y: area.y,
        height: 1,
    };
    let mut pen = Pen::own(buffer, row, look);
    let marks = &sheet.opened.marks;
    let mut right = String::new();
    if marks.starred {
        right.push_str(look.glyphs.star);
        right.push(' ');
    }
    if let Some(hit) = app.page.hit {
        right = format!("{right}{} of {} ", hit + 1, sheet.lit.len());
    } else if !sheet.lit.is_empty() {
        right = format!("{right}{} hits ", sheet.lit.len());
    }
    let rows = sheet.rows().saturating_sub(usize::from(text.height));
    if let Some(percent) = (app.page.top.min(rows) * 100).checked_div(rows) {
        right = format!("{right}{percent}%");
    }
    if let Some(whole) = sheet.percent_of_book(app.page.end_in_sight(usize::from(text.height))) {
        let dot = if right.is_empty() { "" } else { " · " };
        right = format!("{right}{dot}{whole}% of the book");
    }
    let edge = pen.write_right(0, &right, look.style(Role::Dim));
    if app.page.top < sheet.head_layout.rows().len() {
        return;
    }
    let metadata = sheet.metadata();
    let title = &metadata.title.text;
    let book = metadata
        .chapter
        .as_ref()
        .map(|chapter| chapter.title.as_str());
    let section = sheet.section_at(app.page.offset());
    let names = [
        book,
        Some(title.as_str()),
        section.filter(|section| section != title),
    ];
    let name = names.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let focused = app.focus == Pane::Page;
    let role = if focused { Role::Heading } else { Role::Dim };
    let room = usize::from(edge.min(row.width)).saturating_sub(2);
    pen.write(
        0,
        0,
        &cells::truncate_with_ellipsis(&name, room),
        look.style(role),
    );
}

/// A text with its rows and its hits.
struct Set<'a> {
    body: &'a Body,
    layout: &'a Layout,
    lit: &'a [TextRange],
    current: Option<TextRange>,
}

/// Paints one row.
struct Painter<'a> {
    pen: Pen<'a>,
    look: &'a Look,
    shift: u16,
    /// What running text is drawn as.
    prose: Role,
}

impl Painter<'_> {
    fn row(&mut self, set: &Set<'_>, row: &Row) {
        match row.kind {
            RowKind::PartHead(part) | RowKind::PartByline(part) => {
                return self.part(set.body, row, part);
            }
            RowKind::Text
            | RowKind::Blank
            | RowKind::TableRow
            | RowKind::TableRule
            | RowKind::Rule => {}
        }
        let base = self.block_style(set.body, row);
        let shift = shift_of(set.body, row, self.shift);
        for prefix in set.layout.prefixes(row) {
            let text = prefix.kind.text(set.body, self.look.prefixes());
            if let Some(x) = prefix.x.checked_sub(shift) {
                // A hyphen looks like the word that it parts.
                let style = match prefix.kind {
                    PrefixKind::Hyphen => base,
                    _ => self.look.style(Role::Accent),
                };
                self.pen.write(x, 0, &text, style);
            }
        }
        for piece in set.layout.pieces(row) {
            let text = set.body.slice(piece.range);
            // A piece that begins left of the page is cut at a cluster.
            let hidden = usize::from(shift.saturating_sub(piece.x));
            let (cut, used) = cells::truncate(text, hidden);
            let cut = if used < hidden && cut.len() < text.len() {
                skip(text, hidden)
            } else {
                cut.len()
            };
            let start = piece.range.start + cut as u32;
            let styles = self.styles(
                set,
                TextRange {
                    start,
                    end: piece.range.end,
                },
            );
            self.pen.write_lit(
                piece.x.saturating_sub(shift),
                0,
                text.get(cut..).unwrap_or_default(),
                base,
                &styles,
            );
        }
    }

    /// Returns the styles over part of a text, as ranges of bytes from its start: spans, then hits over them.
    fn styles(&self, set: &Set<'_>, range: TextRange) -> Vec<Lit> {
        let within = |other: TextRange| {
            let shared = other.intersect(range)?;
            Some((shared.start - range.start) as usize..(shared.end - range.start) as usize)
        };
        let mut styles: Vec<Lit> = Vec::new();
        for span in set.body.spans_in(range) {
            let role = match &span.kind {
                SpanKind::Emphasis => Role::Emphasis,
                SpanKind::Strong => Role::Strong,
                SpanKind::Code => Role::Code,
                SpanKind::Deleted => Role::Deleted,
                SpanKind::Link(_) => Role::Link,
            };
            styles.extend(within(span.range).map(|at| (at, self.look.style(role))));
        }
        let first = set.lit.partition_point(|hit| hit.end <= range.start);
        for hit in set
            .lit
            .iter()
            .skip(first)
            .take_while(|hit| hit.start < range.end)
        {
            let role = if set.current == Some(*hit) {
                Role::HitCurrent
            } else {
                Role::Hit
            };
            styles.extend(within(*hit).map(|at| (at, self.look.style(role))));
        }
        styles
    }

    fn block_style(&self, body: &Body, row: &Row) -> Style {
        let Some(block) = body.blocks().get(row.block as usize) else {
            return self.look.style(Role::Text);
        };
        let role = match block.kind {
            BlockKind::Heading { .. } => Role::Heading,
            BlockKind::Standfirst => Role::Standfirst,
            BlockKind::Code => Role::Code,
            BlockKind::Credit => Role::Credit,
            BlockKind::Rule => Role::Rule,
            BlockKind::Image => Role::Dim,
            BlockKind::TableRow { header: true } => Role::Strong,
            BlockKind::Paragraph if block.containers.contains(&Container::Quotation) => {
                Role::Quotation
            }
            BlockKind::Paragraph | BlockKind::TableRow { header: false } => self.prose,
        };
        self.look.style(role)
    }

    /// Draws the head of a part: who, and when.
    fn part(&mut self, body: &Body, row: &Row, place: u32) {
        let Some(part) = body.parts().get(place as usize) else {
            return;
        };
        let label = match row.kind {
            RowKind::PartByline(_) => part.author.clone().unwrap_or_default(),
            _ => part.label(),
        };
        let after = self
            .pen
            .write(row.x, 0, &label, self.look.style(Role::Heading));
        if let Some(date) = part.published {
            self.pen
                .write(after + 1, 0, &date.long(), self.look.style(Role::Dim));
        }
    }
}

/// Returns the byte after the cluster that reaches over the cell at `cells`.
fn skip(text: &str, cells: usize) -> usize {
    let mut column = 0;
    for (at, _, width) in cells::clusters(text) {
        if column >= cells {
            return at;
        }
        column += width;
    }
    text.len()
}

/// Draws the scroll bar: the part in sight, and where the hits are.
fn scroll_bar(app: &App, sheet: &Sheet, area: Area, text: Area, look: &Look, buffer: &mut Buffer) {
    let height = usize::from(text.height);
    let rows = sheet.rows();
    if height == 0 || rows <= height && sheet.lit.is_empty() {
        return;
    }
    // Two columns: where one is, and beside it where the hits are, so that neither covers the other.
    let edge = area.x + area.width;
    let mut bar = Pen::new(
        buffer,
        Area {
            x: edge - 1,
            y: text.y,
            width: 1,
            height: text.height,
        },
    );
    // The thumb covers the rows in sight; on a text shorter than the page that is all of them.
    let whole = rows.max(height);
    let cell_of = |row: usize| (row * height / whole).min(height - 1);
    let (first, last) = (
        cell_of(app.page.top),
        cell_of((app.page.top + height - 1).min(whole - 1)),
    );
    if rows > height {
        for y in 0..height {
            let (glyph, role) = if (first..=last).contains(&y) {
                (look.glyphs.thumb, Role::ScrollThumb)
            } else {
                (look.glyphs.rule, Role::ScrollTrack)
            };
            bar.write(0, y as u16, glyph, look.style(role));
        }
    }
    let mut marks = Pen::new(
        buffer,
        Area {
            x: edge - 2,
            y: text.y,
            width: 1,
            height: text.height,
        },
    );
    // Asked a cell at a time: a long text may have more hits than could be walked on every draw.
    for y in 0..height {
        let rows = y * whole / height..(y + 1) * whole / height;
        let first = sheet
            .lit
            .partition_point(|hit| sheet.row_at(hit.start) < rows.start);
        if sheet
            .lit
            .get(first)
            .is_some_and(|hit| sheet.row_at(hit.start) < rows.end)
        {
            marks.write(0, y as u16, look.glyphs.hit, look.style(Role::ScrollHit));
        }
    }
}
