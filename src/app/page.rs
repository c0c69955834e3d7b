//! The page: which document is open, which row is at the top, which hit is current, and where one has read before.
//!
//! The place is kept as a row only while the sheet stays as it is. Across a resize or a new light it is the byte of
//! the text at the top, which is the same at every width.

use super::Sheet;
use crate::document::{Anchor, DocumentId, NoteId, TextRange};
use crate::library::Face;
use crate::query::Expanded;

/// Where a document opens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Aim {
    /// At its first hit, or where reading stopped when there is none.
    #[default]
    FirstHit,
    /// At its last hit.
    LastHit,
    /// With this byte of the text at the top, and this hit current.
    At(u32, Option<usize>),
    /// With the hit that begins at this byte in sight, and current.
    Hit(u32),
    /// With its end in sight.
    End,
    /// With what this note is on in sight.
    Note(NoteId),
}

/// A document asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    /// Which document.
    pub id: DocumentId,
    /// Where it shall open.
    pub aim: Aim,
    /// What it shall be lit by.
    pub light: Expanded,
    /// The place that a link to it names: it opens there.
    pub destination: Option<String>,
    /// It is on the page already, and set again: where one is when it comes, one stays.
    pub again: bool,
}

/// A place one has read at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Which document.
    pub id: DocumentId,
    /// Where in it.
    pub aim: Aim,
}

/// The page.
#[derive(Debug, Default)]
pub struct Page {
    /// The document, set in rows. The last one stands until the next has come: no flicker.
    pub sheet: Option<Box<Sheet>>,
    /// The row at the top.
    pub top: usize,
    /// How far the text is shifted to the left, in cells, for lines wider than the page.
    pub shift: u16,
    /// The place among the hits of the current one.
    pub hit: Option<usize>,
    /// Which face of the document is wanted.
    pub face: Face,
    /// What is looked for in this document alone: by what was asked for last.
    pub find: Option<String>,
    /// What the sheet is lit by, where that was looked for in it alone.
    found: Option<String>,
    /// The number of the newest document asked for.
    pub generation: u64,
    /// What was asked for last.
    pub wanted: Option<Wanted>,
    /// What the sheet is lit by.
    pub light: Expanded,
    /// The byte at the top that a person scrolled to: setting the page again, however often, does not move it.
    held: Option<u32>,
    /// A document should open here as soon as its row has come.
    pub pending: Option<Aim>,
    /// Where one has been, newest last.
    pub back: Vec<Place>,
    /// Where one has come back from, newest last.
    pub forward: Vec<Place>,
}

impl Page {
    /// Returns the document on the page.
    pub fn id(&self) -> Option<DocumentId> {
        self.sheet.as_ref().map(|sheet| sheet.opened.id)
    }

    /// Returns the byte of the text at the top.
    pub fn offset(&self) -> u32 {
        let top = || {
            self.sheet
                .as_ref()
                .map_or(0, |sheet| sheet.offset_at(self.top))
        };
        self.held.unwrap_or_else(top)
    }

    /// Returns the byte of the text after the last that is in sight.
    pub fn end_in_sight(&self, height: usize) -> u32 {
        let below = self.top + height;
        self.sheet.as_ref().map_or(0, |sheet| {
            if below < sheet.rows() {
                sheet.offset_at(below)
            } else {
                sheet.body().text().len() as u32
            }
        })
    }

    /// Returns whether what stands is of the document that was asked for last.
    pub fn is_current(&self) -> bool {
        let wanted = self.wanted.as_ref();
        wanted.is_none_or(|wanted| Some(wanted.id) == self.id())
    }

    /// Returns the place on the page, for going back to it. A document that was asked for and has not come counts: who
    /// types ahead comes back through the same places as who waits.
    pub fn place(&self) -> Option<Place> {
        match &self.wanted {
            Some(wanted) if !self.is_current() => Some(Place {
                id: wanted.id,
                aim: wanted.aim,
            }),
            _ => self.id().map(|id| Place {
                id,
                aim: Aim::At(self.offset(), None),
            }),
        }
    }

    /// Returns where reading stopped, to be remembered.
    pub fn anchor(&self) -> Option<(DocumentId, Anchor)> {
        // A place among the changes is none in the text.
        let sheet = self
            .sheet
            .as_ref()
            .filter(|sheet| sheet.face() == Face::Text)?;
        Some((
            sheet.opened.id,
            Anchor::new(sheet.body().text(), self.offset()),
        ))
    }

    /// Returns where what is read is now, for a sheet of the same that was only set again.
    pub fn place_of_again(&self, sheet: &Sheet) -> Option<Aim> {
        self.wanted.as_ref().filter(|wanted| wanted.again)?;
        let here = self.sheet.as_ref().filter(|here| {
            (here.opened.id, here.opened.face) == (sheet.opened.id, sheet.opened.face)
        })?;
        // By another light the current hit may be one still, under another number.
        let current = self.hit.and_then(|hit| here.lit.get(hit));
        let hit = current.and_then(|hit| sheet.lit.iter().position(|other| other == hit));
        Some(Aim::At(self.offset(), hit))
    }

    /// Puts a document on the page, `height` rows of which are in sight.
    pub fn show(&mut self, sheet: Box<Sheet>, aim: Aim, height: usize) {
        if let Some(wanted) = &self.wanted {
            self.light.clone_from(&wanted.light);
        }
        self.found.clone_from(&self.find);
        let opened = Some(&sheet.opened).filter(|opened| opened.face == Face::Text);
        let kept = opened
            .map(|opened| &opened.marks)
            .and_then(|marks| marks.position.as_ref())
            .map(|anchor| anchor.find(sheet.body().text()));
        let hits = sheet.lit.len();
        if self.id() != Some(sheet.opened.id) {
            self.shift = 0;
        }
        self.sheet = Some(sheet);
        self.top = 0;
        self.hit = None;
        self.held = None;
        match aim {
            Aim::FirstHit if hits > 0 => self.go_to_hit(0, height),
            Aim::LastHit if hits > 0 => self.go_to_hit(hits - 1, height),
            Aim::End => self.top = self.last_top(height),
            Aim::Hit(at) => self.go_to_hit_at(at, height),
            Aim::Note(note) => {
                let row = self
                    .sheet
                    .as_ref()
                    .and_then(|sheet| sheet.row_of_note(note));
                // With some lines above it, for it has a context.
                let top = row.unwrap_or(0).saturating_sub(height / 4);
                self.top = top.min(self.last_top(height));
            }
            Aim::FirstHit | Aim::LastHit => self.go_to(kept.unwrap_or(0), height),
            Aim::At(at, hit) => {
                self.hit = hit.filter(|hit| *hit < hits);
                self.go_to(at, height);
                self.held = Some(at);
            }
        }
    }

    /// Returns the row at the top when the end is in sight.
    pub fn last_top(&self, height: usize) -> usize {
        self.sheet
            .as_ref()
            .map_or(0, |sheet| sheet.rows().saturating_sub(height))
    }

    /// Scrolls by so many rows, within the text.
    pub fn scroll(&mut self, rows: isize, height: usize) {
        self.held = None;
        self.top = self
            .top
            .saturating_add_signed(rows)
            .min(self.last_top(height));
    }

    /// Scrolls no further than the end, for a page that has become higher.
    pub fn settle(&mut self, height: usize) {
        self.top = self.top.min(self.last_top(height));
    }

    /// Puts the row of a byte at the top; the beginning of the text brings the head with it.
    pub fn go_to(&mut self, offset: u32, height: usize) {
        self.held = None;
        let row = self.sheet.as_ref().map_or(
            0,
            |sheet| if offset == 0 { 0 } else { sheet.row_at(offset) },
        );
        self.top = row.min(self.last_top(height));
    }

    /// Makes a hit current, and brings it into sight with some lines around it if it is not.
    pub fn go_to_hit(&mut self, hit: usize, height: usize) {
        let Some(row) = self
            .hit_range(hit)
            .zip(self.sheet.as_ref())
            .map(|(range, sheet)| sheet.row_at(range.start))
        else {
            return;
        };
        self.hit = Some(hit);
        self.held = None;
        let margin = (height / 6).min(3);
        if row < self.top + margin.min(self.top) || row + margin >= self.top + height {
            self.top = row.saturating_sub(height / 3).min(self.last_top(height));
        }
    }

    /// Makes the hit that begins at a byte current, else the first after it; where there is none, goes to the byte.
    pub fn go_to_hit_at(&mut self, at: u32, height: usize) {
        let hits = self.sheet.as_ref().map_or(&[][..], |sheet| &sheet.lit);
        let hit = hits.partition_point(|range| range.start < at);
        if hit < hits.len() {
            self.go_to_hit(hit, height);
        } else {
            self.go_to(at, height);
        }
    }

    /// Returns the range of a hit.
    pub fn hit_range(&self, hit: usize) -> Option<TextRange> {
        self.sheet.as_ref()?.lit.get(hit).copied()
    }

    /// Returns the hit after the current one, or where none is current the first from the top on; before it, when
    /// `backwards`. Nothing where there is none left in this document.
    pub fn next_hit(&self, backwards: bool) -> Option<usize> {
        let sheet = self.sheet.as_ref()?;
        let next = match (self.hit, backwards) {
            (Some(hit), false) => hit + 1,
            (Some(hit), true) => hit.checked_sub(1)?,
            (None, false) => sheet
                .lit
                .partition_point(|range| range.start < self.offset()),
            (None, true) => sheet
                .lit
                .partition_point(|range| range.start < self.offset())
                .checked_sub(1)?,
        };
        (next < sheet.lit.len()).then_some(next)
    }

    /// Keeps the sheet that stands, where what was asked for did not come.
    pub fn keep(&mut self) {
        let at = Aim::At(self.offset(), self.hit);
        self.find.clone_from(&self.found);
        self.face = self.sheet.as_ref().map_or(self.face, |sheet| sheet.face());
        self.wanted = self.id().map(|id| Wanted {
            id,
            aim: at,
            light: self.light.clone(),
            destination: None,
            again: false,
        });
    }

    /// Takes the document away; one that is still to come is not shown.
    pub fn clear(&mut self) {
        self.sheet = None;
        self.wanted = None;
        self.pending = None;
        self.find = None;
        self.generation += 1;
    }

    /// Notes where one is before going elsewhere.
    pub fn leave_trace(&mut self) {
        if let Some(place) = self.place() {
            self.back.push(place);
            self.forward.clear();
        }
    }
}
