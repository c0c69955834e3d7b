//! How things look: a style for each role, by theme.
//!
//! `assets/themes.toml` has the themes that come with the program; a person's file changes them or adds its own. Roles
//! say what a thing is, never where it stands, so that a page and a list agree.

mod style;

pub use style::{Colour, Style, StyleError};

use toml::de::DeTable;

use super::Warning;
use super::nearest::or_nearest;
use super::reading::{Entry, Reading, entries};

/// The file's name, in `assets/` and among a person's settings.
pub const FILE: &str = "themes.toml";

const DEFAULTS: &str = include_str!("../../../assets/themes.toml");

/// The theme without colours.
pub const MONO: &str = "mono";

/// What a theme that names no other has its missing styles from.
const BASE: &str = "default";

// One list for the type, the names and their order: three that could drift apart.
macro_rules! roles {
    ($($(#[$doc:meta])* $role:ident = $name:literal,)*) => {
        /// What a thing on the screen is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Role { $($(#[$doc])* $role,)* }

        impl Role {
            /// Every role, in the order in which the file explains them.
            pub const ALL: &[Self] = &[$(Self::$role,)*];

            /// Returns the name used in files.
            pub fn name(self) -> &'static str {
                match self { $(Self::$role => $name,)* }
            }
        }
    };
}

roles! {
    /// Running text, and the whole screen behind it.
    Text = "text",
    /// What stands back: authors, dates, hints.
    Dim = "dim",
    /// The one colour that draws the eye.
    Accent = "accent",
    /// The title of a document.
    Title = "title",
    /// The lines under a title that say what the text is about.
    Standfirst = "standfirst",
    /// A heading within the text.
    Heading = "heading",
    /// Emphasis.
    Emphasis = "emphasis",
    /// Strong emphasis.
    Strong = "strong",
    /// Code.
    Code = "code",
    /// Struck-out text.
    Deleted = "deleted",
    /// A link.
    Link = "link",
    /// A quotation.
    Quotation = "quotation",
    /// Who wrote it, at the end of a text.
    Credit = "credit",
    /// A line that parts things.
    Rule = "rule",
    /// A word that was looked for.
    Hit = "hit",
    /// The hit that `n` went to.
    HitCurrent = "hit-current",
    /// The selected row of the pane that has the keys.
    Selected = "selected",
    /// The selected row of another pane.
    SelectedBlurred = "selected-blurred",
    /// A value of a facet that was chosen.
    Chosen = "chosen",
    /// A value of a facet that was excluded.
    Excluded = "excluded",
    /// The mark of what was not read yet.
    Unread = "unread",
    /// The mark of what was starred.
    Star = "star",
    /// What is typed into a field.
    Field = "field",
    /// A clause shown beside the field.
    Chip = "chip",
    /// The status line.
    Status = "status",
    /// A key in a hint.
    Key = "key",
    /// Something that was not understood.
    Warning = "warning",
    /// Something that went wrong.
    Error = "error",
    /// The groove of a scroll bar.
    ScrollTrack = "scroll-track",
    /// The part of a scroll bar that is in view.
    ScrollThumb = "scroll-thumb",
    /// The place of a hit in a scroll bar.
    ScrollHit = "scroll-hit",
}

impl Role {
    fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|role| role.name() == name)
    }
}

/// A style for every role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Its name.
    pub name: String,
    /// By [`Role`], in the order of [`Role::ALL`].
    styles: Vec<Style>,
}

impl Theme {
    /// Returns a theme that leaves everything as the terminal has it.
    fn plain(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            styles: vec![Style::default(); Role::ALL.len()],
        }
    }

    fn set<'a>(&mut self, entry: Entry<'_, 'a>, reading: &mut Reading<'a>) {
        let Some(text) = reading.string(entry) else {
            return;
        };
        let Some(role) = Role::from_name(entry.name) else {
            let message = format!("there is no role `{}`", entry.name);
            let roles = Role::ALL.iter().map(|role| role.name());
            return reading.warn(entry.at, or_nearest(message, entry.name, roles));
        };
        match (text.parse(), self.styles.get_mut(role as usize)) {
            (Ok(style), Some(place)) => *place = style,
            (Err(StyleError(message)), _) => reading.warn(entry.at, message),
            (Ok(_), None) => {}
        }
    }

    /// Returns the style of a role. It lies over what is behind: what it does not say stays.
    pub fn style(&self, role: Role) -> Style {
        self.styles.get(role as usize).copied().unwrap_or_default()
    }
}

/// The themes there are, in the order of the files; never none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Themes {
    list: Vec<Theme>,
}

impl Themes {
    /// Returns the themes that come with the program, with a person's own laid over them.
    pub fn load(personal: Option<&str>) -> (Self, Vec<Warning>) {
        let mut themes = Self { list: Vec::new() };
        let mut warnings = Vec::new();
        for text in [Some(DEFAULTS), personal].into_iter().flatten() {
            let (table, mut reading) = Reading::parse(FILE, text);
            themes.lay_over(&table, &mut reading);
            warnings.extend(reading.into_warnings());
        }
        if themes.list.is_empty() {
            themes.list.push(Theme::plain(BASE));
        }
        (themes, warnings)
    }

    fn lay_over<'a>(&mut self, table: &DeTable<'a>, reading: &mut Reading<'a>) {
        for entry in entries(table) {
            if let Some(styles) = reading.table(entry) {
                let theme = self.read(entry.name, styles, reading);
                match self.list.iter_mut().find(|other| other.name == theme.name) {
                    Some(other) => *other = theme,
                    None => self.list.push(theme),
                }
            }
        }
    }

    /// Reads one theme: what the theme of its name has, or the one that it inherits, with what the table says over it.
    fn read<'a>(&self, name: &str, table: &DeTable<'a>, reading: &mut Reading<'a>) -> Theme {
        let (inherits, styles): (Vec<_>, Vec<_>) = entries(table)
            .into_iter()
            .partition(|entry| entry.name == "inherits");
        let inherited = inherits
            .first()
            .and_then(|entry| self.inherited(*entry, reading));
        let base = inherited
            .or_else(|| self.get(name))
            .or_else(|| self.get(BASE));
        let mut theme = base.cloned().unwrap_or_else(|| Theme::plain(name));
        name.clone_into(&mut theme.name);
        for entry in styles {
            theme.set(entry, reading);
        }
        theme
    }

    fn inherited<'a>(&self, entry: Entry<'_, 'a>, reading: &mut Reading<'a>) -> Option<&Theme> {
        let name = reading.string(entry)?;
        let theme = self.get(name);
        if theme.is_none() {
            reading.warn(entry.at, self.unknown(name));
        }
        theme
    }

    fn unknown(&self, name: &str) -> String {
        let names = self.list.iter().map(|theme| theme.name.as_str());
        or_nearest(format!("there is no theme `{name}`"), name, names)
    }

    /// Returns the theme of that name.
    pub fn get(&self, name: &str) -> Option<&Theme> {
        self.list.iter().find(|theme| theme.name == name)
    }

    /// Returns the themes, in the order of the files.
    pub fn iter(&self) -> impl Iterator<Item = &Theme> {
        self.list.iter()
    }

    /// Returns the theme after the one of that name, the first after the last.
    pub fn after(&self, name: &str) -> Option<&Theme> {
        let place = self.list.iter().position(|theme| theme.name == name);
        let next = place.map_or(0, |place| place + 1);
        self.list.get(next).or_else(|| self.list.first())
    }

    /// Warns where the settings name a theme that is not there.
    pub(super) fn check(&self, name: &str) -> Option<Warning> {
        self.get(name).is_none().then(|| Warning {
            source: super::settings::FILE.to_owned(),
            place: "theme".to_owned(),
            message: self.unknown(name),
        })
    }
}

#[cfg(test)]
mod tests;
