//! What the text operators change (ISO 32000-2, 9.3 and 9.4): where the next character stands, and how.

use hayro_font::Font;

use super::codes::Codes;
use super::face::Face;
use super::matrix::Matrix;

/// A font with what it says of its letters.
#[derive(Clone)]
pub(super) struct Loaded<'a> {
    pub font: Font<'a>,
    pub face: Face,
    pub codes: Codes,
    /// The height of its letters at size 1.
    pub height: f64,
}

/// What the text operators change.
#[derive(Clone)]
pub(super) struct State<'a> {
    pub to_page: Matrix,
    pub text: Matrix,
    pub line: Matrix,
    pub font: Option<Loaded<'a>>,
    pub size: f64,
    pub character_space: f64,
    pub word_space: f64,
    pub stretch: f64,
    pub leading: f64,
    pub rise: f64,
    /// Text is not seen (ISO 32000-2, 9.3.6): it was laid over a picture of itself.
    pub unseen: bool,
}

impl State<'_> {
    /// Returns that with which a page begins.
    pub fn new(to_page: Matrix) -> Self {
        Self {
            to_page,
            text: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
            font: None,
            size: 1.0,
            character_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            unseen: false,
        }
    }

    /// Goes to a line that begins so far from where this one does.
    pub fn next_line(&mut self, x: f64, y: f64) {
        self.line = Matrix::translation(x, y).then(&self.line);
        self.text = self.line;
    }

    /// Moves back by thousandths of the font's size.
    pub fn adjust(&mut self, by: f64) {
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

    /// Moves on by what a code shows, and returns where that begins and ends on the page.
    pub fn advance(
        &mut self,
        loaded: &Loaded<'_>,
        code: u32,
        is_blank: bool,
    ) -> ((f64, f64), (f64, f64)) {
        let advance = loaded.font.code_advance(code);
        let word_space = if is_blank { self.word_space } else { 0.0 };
        let spaces = self.character_space + word_space;
        let (wide, high) = (
            advance.x / 1000.0 * self.size,
            advance.y / 1000.0 * self.size,
        );
        let start = self.place();
        let (end, by) = if loaded.font.is_horizontal() {
            let end = self.point(wide * self.stretch, self.rise);
            (end, ((wide + spaces) * self.stretch, 0.0))
        } else {
            (self.point(0.0, high + self.rise), (0.0, high + spaces))
        };
        self.text = Matrix::translation(by.0, by.1).then(&self.text);
        (start, end)
    }

    fn point(&self, x: f64, y: f64) -> (f64, f64) {
        self.text.then(&self.to_page).apply(x, y)
    }

    fn place(&self) -> (f64, f64) {
        self.point(0.0, self.rise)
    }

    /// Returns the size of the type on the page, in points.
    pub fn font_height(&self) -> f64 {
        let Matrix([_, _, c, d, _, _]) = self.text.then(&self.to_page);
        let of_one = self.font.as_ref().map_or(1.0, |loaded| loaded.height);
        c.hypot(d) * self.size.abs() * of_one
    }

    /// Returns the direction in which the text runs on the page: along the line or, in vertical writing, down it (ISO
    /// 32000-2, 9.7.4.3).
    pub fn direction(&self) -> (f64, f64) {
        let to_page = self.text.then(&self.to_page);
        let font = self.font.as_ref().map(|loaded| &loaded.font);
        if font.is_none_or(Font::is_horizontal) {
            to_page.turn(self.size.signum() * self.stretch.signum(), 0.0)
        } else {
            to_page.turn(0.0, -self.size.signum())
        }
    }
}
