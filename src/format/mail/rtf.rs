//! The text that Outlook packs as RTF (MS-OXRTFCP): often HTML in disguise (MS-OXRTFEX), which is then given back.
//!
//! Of RTF itself (version 1.9.1) the words and the ends of paragraphs are taken, not their dress.

use super::tnef::{Said, label};
use crate::format::encoding;

/// What the window of the packed form begins with.
const WINDOW: &[u8] = b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \
    \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\
    \\b\\i\\u\\tab\\tx";

/// How long that window is, in bytes.
const SIZE: usize = 4096;

/// Groups of RTF that hold no text, beside those that are marked as such.
const HIDDEN: [&[u8]; 14] = [
    b"colortbl",
    b"fonttbl",
    b"footer",
    b"footerf",
    b"footerl",
    b"footerr",
    b"header",
    b"headerf",
    b"headerl",
    b"headerr",
    b"info",
    b"object",
    b"pict",
    b"stylesheet",
];

/// Words of RTF that are characters.
const CHARACTERS: [(&[u8], char); 12] = [
    (b"par", '\n'),
    (b"line", '\n'),
    (b"sect", '\n'),
    (b"row", '\n'),
    (b"tab", '\t'),
    (b"cell", '\t'),
    (b"emdash", '—'),
    (b"endash", '–'),
    (b"bullet", '•'),
    (b"lquote", '‘'),
    (b"rquote", '’'),
    (b"ldblquote", '“'),
];

/// Unpacks RTF, as far as it is sound; nothing comes of what is packed otherwise.
pub(super) fn unpacked(bytes: &[u8]) -> Option<Vec<u8>> {
    let (head, packed) = bytes.split_at_checked(16)?;
    let (_, size) = head.split_at_checked(4)?;
    let size = u32::from_le_bytes(*size.first_chunk()?) as usize;
    match head.get(8..12)? {
        b"MELA" => Some(packed.get(..size).unwrap_or(packed).to_vec()),
        b"LZFu" => Some(expanded(packed, size)),
        _ => None,
    }
}

/// Undoes the packing: eight signs in a byte say which of the next are characters, and which lead to a piece of the
/// window. A sign of one bit and two bytes stand for seventeen at most, so that there is no bomb in it.
fn expanded(packed: &[u8], most: usize) -> Vec<u8> {
    let mut window = [0; SIZE];
    let mut at = WINDOW.len();
    for (slot, byte) in window.iter_mut().zip(WINDOW) {
        *slot = *byte;
    }
    let mut text = Vec::new();
    let mut bytes = packed.iter().copied();
    let mut write = |byte: u8, at: &mut usize, window: &mut [u8; SIZE]| {
        text.push(byte);
        if let Some(slot) = window.get_mut(*at) {
            *slot = byte;
        }
        *at = (*at + 1) % SIZE;
        text.len() < most
    };
    'all: while let Some(signs) = bytes.next() {
        for sign in 0..8 {
            let Some(first) = bytes.next() else {
                break 'all;
            };
            if signs >> sign & 1 == 0 {
                if !write(first, &mut at, &mut window) {
                    break 'all;
                }
                continue;
            }
            let Some(second) = bytes.next() else {
                break 'all;
            };
            let reference = usize::from(u16::from_be_bytes([first, second]));
            let from = reference >> 4;
            if from == at {
                break 'all;
            }
            for place in from..from + (reference & 15) + 2 {
                let byte = window.get(place % SIZE).copied().unwrap_or_default();
                if !write(byte, &mut at, &mut window) {
                    break 'all;
                }
            }
        }
    }
    text
}

/// Returns what RTF says; nothing where it has no word.
pub(super) fn said(rtf: &[u8]) -> Option<Said> {
    let mut reader = Reader::default();
    let mut rest = rtf;
    while let Some((first, after)) = rest.split_first() {
        rest = match first {
            b'{' => reader.open(after),
            b'}' => reader.close(after),
            b'\\' => reader.control(after),
            b'\r' | b'\n' => after,
            byte => {
                reader.byte(*byte);
                after
            }
        };
    }
    reader.flush();
    let is_empty = reader.text.trim().is_empty();
    let said = if reader.is_html {
        Said::Html
    } else {
        Said::Plain
    };
    (!is_empty).then(|| said(reader.text))
}

/// What holds within a group.
#[derive(Clone, Copy, Debug)]
struct Group {
    /// It holds no text.
    is_hidden: bool,
    /// It is a piece of HTML.
    is_tag: bool,
    /// What stands here is what the HTML became in RTF.
    is_double: bool,
    /// How many characters follow one by its number, for who does not know that one.
    instead: u8,
}

/// RTF on its way to being a text.
struct Reader {
    text: String,
    /// What came in the encoding of the file, and what came in UTF-16, of which one is empty.
    bytes: Vec<u8>,
    wide: Vec<u16>,
    encoding: Option<String>,
    is_html: bool,
    group: Group,
    around: Vec<Group>,
    /// The next word names a group that may be left out.
    may_hide: bool,
    /// How many characters are still to be passed over.
    passed: u8,
}

impl Default for Reader {
    fn default() -> Self {
        Self {
            text: String::new(),
            bytes: Vec::new(),
            wide: Vec::new(),
            encoding: label(1252),
            is_html: false,
            group: Group {
                is_hidden: false,
                is_tag: false,
                is_double: false,
                instead: 1,
            },
            around: Vec::new(),
            may_hide: false,
            passed: 0,
        }
    }
}

impl Reader {
    fn open<'r>(&mut self, rest: &'r [u8]) -> &'r [u8] {
        self.around.push(self.group);
        (self.may_hide, self.passed) = (false, 0);
        rest
    }

    fn close<'r>(&mut self, rest: &'r [u8]) -> &'r [u8] {
        self.group = self.around.pop().unwrap_or(self.group);
        (self.may_hide, self.passed) = (false, 0);
        rest
    }

    /// Takes in what stands behind a `\`, and returns what follows it.
    fn control<'r>(&mut self, rest: &'r [u8]) -> &'r [u8] {
        let length = rest
            .iter()
            .take_while(|byte| byte.is_ascii_alphabetic())
            .count();
        let (word, after) = rest.split_at(length);
        if !word.is_empty() {
            let (number, after) = number(after);
            let after = after.strip_prefix(b" ").unwrap_or(after);
            return self.word(word, number, after);
        }
        let Some((sign, after)) = rest.split_first() else {
            return rest;
        };
        match sign {
            b'\'' => {
                let digits = after
                    .get(..2)
                    .and_then(|digits| std::str::from_utf8(digits).ok());
                if let Some(byte) = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
                    self.byte(byte);
                    return after.get(2..).unwrap_or_default();
                }
            }
            b'*' => self.may_hide = true,
            b'~' => self.character('\u{a0}'),
            b'_' => self.character('-'),
            b'\r' | b'\n' => self.character('\n'),
            b'{' | b'}' | b'\\' => self.byte(*sign),
            _ => {}
        }
        after
    }

    /// Takes in a word with its number, and returns what follows it.
    fn word<'r>(&mut self, word: &[u8], number: Option<i32>, rest: &'r [u8]) -> &'r [u8] {
        let may_hide = std::mem::take(&mut self.may_hide);
        match word {
            b"htmltag" if self.is_html => {
                self.flush();
                self.group.is_tag = true;
            }
            _ if may_hide || HIDDEN.contains(&word) => self.group.is_hidden = true,
            b"fromhtml" => self.is_html = true,
            b"htmlrtf" => self.group.is_double = number != Some(0),
            b"ansicpg" => {
                let page = number.and_then(|number| u32::try_from(number).ok());
                self.encoding = page.and_then(label).or(self.encoding.take());
            }
            b"uc" => {
                self.group.instead = number
                    .and_then(|number| u8::try_from(number).ok())
                    .unwrap_or(1);
            }
            b"u" => {
                if self.shows()
                    && let Some(number) = number
                {
                    self.flush_bytes();
                    // Numbers beyond 15 bits are written as negative ones.
                    let number = number.rem_euclid(1 << 16);
                    self.wide.extend(u16::try_from(number));
                }
                self.passed = self.group.instead;
            }
            b"bin" => {
                let length = number.and_then(|number| usize::try_from(number).ok());
                return rest.get(length.unwrap_or_default()..).unwrap_or_default();
            }
            b"rdblquote" => self.character('”'),
            _ => {
                if let Some((_, character)) = CHARACTERS.iter().find(|(name, _)| *name == word) {
                    self.character(*character);
                }
            }
        }
        rest
    }

    /// Returns whether what stands here is a part of the text.
    fn shows(&self) -> bool {
        let Group {
            is_hidden,
            is_tag,
            is_double,
            ..
        } = self.group;
        !is_hidden && (!self.is_html || is_tag || !is_double)
    }

    fn byte(&mut self, byte: u8) {
        self.may_hide = false;
        if self.passed > 0 {
            self.passed -= 1;
        } else if self.shows() {
            self.flush_wide();
            self.bytes.push(byte);
        }
    }

    fn character(&mut self, character: char) {
        if self.shows() {
            self.flush();
            self.text.push(character);
        }
    }

    fn flush(&mut self) {
        self.flush_bytes();
        self.flush_wide();
    }

    fn flush_bytes(&mut self) {
        if !self.bytes.is_empty() {
            let decoded = encoding::decode(&self.bytes, self.encoding.as_deref());
            self.text.push_str(&decoded.text);
            self.bytes.clear();
        }
    }

    fn flush_wide(&mut self) {
        let wide = char::decode_utf16(self.wide.drain(..));
        self.text
            .extend(wide.map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)));
    }
}

/// Returns the number that stands behind a word, and what follows it.
fn number(bytes: &[u8]) -> (Option<i32>, &[u8]) {
    let sign = usize::from(bytes.starts_with(b"-"));
    let digits = bytes
        .iter()
        .skip(sign)
        .take_while(|byte| byte.is_ascii_digit());
    let (number, after) = bytes.split_at(sign + digits.count());
    let number = std::str::from_utf8(number)
        .ok()
        .and_then(|number| number.parse().ok());
    (number, after)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn plain(rtf: &str) -> String {
        match said(rtf.as_bytes()) {
            Some(Said::Plain(text)) => text,
            other => panic!("{rtf}: {other:?}"),
        }
    }

    #[test]
    fn rtf_gives_its_words() {
        for (rtf, expected) in [
            (
                r"{\rtf1\ansi{\fonttbl{\f0 Arial;}}\f0 On \b trust\b0 .\par It is.}",
                "On trust.\nIt is.",
            ),
            (r"{\rtf1\ansi\ansicpg1251 \'cc\'e8\'f0}", "Мир"),
            (r"{\rtf1 Gr\u252?\'dfe\u-10179?\u-8704?}", "Grüße😀"),
            (r"{\rtf1\uc2 \u8364 xyz}", "€z"),
            (
                r"{\rtf1{\*\generator Riched;}{\pict\bin4 }{}}}a\{b\}\~c\\}",
                "a{b}\u{a0}c\\",
            ),
            ("{\\rtf1 a\r\nb\\tab c\\emdash d}", "ab\tc—d"),
        ] {
            assert_eq!(plain(rtf), expected, "{rtf}");
        }
        assert_eq!(said(br"{\rtf1\par }"), None);
    }

    #[test]
    fn html_in_disguise_is_given_back() {
        let rtf = r"{\rtf1\ansi\fromhtml1 {\*\htmltag19 <html>}{\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 On {\*\htmltag84 <b>}\htmlrtf {\b\htmlrtf0 trust{\*\htmltag92 </b>}\htmlrtf }\htmlrtf0 {\*\htmltag84 &lt;}\htmlrtf <\htmlrtf0 .\htmlrtf\par}\htmlrtf0{\*\htmltag72 </p>}}";
        let html = "<html><p>On <b>trust</b>&lt;.</p>";
        assert_eq!(said(rtf.as_bytes()), Some(Said::Html(html.to_owned())));
    }

    fn packed(kind: [u8; 4], size: u32, bytes: &[u8]) -> Vec<u8> {
        [&[0; 4][..], &size.to_le_bytes(), &kind, &[0; 4], bytes].concat()
    }

    #[test]
    fn packed_rtf_is_unpacked() {
        assert_eq!(WINDOW.len(), 207);
        // The example of MS-OXRTFCP, 4.1.1.
        let example = b"\x03\x00\x0a\x00rcpg125\x42\x32\x0a\xf3\x20\x68\x65\x6c\x09\x00\x20\x62\x77\x05\xb0\x6c\x64\x7d\x0a\x80\x0f\xa0";
        let rtf = b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n";
        assert_eq!(
            unpacked(&packed(*b"LZFu", 43, example)).as_deref(),
            Some(&rtf[..])
        );
        assert_eq!(
            unpacked(&packed(*b"MELA", 3, b"abcd")).as_deref(),
            Some(&b"abc"[..])
        );
        assert_eq!(unpacked(&packed(*b"nope", 3, b"abcd")), None);
        // Four times itself, and more than is said never comes.
        let repeated = packed(*b"LZFu", 12, b"\x02a\x0c\xff");
        assert_eq!(unpacked(&repeated).unwrap(), [b'a'; 12]);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read(
            rtf in "(\\\\(\\*|u-?[0-9]{1,6}|uc[0-9]|'[0-9a-f]{2}|bin9|par|htmltag|htmlrtf0?|fromhtml1|pict)|[{} a-z\n]|é){0,60}",
            bytes in proptest::collection::vec(any::<u8>(), 0..100),
        ) {
            said(rtf.as_bytes());
            said(&bytes);
            let text = unpacked(&packed(*b"LZFu", u32::MAX, &bytes)).unwrap();
            prop_assert!(text.len() <= 9 * bytes.len());
        }
    }
}
