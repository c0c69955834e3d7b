//! What is being typed in a question that can be completed: a field's name, or its value.

use std::ops::Range;

use super::display::value_text;
use super::parse::{Scope, SpanKind, ends_bare, is_quotation_mark, quoted, spans};
use super::{Field, Match, Sort};

/// The fewest letters of a word that may be the beginning of a field's name.
const NAME_LETTERS: usize = 2;

/// The names of the fields, as a completion offers them.
pub const FIELD_NAMES: [&str; 25] = [
    "title", "body", "heading", "author", "source", "url", "topic", "tag", "kind", "lang", "is",
    "has", "date", "before", "after", "newer", "added", "saved", "in", "id", "sort", "match",
    "like", "also", "note",
];

/// The orders, those first that are asked for most.
const ORDERS: [Sort; 7] = [
    Sort::Newest,
    Sort::Oldest,
    Sort::Title,
    Sort::Source,
    Sort::Shortest,
    Sort::Longest,
    Sort::Relevance,
];

/// What can be completed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(
    missing_docs,
    reason = "each is the value of the field that bears its name"
)]
pub enum Completing {
    /// The name of a field.
    Name,
    Topic,
    Tag,
    Source,
    Author,
    Kind,
    Language,
    State,
    Feature,
    Saved,
    Within,
    /// A year, or a longer date that begins so.
    Date,
    Order,
    Matching,
}

/// What stands before the cursor and can be completed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfinished {
    /// What it is.
    pub what: Completing,
    /// The bytes of it: what a completion takes the place of.
    pub range: Range<usize>,
    /// What was typed of it, without quotation marks and backslashes.
    pub typed: String,
}

/// Returns what can be completed at the byte `cursor` of a question; nothing within a word.
pub fn unfinished(text: &str, cursor: usize) -> Option<Unfinished> {
    let (before, after) = text.split_at_checked(cursor)?;
    if after.chars().next().is_some_and(|next| !ends_bare(next)) {
        return None;
    }
    let spans = spans(before);
    let field = spans.iter().rev().find(|span| span.kind == SpanKind::Field);
    if let Some(field) = field
        && let Some((start, typed)) = open_value(before.get(field.range.end..)?)
    {
        let name = before.get(field.range.clone())?.trim_end_matches(':');
        let scope = match name {
            "#" => Scope::Topic,
            name => Scope::from_name(name)?,
        };
        return Some(Unfinished {
            what: of_scope(scope)?,
            range: field.range.end + start..cursor,
            typed,
        });
    }
    let word = spans.last().filter(|span| span.kind == SpanKind::Word)?;
    let typed = before.get(word.range.clone())?;
    let before_it = before.get(..word.range.start)?.chars().next_back();
    let may_be_name = word.range.end == cursor
        && before_it.is_none_or(|c| c == '-' || ends_bare(c))
        && typed.len() >= NAME_LETTERS
        && typed.bytes().all(|byte| byte.is_ascii_alphabetic());
    may_be_name.then(|| Unfinished {
        what: Completing::Name,
        range: word.range.clone(),
        typed: typed.to_owned(),
    })
}

/// Returns where the last value of a list begins that has not ended, and what was typed of it.
fn open_value(list: &str) -> Option<(usize, String)> {
    let mut start = 0;
    loop {
        let rest = list.get(start..)?;
        let quoted = rest.strip_prefix(is_quotation_mark);
        let inner = quoted.unwrap_or(rest);
        let mut typed = String::new();
        let mut chars = inner.char_indices();
        let end = loop {
            let Some((at, c)) = chars.next() else {
                return Some((start, typed));
            };
            match (c, quoted) {
                ('\\', _) => typed.extend(chars.next().map(|(_, c)| c)),
                (c, Some(_)) if is_quotation_mark(c) => break at + c.len_utf8(),
                (c, None) if c == ',' || ends_bare(c) => break at,
                (c, _) => typed.push(c),
            }
        };
        let after = inner.get(end..)?;
        let next = after.strip_prefix(',')?;
        start = list.len() - next.len();
    }
}

fn of_scope(scope: Scope) -> Option<Completing> {
    Some(match scope {
        Scope::Topic => Completing::Topic,
        Scope::Tag => Completing::Tag,
        Scope::Words(Field::Source) => Completing::Source,
        Scope::Words(Field::Author) => Completing::Author,
        Scope::Kind => Completing::Kind,
        Scope::Language => Completing::Language,
        Scope::Is => Completing::State,
        Scope::Has => Completing::Feature,
        Scope::Saved => Completing::Saved,
        Scope::Within => Completing::Within,
        Scope::Date | Scope::Before | Scope::After => Completing::Date,
        Scope::Sort => Completing::Order,
        Scope::Match => Completing::Matching,
        _ => return None,
    })
}

impl Completing {
    /// Returns a value as a question has it: in quotation marks where it needs them; nothing for what is no value.
    pub fn written(self, value: &str) -> Option<String> {
        let scope = match self {
            Self::Name => return Some(format!("{value}:")),
            Self::Date | Self::Order | Self::Matching => return Some(value.to_owned()),
            Self::Topic => Scope::Topic,
            Self::Tag => Scope::Tag,
            Self::Source => Scope::Words(Field::Source),
            Self::Author => Scope::Words(Field::Author),
            Self::Kind => Scope::Kind,
            Self::Language => Scope::Language,
            Self::State => Scope::Is,
            Self::Feature => Scope::Has,
            Self::Saved => Scope::Saved,
            Self::Within => Scope::Within,
        };
        quoted(scope, value).map(|node| value_text(&node))
    }

    /// Returns the values that a field has in every library.
    pub fn fixed(self) -> Vec<&'static str> {
        match self {
            Self::Name => FIELD_NAMES.to_vec(),
            Self::State => vec!["unread", "read", "starred", "hidden"],
            Self::Feature => vec!["link", "table", "tag", "note"],
            Self::Order => ORDERS.map(Sort::name).to_vec(),
            Self::Matching => [Match::All, Match::Any].map(Match::name).to_vec(),
            _ => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::parse;

    #[test]
    fn what_stands_before_the_cursor_is_a_name_or_a_value() {
        use Completing::*;
        for (text, expected) in [
            ("ti", Some((Name, 0..2, "ti"))),
            ("-ti", Some((Name, 1..3, "ti"))),
            ("t", None),
            ("trust ", None),
            ("=ti", None),
            ("topic:", Some((Topic, 6..6, ""))),
            ("#mu", Some((Topic, 1..3, "mu"))),
            ("tag:mu", Some((Tag, 4..6, "mu"))),
            ("x topic:a,mu", Some((Topic, 10..12, "mu"))),
            ("topic:\"Social ca", Some((Topic, 6..16, "Social ca"))),
            ("topic:\"a b\",\"c", Some((Topic, 12..14, "c"))),
            ("topic:\"a b\"", None),
            ("topic:a ", None),
            ("topic:a b", None),
            ("source:“N", Some((Source, 7..11, "N"))),
            ("author:a\\,b", Some((Author, 7..11, "a,b"))),
            ("is:", Some((State, 3..3, ""))),
            ("saved:x", Some((Saved, 6..7, "x"))),
            ("in:a/b", Some((Within, 3..6, "a/b"))),
            ("id:1", None),
            ("foo:ba", None),
        ] {
            let found = unfinished(text, text.len());
            let expected = expected.map(|(what, range, typed)| Unfinished {
                what,
                range,
                typed: typed.to_owned(),
            });
            assert_eq!(found, expected, "{text}");
        }
        assert_eq!(unfinished("title", 2), None, "within a word");
        assert_eq!(unfinished("ti trust", 2).unwrap().what, Name);
        assert_eq!(unfinished("é", 1), None);
    }

    #[test]
    fn a_value_is_written_so_that_it_is_read_back() {
        use Completing::*;
        for (what, value, written) in [
            (Topic, "mutuals", Some("mutuals")),
            (Topic, "Social care", Some("\"Social care\"")),
            (Topic, "say \"so\"", Some("\"say \\\"so\\\"\"")),
            (Source, "NCVO", Some("\"NCVO\"")),
            (Kind, "post", Some("post")),
            (Kind, "elephant", None),
            (Language, "en", Some("en")),
            (Saved, "Trust", Some("Trust")),
            (Within, "a/b c", Some("\"a/b c\"")),
            (Within, "2012", Some("\"2012\"")),
            (Name, "title", Some("title:")),
        ] {
            assert_eq!(what.written(value).as_deref(), written, "{value}");
        }
        let every = FIELD_NAMES.map(|name| format!("{name}:"));
        for name in every {
            assert!(
                spans(&name).iter().all(|span| span.kind == SpanKind::Field),
                "{name}"
            );
        }
        for (what, name) in [
            (State, "is"),
            (Feature, "has"),
            (Order, "sort"),
            (Matching, "match"),
        ] {
            for value in what.fixed() {
                let question = format!("{name}:{value}");
                assert_eq!(parse(&question).to_string(), question);
            }
        }
    }
}
