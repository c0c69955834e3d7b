//! Own tags: the line that changes them, and what is shown meanwhile.

use super::count_of;
use crate::app::{App, Effect, Overlay, Pane, TagForm, Undo};
use crate::document::DocumentId;
use crate::query::Count;

impl App {
    /// Opens the line of tags of the document that the pane with the keys shows.
    pub(super) fn tag(&mut self) -> Vec<Effect> {
        let form = if self.focus == Pane::Page && !self.page_comes() {
            let sheet = self.page.sheet.as_ref();
            sheet.map(|sheet| {
                let title = &sheet.metadata().title.text;
                TagForm::new(sheet.opened.id, title, &sheet.opened.marks.tags)
            })
        } else {
            let row = self.row_meant();
            row.map(|row| TagForm::new(row.id, &row.title.text, &row.marks.tags))
        };
        let Some(form) = form else {
            self.tell("no document is chosen".to_owned());
            return Vec::new();
        };
        let mut effects = self.lay(Overlay::Tags(form));
        effects.push(Effect::ListTags);
        effects
    }

    /// Gives a document the tags that it had.
    pub(super) fn tags_again(&mut self, id: DocumentId, tags: &[String]) -> Vec<Effect> {
        self.tell("own tags as they were".to_owned());
        self.set_tags(id, tags)
    }

    /// Takes the tags that there are, where they are still waited for.
    pub(super) fn tags_came(&mut self, tags: Vec<Count>) {
        if let Some(Overlay::Tags(form)) = &mut self.overlay {
            form.replace_known(tags);
        }
    }

    /// Keeps the tags that stand in the line; where one of them can be none, it stays open.
    pub(super) fn save_tags(&mut self, form: TagForm) -> Vec<Effect> {
        match form.tags() {
            Ok(tags) if tags == form.before => Vec::new(),
            Ok(tags) => {
                self.undo.push(Undo::Tagged(form.id, form.before));
                self.tell(match tags.len() {
                    0 => "no own tags: U undoes it".to_owned(),
                    count => format!("{}: U undoes it", count_of(count, "own tag")),
                });
                self.set_tags(form.id, &tags)
            }
            Err(reason) => {
                self.complain(reason);
                self.lay(Overlay::Tags(form))
            }
        }
    }

    /// Gives a document tags, shows them wherever it is on the screen, and asks for the counts anew.
    fn set_tags(&mut self, id: DocumentId, tags: &[String]) -> Vec<Effect> {
        for row in self.list.rows_of(id) {
            row.marks.tags = tags.to_vec();
        }
        let mut effects = vec![Effect::SetTags(id, tags.to_vec()), self.rows_again()];
        if let Some(sheet) = self.page.sheet.as_mut().filter(|sheet| sheet.opened.is(id)) {
            sheet.opened.marks.tags = tags.to_vec();
            effects.extend(self.set_again());
        }
        effects
    }
}
