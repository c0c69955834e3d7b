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

/// The addresses under which RSS has called itself in its versions: how they begin.
const RSS: [&str; 7] = [
    "http://purl.org/rss/1.0",
    "http://purl.org/net/rss1.1",
    "http://my.netscape.com/rdf/simple/0.9",
    "http://channel.netscape.com/rdf/simple/0.9",
    "http://backend.userland.com/rss",
    "http://blogs.law.harvard.edu/tech/rss",
    "http://www.rssboard.org/rss",
];

/// The prefixes that are declared where the reading is.
#[derive(Debug)]
pub(super) struct Prefixes(Vec<Declared>);

#[derive(Debug)]
struct Declared {
    prefix: String,
    vocabulary: Vocabulary,
    /// How many elements are open within the one that declares it, that one included; 0 for the customary.
    depth: usize,
}

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
        let declared = customary.map(|(prefix, vocabulary)| Declared {
            prefix: prefix.to_owned(),
            vocabulary,
            depth: 0,
        });
        Self(declared.into())
    }
}

impl Prefixes {
    /// Notes the declaration `xmlns:prefix="address"` of the element at `depth`.
    pub fn declare(&mut self, prefix: &str, address: &str, depth: usize) {
        let known = vocabulary(address);
        // A feed with a default nobody knows is still a feed.
        let vocabulary = if prefix.is_empty() && known == Vocabulary::Other && depth == 1 {
            Vocabulary::Rss
        } else {
            known
        };
        self.0.push(Declared {
            prefix: prefix.to_owned(),
            vocabulary,
            depth,
        });
    }

    /// Takes back what elements deeper than `depth` declared.
    pub fn leave(&mut self, depth: usize) {
        while self.0.last().is_some_and(|last| last.depth > depth) {
            self.0.pop();
        }
    }

    /// Returns the vocabulary and the local name of an element.
    pub fn resolve<'n>(&self, name: &'n str) -> (Vocabulary, &'n str) {
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        let known = self
            .0
            .iter()
            .rev()
            .find(|declared| declared.prefix == prefix)
            .map_or(Vocabulary::Other, |declared| declared.vocabulary);
        (known, local)
    }
}

/// The address of Atom.
pub(super) const ATOM: &str = "http://www.w3.org/2005/Atom";

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
        "" => Vocabulary::Rss,
        // The modules of RSS live below its own address.
        _ if address.contains("/modules/") => Vocabulary::Other,
        _ if RSS.iter().any(|known| address.starts_with(known)) => Vocabulary::Rss,
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
        (Vocabulary::Content, "encoded")
        | (Vocabulary::Atom, "content")
        | (Vocabulary::Html, "body" | "div") => Field::Content,
        (Vocabulary::Rss, "pubDate" | "pubdate")
        | (Vocabulary::Atom, "published" | "issued")
        | (Vocabulary::DublinCore, "date" | "created" | "issued") => Field::Published,
        (Vocabulary::Atom, "updated" | "modified") | (Vocabulary::DublinCore, "modified") => {
            Field::Updated
        }
        (Vocabulary::Rss | Vocabulary::Atom, "author")
        | (Vocabulary::DublinCore, "creator" | "author") => Field::Author,
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

    fn field_of(prefixes: &Prefixes, name: &str) -> Field {
        let (known, local) = prefixes.resolve(name);
        field(known, local)
    }

    #[test]
    fn elements_are_known_by_the_prefixes_that_the_feed_declares() {
        let mut prefixes = Prefixes::default();
        prefixes.declare("c", "http://purl.org/rss/1.0/modules/content/", 1);
        prefixes.declare("content", "http://example.org/rss/other", 1);
        for (name, expected) in [
            ("c:encoded", Field::Content),
            ("content:encoded", Field::None),
            ("dc:creator", Field::Author),
            ("title", Field::Title),
            ("media:title", Field::None),
            ("atom:link", Field::Link),
        ] {
            assert_eq!(field_of(&prefixes, name), expected, "{name}");
        }
    }

    #[test]
    fn a_declaration_holds_within_its_element_only() {
        let mut prefixes = Prefixes::default();
        prefixes.declare("", ATOM, 1);
        prefixes.declare("", "http://www.w3.org/1999/xhtml", 4);
        assert_eq!(field_of(&prefixes, "entry"), Field::None);
        prefixes.leave(3);
        assert_eq!(field_of(&prefixes, "entry"), Field::Item);
    }
}
