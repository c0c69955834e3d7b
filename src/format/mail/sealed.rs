//! What stands in the envelope of an S/MIME letter (RFC 8551): the letter itself, where it is only signed; a cipher,
//! where it is encrypted.
//!
//! The envelope is DER, or the BER of programs that did not know how long it would be (RFC 5652; X.690). Nothing of it
//! is verified: who signed is for programs. It is walked from its beginning to the text, and what follows is not looked
//! at, so what is cut short has the text that it has.

/// The tags of values (X.690, 8.1.2).
const SEQUENCE: u8 = 0x30;
const SET: u8 = 0x31;
const INTEGER: u8 = 0x02;
const OBJECT: u8 = 0x06;
const OCTETS: u8 = 0x04;
const OCTETS_IN_PIECES: u8 = 0x24;
const FIRST: u8 = 0xa0;

/// What ends a value that does not say how long it is (X.690, 8.1.5).
const END: [u8; 2] = [0, 0];

/// What an envelope says that it holds: the last numbers of `pkcs7` (RFC 5652), 1.2.840.113549.1.7.
const PKCS7: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x07";
const SIGNED: u8 = 2;

/// How deep values may stand within values. A signature has a handful of them.
const DEEPEST: u8 = 16;

/// What stands in an envelope.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Sealed {
    /// A letter, or a part of one, with a header of its own.
    Signed(Vec<u8>),
    /// A signature, or certificates, of nothing that stands here.
    Bare,
    /// What cannot be read.
    Closed,
}

/// Opens an envelope.
pub(super) fn open(bytes: &[u8]) -> Sealed {
    let mut walk = Walk(bytes);
    match walk.content_type() {
        Some(object) if object.strip_prefix(PKCS7) == Some(&[SIGNED]) => {
            walk.signed().map_or(Sealed::Bare, Sealed::Signed)
        }
        _ => Sealed::Closed,
    }
}

/// The rest of an envelope.
struct Walk<'b>(&'b [u8]);

impl<'b> Walk<'b> {
    /// Goes into the envelope, and returns the name of what is in it.
    fn content_type(&mut self) -> Option<&'b [u8]> {
        self.enter(SEQUENCE)?;
        self.primitive(OBJECT)
    }

    /// Goes into what was signed (RFC 5652, 5.1), and returns it.
    fn signed(&mut self) -> Option<Vec<u8>> {
        self.enter(FIRST)?;
        self.enter(SEQUENCE)?;
        self.primitive(INTEGER)?;
        self.pass(SET)?;
        self.enter(SEQUENCE)?;
        self.primitive(OBJECT)?;
        self.enter(FIRST)?;
        let mut text = Vec::new();
        self.octets(&mut text, 0)?;
        (!text.is_empty()).then_some(text)
    }

    /// Reads a tag and the length behind it, which is none where the value says no length.
    fn head(&mut self) -> Option<(u8, Option<usize>)> {
        let [tag, length, rest @ ..] = self.0 else {
            return None;
        };
        self.0 = rest;
        let length = match length {
            0x80 => None,
            0..0x80 => Some(usize::from(*length)),
            _ => {
                let (digits, rest) = rest.split_at_checked(usize::from(length & 0x7f))?;
                self.0 = rest;
                let digits = digits.iter().try_fold(0_usize, |sum, digit| {
                    Some(sum.checked_mul(256)? + usize::from(*digit))
                });
                Some(digits?)
            }
        };
        Some((*tag, length))
    }

    /// Goes into the value that stands here, where it is of this tag.
    fn enter(&mut self, wanted: u8) -> Option<()> {
        let (tag, _) = self.head()?;
        (tag == wanted).then_some(())
    }

    /// Returns the bytes of the value that stands here, where it is of this tag; as many as there are.
    fn primitive(&mut self, wanted: u8) -> Option<&'b [u8]> {
        let (tag, length) = self.head()?;
        (tag == wanted).then_some(())?;
        Some(self.take(length?))
    }

    fn take(&mut self, length: usize) -> &'b [u8] {
        let (taken, rest) = self.0.split_at(length.min(self.0.len()));
        self.0 = rest;
        taken
    }

    /// Passes over the value that stands here, where it is of this tag.
    fn pass(&mut self, wanted: u8) -> Option<()> {
        let (tag, length) = self.head()?;
        (tag == wanted).then_some(())?;
        self.pass_rest(length, 0)
    }

    /// Passes over what a value holds whose tag and length were read.
    fn pass_rest(&mut self, length: Option<usize>, depth: u8) -> Option<()> {
        if let Some(length) = length {
            self.take(length);
            return Some(());
        }
        while !self.ends() {
            let (_, length) = self.head().filter(|_| depth < DEEPEST)?;
            self.pass_rest(length, depth + 1)?;
        }
        Some(())
    }

    /// Returns whether a value of no length ends here, and passes over its end.
    fn ends(&mut self) -> bool {
        let after = self.0.strip_prefix(&END);
        self.0 = after.unwrap_or(self.0);
        after.is_some()
    }

    /// Adds the octets that stand here, in one piece or in many.
    fn octets(&mut self, text: &mut Vec<u8>, depth: u8) -> Option<()> {
        let (tag, length) = self.head().filter(|_| depth < DEEPEST)?;
        match (tag, length) {
            (OCTETS, Some(length)) => text.extend_from_slice(self.take(length)),
            (OCTETS_IN_PIECES, Some(length)) => {
                let mut pieces = Self(self.take(length));
                while !pieces.0.is_empty() {
                    pieces.octets(text, depth + 1)?;
                }
            }
            (OCTETS_IN_PIECES, None) => {
                while !self.0.is_empty() && !self.ends() {
                    self.octets(text, depth + 1)?;
                }
            }
            _ => return None,
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Returns a value that says how long it is.
    fn value(tag: u8, content: &[&[u8]]) -> Vec<u8> {
        let content = content.concat();
        let length = u16::try_from(content.len()).unwrap().to_be_bytes();
        [&[tag, 0x82][..], &length, &content].concat()
    }

    /// Returns a value that does not.
    fn open_value(tag: u8, content: &[&[u8]]) -> Vec<u8> {
        [&[tag, 0x80][..], &content.concat(), &END].concat()
    }

    /// Returns an envelope whose values are made by `wrap`, around these octets.
    fn envelope(wrap: fn(u8, &[&[u8]]) -> Vec<u8>, sort: u8, octets: &[u8]) -> Vec<u8> {
        let named = |sort: u8| value(OBJECT, &[PKCS7, &[sort]]);
        let held = wrap(SEQUENCE, &[&named(1), &wrap(FIRST, &[octets])]);
        let digests = wrap(SET, &[&wrap(SEQUENCE, &[&named(9)])]);
        let signed = wrap(SEQUENCE, &[&value(INTEGER, &[&[1]]), &digests, &held]);
        wrap(SEQUENCE, &[&named(sort), &wrap(FIRST, &[&signed])])
    }

    const TEXT: &[u8] = b"Content-Type: text/plain\r\n\r\nOn trust.\r\n";

    #[test]
    fn what_was_signed_is_found_however_its_envelope_is_written() {
        let whole = value(OCTETS, &[TEXT]);
        let (one, two) = TEXT.split_at(9);
        let (one, two) = (value(OCTETS, &[one]), value(OCTETS, &[two]));
        for octets in [
            whole.clone(),
            value(OCTETS_IN_PIECES, &[&one, &two]),
            open_value(OCTETS_IN_PIECES, &[&one, &two]),
            open_value(OCTETS_IN_PIECES, &[&value(OCTETS_IN_PIECES, &[&one]), &two]),
        ] {
            for wrap in [value, open_value] {
                let sealed = envelope(wrap, SIGNED, &octets);
                assert_eq!(open(&sealed), Sealed::Signed(TEXT.to_vec()), "{sealed:x?}");
            }
        }
        assert_eq!(open(&envelope(value, 3, &whole)), Sealed::Closed);
        assert_eq!(open(&envelope(value, SIGNED, b"")), Sealed::Bare);
        assert_eq!(open(b""), Sealed::Closed);
        // One that is cut short has what it has.
        let sealed = envelope(value, SIGNED, &whole);
        let cut = &sealed[..sealed.len() - 9];
        let cut_text = &TEXT[..TEXT.len() - 9];
        assert_eq!(open(cut), Sealed::Signed(cut_text.to_vec()));
    }

    #[test]
    fn an_envelope_within_envelopes_without_end_is_survived() {
        let deep = [OCTETS_IN_PIECES, 0x80].repeat(100_000);
        assert_eq!(open(&envelope(value, SIGNED, b"")), Sealed::Bare);
        let mut walk = Walk(&deep);
        assert_eq!(walk.octets(&mut Vec::new(), 0), None);
        let mut walk = Walk(&deep);
        assert_eq!(walk.pass(OCTETS_IN_PIECES), None);
    }

    proptest! {
        #[test]
        fn any_envelope_gives_no_more_than_it_holds(
            bytes in proptest::collection::vec(prop::sample::select(&[0x30, 0x31, 2, 6, 4, 0x24, 0xa0, 0x80, 0, 1, 3, 0x82, 0xff][..]), 0..80),
            is_signed in any::<bool>(),
        ) {
            let bytes = if is_signed { envelope(open_value, SIGNED, &bytes) } else { bytes };
            if let Sealed::Signed(text) = open(&bytes) {
                prop_assert!(text.len() <= bytes.len());
            }
        }
    }
}
