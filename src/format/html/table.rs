//! Tables: is one there to show data, or to lay out a page?
//!
//! That cannot be seen from its beginning, so the tokens of a table are held until its end. One of data becomes rows
//! with their cells parted by tabs; one of layout is walked as if its cells were paragraphs.

use html5ever::tokenizer::{Tag, TagKind, Token};

use super::tags::{Meaning, meaning};

/// The longest cell of a table of data, in bytes: what is longer wants to be read as text, not beside other cells.
const LONGEST_CELL: usize = 600;

/// The tokens of a table whose end has not come yet.
#[derive(Default)]
pub(super) struct Held {
    /// The tokens so far, without the tags of the table itself.
    pub tokens: Vec<Token>,
    inner: usize,
}

impl Held {
    /// Takes a token. Returns whether it was the table's end.
    pub fn take(&mut self, token: Token) -> bool {
        if let Token::TagToken(tag) = &token
            && &*tag.name == "table"
        {
            match tag.kind {
                TagKind::StartTag => self.inner += 1,
                TagKind::EndTag if self.inner == 0 => return true,
                TagKind::EndTag => self.inner -= 1,
            }
        }
        self.tokens.push(token);
        false
    }
}

/// What can be counted of a table.
#[derive(Default)]
struct Shape {
    rows: usize,
    cells: usize,
    widest_row: usize,
    cell_bytes: usize,
    longest_cell: usize,
    named: bool,
    has_sections: bool,
}

/// Returns whether a table shows data: it has columns, its cells are short, and nothing in them is built like a page.
pub(super) fn is_data(tokens: &[Token]) -> bool {
    let mut shape = Shape::default();
    for token in tokens {
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => shape.start(tag),
            Token::CharacterTokens(text) => {
                shape.cell_bytes += text.trim().len();
                shape.longest_cell = shape.longest_cell.max(shape.cell_bytes);
            }
            _ => {}
        }
    }
    shape.widest_row >= 2
        && !shape.has_sections
        && shape.longest_cell <= LONGEST_CELL
        && (shape.named || shape.rows >= 2)
}

impl Shape {
    fn start(&mut self, tag: &Tag) {
        match &*tag.name {
            "tr" => {
                self.rows += 1;
                self.cells = 0;
            }
            "td" | "th" => {
                self.cells += 1;
                self.cell_bytes = 0;
                self.widest_row = self.widest_row.max(self.cells);
                self.named |= &*tag.name == "th";
            }
            "caption" | "thead" => self.named = true,
            "table" | "form" | "article" | "section" | "nav" => self.has_sections = true,
            name => {
                self.has_sections |= matches!(
                    meaning(name),
                    Meaning::Heading(_) | Meaning::Quotation | Meaning::Preformatted
                );
            }
        }
    }
}
