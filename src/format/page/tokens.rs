//! The article's part of the tree, turned back into the tokens that the walk of text takes.

use std::collections::HashMap;

use html5ever::LocalName;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Tag, TagKind, Token};

use crate::format::html;

use super::tree::{Data, Id, Step, Tree};

/// Hands out the tokens of a node and all in it, but for what `is_out` says. The node itself has tokens only where it
/// is `with_itself`: what holds an article is no element of it. The attributes are taken from the tree.
pub(super) fn tokens(
    tree: &mut Tree,
    from: Id,
    with_itself: bool,
    is_out: &dyn Fn(Id) -> bool,
    take: &mut dyn FnMut(Token),
) {
    let mut next = Some(Step::Enter(from));
    let mut captions = Captions::default();
    while let Some(step) = next {
        let is_told_by_caption = tree.tag(step.id()) == "img" && captions.has(tree, step.id());
        let Some(node) = tree.get_mut(step.id()) else {
            return;
        };
        let id = step.id();
        let (child, after, parent) = (node.first_child, node.after, node.parent);
        let entered = matches!(step, Step::Enter(_));
        let passed = entered && id != from && (is_out(id) || is_told_by_caption);
        if passed {
            // What is left out parts words all the same.
            take(Token::CharacterTokens(StrTendril::from_slice(" ")));
        } else if let Some(token) = token(&mut node.data, entered, id == from && !with_itself) {
            take(token);
        }
        next = match step {
            Step::Enter(_) if !passed => Some(child.map_or(Step::Leave(id), Step::Enter)),
            _ if id == from => None,
            _ => after.map(Step::Enter).or(parent.map(Step::Leave)),
        };
    }
}

/// Returns the token for the beginning or the end of a node. What holds the article is no element of it.
fn token(data: &mut Data, entered: bool, holds_all: bool) -> Option<Token> {
    match data {
        Data::Text(text) if entered => Some(Token::CharacterTokens(text.clone())),
        Data::Element { name, attributes } if !holds_all && entered => {
            let attributes = std::mem::take(attributes);
            Some(tag(TagKind::StartTag, name.local.clone(), attributes))
        }
        Data::Element { name, .. } if !holds_all && !html::is_void(&name.local) => {
            Some(tag(TagKind::EndTag, name.local.clone(), Vec::new()))
        }
        _ => None,
    }
}

/// Which figures have a caption, each looked through once: it may hold thousands of pictures.
#[derive(Default)]
struct Captions(HashMap<Id, bool>);

impl Captions {
    /// Returns whether a picture has a caption beside it, which says more than what stands in for the picture.
    fn has(&mut self, tree: &Tree, image: Id) -> bool {
        let mut around = tree.ancestors(image).take(6);
        let Some(figure) = around.find(|id| tree.tag(*id) == "figure") else {
            return false;
        };
        *self.0.entry(figure).or_insert_with(|| {
            let mut within = tree.elements(figure);
            within.any(|id| tree.tag(id) == "figcaption" && !tree.line(id, 20).is_empty())
        })
    }
}

fn tag(kind: TagKind, name: LocalName, attrs: Vec<html5ever::Attribute>) -> Token {
    Token::TagToken(Tag {
        kind,
        name,
        self_closing: false,
        attrs,
        had_duplicate_attributes: false,
    })
}
