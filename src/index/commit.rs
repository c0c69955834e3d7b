//! One commit, opened for searching: its segments, and what is worked out once for all of them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use tantivy::index::SegmentId;
use tantivy::schema::Field as Column;
use tantivy::{DocId, Searcher, SegmentReader, TantivyError};

use super::Error;
use super::bits::Bits;
use super::bm25::Bm25;
use super::columns::{Columns, Lists};
use super::names::Names;
use super::schema::Fields;
use super::spelling::LookedUp;
use crate::query::whole_name;

/// A segment, opened.
pub(super) struct Segment {
    pub reader: SegmentReader,
    pub columns: Arc<Columns>,
    /// The documents that have not been removed or replaced.
    pub alive: Bits,
}

/// A commit, opened. It stays what it is while newer ones come.
pub(super) struct Commit {
    pub fields: Fields,
    pub segments: Vec<Segment>,
    pub sources: Names,
    pub authors: Names,
    pub kinds: Values,
    pub languages: Values,
    pub years: Values,
    directory: PathBuf,
    searcher: Searcher,
    /// What was looked up of words that may be in no document.
    pub looked_up: LookedUp,
    title_ranks: OnceLock<Vec<Vec<u32>>>,
    source_ranks: OnceLock<Vec<u32>>,
}

impl Commit {
    /// Opens what `searcher` sees, with the columns of the segments that `earlier` had too.
    pub(super) fn new(
        directory: &Path,
        searcher: Searcher,
        fields: Fields,
        earlier: Option<&Self>,
    ) -> tantivy::Result<Self> {
        let known: BTreeMap<SegmentId, &Arc<Columns>> = earlier
            .into_iter()
            .flat_map(|commit| &commit.segments)
            .map(|segment| (segment.reader.segment_id(), &segment.columns))
            .collect();
        let open = |reader: &SegmentReader| -> tantivy::Result<Segment> {
            let columns = match known.get(&reader.segment_id()) {
                Some(columns) => Arc::clone(columns),
                None => Arc::new(Columns::new(reader)?),
            };
            let alive = reader.alive_bitset();
            Ok(Segment {
                alive: alive.map_or_else(
                    || Bits::all(reader.max_doc()),
                    |alive| Bits::of(reader.max_doc(), |document| alive.is_alive(document)),
                ),
                reader: reader.clone(),
                columns,
            })
        };
        let segments: Vec<Segment> = searcher
            .segment_readers()
            .iter()
            .map(open)
            .collect::<tantivy::Result<_>>()?;
        let values = |column: fn(&Columns) -> &Lists| {
            Values::new(segments.iter().map(|segment| column(&segment.columns)))
        };
        let names = |column: fn(&Columns) -> &Lists| {
            let columns = segments.iter();
            Names::new(columns.map(|segment| (column(&segment.columns), &segment.alive)))
        };
        Ok(Self {
            sources: names(|columns| &columns.sources),
            authors: names(|columns| &columns.authors),
            kinds: values(|columns| &columns.kinds),
            languages: values(|columns| &columns.languages),
            years: values(|columns| &columns.years),
            fields,
            segments,
            directory: directory.to_owned(),
            searcher,
            looked_up: LookedUp::default(),
            title_ranks: OnceLock::new(),
            source_ranks: OnceLock::new(),
        })
    }

    /// Returns whether `searcher` sees nothing new.
    pub(super) fn is_of(&self, searcher: &Searcher) -> bool {
        self.searcher.generation().segments() == searcher.generation().segments()
    }

    /// Says where it is that something was wrong with.
    pub(super) fn damage(&self, error: TantivyError) -> Error {
        Error::reading(&self.directory, error)
    }

    /// Returns how many documents there are.
    pub(super) fn len(&self) -> usize {
        self.searcher.num_docs() as usize
    }

    /// Returns how the words of `column` score that stand in `frequency` documents.
    pub(super) fn bm25(&self, column: Column, frequency: u64) -> tantivy::Result<Bm25> {
        let documents = self.documents_with_removed();
        Ok(Bm25::new(
            frequency.min(documents),
            documents,
            self.average_length(column)?,
        ))
    }

    /// Returns the average number of words that a document has in `column`.
    fn average_length(&self, column: Column) -> tantivy::Result<f32> {
        let mut words = 0;
        for segment in &self.segments {
            words += segment.reader.inverted_index(column)?.total_num_tokens();
        }
        Ok(words as f32 / self.documents_with_removed() as f32)
    }

    /// Returns how many documents the statistics of words are about.
    pub(super) fn documents_with_removed(&self) -> u64 {
        let segments = self.segments.iter();
        segments
            .map(|segment| u64::from(segment.reader.max_doc()))
            .sum()
    }

    /// Returns where each document stands in the order of titles, a list a segment. Made on first use: it reads every title.
    pub(super) fn title_ranks(&self) -> tantivy::Result<&[Vec<u32>]> {
        if let Some(ranks) = self.title_ranks.get() {
            return Ok(ranks);
        }
        let mut titles = Vec::new();
        for segment in &self.segments {
            let column = segment.reader.fast_fields().str("title_order")?;
            titles.push(Lists::new(column, segment.reader.max_doc())?);
        }
        let values = Values::new(titles.iter());
        let ranks = titles.iter().zip(&values.ranks).zip(&self.segments);
        let ranks = ranks.map(|((titles, ranks), segment)| {
            let rank = |document: DocId| {
                let place = titles.of(document).first();
                let rank = place.and_then(|&place| ranks.get(place as usize));
                rank.copied().unwrap_or_default()
            };
            (0..segment.reader.max_doc()).map(rank).collect()
        });
        Ok(self.title_ranks.get_or_init(|| ranks.collect()))
    }

    /// Returns where each name of a source stands in their order, whichever way it is written. Made on first use.
    pub(super) fn source_ranks(&self) -> &[u32] {
        self.source_ranks.get_or_init(|| {
            let shown = self.sources.shown.iter().map(|name| whole_name(name));
            let mut order: Vec<(String, usize)> = shown.zip(0..).collect();
            order.sort_unstable();
            let mut ranks = vec![0; order.len()];
            for (rank, (_, place)) in (0..).zip(order) {
                if let Some(of_place) = ranks.get_mut(place) {
                    *of_place = rank;
                }
            }
            ranks
        })
    }
}

/// The values of a column in all segments as one sorted table.
pub(super) struct Values {
    pub names: Vec<String>,
    /// For each segment, where its own values stand in the table.
    pub ranks: Vec<Vec<u32>>,
}

impl Values {
    pub(super) fn new<'a>(columns: impl Iterator<Item = &'a Lists>) -> Self {
        let columns: Vec<&Lists> = columns.collect();
        let mut names: Vec<String> = columns
            .iter()
            .flat_map(|column| column.values.iter().cloned())
            .collect();
        names.sort_unstable();
        names.dedup();
        let rank = |value: &String| names.partition_point(|name| name < value) as u32;
        let ranks = columns
            .iter()
            .map(|column| column.values.iter().map(rank).collect());
        let ranks = ranks.collect();
        Self { names, ranks }
    }
}
