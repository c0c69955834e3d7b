//! How wide text is on the screen, in terminal cells, by grapheme cluster.
//!
//! A cluster (UAX #29) is what a reader takes for one character and what a terminal paints as one: a letter with its
//! marks, a flag, a family of emoji. It is never split, and its width is that of the whole, not the sum of its code
//! points. Widths come from the same table that the screen's own buffer counts with, so that a row which fits here
//! fits there.
//!
//! Control characters are 0 wide: nothing is painted for them. A tab has no width of its own; who sets code gives it
//! one. Ambiguous characters (UAX #11) are narrow.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Returns the width of `text` in cells.
///
/// ```
/// use recto::text::cells;
///
/// assert_eq!(cells::width("naïve"), 5);
/// assert_eq!(cells::width("本棚"), 4);
/// assert_eq!(cells::width("👩‍👩‍👧"), 2);
/// ```
pub fn width(text: &str) -> usize {
    if is_plain(text) {
        return text.len();
    }
    clusters(text).map(|(_, _, cells)| cells).sum()
}

/// Returns the grapheme clusters of `text`, each with the byte where it begins and its width in cells.
pub fn clusters(text: &str) -> impl Iterator<Item = (usize, &str, usize)> {
    Clusters { text, at: 0 }
}

/// Returns as much of `text` from its beginning as fits into `cells`, in whole clusters, and the cells it takes.
pub fn truncate(text: &str, cells: usize) -> (&str, usize) {
    if is_plain(text) {
        let end = text.len().min(cells);
        return (text.get(..end).unwrap_or_default(), end);
    }
    let (mut end, mut used) = (0, 0);
    for (at, cluster, width) in clusters(text) {
        if used + width > cells {
            break;
        }
        (end, used) = (at + cluster.len(), used + width);
    }
    (text.get(..end).unwrap_or_default(), used)
}

/// Returns `text` where it fits into `cells`, else its beginning with `…` for the rest, without a blank before it.
pub fn truncate_with_ellipsis(text: &str, cells: usize) -> Cow<'_, str> {
    let (head, _) = truncate(text, cells);
    if head.len() == text.len() {
        return Cow::Borrowed(text);
    }
    match cells.checked_sub(1) {
        None => Cow::Borrowed(""),
        Some(room) => Cow::Owned(format!("{}…", truncate(text, room).0.trim_end())),
    }
}

/// Returns whether every byte of `text` is one cell: ASCII without controls. Most text is.
fn is_plain(text: &str) -> bool {
    text.bytes().all(is_plain_byte)
}

fn is_plain_byte(byte: u8) -> bool {
    (b' '..=b'~').contains(&byte)
}

struct Clusters<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Iterator for Clusters<'a> {
    type Item = (usize, &'a str, usize);

    fn next(&mut self) -> Option<Self::Item> {
        let at = self.at;
        let rest = self.text.get(at..)?;
        let cluster = match rest.as_bytes() {
            // What may join the character before it is never ASCII (but for the line feed after a carriage return).
            [one] | [one, b' '..=b'~', ..] if is_plain_byte(*one) => rest.get(..1)?,
            _ => rest.graphemes(true).next()?,
        };
        self.at += cluster.len();
        Some((at, cluster, cluster_width(cluster)))
    }
}

fn cluster_width(cluster: &str) -> usize {
    if let [byte] = cluster.as_bytes() {
        return usize::from(is_plain_byte(*byte));
    }
    // A control never shares a cluster, but for a carriage return and its line feed.
    if cluster.starts_with(char::is_control) {
        return 0;
    }
    cluster.width()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_cluster_is_as_wide_as_a_terminal_paints_it() {
        for (text, cells) in [
            ("", 0),
            ("recto", 5),
            ("e\u{301}", 1),
            ("Ｗ", 2),
            ("한", 2),
            ("ᄒ\u{1161}\u{11ab}", 2),
            ("👍🏽", 2),
            ("👨‍👩‍👧‍👦", 2),
            ("🏳️‍🌈", 2),
            ("🇬🇧", 2),
            ("🇬🇧🇫🇷", 4),
            ("❤", 1),
            ("❤\u{fe0f}", 2),
            ("1\u{fe0f}\u{20e3}", 2),
            ("…", 1),
            ("ｶ\u{ff9e}", 2),
            ("a\u{200b}b", 2),
            ("\u{a0}", 1),
            ("a\tb\u{7}\r\n\u{85}", 2),
        ] {
            assert_eq!(width(text), cells, "{text:?}");
        }
    }

    #[test]
    fn truncating_keeps_clusters_whole() {
        for (text, cells, expected) in [
            ("recto", 9, ("recto", 5)),
            ("recto", 2, ("re", 2)),
            ("本棚", 3, ("本", 2)),
            ("本", 1, ("", 0)),
            ("e\u{301}e\u{301}", 1, ("e\u{301}", 1)),
            ("🇬🇧🇫🇷", 3, ("🇬🇧", 2)),
        ] {
            assert_eq!(truncate(text, cells), expected, "{text:?} in {cells}");
        }
    }

    #[test]
    fn an_ellipsis_stands_for_what_did_not_fit() {
        for (text, cells, expected) in [
            ("recto", 5, "recto"),
            ("recto verso", 9, "recto ve…"),
            ("recto verso", 7, "recto…"),
            ("本棚", 3, "本…"),
            ("本棚", 2, "…"),
            ("recto", 0, ""),
        ] {
            assert_eq!(
                truncate_with_ellipsis(text, cells),
                expected,
                "{text:?} in {cells}"
            );
        }
    }

    proptest! {
        #[test]
        fn clusters_cover_the_text_and_their_widths_add_up(text in "[ -~é漢\u{301}\u{200d}👩🏽🇬🇧\r\n\u{fe0f}\u{600}]{0,24}") {
            let joined: String = clusters(&text).map(|(_, cluster, _)| cluster).collect();
            prop_assert_eq!(&joined, &text);
            let by_the_standard: Vec<_> = text.grapheme_indices(true).collect();
            let found: Vec<_> = clusters(&text).map(|(at, cluster, _)| (at, cluster)).collect();
            prop_assert_eq!(found, by_the_standard);
            prop_assert_eq!(width(&text), clusters(&text).map(|(_, _, cells)| cells).sum::<usize>());
        }

        #[test]
        fn what_is_truncated_fits(text in "\\PC{0,24}", cells in 0_usize..30) {
            let (head, used) = truncate(&text, cells);
            prop_assert!(text.starts_with(head) && used <= cells);
            prop_assert_eq!(width(head), used);
            prop_assert!(width(&truncate_with_ellipsis(&text, cells)) <= cells);
        }
    }
}
