//! The text of a field while it is gathered, in the forms that feeds give text: escaped, in sections, as markup.

use std::borrow::Cow;

use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart};

use super::element::{Field, Vocabulary};
use super::item::{Form, Text};

/// The text of a field so far.
pub(super) struct Gathered {
    field: Field,
    /// How many elements are open with the field's own.
    pub depth: usize,
    /// Its markup is XML's own, and not text that says markup: entities stay as they are, to be read as HTML.
    pub markup: bool,
    words: String,
    form: Form,
}

impl Gathered {
    /// Begins the text of a field, whose element stands at `depth`.
    pub fn new(known: Vocabulary, field: Field, tag: &BytesStart<'_>, depth: usize) -> Self {
        let (form, markup) = form(known, field, tag);
        Self {
            field,
            depth,
            markup,
            words: String::new(),
            form,
        }
    }

    /// Adds text without entities.
    pub fn text(&mut self, text: &str) {
        self.words.push_str(text);
    }

    /// Adds the text of a section, in which nothing is escaped.
    pub fn verbatim(&mut self, text: &str) {
        if self.markup {
            let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
            self.words.push_str(&escaped);
        } else {
            self.words.push_str(text);
        }
    }

    /// Adds a start tag: markup that its author did not escape.
    pub fn start(&mut self, tag: &BytesStart<'_>, empty: bool) {
        self.form = Form::Html;
        // XHTML under a prefix of its own is HTML without it.
        let local = tag
            .split_once(':')
            .filter(|(prefix, _)| !prefix.contains(char::is_whitespace));
        let words = local.map_or(&**tag, |(_, local)| local);
        for part in ["<", words, if empty { "/>" } else { ">" }] {
            self.words.push_str(part);
        }
    }

    /// Adds an end tag.
    pub fn end(&mut self, name: &str) {
        let local = name.rsplit(':').next().unwrap_or(name);
        for part in ["</", local, ">"] {
            self.words.push_str(part);
        }
    }

    /// Adds an entity. HTML's own are read with the HTML; what a feed declares itself stays as it is written.
    pub fn reference(&mut self, name: &BytesRef<'_>) {
        let resolved = match name.resolve_char_ref() {
            Ok(Some(c)) => Some(c),
            _ => match &**name {
                "amp" => Some('&'),
                "lt" => Some('<'),
                "gt" => Some('>'),
                "quot" => Some('"'),
                "apos" => Some('\''),
                _ => None,
            },
        };
        match resolved {
            Some(c) if !self.markup => self.words.push(c),
            _ => {
                for part in ["&", name, ";"] {
                    self.words.push_str(part);
                }
            }
        }
    }

    /// Returns the field and its text.
    pub fn finish(self) -> (Field, Text) {
        let text = Text {
            words: self.words,
            form: self.form,
        };
        (self.field, text)
    }
}

/// Returns how a field's text is to be read, and whether its markup is XML's own (RFC 4287, section 3.1.1).
fn form(known: Vocabulary, field: Field, tag: &BytesStart<'_>) -> (Form, bool) {
    if known == Vocabulary::Html {
        return (Form::Html, true);
    }
    if known != Vocabulary::Atom || !matches!(field, Field::Title | Field::Summary | Field::Content)
    {
        return (Form::Html, false);
    }
    let kind = attribute(tag, "type")
        .unwrap_or_default()
        .to_ascii_lowercase();
    match kind.as_str() {
        "xhtml" => (Form::Html, true),
        // Atom 0.3 named the type by its MIME name, and how it is written apart.
        "application/xhtml+xml" => {
            let escaped = attribute(tag, "mode").is_some_and(|mode| mode == "escaped");
            (Form::Html, !escaped)
        }
        "html" | "text/html" => (Form::Html, false),
        _ => (Form::Plain, false),
    }
}

/// Returns the value of an attribute, its entities resolved where they can be.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
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
