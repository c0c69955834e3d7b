//! What a question finds, as tables over the collection.

use tempfile::TempDir;

use super::collection::*;
use crate::document::{DocumentId, Kind};
use crate::index::{Index, Topics};
use crate::query::facet::{Choice, Facet, choices, set};
use crate::query::{
    Clause, Count, Expr, Facets, Field, Filter, Lexicon, Origin, Query, State, Step, Way, expand,
    parse,
};

fn library() -> (TempDir, Index) {
    let directory = TempDir::new().unwrap();
    let index = Index::create(directory.path()).unwrap();
    fill(&index, &collection());
    index.set_topics(topics()).unwrap();
    (directory, index)
}

fn found(index: &Index, root: Expr) -> Vec<i64> {
    let mut found = ids(index, root);
    found.sort_unstable();
    found
}

fn of(field: Field, steps: Vec<Step>) -> Expr {
    clause(field, way(steps))
}

#[test]
fn words_are_found_by_their_forms_and_where_they_are_asked_for() {
    let (_directory, index) = library();
    for (root, expected) in [
        (word("mutual"), &[1, 13, 20][..]),
        (word("Mutuals"), &[1, 13, 20]),
        (of(Field::Any, vec![exact("mutual")]), &[1, 13, 20]),
        (of(Field::Any, vec![exact("mutuals")]), &[1]),
        (asked("staff transfer"), &[5, 18, 20]),
        (word("cooperatives"), &[4]),
        (word("Cooper"), &[4]),
        (word("commissioner"), &[10]),
        (word("cafés"), &[]),
        (of(Field::Any, vec![exact("cafés")]), &[17]),
        (word("unheard"), &[]),
        (of(Field::Title, vec![stem("spin")]), &[1, 2]),
        (of(Field::Body, vec![stem("spin")]), &[2]),
        (of(Field::Body, vec![stem("trust")]), &[7, 20]),
        (of(Field::Body, vec![exact("value")]), &[14, 15, 20]),
        (of(Field::Body, vec![prefix("transf")]), &[5, 18, 20]),
        (of(Field::Title, vec![prefix("tru")]), &[6, 7]),
        (of(Field::Title, vec![exact("transfers")]), &[]),
        (of(Field::Heading, vec![stem("mutual")]), &[1]),
        (
            of(Field::Heading, vec![stem("commissioner"), stem("outcome")]),
            &[],
        ),
        (of(Field::Author, vec![exact("coulier")]), &[3, 4, 19]),
        (
            of(Field::Author, vec![exact("coulier"), exact("paul")]),
            &[],
        ),
        (of(Field::Source, vec![exact("ncvo")]), &[5, 6, 7, 20]),
        (
            of(Field::Source, vec![exact("2020"), exact("psh")]),
            &[1, 2, 19],
        ),
        (of(Field::Url, vec![exact("spin")]), &[1]),
        (
            of(Field::Any, vec![Step::Stem("genossenschaft:de".to_owned())]),
            &[8],
        ),
        (of(Field::Any, vec![exact("数"), exact("据")]), &[9]),
        (
            of(Field::Any, vec![exact("管"), exact("理"), exact("系")]),
            &[9],
        ),
    ] {
        assert_eq!(found(&index, root.clone()), expected, "{root:?}");
    }
}

#[test]
fn phrases_stand_in_order_within_one_part_of_a_document() {
    let (_directory, index) = library();
    for (root, expected) in [
        (phrase("third sector", 0), &[3][..]),
        (phrase("transfer undertaking", 0), &[18]),
        (phrase("transfer undertaking", 1), &[5, 18]),
        (phrase("undertakings transfer", 0), &[]),
        (phrase("staff transfer", 9), &[5, 18]),
        (phrase("transfer staff", 9), &[18, 20]),
        // The title `Spin` is there twice, and the body begins right after it.
        (phrase("spin spin", 60_000), &[]),
        (phrase("spin on", 60_000), &[]),
        (of(Field::Any, vec![stem("third"), prefix("sec")]), &[3]),
        (
            of(Field::Any, vec![exact("social"), stem("values")]),
            &[14, 20],
        ),
        (of(Field::Body, vec![stem("third"), stem("sector")]), &[3]),
        (of(Field::Body, vec![stem("sector"), stem("budget")]), &[]),
        (
            of(Field::Title, vec![stem("sector"), near("budgte", 1)]),
            &[3],
        ),
        (
            of(
                Field::Any,
                vec![Step::Stem("cooper".to_owned()), stem("came")],
            ),
            &[4],
        ),
        (
            of(
                Field::Any,
                vec![stem("a"), Step::Stem("cooperative".to_owned())],
            ),
            &[4],
        ),
        (of(Field::Any, vec![]), &[]),
    ] {
        assert_eq!(found(&index, root.clone()), expected, "{root:?}");
    }
}

#[test]
fn beginnings_and_near_spellings_are_found_without_end() {
    let (_directory, index) = library();
    for (root, expected) in [
        (of(Field::Any, vec![prefix("mut")]), &[1, 13, 20][..]),
        (of(Field::Any, vec![prefix("mutual")]), &[1, 13, 20]),
        (of(Field::Any, vec![prefix("cooperativ")]), &[4]),
        (of(Field::Any, vec![prefix("数")]), &[9]),
        (of(Field::Any, vec![near("mutaul", 1)]), &[1, 13, 20]),
        (of(Field::Any, vec![near("comissioning", 1)]), &[10]),
        (of(Field::Any, vec![near("comisioning", 1)]), &[]),
        (of(Field::Any, vec![near("comisioning", 2)]), &[10]),
        (of(Field::Any, vec![near("comisioning", 200)]), &[10]),
        (of(Field::Any, vec![near(&"a".repeat(10_000), 2)]), &[]),
    ] {
        assert_eq!(found(&index, root.clone()), expected, "{root:?}");
    }
    let all = of(Field::Any, vec![prefix("")]);
    assert_eq!(found(&index, all).len(), 20);
}

#[test]
fn words_that_say_little_are_ignored_while_others_remain() {
    let (_directory, index) = library();
    for (question, expected) in [
        ("the mutual", &[1, 13, 20][..]),
        ("of the mutual", &[1, 13, 20]),
        ("the of kind:page", &[12]),
        ("the kind:note", &[]),
        ("the OR muttering", &[1, 2, 3, 10, 12, 13, 14, 15, 19, 20]),
        ("mutual -the", &[13]),
    ] {
        assert_eq!(found(&index, asked(question)), expected, "{question}");
    }
}

#[test]
fn documents_are_found_by_their_language() {
    let (_directory, index) = library();
    for (question, expected) in [
        ("lang:de,zh", &[8, 9][..]),
        ("lang:it", &[]),
        ("mutual -lang:unknown", &[1]),
    ] {
        assert_eq!(found(&index, asked(question)), expected, "{question}");
    }
}

#[test]
fn clauses_join_as_they_say() {
    let (_directory, index) = library();
    for (root, expected) in [
        (
            Expr::And(vec![word("public"), word("library")]),
            &[19, 20][..],
        ),
        (Expr::Or(vec![word("tupe"), word("cooper")]), &[4, 5]),
        (Expr::And(vec![word("trust"), not(word("social"))]), &[6, 7]),
        (not(not(word("tupe"))), &[5]),
        (Expr::And(vec![]), &(1..=20).collect::<Vec<_>>()),
        (Expr::Or(vec![]), &[]),
        (Expr::None, &[]),
        (not(Expr::None), &(1..=20).collect::<Vec<_>>()),
        (not(Expr::All), &[]),
        // The seventeenth is French: its words have other stems.
        (not(word("the")), &[4, 5, 6, 7, 8, 9, 11, 13, 16, 17, 18]),
    ] {
        assert_eq!(found(&index, root.clone()), expected, "{root:?}");
    }
}

#[test]
fn any_way_of_a_clause_is_enough() {
    let (_directory, index) = library();
    let ways = ["cooperative", "buch:de"].map(|stem| way(vec![Step::Stem(stem.to_owned())]));
    let hyphen = Way {
        origin: Origin::Hyphen,
        ..way(vec![exact("third"), exact("sector")])
    };
    let clause = Clause::new(Field::Any, ways.into_iter().chain([hyphen]).collect());
    assert_eq!(found(&index, Expr::Clause(clause)), [3, 4, 8]);
}

#[test]
fn facts_about_documents_are_found() {
    let (_directory, index) = library();
    for (root, expected) in [
        (topic("mutuals"), &[1, 3, 4, 13, 20][..]),
        (topic("Public_service mutuals"), &[1, 3, 4, 13, 20]),
        (topic("ownership"), &[1, 3, 4, 13, 20]),
        (topic("owned"), &[1, 3, 4, 13, 20]),
        (topic("BLOG"), &[1, 2]),
        (topic("social value"), &[14, 15]),
        (topic("nobody's"), &[]),
        (kind(Kind::Note), &[6, 11]),
        (period("2012-12-31", "2012-12-31"), &[14, 15]),
        (period("2013-01-01", "2013-01-01"), &[8, 19]),
        (period("2012-11", "2012-11"), &[5, 18]),
        (period("2014", ""), &[7]),
        (period("", "2009"), &[10, 17]),
        (not(period("", "")), &[9, 11, 16]),
        (is(State::Read), &[1, 3, 5]),
        (is(State::Starred), &[5]),
        (
            Expr::And(vec![is(State::Unread), word("transfer")]),
            &[18, 20],
        ),
        (Expr::Filter(Filter::Id(7)), &[7]),
        (Expr::Filter(Filter::Id(-7)), &[]),
    ] {
        assert_eq!(found(&index, root.clone()), expected, "{root:?}");
    }
}

fn counts(counts: &[Count]) -> Vec<(&str, usize)> {
    let pairs = counts
        .iter()
        .map(|count| (count.value.as_str(), count.count));
    pairs.collect()
}

#[test]
fn facets_of_all_documents_are_those_of_the_collection() {
    let (_directory, index) = library();
    let Facets {
        themes,
        tags: _,
        topics,
        sources,
        authors,
        kinds,
        languages,
        years,
    } = find(&index, &expanded(Expr::All), 0, 0).facets;
    assert_eq!(
        counts(&themes),
        [
            ("owned", 5),
            ("mutuals", 5),
            ("unheard of", 0),
            ("ownership", 5)
        ]
    );
    assert_eq!(
        counts(&topics),
        [
            ("Budget", 2),
            ("Libraries", 2),
            ("Social value", 2),
            ("Commissioning", 1),
            ("Employment law", 1),
            ("Genossenschaft", 1),
        ]
    );
    assert_eq!(
        counts(&sources)[..3],
        [("2020 PSH", 3), ("Ethos", 3), ("NCVO", 3)]
    );
    assert_eq!(
        counts(&authors),
        [
            ("Claire Coulier", 3),
            ("Paul Buddery", 2),
            ("admin", 2),
            ("Jörg Müller", 1),
            ("Tom Archer", 1),
        ]
    );
    assert_eq!(
        counts(&kinds),
        [
            ("article", 12),
            ("post", 2),
            ("note", 2),
            ("thread", 1),
            ("page", 1),
            ("book", 1),
            ("message", 1),
        ]
    );
    assert_eq!(
        counts(&languages),
        [("unknown", 16), ("de", 1), ("en", 1), ("fr", 1), ("zh", 1)]
    );
    assert_eq!(
        counts(&years),
        [
            ("1999", 1),
            ("2009", 1),
            ("2010", 2),
            ("2011", 1),
            ("2012", 6),
            ("2013", 5),
            ("2014", 1),
            ("undated", 3),
        ]
    );
}

#[test]
fn what_is_chosen_in_a_facet_does_not_count_against_its_other_values() {
    let (_directory, index) = library();
    let chosen = Expr::And(vec![
        word("public"),
        Expr::Or(vec![topic("libraries"), topic("no such")]),
        kind(Kind::Message),
        not(topic("budget")),
    ]);
    let hits = find(&index, &expanded(chosen), 0, 9);
    assert_eq!(hits.total, 1);
    assert_eq!(counts(&hits.facets.topics), [("Libraries", 1)]);
    assert_eq!(
        counts(&hits.facets.themes)[..2],
        [("owned", 1), ("mutuals", 1)]
    );
    assert_eq!(counts(&hits.facets.kinds), [("article", 1), ("message", 1)]);
    assert_eq!(counts(&hits.facets.years), [("2013", 1)]);
}

#[test]
fn what_a_facet_counts_is_what_choosing_it_finds() {
    let (_directory, index) = library();
    for question in [
        "",
        "public",
        "the",
        "kind:article",
        "topic:mutuals -date:2012",
        "source:ncvo",
        "lang:en date:2012..2013",
        "-date:2012-03..2012-11",
        "source:\"NCVO\" -author:\"admin\"",
    ] {
        let question = parse(question);
        let expand = |query: &Query| expand(query, &Lexicon::default());
        let facets = find(&index, &expand(&question), 0, 0).facets;
        for (facet, counts) in [
            (Facet::Topics, facets.themes),
            (Facet::Topics, facets.topics),
            (Facet::Sources, facets.sources),
            (Facet::Authors, facets.authors),
            (Facet::Kinds, facets.kinds),
            (Facet::Languages, facets.languages),
            (Facet::Years, facets.years),
        ] {
            let others = choices(&question, facet).into_iter();
            let others = others.filter(|(_, choice)| *choice == Choice::Chosen);
            let without = others.fold(question.clone(), |query, (value, _)| {
                set(&query, facet, &value, None)
            });
            for Count { value, count } in counts {
                let chosen = set(&without, facet, &value, Some(Choice::Chosen));
                let total = find(&index, &expand(&chosen), 0, 0).total;
                assert_eq!(total, count, "{chosen}");
            }
        }
    }
}

#[test]
fn a_name_is_chosen_whole_however_it_is_spelled() {
    let sketch = |source, author: &'static [&'static str]| Sketch {
        source,
        authors: author,
        ..NOTHING
    };
    let entries = [
        sketch("SSE", &["Ann Lee", "Bo"]),
        sketch("SSE Scotland", &["Ann Leeds"]),
        sketch("sse", &["ann lee"]),
        sketch("SSE", &["Ann  Lee", "—"]),
    ];
    let entries: Vec<Entry> = entries
        .into_iter()
        .zip(1..)
        .map(|(one, id)| one.entry(id))
        .collect();
    let directory = TempDir::new().unwrap();
    let index = Index::create(directory.path()).unwrap();
    let (one, other) = entries.split_at(2);
    fill(&index, one);
    fill(&index, other);
    let facets = find(&index, &expanded(Expr::All), 0, 0).facets;
    assert_eq!(counts(&facets.sources), [("SSE", 3), ("SSE Scotland", 1)]);
    assert_eq!(
        counts(&facets.authors),
        [("Ann  Lee", 3), ("Ann Leeds", 1), ("Bo", 1), ("—", 1)]
    );
    for (question, expected) in [
        ("source:\"SSE\"", &[1, 3, 4][..]),
        ("source:sse", &[1, 2, 3, 4]),
        ("source:\"SSE\",\"SSE Scotland\"", &[1, 2, 3, 4]),
        ("-source:\"sse\"", &[2]),
        ("source:\"Scotland\"", &[]),
        ("author:\"ANN LEE\"", &[1, 3, 4]),
        ("author:lee", &[1, 3, 4]),
        ("author:\"—\"", &[4]),
    ] {
        assert_eq!(found(&index, asked(question)), expected, "{question}");
    }
}

#[test]
fn topics_are_what_was_last_said_of_them() {
    let (_directory, index) = library();
    index.set_topics(Topics::default()).unwrap();
    let facets = find(&index, &expanded(Expr::All), 0, 0).facets;
    assert_eq!(facets.themes, []);
    assert!(counts(&facets.topics).contains(&("Blog", 2)));
    assert_eq!(found(&index, topic("mutuals")), [4, 20]);

    index.set_topics(topics()).unwrap();
    let mut writer = index.writer().unwrap();
    writer.remove(DocumentId(13));
    writer.commit(&stamp(2)).unwrap();
    assert_eq!(found(&index, topic("ownership")), [1, 3, 4, 20]);
}
