//! A letter taken apart: mail-parser does MIME and its encodings; here is what it leaves open, and what guards it.

use std::borrow::Cow;
use std::ops::Range;

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Encoding, Message, MessageParser, MessagePart, MimeHeaders, PartType};

use super::{base64, dated, encoded};
use crate::document::Date;
use crate::format::encoding;

/// How many bytes are gone through at most for the ends of parts: each part that names a mark of its own has the rest
/// of its letter searched for it, and a letter made for that has a part a line.
const SEARCHED: u64 = 4 << 30;

/// A letter.
pub(super) struct Letter<'b> {
    message: Message<'b>,
}

/// Makes letters of bytes.
#[derive(Default)]
pub(super) struct Reader {
    parser: MessageParser,
}

impl Reader {
    /// Takes a letter apart; nothing comes of what has no header.
    pub fn read<'b>(&self, bytes: &'b [u8]) -> Option<Letter<'b>> {
        let message = self.parser.parse(bytes)?;
        Some(Letter { message })
    }

    /// Returns the header that bytes begin with.
    pub fn header<'b>(&self, bytes: &'b [u8]) -> Option<Message<'b>> {
        self.parser.parse_headers(bytes)
    }
}

impl Drop for Letter<'_> {
    /// Letters within letters may stand so deep that their own way of being dropped, one within the other, would run
    /// out of stack.
    fn drop(&mut self) {
        let mut open = vec![std::mem::take(&mut self.message.parts)];
        while let Some(parts) = open.pop() {
            for mut part in parts {
                if let PartType::Message(inner) = &mut part.body {
                    open.push(std::mem::take(&mut inner.parts));
                }
            }
        }
    }
}

impl Letter<'_> {
    /// Returns what mail-parser made of it.
    pub fn message(&self) -> &Message<'_> {
        &self.message
    }
}

/// Returns what fields of this name say as they stand there, in their order.
fn fields<'m>(message: &'m Message<'_>, name: &'m str) -> impl DoubleEndedIterator<Item = &'m str> {
    let header = message.parts.first().map(|part| part.headers.as_slice());
    header.unwrap_or_default().iter().filter_map(move |field| {
        let range = field.offset_start as usize..field.offset_end as usize;
        let said = || std::str::from_utf8(message.raw_message.get(range)?).ok();
        let is_named = field.name.as_str().eq_ignore_ascii_case(name);
        is_named.then(said).flatten()
    })
}

/// Returns what a letter is about, on one line.
pub(super) fn subject(message: &Message<'_>) -> String {
    let mut said = fields(message, "Subject").map(encoded::words);
    let said = said.find(|subject| !subject.is_empty());
    said.unwrap_or_else(|| message.subject().unwrap_or_default().to_owned())
}

/// Returns who wrote a letter: a name, or the address where none is given.
pub(super) fn author(message: &Message<'_>) -> Option<String> {
    // Archives on the web write `ann at example.org (Ann Smith)`.
    let raw = message.header_raw("From").unwrap_or_default().trim();
    if let Some(name) = encoded_name(raw) {
        return Some(name);
    }
    if !raw.contains('@')
        && let Some((address, name)) = raw.split_once('(')
    {
        let name = encoded::words(name.trim_end_matches(')').trim());
        return Some(if name.is_empty() {
            address.trim().to_owned()
        } else {
            name
        });
    }
    let first = message.from().and_then(|from| from.first());
    let name = first.and_then(|one| {
        one.name
            .as_deref()
            .map(|name| name.trim_matches(['"', '\'', ' ']))
    });
    name.filter(|name| !name.is_empty())
        .or_else(|| first.and_then(|one| one.address.as_deref()))
        .or(Some(raw))
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
}

/// Returns the name in a field of one sender where it is encoded: between quotation marks, which RFC 2047 forbids, and
/// cut in two it is written too.
fn encoded_name(field: &str) -> Option<String> {
    if !field.contains("=?") {
        return None;
    }
    let name = match field.split_once('<') {
        Some((name, _)) => name,
        None => field.split_once('(')?.1.trim_end_matches(')'),
    };
    let name = encoded::words(name);
    let name = name.trim_matches(['"', '\'', ' ']);
    let is_name = !name.is_empty() && !name.contains('@') && !name.contains("=?");
    is_name.then(|| name.to_owned())
}

/// Returns when a letter was written, or else when it was first received.
pub(super) fn date(message: &Message<'_>) -> Option<Date> {
    let written = fields(message, "Date").find_map(dated::parse);
    written.or_else(|| fields(message, "Received").rev().find_map(dated::received))
}

/// Returns the text of a part. Where it is not in the encoding that it says, or says none, it is guessed as that of
/// any file.
pub(super) fn text<'p>(message: &Message<'_>, part: &'p MessagePart<'_>) -> Cow<'p, str> {
    let (PartType::Text(text) | PartType::Html(text)) = &part.body else {
        return Cow::Borrowed("");
    };
    let text: &str = text;
    let charset = part
        .content_type()
        .and_then(|kind| kind.attribute("charset"));
    if part.is_encoding_problem && is_base64(part) {
        return lenient(text, charset).map_or(Cow::Borrowed(text), Cow::Owned);
    }
    let is_lossy = text.contains('\u{fffd}');
    let says_utf8 = charset.is_none_or(|label| label.eq_ignore_ascii_case("utf-8"));
    if !is_lossy && (text.is_ascii() || says_utf8) {
        return Cow::Borrowed(text);
    }
    let range = part.raw_body_offset() as usize..part.raw_end_offset() as usize;
    let raw = message.raw_message.get(range).unwrap_or_default();
    let bytes = match part.encoding {
        Encoding::None => Some(Cow::Borrowed(raw)),
        Encoding::Base64 => base64_decode(raw).map(Cow::Owned),
        Encoding::QuotedPrintable => quoted_printable_decode(raw).map(Cow::Owned),
    };
    let charset = charset.filter(|label| !label.eq_ignore_ascii_case("us-ascii"));
    match bytes {
        // Encodings that shift are seven bits wide, and mail-parser knows one more of them (UTF-7).
        Some(bytes) if is_lossy || !bytes.is_ascii() => {
            Cow::Owned(encoding::decode(&bytes, charset).text.into_owned())
        }
        _ => Cow::Borrowed(text),
    }
}

fn is_base64(part: &MessagePart<'_>) -> bool {
    part.content_transfer_encoding()
        .is_some_and(|encoding| encoding.eq_ignore_ascii_case("base64"))
}

/// Decodes what can be made out of broken base64, where that is a text.
fn lenient(text: &str, charset: Option<&str>) -> Option<String> {
    let bytes = base64::decode(text.as_bytes());
    let sound = !bytes.is_empty() && !encoding::is_binary(&bytes);
    sound.then(|| encoding::decode(&bytes, charset).text.into_owned())
}

/// Returns as a letter with parts what says that it has some, with the line that really parts them: where another one
/// than it names stands before the header of a part. `subtype` is the sort of parts.
pub(super) fn parted_anew(body: &[u8], subtype: &str) -> Option<Vec<u8>> {
    let mut lines = body
        .split(|byte| *byte == b'\n')
        .take(MARKED_WITHIN)
        .peekable();
    let mark = loop {
        let line = lines.next()?;
        let next = lines.peek().copied().unwrap_or_default();
        let is_part = next
            .get(..8)
            .is_some_and(|name| name.eq_ignore_ascii_case(b"content-"));
        if let Some(mark) = line
            .trim_ascii_end()
            .strip_prefix(b"--")
            .filter(|_| is_part)
            && !mark.is_empty()
            && is_of_mark(mark)
        {
            break mark;
        }
    };
    let is_word = subtype.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let subtype = if is_word { subtype } else { "mixed" };
    let head = format!("Content-Type: multipart/{subtype}; boundary=\"");
    let letter = [head.as_bytes(), mark, b"\"\n\n", body].concat();
    Some(guarded(letter))
}

/// Returns the bytes of a letter as mail-parser may have them: with a header that is UTF-8, and without what it could
/// be made to stumble over.
pub(super) fn guarded(mut bytes: Vec<u8>) -> Vec<u8> {
    let end = header_end(&bytes);
    let header = bytes.get(..end).unwrap_or_default();
    let has_parts = has(header, b"multipart") || has(header, b"message/");
    if std::str::from_utf8(header).is_err() {
        let header = encoding::decode(header, None).text.into_owned();
        bytes.splice(..end, header.into_bytes());
    }
    if has_parts {
        mark_parts(&mut bytes);
        let signs = Signs::of(&bytes);
        if signs.marks * bytes.len() as u64 > SEARCHED {
            rename(&mut bytes, b"boundary=");
        }
        if signs.has_digest || signs.has_letters {
            hold_letters(&mut bytes, signs.has_digest);
        }
    }
    bytes
}

/// What a letter has that mail-parser could be made to stumble over.
#[derive(Debug, Default, PartialEq, Eq)]
struct Signs {
    /// How many marks that part parts are named.
    marks: u64,
    /// There may be letters in it.
    has_letters: bool,
    /// There may be letters in it that do not say that they are.
    has_digest: bool,
}

impl Signs {
    /// Looks through a letter once: attachments make it long, and what is looked for has a rare character in it.
    fn of(bytes: &[u8]) -> Self {
        let mut signs = Self::default();
        // White space may stand between.
        let ends_with = |end: usize, word: &[u8]| {
            let before = bytes.get(end.saturating_sub(WORD_WITHIN)..end);
            let before = before.unwrap_or_default().trim_ascii_end();
            let start = before.len().checked_sub(word.len());
            start
                .and_then(|start| before.get(start..))
                .is_some_and(|found| found.eq_ignore_ascii_case(word))
        };
        for at in memchr::memchr2_iter(b'=', b'/', bytes) {
            if bytes.get(at) == Some(&b'=') {
                signs.marks += u64::from(ends_with(at, b"boundary"));
            } else {
                signs.has_letters |= ends_with(at, b"message");
                if !signs.has_digest && ends_with(at, b"multipart") {
                    let end = bytes.len().min(at + SUBTYPE_WITHIN);
                    signs.has_digest = has(bytes.get(at..end).unwrap_or_default(), b"digest");
                }
            }
        }
        signs
    }
}

/// Within how many bytes before a sign the word is looked for that makes it one.
const WORD_WITHIN: usize = 32;

/// Within how many bytes after `multipart/` its subtype is looked for.
const SUBTYPE_WITHIN: usize = 64;

/// Names the line that parts the letter's parts where its header forgot to: the first that looks like one.
fn mark_parts(bytes: &mut Vec<u8>) {
    const KIND: &[u8] = b"multipart/";
    let (header, body) = bytes.split_at(header_end(bytes));
    let Some(kind) = places(header, KIND).next() else {
        return;
    };
    if has(header, b"boundary") {
        return;
    }
    let lines = body.split(|byte| *byte == b'\n').take(MARKED_WITHIN);
    let marks = lines.filter_map(|line| line.trim_ascii_end().strip_prefix(b"--"));
    let Some(mark) = marks.into_iter().find(|mark| is_mark(mark)) else {
        return;
    };
    let rest = header.get(kind + 1..).unwrap_or_default();
    let name = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric());
    let end = kind + 1 + name.count();
    let named = [b"; boundary=\"", mark, b"\""].concat();
    bytes.splice(end..end, named);
}

/// How many lines of a body are looked through for the one that parts it.
const MARKED_WITHIN: usize = 200;

/// Returns whether a line could part two parts, and is no signature's or drawn line.
fn is_mark(mark: &[u8]) -> bool {
    (4..=70).contains(&mark.len()) && is_of_mark(mark) && mark.iter().any(u8::is_ascii_alphanumeric)
}

/// Returns whether a mark has only what one may have (RFC 2046, 5.1.1).
fn is_of_mark(mark: &[u8]) -> bool {
    let fits = |byte: &u8| byte.is_ascii_alphanumeric() || b"'()+_,-./:=?".contains(byte);
    mark.len() <= 70 && mark.iter().all(fits)
}

/// Returns the length of the header that `bytes` begin with, without the blank line after it.
fn header_end(bytes: &[u8]) -> usize {
    let lines = bytes.split_inclusive(|byte| *byte == b'\n');
    let header = lines.take_while(|line| !line.trim_ascii().is_empty());
    header.map(<[u8]>::len).sum()
}

/// Makes letters that stand as parts such as mail-parser may have.
///
/// They are not encoded (RFC 2046, 5.2.1). One that is would be taken apart by calls within calls, as deep as letters
/// stand in it: its encoding is made a word that nobody knows. And where a letter within parts has nothing but another
/// letter in it, the end of the part is taken for the end of the inner one alone, and what follows is lost: what has
/// only a header of its own goes.
fn hold_letters(bytes: &mut Vec<u8>, in_digest: bool) {
    let in_parts = has(bytes, b"boundary");
    let mut covers: Vec<Range<usize>> = Vec::new();
    let mut holds_letter = false;
    let mut start = 0;
    while start < bytes.len() {
        let rest = bytes.get_mut(start..).unwrap_or_default();
        let length = header_end(rest);
        let lines = rest.get_mut(..length).unwrap_or_default();
        let says_kind = has(lines, b"content-type");
        let is_letter = has(lines, b"rfc822") || has(lines, b"global");
        let is_cover = in_parts && holds_letter && says_kind && is_letter;
        holds_letter = is_letter || in_digest && !says_kind;
        if holds_letter {
            hold_encoding(lines);
        }
        let blank = rest.get(length..).unwrap_or_default();
        let blank = blank.iter().position(|byte| *byte == b'\n');
        let next = start + length + blank.map_or(rest.len(), |end| end + 1);
        if is_cover {
            covers.push(start..next);
        }
        start = next;
    }
    if !covers.is_empty() {
        *bytes = without(bytes, &covers);
    }
}

/// Makes the encoding that a header names one that nobody knows.
fn hold_encoding(header: &mut [u8]) {
    for line in header.split_mut(|byte| *byte == b'\n') {
        if has(
            line.get(..26).unwrap_or_default(),
            b"content-transfer-encoding",
        ) {
            rename(line, b"base64");
            rename(line, b"quoted");
        }
    }
}

/// Returns bytes without some pieces, which stand in order.
fn without(bytes: &[u8], pieces: &[Range<usize>]) -> Vec<u8> {
    let mut kept = Vec::with_capacity(bytes.len());
    let mut at = 0;
    for piece in pieces {
        kept.extend_from_slice(bytes.get(at..piece.start).unwrap_or_default());
        at = piece.end;
    }
    kept.extend_from_slice(bytes.get(at..).unwrap_or_default());
    kept
}

fn has(bytes: &[u8], word: &[u8]) -> bool {
    places(bytes, word).next().is_some()
}

/// Returns where a word ends, in whatever case. It is looked for by its last character: `=`, `/` and the like are
/// rarer than letters.
fn places<'b>(bytes: &'b [u8], word: &'b [u8]) -> impl Iterator<Item = usize> + 'b {
    let last = word.last().copied().unwrap_or_default();
    let found = move |end: &usize| {
        let before = (end + 1).checked_sub(word.len());
        before
            .and_then(|start| bytes.get(start..=*end))
            .is_some_and(|found| found.eq_ignore_ascii_case(word))
    };
    let ends = bytes.iter().enumerate();
    ends.filter(move |(_, byte)| byte.eq_ignore_ascii_case(&last))
        .map(|(end, _)| end)
        .filter(found)
}

/// Makes a word another one wherever it stands.
fn rename(bytes: &mut [u8], word: &[u8]) {
    let ends: Vec<usize> = places(bytes, word).collect();
    for end in ends {
        if let Some(first) = bytes.get_mut(end + 1 - word.len()) {
            *first = b'x';
        }
    }
}
