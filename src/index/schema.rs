//! What is kept of a document: its words, in the places where a question can name them, and columns of facts.
//!
//! Nothing is stored to be handed out again: texts and titles live in the library. A place of
//! text holds its words twice, as stems and as the folded words themselves; the latter are what `=word`, beginnings and
//! near spellings look through. A place of names holds only these.
//!
//! The field of all the words holds the title twice and then the body; where a phrase of the text stands in for a title,
//! that is there once: one field, with the title weighing double, ranks
//! better than a field each (nDCG@10 over six public collections: +.027 against −.017 to −.048 for two fields summed).
//! `beginnings` makes a letter or two as quick to find as a word: a twelfth more to write, and nothing to keep ready.
//! `body_from` says at which position the body begins, so that `body:` and a phrase can tell it from the title.

use tantivy::schema::{
    Field as Column, IndexRecordOption, NumericOptions, Schema, SchemaBuilder, TextFieldIndexing,
    TextOptions,
};
use tantivy::tokenizer::TokenizerManager;

use super::tokens::{Analysis, Form};
use crate::query::Field;
use crate::query::chain::MOST_LEFT_OUT;

/// The version of what is written here and of how it is analysed. A change to either counts it up, and each library
/// rebuilds its index.
pub(super) const VERSION: u32 = 6;

/// Where the body begins of a document without a title: tantivy leaves a position free after each of the two.
pub(super) const NO_TITLE: u64 = 2;

/// How far apart the values of a place are set, in positions, so that no phrase reaches from one author or heading to
/// the next.
pub(super) const APART: u32 = MOST_LEFT_OUT + 1;

/// A place that holds words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// The stems; of names the words themselves.
    pub stems: Column,
    /// The words themselves, folded.
    pub exact: Column,
}

/// The columns of the schema.
#[derive(Clone, Debug)]
pub(super) struct Fields {
    /// The title twice, then the body. What stands in for a title is only in the body.
    pub words: Place,
    /// The first one and two letters of each of these words, as words: a beginning that is in nearly every document is
    /// one list to read and not that of each of the 100,000 words that begin so.
    pub beginnings: Column,
    pub title: Place,
    pub heading: Place,
    pub author: Place,
    pub source: Place,
    pub url: Place,
    /// The stems of the whole title as one term: an exact title leads.
    pub whole_title: Column,
    /// The title's folded words: the order of `sort:title`.
    pub title_order: Column,
    pub id: Column,
    pub body_from: Column,
    /// How long the text is, in bytes: the order of `sort:length`.
    pub length: Column,
    /// The first second of the date: the order of time.
    pub published: Column,
    /// The same by the clock of its author: what belongs to a year or a day.
    pub by_clock: Column,
    /// The year by that clock, or [`UNDATED`](crate::query::facet::UNDATED), which sorts after every year.
    pub year: Column,
    /// When it came into the library, in seconds since 1970.
    pub added: Column,
    /// What is in its text, a bit each.
    pub features: Column,
    pub kind: Column,
    pub language: Column,
    pub source_name: Column,
    pub author_names: Column,
    pub topic_names: Column,
}

impl Fields {
    /// Returns the schema and its columns.
    pub(super) fn new() -> (Schema, Self) {
        let mut schema = Schema::builder();
        let number = NumericOptions::default().set_fast();
        let fields = Self {
            words: Place {
                stems: words(&mut schema, "words", Form::Stem, 0),
                exact: words(&mut schema, "words_exact", Form::Begun, 0),
            },
            beginnings: beginnings(&mut schema, "beginnings"),
            title: place(&mut schema, "title", 0),
            heading: place(&mut schema, "heading", APART),
            author: names(&mut schema, "author"),
            source: names(&mut schema, "source"),
            url: names(&mut schema, "url"),
            whole_title: schema.add_text_field("whole_title", whole()),
            title_order: schema.add_text_field("title_order", fact()),
            id: schema.add_i64_field("id", number.clone().set_indexed()),
            body_from: schema.add_u64_field("body_from", number.clone()),
            length: schema.add_u64_field("length", number.clone()),
            published: schema.add_i64_field("published", number.clone()),
            by_clock: schema.add_i64_field("by_clock", number.clone()),
            added: schema.add_i64_field("added", number.clone()),
            features: schema.add_u64_field("features", number),
            year: schema.add_text_field("year", fact()),
            kind: schema.add_text_field("kind", fact()),
            language: schema.add_text_field("language", fact()),
            source_name: schema.add_text_field("source_name", fact()),
            author_names: schema.add_text_field("author_names", fact()),
            topic_names: schema.add_text_field("topic_names", fact()),
        };
        (schema.build(), fields)
    }

    /// Returns the place that a field of a question names. The body shares its place with the title. Notes have none: they
    /// never come here.
    pub(super) fn place(&self, field: Field) -> Place {
        match field {
            Field::Any | Field::Body | Field::Note => self.words,
            Field::Title => self.title,
            Field::Heading => self.heading,
            Field::Author => self.author,
            Field::Source => self.source,
            Field::Url => self.url,
        }
    }
}

/// Makes the words of every place by the one analysis of texts. To be called on every opening: tantivy does not keep it.
pub(super) fn register(tokenizers: &TokenizerManager) {
    for form in [Form::Stem, Form::Folded, Form::Begun, Form::Beginnings] {
        for from in [0, APART] {
            tokenizers.register(&analysis_name(form, from), Analysis { form, from });
        }
    }
}

fn analysis_name(form: Form, from: u32) -> String {
    format!("{form:?}-{from}").to_lowercase()
}

fn place(schema: &mut SchemaBuilder, name: &str, from: u32) -> Place {
    Place {
        stems: words(schema, name, Form::Stem, from),
        exact: words(schema, &format!("{name}_exact"), Form::Folded, from),
    }
}

/// The beginnings of words: they are counted, and how long a document is its words say.
fn beginnings(schema: &mut SchemaBuilder, name: &str) -> Column {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(&analysis_name(Form::Beginnings, 0))
        .set_fieldnorms(false)
        .set_index_option(IndexRecordOption::WithFreqs);
    schema.add_text_field(name, TextOptions::default().set_indexing_options(indexing))
}

/// A place of names, which have no stems: `Lyons` is nobody called Lyon.
fn names(schema: &mut SchemaBuilder, name: &str) -> Place {
    let exact = words(schema, name, Form::Folded, APART);
    Place {
        stems: exact,
        exact,
    }
}

fn words(schema: &mut SchemaBuilder, name: &str, form: Form, from: u32) -> Column {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(&analysis_name(form, from))
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    schema.add_text_field(name, TextOptions::default().set_indexing_options(indexing))
}

/// A text found only as a whole.
fn whole() -> TextOptions {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("raw")
        .set_fieldnorms(false)
        .set_index_option(IndexRecordOption::Basic);
    TextOptions::default().set_indexing_options(indexing)
}

/// A text that is counted and compared, not searched.
fn fact() -> TextOptions {
    TextOptions::default().set_fast("raw")
}
