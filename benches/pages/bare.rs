//! The least that html5ever's tree builder can build with: names and nothing else.

use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;

use html5ever::interface::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{Attribute, QualName};

/// A node: its name where it is an element, and its children.
#[derive(Debug)]
pub struct Node {
    name: QualName,
    _attributes: Vec<Attribute>,
    children: RefCell<Vec<Child>>,
}

#[derive(Debug)]
enum Child {
    Node { _node: Rc<Node> },
    Text(StrTendril),
}

/// Builds a tree that nobody reads.
pub struct Sink {
    root: Rc<Node>,
    count: std::cell::Cell<usize>,
}

impl Default for Sink {
    fn default() -> Self {
        Self {
            root: node(QualName::new(None, html5ever::ns!(), "".into()), Vec::new()),
            count: std::cell::Cell::new(0),
        }
    }
}

fn node(name: QualName, attributes: Vec<Attribute>) -> Rc<Node> {
    Rc::new(Node {
        name,
        _attributes: attributes,
        children: RefCell::default(),
    })
}

impl TreeSink for Sink {
    type Handle = Rc<Node>;
    type Output = usize;
    type ElemName<'a> = &'a QualName;

    fn finish(self) -> usize {
        self.count.get()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Rc<Node> {
        Rc::clone(&self.root)
    }

    fn elem_name<'a>(&'a self, target: &'a Rc<Node>) -> &'a QualName {
        &target.name
    }

    fn create_element(
        &self,
        name: QualName,
        attributes: Vec<Attribute>,
        _: ElementFlags,
    ) -> Rc<Node> {
        self.count.set(self.count.get() + 1);
        node(name, attributes)
    }

    fn create_comment(&self, _: StrTendril) -> Rc<Node> {
        node(QualName::new(None, html5ever::ns!(), "".into()), Vec::new())
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Rc<Node> {
        self.create_comment(StrTendril::new())
    }

    fn append(&self, parent: &Rc<Node>, child: NodeOrText<Rc<Node>>) {
        let mut children = parent.children.borrow_mut();
        match child {
            NodeOrText::AppendNode(node) => children.push(Child::Node { _node: node }),
            NodeOrText::AppendText(text) => match children.last_mut() {
                Some(Child::Text(before)) => before.push_tendril(&text),
                _ => children.push(Child::Text(text)),
            },
        }
    }

    fn append_based_on_parent_node(
        &self,
        element: &Rc<Node>,
        _: &Rc<Node>,
        child: NodeOrText<Rc<Node>>,
    ) {
        self.append(element, child);
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Rc<Node>) -> Rc<Node> {
        Rc::clone(target)
    }

    fn same_node(&self, one: &Rc<Node>, other: &Rc<Node>) -> bool {
        Rc::ptr_eq(one, other)
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Rc<Node>, child: NodeOrText<Rc<Node>>) {
        self.append(sibling, child);
    }

    fn add_attrs_if_missing(&self, _: &Rc<Node>, _: Vec<Attribute>) {}

    fn remove_from_parent(&self, _: &Rc<Node>) {}

    fn reparent_children(&self, _: &Rc<Node>, _: &Rc<Node>) {}
}
