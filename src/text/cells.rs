//! How many cells of a terminal a string takes.
//!
//! The unit is the grapheme cluster (UAX #29): an emoji family, a flag, a letter with its marks is one thing that is
//! never cut in two. A cluster's width is what the screen library takes it to be, so that layout and paint agree to
//! the cell; a control character is not painted and takes none.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Returns the width of `text`, in cells.
///
/// ```
/// use recto::text::cells::width;
///
/// assert_eq!((width("recto"), width("数据"), width("👩‍👩‍👧"), width("e\u{301}")), (5, 4, 2, 1));
/// ```
pub fn width(text: &str) -> usize {
    if text.is_ascii() {
        return text.bytes().filter(|byte| !byte.is_ascii_control()).count();
    }
    text.graphemes(true).map(width_of_cluster).sum()
}

/// Returns the grapheme clusters of `text`, each with the byte where it begins and its width in cells.
pub fn clusters(text: &str) -> impl Iterator<Item = (usize, &str, usize)> {
    text.grapheme_indices(true)
        .map(|(at, cluster)| (at, cluster, width_of_cluster(cluster)))
}

/// Returns the longest beginning of `text` that fits `cells`, and how many of them it takes.
pub fn truncate(text: &str, cells: usize) -> (&str, usize) {
    let mut used = 0;
    for (at, _, wide) in clusters(text) {
        if used + wide > cells {
            return (text.get(..at).unwrap_or_default(), used);
        }
        used += wide;
    }
    (text, used)
}

/// Returns `text`, or where it does not fit `cells`, as much of its beginning as leaves room for a `…`.
pub fn truncate_with_ellipsis(text: &str, cells: usize) -> Cow<'_, str> {
    if text.len() <= cells && text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let (fitting, _) = truncate(text, cells);
    if fitting.len() == text.len() {
        return Cow::Borrowed(text);
    }
    if cells == 0 {
        return Cow::Borrowed("");
    }
    let (beginning, _) = truncate(text, cells - 1);
    Cow::Owned(format!("{}…", beginning.trim_end()))
}

/// Returns the width of one grapheme cluster, in cells.
fn width_of_cluster(cluster: &str) -> usize {
    match cluster.as_bytes() {
        [byte] => usize::from(!byte.is_ascii_control()),
        _ if cluster.contains(char::is_control) => 0,
        _ => cluster.width(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_width_is_that_of_the_grapheme_clusters() {
        for (text, cells) in [
            ("", 0),
            ("plain words", 11),
            ("tab\tand\nline\r\n", 10),
            ("naïve", 5),
            ("nai\u{308}ve", 5),
            ("数据库", 6),
            ("ｶﾞｷﾞ", 4),
            ("한국어", 6),
            ("👩‍👩‍👧‍👦", 2),
            ("👍🏽", 2),
            ("🇬🇧🇺🇳", 4),
            ("☎\u{fe0f}", 2),
            ("☎", 1),
            ("1\u{fe0f}\u{20e3}", 2),
            ("“quoted” – dash…", 16),
        ] {
            assert_eq!(width(text), cells, "{text}");
        }
    }

    #[test]
    fn truncating_never_cuts_a_cluster_and_says_what_it_took() {
        for (text, cells, beginning, used) in [
            ("数据库", 3, "数", 2),
            ("👩‍👩‍👧a", 1, "", 0),
            ("👩‍👩‍👧a", 2, "👩‍👩‍👧", 2),
            ("e\u{301}a", 1, "e\u{301}", 1),
            ("short", 9, "short", 5),
        ] {
            assert_eq!(truncate(text, cells), (beginning, used), "{text}");
        }
    }

    #[test]
    fn an_ellipsis_stands_where_something_was_cut() {
        for (text, cells, shown) in [
            ("Beyond the spin", 15, "Beyond the spin"),
            ("Beyond the spin", 14, "Beyond the sp…"),
            ("Beyond the spin", 12, "Beyond the…"),
            ("数据库", 6, "数据库"),
            ("数据库", 5, "数据…"),
            ("数据库", 1, "…"),
            ("数据库", 0, ""),
        ] {
            assert_eq!(
                truncate_with_ellipsis(text, cells),
                shown,
                "{text} in {cells}"
            );
        }
    }

    proptest! {
        #[test]
        fn what_is_truncated_fits_and_is_the_beginning(text in any::<String>(), cells in 0_usize..40) {
            let (beginning, used) = truncate(&text, cells);
            prop_assert!(text.starts_with(beginning));
            prop_assert!(used <= cells && used == width(beginning));
            prop_assert!(width(&truncate_with_ellipsis(&text, cells)) <= cells);
        }

        #[test]
        fn the_clusters_cover_the_text_and_their_widths_its_width(text in any::<String>()) {
            let all: String = clusters(&text).map(|(_, cluster, _)| cluster).collect();
            prop_assert_eq!(&all, &text);
            prop_assert_eq!(clusters(&text).map(|(_, _, wide)| wide).sum::<usize>(), width(&text));
        }
    }
}
