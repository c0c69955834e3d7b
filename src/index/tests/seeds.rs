//! Search and light on the seeds' own words: what is found lights, and what lights is found.

use std::ops::ControlFlow;
use std::sync::LazyLock;

use proptest::prelude::*;
use tempfile::TempDir;

use super::collection::{Entry, asked, expanded, fill, ids};
use crate::document::{Document, DocumentId};
use crate::format::{self, Input};
use crate::index::{Index, MarkSets, Request};
use crate::query::{Expr, Field, Lexicon, Matcher, expand, parse};

const SEEDS: [&str; 5] = [
    include_str!("../../../seeds/000_3afe104b548c7960.txt"),
    include_str!("../../../seeds/001_d0142983c37ab9c7.txt"),
    include_str!("../../../seeds/002_489e5c45652ac3db.txt"),
    include_str!("../../../seeds/003_93ef65791770c79a.txt"),
    include_str!("../../../seeds/004_4f9e46e1e41d5547.txt"),
];

static LIBRARY: LazyLock<(TempDir, Index, Vec<Entry>)> = LazyLock::new(|| {
    let mut entries = Vec::new();
    let mut numbers = 1..;
    for seed in SEEDS {
        let input = Input::new("seed.txt", seed.as_bytes());
        format::read(&input, &mut |document| {
            entries.extend(numbers.next().map(|number| Entry {
                id: DocumentId(number),
                source: String::new(),
                document,
            }));
            ControlFlow::Continue(())
        });
    }
    let directory = TempDir::new().unwrap();
    let index = Index::create(directory.path()).unwrap();
    fill(&index, &entries);
    (directory, index, entries)
});

/// Clauses of words that stand in a seed side by side.
fn clauses() -> impl Strategy<Value = Vec<String>> {
    let clause = (0..SEEDS.len(), any::<prop::sample::Index>(), 0..8_u8);
    let clause = clause.prop_map(|(seed, place, form)| {
        let words: Vec<&str> = SEEDS[seed]
            .split(|c: char| !c.is_alphanumeric() && c != '-' && c != '’')
            .filter(|word| word.starts_with(char::is_alphanumeric))
            .collect();
        let at = place.index(words.len() - 2);
        let (one, next, third) = (words[at], words[at + 1], words[at + 2]);
        match form {
            0 => format!("\"{one} {next}\""),
            1 => format!("\"{one} {third}\"~1"),
            2 => format!("\"{next} {one} {third}\"~4"),
            3 => format!("={one}"),
            4 => format!("{}*", one.chars().take(4).collect::<String>()),
            5 => format!("{one}~"),
            6 => format!("heading:{one}"),
            _ => one.to_lowercase(),
        }
    });
    prop::collection::vec(clause, 1..4)
}

/// Returns the documents in which something of a question lights.
fn lit(root: &Expr) -> Vec<i64> {
    let matcher = Matcher::new(&expanded(root.clone()));
    let lights = |entry: &&Entry| {
        let Document { metadata, body, .. } = &entry.document;
        let title = matcher.ranges(Field::Title, &metadata.title.text, metadata.language);
        !title.is_empty() || !matcher.body_ranges(body, metadata.language).is_empty()
    };
    let lit = LIBRARY.2.iter().filter(lights);
    lit.map(|entry| entry.id.0).collect()
}

fn found(root: Expr) -> Vec<i64> {
    let mut found = ids(&LIBRARY.1, root);
    found.sort_unstable();
    found
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn one_of_several_is_found_where_it_lights(clauses in clauses()) {
        let root = asked(&clauses.join(" OR "));
        prop_assert_eq!(found(root.clone()), lit(&root), "{:?}", clauses);
    }

    #[test]
    fn what_each_word_gave_is_in_sum_what_a_document_scores(
        clauses in clauses(),
        matching in prop::sample::select(vec!["", "match:any", "match:all"]),
    ) {
        let question = format!("{} {matching}", clauses.join(" "));
        let expanded = expand(&parse(&question), &Lexicon::default());
        let request = Request {
            expanded: &expanded,
            offset: 0,
            limit: 99,
            marks: &MarkSets::default(),
            folds: None,
        };
        for hit in LIBRARY.1.find(&request).unwrap().hits {
            let why = LIBRARY.1.explain(&request, hit.id).unwrap().unwrap();
            prop_assert!((why.score - hit.score).abs() <= hit.score.abs() * 1e-5, "{question} {why:?} {hit:?}");
        }
    }

    #[test]
    fn all_of_several_light_where_they_are_found(clauses in clauses(), without in "-[a-z]{1,5}|") {
        let root = asked(&format!("{} {without}", clauses.join(" ")));
        let lit = lit(&root);
        prop_assert!(found(root).iter().all(|id| lit.contains(id)), "{:?}", clauses);
    }
}
