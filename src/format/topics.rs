//! The categories of one document: what says nothing goes, and what says the same stands once, as first written.
//!
//! Two names are the same when they differ by case, by hyphens for blanks, or by the plural of their last word.
//! Only a plain `s` counts as a plural, and not after `s`, `u` or `i` (`access`, `status`, `analysis`), nor on a short
//! word: `arts` is not `art`, nor `news` `new`. They merge only where one document bears both.

use std::collections::HashSet;

use super::html;

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

/// The shortest last word that may be a plural, in letters.
const SHORTEST_PLURAL: usize = 6;

/// Brings the categories of a document in order.
pub(super) fn normalise(topics: &mut Vec<String>) {
    let mut seen = HashSet::new();
    let decoded = topics.iter().map(|topic| html::line(topic));
    *topics = decoded
        .filter(|topic| {
            let name = compared(topic);
            !name.is_empty() && !NONE.contains(&name.as_str()) && seen.insert(singular(name))
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

fn singular(mut name: String) -> String {
    let last = name.rsplit(' ').next().unwrap_or_default();
    let plural = last.chars().count() >= SHORTEST_PLURAL
        && last.ends_with('s')
        && !["ss", "us", "is", "ics"]
            .iter()
            .any(|end| last.ends_with(end));
    if plural {
        name.pop();
    }
    name
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
