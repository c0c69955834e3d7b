//! Where an overlay stands and what is seen of it: computed here once, and used by the drawing and by the mouse alike.

use super::glossary::lines_of_term;
use super::{App, Area, Overlay, OverlayLine};
use crate::text::cells;

/// An overlay in its place on the screen, with the lines that are in sight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Laid {
    /// All of it, with its frame.
    pub area: Area,
    /// The line that is typed, where there is one.
    pub line: Option<Area>,
    /// The lines below that.
    pub list: Area,
    /// The place of the first line in sight.
    pub first: usize,
    /// The lines in sight.
    pub lines: Vec<OverlayLine>,
    /// The cells of the widest left part of any line.
    pub left: u16,
}

/// How wide an overlay is at most, with its frame.
const WIDEST: usize = 90;
/// The columns of the frame and the blank beside it, at both ends.
const FRAME: usize = 4;
/// The columns left free beside an overlay, at both ends.
const BESIDE: u16 = 4;

/// The columns that the editor of a note has at least, where the screen has them.
const NARROWEST_NOTE: u16 = 50;

/// The columns that failures are told in: reasons are long.
const FAILURE_CELLS: usize = 86;

impl App {
    /// Returns where the overlay stands, centred, as large as its lines need and the screen allows, and what is seen of
    /// it.
    pub fn laid(&self, overlay: &Overlay) -> Laid {
        if let Overlay::Failures { of, top } = overlay {
            // There may be a hundred thousand: none is looked at but those in sight.
            let of = of.as_deref();
            let count = self.failures(of);
            let (area, line, list) = self.overlay_areas(FAILURE_CELLS, count, None);
            let height = usize::from(list.height).max(1);
            let first = (*top).min(count.saturating_sub(height));
            return Laid {
                area,
                line,
                list,
                first,
                lines: self.failure_lines(of, first..(first + height).min(count)),
                left: 0,
            };
        }
        if matches!(overlay, Overlay::Note(_)) {
            return self.note_laid();
        }
        let mut lines = self.overlay_lines(overlay);
        let widest = |part: fn(&OverlayLine) -> &str| {
            let widths = lines.iter().map(|line| cells::width(part(line)));
            widths.max().unwrap_or(0)
        };
        let left = widest(|line| &line.left);
        let wanted = left + widest(|line| &line.text) + 4;
        let (area, line, list) = self.overlay_areas(wanted, lines.len(), Some(overlay));
        let height = usize::from(list.height).max(1);
        let first = match overlay {
            // With a term what it means, as far as there is room.
            Overlay::Glossary { terms, selected } => {
                let of = lines_of_term(terms, self.glossary_measure(), *selected);
                of.end.saturating_sub(height).min(*selected)
            }
            Overlay::Help { top, .. } | Overlay::Why { top, .. } => {
                (*top).min(lines.len().saturating_sub(height))
            }
            other => other
                .selected()
                .map_or(0, |selected| (selected + 1).saturating_sub(height)),
        };
        lines.truncate(first + height);
        Laid {
            area,
            line,
            list,
            first,
            lines: lines.split_off(first.min(lines.len())),
            left: left as u16,
        }
    }

    /// Returns where the editor of a note stands: at the bottom, as wide as the page's text, so that what the note is on stays
    /// in sight.
    fn note_laid(&self) -> Laid {
        let (columns, rows) = self.size;
        let height = self.note_height();
        let page = self.page_area();
        let (x, width) = page.map_or((BESIDE / 2, columns.saturating_sub(BESIDE)), |page| {
            (page.x.saturating_sub(2), page.width + 4)
        });
        let width = width
            .clamp(NARROWEST_NOTE.min(columns), WIDEST as u16)
            .min(columns);
        let area = Area {
            x: x.min(columns - width),
            y: rows.saturating_sub(height + 1),
            width,
            height,
        };
        Laid {
            area,
            line: None,
            list: Area {
                x: area.x + 2,
                y: area.y + 1,
                width: width.saturating_sub(FRAME as u16),
                height: height.saturating_sub(2),
            },
            first: 0,
            lines: Vec::new(),
            left: 0,
        }
    }

    /// Returns how many rows the editor of a note takes, with its frame.
    pub(super) fn note_height(&self) -> u16 {
        (self.size.1 / 3).clamp(7, 14)
    }

    /// Returns how many cells a row of the editor of a note has.
    pub(super) fn note_room(&self) -> usize {
        usize::from(self.note_laid().list.width)
    }

    /// Returns how many cells a line of an overlay can have.
    pub(super) fn overlay_room(&self) -> usize {
        let columns = usize::from(self.size.0.saturating_sub(BESIDE));
        columns.min(WIDEST).saturating_sub(FRAME)
    }

    /// Returns where an overlay stands whose lines want so many cells, where its line, and where its lines.
    fn overlay_areas(
        &self,
        wanted: usize,
        lines: usize,
        overlay: Option<&Overlay>,
    ) -> (Area, Option<Area>, Area) {
        let (columns, rows) = self.size;
        let asks = overlay.is_some_and(|overlay| overlay.line().is_some());
        let least = match overlay {
            Some(Overlay::Form(_)) => 80,
            _ if asks => 60,
            _ => 30,
        };
        let width = (wanted + FRAME).clamp(least, WIDEST) as u16;
        let width = width.min(columns.saturating_sub(BESIDE));
        let inner = lines + usize::from(asks);
        let height = (inner + 2).min(usize::from(rows.saturating_sub(2))) as u16;
        let area = Area {
            x: (columns - width) / 2,
            y: (rows - height) / 3 + 1,
            width,
            height,
        };
        let inner = Area {
            x: area.x + 2,
            y: area.y + 1,
            width: width.saturating_sub(FRAME as u16),
            height: height.saturating_sub(2),
        };
        let line = asks.then_some(Area { height: 1, ..inner });
        (area, line, inner.below(u16::from(asks)))
    }
}
