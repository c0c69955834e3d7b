//! Which elements a rule of the data means: selectors as in CSS, as far as the rules need them.

use super::tree::{Id, Tree};

/// Elements by their names, within others.
#[derive(Debug)]
pub(super) struct Selector {
    /// The outermost first; the last is the element itself.
    steps: Vec<Compound>,
    /// The attribute whose value is meant, and not the words.
    pub attribute: Option<String>,
}

/// What one element must be.
#[derive(Debug, Default)]
struct Compound {
    tag: Option<String>,
    id: Option<String>,
    classes: Vec<String>,
    attributes: Vec<Attribute>,
}

/// What an attribute must be.
#[derive(Debug)]
struct Attribute {
    name: String,
    value: Option<String>,
    /// A part of it is enough.
    part: bool,
}

impl Selector {
    /// Reads a selector. What is none matches nothing.
    pub fn read(text: &str) -> Self {
        let (text, attribute) = match text.split_once('@') {
            Some((text, attribute)) => (text, Some(attribute.to_owned())),
            None => (text, None),
        };
        Self {
            steps: text.split_whitespace().map(Compound::read).collect(),
            attribute,
        }
    }

    /// Returns whether it means the post itself and not an element in it.
    pub fn is_own(&self) -> bool {
        self.steps.is_empty()
    }

    /// Returns whether it means an element.
    pub fn matches(&self, tree: &Tree, id: Id) -> bool {
        let mut steps = self.steps.iter().rev();
        if !steps.next().is_some_and(|last| last.is(tree, id)) {
            return false;
        }
        let mut around = tree.ancestors(id);
        steps.all(|step| around.any(|one| step.is(tree, one)))
    }

    /// Returns the tag and the classes without which nothing matches.
    pub fn needs(&self) -> impl Iterator<Item = &str> {
        self.steps
            .iter()
            .flat_map(|step| step.tag.iter().chain(&step.classes))
            .map(String::as_str)
    }
}

impl Compound {
    fn read(text: &str) -> Self {
        let mut compound = Self::default();
        let mut rest = text;
        while !rest.is_empty() {
            let kind = rest.chars().next().filter(|c| matches!(c, '.' | '#' | '['));
            let from = rest.get(usize::from(kind.is_some())..).unwrap_or_default();
            let ends: &[char] = if kind == Some('[') {
                &[']']
            } else {
                &['.', '#', '[']
            };
            let end = from.find(ends).unwrap_or(from.len());
            let (name, after) = from.split_at(end);
            match kind {
                Some('.') => compound.classes.push(name.to_owned()),
                Some('#') => compound.id = Some(name.to_owned()),
                Some(_) => compound.attributes.push(Attribute::read(name)),
                None => compound.tag = Some(name.to_owned()),
            }
            rest = after.strip_prefix(']').unwrap_or(after);
        }
        compound
    }

    fn is(&self, tree: &Tree, id: Id) -> bool {
        let tag = tree.tag(id);
        if tag.is_empty() || self.tag.as_ref().is_some_and(|wanted| wanted != tag) {
            return false;
        }
        if self.id.is_some() && self.id.as_deref() != tree.attribute(id, "id") {
            return false;
        }
        let class = if self.classes.is_empty() {
            ""
        } else {
            tree.attribute(id, "class").unwrap_or_default()
        };
        let has = |wanted: &String| class.split_ascii_whitespace().any(|one| one == wanted);
        self.classes.iter().all(has) && self.attributes.iter().all(|one| one.is(tree, id))
    }
}

impl Attribute {
    fn read(text: &str) -> Self {
        let (name, value) = match text.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (text, None),
        };
        Self {
            name: name.trim_end_matches('*').to_owned(),
            value,
            part: name.ends_with('*'),
        }
    }

    fn is(&self, tree: &Tree, id: Id) -> bool {
        let found = tree.attribute(id, &self.name);
        match (&self.value, found) {
            (None, found) => found.is_some(),
            (Some(wanted), Some(found)) if self.part => found.contains(wanted.as_str()),
            (Some(wanted), Some(found)) => found.trim() == wanted,
            (Some(_), None) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::grow;
    use super::super::tree::ROOT;
    use super::*;

    #[test]
    fn a_selector_means_elements_by_tag_class_id_attribute_and_place() {
        let tree = grow::grow(
            "<div id=a class='thing comment'><p><a class=author href='/user/ann' data-x=1>ann</a></p></div>\
             <a class=author>bea</a>",
        )
        .unwrap();
        for (selector, expected) in [
            ("a", 2),
            (".author", 2),
            ("div.thing.comment", 1),
            ("div.thing.link", 0),
            ("#a a.author", 1),
            ("#a .thing a", 0),
            ("a[data-x]", 1),
            ("a[data-x=1]", 1),
            ("a[href*=user/]", 1),
            ("a[href=user/]", 0),
            ("", 0),
            ("@data-x", 0),
        ] {
            let read = Selector::read(selector);
            let found = tree.elements(ROOT).filter(|id| read.matches(&tree, *id));
            assert_eq!(found.count(), expected, "{selector}");
        }
        let read = Selector::read("td.ind@indent");
        assert_eq!(read.attribute.as_deref(), Some("indent"));
        assert!(Selector::read("@depth").is_own());
    }
}
