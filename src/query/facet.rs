//! Facets as clauses of a question: what is chosen in a list of topics, sources or years *is* a part of the string.
//!
//! Two values chosen in one facet mean either of them (`topic:a,b`), facets among themselves mean all, and what is
//! excluded is a `-topic:x` each. Only clauses at the top of the question are read as choices: in
//! `topic:a OR trust` nothing is chosen. What was typed by hand counts like what was chosen from a list. Sources and
//! authors are chosen by their whole names, in quotation marks; `source:ncvo` is a word to look for, and no choice.
//!
//! A year may be a span of years, or of months (`date:2012..2014`, `date:2013-05`, `date:2012..`): so the timeline
//! chooses. Of chosen spans that overlap the last one stands, and of those left out. A period of days is no choice.
//!
//! The undated are the year `undated`: those that no period holds, `-date:..`.

use std::ops::Range;

use super::parse::{Scope, UNKNOWN_LANGUAGE, all, either, not, quoted};
use super::{Field, Filter, Node, Period, Query, topic_name, whole_name};
use crate::document::{Date, Precision};

/// A way in which documents fall into groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Facet {
    /// Themes and the sources' own categories.
    Topics,
    /// The reader's own tags.
    Tags,
    /// Publishers, else names of what was added.
    Sources,
    /// Who wrote them.
    Authors,
    /// What sort they are.
    Kinds,
    /// When they were published; the undated are a year of their own.
    Years,
    /// What they are written in, by its code.
    Languages,
}

/// What is asked of a value of a facet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Choice {
    /// Documents with it, or with another that is chosen.
    Chosen,
    /// No document with it.
    Excluded,
}

/// The year of documents without a date, as [`Facets`](super::Facets) counts them.
pub const UNDATED: &str = "undated";

/// The language of documents of which nobody knows it, as [`Facets`](super::Facets) counts them.
pub const UNKNOWN: &str = UNKNOWN_LANGUAGE;

/// Every date: what only the undated are not in.
const ANY_DATE: Node = Node::Filter(Filter::Published(Period::ALWAYS));

impl Facet {
    /// Every facet, in the order in which they are listed.
    pub const ALL: [Self; 7] = [
        Self::Topics,
        Self::Tags,
        Self::Sources,
        Self::Authors,
        Self::Kinds,
        Self::Years,
        Self::Languages,
    ];
}

/// Returns what a question asks of the values of a facet, in its order.
///
/// ```
/// use recto::query::facet::{Choice, Facet, choices, set};
/// use recto::query::parse;
///
/// let query = set(&parse("tupe"), Facet::Topics, "Social care", Some(Choice::Chosen));
/// let query = set(&query, Facet::Topics, "mutuals", Some(Choice::Chosen));
/// assert_eq!(query.to_string(), "tupe topic:\"Social care\",mutuals");
/// assert_eq!(choices(&query, Facet::Topics).len(), 2);
/// ```
pub fn choices(query: &Query, facet: Facet) -> Vec<(String, Choice)> {
    clauses(&query.root)
        .iter()
        .filter_map(|clause| read(clause, facet))
        .flatten()
        .collect()
}

/// Returns the question with a value of a facet chosen, excluded, or neither. A value that the facet cannot have (a
/// year that is none) changes nothing.
pub fn set(query: &Query, facet: Facet, value: &str, choice: Option<Choice>) -> Query {
    let Some((clause, value)) = clause(facet, value).and_then(|clause| {
        // As the question has it: with single blanks, and of bounded length.
        let value = self::value(&clause, facet)?;
        Some((clause, value))
    }) else {
        return query.clone();
    };
    let mut chosen = Vec::new();
    let mut excluded = Vec::new();
    let mut rest = Vec::new();
    // New choices take the place of the old ones, so that the string does not jump about.
    let mut place = None;
    for node in clauses(&query.root) {
        let Some(choices) = read(node, facet) else {
            rest.push(node.clone());
            continue;
        };
        place = place.or(Some(rest.len()));
        for (known, was) in choices
            .into_iter()
            .filter(|(known, was)| !gives_way(facet, (known, *was), (&value, choice)))
        {
            match was {
                Choice::Chosen => chosen.extend(self::clause(facet, &known)),
                Choice::Excluded => excluded.extend(self::clause(facet, &known).map(not)),
            }
        }
    }
    match choice {
        Some(Choice::Chosen) => chosen.push(clause),
        Some(Choice::Excluded) => excluded.push(not(clause)),
        None => {}
    }
    let place = place.unwrap_or(rest.len());
    rest.splice(place..place, either(chosen).into_iter().chain(excluded));
    Query {
        root: all(rest).unwrap_or_default(),
        ..query.clone()
    }
}

/// Returns the question without what is chosen and excluded in any facet.
pub fn clear(query: &Query) -> Query {
    let rest = clauses(&query.root)
        .iter()
        .filter(|node| !is_choice(node))
        .cloned()
        .collect();
    Query {
        root: all(rest).unwrap_or_default(),
        ..query.clone()
    }
}

/// Returns whether a clause at the top of a question is a choice in a facet.
pub(super) fn is_choice(node: &Node) -> bool {
    Facet::ALL.iter().any(|&facet| read(node, facet).is_some())
}

/// Returns the clauses at the top of a question.
fn clauses(root: &Node) -> &[Node] {
    match root {
        Node::All => &[],
        Node::And(nodes) => nodes,
        node => std::slice::from_ref(node),
    }
}

/// Returns what a clause asks of a facet; nothing where it asks something else.
fn read(node: &Node, facet: Facet) -> Option<Vec<(String, Choice)>> {
    let (node, choice) = match node {
        _ if facet == Facet::Years && *node == ANY_DATE => {
            return Some(vec![(UNDATED.to_owned(), Choice::Excluded)]);
        }
        Node::Not(inner) if value(node, facet).is_none() => (&**inner, Choice::Excluded),
        node => (node, Choice::Chosen),
    };
    let alternatives = match node {
        Node::Or(nodes) => nodes.as_slice(),
        node => std::slice::from_ref(node),
    };
    alternatives
        .iter()
        .map(|node| value(node, facet).map(|value| (value, choice)))
        .collect()
}

/// Returns the value that a clause chooses in a facet.
fn value(node: &Node, facet: Facet) -> Option<String> {
    match (facet, node) {
        (Facet::Kinds, Node::Filter(Filter::Kind(kind))) => Some(kind.name().to_owned()),
        (Facet::Years, Node::Filter(Filter::Published(period))) => {
            is_span(*period).then(|| period.to_string())
        }
        (Facet::Languages, Node::Filter(Filter::Language(language))) => {
            Some(language.code().unwrap_or(UNKNOWN).to_owned())
        }
        (Facet::Years, Node::Not(inner)) if **inner == ANY_DATE => Some(UNDATED.to_owned()),
        (Facet::Topics, Node::Filter(Filter::Topic(name)))
        | (Facet::Tags, Node::Filter(Filter::Tag(name)))
        | (Facet::Sources, Node::Filter(Filter::Source(name)))
        | (Facet::Authors, Node::Filter(Filter::Author(name))) => Some(name.clone()),
        _ => None,
    }
}

/// Returns whether a period is one that the timeline chooses: years or months from one to another, or from or to one.
pub(crate) fn is_span(period: Period) -> bool {
    let is_coarse = |date: Date| matches!(date.precision(), Precision::Year | Precision::Month);
    let Period { from, to } = period;
    (from.is_some() || to.is_some()) && from.is_none_or(is_coarse) && to.is_none_or(is_coarse)
}

/// Returns the seconds of a value of [`Facet::Years`], without its time zone; nothing for the undated, and what is none.
pub fn seconds(value: &str) -> Option<Range<i64>> {
    match clause(Facet::Years, value)? {
        Node::Filter(Filter::Published(Period { from, to })) => {
            Some(from.map_or(i64::MIN, Date::start)..to.map_or(i64::MAX, Date::end))
        }
        _ => None,
    }
}

/// Returns whether a choice goes when another is made: that of the same value, and of years what overlaps.
fn gives_way(
    facet: Facet,
    (known, was): (&str, Choice),
    (value, choice): (&str, Option<Choice>),
) -> bool {
    let overlaps = || {
        let (Some(one), Some(other)) = (seconds(known), seconds(value)) else {
            return false;
        };
        one.start < other.end && other.start < one.end
    };
    // What is chosen of a span that is left out, or the other way round, is asked for beside it.
    let alike = choice == Some(was);
    is_same(facet, known, value) || facet == Facet::Years && alike && overlaps()
}

/// Returns the clause that chooses a value; nothing for a value that the facet cannot have.
fn clause(facet: Facet, value: &str) -> Option<Node> {
    let scope = match facet {
        Facet::Topics => Scope::Topic,
        Facet::Tags => Scope::Tag,
        Facet::Sources => Scope::Words(Field::Source),
        Facet::Authors => Scope::Words(Field::Author),
        Facet::Kinds => Scope::Kind,
        Facet::Languages => Scope::Language,
        Facet::Years if value == UNDATED => return Some(not(ANY_DATE)),
        Facet::Years => Scope::Date,
    };
    quoted(scope, value)
}

/// Returns whether two names are those of one value.
fn is_same(facet: Facet, one: &str, other: &str) -> bool {
    normal_name(facet, one) == normal_name(facet, other)
}

/// Returns the form in which names of a facet's values are compared.
pub fn normal_name(facet: Facet, name: &str) -> String {
    match facet {
        Facet::Topics | Facet::Tags => topic_name(name),
        _ => whole_name(name),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::query::parse;

    const CHOSEN: Option<Choice> = Some(Choice::Chosen);
    const EXCLUDED: Option<Choice> = Some(Choice::Excluded);

    /// Checks that choosing a value in a question gives the expected one, which reads as it was made.
    fn check(facet: Facet, table: &[(&str, &str, Option<Choice>, &str)]) {
        for (before, value, choice, after) in table {
            let query = set(&parse(before), facet, value, *choice);
            assert_eq!(query.to_string(), *after, "{before} with {value}");
            assert_eq!(parse(after), query, "{before} with {value}");
        }
    }

    #[test]
    fn a_topic_chosen_becomes_a_clause_of_the_question() {
        let table = [
            ("", "mutuals", CHOSEN, "topic:mutuals"),
            ("tupe", "Big Society", CHOSEN, "tupe topic:\"Big Society\""),
            ("tupe #a", "b", CHOSEN, "tupe topic:a,b"),
            ("topic:a tupe", "b", CHOSEN, "topic:a,b tupe"),
            ("topic:a tupe", "b", EXCLUDED, "topic:a -topic:b tupe"),
            ("topic:a,b tupe", "a", None, "topic:b tupe"),
            ("topic:a,b", "a", EXCLUDED, "topic:b -topic:a"),
            ("-topic:a", "a", CHOSEN, "topic:a"),
            ("-topic:a,b", "c", EXCLUDED, "-topic:a -topic:b -topic:c"),
            ("topic:a", "a", None, ""),
            ("topic:a", "a", CHOSEN, "topic:a"),
            ("topic:social-care", "Social Care", None, ""),
            ("topic:mutual", "Mutuals", None, ""),
            ("a OR b", "c", CHOSEN, "(a OR b) topic:c"),
            ("topic:a OR b", "a", CHOSEN, "(topic:a OR b) topic:a"),
        ];
        check(Facet::Topics, &table);
    }

    #[test]
    fn every_facet_has_its_clauses() {
        let sources = [
            ("topic:a", "2020 PSH", CHOSEN, "topic:a source:\"2020 PSH\""),
            ("source:\"a\"", "b c", CHOSEN, "source:\"a\",\"b c\""),
            ("source:a", "b c", CHOSEN, "source:a source:\"b c\""),
            ("source:\"B  C\"", "b c", None, ""),
            (
                "source:\"Peter\"",
                "Peters",
                CHOSEN,
                "source:\"Peter\",\"Peters\"",
            ),
        ];
        check(Facet::Sources, &sources);
        check(Facet::Authors, &[("a", "b", EXCLUDED, "a -author:\"b\"")]);
        let tags = [
            ("#a", "a", CHOSEN, "topic:a tag:a"),
            ("tag:a", "to read", CHOSEN, "tag:a,\"to read\""),
            ("tag:to-read", "To Read", None, ""),
        ];
        check(Facet::Tags, &tags);
        let kinds = [
            ("a sort:date", "thread", CHOSEN, "a kind:thread sort:date"),
            ("kind:thread", "post", CHOSEN, "kind:thread,post"),
            ("kind:thread", "elephant", CHOSEN, "kind:thread"),
        ];
        check(Facet::Kinds, &kinds);
        let years = [
            ("date:2012", "2013", CHOSEN, "date:2012,2013"),
            ("date:2012..2014", "2013", CHOSEN, "date:2013"),
            ("date:2012..2014", "2015", CHOSEN, "date:2012..2014,2015"),
            (
                "date:2012,2014",
                "2011..2013",
                CHOSEN,
                "date:2014,2011..2013",
            ),
            ("date:2012..2014", "2012..2014", None, ""),
            (
                "date:2012..2014",
                "2013",
                EXCLUDED,
                "date:2012..2014 -date:2013",
            ),
            ("-date:2013-05", "2013", CHOSEN, "date:2013 -date:2013-05"),
            (
                "date:2012..",
                "2013-05..2013-08",
                CHOSEN,
                "date:2013-05..2013-08",
            ),
            (
                "date:2012-03-01",
                "2012",
                CHOSEN,
                "date:2012-03-01 date:2012",
            ),
            ("date:2012", "soon", CHOSEN, "date:2012"),
            ("", UNDATED, CHOSEN, "-date:.."),
            ("", UNDATED, EXCLUDED, "date:.."),
            ("date:2012", UNDATED, CHOSEN, "date:2012 OR -date:.."),
            ("date:2012 OR -date:..", "2012", None, "-date:.."),
            ("date:..", UNDATED, None, ""),
        ];
        check(Facet::Years, &years);
        let languages = [
            ("a", "en", CHOSEN, "a lang:en"),
            ("lang:en", UNKNOWN, CHOSEN, "lang:en,unknown"),
            ("lang:en", "DE", EXCLUDED, "lang:en -lang:de"),
            ("lang:en", "elvish", CHOSEN, "lang:en"),
        ];
        check(Facet::Languages, &languages);
    }

    #[test]
    fn the_choices_are_read_back_from_the_question() {
        let query = parse(
            "trust #a,\"b c\" -topic:d author:\"Tom Archer\" author:Archer kind:post date:2012 -date:2013 title:x author:bud*",
        );
        let topics = choices(&query, Facet::Topics);
        assert_eq!(
            topics,
            [
                ("a".to_owned(), Choice::Chosen),
                ("b c".to_owned(), Choice::Chosen),
                ("d".to_owned(), Choice::Excluded),
            ]
        );
        assert_eq!(
            choices(&query, Facet::Authors),
            [("Tom Archer".to_owned(), Choice::Chosen)]
        );
        assert_eq!(choices(&query, Facet::Years).len(), 2);
        assert_eq!(choices(&query, Facet::Sources), []);
        assert_eq!(choices(&parse("topic:a OR trust"), Facet::Topics), []);
    }

    #[test]
    fn clearing_leaves_the_words_and_the_order() {
        for (before, after) in [
            ("trust topic:a -topic:b sort:date", "trust sort:date"),
            ("source:\"x\" author:\"y\" kind:post date:2012", ""),
            (
                "date:2012..2013-06-01 date:2012..2013 is:unread title:a source:x",
                "date:2012..2013-06-01 is:unread title:a source:x",
            ),
        ] {
            assert_eq!(clear(&parse(before)).to_string(), after);
        }
    }

    proptest! {
        #[test]
        fn any_name_can_be_chosen_and_taken_back(
            name in "[a-z,:()\"“\\\\*~#=| -]{0,6}[a-z数é][a-z,:()\"\\\\ *~-]{0,6}",
            other in "[A-Z]{5}",
        ) {
            for facet in [Facet::Topics, Facet::Tags, Facet::Sources, Facet::Authors] {
                let with_other = set(&parse("trust"), facet, &other, CHOSEN);
                for choice in [CHOSEN, EXCLUDED] {
                    let query = set(&with_other, facet, &name, choice);
                    let read = parse(&query.to_string());
                    prop_assert_eq!(&read, &query);
                    prop_assert_eq!(choices(&read, facet).len(), 2);
                    prop_assert_eq!(set(&read, facet, &name, None), with_other.clone());
                }
            }
        }
    }
}
