//! Whether bytes are a letter or a mailbox, by the header fields they begin with.
//!
//! A note that begins with `Subject: x` is a note, and the `Title:`, `Date:`, `Author:` of a page written for a site
//! generator are no letter: it takes fields that only mail has, or a sender with an address and a date.

use super::snapshot::is_snapshot;

/// How far the header is looked at, in bytes: what a letter passed through on its way fills a few thousand.
const WITHIN: usize = 16 * 1024;

/// Returns whether a file called `name` that begins with `bytes` is a letter or a mailbox.
pub(in crate::format) fn is_mail(name: &str, bytes: &[u8]) -> bool {
    let head = header(bytes);
    let is_named = names_mail(name);
    if head.starts_with(b"From ") {
        let (first, rest) = head.split_at(memchr::memchr(b'\n', head).unwrap_or(head.len()));
        let rest = rest.strip_prefix(b"\n").unwrap_or(rest);
        let goes_on = rest
            .split(|byte| *byte == b'\n')
            .next()
            .is_some_and(is_field);
        return goes_on && (is_named || is_dated(first) || Found::within(rest).suffices());
    }
    let found = Found::within(head);
    (found.total > 0 && is_named || found.suffices()) && !is_snapshot(bytes)
}

/// Returns where the header of a letter would stand, as far as it is looked at.
pub(super) fn header(bytes: &[u8]) -> &[u8] {
    begun(bytes.get(..WITHIN).unwrap_or(bytes))
}

/// Returns whether what begins with these few bytes may be a letter or a mailbox, for who has not read more of it yet.
pub(in crate::format) fn may_begin(bytes: &[u8]) -> bool {
    let head = begun(bytes);
    let first = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    head.starts_with(b"From ") || is_field(first)
}

/// Returns the bytes from the first on that counts.
fn begun(bytes: &[u8]) -> &[u8] {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let bytes = bytes.trim_ascii_start();
    let (first, rest) = bytes.split_at(memchr::memchr(b'\n', bytes).unwrap_or(0));
    if is_of_mmdf(first) || length_before(first).is_some() {
        rest.trim_ascii_start()
    } else {
        bytes
    }
}

/// Returns whether a line is what stands before and behind the letters in mailboxes of MMDF.
pub(super) fn is_of_mmdf(line: &[u8]) -> bool {
    line.trim_ascii_end() == [1; 4]
}

/// Returns the length in the line that Apple's Mail writes before a letter, in bytes.
pub(super) fn length_before(line: &[u8]) -> Option<u64> {
    let digits = line.trim_ascii_end();
    let is_number = !digits.is_empty() && digits.iter().all(u8::is_ascii_digit);
    std::str::from_utf8(digits)
        .ok()?
        .parse()
        .ok()
        .filter(|_| is_number)
}

/// Returns whether a name ends as those of letters and mailboxes do.
fn names_mail(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, extension)| {
        ["eml", "emlx", "mbox", "mbx", "mboxrd"]
            .iter()
            .any(|one| one.eq_ignore_ascii_case(extension))
    })
}

/// What fields of mail stand at the beginning of a text.
#[derive(Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a field that stands there or not"
)]
struct Found {
    total: usize,
    id: bool,
    sender: bool,
    date: bool,
    mime: bool,
    carried: bool,
}

impl Found {
    fn within(head: &[u8]) -> Self {
        let mut found = Self::default();
        for line in head.split(|byte| *byte == b'\n') {
            if line.starts_with(b" ") || line.starts_with(b"\t") {
                continue;
            }
            let Some((name, value)) = field(line) else {
                break;
            };
            found.note(name, value);
        }
        found
    }

    fn note(&mut self, name: &[u8], value: &[u8]) {
        self.total += 1;
        match name.to_ascii_lowercase().as_slice() {
            b"message-id" => self.id = true,
            b"from" => self.sender |= has_address(value),
            b"date" => self.date = true,
            b"mime-version" => self.mime = true,
            b"received" | b"return-path" | b"delivered-to" => self.carried = true,
            b"subject" | b"to" | b"cc" | b"sender" | b"reply-to" | b"in-reply-to"
            | b"references" | b"content-type" => {}
            _ => self.total -= 1,
        }
    }

    fn suffices(&self) -> bool {
        let Self {
            id,
            sender,
            date,
            mime,
            carried,
            ..
        } = *self;
        self.total >= 2 && (id || carried && (sender || date) || sender && (date || mime))
    }
}

fn has_address(value: &[u8]) -> bool {
    value.contains(&b'@') || value.windows(4).any(|window| window == b" at ")
}

/// Returns name and value of a header field.
pub(in crate::format) fn field(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let colon = line.iter().take(80).position(|byte| *byte == b':')?;
    let (name, value) = line.split_at(colon);
    let is_name = !name.is_empty() && name.iter().all(|byte| (b'!'..=b'~').contains(byte));
    is_name.then_some((name, value.get(1..).unwrap_or_default()))
}

/// Returns whether a line is a header field, or what old mailboxes have in the place of the first.
pub(super) fn is_field(line: &[u8]) -> bool {
    field(line).is_some() || line.starts_with(b">From ")
}

/// Returns whether a line that begins with `From ` ends as those that part mailboxes do: with a time of day and a
/// year, in whatever order.
pub(super) fn is_dated(line: &[u8]) -> bool {
    let words = line
        .split(u8::is_ascii_whitespace)
        .filter(|word| !word.is_empty());
    let (mut time, mut year) = (false, false);
    for word in words.skip(1).take(12) {
        let digits = word.iter().filter(|byte| byte.is_ascii_digit()).count();
        time |= word.contains(&b':') && (3..=6).contains(&digits);
        year |= digits == 4 && word.len() == 4;
    }
    time && year
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_told_from_notes_and_pages() {
        let letter = "From: Ann <ann@example.org>\nDate: Mon, 4 Mar 2024 10:00:00 +0000\n\nHello";
        for (name, text, expected) in [
            ("cur/1", letter, true),
            (
                "1",
                "Message-ID: <1@x>\r\nSubject: one\r\n\r\nHello\r\n",
                true,
            ),
            (
                "a.txt",
                "From ann at example.org  Mon Mar  4 10:00:00 2024\nFrom: ann at example.org (Ann)\n",
                true,
            ),
            ("a.eml", "Subject: one\n\nHello", true),
            ("1.emlx", "9\nSubject: one\n\nHello", true),
            (
                "box",
                "\u{1}\u{1}\u{1}\u{1}\nMessage-ID: <1@x>\nSubject: one\n",
                true,
            ),
            ("a.txt", "2024\nSubject: one\n\nHello", false),
            (
                "a.eml",
                "Content-Type: multipart/mixed; boundary=b\n\n--b\n",
                true,
            ),
            (
                "a.txt",
                "Content-Type: text/html\nSubject: one\n\nHello",
                false,
            ),
            (
                "a.txt",
                "From ann\nFrom: a@x\nDate: 4 Mar 2024 10:00:00 +0000\n\nHello",
                true,
            ),
            ("a.txt", "From ann\nSubject: one\n\nHello", false),
            ("a.txt", "Subject: one\n\nHello", false),
            ("a.txt", "Subject: one\nDate: today\n\nHello", false),
            (
                "a.md",
                "Title: One\nDate: 2024-03-04\nAuthor: Ann\n\nHello",
                false,
            ),
            ("a.txt", "From here to there: a journey\nDate: 1\n", false),
            (
                "a.txt",
                "From Monday to Friday at 10:00 in 2024\n\nwe work.",
                false,
            ),
            ("a.txt", "From: Ann\nDate: today\n\nA note.", false),
            ("a", "", false),
        ] {
            assert_eq!(is_mail(name, text.as_bytes()), expected, "{name}: {text}");
        }
    }
}
