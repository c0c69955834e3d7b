//! The lines of a text in Org mode, written to a body.

use std::collections::HashSet;

use super::blocks;
use super::inline::{self, Notes};
use super::keyword;
use super::lines::{
    begins_block, begins_environment, drawer, goes_on, is_drawer, is_planning, is_rule, item, note,
    stars, tagged,
};
use super::places::{self, Places};
use crate::document::{BlockKind, Body, BodyBuilder, Marker, SpanKind};
use crate::format::{beside, markdown};

/// How deep lists and blocks are told apart.
pub(super) const DEEPEST: usize = 16;

/// How many lines below a heading may name it.
const PROPERTIES: usize = 24;

/// The keywords of tasks that are open, and of those that are done, where the text names no others.
pub(super) const OPEN: [&str; 8] = [
    "TODO", "NEXT", "WAITING", "WAIT", "STARTED", "HOLD", "DOING", "PROJ",
];
pub(super) const DONE: [&str; 4] = ["DONE", "CANCELLED", "CANCELED", "KILL"];

/// The tags that say what programs do with what stands below a heading, and not what it is about.
const STEERING: [&str; 5] = ["ATTACH", "crypt", "ignore", "noexport", "export"];

/// What is written of a text.
#[derive(Debug, Default)]
pub(super) struct Written {
    /// What it says.
    pub body: Body,
    /// The tags of its headings, in order; the same may stand twice.
    pub tags: Vec<String>,
    /// How many tasks are open.
    pub open: usize,
    /// How many are done.
    pub done: usize,
}

/// Writes a text.
pub(super) fn write(text: &str, file: &str) -> Written {
    let lines: Vec<&str> = text.lines().collect();
    let saying = blocks::saying(&lines);
    let mut writer = Writer {
        builder: BodyBuilder::new(),
        written: Written::default(),
        notes: Notes::of(Places::of(file, &saying)),
        lists: Vec::new(),
        quotes: Vec::new(),
        unclosed: HashSet::new(),
        open: OPEN.iter().map(|one| (*one).to_owned()).collect(),
        done: DONE.iter().map(|one| (*one).to_owned()).collect(),
    };
    for line in &saying {
        writer
            .notes
            .known
            .extend(note(line).map(|(label, _)| label.to_owned()));
        if let Some((name, value)) = keyword(line)
            && ["todo", "seq_todo", "typ_todo"]
                .iter()
                .any(|known| name.eq_ignore_ascii_case(known))
        {
            writer.keywords(value);
        }
    }
    writer.head(&saying);
    let mut place = 0;
    while place < lines.len() {
        place += writer.take(lines.get(place..).unwrap_or_default()).max(1);
    }
    writer.close_lists(0);
    let mut written = writer.written;
    written.body = writer.builder.finish();
    written
}

pub(super) struct Writer<'t> {
    pub builder: BodyBuilder,
    written: Written,
    pub notes: Notes<'t>,
    /// The indents of the lists that are open.
    lists: Vec<usize>,
    /// The blocks that are open and show as quotations, by their names.
    pub quotes: Vec<String>,
    open: Vec<String>,
    done: Vec<String>,
    /// The names of blocks that are not closed.
    pub unclosed: HashSet<String>,
}

impl Writer<'_> {
    /// Takes up the keywords of tasks that a text names: those after `|` are done.
    fn keywords(&mut self, value: &str) {
        let (open, done) = value.split_once('|').unwrap_or((value, ""));
        let words = |part: &str| -> Vec<String> {
            let bare = part
                .split_whitespace()
                .map(|word| word.split('(').next().unwrap_or(word));
            bare.map(str::to_owned).collect()
        };
        self.open.extend(words(open));
        self.done.extend(words(done));
    }

    /// Notes the names that the text has as a whole: an `ID` in a drawer before anything else, its identifier.
    fn head(&mut self, lines: &[&str]) {
        let head = lines.iter().take(PROPERTIES);
        let mut head = head.take_while(|line| stars(line).is_none()).peekable();
        if head.peek().is_some_and(|line| is_drawer(line.trim())) {
            let drawer = head
                .by_ref()
                .take_while(|line| !line.trim().eq_ignore_ascii_case(":end:"));
            for name in drawer.filter_map(|line| places::property(line)) {
                self.name(name);
            }
        }
        for (name, value) in head.filter_map(|line| keyword(line)) {
            if name.eq_ignore_ascii_case("identifier") {
                self.name(value);
            }
        }
    }

    /// Takes what the lines begin with, and returns how many lines that was.
    fn take(&mut self, lines: &[&str]) -> usize {
        let Some(line) = lines.first() else { return 0 };
        let bare = line.trim();
        let indent = line.len() - line.trim_start().len();
        if bare.is_empty() {
            return 1;
        }
        if let Some(level) = stars(line) {
            return self.heading(lines, level);
        }
        if let Some((label, words)) = note(line) {
            return self.note(label, words, lines);
        }
        if let Some(name) = begins_block(bare) {
            return self.block(name, lines);
        }
        if is_drawer(bare)
            && let Some(length) = drawer(lines)
        {
            return length;
        }
        if let Some(name) = begins_environment(bare) {
            return self.environment(name, lines);
        }
        if is_planning(bare) {
            return self.planning(bare);
        }
        if bare.starts_with("#+") || bare == "#" || bare.starts_with("# ") {
            return self.setting(indent, bare);
        }
        if bare == ":" || bare.starts_with(": ") {
            return self.fixed(lines);
        }
        if bare.starts_with('|') {
            return self.table(lines);
        }
        if is_rule(bare) {
            self.close_lists(0);
            self.builder.block(BlockKind::Rule, "* * *");
            return 1;
        }
        if let Some((marker, words)) = item(line) {
            return self.item(indent, marker, words, lines);
        }
        self.close_lists_within(indent);
        self.paragraph(bare, lines)
    }

    fn heading(&mut self, lines: &[&str], level: usize) -> usize {
        self.close_lists(0);
        while self.quotes.pop().is_some() {
            self.builder.close_quotation();
        }
        let line = lines.first().copied().unwrap_or_default();
        let words = line.get(level..).unwrap_or_default().trim();
        if words == "COMMENT" || words.starts_with("COMMENT ") {
            let below = lines
                .iter()
                .skip(1)
                .take_while(|line| stars(line).is_none_or(|next| next > level));
            return 1 + below.count();
        }
        let (words, tags) = tagged(words);
        let topics = tags.iter().filter(|tag| !STEERING.contains(tag));
        self.written
            .tags
            .extend(topics.map(|tag| (*tag).to_owned()));
        let first = words.split_whitespace().next().unwrap_or_default();
        if self.open.iter().any(|known| known == first) {
            self.written.open += 1;
        } else if self.done.iter().any(|known| known == first) {
            self.written.done += 1;
        }
        self.builder.begin(BlockKind::Heading {
            level: u8::try_from(level.min(6)).unwrap_or(6),
        });
        self.builder
            .destination(&markdown::slug(places::title(words)));
        let below = lines.iter().skip(1).map(|line| line.trim());
        // A drawer stands right below the heading, at most after the line of its times.
        for name in below
            .take(PROPERTIES)
            .take_while(|line| !line.is_empty() && stars(line).is_none())
            .filter_map(places::property)
        {
            self.name(name);
        }
        inline::write(words, &mut self.notes, &mut self.builder);
        self.builder.end();
        1
    }

    /// Notes that a place is here whose name the whole source knows.
    fn name(&mut self, name: &str) {
        self.builder.destination(name);
        self.builder.destination(&beside::wide(name));
    }

    fn note(&mut self, label: &str, words: &str, lines: &[&str]) -> usize {
        self.close_lists(0);
        let more = lines.iter().skip(1).take_while(|line| {
            !line.trim().is_empty() && stars(line).is_none() && note(line).is_none()
        });
        let rest: Vec<&str> = more.map(|line| line.trim()).collect();
        let number = self
            .notes
            .is_referred(label)
            .then(|| self.notes.number(label).0);
        self.builder.open_list(true);
        self.builder
            .open_item(number.map_or(Marker::Bullet, Marker::Number));
        self.builder.begin(BlockKind::Paragraph);
        self.builder.destination(&format!("fn-{label}"));
        inline::write(words, &mut self.notes, &mut self.builder);
        for line in &rest {
            self.builder.text(" ");
            inline::write(line, &mut self.notes, &mut self.builder);
        }
        if number.is_some() {
            self.builder.text(" ");
            self.builder
                .open_span(SpanKind::Link(format!("#fnref-{label}")));
            self.builder.text("↩");
            self.builder.close_span();
        }
        self.builder.end();
        self.builder.close_list();
        1 + rest.len()
    }

    fn item(&mut self, indent: usize, marker: Marker, words: &str, lines: &[&str]) -> usize {
        while self.lists.len() > 1 && self.lists.last().is_some_and(|last| *last > indent) {
            self.lists.pop();
            self.builder.close_list();
        }
        match self.lists.last() {
            Some(last) if indent > *last && self.lists.len() < DEEPEST => {
                self.builder.open_list(true);
                self.lists.push(indent);
            }
            Some(_) => self.builder.close_item(),
            None => {
                self.builder.open_list(true);
                self.lists.push(indent);
            }
        }
        self.builder.open_item(marker);
        let (term, words) = words
            .split_once(" :: ")
            .map_or((None, words), |(term, rest)| (Some(term), rest));
        self.builder.begin(BlockKind::Paragraph);
        if let Some(term) = term {
            self.builder.open_span(SpanKind::Strong);
            inline::write(term, &mut self.notes, &mut self.builder);
            self.builder.close_span();
            self.builder.text(": ");
        }
        self.lines(words, lines)
    }

    fn paragraph(&mut self, words: &str, lines: &[&str]) -> usize {
        if let Some((length, address, None)) = inline::link(words)
            && length == words.len()
            && beside::is_picture(address)
        {
            return 1;
        }
        self.builder.begin(BlockKind::Paragraph);
        self.lines(words, lines)
    }

    /// Writes the first words and the lines that go on with them into the open block, and returns how many lines.
    fn lines(&mut self, words: &str, lines: &[&str]) -> usize {
        let more = lines.iter().skip(1).take_while(|line| goes_on(line));
        let mut all = words.to_owned();
        let mut count = 1;
        for line in more {
            all.push('\n');
            all.push_str(line.trim());
            count += 1;
        }
        inline::write(&all, &mut self.notes, &mut self.builder);
        self.builder.end();
        count
    }

    /// Closes the lists that a line at this indent does not stand in.
    pub(super) fn close_lists_within(&mut self, indent: usize) {
        while self.lists.last().is_some_and(|last| *last >= indent) {
            self.lists.pop();
            self.builder.close_list();
        }
    }

    pub(super) fn close_lists(&mut self, left: usize) {
        while self.lists.len() > left {
            self.lists.pop();
            self.builder.close_list();
        }
    }
}
