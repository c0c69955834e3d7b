//! The facet pane.

use ratatui::buffer::Buffer;

use super::look::{Look, Role};
use super::pen::Pen;
use super::timeline;
use crate::app::grouped;
use crate::app::{App, Area, FacetLine, Group, Pane};
use crate::query::facet::Choice;
use crate::text::cells;

pub(super) fn draw(app: &App, area: Area, look: &Look, buffer: &mut Buffer) {
    let narrowing = app.facets.narrow.as_ref();
    let whole = area;
    // The line that narrows takes the last row.
    let area = Area {
        height: area.height.saturating_sub(u16::from(narrowing.is_some())),
        ..area
    };
    let lines = app.facets.lines();
    let top = app.facets.top;
    for (row, (place, line)) in lines
        .iter()
        .enumerate()
        .skip(top)
        .take(usize::from(area.height))
        .enumerate()
    {
        let mut pen = Pen::own(buffer, area, look);
        let y = row as u16;
        let selected = app.focus == Pane::Facets && place == app.facets.cursor;
        match line {
            FacetLine::Heading(group) => heading(&mut pen, y, *group, app, look),
            FacetLine::All { count, chosen } => value(
                &mut pen,
                area,
                y,
                look,
                &Value {
                    mark: if *chosen { look.glyphs.chosen } else { " " },
                    name: "all",
                    count: *count,
                    role: if *chosen { Role::Chosen } else { Role::Text },
                },
            ),
            FacetLine::Timeline(row) => {
                timeline::draw(&mut pen, (area, y), *row, app, look);
            }
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
                value(
                    &mut pen,
                    area,
                    y,
                    look,
                    &Value {
                        mark,
                        name: &group.shown(name),
                        count: *count,
                        role,
                    },
                );
            }
            FacetLine::SavedHeading => {
                pen.write(1, y, "Saved", look.style(Role::Heading));
            }
            FacetLine::Saved { name, new, chosen } => saved(&mut pen, y, name, *new, *chosen, look),
            FacetLine::Blank => {}
            FacetLine::More(_, hidden) => {
                let more = format!("{} {} more", look.glyphs.ellipsis, grouped(*hidden));
                pen.write(3, y, &more, look.style(Role::Dim));
            }
        }
        // The timeline shows which of its bars is meant.
        if selected && !matches!(line, FacetLine::Timeline(_)) {
            pen.tint(0, y, area.width, look.style(Role::Selected));
        }
    }
    if let Some(line) = narrowing {
        let mut pen = Pen::own(buffer, whole, look);
        let text = format!(" / {}", line.text());
        let text = format!("{text:width$}", width = usize::from(whole.width));
        pen.write(0, whole.height - 1, &text, look.style(Role::Field));
    }
}

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
