//! What the value of a field means.

use crate::document::{Date, DateError, Kind, Precision};
use crate::query::name::plain_name;
use crate::query::{
    Added, Ago, Also, Feature, Field, Filter, How, Like, Match, Node, Period, Sort, State, Within,
    Words, topic_name,
};
use crate::text::Language;

/// What a bare word stands for: words in a field, or the value of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::query) enum Scope {
    Words(Field),
    Topic,
    Tag,
    Kind,
    Language,
    Is,
    Date,
    Before,
    After,
    Newer,
    Added,
    Has,
    Saved,
    Since,
    Id,
    Within,
    Also,
    Like,
    Match,
    Sort,
}

/// How a value was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Without quotation marks, and matched so.
    Bare(How),
    /// In quotation marks, with so many words allowed between.
    Quoted { slop: u32 },
    /// After a `=`.
    Exact,
}

/// How a whole name is written.
const WHOLE: Shape = Shape::Quoted { slop: 0 };

impl Scope {
    /// Returns the field of that name, in any case.
    pub(in crate::query) fn from_name(name: &str) -> Option<Self> {
        Some(match name.to_ascii_lowercase().as_str() {
            "title" => Self::Words(Field::Title),
            "body" => Self::Words(Field::Body),
            "heading" => Self::Words(Field::Heading),
            "author" => Self::Words(Field::Author),
            "source" | "feed" => Self::Words(Field::Source),
            "url" => Self::Words(Field::Url),
            "note" => Self::Words(Field::Note),
            "topic" => Self::Topic,
            "tag" => Self::Tag,
            "kind" => Self::Kind,
            "lang" | "language" => Self::Language,
            "is" => Self::Is,
            "date" => Self::Date,
            "before" => Self::Before,
            "after" => Self::After,
            "newer" => Self::Newer,
            "added" => Self::Added,
            "has" => Self::Has,
            "saved" => Self::Saved,
            "since" => Self::Since,
            "id" => Self::Id,
            "in" => Self::Within,
            "also" => Self::Also,
            "like" => Self::Like,
            "match" => Self::Match,
            "sort" => Self::Sort,
            _ => return None,
        })
    }
}

/// What the value of `lang:` is for documents of which nobody knows the language.
pub(in crate::query) const UNKNOWN_LANGUAGE: &str = "unknown";

/// The longest value that is kept, in bytes; twice the longest term, and longer than any name.
const MAX_VALUE: usize = 256;

/// Returns a text with each run of blanks as one, cut to the longest value that is kept.
pub(in crate::query) fn bounded(text: &str) -> String {
    let mut words = String::new();
    for word in text.split_whitespace() {
        if words.len() > MAX_VALUE {
            break;
        }
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    words.truncate(words.floor_char_boundary(MAX_VALUE));
    words.truncate(words.trim_end().len());
    words
}

/// Returns what a value asks for, or nothing where it is none.
pub(super) fn node(scope: Scope, text: &str, shape: Shape) -> Option<Node> {
    let text = bounded(text);
    let filter = match scope {
        Scope::Words(field) => match (field, shape) {
            (Field::Source, WHOLE) => (!text.is_empty()).then_some(Filter::Source(text)),
            (Field::Author, WHOLE) => (!text.is_empty()).then_some(Filter::Author(text)),
            _ => return words(field, text, shape),
        },
        Scope::Topic => (!topic_name(&text).chars().all(is_sign)).then_some(Filter::Topic(text)),
        Scope::Tag => (!topic_name(&text).chars().all(is_sign)).then_some(Filter::Tag(text)),
        Scope::Kind => Kind::from_name(&text).map(Filter::Kind),
        Scope::Language => language(&text).map(Filter::Language),
        Scope::Is => state(&text).map(Filter::Is),
        Scope::Date => period(&text).map(Filter::Published),
        Scope::Before => before(&text).map(Filter::Published),
        Scope::After => after(&text).map(Filter::Published),
        Scope::Newer => Ago::read(&text).map(Filter::Newer),
        Scope::Added => added(&text).map(Filter::Added),
        Scope::Has => Feature::from_name(&text).map(Filter::Has),
        Scope::Saved => (!text.chars().all(is_sign)).then_some(Filter::Saved(text)),
        Scope::Since => text.parse().ok().map(Filter::Since),
        Scope::Id => text.parse().ok().map(Filter::Id),
        Scope::Within => match (text.parse(), shape) {
            (Ok(number), Shape::Bare(_)) => Some(Filter::Within(Within::Number(number))),
            _ => (!text.chars().all(is_sign)).then_some(Filter::Within(Within::Name(text))),
        },
        Scope::Like => Like::read(&text).map(Filter::Like),
        Scope::Also | Scope::Match | Scope::Sort => None,
    };
    filter.map(Node::Filter)
}

/// Returns the order of that name.
pub(super) fn sort(name: &str) -> Option<Sort> {
    match name.to_ascii_lowercase().as_str() {
        "relevance" => Some(Sort::Relevance),
        "-date" => Some(Sort::Newest),
        "date" => Some(Sort::Oldest),
        "title" => Some(Sort::Title),
        "source" => Some(Sort::Source),
        "length" => Some(Sort::Shortest),
        "-length" => Some(Sort::Longest),
        _ => None,
    }
}

/// Returns which documents match, by the name of that.
pub(super) fn matching(name: &str) -> Option<Match> {
    let named = |matching: &Match| matching.name().eq_ignore_ascii_case(name);
    [Match::All, Match::Any].into_iter().find(named)
}

/// How many words `also:` keeps, and `-also:` likewise; more than anybody switches one by one.
const MOST_ALSO: usize = 64;

/// Takes up what `also:` names, or `-also:`. Of a word that is named by both the last holds.
pub(super) fn also(also: &mut Also, text: &str, shape: Shape, negated: bool) {
    let word = bounded(text);
    if matches!(shape, Shape::Bare(_)) && word == "*" {
        also.no_others = negated;
        return;
    }
    if word.chars().all(is_sign) {
        return;
    }
    for words in [&mut also.taken, &mut also.left_out] {
        words.retain(|known| plain_name(known) != plain_name(&word));
    }
    let words = if negated {
        &mut also.left_out
    } else {
        &mut also.taken
    };
    if words.len() < MOST_ALSO {
        words.push(word);
    }
}

fn words(field: Field, text: String, shape: Shape) -> Option<Node> {
    let how = match shape {
        Shape::Bare(how) => how,
        Shape::Quoted { slop } => How::Phrase { slop },
        Shape::Exact => How::Exact,
    };
    if how == How::Prefix && text.is_empty() {
        return Some(Node::All);
    }
    let is_bare = matches!(shape, Shape::Bare(_) | Shape::Exact);
    if is_bare && text.chars().all(is_sign) {
        return None;
    }
    Some(Node::Words(Words { field, text, how }))
}

/// Returns whether a character is a sign of the language, or a blank: without a word between them they are what is
/// left of something unfinished.
fn is_sign(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '=' | '#' | '~' | '*' | ':' | ',' | '\\')
}

/// Returns the language of a code or a tag (`en`, `en-GB`), or the one that nobody knows.
fn language(text: &str) -> Option<Language> {
    if text.eq_ignore_ascii_case(UNKNOWN_LANGUAGE) {
        return Some(Language::Unknown);
    }
    Some(Language::from_tag(text)).filter(|language| *language != Language::Unknown)
}

fn state(name: &str) -> Option<State> {
    match name.to_ascii_lowercase().as_str() {
        "read" => Some(State::Read),
        "unread" => Some(State::Unread),
        "starred" => Some(State::Starred),
        "hidden" => Some(State::Hidden),
        _ => None,
    }
}

/// Reads `7d`, `2012-11` and the like.
fn added(text: &str) -> Option<Added> {
    let ago = Ago::read(text).map(Added::Within);
    ago.or_else(|| period(text).map(Added::During))
}

/// Reads `2012`, `2012-03..2013`, `2012..`, `..2013` and `..`, which is any date at all.
fn period(text: &str) -> Option<Period> {
    let Some((from, to)) = text.split_once("..") else {
        let date = text.parse().ok()?;
        return Some(Period {
            from: Some(date),
            to: Some(date),
        });
    };
    let (from, to) = (end_of_period(from).ok()?, end_of_period(to).ok()?);
    let turned = from.zip(to).is_some_and(|(from, to)| from > to);
    Some(if turned {
        Period { from: to, to: from }
    } else {
        Period { from, to }
    })
}

/// Returns an end of a period, which may be open.
fn end_of_period(text: &str) -> Result<Option<Date>, DateError> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some)
}

/// Reads the value of `before:`: a date stands for the whole of its period, so `before:2012` ends with 2011.
fn before(text: &str) -> Option<Period> {
    let to = neighbour(text.parse().ok()?, -1)?;
    Some(Period {
        from: None,
        to: Some(to),
    })
}

/// Reads the value of `after:`: `after:2012` begins with 2013.
fn after(text: &str) -> Option<Period> {
    let from = neighbour(text.parse().ok()?, 1)?;
    Some(Period {
        from: Some(from),
        to: None,
    })
}

/// Returns the period of the same length that stands `step` periods on; nothing beyond the calendar.
fn neighbour(date: Date, step: i64) -> Option<Date> {
    let civil = jiff::Timestamp::from_second(date.start())
        .ok()?
        .to_zoned(jiff::tz::TimeZone::UTC)
        .datetime();
    match date.precision() {
        Precision::Year => {
            let year = jiff::Span::new().try_years(step).ok()?;
            Date::new(civil.checked_add(year).ok()?.year(), None, None)
        }
        Precision::Month => {
            let month = civil
                .checked_add(jiff::Span::new().try_months(step).ok()?)
                .ok()?;
            Date::new(month.year(), Some(month.month()), None)
        }
        Precision::Day => {
            let day = civil
                .checked_add(jiff::Span::new().try_days(step).ok()?)
                .ok()?;
            Date::new(day.year(), Some(day.month()), Some(day.day()))
        }
        Precision::Moment => {
            let second = jiff::Span::new().try_seconds(step).ok()?;
            Date::moment(civil.checked_add(second).ok()?, 0)
        }
    }
}
