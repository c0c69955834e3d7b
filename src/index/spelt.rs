//! Names of topics as the library writes them: under the one name by which they are counted.

use super::Index;
use super::topics::Categories;
use crate::index::topics::Topics;

impl Index {
    /// Has the topics of documents called as they are where they are counted: spellings that differ by case, accents,
    /// hyphens or a plural, or go by another name, become the one that most documents have, or the theme's. A topic that
    /// is not counted, or not in the index yet, stays as it is; one that comes twice is left once.
    pub fn spell_topics<'a>(&self, lists: impl IntoIterator<Item = &'a mut Vec<String>>) {
        let view = self.view();
        let (categories, topics) = view.categories();
        for list in lists {
            let mut spelt: Vec<String> = Vec::with_capacity(list.len());
            for name in list.drain(..) {
                let name = called(&categories, topics, &name).map_or(name.clone(), str::to_owned);
                if !spelt.contains(&name) {
                    spelt.push(name);
                }
            }
            *list = spelt;
        }
    }
}

/// Returns what a topic is called where it is counted.
fn called<'a>(categories: &'a Categories, topics: &'a Topics, name: &str) -> Option<&'a str> {
    let canonical = categories.canonical(name);
    if let Some((_, shown)) = categories.shown(&canonical) {
        return Some(shown);
    }
    let mut themes = topics.themes.iter().map(|theme| theme.name.as_str());
    themes.find(|theme| categories.canonical(theme) == canonical)
}
