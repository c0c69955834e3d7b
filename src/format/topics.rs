//! The categories of one document: what says nothing goes, and what says the same stands once, as first written.
//!
//! Two names are the same when they differ by case, accents, hyphens for blanks, or the plural of their last word (see
//! [`number`](crate::text::number)): what the library counts as one topic, a document bears once.

use std::collections::HashSet;

use super::html;
use crate::text::{analysis, number};

/// What stands where nobody chose a category, in the languages in which blogs come.
const NONE: [&str; 14] = [
    "uncategorized",
    "uncategorised",
    "uncategorizable",
    "no category",
    "unclassified",
    "non classé",
    "allgemein",
    "sin categoría",
    "sin categorizar",
    "sem categoria",
    "senza categoria",
    "geen categorie",
    "bez kategorii",
    "без рубрики",
];

/// Brings the categories of a document in order.
pub(super) fn normalise(topics: &mut Vec<String>) {
    let mut seen = HashSet::new();
    let decoded = topics.iter().map(|topic| html::line(topic));
    *topics = decoded
        .filter(|topic| {
            let name = compared(topic);
            let folded = analysis::fold(&name);
            let is_one = !name.is_empty() && !NONE.contains(&name.as_str());
            is_one && seen.insert(number::singular(&folded).into_owned())
        })
        .collect();
}

/// Returns a name as names are compared.
fn compared(topic: &str) -> String {
    let lower = topic.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '_'))
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_says_the_same_stands_once_and_what_says_nothing_goes() {
        for (topics, expected) in [
            (
                &["Social enterprise", "social-enterprises"][..],
                "Social enterprise",
            ),
            (&["Arts", "art", "arts"], "Arts|art"),
            (
                &["Library", "libraries", "Économie", "economie"],
                "Library|Économie",
            ),
            (&["news", "new"], "news|new"),
            (
                &["analysis", "analytics", "analytic"],
                "analysis|analytics|analytic",
            ),
            (&["Uncategorized", "Non classé", "sin-categoría"], ""),
            (&["Q&amp;A", "Q&A", " - "], "Q&A"),
            (&["R&D", "a < b"], "R&D|a < b"),
        ] {
            let mut topics: Vec<String> = topics.iter().map(|topic| (*topic).to_owned()).collect();
            normalise(&mut topics);
            assert_eq!(topics.join("|"), expected);
        }
    }
}
