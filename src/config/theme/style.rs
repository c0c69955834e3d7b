//! A style, its colours, and how they are written.

use std::str::FromStr;

use super::super::nearest::or_nearest;

/// A colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Colour {
    /// The terminal's own, foreground or background.
    Default,
    /// One of the palette of 256; the first sixteen are whatever the terminal shows under their names.
    Indexed(u8),
    /// Red, green and blue.
    Rgb(u8, u8, u8),
}

/// The names of the first sixteen colours of the palette, in its order, without `bright-` for the second eight.
const NAMES: [&str; 8] = [
    "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white",
];

/// How a thing looks. What a style does not say stays as what is behind it has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "they are the terminal's attributes, and any of them go together"
)]
pub struct Style {
    /// The colour of the letters.
    pub foreground: Option<Colour>,
    /// The colour behind them.
    pub background: Option<Colour>,
    /// Bold.
    pub bold: bool,
    /// Fainter.
    pub dim: bool,
    /// Italic.
    pub italic: bool,
    /// Underlined.
    pub underline: bool,
    /// Foreground and background exchanged.
    pub reversed: bool,
    /// Struck out.
    pub strikethrough: bool,
}

/// What is no style, and why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct StyleError(pub(super) String);

impl FromStr for Style {
    type Err = StyleError;

    /// Reads a style such as `bold red on #202020`.
    ///
    /// # Errors
    ///
    /// A word is neither an attribute nor a colour, or a colour is given twice.
    fn from_str(text: &str) -> Result<Self, StyleError> {
        let mut style = Self::default();
        let mut words = text.split_whitespace();
        while let Some(word) = words.next() {
            match word {
                "plain" => {}
                "bold" => style.bold = true,
                "dim" => style.dim = true,
                "italic" => style.italic = true,
                "underline" => style.underline = true,
                "reversed" => style.reversed = true,
                "strikethrough" => style.strikethrough = true,
                "on" => {
                    let colour = words.next().unwrap_or_default();
                    once(&mut style.background, colour)?;
                }
                colour => once(&mut style.foreground, colour)?,
            }
        }
        Ok(style)
    }
}

fn once(place: &mut Option<Colour>, colour: &str) -> Result<(), StyleError> {
    let colour = colour.parse()?;
    if place.replace(colour).is_some() {
        return Err(StyleError(
            "a second colour; write `on` before the one behind".to_owned(),
        ));
    }
    Ok(())
}

impl FromStr for Colour {
    type Err = StyleError;

    fn from_str(text: &str) -> Result<Self, StyleError> {
        let found = if text == "default" {
            Some(Self::Default)
        } else if let Some(digits) = text.strip_prefix('#') {
            hex(digits)
        } else if let Ok(index) = text.parse() {
            Some(Self::Indexed(index))
        } else {
            let (bright, name) = match text.strip_prefix("bright-") {
                Some(name) => (8, name),
                None => (0, text),
            };
            let place = NAMES.iter().position(|known| *known == name);
            place.and_then(|place| u8::try_from(place + bright).ok().map(Self::Indexed))
        };
        found.ok_or_else(|| {
            let words = [
                "bold",
                "dim",
                "italic",
                "underline",
                "reversed",
                "strikethrough",
            ];
            let known = NAMES.into_iter().chain(words).chain(["default", "plain"]);
            StyleError(or_nearest(
                format!("there is no colour `{text}`"),
                text,
                known,
            ))
        })
    }
}

/// Reads `rrggbb`.
fn hex(digits: &str) -> Option<Colour> {
    if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let [_, red, green, blue] = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
    Some(Colour::Rgb(red, green, blue))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_style_is_read_from_its_words() {
        let plain = Style::default();
        for (text, style) in [
            ("", plain),
            ("plain", plain),
            (
                "bold red on #20Ff00",
                Style {
                    foreground: Some(Colour::Indexed(1)),
                    background: Some(Colour::Rgb(0x20, 0xff, 0)),
                    bold: true,
                    ..plain
                },
            ),
            (
                "dim italic bright-black",
                Style {
                    foreground: Some(Colour::Indexed(8)),
                    dim: true,
                    italic: true,
                    ..plain
                },
            ),
            (
                "on 240 underline reversed strikethrough default",
                Style {
                    foreground: Some(Colour::Default),
                    background: Some(Colour::Indexed(240)),
                    underline: true,
                    reversed: true,
                    strikethrough: true,
                    ..plain
                },
            ),
        ] {
            assert_eq!(text.parse(), Ok(style), "{text}");
        }
    }

    #[test]
    fn what_is_no_style_says_why() {
        for (text, message) in [
            ("gren", "there is no colour `gren`; did you mean `green`?"),
            (
                "blod red",
                "there is no colour `blod`; did you mean `bold`?",
            ),
            ("256", "there is no colour `256`"),
            ("#12345", "there is no colour `#12345`"),
            ("#é2345", "there is no colour `#é2345`"),
            ("red on", "there is no colour ``"),
            (
                "red blue",
                "a second colour; write `on` before the one behind",
            ),
        ] {
            let error = text.parse::<Style>().unwrap_err();
            assert_eq!(error.to_string(), message);
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text: String) {
            let _ = text.parse::<Style>();
        }
    }
}
