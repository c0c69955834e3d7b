//! `winmail.dat`: what Outlook puts around text and attachments where it takes the receiver for another Outlook (TNEF:
//! MS-OXTNEF; its properties: MS-OXPROPS).
//!
//! Of the three forms that a text has there the plain one is taken, then HTML, at last the packed RTF (`rtf`). Of
//! attachments the names and sizes are told, as of any other.

use super::rtf;
use crate::format::encoding;

/// What a file of this sort begins with, the lowest byte first; a key of two bytes follows.
const SIGNATURE: &[u8] = b"\x78\x9f\x3e\x22";

/// Attributes that are read (MS-OXTNEF, 2.1.3.3): their last two bytes.
const SUBJECT: u32 = 0x8004;
const CODE_PAGE: u32 = 0x9007;
const BODY: u32 = 0x800c;
const PROPERTIES: u32 = 0x9003;
const ATTACHED: u32 = 0x9002;
const ATTACHED_NAME: u32 = 0x8010;
const ATTACHED_BYTES: u32 = 0x800f;
const ATTACHED_PROPERTIES: u32 = 0x9005;

/// Properties that are read (MS-OXPROPS).
const TITLE: u16 = 0x0037;
const TEXT: u16 = 0x1000;
const HTML: u16 = 0x1013;
const PACKED_RTF: u16 = 0x1009;
const LONG_NAME: u16 = 0x3707;

/// Types of properties (MS-OXCDATA, 2.11.1).
const IN_CODE_PAGE: u16 = 0x1e;
const IN_UTF_16: u16 = 0x1f;
const OBJECT: u16 = 0x0d;
const BINARY: u16 = 0x102;
const MANY: u16 = 0x1000;

/// What stands in such a file.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Packed {
    /// What it is about.
    pub subject: Option<String>,
    /// Its text, where there is one.
    pub text: Option<Said>,
    /// Names and sizes, in bytes, of what is attached.
    pub attachments: Vec<(String, usize)>,
}

/// A text in the form that it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Said {
    Plain(String),
    Html(String),
}

/// Returns whether bytes are such a file.
pub(in crate::format) fn is_packed(bytes: &[u8]) -> bool {
    bytes.starts_with(SIGNATURE)
}

/// Takes such a file apart, as far as it is sound.
pub(super) fn read(bytes: &[u8]) -> Packed {
    let mut rest = Bytes(bytes.get(SIGNATURE.len() + 2..).unwrap_or_default());
    let mut found = Found::default();
    while found.attribute(&mut rest).is_some() {}
    found.packed()
}

/// Returns such a file as the letter that it stands in for.
pub(super) fn as_letter(bytes: &[u8]) -> Vec<u8> {
    let subject = read(bytes).subject.unwrap_or_default();
    let subject = subject.split_whitespace().collect::<Vec<_>>().join(" ");
    let head = format!("Subject: {subject}\nContent-Type: application/ms-tnef\n\n");
    [head.as_bytes(), bytes].concat()
}

/// What was found so far.
#[derive(Debug, Default)]
struct Found {
    subject: Option<String>,
    /// The encoding of what is not in UTF-16.
    encoding: Option<String>,
    plain: Option<String>,
    html: Option<String>,
    rtf: Option<Vec<u8>>,
    attachments: Vec<(String, usize)>,
}

impl Found {
    /// Reads an attribute: whose it is, what it is, how long it is, what it says, and a sum that nobody needs.
    fn attribute(&mut self, rest: &mut Bytes<'_>) -> Option<()> {
        rest.take(1)?;
        let name = rest.number()? & 0xffff;
        let length = rest.number()? as usize;
        let value = rest.take(length)?;
        rest.take(2)?;
        match name {
            SUBJECT => self.subject = self.decoded(value),
            CODE_PAGE => self.encoding = label(Bytes(value).number()?),
            BODY => self.plain = self.decoded(value),
            PROPERTIES => {
                each_property(value, &mut |id, kind, value| self.property(id, kind, value));
            }
            ATTACHED => self.attachments.push((String::new(), 0)),
            ATTACHED_NAME => self.name_attached(self.decoded(value)),
            ATTACHED_BYTES => {
                if let Some((_, size)) = self.attachments.last_mut() {
                    *size = value.len();
                }
            }
            ATTACHED_PROPERTIES => each_property(value, &mut |id, kind, value| {
                if id == LONG_NAME {
                    self.name_attached(self.string(kind, value));
                }
            }),
            _ => {}
        }
        Some(())
    }

    fn property(&mut self, id: u16, kind: u16, value: &[u8]) {
        match id {
            TITLE => self.subject = self.string(kind, value).or(self.subject.take()),
            TEXT => self.plain = self.string(kind, value).or(self.plain.take()),
            HTML if kind == BINARY => self.html = self.decoded(value),
            HTML => self.html = self.string(kind, value),
            PACKED_RTF => self.rtf = Some(value.to_vec()),
            _ => {}
        }
    }

    fn name_attached(&mut self, name: Option<String>) {
        if let (Some((known, _)), Some(name)) = (self.attachments.last_mut(), name) {
            *known = name;
        }
    }

    /// Returns what a property says that is a string.
    fn string(&self, kind: u16, value: &[u8]) -> Option<String> {
        match kind {
            IN_UTF_16 => {
                let (pairs, _) = value.as_chunks::<2>();
                let said = pairs.iter().map(|pair| u16::from_le_bytes(*pair));
                let said: String = char::decode_utf16(said)
                    .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
                    .collect();
                told(&said)
            }
            IN_CODE_PAGE => self.decoded(value),
            _ => None,
        }
    }

    fn decoded(&self, value: &[u8]) -> Option<String> {
        told(&encoding::decode(value, self.encoding.as_deref()).text)
    }

    fn packed(self) -> Packed {
        let plain = self.plain.map(Said::Plain);
        let text = plain.or(self.html.map(Said::Html));
        let text = text.or_else(|| rtf::said(&rtf::unpacked(&self.rtf?)?));
        let named = self.attachments.into_iter().map(|(name, size)| {
            let name = if name.is_empty() {
                "without a name".to_owned()
            } else {
                name
            };
            (name, size)
        });
        Packed {
            subject: self.subject,
            text,
            attachments: named.collect(),
        }
    }
}

/// Returns a string without the zeros that end it, unless there is no word in it.
fn told(said: &str) -> Option<String> {
    let said = said.trim_matches('\0');
    (!said.trim().is_empty()).then(|| said.to_owned())
}

/// Hands out the properties of a list with their names and types, as far as they are sound.
fn each_property(list: &[u8], each: &mut dyn FnMut(u16, u16, &[u8])) {
    let mut rest = Bytes(list);
    let Some(count) = rest.number() else { return };
    for _ in 0..count {
        if property(&mut rest, each).is_none() {
            return;
        }
    }
}

/// Reads one property (MS-OXTNEF, 2.1.3.4): of several values only the last counts.
fn property(rest: &mut Bytes<'_>, each: &mut dyn FnMut(u16, u16, &[u8])) -> Option<()> {
    let head = rest.number()?;
    let (kind, id) = ((head & 0xffff) as u16, (head >> 16) as u16);
    if id >= NAMED {
        // A name instead of a number: whose it is, and a number or a string.
        rest.take(16)?;
        if rest.number()? == 0 {
            rest.take(4)?;
        } else {
            let length = rest.number()? as usize;
            rest.padded(length)?;
        }
    }
    let base = kind & !MANY;
    let is_long = matches!(base, IN_CODE_PAGE | IN_UTF_16 | OBJECT | BINARY);
    let count = if is_long || kind & MANY != 0 {
        rest.number()?
    } else {
        1
    };
    for _ in 0..count {
        let length = if is_long {
            rest.number()? as usize
        } else {
            fixed(base)?
        };
        each(id, base, rest.padded(length)?);
    }
    Some(())
}

/// From this on properties have names, not numbers.
const NAMED: u16 = 0x8000;

/// Returns how long a value of this type is, in bytes.
fn fixed(kind: u16) -> Option<usize> {
    match kind {
        2 | 0x0b => Some(2),
        3 | 4 | 0x0a => Some(4),
        5 | 6 | 7 | 0x14 | 0x40 => Some(8),
        0x48 => Some(16),
        _ => None,
    }
}

/// Returns the name of the encoding that Windows calls by this number.
pub(super) fn label(page: u32) -> Option<String> {
    Some(match page {
        874 | 1250..=1258 => format!("windows-{page}"),
        866 => "ibm866".to_owned(),
        932 => "shift_jis".to_owned(),
        936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        10000 => "macintosh".to_owned(),
        20866 => "koi8-r".to_owned(),
        21866 => "koi8-u".to_owned(),
        28591..=28606 => format!("iso-8859-{}", page - 28590),
        51932 => "euc-jp".to_owned(),
        65001 => "utf-8".to_owned(),
        _ => return None,
    })
}

/// Bytes that are read from the first on.
struct Bytes<'b>(&'b [u8]);

impl<'b> Bytes<'b> {
    fn take(&mut self, length: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    /// Takes bytes that are filled up to whole fours.
    fn padded(&mut self, length: usize) -> Option<&'b [u8]> {
        let taken = self.take(length)?;
        let filled = length.next_multiple_of(4) - length;
        self.take(filled.min(self.0.len()))?;
        Some(taken)
    }

    fn number(&mut self) -> Option<u32> {
        let four: &[u8; 4] = self.take(4)?.first_chunk()?;
        Some(u32::from_le_bytes(*four))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn attribute(name: u32, value: &[u8]) -> Vec<u8> {
        let length = u32::try_from(value.len()).unwrap().to_le_bytes();
        [&[1][..], &name.to_le_bytes(), &length, value, b"\0\0"].concat()
    }

    fn file(attributes: &[Vec<u8>]) -> Vec<u8> {
        [SIGNATURE, b"\x01\0", &attributes.concat()].concat()
    }

    /// Returns a list of one property, behind one that has a name and one of two values.
    fn properties(id: u16, kind: u16, value: &[u8]) -> Vec<u8> {
        let one = |id: u16, kind: u16| [kind.to_le_bytes(), id.to_le_bytes()].concat();
        let length = u32::try_from(value.len()).unwrap().to_le_bytes();
        let filled = vec![0; value.len().next_multiple_of(4) - value.len()];
        [
            &3_u32.to_le_bytes()[..],
            &one(0x8001, 3),
            &[7; 16],
            b"\x01\0\0\0\x06\0\0\0a\0b\0\0\0\0\0\x09\0\0\0",
            &one(0x0e08, MANY | 0x40),
            b"\x02\0\0\0",
            &[0; 16],
            &one(id, kind),
            b"\x01\0\0\0",
            &length,
            value,
            &filled,
        ]
        .concat()
    }

    #[test]
    fn a_text_is_taken_in_the_best_form_and_what_is_attached_is_named() {
        let page = attribute(CODE_PAGE, &[0xe2, 4, 0, 0, 0, 0, 0, 0]);
        let wide: Vec<u8> = "Grüße".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let attached = [
            attribute(ATTACHED, &[0; 14]),
            attribute(ATTACHED_NAME, b"SHORT~1.PDF\0"),
            attribute(ATTACHED_BYTES, &[1; 2048]),
            attribute(
                ATTACHED_PROPERTIES,
                &properties(LONG_NAME, IN_UTF_16, &wide),
            ),
        ];
        let named = vec![("Grüße".to_owned(), 2048)];
        let plain = |said: &str| Some(Said::Plain(said.to_owned()));
        let html = || {
            attribute(
                PROPERTIES,
                &properties(HTML, BINARY, b"<p>Gr\xfc\xdfe</p>\0"),
            )
        };
        for (body, expected) in [
            (vec![attribute(BODY, b"On tr\xfcst\0")], plain("On trüst")),
            (
                vec![attribute(PROPERTIES, &properties(TEXT, IN_UTF_16, &wide))],
                plain("Grüße"),
            ),
            (vec![html()], Some(Said::Html("<p>Grüße</p>".to_owned()))),
            (
                vec![html(), attribute(BODY, b" \0")],
                Some(Said::Html("<p>Grüße</p>".to_owned())),
            ),
            (vec![], None),
        ] {
            let attributes = [vec![page.clone()], body, attached.to_vec()].concat();
            let packed = read(&file(&attributes));
            assert_eq!(
                packed,
                Packed {
                    subject: None,
                    text: expected,
                    attachments: named.clone()
                }
            );
        }
        let whole = file(&[page, attribute(BODY, b"On trust"), attribute(BODY, b"lost")]);
        assert_eq!(read(&whole[..whole.len() - 4]).text, plain("On trust"));
    }

    proptest! {
        #[test]
        fn any_file_is_read(
            name in prop::sample::select(&[CODE_PAGE, BODY, PROPERTIES, ATTACHED, ATTACHED_PROPERTIES][..]),
            bytes in proptest::collection::vec(any::<u8>(), 0..100),
            properties in properties_of_any_sort(),
        ) {
            read(&file(&[attribute(name, &bytes)]));
            read(&file(&[attribute(PROPERTIES, &properties), attribute(name, &properties)]));
            read(&bytes);
        }
    }

    fn properties_of_any_sort() -> impl Strategy<Value = Vec<u8>> {
        let id = prop::sample::select(&[TEXT, HTML, PACKED_RTF, LONG_NAME, 0x8000][..]);
        let kind = prop::sample::select(&[IN_CODE_PAGE, IN_UTF_16, BINARY, 3, MANY | 3][..]);
        let value = proptest::collection::vec(any::<u8>(), 0..40);
        (id, kind, value).prop_map(|(id, kind, value)| properties(id, kind, &value))
    }
}
