//! A page as a tree: nodes in one arena, linked by their places in it, in the order in which they were made.
//!
//! No node is ever freed: a page lives as long as its reading. Walks are loops, so that depth costs no stack.

use html5ever::tendril::StrTendril;
use html5ever::{Attribute, LocalName, QualName};

/// The place of a node in its tree.
pub(super) type Id = usize;

/// The place of the document itself.
pub(super) const ROOT: Id = 0;

/// What a node is.
#[derive(Debug)]
pub(super) enum Data {
    /// The document, a comment, a doctype: nothing that has a text.
    Bare,
    /// Text.
    Text(StrTendril),
    /// An element.
    Element {
        /// Its name, with its name space.
        name: QualName,
        /// Its attributes, in the order of the page.
        attributes: Vec<Attribute>,
    },
}

/// A node and its neighbours.
#[derive(Debug)]
pub(super) struct Node {
    pub data: Data,
    pub parent: Option<Id>,
    pub first_child: Option<Id>,
    pub last_child: Option<Id>,
    pub before: Option<Id>,
    pub after: Option<Id>,
}

/// A tree of nodes.
#[derive(Debug)]
pub(super) struct Tree {
    nodes: Vec<Node>,
}

/// A step of a walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Into a node.
    Enter(Id),
    /// Out of a node, when all in it was walked.
    Leave(Id),
}

impl Step {
    /// Returns the node that is entered or left.
    pub fn id(self) -> Id {
        match self {
            Self::Enter(id) | Self::Leave(id) => id,
        }
    }
}

impl Tree {
    /// Returns a tree with the document alone.
    pub fn new() -> Self {
        let mut tree = Self { nodes: Vec::new() };
        tree.add(Data::Bare);
        tree
    }

    /// Returns how many nodes there are.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Adds a node that stands nowhere yet.
    pub fn add(&mut self, data: Data) -> Id {
        self.nodes.push(Node {
            data,
            parent: None,
            first_child: None,
            last_child: None,
            before: None,
            after: None,
        });
        self.nodes.len() - 1
    }

    /// Returns a node.
    pub fn get(&self, id: Id) -> Option<&Node> {
        self.nodes.get(id)
    }

    /// Returns a node, to change it.
    pub fn get_mut(&mut self, id: Id) -> Option<&mut Node> {
        self.nodes.get_mut(id)
    }

    /// Sets a node behind the last child of `parent`.
    pub fn append(&mut self, parent: Id, id: Id) {
        self.detach(id);
        let last = self.get(parent).and_then(|node| node.last_child);
        self.link(parent, last, id, None);
    }

    /// Sets a node before `sibling`.
    pub fn insert_before(&mut self, sibling: Id, id: Id) {
        self.detach(id);
        let Some((parent, before)) = self
            .get(sibling)
            .and_then(|node| Some((node.parent?, node.before)))
        else {
            return;
        };
        self.link(parent, before, id, Some(sibling));
    }

    /// Takes a node, and all that is in it, from its place.
    pub fn detach(&mut self, id: Id) {
        let Some(node) = self.nodes.get_mut(id) else {
            return;
        };
        let (parent, before, after) = (node.parent.take(), node.before.take(), node.after.take());
        let Some(parent) = parent else { return };
        match before.and_then(|before| self.nodes.get_mut(before)) {
            Some(before) => before.after = after,
            None => {
                if let Some(parent) = self.nodes.get_mut(parent) {
                    parent.first_child = after;
                }
            }
        }
        match after.and_then(|after| self.nodes.get_mut(after)) {
            Some(after) => after.before = before,
            None => {
                if let Some(parent) = self.nodes.get_mut(parent) {
                    parent.last_child = before;
                }
            }
        }
    }

    /// Returns the name of an element; nothing for what is none.
    pub fn name(&self, id: Id) -> Option<&LocalName> {
        match &self.get(id)?.data {
            Data::Element { name, .. } => Some(&name.local),
            _ => None,
        }
    }

    /// Returns the name of an element, or nothing that any element could be called.
    pub fn tag(&self, id: Id) -> &str {
        self.name(id).map_or("", |name| &**name)
    }

    /// Returns the value of an attribute.
    pub fn attribute(&self, id: Id, name: &str) -> Option<&str> {
        match &self.get(id)?.data {
            Data::Element { attributes, .. } => attributes
                .iter()
                .find(|attribute| &*attribute.name.local == name)
                .map(|attribute| &*attribute.value),
            _ => None,
        }
    }

    /// Returns the words of a text node.
    pub fn words(&self, id: Id) -> Option<&str> {
        match &self.get(id)?.data {
            Data::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Returns a node's parent.
    pub fn parent(&self, id: Id) -> Option<Id> {
        self.get(id)?.parent
    }

    /// Returns a node's children in order.
    pub fn children(&self, id: Id) -> impl Iterator<Item = Id> {
        let first = self.get(id).and_then(|node| node.first_child);
        std::iter::successors(first, |id| self.get(*id)?.after)
    }

    /// Returns a node's parent, its parent, and so on.
    pub fn ancestors(&self, id: Id) -> impl Iterator<Item = Id> {
        std::iter::successors(self.parent(id), |id| self.parent(*id))
    }

    /// Returns the walk through a node and all in it.
    pub fn walk(&self, from: Id) -> Walk<'_> {
        Walk {
            tree: self,
            from,
            next: Some(Step::Enter(from)),
        }
    }

    /// Returns the elements within a node, in order; the node itself is first where it is one.
    pub fn elements(&self, from: Id) -> impl Iterator<Item = Id> {
        self.walk(from).filter_map(|step| match step {
            Step::Enter(id) if self.name(id).is_some() => Some(id),
            _ => None,
        })
    }

    /// Returns the words within a node on one line, as far as `most` bytes.
    pub fn line(&self, id: Id, most: usize) -> String {
        let mut line = String::new();
        for step in self.walk(id) {
            if let Step::Enter(id) = step
                && let Some(words) = self.words(id)
            {
                // Words of two elements are told apart by white space alone where the page sets them so.
                if words.starts_with(char::is_whitespace) && !line.ends_with(' ') {
                    line.push(' ');
                }
                for word in words.split_whitespace() {
                    line.push_str(word);
                    line.push(' ');
                }
                if !words.ends_with(char::is_whitespace) {
                    line.pop();
                }
            }
            if line.len() > most {
                break;
            }
        }
        line.trim().to_owned()
    }

    fn link(&mut self, parent: Id, before: Option<Id>, id: Id, after: Option<Id>) {
        if let Some(node) = self.nodes.get_mut(id) {
            (node.parent, node.before, node.after) = (Some(parent), before, after);
        }
        match before.and_then(|before| self.nodes.get_mut(before)) {
            Some(before) => before.after = Some(id),
            None => {
                if let Some(parent) = self.nodes.get_mut(parent) {
                    parent.first_child = Some(id);
                }
            }
        }
        match after.and_then(|after| self.nodes.get_mut(after)) {
            Some(after) => after.before = Some(id),
            None => {
                if let Some(parent) = self.nodes.get_mut(parent) {
                    parent.last_child = Some(id);
                }
            }
        }
    }
}

/// A walk through a node and all in it, in the order of the page.
pub(super) struct Walk<'t> {
    tree: &'t Tree,
    from: Id,
    next: Option<Step>,
}

impl Walk<'_> {
    /// Passes over what is in the node that was entered last: its end comes next.
    pub fn pass_over(&mut self, id: Id) {
        self.next = Some(Step::Leave(id));
    }
}

impl Iterator for Walk<'_> {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        let step = self.next?;
        self.next = match step {
            Step::Enter(id) => {
                let child = self.tree.get(id).and_then(|node| node.first_child);
                Some(child.map_or(Step::Leave(id), Step::Enter))
            }
            Step::Leave(id) if id == self.from => None,
            Step::Leave(id) => self.tree.get(id).and_then(|node| {
                let parent = node.parent.map(Step::Leave);
                node.after.map(Step::Enter).or(parent)
            }),
        };
        Some(step)
    }
}
