//! Taking away from the page: copying, saving, piping, the browser, the editor.

use std::path::PathBuf;

use super::citation;
use crate::app::{Action, App, Ask, Effect, Overlay, Sheet};
use crate::document::BlockKind;
use crate::typeset::{self, Glyphs};

impl App {
    pub(super) fn take_away(&mut self, action: Action) -> Vec<Effect> {
        let Some(sheet) = &self.page.sheet else {
            return Vec::new();
        };
        match action {
            Action::Copy => self.lay(Overlay::Copy),
            Action::CopyPassage => vec![Effect::Copy(self.passage(sheet), "passage")],
            Action::CopyCitation => vec![Effect::Copy(citation::of(sheet), "citation")],
            Action::CopyAddress => match &sheet.metadata().url {
                Some(url) => vec![Effect::Copy(url.clone(), "address")],
                None => self.without_address(),
            },
            Action::Browse => match &sheet.metadata().url {
                Some(url) => vec![Effect::Browse(url.clone())],
                None => self.without_address(),
            },
            Action::Save => {
                let name = file_name(sheet);
                self.ask(Ask::Save, &name)
            }
            Action::Pipe => self.ask(Ask::Pipe, ""),
            Action::Edit => vec![Effect::Edit(file_name(sheet), plain(sheet))],
            _ => Vec::new(),
        }
    }

    fn without_address(&mut self) -> Vec<Effect> {
        self.tell("this document has no address".to_owned());
        Vec::new()
    }

    /// Returns what a prompt for a file or a command was answered with, as an effect.
    pub(super) fn send_text(&mut self, ask: Ask, answer: &str) -> Vec<Effect> {
        let Some(sheet) = self
            .page
            .sheet
            .as_ref()
            .filter(|_| !answer.trim().is_empty())
        else {
            return Vec::new();
        };
        let text = plain(sheet);
        match ask {
            Ask::Save => vec![Effect::Save(PathBuf::from(answer.trim()), text)],
            _ => vec![Effect::Pipe(answer.to_owned(), text)],
        }
    }

    /// Returns the passage in sight: the block of the current hit where that is in sight, else the first whole block.
    fn passage(&self, sheet: &Sheet) -> String {
        let top = self.page.offset();
        let bottom = sheet.offset_at(self.page.top + self.page_height());
        let in_sight = |at: u32| at >= top && (at < bottom || bottom <= top);
        let hit = self
            .page
            .hit
            .and_then(|hit| sheet.lit.get(hit))
            .map(|range| range.start)
            .filter(|at| in_sight(*at));
        let blocks = sheet.body().blocks();
        let place = match hit {
            Some(at) => sheet.body().block_at(at),
            None => blocks
                .iter()
                .position(|block| {
                    block.range.start >= top && !matches!(block.kind, BlockKind::Heading { .. })
                })
                .unwrap_or(sheet.body().block_at(top)),
        };
        blocks
            .get(place)
            .map(|block| sheet.body().slice(block.range).to_owned())
            .unwrap_or_default()
    }
}

/// Returns the document as plain text, as the page sets it: title, who and where, address, then its text.
fn plain(sheet: &Sheet) -> String {
    let lines = |body| typeset::plain(body, sheet.layout.measure(), Glyphs::Unicode);
    let address = sheet.metadata().url.as_ref();
    let address = address.map(|url| format!("{url}\n")).unwrap_or_default();
    format!("{}{address}\n{}", lines(&sheet.head), lines(sheet.body()))
}

/// Returns a file name made of the title: letters and digits, the rest as single hyphens, at most 60 characters.
fn file_name(sheet: &Sheet) -> String {
    let mut name = String::new();
    for character in sheet.metadata().title.text.chars() {
        if character.is_alphanumeric() {
            name.extend(character.to_lowercase());
        } else if !name.ends_with('-') && !name.is_empty() {
            name.push('-');
        }
        if name.chars().count() >= 60 {
            break;
        }
    }
    let name = name.trim_end_matches('-');
    format!("{}.txt", if name.is_empty() { "document" } else { name })
}
