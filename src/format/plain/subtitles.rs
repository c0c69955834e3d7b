//! Subtitles (`SubRip`, `WebVTT`) as the running text that they are: what is said, without numbers and times.
//!
//! A new paragraph begins where a sentence has ended and nobody speaks for a while, or the paragraph is long enough.

use super::lines::ends_sentence;

/// How long nobody speaks before a new paragraph, in milliseconds.
const PAUSE: u64 = 2_500;

/// The length after which a paragraph ends with its sentence, in bytes.
const LONG: usize = 600;

/// What stands between two times.
const ARROW: &str = " --> ";

/// Returns what is said in subtitles, or nothing where the text is none: its first words are a number and a time, or a
/// time below `WEBVTT`.
pub(super) fn said(text: &str) -> Option<String> {
    let text = text.trim_start_matches('\u{feff}');
    let mut head = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = head.next()?;
    let is_number = |line: &str| !line.is_empty() && line.bytes().all(|b| b.is_ascii_digit());
    let begins = if first.starts_with("WEBVTT") {
        head.take(8).any(|line| times(line).is_some())
    } else {
        is_number(first) && head.next().is_some_and(|line| times(line).is_some())
    };
    if !begins {
        return None;
    }
    let mut written = String::with_capacity(text.len() / 2);
    let (mut ended, mut length) = (0, 0);
    let mut in_cue = false;
    for line in text.lines().map(str::trim) {
        if line.is_empty() {
            in_cue = false;
        } else if let Some((from, to)) = times(line) {
            let pauses = from.saturating_sub(ended) >= PAUSE || length >= LONG;
            if pauses && length > 0 && ends_sentence(written.trim_end()) {
                written.push_str("\n\n");
                length = 0;
            }
            ended = to;
            in_cue = true;
        } else if in_cue {
            let words = untagged(line);
            if length > 0 && !words.is_empty() {
                written.push(' ');
            }
            written.push_str(&words);
            length += words.len();
        }
    }
    Some(written)
}

/// Returns when a cue begins and ends, in milliseconds.
fn times(line: &str) -> Option<(u64, u64)> {
    let (from, to) = line.split_once(ARROW)?;
    Some((time(from)?, time(to.split_whitespace().next()?)?))
}

/// Reads `01:02:03,004` or `02:03.004`.
fn time(text: &str) -> Option<u64> {
    let (clock, thousandths) = text.trim().split_once([',', '.'])?;
    let mut seconds: u64 = 0;
    let mut fields = 0;
    for field in clock.split(':') {
        let sound = (1..=4).contains(&field.len()) && field.bytes().all(|b| b.is_ascii_digit());
        seconds = seconds * 60 + field.parse::<u64>().ok().filter(|_| sound)?;
        fields += 1;
    }
    let thousandths: u64 = thousandths.get(..3)?.parse().ok()?;
    (2..=3)
        .contains(&fields)
        .then_some(seconds * 1000 + thousandths)
}

/// Returns a line without the tags of its looks: `<i>so</i>`, `{\an8}`.
fn untagged(line: &str) -> String {
    let mut words = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find(['<', '{']) {
        let (before, tag) = rest.split_at_checked(at).unwrap_or((rest, ""));
        words.push_str(before);
        let end = match tag.strip_prefix('<') {
            Some(inner) if inner.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') => {
                tag.find('>')
            }
            None if tag.starts_with("{\\") => tag.find('}'),
            _ => None,
        };
        if end.is_none() {
            words.extend(tag.chars().next());
        }
        rest = tag.get(end.unwrap_or(0) + 1..).unwrap_or_default();
    }
    words.push_str(rest);
    words.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::format::testing;

    #[test]
    fn subtitles_are_what_is_said() {
        for (name, text) in [
            (
                "a.srt",
                "\u{feff}1\n00:00:06,500 --> 00:00:09,000\n<i>It rained</i> all\nday.\n\n2\n00:00:09,100 --> 00:00:10,000\n{\\an8}- So it did.\n\n3\n00:00:15,000 --> 00:00:16,000\n12 < 13\n",
            ),
            (
                "a.vtt",
                "WEBVTT\n\nNOTE by hand\n\n00:06.500 --> 00:09.000 align:left\nIt rained all\nday.\n\nid\n00:09.100 --> 00:10.000\n- So it did.\n\n00:15.000 --> 00:16.000\n12 < 13\n",
            ),
        ] {
            let found = testing::read_one(name, text);
            assert_eq!(
                found.body.text(),
                "It rained all day. - So it did.\n\n12 < 13",
                "{name}"
            );
        }
        for text in ["1\n2 --> 3\nx", "12:30 --> 13:00", "WEBVTT", "1\n\n2", ""] {
            assert_eq!(said(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_subtitles_or_none(text in "(1?\n|00:00:0[0-9],[0-9]{3} --> 00:00:09,000|[<>{}\\\\aé.]){0,40}") {
            said(&text);
            untagged(&text);
        }
    }
}
