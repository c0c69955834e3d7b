//! The paragraphs, lists, tables and notes of a report into a body, whichever format they came in.

use std::mem;

use super::numbers::{self, Mark};
use crate::document::{BlockKind, Body, BodyBuilder, Marker, SpanKind};
use crate::format::html;

/// How deep lists may stand within lists: what both formats number.
const DEEPEST: u8 = 9;

/// How many columns of a table are left out at once at most: as many as Word allows a table.
const MOST_COLUMNS: usize = 63;

/// How deep tables stand within tables that are told apart: each level moves what is in it once more.
const DEEPEST_TABLE: usize = 16;

/// A paragraph of so many bytes is running text: more than one of them make a cell that is no field of a table.
const LONG: usize = 200;

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
    /// What it is counted with where nothing is drawn: it stands before its words.
    pub label: String,
    pub inlines: Vec<Inline>,
}

impl Paragraph {
    /// Returns a paragraph without words that links to these names lead to.
    pub fn at(names: Vec<String>) -> Self {
        Self {
            inlines: names.into_iter().map(Inline::Destination).collect(),
            ..Self::default()
        }
    }

    /// Returns what it is as an item of a list. A label that is too long to be drawn becomes its first words; what has
    /// none goes on with the item before.
    pub fn counted(&mut self, depth: u8, mark: &Mark) -> Role {
        if let Some(marker) = mark.marker() {
            return Role::Item(depth, marker);
        }
        mark.label().clone_into(&mut self.label);
        Role::InItem(depth)
    }

    /// Returns whether it has no words.
    fn is_blank(&self) -> bool {
        let mut inlines = self.inlines.iter();
        !inlines.any(|inline| matches!(inline, Inline::Text(text) if !text.trim().is_empty()))
    }

    /// Returns whether it is more than a line of a cell.
    fn is_structure(&self) -> bool {
        !matches!(self.role, Role::Plain | Role::Quotation)
    }

    /// Returns how many bytes its words have.
    fn length(&self) -> usize {
        let lengths = self.inlines.iter().map(|inline| match inline {
            Inline::Text(text) => text.len(),
            _ => 0,
        });
        lengths.sum()
    }

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

impl Row {
    /// Returns whether it only lays out what stands in it, as pages are laid out in newsletters and forms: a cell that
    /// has headings, lists or running text is no field of a table. A row that names the columns is always of a table.
    fn is_frame(&self) -> bool {
        if self.header {
            return false;
        }
        let filled = |cell: &&Vec<Paragraph>| cell.iter().any(|paragraph| !paragraph.is_blank());
        let is_alone = self.cells.iter().filter(filled).count() == 1;
        self.cells.iter().any(|cell| {
            let said = || cell.iter().filter(|paragraph| !paragraph.is_blank());
            let is_several = said().nth(1).is_some();
            let is_text = said().filter(|one| one.length() >= LONG).nth(1).is_some();
            is_text || (is_several || is_alone) && said().any(Paragraph::is_structure)
        })
    }
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
    /// How many tables are open within the deepest that is told apart: they are part of its cell.
    deeper: usize,
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

    /// Takes in a page of HTML that stands for a piece of the text.
    pub fn page(&mut self, html: &str) {
        self.close_containers();
        self.builder = html::write(html, mem::take(&mut self.builder));
    }

    /// Begins a table.
    pub fn open_table(&mut self) {
        if self.tables.len() < DEEPEST_TABLE {
            self.tables.push(Vec::new());
        } else {
            self.deeper += 1;
        }
    }

    /// Returns the rows of the open table.
    fn rows(&mut self) -> Option<&mut Vec<Row>> {
        self.tables.last_mut().filter(|_| self.deeper == 0)
    }

    /// Begins a row of the open table.
    pub fn open_row(&mut self) {
        if let Some(rows) = self.rows() {
            rows.push(Row::default());
        }
    }

    /// Says that the open row names the columns.
    pub fn mark_header(&mut self) {
        if let Some(row) = self.rows().and_then(|rows| rows.last_mut()) {
            row.header = true;
        }
    }

    /// Begins a cell of the open row.
    pub fn open_cell(&mut self) {
        if let Some(row) = self.rows().and_then(|rows| rows.last_mut()) {
            for _ in 0..=mem::take(&mut row.gap) {
                row.cells.push(Vec::new());
            }
        }
    }

    /// Leaves out so many columns before the next cell of the open row: the one before goes over them, or there is
    /// nothing in them.
    pub fn skip_columns(&mut self, count: usize) {
        if let Some(row) = self.rows().and_then(|rows| rows.last_mut()) {
            row.gap = row.gap.saturating_add(count).min(MOST_COLUMNS);
        }
    }

    /// Ends the open table. One within a cell becomes lines of the cell; one of a single column is no table but a
    /// frame around its text, and so is a row that only lays out what stands in it.
    pub fn close_table(&mut self) {
        if self.deeper > 0 {
            self.deeper -= 1;
            return;
        }
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
            if !row.is_frame() {
                self.table_row(&row);
                continue;
            }
            for cell in &row.cells {
                for paragraph in cell {
                    self.write(paragraph);
                }
                // The list of one cell does not go on in the next.
                self.close_containers();
            }
        }
    }

    fn table_row(&mut self, row: &Row) {
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
                if let Role::Item(_, marker) = paragraph.role
                    && let Some(words) = numbers::words(marker)
                {
                    self.builder.text(&words);
                }
                self.words(paragraph);
            }
        }
        self.builder.end();
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
                self.words(paragraph);
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
            self.words(paragraph);
            return;
        }
        if paragraph.is_blank() && !has_image(paragraph) {
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
            _ if paragraph.is_blank() => BlockKind::Image,
            _ => BlockKind::Paragraph,
        });
        self.words(paragraph);
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

    /// Writes the words of a paragraph. No span goes on beyond it, whatever the file left open: every block that follows
    /// would bear it.
    fn words(&mut self, paragraph: &Paragraph) {
        if !paragraph.label.is_empty() && !paragraph.is_blank() {
            self.builder.text(&paragraph.label);
            self.builder.text(" ");
        }
        let mut open = 0_usize;
        for inline in &paragraph.inlines {
            match inline {
                Inline::Text(text) => self.builder.text(text),
                Inline::Image(text) => {
                    self.builder.text(" ");
                    self.builder.text(text);
                    self.builder.text(" ");
                }
                Inline::Break => self.builder.break_line(),
                Inline::Open(kind) => {
                    open += 1;
                    self.builder.open_span(kind.clone());
                }
                Inline::Close if open == 0 => {}
                Inline::Close => {
                    open -= 1;
                    self.builder.close_span();
                }
                Inline::Destination(name) => self.builder.destination(name),
            }
        }
        (0..open).for_each(|_| self.builder.close_span());
    }
}

fn has_image(paragraph: &Paragraph) -> bool {
    let mut inlines = paragraph.inlines.iter();
    inlines.any(|inline| matches!(inline, Inline::Image(_)))
}
