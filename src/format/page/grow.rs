//! Bytes to tree: the standard's own tree builder, held within bounds.
//!
//! Three things make its work grow faster than the page: elements nested without end, through which it searches at each
//! tag, formatting that nobody closed, which it opens anew in each paragraph, and `<body>` over and over, each with
//! other attributes that the first one gets. The first are passed over below a depth (their words stay); for the second
//! there is a number of nodes past which there is no tree; the third gets so many attributes and no more.

use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};

use html5ever::interface::tree_builder::{
    ElemName, ElementFlags, NodeOrText, QuirksMode, TreeSink,
};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{Attribute, LocalName, Namespace, QualName};

use super::tree::{Data, Id, ROOT, Tree};
use crate::format::html;

/// How deep elements nest; real pages stay below 100.
const DEEPEST: usize = 400;

/// How many attributes an element gets from later tags of its name.
const MOST_ATTRIBUTES: usize = 256;

/// How many nodes a page may have without regard to its size.
const FREE_NODES: usize = 10_000;

/// Returns the tree of a page, or nothing where it would grow out of all proportion to the page.
pub(super) fn grow(page: &str) -> Option<Tree> {
    let sink = Sink {
        tree: RefCell::new(Tree::new()),
    };
    let bounded = Bounded {
        // A tag of three letters makes a node, and so does a word after it.
        most: FREE_NODES + page.len(),
        builder: TreeBuilder::new(sink, TreeBuilderOpts::default()),
        open: Cell::new(0),
        passed_over: RefCell::new(Vec::new()),
        overgrown: Cell::new(false),
    };
    let bounded = html::tokenize(page, bounded, |bounded| !bounded.overgrown.get());
    (!bounded.overgrown.get()).then(|| bounded.builder.sink.finish())
}

/// Stands before the tree builder and keeps from it what would make it slow.
struct Bounded {
    builder: TreeBuilder<Id, Sink>,
    most: usize,
    /// How many elements are open, by the tags alone.
    open: Cell<usize>,
    /// The elements that were passed over and are still open.
    passed_over: RefCell<Vec<LocalName>>,
    overgrown: Cell<bool>,
}

impl Bounded {
    /// Returns whether a tag is passed over.
    fn passes_over(&self, tag: &Tag) -> bool {
        if html::is_void(&tag.name) {
            return false;
        }
        let mut passed_over = self.passed_over.borrow_mut();
        match tag.kind {
            TagKind::StartTag if self.open.get() >= DEEPEST => {
                let opens_text = matches!(
                    &*tag.name,
                    "script" | "style" | "title" | "textarea" | "iframe" | "xmp"
                );
                if !opens_text && !tag.self_closing {
                    passed_over.push(tag.name.clone());
                }
                !opens_text
            }
            TagKind::StartTag => {
                self.open.set(self.open.get() + 1);
                false
            }
            TagKind::EndTag if passed_over.last() == Some(&tag.name) => {
                passed_over.pop();
                true
            }
            TagKind::EndTag => {
                self.open.set(self.open.get().saturating_sub(1));
                false
            }
        }
    }
}

impl TokenSink for Bounded {
    type Handle = Id;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Id> {
        if self.overgrown.get() {
            return TokenSinkResult::Continue;
        }
        if let Token::TagToken(tag) = &token {
            if self.passes_over(tag) {
                if !html::is_block(&tag.name) {
                    return TokenSinkResult::Continue;
                }
                // What stands apart is parted by a blank at least.
                let blank = StrTendril::from_slice(" ");
                return self
                    .builder
                    .process_token(Token::CharacterTokens(blank), line);
            }
            // Tags that close others on their own are not counted: the depth is measured now and then.
            if self.open.get() >= DEEPEST {
                self.open.set(self.builder.sink.depth());
            }
            if self.builder.sink.tree.borrow().len() > self.most {
                self.overgrown.set(true);
            }
        }
        match self.builder.process_token(token, line) {
            // Nothing runs.
            TokenSinkResult::Script(_) => TokenSinkResult::Continue,
            result => result,
        }
    }

    fn end(&self) {
        if !self.overgrown.get() {
            self.builder.end();
        }
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder
            .adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// What the tree builder builds with.
struct Sink {
    tree: RefCell<Tree>,
}

impl Sink {
    /// Returns how deep the node stands that came last.
    fn depth(&self) -> usize {
        let tree = self.tree.borrow();
        tree.ancestors(tree.len().saturating_sub(1))
            .take(2 * DEEPEST)
            .count()
    }

    fn node(&self, new: NodeOrText<Id>, before: Option<Id>) -> Option<Id> {
        let mut tree = self.tree.borrow_mut();
        match new {
            NodeOrText::AppendNode(id) => Some(id),
            NodeOrText::AppendText(text) => {
                if let Some(Data::Text(words)) = before
                    .and_then(|id| tree.get_mut(id))
                    .map(|node| &mut node.data)
                {
                    words.push_tendril(&text);
                    return None;
                }
                Some(tree.add(Data::Text(text)))
            }
        }
    }
}

/// The name of an element in the arena.
#[derive(Debug)]
struct Name<'a>(Ref<'a, QualName>);

impl ElemName for Name<'_> {
    fn ns(&self) -> &Namespace {
        &self.0.ns
    }

    fn local_name(&self) -> &LocalName {
        &self.0.local
    }
}

/// What an element is called that is none: the tree builder never asks.
static NAMELESS: QualName = QualName {
    prefix: None,
    ns: html5ever::ns!(),
    local: html5ever::local_name!(""),
};

impl TreeSink for Sink {
    type Handle = Id;
    type Output = Tree;
    type ElemName<'a> = Name<'a>;

    fn finish(self) -> Tree {
        self.tree.into_inner()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Id {
        ROOT
    }

    fn elem_name<'a>(&'a self, target: &'a Id) -> Name<'a> {
        Name(Ref::map(self.tree.borrow(), |tree| {
            match tree.get(*target).map(|node| &node.data) {
                Some(Data::Element { name, .. }) => name,
                _ => &NAMELESS,
            }
        }))
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> Id {
        self.tree
            .borrow_mut()
            .add(Data::Element { name, attributes })
    }

    fn create_comment(&self, _: StrTendril) -> Id {
        self.tree.borrow_mut().add(Data::Bare)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Id {
        self.tree.borrow_mut().add(Data::Bare)
    }

    fn append(&self, parent: &Id, child: NodeOrText<Id>) {
        let last = self
            .tree
            .borrow()
            .get(*parent)
            .and_then(|node| node.last_child);
        if let Some(id) = self.node(child, last) {
            self.tree.borrow_mut().append(*parent, id);
        }
    }

    fn append_based_on_parent_node(&self, element: &Id, before: &Id, child: NodeOrText<Id>) {
        let stands = self.tree.borrow().parent(*element).is_some();
        if stands {
            self.append_before_sibling(element, child);
        } else {
            self.append(before, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Id) -> Id {
        // What is in a template is never shown, wherever it stands.
        *target
    }

    fn same_node(&self, one: &Id, other: &Id) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Id, new: NodeOrText<Id>) {
        let before = self
            .tree
            .borrow()
            .get(*sibling)
            .and_then(|node| node.before);
        if let Some(id) = self.node(new, before) {
            self.tree.borrow_mut().insert_before(*sibling, id);
        }
    }

    fn add_attrs_if_missing(&self, target: &Id, new: Vec<Attribute>) {
        let mut tree = self.tree.borrow_mut();
        let data = tree.get_mut(*target).map(|node| &mut node.data);
        if let Some(Data::Element { attributes, .. }) = data {
            for attribute in new {
                let is_new = attributes.iter().all(|one| one.name != attribute.name);
                if is_new && attributes.len() < MOST_ATTRIBUTES {
                    attributes.push(attribute);
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &Id) {
        self.tree.borrow_mut().detach(*target);
    }

    fn reparent_children(&self, node: &Id, new_parent: &Id) {
        let mut tree = self.tree.borrow_mut();
        while let Some(child) = tree.get(*node).and_then(|node| node.first_child) {
            tree.append(*new_parent, child);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_that_begins_again_and_again_gets_no_more_attributes_than_it_may() {
        let bodies = (0..2000).map(|number| format!("<body a{number}=1>"));
        let page = bodies.collect::<String>() + "<p>words</p>";
        let tree = grow(&page).unwrap();
        let body = tree.elements(ROOT).find(|id| tree.tag(*id) == "body");
        let body = body.and_then(|id| tree.get(id)).unwrap();
        let Data::Element { attributes, .. } = &body.data else {
            panic!("a body is an element");
        };
        assert_eq!(attributes.len(), MOST_ATTRIBUTES);
        assert_eq!(&*attributes[0].name.local, "a0");
    }
}
