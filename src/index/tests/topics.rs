//! Categories that several sources spell differently: one topic, whoever came first.

use tempfile::TempDir;

use super::collection::*;
use crate::index::Index;
use crate::query::{Count, Expr};

/// The topics of documents 1, 2, …, as their sources spell them.
const TOPICS: [&[&str]; 9] = [
    &["Mutual", "news"],
    &["mutuals", "new"],
    &["mutuals", "arts"],
    &["Mutuals", "art"],
    &["Libraries", "Économie"],
    &["library", "economie"],
    &["library", "customs"],
    &["Charity", "custom"],
    &["charities", "Charity"],
];

fn entry(id: i64) -> Entry {
    Sketch {
        title: "T",
        topics: TOPICS[usize::try_from(id).unwrap() - 1],
        ..NOTHING
    }
    .entry(id)
}

/// Fills an index with one commit for each list of documents, and returns its topics with their counts.
fn counted(commits: &[Vec<i64>]) -> (TempDir, Index, Vec<Count>) {
    let directory = TempDir::new().unwrap();
    let index = Index::create(directory.path()).unwrap();
    for ids in commits {
        let entries: Vec<Entry> = ids.iter().map(|id| entry(*id)).collect();
        fill(&index, &entries);
    }
    let topics = find(&index, &expanded(Expr::All), 0, 0).facets.topics;
    (directory, index, topics)
}

#[test]
fn what_sources_spell_differently_is_one_topic_and_what_differs_stays_apart() {
    let (_directory, index, topics) = counted(&[(1..=9).collect()]);
    let topics: Vec<(&str, usize)> = topics
        .iter()
        .map(|count| (count.value.as_str(), count.count))
        .collect();
    assert_eq!(
        topics,
        [
            ("mutuals", 4),
            ("library", 3),
            ("Charity", 2),
            ("economie", 2),
            ("art", 1),
            ("arts", 1),
            ("custom", 1),
            ("customs", 1),
            ("new", 1),
            ("news", 1),
        ]
    );
    // What is counted is what choosing it finds, by whichever spelling.
    for (name, ids) in [
        ("mutuals", &[1, 2, 3, 4][..]),
        ("MUTUAL", &[1, 2, 3, 4]),
        ("libraries", &[5, 6, 7]),
        ("charity", &[8, 9]),
        ("news", &[1]),
        ("new", &[2]),
        ("custom", &[8]),
    ] {
        let mut found = super::collection::ids(&index, topic(name));
        found.sort_unstable();
        assert_eq!(found, ids, "{name}");
    }
}

#[test]
fn topics_are_the_same_in_whatever_order_documents_come() {
    let (_directory, _, at_once) = counted(&[(1..=9).collect()]);
    let backwards: Vec<Vec<i64>> = (1..=9).rev().map(|id| vec![id]).collect();
    let (_directory, _, one_by_one) = counted(&backwards);
    assert_eq!(one_by_one, at_once);
    // Nor does it matter how often a document was put: what it replaced counts no more.
    let mut again = vec![(1..=9).collect()];
    again.extend(vec![vec![1, 5]; 7]);
    let (_directory, _, put_again) = counted(&again);
    assert_eq!(put_again, at_once);
}
