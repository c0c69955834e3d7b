//! The bare writer: tantivy alone, given the texts of documents, into columns like those of recto's index.

use std::error::Error;
use std::thread;

use recto::document::{BlockKind, Document};
use recto::index::Index as Recto;
use tantivy::schema::Schema;
use tantivy::tokenizer::{LowerCaser, SimpleTokenizer, TextAnalyzer};
use tantivy::{Index, IndexWriter, TantivyDocument};

use crate::words::Plain;

/// Where the words of a text come from.
#[derive(Clone, Copy)]
pub enum Words {
    /// The analysis that recto has.
    Recto,
    /// Tantivy's own tokenizer: runs of letters and digits, in small letters.
    Simple,
}

/// Writes documents into a new index.
pub fn write(documents: &[Document], words: Words) -> Result<(), Box<dyn Error>> {
    let like = tempfile::tempdir()?;
    drop(Recto::create(like.path())?);
    let schema = Index::open_in_dir(like.path())?.schema();
    let folder = tempfile::tempdir()?;
    let index = Index::create_in_dir(folder.path(), schema.clone())?;
    for (name, stem) in [
        ("stem", true),
        ("folded", false),
        ("begun", false),
        ("beginnings", false),
    ] {
        for from in [0, 1 << 16] {
            let analyzer = match words {
                Words::Recto => TextAnalyzer::builder(Plain { stem, from }).build(),
                Words::Simple => TextAnalyzer::builder(SimpleTokenizer::default())
                    .filter(LowerCaser)
                    .build(),
            };
            index
                .tokenizers()
                .register(&format!("{name}-{from}"), analyzer);
        }
    }
    let threads = thread::available_parallelism()
        .map_or(1, usize::from)
        .min(4);
    let mut writer: IndexWriter = index.writer_with_num_threads(threads, threads * (60 << 20))?;
    for (number, document) in (1..).zip(documents) {
        writer.add_document(row(&schema, number, document)?)?;
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    Ok(())
}

/// Returns what recto's index keeps of a document, but for the beginnings of its words, the order of titles and the like:
/// less than recto writes.
fn row(
    schema: &Schema,
    number: i64,
    document: &Document,
) -> Result<TantivyDocument, Box<dyn Error>> {
    let mut row = TantivyDocument::default();
    let (metadata, body) = (&document.metadata, &document.body);
    let field = |name: &str| schema.get_field(name);
    let title = &metadata.title.text;
    for place in ["", "_exact"] {
        let words = field(&format!("words{place}"))?;
        for text in [title, title, body.text()] {
            row.add_text(words, text);
        }
        row.add_text(field(&format!("title{place}"))?, title);
        let heading = field(&format!("heading{place}"))?;
        for block in body.blocks() {
            if matches!(block.kind, BlockKind::Heading { .. }) {
                row.add_text(heading, body.slice(block.range));
            }
        }
    }
    row.add_i64(field("id")?, number);
    row.add_text(field("url")?, metadata.url.as_deref().unwrap_or_default());
    row.add_text(field("kind")?, metadata.kind.name());
    for author in &metadata.authors {
        row.add_text(field("author")?, author);
        row.add_text(field("author_names")?, author);
    }
    for topic in &metadata.topics {
        row.add_text(field("topic_names")?, topic);
    }
    if let Some(date) = metadata.published {
        row.add_i64(field("published")?, date.start());
        row.add_text(field("year")?, format!("{:04}", date.year()));
    }
    Ok(row)
}
