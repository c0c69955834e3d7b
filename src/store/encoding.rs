//! The stored form of what is no plain column: the ranges of a body, and the lists of a head.
//!
//! A byte for the form, then postcard. Postcard writes enum variants by their place, so their order is part of the
//! form; the test below holds the bytes, and a change that it sees needs a new form beside the old one.
//!
//! What can't be read is never an error: the text is what counts, and it stands in a column of its own. A body whose
//! ranges are lost comes back as paragraphs.

use rusqlite::types::{FromSql, FromSqlResult, ValueRef};
use serde::{Deserialize, Serialize};

use crate::document::{
    Block, BlockKind, Body, Destination, Division, Metadata, Part, RawBody, Span, TextRange,
};

/// The form written now. Form 1 of a body had no destinations.
const FORM: u8 = 2;

/// The lists of a document's metadata.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Lists {
    pub authors: Vec<String>,
    pub topics: Vec<String>,
    pub details: Vec<(String, String)>,
}

impl FromSql for Lists {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Ok(decode(value.as_blob()?).unwrap_or_default())
    }
}

/// The lines of a book's contents that begin with a chapter.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Divisions(pub Vec<Division>);

impl FromSql for Divisions {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let bytes = value.as_blob_or_null()?;
        Ok(bytes.and_then(decode).unwrap_or_default())
    }
}

/// Returns the stored form of the lines of the contents that begin with a chapter: what [`Divisions`] reads.
pub(super) fn encode_divisions(divisions: &[Division]) -> rusqlite::Result<Option<Vec<u8>>> {
    if divisions.is_empty() {
        Ok(None)
    } else {
        encode(&divisions).map(Some)
    }
}

/// Returns the stored form of `value`.
pub(super) fn encode(value: &impl Serialize) -> rusqlite::Result<Vec<u8>> {
    postcard::to_extend(value, vec![FORM])
        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))
}

/// Returns the stored form of the lists of `metadata`: what [`Lists`] reads.
pub(super) fn encode_lists(metadata: &Metadata) -> rusqlite::Result<Vec<u8>> {
    encode(&(&metadata.authors, &metadata.topics, &metadata.details))
}

/// Returns the stored form of a body's ranges.
pub(super) fn encode_shape(body: &Body) -> rusqlite::Result<Vec<u8>> {
    encode(&(
        body.blocks(),
        body.spans(),
        body.parts(),
        body.destinations(),
    ))
}

/// Puts a body together from its text and the stored form of its ranges.
pub(super) fn decode_body(text: String, shape: &[u8]) -> Body {
    let (blocks, spans, parts, destinations) = decode_shape(shape).unwrap_or_else(|| {
        log::warn!("the blocks of a document can't be read; it is shown as paragraphs");
        (paragraphs(&text), Vec::new(), Vec::new(), Vec::new())
    });
    Body::from_raw(RawBody {
        text,
        blocks,
        spans,
        parts,
        destinations,
    })
}

/// The ranges of a body, as they are stored.
type Shape = (Vec<Block>, Vec<Span>, Vec<Part>, Vec<Destination>);

fn decode_shape(bytes: &[u8]) -> Option<Shape> {
    match bytes.split_first()? {
        (1, bytes) => {
            let (blocks, spans, parts) = postcard::from_bytes(bytes).ok()?;
            Some((blocks, spans, parts, Vec::new()))
        }
        (&FORM, bytes) => postcard::from_bytes(bytes).ok(),
        _ => None,
    }
}

/// Reads what has the same form in every version.
fn decode<T: for<'bytes> Deserialize<'bytes>>(bytes: &[u8]) -> Option<T> {
    match bytes.split_first()? {
        (1 | &FORM, bytes) => postcard::from_bytes(bytes).ok(),
        _ => None,
    }
}

/// Returns the text's lines as paragraphs.
fn paragraphs(text: &str) -> Vec<Block> {
    let mut start = 0;
    let mut blocks = Vec::new();
    for line in text.split('\n') {
        let range = TextRange::new(start, start + line.len());
        start += line.len() + 1;
        if !range.is_empty() {
            blocks.push(Block {
                kind: BlockKind::Paragraph,
                range,
                containers: Vec::new(),
            });
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Container, Item, Label, Marker, SpanKind};

    fn block(kind: BlockKind, start: usize, containers: &[Container]) -> Block {
        Block {
            kind,
            range: TextRange::new(start, start + 1),
            containers: containers.to_vec(),
        }
    }

    /// Every variant once, on the letters of `a\nb\nc…`.
    fn everything() -> Shape {
        let item = |marker| {
            [Container::Item(Item {
                marker,
                opens: true,
            })]
        };
        let blocks = vec![
            block(BlockKind::Heading { level: 2 }, 0, &[]),
            block(BlockKind::Standfirst, 2, &[]),
            block(BlockKind::Paragraph, 4, &[Container::Quotation]),
            block(BlockKind::Paragraph, 6, &item(Marker::Bullet)),
            block(BlockKind::Paragraph, 8, &item(Marker::Number(7))),
            block(BlockKind::Paragraph, 10, &item(Marker::Task(true))),
            block(BlockKind::Code, 12, &[]),
            block(BlockKind::TableRow { header: true }, 14, &[]),
            block(BlockKind::Image, 16, &[]),
            block(BlockKind::Rule, 18, &[]),
            block(BlockKind::Credit, 20, &[]),
        ];
        let spans = [
            SpanKind::Emphasis,
            SpanKind::Strong,
            SpanKind::Code,
            SpanKind::Deleted,
            SpanKind::Link("u".to_owned()),
        ]
        .into_iter()
        .map(|kind| Span {
            kind,
            range: TextRange::new(4, 5),
        })
        .collect();
        let parts = vec![Part {
            range: TextRange::new(0, 21),
            key: None,
            author: Some("A".to_owned()),
            published: "2012-11".parse().ok(),
            depth: 1,
            reply_to: Some(0),
            title: None,
        }];
        let destinations = vec![Destination {
            name: "n".to_owned(),
            at: 4,
        }];
        (blocks, spans, parts, destinations)
    }

    /// What libraries out there hold. If this fails, old libraries can't be read: write a new form, keep this one.
    #[test]
    fn the_form_of_stored_bodies_stays_what_it_is() {
        let stored: [u8; 102] = [
            2, 11, 0, 2, 0, 1, 0, 1, 2, 3, 0, 2, 4, 5, 1, 0, 2, 6, 7, 1, 1, 0, 1, 2, 8, 9, 1, 1, 1,
            7, 1, 2, 10, 11, 1, 1, 2, 1, 1, 3, 12, 13, 0, 4, 1, 14, 15, 0, 5, 16, 17, 0, 6, 18, 19,
            0, 7, 20, 21, 0, 5, 0, 4, 5, 1, 4, 5, 2, 4, 5, 3, 4, 5, 4, 1, 117, 4, 5, 1, 0, 21, 0,
            1, 1, 65, 1, 7, 50, 48, 49, 50, 45, 49, 49, 1, 1, 0, 0, 1, 1, 110, 4,
        ];
        assert_eq!(encode(&everything()).unwrap(), stored);
        assert_eq!(decode_shape(&stored), Some(everything()));
        // Form 1, as libraries made before destinations have it.
        let mut first = stored[..98].to_vec();
        first[0] = 1;
        let (blocks, spans, parts, _) = everything();
        assert_eq!(
            decode_shape(&first),
            Some((blocks, spans, parts, Vec::new()))
        );
    }

    /// A marker that came later stands behind those that old libraries hold.
    #[test]
    fn the_form_of_a_stored_label_stays_what_it_is() {
        let marker = Marker::Label(Label::new("(a)").unwrap());
        let stored = [FORM, 3, b'(', b'a', b')', 0, 0, 0, 0, 0, 0, 0, 0, 0];
        assert_eq!(encode(&marker).unwrap(), stored);
        assert_eq!(decode::<Marker>(&stored), Some(marker));
    }

    #[test]
    fn ranges_that_cannot_be_read_leave_the_text_as_paragraphs() {
        for shape in [&[][..], &[9], &[FORM, 255], &[FORM, 1, 200, 0]] {
            let body = decode_body("one\n\ntwo".to_owned(), shape);
            assert_eq!(body.text(), "one\n\ntwo");
            let words: Vec<&str> = body
                .blocks()
                .iter()
                .map(|block| body.slice(block.range))
                .collect();
            assert_eq!(words, ["one", "two"], "{shape:?}");
        }
    }
}
