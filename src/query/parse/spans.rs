//! What each stretch of a question was understood as: what the field colours, and where completion begins.
//!
//! It is the parser itself that notes them, so that what is shown is what runs.

use std::ops::Range;

use super::Parser;

/// A stretch of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The bytes of the text.
    pub range: Range<usize>,
    /// What it is.
    pub kind: SpanKind,
    /// It says what a document must not have.
    pub excluded: bool,
}

/// What a stretch of a question is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SpanKind {
    /// A word to look for.
    Word,
    /// Words that must stand together, or a very word.
    Phrase,
    /// The name of a field, with its colon; a `#`.
    Field,
    /// The value of a fact.
    Value,
    /// The value of a facet: what can be chosen in the list of topics, sources and the like.
    Choice,
    /// An operator, a parenthesis, a sign.
    Operator,
    /// What was meant to be more than a word, and is none or taken as one: an unknown field, a value that is none.
    Unknown,
}

/// Returns what the stretches of a question are that is being typed, in order; none of them overlaps another.
///
/// ```
/// use recto::query::{SpanKind, spans};
///
/// let kinds: Vec<SpanKind> = spans("trust -topic:care").into_iter().map(|span| span.kind).collect();
/// assert_eq!(kinds, [SpanKind::Word, SpanKind::Operator, SpanKind::Field, SpanKind::Choice]);
/// ```
pub fn spans(text: &str) -> Vec<Span> {
    let mut parser = Parser::new(text, true);
    parser.group_of_all();
    parser.spans
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Returns each stretch with a letter for its kind, in capitals where it is excluded.
    fn seen(text: &str) -> String {
        let spans = spans(text).into_iter().map(|span| {
            let kind = match span.kind {
                SpanKind::Word => 'w',
                SpanKind::Phrase => 'p',
                SpanKind::Field => 'f',
                SpanKind::Value => 'v',
                SpanKind::Choice => 'c',
                SpanKind::Operator => 'o',
                SpanKind::Unknown => 'u',
            };
            let kind = if span.excluded {
                kind.to_ascii_uppercase()
            } else {
                kind
            };
            format!("{kind}[{}]", &text[span.range])
        });
        spans.collect()
    }

    #[test]
    fn each_stretch_is_what_the_parser_took_it_for() {
        for (text, expected) in [
            ("trust care", "w[trust]w[care]"),
            ("a OR b|c", "w[a]o[OR]w[b]o[|]w[c]"),
            ("a OR", "w[a]w[OR]"),
            ("OR a AND OR NOT", "w[OR]w[a]w[AND]w[OR]w[NOT]"),
            ("NOT a", "o[NOT]W[a]"),
            ("-(a -b)", "o[-]o[(]W[a]o[-]w[b]o[)]"),
            ("a - b", "w[a]w[b]"),
            ("\"staff terms\"~5 =tupe", "p[\"staff terms\"~5]o[=]p[tupe]"),
            ("\"staff", "u[\"]w[staff]"),
            ("commiss* tuep~1", "w[commiss]o[*]w[tuep]o[~1]"),
            ("a\\*", "w[a\\*]"),
            ("title:a,\"b c\"", "f[title:]w[a]o[,]p[\"b c\"]"),
            ("-topic:a,b #c", "o[-]f[topic:]C[a]o[,]C[b]f[#]c[c]"),
            (
                "kind:post lang:en is:read",
                "f[kind:]c[post]f[lang:]c[en]f[is:]v[read]",
            ),
            (
                "date:2012 date:2012-03-04",
                "f[date:]c[2012]f[date:]v[2012-03-04]",
            ),
            ("kind:elephant x", "u[kind:]u[elephant]w[x]"),
            ("kind:eleph", "f[kind:]v[eleph]"),
            ("sort:date sort:up x", "f[sort:]v[date]u[sort:]u[up]w[x]"),
            ("-also:x also:y", "o[-]f[also:]V[x]f[also:]v[y]"),
            ("title: x", "u[title:]w[x]"),
            ("title:", "f[title:]"),
            ("foo:bar http://a.b", "u[foo:]w[bar]w[http://a.b]"),
            (
                "title:(a OR b) c)",
                "f[title:]o[(]w[a]o[OR]w[b]o[)]w[c]u[)]",
            ),
            (
                "source:\"NCVO\" source:ncvo",
                "f[source:]c[\"NCVO\"]f[source:]w[ncvo]",
            ),
            ("", ""),
        ] {
            assert_eq!(seen(text), expected, "{text}");
        }
    }

    fn holds(text: &str) {
        let mut end = 0;
        for span in spans(text) {
            assert!(
                span.range.start >= end && span.range.start < span.range.end,
                "{text:?}"
            );
            assert!(text.get(span.range.clone()).is_some(), "{text:?}");
            end = span.range.end;
        }
    }

    proptest! {
        #[test]
        fn stretches_are_sorted_disjoint_and_on_boundaries(text in any::<String>()) {
            holds(&text);
        }

        #[test]
        fn stretches_of_what_has_form_are_too(
            pieces in prop::collection::vec(prop::sample::select(vec![
                "a", " ", "OR", " NOT ", "-", "(", ")", "\"", "“", "title:", "topic:", "#", ",", "kind:post", "x:y",
                "*", "~2", "=", "\\", "|", "sort:date", "sort:x", "date:2012", "is:", "数据", "\u{a0}", ":", "saved:b",
            ]), 0..16),
        ) {
            holds(&pieces.concat());
        }
    }
}
