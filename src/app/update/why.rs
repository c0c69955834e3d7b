//! Why a document is where it is: asked of a worker, shown over the panes.

use crate::app::{App, Awaited, Effect, Overlay, OverlayLine, Pane, Question};
use crate::document::DocumentId;
use crate::query::Why;
use crate::text::sanitize;

impl App {
    /// Asks why the document that is selected, or on the page, is where it is.
    pub(super) fn ask_why(&mut self) -> Vec<Effect> {
        let on_page = self.page.id().filter(|_| self.focus == Pane::Page);
        let Some(id) = on_page.or(self.list.selected_row().map(|row| row.id)) else {
            self.tell("no document to ask about".to_owned());
            return Vec::new();
        };
        self.awaited = Some(Awaited::Why(id));
        let Question { query, doubles } = self.list.question.clone();
        vec![Effect::Explain {
            generation: self.generation,
            query,
            doubles,
            id,
        }]
    }

    /// Shows why a document is where it is.
    pub(super) fn why_came(
        &mut self,
        id: DocumentId,
        answer: Result<Option<Box<Why>>, String>,
    ) -> Vec<Effect> {
        match answer {
            Ok(None) => self.tell("the question does not find this document".to_owned()),
            Ok(Some(why)) if why.words.is_empty() => {
                self.tell("the question has no words: nothing is scored".to_owned());
            }
            Ok(Some(why)) => return self.lay_why(id, &why),
            Err(reason) => self.complain(reason),
        }
        Vec::new()
    }

    fn lay_why(&mut self, id: DocumentId, why: &Why) -> Vec<Effect> {
        let sheet = self.page.sheet.as_ref();
        let on_page = sheet.filter(|sheet| sheet.opened.id == id);
        let on_page = on_page.map(|sheet| sheet.metadata().title.text.as_str());
        let in_list = self.list.rows().iter().find(|row| row.id == id);
        let in_list = in_list.map(|row| row.title.text.as_str());
        let title = on_page.or(in_list).unwrap_or_default();
        let line = |(score, text): (Option<f32>, String)| OverlayLine {
            left: score.map_or_else(String::new, |score| format!("{score:>7.2}")),
            ..OverlayLine::text(sanitize::clean(&text).into_owned())
        };
        let overlay = Overlay::Why {
            title: sanitize::clean(title).into_owned(),
            lines: why.lines().into_iter().map(line).collect(),
            top: 0,
        };
        self.lay(overlay)
    }
}
