//! Writing notes, and actions in the list of all.

use crate::app::{
    Action, Aim, App, Effect, NoteChange, NoteDone, NoteEditor, NotesLayout, Overlay, Pane,
    TextBox, Undo,
};
use crate::document::Quotation;
use crate::library::{Face, NotedHead};

impl App {
    /// Opens the editor for a note: on the paragraph that is in sight, from the list on the whole document. What bears a
    /// note already has that changed.
    pub(super) fn write_note(&mut self) -> Vec<Effect> {
        let editor = match self.focus {
            Pane::Page if self.page.face == Face::Changes => {
                self.tell("notes are written on the text: leave the changes first".to_owned());
                return Vec::new();
            }
            Pane::Page => self.note_on_page(),
            _ => self.note_on_row(),
        };
        let Some(editor) = editor else {
            self.tell("no document is chosen".to_owned());
            return Vec::new();
        };
        let draft = self
            .notes
            .draft
            .take_if(|draft| draft.document == editor.document);
        self.lay(Overlay::Note(Box::new(draft.unwrap_or(editor))))
    }

    fn note_on_page(&self) -> Option<NoteEditor> {
        let sheet = self.page.sheet.as_ref()?;
        let hit = self.page.hit.and_then(|hit| self.page.hit_range(hit));
        let rows = self.page.top..self.page.top + self.page_height();
        let block = sheet.block_in_sight(hit, rows);
        self.note_on_block(block)
    }

    /// Returns the editor for a note on a block of the page, or on the whole document.
    fn note_on_block(&self, block: Option<usize>) -> Option<NoteEditor> {
        let sheet = self.page.sheet.as_ref()?;
        let (id, title) = (sheet.opened.id, &sheet.metadata().title.text);
        if let Some(note) = sheet.margin.note_on(block) {
            let editor = NoteEditor::of(id, title, note.clone());
            return Some(NoteEditor { block, ..editor });
        }
        let range = block.and_then(|block| sheet.body().blocks().get(block));
        let on = range.and_then(|block| Quotation::new(sheet.body().text(), block.range));
        Some(NoteEditor {
            document: id,
            title: title.clone(),
            note: None,
            block: block.filter(|_| on.is_some()),
            on,
            text: TextBox::default(),
        })
    }

    fn note_on_row(&self) -> Option<NoteEditor> {
        let row = self.list.selected_row()?;
        Some(NoteEditor {
            document: row.id,
            title: row.title.text.clone(),
            note: None,
            on: None,
            block: None,
            text: TextBox::default(),
        })
    }

    /// Does an action in the editor.
    pub(super) fn note_action(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Accept => return self.keep_note(),
            Action::Leave => return self.leave_note(),
            Action::NextParagraph => self.move_note(1),
            Action::PreviousParagraph => self.move_note(-1),
            action => {
                let room = self.note_room();
                if let Some(Overlay::Note(editor)) = &mut self.overlay {
                    editor.text.edit(action, room);
                }
            }
        }
        Vec::new()
    }

    /// Puts the note that is written on another paragraph, as long as it is none that was kept.
    fn move_note(&mut self, steps: isize) {
        let Some(Overlay::Note(editor)) = &self.overlay else {
            return;
        };
        let sheet = self.page.sheet.as_ref();
        let sheet = sheet.filter(|sheet| sheet.opened.id == editor.document);
        let beside = editor
            .block
            .zip(sheet)
            .map(|(block, sheet)| sheet.block_beside(block, steps));
        let (None, Some(block)) = (&editor.note, beside) else {
            return;
        };
        let at = sheet.and_then(|sheet| sheet.body().blocks().get(block));
        let range = at.map(|block| block.range);
        let on = range
            .zip(sheet)
            .and_then(|(range, sheet)| Quotation::new(sheet.body().text(), range));
        let row = range
            .zip(sheet)
            .map(|(range, sheet)| sheet.row_at(range.start));
        if let Some(Overlay::Note(editor)) = &mut self.overlay
            && on.is_some()
        {
            editor.block = Some(block);
            editor.on = on;
        }
        let height = self.page_height();
        // What lies below the editor can't be seen.
        let seen = height
            .saturating_sub(usize::from(self.note_height()))
            .max(1);
        if let Some(row) = row
            && !(self.page.top..self.page.top + seen).contains(&row)
        {
            let rows = row.cast_signed() - (self.page.top + seen / 3).cast_signed();
            self.page.scroll(rows, height);
        }
    }

    /// Keeps what was written: an emptied note is removed, an empty one was none.
    pub(super) fn keep_note(&mut self) -> Vec<Effect> {
        let Some(Overlay::Note(editor)) = self
            .overlay
            .take_if(|overlay| matches!(overlay, Overlay::Note(_)))
        else {
            return Vec::new();
        };
        if !editor.is_changed() {
            return Vec::new();
        }
        let text = editor.text.text();
        let empty = text.trim().is_empty();
        let change = match editor.note.clone() {
            Some(note) if empty => NoteChange::Remove(Some(editor.document), note),
            Some(note) => NoteChange::Change(editor.document, note, text),
            None => NoteChange::Add(editor.document, editor.on.clone(), text),
        };
        // Until it is kept: where it is refused, it can be taken up again.
        self.notes.draft = Some(*editor);
        vec![Effect::Note(change)]
    }

    /// Leaves the editor; what was typed is set aside.
    fn leave_note(&mut self) -> Vec<Effect> {
        if let Some(Overlay::Note(editor)) = self.overlay.take()
            && editor.is_changed()
        {
            let key = self.keymap.keys("page", Action::Note.entry().name);
            let key = key.first().map(ToString::to_string).unwrap_or_default();
            self.tell(format!("not kept: {key} on its document takes it up again"));
            self.notes.draft = Some(*editor);
        }
        Vec::new()
    }

    /// Takes what became of a change.
    pub(super) fn note_done(&mut self, change: NoteChange, done: NoteDone) -> Vec<Effect> {
        match done {
            NoteDone::Refused(reason) => {
                let kept = if self.notes.draft.is_some() {
                    "; the text is kept for you"
                } else {
                    ""
                };
                self.complain(format!("{reason}{kept}"));
                return Vec::new();
            }
            NoteDone::Gone => {
                self.complain("not kept: its document is no longer in the library".to_owned());
                return Vec::new();
            }
            NoteDone::Added(_) | NoteDone::Done => {}
        }
        match change {
            NoteChange::Add(_, on, _) => {
                if let NoteDone::Added(note) = done {
                    self.undo.push(Undo::NoteAdded(note));
                }
                self.tell(match on {
                    Some(_) => "noted on this paragraph: U undoes it".to_owned(),
                    None => "noted on the document: U undoes it".to_owned(),
                });
            }
            NoteChange::Change(id, note, _) => {
                self.tell("the note is changed: U undoes it".to_owned());
                self.undo.push(Undo::NoteChanged(id, note));
            }
            NoteChange::Remove(Some(id), note) => {
                self.tell("the note is removed: U undoes it".to_owned());
                self.undo.push(Undo::NoteRemoved(id, note));
            }
            NoteChange::Remove(None, _) => self.tell("the note is removed".to_owned()),
            NoteChange::Restore(_) => self.tell("the note is as it was".to_owned()),
            NoteChange::TakeBack(_) => self.tell("the note is taken back".to_owned()),
            NoteChange::Again(..) => self.tell("the note is back".to_owned()),
        }
        self.notes.draft = None;
        self.notes_again()
    }

    /// Asks anew for what shows notes.
    fn notes_again(&mut self) -> Vec<Effect> {
        let mut effects = vec![self.rows_again()];
        effects.extend(self.set_again());
        if self.focus == Pane::Notes {
            effects.extend(self.list_notes());
        }
        effects
    }

    /// Takes a change of notes back.
    pub(super) fn undo_note(undo: Undo) -> Vec<Effect> {
        let change = match undo {
            // Who takes it back wants it gone; there is nothing more to take back.
            Undo::NoteAdded(note) => NoteChange::TakeBack(note),
            Undo::NoteChanged(_, note) => NoteChange::Restore(note),
            Undo::NoteRemoved(id, note) => NoteChange::Again(id, note),
            _ => return Vec::new(),
        };
        vec![Effect::Note(change)]
    }

    /// Goes to the list of all notes, or back from it.
    pub(super) fn toggle_notes(&mut self) -> Vec<Effect> {
        if self.focus == Pane::Notes {
            return self.go_to_pane(self.behind);
        }
        let mut effects = self.go_to_pane(Pane::Notes);
        effects.extend(self.list_notes());
        effects
    }

    fn list_notes(&mut self) -> Vec<Effect> {
        self.notes.generation += 1;
        vec![Effect::ListNotes(self.notes.generation)]
    }

    pub(super) fn notes_came(&mut self, answer: Result<Vec<NotedHead>, String>) -> Vec<Effect> {
        match answer {
            Ok(notes) => self.notes.take(notes),
            Err(reason) => self.complain(reason),
        }
        self.settle_notes();
        Vec::new()
    }

    pub(super) fn notes_action(&mut self, action: Action) -> Vec<Effect> {
        let screen = self.notes_in_sight().cast_signed();
        self.move_in_notes(self.motion(action, screen));
        match action {
            Action::Open => self.open_note(),
            Action::EditNote => self.edit_note(),
            Action::RemoveNote => {
                let head = self.notes.selected();
                let remove = head.map(|head| NoteChange::Remove(head.document, head.note.clone()));
                remove.map(Effect::Note).into_iter().collect()
            }
            _ => Vec::new(),
        }
    }

    pub(super) fn move_in_notes(&mut self, notes: isize) {
        self.notes.move_by(notes);
        self.settle_notes();
    }

    pub(super) fn settle_notes(&mut self) {
        self.notes.keep_in_sight(self.notes_in_sight());
    }

    fn notes_in_sight(&self) -> usize {
        let pane = self.geometry().and_then(|geometry| geometry.notes);
        pane.map_or(1, |pane| NotesLayout::new(pane).count())
    }

    /// Opens the document of the note with the cursor, at its place.
    fn open_note(&mut self) -> Vec<Effect> {
        let Some(head) = self.notes.selected() else {
            return Vec::new();
        };
        let Some(id) = head.document else {
            self.tell("its document is not in the library now; the note waits for it".to_owned());
            return Vec::new();
        };
        let note = head.note.id;
        self.page.leave_trace();
        self.read_at(id, Aim::Note(note))
    }

    fn edit_note(&mut self) -> Vec<Effect> {
        let Some(head) = self.notes.selected() else {
            return Vec::new();
        };
        let Some(id) = head.document else {
            self.tell("its document is not in the library now; the note waits for it".to_owned());
            return Vec::new();
        };
        let editor = NoteEditor::of(id, &head.title, head.note.clone());
        self.lay(Overlay::Note(Box::new(editor)))
    }

    /// Puts the cursor on the note that was pressed; a second press opens it.
    pub(super) fn press_note(&mut self, row: usize) -> Vec<Effect> {
        let Some(row) = row.checked_sub(2) else {
            return Vec::new();
        };
        let place = self.notes.top + row / usize::from(crate::app::NOTE_ROWS);
        if place >= self.notes.len() {
            return Vec::new();
        }
        if place == self.notes.selected {
            return self.open_note();
        }
        self.notes.selected = place;
        self.settle_notes();
        Vec::new()
    }
}
