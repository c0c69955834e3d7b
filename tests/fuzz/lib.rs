//! What every target does with its bytes, and what it holds: the same promises as `tests/format_any_bytes.rs`.

use std::collections::HashSet;
use std::ops::ControlFlow;

use recto::config::Limits;
use recto::document::{Body, Document};
use recto::format::{Input, read};

/// Limits for inputs of a few kilobytes: what a bomb unpacks to within them is soon done.
const LIMITS: Limits = Limits {
    bytes: 4 << 20,
    streamed: 4 << 20,
    line: 4 << 20,
    depth: 3,
    entries: 1000,
    ratio: 200,
};

/// Reads `bytes` under `name` and fails where a promise of the formats is broken.
pub fn holds_its_promises(name: &str, bytes: &[u8]) {
    let input = Input {
        limits: LIMITS,
        ..Input::new(name, bytes)
    };
    let mut documents: Vec<Document> = Vec::new();
    let outcome = read(&input, &mut |document| {
        documents.push(document);
        ControlFlow::Continue(())
    });
    assert_eq!(outcome.documents, documents.len());
    let keys: HashSet<&str> = documents.iter().map(|one| one.key.0.as_str()).collect();
    assert_eq!(keys.len(), documents.len(), "keys are unlike");
    for document in documents {
        let body = document.body;
        let again = Body::from_raw(body.clone().into_raw());
        assert_eq!(again, body, "a body that breaks its promises was changed");
        for span in body.spans() {
            assert!(!body.slice(span.range).is_empty(), "a span of nothing");
        }
    }
}
