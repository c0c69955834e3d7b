//! A key as pressed, in the one form in which equal presses are equal, and its name.
//!
//! Terminals send the same press in different ways, and different presses in the same way. [`Key::new`] levels them:
//! Shift with a letter is the capital, Shift with a sign is the sign; Ctrl-h is Backspace, Ctrl-i Tab, Ctrl-m Enter,
//! Ctrl-\[ Esc, since the terminal's bytes for them are the same.

use std::fmt;
use std::str::FromStr;

use super::super::nearest::or_nearest;

/// A key with the modifiers held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    code: Code,
    held: Modifiers,
}

/// The modifiers held with a key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "each is what stands on the key")]
pub struct Modifiers {
    pub ctrl: bool,
    pub alt: bool,
    pub shift: bool,
}

/// Which key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "each is what stands on the key")]
pub enum Code {
    Char(char),
    Enter,
    Esc,
    Tab,
    Backspace,
    Delete,
    Insert,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    /// A function key, from 1.
    F(u8),
}

/// The names of keys that are no characters. The first of a key is how it is written; the others are read too.
const NAMES: [(&str, Code); 25] = [
    ("space", Code::Char(' ')),
    ("enter", Code::Enter),
    ("return", Code::Enter),
    ("esc", Code::Esc),
    ("escape", Code::Esc),
    ("tab", Code::Tab),
    ("backspace", Code::Backspace),
    ("delete", Code::Delete),
    ("del", Code::Delete),
    ("insert", Code::Insert),
    ("ins", Code::Insert),
    ("up", Code::Up),
    ("down", Code::Down),
    ("left", Code::Left),
    ("right", Code::Right),
    ("home", Code::Home),
    ("end", Code::End),
    ("pgup", Code::PageUp),
    ("pageup", Code::PageUp),
    ("page-up", Code::PageUp),
    ("pgdn", Code::PageDown),
    ("pgdown", Code::PageDown),
    ("pagedown", Code::PageDown),
    ("page-down", Code::PageDown),
    ("minus", Code::Char('-')),
];

/// A name that no key has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct KeyError(String);

impl Key {
    /// Returns the key without modifiers.
    pub fn plain(code: Code) -> Self {
        Self::new(code, Modifiers::default())
    }

    /// Returns the key with the modifiers held, levelled as this file's page says.
    pub fn new(code: Code, held: Modifiers) -> Self {
        let Code::Char(char) = code else {
            return Self { code, held };
        };
        let bare = Modifiers {
            ctrl: false,
            shift: false,
            ..held
        };
        let (code, held) = match char.to_ascii_lowercase() {
            'h' if held.ctrl => (Code::Backspace, bare),
            'i' if held.ctrl => (Code::Tab, bare),
            'm' if held.ctrl => (Code::Enter, bare),
            '[' if held.ctrl => (Code::Esc, bare),
            lower if held.ctrl => (Code::Char(lower), Modifiers { ctrl: true, ..bare }),
            ' ' => (code, held),
            _ if held.shift => (Code::Char(capital(char)), bare),
            _ => (code, held),
        };
        Self { code, held }
    }

    /// Returns which key it is.
    pub fn code(self) -> Code {
        self.code
    }

    /// Returns the character that it types into a field, or nothing for a key that types none.
    pub fn typed(self) -> Option<char> {
        match self.code {
            Code::Char(char) if !self.held.ctrl && !self.held.alt => Some(char),
            _ => None,
        }
    }
}

/// Returns the capital of a letter, where it is a single character: `ß` stays.
fn capital(char: char) -> char {
    let mut upper = char.to_uppercase();
    match (upper.next(), upper.next()) {
        (Some(upper), None) => upper,
        _ => char,
    }
}

impl FromStr for Key {
    type Err = KeyError;

    /// Reads a name such as `j`, `G`, `?`, `ctrl-d`, `shift-tab`, `pgdn` or `f1`.
    ///
    /// # Errors
    ///
    /// No key has this name; the message says which is nearest.
    fn from_str(name: &str) -> Result<Self, KeyError> {
        let mut held = Modifiers::default();
        let mut rest = name;
        while let Some((modifier, after)) =
            rest.split_once('-').filter(|(_, rest)| !rest.is_empty())
        {
            match modifier.to_ascii_lowercase().as_str() {
                "ctrl" => held.ctrl = true,
                "alt" => held.alt = true,
                "shift" => held.shift = true,
                _ => break,
            }
            rest = after;
        }
        match code(rest) {
            Some(code) => Ok(Self::new(code, held)),
            None => Err(KeyError(or_nearest(
                format!("there is no key `{name}`"),
                rest,
                NAMES.iter().map(|(name, _)| *name),
            ))),
        }
    }
}

/// Returns the key of a name without modifiers.
fn code(name: &str) -> Option<Code> {
    let mut chars = name.chars();
    if let (Some(char), None) = (chars.next(), chars.next()) {
        return (!char.is_control()).then_some(Code::Char(char));
    }
    let name = name.to_ascii_lowercase();
    let function = name
        .strip_prefix('f')
        .and_then(|number| number.parse().ok());
    match function {
        Some(number @ 1..=12) => Some(Code::F(number)),
        _ => NAMES
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, code)| *code),
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, name) in [
            (self.held.ctrl, "ctrl-"),
            (self.held.alt, "alt-"),
            (self.held.shift, "shift-"),
        ] {
            if held {
                f.write_str(name)?;
            }
        }
        let named = NAMES.iter().find(|(_, code)| *code == self.code);
        match (self.code, named) {
            (Code::Char('-'), _) => f.write_str("-"),
            (_, Some((name, _))) => f.write_str(name),
            (Code::Char(char), None) => write!(f, "{char}"),
            (Code::F(number), None) => write!(f, "f{number}"),
            (code, None) => write!(f, "{code:?}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_name_is_read_and_written_in_one_form() {
        for (name, written) in [
            ("j", "j"),
            ("G", "G"),
            ("shift-g", "G"),
            ("shift-é", "É"),
            ("shift-ß", "ß"),
            ("?", "?"),
            ("shift-?", "?"),
            ("-", "-"),
            ("minus", "-"),
            ("ctrl--", "ctrl--"),
            ("space", "space"),
            (" ", "space"),
            ("shift-space", "shift-space"),
            ("Ctrl-D", "ctrl-d"),
            ("ctrl-shift-d", "ctrl-d"),
            ("alt-b", "alt-b"),
            ("alt-ctrl-b", "ctrl-alt-b"),
            ("alt-B", "alt-B"),
            ("shift-tab", "shift-tab"),
            ("ctrl-i", "tab"),
            ("ctrl-h", "backspace"),
            ("ctrl-m", "enter"),
            ("ctrl-[", "esc"),
            ("Enter", "enter"),
            ("PageDown", "pgdn"),
            ("page-down", "pgdn"),
            ("shift-left", "shift-left"),
            ("F1", "f1"),
            ("f12", "f12"),
            ("f", "f"),
        ] {
            let key: Key = name.parse().unwrap();
            assert_eq!(key.to_string(), written, "{name}");
        }
    }

    #[test]
    fn what_is_no_key_says_what_is_near() {
        for (name, message) in [
            ("pagdn", "there is no key `pagdn`; did you mean `pgdn`?"),
            (
                "ctrl-entre",
                "there is no key `ctrl-entre`; did you mean `enter`?",
            ),
            ("f13", "there is no key `f13`"),
            ("", "there is no key ``"),
            ("jj", "there is no key `jj`"),
            ("ctrl-", "there is no key `ctrl-`"),
            ("\u{7}", "there is no key `\u{7}`"),
        ] {
            let error = name.parse::<Key>().unwrap_err();
            assert_eq!(error.to_string(), message);
        }
    }

    #[test]
    fn only_a_bare_character_is_typed() {
        for (name, typed) in [
            ("a", Some('a')),
            ("space", Some(' ')),
            ("ctrl-a", None),
            ("alt-a", None),
            ("enter", None),
        ] {
            assert_eq!(name.parse::<Key>().unwrap().typed(), typed, "{name}");
        }
    }

    proptest! {
        #[test]
        fn every_key_is_read_back_from_its_name(
            char in "[^\\p{Cc}]", ctrl: bool, alt: bool, shift: bool
        ) {
            let code = Code::Char(char.chars().next().unwrap_or('x'));
            let key = Key::new(code, Modifiers { ctrl, alt, shift });
            prop_assert_eq!(key.to_string().parse(), Ok(key));
        }

        #[test]
        fn any_name_is_read_or_refused(name: String) {
            if let Ok(key) = name.parse::<Key>() {
                prop_assert_eq!(key.to_string().parse(), Ok(key));
            }
        }
    }
}
