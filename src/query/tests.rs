//! What holds of the seeds' own texts, whatever is asked of them.

use proptest::prelude::*;

use super::*;
use crate::document::{BlockKind, Body, BodyBuilder};
use crate::text::{Language, cells};

const SEEDS: [&str; 5] = [
    include_str!("../../seeds/000_3afe104b548c7960.txt"),
    include_str!("../../seeds/001_d0142983c37ab9c7.txt"),
    include_str!("../../seeds/002_489e5c45652ac3db.txt"),
    include_str!("../../seeds/003_93ef65791770c79a.txt"),
    include_str!("../../seeds/004_4f9e46e1e41d5547.txt"),
];

fn body_of(seed: usize) -> Body {
    let mut builder = BodyBuilder::new();
    for line in SEEDS[seed].lines() {
        builder.block(BlockKind::Paragraph, line);
    }
    builder.finish()
}

fn matcher_of(question: &str) -> Matcher {
    Matcher::new(&expand(&parse_typing(question), &Lexicon::default()))
}

#[test]
fn a_question_lights_in_the_seeds_that_a_reader_would_name() {
    for (question, expected) in [
        ("TUPE", &[1][..]),
        ("mutual ", &[0, 4]),
        ("=mutualism", &[0, 4]),
        ("=mutualisation", &[4]),
        ("\"third sector\"", &[0, 2, 3, 4]),
        ("third-sector ", &[0, 2, 3, 4]),
        ("co-operatives ", &[4]),
        ("cooperative ", &[4]),
        ("\"transfer of undertakings\"", &[]),
        ("\"service transfer\"", &[0]),
        ("commissioner ", &[0, 1, 2, 3, 4]),
        ("=commissioners", &[1, 2, 4]),
        ("comissioners~", &[1, 2, 4]),
    ] {
        let matcher = matcher_of(question);
        let lit = |seed: &usize| {
            !matcher
                .ranges(Field::Body, SEEDS[*seed], Language::ENGLISH)
                .is_empty()
        };
        let found: Vec<usize> = (0..SEEDS.len()).filter(lit).collect();
        assert_eq!(found, expected, "{question}");
    }
}

/// A question of words that stand in a seed: some alone, some as a phrase, some as beginnings.
fn question() -> impl Strategy<Value = (usize, String)> {
    let forms = prop::collection::vec((any::<prop::sample::Index>(), 0..6_u8), 1..4);
    (0..SEEDS.len(), forms).prop_map(|(seed, forms)| {
        let words: Vec<&str> = SEEDS[seed].split_whitespace().collect();
        let clauses = forms.into_iter().map(|(place, form)| {
            let at = place.index(words.len() - 1);
            let (word, next) = (words[at], words[at + 1]);
            match form {
                0 => format!("\"{word} {next}\""),
                1 => format!("={word}"),
                2 => format!("{}*", word.chars().take(3).collect::<String>()),
                3 => format!("\"{next} {word}\"~3"),
                4 => format!("{word}~"),
                _ => word.to_owned(),
            }
        });
        (seed, clauses.collect::<Vec<_>>().join(" "))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_lights_is_sorted_disjoint_and_on_boundaries((seed, question) in question()) {
        let mut reached = 0;
        for lit in matcher_of(&question).ranges(Field::Body, SEEDS[seed], Language::ENGLISH) {
            prop_assert!(lit.start >= reached && lit.start < lit.end);
            prop_assert!(SEEDS[seed].get(lit.clone()).is_some());
            reached = lit.end;
        }
    }

    #[test]
    fn a_snippet_fits_and_lights_what_the_page_lights_at_the_same_place((seed, question) in question(), cells in 0_usize..120) {
        let body = body_of(seed);
        let matcher = matcher_of(&question);
        let snippet = snippet(&body, &matcher, Language::ENGLISH, cells);
        prop_assert!(cells::width(&snippet.text) <= cells);
        let at = snippet.at as usize;
        let page = matcher.ranges(Field::Body, body.text(), Language::ENGLISH);
        let mut page = page.iter().filter(|lit| lit.end > at).map(|lit| &body.text()[lit.start.max(at)..lit.end]);
        for lit in &snippet.lit {
            let lit = &snippet.text[lit.clone()];
            // A snippet is one line: its blanks are plain ones.
            let on_page: Vec<&str> = page.next().unwrap_or_default().split_whitespace().collect();
            let on_page = on_page.join(" ");
            prop_assert!(on_page.starts_with(lit), "{} is not {} in {:?}", lit, on_page, snippet);
        }
    }
}
