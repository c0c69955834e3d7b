//! What the tests of the formats share: small files made, read, and told in lines.

use std::io::{Cursor, Write};
use std::ops::ControlFlow;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{Input, Outcome, read};
use crate::document::{Document, SpanKind};

/// Returns a ZIP file of these entries, each a name and a text.
pub(super) fn packed(entries: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in entries {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Reads a file called `name`.
pub(super) fn read_all(name: &str, bytes: &[u8]) -> (Vec<Document>, Outcome) {
    let mut documents = Vec::new();
    let outcome = read(&Input::new(name, bytes), &mut |document| {
        documents.push(document);
        ControlFlow::Continue(())
    });
    (documents, outcome)
}

/// Reads a file called `name` that is one document.
pub(super) fn read_one(name: &str, text: &str) -> Document {
    let (mut documents, _) = read_all(name, text.as_bytes());
    assert_eq!(documents.len(), 1, "{text}");
    documents.remove(0)
}

/// Returns a line for each block: its kind, its level and its words.
pub(super) fn blocks(document: &Document) -> Vec<String> {
    let blocks = document.body.blocks().iter();
    let line = |block: &crate::document::Block| {
        let words = document.body.slice(block.range);
        format!("{} {}: {words}", block.name(), block.level())
    };
    blocks.map(line).collect()
}

/// Returns a line for each span: its kind and its words.
pub(super) fn spans(document: &Document) -> Vec<String> {
    let spans = document.body.spans().iter();
    spans
        .map(|span| {
            let kind = match &span.kind {
                SpanKind::Emphasis => "em",
                SpanKind::Strong => "strong",
                SpanKind::Code => "code",
                SpanKind::Deleted => "deleted",
                SpanKind::Link(to) => to,
            };
            format!("{kind}: {}", document.body.slice(span.range))
        })
        .collect()
}
