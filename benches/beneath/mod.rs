//! What lies beneath: tantivy asked directly, on the same files.

use std::path::Path;

use tantivy::collector::{Count, TopDocs};
use tantivy::query::Query;
use tantivy::schema::Field;
use tantivy::{Index, Searcher};

/// The index of a folder, without recto.
pub struct Bare {
    searcher: Searcher,
    /// The stems of all the words.
    pub words: Field,
    /// The words themselves.
    pub exact: Field,
}

impl Bare {
    /// Opens the index of a folder.
    pub fn open(folder: &Path) -> Self {
        let index = Index::open_in_dir(folder).expect("an index");
        let schema = index.schema();
        let field = |name| schema.get_field(name).expect("a field of the schema");
        Self {
            words: field("words"),
            exact: field("words_exact"),
            searcher: index.reader().expect("a reader").searcher(),
        }
    }

    /// Runs a query for its best fifty and its count, and returns a number that owes something to both.
    pub fn run(&self, query: &dyn Query) -> usize {
        let best = TopDocs::with_limit(50).order_by_score();
        let found = self.searcher.search(query, &(best, Count));
        let (best, count) = found.expect("an answer");
        best.len() + count
    }
}
