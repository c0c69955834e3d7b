//! The walk through a feed: events in, items out.
//!
//! A stack holds the names of the open elements as slices of the text; a field counts only where it stands right
//! within an item or the channel, so that the title of a picture or of a quoted source is not taken for the item's.

mod wrong;

use std::ops::ControlFlow;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::super::address;
use super::super::outlet::Outlet;
use super::element::{self, Field, Prefixes, Press, Vocabulary};
use super::entities::Entities;
use super::faults::{self, Fault, Faults};
use super::gathered::{Gathered, attribute, may_have};
use super::item::{Channel, Enclosure, Item};
use super::press::Authors;
use super::take;
use crate::document::Metadata;

/// How deep elements are followed; feeds go some ten deep, and only markup within an item goes deeper.
const DEEPEST: usize = 256;

/// Reads a feed and hands out its items. `encoding` is the one that its text was decoded from, by name.
pub(in crate::format) fn read(text: &str, encoding: &str, outlet: &mut Outlet<'_, '_>) {
    let mut handed = Handed { outlet, items: 0 };
    let mut walk = Walk::new(text, &mut handed);
    walk.encoding = encoding;
    walk.run();
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
    /// Whether it wants to know what is wrong; looking for it takes time.
    const WARNED: bool;
    /// Takes the item of that number.
    fn item(&mut self, item: Item<'_>, channel: &Channel, number: usize) -> ControlFlow<()>;
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
    const WARNED: bool = true;

    fn item(&mut self, item: Item<'_>, channel: &Channel, number: usize) -> ControlFlow<()> {
        let (draft, unread) = item.into_draft(channel);
        if let Some(date) = unread {
            let message = format!("“{}” is no date; left out", date.trim());
            self.warn(place_of(number), message);
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
    const WARNED: bool = false;

    fn item(&mut self, mut item: Item<'_>, channel: &Channel, _: usize) -> ControlFlow<()> {
        (self.0)(item.take_facts(channel).0);
        ControlFlow::Continue(())
    }

    fn warn(&mut self, _: String, _: String) {}

    fn name_source(&mut self, _: &str) {}
}

struct Walk<'t, 'r, R> {
    text: &'t str,
    /// What the text was decoded from.
    encoding: &'t str,
    reader: Reader<&'t [u8]>,
    /// Where the reader's text begins in the whole.
    from: usize,
    /// How often the reading began anew.
    restarts: usize,
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
    faults: Faults,
    /// An entity that is not declared here may be in a document type that stands elsewhere.
    has_outer_type: bool,
}

/// An open element.
#[derive(Clone, Copy)]
struct Open<'t> {
    name: &'t str,
    field: Field,
}

impl<'t, 'r, R: Receiver> Walk<'t, 'r, R> {
    fn new(text: &'t str, receiver: &'r mut R) -> Self {
        Self {
            text,
            encoding: "UTF-8",
            reader: forgiving(text),
            from: 0,
            restarts: 0,
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
            faults: Faults::default(),
            has_outer_type: false,
        }
    }

    fn run(&mut self) {
        let before = faults::bytes_before(self.text);
        if before > 0 {
            self.note(Fault::Before, 0, || {
                format!("{before} bytes stand before the feed; passed over")
            });
        }
        if self.read_events().is_continue() {
            let _ = self.hand_item();
        }
        for (place, message) in self.faults.take(self.text) {
            self.receiver.warn(place, message);
        }
    }

    fn read_events(&mut self) -> ControlFlow<()> {
        loop {
            let before = self.position();
            match self.reader.read_event() {
                Ok(Event::Eof) => {
                    self.end_of_text();
                    return ControlFlow::Continue(());
                }
                Ok(Event::Start(tag)) => self.start(before, &tag, false)?,
                Ok(Event::Empty(tag)) => self.start(before, &tag, true)?,
                Ok(Event::End(tag)) => self.end(before, tag.name().as_ref())?,
                Ok(Event::Text(text)) => {
                    if R::WARNED && text.starts_with('&') {
                        self.raw_ampersand(before);
                    }
                    self.gather(|field| field.text(text.into_inner()));
                }
                Ok(Event::CData(text)) => self.gather(|field| field.verbatim(text.into_inner())),
                Ok(Event::GeneralRef(name)) => self.refer(before, &name),
                Ok(Event::DocType(_)) => self.take_type(before),
                Ok(Event::Decl(declaration)) => self.take_declaration(before, &declaration),
                Ok(_) => {}
                Err(error) => {
                    if !self.goes_on(before, &error) {
                        self.fault(&error);
                        return ControlFlow::Continue(());
                    }
                }
            }
        }
    }

    /// Returns the byte of the text that is read next.
    fn position(&self) -> usize {
        self.from + self.reader.buffer_position() as usize
    }

    fn start(&mut self, before: usize, tag: &BytesStart<'_>, empty: bool) -> ControlFlow<()> {
        self.declare(tag);
        // The name as a slice of the text, which outlives the event.
        let name = self
            .text
            .get(before + 1..before + 1 + tag.name().as_ref().len())
            .unwrap_or_default();
        let (known, local) = self.prefixes.resolve(name);
        if R::WARNED {
            self.check_tag(before, name, tag);
        }
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
        } else {
            self.note(Fault::Depth, before, || {
                format!("elements stand more than {DEEPEST} deep; the deeper are not followed")
            });
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

    fn end(&mut self, before: usize, name: &str) -> ControlFlow<()> {
        let place = self.open.iter().rposition(|open| open.name == name);
        if place.map(|place| place + 1) != Some(self.open.len()) {
            self.mismatch(before, name, place);
        }
        let Some(place) = place else {
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
    fn refer(&mut self, before: usize, name: &BytesRef<'_>) {
        let declared = self.entities.get(name);
        if R::WARNED && declared.is_none() && !faults::is_of_xml(name) {
            self.unknown_entity(before, name);
        }
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
        if item.is_empty() {
            let message = "says nothing; passed over".to_owned();
            self.receiver.warn(place_of(self.items), message);
            return ControlFlow::Continue(());
        }
        self.authors.name(&mut item.authors);
        self.receiver.item(item, &self.channel, self.items)
    }

    fn declare(&mut self, tag: &BytesStart<'_>) {
        if self.open.is_empty() && tag.name().as_ref() == "feed" {
            // Whoever begins so means Atom, and says otherwise below.
            self.prefixes.declare("", element::ATOM, 1);
        }
        if !may_have(tag, "xml") {
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

/// Returns what the item of a number is called in warnings.
fn place_of(number: usize) -> String {
    format!("item {number}")
}

/// Returns a reader of events that takes what is not well-formed.
fn forgiving(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = true;
    config.check_end_names = false;
    reader
}
