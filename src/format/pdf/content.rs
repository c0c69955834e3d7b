//! What a page shows, as glyphs where they stand: the text operators of a content stream (ISO 32000-2, 9.4) and
//! nothing of its colours, paths and pictures.
//!
//! Guarantees: the work is bounded. Operators, glyphs and forms within forms are counted over the whole file; where
//! the budget is spent, the walk stops and what was seen stays.

use std::collections::HashMap;
use std::sync::Arc;

use hayro_cmap::BfString;
use hayro_font::{CMapResolverFn, Font, FontCache, FontGlyph, FontQuery, FontResolverFn};
use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream, String as Shown};
use hayro_syntax::page::{Page, Resources, Rotation};

use super::codes::{self, Codes};
use super::face::{self, Face};
use super::links::LinkId;
use super::matrix::Matrix;

/// How deep forms may stand within forms; real ones stand two or three deep.
const DEEPEST: u8 = 12;

/// How many graphics states may be saved at once: ISO 32000-1 asks readers for 28.
const MOST_SAVED: usize = 512;

/// How many characters a page has at least that lies on its side as a whole: more than a stamp in its margin.
const LYING: usize = 150;

/// A character as it stands on the page, in points from the upper left corner.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    pub x: f32,
    pub end: f32,
    /// The base line.
    pub y: f32,
    pub size: f32,
    pub text: BfString,
    pub face: Face,
    /// Where it leads.
    pub link: Option<LinkId>,
}

/// What may still be done for the file.
#[derive(Debug)]
pub(super) struct Budget {
    pub operators: u64,
    pub glyphs: u64,
    pub forms: u32,
    pub bytes: u64,
}

impl Budget {
    /// Returns the budget for a file of so many bytes.
    pub fn new(bytes: u64) -> Self {
        Self {
            operators: 60_000_000,
            glyphs: 20_000_000,
            forms: 200_000,
            bytes,
        }
    }

    /// Returns whether something is used up.
    pub fn is_spent(&self) -> bool {
        self.operators == 0 || self.glyphs == 0 || self.forms == 0 || self.bytes == 0
    }
}

/// The fonts of a file, each loaded once.
pub(super) struct Fonts<'a> {
    cache: FontCache<'a>,
    programs: FontResolverFn,
    cmaps: CMapResolverFn,
}

impl Fonts<'_> {
    /// Returns no fonts yet.
    pub fn new() -> Self {
        Self {
            cache: FontCache::new(),
            programs: Arc::new(|query| {
                Some(match query {
                    FontQuery::Standard(font) => font.get_font_data(),
                    FontQuery::Fallback(font) => font.pick_standard_font().get_font_data(),
                })
            }),
            cmaps: Arc::new(hayro_cmap::load_embedded),
        }
    }
}

/// A font with what it says of its letters.
#[derive(Clone)]
struct Loaded<'a> {
    font: Font<'a>,
    face: Face,
    codes: Codes,
}

/// What a page was seen to hold.
#[derive(Debug)]
pub(super) struct Seen {
    pub glyphs: Vec<Glyph>,
    /// What took them from the page to how it is read, where all of it lies on its side.
    pub to_reading: Matrix,
    /// The page is read with its width for its height.
    pub is_sideways: bool,
    /// How many characters have no meaning that the file tells.
    pub unknown: u64,
    /// It shows a picture.
    pub picture: bool,
}

/// What the text operators change.
#[derive(Clone)]
struct State<'a> {
    to_page: Matrix,
    text: Matrix,
    line: Matrix,
    font: Option<Loaded<'a>>,
    size: f64,
    character_space: f64,
    word_space: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
}

/// Walks through content streams.
pub(super) struct Walk<'w, 'a> {
    fonts: &'w Fonts<'a>,
    budget: &'w mut Budget,
    state: State<'a>,
    saved: Vec<State<'a>>,
    seen: Seen,
    /// The glyphs that do not run from left to right, by the quarter turn after which they do.
    turned: Vec<(Matrix, Vec<Glyph>)>,
    /// Width and height, in points.
    page_size: (f64, f64),
    depth: u8,
    /// For each marked content that is open, whether it is an artifact: a running header that says so.
    marked: Vec<bool>,
}

/// Returns what the page shows.
pub(super) fn of_page<'a>(page: &Page<'a>, fonts: &Fonts<'a>, budget: &mut Budget) -> Seen {
    let mut walk = Walk {
        fonts,
        budget,
        state: State {
            to_page: upright(page),
            text: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
            font: None,
            size: 1.0,
            character_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
        },
        saved: Vec::new(),
        seen: Seen {
            glyphs: Vec::new(),
            to_reading: Matrix::IDENTITY,
            is_sideways: false,
            unknown: 0,
            picture: false,
        },
        turned: Vec::new(),
        page_size: {
            let (width, height) = page.render_dimensions();
            (f64::from(width), f64::from(height))
        },
        depth: 0,
        marked: Vec::new(),
    };
    let content = streams(page, walk.budget);
    walk.stream(TypedIter::new(&content), page.resources());
    walk.settle()
}

/// Returns the content of a page, as far as the budget goes. The crate's own way keeps it for every page of the file.
fn streams(page: &Page<'_>, budget: &mut Budget) -> Vec<u8> {
    let mut content = Vec::new();
    let mut add = |stream: Stream<'_>| {
        if budget.bytes > 0
            && let Ok(bytes) = stream.decoded()
        {
            budget.bytes = budget.bytes.saturating_sub(bytes.len() as u64 + 1);
            content.extend_from_slice(&bytes);
            content.push(b' ');
        }
    };
    if let Some(one) = page.raw().get::<Stream<'_>>("Contents") {
        add(one);
    } else if let Some(many) = page.raw().get::<Array<'_>>("Contents") {
        many.iter::<Stream<'_>>().for_each(add);
    }
    content
}

/// Returns what takes a page's own coordinates to points from the upper left corner of the page as it is read.
pub(super) fn upright(page: &Page<'_>) -> Matrix {
    let shown = page.intersected_crop_box();
    let (width, height) = (shown.x1 - shown.x0, shown.y1 - shown.y0);
    let turn = match page.rotation() {
        Rotation::None => Matrix([1.0, 0.0, 0.0, -1.0, 0.0, height]),
        Rotation::Horizontal => Matrix([0.0, 1.0, 1.0, 0.0, 0.0, 0.0]),
        Rotation::Flipped => Matrix([-1.0, 0.0, 0.0, 1.0, width, 0.0]),
        Rotation::FlippedHorizontal => Matrix([0.0, -1.0, -1.0, 0.0, height, width]),
    };
    Matrix::translation(-shown.x0, -shown.y0).then(&turn)
}

impl<'a> Walk<'_, 'a> {
    fn stream(&mut self, mut operators: TypedIter<'_>, resources: &Resources<'a>) {
        let mut fonts: HashMap<Vec<u8>, Option<Loaded<'a>>> = HashMap::new();
        let (saved, marked) = (self.saved.len(), self.marked.len());
        while let Some(operator) = operators.next() {
            if self.budget.is_spent() {
                break;
            }
            self.budget.operators -= 1;
            match operator {
                TypedInstruction::SaveState(_) if self.saved.len() < MOST_SAVED => {
                    self.saved.push(self.state.clone());
                }
                TypedInstruction::RestoreState(_) if self.saved.len() > saved => {
                    self.state = self.saved.pop().unwrap_or_else(|| self.state.clone());
                }
                TypedInstruction::TextFont(set) => {
                    let font = fonts
                        .entry(set.0.as_ref().to_vec())
                        .or_insert_with(|| self.font(set.0, resources));
                    self.state.font.clone_from(font);
                    self.state.size = set.1.as_f64();
                }
                TypedInstruction::XObject(named) => self.object(named.0, resources),
                TypedInstruction::InlineImage(_) => self.seen.picture = true,
                other => self.text_operator(&other),
            }
        }
        self.saved.truncate(saved);
        self.marked.truncate(marked);
    }

    fn text_operator(&mut self, operator: &TypedInstruction<'_, '_>) {
        use TypedInstruction as Is;
        let state = &mut self.state;
        match operator {
            Is::Transform(m) => {
                let own = Matrix([&m.0, &m.1, &m.2, &m.3, &m.4, &m.5].map(Number::as_f64));
                state.to_page = own.then(&state.to_page);
            }
            Is::BeginText(_) => (state.text, state.line) = (Matrix::IDENTITY, Matrix::IDENTITY),
            Is::SetTextMatrix(m) => {
                state.line = Matrix([&m.0, &m.1, &m.2, &m.3, &m.4, &m.5].map(Number::as_f64));
                state.text = state.line;
            }
            Is::HorizontalScaling(by) => state.stretch = by.0.as_f64() / 100.0,
            Is::TextLeading(by) => state.leading = by.0.as_f64(),
            Is::CharacterSpacing(by) => state.character_space = by.0.as_f64(),
            Is::WordSpacing(by) => state.word_space = by.0.as_f64(),
            Is::TextRise(by) => state.rise = by.0.as_f64(),
            Is::NextLine(by) => state.next_line(by.0.as_f64(), by.1.as_f64()),
            Is::NextLineUsingLeading(_) => state.next_line(0.0, -state.leading),
            Is::NextLineAndSetLeading(by) => {
                state.leading = -by.1.as_f64();
                state.next_line(by.0.as_f64(), by.1.as_f64());
            }
            Is::ShowText(text) => self.show(text.0),
            Is::NextLineAndShowText(text) => {
                state.next_line(0.0, -state.leading);
                self.show(text.0);
            }
            Is::ShowTextWithParameters(text) => {
                state.word_space = text.0.as_f64();
                state.character_space = text.1.as_f64();
                state.next_line(0.0, -state.leading);
                self.show(text.2);
            }
            Is::ShowTexts(texts) => {
                for piece in texts.0.iter::<Object<'_>>() {
                    match piece {
                        Object::Number(by) => self.state.adjust(by.as_f64()),
                        Object::String(text) => self.show(&text),
                        _ => {}
                    }
                }
            }
            Is::BeginMarkedContent(mark) => self.mark(mark.0),
            Is::BeginMarkedContentWithProperties(mark) => self.mark(mark.0),
            Is::EndMarkedContent(_) => {
                self.marked.pop();
            }
            _ => {}
        }
    }

    fn mark(&mut self, tag: &Name<'_>) {
        if self.marked.len() < MOST_SAVED {
            self.marked.push(tag.as_ref() == b"Artifact");
        }
    }

    fn font(&self, name: &Name<'_>, resources: &Resources<'a>) -> Option<Loaded<'a>> {
        let dict = resources.get_font(name)?;
        let Fonts {
            cache,
            programs,
            cmaps,
        } = self.fonts;
        Some(Loaded {
            font: cache.font(&dict, programs, cmaps)?,
            face: face::of(&dict),
            codes: codes::of(&dict),
        })
    }

    /// Draws a form, or notes a picture.
    fn object(&mut self, name: &Name<'_>, resources: &Resources<'a>) {
        let Some(stream) = resources.get_x_object(name) else {
            return;
        };
        let dict = stream.dict();
        if dict.get::<Name<'_>>("Subtype").as_deref() != Some(b"Form".as_slice()) {
            self.seen.picture = true;
            return;
        }
        if self.depth >= DEEPEST {
            return;
        }
        let Ok(content) = stream.decoded() else {
            return;
        };
        self.budget.forms = self.budget.forms.saturating_sub(1);
        self.budget.bytes = self.budget.bytes.saturating_sub(content.len() as u64);
        let before = self.state.clone();
        if let Some(own) = dict.get::<[f64; 6]>("Matrix") {
            self.state.to_page = Matrix(own).then(&before.to_page);
        }
        let own = dict.get::<Dict<'_>>("Resources").map(Resources::new);
        self.depth += 1;
        let content: &[u8] = content.as_ref();
        self.stream(TypedIter::new(content), own.as_ref().unwrap_or(resources));
        self.depth -= 1;
        self.state = before;
    }

    fn keep(&mut self, turn: Matrix, glyph: Glyph) {
        if turn == Matrix::IDENTITY {
            return self.seen.glyphs.push(glyph);
        }
        match self.turned.iter_mut().find(|(other, _)| *other == turn) {
            Some((_, glyphs)) => glyphs.push(glyph),
            None => self.turned.push((turn, vec![glyph])),
        }
    }

    /// Returns what was seen, as it is read: what most of the page is turned by, all of it is.
    fn settle(mut self) -> Seen {
        let most = self
            .turned
            .into_iter()
            .max_by_key(|(_, glyphs)| glyphs.len());
        if let Some((turn, glyphs)) = most
            && glyphs.len() > LYING
            && glyphs.len() > self.seen.glyphs.len() * 2
        {
            let Matrix([along, ..]) = turn;
            self.seen.glyphs = glyphs;
            self.seen.to_reading = turn;
            self.seen.is_sideways = along == 0.0;
        }
        codes::settle(&mut self.seen.glyphs);
        self.seen
    }

    fn show(&mut self, text: &Shown<'_>) {
        let Some(Loaded { font, face, codes }) = self.state.font.clone() else {
            return;
        };
        let hidden = self.marked.contains(&true);
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() && !self.budget.is_spent() {
            self.budget.glyphs -= 1;
            let (code, length) = font.read_code(bytes, at);
            let length = length.max(1);
            at += length;
            let advance = font.code_advance(code);
            let state = &mut self.state;
            let before = state.place();
            let size = state.font_height();
            let spaces = state.character_space
                + if length == 1 && code == 32 {
                    state.word_space
                } else {
                    0.0
                };
            let (dx, dy, inked) = if font.is_horizontal() {
                let width = advance.x / 1000.0 * state.size;
                ((width + spaces) * state.stretch, 0.0, width * state.stretch)
            } else {
                (0.0, advance.y / 1000.0 * state.size + spaces, 0.0)
            };
            let end = state.point(inked, state.rise);
            let turn = Matrix::upright_from(state.direction(), self.page_size);
            state.text = Matrix::translation(dx, dy).then(&state.text);
            let Some(turn) = turn.filter(|_| !hidden) else {
                continue;
            };
            let unicode = match font.glyph(font.map_code(code), code) {
                FontGlyph::Outline(glyph) => glyph.as_unicode(),
                FontGlyph::Type3(glyph) => glyph.as_unicode(),
            };
            match unicode.or_else(|| codes.meaning(code)) {
                Some(text) => {
                    let (x, y) = turn.apply(before.0, before.1);
                    let glyph = Glyph {
                        x: x as f32,
                        end: turn.apply(end.0, end.1).0 as f32,
                        y: y as f32,
                        size: size as f32,
                        text,
                        face,
                        link: None,
                    };
                    self.keep(turn, glyph);
                }
                None => self.seen.unknown += 1,
            }
        }
    }
}

impl State<'_> {
    fn next_line(&mut self, x: f64, y: f64) {
        self.line = Matrix::translation(x, y).then(&self.line);
        self.text = self.line;
    }

    /// Moves back by thousandths of the font's size.
    fn adjust(&mut self, by: f64) {
        let by = -by / 1000.0 * self.size;
        let horizontal = self
            .font
            .as_ref()
            .is_none_or(|loaded| loaded.font.is_horizontal());
        let (x, y) = if horizontal {
            (by * self.stretch, 0.0)
        } else {
            (0.0, by)
        };
        self.text = Matrix::translation(x, y).then(&self.text);
    }

    fn point(&self, x: f64, y: f64) -> (f64, f64) {
        self.text.then(&self.to_page).apply(x, y)
    }

    fn place(&self) -> (f64, f64) {
        self.point(0.0, self.rise)
    }

    fn font_height(&self) -> f64 {
        let Matrix([_, _, c, d, _, _]) = self.text.then(&self.to_page);
        c.hypot(d) * self.size.abs()
    }

    /// Returns the direction in which the text runs on the page.
    fn direction(&self) -> (f64, f64) {
        let along = self.size.signum() * self.stretch.signum();
        self.text.then(&self.to_page).turn(along, 0.0)
    }
}
