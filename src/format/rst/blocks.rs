//! The blocks of a text, by how far their lines stand in: each is told by its first line, and holds all lines that stand
//! further in below it.

use super::inline;
use super::items::is_option;
use super::lines::{self, Line, drawn};
use super::table;
use super::targets::{Base, Explicit, Targets, explicit, name};
use crate::document::{BlockKind, Body, BodyBuilder, SpanKind};
use crate::format::beside;
use crate::format::fields::Value;

/// How deep blocks stand within blocks; what stands deeper is paragraphs.
const DEEPEST: usize = 16;

/// The widest line before the meaning of a term, in bytes.
const TERM: usize = 200;

/// What is written of a text.
#[derive(Debug, Default)]
pub(super) struct Written {
    /// What it says.
    pub body: Body,
    /// What the fields before the text say of it.
    pub fields: Vec<(String, Value)>,
}

/// Writes a text; its links are absolute by `base`.
pub(super) fn write(text: &str, base: Base<'_>) -> Written {
    let lines = lines::of(text);
    let mut targets = Targets::of(&lines, base);
    for (title, line) in lines.iter().zip(lines.iter().skip(1)) {
        if lines::is_underline(title.text, line.text) {
            targets.heading(title.text);
        }
    }
    let mut writer = Writer {
        lines,
        targets,
        base,
        builder: BodyBuilder::new(),
        styles: Vec::new(),
        fields: Vec::new(),
        shown_before: 0,
        in_glossary: false,
        lead: None,
        back: None,
    };
    let all = writer.lines.len();
    writer.blocks(Part {
        from: 0,
        to: all,
        base: 0,
        depth: 0,
    });
    Written {
        body: writer.builder.finish(),
        fields: writer.fields,
    }
}

/// A run of lines that are blocks of one depth.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    /// The first line.
    pub from: usize,
    /// The line after the last.
    pub to: usize,
    /// How far in its blocks stand, in cells.
    pub base: usize,
    /// How many blocks it stands in.
    pub depth: usize,
}

impl Part {
    /// Returns the same part from another line on.
    pub fn at(self, from: usize) -> Self {
        Self { from, ..self }
    }
}

pub(super) struct Writer<'t> {
    pub lines: Vec<Line<'t>>,
    pub targets: Targets,
    pub base: Base<'t>,
    pub builder: BodyBuilder,
    /// The signs of the sections, by level, and whether they are drawn above the title too.
    pub styles: Vec<(char, bool)>,
    pub fields: Vec<(String, Value)>,
    /// How many blocks are shown before the text: names of other files (what heads all of a folder stands in one), and
    /// fields that say nothing known.
    pub shown_before: usize,
    /// What stands here are the terms of a glossary.
    pub in_glossary: bool,
    /// What the next paragraph begins with: the name of a field, the sort of a remark.
    pub lead: Option<String>,
    /// The note that the next paragraph leads back from.
    pub back: Option<String>,
}

impl<'t> Writer<'t> {
    pub fn line(&self, place: usize) -> Line<'t> {
        self.lines.get(place).copied().unwrap_or_default()
    }

    /// Writes the blocks of a part.
    pub fn blocks(&mut self, part: Part) {
        let mut at = part.from;
        while at < part.to {
            let line = self.line(at);
            at = if line.text.is_empty() {
                at + 1
            } else if part.depth > DEEPEST {
                self.paragraph(part.at(at))
            } else if line.indent > part.base {
                self.quotation(part.at(at))
            } else {
                self.block(part.at(at), line.text)
            }
            .max(at + 1);
        }
    }

    /// Writes the block that a part begins with, and returns the line after it.
    fn block(&mut self, part: Part, text: &'t str) -> usize {
        let at = part.from;
        if part.depth == 0
            && let Some(after) = self.section(at)
        {
            return after;
        }
        if drawn(text).is_some() && text.len() >= 4 && self.line(at + 1).text.is_empty() {
            self.builder.block(BlockKind::Rule, "* * *");
            return at + 1;
        }
        if let Some(markup) = explicit(text) {
            return self.explicit(part, markup);
        }
        if text.starts_with("__ ") {
            return at + 1;
        }
        if let Some((field, value)) = field(text) {
            return self.field(part, field, value);
        }
        if let Some(count) = self.count(part) {
            return self.list(part, count);
        }
        if text.starts_with(">>> ") {
            let end = (at..part.to)
                .find(|at| self.line(*at).text.is_empty())
                .unwrap_or(part.to);
            self.code(part.at(at), end);
            return end;
        }
        if text == "|" || text.starts_with("| ") {
            return self.verse(part);
        }
        if let Some((rows, after)) = table::at(&self.lines, part) {
            self.rows(&rows);
            return after;
        }
        if is_option(text) {
            return self.option(part, text);
        }
        let next = self.line(at + 1);
        if at + 1 < part.to
            && next.indent > part.base
            && text.len() <= TERM
            && !text.ends_with("::")
        {
            return self.definition(part, text);
        }
        self.paragraph(part)
    }

    /// Returns the first line after `at` that is no part of what begins there.
    pub fn end(&self, part: Part) -> usize {
        let within = |at: &usize| {
            let line = self.line(*at);
            !line.text.is_empty() && line.indent <= part.base
        };
        (part.from + 1..part.to).find(within).unwrap_or(part.to)
    }

    /// Returns the part of the lines from `from` to `to` that stand below something, by how far in they stand.
    pub fn below(&self, from: usize, to: usize, part: Part) -> Part {
        let worded = (from..to)
            .map(|at| self.line(at))
            .filter(|line| !line.text.is_empty());
        let base = worded
            .map(|line| line.indent)
            .min()
            .unwrap_or(part.base + 1);
        Part {
            from,
            to,
            base,
            depth: part.depth + 1,
        }
    }

    /// Writes what follows a mark in its line and stands below it.
    pub fn inside(&mut self, part: Part, words: &'t str) -> usize {
        let end = self.end(part);
        let below = self.below(part.from + 1, end, part);
        if let Some(line) = self.lines.get_mut(part.from) {
            *line = Line {
                indent: below.base,
                text: words.trim(),
            };
        }
        self.blocks(below.at(part.from));
        end
    }

    fn section(&mut self, at: usize) -> Option<usize> {
        let [first, second, third] = [self.line(at), self.line(at + 1), self.line(at + 2)];
        let over = drawn(first.text)
            .filter(|sign| drawn(third.text) == Some(*sign) && drawn(second.text).is_none());
        let (title, sign, after) = match over {
            Some(sign) if lines::is_underline(second.text, third.text) => {
                (second.text, sign, at + 3)
            }
            _ if second.indent == 0 && lines::is_underline(first.text, second.text) => {
                (first.text, drawn(second.text)?, at + 2)
            }
            _ => return None,
        };
        let style = (sign, after == at + 3);
        let place = self
            .styles
            .iter()
            .position(|known| *known == style)
            .unwrap_or_else(|| {
                self.styles.push(style);
                self.styles.len() - 1
            });
        let level = u8::try_from(place + 1).unwrap_or(6).min(6);
        self.begin(BlockKind::Heading { level });
        self.builder.destination(&name(title));
        self.words(title);
        self.builder.end();
        Some(after)
    }

    /// Begins a block, with what leads it where it is a paragraph.
    pub fn begin(&mut self, kind: BlockKind) {
        let lead = self.lead.take();
        if let Some(lead) = lead {
            self.builder.begin(BlockKind::Paragraph);
            self.builder.open_span(SpanKind::Strong);
            self.builder.text(&lead);
            self.builder.text(":");
            self.builder.close_span();
            if kind == BlockKind::Paragraph {
                return self.builder.text(" ");
            }
            self.builder.end();
        }
        self.builder.begin(kind);
    }

    pub fn words(&mut self, words: &str) {
        inline::write(words, &mut self.targets, self.base, &mut self.builder);
    }

    fn paragraph(&mut self, part: Part) -> usize {
        let same = |at: &usize| {
            let line = self.line(*at);
            !line.text.is_empty()
                && (line.indent == part.base || *at == part.from || part.depth > DEEPEST)
        };
        let end = (part.from..part.to)
            .take_while(same)
            .last()
            .map_or(part.from, |last| last + 1);
        let lines: Vec<&str> = (part.from..end).map(|at| self.line(at).text).collect();
        let words = lines.join("\n");
        let literal = words.ends_with("::");
        // `so::` announces what stands as it is, and shows as `so:`; alone it only announces.
        let shown = match words.strip_suffix("::") {
            Some(before) if before.is_empty() || before.ends_with(char::is_whitespace) => {
                before.trim_end()
            }
            Some(before) => words.get(..=before.len()).unwrap_or(before),
            None => &words,
        };
        if !shown.is_empty() {
            self.begin(BlockKind::Paragraph);
            self.words(shown);
            if let Some(label) = self.back.take() {
                self.builder.text(" ");
                self.builder
                    .open_span(SpanKind::Link(format!("#fnref-{label}")));
                self.builder.text("↩");
                self.builder.close_span();
            }
            self.builder.end();
        }
        if !literal {
            return end;
        }
        let first = (end..part.to).find(|at| !self.line(*at).text.is_empty());
        match first.filter(|first| self.line(*first).indent > part.base) {
            Some(first) => {
                let after = self.end(part.at(first));
                self.code(part.at(first), after);
                after
            }
            None => end,
        }
    }

    /// Writes the lines up to `end` as they stand, less the indent that all have.
    pub fn code(&mut self, part: Part, end: usize) {
        let base = self.below(part.from, end, part).base;
        let mut words = String::new();
        for at in part.from..end {
            let line = self.line(at);
            words.extend(std::iter::repeat_n(
                ' ',
                line.indent.saturating_sub(base).min(TERM),
            ));
            words.push_str(line.text);
            words.push('\n');
        }
        self.begin(BlockKind::Code);
        self.builder.text(words.trim_matches('\n'));
        self.builder.end();
    }

    pub fn quotation(&mut self, part: Part) -> usize {
        let end = self.end(part);
        let below = self.below(part.from, end, part);
        self.builder.end();
        self.builder.open_quotation();
        self.blocks(below);
        self.builder.close_quotation();
        end
    }

    fn explicit(&mut self, part: Part, markup: Explicit<'t>) -> usize {
        let end = self.end(part);
        match markup {
            Explicit::Target(called, "") => {
                // One whose address stands in the next line is no place.
                if self.line(part.from + 1).indent <= part.base {
                    let label = name(called);
                    self.builder.destination(&label);
                    self.builder.destination(&beside::wide(&label));
                    return part.from + 1;
                }
            }
            Explicit::Note(label, words) => return self.note(part, label, words),
            Explicit::Directive(name, argument) => {
                self.directive(part, end, name, argument);
            }
            Explicit::Comment(words) if self.builder.blocks() == 0 => {
                if let Some((name, value)) = words.split_once(": ") {
                    self.fields
                        .push((name.to_owned(), Value::Text(value.trim().to_owned())));
                }
            }
            Explicit::Target(..) | Explicit::Words(..) | Explicit::Comment(_) => {}
        }
        end
    }
}

/// Returns the name and the value of a field: `:Author: Ann`.
pub(super) fn field(text: &str) -> Option<(&str, &str)> {
    let rest = text.strip_prefix(':')?;
    let (name, value) = rest.split_once(':')?;
    let sound = !name.is_empty()
        && !name.starts_with(char::is_whitespace)
        && !name.contains('`')
        && (value.is_empty() || value.starts_with(char::is_whitespace));
    sound.then(|| (name, value.trim()))
}
