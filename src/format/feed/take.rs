//! A field that has been read, put where it belongs in its item or channel.

use quick_xml::events::BytesStart;

use super::super::address;
use super::super::outlet::tidy;
use super::element::{DATES, Field, Vocabulary};
use super::gathered::attribute;
use super::item::{Channel, Enclosure, Item, Text, author};
use crate::document::Language;

/// Takes the text of an item's field.
pub(super) fn item_field<'t>(
    item: &mut Item<'t>,
    field: Field,
    text: Text<'t>,
    base: Option<&str>,
) {
    let line = || tidy(&text.line());
    match field {
        Field::Title => fill(&mut item.title, text),
        Field::SecondTitle => fill(&mut item.second_title, text),
        Field::Summary => fill(&mut item.summary, text),
        Field::SecondSummary => fill(&mut item.second_summary, text),
        Field::Content => {
            // Whoever gives both `summary` and `content:encoded` means the longer by what it says.
            if text.words.len() > item.content.words.len() {
                let shorter = std::mem::replace(&mut item.content, text);
                fill(&mut item.second_summary, shorter);
            } else {
                fill(&mut item.second_summary, text);
            }
        }
        Field::Link if item.link.is_none() => item.link = absolute(base, &text),
        Field::Original => item.original = absolute(base, &text),
        Field::Guid => item.guid = tidy(&text.words),
        Field::Date(place) => {
            if let Some(date) = item.dates.get_mut(usize::from(place)) {
                // Of two the later was meant: programs append.
                *date = line();
            }
        }
        Field::Author => item.authors.extend(tidy(&author(&text.words))),
        Field::Name => item.authors.extend(line()),
        Field::Email => item.emails.extend(line()),
        Field::Category => item.topics.extend(line()),
        Field::Categories => {
            let topics = text.line();
            item.topics.extend(topics.split(',').filter_map(tidy));
        }
        Field::Language => item.language = Language::from_tag(&text.words),
        _ => {}
    }
}

/// Takes the text of a channel's field.
pub(super) fn channel_field(
    channel: &mut Channel,
    field: Field,
    text: &Text<'_>,
    base: Option<&str>,
) {
    let line = || tidy(&text.line());
    match field {
        Field::Title if !channel.has_own_title => {
            if let Some(title) = line() {
                channel.title = Some(title);
                channel.has_own_title = true;
            }
        }
        Field::SecondTitle if channel.title.is_none() => channel.title = line(),
        Field::Link if channel.link.is_none() => channel.link = absolute(base, text),
        Field::Language => channel.language = Language::from_tag(&line().unwrap_or_default()),
        Field::Author => {
            let name = tidy(&author(&text.words));
            // Blogger signs every feed of a blog that hides its author with this.
            channel
                .authors
                .extend(name.filter(|name| !name.starts_with("noreply@")));
        }
        Field::Name => channel.authors.extend(line()),
        Field::Email => channel.emails.extend(line()),
        _ => {}
    }
}

/// Takes what stands in the attributes of a channel: its language, and in CDF its address.
pub(super) fn channel_attributes(channel: &mut Channel, tag: &BytesStart<'_>) {
    channel.language = language(tag);
    channel.link = attribute(tag, "HREF");
}

/// Returns the language that an element says it is in.
pub(super) fn language(tag: &BytesStart<'_>) -> Language {
    Language::from_tag(&attribute(tag, "xml:lang").unwrap_or_default())
}

/// Takes the date of the last change, where there is one.
pub(super) fn changed(item: &mut Item<'_>, date: Option<String>) {
    if let Some(last) = item.dates.get_mut(DATES - 1) {
        *last = date;
    }
}

/// Takes a link that stands in attributes, as those of Atom do. Returns whether it does.
pub(super) fn link(
    item: Option<&mut Item<'_>>,
    channel: &mut Channel,
    base: Option<&str>,
    tag: &BytesStart<'_>,
) -> bool {
    let Some(href) = attribute(tag, "href") else {
        return false;
    };
    let relation = attribute(tag, "rel");
    let Some(address) = address::resolve(base, &href) else {
        return true;
    };
    match (item, relation.as_deref().unwrap_or("alternate")) {
        (Some(item), "enclosure") => {
            let kind = attribute(tag, "type").unwrap_or_default();
            item.enclose(Enclosure { address, kind });
        }
        (Some(item), "alternate") if item.link.is_none() => item.link = Some(address),
        (None, "alternate") if channel.link.is_none() => channel.link = Some(address),
        _ => {}
    }
    true
}

/// Takes a category that stands in attributes, as those of Atom and of podcasts do. Returns whether it does.
pub(super) fn category(item: &mut Item<'_>, known: Vocabulary, tag: &BytesStart<'_>) -> bool {
    let names: &[&str] = match known {
        Vocabulary::Atom => &["label", "term"],
        Vocabulary::Podcast => &["text"],
        Vocabulary::Media => &["label"],
        _ => return false,
    };
    let topic = names.iter().find_map(|name| attribute(tag, name));
    let stands = topic.is_some() || known != Vocabulary::Media;
    item.topics.extend(topic);
    stands
}

/// Takes what the attributes of a field say beside its text.
pub(super) fn attributes(
    item: &mut Item<'_>,
    field: Field,
    known: Vocabulary,
    base: Option<&str>,
    tag: &BytesStart<'_>,
) {
    match field {
        // RSS 2.0: a guid is an address unless it says that it is not.
        Field::Guid => {
            item.guid_leads = known == Vocabulary::Rss
                && attribute(tag, "isPermaLink").is_none_or(|says| says != "false");
        }
        Field::Content | Field::Summary => {
            // RFC 4287, section 4.1.3.2: what it says lies elsewhere.
            let elsewhere = attribute(tag, "src").filter(|_| known == Vocabulary::Atom);
            if let Some(address) = elsewhere.and_then(|src| address::resolve(base, &src)) {
                let kind = attribute(tag, "type").unwrap_or_default();
                item.enclose(Enclosure { address, kind });
            }
        }
        _ => {}
    }
}

/// Fills a text that says nothing yet.
fn fill<'t>(place: &mut Text<'t>, text: Text<'t>) {
    if place.words.trim().is_empty() {
        *place = text;
    }
}

fn absolute(base: Option<&str>, text: &Text<'_>) -> Option<String> {
    let address = tidy(&text.words)?;
    match base {
        Some(base) => address::resolve(Some(base), &address),
        None => Some(address),
    }
}
