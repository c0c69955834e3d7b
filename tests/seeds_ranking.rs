//! Ranking on recto's own documents, as a reader would judge it: what a question must bring first, and what it must not
//! bring first, or not at all.

#![allow(clippy::unwrap_used, reason = "a test fails by unwrap")]

use std::ops::ControlFlow;

use recto::library::{Library, Window};
use recto::query::parse;

/// What must not come.
enum Never<'a> {
    /// Not in the list.
    Found(&'a str),
    /// Not among the documents that have every word.
    Complete(&'a str),
    /// Not before what must come first, nor right after it.
    Near(&'a str),
}

use Never::{Complete, Found, Near};

/// A question, the beginnings of the titles that must come first, in their order, and what must not come.
const CASES: &[(&str, &[&str], &[Never<'_>])] = &[
    ("tupe", &["How to involve"], &[Found("Beyond the spin")]),
    (
        "branding",
        &["Little red branding hood"],
        &[Found("The Third Sector")],
    ),
    (
        "mutuals",
        &["Beyond the spin", "Enterprise Solutions"],
        &[Found("The Third Sector")],
    ),
    (
        "public service mutuals",
        &["Beyond the spin", "Enterprise Solutions"],
        &[Near("Who cares")],
    ),
    (
        "Public Service Mutuals Enterprise Solutions",
        &["Enterprise Solutions"],
        &[],
    ),
    (
        "staff transfer",
        &["How to involve", "My time as a Carnegie"],
        &[Complete("Beyond the spin")],
    ),
    (
        "social value",
        &["Social value hybrids"],
        &[Near("The Third Sector")],
    ),
    (
        "what is a social value hybrid",
        &["Social value hybrids"],
        &[Near("How to involve")],
    ),
    (
        "third sector consortia",
        &["My time as a Carnegie"],
        &[Complete("The Third Sector")],
    ),
    (
        "third sector budget",
        &["The Third Sector budget"],
        &[Complete("Enterprise Solutions")],
    ),
    ("who cares", &["Who cares?"], &[Found("Anna Randle")]),
    ("care", &[], &[Found("Little red")]),
    (
        "social care",
        &["The new social care", "Who cares"],
        &[Near("Public service delivery")],
    ),
    (
        "new technology public sector",
        &["Public sector and new"],
        &[Complete("Beyond the spin")],
    ),
    (
        "oil and water",
        &["Public sector and new"],
        &[Found("Who cares")],
    ),
    (
        "library ownership",
        &["Event briefing"],
        &[Complete("Social value hybrids")],
    ),
    (
        "options for ownership and control of libraries",
        &["Event briefing"],
        &[Near("Social value")],
    ),
    (
        "voluntary organisations",
        &["How to involve"],
        &[Near("Little red")],
    ),
    (
        "involve voluntary organisations in public services",
        &["How to involve"],
        &[Near("Little red")],
    ),
    (
        "defining deprivation and disadvantage",
        &["Defining deprivation"],
        &[Complete("How to")],
    ),
    ("Anna Randle", &["Anna Randle"], &[Found("Who cares")]),
    (
        "newsletter march",
        &["Our new look March"],
        &[Complete("Our April")],
    ),
    (
        "why society is good for your health",
        &["Why society"],
        &[Near("Anna Randle")],
    ),
    (
        "Carnegie Associate",
        &["My time as a Carnegie"],
        &[Complete("Anna Randle")],
    ),
    (
        "how can staff keep their terms and conditions when a service is transferred",
        &["My time as a Carnegie"],
        &[Near("Little red")],
    ),
    ("=mutual =quidditch", &[], &[Found("Beyond the spin")]),
    (
        "title:mutuals staff",
        &["Enterprise Solutions", "Beyond the spin"],
        &[Found("My time as a Carnegie")],
    ),
    ("\"social value\" mutuals", &[], &[Found("Little red")]),
    // Terms of the thesaurus, said so or otherwise, before their words.
    (
        "community interest company",
        &["Event briefing"],
        &[Near("Enterprise Solutions")],
    ),
    (
        "voluntary sector",
        &["How to involve"],
        &[Near("Enterprise Solutions"), Near("Defining deprivation")],
    ),
    (
        "third sector",
        &["The Third Sector budget"],
        &[Near("Enterprise Solutions"), Near("Social value hybrids")],
    ),
    (
        "social return on investment",
        &["Social value hybrids", "As I near the end"],
        &[Near("Who cares")],
    ),
    ("PbR", &[], &[Found("Beyond the spin")]),
];

#[test]
fn a_question_brings_first_what_a_reader_would_name() {
    let mut library = Library::temporary_with_seeds().unwrap();
    library
        .catch_up(&mut |_| ControlFlow::Continue(()))
        .unwrap();
    for (question, first, never) in CASES {
        let found = library
            .find(&parse(question), Window::first(99), 0)
            .unwrap();
        let titles: Vec<&str> = found
            .rows
            .iter()
            .map(|row| row.title.text.as_str())
            .collect();
        let told = format!("{question}: {titles:#?}");
        for (title, begins) in titles.iter().zip(*first) {
            assert!(title.starts_with(begins), "{told}");
        }
        assert!(titles.len() >= first.len(), "{told}");
        let place = |begins: &str| titles.iter().position(|title| title.starts_with(begins));
        let complete = found.hits.total - found.hits.incomplete;
        for never in *never {
            let sound = match never {
                Found(begins) => place(begins).is_none(),
                Complete(begins) => place(begins).is_none_or(|place| place >= complete),
                Near(begins) => place(begins).is_none_or(|place| place > first.len()),
            };
            assert!(sound, "{told}");
        }
    }
}
