//! Bookmarks in HTML: what browsers export (the Netscape format, with the folders and tags of Firefox) and what Pocket
//! exported first. Neither was ever closed by its rules; the standard's tokenizer reads both.

use std::cell::RefCell;

use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult};

use super::super::html;
use super::super::outlet::Outlet;
use crate::document::Subscription;

/// How deep folders are followed; what lies deeper stands in the deepest.
const DEEPEST: usize = 64;

/// Reads the bookmarks.
pub(super) fn read(text: &str, outlet: &mut Outlet<'_, '_>) {
    let sink = html::tokenize(text, Sink::default(), |_| true);
    let mut list = sink.list.into_inner();
    list.end_link();
    let mut found = 0;
    for subscription in list.links {
        found += usize::from(super::subscribe(outlet, subscription));
    }
    if found == 0 {
        outlet.has_no_text();
    }
}

#[derive(Default)]
struct Sink {
    list: RefCell<List>,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut list = self.list.borrow_mut();
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => list.start(&tag),
            Token::TagToken(tag) => list.end(&tag.name),
            Token::CharacterTokens(words) => list.words.push_str(&words),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

#[derive(Default)]
struct List {
    links: Vec<Subscription>,
    link: Option<Subscription>,
    /// The folder that was named and begins with the next list; none where only the browser named it.
    named: Option<String>,
    hides_name: bool,
    folders: Vec<Option<String>>,
    words: String,
}

impl List {
    fn start(&mut self, tag: &Tag) {
        match &*tag.name {
            "a" => {
                self.end_link();
                self.words.clear();
                self.begin_link(tag);
            }
            "h3" => {
                self.end_link();
                self.words.clear();
                // The folders that every browser has are named by it, not by who keeps bookmarks there.
                self.hides_name = ["personal_toolbar_folder", "unfiled_bookmarks_folder"]
                    .iter()
                    .any(|name| attribute(tag, name).is_some());
            }
            "dl" => {
                self.end_link();
                let folder = self.named.take();
                if self.folders.len() < DEEPEST {
                    self.folders.push(folder);
                }
            }
            "dt" | "dd" | "li" => self.end_link(),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "a" => self.end_link(),
            "h3" => {
                let name = std::mem::take(&mut self.words);
                self.named = Some(name).filter(|_| !self.hides_name);
            }
            "dl" => {
                self.end_link();
                self.folders.pop();
            }
            _ => {}
        }
    }

    fn begin_link(&mut self, tag: &Tag) {
        let page = attribute(tag, "href").filter(|address| !address.starts_with("place:"));
        let feed = attribute(tag, "feedurl");
        let is_feed = feed.is_some();
        let Some(address) = feed.or(page) else { return };
        let tags = attribute(tag, "tags").unwrap_or_default();
        let tags = tags.split(',').map(str::to_owned).collect();
        self.link = Some(Subscription {
            address: address.to_owned(),
            title: None,
            site: page.filter(|_| is_feed).map(str::to_owned),
            folders: self.folders.iter().flatten().cloned().collect(),
            tags,
            is_feed,
        });
    }

    fn end_link(&mut self) {
        if let Some(mut link) = self.link.take() {
            link.title = Some(std::mem::take(&mut self.words));
            self.links.push(link);
        }
    }
}

fn attribute<'t>(tag: &'t Tag, name: &str) -> Option<&'t str> {
    let found = tag
        .attrs
        .iter()
        .find(|attribute| &*attribute.name.local == name)?;
    Some(&found.value)
}
