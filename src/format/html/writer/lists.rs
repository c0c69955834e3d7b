//! Lists and their items, numbered as the author counted.

use html5ever::tokenizer::Tag;

use super::super::tags::attribute;
use super::Writer;
use super::stack::{Open, State};
use crate::document::Marker;

impl Writer<'_> {
    /// A box to tick at the beginning of an item makes it a task.
    pub(super) fn input(&mut self, tag: &Tag) {
        let is_box =
            attribute(tag, "type").is_some_and(|kind| kind.eq_ignore_ascii_case("checkbox"));
        if is_box
            && let Some(Open {
                state:
                    State::Item {
                        marker,
                        opened: false,
                    },
                ..
            }) = self.open.last_mut()
        {
            *marker = Marker::Task(attribute(tag, "checked").is_some());
        }
    }

    pub(super) fn list(&mut self, tag: &Tag, ordered: bool) {
        let reversed = attribute(tag, "reversed").is_some();
        let first = attribute(tag, "start").and_then(|start| start.trim().parse().ok());
        let state = State::List {
            next: ordered.then(|| first.unwrap_or(1)),
            step: if reversed { -1 } else { 1 },
            tight: true,
            opened: false,
        };
        self.push(tag, state);
    }

    pub(super) fn item(&mut self, tag: &Tag) {
        self.close_item_before();
        let value = attribute(tag, "value").and_then(|value| value.trim().parse::<i64>().ok());
        let list = self
            .open
            .iter_mut()
            .rev()
            .find_map(|open| match &mut open.state {
                State::List { next, step, .. } => Some((next, *step)),
                _ => None,
            });
        let marker = match list {
            Some((Some(next), step)) => {
                let number = value.unwrap_or(*next);
                *next = number.saturating_add(step);
                u32::try_from(number).map_or(Marker::Bullet, Marker::Number)
            }
            _ => Marker::Bullet,
        };
        let state = State::Item {
            marker,
            opened: false,
        };
        self.push(tag, state);
    }

    /// Closes the item of the same list that is still open.
    pub(super) fn close_item_before(&mut self) {
        let place = self.open.iter().rposition(|open| {
            matches!(
                open.state,
                State::Item { .. } | State::List { .. } | State::Quotation
            )
        });
        if let Some(place) = place
            && matches!(
                self.open.get(place),
                Some(Open {
                    state: State::Item { .. },
                    ..
                })
            )
        {
            self.close_down_to(place);
        }
    }

    /// A paragraph in an item that has no words yet: its list is not tight.
    pub(super) fn loosen_list(&mut self) {
        let mut innermost = self.open.iter_mut().rev();
        let in_item = innermost
            .next()
            .is_some_and(|open| matches!(open.state, State::Item { opened: false, .. }));
        if in_item
            && let Some(Open {
                state:
                    State::List {
                        tight,
                        opened: false,
                        ..
                    },
                ..
            }) = innermost.next()
        {
            *tight = false;
        }
    }

    pub(super) fn containers(&self) -> usize {
        let contains = |open: &&Open| {
            matches!(
                open.state,
                State::List { .. } | State::Item { .. } | State::Quotation
            )
        };
        self.open.iter().filter(contains).count()
    }

    /// Opens the lists and items that waited for words.
    pub(super) fn open_containers(&mut self) {
        for open in &mut self.open {
            match &mut open.state {
                State::List { tight, opened, .. } if !*opened => {
                    self.builder.open_list(*tight);
                    *opened = true;
                }
                State::Item { marker, opened } if !*opened => {
                    self.builder.open_item(*marker);
                    *opened = true;
                }
                _ => {}
            }
        }
    }
}
