//! Texts set in pages, as RFCs and printed manuals are: the foot of each page and the head of the next go, and what they
//! part is one again.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// How many pages a text has at least whose feet are taken for such.
const FEWEST_PAGES: usize = 2;

/// How often a line comes again that is the head or the foot of each page, how far apart, and how wide it is at most.
const FEWEST_REPEATS: usize = 4;
const SHORTEST_PAGE: usize = 20;
const WIDEST: usize = 140;

/// Returns a text without the feet of its pages, `Smith  Standards Track  [Page 3]`, and the heads that repeat.
pub(super) fn joined(text: &str) -> Cow<'_, str> {
    let lines: Vec<&str> = text.split('\n').collect();
    let repeated = repeated(&lines);
    let feet: Vec<usize> = (0..lines.len())
        .filter(|place| {
            repeated.contains(place) || lines.get(*place).is_some_and(|line| is_foot(line))
        })
        .collect();
    if feet.len() < FEWEST_PAGES {
        return Cow::Borrowed(text);
    }
    let mut times: HashMap<&str, usize> = HashMap::new();
    // What repeats is told already, head and foot.
    let marked = feet.iter().filter(|foot| !repeated.contains(foot));
    for head in marked.filter_map(|foot| head_after(&lines, *foot)) {
        *times.entry(head.1.trim()).or_default() += 1;
    }
    let mut kept: Vec<&str> = Vec::new();
    let mut from = 0;
    for foot in feet {
        kept.extend(lines.get(from..foot).unwrap_or_default());
        from = foot + 1;
        if !repeated.contains(&foot)
            && let Some((place, head)) = head_after(&lines, foot)
            && times.get(head.trim()).is_some_and(|count| *count >= 2)
        {
            from = place + 1;
        }
        while lines.get(from).is_some_and(|line| line.trim().is_empty()) {
            from += 1;
        }
        while kept.last().is_some_and(|line| line.trim().is_empty()) {
            kept.pop();
        }
        // A sentence that goes on over the page is one; everything else stays apart.
        let goes_on = lines
            .get(from)
            .is_some_and(|next| next.trim().starts_with(char::is_lowercase))
            && kept
                .last()
                .is_some_and(|last| !super::lines::ends_sentence(last));
        if !goes_on {
            kept.push("");
        }
    }
    kept.extend(lines.get(from..).unwrap_or_default());
    Cow::Owned(kept.join("\n"))
}

/// Returns the lines that come again page after page, but for the numbers in them: parted within by blanks, alone
/// between blank lines, and most of them as far from the one before as the others are.
fn repeated(lines: &[&str]) -> HashSet<usize> {
    let mut places: HashMap<String, Vec<usize>> = HashMap::new();
    let is_blank = |place: usize| lines.get(place).is_none_or(|line| line.trim().is_empty());
    for (place, line) in lines.iter().enumerate() {
        let words = line.trim();
        let is_alone = || is_blank(place + 1) && place.checked_sub(1).is_none_or(is_blank);
        if words.len() <= WIDEST && words.contains("   ") && is_alone() {
            let told = words.replace(|c: char| c.is_ascii_digit(), "");
            let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
            places.entry(told).or_default().push(place);
        }
    }
    let pages = places.into_values().filter(|places| {
        let mut gaps: HashMap<usize, usize> = HashMap::new();
        for (one, next) in places.iter().zip(places.iter().skip(1)) {
            *gaps.entry(next - one).or_default() += 1;
        }
        let regular = gaps.iter().max_by_key(|(_, times)| **times);
        places.len() >= FEWEST_REPEATS
            && regular.is_some_and(|(gap, times)| {
                *gap >= SHORTEST_PAGE && times * 3 >= (places.len() - 1) * 2
            })
    });
    pages.flatten().collect()
}

/// Returns the first line with words after a foot, and its place. Copies lose the form feed between the two: that the
/// line repeats tells it.
fn head_after<'t>(lines: &[&'t str], foot: usize) -> Option<(usize, &'t str)> {
    let mut after = lines.iter().enumerate().skip(foot + 1);
    after
        .find(|(_, line)| !line.trim().is_empty())
        .map(|(place, line)| (place, *line))
}

fn is_foot(line: &str) -> bool {
    let number = line
        .trim_end()
        .strip_suffix(']')
        .and_then(|line| line.rsplit_once("[Page "))
        .map(|(_, number)| number.trim());
    number.is_some_and(|number| {
        !number.is_empty()
            && number
                .chars()
                .all(|c| c.is_ascii_digit() || "ivx".contains(c))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_repeats_on_every_page_goes() {
        let page = |number: u32, end: &str| {
            let lines = "A line.\n".repeat(30);
            format!("The guide        {number}\n\n{lines}{end}\n\nRain 3.6        May 2020\n\n\n")
        };
        let ends = ["it goes", "on and on.", "So.", "So it is."];
        let pages = (1..).zip(ends).map(|(number, end)| page(number, end));
        let read = pages.collect::<String>();
        let joined = joined(&read);
        assert!(
            !joined.contains("guide") && !joined.contains("3.6"),
            "{joined}"
        );
        assert_eq!(joined.matches("A line.").count(), 120);
        // Rows of a form stand closer.
        let form = "Name:     Date:  \n\n".repeat(9);
        assert_eq!(super::joined(&form), form);
    }

    #[test]
    fn feet_and_repeated_heads_of_pages_go() {
        let page = |number: u32, words: &str| {
            format!("{words}\n\n\nSmith      Standards Track      [Page {number}]\n\u{c}\n")
        };
        let head = "RFC 99999     Rain     May 2020\n\n";
        let text = format!(
            "{}{}{}",
            page(1, "   The rain is"),
            page(2, &[head, "   a river.\n\n   It ends."].concat()),
            [head, "   New words."].concat()
        );
        assert_eq!(
            joined(&text),
            "   The rain is\n   a river.\n\n   It ends.\n\n   New words."
        );
        let once = page(1, "See") + head;
        assert_eq!(joined(&once), once);
        let other = page(1, "See") + &page(2, "One") + "Two";
        assert_eq!(joined(&other), "See\n\nOne\n\nTwo");
    }
}
