//! What the thesaurus and the spelling do to the answers: in the documents that a new library starts with, and in a
//! collection that they were not made for.

#![allow(clippy::unwrap_used, reason = "a test fails by unwrap")]

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use recto::library::{Library, Window};
use recto::query::{Lexicon, Matcher, Origin, Thesaurus, expand, parse, parse_typing};
use recto::text::Language;

const INVOLVE: &str = "How to involve voluntary organisations in public services";
const BUDGET: &str = "The Third Sector budget…";
const CARNEGIE: &str = "My time as a Carnegie Associate is now coming to an end";
const OUTCOMES: &str = "As I near the end of my first quarter of being ‘Inside Outcomes’";

/// Returns a library of the documents that recto brings along.
fn seeds() -> Library {
    let mut library = Library::temporary_with_seeds().unwrap();
    library
        .catch_up(&mut |_| ControlFlow::Continue(()))
        .unwrap();
    library
}

/// Returns the titles of the answers, best first.
fn titles(library: &Library, question: &str) -> Vec<String> {
    let found = library
        .find(&parse(question), Window::first(50), 60)
        .unwrap();
    found.rows.into_iter().map(|row| row.title.text).collect()
}

/// Returns what was taken in, with a sign for how it came.
fn taken(library: &Library, question: &str) -> Vec<String> {
    let found = library.find(&parse(question), Window::first(1), 0).unwrap();
    let taken = found.hits.expanded.taken.into_iter();
    let sign = |origin| {
        if origin == Origin::Spelling {
            '→'
        } else {
            '+'
        }
    };
    let on = taken.filter(|taken| taken.on);
    on.map(|taken| format!("{} {} {}", taken.typed, sign(taken.origin), taken.words))
        .collect()
}

#[test]
fn what_is_meant_comes_first_in_the_seeds_however_it_is_said() {
    let library = seeds();
    for (question, first) in [
        ("tupe comissioners", INVOLVE),
        ("transfer of undertakings", INVOLVE),
        ("\"transfer of staff\"", INVOLVE),
        ("sroi", OUTCOMES),
        ("VCSE sector", OUTCOMES),
        ("\"community sector\"", OUTCOMES),
        ("third sector research centre", OUTCOMES),
        (
            "mutualisation",
            "Enterprise Solutions: Public Service Mutuals",
        ),
        ("spin-outs", "Enterprise Solutions: Public Service Mutuals"),
        ("\"community development finance institutions\"", BUDGET),
        ("office of the third sector", BUDGET),
        ("\"National Council for Voluntary Organisations\"", INVOLVE),
        ("\"communities of practice\"", CARNEGIE),
        ("cop", CARNEGIE),
        ("charity sector consortia", INVOLVE),
        ("volunatry organistions", INVOLVE),
    ] {
        let titles = titles(&library, question);
        assert_eq!(
            titles.first().map(String::as_str),
            Some(first),
            "{question}: {titles:?}"
        );
    }
}

#[test]
fn without_the_other_words_there_is_less_and_what_has_the_very_words_comes_before_the_rest() {
    let library = seeds();
    for question in [
        "\"voluntary sector\"",
        "\"third sector\"",
        "VCS",
        "title:\"voluntary sector\"",
    ] {
        let all = titles(&library, question);
        let plain = titles(&library, &format!("{question} -also:*"));
        assert!(plain.len() < all.len(), "{question}: {all:?}");
        assert!(plain.iter().all(|title| all.contains(title)), "{question}");
    }
    let all = titles(&library, "\"voluntary organisations\"");
    let plain = titles(&library, "\"voluntary organisations\" -also:*");
    assert_eq!(all[..plain.len()], plain);
}

#[test]
fn what_was_taken_in_is_told_and_can_be_left_out() {
    let library = seeds();
    assert_eq!(
        taken(&library, "comissioners"),
        ["comissioners → commissioners"]
    );
    assert_eq!(
        taken(&library, "tupe comissioners"),
        [
            "comissioners → commissioners",
            "tupe + Transfer of Undertakings",
            "tupe + staff transfer",
            "tupe + transfer of staff"
        ]
    );
    assert_eq!(
        taken(
            &library,
            "tupe comissioners -also:\"staff transfer\",commissioners"
        ),
        [
            "tupe + Transfer of Undertakings",
            "tupe + transfer of staff"
        ]
    );
    for as_it_is in [
        "commissioners",
        "buddery",
        "=comissioners",
        "comission*",
        "c0missioners",
        "cm",
        "-comissioners",
    ] {
        assert_eq!(taken(&library, as_it_is), [""; 0], "{as_it_is}");
    }
    let typing = |text: &str| {
        let found = library
            .find(&parse_typing(text), Window::first(1), 0)
            .unwrap();
        found
            .hits
            .expanded
            .taken
            .into_iter()
            .any(|taken| taken.origin == Origin::Spelling)
    };
    assert!(!typing("commissio") && typing("comissio"));
}

#[test]
fn the_page_lights_the_other_words_and_nothing_that_is_left_out() {
    let lexicon = Lexicon {
        thesaurus: Arc::new(Thesaurus::of_the_program()),
        ..Lexicon::default()
    };
    let lit = |question: &str| {
        let text =
            "The third, voluntary or community sector; the voluntary sector, a sector of VCSs.";
        let matcher = Matcher::new(&expand(&parse(question), &lexicon));
        let ranges = matcher.ranges(recto::query::Field::Body, text, Language::ENGLISH);
        ranges
            .into_iter()
            .map(|range| text[range].to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        lit("\"third sector\""),
        ["community sector", "voluntary sector", "VCSs"]
    );
    assert_eq!(
        lit("third sector"),
        [
            "third",
            "community sector",
            "voluntary sector",
            "sector",
            "VCSs"
        ]
    );
    assert_eq!(
        lit("\"third sector\" -also:VCS,\"community sector\""),
        ["voluntary sector"]
    );
    assert_eq!(lit("-\"third sector\""), [""; 0]);
}

/// A collection of abstracts on electronics and radio, where no word of the sector should be taken in.
#[test]
fn hardly_any_question_of_another_field_is_touched() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/vaswani/queries.jsonl");
    let Ok(lines) = std::fs::read_to_string(&path) else {
        println!("skipped: there are no questions beside the checkout");
        return;
    };
    let lexicon = Lexicon {
        thesaurus: Arc::new(Thesaurus::of_the_program()),
        ..Lexicon::default()
    };
    let mut touched = BTreeSet::new();
    let mut all = 0;
    for line in lines.lines() {
        let question: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = question["text"].as_str().unwrap();
        all += 1;
        let expanded = expand(&parse(text), &lexicon);
        touched.extend(
            expanded
                .taken
                .into_iter()
                .filter(|taken| taken.on)
                .map(|taken| (text.to_owned(), taken.typed)),
        );
    }
    println!("{} of {all} questions touched: {touched:?}", touched.len());
    assert!(touched.len() * 50 <= all);
}
