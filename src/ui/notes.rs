//! The reader's notes: the list of all, the editor, and how a note looks on the page.

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use super::look::{Look, Role};
use super::pen::Pen;
use crate::app::{Action, App, Area, NOTE_ROWS, NoteEditor, NotesLayout, grouped};
use crate::library::NotedHead;
use crate::text::cells;

/// Where the words begin: the columns before hold the selection's bar.
const INDENT: u16 = 3;

/// Draws the list of all notes.
pub(super) fn draw(app: &App, area: Area, look: &Look, buffer: &mut Buffer) {
    let layout = NotesLayout::new(area);
    let mut pen = Pen::own(buffer, layout.head, look);
    pen.write(1, 0, "Notes", look.style(Role::Heading));
    let Some(notes) = &app.notes.notes else {
        return;
    };
    let told = match notes.len() {
        1 => "1 note ".to_owned(),
        several => format!("{} notes, newest first ", grouped(several)),
    };
    pen.write_right(0, &told, look.style(Role::Dim));
    if notes.is_empty() {
        return empty(app, layout.rows, look, buffer);
    }
    let shown = notes
        .iter()
        .enumerate()
        .skip(app.notes.top)
        .take(layout.count());
    for (y, (place, head)) in (0..).zip(shown) {
        let top = y * NOTE_ROWS;
        let row = Area {
            y: layout.rows.y + top,
            height: (NOTE_ROWS - 1).min(layout.rows.height.saturating_sub(top)),
            ..layout.rows
        };
        draw_note(head, place == app.notes.selected, row, look, buffer);
    }
}

/// Draws a note of the list: its document and when, the passage, what it says.
fn draw_note(head: &NotedHead, selected: bool, area: Area, look: &Look, buffer: &mut Buffer) {
    let mut pen = Pen::own(buffer, area, look);
    let behind = if selected {
        look.style(Role::Selected)
    } else {
        Style::new()
    };
    if selected {
        for y in 0..area.height {
            pen.tint(0, y, area.width, behind);
            pen.write(
                0,
                y,
                look.glyphs.bar,
                look.style(Role::Accent).patch(behind),
            );
        }
    }
    let style = |role| look.style(role).patch(behind);
    let when = jiff::Timestamp::from_second(head.note.made).ok();
    let when = when.map(|when| when.strftime("%Y-%m-%d ").to_string());
    let edge = pen.write_right(0, &when.unwrap_or_default(), style(Role::Dim));
    let room = usize::from(edge.saturating_sub(INDENT + 2));
    let gone = match head.document {
        Some(_) => head.source.clone().unwrap_or_default(),
        None => "not in the library now".to_owned(),
    };
    let title = cells::truncate_with_ellipsis(&head.title, room);
    let after = pen.write(INDENT, 0, &title, style(Role::Title));
    let left = usize::from(edge.saturating_sub(after + 2));
    let gone = format!(" · {gone}");
    let gone = cells::truncate_with_ellipsis(&gone, left);
    pen.write(after, 0, &gone, style(Role::Dim));
    let room = usize::from(area.width.saturating_sub(INDENT + 1));
    let mut y = 1;
    if let Some(on) = &head.note.on {
        let quoted = format!("“{}”", one_line(&on.words, room));
        pen.write(
            INDENT,
            y,
            &cells::truncate_with_ellipsis(&quoted, room),
            style(Role::Quotation),
        );
        y += 1;
    }
    pen.write(1, y, look.glyphs.note, style(Role::Accent));
    let said = one_line(&head.note.text, room);
    pen.write(
        INDENT,
        y,
        &cells::truncate_with_ellipsis(&said, room),
        style(Role::Text),
    );
}

/// Returns as much of a text as a row may show, without ends of lines.
fn one_line(text: &str, room: usize) -> String {
    let start = text
        .get(..text.floor_char_boundary(room * 8))
        .unwrap_or(text);
    start.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn empty(app: &App, area: Area, look: &Look, buffer: &mut Buffer) {
    let mut pen = Pen::own(buffer, area, look);
    let key = |pane: &str| {
        let keys = app.keymap.keys(pane, Action::Note.entry().name);
        keys.first().map(ToString::to_string).unwrap_or_default()
    };
    let lines = [
        "There are no notes yet.".to_owned(),
        String::new(),
        format!(
            "{}  on a page: a note on the paragraph in sight",
            key("page")
        ),
        format!("{}  in the list: a note on the whole document", key("list")),
    ];
    for (y, line) in (0..).zip(&lines) {
        let role = if y == 0 { Role::Text } else { Role::Dim };
        pen.write(INDENT, y, line, look.style(role));
    }
}

/// Draws the lines of the editor in the list of its frame; returns the cell of the cursor.
pub(super) fn editor(
    editor: &NoteEditor,
    area: Area,
    look: &Look,
    buffer: &mut Buffer,
) -> (u16, u16) {
    let room = usize::from(area.width);
    let mut pen = Pen::own(buffer, area, look);
    let on = match &editor.on {
        Some(on) => format!("on “{}”", one_line(&on.words, room)),
        None => format!("on all of {}", editor.title),
    };
    let on = cells::truncate_with_ellipsis(&on, room);
    pen.write(0, 0, &on, look.style(Role::Quotation));
    let text = area.below(1);
    let rows = editor.text.rows(room);
    let (row, cell) = editor.text.cursor(room);
    let height = usize::from(text.height).max(1);
    let top = (row + 1).saturating_sub(height);
    let mut pen = Pen::new(buffer, text);
    for (y, line) in (0..text.height).zip(rows.iter().skip(top)) {
        pen.write(0, y, editor.text.row_text(line), look.style(Role::Text));
    }
    let y = text.y + (row - top) as u16;
    (text.x + (cell as u16).min(text.width.saturating_sub(1)), y)
}
