//! What a page shows, as glyphs where they stand: the text operators of a content stream (ISO 32000-2, 9.4) and
//! nothing of its colours, paths and pictures.
//!
//! Guarantees: the work is bounded. Operators, glyphs and forms within forms are counted over the whole file; where
//! the budget is spent, the walk stops and what was seen stays.

use std::collections::HashMap;
use std::sync::Arc;

use hayro_cmap::BfString;
use hayro_font::{CMapResolverFn, FontCache, FontGlyph, FontQuery, FontResolverFn};
use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream, String as Shown};
use hayro_syntax::page::{Page, Resources, Rotation};

use super::bomb;
use super::budget::Budget;
use super::codes;
use super::face::{self, Face};
use super::links::LinkId;
use super::marks::{Instead, Mark, actual_text};
use super::matrix::Matrix;
use super::state::{Loaded, State};
use super::type3;

/// How deep forms may stand within forms; real ones stand two or three deep.
const DEEPEST: u8 = 12;

/// How many graphics states may be saved at once: ISO 32000-1 asks readers for 28.
const MOST_SAVED: usize = 512;

/// How many characters of a page are read: a spread of a newspaper has a thirtieth. Each costs some hundred bytes while
/// its page is put into lines.
const MOST_OF_PAGE: usize = 1_000_000;

/// How wide and how high a page is at least where what stands beyond it is cut off, in points: an odd box is no page.
const PAGE: f64 = 36.0;

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
    /// How many stand in lines from the top to the bottom on a page where most do not; they are left out.
    pub downward: usize,
    /// It shows a picture.
    pub picture: bool,
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
    marked: Vec<Mark>,
    /// How many characters of the page were shown, and how many of those run from the top to the bottom.
    shown: usize,
    downward: usize,
    /// Where the last character ends that was kept.
    end: (f64, f64),
}

/// Returns what the page shows.
pub(super) fn of_page<'a>(page: &Page<'a>, fonts: &Fonts<'a>, budget: &mut Budget) -> Seen {
    let mut walk = Walk {
        fonts,
        budget,
        state: State::new(upright(page)),
        saved: Vec::new(),
        seen: Seen {
            glyphs: Vec::new(),
            to_reading: Matrix::IDENTITY,
            is_sideways: false,
            unknown: 0,
            downward: 0,
            picture: false,
        },
        turned: Vec::new(),
        page_size: {
            let (width, height) = page.render_dimensions();
            (f64::from(width), f64::from(height))
        },
        depth: 0,
        marked: Vec::new(),
        shown: 0,
        downward: 0,
        end: (f64::NAN, f64::NAN),
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
            && let Some(bytes) = bomb::opened(&stream, budget)
        {
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
                TypedInstruction::BeginMarkedContent(mark) => self.mark(mark.0, None),
                TypedInstruction::BeginMarkedContentWithProperties(mark) => {
                    let text = actual_text(mark.1, resources);
                    self.mark(mark.0, text);
                }
                other => self.text_operator(&other),
            }
        }
        self.saved.truncate(saved);
        self.close_marks(marked);
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
            Is::TextRenderingMode(mode) => state.unseen = (mode.0.as_f64() - 3.0).abs() < 0.5,
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
            Is::EndMarkedContent(_) => self.close_marks(self.marked.len().saturating_sub(1)),
            _ => {}
        }
    }

    fn mark(&mut self, tag: &Name<'_>, text: Option<String>) {
        if self.marked.len() >= MOST_SAVED {
            return;
        }
        // One text may be named again and again.
        let length = text.as_ref().map_or(0, String::len);
        self.budget.bytes = self.budget.bytes.saturating_sub(length as u64);
        self.marked.push(Mark {
            is_artifact: tag.as_ref() == b"Artifact",
            instead: text.map(|text| Instead { text, place: None }),
        });
    }

    /// Closes what is marked until so much is left open.
    fn close_marks(&mut self, left: usize) {
        while self.marked.len() > left {
            let mark = self.marked.pop();
            let place = mark.and_then(|mark| mark.instead?.place);
            if let Some((turn, glyph)) = place
                && !matches!(&glyph.text, BfString::String(text) if text.is_empty())
            {
                self.keep(turn, glyph);
            }
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
            height: type3::height(&dict),
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
        let Some(content) = bomb::opened(&stream, self.budget) else {
            return;
        };
        self.budget.forms = self.budget.forms.saturating_sub(1);
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
        let upright = self.seen.glyphs.len();
        // Writing that runs downward is no stamp: it is read where there is more of it than of other.
        let least = if self.downward > upright {
            upright
        } else {
            LYING.max(upright * 2)
        };
        match most {
            Some((turn, glyphs)) if glyphs.len() > least => {
                let Matrix([along, ..]) = turn;
                self.seen.glyphs = glyphs;
                self.seen.to_reading = turn;
                self.seen.is_sideways = along == 0.0;
            }
            _ => self.seen.downward = self.downward,
        }
        codes::settle(&mut self.seen.glyphs);
        self.seen
    }

    fn show(&mut self, text: &Shown<'_>) {
        let Some(loaded) = self.state.font.clone() else {
            return;
        };
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() && !self.budget.is_spent() {
            if self.shown >= MOST_OF_PAGE {
                self.budget.cut = true;
                break;
            }
            self.shown += 1;
            self.budget.glyphs -= 1;
            let (code, length) = loaded.font.read_code(bytes, at);
            let length = length.max(1);
            at += length;
            let is_blank = length == 1 && code == 32;
            let (start, end) = self.state.advance(&loaded, code, is_blank);
            self.place(&loaded, code, (start, end));
        }
    }

    /// Keeps what a code shows between two points of the page.
    fn place(&mut self, loaded: &Loaded<'a>, code: u32, (start, end): ((f64, f64), (f64, f64))) {
        let Loaded {
            font, face, codes, ..
        } = loaded;
        let size = self.state.font_height();
        let hidden = self.marked.iter().any(|mark| mark.is_artifact);
        let turn = Matrix::upright_from(self.state.direction(), self.page_size);
        let Some(turn) = turn.filter(|_| !hidden && self.is_within(start, end, size)) else {
            return;
        };
        self.end = end;
        let (x, y) = turn.apply(start.0, start.1);
        let mut glyph = Glyph {
            x: x as f32,
            end: turn.apply(end.0, end.1).0 as f32,
            y: y as f32,
            size: size as f32,
            text: BfString::Char(' '),
            face: Face {
                mono: face.mono && !self.state.unseen,
                ..*face
            },
            link: None,
        };
        let mut marks = self.marked.iter_mut();
        if let Some(instead) = marks.find_map(|mark| mark.instead.as_mut()) {
            return instead.cover(turn, &glyph);
        }
        let unicode = match font.glyph(font.map_code(code), code) {
            FontGlyph::Outline(glyph) => glyph.as_unicode(),
            FontGlyph::Type3(glyph) => glyph.as_unicode(),
        };
        match unicode.or_else(|| codes.meaning(code)) {
            Some(text) => {
                glyph.text = text;
                self.downward += usize::from(!font.is_horizontal());
                self.keep(turn, glyph);
            }
            None => self.seen.unknown += 1,
        }
    }

    /// Returns whether what stands between two points is on the page: a crop box cuts a spread in two, and cuts off what
    /// the printer needs alone (ISO 32000-2, 14.11.2). A line that begins on the page and runs over its edge, such as a
    /// long address, is text nevertheless.
    fn is_within(&self, start: (f64, f64), end: (f64, f64), size: f64) -> bool {
        let (width, height) = self.page_size;
        let (x, y) = (f64::midpoint(start.0, end.0), f64::midpoint(start.1, end.1));
        let is_beyond = x < 0.0 || x > width || y < 0.0 || y > height;
        let goes_on = (start.0 - self.end.0).hypot(start.1 - self.end.1) < size;
        !is_beyond || goes_on || width < PAGE || height < PAGE
    }
}
