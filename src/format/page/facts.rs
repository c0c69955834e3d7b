//! What a page says of itself: in its head, in the data it has for machines, in the lines around its heading.
//!
//! Pages say the same thing up to five times, and not always the same. What is written for machines to read goes
//! before what is written for the eye, because it is marked; a title that the page shows as its heading goes before
//! all.

use std::collections::HashSet;

use super::besides::Besides;
use super::json_ld::Linked;
use super::names;
use super::shown_dates;
use super::titles;
use super::tree::{Id, ROOT, Tree};
use crate::document::{Date, Language};
use crate::format::{address, dates, html, words};

/// The longest line that may be a name or a date, in bytes.
const LONGEST_LINE: usize = 300;

/// How many topics are taken: pages that list hundreds write them for search engines.
const MOST_TOPICS: usize = 12;

/// How many lower headings are looked at: the page's own stands among the first.
const MOST_HEADINGS: usize = 30;

/// The facts of a page.
#[derive(Debug, Default)]
pub(in crate::format) struct Facts {
    /// What it is called.
    pub title: Option<String>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// When it was published.
    pub published: Option<Date>,
    /// The site.
    pub publisher: Option<String>,
    /// Its address.
    pub address: Option<String>,
    /// What its links are relative to.
    pub base: Option<String>,
    /// The language it is written in.
    pub language: Language,
    /// What it is about, in its own words.
    pub topics: Vec<String>,
    /// The parts of its title, where nothing on the page tells which of them is its own.
    pub title_parts: Vec<String>,
    /// It sends who opens it to another page.
    pub leads_on: bool,
}

/// What was found, by where it stood.
#[derive(Default)]
struct Found {
    linked: Linked,
    /// The words of `<title>`.
    own_title: String,
    shared_titles: Vec<String>,
    headings: Vec<String>,
    lower_headings: Vec<String>,
    /// Those of them that stand in what the page marks as its article.
    within_article: Vec<String>,
    /// Those of the highest that do not.
    mastheads: Vec<String>,
    authors: Vec<String>,
    shown_authors: Vec<String>,
    published: Option<Date>,
    /// When it was last changed, where nothing says when it was published.
    updated: Option<Date>,
    /// Dates that the page shows: those that say they are its own before any other.
    marked_date: Option<Date>,
    shown_date: Option<Date>,
    /// The date of a line that says more than the date.
    line_date: Option<Date>,
    tags: Vec<String>,
    keywords: Vec<String>,
    shown_tags: Vec<String>,
    locale: Option<String>,
    facts: Facts,
}

/// Gathers the facts of a page.
pub(super) fn gather(tree: &Tree, besides: &Besides) -> Facts {
    let mut found = Found::default();
    let mut scripts = Vec::new();
    for id in tree.elements(ROOT) {
        match tree.tag(id) {
            "html" => {
                let tag = tree
                    .attribute(id, "lang")
                    .or_else(|| tree.attribute(id, "xml:lang"));
                found.facts.language = Language::from_tag(tag.unwrap_or_default());
            }
            "base" if found.facts.base.is_none() => {
                let href = tree.attribute(id, "href");
                found.facts.base = href.and_then(|href| address::resolve(None, href));
            }
            "link" => found.take_link(tree, id),
            "meta" => found.take_meta(tree, id),
            // Pictures have titles as well.
            "title" if found.own_title.is_empty() && !is_in_picture(tree, id) => {
                found.own_title = tree.line(id, 2000);
            }
            "script" if is_linked_data(tree, id) => scripts.push(id),
            "h1" if !besides.is_out_at_all(tree, id) && !leads_home(tree, id) => {
                found.take_heading(tree, id, besides);
            }
            "h2" | "h3" if found.lower_headings.len() < MOST_HEADINGS && !leads_home(tree, id) => {
                let line = tree.line(id, LONGEST_LINE * 2);
                found.take_line_date(tree, id, &line, besides);
                found.take_heading(tree, id, besides);
            }
            "time" if !in_comments(tree, id, besides) => found.take_time(tree, id),
            "" => {}
            _ => found.take_shown(tree, id, besides),
        }
    }
    for id in scripts {
        let text: String = tree.children(id).filter_map(|id| tree.words(id)).collect();
        found.linked.take(&text);
    }
    found.into_facts()
}

/// Returns the heading that is the page's title. It may stand again in a list of other articles, lower and as a link.
pub(super) fn heading_of(tree: &Tree, from: Id, title: &str, besides: &Besides) -> Option<Id> {
    let is_title = |id: &Id| {
        matches!(tree.tag(*id), "h1" | "h2" | "h3")
            && words::same(&tree.line(*id, LONGEST_LINE * 2), title)
            && !leads_home(tree, *id)
            && !besides.is_out_at_all(tree, *id)
    };
    let is_link = |id: Id| {
        let mut around = tree.elements(id).chain(tree.ancestors(id).take(2));
        around.any(|one| tree.tag(one) == "a")
    };
    tree.elements(from)
        .filter(is_title)
        .min_by_key(|id| u8::from(is_link(*id)) + u8::from(tree.tag(*id) != "h1"))
}

/// Returns whether a heading is the name of the site, which leads to its first page.
fn leads_home(tree: &Tree, heading: Id) -> bool {
    let link = tree
        .elements(heading)
        .chain(tree.ancestors(heading).take(2))
        .find(|id| tree.tag(*id) == "a");
    let href = link
        .and_then(|id| tree.attribute(id, "href"))
        .unwrap_or_default();
    let path = href.split_once("://").map_or(href, |(_, rest)| {
        rest.find('/').and_then(|at| rest.get(at..)).unwrap_or("/")
    });
    link.is_some() && matches!(path.trim(), "/" | "/index.html" | "index.html" | "./")
}

/// Returns whether an element stands in what readers wrote: who signs there did not write the page.
fn in_comments(tree: &Tree, id: Id, besides: &Besides) -> bool {
    tree.ancestors(id).any(|one| besides.signs(one).comments)
}

fn is_in_picture(tree: &Tree, id: Id) -> bool {
    tree.ancestors(id).any(|one| tree.tag(one) == "svg")
}

fn is_linked_data(tree: &Tree, id: Id) -> bool {
    tree.attribute(id, "type")
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json"))
}

fn absolute(href: &str) -> Option<String> {
    address::resolve(None, href).filter(|href| href.contains("://"))
}

impl Found {
    fn take_link(&mut self, tree: &Tree, id: Id) {
        let is_canonical = tree
            .attribute(id, "rel")
            .is_some_and(|rel| rel.eq_ignore_ascii_case("canonical"));
        if is_canonical && self.facts.address.is_none() {
            self.facts.address = tree.attribute(id, "href").and_then(absolute);
        }
    }

    fn take_heading(&mut self, tree: &Tree, id: Id, besides: &Besides) {
        let line = tree.line(id, LONGEST_LINE * 2);
        let mut around = tree.ancestors(id);
        let is_within = around.any(|one| matches!(tree.tag(one), "article" | "main"));
        if is_within && !besides.is_out_at_all(tree, id) {
            self.within_article.push(line.clone());
        } else if tree.tag(id) == "h1" {
            self.mastheads.push(line.clone());
        }
        if tree.tag(id) == "h1" {
            self.headings.push(line);
        } else {
            self.lower_headings.push(line);
        }
    }

    fn take_meta(&mut self, tree: &Tree, id: Id) {
        let content = tree.attribute(id, "content").unwrap_or_default().trim();
        if content.is_empty() {
            return;
        }
        let refreshes = tree
            .attribute(id, "http-equiv")
            .is_some_and(|name| name.trim().eq_ignore_ascii_case("refresh"));
        self.facts.leads_on |= refreshes && content.to_ascii_lowercase().contains("url");
        // One element may bear several names.
        for kind in ["property", "name", "itemprop"] {
            let Some(name) = tree.attribute(id, kind) else {
                continue;
            };
            self.take_named(&name.trim().to_ascii_lowercase(), content);
        }
    }

    fn take_named(&mut self, name: &str, content: &str) {
        match name {
            "og:title" | "twitter:title" | "dc.title" | "dcterms.title" | "headline"
            | "parsely-title" | "citation_title" => {
                self.shared_titles.push(html::value(content));
            }
            "og:site_name" => self.facts.publisher = Some(html::value(content)),
            "application-name"
            | "dc.publisher"
            | "dcterms.publisher"
            | "citation_journal_title" => {
                self.facts
                    .publisher
                    .get_or_insert_with(|| html::value(content));
            }
            "og:url" if self.facts.address.is_none() => self.facts.address = absolute(content),
            "og:locale" => self.locale = Some(content.to_owned()),
            "author"
            | "article:author"
            | "dc.creator"
            | "dcterms.creator"
            | "parsely-author"
            | "sailthru.author"
            | "citation_author"
            | "byl"
            | "article:author_name" => {
                self.authors.extend(names::given(&html::value(content)));
            }
            "article:published_time"
            | "datepublished"
            | "date"
            | "dc.date"
            | "dc.date.issued"
            | "dcterms.created"
            | "dcterms.date"
            | "dcterms.issued"
            | "parsely-pub-date"
            | "sailthru.date"
            | "pubdate"
            | "publishdate"
            | "publish_date"
            | "publish-date"
            | "publication_date"
            | "citation_publication_date"
            | "citation_date"
            | "dc.date.created"
            | "og:published_time"
            | "article:published"
            | "ptime"
            | "govuk:first-published-at" => {
                self.published = self.published.or_else(|| dates::parse(content));
            }
            "govuk:public-updated-at" => {
                self.updated = self.updated.or_else(|| dates::parse(content));
            }
            "article:tag" | "parsely-tags" => self.tags.extend(list(content)),
            "keywords" | "news_keywords" | "dc.subject" => self.keywords.extend(list(content)),
            _ => {}
        }
    }

    /// Takes the date of a line that is named as one, whatever else it says.
    fn take_line_date(&mut self, tree: &Tree, id: Id, line: &str, besides: &Besides) {
        if self.line_date.is_none() && besides.signs(id).byline && !in_comments(tree, id, besides) {
            self.line_date = shown_dates::named(line);
        }
    }

    fn take_time(&mut self, tree: &Tree, id: Id) {
        let read = |id| {
            let written = tree.attribute(id, "datetime").and_then(dates::parse);
            written.or_else(|| {
                let line = tree.line(id, 80);
                dates::parse(&line).or_else(|| shown_dates::named(&line))
            })
        };
        let is_marked = tree.attribute(id, "pubdate").is_some()
            || tree.attribute(id, "itemprop") == Some("datePublished")
            || tree
                .attribute(id, "class")
                .is_some_and(|class| class.contains("publish") || class.contains("entry-date"));
        if is_marked && self.marked_date.is_none() {
            self.marked_date = read(id);
        } else if self.shown_date.is_none() {
            self.shown_date = read(id);
        }
    }

    /// Takes what the page shows of author, date and topics.
    fn take_shown(&mut self, tree: &Tree, id: Id, besides: &Besides) {
        let class = tree.attribute(id, "class").unwrap_or_default();
        let has = |name: &str| class.split_whitespace().any(|one| one == name);
        let property = tree.attribute(id, "itemprop").unwrap_or_default();
        let rel = tree.attribute(id, "rel").unwrap_or_default();
        let says = |word: &str| {
            rel.split_whitespace()
                .any(|one| one.eq_ignore_ascii_case(word))
        };
        if says("author") || property == "author" || has("p-author") {
            if !in_comments(tree, id, besides) {
                self.show_author(tree, id);
            }
        } else if says("tag") {
            self.shown_tags.push(tree.line(id, LONGEST_LINE));
        } else if (has("dt-published") || property == "datePublished") && self.marked_date.is_none()
        {
            let value = tree
                .attribute(id, "datetime")
                .or_else(|| tree.attribute(id, "content"));
            let value = value.or_else(|| tree.attribute(id, "title"));
            self.marked_date = value
                .and_then(dates::parse)
                .or_else(|| dates::parse(&tree.line(id, 80)));
        } else if besides.signs(id).byline {
            let line = tree.line(id, LONGEST_LINE);
            if self.shown_date.is_none() {
                self.shown_date = dates::parse(names::without_label(&line));
            }
            self.take_line_date(tree, id, &line, besides);
            let is_author = ["byline", "author"].iter().any(|word| class.contains(word));
            if is_author && line.len() < LONGEST_LINE && !in_comments(tree, id, besides) {
                self.show_author(tree, id);
            }
        }
    }

    fn show_author(&mut self, tree: &Tree, id: Id) {
        // A name that is marked within goes before the line around it.
        let inner = tree.elements(id).skip(1).find(|one| {
            tree.attribute(*one, "itemprop") == Some("name")
                || tree
                    .attribute(*one, "rel")
                    .is_some_and(|rel| rel.contains("author"))
                || tree.attribute(*one, "class").is_some_and(|class| {
                    class
                        .split_whitespace()
                        .any(|one| matches!(one, "p-name" | "fn" | "author-name"))
                })
        });
        let line = tree.line(inner.unwrap_or(id), LONGEST_LINE);
        self.shown_authors.extend(names::parted(&line));
    }

    fn into_facts(self) -> Facts {
        let mut facts = self.facts;
        let linked = self.linked;
        facts.publisher = facts.publisher.or(linked.publisher);
        facts.address = facts
            .address
            .or_else(|| linked.address.as_deref().and_then(absolute));
        facts.title = titles::choose(&titles::Candidates {
            shared: &self.shared_titles,
            headline: linked.headline.as_deref(),
            own: &self.own_title,
            headings: &self.headings,
            lower_headings: &self.lower_headings,
            within_article: &self.within_article,
            mastheads: if self.within_article.is_empty() {
                &[]
            } else {
                &self.mastheads
            },
            site: facts.publisher.as_deref(),
        });
        let shows_title = || {
            let mut headings = self.headings.iter().chain(&self.lower_headings);
            let title = facts.title.as_deref().unwrap_or_default();
            headings.any(|heading| words::same(heading, title))
        };
        if self.shared_titles.is_empty() && linked.headline.is_none() && !shows_title() {
            facts.title_parts = titles::parts_of(&self.own_title);
        }
        let site = facts.publisher.clone().unwrap_or_default();
        let authors = [linked.authors, self.authors, self.shown_authors]
            .into_iter()
            .map(|group| {
                distinct(group, |name| {
                    names::is_name(name) && !words::same(name, &site)
                })
            })
            .find(|group| !group.is_empty());
        facts.authors = authors.unwrap_or_default();
        facts.published = [
            linked.published,
            self.published,
            self.updated,
            self.marked_date,
            self.shown_date,
            self.line_date,
            facts.address.as_deref().and_then(shown_dates::in_address),
        ]
        .into_iter()
        .flatten()
        .next();
        let topics = [self.tags, linked.topics, self.shown_tags, self.keywords]
            .into_iter()
            .map(|group| distinct(group, |topic| (2..=60).contains(&topic.len())))
            // Who lists many writes them for search engines.
            .find(|group| !group.is_empty() && group.len() <= 2 * MOST_TOPICS);
        facts.topics = topics.unwrap_or_default();
        facts.topics.truncate(MOST_TOPICS);
        if facts.language == Language::default()
            && let Some(locale) = self.locale.or(linked.language)
        {
            facts.language = Language::from_tag(&locale.replace('_', "-"));
        }
        if facts.base.is_none() {
            facts.base.clone_from(&facts.address);
        }
        facts
    }
}

/// Returns the items of a list that is parted by commas.
fn list(text: &str) -> impl Iterator<Item = String> {
    text.split([',', ';']).map(|item| html::value(item.trim()))
}

/// Returns the good ones of a group, each once.
fn distinct(group: Vec<String>, good: impl Fn(&str) -> bool) -> Vec<String> {
    let mut known = HashSet::new();
    let each_once = group
        .into_iter()
        .filter(|one| good(one) && known.insert(words::key(one)));
    each_once.collect()
}
