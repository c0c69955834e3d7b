//! Glyphs to pieces of lines: words by the gaps between their letters, and a new piece where the gap is that of a
//! gutter or a column of a table.

use hayro_cmap::BfString;

use super::content::Glyph;
use super::face::Face;

/// The gap that parts words, in the size of the type. Kerning stays below a tenth; a justified line's blanks go down
/// to a fifth.
const WORD: f32 = 0.16;

/// The gap that parts pieces of a line: no justified line stretches its blanks so far.
const PIECE: f32 = 1.1;

/// How many pieces back a stray piece looks for its line: a formula's parts come out of order, but near.
const LOOK_BACK: usize = 48;

/// Words of one face.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Run {
    pub text: String,
    pub face: Face,
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

    /// Returns whether it stands on one line with another.
    pub fn is_level_with(&self, other: &Self) -> bool {
        let small = self.size.min(other.size);
        let large = self.size.max(other.size);
        (self.y - other.y).abs() < (small * 0.35).max((large - small).min(large * 0.45))
    }

    fn push(&mut self, text: &str, face: Face) {
        match self.runs.last_mut() {
            Some(run) if run.face == face || text.trim().is_empty() => run.text.push_str(text),
            _ => self.runs.push(Run {
                text: text.to_owned(),
                face,
            }),
        }
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

    /// Adds what stands to the right of it.
    fn join(&mut self, right: Self) {
        let size = self.size.max(right.size);
        if right.x0 - self.x1 > size * WORD && !self.ends_blank() && !right.starts_blank() {
            self.push(" ", Face::default());
        }
        if right.size > self.size {
            (self.y, self.size) = (right.y, right.size);
        }
        self.x1 = self.x1.max(right.x1);
        for run in right.runs {
            self.push(&run.text, run.face);
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
        let text = match &glyph.text {
            BfString::Char(c) => &*c.encode_utf8(&mut one),
            BfString::String(text) => text.as_str(),
        };
        if !sound || glyph.size < 0.5 || is_doubled(last, glyph) {
            continue;
        }
        let follows = last.is_some_and(|last| follows(last, glyph));
        match strokes.last_mut() {
            Some(piece) if follows => {
                let gap = glyph.x - piece.x1;
                if gap > glyph.size * WORD && !piece.ends_blank() && !text.trim().is_empty() {
                    piece.push(" ", glyph.face);
                }
                piece.push(text, glyph.face);
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
                }],
            }),
        }
        last = Some(glyph);
    }
    gather(strokes)
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

/// Joins pieces that stand on one line with no wide gap between, whatever the order in which they were drawn.
fn gather(mut strokes: Vec<Piece>) -> Vec<Piece> {
    // The order is that of the lines: a mark above the line comes with the line, not before it.
    strokes.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x0.total_cmp(&b.x0)));
    let mut rows: Vec<Vec<Piece>> = Vec::new();
    for piece in strokes {
        let from = rows.len().saturating_sub(LOOK_BACK);
        let near = rows.get_mut(from..).unwrap_or_default();
        let home = near.iter_mut().rev().find(|row| {
            row.iter()
                .max_by(|a, b| a.size.total_cmp(&b.size))
                .is_some_and(|tallest| piece.is_level_with(tallest))
        });
        match home {
            Some(row) if row.len() < 2_000 => row.push(piece),
            _ => rows.push(vec![piece]),
        }
    }
    let mut gathered: Vec<Piece> = Vec::new();
    for mut row in rows {
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
