//! What a report says of itself: the core properties of a package (ECMA-376, part 2, 11) and the metadata of
//! `OpenDocument`, which name the same things alike.

use super::{is_no_title, is_nobody};
use crate::document::{Language, Metadata};
use crate::format::dates;
use crate::format::xml::{Event, walk};

/// Lays what a file of properties says into the metadata.
pub(super) fn lay(bytes: &[u8], metadata: &mut Metadata) {
    let mut open: Vec<String> = Vec::new();
    let mut words = String::new();
    walk(bytes, &mut |event| match event {
        Event::Start(tag) => {
            open.push(tag.name().to_owned());
            words.clear();
        }
        Event::Text(text) => words.push_str(text),
        Event::End(name) => {
            if open.pop().as_deref() == Some(name) && !words.trim().is_empty() {
                set(name, words.trim(), metadata);
            }
            words.clear();
        }
    });
}

/// Lays a language into the metadata that has none.
pub(super) fn lay_language(tag: &str, metadata: &mut Metadata) {
    if metadata.language.code().is_none() {
        metadata.language = Language::from_tag(tag);
    }
}

fn set(name: &str, words: &str, metadata: &mut Metadata) {
    match name {
        "title" if !is_no_title(words) => words.clone_into(&mut metadata.title.text),
        // The first author: OpenDocument calls the last to save it `creator`.
        "initial-creator" => metadata.authors = authors(words),
        "creator" if metadata.authors.is_empty() => metadata.authors = authors(words),
        "created" | "creation-date" => metadata.published = dates::parse(words),
        "date" | "modified" if metadata.published.is_none() => {
            metadata.published = dates::parse(words);
        }
        "keywords" | "keyword" => {
            let topics = words.split([',', ';']).map(|topic| topic.trim().to_owned());
            metadata
                .topics
                .extend(topics.filter(|topic| !topic.is_empty()));
        }
        "language" => metadata.language = Language::from_tag(words),
        "Company" if !is_nobody(words) => metadata.publisher = Some(words.to_owned()),
        "subject" => metadata
            .details
            .push(("Subject".to_owned(), words.to_owned())),
        "description" => {
            metadata
                .details
                .push(("Description".to_owned(), words.to_owned()));
        }
        _ => {}
    }
}

/// Returns the names of a list, which Word parts by semicolons; a name that a program gives is none.
fn authors(list: &str) -> Vec<String> {
    let names = list.split(';').map(str::trim);
    let names = names.filter(|name| !is_nobody(name));
    names.map(str::to_owned).collect()
}
