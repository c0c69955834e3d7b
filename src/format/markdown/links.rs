//! Where links lead: to an address, or to another file of the same source.

use crate::format::{address, beside};

/// What is needed to make an address absolute.
#[derive(Clone, Copy, Debug)]
pub(super) struct Links<'a> {
    /// The path of the file that links.
    pub name: &'a str,
    /// Its own address.
    pub base: Option<&'a str>,
}

impl Links<'_> {
    /// Returns the address that a link of the text means.
    pub fn address(&self, written: &str) -> String {
        let written = written.trim();
        if written.starts_with('#') || has_scheme(written) {
            return written.to_owned();
        }
        let (path, fragment) = written.split_once('#').unwrap_or((written, ""));
        if beside::is_text(path)
            && let Some(link) = beside::link(self.name, path, fragment)
        {
            return link;
        }
        address::resolve(self.base, written).unwrap_or_else(|| written.to_owned())
    }

    /// Returns the address of a document that is called by its path, which may lack its ending.
    pub fn document(&self, path: &str) -> Option<String> {
        if path.is_empty() || path.contains("://") {
            return None;
        }
        if beside::is_text(path) {
            return beside::link(self.name, path, "");
        }
        beside::link(self.name, &format!("{path}.md"), "")
    }

    /// Returns the address that a wiki link means: the file of that name beside this one. What has an ending of
    /// another sort (a picture) is no text of the source.
    pub fn page(&self, written: &str) -> Option<String> {
        let (page, fragment) = written.split_once('#').unwrap_or((written, ""));
        // `^name` is a block, whose name is kept as it is; of `a#b` the last is meant.
        let fragment = fragment.rsplit('#').next().unwrap_or(fragment);
        let fragment = if fragment.starts_with('^') {
            fragment.to_owned()
        } else {
            slug(fragment)
        };
        if page.is_empty() {
            return Some(format!("#{fragment}"));
        }
        if beside::is_other(page) {
            return None;
        }
        let path = if beside::is_text(page) {
            page.to_owned()
        } else {
            format!("{page}.md")
        };
        beside::link(self.name, &path, &fragment)
    }
}

fn has_scheme(address: &str) -> bool {
    address.split_once(':').is_some_and(|(scheme, _)| {
        !scheme.is_empty()
            && scheme
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    })
}

/// Returns a heading as GitHub names its place: in lower case, blanks as hyphens, other signs left out.
pub(in crate::format) fn slug(heading: &str) -> String {
    heading
        .trim()
        .chars()
        .flat_map(char::to_lowercase)
        .filter_map(|c| match c {
            ' ' => Some('-'),
            '-' | '_' => Some(c),
            _ => c.is_alphanumeric().then_some(c),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_files_of_the_source_and_to_addresses() {
        let links = Links {
            name: "notes/a.md",
            base: None,
        };
        for (written, expected) in [
            ("b.md", "recto:notes/b.md"),
            ("../c%20d.md#x", "recto:c d.md#x"),
            ("../../out.md", "../../out.md"),
            ("#here", "#here"),
            ("https://x.org/y.md", "https://x.org/y.md"),
        ] {
            assert_eq!(links.address(written), expected);
        }
        assert_eq!(
            links.page("Page Two").as_deref(),
            Some("recto:notes/Page Two.md")
        );
        assert_eq!(
            links.page("Page#A Head").as_deref(),
            Some("recto:notes/Page.md#a-head")
        );
        assert_eq!(
            links.page("Page#A#^b-1").as_deref(),
            Some("recto:notes/Page.md#^b-1")
        );
        for (page, expected) in [
            ("photo.png", None),
            ("paper.PDF", None),
            ("Node.js", Some("recto:notes/Node.js.md")),
            ("01.05.2024", Some("recto:notes/01.05.2024.md")),
            ("proj.foo.bar", Some("recto:notes/proj.foo.bar.md")),
            ("b.org#C", Some("recto:notes/b.org#c")),
        ] {
            assert_eq!(links.page(page).as_deref(), expected, "{page}");
        }
    }
}
