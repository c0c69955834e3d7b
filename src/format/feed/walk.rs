//! The walk through a feed: events in, items out.
//!
//! A stack holds the names of the open elements as slices of the text; a field counts only where it stands right
//! within an item or the channel, so that the title of a picture or of a quoted source is not taken for the item's.

use std::ops::ControlFlow;

use quick_xml::Reader;
use quick_xml::errors::{Error, SyntaxError};
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::super::address;
use super::super::outlet::Outlet;
use super::element::{self, Field, Prefixes, Press, Vocabulary};
use super::entities::Entities;
use super::gathered::{Gathered, attribute};
use super::item::{Channel, Enclosure, Item};
use super::press::Authors;
use super::take;
use crate::document::Metadata;

/// How deep elements are followed; feeds go some ten deep, and only markup within an item goes deeper.
const DEEPEST: usize = 256;

/// Reads a feed and hands out its items.
pub(in crate::format) fn read(text: &str, outlet: &mut Outlet<'_, '_>) {
    let mut handed = Handed { outlet, items: 0 };
    Walk::new(text, &mut handed).run();
    if handed.items == 0 {
        outlet.has_no_text();
    }
}

/// Reads what the items of a feed say about themselves, and leaves their texts as they are written.
pub(in crate::format) fn read_facts(text: &str, each: &mut dyn FnMut(Metadata)) {
    Walk::new(text, &mut Facts(each)).run();
}

/// What takes the items of a feed as they are read.
trait Receiver {
    /// Takes an item that stands at `place`.
    fn item(&mut self, item: Item<'_>, channel: &Channel, place: String) -> ControlFlow<()>;
    /// Takes note of what was wrong at `place`.
    fn warn(&mut self, place: String, message: String);
    /// Takes what the feed calls itself.
    fn name_source(&mut self, title: &str);
}

/// Hands out an item as a document.
struct Handed<'o, 'a, 'e> {
    outlet: &'o mut Outlet<'a, 'e>,
    items: usize,
}

impl Receiver for Handed<'_, '_, '_> {
    fn item(&mut self, item: Item<'_>, channel: &Channel, place: String) -> ControlFlow<()> {
        let (draft, unread) = item.into_draft(channel);
        if let Some(date) = unread {
            self.warn(place, format!("“{}” is no date; left out", date.trim()));
        }
        self.items += 1;
        self.outlet.hand(draft)
    }

    fn warn(&mut self, place: String, message: String) {
        self.outlet.warn(place, message);
    }

    fn name_source(&mut self, title: &str) {
        self.outlet.name_source(title);
    }
}

/// Hands out what an item says about itself.
struct Facts<'e>(&'e mut dyn FnMut(Metadata));

impl Receiver for Facts<'_> {
    fn item(&mut self, mut item: Item<'_>, channel: &Channel, _: String) -> ControlFlow<()> {
        (self.0)(item.take_facts(channel).0);
        ControlFlow::Continue(())
    }

    fn warn(&mut self, _: String, _: String) {}

    fn name_source(&mut self, _: &str) {}
}

struct Walk<'t, 'r, R> {
    text: &'t str,
    reader: Reader<&'t [u8]>,
    receiver: &'r mut R,
    prefixes: Prefixes,
    open: Vec<Open<'t>>,
    /// What relative addresses start from, and how many elements are open with the one that says so.
    bases: Vec<(usize, String)>,
    entities: Entities<'t>,
    channel: Channel,
    /// The authors of an exported blog.
    authors: Authors,
    item: Option<Item<'t>>,
    items: usize,
    /// The field whose text is being gathered.
    gathered: Option<Gathered<'t>>,
}

/// An open element.
#[derive(Clone, Copy)]
struct Open<'t> {
    name: &'t str,
    field: Field,
}

impl<'t, 'r, R: Receiver> Walk<'t, 'r, R> {
    fn new(text: &'t str, receiver: &'r mut R) -> Self {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.allow_dangling_amp = true;
        config.allow_unmatched_ends = true;
        config.check_end_names = false;
        Self {
            text,
            reader,
            receiver,
            prefixes: Prefixes::default(),
            open: Vec::new(),
            bases: Vec::new(),
            entities: Entities::default(),
            channel: Channel::default(),
            authors: Authors::default(),
            item: None,
            items: 0,
            gathered: None,
        }
    }

    fn run(&mut self) {
        if self.read_events().is_continue() {
            let _ = self.hand_item();
        }
    }

    fn read_events(&mut self) -> ControlFlow<()> {
        loop {
            let before = self.reader.buffer_position() as usize;
            match self.reader.read_event() {
                Ok(Event::Eof) => return ControlFlow::Continue(()),
                Ok(Event::Start(tag)) => self.start(before, &tag, false)?,
                Ok(Event::Empty(tag)) => self.start(before, &tag, true)?,
                Ok(Event::End(tag)) => self.end(tag.name().as_ref())?,
                Ok(Event::Text(text)) => self.gather(|field| field.text(text.into_inner())),
                Ok(Event::CData(text)) => self.gather(|field| field.verbatim(text.into_inner())),
                Ok(Event::GeneralRef(name)) => self.refer(&name),
                Ok(Event::DocType(_)) => {
                    let after = self.reader.buffer_position() as usize;
                    self.entities = Entities::of(self.text.get(before..after).unwrap_or_default());
                }
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
        let mut field = element::field(known, local);
        if field == Field::Item && self.open.last().is_some_and(|open| open.name == "source") {
            // A feed that an entry was taken from has no entries here.
            field = Field::None;
        }
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
            self.leave(self.open.len());
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
        match field {
            Field::None | Field::Group => return ControlFlow::Continue(()),
            Field::Item => return self.begin_item(tag),
            Field::Channel => take::channel_attributes(&mut self.channel, tag),
            _ => {}
        }
        if !self.is_in_place(field) {
            return ControlFlow::Continue(());
        }
        let base = self.bases.last().map(|(_, base)| base.as_str());
        let stands_in_attributes = match (&mut self.item, field) {
            (Some(item), Field::Category) => take::category(item, known, tag),
            (item, Field::Link) => take::link(item.as_mut(), &mut self.channel, base, tag),
            _ => false,
        };
        if stands_in_attributes {
            return ControlFlow::Continue(());
        }
        match (&mut self.item, field) {
            (Some(item), Field::Press(Press::Comment)) => {
                item.post.get_or_insert_default().begin_comment();
            }
            (_, Field::Press(Press::Comment | Press::Author)) => {}
            // Its name stands within.
            (_, Field::Author) if known == Vocabulary::Atom => {}
            (Some(item), Field::Enclosure) => {
                if let Some(address) = attribute(tag, "url").or_else(|| attribute(tag, "href")) {
                    let address = address::resolve(base, &address).unwrap_or(address);
                    let kind = attribute(tag, "type").or_else(|| attribute(tag, "medium"));
                    let kind = kind.unwrap_or_default();
                    item.enclose(Enclosure { address, kind });
                }
            }
            (item, _) => {
                if let Some(item) = item {
                    take::attributes(item, field, known, base, tag);
                }
                let mut gathered = Gathered::new(known, field, tag, self.open.len() + 1);
                gathered.start_from(base);
                self.gathered = Some(gathered);
            }
        }
        ControlFlow::Continue(())
    }

    fn begin_item(&mut self, tag: &BytesStart<'_>) -> ControlFlow<()> {
        self.hand_item()?;
        let mut item = Item {
            guid: attribute(tag, "rdf:about"),
            language: take::language(tag),
            link: attribute(tag, "HREF"),
            base: self.bases.last().map(|(_, base)| base.clone()),
            ..Item::default()
        };
        take::changed(&mut item, attribute(tag, "LASTMOD"));
        self.item = Some(item);
        ControlFlow::Continue(())
    }

    /// Returns whether a field stands where it counts: right within what it is a field of.
    fn is_in_place(&self, field: Field) -> bool {
        let fields = self.open.iter().rev().map(|open| open.field);
        let parent = fields
            .clone()
            .find(|field| !matches!(field, Field::Group | Field::Enclosure));
        let in_item = || parent == Some(Field::Item) && self.item.is_some();
        match field {
            Field::Name | Field::Email => parent == Some(Field::Author),
            Field::Press(Press::Type | Press::Status | Press::Comment) => in_item(),
            Field::Press(Press::Author) => self.item.is_none(),
            Field::Press(Press::Login | Press::DisplayName) => {
                parent == Some(Field::Press(Press::Author))
            }
            Field::Press(_) => parent == Some(Field::Press(Press::Comment)),
            // Podcasts nest their categories.
            Field::Category if parent == Some(Field::Category) => self.item.is_some(),
            _ => in_item() || parent == Some(Field::Channel) && self.item.is_none(),
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
        self.leave(place);
        if ends_item {
            self.hand_item()?;
        }
        ControlFlow::Continue(())
    }

    /// Adds to the field whose text is being gathered, where one is.
    fn gather(&mut self, add: impl FnOnce(&mut Gathered<'t>)) {
        if let Some(gathered) = &mut self.gathered {
            add(gathered);
        }
    }

    /// Adds an entity to the field: one that the document declares, where that is harmless.
    fn refer(&mut self, name: &BytesRef<'_>) {
        let declared = self.entities.get(name);
        if let Some(gathered) = &mut self.gathered {
            match declared {
                Some(value) => gathered.verbatim(value.into()),
                None => gathered.reference(name),
            }
        }
    }

    fn finish_field(&mut self) {
        let Some(gathered) = self.gathered.take() else {
            return;
        };
        let (field, text) = gathered.finish();
        let base = self.bases.last().map(|(_, base)| base.as_str());
        match (&mut self.item, field) {
            (Some(item), Field::Press(field)) => {
                let text = text.words.trim().to_owned();
                item.post.get_or_insert_default().take(field, text);
            }
            (None, Field::Press(field)) => self.authors.take(field, text.words.trim().to_owned()),
            (Some(item), _) => take::item_field(item, field, text, base),
            (None, _) => {
                take::channel_field(&mut self.channel, field, &text, base);
                if let (Field::Title | Field::SecondTitle, Some(title)) =
                    (field, &self.channel.title)
                {
                    self.receiver.name_source(title);
                }
            }
        }
    }

    /// Takes back what elements deeper than `depth` declared.
    fn leave(&mut self, depth: usize) {
        self.prefixes.leave(depth);
        while self.bases.last().is_some_and(|(from, _)| *from > depth) {
            self.bases.pop();
        }
    }

    fn hand_item(&mut self) -> ControlFlow<()> {
        self.finish_field();
        let Some(mut item) = self.item.take() else {
            return ControlFlow::Continue(());
        };
        self.items += 1;
        if item.post.as_ref().is_some_and(|post| !post.is_document()) {
            return ControlFlow::Continue(());
        }
        let place = format!("item {}", self.items);
        if item.is_empty() {
            self.receiver
                .warn(place, "says nothing; passed over".to_owned());
            return ControlFlow::Continue(());
        }
        self.authors.name(&mut item.authors);
        self.receiver.item(item, &self.channel, place)
    }

    /// Names what ended the reading, and takes what stands before it.
    fn fault(&mut self, error: &Error) {
        let at = self.reader.error_position() as usize;
        if matches!(error, Error::Syntax(SyntaxError::UnclosedCData)) {
            let rest = self.text.get(at..).unwrap_or_default();
            let rest = rest.strip_prefix("<![CDATA[").unwrap_or(rest);
            self.gather(|field| field.verbatim(rest.into()));
        }
        let before = self
            .text
            .get(..self.text.floor_char_boundary(at))
            .unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        self.receiver.warn(
            format!("line {line}"),
            format!("{error}; what stands before it was read"),
        );
    }

    fn declare(&mut self, tag: &BytesStart<'_>) {
        if self.open.is_empty() && tag.name().as_ref() == "feed" {
            // Whoever begins so means Atom, and says otherwise below.
            self.prefixes.declare("", element::ATOM, 1);
        }
        if !tag.contains("xml") {
            return;
        }
        let depth = self.open.len() + 1;
        for attribute in tag.attributes().with_checks(false).flatten() {
            let name = attribute.key.as_ref();
            if let Some(rest) = name.strip_prefix("xmlns") {
                let prefix = rest.strip_prefix(':').unwrap_or(rest);
                self.prefixes.declare(prefix, &attribute.value, depth);
            } else if name == "xml:base" && depth <= DEEPEST {
                let outer = self.bases.last().map(|(_, base)| base.as_str());
                let base = address::resolve(outer, &attribute.value);
                if let Some(base) = base.filter(|base| base.len() <= address::LONGEST_BASE) {
                    self.bases.push((depth, base));
                }
            }
        }
    }
}
