//! The index against a plain scan: random questions over random documents find the same and count the same.

use std::collections::BTreeMap;

use proptest::prelude::*;
use tempfile::TempDir;

use super::collection::*;
use super::scan::Scan;
use crate::document::{Date, Document, DocumentId, Kind};
use crate::index::Index;
use crate::query::{
    Clause, Expanded, Expr, Feature, Field, Filter, Matcher, Origin, Sort, State, Step, Way, Within,
};
use crate::text::{Language, analysis};

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

const TEXT_FIELDS: [Field; 4] = [Field::Any, Field::Title, Field::Body, Field::Heading];

fn clause_in(fields: &'static [Field]) -> impl Strategy<Value = Clause> {
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
            called: String::new(),
        });
    let ways = proptest::collection::vec(way, 0..3);
    (proptest::sample::select(fields), ways).prop_map(|(field, ways)| Clause::new(field, ways))
}

fn expr() -> impl Strategy<Value = Expr> {
    let fields = &[
        Field::Any,
        Field::Any,
        Field::Title,
        Field::Body,
        Field::Heading,
        Field::Author,
        Field::Source,
        Field::Url,
    ];
    let clause = clause_in(fields).prop_map(Expr::Clause);
    let ignored = clause_in(fields).prop_map(Expr::Ignored);
    let filters = vec![
        topic("mutuals"),
        topic("owned"),
        topic("public_service MUTUALS"),
        topic("blog"),
        topic("trust"),
        topic("nothing"),
        topic("mine"),
        Expr::Filter(Filter::Tag("mine".to_owned())),
        Expr::Filter(Filter::Tag("mutuals".to_owned())),
        Expr::Filter(Filter::Has(Feature::Tag)),
        Expr::Filter(Filter::Source("the  TRUST".to_owned())),
        Expr::Filter(Filter::Source("trust".to_owned())),
        Expr::Filter(Filter::Author("ann spin".to_owned())),
        Expr::Filter(Filter::Author("Spins".to_owned())),
        kind(Kind::Post),
        kind(Kind::Book),
        Expr::Filter(Filter::Language(Language::from_tag("de"))),
        Expr::Filter(Filter::Language(Language::Unknown)),
        period("2012", "2012"),
        period("2012-11", ""),
        period("", ""),
        not(period("", "")),
        is(State::Read),
        is(State::Unread),
        is(State::Starred),
        Expr::Filter(Filter::Id(3)),
        Expr::Filter(Filter::Within(Within::Number(1))),
        Expr::Filter(Filter::Within(Within::Name("gone".to_owned()))),
        Expr::All,
        Expr::None,
    ];
    let at_least = (
        0..4_usize,
        proptest::collection::vec(clause_in(fields), 0..5),
    )
        .prop_map(|(least, some)| Expr::AtLeast(least, some));
    let leaf = prop_oneof![6 => clause, 1 => ignored, 1 => at_least, 4 => proptest::sample::select(filters)];
    leaf.prop_recursive(3, 12, 4, |inner| {
        let several = || proptest::collection::vec(inner.clone(), 0..4);
        prop_oneof![
            several().prop_map(Expr::And),
            several().prop_map(Expr::Or),
            inner.clone().prop_map(not),
        ]
    })
}

/// Some tags: names of themes, of categories, of an alias and of what is ignored among them.
fn tags() -> impl Strategy<Value = Vec<(String, Vec<DocumentId>)>> {
    let names = [
        "Mine",
        "mutual",
        "Trust",
        "BLOG",
        "ownership",
        "Public-Service Mutuals",
        "Odd",
    ];
    let documents = || proptest::collection::btree_set((1..12_i64).prop_map(DocumentId), 0..6);
    let tag =
        |name| documents().prop_map(move |ids| (String::from(name), ids.into_iter().collect()));
    let all: Vec<_> = names.into_iter().map(tag).collect();
    (all, any::<bool>(), any::<u8>()).prop_map(|(all, none, some)| {
        let kept = all.into_iter().enumerate();
        let kept = kept.filter(|(place, _)| !none && some >> place & 1 == 1);
        kept.map(|(_, tag)| tag).collect()
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
    let removed = DocumentId(removed);
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
        questions in proptest::collection::vec((expr(), 0..2_usize), 40),
        tags in (tags(), tags()),
    ) {
        let directory = TempDir::new().unwrap();
        let index = Index::create(directory.path()).unwrap();
        let entries = fill_twice(&index, &first, &second, removed);
        let topics = topics();
        index.set_topics(topics.clone()).unwrap();
        let tags = [tags.0, tags.1];
        for (root, tagged) in questions {
            // Tags change between questions while the commit stays.
            let tags = tags[tagged].as_slice();
            let scan = Scan { entries: &entries, topics: &topics, tags };
            let hits = find_tagged(&index, &expanded(root.clone()), (0, 99), tags);
            let mut found: Vec<_> = hits.hits.iter().map(|hit| hit.id).collect();
            found.sort_unstable();
            let expected: Vec<_> = scan.found(&root).iter().map(|entry| entry.id).collect();
            prop_assert_eq!(&found, &expected, "{:?}", root);
            prop_assert_eq!(hits.total, expected.len());
            prop_assert_eq!(hits.facets, scan.facets(&root), "{:?}", root);
            for (sort, newest) in [(Sort::Newest, true), (Sort::Oldest, false)] {
                let sorted = Expanded { sort, ..expanded(root.clone()) };
                let hits = find_tagged(&index, &sorted, (0, 99), tags);
                let mut expected = scan.found(&root);
                expected.sort_by_key(|entry| {
                    let date = entry.document.metadata.published.map(Date::start);
                    (date.is_none(), date.map(|date| if newest { -date } else { date }), entry.id)
                });
                let found = hits.hits.iter().map(|hit| hit.id);
                prop_assert!(found.eq(expected.iter().map(|entry| entry.id)), "{:?}", root);
            }
        }
    }

    #[test]
    fn a_clause_lights_in_the_documents_in_which_it_is_found(
        entries in proptest::collection::vec(entry(), 1..6),
        clauses in proptest::collection::vec(clause_in(&TEXT_FIELDS), 40),
    ) {
        let scan = Scan { entries: &entries, topics: &topics(), tags: &[] };
        for clause in clauses {
            let root = Expr::Clause(clause);
            let matcher = Matcher::new(&expanded(root.clone()));
            for entry in &entries {
                let Document { metadata, body, .. } = &entry.document;
                let title = matcher.ranges(Field::Title, &metadata.title.text, metadata.language);
                let lights = !(title.is_empty() && matcher.body_ranges(body, metadata.language).is_empty());
                prop_assert_eq!(lights, scan.finds(entry, &root), "{:?} in {:?}", root, entry);
            }
        }
    }
}
