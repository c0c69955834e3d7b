//! Own tags, as a question asks for them and as they are counted.
//!
//! Like marks and folds they never touch the index: they change with a key. They come with each request, as lists of
//! ids; which documents of a commit these are is looked up once for the same tags. A list, not a set of bits: of a
//! million documents a thousand tags would be 120 MB, and most tags are on few.
//!
//! A tag is counted twice over: as itself, which is what `tag:` finds, and under the theme or the category of its name,
//! since `topic:` finds what either has. So every count is what choosing it finds.

use std::collections::BTreeMap;
use std::sync::Arc;

use tantivy::DocId;

use super::bits::Bits;
use super::commit::{Commit, Segment};
use super::facets::{Over, count_common, most_first};
use super::folds::Member;
use super::topics::{Categories, TopicSets};
use crate::document::DocumentId;
use crate::query::facet::Facet;
use crate::query::{Count, Expr, Facets, Feature, Filter, topic_name};

/// Own tags, each with the documents that have it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tags {
    tags: Vec<Tag>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Tag {
    name: String,
    /// As names of topics are compared.
    normal: String,
    documents: Vec<DocumentId>,
}

impl Tags {
    /// Returns the tags of these names, no two of which are the same when compared.
    pub fn new(tags: impl IntoIterator<Item = (String, Vec<DocumentId>)>) -> Self {
        let tags = tags.into_iter().map(|(name, documents)| Tag {
            normal: topic_name(&name),
            name,
            documents,
        });
        Self {
            tags: tags.collect(),
        }
    }

    /// Returns whether there are none.
    pub fn is_empty(&self) -> bool {
        self.tags.is_empty()
    }
}

/// The documents of a segment, in order.
type List = Vec<DocId>;

/// The tags in a commit.
#[derive(Default)]
pub(super) struct TagSets {
    /// What they were made of.
    pub tags: Arc<Tags>,
    /// For each tag, a list a segment.
    lists: Vec<Vec<List>>,
}

impl TagSets {
    pub(super) fn new(commit: &Commit, tags: &Arc<Tags>) -> Self {
        let mut lists: Vec<Vec<List>> = vec![Vec::new(); tags.tags.len()];
        for segment in commit.segments.iter().filter(|_| !tags.is_empty()) {
            let ids = Ids::new(segment);
            for (tag, lists) in tags.tags.iter().zip(&mut lists) {
                let documents = tag.documents.iter();
                let mut list: List = documents.filter_map(|id| ids.document(*id)).collect();
                list.sort_unstable();
                lists.push(list);
            }
        }
        Self {
            tags: Arc::clone(tags),
            lists,
        }
    }

    /// Returns the documents of a segment that have the tag of this name.
    pub(super) fn named(&self, name: &str, at: usize, documents: DocId) -> Bits {
        let normal = topic_name(name);
        self.those(at, documents, |tag| tag.normal == normal)
    }

    /// Returns the documents of a segment that have a tag.
    pub(super) fn any(&self, at: usize, documents: DocId) -> Bits {
        self.those(at, documents, |_| true)
    }

    /// Returns the documents of a segment that have a tag which goes by this canonical name.
    pub(super) fn known_as(
        &self,
        name: &str,
        categories: &Categories,
        segment: &Segment,
        at: usize,
    ) -> Bits {
        self.those(at, segment.reader.max_doc(), |tag| {
            categories.canonical_of(&tag.normal) == name
        })
    }

    /// Counts the documents of `sets`, a set a segment, that have each tag.
    fn counts(&self, over: Over<'_>, sets: &[Bits]) -> Vec<Count> {
        let tags = self.tags.tags.iter().zip(&self.lists);
        let counts = tags.map(|(tag, lists)| Count {
            value: tag.name.clone(),
            count: over.folds.count_listed(lists, sets),
        });
        most_first(counts.filter(|count| count.count > 0).collect())
    }

    fn those(&self, at: usize, documents: DocId, is: impl Fn(&Tag) -> bool) -> Bits {
        let mut set = Bits::none(documents);
        for (tag, lists) in self.tags.tags.iter().zip(&self.lists) {
            if is(tag) {
                let list = lists.get(at).into_iter().flatten();
                list.for_each(|&document| set.insert(document));
            }
        }
        set
    }

    /// Returns whether a question may find other documents because of them.
    pub(super) fn matter_to(&self, root: &Expr, categories: &Categories) -> bool {
        let mut open = vec![root];
        while let Some(expr) = open.pop() {
            let matters = match expr {
                Expr::And(all) | Expr::Or(all) => {
                    open.extend(all);
                    false
                }
                Expr::Not(one) => {
                    open.push(one);
                    false
                }
                Expr::Filter(Filter::Topic(name)) => {
                    let name = categories.canonical(name);
                    let mut tags = self.tags.tags.iter();
                    tags.any(|tag| categories.canonical_of(&tag.normal) == name)
                }
                Expr::Filter(Filter::Tag(_) | Filter::Has(Feature::Tag)) => !self.tags.is_empty(),
                Expr::All
                | Expr::None
                | Expr::AtLeast(..)
                | Expr::Clause(_)
                | Expr::Ignored(_)
                | Expr::Filter(_) => false,
            };
            if matters {
                return true;
            }
        }
        false
    }
}

/// Which document of a segment each id is.
enum Ids<'a> {
    /// Their order is that of the documents, as in a segment that was written at once.
    Ascending(&'a [DocumentId]),
    Other(BTreeMap<DocumentId, DocId>),
}

impl<'a> Ids<'a> {
    fn new(segment: &'a Segment) -> Self {
        let ids = segment.columns.ids.as_slice();
        if ids.is_sorted_by(|one, next| one < next) {
            return Self::Ascending(ids);
        }
        // A document that was replaced within the segment is there twice, once dead.
        let alive = (0..)
            .zip(ids)
            .filter(|(document, _)| segment.alive.contains(*document));
        Self::Other(alive.map(|(document, id)| (*id, document)).collect())
    }

    fn document(&self, id: DocumentId) -> Option<DocId> {
        match self {
            Self::Ascending(ids) => ids.binary_search(&id).ok().map(|place| place as DocId),
            Self::Other(documents) => documents.get(&id).copied(),
        }
    }
}

/// What the tags add to topics of their names.
#[derive(Default)]
pub(super) struct TagTopics {
    /// For themes, by their places, the documents tagged with their names, a list a segment.
    of_themes: Vec<(usize, Vec<List>)>,
    /// For categories, by what they are called, their own documents and those tagged with their names.
    of_categories: Vec<(String, Vec<List>)>,
}

impl TagTopics {
    pub(super) fn new(commit: &Commit, topics: &TopicSets, tags: &TagSets) -> Self {
        let categories = &topics.categories;
        let mut tagged: BTreeMap<&str, Vec<List>> = BTreeMap::new();
        for (tag, lists) in tags.tags.tags.iter().zip(&tags.lists) {
            let all = tagged
                .entry(categories.canonical_of(&tag.normal))
                .or_insert_with(|| vec![List::new(); commit.segments.len()]);
            for (all, list) in all.iter_mut().zip(lists) {
                all.extend(list);
            }
        }
        let mut all = Self::default();
        // For each group of categories, its place among those that bear the name of a tag.
        let mut places: Vec<Option<usize>> = vec![None; categories.names.len()];
        for (name, lists) in tagged {
            if let Some(place) = topics.place_of(name) {
                all.of_themes.push((place, lists));
            } else if let Some((group, shown)) = categories.shown(name)
                && let Some(place) = places.get_mut(group as usize)
            {
                *place = Some(all.of_categories.len());
                all.of_categories.push((shown.to_owned(), lists));
            }
        }
        all.add_categories(commit, categories, &places);
        all
    }

    /// Adds the sources' own documents to those tagged with the name of a category: in one walk, however many there are.
    fn add_categories(
        &mut self,
        commit: &Commit,
        categories: &Categories,
        places: &[Option<usize>],
    ) {
        if self.of_categories.is_empty() {
            return;
        }
        let mut is_alive = vec![false; self.of_categories.len()];
        let segments = commit.segments.iter().zip(&categories.groups);
        for (at, (segment, groups)) in segments.enumerate() {
            for document in segment.alive.iter() {
                for &value in segment.columns.topics.of(document) {
                    let group = groups.get(value as usize);
                    let place = group.and_then(|group| places.get(*group as usize)).copied();
                    let Some(place) = place.flatten() else {
                        continue;
                    };
                    let lists = self.of_categories.get_mut(place);
                    if let Some(list) = lists.and_then(|(_, lists)| lists.get_mut(at)) {
                        list.push(document);
                    }
                    if let Some(is_alive) = is_alive.get_mut(place) {
                        *is_alive = true;
                    }
                }
            }
        }
        // Of a category that its last document took with it nothing is left but the tag.
        let mut is_alive = is_alive.into_iter();
        self.of_categories
            .retain(|_| is_alive.next().unwrap_or_default());
        for (_, lists) in &mut self.of_categories {
            for list in lists {
                list.sort_unstable();
                list.dedup();
            }
        }
    }

    /// Adds what there is of tags to counts that know of none; `sets` gives the sets that a facet is counted over.
    pub(super) fn add_to<'a>(
        &self,
        facets: &mut Facets,
        over: Over<'_>,
        tags: &TagSets,
        sets: impl Fn(Facet) -> &'a [Bits],
    ) {
        facets.tags = tags.counts(over, sets(Facet::Tags));
        let sets = sets(Facet::Topics);
        let topics = &mut facets.topics;
        for (name, lists) in &self.of_categories {
            let count = over.folds.count_listed(lists, sets);
            match topics.iter_mut().find(|topic| topic.value == *name) {
                Some(topic) => topic.count = count,
                None => topics.extend((count > 0).then(|| Count {
                    value: name.clone(),
                    count,
                })),
            }
        }
        if !self.of_categories.is_empty() {
            *topics = most_first(std::mem::take(topics));
        }
        if self.of_themes.is_empty() {
            return;
        }
        let members: Vec<Member> = over.folds.members(sets).collect();
        for (place, lists) in &self.of_themes {
            let theme = over.topics.themes.get(*place);
            let (Some(theme), Some(count)) = (theme, facets.themes.get_mut(*place)) else {
                continue;
            };
            let mut documents = theme.documents.clone();
            for (set, list) in documents.iter_mut().zip(lists) {
                for &document in list {
                    set.insert(document);
                }
            }
            count.count = count_common(&documents, sets, &members);
        }
    }
}
