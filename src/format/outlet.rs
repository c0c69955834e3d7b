//! Where every format hands its documents out: keys are given, the manifest is laid over, text from outside is made
//! safe, and what was wrong is gathered.

mod within;

use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;

use super::saved::Saved;
use super::{Input, Outcome, Warning, facts, language, named, title, topics};
use crate::config::manifest::{FileEntry, Split};
use crate::document::{Body, Document, Key, Metadata, Subscription};
use crate::text::sanitize;

pub(super) use within::Inside;

/// How many warnings a file gives: who has so many wants to know how many, not each.
const MOST_WARNINGS: usize = 100;

/// How a document stands in its file, which decides by what it is known where its source gives it no name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Place {
    /// It is the whole file: known by the file's path.
    #[default]
    Alone,
    /// It is one of several on a page: known by the path and its title.
    OnPage,
    /// It is an item of a feed, which may be fetched to any path: known by a hash of its title and date.
    InFeed,
}

/// How many bytes of an item without a title stand for one in its hash.
const TOLD_BY: usize = 200;

/// The longest title in a key, in bytes.
const SLUG: usize = 80;

/// A document before it has its key, its manifest facts and, where its source gave no title, a phrase for one.
#[derive(Debug, Default)]
pub(super) struct Draft {
    /// The names that its source gives it, the best first: guid, link.
    pub names: Vec<String>,
    /// How it stands in its file.
    pub place: Place,
    /// What the source says about it.
    pub metadata: Metadata,
    /// What it says.
    pub body: Body,
}

/// The way out of a file: gives each document its key and hands it on.
pub(super) struct Outlet<'a, 'e> {
    input: &'a Input<'a>,
    each: &'e mut dyn FnMut(Document) -> ControlFlow<()>,
    outcome: Outcome,
    /// The names given so far, as hashes (a feed may have a hundred thousand), with how often each was asked for.
    given: HashMap<u64, u32>,
    /// The corrections of the manifest that found their document.
    corrected: Vec<bool>,
    unnamed_warnings: usize,
    /// The receiver wanted no more.
    stopped: bool,
    /// The path that documents without a name of their own are known by.
    path: &'a str,
    /// What is known of it by how it was saved.
    saved: Saved,
    /// How many archives stand around.
    nesting: u8,
    /// It is one of the files of an archive, and what the manifest says of the archive's title and date is not its own.
    one_of_many: bool,
    /// How many bytes may still be unpacked of the file and of all that is in it.
    left: u64,
    /// The letters in an archive are read by somebody else.
    leaves_letters: bool,
}

impl<'a, 'e> Outlet<'a, 'e> {
    /// Returns the way out of `input`.
    pub fn new(input: &'a Input<'a>, each: &'e mut dyn FnMut(Document) -> ControlFlow<()>) -> Self {
        let corrections = input.manifest.map_or(0, |entry| entry.documents.len());
        Self {
            input,
            each,
            outcome: Outcome::default(),
            given: HashMap::new(),
            corrected: vec![false; corrections],
            unnamed_warnings: 0,
            stopped: false,
            path: input.name,
            saved: Saved::default(),
            nesting: 0,
            one_of_many: false,
            left: input.limits.unpacked_in_all(input.bytes.len() as u64),
            leaves_letters: false,
        }
    }

    /// Returns how the manifest wants the file parted.
    pub fn split(&self) -> &'a Split {
        self.input
            .manifest
            .map_or(&Split::ByRule, |entry| &entry.split)
    }

    /// Returns the file's name, see [`Input::name`]. Documents are known by it, but for one that was all that was packed.
    pub fn name(&self) -> &'a str {
        self.input.name
    }

    /// Returns the path that the file's documents are known by: its name, unless it was packed as a whole.
    pub fn path(&self) -> &'a str {
        self.path
    }

    /// Returns the encoding that what brought the file says it has.
    pub fn charset(&self) -> Option<&str> {
        self.saved.charset.as_deref().or(self.input.charset)
    }

    /// Returns what is known of the file by how it was saved.
    pub fn saved(&self) -> &Saved {
        &self.saved
    }

    /// Notes what is known of the file by how it was saved.
    pub fn save(&mut self, saved: Saved) {
        self.saved = saved;
    }

    /// Notes an address that the file lists.
    pub fn subscribe(&mut self, subscription: Subscription) {
        self.outcome.subscriptions.push(subscription);
    }

    /// Notes a file of this machine that the file lists, by its path.
    pub fn list_file(&mut self, path: String) {
        self.outcome.files.push(path);
    }

    /// Notes that the file could be read and has no text, which is nothing wrong.
    pub fn has_no_text(&mut self) {
        self.outcome.without_text = true;
    }

    /// Notes what the file calls itself.
    pub fn name_source(&mut self, title: &str) {
        self.outcome.source_title = tidy(title);
    }

    /// Notes what was wrong at `place`.
    pub fn warn(&mut self, place: impl Into<String>, message: impl Into<String>) {
        if self.outcome.warnings.len() >= MOST_WARNINGS {
            self.unnamed_warnings += 1;
            return;
        }
        self.outcome.warnings.push(Warning {
            place: place.into(),
            message: message.into(),
        });
    }

    /// Hands a document on. Breaks where the receiver wants no more.
    pub fn hand(&mut self, mut draft: Draft) -> ControlFlow<()> {
        tidy_metadata(&mut draft.metadata);
        // Before the manifest, in which a person has the last word.
        draft.metadata.language = language::settle(draft.metadata.language, &draft.body);
        let key = self.key(&draft);
        if draft.place == Place::Alone {
            let published = &mut draft.metadata.published;
            *published = published.or_else(|| named::date(self.name()));
        }
        if let Some(entry) = self.input.manifest {
            self.correct(entry, &mut draft);
            // A manifest comes from outside like the file it is about.
            tidy_metadata(&mut draft.metadata);
        }
        if draft.metadata.title.text.is_empty() {
            draft.metadata.title = title::derive(&draft.body);
        }
        self.outcome.documents += 1;
        let wanted = (self.each)(Document {
            key,
            metadata: draft.metadata,
            body: draft.body,
        });
        self.stopped = wanted.is_break();
        wanted
    }

    /// Returns what came of it.
    pub fn finish(mut self) -> Outcome {
        if let Some(entry) = self.input.manifest {
            self.finish_manifest(entry);
        }
        if self.unnamed_warnings > 0 {
            self.outcome.warnings.push(Warning {
                place: "file".to_owned(),
                message: format!("{} more like these", self.unnamed_warnings),
            });
        }
        self.outcome
    }

    /// Takes from the manifest what concerns the file as a whole, and tells which corrections found no document.
    fn finish_manifest(&mut self, entry: &FileEntry) {
        if self.outcome.documents > 1
            && let Some(title) = &entry.facts.title
        {
            self.name_source(title);
        }
        if self.stopped {
            return;
        }
        let corrected = std::mem::take(&mut self.corrected);
        for (document, found) in entry.documents.iter().zip(corrected) {
            if !found {
                let message = format!("no document of the file is called “{}”", document.names);
                self.warn("manifest", message);
            }
        }
    }

    fn correct(&mut self, entry: &FileEntry, draft: &mut Draft) {
        let alone = draft.place == Place::Alone && !self.one_of_many;
        let mut faults = facts::lay_file(entry, alone, &mut draft.metadata);
        let title = draft.metadata.title.text.clone();
        for (place, document) in entry.documents.iter().enumerate() {
            let called = |name: &str| name == document.names;
            if called(&title) || draft.names.iter().any(|name| called(name)) {
                faults.extend(facts::lay(&document.facts, &mut draft.metadata));
                if let Some(found) = self.corrected.get_mut(place) {
                    *found = true;
                }
            }
        }
        for fault in faults {
            self.warn("manifest", fault);
        }
    }

    /// Returns the first name that no other document of the file bears: those that the source gives, then the path
    /// (with the title, in a file of many), at last a hash of title and date; equals get an ordinal.
    fn key(&mut self, draft: &Draft) -> Key {
        let mut is_first = |name: &str| {
            let asked = self.given.entry(hash(name)).or_default();
            *asked += 1;
            *asked == 1
        };
        if let Some(name) = draft.names.iter().find(|name| is_first(name)) {
            return Key(name.clone());
        }
        let own = self.own_name(draft);
        let asked = self.given.entry(hash(&own)).or_default();
        *asked += 1;
        if *asked == 1 {
            return Key(own);
        }
        loop {
            let ordinal = self.given.get(&hash(&own)).copied().unwrap_or_default();
            let name = format!("{own}-{ordinal}");
            if self.given.insert(hash(&name), 1).is_none() {
                return Key(name);
            }
            *self.given.entry(hash(&own)).or_default() += 1;
        }
    }

    /// Returns the name that a document has by where it stands and what it is called.
    fn own_name(&self, draft: &Draft) -> String {
        let Metadata {
            title, published, ..
        } = &draft.metadata;
        match draft.place {
            Place::Alone => self.path.to_owned(),
            Place::OnPage => format!("{}#{}", self.path, slug(&title.text)),
            Place::InFeed => {
                let date = published.map_or(String::new(), |date| date.to_string());
                let text = draft.body.text();
                let told = if title.text.is_empty() {
                    text.get(..text.floor_char_boundary(TOLD_BY))
                        .unwrap_or_default()
                } else {
                    &title.text
                };
                format!("{:016x}", hash(&format!("{told}\n{date}")))
            }
        }
    }
}

/// Returns a title as a part of a key: its words in lower case, joined by hyphens.
fn slug(title: &str) -> String {
    let lower = title.to_lowercase();
    let words: Vec<&str> = lower
        .get(..lower.floor_char_boundary(SLUG))
        .unwrap_or_default()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    words.join("-")
}

/// Returns the 64-bit FNV-1a hash: keys are stored, so it must be the same in every version and on every machine,
/// which the standard library's is not.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Returns one line of safe text with its white space folded, or nothing where no word is left.
pub(super) fn tidy(text: &str) -> Option<String> {
    if is_tidy(text) {
        return Some(text.to_owned());
    }
    let clean = sanitize::clean(text);
    let mut words = clean.split_whitespace();
    let mut line = String::with_capacity(clean.len());
    line.push_str(words.next()?);
    for word in words {
        line.push(' ');
        line.push_str(word);
    }
    Some(line)
}

/// Returns whether a text is a line as it stands: ASCII that is printed, with single blanks between its words.
fn is_tidy(text: &str) -> bool {
    let mut last = b' ';
    let is_plain = text.bytes().all(|byte| {
        let before = std::mem::replace(&mut last, byte);
        matches!(byte, b'!'..=b'~') || byte == b' ' && before != b' '
    });
    is_plain && last != b' '
}

fn tidy_metadata(metadata: &mut Metadata) {
    let tidy_all = |list: &mut Vec<String>| {
        let mut seen = HashSet::new();
        *list = list.iter().filter_map(|item| tidy(item)).collect();
        list.retain(|item| seen.insert(item.clone()));
    };
    metadata.title.text = tidy(&metadata.title.text).unwrap_or_default();
    tidy_all(&mut metadata.authors);
    tidy_all(&mut metadata.topics);
    topics::normalise(&mut metadata.topics);
    for text in [&mut metadata.publisher, &mut metadata.url] {
        *text = text.as_deref().and_then(tidy);
    }
    metadata.details = metadata
        .details
        .iter()
        .filter_map(|(name, value)| Some((tidy(name)?, tidy(value)?)))
        .collect();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::manifest::{DocumentEntry, Facts};
    use crate::document::Title;

    fn draft(names: &[&str], title: &str) -> Draft {
        Draft {
            place: Place::OnPage,
            names: names.iter().map(|name| (*name).to_owned()).collect(),
            metadata: Metadata {
                title: Title {
                    text: title.to_owned(),
                    derived: false,
                },
                ..Metadata::default()
            },
            ..Draft::default()
        }
    }

    fn hand_all(manifest: Option<&FileEntry>, drafts: Vec<Draft>) -> (Vec<Document>, Outcome) {
        let input = Input {
            manifest,
            ..Input::new("a.txt", b"")
        };
        let mut documents = Vec::new();
        let mut each = |document| {
            documents.push(document);
            ControlFlow::Continue(())
        };
        let mut outlet = Outlet::new(&input, &mut each);
        for draft in drafts {
            assert!(outlet.hand(draft).is_continue());
        }
        let outcome = outlet.finish();
        (documents, outcome)
    }

    #[test]
    fn a_document_is_known_by_its_best_name_and_equals_by_another() {
        let alone = Draft {
            place: Place::Alone,
            ..draft(&[], "T")
        };
        let (documents, _) = hand_all(
            None,
            vec![
                alone,
                draft(&["guid", "link"], "One"),
                draft(&["guid", "link"], "Two"),
                draft(&[], "Public service: a\tdelivery"),
                draft(&[], "Public service – a delivery"),
            ],
        );
        let keys: Vec<&str> = documents
            .iter()
            .map(|document| document.key.0.as_str())
            .collect();
        assert_eq!(
            keys,
            [
                "a.txt",
                "guid",
                "link",
                "a.txt#public-service-a-delivery",
                "a.txt#public-service-a-delivery-2"
            ]
        );
    }

    #[test]
    fn the_date_in_a_file_s_name_is_that_of_a_document_that_says_none() {
        let said = "2013".parse().ok();
        let facts = FileEntry {
            facts: Facts {
                date: Some("2012".to_owned()),
                ..Facts::default()
            },
            ..FileEntry::default()
        };
        for (place, own, manifest, expected) in [
            (Place::Alone, None, None, Some("2014-11-13")),
            (Place::Alone, said, None, Some("2013")),
            (Place::Alone, None, Some(&facts), Some("2012")),
            (Place::OnPage, None, None, None),
        ] {
            let input = Input {
                manifest,
                ..Input::new("posts/2014-11-13-why.md", b"")
            };
            let mut dates = Vec::new();
            let mut each = |document: Document| {
                dates.extend(document.metadata.published.map(|date| date.to_string()));
                ControlFlow::Continue(())
            };
            let mut outlet = Outlet::new(&input, &mut each);
            let mut draft = Draft {
                place,
                ..draft(&[], "T")
            };
            draft.metadata.published = own;
            let _ = outlet.hand(draft);
            assert_eq!(dates.first().map(String::as_str), expected, "{place:?}");
        }
    }

    #[test]
    fn the_manifest_corrects_a_document_by_its_name_and_a_missing_one_is_told() {
        let entry = FileEntry {
            documents: ["One", "Nowhere"]
                .map(|names| DocumentEntry {
                    names: names.to_owned(),
                    facts: Facts {
                        authors: vec!["Ann".to_owned()],
                        ..Facts::default()
                    },
                })
                .to_vec(),
            ..FileEntry::default()
        };
        let (documents, outcome) =
            hand_all(Some(&entry), vec![draft(&[], "One"), draft(&[], "Two")]);
        assert_eq!(documents[0].metadata.authors, ["Ann"]);
        assert!(documents[1].metadata.authors.is_empty());
        assert_eq!(
            outcome.warnings[0].message,
            "no document of the file is called “Nowhere”"
        );
    }

    #[test]
    fn a_thousand_warnings_are_counted_past_the_first_hundred() {
        let input = Input::new("a", b"");
        let mut each = |_| ControlFlow::Continue(());
        let mut outlet = Outlet::new(&input, &mut each);
        for _ in 0..1000 {
            outlet.warn("item", "broken");
        }
        let outcome = outlet.finish();
        assert_eq!(outcome.warnings.len(), MOST_WARNINGS + 1);
        assert_eq!(
            outcome.warnings[MOST_WARNINGS].message,
            "900 more like these"
        );
    }
}
