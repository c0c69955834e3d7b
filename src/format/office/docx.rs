//! DOCX: the main document of a package with its styles, lists, notes and links (ECMA-376, part 1).
//!
//! Shown as the author left it: what was inserted while changes were tracked is there, what was deleted is not.
//! Comments, headers, footers and tables of contents stay out: the outline does what the last do.

use std::collections::HashMap;
use std::mem;

use super::styles::{Lists, Styles, is_mono, number};
use super::write::{Inline, Paragraph, Role, Writer};
use crate::document::{Marker, SpanKind};
use crate::format::xml::{Event, Tag, walk};

/// What stands beside the main document.
#[derive(Debug, Default)]
pub(super) struct Beside {
    pub styles: Styles,
    pub lists: Lists,
    /// The addresses that links lead to, by their names in the package.
    pub links: HashMap<String, String>,
    /// Notes by their kind and number.
    pub notes: HashMap<(bool, String), Vec<Paragraph>>,
}

/// Reads the relationships of a part (ECMA-376, part 2): the addresses outside the package.
pub(super) fn links(bytes: &[u8]) -> HashMap<String, String> {
    let mut links = HashMap::new();
    walk(bytes, &mut |event| {
        if let Event::Start(tag) = event
            && tag.get("TargetMode").as_deref() == Some("External")
        {
            links.extend(tag.get("Id").zip(tag.get("Target")));
        }
    });
    links
}

/// A run's letters.
#[derive(Debug, Default)]
struct Face {
    spans: Vec<SpanKind>,
    hidden: bool,
}

impl Face {
    /// Switches a kind of letters on or off: what is said last holds.
    fn set(&mut self, kind: SpanKind, on: bool) {
        self.spans.retain(|set| *set != kind);
        if on {
            self.spans.push(kind);
        }
    }
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
}

/// A field (ECMA-376, 17.16): its instruction, then what it shows.
#[derive(Debug, Default)]
struct Field {
    instruction: String,
    shows: bool,
    linked: bool,
}

/// What has been read of the main document.
pub(super) struct Walk<'w> {
    beside: &'w mut Beside,
    pub writer: Writer,
    pub title: Option<String>,
    open: Vec<Open>,
    face: Face,
    in_run: bool,
    in_text: bool,
    in_instruction: bool,
    fields: Vec<Field>,
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
            face: Face::default(),
            in_run: false,
            in_text: false,
            in_instruction: false,
            fields: Vec::new(),
            skipped: 0,
            notes: None,
            gathered: Vec::new(),
        }
    }

    /// Reads a part. Returns whether it was sound to its end.
    pub fn read(&mut self, bytes: &[u8]) -> bool {
        walk(bytes, &mut |event| self.take(&event))
    }

    fn take(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(tag) => {
                let name = tag.name();
                if self.skipped > 0 || is_passed_over(tag, name) {
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
            "p" => self.open.push(Open::default()),
            "pPr" => self.set(|open| open.in_properties = true),
            "r" => (self.in_run, self.face) = (true, Face::default()),
            "t" if self.in_run || self.is_math() => self.in_text = true,
            "tab" if self.in_run => self.text("\t"),
            "br" | "cr" if self.in_run => match tag.get("type").as_deref() {
                Some("page" | "column") => {}
                _ => self.push(Inline::Break),
            },
            "noBreakHyphen" => self.text("\u{2011}"),
            "softHyphen" => self.text("\u{ad}"),
            "sym" => self.symbol(tag),
            "tbl" => self.writer.open_table(),
            "tr" => self.writer.open_row(),
            "tblHeader" if tag.is_on() => self.writer.mark_header(),
            "tc" => self.writer.open_cell(),
            "gridSpan" | "gridBefore" => {
                let columns = tag.get("val").and_then(|columns| columns.parse().ok());
                let own = usize::from(name == "gridSpan");
                let columns: usize = columns.unwrap_or(own);
                self.writer.skip_columns(columns.saturating_sub(own));
            }
            "bookmarkStart" => {
                if let Some(name) = tag.get("name").filter(|name| name != "_GoBack") {
                    self.push(Inline::Destination(name));
                }
            }
            "hyperlink" => {
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
            "fldChar" => self.field(tag),
            "instrText" => self.in_instruction = true,
            "fldSimple" => {
                let instruction = tag.get("instr").unwrap_or_default();
                let address = address(&instruction);
                self.fields.push(Field {
                    shows: !is_furniture(&instruction),
                    linked: address.is_some(),
                    instruction,
                });
                if let Some(address) = address {
                    self.push(Inline::Open(SpanKind::Link(address)));
                }
            }
            _ => self.property(tag, name),
        }
    }

    /// Takes in a property of a paragraph or of a run.
    fn property(&mut self, tag: &Tag<'_>, name: &str) {
        let value = || tag.get("val");
        let in_paragraph = self.open.last().is_some_and(|open| open.in_properties);
        if in_paragraph {
            self.set(|open| match name {
                "pStyle" => open.style = value().unwrap_or_default(),
                "outlineLvl" => open.outline = number(value().as_deref()),
                "numId" => open.list = value(),
                "ilvl" => open.level = number(value().as_deref()),
                _ => {}
            });
        } else if self.in_run {
            match name {
                "b" => self.face.set(SpanKind::Strong, tag.is_on()),
                "i" => self.face.set(SpanKind::Emphasis, tag.is_on()),
                "strike" | "dstrike" => self.face.set(SpanKind::Deleted, tag.is_on()),
                "vanish" => self.face.hidden = tag.is_on(),
                "rFonts" if tag.get("ascii").is_some_and(|font| is_mono(&font)) => {
                    self.face.set(SpanKind::Code, true);
                }
                "rStyle" => {
                    let style = value().unwrap_or_default();
                    let [bold, italic, mono] = self.beside.styles.face(&style);
                    let is_code = self
                        .beside
                        .styles
                        .is(&style, &["verbatim char", "html code"]);
                    for (is, kind) in [
                        (bold, SpanKind::Strong),
                        (italic, SpanKind::Emphasis),
                        (mono || is_code, SpanKind::Code),
                    ] {
                        if is {
                            self.face.set(kind, true);
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" => self.end_paragraph(),
            "pPr" => self.set(|open| open.in_properties = false),
            "r" => self.in_run = false,
            "t" => self.in_text = false,
            "instrText" => self.in_instruction = false,
            "hyperlink" => self.push(Inline::Close),
            "fldSimple" => self.end_field(),
            "tbl" => self.writer.close_table(),
            "footnote" | "endnote" => {
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

    fn is_math(&self) -> bool {
        self.open.last().is_some_and(|open| !open.in_properties)
    }

    fn text(&mut self, text: &str) {
        if self.face.hidden || self.fields.iter().any(|field| !field.shows) {
            return;
        }
        let spans = self.face.spans.clone();
        let count = spans.len();
        for kind in spans {
            self.push(Inline::Open(kind));
        }
        self.push(Inline::Text(text.to_owned()));
        for _ in 0..count {
            self.push(Inline::Close);
        }
    }

    /// Shows a sign of a font of signs: Word's arrows and boxes lie in the private use area.
    fn symbol(&mut self, tag: &Tag<'_>) {
        let code = tag
            .get("char")
            .and_then(|code| u32::from_str_radix(&code, 16).ok());
        let sign = match code.map(|code| code & 0xff) {
            Some(0xb7 | 0xa7) => "•",
            Some(0xe0) => "→",
            Some(0xdf) => "←",
            Some(0xfc) => "✓",
            Some(0xfe) => "☑",
            Some(0xa8 | 0x6f) => "☐",
            _ => return,
        };
        self.text(sign);
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

    fn field(&mut self, tag: &Tag<'_>) {
        match tag.get("fldCharType").as_deref() {
            Some("begin") if self.fields.len() < 32 => self.fields.push(Field::default()),
            Some("separate") => {
                let Some(field) = self.fields.last_mut() else {
                    return;
                };
                field.shows = !is_furniture(&field.instruction);
                if let Some(address) = address(&field.instruction) {
                    field.linked = true;
                    self.push(Inline::Open(SpanKind::Link(address)));
                }
            }
            Some("end") => self.end_field(),
            _ => {}
        }
    }

    fn end_field(&mut self) {
        if self.fields.pop().is_some_and(|field| field.linked) {
            self.push(Inline::Close);
        }
    }

    fn end_paragraph(&mut self) {
        let Some(mut open) = self.open.pop() else {
            return;
        };
        if self.beside.styles.begins(&open.style, "toc ") {
            return;
        }
        open.paragraph.role = self.role(&open);
        if self.title.is_none()
            && self.notes.is_none()
            && self.beside.styles.is(&open.style, &["title"])
        {
            let title = open.paragraph.text();
            self.title = Some(title).filter(|title| !title.trim().is_empty());
        }
        if self.notes.is_some() {
            self.gathered.push(open.paragraph);
        } else {
            self.writer.paragraph(open.paragraph);
        }
    }

    fn role(&mut self, open: &Open) -> Role {
        let Beside { styles, lists, .. } = &mut *self.beside;
        if styles.is(&open.style, &["title"]) {
            return Role::Heading(1);
        }
        let outline = open
            .outline
            .filter(|level| *level < 9)
            .map(|level| (level + 1).min(6));
        if let Some(level) = outline.or_else(|| styles.heading(&open.style)) {
            return Role::Heading(level);
        }
        let by_style = styles.list(&open.style);
        let list = open
            .list
            .clone()
            .or_else(|| Some(by_style.as_ref()?.0.clone()));
        let level = open
            .level
            .or_else(|| Some(by_style.as_ref()?.1))
            .unwrap_or(0);
        if let Some(list) = list.filter(|list| list != "0") {
            let empty = open.paragraph.text().trim().is_empty();
            if !empty {
                let marker = lists.next(&list, level).unwrap_or(Marker::Bullet);
                let depth = level.max(styles.depth(&open.style));
                return Role::Item(depth, marker);
            }
        }
        if styles.is(
            &open.style,
            &[
                "quote",
                "intense quote",
                "block text",
                "block quote",
                "quotations",
            ],
        ) {
            Role::Quotation
        } else if styles.is(
            &open.style,
            &[
                "source code",
                "html preformatted",
                "preformatted text",
                "plain text",
            ],
        ) {
            Role::Code
        } else {
            Role::Plain
        }
    }
}

/// Returns whether an element and all in it stays out.
fn is_passed_over(tag: &Tag<'_>, name: &str) -> bool {
    match name {
        "del" | "moveFrom" | "Fallback" | "pPrChange" | "rPrChange" | "sectPr" | "rt"
        // The signs before a note's own words.
        | "footnoteRef" | "endnoteRef" | "separator" | "continuationSeparator" => true,
        "footnote" | "endnote" => tag
            .get("type")
            .is_some_and(|kind| kind.contains("eparator") || kind == "continuationNotice"),
        _ => false,
    }
}

/// Returns whether a field shows what belongs to the printed page.
fn is_furniture(instruction: &str) -> bool {
    let name = instruction.split_whitespace().next().unwrap_or_default();
    matches!(
        name,
        "TOC" | "PAGE" | "NUMPAGES" | "INDEX" | "XE" | "TC" | "SECTIONPAGES"
    )
}

/// Returns where a field leads to: `HYPERLINK "address" \l "anchor"`, `REF anchor \h`.
fn address(instruction: &str) -> Option<String> {
    let mut words = instruction.split_whitespace();
    match words.next()? {
        "HYPERLINK" => {
            let mut quoted = instruction.split('"').skip(1).step_by(2);
            let first = quoted.next()?;
            let local = instruction.split('"').next()?.contains("\\l");
            Some(match (local, quoted.next()) {
                (true, _) => format!("#{first}"),
                (false, Some(anchor)) if instruction.contains("\\l") => format!("{first}#{anchor}"),
                (false, _) => first.to_owned(),
            })
        }
        "REF" | "PAGEREF" | "NOTEREF" => Some(format!("#{}", words.next()?)),
        _ => None,
    }
}
