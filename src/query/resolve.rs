//! What a question leaves open until it runs: how long ago, and what is saved under a name.
//!
//! A question is kept as it was asked: `newer:7d` means another week each day, `saved:care` what is saved as that. Here it
//! becomes one that the index can answer. What can't be told (a name that nobody saved, a saved search that leads back
//! to itself) stays as it is, finds nothing, and is named.

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use super::facet::is_choice;
use super::parse::{all, either, not};
use super::{Added, Also, Filter, Match, Node, Period, Query, whole_name};
use crate::document::{Date, Precision};

/// How deep saved searches may lead into each other.
const MOST_LINKS: usize = 8;

/// How many clauses the saved searches of a question may have together: each costs a search, and ten that name each other
/// twice would have a thousand.
const MOST_CLAUSES: usize = 512;

/// How deeply nodes may be nested in the end: within what the index goes down to.
const MOST_DEPTH: usize = 150;

/// A question ready to be run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Resolved {
    /// The question; nothing in it is relative or saved but what can't be told.
    pub query: Query,
    /// What can't be told, in words.
    pub troubles: Vec<String>,
}

/// Returns whether a question says something that depends on the time or on what is saved.
pub fn is_open(node: &Node) -> bool {
    match node {
        Node::And(nodes) | Node::Or(nodes) => nodes.iter().any(is_open),
        Node::Not(node) => is_open(node),
        Node::Filter(filter) => matches!(
            filter,
            Filter::Newer(_) | Filter::Added(_) | Filter::Saved(_)
        ),
        Node::All | Node::Words(_) => false,
    }
}

/// Returns the question as it is to be run at the time `now`, by the clock of its zone; `saved` gives the question
/// saved under a name, in the form in which whole names are compared.
pub fn resolve(query: &Query, now: &Zoned, saved: &dyn Fn(&str) -> Option<Query>) -> Resolved {
    let mut walk = Resolver {
        now,
        saved,
        within: Vec::new(),
        clauses: MOST_CLAUSES,
        troubles: Vec::new(),
    };
    let mut resolved = Query {
        root: walk.node(&query.root, 0),
        ..query.clone()
    };
    // What is saved is asked for whole beside other words: a document with only some of them is not among what it finds.
    if let Node::And(clauses) = &query.root
        && clauses.iter().any(is_saved)
    {
        resolved.matching = query.matching.or(Some(Match::All));
    }
    // A saved search alone comes in its own order and as wide as it was saved, with what it takes in and leaves out.
    if let Node::Filter(Filter::Saved(name)) = &query.root
        && let Some(saved) = saved(&whole_name(name))
    {
        resolved.sort = query.sort.or(saved.sort);
        resolved.matching = query.matching.or(saved.matching);
        if query.also == Also::default() {
            resolved.also = saved.also;
        }
    }
    Resolved {
        query: resolved,
        troubles: walk.troubles,
    }
}

fn is_saved(node: &Node) -> bool {
    matches!(node, Node::Filter(Filter::Saved(_)))
}

struct Resolver<'a> {
    now: &'a Zoned,
    saved: &'a dyn Fn(&str) -> Option<Query>,
    /// The names that led here.
    within: Vec<String>,
    /// How many clauses more may come of saved searches.
    clauses: usize,
    troubles: Vec<String>,
}

impl Resolver<'_> {
    fn node(&mut self, node: &Node, depth: usize) -> Node {
        let mut several = |nodes: &[Node]| -> Vec<Node> {
            let nodes = nodes.iter();
            nodes.map(|node| self.node(node, depth + 1)).collect()
        };
        match node {
            Node::And(nodes) => all(several(nodes)).unwrap_or_default(),
            Node::Or(nodes) => either(several(nodes)).unwrap_or_default(),
            Node::Not(node) => not(self.node(node, depth + 1)),
            Node::Filter(Filter::Newer(ago)) => Node::Filter(Filter::Published(Period {
                from: ago.begins(self.now),
                to: None,
            })),
            Node::Filter(Filter::Added(added)) => Node::Filter(Filter::Added(self.added(*added))),
            Node::Filter(Filter::Saved(name)) => self.saved(name, depth).unwrap_or(node.clone()),
            Node::All | Node::Words(_) | Node::Filter(_) => node.clone(),
        }
    }

    /// Returns when something came, in moments in Greenwich.
    fn added(&self, added: Added) -> Added {
        let zone = self.now.time_zone();
        let period = match added {
            Added::Within(ago) => Period {
                from: ago.begins(self.now),
                to: None,
            },
            Added::During(period) => period,
        };
        Added::During(Period {
            from: period
                .from
                .and_then(|date| moment(date, date.start(), zone)),
            to: period
                .to
                .and_then(|date| moment(date, date.end() - 1, zone)),
        })
    }

    /// Returns what is saved under a name, or nothing where that can't be told.
    fn saved(&mut self, name: &str, depth: usize) -> Option<Node> {
        let folded = whole_name(name);
        let trouble = match (self.saved)(&folded) {
            None => format!("no search is saved as “{name}”"),
            Some(_) if self.within.contains(&folded) => {
                format!("the saved search “{name}” leads back to itself")
            }
            Some(query) => {
                let (clauses, deep) = measure(&query.root);
                let fits = self.within.len() < MOST_LINKS && depth + deep <= MOST_DEPTH;
                if let Some(left) = self.clauses.checked_sub(clauses).filter(|_| fits) {
                    self.clauses = left;
                    self.within.push(folded);
                    let node = self.node(&query.root, depth);
                    self.within.pop();
                    return Some(without_choices(node));
                }
                format!("the saved search “{name}” leads too far")
            }
        };
        if !self.troubles.contains(&trouble) {
            self.troubles.push(trouble);
        }
        None
    }
}

/// Returns what is saved so that nothing in it is a choice in a facet: the pane shows only what the question itself
/// chooses, and counts go by that. Denied twice, a clause says the same and is none.
fn without_choices(node: Node) -> Node {
    let shielded = |node: Node| {
        if is_choice(&node) {
            Node::Not(Box::new(Node::Not(Box::new(node))))
        } else {
            node
        }
    };
    match node {
        Node::And(nodes) => Node::And(nodes.into_iter().map(shielded).collect()),
        node => shielded(node),
    }
}

/// Returns how many clauses a tree has, and how deep it is.
fn measure(node: &Node) -> (usize, usize) {
    match node {
        Node::And(nodes) | Node::Or(nodes) => nodes
            .iter()
            .map(measure)
            .fold((0, 1), |(clauses, depth), (more, deep)| {
                (clauses + more, depth.max(deep + 1))
            }),
        Node::Not(node) => {
            let (clauses, depth) = measure(node);
            (clauses, depth + 1)
        }
        Node::All | Node::Words(_) | Node::Filter(_) => (1, 1),
    }
}

/// Returns the moment that a second of a date is: of a day and more by the clock of `zone`.
fn moment(date: Date, second: i64, zone: &TimeZone) -> Option<Date> {
    let stamp = Timestamp::from_second(second).ok()?;
    let greenwich = stamp.to_zoned(TimeZone::UTC).datetime();
    if date.precision() == Precision::Moment {
        return Date::moment(greenwich, 0);
    }
    let there = greenwich.to_zoned(zone.clone()).ok()?;
    Date::moment(there.with_time_zone(TimeZone::UTC).datetime(), 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::parse;

    const NOW: &str = "2012-11-30T10:20:30+02:00[+02:00]";

    fn resolved(question: &str, saved: &[(&str, &str)]) -> (String, Vec<String>) {
        let now: Zoned = NOW.parse().unwrap();
        let of = |name: &str| {
            let mut known = saved.iter();
            known
                .find(|(other, _)| *other == name)
                .map(|(_, question)| parse(question))
        };
        let resolved = resolve(&parse(question), &now, &of);
        (resolved.query.to_string(), resolved.troubles)
    }

    #[test]
    fn spans_begin_where_they_do_today() {
        for (question, runs) in [
            ("newer:7d", "date:2012-11-23.."),
            ("-newer:\"1 month\" a", "-date:2012-10-30.. a"),
            ("newer:2h", "date:2012-11-30T08:20:30+02:00.."),
            ("added:1d", "added:2012-11-28T22:00:00Z.."),
            (
                "added:2012-11",
                "added:2012-10-31T22:00:00Z..2012-11-30T21:59:59Z",
            ),
            (
                "added:2012-11-01T00:00:00Z..",
                "added:2012-11-01T00:00:00Z..",
            ),
            ("date:2012 a", "date:2012 a"),
        ] {
            assert_eq!(resolved(question, &[]), (runs.to_owned(), Vec::new()));
            assert_eq!(
                is_open(&parse(question).root),
                question != runs || question.contains("added:")
            );
        }
    }

    #[test]
    fn what_is_saved_stands_as_a_group() {
        let saved = [
            ("a", "x OR y sort:date"),
            ("b", "-saved:A newer:1d"),
            ("c", "saved:d z"),
            ("d", "saved:c"),
            ("t", "topic:x y"),
            ("all", ""),
            ("e", "x -also:y"),
        ];
        for (question, runs, troubles) in [
            ("saved:a", "x OR y sort:date", &[][..]),
            ("saved:e", "x -also:y", &[]),
            ("saved:a sort:title", "x OR y sort:title", &[]),
            ("saved:a w", "(x OR y) w match:all", &[]),
            ("saved:a w match:any", "(x OR y) w match:any", &[]),
            ("saved:e w", "x w match:all", &[]),
            ("-saved:a", "-(x OR y)", &[]),
            ("saved:b", "-(x OR y) date:2012-11-29..", &[]),
            ("saved:all w", "w match:all", &[]),
            ("saved:t", "--topic:x y", &[]),
            ("-saved:t", "-(--topic:x y)", &[]),
            (
                "saved:c",
                "saved:c z",
                &["the saved search “c” leads back to itself"],
            ),
            (
                "w saved:no saved:no",
                "w saved:no saved:no match:all",
                &["no search is saved as “no”"],
            ),
        ] {
            let (ran, told) = resolved(question, &saved);
            assert_eq!(
                (ran.as_str(), told.as_slice()),
                (
                    runs,
                    &troubles.iter().map(ToString::to_string).collect::<Vec<_>>()[..]
                ),
                "{question}"
            );
        }
    }

    #[test]
    fn searches_that_name_each_other_over_and_over_have_an_end() {
        let names: Vec<String> = (0..12).map(|number| format!("s{number}")).collect();
        let questions: Vec<String> = (1..13)
            .map(|next| format!("saved:s{next} (a saved:s{next}) OR saved:s{next}"))
            .collect();
        let saved: Vec<(&str, &str)> = names
            .iter()
            .zip(&questions)
            .map(|(name, question)| (name.as_str(), question.as_str()))
            .collect();
        let now: Zoned = NOW.parse().unwrap();
        let of = |name: &str| {
            let mut known = saved.iter();
            known
                .find(|(other, _)| *other == name)
                .map(|(_, question)| parse(question))
        };
        let resolved = resolve(&parse("saved:s0"), &now, &of);
        let (clauses, depth) = measure(&resolved.query.root);
        assert!(
            clauses <= 3 * MOST_CLAUSES && depth <= MOST_DEPTH,
            "{clauses} {depth}"
        );
        assert!(!resolved.troubles.is_empty());
    }
}
