//! The list of what was added: a row a source, and below it the one with the cursor in full.

use ratatui::buffer::Buffer;

use super::look::{Look, Role};
use super::pen::Pen;
use crate::app::grouped;
use crate::app::{App, Area, FAILING, SourceKey, SourceListing, SourceRow};
use crate::text::cells;

/// A column at the right of the names.
struct Column {
    name: &'static str,
    /// Its cells, with the blanks before it.
    width: u16,
    /// From this many columns of the screen it is shown.
    from: u16,
    /// The numbers of one column stand below each other.
    text: fn(&SourceRow) -> String,
}

/// The column that says when a source was last looked through.
const LAST_LOOK: &str = "last look";

/// The columns from left to right. What is nought is left blank: what stands there catches the eye.
const COLUMNS: [Column; 6] = [
    Column {
        name: "kind",
        width: 8,
        from: 76,
        text: |row| row.kind.to_owned(),
    },
    Column {
        name: "documents",
        width: 11,
        from: 0,
        text: |row| match row.key {
            SourceKey::Added(_) => grouped(row.documents),
            SourceKey::Address(_) => String::new(),
        },
    },
    Column {
        name: "hidden",
        width: 9,
        from: 100,
        text: |row| unless_none(row.hidden),
    },
    Column {
        name: "folded",
        width: 9,
        from: 100,
        text: |row| unless_none(row.folded),
    },
    Column {
        name: "not read",
        width: 10,
        from: 50,
        text: |row| unless_none(row.failed.len()),
    },
    Column {
        name: LAST_LOOK,
        width: 18,
        from: 60,
        text: |row| row.looked.clone(),
    },
];

fn unless_none(count: usize) -> String {
    if count == 0 {
        String::new()
    } else {
        grouped(count)
    }
}

/// Draws the pane; returns the cell of the cursor while a find is typed.
pub(super) fn draw(app: &App, area: Area, look: &Look, buffer: &mut Buffer) -> Option<(u16, u16)> {
    let layout = app.sources.layout(area);
    let Some(listing) = &app.sources.listing else {
        Pen::own(buffer, area, look).write(1, 0, "Sources", look.style(Role::Heading));
        return None;
    };
    draw_head(listing, layout.head, look, buffer);
    let rows = usize::from(layout.rows.height);
    let shown = listing.rows.iter().enumerate().skip(app.sources.top);
    for (y, (place, row)) in (0..).zip(shown.take(rows)) {
        draw_row(row, y, layout.rows, look, buffer);
        if place == app.sources.selected {
            Pen::own(buffer, layout.rows, look).tint(
                0,
                y,
                layout.rows.width,
                look.style(Role::Selected),
            );
        }
    }
    if listing.rows.is_empty() {
        draw_empty(app, listing, layout.rows, look, buffer);
    }
    draw_detail(app, layout.detail, look, buffer);
    let line = layout.find?;
    let mut pen = Pen::own(buffer, line, look);
    let style = look.style(Role::Field);
    let find = &app.sources.find;
    let (text, at) = find.window(usize::from(line.width).saturating_sub(4));
    pen.write(0, 0, &" ".repeat(usize::from(line.width)), style);
    pen.write(1, 0, "/ ", style);
    pen.write(3, 0, text, style);
    if find.text().is_empty() {
        let told = format!("words of a name or path; {FAILING} what could not be read");
        pen.write(4, 0, &told, look.style(Role::Dim));
    }
    app.sources
        .typing
        .then_some((line.x + 3 + at as u16, line.y))
}

fn draw_head(listing: &SourceListing, area: Area, look: &Look, buffer: &mut Buffer) {
    let mut pen = Pen::own(buffer, area, look);
    pen.write(1, 0, "Sources", look.style(Role::Heading));
    let mut told = match (listing.rows.len(), listing.total) {
        (found, total) if found == total => grouped(total),
        (found, total) => format!("{} of {}", grouped(found), grouped(total)),
    };
    if listing.failing > 0 {
        told = format!("{told} · {} with failures", grouped(listing.failing));
    }
    pen.write_right(0, &format!("{told} "), look.style(Role::Dim));
    let style = look.style(Role::Dim);
    pen.write(3, 1, "name", style);
    let mut right = area.width.saturating_sub(1);
    for column in shown(area.width).rev() {
        write_column(&mut pen, right, 1, column.name, style);
        right = right.saturating_sub(column.width);
    }
}

fn shown(columns: u16) -> impl DoubleEndedIterator<Item = &'static Column> {
    COLUMNS.iter().filter(move |column| columns >= column.from)
}

/// Writes a value so that it ends before column `right`.
fn write_column(pen: &mut Pen<'_>, right: u16, y: u16, text: &str, style: ratatui::style::Style) {
    let x = right.saturating_sub(cells::width(text) as u16);
    pen.write(x, y, text, style);
}

fn draw_row(row: &SourceRow, y: u16, area: Area, look: &Look, buffer: &mut Buffer) {
    let mut pen = Pen::own(buffer, area, look);
    let mut right = area.width.saturating_sub(1);
    for column in shown(area.width).rev() {
        let role = match column.name {
            "not read" => Role::Error,
            "documents" if row.documents > 0 => Role::Text,
            _ => Role::Dim,
        };
        write_column(&mut pen, right, y, &(column.text)(row), look.style(role));
        right = right.saturating_sub(column.width);
    }
    if !row.failed.is_empty() {
        pen.write(1, y, FAILING, look.style(Role::Error));
    }
    let room = usize::from(right).saturating_sub(3);
    let name = cells::truncate_with_ellipsis(&row.name, room);
    pen.write(3, y, &name, look.style(Role::Text));
}

fn draw_empty(app: &App, listing: &SourceListing, area: Area, look: &Look, buffer: &mut Buffer) {
    let key = |action| app.keys_of(action);
    let told = if listing.total == 0 {
        format!(
            "Nothing was added yet: {} adds a file or a folder.",
            key(crate::app::Action::Add)
        )
    } else {
        format!(
            "No source has “{}”: {} shows all {}.",
            app.sources.find.text(),
            key(crate::app::Action::Leave),
            grouped(listing.total)
        )
    };
    let room = usize::from(area.width.saturating_sub(3));
    let told = cells::truncate_with_ellipsis(&told, room);
    Pen::own(buffer, area, look).write(3, 0, &told, look.style(Role::Dim));
}

/// Draws what is known of the source with the cursor; while work goes on, what could not be read in it so far.
fn draw_detail(app: &App, area: Area, look: &Look, buffer: &mut Buffer) {
    let mut pen = Pen::own(buffer, area, look);
    let line = if look.ascii { "-" } else { "─" };
    pen.write(
        0,
        0,
        &line.repeat(usize::from(area.width)),
        look.style(Role::Rule),
    );
    let room = usize::from(area.width.saturating_sub(2));
    let mut lines: Vec<(String, Role)> = Vec::new();
    if let Some(row) = app.sources.row() {
        lines.push((the_end_of(&row.place, room), Role::Text));
        lines.push((in_words(row, area.width), Role::Dim));
        let named = row.failed.iter().take(usize::from(area.height));
        lines.extend(named.map(|file| {
            let path = match file.path.as_str() {
                "" => &row.name,
                path => path,
            };
            (format!("{path}: {}", file.reason), Role::Error)
        }));
    }
    let last = app.work.as_ref().and_then(|work| work.last_failed.as_ref());
    if let Some(last) = last {
        lines.truncate(usize::from(area.height).saturating_sub(2));
        lines.push((format!("just now: {last}"), Role::Error));
    }
    for (y, (text, role)) in (1..area.height).zip(lines) {
        // What failed bears a mark; in the colour of errors throughout, the pane would look as if all had.
        let (x, role) = match role {
            Role::Error => (pen.write(1, y, FAILING, look.style(role)) + 1, Role::Text),
            role => (1, role),
        };
        let room = usize::from(area.width.saturating_sub(x + 1));
        let text = cells::truncate_with_ellipsis(&text, room);
        pen.write(x, y, &text, look.style(role));
    }
}

/// Returns a source in words; when it was last looked through only where no column says so.
fn in_words(row: &SourceRow, columns: u16) -> String {
    if matches!(row.key, SourceKey::Address(_)) {
        return "an address that waits: recto does not fetch".to_owned();
    }
    let count =
        |count: usize, what: &str| (count > 0).then(|| format!("{} {what}", grouped(count)));
    let documents = match row.documents {
        1 => "1 document".to_owned(),
        several => format!("{} documents", grouped(several)),
    };
    let warnings = match row.warnings.len() {
        1 => "warning",
        _ => "warnings",
    };
    let has_column = shown(columns).any(|column| column.name == LAST_LOOK);
    let looked = (!row.looked.is_empty() && !has_column).then(|| format!("seen {}", row.looked));
    let parts = [
        Some(row.kind.to_owned()),
        Some(documents),
        count(row.folded, "folded"),
        count(row.hidden, "hidden"),
        count(row.failed.len(), "not read"),
        count(row.warnings.len(), warnings),
        looked,
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(" · ")
}

/// Returns as much of the end of a path as there is room for: its last names tell it from others.
fn the_end_of(path: &str, room: usize) -> String {
    let mut left = cells::width(path);
    if left <= room {
        return path.to_owned();
    }
    for (at, cluster, width) in cells::clusters(path) {
        if left < room {
            return format!("…{}", path.get(at..).unwrap_or(cluster));
        }
        left -= width;
    }
    String::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_long_path_the_end_is_shown() {
        for (path, room, expected) in [
            ("/home/ann/notes", 15, "/home/ann/notes"),
            ("/home/ann/notes", 14, "…ome/ann/notes"),
            ("/漢漢/ab", 6, "…漢/ab"),
            ("/漢漢/ab", 5, "…/ab"),
        ] {
            assert_eq!(the_end_of(path, room), expected);
        }
    }
}
