//! The list: a document takes a row for its title, one for who and when, one for the line around the best hit.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::style::{Modifier, Style};

use super::look::{Look, Role};
use super::passages;
use super::pen::{Lit, Pen};
use crate::app::{
    Action, App, Area, EmptyList, ListLine, Pane, grouped, list_row_height, list_rows_in_sight,
};
use crate::library::{FoundRow, also_in};
use crate::query::{facet, tag_labels};
use crate::text::cells;

/// Where the words begin: the columns before hold the selection's bar and the marks.
const INDENT: u16 = 3;

pub(super) fn draw(app: &App, area: Area, look: &Look, buffer: &mut Buffer) {
    if let Some(why) = app.empty_list() {
        return empty(app, why, area, look, buffer);
    }
    let height = list_row_height(area);
    let lines = (app.list.top..app.list.lines()).take(list_rows_in_sight(area));
    for (at, line) in lines.enumerate() {
        let y = at as u16 * height;
        let rows = height.min(area.height - y);
        let area = Area {
            y: area.y + y,
            height: rows.min(3),
            ..area
        };
        let next = app.list.at_line(line + 1);
        let first = app.list.first_incomplete().map(ListLine::Document);
        if rows > 3 && first == Some(next) {
            let line = Area {
                y: area.y + 3,
                height: 1,
                ..area
            };
            part(app, line, look, buffer);
        }
        let mut pen = Pen::own(buffer, area, look);
        // What is selected lies behind the words, so that a hit keeps its own colour on it.
        let behind = (line == app.list.selected_line()).then(|| {
            look.style(if app.focus == Pane::List {
                Role::Selected
            } else {
                Role::SelectedBlurred
            })
        });
        if let Some(style) = behind {
            for y in 0..area.height {
                pen.tint(0, y, area.width, style);
                pen.write(0, y, look.glyphs.bar, look.style(Role::Accent).patch(style));
            }
        }
        let place = match app.list.at_line(line) {
            ListLine::Document(place) => place,
            ListLine::Passage(passage) => {
                if let Some(passage) = app.list.passage(passage) {
                    passages::draw(passage, &mut pen, area, look, behind.unwrap_or_default());
                }
                continue;
            }
        };
        match app.list.row(place) {
            Some(row) => Document {
                row,
                look,
                behind: behind.unwrap_or_default(),
            }
            .draw(&mut pen, area),
            None => {
                pen.write(INDENT, 0, look.glyphs.ellipsis, look.style(Role::Dim));
            }
        }
    }
}

/// Says over the list that some of its documents lack words, and the key that changes that.
pub(super) fn shortfall(app: &App, area: Area, look: &Look, buffer: &mut Buffer) {
    let Some(told) = app.list.shortfall() else {
        return;
    };
    let mut pen = Pen::own(buffer, area, look);
    let room = usize::from(area.width.saturating_sub(INDENT + 1));
    let key = app.keys_of(Action::Widen);
    let told = match told.strip_prefix("only ") {
        Some(shorter) if cells::width(&told) > room => shorter.to_owned(),
        _ => told,
    };
    let with_key = format!("{told} · {key}: no others");
    let fits = !key.is_empty() && app.list.complete() > 0 && cells::width(&with_key) <= room;
    let text = if fits { with_key } else { told };
    let text = cells::truncate_with_ellipsis(&text, room);
    pen.write(INDENT, 0, &text, look.style(Role::Chip));
}

/// Draws the line after the last document that has every word.
fn part(app: &App, area: Area, look: &Look, buffer: &mut Buffer) {
    let mut pen = Pen::own(buffer, area, look);
    let text = format!(
        "{} more have some of the words",
        grouped(app.list.incomplete)
    );
    let room = usize::from(area.width.saturating_sub(INDENT + 1));
    pen.write(
        INDENT,
        0,
        &cells::truncate_with_ellipsis(&text, room),
        look.style(Role::Chip),
    );
}

/// A document of the list.
struct Document<'a> {
    row: &'a FoundRow,
    look: &'a Look,
    behind: Style,
}

impl Document<'_> {
    fn draw(&self, pen: &mut Pen<'_>, area: Area) {
        let Self { row, look, .. } = self;
        let room = usize::from(area.width.saturating_sub(INDENT + 1));
        if row.marks.starred {
            pen.write(1, 1, look.glyphs.star, self.style(Role::Star));
        }
        if !row.marks.read {
            pen.write(1, 0, look.glyphs.unread, self.style(Role::Unread));
        }
        if row.marks.noted {
            pen.write(1, 2, look.glyphs.note, self.style(Role::Accent));
        }
        let title = cells::truncate_with_ellipsis(&row.title.text, room);
        pen.write_lit(
            INDENT,
            0,
            &title,
            self.title_style(),
            &self.lit(&row.title_lit),
        );
        self.draw_facts(pen, room);
        let snippet = cells::truncate(&row.snippet.text, room).0;
        pen.write_lit(
            INDENT,
            2,
            snippet,
            self.style(Role::Text),
            &self.lit(&row.snippet.lit),
        );
    }

    /// Draws who and when, and after that the own tags, which have up to half of the room.
    fn draw_facts(&self, pen: &mut Pen<'_>, room: usize) {
        let facts = facts(self.row);
        let tags = tag_labels(&self.row.marks.tags);
        let wanted = cells::width(&tags);
        let tags_room = wanted.min((room / 2).max(room.saturating_sub(cells::width(&facts) + 3)));
        let parted = if tags.is_empty() { 0 } else { tags_room + 3 };
        let facts = cells::truncate_with_ellipsis(&facts, room.saturating_sub(parted));
        let after = pen.write(INDENT, 1, &facts, self.style(Role::Dim));
        if !tags.is_empty() {
            let after = pen.write(after, 1, " · ", self.style(Role::Dim));
            let tags = cells::truncate_with_ellipsis(&tags, tags_room);
            pen.write(after, 1, &tags, self.style(Role::Chip));
        }
    }

    fn style(&self, role: Role) -> Style {
        self.look.style(role).patch(self.behind)
    }

    fn title_style(&self) -> Style {
        let mut style = self.look.style(Role::Title);
        if self.row.marks.read {
            style = style.remove_modifier(Modifier::BOLD);
        }
        // A phrase that stands in for a title is told from one by its slant.
        if self.row.title.derived {
            style = style.add_modifier(Modifier::ITALIC);
        }
        // The selection goes over that: where it is shown by bold alone, a read title has it too.
        style.patch(self.behind)
    }

    fn lit(&self, ranges: &[Range<usize>]) -> Vec<Lit> {
        let hit = self.look.style(Role::Hit);
        ranges.iter().map(|range| (range.clone(), hit)).collect()
    }
}

/// Returns source, author and date, as far as they are known.
fn facts(row: &FoundRow) -> String {
    let mut facts = vec![row.source.clone()];
    facts.extend(also_in(&row.source, &row.also));
    facts.extend(row.authors.first().map(|author| match row.authors.len() {
        1 => author.clone(),
        more => format!("{author} +{}", more - 1),
    }));
    facts.extend(row.published.map(crate::document::Date::short));
    facts.join(" · ")
}

/// Says why the list is empty, and what to press.
fn empty(app: &App, why: EmptyList, area: Area, look: &Look, buffer: &mut Buffer) {
    let mut pen = Pen::own(buffer, area, look);
    let lines: Vec<String> = match why {
        EmptyList::NotYet => vec!["Documents are still being made searchable.".to_owned()],
        EmptyList::NothingThere => vec![
            "The library is empty.".to_owned(),
            String::new(),
            "recto add FOLDER".to_owned(),
            "puts what you saved into it.".to_owned(),
        ],
        EmptyList::NothingFound => nothing_found(app),
    };
    for (y, line) in (0..).zip(&lines) {
        let line =
            cells::truncate_with_ellipsis(line, usize::from(area.width.saturating_sub(INDENT)));
        let role = if y == 0 { Role::Text } else { Role::Dim };
        pen.write(INDENT, 1 + y, &line, look.style(role));
        // After the first line, the question and a blank on both its sides.
        let chosen = y.checked_sub(4).map(usize::from) == Some(app.list.cost);
        if chosen && app.chosen_cost().is_some() && app.focus == Pane::List {
            pen.tint(0, 1 + y, area.width, look.style(Role::Selected));
        }
    }
}

/// Returns the lines that say what each clause of the question costs, and what else there is to do about it.
fn nothing_found(app: &App) -> Vec<String> {
    let mut lines = vec![
        "No document has all of this:".to_owned(),
        String::new(),
        app.query.to_string(),
        String::new(),
    ];
    let costs = app.list.costs.iter().zip(1..);
    lines.extend(costs.map(|(cost, number)| {
        let total = grouped(cost.total);
        format!("{number}  without {}: {total}", cost.clause)
    }));
    if !app.list.costs.is_empty() {
        lines.push(String::new());
    }
    lines.push(format!(
        "{}  change the question",
        app.keys_of(Action::Search)
    ));
    lines.push(format!("{}  drop it", app.keys_of(Action::Leave)));
    if facet::clear(&app.query) != app.query {
        lines.push("X  drop what is chosen in the facets (there)".to_owned());
    }
    lines
}
