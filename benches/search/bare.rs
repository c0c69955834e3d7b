//! The bare index: tantivy asked directly, on the same files.

use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use recto::text::{Language, analysis};
use tantivy::query::{AllQuery, BooleanQuery, PhraseQuery, Query, RangeQuery, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{Index, IndexWriter, TantivyDocument, Term};

use crate::beneath::Bare;
use crate::data::Article;
use crate::words::Plain;

impl Bare {
    /// Returns how long a plain writer takes for the same articles, into columns like those of the index in `like`.
    pub fn time_indexing(like: &Path, articles: &[Article]) -> Duration {
        let schema = Index::open_in_dir(like).expect("an index").schema();
        let folder = tempfile::tempdir().expect("a temporary folder");
        let index = Index::create_in_dir(folder.path(), schema.clone()).expect("a new index");
        for (name, stem) in [
            ("stem", true),
            ("folded", false),
            ("begun", false),
            ("beginnings", false),
        ] {
            for from in [0, 1 << 16] {
                index
                    .tokenizers()
                    .register(&format!("{name}-{from}"), Plain { stem, from });
            }
        }
        let field = |name| schema.get_field(name).expect("a field of the schema");
        let (id, title, heading) = (field("id"), field("title"), field("heading"));
        let texts = ["words", "words_exact"].map(field);
        let facts = ["source_name", "author_names", "topic_names"].map(field);
        let rows: Vec<TantivyDocument> = articles
            .iter()
            .map(|article| {
                let metadata = &article.document.metadata;
                let mut row = TantivyDocument::default();
                row.add_i64(id, article.id.0);
                for text in texts {
                    row.add_text(text, &metadata.title.text);
                    row.add_text(text, &metadata.title.text);
                    row.add_text(text, article.document.body.text());
                }
                row.add_text(title, &metadata.title.text);
                row.add_text(heading, &metadata.title.text);
                row.add_text(facts[0], &article.source);
                metadata
                    .authors
                    .iter()
                    .for_each(|author| row.add_text(facts[1], author));
                metadata
                    .topics
                    .iter()
                    .for_each(|topic| row.add_text(facts[2], topic));
                row
            })
            .collect();
        let start = Instant::now();
        let threads = thread::available_parallelism()
            .map_or(1, usize::from)
            .min(4);
        let mut writer: IndexWriter = index
            .writer_with_num_threads(threads, threads * (60 << 20))
            .expect("a writer");
        for row in rows {
            writer.add_document(row).expect("a document added");
        }
        writer.commit().expect("a commit");
        writer.wait_merging_threads().expect("the end of merging");
        start.elapsed()
    }

    pub fn words(&self, text: &str) -> usize {
        let terms = self.terms(text).into_iter().map(|term| {
            let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
            Box::new(query) as Box<dyn Query>
        });
        self.run(&BooleanQuery::intersection(terms.collect()))
    }

    pub fn any(&self, text: &str) -> usize {
        let terms = self.terms(text).into_iter().map(|term| {
            let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
            Box::new(query) as Box<dyn Query>
        });
        self.run(&BooleanQuery::union(terms.collect()))
    }

    pub fn phrase(&self, text: &str) -> usize {
        match self.terms(text) {
            terms if terms.len() > 1 => self.run(&PhraseQuery::new(terms)),
            _ => self.words(text),
        }
    }

    pub fn prefix(&self, text: &str) -> usize {
        use std::ops::Bound::{Excluded, Included};
        let from = Term::from_field_text(self.exact, text);
        let to = Term::from_field_text(self.exact, &format!("{text}\u{10ffff}"));
        self.run(&RangeQuery::new(Included(from), Excluded(to)))
    }

    pub fn all(&self) -> usize {
        self.run(&AllQuery)
    }

    fn terms(&self, text: &str) -> Vec<Term> {
        let mut terms = Vec::new();
        analysis::analyze(text, Language::ENGLISH, |token| {
            terms.push(Term::from_field_text(self.words, token.stem));
        });
        terms
    }
}
