//! One item of a feed, from its fields to a document.

use std::borrow::Cow;

use super::super::outlet::{Draft, Place, tidy};
use super::super::{address, dates, html, splice, words};
use super::element::DATES;
use super::press::{self, Post};
use super::{boilerplate, ending};
use crate::document::{
    BlockKind, Body, BodyBuilder, Date, Kind, Language, Metadata, SpanKind, Title,
};

/// How a text of a feed is to be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::format) enum Form {
    /// As HTML: what RSS means, whatever it says.
    #[default]
    Html,
    /// As it stands.
    Plain,
}

/// A text of a feed with its form.
#[derive(Clone, Debug, Default)]
pub(in crate::format) struct Text<'t> {
    /// The characters, entities of XML resolved; the feed's own where they stand together in it.
    pub words: Cow<'t, str>,
    /// How they are to be read.
    pub form: Form,
    /// What their relative links start from, where the feed says so.
    pub base: Option<String>,
}

impl Text<'_> {
    /// Returns the words on one line.
    pub fn line(&self) -> String {
        match self.form {
            Form::Html => html::line(&self.words),
            Form::Plain => self.words.to_string(),
        }
    }

    fn is_empty(&self) -> bool {
        self.words.trim().is_empty()
    }

    fn body(&self, base: Option<&str>) -> Body {
        // `<!` that begins no comment is one for HTML, and would hide all that follows, unless it declares HTML.
        let hides_all = self.words.trim_start().strip_prefix("<!");
        let declares = |rest: &str| {
            let name = rest.get(.."doctype".len());
            name.is_some_and(|name| name.eq_ignore_ascii_case("doctype"))
        };
        let is_plain = hides_all.is_some_and(|rest| !rest.starts_with("--") && !declares(rest));
        if self.form == Form::Html && !is_plain {
            return html::body(&self.words, self.base.as_deref().or(base));
        }
        let mut builder = BodyBuilder::new();
        for paragraph in self.words.split("\n\n") {
            builder.block(BlockKind::Paragraph, paragraph);
        }
        builder.finish()
    }
}

/// What the feed itself says, for all its items.
#[derive(Clone, Debug, Default)]
pub(in crate::format) struct Channel {
    /// Its title.
    pub title: Option<String>,
    /// The title is in its own words, not in those of a module.
    pub has_own_title: bool,
    /// Its address.
    pub link: Option<String>,
    /// The language of its items.
    pub language: Language,
    /// Who wrote what names no author.
    pub authors: Vec<String>,
    /// Their addresses, for those who have no name.
    pub emails: Vec<String>,
}

/// A guid of so many bytes is nobody else's: a digest, a UUID.
const TELLING_GUID: usize = 16;

/// Returns what an item of a feed is known by. RSS 2.0 asks for no more than that a guid is unique in its feed, and many
/// count from 1: what is no address, URN or digest is told from those of other feeds by the feed's own address.
pub fn item_name(guid: String, feed: Option<&str>) -> String {
    let is_everyones = guid.contains([':', '@']) || guid.len() >= TELLING_GUID;
    match feed {
        Some(feed) if !is_everyones => format!("{guid} @ {feed}"),
        _ => guid,
    }
}

/// The fields of an item as they are read.
#[derive(Clone, Debug, Default)]
pub(in crate::format) struct Item<'t> {
    /// The title.
    pub title: Text<'t>,
    /// A title in the words of a module, for what has no other.
    pub second_title: Text<'t>,
    /// Where it can be read.
    pub link: Option<String>,
    /// Where it can be read, behind the address that a service counts at.
    pub original: Option<String>,
    /// Its own name.
    pub guid: Option<String>,
    /// The name is an address where it can be read.
    pub guid_leads: bool,
    /// What it says, in short.
    pub summary: Text<'t>,
    /// What it says in the words of a module, for what has no other.
    pub second_summary: Text<'t>,
    /// What it says.
    pub content: Text<'t>,
    /// What its relative links start from, where it says so.
    pub base: Option<String>,
    /// Its dates as written, the best first.
    pub dates: [Option<String>; DATES],
    /// Who wrote it.
    pub authors: Vec<String>,
    /// The addresses of who wrote it, for those who have no name.
    pub emails: Vec<String>,
    /// Its categories.
    pub topics: Vec<String>,
    /// Its language, where it is not the feed's.
    pub language: Language,
    /// What is to be heard or watched.
    pub enclosures: Vec<Enclosure>,
    /// What an export of WordPress says of it.
    pub post: Option<Post>,
}

/// Something to hear, to watch or to fetch that belongs to an item.
#[derive(Clone, Debug, Default)]
pub(in crate::format) struct Enclosure {
    /// Where it is.
    pub address: String,
    /// What it is, by its MIME name.
    pub kind: String,
}

/// How many enclosures of an item are told: a gallery may have a hundred sizes of each picture.
const MOST_ENCLOSURES: usize = 8;

impl Item<'_> {
    /// Returns whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        let texts = [
            &self.title,
            &self.content,
            &self.summary,
            &self.second_title,
            &self.second_summary,
        ];
        texts.iter().all(|text| text.is_empty())
            && self.link.is_none()
            && self.enclosures.is_empty()
            && !(self.guid_leads && self.guid.as_deref().is_some_and(is_web))
    }

    /// Notes something to hear or watch, once.
    pub fn enclose(&mut self, enclosure: Enclosure) {
        let known = self
            .enclosures
            .iter()
            .any(|one| one.address == enclosure.address);
        if !known && self.enclosures.len() < MOST_ENCLOSURES {
            self.enclosures.push(enclosure);
        }
    }

    /// Takes from it what it says about itself, and leaves its texts. The second value is a date that could not be
    /// read.
    pub fn take_facts(&mut self, channel: &Channel) -> (Metadata, Option<String>) {
        if self.title.is_empty() {
            self.title = std::mem::take(&mut self.second_title);
        }
        if self.summary.is_empty() {
            self.summary = std::mem::take(&mut self.second_summary);
        }
        let (published, unread) = self.date();
        let authors = [
            &self.authors,
            &self.emails,
            &channel.authors,
            &channel.emails,
        ];
        let metadata = Metadata {
            title: Title {
                text: self.title.line(),
                derived: false,
            },
            authors: first_told(authors),
            published,
            publisher: channel.title.clone(),
            url: self.address(channel),
            kind: Kind::Post,
            language: if self.language == Language::Unknown {
                channel.language
            } else {
                self.language
            },
            topics: std::mem::take(&mut self.topics),
            ..Metadata::default()
        };
        (metadata, unread)
    }

    /// Makes a document of it. The second value is a date that could not be read.
    pub fn into_draft(mut self, channel: &Channel) -> (Draft, Option<String>) {
        let (metadata, unread) = self.take_facts(channel);
        let body = self.body(metadata.url.as_deref(), channel);
        let names = self.guid.iter().filter_map(|guid| tidy(guid));
        let feed = channel.link.as_deref().or(channel.title.as_deref());
        let names = names.map(|guid| item_name(guid, feed));
        let mut draft = Draft {
            names: names.chain(metadata.url.clone()).collect(),
            place: Place::InFeed,
            body: html::without_title(body, &metadata.title.text),
            metadata,
        };
        if let Some(post) = self.post {
            post.complete(&mut draft);
        }
        (draft, unread)
    }

    /// Returns where it can be read.
    fn address(&self, channel: &Channel) -> Option<String> {
        let leading = || {
            let guid = self.guid.as_deref();
            guid.filter(|guid| self.guid_leads && is_web(guid))
        };
        let link = self.original.as_deref().or(self.link.as_deref());
        address::resolve(channel.link.as_deref(), link.or_else(leading)?)
    }

    /// Returns the text: the content, and before it the summary where the content does not say it already; after it
    /// what is to be heard or watched.
    fn body(&self, link: Option<&str>, channel: &Channel) -> Body {
        let base = self.base.as_deref().or(link).or(channel.link.as_deref());
        let mut body = self.text(base);
        for enclosure in &self.enclosures {
            let Some(address) = address::resolve(base, &enclosure.address) else {
                continue;
            };
            let is_linked = body
                .spans()
                .iter()
                .any(|span| matches!(&span.kind, SpanKind::Link(linked) if *linked == address));
            if !is_linked {
                let shown = tidy(address::shown(&address)).unwrap_or_default();
                body = ending::append_link(body, enclosure.label(), &shown, &address);
            }
        }
        body
    }

    fn text(&self, base: Option<&str>) -> Body {
        if self.content.is_empty() {
            return boilerplate::without(self.body_of(&self.summary, base));
        }
        let body = boilerplate::without(self.body_of(&self.content, base));
        if self.summary.is_empty() || self.summary.words == self.content.words {
            return body;
        }
        let summary = boilerplate::without(self.summary.body(base));
        let summary = summary.text();
        if words::contains(body.text(), summary) {
            return body;
        }
        splice::prepend(BlockKind::Standfirst, summary, body)
    }

    /// Returns a text as a body; in an export of WordPress its paragraphs are not marked yet.
    fn body_of(&self, text: &Text<'_>, base: Option<&str>) -> Body {
        if self.post.is_some() && text.form == Form::Html {
            let base = text.base.as_deref().or(base);
            html::body(&press::marked_up(&text.words), base)
        } else {
            text.body(base)
        }
    }

    fn date(&self) -> (Option<Date>, Option<String>) {
        let mut written = self.dates.iter().flatten();
        let read = written.clone().find_map(|text| dates::parse(text));
        let unread = match read {
            Some(_) => None,
            // What has no date yet has the calendar's zeros, and hides nothing.
            None => written.find(|text| !text.contains("-0001") && !text.starts_with("0000")),
        };
        (read, unread.cloned())
    }
}

impl Enclosure {
    /// Returns what stands before its address.
    fn label(&self) -> &'static str {
        let path = self.address.split(['?', '#']).next().unwrap_or_default();
        let path = path.to_ascii_lowercase();
        let ends = |endings: &[&str]| endings.iter().any(|ending| path.ends_with(ending));
        let kind = self.kind.to_ascii_lowercase();
        if kind.starts_with("audio") || ends(&[".mp3", ".m4a", ".ogg", ".opus", ".wav", ".flac"]) {
            "Audio: "
        } else if kind.starts_with("video") || ends(&[".mp4", ".m4v", ".mov", ".webm"]) {
            "Video: "
        } else if kind.starts_with("image") || ends(&[".jpg", ".jpeg", ".png", ".gif", ".webp"]) {
            "Picture: "
        } else {
            "Enclosure: "
        }
    }
}

fn is_web(address: &str) -> bool {
    address.starts_with("http://") || address.starts_with("https://")
}

/// Returns the first list that says anything.
fn first_told<const N: usize>(lists: [&Vec<String>; N]) -> Vec<String> {
    let mut lists = lists.into_iter();
    lists
        .find(|list| !list.is_empty())
        .cloned()
        .unwrap_or_default()
}

/// Returns the name in an author of RSS: `ann@example.org (Ann Smith)` is how the standard wants it.
pub(super) fn author(text: &str) -> String {
    let text = html::line(text);
    let named = text.split_once('(').and_then(|(before, within)| {
        let within = within.trim().trim_end_matches(')');
        match (before.contains('@'), within.contains('@')) {
            (true, _) => Some(within.trim()),
            (false, true) => Some(before.trim()),
            (false, false) => None,
        }
    });
    // `Ann Smith, ann@example.org`, in any order.
    let words = || text.split_whitespace().filter(|word| !word.contains('@'));
    let without = named
        .is_none()
        .then(|| words().collect::<Vec<_>>().join(" "));
    let without = without
        .as_deref()
        .map(|name| name.trim_matches([',', ';', ' ', '-']));
    named
        .or(without)
        .filter(|name| !name.is_empty())
        .unwrap_or(&text)
        .trim()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(words: &str) -> Text<'_> {
        Text {
            words: words.into(),
            ..Text::default()
        }
    }

    #[test]
    fn a_summary_leads_the_text_unless_the_text_says_it() {
        for (summary, content, expected) in [
            ("In short.", "<p>At length.</p>", "In short.\n\nAt length."),
            (
                "At length [&#8230;]",
                "<p>At <b>length</b>, and on.</p>",
                "At length, and on.",
            ),
            ("<p>At&nbsp;length.</p>", "", "At\u{a0}length."),
            ("", "<p>At length.</p>", "At length."),
            (
                "",
                "<!DOCTYPE html><body><p>A whole page.</p>",
                "A whole page.",
            ),
            ("", "<!so to say", "<!so to say"),
        ] {
            let item = Item {
                summary: text(summary),
                content: text(content),
                ..Item::default()
            };
            assert_eq!(item.text(None).text(), expected);
        }
    }

    #[test]
    fn an_author_is_the_name_and_not_the_address() {
        for (written, expected) in [
            ("ann@example.org (Ann Smith)", "Ann Smith"),
            ("Ann Smith (ann@example.org)", "Ann Smith"),
            ("Ann Smith <ann@example.org>", "Ann Smith"),
            ("ann@example.org", "ann@example.org"),
            ("Ann Smith, ann@example.org", "Ann Smith"),
            ("ann@example.org - Ann Smith", "Ann Smith"),
            ("Ann &amp; Bob", "Ann & Bob"),
            ("Ann (ed.)", "Ann (ed.)"),
        ] {
            assert_eq!(author(written), expected);
        }
    }
}
