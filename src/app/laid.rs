//! Where an overlay stands and what is seen of it: computed here once, and used by the drawing and by the mouse alike.

use std::ops::Range;

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
    /// The place of the first line in sight when the end is.
    pub last: usize,
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

/// The cells that lines of a long overlay are told in.
const LONG_CELLS: usize = 86;

/// How many lines of an outline, and how many links, are measured, to be laid out as wide as they need. More of them
/// have [`LONG_CELLS`]: to measure thousands at every key takes longer than a key may.
const MEASURED: usize = 500;

/// What an overlay lists, as far as its place on the screen goes by it.
struct Listed {
    /// The lines, where they were made to be counted and measured.
    made: Option<Vec<OverlayLine>>,
    count: usize,
    /// The cells of the widest left part.
    left: usize,
    /// The cells of the widest line.
    cells: usize,
}

impl Listed {
    fn of(app: &App, overlay: &Overlay) -> Self {
        let long = app.long(overlay);
        let is_measured = |count: &usize| *count <= MEASURED;
        let is_told_wide = matches!(overlay, Overlay::Failures { .. });
        if let Some(count) = long.filter(|count| is_told_wide || !is_measured(count)) {
            let numbered = matches!(overlay, Overlay::Links { .. });
            return Self {
                made: None,
                count,
                left: if numbered { count.to_string().len() } else { 0 },
                cells: LONG_CELLS,
            };
        }
        let lines = app.overlay_lines(overlay);
        let widest = |part: fn(&OverlayLine) -> &str| {
            let widths = lines.iter().map(|line| cells::width(part(line)));
            widths.max().unwrap_or(0)
        };
        let left = widest(|line| &line.left);
        Self {
            count: lines.len(),
            left,
            cells: left + widest(|line| &line.text) + 4,
            made: Some(lines),
        }
    }

    fn lines(self, app: &App, overlay: &Overlay, lines: Range<usize>) -> Vec<OverlayLine> {
        match self.made {
            Some(made) => made.into_iter().take(lines.end).skip(lines.start).collect(),
            None => app.long_lines(overlay, lines.start..lines.end.min(self.count)),
        }
    }
}

impl App {
    /// Returns where the overlay stands, centred, as large as its lines need and the screen allows, and what is seen of
    /// it.
    pub fn laid(&self, overlay: &Overlay) -> Laid {
        if matches!(overlay, Overlay::Note(_)) {
            return self.note_laid();
        }
        let listed = Listed::of(self, overlay);
        let (area, line, list) = self.overlay_areas(&listed, overlay);
        let height = usize::from(list.height).max(1);
        let lowest = listed.count.saturating_sub(height);
        let first = match overlay {
            // With a term what it means, as far as there is room.
            Overlay::Glossary { terms, selected } => {
                let of = lines_of_term(terms, self.glossary_measure(), *selected);
                of.end.saturating_sub(height).min(*selected)
            }
            Overlay::Help { top, .. }
            | Overlay::Failures { top, .. }
            | Overlay::Why { top, .. } => (*top).min(lowest),
            other => other
                .selected()
                .map_or(0, |selected| (selected + 1).saturating_sub(height)),
        };
        Laid {
            area,
            line,
            list,
            first,
            last: lowest,
            left: listed.left as u16,
            lines: listed.lines(self, overlay, first..first + height),
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
            last: 0,
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

    /// Returns the place of the last line of an overlay.
    pub(super) fn last_overlay_line(&self, overlay: &Overlay) -> usize {
        let count = self.long(overlay);
        let count = count.unwrap_or_else(|| self.overlay_lines(overlay).len());
        count.saturating_sub(1)
    }

    /// Returns how many cells a line of an overlay can have.
    pub(super) fn overlay_room(&self) -> usize {
        let columns = usize::from(self.size.0.saturating_sub(BESIDE));
        columns.min(WIDEST).saturating_sub(FRAME)
    }

    /// Returns where an overlay stands, where its line, and where its lines.
    fn overlay_areas(&self, listed: &Listed, overlay: &Overlay) -> (Area, Option<Area>, Area) {
        let (columns, rows) = self.size;
        let asks = overlay.line().is_some();
        let least = match overlay {
            Overlay::Form(_) => 80,
            _ if asks => 60,
            _ => 30,
        };
        let width = (listed.cells + FRAME).clamp(least, WIDEST) as u16;
        let width = width.min(columns.saturating_sub(BESIDE));
        let inner = listed.count + usize::from(asks);
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
