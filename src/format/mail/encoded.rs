//! Encoded words (RFC 2047) as programs really write them.
//!
//! A character may be cut in two by the end of a word, blanks may stand within one, the encoding may be one that
//! nobody knows; a word may stand in quotation marks or beside another without a blank. What looks like an encoded
//! word and is none stays as it is.

use mail_parser::decoders::charsets::map::charset_decoder;

use crate::format::encoding;

/// The longest name of an encoding, in bytes.
const LABEL: usize = 64;

/// An encoded word.
struct Word<'t> {
    label: &'t str,
    is_base64: bool,
    text: &'t str,
}

/// Words of one encoding that stand side by side: their bytes are decoded together.
#[derive(Default)]
struct Run {
    label: String,
    bytes: Vec<u8>,
    /// Base64 that did not come out even: its rest may stand in the next word.
    rest: String,
}

/// Returns what a field says, on one line.
pub(super) fn words(field: &str) -> String {
    if field.contains("=?") {
        on_one_line(&decoded(field))
    } else {
        on_one_line(field)
    }
}

fn on_one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

fn decoded(field: &str) -> String {
    let mut said = String::with_capacity(field.len());
    let mut run: Option<Run> = None;
    let mut rest = field;
    while let Some(at) = rest.find("=?") {
        let (before, from) = rest.split_at(at);
        let Some((word, after)) = word(from) else {
            flush(&mut run, &mut said);
            let (mark, after) = from.split_at(2);
            said.extend([before, mark]);
            rest = after;
            continue;
        };
        let goes_on = before.trim().is_empty()
            && run
                .as_ref()
                .is_some_and(|run| run.label.eq_ignore_ascii_case(word.label));
        if !goes_on {
            let between_words = run.is_some() && before.trim().is_empty();
            flush(&mut run, &mut said);
            if !between_words {
                said.push_str(before);
            }
        }
        run.get_or_insert_with(|| Run {
            label: word.label.to_owned(),
            ..Run::default()
        })
        .take(&word);
        rest = after;
    }
    flush(&mut run, &mut said);
    said.push_str(rest);
    said
}

/// Returns the encoded word that `text` begins with, and what follows it.
fn word(text: &str) -> Option<(Word<'_>, &str)> {
    let (label, rest) = text.strip_prefix("=?")?.split_once('?')?;
    let (encoding, rest) = rest.split_once('?')?;
    let is_base64 = encoding.eq_ignore_ascii_case("b");
    let is_label = !label.is_empty()
        && label.len() <= LABEL
        && label.bytes().all(|byte| byte.is_ascii_graphic());
    if !is_label || !is_base64 && !encoding.eq_ignore_ascii_case("q") {
        return None;
    }
    let (text, after) = rest.split_once("?=")?;
    // `=?utf-8*en?…` names the language too (RFC 2231, section 5).
    let label = label.split('*').next().unwrap_or(label);
    let word = Word {
        label,
        is_base64,
        text,
    };
    Some((word, after))
}

impl Run {
    fn take(&mut self, word: &Word<'_>) {
        if !word.is_base64 {
            self.even_out();
            return self.bytes.extend(unquoted(word.text));
        }
        self.rest.push_str(word.text.trim());
        if self.rest.len().is_multiple_of(4) || self.rest.ends_with('=') {
            self.even_out();
        }
    }

    fn even_out(&mut self) {
        let rest = std::mem::take(&mut self.rest);
        self.bytes.extend(super::base64::decode(rest.as_bytes()));
    }
}

/// Writes what a run says.
fn flush(run: &mut Option<Run>, said: &mut String) {
    let Some(mut run) = run.take() else { return };
    run.even_out();
    // Seven bits wide, and of no browser.
    if run.label.eq_ignore_ascii_case("utf-7")
        && let Some(decoder) = charset_decoder(b"utf-7")
    {
        return said.push_str(&decoder(&run.bytes));
    }
    said.push_str(&encoding::decode(&run.bytes, Some(&run.label)).text);
}

/// Undoes the encoding `Q`.
fn unquoted(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        let digits = after.get(..2).filter(|_| *first == b'=');
        let value = digits
            .filter(|digits| digits.iter().all(u8::is_ascii_hexdigit))
            .and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        if let Some(value) = value {
            bytes.push(value);
            rest = after.get(2..).unwrap_or_default();
        } else {
            bytes.push(if *first == b'_' { b' ' } else { *first });
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn encoded_words_are_read_as_programs_write_them() {
        for (field, expected) in [
            ("plain \r\n words", "plain words"),
            ("=?iso-8859-1?Q?Ann_M=FCller?=", "Ann Müller"),
            (
                "=?utf-8?B?w4RuZGVydW5n?= =?utf-8?B?IGRlciBTYXR6dW5n?=",
                "Änderung der Satzung",
            ),
            // A character, and then a group of base64, cut in two.
            ("=?UTF-8?Q?Gr=C3?=\r\n =?utf-8?q?=BC=C3=9Fe?=", "Grüße"),
            ("=?utf-8?b?R3LDvM?= =?utf-8?b?OfZQ==?=", "Grüße"),
            ("=?utf-8?Q?one?==?utf-8?Q?_two?=", "one two"),
            ("=?utf-8?Q?with blanks=21?=", "with blanks!"),
            ("\"=?utf-8?Q?Bob_M=C3=BCller?=\"", "\"Bob Müller\""),
            ("Re: =?utf-8*de?Q?f=C3=BCr?= all", "Re: für all"),
            ("=?no-such-thing?Q?caf=C3=A9?=", "café"),
            ("=?utf-8?Q?=ZZ=?=", "=ZZ="),
            ("=?utf-8?X?what?=", "=?utf-8?X?what?="),
            ("=?utf-8?Q?never ends", "=?utf-8?Q?never ends"),
            ("1 =? 2", "1 =? 2"),
            ("=?utf-7?Q?+APw-ber?=", "über"),
        ] {
            assert_eq!(words(field), expected, "{field}");
        }
    }

    proptest! {
        #[test]
        fn any_field_is_read(field in "(=\\?|\\?=|\\?|utf-8|[bBqQ]|=C3|=|[A-Za-z0-9+/_ ]|é){0,40}") {
            words(&field);
        }
    }
}
