//! The words taken in beside those typed: as chips in the first row, and as the lines of a list to switch them in.
//!
//! Computed here once, and used by the drawing and by the mouse alike. A chip has what is looked for; what is offered
//! and what was left out stand in the list alone.

use super::{App, OverlayLine, Pane, grouped};
use crate::library::Doubles;
use crate::query::{Origin, Sort, Taken};
use crate::text::{cells, sanitize};

/// The blank cells between the question, the chips and the count.
const GAP: usize = 3;

/// A word that was taken in, in its place in the first row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chip {
    /// The column where it begins.
    pub x: u16,
    /// What it says.
    pub text: String,
    /// Its place among what was taken in; none for the one that stands for all that do not fit.
    pub place: Option<usize>,
}

impl Chip {
    /// Returns the column after it.
    pub fn end(&self) -> u16 {
        self.x + cells::width(&self.text) as u16
    }
}

impl App {
    /// Returns how many of how many were found, and the order: as much of that as there is room for beside the field.
    pub fn count_told(&self) -> String {
        if !self.list.answered {
            return String::new();
        }
        let order = match self.list.sort {
            Sort::Newest => "newest",
            Sort::Oldest => "oldest",
            Sort::Title => "title",
            Sort::Source => "source",
            Sort::Longest => "longest",
            Sort::Shortest => "shortest",
            Sort::Relevance => "relevance",
        };
        // Of all as it would be shown: a whole list is not less than all because doubles are folded.
        let folded = match self.doubles {
            Doubles::Folded => self.coverage.folded,
            Doubles::Apart => 0,
        };
        let found = self.list.found_told();
        let all = grouped(self.coverage.searchable.saturating_sub(folded));
        let room = self.geometry().map_or(0, |geometry| geometry.count_room());
        let told = [
            format!("{found} of {all} · {order}"),
            format!("{found} of {all}"),
        ];
        let mut told = told.into_iter();
        told.find(|told| cells::width(told) <= room)
            .unwrap_or(found)
    }

    /// Returns the chips of the first row, from left to right, as many as fit between the question and the count.
    pub fn chips(&self) -> Vec<Chip> {
        let Some(geometry) = self.geometry() else {
            return Vec::new();
        };
        let texts = chip_texts(&self.light.taken);
        let (typed, _) = self.field.window(usize::from(geometry.field.width));
        let cursor = usize::from(self.focus == Pane::Field);
        let from = usize::from(geometry.field.x) + cells::width(typed).max(cursor) + GAP;
        let to =
            usize::from(self.size.0).saturating_sub(cells::width(&self.count_told()) + 1 + GAP);
        laid_out(texts, from, to)
    }

    /// Returns the lines of the list of words taken in, offered and left out.
    pub(super) fn taken_lines(&self) -> Vec<OverlayLine> {
        let line = |taken: &Taken| {
            let Taken { typed, words, .. } = taken;
            let text = match taken.origin {
                Origin::Spelling => format!("{words} · for {typed}, which is in no document"),
                Origin::Related => format!("{words} · related to {typed}"),
                _ => format!("{words} · for {typed}"),
            };
            OverlayLine {
                left: if taken.on { "[x]" } else { "[ ]" }.to_owned(),
                ..OverlayLine::text(sanitize::clean(&text).into_owned())
            }
        };
        self.light.taken.iter().map(line).collect()
    }
}

/// Returns what each chip says, with its place; the blank or sign before it is its own.
fn chip_texts(taken: &[Taken]) -> Vec<(String, Option<usize>)> {
    let mut texts = Vec::new();
    let mut before: Option<&Taken> = None;
    for (place, taken) in taken.iter().enumerate().filter(|(_, taken)| taken.on) {
        let goes_on = before
            .is_some_and(|before| before.typed == taken.typed && before.origin != Origin::Spelling);
        let text = match taken.origin {
            Origin::Spelling => format!("{} → {}", taken.typed, taken.words),
            _ if goes_on => format!(", {}", taken.words),
            _ => format!("+ {}", taken.words),
        };
        let text = if before.is_some() && !goes_on {
            format!("  {text}")
        } else {
            text
        };
        texts.push((sanitize::clean(&text).into_owned(), Some(place)));
        before = Some(taken);
    }
    texts
}

/// Lays chips out from the left, at the right end of the room; what does not fit is counted in the last.
fn laid_out(mut texts: Vec<(String, Option<usize>)>, from: usize, to: usize) -> Vec<Chip> {
    let room = to.saturating_sub(from);
    let all = texts.len();
    let width = |texts: &[(String, Option<usize>)]| -> usize {
        texts.iter().map(|(text, _)| cells::width(text)).sum()
    };
    while width(&texts) > room {
        if texts.last().is_some_and(|(_, place)| place.is_none()) {
            texts.pop();
        }
        if texts.pop().is_none() {
            return Vec::new();
        }
        let left = all - texts.len();
        let blank = if texts.is_empty() { "" } else { " " };
        texts.push((format!("{blank}+{left}"), None));
    }
    let mut x = to - width(&texts);
    let chips = texts.into_iter().map(|(text, place)| {
        let at = x as u16;
        x += cells::width(&text);
        Chip { x: at, text, place }
    });
    chips.collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn taken(typed: &str, words: &str, origin: Origin, on: bool) -> Taken {
        Taken {
            typed: typed.to_owned(),
            words: words.to_owned(),
            origin,
            on,
        }
    }

    fn some() -> Vec<Taken> {
        vec![
            taken("comissioners", "commissioners", Origin::Spelling, true),
            taken("third sector", "voluntary sector", Origin::Same, true),
            taken("third sector", "VCS", Origin::Same, true),
            taken("third sector", "VCSE", Origin::Same, false),
            taken("third sector", "civil society", Origin::Related, false),
            taken("tupe", "staff transfer", Origin::Same, true),
        ]
    }

    fn row(room: usize) -> String {
        let chips = laid_out(chip_texts(&some()), 0, room);
        chips.iter().map(|chip| chip.text.as_str()).collect()
    }

    #[test]
    fn what_is_looked_for_stands_in_a_row_and_what_does_not_fit_is_counted() {
        assert_eq!(
            row(90),
            "comissioners → commissioners  + voluntary sector, VCS  + staff transfer"
        );
        assert_eq!(
            row(60),
            "comissioners → commissioners  + voluntary sector, VCS +1"
        );
        assert_eq!(row(40), "comissioners → commissioners +3");
        assert_eq!(row(12), "+4");
        assert_eq!(row(1), "");
        assert_eq!(laid_out(Vec::new(), 0, 50), []);
    }

    proptest! {
        #[test]
        fn chips_stand_side_by_side_within_the_room(from in 0_usize..80, to in 0_usize..160) {
            let mut reached = from;
            for chip in laid_out(chip_texts(&some()), from, to) {
                prop_assert!(usize::from(chip.x) >= reached);
                reached = usize::from(chip.end());
                prop_assert!(reached <= to);
            }
        }
    }
}
