//! What other programs set between fences of colons or name in braces behind a fence, or set in below a line: divisions
//! of Pandoc and Quarto, remarks of Docusaurus, `VuePress` and `MkDocs`, directives of `MyST`.
//!
//! Remarks become quotations that begin with what they are called, as callouts do; trees of contents become lists of
//! links, pictures pictures; the fences of everything else that holds text go, and what holds code stays a fence.

mod directive;

use std::borrow::Cow;

use crate::format::{rst, signs};
use directive::Directive;

/// How deep fences within fences are told apart.
const DEEPEST: usize = 12;

/// What a text has in it that may need another form.
const SIGNS: [&str; 9] = [
    ":::", "```{", "~~~{", ")=", "!!! ", "??? ", "=== ", "+--", "\n| ",
];

/// How far in stands what belongs to a line of `MkDocs`, in columns.
const BELOW: usize = 4;

/// How far in a fence may stand: each line in it is written behind as many blanks.
const FARTHEST: usize = 64;

/// Returns the text without its fences of colons and with its directives written as Markdown.
pub(super) fn unfence(text: &str) -> Cow<'_, str> {
    if !signs::has_one(text, &SIGNS) {
        return Cow::Borrowed(text);
    }
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let ends = ends(&lines);
    let mut unfenced = Unfenced {
        lines: &lines,
        ends: &ends,
        written: String::with_capacity(text.len() + text.len() / 16),
    };
    unfenced.write(0, lines.len(), &Level::default());
    Cow::Owned(unfenced.written)
}

/// A line that opens or closes a fence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Fence<'t> {
    /// How far in it stands, in bytes.
    indent: usize,
    /// What it is made of, and of how many.
    sign: char,
    count: usize,
    /// What stands behind it.
    info: &'t str,
}

/// Returns the fence that a line is.
fn fence(line: &str) -> Option<Fence<'_>> {
    let bare = line.trim_start();
    let sign = bare
        .chars()
        .next()
        .filter(|c| matches!(c, ':' | '`' | '~'))?;
    let info = bare.trim_start_matches(sign);
    let count = bare.len() - info.len();
    let indent = line.len() - bare.len();
    let sound = count >= 3 && indent <= FARTHEST && !(sign == '`' && info.contains('`'));
    sound.then(|| Fence {
        indent,
        sign,
        count,
        info: info.trim(),
    })
}

/// Tells the lines of code between fences from others.
#[derive(Debug, Default)]
pub(super) struct Code {
    /// What the fence that is open is made of, and of how many.
    open: Option<(char, usize)>,
}

impl Code {
    /// Returns whether the next line is of such code: it opens it, stands in it, or closes it.
    pub fn takes(&mut self, line: &str) -> bool {
        let fence = fence(line).filter(|fence| fence.sign != ':');
        let closes = |(sign, count)| {
            let closing = |fence: &Fence<'_>| {
                fence.sign == sign && fence.count >= count && fence.info.is_empty()
            };
            fence.as_ref().is_some_and(closing)
        };
        let was_open = self.open;
        self.open = match was_open {
            None => fence.as_ref().map(|fence| (fence.sign, fence.count)),
            Some(open) => Some(open).filter(|open| !closes(*open)),
        };
        was_open.is_some() || self.open.is_some()
    }
}

/// Returns for each line that opens a fence the line that closes it. Nothing opens within a fence of code; a fence of
/// colons is closed by the next that says nothing.
fn ends(lines: &[&str]) -> Vec<Option<usize>> {
    let mut ends = vec![None; lines.len()];
    let mut open: Vec<(usize, Fence<'_>)> = Vec::new();
    for (place, line) in lines.iter().enumerate() {
        let Some(fence) = fence(line) else { continue };
        let closes = |(_, last): &(usize, Fence<'_>)| {
            fence.info.is_empty()
                && fence.sign == last.sign
                && (fence.sign == ':' || fence.count >= last.count)
        };
        if open.last().is_some_and(closes) {
            if let Some((opened, _)) = open.pop()
                && let Some(end) = ends.get_mut(opened)
            {
                *end = Some(place);
            }
            continue;
        }
        let is_literal = |(_, last): &(usize, Fence<'_>)| {
            last.sign != ':' && !Directive::of(last).is_some_and(|directive| directive.holds_text())
        };
        let closes_nothing = fence.sign == ':' && fence.info.is_empty();
        if !closes_nothing && !open.last().is_some_and(is_literal) {
            open.push((place, fence));
        }
    }
    ends
}

/// How the lines of a fence are written: what begins each of them, and how far in they stood.
#[derive(Clone, Debug, Default)]
struct Level {
    before: String,
    indent: usize,
    depth: usize,
}

impl Level {
    /// Returns the level of a fence that stands so far in.
    fn inner(&self, indent: usize) -> Self {
        let more = indent.saturating_sub(self.indent);
        Self {
            before: format!("{}{}", self.before, " ".repeat(more)),
            indent: indent.max(self.indent),
            depth: self.depth + 1,
        }
    }

    /// Returns the level of what stands within a quotation at this one.
    fn quoted(&self) -> Self {
        Self {
            before: format!("{}> ", self.before),
            ..*self
        }
    }
}

struct Unfenced<'l, 't> {
    lines: &'l [&'t str],
    ends: &'l [Option<usize>],
    written: String,
}

impl<'t> Unfenced<'_, 't> {
    fn at(&self, place: usize) -> &'t str {
        self.lines.get(place).copied().unwrap_or_default()
    }

    /// Writes the lines of a fence, or of the whole text.
    fn write(&mut self, from: usize, to: usize, level: &Level) {
        if level.depth > DEEPEST {
            return self.as_it_is(from, to, level);
        }
        let mut at = from;
        while at < to {
            let line = self.at(at);
            let end = self.ends.get(at).copied().flatten().filter(|end| *end < to);
            at = match (fence(line), end) {
                (Some(fence), Some(end)) => {
                    self.fence(&fence, at, end, level);
                    end + 1
                }
                // One of colons that nothing closes, or that closes nothing, says nothing.
                (Some(fence), None) if fence.sign == ':' => at + 1,
                // Code goes on to the end.
                (Some(_), None) => {
                    self.as_it_is(at, to, level);
                    to
                }
                (None, _) => self.line(line, at, to, level),
            };
        }
    }

    /// Writes a line that is no fence, and what is set in below it where that belongs to it. Returns the next line.
    fn line(&mut self, line: &str, at: usize, to: usize, level: &Level) -> usize {
        if let Some(label) = label(line) {
            self.label(label, level);
            return at + 1;
        }
        let bare = line.trim_start();
        let indent = line.len() - bare.len();
        if let Some(end) = self.drawn(at, to).filter(|_| indent <= FARTHEST) {
            self.evaluated(at, end, &level.inner(indent));
            return end;
        }
        let Some((title, is_remark)) = heads_below(bare).filter(|_| indent <= FARTHEST) else {
            self.as_it_is(at, at + 1, level);
            return at + 1;
        };
        let is_below = |place: &usize| {
            let line = self.at(*place);
            line.trim().is_empty() || line.len() - line.trim_start().len() >= indent + BELOW
        };
        let end = (at + 1..to).find(|place| !is_below(place)).unwrap_or(to);
        let mut inner = level.inner(indent);
        if is_remark {
            inner = inner.quoted();
        }
        self.words(&format!("**{title}**"), &inner);
        inner.indent = indent + BELOW;
        self.content(at + 1, end, &inner);
        end
    }

    /// Returns the end of a table that is drawn by signs, or of a verse whose lines begin with a bar: both are as
    /// reStructuredText has them.
    fn drawn(&self, at: usize, to: usize) -> Option<usize> {
        let bare = |place: usize| self.at(place).trim();
        let is_table = is_border(bare(at)) && bare(at + 1).starts_with('|');
        let is_verse =
            |place: usize| bare(place).starts_with("| ") && bare(place).matches('|').count() == 1;
        let begins = || {
            at.checked_sub(1)
                .is_none_or(|before| bare(before).is_empty())
        };
        let goes_on =
            |place: &usize| is_verse(*place) || is_table && bare(*place).starts_with(['|', '+']);
        if !(is_table || is_verse(at) && is_verse(at + 1) && begins()) {
            return None;
        }
        let end = (at..to).find(|place| !goes_on(place)).unwrap_or(to);
        (end > at + 1).then_some(end)
    }

    /// Writes lines so that they are read as reStructuredText.
    fn evaluated(&mut self, from: usize, end: usize, level: &Level) {
        let before = level.before.as_str();
        let mark = "`".repeat(7);
        self.written.extend([before, &mark, "{eval-rst}\n"]);
        self.as_it_is(from, end, level);
        if !self.written.ends_with('\n') {
            self.written.push('\n');
        }
        self.written.extend([before, &mark, "\n"]);
    }

    /// Writes the terms of a glossary, each a place of its own, and their meanings, which stand in or behind a colon.
    fn glossary(&mut self, from: usize, end: usize, level: &Level) {
        let before = level.before.as_str();
        let mut meaning = false;
        for place in from..end {
            let line = outdented(self.at(place), level.indent);
            let words = line.trim();
            if words.is_empty() {
                self.written.extend([before.trim_end(), "\n"]);
                continue;
            }
            let behind = line.strip_prefix(": ");
            if behind.is_none() && !line.starts_with([' ', '\t']) {
                meaning = false;
                let name = rst::term(words).replace('"', "");
                self.words("", level);
                self.written
                    .extend([before, "<a id=\"(", &name, ")=\"></a>", words, "\n"]);
                continue;
            }
            let mark = if meaning && behind.is_none() {
                "  "
            } else {
                ": "
            };
            meaning = true;
            let words = behind.map_or(words, str::trim);
            self.written.extend([before, mark, words, "\n"]);
        }
        self.words("", level);
    }

    /// Writes a fence and what stands in it.
    fn fence(&mut self, fence: &Fence<'t>, at: usize, end: usize, level: &Level) {
        let Some(directive) = Directive::of(fence).filter(|one| one.name != "eval-rst") else {
            return self.as_it_is(at, end + 1, level);
        };
        let inner = level.inner(fence.indent);
        let (options, from) = self.options(at + 1, end);
        let option = |wanted: &str| {
            let mut known = options.iter();
            known
                .find(|(name, _)| *name == wanted)
                .map(|(_, value)| *value)
        };
        if let Some(name) = option("name").or(option("label")) {
            self.label(name, &inner);
        }
        let given = option("title").or(option("caption")).unwrap_or_default();
        match directive.name {
            "toctree" if option("hidden").is_some() => {}
            "toctree" => {
                self.title(given, &inner);
                self.contents(from, end, &inner);
            }
            "image" | "figure" => {
                let alt = option("alt").unwrap_or_default();
                self.words(&format!("![{alt}](<{}>)", directive.argument), &inner);
                self.content(from, end, &inner);
            }
            "glossary" => self.glossary(from, end, &inner),
            "include" | "literalinclude" => {
                self.words(&format!("[{0}](<{0}>)", directive.argument), &inner);
            }
            name if rst::is_unshown(name) || name == "tableofcontents" => {}
            _ => match directive.remark() {
                Some(called) => {
                    let quoted = inner.quoted();
                    self.words(&format!("**{}**", directive.called(called, given)), &quoted);
                    self.content(from, end, &quoted);
                    self.words("", level);
                }
                None if directive.holds_text() => {
                    let title = directive.title().unwrap_or(given);
                    self.title(title, &inner);
                    self.content(from, end, &inner);
                }
                None => {
                    self.title(given, &inner);
                    self.code(from, end, &inner);
                }
            },
        }
    }

    /// Returns the options that the content of a directive begins with, and where the rest begins.
    fn options(&self, from: usize, end: usize) -> (Vec<(&'t str, &'t str)>, usize) {
        let set = |line: &'t str| {
            let (name, value) = line.trim().strip_prefix(':')?.split_once(':')?;
            let sound = !name.is_empty() && !name.contains(char::is_whitespace);
            sound.then(|| (name, value.trim()))
        };
        let mut at = from;
        let mut options = Vec::new();
        if self.at(at).trim() == "---"
            && let Some(close) = (at + 1..end).find(|place| self.at(*place).trim() == "---")
        {
            let within = (at + 1..close).filter_map(|place| self.at(place).split_once(':'));
            options.extend(within.map(|(name, value)| (name.trim(), value.trim())));
            return (options, close + 1);
        }
        while let Some(option) = (at < end).then(|| set(self.at(at))).flatten() {
            options.push(option);
            at += 1;
        }
        (options, at)
    }

    fn as_it_is(&mut self, from: usize, to: usize, level: &Level) {
        for line in self.lines.get(from..to).unwrap_or_default() {
            let line = outdented(line, level.indent);
            let before = if line.trim().is_empty() {
                level.before.trim_end()
            } else {
                &level.before
            };
            self.written.extend([before, line]);
        }
    }

    /// Writes code, in a fence that is longer than those in it may be.
    fn code(&mut self, from: usize, end: usize, level: &Level) {
        if (from..end).all(|place| self.at(place).trim().is_empty()) {
            return;
        }
        let inner = (from..end).filter_map(|place| fence(self.at(place)));
        let longest = inner.map(|fence| fence.count).max().unwrap_or(0);
        let mark = "`".repeat(longest.max(2) + 1);
        self.written.extend([&level.before, mark.as_str(), "\n"]);
        self.as_it_is(from, end, level);
        self.written.extend([&level.before, mark.as_str(), "\n"]);
    }

    /// Writes a paragraph.
    fn words(&mut self, words: &str, level: &Level) {
        if !self.written.is_empty() && !self.written.ends_with('\n') {
            self.written.push('\n');
        }
        let before = level.before.as_str();
        if !words.is_empty() {
            self.written.extend([before, words, "\n"]);
        }
        self.written.extend([before.trim_end(), "\n"]);
    }

    fn title(&mut self, title: &str, level: &Level) {
        if !title.is_empty() {
            self.words(&format!("**{title}**"), level);
        }
    }

    /// Writes the name of a place to which other files may lead.
    fn label(&mut self, name: &str, level: &Level) {
        self.words(&format!("<a id=\"({name})=\"></a>"), level);
    }

    /// Writes what a fence holds.
    fn content(&mut self, from: usize, end: usize, level: &Level) {
        self.write(from, end, level);
        self.words("", level);
    }

    /// Writes the other files that a tree of contents names as links.
    fn contents(&mut self, from: usize, end: usize, level: &Level) {
        for place in from..end {
            let line = self.at(place).trim();
            let (shown, to) = rst::parted(line);
            let path = to.unwrap_or(shown);
            if path.is_empty() || path == "self" || path.contains('*') {
                continue;
            }
            let leads = path.contains("://") || crate::format::beside::is_text(path);
            let ending = if leads { "" } else { ".md" };
            let item = format!("- [{shown}](<{path}{ending}>)\n");
            self.written.extend([level.before.as_str(), item.as_str()]);
        }
        self.words("", level);
    }
}

/// Returns a line without so many of the blanks before it, as far as it has them.
fn outdented(line: &str, indent: usize) -> &str {
    let blanks = line.len() - line.trim_start_matches([' ', '\t']).len();
    line.get(blanks.min(indent)..).unwrap_or(line)
}

/// Returns the name of the place that a line is, `(name)=`.
fn label(line: &str) -> Option<&str> {
    let name = line.trim().strip_prefix('(')?.strip_suffix(")=")?;
    let sound = !name.is_empty() && !name.contains(['(', ')', '"', '<', '>']);
    sound.then_some(name)
}

/// Returns whether a line is the edge of a table that is drawn by signs.
fn is_border(bare: &str) -> bool {
    bare.len() >= 3
        && bare.starts_with("+-")
        && bare.ends_with('+')
        && bare.bytes().all(|byte| matches!(byte, b'+' | b'-'))
}

/// Returns the title of a line of `MkDocs` that heads what is set in below it, and whether that is a remark:
/// `!!! note "Title"`, `??? tip`, `=== "Tab"`.
fn heads_below(bare: &str) -> Option<(String, bool)> {
    let remark = ["!!! ", "???+ ", "??? "]
        .iter()
        .find_map(|mark| bare.strip_prefix(mark));
    let (rest, is_remark) = match remark {
        Some(rest) => (rest, true),
        None => (
            bare.strip_prefix("=== ")
                .filter(|rest| rest.starts_with('"'))?,
            false,
        ),
    };
    let quoted = rest
        .split_once('"')
        .and_then(|(_, rest)| rest.rsplit_once('"'));
    if let Some((title, _)) = quoted.filter(|(title, _)| !title.is_empty()) {
        return Some((title.to_owned(), is_remark));
    }
    let kind = rest.split_whitespace().next()?;
    let is_kind = kind.chars().all(|c| c.is_ascii_alphabetic() || c == '-');
    let (first, others) = kind.split_at_checked(1)?;
    is_kind.then(|| (format!("{}{others}", first.to_ascii_uppercase()), is_remark))
}

#[cfg(test)]
mod tests;
