//! What stands in lists and beside names: items, fields, options, terms, notes, verses, rows.

use super::blocks::{Part, Writer, field};
use super::lines::{Line, drawn, is_underline};
use super::order::{self, Count};
use super::table::Row;
use super::targets;
use crate::document::{BlockKind, Marker, SpanKind};
use crate::format::beside;
use crate::format::fields::{self, Value};

/// How far below a field the title is looked for, in lines.
const HEAD: usize = 64;

impl<'t> Writer<'t> {
    pub(super) fn note(&mut self, part: Part, label: &str, words: &'t str) -> usize {
        let (label, referred) = self.targets.definition(label);
        self.builder.end();
        self.builder.open_list(true);
        let number = label.parse().ok().map(Marker::Number);
        self.builder.open_item(number.unwrap_or(Marker::Bullet));
        if number.is_none() {
            self.lead = Some(format!("[{label}]"));
        }
        self.builder.destination(&format!("fn-{label}"));
        self.back = referred.then_some(label);
        let end = self.inside(part, words);
        self.back = None;
        self.lead = None;
        self.builder.close_list();
        end
    }

    /// Takes a field: before the text it says what the text is, within it it is shown, and so is one that says nothing
    /// known.
    pub(super) fn field(&mut self, part: Part, field: &'t str, value: &'t str) -> usize {
        let heads = part.depth == 0
            && self.builder.blocks() <= 1 + self.shown_before
            && self.fields.len() < 64;
        let end = self.end(part);
        if heads {
            let more = (part.from + 1..end).map(|at| self.line(at).text);
            let whole: Vec<&str> = std::iter::once(value).chain(more).collect();
            let whole = whole.join(" ");
            let whole = unstamped(&whole);
            if fields::is_known(field, whole) || self.heads_title(end) {
                let value = Value::Text(whole.to_owned());
                self.fields.push((field.to_owned(), value));
                return end;
            }
        }
        let before = self.builder.blocks();
        self.lead = Some(field.to_owned());
        self.inside(part, value);
        if self.lead.is_some() {
            // It has no value, and its name is all that it says.
            self.begin(BlockKind::Paragraph);
            self.builder.end();
        }
        if heads {
            self.shown_before += self.builder.blocks() - before;
        }
        end
    }

    /// Returns whether the title of the text stands below the fields that go on at a line. What stands above it is for the
    /// programs that make pages of it (Sphinx, file-wide metadata), as long as there is one.
    fn heads_title(&self, from: usize) -> bool {
        let is_passed = |line: Line<'_>| {
            line.text.is_empty()
                || line.indent > 0
                || line.text.starts_with(".. ")
                || field(line.text).is_some()
        };
        let mut near = from..self.lines.len().min(from + HEAD);
        let first = near.find(|at| !is_passed(self.line(*at)));
        let text = |at: usize| self.line(at).text;
        self.styles.is_empty()
            && first
                .is_some_and(|at| drawn(text(at)).is_some() || is_underline(text(at), text(at + 1)))
    }

    /// Returns how the items of a list are counted that a line may begin: with letters or Roman numbers only where the
    /// next one follows, since `A. Smith` is a name.
    pub(super) fn count(&self, part: Part) -> Option<Count> {
        let text = self.line(part.from).text;
        if item(text).is_some() {
            return Some(Count::Figures);
        }
        if !order::begins(text) {
            return None;
        }
        let next = self.end(part);
        let follows = next < part.to && self.line(next).indent == part.base;
        order::of(text, self.line(next).text).filter(|_| follows)
    }

    pub(super) fn list(&mut self, part: Part, count: Count) -> usize {
        let mut at = part.from;
        let first = self.end(part);
        let mut number = count.first(self.line(at).text);
        let loose = first < part.to
            && self.line(first - 1).text.is_empty()
            && count.item(self.line(first).text, number + 1).is_some();
        self.builder.end();
        self.builder.open_list(!loose);
        while at < part.to && self.line(at).indent == part.base {
            let Some((marker, words)) = count.item(self.line(at).text, number) else {
                break;
            };
            number += 1;
            self.builder.open_item(marker);
            at = self.inside(part.at(at), words);
            self.builder.close_item();
        }
        self.builder.close_list();
        at
    }

    pub(super) fn verse(&mut self, part: Part) -> usize {
        self.begin(BlockKind::Paragraph);
        let mut at = part.from;
        while at < part.to {
            let text = self.line(at).text;
            if let Some(words) = text.strip_prefix('|') {
                if at > part.from {
                    self.builder.break_line();
                }
                self.words(words.trim());
            } else if text.is_empty() || self.line(at).indent <= part.base {
                break;
            } else {
                self.builder.text(" ");
                self.words(text);
            }
            at += 1;
        }
        self.builder.end();
        at
    }

    pub(super) fn rows(&mut self, rows: &[Row]) {
        for row in rows {
            self.begin(BlockKind::TableRow { header: row.header });
            for (place, cell) in row.cells.iter().enumerate() {
                if place > 0 {
                    self.builder.next_cell();
                }
                self.words(cell);
            }
            self.builder.end();
        }
    }

    /// Writes an option of a program and what it does.
    pub(super) fn option(&mut self, part: Part, text: &'t str) -> usize {
        let (option, words) = text.split_once("  ").unwrap_or((text, ""));
        self.begin(BlockKind::Paragraph);
        self.builder.open_span(SpanKind::Code);
        self.builder.text(option);
        self.builder.close_span();
        self.builder.end();
        self.builder.open_quotation();
        let end = self.inside(part, words);
        self.builder.close_quotation();
        end
    }

    pub(super) fn definition(&mut self, part: Part, text: &'t str) -> usize {
        self.begin(BlockKind::Paragraph);
        if self.in_glossary {
            self.name_term(text);
        }
        self.builder.open_span(SpanKind::Strong);
        self.words(text);
        self.builder.close_span();
        self.builder.end();
        self.quotation(part.at(part.from + 1))
    }

    /// Writes the terms of a glossary, of which several may have one meaning.
    pub(super) fn glossary(&mut self, part: Part) {
        self.in_glossary = true;
        let mut at = part.from;
        while at < part.to {
            let line = self.line(at);
            let next = self.line(at + 1);
            let is_term = !line.text.is_empty() && line.indent == part.base;
            if is_term && next.indent == part.base && !next.text.is_empty() {
                // The meaning stands below the last of them.
                self.begin(BlockKind::Paragraph);
                self.name_term(line.text);
                self.builder.open_span(SpanKind::Strong);
                self.words(line.text);
                self.builder.close_span();
                self.builder.end();
                at += 1;
            } else {
                let end = self.end(part.at(at)).max(at + 1);
                self.blocks(Part {
                    from: at,
                    to: end,
                    ..part
                });
                at = end;
            }
        }
        self.in_glossary = false;
    }

    /// Notes that a term stands here.
    fn name_term(&mut self, words: &str) {
        let term = targets::term(words);
        self.builder.destination(&term);
        self.builder.destination(&beside::wide(&term));
    }
}

/// Returns a value without what a keeper of versions sets around it: `$Date: 2021-11-10 $`.
fn unstamped(value: &str) -> &str {
    let value = value.trim();
    let inner = value
        .strip_prefix('$')
        .and_then(|value| value.strip_suffix('$'));
    inner
        .and_then(|inner| inner.split_once(": "))
        .map_or(value, |(_, value)| value.trim())
}

/// Returns the marker of an item and its words; a number of 0 counts by itself.
pub(super) fn item(text: &str) -> Option<(Marker, &str)> {
    let (mark, words) = text.split_once(char::is_whitespace)?;
    if matches!(mark, "*" | "+" | "-" | "•") {
        return Some((Marker::Bullet, words));
    }
    let bare = mark.strip_suffix(['.', ')'])?;
    let bare = bare.strip_prefix('(').unwrap_or(bare);
    if bare == "#" {
        return Some((Marker::Number(0), words));
    }
    let number: u32 = bare.parse().ok()?;
    (bare.len() <= 4).then_some((Marker::Number(number), words))
}

/// Returns whether a line describes an option of a program: `-v, --verbose  Say more.`
pub(super) fn is_option(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('-') else {
        return false;
    };
    let named = rest
        .trim_start_matches('-')
        .starts_with(|c: char| c.is_ascii_alphanumeric());
    let option = text.split("  ").next().unwrap_or(text);
    named && option.len() <= 60 && !option.contains(". ")
}
