//! One item of a feed, from its fields to a document.

use super::super::outlet::{Draft, Place, tidy};
use super::super::{address, dates, html, splice, words};
use crate::document::{BlockKind, Body, BodyBuilder, Date, Kind, Language, Metadata, Title};

/// How a text of a feed is to be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Form {
    /// As HTML: what RSS means, whatever it says.
    #[default]
    Html,
    /// As it stands.
    Plain,
}

/// A text of a feed with its form.
#[derive(Clone, Debug, Default)]
pub(super) struct Text {
    /// The characters, entities of XML resolved.
    pub words: String,
    /// How they are to be read.
    pub form: Form,
}

impl Text {
    /// Returns the words on one line.
    pub fn line(&self) -> String {
        match self.form {
            Form::Html => html::line(&self.words),
            Form::Plain => self.words.clone(),
        }
    }

    fn is_empty(&self) -> bool {
        self.words.trim().is_empty()
    }

    fn body(&self, base: Option<&str>) -> Body {
        if self.form == Form::Html {
            return html::body(&self.words, base);
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
pub(super) struct Channel {
    /// Its title.
    pub title: Option<String>,
    /// Its address.
    pub link: Option<String>,
    /// The language of its items.
    pub language: Language,
    /// Who wrote what names no author.
    pub authors: Vec<String>,
}

/// The fields of an item as they are read.
#[derive(Clone, Debug, Default)]
pub(super) struct Item {
    /// The title.
    pub title: Text,
    /// Where it can be read.
    pub link: Option<String>,
    /// Its own name.
    pub guid: Option<String>,
    /// The name is an address where it can be read.
    pub guid_leads: bool,
    /// What it says, in short.
    pub summary: Text,
    /// What it says.
    pub content: Text,
    /// When it was published, as written.
    pub published: Option<String>,
    /// When it was changed, as written.
    pub updated: Option<String>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Its categories.
    pub topics: Vec<String>,
    /// Its language, where it is not the feed's.
    pub language: Language,
    /// The address of something to hear or watch.
    pub enclosure: Option<String>,
}

impl Item {
    /// Returns whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.title.is_empty()
            && self.content.is_empty()
            && self.summary.is_empty()
            && self.link.is_none()
    }

    /// Makes a document of it. The second value is a date that could not be read.
    pub fn into_draft(self, channel: &Channel) -> (Draft, Option<String>) {
        let title = self.title.line();
        let leading = self.guid.as_deref().filter(|guid| {
            self.guid_leads && (guid.starts_with("http://") || guid.starts_with("https://"))
        });
        let link = self
            .link
            .as_deref()
            .or(leading)
            .and_then(|link| address::resolve(channel.link.as_deref(), link));
        let base = link.as_deref().or(channel.link.as_deref());
        let body = html::without_title(self.body(base), &title);
        let (published, unread) = self.date();
        let names = self.guid.iter().filter_map(|guid| tidy(guid));
        let draft = Draft {
            names: names.chain(link.clone()).collect(),
            place: Place::InFeed,
            metadata: Metadata {
                title: Title {
                    text: title,
                    derived: false,
                },
                authors: if self.authors.is_empty() {
                    channel.authors.clone()
                } else {
                    self.authors
                },
                published,
                publisher: channel.title.clone(),
                url: link,
                kind: Kind::Post,
                language: if self.language == Language::Unknown {
                    channel.language
                } else {
                    self.language
                },
                topics: self.topics,
                details: self
                    .enclosure
                    .map(|address| ("Enclosure".to_owned(), address))
                    .into_iter()
                    .collect(),
                chapter: None,
            },
            body,
        };
        (draft, unread)
    }

    /// Returns the text: the content, and before it the summary where the content does not say it already.
    fn body(&self, base: Option<&str>) -> Body {
        if self.content.is_empty() {
            return self.summary.body(base);
        }
        let body = self.content.body(base);
        if self.summary.is_empty() {
            return body;
        }
        let summary = self.summary.line();
        if words::contains(body.text(), &summary) {
            return body;
        }
        splice::prepend(BlockKind::Standfirst, &summary, body)
    }

    fn date(&self) -> (Option<Date>, Option<String>) {
        let written: Vec<&String> = self.published.iter().chain(&self.updated).collect();
        let read = written.iter().find_map(|text| dates::parse(text));
        let unread = match read {
            Some(_) => None,
            None => written.first().map(|text| (*text).clone()),
        };
        (read, unread)
    }
}

/// Returns the name in an author of RSS: `ann@example.org (Ann Smith)` is how the standard wants it.
pub(super) fn author(text: &str) -> String {
    let text = html::line(text);
    let named = text
        .split_once('(')
        .filter(|(before, _)| before.contains('@'))
        .map(|(_, name)| name.trim().trim_end_matches(')').to_owned());
    named
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| text.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(words: &str) -> Text {
        Text {
            words: words.to_owned(),
            form: Form::Html,
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
        ] {
            let item = Item {
                summary: text(summary),
                content: text(content),
                ..Item::default()
            };
            assert_eq!(item.body(None).text(), expected);
        }
    }

    #[test]
    fn an_author_is_the_name_and_not_the_address() {
        for (written, expected) in [
            ("ann@example.org (Ann Smith)", "Ann Smith"),
            ("ann@example.org", "ann@example.org"),
            ("Ann &amp; Bob", "Ann & Bob"),
            ("Ann (ed.)", "Ann (ed.)"),
        ] {
            assert_eq!(author(written), expected);
        }
    }
}
