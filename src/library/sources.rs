//! What was added, how much of it can be found, and what could not be read.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use super::{Error, Library, Warning};
use crate::store::{self, SourceId, SourceKind};

/// A source, as a list of sources shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceInfo {
    /// Its number.
    pub id: SourceId,
    /// What sort of thing it is.
    pub kind: SourceKind,
    /// What it is called.
    pub name: String,
    /// The absolute path; none for the seeds.
    pub path: Option<PathBuf>,
    /// How many documents it has, those aside that are hidden.
    pub documents: usize,
    /// How many more are hidden.
    pub hidden: usize,
    /// How many of `documents` are folded behind others that are the same article.
    pub folded: usize,
    /// When it was added.
    pub added: jiff::Timestamp,
    /// When it was last looked through to its end.
    pub looked: Option<jiff::Timestamp>,
    /// What was not as it should be when it was read.
    pub warnings: Vec<Warning>,
    /// The files of it that could not be read.
    pub failed: Vec<FailedFile>,
    /// The paths of its files that could be read and had no text, below the source.
    pub textless: Vec<String>,
}

/// How much of the library can be found by searching, and what is missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// How many documents the library has, those aside that are hidden.
    pub documents: usize,
    /// How many of them are searchable.
    pub searchable: usize,
    /// How many of them are folded behind others that are the same article.
    pub folded: usize,
    /// The files that were added but could not be read, source by source, in the order of their paths.
    pub failed: Vec<FailedFile>,
}

/// How far the store and the index have come: another one whenever documents were added, changed, removed or made
/// searchable, or tagged, by whomever. Other marks make no difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edition {
    /// The last change in the store.
    stored: i64,
    /// The last change in the index.
    searchable: i64,
    /// The last change of own tags.
    tagged: i64,
}

/// A file that was added but could not be read. One that is merely empty is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailedFile {
    /// The name of the source that it belongs to.
    pub source: String,
    /// The path below that source.
    pub path: String,
    /// Why nothing could be read.
    pub reason: String,
}

impl SourceInfo {
    /// Returns when it was last looked through, by the person's own clock: `2012-11-30 14:05`, or `never`.
    pub fn looked_at(&self) -> String {
        self.looked.map_or_else(
            || "never".to_owned(),
            |moment| {
                let zone = jiff::tz::TimeZone::system();
                moment.to_zoned(zone).strftime("%Y-%m-%d %H:%M").to_string()
            },
        )
    }

    /// Returns the path to be read again: none for what is nowhere on the disk and so can't have changed there.
    ///
    /// # Errors
    ///
    /// What a person is to be told, where nothing is at its path now: a disk that is not there, most likely.
    pub fn to_refresh(&self) -> Result<Option<&Path>, String> {
        match self.path.as_deref() {
            Some(path) if !path.exists() => Err(format!(
                "is not there now; the library keeps its {} documents",
                self.documents + self.hidden
            )),
            path => Ok(path),
        }
    }
}

impl Library {
    /// Returns the sources in the order in which they were added.
    pub fn sources(&self) -> Result<Vec<SourceInfo>, Error> {
        let sources = self.store.sources()?;
        let mut failed = self.failed_files(&sources)?;
        let aside = self.store.aside()?;
        let mut textless: HashMap<SourceId, Vec<String>> = HashMap::new();
        for (source, path) in self.store.textless_files()? {
            textless.entry(source).or_default().push(path);
        }
        sources
            .into_iter()
            .map(|source| {
                let aside = aside.get(&source.id).copied().unwrap_or_default();
                Ok(SourceInfo {
                    warnings: self.warnings(&source)?,
                    failed: failed.remove(&source.id).unwrap_or_default(),
                    textless: textless.remove(&source.id).unwrap_or_default(),
                    id: source.id,
                    kind: source.kind,
                    name: source.name,
                    path: source.path.map(PathBuf::from),
                    documents: source.documents.saturating_sub(aside.hidden),
                    hidden: aside.hidden,
                    folded: aside.folded,
                    added: jiff::Timestamp::from_second(source.added).unwrap_or_default(),
                    looked: source
                        .looked
                        .and_then(|looked| jiff::Timestamp::from_second(looked).ok()),
                })
            })
            .collect()
    }

    /// Returns which edition of the library this is: what was told of an earlier one may hold no more.
    pub fn edition(&self) -> Result<Edition, Error> {
        Ok(Edition {
            stored: self.store.last_change()?,
            searchable: self.index.stamp()?.map_or(0, |stamp| stamp.change),
            tagged: self.store.tags_changed()?,
        })
    }

    /// Returns how much of the library can be found by searching.
    pub fn coverage(&self) -> Result<Coverage, Error> {
        self.reload()?;
        let sources = self.store.sources()?;
        let failed = self.failed_files(&sources)?;
        let aside: Vec<store::Aside> = self.store.aside()?.into_values().collect();
        let hidden = aside.iter().map(|aside| aside.hidden).sum();
        let documents: usize = sources.iter().map(|source| source.documents).sum();
        let documents = documents.saturating_sub(hidden);
        Ok(Coverage {
            documents,
            // The index may still hold what was just removed.
            searchable: self.index.len().saturating_sub(hidden).min(documents),
            folded: aside.iter().map(|aside| aside.folded).sum(),
            failed: failed.into_values().flatten().collect(),
        })
    }

    /// Returns the files that could not be read, by their source.
    fn failed_files(
        &self,
        sources: &[store::Source],
    ) -> Result<BTreeMap<SourceId, Vec<FailedFile>>, Error> {
        let sources = sources.iter().map(|source| (source.id, &source.name));
        let names: HashMap<SourceId, &String> = sources.collect();
        let mut failed: BTreeMap<SourceId, Vec<FailedFile>> = BTreeMap::new();
        for file in self.store.failed_files()? {
            let name = names.get(&file.source).copied();
            failed.entry(file.source).or_default().push(FailedFile {
                source: name.cloned().unwrap_or_default(),
                path: file.path,
                reason: file.reason,
            });
        }
        Ok(failed)
    }

    fn warnings(&self, source: &store::Source) -> Result<Vec<Warning>, Error> {
        if source.warnings == 0 {
            return Ok(Vec::new());
        }
        let warnings = self.store.warnings(source.id)?.into_iter();
        Ok(warnings
            .map(|warning| Warning {
                path: PathBuf::from(warning.path),
                place: warning.place,
                message: warning.message,
            })
            .collect())
    }
}
