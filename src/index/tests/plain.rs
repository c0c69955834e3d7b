//! The index against a plain scan: random questions over random documents find the same and count the same.
//!
//! The scan knows nothing of the index. It walks each document's words, made by the same analysis, once for each clause.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use tempfile::TempDir;

use super::collection::*;
use crate::document::{BlockKind, Document, Kind};
use crate::index::{Index, Topics};
use crate::query::{
    Clause, Count, Expanded, Expr, Facets, Field, Filter, Origin, Period, Sort, State, Step, Way,
    topic_name,
};
use crate::text::{Language, analysis};

/// A word of a document.
struct Word {
    position: u32,
    folded: String,
    stem: String,
}

fn words_of(text: &str, language: Language) -> Vec<Word> {
    let mut words = Vec::new();
    analysis::analyze(text, language, |token| {
        words.push(Word {
            position: token.position,
            folded: token.folded.to_owned(),
            stem: token.stem.to_owned(),
        });
    });
    words
}

/// Returns the texts of a document that a field names; no phrase reaches from one into another.
fn texts(entry: &Entry, field: Field) -> Vec<String> {
    let Document { metadata, body, .. } = &entry.document;
    let title = metadata.title.text.clone();
    let headings = body
        .blocks()
        .iter()
        .filter(|block| matches!(block.kind, BlockKind::Heading { .. }));
    match field {
        Field::Any => vec![title, body.text().to_owned()],
        Field::Title => vec![title],
        Field::Body => vec![body.text().to_owned()],
        Field::Heading => headings
            .map(|block| body.slice(block.range).to_owned())
            .collect(),
        Field::Author => metadata.authors.clone(),
        Field::Source => vec![entry.source.clone()],
        Field::Url => metadata.url.iter().cloned().collect(),
    }
}

fn is(step: &Step, word: &Word, names: bool) -> bool {
    match step {
        Step::Stem(stem) if names => word.folded == *stem,
        Step::Stem(stem) => word.stem == *stem,
        Step::Exact(exact) => word.folded == *exact,
        Step::Prefix(beginning) => word.folded.starts_with(beginning),
        Step::Near(near, edits) => distance(near, &word.folded) <= usize::from(*edits),
    }
}

/// Returns how many letters are changed, left out, put in, or swapped with the next one.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            table[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let change = table[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                let swap = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                let swapped = if swap {
                    table[i - 2][j - 2] + 1
                } else {
                    usize::MAX
                };
                change
                    .min(table[i - 1][j] + 1)
                    .min(table[i][j - 1] + 1)
                    .min(swapped)
            };
        }
    }
    table[a.len()][b.len()]
}

fn stands(words: &[Word], steps: &[Step], slop: u32, after: Option<u32>, names: bool) -> bool {
    let Some((step, rest)) = steps.split_first() else {
        return after.is_some();
    };
    words.iter().any(|word| {
        let between = match after {
            Some(after) if word.position <= after => return false,
            Some(after) => word.position - after - 1,
            None => 0,
        };
        between <= slop
            && is(step, word, names)
            && stands(words, rest, slop - between, Some(word.position), names)
    })
}

/// What is scanned, and with what in mind.
struct Scan<'a> {
    entries: &'a [Entry],
    topics: &'a Topics,
}

impl Scan<'_> {
    fn finds(&self, entry: &Entry, expr: &Expr) -> bool {
        match expr {
            Expr::All => true,
            Expr::None => false,
            Expr::And(all) => {
                let counts = |expr: &&Expr| {
                    let stop = matches!(expr, Expr::Clause(clause) if clause.stop);
                    !(stop && all.iter().any(says_something))
                };
                all.iter()
                    .filter(counts)
                    .all(|expr| self.finds(entry, expr))
            }
            Expr::Or(any) => any.iter().any(|expr| self.finds(entry, expr)),
            Expr::Not(one) => !self.finds(entry, one),
            Expr::Clause(clause) => texts(entry, clause.field).iter().any(|text| {
                let words = words_of(text, entry.document.metadata.language);
                let names = clause.field.holds_names();
                let mut ways = clause.ways.iter();
                ways.any(|way| stands(&words, &way.steps, way.slop, None, names))
            }),
            Expr::Filter(filter) => self.filter(entry, filter),
        }
    }

    fn filter(&self, entry: &Entry, filter: &Filter) -> bool {
        let metadata = &entry.document.metadata;
        match filter {
            Filter::Topic(name) => self.has_topic(entry, &topic_name(name), &mut BTreeSet::new()),
            Filter::Kind(kind) => metadata.kind == *kind,
            Filter::Published(Period { from, to }) => metadata.published.is_some_and(|date| {
                from.is_none_or(|from| date.start() >= from.start())
                    && to.is_none_or(|to| date.start() < to.end())
            }),
            Filter::Is(State::Read) => marks().read.contains(entry.id),
            Filter::Is(State::Unread) => !marks().read.contains(entry.id),
            Filter::Is(State::Starred) => marks().starred.contains(entry.id),
            Filter::Id(id) => entry.id.0 == *id,
        }
    }

    /// Says whether a document has a topic; `open` are the themes that are being looked at.
    fn has_topic(&self, entry: &Entry, name: &str, open: &mut BTreeSet<String>) -> bool {
        let group = topic_name(&self.group(name));
        let mut topics = entry.document.metadata.topics.iter();
        if topics.any(|topic| topic_name(&self.group(topic)) == group) {
            return true;
        }
        if !open.insert(name.to_owned()) {
            return false;
        }
        let themes = self
            .topics
            .themes
            .iter()
            .filter(|theme| topic_name(&theme.name) == name);
        themes.into_iter().any(|theme| match &theme.expanded.root {
            Expr::Or(any) => any.iter().any(|expr| match expr {
                Expr::Filter(Filter::Topic(other)) => {
                    self.has_topic(entry, &topic_name(other), open)
                }
                other => self.finds(entry, other),
            }),
            other => self.finds(entry, other),
        })
    }

    fn group(&self, category: &str) -> String {
        let mut aliases = self.topics.aliases.iter();
        let alias = aliases.find(|(from, _)| topic_name(from) == topic_name(category));
        alias.map_or_else(|| category.to_owned(), |(_, to)| to.clone())
    }

    fn found(&self, root: &Expr) -> Vec<&Entry> {
        self.entries
            .iter()
            .filter(|entry| self.finds(entry, root))
            .collect()
    }

    /// Returns what the question finds without the choices that `chooses` in a facet.
    fn without(&self, root: &Expr, chooses: fn(&Expr) -> bool) -> Vec<&Entry> {
        fn choice(expr: &Expr, chooses: fn(&Expr) -> bool) -> bool {
            match expr {
                Expr::Or(any) => !any.is_empty() && any.iter().all(|expr| choice(expr, chooses)),
                one => chooses(one),
            }
        }
        let all = match root {
            Expr::And(all) => all.clone(),
            one => vec![one.clone()],
        };
        // A word that says little stays ignored, whatever else is left out beside it.
        let ignore = all.iter().any(says_something);
        let stop = |expr: &Expr| matches!(expr, Expr::Clause(clause) if clause.stop);
        let rest = all
            .into_iter()
            .filter(|expr| !choice(expr, chooses) && !(ignore && stop(expr)));
        self.found(&Expr::And(rest.collect()))
    }

    fn facets(&self, root: &Expr) -> Facets {
        let by_topic = self.without(root, |expr| matches!(expr, Expr::Filter(Filter::Topic(_))));
        let ignored = |name: &str| {
            let mut ignored = self.topics.ignored.iter();
            ignored.any(|other| topic_name(other) == topic_name(name))
        };
        let themes = self.topics.themes.iter().map(|theme| Count {
            value: theme.name.clone(),
            count: by_topic
                .iter()
                .filter(|entry| {
                    // A theme is what its rule finds; a category of the same name is not counted to it.
                    let mut open = BTreeSet::from([topic_name(&theme.name)]);
                    match &theme.expanded.root {
                        Expr::Or(any) => any.iter().any(|expr| match expr {
                            Expr::Filter(Filter::Topic(other)) => {
                                self.has_topic(entry, &topic_name(other), &mut open)
                            }
                            other => self.finds(entry, other),
                        }),
                        other => self.finds(entry, other),
                    }
                })
                .count(),
        });
        let years = tally(
            &self.without(root, |expr| {
                matches!(expr, Expr::Filter(Filter::Published(_)))
            }),
            |entry| {
                let date = entry.document.metadata.published;
                vec![date.map_or_else(|| "undated".to_owned(), |date| date.year().to_string())]
            },
        );
        let kinds = tally(
            &self.without(root, |expr| matches!(expr, Expr::Filter(Filter::Kind(_)))),
            |entry| vec![entry.document.metadata.kind.name().to_owned()],
        );
        let mut kinds: Vec<Count> = kinds;
        kinds.sort_by_key(|kind| (std::cmp::Reverse(kind.count), Kind::from_name(&kind.value)));
        Facets {
            themes: themes.collect(),
            topics: most_first(tally(&by_topic, |entry| {
                let topics = entry.document.metadata.topics.iter();
                let groups = topics.map(|topic| self.group(topic));
                groups.filter(|group| !ignored(group)).collect()
            })),
            sources: most_first(tally(
                &self.without(
                    root,
                    |expr| matches!(expr, Expr::Clause(clause) if clause.field == Field::Source),
                ),
                |entry| vec![entry.source.clone()],
            )),
            authors: most_first(tally(
                &self.without(
                    root,
                    |expr| matches!(expr, Expr::Clause(clause) if clause.field == Field::Author),
                ),
                |entry| entry.document.metadata.authors.clone(),
            )),
            kinds,
            years,
        }
    }
}

fn says_something(expr: &Expr) -> bool {
    match expr {
        Expr::Clause(clause) => !clause.stop,
        Expr::And(parts) | Expr::Or(parts) => parts.iter().any(says_something),
        _ => false,
    }
}

fn tally(entries: &[&Entry], values: impl Fn(&Entry) -> Vec<String>) -> Vec<Count> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for entry in entries {
        let values: BTreeSet<String> = values(entry).into_iter().collect();
        values
            .into_iter()
            .for_each(|value| *counts.entry(value).or_default() += 1);
    }
    let counts = counts.into_iter();
    counts
        .map(|(value, count)| Count { value, count })
        .collect()
}

fn most_first(mut counts: Vec<Count>) -> Vec<Count> {
    counts.sort_by_key(|count| std::cmp::Reverse(count.count));
    counts
}

const VOCABULARY: [&str; 14] = [
    "mutual",
    "mutuals",
    "co-operative",
    "cooperatives",
    "the",
    "of",
    "trust",
    "trusts",
    "spin",
    "spins",
    "café",
    "数据",
    "Bücher",
    "sp",
];

fn text(words: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    let word = proptest::sample::select(VOCABULARY.as_slice());
    proptest::collection::vec(word, words).prop_map(|words| words.join(" "))
}

fn some(of: &'static [&'static str]) -> impl Strategy<Value = Vec<&'static str>> {
    proptest::sample::subsequence(of, 0..=of.len())
}

fn entry() -> impl Strategy<Value = Entry> {
    let lines = proptest::collection::vec((any::<bool>(), text(1..5)), 0..4);
    let one = |of: &'static [&'static str]| proptest::sample::select(of);
    (
        (text(0..4), lines, one(&["en", "de", "", "zh"])),
        some(&["Ann Spin", "Bo of Trust", "spins"]),
        one(&["", "2012", "2012-11", "2012-11-30", "2013-01-01T00:00:00Z"]),
        one(&["Spin", "The Trust", "trust of spins"]),
        some(&["Blog", "public service mutuals", "Mutuals", "Trust"]),
        proptest::sample::select(&[Kind::Article, Kind::Post, Kind::Note][..]),
        1..9_i64,
    )
        .prop_map(
            |((title, lines, language), authors, date, source, topics, kind, id)| {
                let lines = lines
                    .iter()
                    .map(|(heading, text)| format!("{}{text}", if *heading { "# " } else { "" }));
                Sketch {
                    title: &title,
                    body: &lines.collect::<Vec<_>>().join("\n"),
                    authors: &authors,
                    date,
                    source,
                    topics: &topics,
                    kind,
                    language,
                    url: "https://spin.example/trusts",
                }
                .entry(id)
            },
        )
}

fn step() -> impl Strategy<Value = Step> {
    let word = || proptest::sample::select(VOCABULARY.as_slice()).prop_map(analysis::fold);
    prop_oneof![
        proptest::sample::select(VOCABULARY.as_slice()).prop_map(stem),
        word().prop_map(Step::Exact),
        (word(), 0..4_usize)
            .prop_map(|(word, letters)| Step::Prefix(word.chars().take(letters).collect())),
        (word(), 0..3_u8).prop_map(|(word, edits)| Step::Near(word, edits)),
    ]
}

fn expr() -> impl Strategy<Value = Expr> {
    let fields = [
        Field::Any,
        Field::Any,
        Field::Title,
        Field::Body,
        Field::Heading,
        Field::Author,
        Field::Source,
        Field::Url,
    ];
    let origins = [Origin::Typed, Origin::Hyphen, Origin::Typing];
    let way = (
        proptest::collection::vec(step(), 1..4),
        0..4_u32,
        proptest::sample::select(origins.to_vec()),
    )
        .prop_map(|(steps, slop, origin)| Way {
            steps,
            slop,
            weight: 1.0,
            origin,
        });
    let ways = proptest::collection::vec(way, 0..3);
    let clause = (
        proptest::sample::select(fields.to_vec()),
        ways,
        proptest::bool::weighted(0.2),
    )
        .prop_map(|(field, ways, stop)| Expr::Clause(Clause { field, ways, stop }));
    let filters = vec![
        topic("mutuals"),
        topic("owned"),
        topic("public_service MUTUALS"),
        topic("blog"),
        topic("trust"),
        topic("nothing"),
        kind(Kind::Post),
        kind(Kind::Book),
        period("2012", "2012"),
        period("2012-11", ""),
        period("", ""),
        super::collection::is(State::Read),
        super::collection::is(State::Unread),
        super::collection::is(State::Starred),
        Expr::Filter(Filter::Id(3)),
        Expr::All,
        Expr::None,
    ];
    let leaf = prop_oneof![3 => clause, 2 => proptest::sample::select(filters)];
    leaf.prop_recursive(3, 12, 4, |inner| {
        let several = || proptest::collection::vec(inner.clone(), 0..4);
        prop_oneof![
            several().prop_map(Expr::And),
            several().prop_map(Expr::Or),
            inner.clone().prop_map(not),
        ]
    })
}

/// Puts entries into an index in two commits, the second of which replaces and removes; returns what is there then.
fn fill_twice(index: &Index, first: &[Entry], second: &[Entry], removed: i64) -> Vec<Entry> {
    let mut there = BTreeMap::new();
    for entries in [first, second] {
        fill(index, entries);
        there.extend(entries.iter().map(|entry| (entry.id, entry.clone())));
    }
    let mut writer = index.writer().unwrap();
    let removed = crate::document::DocumentId(removed);
    writer.remove(removed);
    there.remove(&removed);
    writer.commit(&stamp(2)).unwrap();
    there.into_values().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn a_plain_scan_finds_the_same_documents_and_counts_the_same(
        first in proptest::collection::vec(entry(), 0..6),
        second in proptest::collection::vec(entry(), 0..6),
        removed in 1..9_i64,
        questions in proptest::collection::vec(expr(), 40),
    ) {
        let directory = TempDir::new().unwrap();
        let index = Index::create(directory.path()).unwrap();
        let entries = fill_twice(&index, &first, &second, removed);
        let topics = topics();
        index.set_topics(topics.clone()).unwrap();
        let scan = Scan { entries: &entries, topics: &topics };
        for root in questions {
            let hits = find(&index, &expanded(root.clone()), 0, 99);
            let mut found: Vec<_> = hits.hits.iter().map(|hit| hit.id).collect();
            found.sort_unstable();
            let expected: Vec<_> = scan.found(&root).iter().map(|entry| entry.id).collect();
            prop_assert_eq!(&found, &expected, "{:?}", root);
            prop_assert_eq!(hits.total, expected.len());
            prop_assert_eq!(hits.facets, scan.facets(&root), "{:?}", root);
            for (sort, newest) in [(Sort::Newest, true), (Sort::Oldest, false)] {
                let hits = find(&index, &Expanded { root: root.clone(), sort }, 0, 99);
                let mut expected = scan.found(&root);
                expected.sort_by_key(|entry| {
                    let date = entry.document.metadata.published.map(|date| date.start());
                    (date.is_none(), date.map(|date| if newest { -date } else { date }), entry.id)
                });
                let found = hits.hits.iter().map(|hit| hit.id);
                prop_assert!(found.eq(expected.iter().map(|entry| entry.id)), "{:?}", root);
            }
        }
    }
}
