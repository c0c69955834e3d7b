//! The concordance: a line a hit, every hit at the same column, and below them where the one with the cursor stands.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use super::look::{Look, Role};
use super::pen::{Lit, Pen};
use crate::app::{Action, App, Area, ConcordanceLayout, grouped};
use crate::document::Date;
use crate::library::{ConcordanceLine, ConcordanceLines, ShownLine};
use crate::query::concordance::Order;
use crate::text::{cells, sanitize};

/// What stands between two blocks, in the words around a hit.
const BLOCK: char = '¶';

pub(super) fn draw(app: &App, area: Area, look: &Look, buffer: &mut Buffer) {
    let layout = app.concordance.layout(area);
    draw_head(app, layout.head, look, buffer);
    let Some(lines) = &app.concordance.lines else {
        return;
    };
    if lines.total == 0 {
        draw_empty(app, lines, layout.rows, look, buffer);
    }
    let places = (app.concordance.top..lines.total).take(usize::from(layout.rows.height));
    for (y, place) in (0..).zip(places) {
        let selected = place == app.concordance.selected;
        let behind = if selected {
            look.style(Role::Selected)
        } else {
            Style::new()
        };
        let mut pen = Pen::own(buffer, layout.rows, look);
        if selected {
            pen.tint(0, y, layout.rows.width, behind);
            pen.write(
                0,
                y,
                look.glyphs.bar,
                look.style(Role::Accent).patch(behind),
            );
        }
        match app.concordance.line(place) {
            Some(line) => Row {
                layout: &layout,
                look,
                behind,
            }
            .draw(line, y, &mut pen),
            None => {
                pen.write(
                    layout.keyword,
                    y,
                    look.glyphs.ellipsis,
                    look.style(Role::Dim),
                );
            }
        }
    }
    draw_detail(app, layout.detail, look, buffer);
}

fn draw_head(app: &App, area: Area, look: &Look, buffer: &mut Buffer) {
    let mut pen = Pen::own(buffer, area, look);
    let after = pen.write(1, 0, "Concordance", look.style(Role::Heading));
    let room = usize::from(area.width.saturating_sub(after + 3));
    let key = app.keys_of(Action::Concordance);
    let order = order_in_words(app.concordance.order);
    let far = app.concordance.lines.as_ref();
    let (long, short) = far.map_or_else(
        || ("reading".to_owned(), String::new()),
        |lines| how_far(lines),
    );
    let told = if let Some(reason) = &app.concordance.failed {
        let again = format!("broken off: {key} reads it anew");
        vec![format!("{again} · {}", sanitize::clean(reason)), again]
    } else if far.is_none() {
        vec![long]
    } else if app.concordance.stale {
        let again = format!("the library has changed: {key} reads it anew");
        vec![format!("{long} · {again}"), again]
    } else {
        vec![
            format!("{long} · {order}"),
            format!("{short} · {order}"),
            short,
        ]
    };
    let fits = |text: &&String| cells::width(text) <= room;
    let text = told.iter().find(fits).or(told.last());
    let text = text.map_or("", String::as_str);
    let text = cells::truncate_with_ellipsis(text, room);
    pen.write_right(0, &format!("{text} "), look.style(Role::Dim));
}

fn order_in_words(order: Order) -> &'static str {
    match order {
        Order::Listed => "as listed",
        Order::Left => "by the words at the left",
        Order::Right => "by the words at the right",
        Order::Newest => "newest first",
        Order::Oldest => "oldest first",
        Order::Source => "by source",
    }
}

/// Returns how many lines there are and how far they are read, in many words and in few.
fn how_far(lines: &ConcordanceLines) -> (String, String) {
    let many = |count: usize, what: &str| {
        let ending = if count == 1 { "" } else { "s" };
        format!("{} {what}{ending}", grouped(count))
    };
    let total = many(lines.total, "line");
    if lines.full {
        let first = format!("the first {total}");
        return (
            format!("{first}: more than are kept, ask more narrowly"),
            first,
        );
    }
    if lines.is_whole() {
        let documents = many(lines.documents, "document");
        return (format!("{total} in {documents}"), total);
    }
    let percent = lines.read * 100 / lines.found.max(1);
    let read = format!(
        "{total} so far · {} of {} documents read",
        grouped(lines.read),
        grouped(lines.found)
    );
    (read, format!("{total} · {percent} % read"))
}

fn draw_empty(app: &App, lines: &ConcordanceLines, area: Area, look: &Look, buffer: &mut Buffer) {
    let told = if lines.is_whole() {
        format!(
            "No text has a hit: the words stand in titles or names alone. {} leads back.",
            app.keys_of(Action::Leave)
        )
    } else {
        "Texts are being read.".to_owned()
    };
    let room = usize::from(area.width.saturating_sub(3));
    let told = cells::truncate_with_ellipsis(&told, room);
    Pen::own(buffer, area, look).write(2, 0, &told, look.style(Role::Dim));
}

/// How a row is drawn.
struct Row<'a> {
    layout: &'a ConcordanceLayout,
    look: &'a Look,
    behind: Style,
}

impl Row<'_> {
    fn draw(&self, line: &ConcordanceLine, y: u16, pen: &mut Pen<'_>) {
        let Some(shown) = &line.shown else {
            let dim = self.style(Role::Dim);
            pen.write(self.layout.keyword, y, "(this text has changed)", dim);
            return;
        };
        self.draw_columns(shown, y, pen);
        let context = &shown.context;
        let mut left = 0..context.keyword.start;
        let text = |range: &Range<usize>| context.text.get(range.clone()).unwrap_or_default();
        // On a screen that has become narrower the line is cut until it comes anew.
        let room = self.layout.room.before;
        let mut width = cells::width(text(&left));
        for (at, cluster, cells) in cells::clusters(text(&(0..context.keyword.start))) {
            if width <= room {
                break;
            }
            left.start = at + cluster.len();
            width -= cells;
        }
        let x = self.layout.keyword.saturating_sub(width as u16);
        self.write(shown, left, (x, y), pen);
        let rest = context.keyword.start..context.text.len();
        self.write(shown, rest, (self.layout.keyword, y), pen);
    }

    fn draw_columns(&self, shown: &ShownLine, y: u16, pen: &mut Pen<'_>) {
        let dim = self.style(Role::Dim);
        if let Some(columns) = &self.layout.date {
            let date = shown.published.map(Date::short).unwrap_or_default();
            // Days stand below each other, and so do years.
            let x = columns.end.saturating_sub(cells::width(&date) as u16);
            pen.write(x, y, &date, dim);
        }
        if let Some(columns) = &self.layout.source {
            let room = usize::from(columns.end - columns.start);
            let source = cells::truncate_with_ellipsis(&shown.source, room);
            pen.write(columns.start, y, &source, dim);
        }
    }

    /// Writes a range of the line from a cell on.
    fn write(&self, shown: &ShownLine, range: Range<usize>, at: (u16, u16), pen: &mut Pen<'_>) {
        let context = &shown.context;
        let text = context.text.get(range.clone()).unwrap_or_default();
        let marks = text.match_indices(BLOCK);
        let dim = self.look.style(Role::Dim);
        let mut lit: Vec<Lit> = marks.map(|(at, mark)| (at..at + mark.len(), dim)).collect();
        let hit = self.look.style(Role::Hit);
        let within = |one: &Range<usize>| one.start.max(range.start)..one.end.min(range.end);
        let hits = context
            .lit
            .iter()
            .map(within)
            .filter(|one| one.start < one.end);
        lit.extend(hits.map(|one| (one.start - range.start..one.end - range.start, hit)));
        pen.write_lit(at.0, at.1, text, self.style(Role::Text), &lit);
    }

    fn style(&self, role: Role) -> Style {
        self.look.style(role).patch(self.behind)
    }
}

/// Draws what is known of the document with the cursor, and the headings that the hit stands under.
fn draw_detail(app: &App, area: Area, look: &Look, buffer: &mut Buffer) {
    let mut pen = Pen::own(buffer, area, look);
    let rule = if look.ascii { "-" } else { "─" };
    let rule = rule.repeat(usize::from(area.width));
    pen.write(0, 0, &rule, look.style(Role::Rule));
    let line = app.concordance.selected_line();
    let Some(shown) = line.and_then(|line| line.shown.as_ref()) else {
        return;
    };
    let mut facts = vec![shown.source.clone()];
    facts.extend(
        shown
            .authors
            .first()
            .map(|author| match shown.authors.len() {
                1 => author.clone(),
                more => format!("{author} +{}", more - 1),
            }),
    );
    facts.extend(shown.published.map(Date::short));
    let room = usize::from(area.width.saturating_sub(2));
    let mut y = 1;
    let mut write = |text: &str, role: Role| {
        let text = cells::truncate_with_ellipsis(text, room);
        pen.write(1, y, &text, look.style(role));
        y += 1;
    };
    if area.height > 2 {
        write(&shown.title, Role::Title);
        write(&facts.join(" · "), Role::Dim);
        write(&shown.headings.join(" › "), Role::Dim);
    } else {
        write(
            &format!("{} · {}", shown.title, facts.join(" · ")),
            Role::Dim,
        );
    }
}
