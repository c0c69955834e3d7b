//! When what bears a name that is taken is the same document at another time.
//!
//! Names are given by people: two feeds count their items from 1, a careless site has its home address on every page as
//! the one to be known by. What two files call by one name is one document only where its text says so; two rows too
//! many are a nuisance, a text that is overwritten by another is lost.

use super::Shingles;

/// From so many words on a text is told by them, and a shorter one by its title.
const TELLING: usize = 20;

/// How much of the shorter text's shingles the longer must have. Pages that a site makes by one pattern share less.
const KEPT: f64 = 0.6;

/// The same, where the title is the same. What a site says under each of its articles comes to less; an article that was
/// revised keeps more.
const KEPT_UNDER_ONE_TITLE: f64 = 0.15;

/// A document by what it is called and what it says.
#[derive(Clone, Copy, Debug)]
pub struct Said<'a> {
    /// Its title.
    pub title: &'a str,
    /// Its text.
    pub text: &'a str,
}

/// Returns whether two that bear the same name in two files are one document, maybe changed in between.
pub fn is_version(one: Said<'_>, other: Said<'_>) -> bool {
    let same_title = one.title.to_lowercase() == other.title.to_lowercase();
    let (first, second) = (Shingles::of(one.text), Shingles::of(other.text));
    if first.words().min(second.words()) < TELLING {
        return same_title;
    }
    let kept = if same_title {
        KEPT_UNDER_ONE_TITLE
    } else {
        KEPT
    };
    first.contained(&second) >= kept
}

/// Returns whether two that bear other names are one document for their words alone: long enough to be told by them, and
/// most of them kept.
pub fn is_nearly(one: Said<'_>, other: Said<'_>) -> bool {
    let (first, second) = (Shingles::of(one.text), Shingles::of(other.text));
    first.words().min(second.words()) >= TELLING && first.contained(&second) >= KEPT
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(seed: &str, count: usize) -> String {
        let words: Vec<String> = (0..count).map(|word| format!("{seed}{word}")).collect();
        words.join(" ") + " "
    }

    fn are_one(one: (&str, &str), other: (&str, &str)) -> bool {
        let said = |(title, text)| Said { title, text };
        let told = is_version(said(one), said(other));
        assert_eq!(told, is_version(said(other), said(one)));
        told
    }

    #[test]
    fn a_text_that_was_revised_is_the_same_and_another_under_the_same_name_is_not() {
        let article = words("a", 200);
        let revised = format!("{}{}", words("a", 100), words("b", 110));
        let other = words("c", 200);
        // As a site has it below each of its pages.
        let (framed, another) = (
            format!("{article}{}", words("foot", 15)),
            format!("{other}{}", words("foot", 15)),
        );
        for (one, two, expected) in [
            (("A", &article), ("B", &article), true),
            (("A", &article), ("A", &revised), true),
            (("A", &article), ("B", &revised), false),
            (("A", &framed), ("B", &article), true),
            (("Our site", &framed), ("Our site", &another), false),
            (("A", &article), ("A", &other), false),
        ] {
            assert_eq!(
                are_one((one.0, one.1), (two.0, two.1)),
                expected,
                "{} {}",
                one.0,
                two.0
            );
        }
    }

    #[test]
    fn a_short_text_is_told_by_its_title() {
        assert!(are_one(("Lions", "Two lions."), ("lions", "Three lions.")));
        assert!(!are_one(
            ("Lions", "Two lions."),
            ("Tigers", "Three tigers.")
        ));
        assert!(are_one(("", ""), ("", "")));
        assert!(!are_one(("Lions", "Read more."), ("Tigers", "Read more.")));
    }
}
