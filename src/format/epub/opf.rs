//! The package document: what the book is called and who made it, its files, and the order to read them in
//! (EPUB 3.3, section 5; OPF 2.0.1).

use std::collections::HashMap;

use crate::config::names::names;
use crate::document::{Date, Language};
use crate::format::xml::{self, Event};
use crate::format::{dates, words};

/// A package document.
#[derive(Debug, Default)]
pub(super) struct Opf {
    /// What is known of the book.
    pub facts: Facts,
    /// Its files.
    pub manifest: Vec<Item>,
    /// The ids of the files in the order of reading, and whether each is part of it.
    pub spine: Vec<(String, bool)>,
    /// The id of the NCX, where the spine names it.
    pub toc: Option<String>,
    /// The places that the guide of EPUB 2 names.
    pub guide: Vec<Reference>,
}

/// A file of the book.
#[derive(Debug, Default)]
pub(super) struct Item {
    pub id: String,
    pub href: String,
    pub media_type: String,
    pub properties: String,
    /// The id of the file to take where this one cannot be shown.
    pub fallback: Option<String>,
}

/// A place that the guide names.
#[derive(Debug, Default)]
pub(super) struct Reference {
    pub kind: String,
    pub title: String,
    pub href: String,
}

/// What is known of the book.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub title: Option<String>,
    pub authors: Vec<String>,
    pub published: Option<Date>,
    pub language: Language,
    pub topics: Vec<String>,
    /// Whatever else, as name and value.
    pub details: Vec<(String, String)>,
    /// What it is about, in a few sentences.
    pub description: Option<String>,
}

/// A line of the metadata, before what refines it is known.
#[derive(Debug, Default)]
struct Line {
    name: String,
    id: Option<String>,
    attributes: HashMap<&'static str, String>,
    text: String,
}

/// How many lines of metadata are looked at: each may be refined by any other.
const MOST_LINES: usize = 2_000;

/// How many people and how many subjects a book has at most: every chapter bears them.
const MOST_NAMES: usize = 100;

/// The attributes of metadata that are looked at.
const ATTRIBUTES: [&str; 9] = [
    "role",
    "event",
    "scheme",
    "property",
    "refines",
    "name",
    "content",
    "file-as",
    "title-type",
];

/// Reads a package document.
pub(super) fn read(bytes: &[u8]) -> Opf {
    let mut opf = Opf::default();
    let mut lines: Vec<Line> = Vec::new();
    let mut in_metadata = false;
    let mut open = false;
    xml::walk(bytes, &mut |event| match event {
        Event::Start(tag) => {
            let name = tag.name();
            match name {
                "metadata" => in_metadata = true,
                "manifest" | "spine" | "guide" => {
                    in_metadata = false;
                    opf.toc = tag.get("toc").or(opf.toc.take());
                }
                "item" => opf.manifest.push(Item {
                    id: tag.get("id").unwrap_or_default(),
                    href: tag.get("href").unwrap_or_default(),
                    media_type: tag
                        .get("media-type")
                        .unwrap_or_default()
                        .to_ascii_lowercase(),
                    properties: tag.get("properties").unwrap_or_default(),
                    fallback: tag.get("fallback"),
                }),
                "itemref" => {
                    let linear = tag.get("linear").is_none_or(|linear| linear != "no");
                    opf.spine.extend(tag.get("idref").map(|id| (id, linear)));
                }
                "reference" => opf.guide.push(Reference {
                    kind: tag.get("type").unwrap_or_default().to_ascii_lowercase(),
                    title: tag.get("title").unwrap_or_default(),
                    href: tag.get("href").unwrap_or_default(),
                }),
                _ if in_metadata && lines.len() < MOST_LINES => {
                    open = true;
                    let known = ATTRIBUTES.iter();
                    lines.push(Line {
                        id: tag.get("id"),
                        attributes: known
                            .filter_map(|name| Some((*name, tag.get(name)?)))
                            .collect(),
                        name: name.to_owned(),
                        text: String::new(),
                    });
                }
                _ => {}
            }
        }
        Event::End("metadata") => in_metadata = false,
        Event::End(_) => open = false,
        Event::Text(text) => {
            if let Some(line) = lines.last_mut().filter(|_| open && in_metadata) {
                line.text.push_str(text);
            }
        }
    });
    opf.facts = facts(&lines);
    opf
}

fn facts(lines: &[Line]) -> Facts {
    let mut facts = Facts::default();
    let (title, subtitle) = titles(lines);
    facts.title = title;
    if let Some(subtitle) = subtitle {
        facts.details.push(("subtitle".to_owned(), subtitle));
    }
    people(lines, &mut facts);
    facts.published = published(lines);
    facts.language = values(lines, "language")
        .next()
        .map_or_else(Language::default, |line| Language::from_tag(&line.words()));
    facts.topics = values(lines, "subject")
        .flat_map(|line| {
            line.words()
                .split(';')
                .map(|topic| topic.trim().to_owned())
                .collect::<Vec<_>>()
        })
        .filter(|topic| !topic.is_empty())
        .collect();
    for (name, told) in [
        ("publisher", "publisher"),
        ("source", "source"),
        ("rights", "rights"),
    ] {
        let value = values(lines, name).next().map(Line::words);
        facts
            .details
            .extend(value.map(|value| (told.to_owned(), value)));
    }
    facts.details.extend(series(lines));
    facts.details.extend(identifier(lines));
    facts.description = values(lines, "description")
        .next()
        .map(|line| crate::format::html::line(&line.words()));
    facts.authors.truncate(MOST_NAMES);
    facts.topics.truncate(MOST_NAMES);
    facts.details.truncate(MOST_NAMES);
    facts.details.retain(|(_, value)| is_said(value));
    facts
}

/// Returns the main title, and the subtitle where there is one.
fn titles(lines: &[Line]) -> (Option<String>, Option<String>) {
    let mut titles: Vec<(Option<String>, String)> = values(lines, "title")
        .map(|line| (refined(lines, line, "title-type"), line.words()))
        .collect();
    let of = |wanted: &str| {
        titles
            .iter()
            .position(|(kind, _)| kind.as_deref() == Some(wanted))
    };
    let subtitle = of("subtitle").map(|place| titles.remove(place).1);
    let main = titles
        .iter()
        .position(|(kind, _)| kind.as_deref() == Some("main"));
    let main = main.unwrap_or(0);
    let title = (main < titles.len()).then(|| titles.swap_remove(main).1);
    (title, subtitle)
}

/// Puts the authors, and in the details those who did something else.
fn people(lines: &[Line], facts: &mut Facts) {
    for line in lines
        .iter()
        .filter(|line| matches!(line.name.as_str(), "creator" | "contributor"))
    {
        let name = line.words();
        if !is_said(&name) {
            continue;
        }
        let role = refined(lines, line, "role").map(|role| code_of(&role));
        let sorted = refined(lines, line, "file-as");
        let name = turned(&name, sorted.as_deref());
        match (line.name.as_str(), role.as_deref()) {
            (_, Some("aut")) | ("creator", None) => facts.authors.push(name),
            (_, Some(role)) => {
                if let Some(told) = told_role(role) {
                    facts.details.push((told.to_owned(), name));
                } else if line.name == "creator" {
                    facts.authors.push(name);
                }
            }
            _ => {}
        }
    }
}

/// Returns the code of a role, which some books spell out.
fn code_of(role: &str) -> String {
    let role = role.trim().to_lowercase();
    let code = match role.as_str() {
        "author" | "writer" => "aut",
        "translator" => "trl",
        "editor" => "edt",
        "illustrator" => "ill",
        "narrator" => "nrt",
        _ => return role,
    };
    code.to_owned()
}

/// Returns the name of a role (MARC relators) that a reader cares for.
fn told_role(role: &str) -> Option<&'static str> {
    Some(match role {
        "trl" => "translator",
        "edt" => "editor",
        "ill" => "illustrator",
        "win" | "wpr" => "preface",
        "aui" => "introduction",
        "nrt" => "narrator",
        _ => return None,
    })
}

/// How many given names may stand behind the comma of a name that is turned round.
const MOST_GIVEN: usize = 3;

/// Turns `Shelley, Mary` round: some books have a name only as it is sorted. Where the book says how it is sorted, that
/// decides; where it does not, a name of more than one word before the comma may be two people's or a firm's.
fn turned(name: &str, sorted: Option<&str>) -> String {
    let Some((last, first)) = name.split_once(", ") else {
        return name.to_owned();
    };
    let bare = first.replace('.', "").to_lowercase();
    if first.contains(',') || names().authors.behind.contains(&bare) {
        return name.to_owned();
    }
    let turned = format!("{first} {last}");
    let is_sorted = match sorted {
        Some(sorted) => {
            words::same(sorted, name) && sorted.contains(',') || words::same(sorted, &turned)
        }
        None => !last.contains(' ') && first.split_whitespace().count() <= MOST_GIVEN,
    };
    if is_sorted { turned } else { name.to_owned() }
}

/// Returns when it was published: as a date says that it is of the publication, else the first that is not of a change.
fn published(lines: &[Line]) -> Option<Date> {
    let event = |line: &Line| {
        line.attributes
            .get("event")
            .map(|event| event.to_lowercase())
    };
    let dates: Vec<&Line> = values(lines, "date").collect();
    let said = |wanted: &str| {
        dates
            .iter()
            .find(|line| event(line).is_some_and(|event| event.contains(wanted)))
    };
    let plain = || {
        dates.iter().find(|line| {
            event(line).is_none_or(|event| {
                !matches!(event.as_str(), "modification" | "conversion" | "creation")
            })
        })
    };
    let line = said("publication")
        .or_else(|| said("publish"))
        .or_else(plain)?;
    // A year that stands for "unknown" in what Calibre writes.
    dates::parse(&line.words()).filter(|date| !date.to_string().starts_with("0101"))
}

/// Returns the series that it belongs to, with its number there.
fn series(lines: &[Line]) -> Option<(String, String)> {
    let meta = |name: &str| {
        let line = lines.iter().find(|line| {
            line.attributes
                .get("name")
                .is_some_and(|found| found == name)
        })?;
        line.attributes.get("content").cloned()
    };
    // A collection that is no series is a box of books, not an order of them.
    let collection = lines.iter().find(|line| {
        line.attributes
            .get("property")
            .is_some_and(|property| property == "belongs-to-collection")
            && refined(lines, line, "collection-type").is_none_or(|kind| kind == "series")
    });
    let (name, number) = match collection {
        Some(line) => (line.words(), refined(lines, line, "group-position")),
        None => (meta("calibre:series")?, meta("calibre:series_index")),
    };
    let number = number.map(|number| number.trim_end_matches(".0").to_owned());
    let value = number.map_or(name.clone(), |number| format!("{name}, {number}"));
    Some(("series".to_owned(), value))
}

/// Returns its ISBN, else the address that names it.
fn identifier(lines: &[Line]) -> Option<(String, String)> {
    let all: Vec<String> = values(lines, "identifier").map(Line::words).collect();
    let isbn = all.iter().find_map(|value| {
        let lower = value.to_ascii_lowercase();
        let bare = lower
            .trim_start_matches("urn:")
            .trim_start_matches("isbn:")
            .trim();
        let digits: String = bare.chars().filter(|c| *c != '-' && *c != ' ').collect();
        let sound = matches!(digits.len(), 10 | 13)
            && digits.chars().all(|c| c.is_ascii_digit() || c == 'x');
        sound.then(|| ("ISBN".to_owned(), bare.to_uppercase()))
    });
    let address = || {
        let address = all.iter().find(|value| value.starts_with("http"))?;
        Some(("address".to_owned(), address.clone()))
    };
    isbn.or_else(address)
}

/// Returns the lines of Dublin Core of that name that say something.
fn values<'l>(lines: &'l [Line], name: &'l str) -> impl Iterator<Item = &'l Line> {
    lines
        .iter()
        .filter(move |line| line.name.eq_ignore_ascii_case(name) && is_said(&line.text))
}

/// Returns what a line says of itself by an attribute, or another line says of it.
fn refined(lines: &[Line], line: &Line, property: &'static str) -> Option<String> {
    if let Some(own) = line.attributes.get(property) {
        return Some(own.clone());
    }
    let id = line.id.as_deref()?;
    let refining = lines.iter().find(|other| {
        other
            .attributes
            .get("property")
            .is_some_and(|found| found == property)
            && other
                .attributes
                .get("refines")
                .is_some_and(|target| target.trim_start_matches('#') == id)
    })?;
    Some(refining.words())
}

/// Returns whether a value says something: programs fill in what they do not know.
fn is_said(value: &str) -> bool {
    let value = value.trim();
    !value.is_empty() && !value.eq_ignore_ascii_case("unknown")
}

impl Line {
    fn words(&self) -> String {
        self.text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_turned_round_where_it_is_as_it_is_sorted() {
        for (name, sorted, expected) in [
            ("Mary Shelley", None, "Mary Shelley"),
            ("Shelley, Mary", None, "Mary Shelley"),
            (
                "Shelley, Mary Wollstonecraft",
                None,
                "Mary Wollstonecraft Shelley",
            ),
            ("Le Guin, Ursula K.", None, "Le Guin, Ursula K."),
            (
                "Le Guin, Ursula K.",
                Some("Le Guin, Ursula K."),
                "Ursula K. Le Guin",
            ),
            ("Shelley, Mary", Some("Mary Shelley"), "Mary Shelley"),
            ("Trust, Charity", Some("Charity"), "Trust, Charity"),
            ("Acme, Inc.", None, "Acme, Inc."),
            ("Acme, Inc.", Some("Acme, Inc."), "Acme, Inc."),
            ("King, Martin Luther, Jr.", None, "King, Martin Luther, Jr."),
        ] {
            assert_eq!(turned(name, sorted), expected, "{name} {sorted:?}");
        }
    }
}
