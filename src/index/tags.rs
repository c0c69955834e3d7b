//! Own tags, as a question asks for them and as they are counted.
//!
//! Like marks and folds they never touch the index: they change with a key. They come with each request, as lists of
//! ids; which documents of a commit these are is looked up once for the same tags. A list, not a set of bits: of a
//! million documents a thousand tags would be 120 MB, and most tags are on few.
//!
//! Under one name there is one topic. A category that bears the name of a tag is counted with it, and a tag that bears
//! the name of a theme with the theme: so what is counted is what choosing it finds.

use std::collections::BTreeMap;
use std::sync::Arc;

use tantivy::DocId;

use super::bits::Bits;
use super::commit::{Commit, Segment};
use super::facets::{Over, count_common, most_first};
use super::folds::Member;
use super::topics::{Categories, TopicSets};
use crate::document::DocumentId;
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

/// The tags as topics: all that go by one name are one.
#[derive(Default)]
pub(super) struct TagTopics {
    /// Those that bear the name of no theme.
    own: Vec<Group>,
    /// For each theme, by its place, the documents tagged with its name, a list a segment.
    of_themes: Vec<(usize, Vec<List>)>,
    /// What the categories are called that are counted with a tag.
    taken: Vec<String>,
}

/// What goes by one name: the documents tagged so, and those of the sources' category.
struct Group {
    name: String,
    lists: Vec<List>,
}

impl TagTopics {
    pub(super) fn new(commit: &Commit, topics: &TopicSets, tags: &TagSets) -> Self {
        let categories = &topics.categories;
        let mut groups: BTreeMap<String, Group> = BTreeMap::new();
        for (tag, lists) in tags.tags.tags.iter().zip(&tags.lists) {
            let canonical = categories.canonical_of(&tag.normal);
            let group = groups.entry(canonical.to_owned()).or_insert_with(|| Group {
                name: categories
                    .written(&tag.normal)
                    .unwrap_or(&tag.name)
                    .to_owned(),
                lists: vec![List::new(); commit.segments.len()],
            });
            for (all, list) in group.lists.iter_mut().zip(lists) {
                all.extend(list);
            }
        }
        let mut all = Self::default();
        for (canonical, mut group) in groups {
            let theme = topics.place_of(&canonical);
            if theme.is_none() {
                all.taken
                    .extend(categories.shown(&canonical).map(str::to_owned));
                for (at, list) in group.lists.iter_mut().enumerate() {
                    list.extend(categories.documents_of(commit, &canonical, at));
                }
            }
            for list in &mut group.lists {
                list.sort_unstable();
                list.dedup();
            }
            match theme {
                Some(place) => all.of_themes.push((place, group.lists)),
                None => all.own.push(group),
            }
        }
        all
    }

    /// Adds to counts that know of no tags what there is of them under `sets`, a set a segment.
    pub(super) fn add_to(&self, facets: &mut Facets, over: Over<'_>, sets: &[Bits]) {
        let count = |group: &Group| Count {
            value: group.name.clone(),
            count: over.folds.count_listed(&group.lists, sets),
        };
        let counts = self.own.iter().map(count).filter(|count| count.count > 0);
        facets.tags = most_first(counts.collect());
        if !self.taken.is_empty() {
            facets
                .topics
                .retain(|topic| !self.taken.contains(&topic.value));
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
                list.iter().for_each(|&document| set.insert(document));
            }
            count.count = count_common(&documents, sets, &members);
        }
    }
}
