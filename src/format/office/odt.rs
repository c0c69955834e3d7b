//! ODT: the text of an `OpenDocument` package with its styles, lists and notes (OASIS `OpenDocument` 1.3, part 3).
//!
//! What was deleted while changes were tracked is kept apart in the file and stays out; comments and indexes do too.

use std::collections::HashMap;
use std::mem;

use super::styles::{is_mono, number};
use super::write::{Inline, Paragraph, Role, Writer};
use crate::document::{Marker, SpanKind};
use crate::format::xml::{Event, Tag, walk};

/// How long a chain of styles is followed.
const LONGEST_CHAIN: usize = 16;

/// What a style says itself.
#[derive(Clone, Debug, Default)]
struct Style {
    parent: Option<String>,
    outline: Option<u8>,
    bold: Option<bool>,
    italic: Option<bool>,
    mono: Option<bool>,
    struck: Option<bool>,
}

/// The styles of a file, its automatic ones included.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_name: HashMap<String, Style>,
    /// For each level of each list: whether it is numbered, and from where.
    lists: HashMap<(String, u8), Option<u32>>,
    /// The language of the text.
    pub language: Option<String>,
}

impl Styles {
    /// Reads the styles of a part and adds them.
    pub fn read(&mut self, bytes: &[u8]) {
        let mut open: Option<(String, Style)> = None;
        let mut list = String::new();
        walk(bytes, &mut |event| match event {
            Event::Start(tag) => match tag.name() {
                "style" => {
                    let style = Style {
                        parent: tag.get("parent-style-name"),
                        outline: number(tag.get("default-outline-level").as_deref()),
                        ..Style::default()
                    };
                    open = tag.get("name").map(|name| (name, style));
                }
                "text-properties" => match &mut open {
                    Some((_, style)) => style.take(tag),
                    None => {
                        self.language = self.language.take().or_else(|| tag.get("language"));
                    }
                },
                "list-style" => list = tag.get("name").unwrap_or_default(),
                name @ ("list-level-style-number" | "list-level-style-bullet") => {
                    let level = number(tag.get("level").as_deref()).unwrap_or(1);
                    let start = || tag.get("start-value")?.parse().ok();
                    let numbered = name.ends_with("number") && tag.get("num-format").is_some();
                    let start = numbered.then(|| start().unwrap_or(1));
                    self.lists.insert((list.clone(), level), start);
                }
                _ => {}
            },
            Event::End("style") => self.by_name.extend(open.take()),
            _ => {}
        });
    }

    fn chain<'s>(&'s self, name: &'s str) -> impl Iterator<Item = (&'s str, &'s Style)> {
        let mut next = Some(name);
        let chain = std::iter::from_fn(move || {
            let name = next?;
            let style = self.by_name.get(name)?;
            next = style.parent.as_deref();
            Some((name, style))
        });
        chain.take(LONGEST_CHAIN)
    }

    /// Returns whether a style or one that it builds on bears one of these names.
    fn is(&self, style: &str, names: &[&str]) -> bool {
        let wanted = |name: &str| names.contains(&name);
        wanted(style)
            || self
                .chain(style)
                .any(|(name, style)| wanted(name) || style.parent.as_deref().is_some_and(wanted))
    }

    fn spans(&self, style: &str) -> Vec<SpanKind> {
        let first = |told: fn(&Style) -> Option<bool>| {
            self.chain(style)
                .find_map(|(_, style)| told(style))
                .unwrap_or(false)
        };
        let code = ["Source_20_Text", "Source_Text", "Teletype"];
        let spans = [
            (first(|style| style.bold), SpanKind::Strong),
            (first(|style| style.italic), SpanKind::Emphasis),
            (
                first(|style| style.mono) || self.is(style, &code),
                SpanKind::Code,
            ),
            (first(|style| style.struck), SpanKind::Deleted),
        ];
        spans
            .into_iter()
            .filter_map(|(is, kind)| is.then_some(kind))
            .collect()
    }
}

impl Style {
    fn take(&mut self, tag: &Tag<'_>) {
        if let Some(weight) = tag.get("font-weight") {
            let heavy = weight.parse().is_ok_and(|weight: u32| weight >= 600);
            self.bold = Some(weight == "bold" || heavy);
        }
        if let Some(slant) = tag.get("font-style") {
            self.italic = Some(slant != "normal");
        }
        if let Some(font) = tag.get("font-name").or_else(|| tag.get("font-family")) {
            self.mono = Some(is_mono(&font));
        }
        if let Some(line) = tag.get("text-line-through-style") {
            self.struck = Some(line != "none");
        }
    }
}

/// A list that is open.
#[derive(Debug, Default)]
struct List {
    style: String,
    count: Option<u32>,
    /// The next paragraph begins the item.
    begins: bool,
}

/// What has been read of the text.
pub(super) struct Walk<'w> {
    styles: &'w Styles,
    pub writer: Writer,
    pub title: Option<String>,
    open: Vec<Paragraph>,
    /// For each span that is open, how many kinds it has.
    spans: Vec<usize>,
    lists: Vec<List>,
    /// How far each style's outermost list was counted, for lists that go on.
    counted: HashMap<String, u32>,
    /// The paragraphs of a note that is open, and the lists around it.
    note: Option<(Vec<Paragraph>, Vec<List>)>,
    header_rows: bool,
    skipped: usize,
    in_body: bool,
    in_picture: bool,
    /// How many drawings are open: only within one, a title is what it is called and no field.
    drawings: usize,
}

impl<'w> Walk<'w> {
    /// Returns a walk with nothing read yet.
    pub fn new(styles: &'w Styles) -> Self {
        Self {
            styles,
            writer: Writer::default(),
            title: None,
            open: Vec::new(),
            spans: Vec::new(),
            lists: Vec::new(),
            counted: HashMap::new(),
            note: None,
            header_rows: false,
            skipped: 0,
            in_body: false,
            in_picture: false,
            drawings: 0,
        }
    }

    /// Reads the text. Returns whether it was sound to its end.
    pub fn read(&mut self, bytes: &[u8]) -> bool {
        walk(bytes, &mut |event| match event {
            Event::Start(tag) => {
                let name = tag.name();
                if self.skipped > 0 || self.in_body && is_passed_over(name) {
                    self.skipped += 1;
                } else if name == "body" {
                    self.in_body = true;
                } else if self.in_body {
                    self.start(tag, name);
                }
            }
            Event::End(_) if self.skipped > 0 => self.skipped -= 1,
            Event::End("body") => self.in_body = false,
            Event::End(name) if self.in_body => self.end(name),
            Event::Text(text) if self.skipped == 0 => {
                if self.in_picture {
                    if !text.trim().is_empty() {
                        self.push(Inline::Image(text.to_owned()));
                    }
                } else {
                    self.push(Inline::Text(text.to_owned()));
                }
            }
            _ => {}
        })
    }

    fn start(&mut self, tag: &Tag<'_>, name: &str) {
        match name {
            "p" | "h" => self.begin(tag, name),
            "span" => {
                let style = tag.get("style-name").unwrap_or_default();
                let kinds = self.styles.spans(&style);
                self.spans.push(kinds.len());
                for kind in kinds {
                    self.push(Inline::Open(kind));
                }
            }
            "a" => {
                let address = tag.get("href").unwrap_or_default();
                self.push(Inline::Open(SpanKind::Link(address)));
            }
            "bookmark-ref" | "reference-ref" => {
                let name = tag.get("ref-name").unwrap_or_default();
                self.push(Inline::Open(SpanKind::Link(format!("#{name}"))));
            }
            "bookmark" | "bookmark-start" | "reference-mark" | "reference-mark-start" => {
                if let Some(name) = tag.get("name") {
                    self.push(Inline::Destination(name));
                }
            }
            "s" => {
                let count = tag.get("c").and_then(|count| count.parse().ok());
                let count: usize = count.unwrap_or(1).min(1_000);
                self.push(Inline::Text(" ".repeat(count)));
            }
            "tab" => self.push(Inline::Text("\t".to_owned())),
            "line-break" => self.push(Inline::Break),
            "list" => self.open_list(tag),
            "list-item" | "list-header" => self.open_item(tag),
            "note-body" => self.note = Some((Vec::new(), mem::take(&mut self.lists))),
            "table" => self.writer.open_table(),
            "table-header-rows" => self.header_rows = true,
            "table-row" => {
                self.writer.open_row();
                if self.header_rows {
                    self.writer.mark_header();
                }
            }
            // What another cell goes over is there as well, and empty.
            "table-cell" | "covered-table-cell" => {
                self.writer.open_cell();
                let again = tag.get("number-columns-repeated");
                let again: Option<usize> = again.and_then(|count| count.parse().ok());
                self.writer
                    .skip_columns(again.unwrap_or(1).saturating_sub(1));
            }
            "frame" | "custom-shape" | "g" => self.drawings += 1,
            "title" | "desc" if self.drawings > 0 => self.in_picture = true,
            _ => {}
        }
    }

    fn begin(&mut self, tag: &Tag<'_>, name: &str) {
        let style = tag.get("style-name").unwrap_or_default();
        let level = number(tag.get("outline-level").as_deref());
        let inherited = || {
            self.styles
                .chain(&style)
                .find_map(|(_, style)| style.outline)
        };
        let is = |names: &[&str]| self.styles.is(&style, names);
        let heading = match name {
            "h" => Some(level.or_else(inherited).unwrap_or(1)),
            // A paragraph in the style of a heading, as programs write one.
            _ => inherited().filter(|level| *level > 0),
        };
        let role = if is(&["Title"]) {
            Role::Heading(1)
        } else if let Some(level) = heading {
            Role::Heading(level.clamp(1, 6))
        } else if let Some(role) = self.item() {
            role
        } else if is(&["Quotations", "Quote", "Block_20_Text"]) {
            Role::Quotation
        } else if is(&[
            "Preformatted_20_Text",
            "Preformatted_Text",
            "Source_20_Code",
        ]) {
            Role::Code
        } else {
            Role::Plain
        };
        // Letters that the paragraph's own automatic style makes bold are no emphasis within it.
        self.open.push(Paragraph {
            role,
            inlines: Vec::new(),
        });
        if self.title.is_none() && self.styles.is(&style, &["Title"]) {
            self.title = Some(String::new());
        }
    }

    /// Returns what a paragraph is in the list that is open.
    fn item(&mut self) -> Option<Role> {
        let depth = self.lists.len().checked_sub(1)?;
        let level = depth.min(usize::from(u8::MAX)) as u8;
        let list = self.lists.last_mut()?;
        if !mem::take(&mut list.begins) {
            return Some(Role::InItem(level));
        }
        let key = (list.style.clone(), level + 1);
        let start = self.styles.lists.get(&key).copied().flatten();
        let marker = match start {
            None => Marker::Bullet,
            Some(start) => {
                let count = list.count.map_or(start, |count| count.saturating_add(1));
                list.count = Some(count);
                Marker::Number(count)
            }
        };
        Some(Role::Item(level, marker))
    }

    fn open_list(&mut self, tag: &Tag<'_>) {
        if self.lists.len() >= 64 {
            return;
        }
        let own = tag.get("style-name");
        let outer = self.lists.last().map(|list| list.style.clone());
        let style = own.or(outer).unwrap_or_default();
        let goes_on = tag.get("continue-numbering").as_deref() == Some("true")
            || tag.get("continue-list").is_some();
        self.lists.push(List {
            count: goes_on.then(|| self.counted.get(&style).copied()).flatten(),
            style,
            begins: false,
        });
    }

    fn open_item(&mut self, tag: &Tag<'_>) {
        if let Some(list) = self.lists.last_mut() {
            list.begins = true;
            let start: Option<u32> = tag.get("start-value").and_then(|start| start.parse().ok());
            if let Some(start) = start {
                list.count = Some(start.saturating_sub(1));
            }
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" | "h" => self.end_paragraph(),
            "span" => {
                let kinds = self.spans.pop().unwrap_or(0);
                (0..kinds).for_each(|_| self.push(Inline::Close));
            }
            "a" | "bookmark-ref" | "reference-ref" => self.push(Inline::Close),
            "list" => {
                if let Some(List {
                    style,
                    count: Some(count),
                    ..
                }) = self.lists.pop()
                {
                    self.counted.insert(style, count);
                }
            }
            "note-body" => {
                if let Some((paragraphs, lists)) = self.note.take() {
                    self.lists = lists;
                    for inline in self.writer.note(paragraphs) {
                        self.push(inline);
                    }
                }
            }
            "table" => self.writer.close_table(),
            "table-header-rows" => self.header_rows = false,
            "frame" | "custom-shape" | "g" => self.drawings = self.drawings.saturating_sub(1),
            "title" | "desc" => self.in_picture = false,
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        let Some(paragraph) = self.open.pop() else {
            return;
        };
        if self.title.as_deref() == Some("") {
            self.title = Some(paragraph.text()).filter(|title| !title.trim().is_empty());
        }
        match &mut self.note {
            Some((paragraphs, _)) => paragraphs.push(paragraph),
            None => self.writer.paragraph(paragraph),
        }
    }

    fn push(&mut self, inline: Inline) {
        if let Some(open) = self.open.last_mut() {
            open.inlines.push(inline);
        }
    }
}

/// Returns whether an element and all in it stays out.
fn is_passed_over(name: &str) -> bool {
    matches!(
        name,
        "tracked-changes"
            | "annotation"
            | "binary-data"
            | "table-of-content"
            | "alphabetical-index"
            | "illustration-index"
            | "table-index"
            | "object-index"
            | "user-index"
            | "note-citation"
            | "page-number"
            | "page-count"
            | "forms"
            | "sequence-decls"
            | "variable-decls"
            | "script"
            | "ruby-text"
    )
}
