//! DOCX: the main document of a package with its styles, lists, notes and links (ECMA-376, part 1).
//!
//! Shown as the author left it: what was inserted while changes were tracked is there, what was deleted is not.
//! Comments, headers, footers and tables of contents stay out: the outline does what the last do.

mod face;
mod fields;
#[cfg(test)]
mod list_tests;
pub(super) mod lists;
pub(super) mod parts;
mod roles;
pub(super) mod styles;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::mem;

use super::formula::Formula;
use super::letters::number;
use super::symbols;
use super::write::{Inline, Paragraph, Writer};
use crate::document::SpanKind;
use crate::format::xml::{Event, Tag, walk};
use face::Face;
use fields::Field;
use lists::Lists;
use styles::Styles;

/// What stands beside the main document.
#[derive(Debug, Default)]
pub(super) struct Beside {
    pub styles: Styles,
    pub lists: Lists,
    /// The addresses that links lead to, by their names in the package.
    pub links: HashMap<String, String>,
    /// The pages of HTML that stand for a piece of the text, by their names in the package.
    pub pages: HashMap<String, String>,
    /// Notes by their kind and number.
    pub notes: HashMap<(bool, String), Vec<Paragraph>>,
}

/// A paragraph that is open: within a text box, one stands in another.
#[derive(Debug, Default)]
struct Open {
    paragraph: Paragraph,
    style: String,
    outline: Option<u8>,
    list: Option<String>,
    level: Option<u8>,
    in_properties: bool,
    /// Its style hides it.
    hidden: bool,
    /// The next paragraph goes on with it: its end was deleted, or it is the large first letter of that.
    goes_on: bool,
    /// The run around it.
    around: Option<Face>,
}

/// What has been read of the main document.
pub(super) struct Walk<'w> {
    beside: &'w mut Beside,
    pub writer: Writer,
    pub title: Option<String>,
    open: Vec<Open>,
    /// The letters of the run that is open.
    run: Option<Face>,
    in_text: bool,
    in_instruction: bool,
    fields: Vec<Field>,
    /// How many of the open fields show nothing.
    silent: usize,
    /// For each content control that is open, whether what it holds stays out.
    controls: Vec<bool>,
    formula: Option<Formula>,
    /// What the next paragraph goes on with.
    held: Vec<Inline>,
    /// The names of the places between two paragraphs, which lead to the next.
    waiting: Vec<String>,
    /// How many elements are open within one that is passed over.
    skipped: usize,
    /// For a walk through notes: the notes, and which is open.
    notes: Option<(bool, String)>,
    gathered: Vec<Paragraph>,
}

impl<'w> Walk<'w> {
    /// Returns a walk with nothing read yet.
    pub fn new(beside: &'w mut Beside) -> Self {
        Self {
            beside,
            writer: Writer::default(),
            title: None,
            open: Vec::new(),
            run: None,
            in_text: false,
            in_instruction: false,
            fields: Vec::new(),
            silent: 0,
            controls: Vec::new(),
            formula: None,
            held: Vec::new(),
            waiting: Vec::new(),
            skipped: 0,
            notes: None,
            gathered: Vec::new(),
        }
    }

    /// Reads a part. Returns whether it was sound to its end.
    pub fn read(&mut self, bytes: &[u8]) -> bool {
        let sound = walk(bytes, &mut |event| self.take(&event));
        self.let_go();
        if !self.waiting.is_empty() {
            let waiting = mem::take(&mut self.waiting);
            self.hand_on(Paragraph::at(waiting));
        }
        sound
    }

    /// Returns whether a field is open that shows nothing: at the end of a file, nobody ended it.
    pub fn is_silent(&self) -> bool {
        self.silent > 0
    }

    fn take(&mut self, event: &Event<'_>) {
        if let Some(formula) = &mut self.formula {
            if let Some(line) = formula.take(event) {
                self.formula = None;
                self.show(&line);
            }
            return;
        }
        match event {
            Event::Start(tag) => {
                let name = tag.name();
                if matches!(name, "del" | "moveFrom") {
                    self.set(|open| open.goes_on |= open.in_properties);
                }
                if self.skipped > 0 || self.is_passed_over(tag, name) {
                    self.skipped += 1;
                } else {
                    self.start(tag, name);
                }
            }
            Event::End(_) if self.skipped > 0 => self.skipped -= 1,
            Event::End(name) => self.end(name),
            Event::Text(text) if self.skipped == 0 && self.in_text => self.text(text),
            Event::Text(text) if self.skipped == 0 && self.in_instruction => {
                if let Some(field) = self.fields.last_mut() {
                    field.instruction.push_str(text);
                }
            }
            Event::Text(_) => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, name: &str) {
        match name {
            "p" => self.begin_paragraph(),
            "pPr" => self.set(|open| open.in_properties = true),
            "r" => self.run = Some(Face::default()),
            "oMath" => self.formula = Some(Formula::default()),
            "tbl" | "tr" | "tblHeader" | "tc" | "gridSpan" | "gridBefore" => self.table(tag, name),
            "fldChar" | "instrText" | "fldSimple" => self.field(tag, name),
            "sdt" => self.controls.push(false),
            // What asks to be replaced, and the contents, which the outline shows.
            "showingPlcHdr" if tag.is_on() => self.leave_out_control(),
            "docPartGallery" if tag.get("val").as_deref() == Some("Table of Contents") => {
                self.leave_out_control();
            }
            "bookmarkStart" => {
                let name = tag.get("name").filter(|name| name != "_GoBack");
                match name {
                    Some(name) if self.open.is_empty() => self.waiting.push(name),
                    Some(name) => self.push(Inline::Destination(name)),
                    None => {}
                }
            }
            "hyperlink" => self.link(tag),
            "docPr" => {
                let told = tag.get("descr").or_else(|| tag.get("title"));
                if let Some(told) = told.filter(|told| !told.trim().is_empty()) {
                    self.push(Inline::Image(told));
                }
            }
            "footnoteReference" | "endnoteReference" => self.note(tag, name),
            "footnote" | "endnote" => {
                self.notes = tag.get("id").map(|id| (name == "endnote", id));
            }
            "altChunk" => {
                let page = tag.get("id").and_then(|id| self.beside.pages.remove(&id));
                if let Some(page) = page {
                    self.let_go();
                    self.writer.page(&page);
                }
            }
            _ if self.run.is_some() => self.in_run(tag, name),
            _ => self.property(tag, name),
        }
    }

    /// Takes in what a run holds.
    fn in_run(&mut self, tag: &Tag<'_>, name: &str) {
        match name {
            "t" => self.in_text = true,
            "tab" | "ptab" => self.text("\t"),
            // A page or a column that ends parts the words as well.
            "br" | "cr" => self.push(Inline::Break),
            "noBreakHyphen" => self.text("\u{2011}"),
            "softHyphen" => self.text("\u{ad}"),
            "sym" => self.symbol(tag),
            _ => self.property(tag, name),
        }
    }

    fn begin_paragraph(&mut self) {
        let waiting = mem::take(&mut self.waiting);
        self.open.push(Open {
            around: self.run.take(),
            paragraph: Paragraph::at(waiting),
            ..Open::default()
        });
    }

    /// Takes in what a table is made of.
    fn table(&mut self, tag: &Tag<'_>, name: &str) {
        match name {
            "tbl" => {
                self.let_go();
                self.writer.open_table();
            }
            "tr" => self.writer.open_row(),
            "tblHeader" if tag.is_on() => self.writer.mark_header(),
            "tc" => self.writer.open_cell(),
            "gridSpan" | "gridBefore" => {
                let columns = tag.get("val").and_then(|columns| columns.parse().ok());
                let own = usize::from(name == "gridSpan");
                let columns: usize = columns.unwrap_or(own);
                self.writer.skip_columns(columns.saturating_sub(own));
            }
            _ => {}
        }
    }

    fn link(&mut self, tag: &Tag<'_>) {
        let anchor = tag.get("anchor");
        let outside = tag
            .get("id")
            .and_then(|id| self.beside.links.get(&id).cloned());
        let address = match (outside, anchor) {
            (Some(address), Some(anchor)) => format!("{address}#{anchor}"),
            (Some(address), None) => address,
            (None, anchor) => format!("#{}", anchor.unwrap_or_default()),
        };
        self.push(Inline::Open(SpanKind::Link(address)));
    }

    /// Takes in a property of a paragraph, of a run or of a field.
    fn property(&mut self, tag: &Tag<'_>, name: &str) {
        let value = || tag.get("val");
        if self.open.last().is_some_and(|open| open.in_properties) {
            if name == "pStyle" {
                let style = value().unwrap_or_default();
                let hidden = self.beside.styles.letters(&style).hidden;
                self.set(|open| (open.style, open.hidden) = (style, hidden));
                return;
            }
            self.set(|open| match name {
                "outlineLvl" => open.outline = number(value().as_deref()),
                "numId" => open.list = value(),
                "ilvl" => open.level = number(value().as_deref()),
                "framePr" => open.goes_on |= tag.get("dropCap").is_some_and(|cap| cap != "none"),
                _ => {}
            });
            return;
        }
        match (name, self.fields.last_mut()) {
            ("checkBox", Some(field)) => field.ticked = Some(false),
            ("default" | "checked", Some(field)) if field.ticked.is_some() => {
                field.ticked = Some(tag.is_on());
            }
            _ => {
                if let Some(face) = &mut self.run {
                    face.take(tag, name, &self.beside.styles);
                }
            }
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" => self.end_paragraph(),
            "pPr" => self.set(|open| open.in_properties = false),
            "r" => self.run = None,
            "t" => self.in_text = false,
            "instrText" => self.in_instruction = false,
            "hyperlink" => self.push(Inline::Close),
            "fldSimple" => self.end_field(),
            "sdt" => _ = self.controls.pop(),
            "tc" => self.let_go(),
            "tbl" => self.writer.close_table(),
            "footnote" | "endnote" => {
                self.let_go();
                if let Some(note) = self.notes.take() {
                    let paragraphs = mem::take(&mut self.gathered);
                    self.beside.notes.insert(note, paragraphs);
                }
            }
            _ => {}
        }
    }

    fn set(&mut self, set: impl FnOnce(&mut Open)) {
        if let Some(open) = self.open.last_mut() {
            set(open);
        }
    }

    fn push(&mut self, inline: Inline) {
        if let Some(open) = self.open.last_mut() {
            open.paragraph.inlines.push(inline);
        }
    }

    /// Shows words in the letters of the run.
    fn text(&mut self, text: &str) {
        let Some(face) = &self.run else { return };
        if face.hidden {
            return;
        }
        let spans = face.spans.clone();
        let words = symbols::read(face.signs, text);
        let words = face.script.set(&words).into_owned();
        let count = spans.len();
        for kind in spans {
            self.push(Inline::Open(kind));
        }
        self.show(&words);
        for _ in 0..count {
            self.push(Inline::Close);
        }
    }

    /// Shows words, unless what they stand in is hidden.
    fn show(&mut self, words: &str) {
        let is_hidden = self.open.last().is_none_or(|open| open.hidden);
        if self.silent == 0 && !is_hidden {
            self.push(Inline::Text(words.to_owned()));
        }
    }

    /// Shows a sign of a font of signs.
    fn symbol(&mut self, tag: &Tag<'_>) {
        let font = tag.get("font").and_then(|font| symbols::font(&font));
        let code = tag.get("char");
        let code = code.and_then(|code| u32::from_str_radix(&code, 16).ok());
        if let Some(sign) = code.and_then(|code| symbols::sign(font, code)) {
            self.text(sign.encode_utf8(&mut [0; 4]));
        }
    }

    fn leave_out_control(&mut self) {
        if let Some(stays_out) = self.controls.last_mut() {
            *stays_out = true;
        }
    }

    fn note(&mut self, tag: &Tag<'_>, name: &str) {
        let Some(id) = tag.get("id") else { return };
        let Some(paragraphs) = self.beside.notes.remove(&(name == "endnoteReference", id)) else {
            return;
        };
        for inline in self.writer.note(paragraphs) {
            self.push(inline);
        }
    }

    fn end_paragraph(&mut self) {
        let Some(mut open) = self.open.pop() else {
            return;
        };
        self.run = open.around.take();
        if self.open.is_empty() {
            self.end_stray_fields();
        }
        if self.beside.styles.begins(&open.style, "toc ") {
            return;
        }
        if self.open.is_empty() && !self.held.is_empty() {
            let mut inlines = mem::take(&mut self.held);
            inlines.append(&mut open.paragraph.inlines);
            open.paragraph.inlines = inlines;
        }
        if open.goes_on {
            self.held.append(&mut open.paragraph.inlines);
            return;
        }
        open.paragraph.role = self.role(&mut open);
        if self.title.is_none()
            && self.notes.is_none()
            && self.beside.styles.is(&open.style, &["title"])
        {
            let title = open.paragraph.text();
            self.title = Some(title).filter(|title| !title.trim().is_empty());
        }
        self.hand_on(open.paragraph);
    }

    fn hand_on(&mut self, paragraph: Paragraph) {
        if self.notes.is_some() {
            self.gathered.push(paragraph);
        } else {
            self.writer.paragraph(paragraph);
        }
    }

    /// Makes a paragraph of what no other went on with.
    fn let_go(&mut self) {
        if !self.held.is_empty() {
            let inlines = mem::take(&mut self.held);
            self.hand_on(Paragraph {
                inlines,
                ..Paragraph::default()
            });
        }
    }

    /// Returns whether an element and all in it stays out.
    fn is_passed_over(&self, tag: &Tag<'_>, name: &str) -> bool {
        match name {
            "sdtContent" => self.controls.last() == Some(&true),
            "del" | "moveFrom" | "Fallback" | "sectPr" | "rt"
            // How it was before it was changed.
            | "pPrChange" | "rPrChange" | "tblPrChange" | "tblPrExChange" | "trPrChange"
            | "tcPrChange"
            // The signs before a note's own words.
            | "footnoteRef" | "endnoteRef" | "separator" | "continuationSeparator" => true,
            "footnote" | "endnote" => tag
                .get("type")
                .is_some_and(|kind| kind.contains("eparator") || kind == "continuationNotice"),
            _ => false,
        }
    }
}
