//! Keys while something lies over the panes.

use crate::app::glossary::next_term;
use crate::app::{Action, App, Ask, Effect, Overlay};
use crate::config::keys::Key;

impl App {
    pub(super) fn overlay_key(&mut self, key: Key) -> Vec<Effect> {
        if let Some(effects) = self.overlay_text(key) {
            return effects;
        }
        let pane = self.key_pane();
        let Some(action) = self.keymap.action(pane, key).and_then(Action::from_name) else {
            return Vec::new();
        };
        if matches!(self.overlay, Some(Overlay::Note(_))) {
            return self.note_action(action);
        }
        match action {
            Action::Leave => self.close_overlay(),
            Action::Quit => self.perform(Action::Quit),
            Action::Accept | Action::Choose => self.accept(),
            Action::CopyPassage | Action::CopyAddress | Action::CopyCitation => {
                self.overlay = None;
                self.take_away(action)
            }
            Action::Complete => self.complete(),
            Action::Rename | Action::EditQuery | Action::Forget => self.saved_action(action),
            Action::Down => self.move_in_overlay(1),
            Action::Up => self.move_in_overlay(-1),
            Action::PageDown => self.move_in_overlay(10),
            Action::PageUp => self.move_in_overlay(-10),
            Action::Top => self.move_in_overlay(isize::MIN),
            Action::Bottom => self.move_in_overlay(isize::MAX),
            action if action.edits_line() => {
                match &mut self.overlay {
                    Some(Overlay::Form(form)) => {
                        form.line_mut().map(|line| line.edit(action));
                    }
                    Some(Overlay::Tags(form)) => form.edit(|line| {
                        line.edit(action);
                    }),
                    Some(overlay) => {
                        overlay.change_line(|line| line.edit(action));
                    }
                    None => {}
                }
                Vec::new()
            }
            // The key that opened it closes it.
            Action::Help if matches!(self.overlay, Some(Overlay::Help { .. })) => {
                self.close_overlay()
            }
            _ => Vec::new(),
        }
    }

    /// Takes a key as text where the overlay is a line, or as the number of a link.
    fn overlay_text(&mut self, key: Key) -> Option<Vec<Effect>> {
        let character = key.typed()?;
        match &mut self.overlay {
            // The key that asked to find here, on an empty line, asks to find everywhere.
            Some(Overlay::Ask {
                ask: Ask::Find,
                line,
                ..
            }) if character == '/' && line.text().is_empty() => {
                self.overlay = None;
                Some(self.enter_field())
            }
            Some(overlay @ Overlay::Ask { .. }) => {
                overlay.insert(&character.to_string());
                Some(Vec::new())
            }
            Some(Overlay::Note(editor)) => {
                editor.text.insert(&character.to_string());
                Some(Vec::new())
            }
            Some(Overlay::Form(form)) => {
                if let Some(line) = form.line_mut() {
                    line.insert(&character.to_string());
                }
                Some(Vec::new())
            }
            Some(Overlay::Tags(form)) => {
                form.edit(|line| line.insert(&character.to_string()));
                Some(Vec::new())
            }
            Some(Overlay::Taken { selected }) if character == ' ' => {
                let selected = *selected;
                Some(self.switch_line(selected))
            }
            Some(Overlay::Links { digits, .. }) if character.is_ascii_digit() => {
                digits.push(character);
                Some(self.follow_number())
            }
            _ => None,
        }
    }

    /// Follows the link whose number was typed, as soon as no other can be meant.
    fn follow_number(&mut self) -> Vec<Effect> {
        let links = self
            .page
            .sheet
            .as_ref()
            .map_or(0, |sheet| sheet.links.len());
        let Some(Overlay::Links { selected, digits }) = &mut self.overlay else {
            return Vec::new();
        };
        let number: usize = digits.parse().unwrap_or(0);
        if number == 0 || number > links {
            digits.clear();
            return Vec::new();
        }
        *selected = number - 1;
        if number.saturating_mul(10) > links {
            self.accept()
        } else {
            Vec::new()
        }
    }

    fn close_overlay(&mut self) -> Vec<Effect> {
        self.overlay = None;
        Vec::new()
    }

    pub(super) fn move_in_overlay(&mut self, lines: isize) -> Vec<Effect> {
        let Some(overlay) = &self.overlay else {
            return Vec::new();
        };
        let measure = self.glossary_measure();
        let last = self.last_overlay_line(overlay);
        // From what is in sight: the screen may be higher than when it was scrolled to.
        let laid = self.laid(overlay);
        let (first, last_top) = (laid.first, laid.last);
        match &mut self.overlay {
            Some(
                Overlay::Help { top, .. }
                | Overlay::Failures { top, .. }
                | Overlay::Why { top, .. },
            ) => {
                *top = first.saturating_add_signed(lines).min(last_top);
            }
            Some(
                Overlay::Outline { selected }
                | Overlay::Saved { selected }
                | Overlay::Taken { selected }
                | Overlay::Links { selected, .. }
                | Overlay::Ask { selected, .. },
            ) => {
                *selected = selected.saturating_add_signed(lines).min(last);
            }
            Some(Overlay::Glossary { terms, selected }) => {
                *selected = next_term(terms, measure, *selected, lines);
            }
            Some(Overlay::Form(form)) => form.step(lines),
            Some(Overlay::Tags(form)) => form.step(lines),
            Some(
                Overlay::Copy
                | Overlay::Hide { .. }
                | Overlay::Remove(_)
                | Overlay::Forget(_)
                | Overlay::MarkAll { .. }
                | Overlay::Note(_),
            )
            | None => {}
        }
        Vec::new()
    }

    pub(super) fn accept(&mut self) -> Vec<Effect> {
        if matches!(self.overlay, Some(Overlay::Note(_))) {
            return self.keep_note();
        }
        match self.overlay.take() {
            Some(Overlay::Outline { selected }) => self.go_to_contents(selected),
            Some(Overlay::Links { selected, .. }) => {
                let link = self
                    .page
                    .sheet
                    .as_ref()
                    .and_then(|sheet| sheet.links.get(selected));
                let address = link.map(|link| link.url.clone());
                address.map_or_else(Vec::new, |address| self.follow_link(&address))
            }
            Some(Overlay::Ask {
                ask: Ask::Find,
                line,
                ..
            }) => self.find(line.text()),
            Some(Overlay::Ask {
                ask: Ask::Palette,
                line,
                selected,
                ..
            }) => {
                let action = Self::palette(line.text()).get(selected).copied();
                action.map_or_else(Vec::new, |action| self.perform_anywhere(action))
            }
            Some(Overlay::Ask {
                ask: Ask::Add,
                line,
                ..
            }) => self.add(line.text()),
            Some(Overlay::Ask {
                ask: ask @ (Ask::SaveSearch | Ask::RenameSaved | Ask::EditSaved),
                line,
                ..
            }) => self.keep_saved(ask, line.text()),
            Some(Overlay::Saved { selected }) => self.choose_saved(selected),
            Some(Overlay::Taken { selected }) => self.switch_line(selected),
            Some(Overlay::Glossary { terms, selected }) => {
                self.ask_for_definition(&terms, selected)
            }
            Some(Overlay::Forget(saved)) => self.forget_saved(saved),
            Some(Overlay::MarkAll { query, .. }) => {
                vec![Effect::MarkAllRead(query, self.list.question.doubles)]
            }
            Some(Overlay::Hide { id, .. }) => self.set_hidden(id, true),
            Some(Overlay::Remove(row)) => self.remove_source(&row),
            Some(Overlay::Form(form)) => self.save_form(form),
            Some(Overlay::Tags(form)) => self.save_tags(form),
            Some(Overlay::Ask { ask, line, .. }) => self.send_text(ask, line.text()),
            Some(
                Overlay::Help { .. }
                | Overlay::Failures { .. }
                | Overlay::Why { .. }
                | Overlay::Copy
                | Overlay::Note(_),
            )
            | None => Vec::new(),
        }
    }
}
