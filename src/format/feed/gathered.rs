//! The text of a field while it is gathered, in the forms that feeds give text: escaped, in sections, as markup.

use std::borrow::Cow;

use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart};

use super::element::{Field, Vocabulary};
use super::item::{Form, Text};

/// The text of a field so far.
pub(super) struct Gathered<'t> {
    field: Field,
    /// How many elements are open with the field's own.
    pub depth: usize,
    /// Its markup is XML's own, and not text that says markup: entities stay as they are, to be read as HTML.
    pub markup: bool,
    words: Cow<'t, str>,
    way: Way,
    base: Option<String>,
}

impl<'t> Gathered<'t> {
    /// Begins the text of a field, whose element stands at `depth`.
    pub fn new(known: Vocabulary, field: Field, tag: &BytesStart<'_>, depth: usize) -> Self {
        let way = way(known, field, tag);
        Self {
            base: None,
            field,
            depth,
            markup: way.markup,
            words: Cow::default(),
            way,
        }
    }

    /// Takes note of what its relative links start from: those of a text, not those of a name.
    pub fn start_from(&mut self, base: Option<&str>) {
        let has_links = matches!(
            self.field,
            Field::Content | Field::Summary | Field::SecondSummary
        );
        self.base = base.filter(|_| has_links).map(str::to_owned);
    }

    /// Adds text without entities.
    pub fn text(&mut self, text: Cow<'t, str>) {
        if self.words.is_empty() {
            self.words = text;
        } else {
            self.growing().push_str(&text);
        }
    }

    /// Returns the words to be added to, with room for more where they were the feed's own until now.
    fn growing(&mut self) -> &mut String {
        if let Cow::Borrowed(words) = self.words {
            let mut grown = String::with_capacity(2 * words.len() + 64);
            grown.push_str(words);
            self.words = Cow::Owned(grown);
        }
        self.words.to_mut()
    }

    /// Adds the text of a section, in which nothing is escaped.
    pub fn verbatim(&mut self, text: Cow<'t, str>) {
        if self.markup {
            let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
            self.text(escaped.into());
        } else {
            self.text(text);
        }
    }

    /// Adds a start tag: markup that its author did not escape.
    pub fn start(&mut self, tag: &BytesStart<'_>, empty: bool) {
        self.way.form = Form::Html;
        // XHTML under a prefix of its own is HTML without it.
        let local = tag
            .split_once(':')
            .filter(|(prefix, _)| !prefix.contains(char::is_whitespace));
        let words = local.map_or(&**tag, |(_, local)| local);
        let end = if empty { "/>" } else { ">" };
        self.growing().extend(["<", words, end]);
    }

    /// Adds an end tag.
    pub fn end(&mut self, name: &str) {
        let local = name.rsplit(':').next().unwrap_or(name);
        self.growing().extend(["</", local, ">"]);
    }

    /// Adds an entity. HTML's own are read with the HTML; what a feed declares itself stays as it is written.
    pub fn reference(&mut self, name: &BytesRef<'_>) {
        let resolved = match &**name {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            written => name.resolve_char_ref().ok().flatten().or_else(|| {
                // `&#X61;`: the letter may be large in HTML only.
                let digits = written.strip_prefix("#X")?;
                char::from_u32(u32::from_str_radix(digits, 16).ok()?)
            }),
        };
        match resolved {
            Some(c) if !self.markup => self.growing().push(c),
            _ => self.growing().extend(["&", name, ";"]),
        }
    }

    /// Returns the field and its text.
    pub fn finish(mut self) -> (Field, Text<'t>) {
        if self.way.coded
            && let Some(decoded) = base64(&self.words)
        {
            self.words = decoded.into();
        }
        if self.way.loose && self.words.contains("</") {
            self.way.form = Form::Html;
        }
        let text = Text {
            words: self.words,
            form: self.way.form,
            base: self.base,
        };
        (self.field, text)
    }
}

/// How a field's text is to be read.
#[derive(Clone, Copy, Debug)]
struct Way {
    form: Form,
    /// Its markup is XML's own.
    markup: bool,
    /// It is written in base64.
    coded: bool,
    /// It does not say whether it is HTML: it is where it has an end tag.
    loose: bool,
}

impl Way {
    const HTML: Self = Self {
        form: Form::Html,
        markup: false,
        coded: false,
        loose: false,
    };
    const MARKUP: Self = Self {
        markup: true,
        ..Self::HTML
    };
    const PLAIN: Self = Self {
        form: Form::Plain,
        ..Self::HTML
    };
    const CODED: Self = Self {
        coded: true,
        loose: true,
        ..Self::PLAIN
    };
    const LOOSE: Self = Self {
        loose: true,
        ..Self::PLAIN
    };
}

/// Returns how a field's text is to be read: by its `type` (RFC 4287, sections 3.1.1 and 4.1.3.3), and in Atom 0.3 by
/// its `mode` too.
fn way(known: Vocabulary, field: Field, tag: &BytesStart<'_>) -> Way {
    if known == Vocabulary::Html {
        return Way::MARKUP;
    }
    if known == Vocabulary::Podcast {
        return Way::LOOSE;
    }
    let has_type = known == Vocabulary::Atom
        && matches!(field, Field::Title | Field::Summary | Field::Content)
        || known == Vocabulary::Media;
    if !has_type {
        return Way::HTML;
    }
    let kind = attribute(tag, "type").map(|kind| kind.to_ascii_lowercase());
    let kind = kind.as_deref().unwrap_or_default();
    let mode = attribute(tag, "mode");
    match (kind, mode.as_deref()) {
        (_, Some("base64")) => Way::CODED,
        ("html", _)
        | ("application/xhtml+xml", Some("escaped"))
        | ("text/html", None | Some("escaped")) => Way::HTML,
        // Atom 0.3: markup stands as it is unless it says otherwise.
        ("xhtml" | "application/xhtml+xml" | "text/html", _) => Way::MARKUP,
        ("" | "text" | "plain", _) => Way::PLAIN,
        _ if kind.ends_with("+xml") || kind.ends_with("/xml") => Way::MARKUP,
        _ if kind.starts_with("text/") || mode.is_some() => Way::PLAIN,
        _ if kind.contains('/') => Way::CODED,
        _ => Way::PLAIN,
    }
}

/// Decodes base64 (RFC 4648), blanks within it passed over; nothing where it is none or no text.
fn base64(text: &str) -> Option<String> {
    let mut decoded = Vec::with_capacity(text.len() / 4 * 3);
    let (mut held, mut bits) = (0u32, 0u32);
    for byte in text.bytes().filter(|byte| !byte.is_ascii_whitespace()) {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => break,
            _ => return None,
        };
        held = held << 6 | u32::from(value);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            decoded.push((held >> bits) as u8);
            held &= (1 << bits) - 1;
        }
    }
    String::from_utf8(decoded).ok()
}

/// Returns whether what follows the name of a tag says a word at all: a look that costs less than parting attributes.
pub(super) fn may_have(tag: &BytesStart<'_>, word: &str) -> bool {
    let written = tag.attributes_raw().as_bytes();
    let Some(&first) = word.as_bytes().first() else {
        return false;
    };
    let mut places = written.iter().enumerate();
    places.any(|(at, byte)| {
        *byte == first
            && written
                .get(at..)
                .is_some_and(|rest| rest.starts_with(word.as_bytes()))
    })
}

/// Returns the value of an attribute, its entities resolved where they can be.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    if !may_have(tag, name) {
        return None;
    }
    let found = tag
        .attributes()
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.as_ref() == name)?;
    let value = found
        .normalized_value(XmlVersion::Implicit1_0)
        .map_or_else(|_| found.value.to_string(), Cow::into_owned);
    Some(value.trim().to_owned()).filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_text_or_nothing() {
        for (coded, expected) in [
            ("RXhh\nbXBs ZQ==", Some("Example")),
            ("", Some("")),
            ("/+8=", None),
            ("not base64!", None),
        ] {
            assert_eq!(base64(coded).as_deref(), expected, "{coded}");
        }
    }
}
