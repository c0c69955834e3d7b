//! The parts of a letter as blocks: which of them is its text, and what is told of the rest.

use std::borrow::Cow;
use std::collections::HashSet;

use mail_parser::{Message, MessagePart, MimeHeaders, PartType};

use super::letter::{self, Reader};
use super::sealed::{self, Sealed};
use super::tnef::{self, Said};
use super::{encoded, enriched, invitation, tail, uuencoded};
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
    /// How many blocks stood before the letter that is being written.
    begun: usize,
}

impl<'r> Writer<'r> {
    /// Returns the writer of a new document.
    pub fn new(reader: &'r Reader) -> Self {
        Self {
            builder: BodyBuilder::new(),
            reader,
            tails: HashSet::new(),
            begun: 0,
        }
    }

    /// Writes a letter.
    pub fn letter(&mut self, message: &Message<'_>) {
        self.begun = self.builder.blocks();
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
            PartType::Text(_) if has_lost_parts(part) => self.lost(message, part, depth),
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
            PartType::Binary(bytes) | PartType::InlineBinary(bytes) if is_sealed(part) => {
                self.sealed(part, bytes, depth);
            }
            PartType::Binary(bytes) | PartType::InlineBinary(bytes) if tnef::is_packed(bytes) => {
                self.packed(bytes);
            }
            PartType::Binary(bytes)
                if (is_garbled(part) || is_of(part, &["pgp", "x-pgp"]))
                    && !encoding::is_binary(bytes) =>
            {
                self.plain(&encoding::decode(bytes, None).text);
            }
            PartType::Binary(_) | PartType::InlineBinary(_) => self.name(part),
        }
    }

    /// Writes what says that it has parts, none of which could be told apart: the line that parts them may be another
    /// than it names, or there are none.
    fn lost(&mut self, message: &Message<'_>, part: &MessagePart<'_>, depth: usize) {
        let range = part.raw_body_offset() as usize..part.raw_end_offset() as usize;
        let raw = message.raw_message.get(range).unwrap_or_default();
        let subtype = part.content_type().and_then(|kind| kind.subtype());
        let anew = letter::parted_anew(raw, subtype.unwrap_or("mixed"));
        if let Some(anew) = anew
            && let Some(inner) = self.reader.read(&anew)
            && inner.message().parts.len() > 1
        {
            return self.part(inner.message(), 0, depth + 1);
        }
        self.plain(&letter::text(message, part));
    }

    /// Writes what stands in the envelope of S/MIME, or says that it is encrypted.
    fn sealed(&mut self, part: &MessagePart<'_>, bytes: &[u8], depth: usize) {
        match sealed::open(bytes) {
            Sealed::Signed(inner) => {
                let inner = letter::guarded(inner);
                match self.reader.read(&inner) {
                    Some(letter) => self.part(letter.message(), 0, depth + 1),
                    None => self.plain(&encoding::decode(&inner, None).text),
                }
            }
            Sealed::Bare => self.name(part),
            Sealed::Closed => {
                let kind = part.content_type();
                let sort = kind.and_then(|kind| kind.attribute("smime-type"));
                let is_signed = sort.is_some_and(|sort| sort.eq_ignore_ascii_case("signed-data"));
                let says = if is_signed { SIGNED } else { ENCRYPTED };
                self.builder.block(BlockKind::Paragraph, says);
            }
        }
    }

    /// Writes what Outlook put around a letter. Its text is the letter's again, where that has one.
    fn packed(&mut self, bytes: &[u8]) {
        let packed = tnef::read(bytes);
        if self.builder.blocks() == self.begun {
            match packed.text {
                Some(Said::Plain(text)) => self.plain(&text),
                Some(Said::Html(text)) => self.html(&text),
                None => {}
            }
        }
        for (name, size) in packed.attachments {
            self.attachment(&name, size);
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
            // Its parts are a version and a file that nobody can read (RFC 3156, section 4).
            "encrypted" => self.builder.block(BlockKind::Paragraph, ENCRYPTED),
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
            PartType::Text(_) if is_of(part, &["calendar"]) => {
                self.invitation(&letter::text(message, part));
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
        let subject = letter::subject(message);
        self.builder
            .block(BlockKind::Heading { level: 2 }, &subject);
        let author = letter::author(message);
        let date = letter::date(message).map(crate::document::Date::long);
        let head: Vec<String> = author.into_iter().chain(date).collect();
        self.builder.block(BlockKind::Credit, &head.join(", "));
        self.part(message, 0, depth + 1);
    }

    fn text(&mut self, message: &Message<'_>, part: &MessagePart<'_>) {
        let kind = part.content_type();
        let subtype = kind.and_then(|kind| kind.subtype()).unwrap_or("plain");
        let mut text = letter::text(message, part);
        if subtype == "calendar" && self.invitation(&text) {
            return;
        }
        let mut is_plain = subtype.eq_ignore_ascii_case("plain") || part.is_encoding_problem;
        if matches!(subtype, "enriched" | "richtext") {
            text = Cow::Owned(enriched::plain(&text.replace("\r\n", "\n")));
            is_plain = true;
        }
        // What the letter consists of is its text, whatever it says of it.
        let is_all = message.parts.len() == 1 && !READABLE.contains(&subtype);
        is_plain |= is_all && !["rtf", "vcard", "x-vcard"].contains(&subtype);
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

    /// Writes what an invitation says, and returns whether it says something.
    fn invitation(&mut self, text: &str) -> bool {
        let Some(event) = invitation::read(text) else {
            return false;
        };
        self.builder.begin(BlockKind::Paragraph);
        for fact in &event.facts {
            self.builder.text(fact);
            self.builder.break_line();
        }
        self.builder.end();
        if self.builder.blocks() == self.begun + 1 {
            // Where another text stands before it, that is the description again.
            self.plain(&event.description);
        }
        true
    }

    fn plain(&mut self, text: &str) {
        let mut text = Cow::Borrowed(text);
        if text.contains('\r') {
            text = Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"));
        }
        if text.contains("-----BEGIN PGP ") {
            text = Cow::Owned(tail::without_armour(&text));
        }
        if text.contains("begin ") {
            let (kept, files) = uuencoded::apart(&text);
            if !files.is_empty() {
                self.plain(&kept);
                for file in files {
                    self.attachment(file.name, file.bytes);
                }
                return;
            }
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
        let name = part.attachment_name().map(encoded::words);
        let kind = kind.map(|kind| format!("{}/{subtype}", kind.ctype()));
        let told = name.or(kind).unwrap_or_else(|| "without a name".to_owned());
        let size = part.raw_end_offset().saturating_sub(part.raw_body_offset());
        self.attachment(&told, size as usize);
    }

    fn attachment(&mut self, name: &str, bytes: usize) {
        let size = (bytes / 1024).max(1);
        let line = format!("Attachment: {name} ({size} kB)");
        self.builder.block(BlockKind::Paragraph, &line);
    }
}

/// What is said in the place of what is encrypted.
const ENCRYPTED: &str = "(This letter is encrypted, and cannot be read here.)";

/// What is said in the place of what is signed, where its envelope is damaged.
const SIGNED: &str = "(This letter stands within its signature, and cannot be read here.)";

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

/// Returns whether what a part says of its sort is none of the sorts that there are (RFC 2045, section 5.2, has such a
/// part read as plain text).
fn is_garbled(part: &MessagePart<'_>) -> bool {
    const SORTS: [&str; 9] = [
        "application",
        "audio",
        "chemical",
        "font",
        "image",
        "message",
        "model",
        "multipart",
        "video",
    ];
    !is_attached(part)
        && part.content_type().is_some_and(|kind| {
            let is_known = SORTS.contains(&kind.ctype()) || kind.ctype().starts_with("x-");
            !is_known || kind.subtype().is_none_or(str::is_empty)
        })
}

/// Returns whether a part is of one of these subtypes.
fn is_of(part: &MessagePart<'_>, subtypes: &[&str]) -> bool {
    let subtype = part.content_type().and_then(|kind| kind.subtype());
    subtype.is_some_and(|subtype| subtypes.iter().any(|one| one.eq_ignore_ascii_case(subtype)))
}

/// Returns whether a part is an envelope of S/MIME, by its sort or by its name.
fn is_sealed(part: &MessagePart<'_>) -> bool {
    let is_named = || {
        let name = part
            .attachment_name()
            .and_then(|name| name.rsplit_once('.'));
        name.is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("p7m"))
    };
    is_of(part, &["pkcs7-mime", "x-pkcs7-mime"]) || is_of(part, &["octet-stream"]) && is_named()
}

fn is_attached(part: &MessagePart<'_>) -> bool {
    part.content_disposition()
        .is_some_and(mail_parser::ContentType::is_attachment)
}

/// Returns which of several forms of one text is taken: the plain one where it says something, else the richest,
/// which comes last.
fn alternative(message: &Message<'_>, inner: &[u32]) -> Option<u32> {
    let part = |place: u32| message.parts.get(place as usize);
    let is_plain = |place: &&u32| {
        part(**place).is_some_and(|part| {
            let sort = part.content_type().and_then(|kind| kind.subtype());
            part.is_text() && sort.is_none_or(|sort| sort.eq_ignore_ascii_case("plain"))
        })
    };
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
