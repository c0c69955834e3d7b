//! Own tags: what the reader calls documents.

use super::{Error, Library, Window};
use crate::document::DocumentId;
use crate::query::{Count, Filter, Node, Query};
use crate::store::Retagged;

impl Library {
    /// Gives documents these tags and takes others off, all or none of them; of each article all its documents.
    ///
    /// Names are as [`query::tag_name`](crate::query::tag_name) makes them.
    pub fn change_tags(
        &self,
        ids: &[DocumentId],
        add: &[String],
        take: &[String],
    ) -> Result<Retagged, Error> {
        Ok(self.store.change_tags(ids, add, take)?)
    }

    /// Gives a document, and with it its doubles, these tags and no others.
    pub fn set_tags(&self, id: DocumentId, names: &[String]) -> Result<Retagged, Error> {
        Ok(self.store.set_tags(id, names)?)
    }

    /// Returns the documents in `window` that answer a question, without fetching any.
    pub fn ids(&self, query: &Query, window: Window) -> Result<Vec<DocumentId>, Error> {
        let ids = || {
            self.reload()?;
            let hits = self.hits(query, window)?.hits;
            Ok(hits.into_iter().map(|hit| hit.id).collect())
        };
        self.noting_damage(ids())
    }

    /// Returns every tag in the order of the names, with how many documents `tag:` finds for it: of documents that are
    /// hidden or not here now, none.
    pub fn tags(&self) -> Result<Vec<Count>, Error> {
        let count = |name: String| {
            let query = Query {
                root: Node::Filter(Filter::Tag(name.clone())),
                ..Query::default()
            };
            Ok(Count {
                count: self.hits(&query, Window::first(0))?.total,
                value: name,
            })
        };
        let names = self.store.tag_names()?;
        let counts = || {
            self.reload()?;
            names.into_iter().map(count).collect()
        };
        self.noting_damage(counts())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::topics::{ThemeRule, TopicRules};
    use crate::library::Doubles;
    use crate::library::fixtures::Desk;
    use crate::query::{Facets, parse};

    fn desk() -> Desk {
        let mut desk = Desk::new();
        desk.write("a.txt", "The march of the mutuals.\n");
        desk.write("b.txt", "A library in the village.\n");
        desk.write("c.txt", "Of nothing much, at length.\n");
        desk.add_notes();
        desk
    }

    fn tag(desk: &Desk, key: &str, names: &[&str]) {
        let id = desk.library.resolve(key).unwrap().unwrap();
        let names: Vec<String> = names.iter().map(ToString::to_string).collect();
        desk.library.set_tags(id, &names).unwrap();
    }

    fn theme(desk: &Desk, name: &str, query: &str) {
        let rule = ThemeRule {
            name: name.to_owned(),
            query: query.to_owned(),
        };
        let rules = TopicRules {
            themes: vec![rule],
            ..TopicRules::default()
        };
        desk.library.set_topics(rules).unwrap();
    }

    fn facets(desk: &Desk, question: &str) -> Facets {
        let window = Window::first(9).with(Doubles::Folded);
        let found = desk.library.find(&parse(question), window, 40).unwrap();
        found.hits.facets
    }

    fn counts(counts: &[Count]) -> Vec<(&str, usize)> {
        let counts = counts.iter();
        counts
            .map(|count| (count.value.as_str(), count.count))
            .collect()
    }

    #[test]
    fn a_tag_is_found_as_a_topic_and_as_itself_and_counted_at_once() {
        let desk = desk();
        assert_eq!(desk.keys("has:tag"), [""; 0]);
        tag(&desk, "a.txt", &["to read", "odd"]);
        tag(&desk, "c.txt", &["To-Read"]);
        for (question, keys) in [
            ("#to-read", &["a.txt", "c.txt"][..]),
            ("topic:\"TO READ\"", &["a.txt", "c.txt"]),
            ("tag:odd", &["a.txt"]),
            ("has:tag", &["a.txt", "c.txt"]),
            ("-has:tag", &["b.txt"]),
            ("-tag:odd", &["b.txt", "c.txt"]),
            ("tag:nothing", &[]),
            ("mutuals topic:to-read", &["a.txt"]),
        ] {
            assert_eq!(desk.keys(question), keys, "{question}");
        }
        assert_eq!(
            counts(&facets(&desk, "").tags),
            [("to read", 2), ("odd", 1)]
        );
        assert_eq!(
            counts(&facets(&desk, "tag:odd").tags),
            [("to read", 2), ("odd", 1)]
        );
        assert_eq!(counts(&facets(&desk, "length").tags), [("to read", 1)]);
        assert_eq!(
            counts(&desk.library.tags().unwrap()),
            [("odd", 1), ("to read", 2)]
        );
        tag(&desk, "a.txt", &[]);
        assert_eq!(counts(&facets(&desk, "").tags), [("to read", 1)]);
        assert_eq!(desk.keys("tag:odd"), [""; 0]);
    }

    #[test]
    fn a_theme_and_a_saved_search_see_tags_and_counts_agree() {
        let desk = desk();
        tag(&desk, "b.txt", &["spin-outs"]);
        tag(&desk, "c.txt", &["mine"]);
        theme(&desk, "spin-outs", "mutual OR #mine");
        assert_eq!(desk.keys("topic:spin-outs"), ["a.txt", "b.txt", "c.txt"]);
        assert_eq!(desk.keys("tag:spin-outs"), ["b.txt"]);
        let found = facets(&desk, "");
        assert_eq!(counts(&found.themes), [("spin-outs", 3)]);
        assert_eq!(counts(&found.tags), [("mine", 1), ("spin-outs", 1)]);
        desk.library.save_search("own", &parse("tag:mine")).unwrap();
        assert_eq!(desk.keys("saved:own"), ["c.txt"]);
        tag(&desk, "c.txt", &["other"]);
        assert_eq!(desk.keys("topic:spin-outs"), ["a.txt", "b.txt"]);
        assert_eq!(counts(&facets(&desk, "").themes), [("spin-outs", 2)]);
        assert_eq!(desk.keys("saved:own"), [""; 0]);
    }
}
