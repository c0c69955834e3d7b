//! What lies over the panes: help, outline, links, the menu of what to copy, and lines that ask for something.

use super::{ACTIONS, Action, App, Area, FIELDS, Form, Line, Pane};
use crate::config::keys::Key;
use crate::document::DocumentId;
use crate::text::{cells, sanitize};

/// How deep lines of the outline are indented.
const DEEPEST: u8 = 10;

/// What lies over the panes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Overlay {
    /// The keys of a pane; `top` is the first line in sight.
    Help {
        /// The pane's table in `keys.toml`.
        pane: &'static str,
        /// The first line in sight.
        top: usize,
    },
    /// Headings and parts of the document.
    Outline {
        /// The line chosen.
        selected: usize,
    },
    /// Links of the document.
    Links {
        /// The line chosen.
        selected: usize,
        /// The digits typed so far.
        digits: String,
    },
    /// The files that could not be read.
    Failures {
        /// The first line in sight.
        top: usize,
    },
    /// What to copy.
    Copy,
    /// A line that asks for something.
    Ask {
        /// What for.
        ask: Ask,
        /// What was typed.
        line: Line,
        /// The line chosen among those below it.
        selected: usize,
        /// The names that a path was completed from.
        offered: Vec<String>,
    },
    /// Whether a document is to be hidden.
    Hide {
        /// Which.
        id: DocumentId,
        /// What it is called.
        title: String,
    },
    /// What is said of a document, to be put right.
    Form(Form),
}

/// What a line asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Words to find in this document.
    Find,
    /// A file to write.
    Save,
    /// A command to run.
    Pipe,
    /// An action by its name.
    Palette,
    /// A file or folder to add.
    Add,
}

impl Ask {
    /// Returns what stands before the line.
    pub fn label(self) -> &'static str {
        match self {
            Self::Find => "find in this document",
            Self::Save => "save the text to",
            Self::Pipe => "send the text to",
            Self::Palette => "do",
            Self::Add => "add a file or a folder",
        }
    }
}

/// A line of an overlay.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OverlayLine {
    /// Keys, a number, or the depth of a heading in blanks.
    pub left: String,
    /// What it is.
    pub text: String,
    /// It names what follows and cannot be chosen.
    pub heading: bool,
}

impl Overlay {
    /// Returns its table in `keys.toml`.
    pub fn key_pane(&self) -> &'static str {
        match self {
            Self::Help { .. }
            | Self::Failures { .. }
            | Self::Outline { .. }
            | Self::Links { .. } => "overlay",
            Self::Copy => "copy",
            Self::Hide { .. } => "confirm",
            Self::Ask { .. } | Self::Form(_) => "prompt",
        }
    }

    /// Returns what stands at its top.
    pub fn title(&self) -> String {
        match self {
            Self::Help { pane, .. } => format!("keys · {pane}"),
            Self::Failures { .. } => "not read".to_owned(),
            Self::Outline { .. } => "outline".to_owned(),
            Self::Links { digits, .. } if digits.is_empty() => "links".to_owned(),
            Self::Links { digits, .. } => format!("links · {digits}"),
            Self::Copy => "copy".to_owned(),
            Self::Ask { ask, .. } => ask.label().to_owned(),
            Self::Hide { .. } => "hide this document?".to_owned(),
            Self::Form(_) => "put right · emptied, the title is the source's again".to_owned(),
        }
    }

    /// Returns the place of the line chosen.
    pub fn selected(&self) -> Option<usize> {
        match self {
            Self::Outline { selected }
            | Self::Links { selected, .. }
            | Self::Ask {
                ask: Ask::Palette,
                selected,
                ..
            } => Some(*selected),
            _ => None,
        }
    }

    /// Returns the line that is being typed.
    pub fn line(&self) -> Option<&Line> {
        match self {
            Self::Ask { line, .. } => Some(line),
            _ => None,
        }
    }
}

impl App {
    /// Returns the lines of the overlay.
    pub fn overlay_lines(&self) -> Vec<OverlayLine> {
        match &self.overlay {
            Some(Overlay::Help { pane, .. }) => self.help_lines(pane),
            Some(Overlay::Failures { .. }) => self.failure_lines(),
            Some(Overlay::Outline { .. }) => self.outline_lines(),
            Some(Overlay::Links { .. }) => self.link_lines(),
            Some(Overlay::Copy) => self.key_lines("copy", "copy"),
            Some(Overlay::Ask {
                ask: Ask::Palette,
                line,
                ..
            }) => Self::palette(line.text())
                .into_iter()
                .map(|action| self.action_line(action))
                .collect(),
            Some(Overlay::Ask { offered, .. }) => {
                let line = |name: &String| OverlayLine {
                    text: sanitize::clean(name).into_owned(),
                    ..OverlayLine::default()
                };
                offered.iter().map(line).collect()
            }
            Some(Overlay::Hide { title, .. }) => {
                let mut lines = vec![OverlayLine {
                    text: title.clone(),
                    heading: true,
                    ..OverlayLine::default()
                }];
                lines.extend(self.key_lines("confirm", "confirm"));
                lines
            }
            Some(Overlay::Form(form)) => {
                let fields = FIELDS.iter().zip(&form.lines);
                let line = |(name, line): (&&str, &Line)| OverlayLine {
                    left: (*name).to_owned(),
                    text: line.text().to_owned(),
                    heading: false,
                };
                fields.map(line).collect()
            }
            None => Vec::new(),
        }
    }

    /// Returns where the overlay stands: centred, as large as its lines need and the screen allows.
    pub fn overlay_area(&self, lines: &[OverlayLine]) -> Area {
        let (columns, rows) = self.size;
        let left = lines
            .iter()
            .map(|line| cells::width(&line.left))
            .max()
            .unwrap_or(0);
        let text = lines
            .iter()
            .map(|line| cells::width(&line.text))
            .max()
            .unwrap_or(0);
        let asks = self
            .overlay
            .as_ref()
            .is_some_and(|overlay| overlay.line().is_some());
        let is_form = matches!(self.overlay, Some(Overlay::Form(_)));
        let least = match (is_form, asks) {
            (true, _) => 80,
            (false, true) => 60,
            (false, false) => 30,
        };
        let wanted = (left + text + 8).clamp(least, 90) as u16;
        let width = wanted.min(columns.saturating_sub(4));
        let inner = lines.len() + usize::from(asks);
        let height = (inner + 2).min(usize::from(rows.saturating_sub(2))) as u16;
        Area {
            x: (columns - width) / 2,
            y: (rows - height) / 3 + 1,
            width,
            height,
        }
    }

    /// Returns the actions that the palette offers for what was typed: every word must be in name or help.
    pub(super) fn palette(typed: &str) -> Vec<Action> {
        let typed = typed.to_lowercase();
        let fits = |text: &str| typed.split_whitespace().all(|word| text.contains(word));
        let offered = ACTIONS.iter().filter(|entry| !entry.action.edits_line());
        let offered = offered.filter(|entry| {
            !matches!(
                entry.action,
                Action::Accept | Action::Complete | Action::Leave | Action::Palette
            )
        });
        offered
            .filter(|entry| fits(&format!("{} {}", entry.name, entry.help)))
            .map(|entry| entry.action)
            .collect()
    }

    fn action_line(&self, action: Action) -> OverlayLine {
        let entry = action.entry();
        OverlayLine {
            left: self.keys_of(action),
            text: format!("{} ({})", entry.help, entry.name),
            heading: false,
        }
    }

    /// Returns the keys of an action in the pane that has the keys now, else everywhere.
    pub fn keys_of(&self, action: Action) -> String {
        let name = action.entry().name;
        let pane = self.keymap.keys(self.behind_overlay().name(), name);
        let keys = if pane.is_empty() {
            self.keymap.keys("global", name)
        } else {
            pane
        };
        keys.iter()
            .map(Key::to_string)
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// Returns the pane that an overlay lies over.
    fn behind_overlay(&self) -> Pane {
        if self.focus == Pane::Field {
            self.behind
        } else {
            self.focus
        }
    }

    fn help_lines(&self, pane: &'static str) -> Vec<OverlayLine> {
        let heading = |text: &str| OverlayLine {
            text: text.to_owned(),
            heading: true,
            ..OverlayLine::default()
        };
        let mut lines = vec![heading(pane)];
        lines.extend(self.key_lines(pane, pane));
        lines.push(heading("everywhere"));
        lines.extend(self.key_lines("global", pane));
        lines
    }

    /// Returns the keys of a table in `keys.toml`, in the order of the actions: those that do so in `pane`, where
    /// another action may have the key, or the key is text.
    fn key_lines(&self, table: &str, pane: &str) -> Vec<OverlayLine> {
        let is_text = |key: &Key| matches!(pane, "field" | "prompt") && key.typed().is_some();
        let line = |entry: &super::Entry| {
            let does =
                |key: &&Key| !is_text(key) && self.keymap.action(pane, **key) == Some(entry.name);
            let keys = self.keymap.keys(table, entry.name).iter().filter(does);
            let left = keys.map(Key::to_string).collect::<Vec<_>>().join(" ");
            (!left.is_empty()).then(|| OverlayLine {
                left,
                text: entry.help.to_owned(),
                heading: false,
            })
        };
        ACTIONS.iter().filter_map(line).collect()
    }

    fn failure_lines(&self) -> Vec<OverlayLine> {
        let failed = self.coverage.failed.iter();
        failed
            .map(|file| OverlayLine {
                left: file.source.clone(),
                text: format!("{}: {}", file.path, file.reason),
                heading: false,
            })
            .collect()
    }

    fn outline_lines(&self) -> Vec<OverlayLine> {
        let contents = self
            .page
            .sheet
            .as_ref()
            .map(|sheet| sheet.contents.as_slice())
            .unwrap_or_default();
        // A thread may nest deeper than an overlay is wide.
        let indent = |level: u8| "  ".repeat(usize::from(level.saturating_sub(1).min(DEEPEST)));
        contents
            .iter()
            .map(|line| OverlayLine {
                left: indent(line.level),
                text: line.title.clone(),
                heading: false,
            })
            .collect()
    }

    fn link_lines(&self) -> Vec<OverlayLine> {
        let Some(sheet) = &self.page.sheet else {
            return Vec::new();
        };
        let line = |(place, link): (usize, &super::Link)| OverlayLine {
            left: format!("{}", place + 1),
            text: link_text(
                &sheet.body().slice(link.range).replace('\n', " "),
                sheet.told_address(&link.url),
            ),
            heading: false,
        };
        sheet.links.iter().enumerate().map(line).collect()
    }
}

fn link_text(words: &str, url: &str) -> String {
    if url.contains(words) {
        url.to_owned()
    } else {
        format!("{words}  {url}")
    }
}
