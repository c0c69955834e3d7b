//! The parts of a letter as blocks: which of them is its text, and what is told of the rest.

use std::borrow::Cow;
use std::collections::HashSet;

use mail_parser::{Message, MessagePart, MimeHeaders, PartType};

use super::letter::{self, Reader};
use super::tail;
use crate::document::{BlockKind, BodyBuilder};
use crate::format::{encoding, html, plain};

/// How deep parts may stand within parts. Real letters have four; a digest of forwarded digests has eight.
const DEEPEST: usize = 24;

/// The longest attachment that is taken in as text, in bytes: a log is none that anybody reads here.
const ATTACHED: usize = 256 * 1024;

/// A plain text as short as this may only say that there is another, in bytes.
const STUB: usize = 300;

/// Writes the letters of one document.
pub(super) struct Writer<'r> {
    pub builder: BodyBuilder,
    reader: &'r Reader,
    /// The signatures and footers that stand in the document already: in a thread of forty posts each stands once.
    tails: HashSet<String>,
}

impl<'r> Writer<'r> {
    /// Returns the writer of a new document.
    pub fn new(reader: &'r Reader) -> Self {
        Self {
            builder: BodyBuilder::new(),
            reader,
            tails: HashSet::new(),
        }
    }

    /// Writes a letter.
    pub fn letter(&mut self, message: &Message<'_>) {
        self.part(message, 0, 0);
        self.builder.end();
    }

    fn part(&mut self, message: &Message<'_>, place: u32, depth: usize) {
        let Some(part) = message.parts.get(place as usize) else {
            return;
        };
        if depth > DEEPEST {
            return;
        }
        match &part.body {
            PartType::Multipart(inner) => self.parts(message, part, (place, inner), depth),
            PartType::Message(inner) => self.enclosed(inner, depth),
            PartType::Text(_) => self.text(message, part),
            PartType::Html(_) => {
                if is_attached(part) {
                    self.name(part);
                }
                self.html(&letter::text(message, part));
            }
            PartType::Binary(bytes) if has_lost_parts(part) => {
                self.plain(&encoding::decode(bytes, None).text);
            }
            PartType::Binary(_) | PartType::InlineBinary(_) => self.name(part),
        }
    }

    fn parts(
        &mut self,
        message: &Message<'_>,
        part: &MessagePart<'_>,
        (place, inner): (u32, &[u32]),
        depth: usize,
    ) {
        // A part stands behind what holds it. One that does not would lead in a ring.
        let inner: Vec<u32> = inner.iter().copied().filter(|one| *one > place).collect();
        let subtype = part.content_type().and_then(|kind| kind.subtype());
        match subtype.unwrap_or_default() {
            "alternative" => {
                let best = alternative(message, &inner);
                for one in inner {
                    if Some(one) == best {
                        self.part(message, one, depth + 1);
                    } else if best.is_some() {
                        self.names(message, one, depth + 1);
                    }
                }
            }
            "related" => {
                let mut inner = inner.into_iter();
                if let Some(first) = inner.next() {
                    self.part(message, first, depth + 1);
                }
                for one in
                    inner.filter(|one| message.parts.get(*one as usize).is_some_and(is_attached))
                {
                    self.part(message, one, depth + 1);
                }
            }
            _ => {
                for one in inner {
                    self.part(message, one, depth + 1);
                }
            }
        }
    }

    /// Names what is attached within an alternative that was not taken.
    fn names(&mut self, message: &Message<'_>, place: u32, depth: usize) {
        let Some(part) = message.parts.get(place as usize) else {
            return;
        };
        match &part.body {
            PartType::Multipart(inner) if depth <= DEEPEST => {
                for one in inner.iter().filter(|one| **one > place) {
                    self.names(message, *one, depth + 1);
                }
            }
            PartType::Binary(_) if is_attached(part) => self.name(part),
            _ => {}
        }
    }

    /// Writes a letter within the letter: one that was passed on, or one of a digest.
    fn enclosed(&mut self, message: &Message<'_>, depth: usize) {
        if message.parts.is_empty() {
            return;
        }
        let subject = message.subject().unwrap_or_default();
        self.builder.block(BlockKind::Heading { level: 2 }, subject);
        let author = letter::author(message, self.reader);
        let date = letter::date(message).map(crate::document::Date::long);
        let head: Vec<String> = author.into_iter().chain(date).collect();
        self.builder.block(BlockKind::Credit, &head.join(", "));
        self.part(message, 0, depth + 1);
    }

    fn text(&mut self, message: &Message<'_>, part: &MessagePart<'_>) {
        let kind = part.content_type();
        let subtype = kind.and_then(|kind| kind.subtype()).unwrap_or("plain");
        let text = letter::text(message, part);
        let is_plain = subtype.eq_ignore_ascii_case("plain") || part.is_encoding_problem;
        if is_attached(part) || !is_plain {
            self.name(part);
            if text.len() > ATTACHED || !READABLE.contains(&subtype) {
                return;
            }
        }
        if !is_plain {
            self.builder.block(BlockKind::Code, &text);
            return;
        }
        let says = |name: &str, value: &str| {
            let said = kind.and_then(|kind| kind.attribute(name));
            said.is_some_and(|said| said.eq_ignore_ascii_case(value))
        };
        if says("format", "flowed") {
            self.plain(&tail::unflowed(&text, says("delsp", "yes")));
        } else {
            self.plain(&text);
        }
    }

    fn plain(&mut self, text: &str) {
        let mut text = Cow::Borrowed(text);
        if text.contains('\r') {
            text = Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"));
        }
        if text.contains("-----BEGIN PGP ") {
            text = Cow::Owned(tail::without_armour(&text));
        }
        let parted = tail::parted(&text);
        plain::write_letter(parted.text, &mut self.builder);
        self.builder.block(BlockKind::Code, parted.patch.trim_end());
        for tail in parted.tails {
            let tail = tail.trim();
            if !self.tails.contains(tail) {
                self.tails.insert(tail.to_owned());
                self.builder.begin(BlockKind::Credit);
                for line in tail.lines() {
                    self.builder.text(line.trim());
                    self.builder.break_line();
                }
                self.builder.end();
            }
        }
    }

    fn html(&mut self, text: &str) {
        let builder = std::mem::take(&mut self.builder);
        self.builder = html::write(text, builder);
        self.builder.end();
    }

    /// Names an attachment.
    fn name(&mut self, part: &MessagePart<'_>) {
        let kind = part.content_type();
        let subtype = kind.and_then(|kind| kind.subtype()).unwrap_or_default();
        if matches!(
            subtype,
            "pgp-signature" | "pkcs7-signature" | "x-pkcs7-signature" | "pgp-encrypted"
        ) {
            return;
        }
        let name = part.attachment_name().map(|name| self.reader.words(name));
        let kind = kind.map(|kind| format!("{}/{subtype}", kind.ctype()));
        let told = name.or(kind).unwrap_or_else(|| "without a name".to_owned());
        let size = part.raw_end_offset().saturating_sub(part.raw_body_offset()) / 1024;
        let line = format!("Attachment: {told} ({} kB)", size.max(1));
        self.builder.block(BlockKind::Paragraph, &line);
    }
}

/// What of text that is no plain text is taken in as it stands.
const READABLE: [&str; 8] = [
    "plain",
    "markdown",
    "x-markdown",
    "x-patch",
    "x-diff",
    "csv",
    "x-log",
    "x-script",
];

/// Returns whether a part says that it has parts, and none could be told apart in it.
fn has_lost_parts(part: &MessagePart<'_>) -> bool {
    part.content_type()
        .is_some_and(|kind| matches!(kind.ctype(), "multipart" | "message"))
}

fn is_attached(part: &MessagePart<'_>) -> bool {
    part.content_disposition()
        .is_some_and(mail_parser::ContentType::is_attachment)
}

/// Returns which of several forms of one text is taken: the plain one where it says something, else the richest,
/// which comes last.
fn alternative(message: &Message<'_>, inner: &[u32]) -> Option<u32> {
    let part = |place: u32| message.parts.get(place as usize);
    let is_plain = |place: &&u32| part(**place).is_some_and(MessagePart::is_text);
    let is_rich =
        |place: &&u32| part(**place).is_some_and(|part| part.is_text_html() || part.is_multipart());
    let plain = inner.iter().find(is_plain).copied();
    let rich = inner.iter().rev().find(is_rich).copied();
    let Some(place) = plain else {
        return rich.or(inner.last().copied());
    };
    let text = part(place)
        .map(|part| letter::text(message, part))
        .unwrap_or_default();
    let text = text.trim();
    let rich_length = rich.and_then(part).map_or(0, |rich| {
        rich.raw_end_offset().saturating_sub(rich.raw_body_offset()) as usize
    });
    let lower = text.to_ascii_lowercase();
    let is_stub = text.len() < STUB
        && rich_length > 20 * text.len()
        && ["html", "browser", "view this"]
            .iter()
            .any(|word| lower.contains(word));
    let says_nothing = !text.contains(char::is_alphanumeric);
    if rich.is_some() && (says_nothing || is_stub) {
        rich
    } else {
        Some(place)
    }
}
