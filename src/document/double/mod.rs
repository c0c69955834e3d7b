//! When two documents are one article: the same text, but for its frame, from two sources.
//!
//! Held to the side of caution: two rows of one article are a small nuisance, an article hidden under another is lost.
//! - Long texts ([`LONG`] words and more) are doubles where the shorter is nearly all in the longer and not much
//!   shorter: so a page with a frame around its article is one, and a feed's excerpt of it, or an article that quotes
//!   another, is not. Under the same address more of a frame is allowed for.
//! - Where the titles differ, hardly a word of the shorter may be missing; and where the dates differ, or the addresses
//!   on one site, they are two articles, unless the text is the very same. Sites have pages made by one pattern, and a
//!   call goes out each month.
//! - Short texts are doubles only where every word is the same, and the address or the title and date too.
//!
//! Measured by `tests/doubles.rs` on 3,263 articles and copies of them changed in ten ways.

mod address;
mod sketch;
mod version;

pub use address::{address, site};
pub use sketch::{Shingles, Sketch};
pub use version::{Said, is_nearly, is_version};

use super::{Date, DocumentId};

/// From so many words on a text is long enough to be told from others though it was changed.
pub const LONG: usize = 100;

/// How much of the shorter text's shingles the longer must have, where title and date agree. A word of fifty changed
/// leaves 0.94 of them, a word of twenty 0.86, a word of ten 0.73.
const CONTAINED: f64 = 0.7;

/// The same, where one of them has no title of its own.
const CONTAINED_NEARLY: f64 = 0.9;

/// The same, where the titles are not: what differs may be a number or a name.
const CONTAINED_ALL: f64 = 0.99;

/// How long the shorter must be beside the longer.
const AS_LONG: f64 = 0.8;

/// The same, where both have the same address.
const AS_LONG_AT_ONE_ADDRESS: f64 = 0.6;

/// How many words a title has that is told from others though a site's name stands beside it.
const TELLING_TITLE: usize = 3;

/// How many days apart two dates of one article may be.
const SAME_DAYS: i64 = 3;

/// Below this estimate texts are not compared: less than the least that [`CONTAINED`] and [`AS_LONG_AT_ONE_ADDRESS`]
/// allow (0.36), by what an estimate is off.
const WORTH_COMPARING: f64 = 0.2;

/// What of a document decides whether it is another's double.
#[derive(Clone, Debug, PartialEq)]
pub struct Traits {
    /// Which it is.
    pub id: DocumentId,
    /// How many words its text has.
    pub words: usize,
    /// The sketch of a long text.
    pub sketch: Option<Sketch>,
    /// The hash of its text.
    pub text_hash: i64,
    /// Its title, where its source gave one.
    pub title: Option<String>,
    /// When it was published.
    pub published: Option<Date>,
    /// Its [`address`].
    pub address: Option<String>,
    /// The book that it is a chapter of, with its source.
    pub book: Option<(i64, String)>,
}

/// What can be said of two documents by their traits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kinship {
    /// They are one article.
    Double,
    /// They are two.
    Two,
    /// They are one article if this share of the shorter text's shingles is in the longer, see [`Shingles::contained`].
    IfContained(f64),
}

/// Returns what two documents are to one another.
pub fn kinship(one: &Traits, two: &Traits) -> Kinship {
    let in_one_book = one.book.is_some() && one.book == two.book;
    if one.id == two.id || in_one_book || one.words == 0 || two.words == 0 {
        return Kinship::Two;
    }
    let at_one_address = one.address.is_some() && one.address == two.address;
    let called_alike = same_title(one, two) && !dates_differ(one, two);
    let (Some(sketch), Some(other)) = (&one.sketch, &two.sketch) else {
        let same = one.text_hash == two.text_hash && (at_one_address || called_alike);
        return if same { Kinship::Double } else { Kinship::Two };
    };
    if one.text_hash == two.text_hash {
        return Kinship::Double;
    }
    if !are_as_long(one, two) || sketch.resemblance(other) < WORTH_COMPARING {
        return Kinship::Two;
    }
    if at_one_address || called_alike {
        Kinship::IfContained(CONTAINED)
    } else if on_one_site(one, two) || dates_differ(one, two) {
        Kinship::Two
    } else if one.title.is_none() || two.title.is_none() {
        Kinship::IfContained(CONTAINED_NEARLY)
    } else {
        Kinship::IfContained(CONTAINED_ALL)
    }
}

fn are_as_long(one: &Traits, two: &Traits) -> bool {
    let (shorter, longer) = (one.words.min(two.words), one.words.max(two.words));
    let at_one_address = one.address.is_some() && one.address == two.address;
    let least = if at_one_address {
        AS_LONG_AT_ONE_ADDRESS
    } else {
        AS_LONG
    };
    shorter as f64 >= least * longer as f64
}

fn on_one_site(one: &Traits, two: &Traits) -> bool {
    let (Some(one), Some(two)) = (&one.address, &two.address) else {
        return false;
    };
    site(one) == site(two)
}

/// Returns whether two titles that their sources gave are one, but for what a site puts after its own.
fn same_title(one: &Traits, two: &Traits) -> bool {
    let (Some(one), Some(two)) = (&one.title, &two.title) else {
        return false;
    };
    let (one, two) = (one.to_lowercase(), two.to_lowercase());
    let (shorter, longer) = if one.len() < two.len() {
        (&one, &two)
    } else {
        (&two, &one)
    };
    let tells = shorter.split_whitespace().count() >= TELLING_TITLE;
    let beside = longer.strip_prefix(shorter).map(str::trim_start);
    // `Agile II` is not `Agile I` with a name beside it, and `Links: May` is not `Links: May – June`.
    one == two || tells && beside.is_some_and(|beside| beside.starts_with(['|', '·', '«', '—']))
}

/// Returns whether two dates are those of two articles: of one, a feed and a page may say days apart.
fn dates_differ(one: &Traits, two: &Traits) -> bool {
    let (Some(one), Some(two)) = (one.published, two.published) else {
        return false;
    };
    let apart = (two.start() - one.end()).max(one.start() - two.end());
    apart > SAME_DAYS * 24 * 60 * 60
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(seed: &str, count: usize) -> String {
        let words: Vec<String> = (0..count).map(|word| format!("{seed}{word}")).collect();
        words.join(" ") + " "
    }

    fn traits(id: i64, text: &str, title: &str, url: &str) -> Traits {
        let (sketch, words) = Sketch::of(text);
        Traits {
            id: DocumentId(id),
            words,
            sketch: (words >= LONG).then_some(sketch),
            // The tests' texts differ in their lengths.
            text_hash: text.len().cast_signed() as i64,
            title: (!title.is_empty()).then(|| title.to_owned()),
            published: None,
            address: address(url),
            book: None,
        }
    }

    fn are_doubles(one: (&str, &str, &str), two: (&str, &str, &str)) -> bool {
        let (a, b) = (
            traits(1, one.0, one.1, one.2),
            traits(2, two.0, two.1, two.2),
        );
        let kinship = kinship(&a, &b);
        assert_eq!(kinship, super::kinship(&b, &a));
        match kinship {
            Kinship::Double => true,
            Kinship::Two => false,
            Kinship::IfContained(share) => {
                Shingles::of(one.0).contained(&Shingles::of(two.0)) >= share
            }
        }
    }

    #[test]
    fn a_frame_makes_no_other_article_and_an_excerpt_is_not_the_whole() {
        let article = words("a", 400);
        let framed = |frame| format!("{}{article}", words("f", frame));
        let (here, there) = ("https://a.org/x", "https://b.org/y");
        assert!(are_doubles(
            (&article, "T", here),
            (&framed(60), "U", there)
        ));
        assert!(!are_doubles(
            (&article, "T", here),
            (&framed(200), "T", there)
        ));
        assert!(are_doubles(
            (&article, "T", here),
            (&framed(200), "T", here)
        ));
        assert!(!are_doubles(
            (&words("a", 120), "T", here),
            (&article, "T", here)
        ));
    }

    #[test]
    fn the_pattern_of_a_monthly_call_is_not_one_article() {
        let call = |month: &str| format!("{} {month} {month} {}", words("a", 80), words("b", 80));
        let (may, june) = (call("may"), call("june"));
        assert!(!are_doubles(
            (&may, "Call in May", ""),
            (&june, "Call in June", "")
        ));
        let dated = |text: &str, id, date: &str| Traits {
            published: date.parse().ok(),
            ..traits(id, text, "Monthly call", "")
        };
        let kin = |date| kinship(&dated(&may, 1, "2013-05-14"), &dated(&june, 2, date));
        assert_eq!(kin("2013-06-11"), Kinship::Two);
        for date in ["2013-05-16", "2013-05", "2013"] {
            assert_eq!(kin(date), Kinship::IfContained(CONTAINED));
        }
    }

    #[test]
    fn the_same_title_over_another_text_is_another_article() {
        let (one, two) = (words("a", 300), words("b", 301));
        assert!(!are_doubles(
            (&one, "Weekly links", ""),
            (&two, "Weekly links", "")
        ));
    }

    #[test]
    fn two_addresses_of_one_site_are_two_articles_unless_title_and_date_agree() {
        let one = words("a", 300);
        let two = format!("{one}{}", words("b", 20));
        let (here, there) = ("https://a.org/may", "https://www.a.org/june");
        assert!(!are_doubles((&one, "May", here), (&two, "June", there)));
        assert!(are_doubles(
            (&one, "May", here),
            (&two, "June", "https://b.org/june")
        ));
        assert!(are_doubles(
            (&one, "Data for all", here),
            (&two, "Data for all | A", there)
        ));
        assert!(are_doubles((&one, "Data", here), (&two, "data", there)));
        assert!(are_doubles((&one, "May", here), (&one, "June", there)));
        let mut may = traits(1, &one, "Data", here);
        let mut june = traits(2, &two, "Data", there);
        may.published = "2013-05".parse().ok();
        june.published = "2013-07".parse().ok();
        assert_eq!(kinship(&may, &june), Kinship::Two);
        may.published = "2013-05-31".parse().ok();
        june.published = "2013-06-01".parse().ok();
        assert_eq!(kinship(&may, &june), Kinship::IfContained(CONTAINED));
    }

    #[test]
    fn short_texts_are_doubles_only_word_for_word() {
        let short = words("a", 30);
        let longer = words("a", 31);
        let here = "https://a.org/x";
        assert!(are_doubles((&short, "", here), (&short, "", here)));
        assert!(are_doubles((&short, "T", ""), (&short, "T", here)));
        assert!(!are_doubles((&short, "", ""), (&short, "", "")));
        assert!(!are_doubles((&short, "T", ""), (&short, "U", "")));
        assert!(!are_doubles((&short, "T", here), (&longer, "T", here)));
        assert!(!are_doubles(("", "T", here), ("", "T", here)));
    }

    #[test]
    fn the_chapters_of_a_book_are_not_doubles_of_one_another() {
        let mut one = traits(1, &words("a", 300), "Part", "");
        let mut two = Traits {
            id: DocumentId(2),
            ..one.clone()
        };
        assert_eq!(kinship(&one, &two), Kinship::Double);
        one.book = Some((1, "novel".to_owned()));
        two.book = one.book.clone();
        assert_eq!(kinship(&one, &two), Kinship::Two);
        two.book = Some((2, "novel".to_owned()));
        assert_eq!(kinship(&one, &two), Kinship::Double);
    }
}
