//! Glyphs to pieces of lines: words by the gaps between their letters, and a new piece where the gap is that of a
//! gutter or a column of a table.

use hayro_cmap::BfString;

use super::bidi;
use super::content::Glyph;
use super::face::Face;
use super::links::LinkId;
use crate::format::scripts;

/// The gap that parts words, in the size of the type. Kerning stays below a tenth; a justified line's blanks go down
/// to a fifth.
const WORD: f32 = 0.16;

/// The gap that parts pieces of a line: no justified line stretches its blanks so far.
const PIECE: f32 = 1.1;

/// How large the type of a sign that is raised beside its word is at most, and how far it is raised at least, in the
/// size of the word's type. Browsers print such signs at eight ninths of it (CSS, `font-size: smaller`).
const SMALL: f32 = 0.92;
const RAISED: f32 = 0.2;

/// How many pieces back a stray piece looks for its line: a formula's parts come out of order, but near.
const LOOK_BACK: usize = 48;

/// Words of one face that lead to one place.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Run {
    pub text: String,
    pub face: Face,
    pub link: Option<LinkId>,
}

/// A piece of a line, without a wide gap in it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    pub x0: f32,
    pub x1: f32,
    /// The base line.
    pub y: f32,
    pub size: f32,
    pub runs: Vec<Run>,
}

impl Piece {
    /// Returns its words.
    pub fn text(&self) -> String {
        self.runs.iter().map(|run| run.text.as_str()).collect()
    }

    /// Returns how many characters it has.
    pub fn length(&self) -> usize {
        self.runs.iter().map(|run| run.text.chars().count()).sum()
    }

    /// Returns whether it stands on one line with what has this base line and this size.
    pub fn is_level_at(&self, other: (f32, f32)) -> bool {
        are_level((self.y, self.size), other)
    }

    /// Returns whether it is printed over another that says the same: to look bold, or once for each part of a drawing.
    fn is_over(&self, other: &Self) -> bool {
        let hair = self.size * 0.08;
        (self.x0 - other.x0).abs() < hair
            && (self.y - other.y).abs() < hair
            && self.runs == other.runs
    }

    /// Returns how far the two stand apart along the line; less than nothing where they overlap.
    fn gap_to(&self, other: &Self) -> f32 {
        (self.x0 - other.x1).max(other.x0 - self.x1)
    }

    /// Returns whether one of the two is a raised or lowered sign of the other, which it stands close to: the sign of a
    /// note, an exponent.
    fn is_script_of(&self, other: &Self) -> bool {
        let (small, large) = if self.size < other.size {
            (self, other)
        } else {
            (other, self)
        };
        let raised = large.y - small.y;
        let gap = small.gap_to(large);
        small.size < large.size * SMALL
            && raised > large.size * -0.3
            && raised < large.size * 0.6
            && gap < large.size * 0.5
            && gap > large.size * -0.5
    }

    fn push(&mut self, text: &str, face: Face, link: Option<LinkId>) {
        match self.runs.last_mut() {
            Some(run) if run.face == face && run.link == link => run.text.push_str(text),
            Some(run) if text.trim().is_empty() && run.link.is_none() => run.text.push_str(text),
            _ => self.runs.push(Run {
                text: text.to_owned(),
                face,
                link,
            }),
        }
    }

    /// Adds the blank before what leads to `next`; one between two words of a link is the link's.
    fn push_blank(&mut self, next: Option<LinkId>) {
        let last = self.runs.last();
        let face = last.map(|run| run.face).unwrap_or_default();
        let link = last
            .and_then(|run| run.link)
            .filter(|_| last.is_some_and(|run| run.link == next));
        self.push(" ", face, link);
    }

    fn ends_blank(&self) -> bool {
        self.runs
            .last()
            .is_none_or(|run| run.text.ends_with(char::is_whitespace))
    }

    fn starts_blank(&self) -> bool {
        self.runs
            .first()
            .is_none_or(|run| run.text.starts_with(char::is_whitespace))
    }

    /// Sets above the line what is set small above the base line of `other`, where there are letters for it: it is no part
    /// of the word or number that it stands by.
    fn raise_beside(&mut self, other: &Self) {
        let raised = other.y - self.y;
        if self.size > other.size * SMALL || raised < other.size * RAISED {
            return;
        }
        let Some(raised) = scripts::raised(&self.text()) else {
            return;
        };
        let mut letters = raised.chars();
        for run in &mut self.runs {
            let length = run.text.chars().count();
            run.text = letters.by_ref().take(length).collect();
        }
    }

    /// Adds what stands to the right of it.
    fn join(&mut self, mut right: Self) {
        let size = self.size.max(right.size);
        right.raise_beside(self);
        self.raise_beside(&right);
        if right.x0 - self.x1 > size * WORD && !self.ends_blank() && !right.starts_blank() {
            self.push_blank(right.runs.first().and_then(|run| run.link));
        }
        if right.size > self.size {
            (self.y, self.size) = (right.y, right.size);
        }
        self.x1 = self.x1.max(right.x1);
        for run in right.runs {
            self.push(&run.text, run.face, run.link);
        }
    }
}

/// Returns the pieces of lines that a page's glyphs make.
pub(super) fn pieces(glyphs: &[Glyph]) -> Vec<Piece> {
    let mut strokes: Vec<Piece> = Vec::new();
    let mut last: Option<&Glyph> = None;
    for glyph in glyphs {
        let sound = [glyph.x, glyph.end, glyph.y, glyph.size]
            .iter()
            .all(|number| number.is_finite() && number.abs() < 1e6);
        let mut one = [0; 4];
        let seen;
        let text = match &glyph.text {
            BfString::Char(c) => ligature(*c).unwrap_or_else(|| c.encode_utf8(&mut one)),
            BfString::String(text) => {
                seen = bidi::as_seen(text);
                seen.as_ref()
            }
        };
        if !sound || glyph.size < 0.5 || is_doubled(last, glyph) {
            continue;
        }
        let follows = last.is_some_and(|last| follows(last, glyph));
        match strokes.last_mut() {
            Some(piece) if follows => {
                let gap = glyph.x - piece.x1;
                if gap > glyph.size * WORD && !piece.ends_blank() && !text.trim().is_empty() {
                    piece.push_blank(glyph.link);
                }
                piece.push(text, glyph.face, glyph.link);
                piece.x1 = piece.x1.max(glyph.end);
            }
            _ if text.trim().is_empty() => continue,
            _ => strokes.push(Piece {
                x0: glyph.x,
                x1: glyph.end,
                y: glyph.y,
                size: glyph.size,
                runs: vec![Run {
                    text: text.to_owned(),
                    face: glyph.face,
                    link: glyph.link,
                }],
            }),
        }
        last = Some(glyph);
    }
    gather(strokes)
}

/// Returns the letters that a ligature of Latin letters stands for (Unicode, U+FB00 to U+FB06): it is type, not text.
fn ligature(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{fb00}' => "ff",
        '\u{fb01}' => "fi",
        '\u{fb02}' => "fl",
        '\u{fb03}' => "ffi",
        '\u{fb04}' => "ffl",
        '\u{fb05}' | '\u{fb06}' => "st",
        _ => return None,
    })
}

/// Returns whether a glyph is printed a second time, a hair aside, to look bold.
fn is_doubled(last: Option<&Glyph>, glyph: &Glyph) -> bool {
    last.is_some_and(|last| {
        let hair = glyph.size * 0.08;
        last.text == glyph.text
            && last.end - last.x > hair * 2.0
            && (last.x - glyph.x).abs() < hair
            && (last.y - glyph.y).abs() < hair
    })
}

fn follows(last: &Glyph, glyph: &Glyph) -> bool {
    let gap = glyph.x - last.end;
    (last.y - glyph.y).abs() < glyph.size * 0.05
        && (last.size - glyph.size).abs() < glyph.size * 0.05
        && gap > -glyph.size * 0.4
        && gap < glyph.size * PIECE
}

/// Pieces that are level, while they are gathered.
struct Home {
    /// The base line and the size of the piece of the largest type.
    y: f32,
    size: f32,
    pieces: Vec<Piece>,
}

impl Home {
    fn push(&mut self, piece: Piece) {
        if piece.size > self.size {
            (self.y, self.size) = (piece.y, piece.size);
        }
        self.pieces.push(piece);
    }

    fn is_level_with(&self, piece: &Piece) -> bool {
        are_level((self.y, self.size), (piece.y, piece.size))
    }

    /// Returns whether a piece is level with the line and touches it, or is a sign raised or lowered beside it.
    fn holds(&self, piece: &Piece) -> bool {
        let size = self.size.max(piece.size);
        if (self.y - piece.y).abs() > size {
            return false;
        }
        let level = self.is_level_with(piece);
        let near = self.pieces.iter().rev().take(LOOK_BACK);
        near.into_iter()
            .any(|other| level && piece.gap_to(other) < size * PIECE || piece.is_script_of(other))
    }
}

fn are_level((y, size): (f32, f32), (other_y, other_size): (f32, f32)) -> bool {
    let small = size.min(other_size);
    let large = size.max(other_size);
    (y - other_y).abs() < (small * 0.35).max((large - small).min(large * 0.45))
}

/// Joins pieces that stand on one line with no wide gap between, whatever the order in which they were drawn.
fn gather(mut strokes: Vec<Piece>) -> Vec<Piece> {
    // The order is that of the lines: a mark above the line comes with the line, not before it.
    strokes.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x0.total_cmp(&b.x0)));
    strokes.dedup_by(|later, earlier| later.is_over(earlier));
    let mut rows: Vec<Home> = Vec::new();
    for piece in strokes {
        let from = rows.len().saturating_sub(LOOK_BACK);
        let near = rows.get(from..).unwrap_or_default();
        // The lines of two columns may stand nearly level: a piece belongs to the one that it touches.
        let touched = near.iter().rposition(|row| row.holds(&piece));
        let place = touched.or_else(|| near.iter().rposition(|row| row.is_level_with(&piece)));
        match place.and_then(|place| rows.get_mut(from + place)) {
            Some(row) if row.pieces.len() < 2_000 => row.push(piece),
            _ => rows.push(Home {
                y: piece.y,
                size: piece.size,
                pieces: vec![piece],
            }),
        }
    }
    let mut gathered: Vec<Piece> = Vec::new();
    for Home {
        pieces: mut row, ..
    } in rows
    {
        row.sort_by(|a, b| a.x0.total_cmp(&b.x0));
        let mut open: Option<Piece> = None;
        for piece in row {
            match &mut open {
                Some(left) if joins(left, &piece) => left.join(piece),
                _ => gathered.extend(open.replace(piece)),
            }
        }
        gathered.extend(open);
    }
    for piece in &mut gathered {
        bidi::to_reading(&mut piece.runs);
        if let Some(last) = piece.runs.last_mut() {
            last.text.truncate(last.text.trim_end().len());
        }
    }
    gathered
}

fn joins(left: &Piece, right: &Piece) -> bool {
    let size = left.size.max(right.size);
    right.x0 - left.x1 < size * PIECE
}
