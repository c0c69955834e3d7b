//! What whoever saved a page wrote about that, before the page or into it: where it is from, and when it was saved.
//!
//! It is believed after what the page says of itself, and never shown as its text. Known are the header of an HTTP
//! answer (`curl -i`, `wget --save-headers`), the comments of browsers (the "mark of the web" that Internet Explorer
//! began with), of `SingleFile`, monolith and `HTTrack`, and what Save Page WE and Firefox's reader put into the page.

use super::mail::header_field;
use super::{address, dates};
use crate::document::Date;

/// How far the header of an HTTP answer reaches, in bytes: servers refuse longer ones.
const HEADER_WITHIN: usize = 64 * 1024;

/// How far from the beginning of a page its saver writes, in bytes.
const WRITTEN_WITHIN: usize = 16 * 1024;

/// The longest address, in bytes.
const LONGEST_ADDRESS: usize = 2048;

/// What is known of a page by how it was saved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Saved {
    /// The address that it was saved from.
    pub address: Option<String>,
    /// When it was saved.
    pub date: Option<Date>,
    /// What it is called in what it was saved into.
    pub title: Option<String>,
    /// The encoding that its server said it has.
    pub charset: Option<String>,
}

impl Saved {
    /// Returns this with what `other` knows besides.
    pub fn or(self, other: Self) -> Self {
        Self {
            address: self.address.or(other.address),
            date: self.date.or(other.date),
            title: self.title.or(other.title),
            charset: self.charset.or(other.charset),
        }
    }

    /// Returns what is told of it beside the facts of a document.
    pub fn details(&self) -> Vec<(String, String)> {
        let date = self.date.map(|date| ("saved".to_owned(), date.long()));
        date.into_iter().collect()
    }
}

/// Returns what the header of an HTTP answer says (RFC 9110), and what follows it: the answer itself, a page or a feed.
pub(super) fn http_answer(bytes: &[u8]) -> Option<(Saved, &[u8])> {
    let mut rest = bytes;
    let mut saved = Saved::default();
    // Each answer that only led elsewhere has one of its own before.
    while rest.starts_with(b"HTTP/") {
        saved = Saved::default();
        let (head, after) = split_header(rest)?;
        for line in head.split(|byte| *byte == b'\n').skip(1) {
            let (name, value) = header_field(line)?;
            let value = String::from_utf8_lossy(value);
            saved.take_field(&name.to_ascii_lowercase(), value.trim());
        }
        rest = after;
    }
    let is_markup = rest.trim_ascii_start().starts_with(b"<");
    (rest.len() < bytes.len() && is_markup).then_some((saved, rest))
}

/// Parts a header from what follows it: an empty line ends it.
fn split_header(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let head = bytes.get(..HEADER_WITHIN).unwrap_or(bytes);
    let mut at = 0;
    for line in head.split_inclusive(|byte| *byte == b'\n') {
        if matches!(line, b"\n" | b"\r\n") {
            return Some((
                head.get(..at)?.trim_ascii_end(),
                bytes.get(at + line.len()..)?,
            ));
        }
        at += line.len();
    }
    None
}

/// Returns what is written into a page about where it was saved from.
pub(super) fn written_in(page: &str) -> Saved {
    let head = page
        .get(..page.floor_char_boundary(WRITTEN_WITHIN))
        .unwrap_or(page);
    let comments = head.match_indices("<!--").filter_map(|(at, open)| {
        let comment = head.get(at + open.len()..)?;
        Some(comment.get(..comment.find("-->")?)?.trim())
    });
    comments
        .map(of_comment)
        .chain(head.match_indices('<').filter_map(|(at, _)| {
            let tag = head.get(at..)?;
            of_tag(tag.get(..tag.find('>')?)?)
        }))
        .fold(Saved::default(), Saved::or)
}

fn of_comment(comment: &str) -> Saved {
    let lower = comment.to_ascii_lowercase();
    let after = |word: &str| {
        let at = lower.find(word)?;
        comment.get(at + word.len()..).map(str::trim_start)
    };
    let line = |word: &str| {
        after(word)
            .and_then(|rest| rest.lines().next())
            .map(str::trim)
    };
    let mut saved = Saved::default();
    if lower.starts_with("page saved with singlefile") {
        saved.address = line("url:").and_then(first_address);
        saved.date = line("saved date:").and_then(date);
    } else if lower.starts_with("saved from url=(") {
        saved.address = after(")").and_then(first_address);
    } else if lower.starts_with("saved from ") && lower.contains(" using monolith") {
        saved.address = after("saved from ").and_then(first_address);
        saved.date = after(" at ")
            .and_then(|rest| rest.split(' ').next())
            .and_then(dates::parse);
    } else if lower.starts_with("mirrored from ") && lower.contains(" by httrack") {
        let from = after("mirrored from ").and_then(|rest| rest.split(' ').next());
        saved.address = from.and_then(|from| first_address(&format!("http://{from}")));
    }
    saved
}

/// Takes what savers put into elements of their own.
fn of_tag(tag: &str) -> Option<Saved> {
    let value = |name: &str| {
        let (_, rest) = tag.split_once(name)?;
        rest.strip_prefix("=\"")?.split('"').next()
    };
    let is_meta = tag.starts_with("<meta") && value("name") == Some("savepage-url");
    let is_reader = tag.starts_with("<a ") && tag.contains("reader-domain");
    let address = match (is_meta, is_reader) {
        (true, _) => value("content"),
        (_, true) => value("href"),
        _ => None,
    };
    Some(Saved {
        address: first_address(address?),
        ..Saved::default()
    })
}

/// Returns the address that a text begins with. What lies on somebody's disk has none.
fn first_address(text: &str) -> Option<String> {
    let word = text.split_whitespace().next()?;
    let is_web = ["http://", "https://"].iter().any(|scheme| {
        word.get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    });
    (is_web && word.len() <= LONGEST_ADDRESS)
        .then(|| address::resolve(None, word))
        .flatten()
}

/// Returns a date as browsers write it: `Thu Mar 04 2021 10:00:00 GMT+0100 (Central European Standard Time)`.
fn date(text: &str) -> Option<Date> {
    let text = text.split('(').next().unwrap_or(text).trim();
    dates::parse(text).or_else(|| {
        let words: Vec<&str> = text.split_whitespace().collect();
        let [_, month, day, year, ..] = words.as_slice() else {
            return None;
        };
        dates::parse(&format!("{day} {month} {year}"))
    })
}

impl Saved {
    fn take_field(&mut self, name: &[u8], value: &str) {
        match name {
            b"content-type" => {
                let charset = value.split(';').skip(1).find_map(|one| {
                    let (name, value) = one.split_once('=')?;
                    let is_charset = name.trim().eq_ignore_ascii_case("charset");
                    is_charset.then(|| value.trim().trim_matches('"').to_owned())
                });
                self.charset = charset;
            }
            b"content-location" => self.address = self.address.take().or(first_address(value)),
            b"link" => {
                let canonical = value.split(',').find_map(|one| {
                    let (address, says) = one.trim().strip_prefix('<')?.split_once('>')?;
                    let says = says.to_ascii_lowercase().replace([' ', '"', '\''], "");
                    says.contains(";rel=canonical").then_some(address)
                });
                self.address = canonical.and_then(first_address).or(self.address.take());
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::testing::{read_all, read_one};

    #[test]
    fn whoever_saved_a_page_says_where_it_is_from() {
        for (page, address, date) in [
            (
                "<!DOCTYPE html> <html lang=en><!--\n Page saved with SingleFile \n url: https://example.org/a?b=1 \n \
                 saved date: Thu Mar 04 2021 10:00:00 GMT+0100 (Central European Standard Time)\n--><head>",
                "https://example.org/a?b=1",
                "2021-03-04T10:00:00+01:00",
            ),
            (
                "<!DOCTYPE html>\n<!-- saved from url=(0025)http://example.org/trust/ -->\n<html>",
                "http://example.org/trust/",
                "",
            ),
            (
                "<!-- Saved from https://example.org/at at 2023-01-02T03:04:05Z using monolith v2.7.0 -->\n<html>",
                "https://example.org/at",
                "2023-01-02T03:04:05Z",
            ),
            (
                "<html><!-- Mirrored from example.org/a.html by HTTrack Website Copier/3.x [XR&CO'2014], Fri -->",
                "http://example.org/a.html",
                "",
            ),
            (
                "<html><head><meta name=\"savepage-url\" content=\"https://example.org/we\">",
                "https://example.org/we",
                "",
            ),
            (
                "<body><a class=\"domain reader-domain\" href=\"https://example.org/r\">example.org</a>",
                "https://example.org/r",
                "",
            ),
            ("<!-- saved from url=(0014)about:internet --><html>", "", ""),
            (
                "<!-- saved from url=(0021)file:///C:/a.htm --><html>",
                "",
                "",
            ),
            (
                "<!-- Saved from url at --><p>saved from url=(0021)http://example.org/",
                "",
                "",
            ),
            ("<!-- url: https://example.org/ --><html>", "", ""),
        ] {
            let saved = written_in(page);
            assert_eq!(saved.address.unwrap_or_default(), address, "{page}");
            let written = saved.date.map(|date| date.to_string()).unwrap_or_default();
            assert_eq!(written, date, "{page}");
        }
    }

    #[test]
    fn the_header_of_an_answer_is_read_and_not_shown() {
        let page = b"HTTP/1.1 302 Found\r\nLocation: /b\r\n\r\nHTTP/2 200\r\nContent-Type: text/html; charset=iso-8859-2\r\n\
            Link: </style.css>; rel=preload, <https://example.org/trust>; rel=\"canonical\"\r\n\r\n\
            <html><head><meta charset=utf-8><title>Zaufanie</title></head><body><p>Ja\xbc\xf1, rzeka p\xb3ynie.</p></body>";
        for name in ["a.html", "a.txt", "a"] {
            let (documents, outcome) = read_all(name, page);
            assert_eq!(outcome.warnings, [], "{name}");
            assert_eq!(documents[0].body.text(), "Jaźń, rzeka płynie.");
            let url = documents[0].metadata.url.as_deref();
            assert_eq!(url, Some("https://example.org/trust"));
        }
        let feed = b"HTTP/1.1 200 OK\nContent-Type: application/xml; charset=iso-8859-1\n\n\
            <rss version='2.0'><channel><item><title>Caf\xe9</title><description>On trust.</description></item></channel></rss>";
        let (documents, _) = read_all("a", feed);
        assert_eq!(documents[0].metadata.title.text, "Café");
        // A text about answers is a text.
        let note = "HTTP/1.1 200 OK\nContent-Type: text/html\n\nis how an answer begins.\n";
        let document = read_one("note.txt", note);
        let all = format!("{}\n{}", document.metadata.title.text, document.body.text());
        assert!(all.contains("HTTP/1.1 200 OK"), "{all}");
    }

    #[test]
    fn what_a_page_says_of_itself_goes_before() {
        let page = "<!-- saved from url=(0025)http://example.org/print/1 --><html><head><title>On trust</title>\
            <link rel=canonical href='https://example.org/trust'></head><body><p>It is the first word used.</p></body>";
        let document = read_one("a.html", page);
        assert_eq!(
            document.metadata.url.as_deref(),
            Some("https://example.org/trust")
        );
        let bare = page.replace("canonical", "x");
        let document = read_one("a.html", &bare);
        assert_eq!(
            document.metadata.url.as_deref(),
            Some("http://example.org/print/1")
        );
        assert_eq!(document.key.0, "http://example.org/print/1");
    }
}
