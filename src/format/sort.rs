//! Which format a file is in, told by looking at it; its name only decides where that leaves it open.

use super::{archive, encoding, json, lists, mail, markdown, office, org, pdf, rst};

/// What is told by bytes alone, before anything is decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Binary {
    /// A ZIP file: an archive, EPUB, DOCX, ODT.
    Zip,
    /// A file packed by gzip.
    Gzip,
    /// PDF.
    Pdf,
    /// Mail of a program that nobody else reads, with what is said of it.
    RefusedMail(&'static str),
    /// What Outlook packs a letter into.
    PackedMail,
    /// An office file of before 2007, or one that is locked.
    OldOffice,
    /// A backup of Firefox's bookmarks.
    Backup,
    /// A property list of Apple's: what Safari keeps its bookmarks in.
    PropertyList,
    /// A letter or a mailbox: text, but every letter with encodings of its own.
    Mail,
    /// A page that a browser kept as one file, in the form of a letter.
    Snapshot,
    /// Text of some sort.
    Text,
    /// None of these.
    Unknown,
}

/// Returns what the bytes of a file called `name` are.
pub(super) fn of_bytes(name: &str, bytes: &[u8]) -> Binary {
    if archive::is_zip(bytes) {
        Binary::Zip
    } else if archive::is_gzip(bytes) {
        Binary::Gzip
    } else if pdf::is_pdf(bytes) {
        Binary::Pdf
    } else if let Some(reason) = mail::refused(name, bytes) {
        Binary::RefusedMail(reason)
    } else if mail::is_packed(bytes) {
        Binary::PackedMail
    } else if office::is_old(bytes) {
        Binary::OldOffice
    } else if mail::is_snapshot(bytes) {
        Binary::Snapshot
    } else if lists::is_backup(bytes) {
        Binary::Backup
    } else if bytes.starts_with(b"bplist0") {
        Binary::PropertyList
    } else if mail::is_mail(name, bytes) {
        Binary::Mail
    } else if encoding::is_binary(bytes) {
        Binary::Unknown
    } else {
        Binary::Text
    }
}

/// Returns what is said of bytes that are nothing to read: what they are, where that helps.
pub(super) fn unknown(bytes: &[u8]) -> &'static str {
    /// Where the mark of a tar archive stands (POSIX, pax).
    const USTAR: usize = 257;
    let is_tar = bytes
        .get(USTAR..)
        .is_some_and(|mark| mark.starts_with(b"ustar"));
    if is_tar {
        "is a tar archive, which is not read; what is unpacked from it is"
    } else if bytes.starts_with(b"SQLite format 3\0") {
        "is a database; `recto import` takes that of newsboat"
    } else {
        "is not text; passed over"
    }
}

/// The formats of text that are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// RSS or Atom.
    Feed,
    /// HTML.
    Page,
    /// Markdown.
    Markdown,
    /// reStructuredText.
    Rst,
    /// Org mode.
    Org,
    /// JSON Feed, JSON Lines.
    Json,
    /// A list of addresses: OPML, bookmarks.
    List,
    /// An `OpenDocument` text that is one XML file, not a package.
    FlatOdt,
    /// Plain text.
    Plain,
    /// XML of another kind, by the name of its root.
    OtherXml(String),
}

/// How far into a file named as a feed its root is looked for, past what broken servers print before it.
const ROOT_WITHIN: usize = 4 * 1024;

/// The names of elements that begin a page or a piece of one.
const PAGE_TAGS: [&str; 22] = [
    "a",
    "article",
    "b",
    "base",
    "blockquote",
    "body",
    "center",
    "div",
    "font",
    "h1",
    "h2",
    "h3",
    "head",
    "html",
    "link",
    "main",
    "meta",
    "ol",
    "p",
    "section",
    "title",
    "ul",
];

/// Those of them that only a page begins with. Any other may begin a Markdown text: a `<div align="center">` around its
/// title, a picture.
const OF_PAGES: [&str; 7] = ["base", "body", "head", "html", "link", "meta", "title"];

/// Returns the format of `text`, found in a file called `name`.
pub(super) fn of(name: &str, text: &str) -> Sort {
    let extension = name
        .rsplit_once('.')
        .map(|(_, extension)| extension.to_ascii_lowercase())
        .unwrap_or_default();
    if lists::is_list(name, text) {
        return Sort::List;
    }
    if json::is_json(name, text) {
        return Sort::Json;
    }
    let named_page = matches!(extension.as_str(), "html" | "htm" | "xhtml" | "xht");
    match root(text) {
        Some(root) if is_feed(root) => Sort::Feed,
        Some(office::FLAT_ROOT) => Sort::FlatOdt,
        Some(root) if root.eq_ignore_ascii_case("html") => Sort::Page,
        Some(root) if !named_page && is_dialect(root, text) => Sort::OtherXml(root.to_owned()),
        Some(root) if markdown::is_named(name) && !is_one_of(&OF_PAGES, root) => Sort::Markdown,
        Some(root) if is_one_of(&PAGE_TAGS, root) && (named_page || text.contains("</")) => {
            Sort::Page
        }
        // A script may stand before all else.
        Some(_) if declares_html(text) => Sort::Page,
        Some(root) if says_xml(text) || extension == "xml" => Sort::OtherXml(root.to_owned()),
        _ if named_page => Sort::Page,
        _ if matches!(extension.as_str(), "xml" | "rss" | "atom" | "rdf") => late_root(text),
        _ if org::is_org(name, text) => Sort::Org,
        _ if rst::is_rst(name, text) => Sort::Rst,
        _ if markdown::is_markdown(name, text) => Sort::Markdown,
        _ => Sort::Plain,
    }
}

/// Returns whether a text begins with the declaration of HTML, in any case.
fn declares_html(text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let declared = text.get(.."<!doctype html".len());
    declared.is_some_and(|declared| declared.eq_ignore_ascii_case("<!doctype html"))
}

fn says_xml(text: &str) -> bool {
    let text = text.trim_start();
    text.starts_with("<?xml") || text.starts_with("<!DOCTYPE")
}

/// Returns whether a root that HTML has as well is another language's: the articles of `DocBook` and JATS have sections
/// and titles that a browser knows nothing of.
fn is_dialect(root: &str, text: &str) -> bool {
    if !matches!(root, "article" | "section") || !says_xml(text) {
        return false;
    }
    let head = text
        .get(..text.floor_char_boundary(ROOT_WITHIN))
        .unwrap_or(text);
    let is_doctype = |declared: &str| {
        let declared = declared.trim_start();
        let named = declared.get(..root.len());
        named.is_some_and(|named| named.eq_ignore_ascii_case(root))
    };
    let declares_root = head.split("<!DOCTYPE").nth(1).is_some_and(is_doctype);
    declares_root || !head.contains("http://www.w3.org/1999/xhtml")
}

/// Returns the name of the first element where the text begins with markup, past declarations and comments.
pub(super) fn root(text: &str) -> Option<&str> {
    let mut rest = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    loop {
        rest = if let Some(after) = rest.strip_prefix("<!--") {
            after.split_once("-->")?.1
        } else if let Some(after) = rest.strip_prefix("<?") {
            after.split_once('>')?.1
        } else if rest.get(..2)? == "<!" {
            after_doctype(rest)?
        } else {
            break;
        }
        .trim_start();
    }
    let name = rest.strip_prefix('<')?;
    let end = name.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'))?;
    let name = name.get(..end)?;
    let is_name = name.starts_with(|c: char| c.is_alphabetic() || c == '_');
    is_name.then_some(name)
}

/// Returns what follows a document type declaration, its own declarations in brackets included.
fn after_doctype(text: &str) -> Option<&str> {
    let end = text.find('>')?;
    match text.find('[') {
        Some(bracket) if bracket < end => {
            let after = text.get(bracket..)?.split_once(']')?.1;
            Some(after.split_once('>')?.1)
        }
        _ => text.get(end + 1..),
    }
}

fn is_feed(root: &str) -> bool {
    let local = root.rsplit(':').next().unwrap_or(root);
    ["rss", "feed", "rdf", "channel", "entry"]
        .iter()
        .any(|name| local.eq_ignore_ascii_case(name))
}

fn is_one_of(tags: &[&str], root: &str) -> bool {
    tags.iter().any(|name| root.eq_ignore_ascii_case(name))
}

/// Returns the sort of a text that does not begin with markup though its name says XML.
fn late_root(text: &str) -> Sort {
    let head = text
        .get(..text.floor_char_boundary(ROOT_WITHIN))
        .unwrap_or(text);
    let begins = ["<rss", "<feed", "<rdf:RDF", "<?xml"]
        .iter()
        .any(|tag| head.contains(tag));
    if begins { Sort::Feed } else { Sort::Plain }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_nothing_to_read_is_named_where_that_helps() {
        let tar = [&[b'a'; 257][..], b"ustar\x0000"].concat();
        for (bytes, expected) in [
            (tar.as_slice(), "is a tar archive"),
            (b"SQLite format 3\0\x10", "is a database"),
            (b"\0\x01\x02", "is not text"),
        ] {
            assert!(unknown(bytes).starts_with(expected), "{expected}");
        }
    }

    #[test]
    fn the_format_is_told_by_looking() {
        for (name, text, expected) in [
            (
                "a.txt",
                "<?xml version='1.0'?>\n<rss version='2.0'>",
                Sort::Feed,
            ),
            (
                "a",
                "<!-- x --> <feed xmlns='http://www.w3.org/2005/Atom'>",
                Sort::Feed,
            ),
            ("a", "<!DOCTYPE rss [<!ENTITY a 'b>'>]><rss>", Sort::Feed),
            ("a", "<rdf:RDF xmlns='x'>", Sort::Feed),
            ("a.xml", "Warning: mysql\n<rss version='2.0'>", Sort::Feed),
            ("a.txt", "<!doctype html><title>x</title>", Sort::Page),
            (
                "a",
                "<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x'><html>",
                Sort::Page,
            ),
            // Some hosts print scripts before the page.
            (
                "a.html",
                "<!DOCTYPE html>\n<script>x</script><!DOCTYPE html><html>",
                Sort::Page,
            ),
            (
                "a",
                "\n<!doctype HTML><style>x</style><p>one</p>",
                Sort::Page,
            ),
            ("a.txt", "<p>one</p>", Sort::Page),
            ("a", "<article><h1>x</h1></article>", Sort::Page),
            (
                "a.xml",
                "<?xml version='1.0'?>\n<article xmlns='http://www.w3.org/1999/xhtml'><h1>x</h1></article>",
                Sort::Page,
            ),
            (
                "a.docbook",
                "<?xml version='1.0'?>\n<!DOCTYPE article>\n<article\n xmlns='http://docbook.org/ns/docbook'><info></info>",
                Sort::OtherXml("article".to_owned()),
            ),
            (
                "a.xml",
                "<!DOCTYPE article PUBLIC '-//NLM//DTD JATS v1.0//EN' 'x.dtd'><article><front></front></article>",
                Sort::OtherXml("article".to_owned()),
            ),
            ("a.html", "no tag at all", Sort::Page),
            (
                "a.md",
                "<div align=\"center\">\n\n# Name\n\n</div>\n\nText.",
                Sort::Markdown,
            ),
            (
                "a.md",
                "<!-- x -->\n<h1><img></h1>\n\nText.",
                Sort::Markdown,
            ),
            ("a.md", "<!doctype html><html><p>x</p></html>", Sort::Page),
            ("a.md", "<title>x</title><p>x</p>", Sort::Page),
            ("a", "<div>x</div>", Sort::Page),
            ("a.txt", "<p> means a paragraph", Sort::Plain),
            ("a.txt", "<Ann> hello </b>", Sort::Plain),
            (
                "a.txt",
                "<!DOCTYPE bomb [<!ENTITY a \"ha\">]><bomb>&a;</bomb>",
                Sort::OtherXml("bomb".to_owned()),
            ),
            ("a", "<?xml version='1.0'?><office:document>", Sort::FlatOdt),
            ("a.org", "* One", Sort::Org),
            ("a.rst", "One", Sort::Rst),
            ("a.txt", "plain", Sort::Plain),
            ("a.txt", "", Sort::Plain),
            (
                "a.xml",
                "<?xml version='1.0'?><opml version='1.0'>",
                Sort::List,
            ),
        ] {
            assert_eq!(of(name, text), expected, "{name}: {text}");
        }
    }
}
