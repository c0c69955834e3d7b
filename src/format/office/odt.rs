//! ODT: the text of an `OpenDocument` package with its styles, lists and notes (OASIS `OpenDocument` 1.3, part 3).
//!
//! What was deleted while changes were tracked is kept apart in the file and stays out; comments and indexes do too.

mod places;
mod styles;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::mem;

use super::formula::Formula;
use super::letters::{Letters, number};
use super::numbers::{Form, Mark};
use super::write::{Inline, Paragraph, Role, Writer};
use crate::document::SpanKind;
use crate::format::xml::{Event, Tag, walk};
pub(super) use places::lead_by_name;
pub(super) use styles::Styles;

/// What stands beside the text.
#[derive(Debug, Default)]
pub(super) struct Beside {
    pub styles: Styles,
    /// The formulas, each by the folder of its object.
    pub formulas: HashMap<String, String>,
    /// Some links lead to headings, tables and the like by what these are called.
    pub lead_by_name: bool,
}

/// A list that is open.
#[derive(Debug, Default)]
struct List {
    style: String,
    count: Option<u32>,
    /// The number of its last item, as it is written.
    written: String,
    /// The next paragraph begins the item.
    begins: bool,
}

/// What has been read of the text.
pub(super) struct Walk<'w> {
    beside: &'w Beside,
    pub writer: Writer,
    pub title: Option<String>,
    open: Vec<Paragraph>,
    /// The spans that are open.
    spans: Vec<Letters>,
    lists: Vec<List>,
    /// How far each style's outermost list was counted, for lists that go on.
    counted: HashMap<String, u32>,
    /// The paragraphs of a note that is open, and the lists around it.
    note: Option<(Vec<Paragraph>, Vec<List>)>,
    header_rows: bool,
    skipped: usize,
    in_body: bool,
    in_picture: bool,
    /// A formula that stands in the file itself.
    formula: Option<Formula>,
    /// The drawings that are open, each with whether it shows a formula, after which its name says no more. Only within a
    /// drawing, a title is what it is called and no field.
    drawings: Vec<bool>,
    /// The names of the places between two paragraphs, which lead to the next.
    waiting: Vec<String>,
}

impl<'w> Walk<'w> {
    /// Returns a walk with nothing read yet.
    pub fn new(beside: &'w Beside) -> Self {
        Self {
            beside,
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
            formula: None,
            drawings: Vec::new(),
            waiting: Vec::new(),
        }
    }

    /// Reads the text. Returns whether it was sound to its end.
    pub fn read(&mut self, bytes: &[u8]) -> bool {
        let sound = walk(bytes, &mut |event| self.take(&event));
        if !self.waiting.is_empty() {
            let waiting = mem::take(&mut self.waiting);
            self.writer.paragraph(Paragraph::at(waiting));
        }
        sound
    }

    fn take(&mut self, event: &Event<'_>) {
        if let Some(formula) = &mut self.formula {
            if let Some(line) = formula.take(event) {
                self.formula = None;
                self.push(Inline::Text(line));
            }
            return;
        }
        match event {
            Event::Start(tag) => {
                let name = tag.name();
                if self.skipped > 0 || self.in_body && is_passed_over(tag, name) {
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
            Event::Text(text) if self.skipped == 0 => self.text(text),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.in_picture {
            let is_formula = self.drawings.last() == Some(&true);
            if !is_formula && !text.trim().is_empty() {
                self.push(Inline::Image(text.to_owned()));
            }
            return;
        }
        let letters = self.spans.last();
        if letters.is_some_and(|letters| letters.hidden) {
            return;
        }
        let script = letters.and_then(|letters| letters.script);
        let words = script.unwrap_or_default().set(text).into_owned();
        self.push(Inline::Text(words));
    }

    fn start(&mut self, tag: &Tag<'_>, name: &str) {
        match name {
            "p" | "h" => self.begin(tag, name),
            "span" => {
                let style = tag.get("style-name").unwrap_or_default();
                let mut letters = self.beside.styles.letters(&style);
                if let Some(around) = self.spans.last() {
                    letters.hidden |= around.hidden;
                    letters.script = letters.script.or(around.script);
                }
                for kind in letters.spans.clone() {
                    self.push(Inline::Open(kind));
                }
                self.spans.push(letters);
            }
            "a" => {
                let address = places::led(tag.get("href").unwrap_or_default());
                self.push(Inline::Open(SpanKind::Link(address)));
            }
            "bookmark-ref" | "reference-ref" => {
                let name = tag.get("ref-name").unwrap_or_default();
                self.push(Inline::Open(SpanKind::Link(format!("#{name}"))));
            }
            "bookmark" | "bookmark-start" | "reference-mark" | "reference-mark-start" => {
                if let Some(name) = tag.get("name") {
                    self.place(name);
                }
            }
            "section" => self.place_by_name(tag, places::REGION),
            "s" => {
                let count = tag.get("c").and_then(|count| count.parse().ok());
                let count: usize = count.unwrap_or(1).min(1_000);
                self.push(Inline::Text(" ".repeat(count)));
            }
            "tab" => self.push(Inline::Text("\t".to_owned())),
            "line-break" => self.push(Inline::Break),
            "list" => self.open_list(tag),
            "list-item" => self.open_item(tag),
            "math" => self.begin_formula(),
            "object" => self.object(tag),
            "note-body" => self.note = Some((Vec::new(), mem::take(&mut self.lists))),
            "table" => {
                self.place_by_name(tag, places::TABLE);
                self.writer.open_table();
            }
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
            "frame" | "custom-shape" | "g" => {
                self.place_by_name(tag, places::FRAME);
                self.drawings.push(false);
            }
            "title" | "desc" if !self.drawings.is_empty() => self.in_picture = true,
            _ => {}
        }
    }

    /// Notes that links to a name lead here, or to the next paragraph where none is open.
    fn place(&mut self, name: String) {
        if self.open.is_empty() {
            self.waiting.push(name);
        } else {
            self.push(Inline::Destination(name));
        }
    }

    /// Notes that links to what an element is called lead here.
    fn place_by_name(&mut self, tag: &Tag<'_>, sort: &str) {
        let name = tag.get("name").filter(|_| self.beside.lead_by_name);
        if let Some(name) = name {
            self.place(format!("{name}{sort}"));
        }
    }

    fn shows_formula(&mut self) {
        if let Some(drawing) = self.drawings.last_mut() {
            *drawing = true;
        }
    }

    fn begin_formula(&mut self) {
        self.shows_formula();
        self.formula = Some(Formula::default());
    }

    /// Shows an object of the package that is a formula.
    fn object(&mut self, tag: &Tag<'_>) {
        let place = tag.get("href").unwrap_or_default();
        let folder = place.trim_start_matches("./").trim_end_matches('/');
        if let Some(line) = self.beside.formulas.get(folder) {
            self.shows_formula();
            self.push(Inline::Text(line.clone()));
        }
    }

    fn begin(&mut self, tag: &Tag<'_>, name: &str) {
        let style = tag.get("style-name").unwrap_or_default();
        let level = number(tag.get("outline-level").as_deref());
        let inherited = || {
            self.beside
                .styles
                .chain(&style)
                .find_map(|(_, style)| style.outline)
        };
        let is = |names: &[&str]| self.beside.styles.is(&style, names);
        let heading = match name {
            "h" => Some(level.or_else(inherited).unwrap_or(1)),
            // A paragraph in the style of a heading, as programs write one.
            _ => inherited().filter(|level| *level > 0),
        };
        let is_title = is(&["Title"]);
        let is_quotation = is(&["Quotations", "Quote", "Block_20_Text"]);
        let is_code = is(&[
            "Preformatted_20_Text",
            "Preformatted_Text",
            "Source_20_Code",
        ]);
        let mut paragraph = Paragraph::at(mem::take(&mut self.waiting));
        paragraph.role = if is_title {
            Role::Heading(1)
        } else if let Some(level) = heading {
            if let Some((_, Some(mark))) = self.item() {
                mark.label().clone_into(&mut paragraph.label);
            }
            Role::Heading(level.clamp(1, 6))
        } else if let Some((depth, mark)) = self.item() {
            mark.map_or(Role::InItem(depth), |mark| paragraph.counted(depth, &mark))
        } else if is_quotation {
            Role::Quotation
        } else if is_code {
            Role::Code
        } else {
            Role::Plain
        };
        // Letters that the paragraph's own automatic style makes bold are no emphasis within it.
        self.open.push(paragraph);
        if self.title.is_none() && is_title {
            self.title = Some(String::new());
        }
    }

    /// Counts a paragraph in the list that is open: how deep it stands there, and what it is counted with where it begins
    /// an item.
    fn item(&mut self) -> Option<(u8, Option<Mark>)> {
        let (list, outer) = self.lists.split_last_mut()?;
        let level = outer.len().min(usize::from(u8::MAX)) as u8;
        if !mem::take(&mut list.begins) {
            return Some((level, None));
        }
        let key = (list.style.clone(), level + 1);
        let how = self.beside.styles.lists.get(&key);
        let Some(how) = how.filter(|how| how.form != Form::Nothing) else {
            return Some((level, Some(Mark::Bullet)));
        };
        let next = list.count.map(|count| count.saturating_add(1));
        let count = *list.count.insert(next.unwrap_or(how.start));
        list.written = how.form.write(count);
        let above = outer.len().saturating_sub(how.shown.saturating_sub(1));
        let above = outer.get(above..).unwrap_or_default().iter();
        let mut numbers: Vec<&str> = above.map(|list| list.written.as_str()).collect();
        numbers.push(&list.written);
        numbers.retain(|number| !number.is_empty());
        let [before, behind] = &how.around;
        let label = format!("{before}{}{behind}", numbers.join("."));
        let label = label.trim().to_owned();
        Some((level, Some(Mark::Number { label, count })))
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
            written: String::new(),
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
                let kinds = self.spans.pop().map_or(0, |letters| letters.spans.len());
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
            "frame" | "custom-shape" | "g" => _ = self.drawings.pop(),
            "title" | "desc" => self.in_picture = false,
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        let Some(mut paragraph) = self.open.pop() else {
            return;
        };
        if self.title.as_deref() == Some("") {
            self.title = Some(paragraph.text()).filter(|title| !title.trim().is_empty());
        }
        if self.beside.lead_by_name && matches!(paragraph.role, Role::Heading(_)) {
            let name = places::outline(&paragraph.text());
            paragraph.inlines.insert(0, Inline::Destination(name));
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
fn is_passed_over(tag: &Tag<'_>, name: &str) -> bool {
    match name {
        "section" => tag.get("display").as_deref() == Some("none"),
        "hidden-text" | "hidden-paragraph" => tag.get("is-hidden").as_deref() == Some("true"),
        _ => matches!(
            name,
            // A chart is a document of its own, whose end would end the text.
            "document"
                | "tracked-changes"
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
        ),
    }
}
