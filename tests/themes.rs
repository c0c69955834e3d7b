//! What each of the documents that recto brings along is about: a table made by reading them, and the themes of
//! `assets/topics.toml` held to it.
//!
//! A theme too many is as wrong as one too few: who narrows by a theme wants what is about it, not what has its word.

#![expect(
    clippy::unwrap_used,
    reason = "what the tests share says what it expects by failing, as they do"
)]

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use recto::config::topics;
use recto::document::DocumentId;
use recto::library::{Library, Window};
use recto::query;

/// A document, by words that only it has, and its themes.
const TABLE: [(&str, &[&str]); 18] = [
    (
        "My time as a Carnegie Associate",
        &[
            "service transfer",
            "commissioning",
            "TUPE and staff terms",
            "mutuals and co-operatives",
            "social value and measurement",
            "consortia and partnership",
            "trust",
            "voluntary sector",
        ],
    ),
    (
        "Here at NCVO",
        &[
            "commissioning",
            "TUPE and staff terms",
            "social value and measurement",
            "consortia and partnership",
            "voluntary sector",
            "funding and investment",
            "open data and technology",
        ],
    ),
    (
        "my first quarter of being",
        &[
            "commissioning",
            "social value and measurement",
            "trust",
            "voluntary sector",
        ],
    ),
    (
        "Having returned from Estonia",
        &["commissioning", "social enterprise", "voluntary sector"],
    ),
    ("SSE sites its centres", &["deprivation and place"]),
    ("Patient Opinion", &["open data and technology"]),
    ("Hazel Blears", &["politics and policy"]),
    (
        "No decision on unclaimed assets",
        &[
            "voluntary sector",
            "funding and investment",
            "politics and policy",
        ],
    ),
    (
        "is the march of the mutuals",
        &[
            "service transfer",
            "mutuals and co-operatives",
            "social enterprise",
        ],
    ),
    (
        "the idea of mutualisation can be alien",
        &[
            "service transfer",
            "commissioning",
            "mutuals and co-operatives",
            "social enterprise",
            "libraries",
        ],
    ),
    (
        "Head of Libraries and Heritage",
        &[
            "service transfer",
            "mutuals and co-operatives",
            "social enterprise",
            "libraries",
        ],
    ),
    (
        "Why do we call them social-value hybrids",
        &[
            "service transfer",
            "commissioning",
            "mutuals and co-operatives",
            "social value and measurement",
            "social enterprise",
            "funding and investment",
        ],
    ),
    (
        "living well in a silver society",
        &["social care and health", "ageing", "politics and policy"],
    ),
    (
        "edited by Alex Fox",
        &["social care and health", "politics and policy"],
    ),
    (
        "Senior Researcher at the Lyons Inquiry",
        &["mutuals and co-operatives", "news and people"],
    ),
    ("April newsletter is out", &["news and people"]),
    (
        "Third Force News",
        &[
            "mutuals and co-operatives",
            "voluntary sector",
            "social care and health",
            "ageing",
            "politics and policy",
        ],
    ),
    ("Our March newsletter is out", &["news and people"]),
];

fn library() -> Library {
    let mut library = Library::temporary_with_seeds().unwrap();
    library.set_topics(topics::defaults()).unwrap();
    library
        .catch_up(&mut |_| ControlFlow::Continue(()))
        .unwrap();
    library
}

fn found(library: &Library, query: &str) -> BTreeSet<DocumentId> {
    let found = library
        .find(&query::parse(query), Window::first(50), 60)
        .unwrap();
    found.rows.iter().map(|row| row.id).collect()
}

/// The document that has these words.
fn document(library: &Library, words: &str) -> DocumentId {
    let documents = found(library, &format!("\"{words}\""));
    assert_eq!(documents.len(), 1, "one document has “{words}”");
    *documents.first().unwrap()
}

#[test]
fn every_document_has_the_themes_that_it_is_about_and_no_others() {
    let library = library();
    let mut faults = Vec::new();
    for theme in topics::defaults().themes {
        let about = found(&library, &format!("topic:\"{}\"", theme.name));
        for (words, themes) in TABLE {
            let has = about.contains(&document(&library, words));
            let should = themes.contains(&theme.name.as_str());
            if has != should {
                let fault = if should { "lacks" } else { "should not have" };
                faults.push(format!("“{words}…” {fault} {}", theme.name));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_theme_of_the_table_is_a_theme_and_every_document_is_in_the_table() {
    let names: Vec<String> = topics::defaults()
        .themes
        .into_iter()
        .map(|theme| theme.name)
        .collect();
    for (words, themes) in TABLE {
        for theme in themes {
            assert!(names.iter().any(|name| name == theme), "{words}: {theme}");
        }
    }
    let library = library();
    let all: BTreeSet<DocumentId> = TABLE
        .iter()
        .map(|(words, _)| document(&library, words))
        .collect();
    assert_eq!(all, found(&library, "*"));
}

#[test]
fn every_question_of_a_theme_is_understood_as_it_is_written() {
    // What is printed parses to the same tree: words lost to a slip of syntax would not come back.
    for theme in topics::defaults().themes {
        let parsed = query::parse(&theme.query);
        assert_eq!(query::parse(&parsed.to_string()), parsed, "{}", theme.name);
    }
}
