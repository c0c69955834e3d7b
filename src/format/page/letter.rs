//! A letter on a page of its own, as the archives of mailing lists have them (Pipermail, which comes with Mailman): name,
//! address and date below the heading, the letter as it was written, links to its neighbours around it.

use super::measure;
use super::shown;
use super::tree::{Id, Step, Tree};

/// A letter as its page shows it.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::format) struct Letter {
    /// Who wrote it.
    pub author: String,
    /// The address, as archives write it for people: `ann at example.org`.
    pub address: String,
    /// The date, as written.
    pub date: String,
    /// What it is about.
    pub subject: String,
    /// The letter, line by line.
    pub text: String,
}

/// Returns the letter that a page shows.
pub(super) fn find(tree: &Tree, body: Id) -> Option<Letter> {
    let (mut heading, mut author, mut address, mut date) = (None, None, None, None);
    for id in tree.children(body) {
        match tree.tag(id) {
            "h1" if heading.is_none() => heading = Some(id),
            "b" if heading.is_some() && author.is_none() => author = Some(id),
            "a" if author.is_some() && address.is_none() => {
                let href = tree.attribute(id, "href").unwrap_or_default();
                let is_address =
                    href.starts_with("mailto:") && tree.attribute(id, "title").is_some();
                address = is_address.then_some(id);
            }
            "i" if address.is_some() && date.is_none() => date = Some(id),
            "pre" => {
                let letter = Letter {
                    author: tree.line(author?, 200),
                    address: tree.line(address?, 200),
                    date: tree.line(date?, shown::LONGEST),
                    subject: tree.line(heading?, 500),
                    text: tree
                        .walk(id)
                        .filter_map(|step| match step {
                            Step::Enter(id) => tree.words(id),
                            Step::Leave(_) => None,
                        })
                        .collect(),
                };
                let is_letter =
                    shown::read(&letter.date).is_some() && measure::letters(&letter.text) > 0;
                return is_letter.then_some(letter);
            }
            // Its name and date stand before all else.
            "table" | "div" | "form" => return None,
            _ => {}
        }
    }
    None
}
