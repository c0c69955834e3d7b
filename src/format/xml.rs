//! The XML files within books and reports, walked through forgivingly: names without their prefixes, what is broken up
//! to the fault.

use std::borrow::Cow;

use quick_xml::events::{BytesStart, Event as Read};
use quick_xml::{Reader, XmlVersion};

use crate::format::encoding;

/// What comes next in a file.
pub(super) enum Event<'e> {
    /// An element begins.
    Start(&'e Tag<'e>),
    /// An element of this local name ends.
    End(&'e str),
    /// Words, entities resolved.
    Text(&'e str),
}

/// The beginning of an element.
pub(super) struct Tag<'e>(&'e BytesStart<'e>);

impl<'e> Tag<'e> {
    /// Returns its name without the prefix.
    pub fn name(&self) -> &'e str {
        local(self.0.name().into_inner())
    }

    /// Returns the value of the attribute of that name, whatever its prefix, without the blanks around it; nothing of an
    /// empty one.
    pub fn get(&self, name: &str) -> Option<String> {
        let value = self.exact(name)?;
        Some(value.trim().to_owned()).filter(|value| !value.is_empty())
    }

    /// Returns the value of the attribute of that name, whatever its prefix, as it stands there.
    pub fn exact(&self, name: &str) -> Option<String> {
        let mut attributes = self.0.attributes();
        let found = attributes
            .with_checks(false)
            .flatten()
            .find(|attribute| local(attribute.key.as_ref()).eq_ignore_ascii_case(name))?;
        let value = found
            .normalized_value(XmlVersion::Implicit1_0)
            .map_or_else(|_| found.value.to_string(), Cow::into_owned);
        Some(value)
    }

    /// Returns a switch of `WordprocessingML` (ECMA-376, 17.17.4): on where it is named and not said to be off.
    pub fn is_on(&self) -> bool {
        !matches!(
            self.get("val").as_deref(),
            Some("0" | "false" | "off" | "none")
        )
    }
}

/// Walks through a file. Returns whether it was sound to its end.
pub(super) fn walk(bytes: &[u8], each: &mut dyn FnMut(Event<'_>)) -> bool {
    let decoded = encoding::decode(bytes, None);
    let mut reader = Reader::from_str(decoded.text.as_ref());
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = true;
    config.check_end_names = false;
    loop {
        match reader.read_event() {
            Ok(Read::Start(tag)) => each(Event::Start(&Tag(&tag))),
            Ok(Read::Empty(tag)) => {
                each(Event::Start(&Tag(&tag)));
                each(Event::End(local(tag.name().as_ref())));
            }
            Ok(Read::End(tag)) => each(Event::End(local(tag.name().as_ref()))),
            Ok(Read::Text(text)) => each(Event::Text(&text)),
            Ok(Read::CData(text)) => each(Event::Text(&text)),
            Ok(Read::GeneralRef(name)) => {
                let resolved = match name.resolve_char_ref() {
                    Ok(Some(c)) => Some(c.to_string()),
                    _ => named(&name).map(str::to_owned),
                };
                each(Event::Text(
                    &resolved.unwrap_or_else(|| format!("&{};", &*name)),
                ));
            }
            Ok(Read::Eof) => return true,
            Err(_) => return false,
            Ok(_) => {}
        }
    }
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// Returns what a named entity means: XML's own, and those of HTML that contents are written with.
fn named(name: &str) -> Option<&'static str> {
    Some(match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        "nbsp" => "\u{a0}",
        "ndash" => "–",
        "mdash" => "—",
        "hellip" => "…",
        "lsquo" => "‘",
        "rsquo" => "’",
        "ldquo" => "“",
        "rdquo" => "”",
        _ => return None,
    })
}
