//! Pages that a browser keeps as one file, in the form of a letter (MHTML, RFC 2557): the page is the text, what it is
//! shown with lies behind it as parts.
//!
//! They are told from letters by what they lack: nobody sent them to anybody. `Snapshot-Content-Location` is Chrome's;
//! Internet Explorer, Opera and what Word exports have the type alone. One that came through other hands may have lost
//! its header, or lines that end as they should: it is told by the part that is a page and says where it is from.

use std::borrow::Cow;

use mail_parser::{Message, MessagePart, MimeHeaders, PartType};
use memchr::memmem;

use super::letter::{self, Reader};
use super::telling;
use crate::format::html;
use crate::format::outlet::Outlet;
use crate::format::saved::Saved;

/// What the header of such a file says.
#[derive(Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a field that stands there or not"
)]
struct Signs {
    mime: bool,
    related: bool,
    snapshot: bool,
    sent: bool,
}

/// Returns whether bytes begin as a page does that was kept as one file.
pub(in crate::format) fn is_snapshot(bytes: &[u8]) -> bool {
    let head = telling::header(bytes);
    // Every file is asked, and no page is kept without a field of that beginning.
    let fields = [&b"ontent-"[..], b"ONTENT-"];
    if fields
        .iter()
        .all(|field| memmem::find(head, field).is_none())
    {
        return false;
    }
    let head = with_usual_lines(head);
    let signs = Signs::of(&head);
    let is_told = signs.mime && signs.related && !signs.sent || signs.snapshot && signs.related;
    is_told || !signs.sent && holds_page(&head)
}

/// Returns whether a part follows that is a page and says where it is from, behind a line that parts parts.
fn holds_page(head: &[u8]) -> bool {
    let mut lines = head
        .split(|byte| *byte == b'\n')
        .map(<[u8]>::trim_ascii_end);
    while lines.any(|line| line.len() > 2 && line.starts_with(b"--")) {
        let (mut is_page, mut is_located) = (false, false);
        for line in lines.by_ref().take_while(|line| !line.is_empty()) {
            let Some((name, value)) = telling::field(line) else {
                continue;
            };
            let is_type = name.eq_ignore_ascii_case(b"content-type");
            is_page |= is_type
                && value
                    .trim_ascii_start()
                    .to_ascii_lowercase()
                    .starts_with(b"text/html");
            is_located |= name.eq_ignore_ascii_case(b"content-location");
        }
        if is_page && is_located {
            return true;
        }
    }
    false
}

/// Returns bytes with lines that end as they should, where all end otherwise: by a carriage return alone, by two of
/// them, or by an empty line more.
fn with_usual_lines(bytes: &[u8]) -> Cow<'_, [u8]> {
    let is_return = |byte: &u8| *byte == b'\r';
    if !bytes.contains(&b'\n') && bytes.iter().any(is_return) {
        let fed = bytes
            .iter()
            .map(|byte| if is_return(byte) { b'\n' } else { *byte });
        return Cow::Owned(fed.collect());
    }
    let lines = || bytes.split_inclusive(|byte| *byte == b'\n');
    let is_empty = |line: &[u8]| line.trim_ascii().is_empty();
    let (mut between, mut other) = (0, 0);
    for (number, line) in lines().take(DOUBLED_WITHIN).enumerate() {
        between += usize::from(number % 2 == 1 && is_empty(line));
        other += usize::from(number % 2 == 0 && !is_empty(line));
    }
    if other >= FEWEST_DOUBLED
        && between + 1 >= DOUBLED_WITHIN / 2
        && other + 1 >= DOUBLED_WITHIN / 2
    {
        let kept = lines()
            .enumerate()
            .filter(|(number, line)| number % 2 == 0 || !is_empty(line));
        return Cow::Owned(kept.flat_map(|(_, line)| line).copied().collect());
    }
    let mut first = lines().take(FEWEST_DOUBLED);
    if first.all(|line| line.ends_with(b"\r\r\n")) {
        let usual = lines().flat_map(|line| {
            let words = line.strip_suffix(b"\n").unwrap_or(line);
            let end: &[u8] = if words.len() < line.len() {
                b"\r\n"
            } else {
                b""
            };
            [words.trim_ascii_end(), end].concat()
        });
        return Cow::Owned(usual.collect());
    }
    Cow::Borrowed(bytes)
}

/// Within how many lines it is told that each has an empty one behind it.
const DOUBLED_WITHIN: usize = 8;

/// How many lines must end otherwise.
const FEWEST_DOUBLED: usize = 3;

impl Signs {
    /// Returns what the header says that bytes begin with.
    fn of(head: &[u8]) -> Self {
        let mut signs = Self::default();
        let mut name: &[u8] = b"";
        for line in head.split(|byte| *byte == b'\n') {
            let value = if line.starts_with(b" ") || line.starts_with(b"\t") {
                line
            } else if let Some((field, value)) = telling::field(line) {
                name = field;
                value
            } else {
                break;
            };
            signs.note(&name.to_ascii_lowercase(), &value.to_ascii_lowercase());
        }
        signs
    }

    fn note(&mut self, name: &[u8], value: &[u8]) {
        match name {
            b"mime-version" => self.mime = true,
            b"content-type" => {
                let says = |what: &[u8]| value.windows(what.len()).any(|window| window == what);
                self.related |= says(b"multipart/related");
            }
            b"snapshot-content-location" => self.snapshot = true,
            b"from" => self.sent |= value.contains(&b'@'),
            b"to" | b"cc" | b"received" | b"return-path" | b"delivered-to" | b"in-reply-to" => {
                self.sent = true;
            }
            _ => {}
        }
    }
}

/// Reads a page that was kept as one file.
pub(in crate::format) fn read(bytes: &[u8], outlet: &mut Outlet<'_, '_>) {
    let Some(kept) = Kept::of(bytes) else {
        return outlet.warn("file", "is a saved page without a page in it; passed over");
    };
    outlet.save(kept.saved);
    html::read(&kept.page, outlet);
}

/// Returns the page that was kept as one file.
pub(in crate::format) fn page_of(bytes: &[u8]) -> Option<String> {
    Some(Kept::of(bytes)?.page)
}

/// A page and what its file says of it.
struct Kept {
    page: String,
    saved: Saved,
}

impl Kept {
    fn of(bytes: &[u8]) -> Option<Self> {
        let reader = Reader::default();
        let usual = with_usual_lines(bytes);
        let headless = !Signs::of(telling::header(&usual)).related;
        let anew = headless
            .then(|| letter::parted_anew(&usual, "related"))
            .flatten();
        let mut bytes = anew.unwrap_or_else(|| letter::guarded(usual.into_owned()));
        if let Some(end) = missing_end(&reader, &bytes) {
            bytes.extend_from_slice(end.as_bytes());
        }
        let letter = reader.read(&bytes)?;
        let message = letter.message();
        let page = page(message)?;
        Some(Self {
            page: letter::text(message, page).into_owned(),
            saved: Saved {
                address: address(message, page),
                date: letter::date(message),
                title: message.subject().map(str::to_owned),
                charset: None,
            },
        })
    }
}

/// Returns the line that ends the last part, where the file was cut short before it: without it the part that was being
/// written counts as none.
fn missing_end(reader: &Reader, bytes: &[u8]) -> Option<String> {
    let header = reader.header(telling::header(bytes))?;
    let mark = header.content_type()?.attribute("boundary")?.to_owned();
    let end = format!("\r\n--{mark}--\r\n");
    let tail = bytes.get(bytes.len().saturating_sub(4 * end.len())..)?;
    let is_there = tail
        .windows(end.len() - 4)
        .any(|window| window == end.trim_ascii().as_bytes());
    (!is_there).then_some(end)
}

/// Returns the part that is the page: the one that the header names, else the first that is one.
fn page<'m>(message: &'m Message<'_>) -> Option<&'m MessagePart<'m>> {
    let bare = |id: &str| id.trim().trim_matches(['<', '>']).to_owned();
    let start = message
        .content_type()
        .and_then(|kind| kind.attribute("start"))
        .map(bare);
    let is_page = |part: &&MessagePart<'_>| matches!(part.body, PartType::Html(_));
    let is_start =
        |part: &&MessagePart<'_>| start.is_some() && part.content_id().map(bare) == start;
    let mut pages = message.parts.iter().filter(is_page);
    let named = message.parts.iter().filter(is_page).find(is_start);
    named.or_else(|| pages.next())
}

/// Returns the address that a page was saved from.
fn address(message: &Message<'_>, page: &MessagePart<'_>) -> Option<String> {
    let snapshot = message.header_raw("Snapshot-Content-Location");
    let whole = message.header_raw("Content-Location");
    let candidates = [snapshot, page.content_location(), whole];
    candidates
        .into_iter()
        .flatten()
        .map(|address| address.split_whitespace().collect::<String>())
        .find(|address| address.starts_with("http://") || address.starts_with("https://"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::mail::is_mail;
    use crate::format::testing::{read_all, read_one};

    const PAGE: &str = "<html><head><title>On trust</title></head><body><nav><a href=3D\"/\">Home</a></nav>\
        <article><h1>On trust</h1><p>It is the first word that was used =E2=80=94 and the last.</p></article></body></html>";

    fn file(header: &str, parts: &[(&str, &str)]) -> String {
        let mut file = format!("{header}MIME-Version: 1.0\r\n");
        file += "Content-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"--Part\"\r\n\r\n\r\n";
        for (header, body) in parts {
            file += "----Part\r\n";
            file += &[header, "\r\n\r\n", body, "\r\n"].concat();
        }
        file + "----Part--\r\n"
    }

    const HTML: &str = "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\
        Content-Location: https://example.org/trust";

    const CHROME: &str = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/trust\r\n\
        Subject: On trust\r\nDate: Mon, 1 Jul 2019 10:00:00 -0000\r\n";

    #[test]
    fn a_page_kept_as_one_file_is_a_page() {
        let style = (
            "Content-Type: text/css\r\nContent-Location: https://example.org/a.css",
            "p { color: red }",
        );
        let frame = (
            "Content-Type: text/html\r\nContent-Location: cid:frame-1@mhtml.blink",
            "<p>Buy this now.</p>",
        );
        let explorer = "From: \"Saved by Internet Explorer 11\"\r\nSubject: On trust\r\nDate: Mon, 1 Jul 2019 10:00:00 +0000\r\n";
        for header in [CHROME, explorer] {
            let text = file(header, &[(HTML, PAGE), style, frame]);
            for name in ["a.mhtml", "a.mht", "a", "a.eml", "a.txt"] {
                let document = read_one(name, &text);
                assert_eq!(document.metadata.title.text, "On trust", "{name}");
                assert_eq!(document.metadata.authors, Vec::<String>::new());
                assert_eq!(document.metadata.published, None);
                assert_eq!(
                    document.metadata.url.as_deref(),
                    Some("https://example.org/trust")
                );
                let details = [("saved".to_owned(), "1 July 2019".to_owned())];
                assert_eq!(document.metadata.details, details);
                assert_eq!(
                    document.body.text(),
                    "It is the first word that was used — and the last."
                );
                assert!(!is_mail(name, text.as_bytes()), "{name}");
            }
        }
    }

    #[test]
    fn the_page_is_the_part_that_the_header_names() {
        let frame = (
            "Content-Type: text/html\r\nContent-ID: <frame@x>",
            "<p>Buy this now.</p>",
        );
        let html = format!("{HTML}\r\nContent-ID: <page@x>");
        let text = file(CHROME, &[frame, (&html, PAGE)])
            .replace("type=\"text/html\"", "start=\"<page@x>\"");
        assert!(
            read_one("a.mht", &text)
                .body
                .text()
                .starts_with("It is the first")
        );
        // One that is cut short has what it has.
        let whole = file(CHROME, &[(HTML, PAGE)]);
        let cut = &whole[..whole.find("and the last").unwrap()];
        assert!(
            read_one("a.mht", cut)
                .body
                .text()
                .starts_with("It is the first")
        );
        let (documents, outcome) = read_all("a.mht", file(CHROME, &[]).as_bytes());
        assert_eq!((documents.len(), outcome.warnings.len()), (0, 1));
    }

    #[test]
    fn a_page_is_told_by_what_the_file_holds() {
        let whole = file(CHROME, &[(HTML, PAGE)]);
        let bare = whole
            .split_once("\r\n\r\n")
            .unwrap()
            .1
            .trim_start()
            .to_owned();
        let fed = whole.replace("\r\n", "\n");
        for (what, text) in [
            (
                "no first line",
                whole.split_once("\r\n").unwrap().1.to_owned(),
            ),
            ("no header", bare.clone()),
            (
                "another header",
                format!("X-Kept-By: Ann\r\nSubject: On trust\r\n\r\n{bare}"),
            ),
            ("returns", whole.replace("\r\n", "\r")),
            ("more returns", whole.replace("\r\n", "\r\r\n")),
            ("twice as many lines", fed.replace('\n', "\n\n")),
        ] {
            for name in ["a.mhtml", "a.txt"] {
                let document = read_one(name, &text);
                assert_eq!(document.metadata.title.text, "On trust", "{what}");
                let url = document.metadata.url.as_deref();
                assert_eq!(url, Some("https://example.org/trust"), "{what}");
                let text = document.body.text();
                assert_eq!(
                    text, "It is the first word that was used — and the last.",
                    "{what}"
                );
            }
        }
        let note = "On pages\n\n--\n\n--line\nContent-Type: text/html\n\nis how a part begins.\n";
        assert!(!is_snapshot(note.as_bytes()));
    }

    #[test]
    fn a_letter_with_pictures_stays_a_letter() {
        let sent = "From: Ann <ann@example.org>\r\nTo: all@example.org\r\nSubject: On trust\r\nMessage-ID: <1@x>\r\n";
        let unsent = "From: Ann <ann@example.org>\r\nSubject: On trust\r\n";
        for header in [sent, unsent] {
            let text = file(header, &[(HTML, PAGE)]);
            assert!(!is_snapshot(text.as_bytes()));
            let document = read_one("a.eml", &text);
            assert_eq!(document.metadata.authors, ["Ann"]);
        }
    }
}
