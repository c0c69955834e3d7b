//! What a page says of itself in its head: title, author, date, language, address.

use html5ever::tokenizer::Tag;

use super::tags::attribute;
use crate::document::{Date, Language};
use crate::format::page::Facts;
use crate::format::{address, dates};

/// The facts of a page, as far as its head gives them.
#[derive(Debug, Default)]
pub(in crate::format) struct Head {
    /// The words of `<title>`.
    pub words: String,
    /// The title that it gives to others who show it.
    shared_title: Option<String>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// When it was published.
    pub published: Option<Date>,
    /// The site.
    pub publisher: Option<String>,
    /// Its address.
    pub address: Option<String>,
    /// The language it is written in.
    pub language: Language,
    /// What its links are relative to.
    pub base: Option<String>,
}

impl Head {
    /// Takes what a tag of the head says.
    pub fn take(&mut self, tag: &Tag) {
        match &*tag.name {
            "html" => {
                let tag = attribute(tag, "lang").or_else(|| attribute(tag, "xml:lang"));
                self.language = Language::from_tag(tag.unwrap_or_default());
            }
            "base" if self.base.is_none() => {
                self.base = attribute(tag, "href").and_then(|href| address::resolve(None, href));
            }
            "link" => self.take_link(tag),
            "meta" => self.take_meta(tag),
            _ => {}
        }
    }

    /// Returns the page's title: the one it gives to others, which has no site's name in it, else its own.
    pub fn title(&self) -> Option<String> {
        let own = self.words.split_whitespace().collect::<Vec<_>>().join(" ");
        self.shared_title
            .clone()
            .or(Some(own))
            .filter(|title| !title.is_empty())
    }

    /// Returns the facts of a page of which only the head is known.
    pub fn into_facts(self) -> Facts {
        Facts {
            title: self.title(),
            authors: self.authors,
            published: self.published,
            publisher: self.publisher,
            address: self.address,
            base: self.base,
            language: self.language,
            topics: Vec::new(),
            ..Facts::default()
        }
    }

    fn take_link(&mut self, tag: &Tag) {
        let canonical =
            attribute(tag, "rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical"));
        if canonical && let Some(href) = attribute(tag, "href") {
            self.address = address::resolve(None, href).filter(|href| href.contains("://"));
            if self.base.is_none() {
                self.base.clone_from(&self.address);
            }
        }
    }

    fn take_meta(&mut self, tag: &Tag) {
        let name = attribute(tag, "property").or_else(|| attribute(tag, "name"));
        let content = attribute(tag, "content").unwrap_or_default().trim();
        let Some(name) = name.filter(|_| !content.is_empty()) else {
            return;
        };
        match name.to_ascii_lowercase().as_str() {
            "og:title" => self.shared_title = Some(content.to_owned()),
            "og:site_name" => self.publisher = Some(content.to_owned()),
            "og:url" if self.address.is_none() => {
                self.address = address::resolve(None, content).filter(|url| url.contains("://"));
            }
            // Some give an address in the place of a name.
            "author" | "article:author" if !content.contains("://") => {
                self.authors.push(content.to_owned());
            }
            "article:published_time" | "date" | "dc.date" | "dcterms.created" => {
                self.published = self.published.or_else(|| dates::parse(content));
            }
            _ => {}
        }
    }
}
