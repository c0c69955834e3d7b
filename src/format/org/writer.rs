//! The lines of a text in Org mode, written to a body.

use std::collections::HashSet;

use super::inline::{self, Notes};
use super::keyword;
use super::places::{self, Places};
use crate::document::{BlockKind, Body, BodyBuilder, Marker, SpanKind};
use crate::format::markdown;

/// How deep lists and blocks are told apart.
const DEEPEST: usize = 16;

/// How many lines below a heading may name it.
const PROPERTIES: usize = 24;

/// How many names of blocks that are not closed are looked for.
const UNCLOSED: usize = 16;

/// The keywords of tasks that are open, and of those that are done, where the text names no others.
pub(super) const OPEN: [&str; 8] = [
    "TODO", "NEXT", "WAITING", "WAIT", "STARTED", "HOLD", "DOING", "PROJ",
];
pub(super) const DONE: [&str; 4] = ["DONE", "CANCELLED", "CANCELED", "KILL"];

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
    let mut writer = Writer {
        builder: BodyBuilder::new(),
        written: Written::default(),
        notes: Notes::of(Places::of(file, &lines)),
        lists: Vec::new(),
        quotes: 0,
        unclosed: HashSet::new(),
        open: OPEN.iter().map(|one| (*one).to_owned()).collect(),
        done: DONE.iter().map(|one| (*one).to_owned()).collect(),
    };
    for line in &lines {
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
    let mut place = 0;
    while place < lines.len() {
        place += writer.take(lines.get(place..).unwrap_or_default()).max(1);
    }
    writer.close_lists(0);
    let mut written = writer.written;
    written.body = writer.builder.finish();
    written
}

struct Writer<'t> {
    builder: BodyBuilder,
    written: Written,
    notes: Notes<'t>,
    /// The indents of the lists that are open.
    lists: Vec<usize>,
    /// How many blocks of quotation are open.
    quotes: usize,
    open: Vec<String>,
    done: Vec<String>,
    /// The names of blocks that are not closed.
    unclosed: HashSet<String>,
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
        if bare.starts_with("#+") || bare == "#" || bare.starts_with("# ") {
            return self.setting(bare);
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
        while self.quotes > 0 {
            self.builder.close_quotation();
            self.quotes -= 1;
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
        self.written
            .tags
            .extend(tags.iter().map(|tag| (*tag).to_owned()));
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
            self.builder.destination(name);
        }
        inline::write(words, &mut self.notes, &mut self.builder);
        self.builder.end();
        1
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

    /// Takes a block that is opened by `#+BEGIN_name`; one that is not closed is its first line alone.
    fn block(&mut self, name: &str, lines: &[&str]) -> usize {
        let end = format!("#+end_{name}").to_ascii_lowercase();
        let is_end = |line: &str| line.trim().to_ascii_lowercase().starts_with(&end);
        let name = name.to_ascii_lowercase();
        if matches!(
            name.as_str(),
            "quote" | "center" | "abstract" | "details" | "note" | "warning" | "tip"
        ) {
            // What stands within is taken line by line, and the end closes it.
            self.builder.end();
            if name == "quote" && self.quotes < DEEPEST {
                self.builder.open_quotation();
                self.quotes += 1;
            }
            return 1;
        }
        // What was looked for to the end of the text in vain is not looked for again.
        let given_up = self.unclosed.len() >= UNCLOSED || self.unclosed.contains(&name);
        let length = (!given_up).then(|| lines.iter().skip(1).position(|line| is_end(line)));
        let Some(length) = length.flatten() else {
            self.unclosed.insert(name);
            return 1;
        };
        let within = lines.get(1..=length).unwrap_or_default();
        match name.as_str() {
            "comment" | "export" => {}
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

    fn code(&mut self, lines: &[&str]) {
        let worded = lines.iter().filter(|line| !line.trim().is_empty());
        let indent = worded
            .map(|line| line.len() - line.trim_start_matches(' ').len())
            .min();
        let lines: Vec<&str> = lines
            .iter()
            // A line that would end the block or begin a heading has a comma before it.
            .map(|line| line.get(indent.unwrap_or(0)..).unwrap_or_default())
            .map(|line| {
                if line.starts_with(",*") || line.starts_with(",#+") {
                    &line[1..]
                } else {
                    line
                }
            })
            .collect();
        self.builder
            .block(BlockKind::Code, lines.join("\n").trim_matches('\n'));
    }

    /// Takes a comment or a setting; the end of a quotation closes it, a caption is text.
    fn setting(&mut self, bare: &str) -> usize {
        if bare.to_ascii_lowercase().starts_with("#+end_quote") && self.quotes > 0 {
            self.close_lists(0);
            self.builder.close_quotation();
            self.quotes -= 1;
        }
        if let Some(name) = places::named(bare) {
            self.builder.destination(name);
        }
        if let Some((name, value)) = keyword(bare)
            && name.eq_ignore_ascii_case("caption")
        {
            self.builder.begin(BlockKind::Paragraph);
            inline::write(value, &mut self.notes, &mut self.builder);
            self.builder.end();
        }
        1
    }

    fn fixed(&mut self, lines: &[&str]) -> usize {
        let bare = lines.iter().map(|line| line.trim());
        let set: Vec<&str> = bare
            .take_while(|line| *line == ":" || line.starts_with(": "))
            .map(|line| line.get(2..).unwrap_or_default())
            .collect();
        self.code(&set);
        set.len()
    }

    fn table(&mut self, lines: &[&str]) -> usize {
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
            if is_line(row) {
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
            && is_picture(address)
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
    fn close_lists_within(&mut self, indent: usize) {
        while self.lists.last().is_some_and(|last| *last >= indent) {
            self.lists.pop();
            self.builder.close_list();
        }
    }

    fn close_lists(&mut self, left: usize) {
        while self.lists.len() > left {
            self.lists.pop();
            self.builder.close_list();
        }
    }
}

/// Returns whether a line goes on with the paragraph before it.
fn goes_on(line: &str) -> bool {
    let bare = line.trim();
    !bare.is_empty()
        && stars(line).is_none()
        && note(line).is_none()
        && item(line).is_none()
        && !bare.starts_with("#+")
        && !bare.starts_with("# ")
        && !bare.starts_with('|')
        && !bare.starts_with(": ")
        && !is_drawer(bare)
        && !is_rule(bare)
}

fn is_rule(bare: &str) -> bool {
    bare.len() >= 5 && bare.bytes().all(|byte| byte == b'-')
}

/// Returns how many stars make a line a heading.
pub(super) fn stars(line: &str) -> Option<usize> {
    let rest = line.trim_start_matches('*');
    let level = line.len() - rest.len();
    (level > 0 && rest.starts_with(' ') && !rest.trim().is_empty()).then_some(level)
}

/// Returns the label and the first words of a note.
fn note(line: &str) -> Option<(&str, &str)> {
    let (label, words) = line.strip_prefix("[fn:")?.split_once(']')?;
    (!label.is_empty() && !label.contains(':')).then(|| (label, words.trim()))
}

fn begins_block(bare: &str) -> Option<&str> {
    let rest = bare
        .get(..8)
        .filter(|head| head.eq_ignore_ascii_case("#+begin_"))
        .and_then(|_| bare.get(8..))?;
    rest.split_whitespace().next()
}

/// Returns whether a line opens a drawer: `:PROPERTIES:`.
fn is_drawer(bare: &str) -> bool {
    bare.strip_prefix(':')
        .and_then(|rest| rest.strip_suffix(':'))
        .is_some_and(|name| {
            !name.is_empty()
                && name
                    .chars()
                    .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
        })
}

/// Returns how many lines a drawer has; one that is not closed before the next, or before a heading, has none.
fn drawer(lines: &[&str]) -> Option<usize> {
    let within = lines
        .iter()
        .skip(1)
        .take_while(|line| stars(line).is_none());
    for (place, line) in within.enumerate() {
        let bare = line.trim();
        if bare.eq_ignore_ascii_case(":end:") {
            return Some(place + 2);
        }
        if is_drawer(bare) {
            return None;
        }
    }
    None
}

/// Returns what stands before an item, and its words.
fn item(line: &str) -> Option<(Marker, &str)> {
    let bare = line.trim_start();
    let indented = bare.len() < line.len();
    let (marker, words) = match bare.split_once([' ', '\t']) {
        Some(("-" | "+", words)) => (Marker::Bullet, words),
        Some(("*", words)) if indented => (Marker::Bullet, words),
        Some((mark, words)) => {
            let number = mark.strip_suffix(['.', ')'])?.parse().ok()?;
            (Marker::Number(number), words)
        }
        None => return None,
    };
    let words = words.trim();
    for (sign, marker) in [
        ("[ ]", Marker::Task(false)),
        ("[-]", Marker::Task(false)),
        ("[X]", Marker::Task(true)),
        ("[x]", Marker::Task(true)),
    ] {
        if let Some(words) = words.strip_prefix(sign) {
            return Some((marker, words.trim_start()));
        }
    }
    Some((marker, words))
}

/// Parts a heading from the tags behind it, `:one:two:`.
pub(super) fn tagged(words: &str) -> (&str, Vec<&str>) {
    let parted = words.rsplit_once(char::is_whitespace).filter(|(_, last)| {
        last.len() > 2
            && last.starts_with(':')
            && last.ends_with(':')
            && last
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, ':' | '_' | '@' | '#' | '%'))
    });
    match parted {
        Some((words, tags)) => (
            words.trim_end(),
            tags.split(':').filter(|tag| !tag.is_empty()).collect(),
        ),
        None => (words, Vec::new()),
    }
}

fn is_picture(address: &str) -> bool {
    let ending = address.rsplit_once('.').map_or("", |(_, ending)| ending);
    ["png", "jpg", "jpeg", "gif", "svg", "webp"]
        .iter()
        .any(|known| ending.eq_ignore_ascii_case(known))
}
