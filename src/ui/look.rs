//! A theme as ratatui has it, and the glyphs that are drawn: typographic ones, or such as every font has.

use ratatui::style::{Color, Modifier, Style};

pub(super) use crate::config::theme::Role;
use crate::config::theme::{self, Colour, Theme};
use crate::typeset;

/// How everything looks.
#[derive(Debug)]
pub struct Look {
    theme: Option<Theme>,
    /// Only ASCII is drawn, the documents' own text aside.
    pub(super) ascii: bool,
    pub(super) glyphs: &'static Glyphs,
}

/// What is drawn that is no text.
#[derive(Debug)]
pub(super) struct Glyphs {
    pub(super) chosen: &'static str,
    pub(super) excluded: &'static str,
    pub(super) unread: &'static str,
    pub(super) star: &'static str,
    /// A note of the reader's own, and the line at its left.
    pub(super) note: &'static str,
    pub(super) note_line: &'static str,
    pub(super) bar: &'static str,
    pub(super) rule: &'static str,
    pub(super) ellipsis: &'static str,
    pub(super) full: &'static str,
    pub(super) track: &'static str,
    pub(super) thumb: &'static str,
    pub(super) hit: &'static str,
    /// Below the bar of a timeline that has the cursor.
    pub(super) cursor: &'static str,
    /// A bar without height.
    pub(super) nothing: &'static str,
}

const UNICODE: Glyphs = Glyphs {
    chosen: "●",
    excluded: "−",
    unread: "•",
    star: "★",
    note: "✎",
    note_line: "┃",
    bar: "▌",
    rule: "│",
    ellipsis: "…",
    full: "█",
    track: "░",
    thumb: "▐",
    hit: "━",
    cursor: "▲",
    nothing: "·",
};

const ASCII: Glyphs = Glyphs {
    chosen: "*",
    excluded: "-",
    unread: "o",
    star: "*",
    note: "+",
    note_line: "|",
    bar: ">",
    rule: "|",
    ellipsis: "...",
    full: "#",
    track: ".",
    thumb: "#",
    hit: "=",
    cursor: "^",
    nothing: "_",
};

impl Look {
    /// Returns the look of a theme; without one everything is as the terminal has it.
    pub fn new(theme: Option<Theme>, ascii: bool) -> Self {
        Self {
            theme,
            ascii,
            glyphs: if ascii { &ASCII } else { &UNICODE },
        }
    }

    /// Returns the style of a role. It lies over what is behind: what it does not say stays.
    pub(super) fn style(&self, role: Role) -> Style {
        self.theme
            .as_ref()
            .map(|theme| convert(theme.style(role)))
            .unwrap_or_default()
    }

    /// Returns the glyphs that typesetting's prefixes are drawn with.
    pub(super) fn prefixes(&self) -> typeset::Glyphs {
        if self.ascii {
            typeset::Glyphs::Ascii
        } else {
            typeset::Glyphs::Unicode
        }
    }
}

fn convert(style: theme::Style) -> Style {
    let attributes = [
        (style.bold, Modifier::BOLD),
        (style.dim, Modifier::DIM),
        (style.italic, Modifier::ITALIC),
        (style.underline, Modifier::UNDERLINED),
        (style.reversed, Modifier::REVERSED),
        (style.strikethrough, Modifier::CROSSED_OUT),
    ];
    let modifiers = attributes
        .into_iter()
        .filter(|(on, _)| *on)
        .map(|(_, modifier)| modifier)
        .collect();
    let mut converted = Style::new().add_modifier(modifiers);
    converted.fg = style.foreground.map(colour);
    converted.bg = style.background.map(colour);
    converted
}

fn colour(colour: Colour) -> Color {
    match colour {
        Colour::Default => Color::Reset,
        Colour::Indexed(place) => Color::Indexed(place),
        Colour::Rgb(red, green, blue) => Color::Rgb(red, green, blue),
    }
}
