//! The facts of one segment's documents, taken out of their packed columns once.
//!
//! A segment never changes (a removal only marks its documents dead), so these are shared by every commit that has it.
//! Unpacked they cost some 100 bytes a document, and six facets over 18,000 documents are counted in a millisecond.

use tantivy::columnar::StrColumn;
use tantivy::{DocId, SegmentReader};

use super::bits::Bits;
use crate::document::{DocumentId, Kind};
use crate::text::Language;

/// The facts of one segment's documents, by their numbers in it.
#[derive(Debug)]
pub(super) struct Columns {
    pub ids: Vec<DocumentId>,
    /// The first second of the date.
    pub published: Vec<Option<i64>>,
    /// The same by the clock of its author.
    pub by_clock: Vec<Option<i64>>,
    pub years: Lists,
    pub kinds: Lists,
    pub languages: Lists,
    pub sources: Lists,
    pub authors: Lists,
    pub topics: Lists,
}

impl Columns {
    pub(super) fn new(segment: &SegmentReader) -> tantivy::Result<Self> {
        let fast = segment.fast_fields();
        let documents = segment.max_doc();
        let numbers = |name: &str| -> tantivy::Result<Vec<Option<i64>>> {
            let column = fast.column_opt::<i64>(name)?;
            let number = |document| column.as_ref().and_then(|column| column.first(document));
            Ok((0..documents).map(number).collect())
        };
        let lists = |name: &str| Lists::new(fast.str(name)?, documents);
        let ids = numbers("id")?.into_iter();
        Ok(Self {
            ids: ids.map(|id| DocumentId(id.unwrap_or_default())).collect(),
            published: numbers("published")?,
            by_clock: numbers("by_clock")?,
            years: lists("year")?,
            kinds: lists("kind")?,
            languages: lists("language")?,
            sources: lists("source_name")?,
            authors: lists("author_names")?,
            topics: lists("topic_names")?,
        })
    }

    /// Returns the id of a document.
    pub(super) fn id(&self, document: DocId) -> DocumentId {
        let id = self.ids.get(document as usize).copied();
        id.unwrap_or(DocumentId(0))
    }

    /// Returns the documents of a kind.
    pub(super) fn of_kind(&self, kind: Kind) -> impl Fn(DocId) -> bool + use<'_> {
        self.kinds.having(kind.name())
    }

    /// Returns the documents in a language.
    pub(super) fn in_language(&self, language: Language) -> impl Fn(DocId) -> bool + use<'_> {
        self.languages.having(language.code().unwrap_or_default())
    }
}

/// For each document its values of one column, as places in a table of the values.
#[derive(Debug)]
pub(super) struct Lists {
    /// The values, sorted.
    pub values: Vec<String>,
    places: Vec<u32>,
    /// Where each document's places begin; one more at the end.
    starts: Vec<u32>,
}

impl Lists {
    pub(super) fn new(column: Option<StrColumn>, documents: DocId) -> tantivy::Result<Self> {
        let mut lists = Self {
            values: Vec::new(),
            places: Vec::new(),
            starts: vec![0],
        };
        for document in 0..documents {
            if let Some(column) = &column {
                let places = column.term_ords(document).map(|place| place as u32);
                lists.places.extend(places);
            }
            lists.starts.push(lists.places.len() as u32);
        }
        if let Some(column) = column {
            for place in 0..column.num_terms() as u64 {
                let mut value = String::new();
                column.ord_to_str(place, &mut value)?;
                lists.values.push(value);
            }
        }
        Ok(lists)
    }

    /// Returns the places of a document's values.
    pub(super) fn of(&self, document: DocId) -> &[u32] {
        let at = document as usize;
        let range = match self.starts.get(at..at + 2) {
            Some([start, end]) => *start as usize..*end as usize,
            _ => return &[],
        };
        self.places.get(range).unwrap_or_default()
    }

    /// Returns the documents that have a value.
    fn having<'a>(&'a self, value: &str) -> impl Fn(DocId) -> bool + use<'a> {
        let wanted = self.values.iter().position(|known| known == value);
        move |document| {
            let places = self.of(document);
            wanted.is_some_and(|wanted| places.contains(&(wanted as u32)))
        }
    }

    /// Returns for each value how often it is had, of the documents that are alive: what was replaced counts no more.
    pub(super) fn uses(&self, alive: &Bits) -> Vec<usize> {
        let mut uses = vec![0; self.values.len()];
        for place in alive.iter().flat_map(|document| self.of(document)) {
            if let Some(uses) = uses.get_mut(*place as usize) {
                *uses += 1;
            }
        }
        uses
    }
}
