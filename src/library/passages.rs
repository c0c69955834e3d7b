//! The passages of one document that a question hits.

use super::{Error, Library};
use crate::document::DocumentId;
use crate::query::passages::{PassageRoom, Passages, shown_passages};
use crate::query::{Expanded, Matcher};

impl Library {
    /// Returns the best passages of a document, `limit` at most: what an answer ran says what is looked for. Nothing
    /// where there is no document of that number any more.
    pub fn passages(
        &self,
        id: DocumentId,
        light: &Expanded,
        room: PassageRoom,
        limit: usize,
    ) -> Result<Option<Passages>, Error> {
        let Some(stored) = self.store.document(id)? else {
            return Ok(None);
        };
        let language = stored.document.metadata.language;
        let body = &stored.document.body;
        let matcher = Matcher::new(light);
        Ok(Some(shown_passages(body, &matcher, language, room, limit)))
    }
}
