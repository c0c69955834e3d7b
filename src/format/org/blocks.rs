//! Blocks, settings, tables, formulas: what is more than one line and no paragraph.

use std::collections::HashSet;

use super::inline;
use super::keyword;
use super::lines::{begins_block, stars};
use super::places;
use super::writer::{DEEPEST, Writer};
use crate::document::{BlockKind, SpanKind};
use crate::format::{beside, rst};

/// How many names of blocks that are not closed are looked for.
const UNCLOSED: usize = 16;

/// The blocks whose lines stand as they are.
const LITERAL: [&str; 6] = ["src", "example", "ditaa", "dot", "plantuml", "equation"];

/// The blocks that are for other programs.
const UNSHOWN: [&str; 6] = ["comment", "export", "html", "latex", "ascii", "docbook"];

/// The blocks whose content only stands otherwise.
const BARE: [&str; 4] = ["center", "abstract", "details", "aside"];

impl Writer<'_> {
    /// Takes a block that is opened by `#+BEGIN_name`; one that is not closed is its first line alone.
    pub(super) fn block(&mut self, name: &str, lines: &[&str]) -> usize {
        let name = name.to_ascii_lowercase();
        if !is_literal(&name) && name != "verse" {
            self.open_block(name);
            return 1;
        }
        let Some(length) = length(&name, lines, &mut self.unclosed) else {
            return 1;
        };
        let within = lines.get(1..=length).unwrap_or_default();
        if !UNSHOWN.contains(&name.as_str()) {
            self.close_lists_within(indent(lines));
        }
        match name.as_str() {
            name if UNSHOWN.contains(&name) => {}
            "verse" => {
                self.builder.begin(BlockKind::Paragraph);
                for line in within {
                    inline::write(line.trim_end(), &mut self.notes, &mut self.builder);
                    self.builder.break_line();
                }
                self.builder.end();
            }
            _ => self.code(within),
        }
        length + 2
    }

    pub(super) fn code(&mut self, lines: &[&str]) {
        let worded = lines.iter().filter(|line| !line.trim().is_empty());
        let indent = worded
            .map(|line| line.len() - line.trim_start_matches(' ').len())
            .min();
        let lines: Vec<&str> = lines
            .iter()
            // A line that would end the block or begin a heading has a comma before it.
            .map(|line| line.get(indent.unwrap_or(0)..).unwrap_or_default())
            .map(|line| {
                let bare = line.strip_prefix(',');
                bare.filter(|bare| bare.starts_with('*') || bare.starts_with("#+"))
                    .unwrap_or(line)
            })
            .collect();
        self.builder
            .block(BlockKind::Code, lines.join("\n").trim_matches('\n'));
    }

    /// Opens a block that holds text: what stands within is taken line by line, and the end closes it. What is neither
    /// a quotation nor a remark only stands otherwise.
    fn open_block(&mut self, name: String) {
        self.close_lists(0);
        self.builder.end();
        let remark = rst::remark(&name);
        if BARE.contains(&name.as_str()) || (name != "quote" && remark.is_none()) {
            return;
        }
        if self.quotes.len() < DEEPEST {
            self.builder.open_quotation();
            self.quotes.push(name);
        }
        if let Some(called) = remark {
            self.builder.begin(BlockKind::Paragraph);
            self.builder.open_span(SpanKind::Strong);
            self.builder.text(called);
            self.builder.close_span();
            self.builder.end();
        }
    }

    /// Takes a comment or a setting; the end of a quotation closes it, a caption is text.
    pub(super) fn setting(&mut self, indent: usize, bare: &str) -> usize {
        if let Some(name) = ends_block(bare)
            && let Some(place) = self
                .quotes
                .iter()
                .rposition(|open| open.eq_ignore_ascii_case(name))
        {
            self.close_lists(0);
            for _ in place..self.quotes.len() {
                self.builder.close_quotation();
            }
            self.quotes.truncate(place);
        }
        if let Some(name) = places::named(bare) {
            self.builder.destination(name);
        }
        match keyword(bare) {
            Some((name, value)) if name.eq_ignore_ascii_case("caption") => {
                self.close_lists_within(indent);
                self.builder.begin(BlockKind::Paragraph);
                inline::write(value, &mut self.notes, &mut self.builder);
                self.builder.end();
            }
            Some((name, value)) if name.eq_ignore_ascii_case("include") => {
                self.close_lists_within(indent);
                self.other_file(value);
            }
            _ => {}
        }
        1
    }

    /// Writes where words stand that belong here: what lies in a file of its own is read as one.
    fn other_file(&mut self, value: &str) {
        let quoted = value
            .strip_prefix('"')
            .and_then(|rest| rest.split_once('"'));
        let named = quoted.map_or_else(|| value.split_whitespace().next(), |(path, _)| Some(path));
        let Some((path, _)) = named.map(|path| path.split_once("::").unwrap_or((path, ""))) else {
            return;
        };
        let address = beside::is_text(path).then(|| self.notes.places.file(path));
        let kind = address.flatten().map_or(SpanKind::Code, SpanKind::Link);
        self.builder.begin(BlockKind::Paragraph);
        self.builder.open_span(kind);
        self.builder.text(path);
        self.builder.close_span();
        self.builder.end();
    }

    /// Takes a formula that stands apart; one that is not closed is its first line alone.
    pub(super) fn environment(&mut self, name: &str, lines: &[&str]) -> usize {
        let end = format!("\\end{{{name}}}");
        let mut within = lines.iter().take_while(|line| stars(line).is_none());
        let given_up = self.unclosed.len() >= UNCLOSED || self.unclosed.contains(&end);
        let found = (!given_up).then(|| within.position(|line| line.trim_end().ends_with(&end)));
        let length = found.flatten().map_or(1, |place| place + 1);
        if found.flatten().is_none() {
            self.unclosed.insert(end);
        }
        self.close_lists_within(indent(lines));
        self.code(lines.get(..length).unwrap_or_default());
        length
    }

    /// Takes the line of times below a heading; how long somebody was at it is for the editor.
    pub(super) fn planning(&mut self, bare: &str) -> usize {
        if !bare.starts_with("CLOCK:") {
            self.builder.begin(BlockKind::Paragraph);
            inline::write(bare, &mut self.notes, &mut self.builder);
            self.builder.end();
        }
        1
    }

    pub(super) fn fixed(&mut self, lines: &[&str]) -> usize {
        self.close_lists_within(indent(lines));
        let bare = lines.iter().map(|line| line.trim());
        let set: Vec<&str> = bare
            .take_while(|line| *line == ":" || line.starts_with(": "))
            .map(|line| line.get(2..).unwrap_or_default())
            .collect();
        self.code(&set);
        set.len()
    }

    pub(super) fn table(&mut self, lines: &[&str]) -> usize {
        self.close_lists_within(indent(lines));
        let rows: Vec<&str> = lines
            .iter()
            .map(|line| line.trim())
            .take_while(|line| line.starts_with('|'))
            .collect();
        let is_line = |row: &str| row.starts_with("|-");
        // The rows above the first line name the columns, where rows stand below it.
        let named = rows
            .iter()
            .position(|row| is_line(row))
            .filter(|line| *line + 1 < rows.len())
            .unwrap_or(0);
        for (place, row) in rows.iter().enumerate() {
            if is_line(row) || is_of_widths(row) {
                continue;
            }
            self.builder.begin(BlockKind::TableRow {
                header: place < named,
            });
            let inner = row.trim_matches('|');
            for (number, cell) in inner.split('|').enumerate() {
                if number > 0 {
                    self.builder.next_cell();
                }
                inline::write(cell.trim(), &mut self.notes, &mut self.builder);
            }
            self.builder.end();
        }
        rows.len()
    }
}

/// Returns how far the first of the lines stands in.
fn indent(lines: &[&str]) -> usize {
    let first = lines.first().copied().unwrap_or_default();
    first.len() - first.trim_start().len()
}

/// Returns whether the lines of a block, whose name is in lower case, stand as they are or go to other programs.
fn is_literal(name: &str) -> bool {
    LITERAL.contains(&name) || UNSHOWN.contains(&name)
}

/// Returns how many lines stand in the block that the first line opens; nothing for one that is not closed. What was
/// looked for to the end of the text in vain is not looked for again.
fn length(name: &str, lines: &[&str], unclosed: &mut HashSet<String>) -> Option<usize> {
    if unclosed.len() >= UNCLOSED || unclosed.contains(name) {
        return None;
    }
    let ends = |line: &str| {
        let rest = ending(line.trim());
        let head = rest.and_then(|rest| rest.get(..name.len()));
        head.is_some_and(|head| head.eq_ignore_ascii_case(name))
    };
    let length = lines.iter().skip(1).position(|line| ends(line));
    if length.is_none() {
        unclosed.insert(name.to_owned());
    }
    length
}

/// Returns the lines that may say something of the text: those of programs and examples do not.
pub(super) fn saying<'t>(lines: &[&'t str]) -> Vec<&'t str> {
    let mut saying = Vec::with_capacity(lines.len());
    let mut unclosed = HashSet::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let name = begins_block(line.trim()).map(str::to_ascii_lowercase);
        let length = name.filter(|name| is_literal(name)).and_then(|name| {
            let rest = lines.get(at..).unwrap_or_default();
            length(&name, rest, &mut unclosed)
        });
        if length.is_none() {
            saying.push(*line);
        }
        at += length.map_or(1, |length| length + 2);
    }
    saying
}

/// Returns what follows the sign that ends a block.
fn ending(bare: &str) -> Option<&str> {
    let head = bare.get(..6)?;
    head.eq_ignore_ascii_case("#+end_")
        .then(|| bare.get(head.len()..))
        .flatten()
}

/// Returns the name of the block that a line ends.
fn ends_block(bare: &str) -> Option<&str> {
    ending(bare)?.split_whitespace().next()
}

/// Returns whether a row of a table only says how wide its columns are: `| <l> | <10> |`.
fn is_of_widths(row: &str) -> bool {
    let mut cells = row
        .split('|')
        .map(str::trim)
        .filter(|cell| !cell.is_empty())
        .peekable();
    cells.peek().is_some()
        && cells.all(|cell| {
            let inner = cell
                .strip_prefix('<')
                .and_then(|rest| rest.strip_suffix('>'));
            inner.is_some_and(|inner| {
                let digits = inner.trim_start_matches(['l', 'r', 'c']);
                inner.len() - digits.len() <= 1 && digits.bytes().all(|byte| byte.is_ascii_digit())
            })
        })
}
