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
    /// Media RSS.
    Media,
    /// What podcasts add.
    Podcast,
    /// What FeedBurner adds.
    FeedBurner,
    /// The export of WordPress.
    Press,
    /// Its excerpts.
    Excerpt,
    /// Anything else.
    Other,
}

/// The addresses under which RSS has called itself in its versions: how they begin.
const RSS: [&str; 7] = [
    "purl.org/rss/1.0",
    "purl.org/net/rss1.1",
    "my.netscape.com/rdf/simple/0.9",
    "channel.netscape.com/rdf/simple/0.9",
    "backend.userland.com/rss",
    "blogs.law.harvard.edu/tech/rss",
    "www.rssboard.org/rss",
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
            ("georss", Vocabulary::Other),
            ("xhtml", Vocabulary::Html),
            ("feedburner", Vocabulary::FeedBurner),
            ("excerpt", Vocabulary::Excerpt),
            ("wp", Vocabulary::Press),
            ("rss", Vocabulary::Rss),
            ("dcterms", Vocabulary::DublinCore),
            ("itunes", Vocabulary::Podcast),
            ("media", Vocabulary::Media),
            ("atom", Vocabulary::Atom),
            ("content", Vocabulary::Content),
            ("dc", Vocabulary::DublinCore),
            ("", Vocabulary::Rss),
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
        // A feed with a default nobody knows is still a feed, of the sort that its root is called by.
        let vocabulary = if prefix.is_empty() && known == Vocabulary::Other && depth == 1 {
            self.resolve("").0
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

    /// Returns whether the prefix of an element is declared where it stands.
    pub fn is_declared(&self, name: &str) -> bool {
        let (prefix, _) = split(name);
        let mut known = self.0.iter().rev();
        known
            .find(|declared| declared.prefix == prefix)
            .is_some_and(|declared| declared.depth > 0)
    }

    /// Returns the vocabulary and the local name of an element.
    pub fn resolve<'n>(&self, name: &'n str) -> (Vocabulary, &'n str) {
        let (prefix, local) = split(name);
        let known = self
            .0
            .iter()
            .rev()
            .find(|declared| declared.prefix == prefix)
            .map_or(Vocabulary::Other, |declared| declared.vocabulary);
        (known, local)
    }
}

/// Splits a name from its prefix; looks byte by byte, since names are short.
fn split(name: &str) -> (&str, &str) {
    let colon = name.bytes().position(|byte| byte == b':');
    let parts = colon.and_then(|at| Some((name.get(..at)?, name.get(at + 1..)?)));
    parts.unwrap_or(("", name))
}

/// The address of Atom.
pub(super) const ATOM: &str = "http://www.w3.org/2005/Atom";

fn vocabulary(address: &str) -> Vocabulary {
    let address = address
        .trim()
        .trim_end_matches(['/', '#'])
        .to_ascii_lowercase();
    // Whether an address was meant to be secure is no part of the name.
    let bare = address
        .strip_prefix("http://")
        .or_else(|| address.strip_prefix("https://"))
        .unwrap_or(&address);
    match bare {
        "" => Vocabulary::Rss,
        "www.w3.org/2005/atom" | "purl.org/atom/ns" | "purl.org/atom" => Vocabulary::Atom,
        "purl.org/dc/elements/1.1"
        | "purl.org/dc/elements/1.0"
        | "purl.org/dc/terms"
        | "purl.org/metadata/dublin_core" => Vocabulary::DublinCore,
        "purl.org/rss/1.0/modules/content" => Vocabulary::Content,
        "www.w3.org/1999/xhtml" => Vocabulary::Html,
        "search.yahoo.com/mrss" => Vocabulary::Media,
        "www.itunes.com/dtds/podcast-1.0.dtd" | "example.com/dtds/podcast-1.0.dtd" => {
            Vocabulary::Podcast
        }
        "rssnamespace.org/feedburner/ext/1.0" => Vocabulary::FeedBurner,
        _ if bare.starts_with("wordpress.org/export/") => {
            if bare.ends_with("/excerpt") {
                Vocabulary::Excerpt
            } else {
                Vocabulary::Press
            }
        }
        // The modules of RSS live below its own address.
        _ if bare.contains("/modules/") => Vocabulary::Other,
        _ if RSS.iter().any(|known| bare.starts_with(known)) => Vocabulary::Rss,
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
    /// What stands between an item and some of its fields: a group of media.
    Group,
    /// A title.
    Title,
    /// A title in the words of a module, for what has no other.
    SecondTitle,
    /// An address.
    Link,
    /// The address that a service has put its own before.
    Original,
    /// The item's own name.
    Guid,
    /// What it says, in short or as a whole.
    Summary,
    /// What it says in the words of a module, for what has no other.
    SecondSummary,
    /// What it says, as a whole.
    Content,
    /// A date, the better the lower: published, issued, created, changed.
    Date(u8),
    /// Who wrote it.
    Author,
    /// The name within an author.
    Name,
    /// The address within an author.
    Email,
    /// A category.
    Category,
    /// Categories parted by commas.
    Categories,
    /// The language.
    Language,
    /// Something to hear or watch that belongs to it.
    Enclosure,
    /// What the export of a blog adds.
    Press(Press),
    /// Nothing that is read.
    None,
}

/// What an export of WordPress says about its posts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Press {
    /// An author of the blog begins.
    Author,
    /// The name that posts know the author by.
    Login,
    /// The name that readers know the author by.
    DisplayName,
    /// What sort of thing an item is.
    Type,
    /// Whether it was published.
    Status,
    /// A comment begins.
    Comment,
    /// The comment's own name.
    CommentId,
    /// The one that it answers.
    CommentParent,
    /// Who wrote it.
    CommentAuthor,
    /// When.
    CommentDate,
    /// When, by the clock of the blog.
    CommentLocalDate,
    /// What it says.
    CommentText,
    /// Whether it is shown.
    CommentApproved,
    /// Whether it is a comment or a note of another site.
    CommentType,
}

/// How much worse a date is than the best: the places in [`Field::Date`].
const PUBLISHED: u8 = 0;
const ISSUED: u8 = 1;
const CREATED: u8 = 2;
const CHANGED: u8 = 3;

/// How many sorts of dates there are.
pub(super) const DATES: usize = 4;

/// Returns what an element gives. Those of RSS and of CDF are known in any case, as feeds write them.
pub(super) fn field(known: Vocabulary, local: &str) -> Field {
    match known {
        Vocabulary::Rss => match rss(local) {
            Field::None if local.bytes().any(|byte| byte.is_ascii_uppercase()) => {
                rss(&local.to_ascii_lowercase())
            }
            field => field,
        },
        Vocabulary::Atom => atom(local),
        Vocabulary::DublinCore => dublin_core(local),
        Vocabulary::Press => press(local),
        Vocabulary::Content | Vocabulary::Excerpt | Vocabulary::Html => match (known, local) {
            (Vocabulary::Content, "encoded") | (Vocabulary::Html, "body" | "div") => Field::Content,
            (Vocabulary::Excerpt, "encoded") => Field::Summary,
            _ => Field::None,
        },
        Vocabulary::Media => match local {
            "group" => Field::Group,
            "content" => Field::Enclosure,
            "title" => Field::SecondTitle,
            "description" => Field::SecondSummary,
            "category" => Field::Category,
            "keywords" => Field::Categories,
            _ => Field::None,
        },
        Vocabulary::Podcast => match local {
            "author" => Field::Author,
            "title" => Field::SecondTitle,
            "summary" | "subtitle" => Field::SecondSummary,
            "category" => Field::Category,
            "keywords" => Field::Categories,
            _ => Field::None,
        },
        Vocabulary::FeedBurner if local == "origLink" => Field::Original,
        Vocabulary::FeedBurner | Vocabulary::Other => Field::None,
    }
}

fn rss(local: &str) -> Field {
    match local {
        "item" => Field::Item,
        "channel" => Field::Channel,
        "title" => Field::Title,
        "link" => Field::Link,
        "guid" => Field::Guid,
        "description" | "abstract" => Field::Summary,
        // `body`: XHTML that does not say so.
        "summary" | "fullitem" | "body" => Field::Content,
        "pubDate" | "pubdate" => Field::Date(PUBLISHED),
        "author" | "managingEditor" | "managingeditor" => Field::Author,
        "category" => Field::Category,
        "tags" => Field::Categories,
        "language" => Field::Language,
        "enclosure" => Field::Enclosure,
        _ => Field::None,
    }
}

fn atom(local: &str) -> Field {
    match local {
        "entry" => Field::Item,
        "feed" => Field::Channel,
        "title" => Field::Title,
        "link" => Field::Link,
        "id" => Field::Guid,
        "summary" => Field::Summary,
        "content" => Field::Content,
        "published" => Field::Date(PUBLISHED),
        "issued" => Field::Date(ISSUED),
        "created" => Field::Date(CREATED),
        "updated" | "modified" => Field::Date(CHANGED),
        "author" => Field::Author,
        "name" => Field::Name,
        "email" => Field::Email,
        "category" => Field::Category,
        _ => Field::None,
    }
}

fn dublin_core(local: &str) -> Field {
    match local {
        "title" => Field::SecondTitle,
        "description" => Field::SecondSummary,
        "date" | "issued" | "available" => Field::Date(ISSUED),
        "created" => Field::Date(CREATED),
        "modified" => Field::Date(CHANGED),
        "creator" | "author" => Field::Author,
        "subject" => Field::Category,
        "language" => Field::Language,
        _ => Field::None,
    }
}

fn press(local: &str) -> Field {
    Field::Press(match local {
        "author" => Press::Author,
        "author_login" => Press::Login,
        "author_display_name" => Press::DisplayName,
        "post_type" => Press::Type,
        "status" => Press::Status,
        "post_date_gmt" => return Field::Date(ISSUED),
        // By the clock of the blog, whose zone it does not say: all that a draft has.
        "post_date" => return Field::Date(CREATED),
        "comment" => Press::Comment,
        "comment_id" => Press::CommentId,
        "comment_parent" => Press::CommentParent,
        "comment_author" => Press::CommentAuthor,
        "comment_date_gmt" => Press::CommentDate,
        "comment_date" => Press::CommentLocalDate,
        "comment_content" => Press::CommentText,
        "comment_approved" => Press::CommentApproved,
        "comment_type" => Press::CommentType,
        _ => return Field::None,
    })
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
            ("media:title", Field::SecondTitle),
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
