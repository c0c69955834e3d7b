//! Which element of a feed is which: names under the prefixes that the feed itself declares.

/// The vocabularies that feeds are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Vocabulary {
    /// RSS in any version, and what declares nothing.
    Rss,
    /// Atom.
    Atom,
    /// Dublin Core.
    DublinCore,
    /// The content module of RSS.
    Content,
    /// XHTML.
    Html,
    /// Anything else.
    Other,
}

/// The prefixes declared so far, the last first. Feeds declare them at their root; that one could take them back
/// further in is passed over.
#[derive(Debug)]
pub(super) struct Prefixes(Vec<(String, Vocabulary)>);

impl Default for Prefixes {
    /// The customary prefixes, for feeds that forgot to declare them.
    fn default() -> Self {
        let customary = [
            ("", Vocabulary::Rss),
            ("rss", Vocabulary::Rss),
            ("atom", Vocabulary::Atom),
            ("dc", Vocabulary::DublinCore),
            ("dcterms", Vocabulary::DublinCore),
            ("content", Vocabulary::Content),
            ("xhtml", Vocabulary::Html),
        ];
        Self(
            customary
                .map(|(prefix, known)| (prefix.to_owned(), known))
                .to_vec(),
        )
    }
}

impl Prefixes {
    /// Notes the declaration `xmlns:prefix="address"`.
    pub fn declare(&mut self, prefix: &str, address: &str) {
        let known = vocabulary(address);
        self.0.retain(|(declared, _)| declared != prefix);
        self.0.push((prefix.to_owned(), known));
    }

    /// Returns the vocabulary and the local name of an element.
    pub fn resolve<'n>(&self, name: &'n str) -> (Vocabulary, &'n str) {
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        let known = self
            .0
            .iter()
            .find(|(declared, _)| declared == prefix)
            .map_or(Vocabulary::Other, |(_, known)| *known);
        (known, local)
    }
}

fn vocabulary(address: &str) -> Vocabulary {
    let address = address
        .trim()
        .trim_end_matches(['/', '#'])
        .to_ascii_lowercase();
    match address.as_str() {
        "http://www.w3.org/2005/atom" | "http://purl.org/atom/ns" => Vocabulary::Atom,
        "http://purl.org/dc/elements/1.1"
        | "http://purl.org/dc/elements/1.0"
        | "http://purl.org/dc/terms" => Vocabulary::DublinCore,
        "http://purl.org/rss/1.0/modules/content" => Vocabulary::Content,
        "http://www.w3.org/1999/xhtml" => Vocabulary::Html,
        // RSS has had a dozen addresses in its versions, and the one without.
        "" => Vocabulary::Rss,
        _ if address.contains("rss")
            || address.contains("netscape") && !address.contains("modules") =>
        {
            Vocabulary::Rss
        }
        _ => Vocabulary::Other,
    }
}

/// What an element of a feed gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    /// An item or entry begins.
    Item,
    /// The channel or feed itself.
    Channel,
    /// A title.
    Title,
    /// An address.
    Link,
    /// The item's own name.
    Guid,
    /// What it says, in short or as a whole.
    Summary,
    /// What it says, as a whole.
    Content,
    /// When it was published.
    Published,
    /// When it was changed: second best.
    Updated,
    /// Who wrote it.
    Author,
    /// The name within an author.
    Name,
    /// A category.
    Category,
    /// The language.
    Language,
    /// Something to hear or watch that belongs to it.
    Enclosure,
    /// Nothing that is read.
    None,
}

/// Returns what an element gives.
pub(super) fn field(known: Vocabulary, local: &str) -> Field {
    match (known, local) {
        (Vocabulary::Rss, "item" | "Item") | (Vocabulary::Atom, "entry") => Field::Item,
        (Vocabulary::Rss, "channel") | (Vocabulary::Atom, "feed") => Field::Channel,
        (Vocabulary::Rss | Vocabulary::Atom | Vocabulary::DublinCore, "title") => Field::Title,
        (Vocabulary::Rss | Vocabulary::Atom, "link") => Field::Link,
        (Vocabulary::Rss, "guid") | (Vocabulary::Atom, "id") => Field::Guid,
        (Vocabulary::Rss | Vocabulary::DublinCore, "description")
        | (Vocabulary::Atom, "summary") => Field::Summary,
        (Vocabulary::Content, "encoded") | (Vocabulary::Atom, "content") => Field::Content,
        (Vocabulary::Html, "body" | "div") => Field::Content,
        (Vocabulary::Rss, "pubDate" | "pubdate")
        | (Vocabulary::Atom, "published" | "issued")
        | (Vocabulary::DublinCore, "date" | "created" | "issued") => Field::Published,
        (Vocabulary::Atom, "updated" | "modified") | (Vocabulary::DublinCore, "modified") => {
            Field::Updated
        }
        (Vocabulary::Rss | Vocabulary::Atom, "author") | (Vocabulary::DublinCore, "creator") => {
            Field::Author
        }
        (Vocabulary::Atom, "name") => Field::Name,
        (Vocabulary::Rss | Vocabulary::Atom, "category") | (Vocabulary::DublinCore, "subject") => {
            Field::Category
        }
        (Vocabulary::Rss | Vocabulary::DublinCore, "language") => Field::Language,
        (Vocabulary::Rss, "enclosure") => Field::Enclosure,
        _ => Field::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_known_by_the_prefixes_that_the_feed_declares() {
        let mut prefixes = Prefixes::default();
        prefixes.declare("c", "http://purl.org/rss/1.0/modules/content/");
        prefixes.declare("content", "http://example.org/other");
        for (name, expected) in [
            ("c:encoded", Field::Content),
            ("content:encoded", Field::None),
            ("dc:creator", Field::Author),
            ("title", Field::Title),
            ("media:title", Field::None),
            ("atom:link", Field::Link),
        ] {
            let (known, local) = prefixes.resolve(name);
            assert_eq!(field(known, local), expected, "{name}");
        }
        prefixes.declare("", "http://www.w3.org/2005/Atom");
        let (known, local) = prefixes.resolve("entry");
        assert_eq!(field(known, local), Field::Item);
    }
}
