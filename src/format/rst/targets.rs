//! What a text refers to by name: addresses, places, notes, words that stand for others. Gathered before anything is
//! written, because most names stand below the words that use them.

use std::collections::{HashMap, HashSet, VecDeque};

use super::lines::{Line, drawn, is_underline};
use crate::format::{address, beside};

/// What is needed to tell where an address leads.
#[derive(Clone, Copy, Debug)]
pub(super) struct Base<'a> {
    /// The path of the file.
    pub file: &'a str,
    /// Its own address.
    pub address: Option<&'a str>,
}

impl Base<'_> {
    /// Returns the address of a document that is called by its path without an ending, as Sphinx has it.
    pub fn document(&self, path: &str) -> Option<String> {
        let path = path.trim();
        if path.is_empty() || path.contains("://") {
            return None;
        }
        if beside::is_text(path) {
            return beside::link(self.file, path, "");
        }
        let ending = self
            .file
            .rsplit_once('.')
            .map_or("rst", |(_, ending)| ending);
        beside::link(self.file, &format!("{path}.{ending}"), "")
    }
}

/// Where a name leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// To an address.
    Address(String),
    /// To a place in the text.
    Place,
    /// To where another name leads.
    Other(String),
}

/// The names of a text.
#[derive(Debug, Default)]
pub(super) struct Targets {
    named: HashMap<String, Target>,
    /// The headings that labels stand above.
    titles: HashMap<String, String>,
    /// The addresses of references without a name, in order.
    nameless: VecDeque<String>,
    /// What stands for `|name|`.
    words: HashMap<String, String>,
    /// The labels of notes that the text has.
    notes: HashSet<String>,
    /// How many notes without a label there are, and how many of them were referred to.
    counted: (u32, u32),
    /// Which notes have been referred to.
    referred: HashSet<String>,
}

/// What a line of explicit markup begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Explicit<'t> {
    /// `.. _name: address`, the address empty for a place.
    Target(&'t str, &'t str),
    /// `.. |name| replace:: words`: the name, the directive, its words.
    Words(&'t str, &'t str, &'t str),
    /// `.. [label] words`.
    Note(&'t str, &'t str),
    /// `.. name:: argument`.
    Directive(&'t str, &'t str),
    /// `.. name: value` or any other words: nothing that is shown.
    Comment(&'t str),
}

/// Returns what a line that begins with `..` is.
pub(super) fn explicit(text: &str) -> Option<Explicit<'_>> {
    let rest = match text.strip_prefix("..") {
        Some("") => "",
        Some(rest) => rest.strip_prefix([' ', '\t'])?.trim(),
        None => return None,
    };
    if let Some(name) = rest.strip_prefix('_') {
        let (name, address) = match name.strip_prefix('`') {
            Some(quoted) => quoted.split_once("`:")?,
            None => name
                .split_once(": ")
                .or_else(|| name.strip_suffix(':').map(|name| (name, "")))?,
        };
        return Some(Explicit::Target(name, address.trim()));
    }
    if let Some((name, after)) = rest.strip_prefix('|').and_then(|rest| rest.split_once('|'))
        && let Some((directive, words)) = after.split_once("::")
    {
        return Some(Explicit::Words(name, directive.trim(), words.trim()));
    }
    if let Some((label, words)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']'))
        && !label.is_empty()
        && !label.contains(char::is_whitespace)
    {
        return Some(Explicit::Note(label, words.trim()));
    }
    if let Some((name, argument)) = rest.split_once("::")
        && !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '.' | '+'))
    {
        return Some(Explicit::Directive(name, argument.trim()));
    }
    Some(Explicit::Comment(rest))
}

/// Returns whether a line is a directive or a target: a sign by which the format is told.
pub(super) fn is_explicit(line: &str) -> bool {
    matches!(
        explicit(line),
        Some(Explicit::Directive(..) | Explicit::Target(..) | Explicit::Words(..))
    )
}

/// Returns a name as names are compared: in lower case, its white space folded.
pub(in crate::format) fn name(text: &str) -> String {
    text.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}

/// Returns what a term of a glossary is called among the places of a text.
pub(in crate::format) fn term(words: &str) -> String {
    // `term : A` sorts it below `A`.
    let words = words.split(" : ").next().unwrap_or(words);
    format!("term {}", name(words))
}

impl Targets {
    /// Gathers the names of a text.
    pub fn of(lines: &[Line<'_>], base: Base<'_>) -> Self {
        let mut targets = Self::default();
        for (place, line) in lines.iter().enumerate() {
            let nameless = line.text.strip_prefix("__ ").map(str::trim);
            match explicit(line.text) {
                Some(Explicit::Target("_", address)) => {
                    targets.nameless.push_back(absolute(address, base));
                }
                Some(Explicit::Target(known, address)) => {
                    let address = format!("{address}{}", below(lines, place).concat());
                    if address.is_empty()
                        && let Some(title) = headed(lines, place)
                    {
                        targets.titles.insert(name(known), title.to_owned());
                    }
                    targets
                        .named
                        .entry(name(known))
                        .or_insert_with(|| target(&address, base));
                }
                Some(Explicit::Words(known, sort, words)) => {
                    let below = below(lines, place);
                    if let Some(words) = stands_for(sort, words, &below) {
                        targets.words.insert(name(known), words);
                    }
                }
                Some(Explicit::Directive("glossary", _)) => {
                    for term in terms(lines, place) {
                        targets.named.insert(self::term(term), Target::Place);
                    }
                }
                Some(Explicit::Note(label, _)) => {
                    targets.notes.insert(label.to_owned());
                }
                _ => {}
            }
            for place in inline_places(line.text) {
                targets.named.entry(name(place)).or_insert(Target::Place);
            }
            if let Some(address) = nameless {
                targets.nameless.push_back(absolute(address, base));
            }
        }
        targets
    }

    /// Notes that the heading of a section is a place that its name leads to.
    pub fn heading(&mut self, words: &str) {
        self.named.entry(name(words)).or_insert(Target::Place);
    }

    /// Returns the address that a name leads to, `#name` for a place.
    pub fn address(&self, called: &str) -> Option<String> {
        let mut called = name(called);
        // A name may stand for another; one that comes back to itself leads nowhere.
        for _ in 0..4 {
            match self.named.get(&called)? {
                Target::Address(address) => return Some(address.clone()),
                Target::Place => return Some(format!("#{called}")),
                Target::Other(other) => called = other.clone(),
            }
        }
        None
    }

    /// Returns the heading below a label.
    pub fn title(&self, called: &str) -> Option<&str> {
        self.titles.get(&name(called)).map(String::as_str)
    }

    /// Takes the address of the next reference without a name.
    pub fn nameless(&mut self) -> Option<String> {
        self.nameless.pop_front()
    }

    /// Returns the words that stand for `|name|`.
    pub fn words(&self, called: &str) -> Option<&str> {
        self.words.get(&name(called)).map(String::as_str)
    }

    /// Returns the label of a note as it is shown and linked, where the text has it: `#` counts.
    pub fn reference(&mut self, label: &str) -> Option<(String, bool)> {
        if !self.notes.contains(label) {
            return None;
        }
        let shown = if label == "#" {
            self.counted.1 += 1;
            self.counted.1.to_string()
        } else {
            label.trim_start_matches('#').to_owned()
        };
        let first = self.referred.insert(shown.clone());
        Some((shown, first))
    }

    /// Returns the label of a note that is defined here, and whether it is referred to.
    pub fn definition(&mut self, label: &str) -> (String, bool) {
        let shown = if label == "#" {
            self.counted.0 += 1;
            self.counted.0.to_string()
        } else {
            label.trim_start_matches('#').to_owned()
        };
        let referred = self.referred.contains(&shown);
        (shown, referred)
    }
}

/// Returns the words in a line that are places: a low line stands before them, and quotation marks around.
fn inline_places(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices("_`").filter_map(move |(at, _)| {
        let before = text.get(..at)?.chars().next_back();
        let begins = before.is_none_or(|c| c.is_whitespace() || c == '(');
        let (words, _) = text.get(at + 2..)?.split_once('`')?;
        begins.then_some(words)
    })
}

/// How many lines belong to a target or stand between a label and its heading at most.
const NEAR: usize = 12;

/// Returns the lines that stand further in below one: an address, words may go on in them.
fn below<'t>(lines: &[Line<'t>], place: usize) -> Vec<&'t str> {
    let indent = lines.get(place).map_or(0, |line| line.indent);
    let more = lines.iter().skip(place + 1);
    let more = more.take_while(|next| !next.text.is_empty() && next.indent > indent);
    more.take(NEAR).map(|next| next.text).collect()
}

/// Returns the title of the section that a label stands above.
fn headed<'t>(lines: &[Line<'t>], place: usize) -> Option<&'t str> {
    let after = place + 1..lines.len().min(place + NEAR);
    let is_passed = |line: &Line<'_>| {
        line.text.is_empty() || matches!(explicit(line.text), Some(Explicit::Target(_, "")))
    };
    let first = after
        .into_iter()
        .find(|at| lines.get(*at).is_some_and(|line| !is_passed(line)))?;
    let text = |at: usize| lines.get(at).map_or("", |line| line.text);
    if is_underline(text(first), text(first + 1)) {
        return Some(text(first));
    }
    let over = drawn(text(first)).is_some() && is_underline(text(first + 1), text(first + 2));
    over.then(|| text(first + 1))
}

/// Returns the words that a name stands for: those given, a sign by its number, a picture by its description.
fn stands_for(sort: &str, words: &str, below: &[&str]) -> Option<String> {
    match sort {
        "replace" => Some(format!("{words} {}", below.join(" ")).trim().to_owned()),
        "unicode" => {
            let words = words.split(" .. ").next().unwrap_or(words);
            let signs = words.split_whitespace().map(|word| {
                let number = ["0x", "U+", "u", "x", "\\x", "\\u"]
                    .iter()
                    .find_map(|mark| u32::from_str_radix(word.strip_prefix(mark)?, 16).ok());
                let number = number.or_else(|| word.parse().ok());
                match number.and_then(char::from_u32) {
                    Some(sign) => sign.to_string(),
                    None => word.to_owned(),
                }
            });
            Some(signs.collect())
        }
        "image" => {
            let mut lines = below.iter();
            let alt = lines.find_map(|line| line.strip_prefix(":alt:"));
            let more = lines.take_while(|line| !line.starts_with(':')).copied();
            let words: Vec<&str> = alt.into_iter().chain(more).map(str::trim).collect();
            Some(words.join(" "))
        }
        _ => None,
    }
}

/// Returns the terms of the glossary that a line begins.
fn terms<'l, 't>(lines: &'l [Line<'t>], place: usize) -> impl Iterator<Item = &'t str> + 'l {
    let indent = lines.get(place).map_or(0, |line| line.indent);
    let within = lines.iter().skip(place + 1);
    let within = within.take_while(move |line| line.text.is_empty() || line.indent > indent);
    let is_worded = |line: &&Line<'_>| !line.text.is_empty() && !line.text.starts_with(':');
    let base = within
        .clone()
        .filter(is_worded)
        .map(|line| line.indent)
        .min();
    let terms = within.filter(is_worded);
    terms
        .filter(move |line| Some(line.indent) == base)
        .map(|line| line.text)
}

fn target(address: &str, base: Base<'_>) -> Target {
    match address.strip_suffix('_') {
        _ if address.is_empty() => Target::Place,
        Some(other) if !address.contains("://") => Target::Other(name(other.trim_matches('`'))),
        _ => Target::Address(absolute(address, base)),
    }
}

/// Returns an address as a link needs it.
pub(super) fn absolute(written: &str, base: Base<'_>) -> String {
    let written = written.replace("\\_", "_");
    if written.contains('@') && !written.contains(['/', ':']) {
        return format!("mailto:{written}");
    }
    let (path, fragment) = written.split_once('#').unwrap_or((&written, ""));
    if beside::is_text(path)
        && !path.contains(':')
        && let Some(link) = beside::link(base.file, path, fragment)
    {
        return link;
    }
    address::resolve(base.address, &written).unwrap_or(written)
}
