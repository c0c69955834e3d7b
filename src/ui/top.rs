//! The first row: the search field, what was understood, how many there are and in which order.

use ratatui::buffer::Buffer;

use super::look::{Look, Role};
use super::pen::{Lit, Pen};
use crate::app::{App, Geometry, Pane};
use crate::query::{self, Query, SpanKind};
use crate::text::cells;

/// Draws the row; returns the cell of the cursor while the field has the keys.
pub(super) fn draw(
    app: &App,
    geometry: &Geometry,
    look: &Look,
    buffer: &mut Buffer,
) -> Option<(u16, u16)> {
    let mut pen = Pen::own(buffer, geometry.top, look);
    let focused = app.focus == Pane::Field;
    if geometry.field.x >= 8 {
        pen.write(1, 0, "recto", look.style(Role::Title));
    }
    pen.write(
        geometry.field.x - 2,
        0,
        "/",
        look.style(if focused { Role::Accent } else { Role::Dim }),
    );
    let count = app.count_told();
    let right = pen.write_right(0, &format!("{count} "), look.style(Role::Dim));
    let room = usize::from(geometry.field.width);
    let (start, text, cursor) = app.field.shown(room);
    let after = if app.field.text().is_empty() && !focused {
        pen.write(geometry.field.x, 0, "search", look.style(Role::Dim))
    } else {
        let lit = lit(app.field.text(), start, text.len(), look);
        let style = look.style(Role::Field);
        pen.write_lit(geometry.field.x, 0, text, style, &lit)
    };
    let chips = app.chips();
    let right = match chips.first() {
        Some(first) => first.x + 1,
        None => right,
    };
    for chip in &chips {
        pen.write(chip.x, 0, &chip.text, look.style(Role::Chip));
    }
    let understood = understood(app);
    if !understood.is_empty()
        && usize::from(right.saturating_sub(after)) > cells::width(&understood) + 4
    {
        pen.write(
            right - cells::width(&understood) as u16 - 3,
            0,
            &understood,
            look.style(Role::Chip),
        );
    }
    focused.then_some((geometry.field.x + cursor as u16, geometry.field.y))
}

/// Returns the styles of what is in sight of a question, from the byte `start` on: what it was understood as.
fn lit(question: &str, start: usize, length: usize, look: &Look) -> Vec<Lit> {
    let end = start + length;
    let spans = query::spans(question).into_iter();
    let in_sight = spans.filter(|span| span.range.start < end && span.range.end > start);
    let lit = in_sight.flat_map(|span| {
        let role = match span.kind {
            SpanKind::Word => None,
            SpanKind::Phrase => Some(Role::Emphasis),
            // What gives a question its form stands back behind what it asks for.
            SpanKind::Field | SpanKind::Operator => Some(Role::Dim),
            SpanKind::Value => Some(Role::Accent),
            SpanKind::Choice => Some(Role::Chip),
            SpanKind::Unknown => Some(Role::Warning),
        };
        let excluded = span.excluded.then_some(Role::Excluded);
        let range = span.range.start.saturating_sub(start)..span.range.end - start;
        let roles = role.into_iter().chain(excluded);
        roles.map(move |role| (range.clone(), look.style(role)))
    });
    lit.collect()
}

/// Returns the question as understood, where that is not simply what was typed.
fn understood(app: &App) -> String {
    let printed = app.query.to_string();
    let plain = app.query == Query::default() || printed == app.field.text().trim();
    if plain {
        String::new()
    } else {
        format!("= {printed}")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::style::Style;

    use super::*;
    use crate::app::Line;
    use crate::config::theme::{self, Themes};

    fn mono() -> Look {
        let (themes, _) = Themes::load(None);
        Look::new(themes.get(theme::MONO).cloned(), false)
    }

    /// Returns how a question looks, cluster by cluster.
    fn styles(question: &str, look: &Look) -> Vec<(String, Style)> {
        let lit = lit(question, 0, question.len(), look);
        let style = |at: usize| {
            let over = lit.iter().filter(|(range, _)| range.contains(&at));
            over.fold(look.style(Role::Field), |style, (_, over)| {
                style.patch(*over)
            })
        };
        let clusters = cells::clusters(question);
        clusters
            .map(|(at, cluster, _)| (cluster.to_owned(), style(at)))
            .collect()
    }

    #[test]
    fn without_colour_each_kind_has_a_shape_of_its_own() {
        let look = mono();
        let of = |question: &str, letter: &str| {
            let styles = styles(question, &look);
            let found = styles.into_iter().find(|(cluster, _)| cluster == letter);
            found.unwrap().1
        };
        let shapes = [
            of("w", "w"),
            of("\"p q\"", "p"),
            of("title:w", "t"),
            of("topic:z", "z"),
            of("-topic:b", "b"),
            of("-w", "w"),
            of("kind:x y", "x"),
        ];
        for (at, shape) in shapes.iter().enumerate() {
            assert!(!shapes[..at].contains(shape), "{at}: {shapes:?}");
        }
        assert_ne!(of("a OR b", "O"), of("a OR", "O"), "an operator and a word");
    }

    proptest! {
        #[test]
        fn what_is_lit_is_what_is_in_sight(
            text in "[a-z:\"() 数é-]{0,40}", back in 0_usize..30, room in 0_usize..20,
        ) {
            let mut line = Line::new(&text);
            for _ in 0..back {
                line.edit(crate::app::Action::CharacterBack);
            }
            let (start, shown, cursor) = line.shown(room);
            prop_assert!(cursor <= room.max(1));
            prop_assert_eq!(text.get(start..start + shown.len()), Some(shown));
            let whole = lit(&text, 0, text.len(), &mono());
            for (range, style) in lit(&text, start, shown.len(), &mono()) {
                prop_assert!(range.start < shown.len().max(1) && range.start < range.end);
                let meant = whole.iter().any(|(other, same)| {
                    *same == style && other.start <= range.start + start && other.end == range.end + start
                });
                prop_assert!(meant);
            }
        }
    }
}
