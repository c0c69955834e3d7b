//! Small documents and a store to put them in, for the tests of this room.

#![cfg(test)]

use super::{FileRecord, NewSource, Put, SourceId, SourceKind, Store};
use crate::document::{BodyBuilder, Document, DocumentId, Key, Metadata};

pub const NOTES: NewSource<'_> = NewSource {
    kind: SourceKind::File,
    identity: "/home/reader/notes",
    given: "notes",
    path: Some("/home/reader/notes"),
    name: "notes",
    added: 1_700_000_000,
};

/// A store of its own; it lives as long as its folder.
pub fn library() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("library.db")).unwrap();
    (folder, store)
}

/// A document that says `text`.
pub fn document(key: &str, text: &str) -> Document {
    let mut builder = BodyBuilder::new();
    builder.text(text);
    Document {
        key: Key(key.to_owned()),
        metadata: Metadata::default(),
        body: builder.finish(),
    }
}

/// Puts the documents of a file of [`NOTES`]; the file has no others then.
pub fn put_file(store: &mut Store, path: &str, documents: &[Document]) -> Vec<Put> {
    let mut batch = store.write().unwrap();
    let source = batch.source(&NOTES).unwrap();
    let mut file = batch.file(source, path).unwrap();
    let put = documents
        .iter()
        .map(|document| batch.put(&mut file, document).unwrap())
        .collect();
    let record = FileRecord {
        fingerprint: Some(1),
        ..FileRecord::default()
    };
    batch.finish(file, &record, false).unwrap();
    batch.commit().unwrap();
    put
}

/// Puts the documents of [`NOTES`], a single file.
pub fn put(store: &mut Store, documents: &[Document]) -> Vec<DocumentId> {
    put_file(store, "", documents)
        .into_iter()
        .filter_map(|put| match put {
            Put::New(id) | Put::Corrected(id) | Put::Updated(id) | Put::Unchanged(id) => Some(id),
            Put::Repeated => None,
        })
        .collect()
}

/// Returns the number of [`NOTES`].
pub fn notes(store: &Store) -> SourceId {
    store.source(NOTES.identity).unwrap().unwrap().id
}

/// Removes [`NOTES`].
pub fn remove(store: &mut Store) -> usize {
    let id = notes(store);
    let mut batch = store.write().unwrap();
    let removed = batch.remove_source(id).unwrap().unwrap();
    batch.commit().unwrap();
    removed
}
