//! The walk through a feed: events in, items out.
//!
//! A stack holds the names of the open elements as slices of the text; a field counts only where it stands right
//! within an item or the channel, so that the title of a picture or of a quoted source is not taken for the item's.

use std::ops::ControlFlow;

use quick_xml::Reader;
use quick_xml::errors::{Error, SyntaxError};
use quick_xml::events::{BytesStart, Event};

use super::super::outlet::{Outlet, tidy};
use super::element::{self, Field, Prefixes, Vocabulary, field};
use super::gathered::{Gathered, attribute};
use super::item::{Channel, Item, Text, author};
use crate::document::Language;

/// How deep elements are followed; feeds go some ten deep, and only markup within an item goes deeper.
const DEEPEST: usize = 256;

/// Reads a feed and hands out its items.
pub(in crate::format) fn read(text: &str, outlet: &mut Outlet<'_, '_>) {
    let mut walk = Walk::new(text, outlet);
    if walk.run().is_continue() {
        let _ = walk.hand_item();
    }
    let items = walk.items;
    if items == 0 {
        outlet.has_no_text();
    }
}

struct Walk<'t, 'o, 'a, 'e> {
    text: &'t str,
    reader: Reader<&'t [u8]>,
    outlet: &'o mut Outlet<'a, 'e>,
    prefixes: Prefixes,
    open: Vec<Open<'t>>,
    channel: Channel,
    item: Option<Item>,
    items: usize,
    /// The field whose text is being gathered.
    gathered: Option<Gathered>,
}

/// An open element.
#[derive(Clone, Copy)]
struct Open<'t> {
    name: &'t str,
    field: Field,
}

impl<'t, 'o, 'a, 'e> Walk<'t, 'o, 'a, 'e> {
    fn new(text: &'t str, outlet: &'o mut Outlet<'a, 'e>) -> Self {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.allow_dangling_amp = true;
        config.allow_unmatched_ends = true;
        config.check_end_names = false;
        Self {
            text,
            reader,
            outlet,
            prefixes: Prefixes::default(),
            open: Vec::new(),
            channel: Channel::default(),
            item: None,
            items: 0,
            gathered: None,
        }
    }

    fn run(&mut self) -> ControlFlow<()> {
        loop {
            let before = self.reader.buffer_position() as usize;
            match self.reader.read_event() {
                Ok(Event::Eof) => return ControlFlow::Continue(()),
                Ok(Event::Start(tag)) => self.start(before, &tag, false)?,
                Ok(Event::Empty(tag)) => self.start(before, &tag, true)?,
                Ok(Event::End(tag)) => self.end(tag.name().as_ref())?,
                Ok(Event::Text(text)) => self.gather(|field| field.text(&text)),
                Ok(Event::CData(text)) => self.gather(|field| field.verbatim(&text)),
                Ok(Event::GeneralRef(name)) => self.gather(|field| field.reference(&name)),
                Ok(_) => {}
                Err(error) => {
                    self.fault(&error);
                    return ControlFlow::Continue(());
                }
            }
        }
    }

    fn start(&mut self, before: usize, tag: &BytesStart<'_>, empty: bool) -> ControlFlow<()> {
        self.declare(tag);
        // The name as a slice of the text, which outlives the event.
        let name = self
            .text
            .get(before + 1..before + 1 + tag.name().as_ref().len())
            .unwrap_or_default();
        let (known, local) = self.prefixes.resolve(name);
        let field = field(known, local);
        if self.is_within(field) {
            self.gather(|field| field.start(tag, empty));
        } else {
            self.finish_field();
            self.begin(field, known, tag)?;
        }
        if empty {
            if self
                .gathered
                .as_ref()
                .is_some_and(|gathered| gathered.depth > self.open.len())
            {
                self.finish_field();
            }
            self.prefixes.leave(self.open.len());
            if field == Field::Item {
                self.hand_item()?;
            }
        } else if self.open.len() < DEEPEST {
            self.open.push(Open { name, field });
        }
        ControlFlow::Continue(())
    }

    /// Returns whether an element is markup within the field being gathered, and not the next field after one that
    /// nobody closed.
    fn is_within(&self, field: Field) -> bool {
        match &self.gathered {
            None => false,
            Some(_) if field == Field::Item => false,
            Some(gathered) => {
                gathered.markup || matches!(field, Field::None | Field::Content | Field::Name)
            }
        }
    }

    fn begin(&mut self, field: Field, known: Vocabulary, tag: &BytesStart<'_>) -> ControlFlow<()> {
        if field == Field::Item {
            self.hand_item()?;
            self.item = Some(Item {
                guid: attribute(tag, "rdf:about"),
                language: language(tag),
                ..Item::default()
            });
            return ControlFlow::Continue(());
        }
        if field == Field::Channel {
            self.channel.language = language(tag);
        }
        let parent = self.open.last().map(|open| open.field);
        let in_author = field == Field::Name && parent == Some(Field::Author);
        let in_place = match parent {
            Some(Field::Item) => self.item.is_some(),
            Some(Field::Channel) => self.item.is_none(),
            _ => in_author,
        };
        if !in_place || field == Field::None {
            return ControlFlow::Continue(());
        }
        if known == Vocabulary::Atom && self.take_attributes(field, tag) {
            return ControlFlow::Continue(());
        }
        if field == Field::Enclosure
            && let Some(item) = &mut self.item
        {
            item.enclosure = attribute(tag, "url");
        }
        if field == Field::Guid
            && let Some(item) = &mut self.item
        {
            // RSS 2.0: a guid is an address unless it says that it is not.
            item.guid_leads = known == Vocabulary::Rss
                && attribute(tag, "isPermaLink").is_none_or(|says| says != "false");
        }
        self.gathered = Some(Gathered::new(known, field, tag, self.open.len() + 1));
        ControlFlow::Continue(())
    }

    /// Takes what Atom says in attributes. Returns whether that was all.
    fn take_attributes(&mut self, field: Field, tag: &BytesStart<'_>) -> bool {
        match field {
            Field::Link => {
                let relation = attribute(tag, "rel").unwrap_or_else(|| "alternate".to_owned());
                let address = attribute(tag, "href");
                let place = match (&mut self.item, relation.as_str()) {
                    (Some(item), "enclosure") => &mut item.enclosure,
                    (Some(item), "alternate") => &mut item.link,
                    (None, "alternate") => &mut self.channel.link,
                    _ => return true,
                };
                if place.is_none() {
                    *place = address;
                }
                true
            }
            Field::Category => {
                let topic = attribute(tag, "label").or_else(|| attribute(tag, "term"));
                if let (Some(topic), Some(item)) = (topic, &mut self.item) {
                    item.topics.push(topic);
                }
                true
            }
            // Its name stands within.
            Field::Author => true,
            _ => false,
        }
    }

    fn end(&mut self, name: &str) -> ControlFlow<()> {
        let Some(place) = self.open.iter().rposition(|open| open.name == name) else {
            return ControlFlow::Continue(());
        };
        let ends_field = self
            .gathered
            .as_ref()
            .is_some_and(|gathered| place < gathered.depth);
        if ends_field {
            self.finish_field();
        } else {
            self.gather(|field| field.end(name));
        }
        let ends_item = self
            .open
            .get(place..)
            .unwrap_or_default()
            .iter()
            .any(|open| open.field == Field::Item);
        self.open.truncate(place);
        self.prefixes.leave(place);
        if ends_item {
            self.hand_item()?;
        }
        ControlFlow::Continue(())
    }

    /// Adds to the field whose text is being gathered, where one is.
    fn gather(&mut self, add: impl FnOnce(&mut Gathered)) {
        if let Some(gathered) = &mut self.gathered {
            add(gathered);
        }
    }

    fn finish_field(&mut self) {
        let Some(gathered) = self.gathered.take() else {
            return;
        };
        let (field, text) = gathered.finish();
        match &mut self.item {
            Some(item) => take_field(item, field, text),
            None => self.take_channel_field(field, &text),
        }
    }

    fn take_channel_field(&mut self, field: Field, text: &Text) {
        let line = tidy(&text.line());
        match field {
            Field::Title if self.channel.title.is_none() => {
                if let Some(title) = &line {
                    self.outlet.name_source(title);
                }
                self.channel.title = line;
            }
            Field::Link if self.channel.link.is_none() => self.channel.link = line,
            Field::Language => {
                self.channel.language = Language::from_tag(&line.unwrap_or_default());
            }
            Field::Name => self.channel.authors.extend(line),
            _ => {}
        }
    }

    fn hand_item(&mut self) -> ControlFlow<()> {
        self.finish_field();
        let Some(item) = self.item.take() else {
            return ControlFlow::Continue(());
        };
        self.items += 1;
        let place = format!("item {}", self.items);
        if item.is_empty() {
            self.outlet.warn(place, "says nothing; passed over");
            return ControlFlow::Continue(());
        }
        let (draft, unread) = item.into_draft(&self.channel);
        if let Some(date) = unread {
            self.outlet
                .warn(place, format!("“{}” is no date; left out", date.trim()));
        }
        self.outlet.hand(draft)
    }

    /// Names what ended the reading, and takes what stands before it.
    fn fault(&mut self, error: &Error) {
        let at = self.reader.error_position() as usize;
        if matches!(error, Error::Syntax(SyntaxError::UnclosedCData)) {
            let rest = self.text.get(at..).unwrap_or_default();
            let rest = rest.strip_prefix("<![CDATA[").unwrap_or(rest);
            self.gather(|field| field.verbatim(rest));
        }
        let before = self
            .text
            .get(..self.text.floor_char_boundary(at))
            .unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        self.outlet.warn(
            format!("line {line}"),
            format!("{error}; what stands before it was read"),
        );
    }

    fn declare(&mut self, tag: &BytesStart<'_>) {
        if self.open.is_empty() && tag.name().as_ref() == "feed" {
            // Whoever begins so means Atom, and says otherwise below.
            self.prefixes.declare("", element::ATOM, 1);
        }
        if !tag.contains("xmlns") {
            return;
        }
        for attribute in tag.attributes().with_checks(false).flatten() {
            if let Some(rest) = attribute.key.as_ref().strip_prefix("xmlns") {
                let prefix = rest.strip_prefix(':').unwrap_or(rest);
                let depth = self.open.len() + 1;
                self.prefixes.declare(prefix, &attribute.value, depth);
            }
        }
    }
}

fn take_field(item: &mut Item, field: Field, text: Text) {
    let line = || tidy(&text.line());
    match field {
        Field::Title if item.title.words.trim().is_empty() => item.title = text,
        Field::Link if item.link.is_none() => item.link = tidy(&text.words),
        Field::Guid => item.guid = tidy(&text.words),
        Field::Summary if item.summary.words.trim().is_empty() => item.summary = text,
        Field::Content if item.content.words.trim().is_empty() => item.content = text,
        Field::Published if item.published.is_none() => item.published = line(),
        Field::Updated if item.updated.is_none() => item.updated = line(),
        Field::Author => item.authors.push(author(&text.words)),
        Field::Name => item.authors.extend(line()),
        Field::Category => item.topics.extend(line()),
        Field::Language => item.language = Language::from_tag(&text.words),
        _ => {}
    }
}

fn language(tag: &BytesStart<'_>) -> Language {
    Language::from_tag(&attribute(tag, "xml:lang").unwrap_or_default())
}
