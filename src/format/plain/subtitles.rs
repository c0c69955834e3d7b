//! Subtitles (`SubRip`, `WebVTT`) as the running text that they are: what is said, without numbers and times.
//!
//! A new paragraph begins where a sentence has ended and nobody speaks for a while, or the paragraph is long enough.

use super::lines::ends_sentence;

/// How long nobody speaks before a new paragraph, in milliseconds.
const PAUSE: u64 = 2_500;

/// The length after which a paragraph ends with its sentence, in bytes.
const LONG: usize = 600;

/// How far apart in time two cues are of which the second shows lines of the first again, in milliseconds, and how many
/// lines that are at most.
const ROLLS: u64 = 50;
const ROLLING: usize = 4;

/// The longest time of a word with the sign that closes it, in bytes.
const STAMP: usize = 16;

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
    let mut speech = Speech {
        written: String::with_capacity(text.len() / 2),
        ..Speech::default()
    };
    let mut cue: Option<Cue> = None;
    let mut after_blank = false;
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let bare = line.trim();
        // A line above a time names the cue, where it does not stand in the one before.
        let names = after_blank && lines.peek().is_some_and(|next| times(next).is_some());
        after_blank = bare.is_empty();
        if let Some((from, to)) = times(bare) {
            speech.say(cue.replace(Cue {
                from,
                to,
                lines: Vec::new(),
            }));
        } else if line.is_empty() {
            speech.say(cue.take());
        } else if let Some(cue) = cue.as_mut().filter(|_| !names) {
            let words = untagged(bare);
            // A line of one blank ends no cue: captions by machine begin with it.
            cue.lines
                .extend(Some(words).filter(|words| !words.is_empty()));
        }
    }
    speech.say(cue);
    Some(speech.written)
}

/// What is said at one time.
#[derive(Debug, Default)]
struct Cue {
    from: u64,
    to: u64,
    lines: Vec<String>,
}

/// What was said until now.
#[derive(Debug, Default)]
struct Speech {
    written: String,
    /// How long the last paragraph is.
    length: usize,
    /// When the last cue ended, and the lines that it showed.
    ended: u64,
    shown: Vec<String>,
}

impl Speech {
    /// Writes what a cue says that the one right before it did not show already: lines roll up in captions by machine.
    fn say(&mut self, cue: Option<Cue>) {
        let Some(cue) = cue else { return };
        let is_next = cue.from <= self.ended.saturating_add(ROLLS);
        let most = ROLLING.min(cue.lines.len());
        let rolled = (1..=most).rev().find(|count| {
            let first = cue.lines.get(..*count).unwrap_or_default();
            is_next && self.shown.ends_with(first)
        });
        let pauses = cue.from.saturating_sub(self.ended) >= PAUSE || self.length >= LONG;
        if pauses && self.length > 0 && ends_sentence(self.written.trim_end()) {
            self.written.push_str("\n\n");
            self.length = 0;
        }
        for words in cue.lines.iter().skip(rolled.unwrap_or(0)) {
            if self.length > 0 {
                self.written.push(' ');
            }
            self.written.push_str(words);
            self.length += words.len();
        }
        self.ended = cue.to;
        self.shown = cue.lines;
    }
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

/// Returns a line without the tags of its looks, `<i>so</i>`, `{\an8}`, and of the times of its words.
fn untagged(line: &str) -> String {
    let mut words = String::with_capacity(line.len());
    let mut rest = line;
    // What was looked for to the end of the line in vain is not looked for again.
    let (mut closes, mut curls) = (true, true);
    while let Some(at) = rest.find(['<', '{']) {
        let (before, tag) = rest.split_at_checked(at).unwrap_or((rest, ""));
        words.push_str(before);
        let end = match tag.strip_prefix('<') {
            Some(inner) if closes && begins_tag(inner) => {
                let end = tag.find('>');
                closes = end.is_some();
                end
            }
            None if curls && tag.starts_with("{\\") => {
                let end = tag.find('}');
                curls = end.is_some();
                end
            }
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

/// Returns whether what follows a `<` is that of a tag: a name, or the time of a word.
fn begins_tag(inner: &str) -> bool {
    let stamp = inner.get(..STAMP.min(inner.len()));
    let stamp = stamp.and_then(|near| near.split_once('>'));
    inner.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/')
        || stamp.is_some_and(|(stamp, _)| time(stamp).is_some())
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

    #[test]
    fn captions_by_machine_are_said_once() {
        for (text, expected) in [
            (
                "WEBVTT\nKind: captions\n\n00:00:00.000 --> 00:00:02.000 align:start position:0%\n \nhello<00:00:00.500><c> world</c>\n\n\
                 00:00:02.000 --> 00:00:02.010 align:start\nhello world\n \n\n00:00:02.010 --> 00:00:04.000\nhello world\nand<00:00:02.500><c> more</c>\n",
                "hello world and more",
            ),
            (
                "1\n00:00:00,000 --> 00:00:02,000\na\nb\n\n2\n00:00:02,000 --> 00:00:04,000\na\nb\nc\n\n3\n00:00:04,000 --> 00:00:05,000\nb\nc\nd\n",
                "a b c d",
            ),
            (
                "1\n00:00:00,000 --> 00:00:01,000\nNo.\n \n2\n00:00:01,500 --> 00:00:02,000\nNo.\n\n3\n00:00:02,500 --> 00:00:03,000\n<3 and 1<2>0\n",
                "No. No. <3 and 1<2>0",
            ),
        ] {
            assert_eq!(said(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn tags_that_are_never_closed_are_read_in_linear_time() {
        for sign in ["<a", "{\\"] {
            let text = sign.repeat(200_000);
            assert_eq!(untagged(&text), text);
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
