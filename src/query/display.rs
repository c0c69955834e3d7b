//! A question as text: what is shown, saved and copied. It parses to the same question.
//!
//! A word that is still being typed is printed as the beginning that it is (`mutu*`). Alternatives stand in parentheses
//! wherever they meet something else, so that the grouping understood can be seen.

use std::fmt::{self, Display, Formatter, Write};

use super::parse::{Scope, UNKNOWN_LANGUAGE, ends_bare, is_quotation_mark};
use super::{
    Added, Also, Feature, Field, Filter, How, Match, Node, Period, Query, Sort, State, Within,
    Words,
};
use crate::document::Date;

impl Display for Query {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut blank = "";
        if self.root != Node::All {
            write_node(f, &self.root, Around::Nothing)?;
            blank = " ";
        }
        if self.also != Also::default() {
            write!(f, "{blank}{}", self.also)?;
            blank = " ";
        }
        if let Some(matching) = self.matching {
            write!(f, "{blank}match:{}", matching.name())?;
            blank = " ";
        }
        let Some(sort) = self.sort else {
            return Ok(());
        };
        write!(f, "{blank}sort:{}", sort.name())
    }
}

impl Display for Also {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut blank = "";
        if self.no_others {
            f.write_str("-also:*")?;
            blank = " ";
        }
        for (field, words) in [("also", &self.taken), ("-also", &self.left_out)] {
            for (place, word) in words.iter().enumerate() {
                if place == 0 {
                    write!(f, "{blank}{field}:")?;
                } else {
                    f.write_char(',')?;
                }
                write_name(f, word)?;
                blank = " ";
            }
        }
        Ok(())
    }
}

impl Display for Node {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write_node(f, self, Around::Nothing)
    }
}

impl Sort {
    /// Returns the name in a question.
    pub fn name(self) -> &'static str {
        match self {
            Self::Relevance => "relevance",
            Self::Newest => "-date",
            Self::Oldest => "date",
            Self::Title => "title",
            Self::Source => "source",
            Self::Shortest => "length",
            Self::Longest => "-length",
        }
    }
}

impl Match {
    /// Returns the name in a question.
    pub fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Any => "any",
        }
    }
}

impl Feature {
    /// Returns the name in a question.
    pub fn name(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Table => "table",
            Self::Tag => "tag",
            Self::Note => "note",
        }
    }

    /// Returns the feature of that name, in any case.
    pub fn from_name(name: &str) -> Option<Self> {
        let all = [Self::Link, Self::Table, Self::Tag, Self::Note];
        let mut all = all.into_iter();
        all.find(|feature| feature.name().eq_ignore_ascii_case(name))
    }
}

impl Display for Added {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Within(ago) => write!(f, "{ago}"),
            Self::During(period) => write!(f, "{period}"),
        }
    }
}

impl State {
    /// Returns the name in a question.
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Unread => "unread",
            Self::Starred => "starred",
            Self::Hidden => "hidden",
        }
    }
}

impl Field {
    /// Returns the name in a question; title and text together have none.
    pub fn name(self) -> &'static str {
        match self {
            Self::Any => "",
            Self::Title => "title",
            Self::Body => "body",
            Self::Heading => "heading",
            Self::Author => "author",
            Self::Source => "source",
            Self::Url => "url",
            Self::Note => "note",
        }
    }
}

impl Display for Period {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match (self.from, self.to) {
            (Some(from), Some(to)) if from == to => write!(f, "{from}"),
            (from, to) => {
                let end =
                    |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
                write!(f, "{}..{}", end(from), end(to))
            }
        }
    }
}

/// What a node stands in, which decides whether it wants parentheses.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Around {
    Nothing,
    And,
    Or,
    Not,
}

fn write_node(f: &mut Formatter<'_>, node: &Node, within: Around) -> fmt::Result {
    match node {
        Node::All => f.write_char('*'),
        Node::And(nodes) => {
            let parted = matches!(within, Around::Or | Around::Not);
            write_all(f, nodes, " ", Around::And, parted)
        }
        Node::Or(nodes) => match common_field(nodes) {
            Some(field) => write_list(f, field, nodes),
            None => write_all(f, nodes, " OR ", Around::Or, within != Around::Nothing),
        },
        Node::Not(node) => {
            f.write_char('-')?;
            write_node(f, node, Around::Not)
        }
        Node::Words(_) | Node::Filter(_) => {
            let field = field_of(node).unwrap_or_default();
            if !field.is_empty() {
                write!(f, "{field}:")?;
            }
            write_value(f, node)
        }
    }
}

fn write_all(
    f: &mut Formatter<'_>,
    nodes: &[Node],
    between: &str,
    within: Around,
    parted: bool,
) -> fmt::Result {
    if parted {
        f.write_char('(')?;
    }
    for (place, node) in nodes.iter().enumerate() {
        if place > 0 {
            f.write_str(between)?;
        }
        write_node(f, node, within)?;
    }
    if parted {
        f.write_char(')')?;
    }
    Ok(())
}

fn write_list(f: &mut Formatter<'_>, field: &str, nodes: &[Node]) -> fmt::Result {
    write!(f, "{field}:")?;
    for (place, node) in nodes.iter().enumerate() {
        if place > 0 {
            f.write_char(',')?;
        }
        write_value(f, node)?;
    }
    Ok(())
}

/// Returns the field that all of `nodes` name, so that they can be one list of values.
fn common_field(nodes: &[Node]) -> Option<&'static str> {
    let mut fields = nodes.iter().map(field_of);
    let first = fields.next()?.filter(|field| !field.is_empty())?;
    fields.all(|field| field == Some(first)).then_some(first)
}

/// Returns the field that a clause names; an empty one for plain words, nothing for what is no clause.
fn field_of(node: &Node) -> Option<&'static str> {
    match node {
        Node::Words(words) => Some(words.field.name()),
        Node::Filter(filter) => Some(match filter {
            Filter::Topic(_) => "topic",
            Filter::Tag(_) => "tag",
            Filter::Source(_) => Field::Source.name(),
            Filter::Author(_) => Field::Author.name(),
            Filter::Kind(_) => "kind",
            Filter::Language(_) => "lang",
            Filter::Published(_) => "date",
            Filter::Newer(_) => "newer",
            Filter::Added(_) => "added",
            Filter::Has(_) => "has",
            Filter::Saved(_) => "saved",
            Filter::Since(_) => "since",
            Filter::Is(_) => "is",
            Filter::Id(_) => "id",
            Filter::Within(_) => "in",
            Filter::Like(_) => "like",
        }),
        _ => None,
    }
}

/// Returns what stands after the colon of a clause.
pub(super) fn value_text(node: &Node) -> String {
    fmt::from_fn(|f| write_value(f, node)).to_string()
}

fn write_value(f: &mut Formatter<'_>, node: &Node) -> fmt::Result {
    match node {
        Node::Words(words) => write_words(f, words),
        Node::Filter(Filter::Topic(name) | Filter::Tag(name) | Filter::Saved(name)) => {
            write_name(f, name)
        }
        Node::Filter(
            Filter::Source(name) | Filter::Author(name) | Filter::Within(Within::Name(name)),
        ) => write_quoted(f, name),
        Node::Filter(Filter::Kind(kind)) => f.write_str(kind.name()),
        Node::Filter(Filter::Language(language)) => {
            f.write_str(language.code().unwrap_or(UNKNOWN_LANGUAGE))
        }
        Node::Filter(Filter::Published(period)) => write!(f, "{period}"),
        Node::Filter(Filter::Newer(ago)) => write!(f, "{ago}"),
        Node::Filter(Filter::Added(added)) => write!(f, "{added}"),
        Node::Filter(Filter::Has(feature)) => f.write_str(feature.name()),
        Node::Filter(Filter::Is(state)) => f.write_str(state.name()),
        Node::Filter(Filter::Like(like)) => write!(f, "{like}"),
        Node::Filter(
            Filter::Id(number) | Filter::Since(number) | Filter::Within(Within::Number(number)),
        ) => {
            write!(f, "{number}")
        }
        _ => Ok(()),
    }
}

fn write_words(f: &mut Formatter<'_>, words: &Words) -> fmt::Result {
    let text = words.text.as_str();
    match words.how {
        How::Phrase { slop } => {
            write_quoted(f, text)?;
            if slop > 0 {
                write!(f, "~{slop}")?;
            }
            Ok(())
        }
        How::Exact => {
            f.write_char('=')?;
            if text.contains(char::is_whitespace) {
                write_quoted(f, text)
            } else {
                write_bare(f, words)
            }
        }
        How::Stem => write_bare(f, words),
        How::Prefix | How::Typing => {
            write_bare(f, words)?;
            f.write_char('*')
        }
        How::Near => {
            write_bare(f, words)?;
            f.write_char('~')
        }
    }
}

/// Writes a word with a backslash before each sign that would mean something.
fn write_bare(f: &mut Formatter<'_>, words: &Words) -> fmt::Result {
    let text = words.text.as_str();
    let plain = words.field == Field::Any;
    let colon = text
        .find(':')
        .filter(|&at| plain && text.get(..at).and_then(Scope::from_name).is_some());
    let sign_at_end = ["*", "~", "~1", "~2"]
        .iter()
        .find(|sign| text.ends_with(**sign))
        .map(|sign| text.len() - sign.len());
    let is_operator = plain && matches!(text, "OR" | "AND" | "NOT");
    for (at, c) in text.char_indices() {
        let means_something = match c {
            '\\' => true,
            ',' => !plain,
            '-' | '#' | '=' if at == 0 => true,
            _ => {
                ends_bare(c)
                    || colon == Some(at)
                    || sign_at_end == Some(at)
                    || is_operator && at == 0
            }
        };
        if means_something {
            f.write_char('\\')?;
        }
        f.write_char(c)?;
    }
    Ok(())
}

/// Writes a name, in quotation marks where it needs them.
fn write_name(f: &mut Formatter<'_>, name: &str) -> fmt::Result {
    if is_plain(name) {
        f.write_str(name)
    } else {
        write_quoted(f, name)
    }
}

fn write_quoted(f: &mut Formatter<'_>, text: &str) -> fmt::Result {
    f.write_char('"')?;
    for c in text.chars() {
        if c == '\\' || is_quotation_mark(c) {
            f.write_char('\\')?;
        }
        f.write_char(c)?;
    }
    f.write_char('"')
}

/// Returns whether a name needs no quotation marks.
fn is_plain(name: &str) -> bool {
    name.starts_with(char::is_alphanumeric)
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | '&'))
}
