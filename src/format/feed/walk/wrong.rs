//! What the walk does where a feed is not well-formed: it names the fault and goes on wherever that is possible.

use quick_xml::errors::{Error, SyntaxError};
use quick_xml::events::{BytesDecl, BytesStart};

use super::super::element::Field;
use super::super::entities::Entities;
use super::super::faults::{self, Fault};
use super::{Receiver, Walk, forgiving};
use crate::format::encoding;

/// How often the reading begins anew after a tag that is none: each time all that follows may be looked through.
const MOST_RESTARTS: usize = 64;

impl<R: Receiver> Walk<'_, '_, R> {
    /// Notes a fault at byte `at` of the text, where the receiver wants to know.
    pub(super) fn note(&mut self, fault: Fault, at: usize, message: impl FnOnce() -> String) {
        if R::WARNED {
            self.faults.note(fault, at, message);
        }
    }

    /// Takes what the XML declaration says: its encoding, which is in use by now, or was not known.
    pub(super) fn take_declaration(&mut self, before: usize, declaration: &BytesDecl<'_>) {
        let Some(Ok(label)) = declaration.encoding() else {
            return;
        };
        let label = label.trim();
        let told = encoding::known(label).is_some()
            || self.encoding.eq_ignore_ascii_case(label)
            // UTF-32 under the name it had first.
            || self.encoding == "UTF-32";
        if !told && !label.is_empty() {
            let encoding = self.encoding;
            self.note(Fault::Encoding, before, || {
                let label = faults::example(label);
                format!(
                    "says that it is in “{label}”, which is no known encoding; read as {encoding}"
                )
            });
        }
    }

    /// Takes the entities that the document type declares.
    pub(super) fn take_type(&mut self, before: usize) {
        let declared = self.text.get(before..self.position()).unwrap_or_default();
        self.entities = Entities::of(declared);
        let outer = declared.split('[').next().unwrap_or_default();
        self.has_outer_type = outer.contains("PUBLIC") || outer.contains("SYSTEM");
    }

    /// Notes what is wrong with a start tag that stands at byte `before`.
    pub(super) fn check_tag(&mut self, before: usize, name: &str, tag: &BytesStart<'_>) {
        if name.contains(':') && !self.prefixes.is_declared(name) {
            self.note(Fault::Prefix, before, || {
                let name = faults::example(name);
                format!("the prefix of <{name}> is not declared; customary ones are read as usual, others passed over")
            });
        }
        if tag.len() > name.len()
            && let Some(at) = faults::raw_ampersand(tag)
        {
            self.raw_ampersand(before + 1 + at);
        }
    }

    pub(super) fn raw_ampersand(&mut self, at: usize) {
        self.note(Fault::Ampersand, at, || {
            "a & that is not written &amp; is read as it stands".to_owned()
        });
    }

    /// Notes an entity that is not declared, or a `&` with a `;` somewhere after it.
    pub(super) fn unknown_entity(&mut self, before: usize, name: &str) {
        if !faults::is_entity_name(name) {
            self.raw_ampersand(before);
        } else if !self.has_outer_type {
            self.note(Fault::Entity, before, || {
                format!("&{name}; is not declared; read as HTML's where HTML has it")
            });
        }
    }

    /// Notes an end tag that does not end the innermost element: `place` is the one it ends, where there is one.
    pub(super) fn mismatch(&mut self, before: usize, name: &str, place: Option<usize>) {
        // The end tags of what is too deep find nothing, or what they do not mean.
        if !R::WARNED || self.faults.has(Fault::Depth) {
            return;
        }
        let name = faults::example(name);
        let inner = self
            .open
            .last()
            .map_or("", |open| faults::example(open.name));
        if place.is_some() {
            self.faults.note(Fault::Unclosed, before, || {
                format!("</{name}> comes while <{inner}> is open; both were taken to end there")
            });
        } else {
            self.faults.note(Fault::EndTag, before, || {
                format!("</{name}> ends nothing that is open; passed over")
            });
        }
    }

    /// Notes the elements that are open at the end.
    pub(super) fn end_of_text(&mut self) {
        let open = self.open.len();
        if open == 0 {
            return;
        }
        let in_item = self.open.iter().any(|open| open.field == Field::Item);
        self.note(Fault::End, self.text.len(), || {
            let within = if in_item { " within an item" } else { "" };
            let plural = if open == 1 { "" } else { "s" };
            format!("ends{within}, with {open} element{plural} open; all that came was kept")
        });
    }

    /// Goes on after a fault that concerns a piece of markup alone. Returns whether it could.
    pub(super) fn goes_on(&mut self, before: usize, error: &Error) -> bool {
        let after = match error {
            Error::IllFormed(_) => self.position(),
            // `<!x`, as of `<![endif]-->`: the tag is no more than itself, and the reader has stopped.
            Error::Syntax(SyntaxError::InvalidBangMarkup | SyntaxError::UnclosedCData) => {
                let at = self.from + self.reader.error_position() as usize;
                let rest = self.text.get(at..).unwrap_or_default();
                let end = rest.find('>').filter(|_| self.restarts < MOST_RESTARTS);
                let Some(end) = end.filter(|_| !rest.starts_with("<![CDATA[")) else {
                    return false;
                };
                self.restarts += 1;
                let after = at + end + 1;
                self.reader = forgiving(self.text.get(after..).unwrap_or_default());
                self.from = after;
                after
            }
            _ => return false,
        };
        if after <= before {
            return false;
        }
        let tag = self.text.get(before..after).unwrap_or_default();
        self.note(Fault::Markup, before, || {
            let tag = faults::example(tag);
            format!("“{tag}” is no markup of XML; passed over")
        });
        true
    }

    /// Names what ended the reading, and takes what stands before it.
    pub(super) fn fault(&mut self, error: &Error) {
        let at = self.from + self.reader.error_position() as usize;
        if matches!(error, Error::Syntax(SyntaxError::UnclosedCData)) {
            let rest = self.text.get(at..).unwrap_or_default();
            let rest = rest.strip_prefix("<![CDATA[").unwrap_or(rest);
            self.gather(|field| field.verbatim(rest.into()));
        }
        let place = faults::place(self.text, at);
        self.receiver
            .warn(place, format!("{error}; what stands before it was read"));
    }
}
