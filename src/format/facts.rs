//! The manifest's facts laid over what a file says of itself: what the manifest gives goes first.

use crate::config::manifest::{Facts, FileEntry};
use crate::document::{Date, Kind, Language, Metadata, Title};

/// What a fact of the manifest says that means nothing.
pub(super) type Fault = String;

/// Lays the facts for a whole file over one of its documents. Where the file holds many, its title names the source
/// and its date and address are not those of one document.
pub(super) fn lay_file(entry: &FileEntry, alone: bool, metadata: &mut Metadata) -> Vec<Fault> {
    if alone {
        return lay(&entry.facts, metadata);
    }
    let common = Facts {
        title: None,
        date: None,
        url: None,
        ..entry.facts.clone()
    };
    lay(&common, metadata)
}

/// Lays facts over the metadata of one document. Returns what could not be understood.
pub(super) fn lay(facts: &Facts, metadata: &mut Metadata) -> Vec<Fault> {
    let mut faults = Vec::new();
    if let Some(text) = &facts.title {
        metadata.title = Title {
            text: text.clone(),
            derived: false,
        };
    }
    if !facts.authors.is_empty() {
        metadata.authors.clone_from(&facts.authors);
    }
    if let Some(date) = &facts.date {
        match date.parse::<Date>() {
            Ok(date) => metadata.published = Some(date),
            Err(error) => faults.push(format!("`date`: {error}")),
        }
    }
    if let Some(kind) = &facts.kind {
        match Kind::from_name(kind) {
            Some(kind) => metadata.kind = kind,
            None => faults.push(unknown_kind(kind)),
        }
    }
    if let Some(tag) = &facts.language {
        metadata.language = Language::from_tag(tag);
    }
    for (given, own) in [
        (&facts.publisher, &mut metadata.publisher),
        (&facts.url, &mut metadata.url),
    ] {
        if given.is_some() {
            own.clone_from(given);
        }
    }
    if !facts.topics.is_empty() {
        metadata.topics.clone_from(&facts.topics);
    }
    for (name, value) in &facts.details {
        metadata.details.retain(|(own, _)| own != name);
        metadata.details.push((name.clone(), value.clone()));
    }
    faults
}

fn unknown_kind(kind: &str) -> Fault {
    let known: Vec<&str> = Kind::ALL.iter().map(|kind| kind.name()).collect();
    format!("`kind`: “{kind}” is none of {}", known.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_go_before_what_the_file_says_and_leave_the_rest() {
        let mut metadata = Metadata {
            authors: vec!["admin".to_owned()],
            topics: vec!["Blog".to_owned()],
            details: vec![("Views".to_owned(), "1".to_owned())],
            ..Metadata::default()
        };
        let facts = Facts {
            authors: vec!["Tim Cooper".to_owned()],
            date: Some("2012-11".to_owned()),
            kind: Some("poem".to_owned()),
            details: vec![("Views".to_owned(), "2".to_owned())],
            ..Facts::default()
        };
        let faults = lay(&facts, &mut metadata);
        assert_eq!(metadata.authors, ["Tim Cooper"]);
        assert_eq!(metadata.topics, ["Blog"]);
        assert_eq!(metadata.published, "2012-11".parse().ok());
        assert_eq!(metadata.details, [("Views".to_owned(), "2".to_owned())]);
        assert_eq!(
            faults,
            ["`kind`: “poem” is none of article, post, thread, page, note, book, message"]
        );
    }

    #[test]
    fn a_file_of_many_keeps_the_titles_of_its_documents() {
        let mut metadata = Metadata::default();
        let entry = FileEntry {
            facts: Facts {
                title: Some("The blog".to_owned()),
                date: Some("2012".to_owned()),
                publisher: Some("SSE".to_owned()),
                ..Facts::default()
            },
            ..FileEntry::default()
        };
        lay_file(&entry, false, &mut metadata);
        assert_eq!(
            (metadata.title.text.as_str(), metadata.published),
            ("", None)
        );
        assert_eq!(metadata.publisher.as_deref(), Some("SSE"));
    }
}
