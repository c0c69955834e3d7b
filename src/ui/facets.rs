//! The facet pane.

use ratatui::buffer::Buffer;

use super::look::{Look, Role};
use super::pen::Pen;
use super::timeline;
use crate::app::{App, Area, FacetLine, Group, Line, NARROW_SIGN, Pane, grouped, narrow_line};
use crate::query::facet::Choice;
use crate::text::cells;

/// Draws the pane; returns the cell of the cursor where its values are narrowed.
pub(super) fn draw(app: &App, area: Area, look: &Look, buffer: &mut Buffer) -> Option<(u16, u16)> {
    let narrowing = app.facets.narrow.as_ref();
    // The line that narrows takes the last row.
    let room = Area {
        height: area.height.saturating_sub(u16::from(narrowing.is_some())),
        ..area
    };
    let lines = app.facets.lines().iter().enumerate();
    for (y, (place, line)) in (0..room.height).zip(lines.skip(app.facets.top)) {
        let mut pen = Pen::own(buffer, room, look);
        facet(&mut pen, room, y, line, app, look);
        let selected = app.focus == Pane::Facets && place == app.facets.cursor;
        // The timeline shows which of its bars is meant.
        if selected && !matches!(line, FacetLine::Timeline(_)) {
            pen.tint(0, y, area.width, look.style(Role::Selected));
        }
    }
    let cursor = narrow(narrowing?, area, look, buffer);
    (app.focus == Pane::Facets).then_some(cursor)
}

/// Draws the line that narrows; returns the cell of its cursor.
fn narrow(line: &Line, area: Area, look: &Look, buffer: &mut Buffer) -> (u16, u16) {
    let last = area.below(area.height.saturating_sub(1));
    let style = look.style(Role::Field);
    let mut pen = Pen::own(buffer, last, look);
    pen.write(0, 0, &" ".repeat(usize::from(last.width)), style);
    pen.write(0, 0, NARROW_SIGN, style);
    let field = narrow_line(area);
    let (text, cursor) = line.window(usize::from(field.width));
    Pen::new(buffer, field).write(0, 0, text, style);
    (field.x + cursor as u16, field.y)
}

/// Draws a line of the pane.
fn facet(pen: &mut Pen<'_>, area: Area, y: u16, line: &FacetLine, app: &App, look: &Look) {
    match line {
        FacetLine::Heading(group) => heading(pen, y, *group, app, look),
        FacetLine::All { count, chosen } => {
            let all = Value {
                mark: if *chosen { look.glyphs.chosen } else { " " },
                name: "all",
                count: *count,
                role: if *chosen { Role::Chosen } else { Role::Text },
            };
            value(pen, area, y, look, &all);
        }
        FacetLine::Timeline(row) => timeline::draw(pen, (area, y), *row, app, look),
        FacetLine::Value {
            group,
            value: name,
            count,
            choice,
        } => {
            let (mark, role) = match choice {
                Some(Choice::Chosen) => (look.glyphs.chosen, Role::Chosen),
                Some(Choice::Excluded) => (look.glyphs.excluded, Role::Excluded),
                None if *count == 0 => (" ", Role::Dim),
                None => (" ", Role::Text),
            };
            let one = Value {
                mark,
                name: &group.shown(name),
                count: *count,
                role,
            };
            value(pen, area, y, look, &one);
        }
        FacetLine::SavedHeading => {
            pen.write(1, y, "Saved", look.style(Role::Heading));
        }
        FacetLine::Saved { name, new, chosen } => saved(pen, y, name, *new, *chosen, look),
        FacetLine::Blank => {}
        FacetLine::More(_, hidden) => {
            let more = format!("{} {} more", look.glyphs.ellipsis, grouped(*hidden));
            pen.write(3, y, &more, look.style(Role::Dim));
        }
    }
}

/// A value as it is drawn.
struct Value<'a> {
    mark: &'a str,
    name: &'a str,
    count: usize,
    role: Role,
}

fn value(pen: &mut Pen<'_>, area: Area, y: u16, look: &Look, value: &Value<'_>) {
    let count = format!("{} ", grouped(value.count));
    let style = look.style(value.role);
    let right = pen.write_right(
        y,
        &count,
        if value.count == 0 {
            look.style(Role::Dim)
        } else {
            style
        },
    );
    pen.write(1, y, value.mark, style);
    let room = usize::from(right.min(area.width)).saturating_sub(4);
    pen.write(
        3,
        y,
        &cells::truncate_with_ellipsis(value.name, room),
        style,
    );
}

/// Draws a saved search: what is new to it is told, and nothing else, since that is what one waits for.
fn saved(pen: &mut Pen<'_>, y: u16, name: &str, new: usize, chosen: bool, look: &Look) {
    let (mark, role) = match (chosen, new) {
        (true, _) => (look.glyphs.chosen, Role::Chosen),
        (false, 0) => (" ", Role::Text),
        (false, _) => (" ", Role::Unread),
    };
    let style = look.style(role);
    let told = match new {
        0 => String::new(),
        new => format!("+{} ", grouped(new)),
    };
    let right = pen.write_right(y, &told, style);
    pen.write(1, y, mark, style);
    let room = usize::from(right).saturating_sub(4);
    pen.write(3, y, &cells::truncate_with_ellipsis(name, room), style);
}

/// Writes the name of a group; while narrowing how many of its values are found, and for the years what is looked at.
fn heading(pen: &mut Pen<'_>, y: u16, group: Group, app: &App, look: &Look) {
    pen.write(1, y, group.heading(), look.style(Role::Heading));
    let told = match app.facets.found(group) {
        Some((found, all)) => Some(format!("{} of {}", grouped(found), grouped(all))),
        None if group == Group::Years && app.facets.narrow.is_none() => timeline::told(app),
        None => None,
    };
    if let Some(told) = told {
        pen.write_right(y, &format!("{told} "), look.style(Role::Dim));
    }
}
