//! The facts of one segment's documents, taken out of their packed columns once.
//!
//! A segment never changes (a removal only marks its documents dead), so these are shared by every commit that has it.
//! They are taken out in runs and not value by value: of a million documents in 35 ms and not in 400, which is what
//! opening a library waits for. Unpacked they cost some 80 bytes a document.

use std::ops::Range;

use tantivy::columnar::column_index::MultiValueIndex;
use tantivy::columnar::{Column, ColumnIndex, ColumnValues, StrColumn};
use tantivy::{DocId, SegmentReader};

use super::bits::Bits;
use super::share;
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
            Ok(numbers(fast.column_opt::<i64>(name)?.as_ref(), documents))
        };
        let lists = |name: &str| Lists::new(fast.str(name)?, documents);
        let (names, facts) = side_by_side(
            documents,
            || -> tantivy::Result<_> {
                let (sources, authors) = (lists("source_name")?, lists("author_names")?);
                Ok((sources, authors, lists("topic_names")?))
            },
            || -> tantivy::Result<_> {
                let (years, kinds, languages) =
                    (lists("year")?, lists("kind")?, lists("language")?);
                let ids = numbers("id")?.into_iter();
                let ids = ids.map(|id| DocumentId(id.unwrap_or_default())).collect();
                Ok((
                    ids,
                    numbers("published")?,
                    numbers("by_clock")?,
                    years,
                    kinds,
                    languages,
                ))
            },
        );
        let (sources, authors, topics) = names?;
        let (ids, published, by_clock, years, kinds, languages) = facts?;
        Ok(Self {
            ids,
            published,
            by_clock,
            years,
            kinds,
            languages,
            sources,
            authors,
            topics,
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

/// Of how many documents columns are unpacked side by side.
const WORTH_SHARING: DocId = 50_000;

fn side_by_side<A: Send, B>(
    documents: DocId,
    one: impl FnOnce() -> A + Send,
    other: impl FnOnce() -> B,
) -> (A, B) {
    match documents {
        0..WORTH_SHARING => (one(), other()),
        _ => share::both(one, other),
    }
}

/// How many values are unpacked at a time.
const RUN: usize = 4096;

/// Hands `each` the values of a column in their order.
fn unpack<T: PartialOrd + Copy + Default + 'static>(
    values: &dyn ColumnValues<T>,
    range: Range<u32>,
    mut each: impl FnMut(T),
) {
    let mut run = [T::default(); RUN];
    for start in range.clone().step_by(RUN) {
        let count = (range.end - start).min(RUN as u32);
        let run = run.get_mut(..count as usize).unwrap_or_default();
        values.get_range(u64::from(start), run);
        for &value in run.iter() {
            each(value);
        }
    }
}

/// Returns the number of each document that has one.
fn numbers(column: Option<&Column<i64>>, documents: DocId) -> Vec<Option<i64>> {
    let mut numbers = Vec::with_capacity(documents as usize);
    let Some(column) = column else {
        numbers.resize(documents as usize, None);
        return numbers;
    };
    match &column.index {
        ColumnIndex::Full => {
            unpack(
                column.values.as_ref(),
                0..column.values.num_vals(),
                |value| {
                    numbers.push(Some(value));
                },
            );
        }
        ColumnIndex::Optional(known) => {
            let mut holders = known.iter_non_null_docs();
            unpack(
                column.values.as_ref(),
                0..column.values.num_vals(),
                |value| {
                    let holder = holders.next().unwrap_or(documents).min(documents);
                    numbers.resize(holder as usize, None);
                    numbers.push(Some(value));
                },
            );
        }
        _ => numbers.extend((0..documents).map(|document| column.first(document))),
    }
    numbers.resize(documents as usize, None);
    numbers
}

/// For each document its values of one column, as places in a table of the values.
#[derive(Debug)]
pub(super) struct Lists {
    /// The values, sorted.
    pub values: Vec<String>,
    places: Vec<u32>,
    starts: Starts,
}

/// Where each document's places begin.
#[derive(Debug)]
enum Starts {
    /// Each document has one.
    Each,
    /// Listed by document; one more at the end.
    Listed(Vec<u32>),
}

impl Lists {
    pub(super) fn new(column: Option<StrColumn>, documents: DocId) -> tantivy::Result<Self> {
        let mut lists = Self {
            values: Vec::new(),
            places: Vec::new(),
            starts: Starts::Listed(vec![0; documents as usize + 1]),
        };
        let Some(column) = column else {
            return Ok(lists);
        };
        let (values, ords) = (column.dictionary(), column.ords());
        lists.values.reserve(column.num_terms());
        let mut stream = values.stream()?;
        while stream.advance() {
            let value = String::from_utf8_lossy(stream.key());
            lists.values.push(value.into_owned());
        }
        let count = ords.values.num_vals();
        lists.places.reserve(count as usize);
        unpack(ords.values.as_ref(), 0..count, |place| {
            lists.places.push(place as u32);
        });
        lists.starts = match &ords.index {
            ColumnIndex::Full => Starts::Each,
            index => Starts::Listed(starts(index, documents)),
        };
        Ok(lists)
    }

    /// Returns the places of a document's values.
    pub(super) fn of(&self, document: DocId) -> &[u32] {
        let at = document as usize;
        let range = match &self.starts {
            Starts::Each => at..at + 1,
            Starts::Listed(starts) => match starts.get(at..at + 2) {
                Some([start, end]) => *start as usize..*end as usize,
                _ => return &[],
            },
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

/// Returns where the values of each document begin, and where they end.
fn starts(index: &ColumnIndex, documents: DocId) -> Vec<u32> {
    let mut starts = Vec::with_capacity(documents as usize + 1);
    match index {
        ColumnIndex::Empty { .. } => {}
        ColumnIndex::Full => starts.extend(0..=documents),
        ColumnIndex::Optional(known) => {
            for (count, holder) in (0..).zip(known.iter_non_null_docs()) {
                // Whoever has none begins and ends where the next holder begins.
                starts.resize(holder as usize + 1, count);
            }
            starts.resize(documents as usize + 1, known.num_non_nulls());
        }
        ColumnIndex::Multivalued(MultiValueIndex::MultiValueIndexV1(all)) => {
            let column = all.start_index_column.as_ref();
            unpack(column, 0..column.num_vals(), |start| starts.push(start));
        }
        ColumnIndex::Multivalued(MultiValueIndex::MultiValueIndexV2(all)) => {
            let mut holders = all.optional_index.iter_non_null_docs();
            let column = all.start_index_column.as_ref();
            let mut end = 0;
            unpack(column, 0..column.num_vals(), |start| {
                end = start;
                if let Some(holder) = holders.next() {
                    starts.resize(holder as usize + 1, start);
                }
            });
            starts.resize(documents as usize + 1, end);
        }
    }
    starts
}
