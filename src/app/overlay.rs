//! What lies over the panes: help, outline, links, the menu of what to copy, and lines that ask for something.

use std::sync::Arc;

use super::glossary::glossary_lines;
use super::update::count_of;
use super::{
    ACTIONS, Action, App, FIELDS, Form, Line, NoteEditor, Pane, SourceKey, SourceRow, TagForm,
};
use crate::config::keys::Key;
use crate::document::DocumentId;
use crate::query::{Explained, Query};
use crate::store::SavedSearch;
use crate::text::sanitize;

/// What lies over the panes.
#[derive(Clone, Debug, PartialEq)]
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
        /// Those of this source, and what else was not as it should be there; of all sources where none is named.
        of: Option<Arc<SourceRow>>,
        /// The first line in sight.
        top: usize,
    },
    /// The words taken in beside those typed, and those that are offered.
    Taken {
        /// The line chosen.
        selected: usize,
    },
    /// Why a document is where it is in the list.
    Why {
        /// What it is called.
        title: String,
        /// What it scores by.
        lines: Vec<OverlayLine>,
        /// The first line in sight.
        top: usize,
    },
    /// Terms of the page, with what they mean.
    Glossary {
        /// The terms.
        terms: Vec<Explained>,
        /// The line of the term chosen.
        selected: usize,
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
    /// The saved searches.
    Saved {
        /// The line chosen.
        selected: usize,
    },
    /// Whether a saved search is to be forgotten.
    Forget(SavedSearch),
    /// Whether so many documents are to be marked as read.
    MarkAll {
        /// Those that answer this.
        query: Query,
        /// How many there are.
        count: usize,
    },
    /// Whether a source is to be removed.
    Remove(Arc<SourceRow>),
    /// What is said of a document, to be put right.
    Form(Form),
    /// A document's own tags, to be changed.
    Tags(TagForm),
    /// A note that is being written.
    Note(Box<NoteEditor>),
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
    /// The name under which to save the present question.
    SaveSearch,
    /// Another name for a saved search.
    RenameSaved,
    /// Another question for a saved search.
    EditSaved,
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
            Self::SaveSearch => "save this search as",
            Self::RenameSaved => "call it",
            Self::EditSaved => "ask for",
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

impl OverlayLine {
    /// Returns a line of text.
    pub fn text(text: String) -> Self {
        Self {
            text,
            ..Self::default()
        }
    }

    /// Returns a line that names what follows.
    pub fn heading(text: &str) -> Self {
        Self {
            heading: true,
            ..Self::text(text.to_owned())
        }
    }
}

impl Overlay {
    /// Returns its table in `keys.toml`.
    pub fn key_pane(&self) -> &'static str {
        match self {
            Self::Help { .. }
            | Self::Failures { .. }
            | Self::Why { .. }
            | Self::Outline { .. }
            | Self::Links { .. }
            | Self::Taken { .. }
            | Self::Glossary { .. } => "overlay",
            Self::Copy => "copy",
            Self::Saved { .. } => "saved",
            Self::Hide { .. } | Self::Remove(_) | Self::Forget(_) | Self::MarkAll { .. } => {
                "confirm"
            }
            Self::Ask { .. } | Self::Form(_) | Self::Tags(_) => "prompt",
            Self::Note(_) => "note",
        }
    }

    /// Returns what stands at its top.
    pub fn title(&self) -> String {
        match self {
            Self::Help { pane, .. } => format!("keys · {pane}"),
            Self::Failures { of: None, .. } => "not read".to_owned(),
            Self::Failures { of: Some(row), .. } => format!("not read of {}", row.name),
            Self::Why { title, .. } => format!("why · {title}"),
            Self::Outline { .. } => "outline".to_owned(),
            Self::Links { digits, .. } if digits.is_empty() => "links".to_owned(),
            Self::Links { digits, .. } => format!("links · {digits}"),
            Self::Taken { .. } => "words taken in".to_owned(),
            Self::Glossary { .. } => "terms in sight".to_owned(),
            Self::Copy => "copy".to_owned(),
            Self::Ask { ask, .. } => ask.label().to_owned(),
            Self::Hide { .. } => "hide this document?".to_owned(),
            Self::Remove(_) => "remove this source?".to_owned(),
            Self::Saved { .. } => "saved searches".to_owned(),
            Self::Forget(_) => "forget this search?".to_owned(),
            Self::MarkAll { .. } => "mark all of these as read?".to_owned(),
            Self::Tags(form) => format!("own tags · {}", form.title),
            Self::Note(editor) => format!("note · {}", editor.title),
            Self::Form(_) => "put right · emptied, the title is the source's again".to_owned(),
        }
    }

    /// Returns the place of the line chosen.
    pub fn selected(&self) -> Option<usize> {
        match self {
            Self::Outline { selected }
            | Self::Saved { selected }
            | Self::Taken { selected }
            | Self::Glossary { selected, .. }
            | Self::Links { selected, .. }
            | Self::Ask {
                ask: Ask::Palette,
                selected,
                ..
            } => Some(*selected),
            Self::Tags(form) => form.selected(),
            _ => None,
        }
    }

    /// Writes text where a line asks for something; returns whether all of it fitted, or nothing where no line asks. What
    /// stood below it was for another text.
    pub(super) fn insert(&mut self, text: &str) -> Option<bool> {
        let mut fits = true;
        let asks = self.change_line(|line| {
            fits = line.insert(text);
            true
        });
        asks.then_some(fits)
    }

    /// Changes the line that asks for something; returns whether one does. `change` returns whether its text is another.
    pub(super) fn change_line(&mut self, change: impl FnOnce(&mut Line) -> bool) -> bool {
        let Self::Ask {
            line,
            selected,
            offered,
            ..
        } = self
        else {
            return false;
        };
        if change(line) {
            *selected = 0;
            offered.clear();
        }
        true
    }

    /// Returns the line that is being typed.
    pub fn line(&self) -> Option<&Line> {
        match self {
            Self::Ask { line, .. } => Some(line),
            Self::Tags(form) => Some(&form.line),
            _ => None,
        }
    }
}

impl App {
    /// Returns the lines of the overlay.
    pub(super) fn overlay_lines(&self, overlay: &Overlay) -> Vec<OverlayLine> {
        match overlay {
            Overlay::Help { pane, .. } => self.help_lines(pane),
            Overlay::Failures { .. } | Overlay::Outline { .. } | Overlay::Links { .. } => {
                self.long_lines(overlay, 0..self.long(overlay).unwrap_or(0))
            }
            Overlay::Why { lines, .. } => lines.clone(),
            Overlay::Taken { .. } => self.taken_lines(),
            Overlay::Glossary { terms, .. } => glossary_lines(terms, self.glossary_measure()),
            Overlay::Copy => self.key_lines("copy", "copy"),
            Overlay::Ask {
                ask: Ask::Palette,
                line,
                ..
            } => Self::palette(line.text())
                .into_iter()
                .map(|action| self.action_line(action))
                .collect(),
            Overlay::Ask { offered, .. } => {
                let lines = offered.iter();
                lines
                    .map(|name| OverlayLine::text(sanitize::clean(name).into_owned()))
                    .collect()
            }
            Overlay::Hide { title, .. } => {
                let mut lines = vec![OverlayLine::heading(title)];
                lines.extend(self.answers("hide it"));
                lines
            }
            Overlay::Saved { .. } => self.saved_overlay(),
            Overlay::Forget(saved) => {
                let mut lines = vec![
                    OverlayLine::heading(&saved.name),
                    OverlayLine::text(saved.query.clone()),
                ];
                lines.extend(self.answers("forget it"));
                lines
            }
            Overlay::MarkAll { count, .. } => {
                let mut lines = vec![OverlayLine::heading(&count_of(*count, "document"))];
                lines.extend(self.answers("mark them"));
                lines
            }
            Overlay::Remove(row) => {
                let mut lines = vec![OverlayLine::heading(&row.name)];
                lines.extend(what_goes(row).into_iter().map(OverlayLine::text));
                lines.extend(self.answers("remove it"));
                lines
            }
            Overlay::Tags(form) => form.lines(),
            Overlay::Note(_) => Vec::new(),
            Overlay::Form(form) => {
                let fields = FIELDS.iter().zip(&form.lines);
                let line = |(name, line): (&&str, &Line)| OverlayLine {
                    left: (*name).to_owned(),
                    ..OverlayLine::text(line.text().to_owned())
                };
                fields.map(line).collect()
            }
        }
    }

    /// Returns the keys that answer a question: those that do what it asks, and those that leave things as they are.
    fn answers(&self, yes: &str) -> [OverlayLine; 2] {
        let line = |action: Action, text: &str| {
            let keys = self.keymap.keys("confirm", action.entry().name).iter();
            let keys: Vec<String> = keys.map(Key::to_string).collect();
            OverlayLine {
                left: keys.join(" "),
                ..OverlayLine::text(text.to_owned())
            }
        };
        [line(Action::Accept, yes), line(Action::Leave, "leave it")]
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

    /// Returns the keys that stop the work under way: where leaving can mean nothing else, those that leave do.
    pub fn stop_keys(&self) -> String {
        let stops = match self.focus {
            Pane::Sources => !self.sources.typing,
            Pane::List => self.field.text().is_empty(),
            Pane::Field | Pane::Facets | Pane::Page | Pane::Concordance | Pane::Notes => false,
        };
        self.keys_of(if stops { Action::Leave } else { Action::Stop })
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
        let heading = OverlayLine::heading;
        let mut lines = vec![heading(pane)];
        lines.extend(self.key_lines(pane, pane));
        lines.push(heading("everywhere"));
        lines.extend(self.key_lines("global", pane));
        lines
    }

    /// Returns the keys of a table in `keys.toml`, in the order of the actions: those that do so in `pane`, where
    /// another action may have the key, or the key is text.
    fn key_lines(&self, table: &str, pane: &str) -> Vec<OverlayLine> {
        let is_text =
            |key: &Key| matches!(pane, "field" | "prompt" | "note") && key.typed().is_some();
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
}

/// Returns what goes with a source, and what stays, in lines.
fn what_goes(row: &SourceRow) -> Vec<String> {
    let SourceKey::Added(_) = row.key else {
        return vec!["The address goes off the list.".to_owned()];
    };
    let all = row.documents + row.hidden;
    let goes = if all == 1 { "goes" } else { "go" };
    let documents = count_of(all, "document");
    let mut lines = vec![match row.hidden {
        0 => format!("{documents} {goes} out of the library."),
        hidden => format!("{documents} {goes}, {hidden} of them hidden."),
    }];
    lines.push("Stars, read marks and places wait for its return.".to_owned());
    lines.push(match (row.on_disk, row.kind) {
        (true, _) => "What is on the disk is not touched.".to_owned(),
        (false, "seeds") => "These are recto's own: they do not come back.".to_owned(),
        (false, _) => "Only importing it again brings it back.".to_owned(),
    });
    lines
}
