//! The paragraphs, lists, tables and notes of a report into a body, whichever format they came in.

use std::mem;

use crate::document::{BlockKind, Body, BodyBuilder, Marker, SpanKind};

/// How deep lists may stand within lists: what both formats number.
const DEEPEST: u8 = 9;

/// How many columns of a table are left out at once at most: as many as Word allows a table.
const MOST_COLUMNS: usize = 63;

/// A piece of a paragraph.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Inline {
    Text(String),
    Break,
    Open(SpanKind),
    Close,
    Destination(String),
    /// A picture by its description.
    Image(String),
}

/// What a paragraph is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) enum Role {
    #[default]
    Plain,
    Heading(u8),
    Quotation,
    Code,
    /// An item of a list, how deep it stands from 0, and what is drawn before it.
    Item(u8, Marker),
    /// A further paragraph of the item before it.
    InItem(u8),
}

/// A paragraph.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Paragraph {
    pub role: Role,
    pub inlines: Vec<Inline>,
}

impl Paragraph {
    /// Returns its words.
    pub fn text(&self) -> String {
        let words = self.inlines.iter().map(|inline| match inline {
            Inline::Text(text) => text.as_str(),
            Inline::Break => " ",
            _ => "",
        });
        words.collect()
    }
}

/// A row of a table, cell by cell.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    pub header: bool,
    pub cells: Vec<Vec<Paragraph>>,
    /// How many columns lie between the last cell and the next.
    gap: usize,
}

/// A note and the name that its place in the text bears.
#[derive(Clone, Debug)]
struct Note {
    number: u32,
    paragraphs: Vec<Paragraph>,
}

/// Writes a body.
#[derive(Debug, Default)]
pub(super) struct Writer {
    builder: BodyBuilder,
    /// How deep the items stand that are open.
    items: Vec<u8>,
    quotes: bool,
    code: bool,
    /// The tables that are open, outermost first.
    tables: Vec<Vec<Row>>,
    notes: Vec<Note>,
}

impl Writer {
    /// Takes in a paragraph, into the cell of a table where one is open.
    pub fn paragraph(&mut self, paragraph: Paragraph) {
        if let Some(rows) = self.tables.last_mut() {
            if let Some(cell) = rows.last_mut().and_then(|row| row.cells.last_mut()) {
                cell.push(paragraph);
            }
            return;
        }
        self.write(&paragraph);
    }

    /// Begins a table.
    pub fn open_table(&mut self) {
        self.tables.push(Vec::new());
    }

    /// Begins a row of the open table.
    pub fn open_row(&mut self) {
        if let Some(rows) = self.tables.last_mut() {
            rows.push(Row::default());
        }
    }

    /// Says that the open row names the columns.
    pub fn mark_header(&mut self) {
        if let Some(row) = self.tables.last_mut().and_then(|rows| rows.last_mut()) {
            row.header = true;
        }
    }

    /// Begins a cell of the open row.
    pub fn open_cell(&mut self) {
        if let Some(row) = self.tables.last_mut().and_then(|rows| rows.last_mut()) {
            for _ in 0..=mem::take(&mut row.gap) {
                row.cells.push(Vec::new());
            }
        }
    }

    /// Leaves out so many columns before the next cell of the open row: the one before goes over them, or there is
    /// nothing in them.
    pub fn skip_columns(&mut self, count: usize) {
        if let Some(row) = self.tables.last_mut().and_then(|rows| rows.last_mut()) {
            row.gap = (row.gap + count).min(MOST_COLUMNS);
        }
    }

    /// Ends the open table. One within a cell becomes lines of the cell; one of a single column is no table but a
    /// frame around its text.
    pub fn close_table(&mut self) {
        let Some(rows) = self.tables.pop() else {
            return;
        };
        let columns = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        if columns < 2 || !self.tables.is_empty() {
            for paragraph in rows.into_iter().flat_map(|row| row.cells).flatten() {
                self.paragraph(paragraph);
            }
            return;
        }
        self.close_containers();
        for row in rows {
            self.builder
                .begin(BlockKind::TableRow { header: row.header });
            for (place, cell) in row.cells.iter().enumerate() {
                if place > 0 {
                    self.builder.next_cell();
                }
                for (place, paragraph) in cell.iter().enumerate() {
                    if place > 0 {
                        self.builder.text(" ");
                    }
                    self.inlines(&paragraph.inlines);
                }
            }
            self.builder.end();
        }
    }

    /// Notes a note and returns what stands for it in the text.
    pub fn note(&mut self, paragraphs: Vec<Paragraph>) -> Vec<Inline> {
        let number = self.notes.len() as u32 + 1;
        self.notes.push(Note { number, paragraphs });
        vec![
            Inline::Destination(format!("note-{number}-back")),
            Inline::Open(SpanKind::Link(format!("#note-{number}"))),
            Inline::Text(format!("[{number}]")),
            Inline::Close,
        ]
    }

    /// Returns the body, its notes at the end.
    pub fn finish(mut self) -> Body {
        while !self.tables.is_empty() {
            self.close_table();
        }
        self.close_containers();
        let notes = mem::take(&mut self.notes);
        if !notes.is_empty() {
            self.builder.block(BlockKind::Rule, "* * *");
            self.builder.open_list(true);
        }
        for note in notes {
            let number = note.number;
            self.builder.open_item(Marker::Number(number));
            self.builder.destination(&format!("note-{number}"));
            let last = note.paragraphs.len().saturating_sub(1);
            for (place, paragraph) in note.paragraphs.iter().enumerate() {
                self.builder.begin(BlockKind::Paragraph);
                self.inlines(&paragraph.inlines);
                if place == last {
                    self.builder.text(" ");
                    self.builder
                        .open_span(SpanKind::Link(format!("#note-{number}-back")));
                    self.builder.text("↩");
                    self.builder.close_span();
                }
                self.builder.end();
            }
            self.builder.close_item();
        }
        self.builder.finish()
    }

    fn write(&mut self, paragraph: &Paragraph) {
        let role = paragraph.role;
        if self.code && role == Role::Code {
            self.builder.break_line();
            self.inlines(&paragraph.inlines);
            return;
        }
        if paragraph.text().trim().is_empty() && !has_image(paragraph) {
            // Only its destinations count; an empty paragraph is space.
            for inline in &paragraph.inlines {
                if let Inline::Destination(name) = inline {
                    self.builder.destination(name);
                }
            }
            return;
        }
        self.enter(role);
        self.builder.begin(match role {
            Role::Heading(level) => BlockKind::Heading {
                level: level.clamp(1, 6),
            },
            Role::Code => BlockKind::Code,
            _ if paragraph.text().trim().is_empty() => BlockKind::Image,
            _ => BlockKind::Paragraph,
        });
        self.inlines(&paragraph.inlines);
        self.code = role == Role::Code;
        if !self.code {
            self.builder.end();
        }
    }

    /// Closes the containers that a paragraph does not stand in, and opens its own.
    fn enter(&mut self, role: Role) {
        if self.code {
            self.builder.end();
            self.code = false;
        }
        let depth = match role {
            Role::Item(depth, _) | Role::InItem(depth) => Some(depth.min(DEEPEST)),
            _ => None,
        };
        let is_item = matches!(role, Role::Item(..));
        while let Some(open) = self.items.last() {
            let stays = depth.is_some_and(|depth| *open < depth || *open == depth && !is_item);
            if stays {
                break;
            }
            self.builder.close_item();
            if depth == Some(*open) {
                self.items.pop();
                if let Role::Item(depth, marker) = role {
                    self.builder.open_item(marker);
                    self.items.push(depth.min(DEEPEST));
                }
                return;
            }
            self.builder.close_list();
            self.items.pop();
        }
        if self.quotes && role != Role::Quotation {
            self.builder.close_quotation();
            self.quotes = false;
        }
        match role {
            Role::Item(depth, marker) => {
                self.builder.open_list(true);
                self.builder.open_item(marker);
                self.items.push(depth.min(DEEPEST));
            }
            Role::Quotation if !self.quotes => {
                self.builder.open_quotation();
                self.quotes = true;
            }
            _ => {}
        }
    }

    fn close_containers(&mut self) {
        self.enter(Role::Plain);
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Text(text) => self.builder.text(text),
                Inline::Image(text) => {
                    self.builder.text(" ");
                    self.builder.text(text);
                    self.builder.text(" ");
                }
                Inline::Break => self.builder.break_line(),
                Inline::Open(kind) => self.builder.open_span(kind.clone()),
                Inline::Close => self.builder.close_span(),
                Inline::Destination(name) => self.builder.destination(name),
            }
        }
    }
}

fn has_image(paragraph: &Paragraph) -> bool {
    let mut inlines = paragraph.inlines.iter();
    inlines.any(|inline| matches!(inline, Inline::Image(_)))
}
