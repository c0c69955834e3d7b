//! What the headers of a thread's letters say of it.

use mail_parser::Message;

use super::subject::Subject;
use super::{encoded, letter};
use crate::document::{Metadata, Title};

/// The labels with which Gmail says where a letter lies, and not what it is about.
const PLACES: [&str; 12] = [
    "inbox",
    "sent",
    "unread",
    "opened",
    "archived",
    "important",
    "starred",
    "trash",
    "spam",
    "drafts",
    "chat",
    "all mail",
];

/// What a letter says of the list that it was sent to.
struct List {
    /// What the list is called.
    name: String,
    /// The first label of its identity, which most lists set before subjects.
    tag: String,
}

/// Lays over `metadata` what a letter of this author says. The first letter of a thread says most of it.
pub(super) fn lay(message: &Message<'_>, author: Option<&str>, metadata: &mut Metadata) {
    if let Some(author) = author
        && metadata.authors.len() < PARTICIPANTS
        && !metadata.authors.iter().any(|known| known == author)
    {
        metadata.authors.push(author.to_owned());
    }
    for field in ["Keywords", "X-Label", "X-Gmail-Labels"] {
        let Some(raw) = message.header_raw(field) else {
            continue;
        };
        for label in encoded::words(raw).split(',').map(str::trim) {
            let lower = label.to_lowercase();
            let is_place = PLACES.contains(&lower.as_str()) || lower.starts_with("category ");
            if !label.is_empty() && !is_place && !metadata.topics.iter().any(|one| one == label) {
                metadata.topics.push(label.to_owned());
            }
        }
    }
}

/// The most authors that a document is given: all who took part in a long discussion are no use to anybody.
const PARTICIPANTS: usize = 100;

/// Lays over `metadata` what the letter says that a document begins with.
pub(super) fn open(message: &Message<'_>, metadata: &mut Metadata) {
    let list = list(message);
    let text = letter::subject(message);
    let subject = Subject::of(&text, list.as_ref().map(|list| list.tag.as_str()), false);
    metadata.title = Title {
        text: subject.base.to_owned(),
        derived: false,
    };
    metadata.publisher = list.map(|list| list.name);
    let address = message.header_raw("Archived-At").unwrap_or_default().trim();
    let address = address.trim_start_matches('<').trim_end_matches('>');
    metadata.url = address.contains("://").then(|| address.to_owned());
}

/// Returns what the field List-Id (RFC 2919) says.
fn list(message: &Message<'_>) -> Option<List> {
    let field = encoded::words(message.header_raw("List-Id")?);
    let (name, id) = field.rsplit_once('<').unwrap_or(("", &field));
    let tag = id
        .trim_end_matches('>')
        .split('.')
        .next()?
        .trim()
        .to_owned();
    let name = name.trim().trim_matches('"').trim();
    let name = if name.is_empty() {
        tag.clone()
    } else {
        name.to_owned()
    };
    (!name.is_empty()).then_some(List { name, tag })
}
