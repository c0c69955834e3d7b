//! The grammatical number of names: what a name in the plural is called in the singular.
//!
//! Categories are joined by it, in one document and in the whole library, so it answers by the name alone and never by what
//! else there is: the order in which documents come makes no difference. And it answers only where it is sure. A short word
//! stays as it is (`arts` is not `art`, nor `news` `new`), and so do endings that are seldom plurals (`access`, `status`,
//! `analysis`, `politics`) and plurals that mean another thing than their singular.
//!
//! English only, which is what most categories are written in; what it does to words of other languages it does to both
//! numbers of them alike.

use std::borrow::Cow;

/// The shortest word that may be a plural, in letters.
const SHORTEST: usize = 6;

/// Endings in `s` of words that are no plurals, as a rule.
const NOT_PLURAL: [&str; 4] = ["ss", "us", "is", "ics"];

/// Plurals that are topics of their own, beside another that the singular is.
const OWN: [&str; 19] = [
    "authorities",
    "commons",
    "contents",
    "customs",
    "facilities",
    "futures",
    "glasses",
    "greens",
    "humanities",
    "liberties",
    "manners",
    "minutes",
    "premises",
    "rights",
    "savings",
    "securities",
    "spirits",
    "utilities",
    "windows",
];

/// Plurals in `ies` whose singular ends in `ie`.
const IN_IE: [&str; 11] = [
    "brownies",
    "calories",
    "cookies",
    "foodies",
    "genies",
    "hoodies",
    "prairies",
    "rookies",
    "selfies",
    "smoothies",
    "zombies",
];

/// The shortest word whose `ies` stands for `y`: with six letters there are as many in `ie` (`movies`, `series`).
const SHORTEST_IN_IES: usize = 7;

/// Returns a name with its last word in the singular. The name has to be in small letters, its words parted by blanks.
///
/// ```
/// use recto::text::number::singular;
///
/// assert_eq!(singular("social enterprises"), "social enterprise");
/// assert_eq!(singular("libraries"), "library");
/// assert_eq!(singular("news"), "news");
/// ```
pub fn singular(name: &str) -> Cow<'_, str> {
    let last = name.rsplit(' ').next().unwrap_or_default();
    let letters = last.chars().count();
    // A word alone may mean another thing than its plural; in company (`human rights`) it seldom does.
    let is_own = OWN.contains(&name);
    if letters < SHORTEST || is_own || NOT_PLURAL.iter().any(|end| last.ends_with(end)) {
        return Cow::Borrowed(name);
    }
    if let Some(begin) = name.strip_suffix("ies")
        && letters >= SHORTEST_IN_IES
        && !IN_IE.contains(&last)
    {
        return Cow::Owned(format!("{begin}y"));
    }
    match name.strip_suffix("sses") {
        Some(begin) => Cow::Owned(format!("{begin}ss")),
        None => Cow::Borrowed(name.strip_suffix('s').unwrap_or(name)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_surely_a_plural_is_one() {
        for (plural, one) in [
            ("mutuals", "mutual"),
            ("public service mutuals", "public service mutual"),
            ("libraries", "library"),
            ("charities", "charity"),
            ("cookies", "cookie"),
            ("movies", "movie"),
            ("businesses", "business"),
            ("human rights", "human right"),
            ("äpfels", "äpfel"),
        ] {
            assert_eq!(singular(plural), one);
            assert_eq!(singular(one), one);
        }
    }

    #[test]
    fn what_may_be_another_thing_stays() {
        for name in [
            "",
            "s",
            "news",
            "arts",
            "access",
            "status",
            "analysis",
            "politics",
            "customs",
            "rights",
            "securities",
            "new towns",
            "of",
            "книги",
        ] {
            assert_eq!(singular(name), name);
        }
    }

    #[test]
    fn the_singular_has_no_singular_of_its_own() {
        for name in [
            "serieses",
            "addresses",
            "mutualss",
            "xxxxxsies",
            "xxxxxsss",
            "xxxxsesses",
        ] {
            let one = singular(name).into_owned();
            assert_eq!(singular(&one), one, "{name}");
        }
    }
}
