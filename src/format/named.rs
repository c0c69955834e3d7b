//! The date that a file's name begins with, as the posts of Jekyll and many a folder of notes have it:
//! `2014-11-13-why-we-use-https.md` (<https://jekyllrb.com/docs/posts/>).

use crate::document::Date;

/// The endings of files that say of themselves when they are from, or not at all. A PDF, a letter, a book have fields
/// for it; what a folder of scans begins with is when they were scanned.
const TEXTS: [&str; 14] = [
    "md", "markdown", "mkd", "mkdn", "mdown", "mdx", "txt", "text", "html", "htm", "xhtml", "org",
    "rst", "adoc",
];

/// How long a day is, written.
const DAY: usize = "2014-11-13".len();

/// Returns the day that the name of a text's file begins with.
pub(super) fn date(path: &str) -> Option<Date> {
    let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
    let (stem, ending) = name.rsplit_once('.')?;
    if !TEXTS.iter().any(|known| ending.eq_ignore_ascii_case(known)) {
        return None;
    }
    let (day, rest) = stem.split_at_checked(DAY)?;
    if !(rest.is_empty() || rest.starts_with(['-', '_', ' ', '.'])) {
        return None;
    }
    // Logseq's journals are called `2014_11_13.md`.
    let mark = if day.contains('_') { '_' } else { '-' };
    let mut parts = day.split(mark);
    let mut part = |digits: usize| {
        let part = parts.next().filter(|part| part.len() == digits)?;
        let is_number = part.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| part.parse::<i16>().ok()).flatten()
    };
    let (year, month, day) = (part(4)?, part(2)?, part(2)?);
    Date::new(year, i8::try_from(month).ok(), i8::try_from(day).ok()).filter(|_| year > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_begins_with_a_day_says_when_it_is_from() {
        for (path, expected) in [
            (
                "18f/posts/2014-11-13-why-we-use-https.md",
                Some("2014-11-13"),
            ),
            ("2014-11-13.TXT", Some("2014-11-13")),
            ("a/2012-02-29 notes.html", Some("2012-02-29")),
            ("2014-11-13_b.org", Some("2014-11-13")),
            ("journals/2014_11_13.md", Some("2014-11-13")),
            ("2014_11-13.md", None),
            ("2014-13-01-none.md", None),
            ("2013-02-29-none.md", None),
            ("2014-1-1-none.md", None),
            ("0000-01-01-none.md", None),
            ("2014-11-134.md", None),
            ("2014-11-13/index.md", None),
            ("2014-11-13-scan.pdf", None),
            ("x2014-11-13.md", None),
            ("+014-11-13-x.md", None),
            ("2014-11-1é.md", None),
            ("2014", None),
            ("", None),
        ] {
            let found = date(path).map(|date| date.to_string());
            assert_eq!(found.as_deref(), expected, "{path}");
        }
    }
}
