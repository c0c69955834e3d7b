//! A plain scan of documents: what a question finds, and how that falls into facets.
//!
//! It knows nothing of the index. It walks each document's words, made by the same analysis, once for each clause.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::collection::{Entry, marks, not, period};
use crate::document::{BlockKind, Document, DocumentId, Kind};
use crate::index::{Theme, Topics};
use crate::query::{
    Clause, Count, Expr, Facets, Feature, Field, Filter, Period, State, Step, topic_name,
    whole_name,
};
use crate::text::{Language, analysis};

/// A word of a document.
struct Word {
    position: u32,
    folded: String,
    stem: String,
}

fn words_of(text: &str, language: Language) -> Vec<Word> {
    let mut words = Vec::new();
    analysis::analyze(text, language, |token| {
        words.push(Word {
            position: token.position,
            folded: token.folded.to_owned(),
            stem: token.stem.to_owned(),
        });
    });
    words
}

/// Returns the texts of a document that a field names; no phrase reaches from one into another.
fn texts(entry: &Entry, field: Field) -> Vec<String> {
    let Document { metadata, body, .. } = &entry.document;
    let title = metadata.title.text.clone();
    let headings = body
        .blocks()
        .iter()
        .filter(|block| matches!(block.kind, BlockKind::Heading { .. }));
    match field {
        Field::Any => vec![title, body.text().to_owned()],
        Field::Title => vec![title],
        Field::Body => vec![body.text().to_owned()],
        Field::Heading => headings
            .map(|block| body.slice(block.range).to_owned())
            .collect(),
        Field::Author => metadata.authors.clone(),
        Field::Source => vec![entry.source.clone()],
        Field::Url => metadata.url.iter().cloned().collect(),
        // What notes say is nobody's text.
        Field::Note => Vec::new(),
    }
}

fn is(step: &Step, word: &Word, names: bool) -> bool {
    match step {
        Step::Stem(wanted) if names => word.folded == *wanted,
        Step::Stem(wanted) => word.stem == *wanted,
        Step::Exact(exact) => word.folded == *exact,
        Step::Prefix(beginning) => word.folded.starts_with(beginning),
        Step::Near(near, edits) => distance(near, &word.folded) <= usize::from(*edits),
    }
}

/// Returns how many letters are changed, left out, put in, or swapped with the next one.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            table[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let change = table[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                let swap = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                let swapped = if swap {
                    table[i - 2][j - 2] + 1
                } else {
                    usize::MAX
                };
                change
                    .min(table[i - 1][j] + 1)
                    .min(table[i][j - 1] + 1)
                    .min(swapped)
            };
        }
    }
    table[a.len()][b.len()]
}

fn stands(words: &[Word], steps: &[Step], slop: u32, after: Option<u32>, names: bool) -> bool {
    let Some((step, rest)) = steps.split_first() else {
        return after.is_some();
    };
    words.iter().any(|word| {
        let between = match after {
            Some(after) if word.position <= after => return false,
            Some(after) => word.position - after - 1,
            None => 0,
        };
        between <= slop
            && is(step, word, names)
            && stands(words, rest, slop - between, Some(word.position), names)
    })
}

/// What is scanned, and with what in mind.
pub struct Scan<'a> {
    pub entries: &'a [Entry],
    pub topics: &'a Topics,
    pub tags: &'a [(String, Vec<DocumentId>)],
}

impl Scan<'_> {
    pub fn finds(&self, entry: &Entry, expr: &Expr) -> bool {
        match expr {
            Expr::All | Expr::Ignored(_) => true,
            Expr::None => false,
            Expr::And(all) => all.iter().all(|expr| self.finds(entry, expr)),
            Expr::Or(any) => any.iter().any(|expr| self.finds(entry, expr)),
            Expr::Not(one) => !self.finds(entry, one),
            Expr::Clause(clause) => texts(entry, clause.field).iter().any(|text| {
                let words = words_of(text, entry.document.metadata.language);
                let names = clause.field.holds_names();
                let mut ways = clause.ways.iter();
                ways.any(|way| stands(&words, &way.steps, way.slop, None, names))
            }),
            Expr::AtLeast(least, some) => {
                let has = |clause: &&Clause| self.finds(entry, &Expr::Clause((*clause).clone()));
                some.iter().filter(has).count() >= *least
            }
            Expr::Filter(filter) => self.filter(entry, filter),
        }
    }

    fn filter(&self, entry: &Entry, filter: &Filter) -> bool {
        let metadata = &entry.document.metadata;
        match filter {
            Filter::Topic(name) => self.has_topic(entry, &topic_name(name), &mut BTreeSet::new()),
            Filter::Tag(name) => self.has_tag(entry, |tag| topic_name(tag) == topic_name(name)),
            Filter::Has(Feature::Tag) => self.has_tag(entry, |_| true),
            Filter::Source(name) => whole_name(&entry.source) == whole_name(name),
            Filter::Author(name) => {
                let mut authors = metadata.authors.iter();
                authors.any(|author| whole_name(author) == whole_name(name))
            }
            Filter::Kind(kind) => metadata.kind == *kind,
            Filter::Language(language) => metadata.language == *language,
            Filter::Published(Period { from, to }) => metadata.published.is_some_and(|date| {
                from.is_none_or(|from| date.start() >= from.start())
                    && to.is_none_or(|to| date.start() < to.end())
            }),
            Filter::Is(State::Read) => marks().read.contains(entry.id),
            Filter::Is(State::Unread) => !marks().read.contains(entry.id),
            Filter::Is(State::Hidden) => marks().hidden.contains(entry.id),
            Filter::Is(State::Starred) => marks().starred.contains(entry.id),
            Filter::Id(id) => entry.id.0 == *id,
            Filter::Since(id) => entry.id.0 > *id,
            Filter::Has(_)
            | Filter::Added(_)
            | Filter::Newer(_)
            | Filter::Saved(_)
            | Filter::Like(_) => false,
            Filter::Within(source) => marks()
                .within(source)
                .is_some_and(|documents| documents.contains(entry.id)),
        }
    }

    fn has_tag(&self, entry: &Entry, is: impl Fn(&str) -> bool) -> bool {
        let mut tags = self.tags.iter();
        tags.any(|(tag, documents)| is(tag) && documents.contains(&entry.id))
    }

    /// Says whether a document has a topic; `open` are the themes that are being looked at.
    fn has_topic(&self, entry: &Entry, name: &str, open: &mut BTreeSet<String>) -> bool {
        let group = topic_name(&self.group(name));
        let name = group.as_str();
        let mut topics = entry.document.metadata.topics.iter();
        if topics.any(|topic| topic_name(&self.group(topic)) == group)
            || self.has_tag(entry, |tag| topic_name(&self.group(tag)) == group)
        {
            return true;
        }
        let named = |theme: &&Theme| topic_name(&theme.name) == name;
        open.insert(name.to_owned())
            && self
                .topics
                .themes
                .iter()
                .filter(named)
                .any(|theme| self.rule_finds(entry, theme, open))
    }

    fn group(&self, category: &str) -> String {
        let mut aliases = self.topics.aliases.iter();
        let alias = aliases.find(|(from, _)| topic_name(from) == topic_name(category));
        alias.map_or_else(|| category.to_owned(), |(_, to)| to.clone())
    }

    pub fn found(&self, root: &Expr) -> Vec<&Entry> {
        self.entries
            .iter()
            .filter(|entry| self.finds(entry, root))
            .collect()
    }

    /// Returns what the question finds without the choices that `chooses` in a facet.
    fn without(&self, root: &Expr, chooses: &dyn Fn(&Expr) -> bool) -> Vec<&Entry> {
        fn choice(expr: &Expr, chooses: &dyn Fn(&Expr) -> bool) -> bool {
            match expr {
                Expr::Or(any) => !any.is_empty() && any.iter().all(|expr| choice(expr, chooses)),
                one => chooses(one),
            }
        }
        let all = match root {
            Expr::And(all) => all.clone(),
            one => vec![one.clone()],
        };
        let rest = all.into_iter().filter(|expr| !choice(expr, chooses));
        self.found(&Expr::And(rest.collect()))
    }

    pub fn facets(&self, root: &Expr) -> Facets {
        let of_topics = |expr: &Expr| matches!(expr, Expr::Filter(Filter::Topic(_)));
        let of_kinds = |expr: &Expr| matches!(expr, Expr::Filter(Filter::Kind(_)));
        let spans = [("2012", "2012"), ("2012-11", "")].map(|(from, to)| period(from, to));
        let of_years = |expr: &Expr| spans.contains(expr) || *expr == not(period("", ""));
        let of_language = |expr: &Expr| matches!(expr, Expr::Filter(Filter::Language(_)));
        let mut kinds = tally(&self.without(root, &of_kinds), |entry| {
            vec![entry.document.metadata.kind.name().to_owned()]
        });
        kinds.sort_by_key(|kind| (Reverse(kind.count), Kind::from_name(&kind.value)));
        let by_topic = self.without(root, &of_topics);
        let themes = self.topics.themes.iter().map(|theme| Count {
            value: theme.name.clone(),
            count: by_topic
                .iter()
                .filter(|entry| {
                    self.has_topic(entry, &topic_name(&theme.name), &mut BTreeSet::new())
                })
                .count(),
        });
        let of_tags = |expr: &Expr| matches!(expr, Expr::Filter(Filter::Tag(_)));
        let of_source = |expr: &Expr| matches!(expr, Expr::Filter(Filter::Source(_)));
        let of_author = |expr: &Expr| matches!(expr, Expr::Filter(Filter::Author(_)));
        Facets {
            themes: themes.collect(),
            tags: most_first(tally(&self.without(root, &of_tags), |entry| {
                let tags = self.tags.iter();
                let tags = tags.filter(|(_, documents)| documents.contains(&entry.id));
                tags.map(|(tag, _)| tag.clone()).collect()
            })),
            topics: most_first(tally(&by_topic, |entry| self.categories(entry))),
            sources: most_first(tally(&self.without(root, &of_source), |entry| {
                vec![entry.source.clone()]
            })),
            authors: most_first(tally(&self.without(root, &of_author), |entry| {
                entry.document.metadata.authors.clone()
            })),
            kinds,
            languages: most_first(tally(&self.without(root, &of_language), |entry| {
                let code = entry.document.metadata.language.code().map(str::to_owned);
                vec![code.unwrap_or_else(|| "unknown".to_owned())]
            })),
            years: tally(&self.without(root, &of_years), |entry| {
                let year = entry
                    .document
                    .metadata
                    .published
                    .map(|date| date.year().to_string());
                vec![year.unwrap_or_else(|| "undated".to_owned())]
            }),
        }
    }

    /// Says whether the rule of a theme finds a document. Themes that are `open` are being looked at: what leads back to
    /// them does without them.
    fn rule_finds(&self, entry: &Entry, theme: &Theme, open: &mut BTreeSet<String>) -> bool {
        let mut any = match &theme.expanded.root {
            Expr::Or(any) => any.iter(),
            one => std::slice::from_ref(one).iter(),
        };
        any.any(|expr| match expr {
            Expr::Filter(Filter::Topic(other)) => self.has_topic(entry, &topic_name(other), open),
            other => self.finds(entry, other),
        })
    }

    /// Returns the categories that a document has by its source or by a tag of the name.
    fn categories(&self, entry: &Entry) -> Vec<String> {
        let themes = self.topics.themes.iter().map(|theme| &theme.name);
        let ignored: Vec<&String> = self.topics.ignored.iter().chain(themes).collect();
        let ignored = |name: &String| {
            let mut ignored = ignored.iter();
            ignored.any(|other| topic_name(other) == topic_name(name))
        };
        let all = self.entries.iter();
        let all = all.flat_map(|entry| &entry.document.metadata.topics);
        all.map(|topic| self.group(topic))
            .filter(|name| !ignored(name))
            .filter(|name| self.has_topic(entry, &topic_name(name), &mut BTreeSet::new()))
            .collect()
    }
}

fn tally(entries: &[&Entry], values: impl Fn(&Entry) -> Vec<String>) -> Vec<Count> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for entry in entries {
        let values: BTreeSet<String> = values(entry).into_iter().collect();
        for value in values {
            *counts.entry(value).or_default() += 1;
        }
    }
    let counts = counts.into_iter();
    counts
        .map(|(value, count)| Count { value, count })
        .collect()
}

fn most_first(mut counts: Vec<Count>) -> Vec<Count> {
    counts.sort_by_key(|count| Reverse(count.count));
    counts
}
