//! What each element of HTML means for a text: the table behind the walk.
//!
//! Elements that mean nothing here (`span`, `font`, what nobody has heard of) are passed over, and their words stay.

use html5ever::tokenizer::Tag;
use html5ever::tokenizer::states::RawKind;

/// What an element means for the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Its words stand apart from those before and after.
    Block,
    /// A paragraph: as a block, and the beginning of another block ends it.
    Paragraph,
    /// A heading of this level.
    Heading(u8),
    /// A list; ordered or not.
    List { ordered: bool },
    /// An item of a list.
    Item,
    /// The term of a definition.
    Term,
    /// A definition.
    Definition,
    /// A quotation that stands apart.
    Quotation,
    /// A quotation within a sentence.
    Quote,
    /// Letters set above the line.
    Above,
    /// Letters set below the line.
    Below,
    /// Text whose line feeds and blanks count.
    Preformatted,
    /// Emphasis.
    Emphasis,
    /// Strong emphasis.
    Strong,
    /// A word of a program.
    Code,
    /// Struck out.
    Deleted,
    /// A link, where it has an address.
    Link,
    /// A table.
    Table,
    /// A row, a cell or a group of rows: blocks where a table is only there for the layout.
    TablePart,
    /// A line break.
    Break,
    /// A rule.
    Rule,
    /// A picture.
    Picture,
    /// Something to watch or hear, or another page within this one.
    Embedded,
    /// An address of what the element around it embeds.
    EmbeddedSource,
    /// A box to tick, where it is of that type.
    Input,
    /// The words of the page's title.
    Title,
    /// A fact about the page.
    Fact,
    /// Not for the eye, with all that is in it.
    Hidden,
    /// Nothing.
    Nothing,
}

/// Returns what an element of that name means.
pub(super) fn meaning(name: &str) -> Meaning {
    match name {
        "p" => Meaning::Paragraph,
        "h1" => Meaning::Heading(1),
        "h2" => Meaning::Heading(2),
        "h3" => Meaning::Heading(3),
        "h4" => Meaning::Heading(4),
        "h5" => Meaning::Heading(5),
        "h6" => Meaning::Heading(6),
        "ul" | "menu" | "dir" => Meaning::List { ordered: false },
        "ol" => Meaning::List { ordered: true },
        "li" => Meaning::Item,
        "dt" => Meaning::Term,
        "dd" => Meaning::Definition,
        "blockquote" => Meaning::Quotation,
        "q" => Meaning::Quote,
        "sup" => Meaning::Above,
        "sub" => Meaning::Below,
        "pre" | "listing" | "xmp" | "plaintext" => Meaning::Preformatted,
        "em" | "i" | "cite" | "dfn" | "var" => Meaning::Emphasis,
        "strong" | "b" => Meaning::Strong,
        "code" | "kbd" | "samp" | "tt" => Meaning::Code,
        "del" | "s" | "strike" => Meaning::Deleted,
        "a" => Meaning::Link,
        "table" => Meaning::Table,
        "tr" | "td" | "th" | "thead" | "tbody" | "tfoot" | "caption" => Meaning::TablePart,
        "br" => Meaning::Break,
        "hr" => Meaning::Rule,
        "img" | "image" => Meaning::Picture,
        "iframe" | "video" | "audio" | "embed" | "object" => Meaning::Embedded,
        "source" => Meaning::EmbeddedSource,
        "input" => Meaning::Input,
        "title" => Meaning::Title,
        "meta" | "base" | "link" | "html" => Meaning::Fact,
        "script" | "style" | "template" | "noscript" | "svg" | "select" | "datalist" | "button"
        | "textarea" | "noembed" | "noframes" | "rp" | "rt" | "dialog"
        // A formula says in TeX what it has said in symbols.
        | "annotation" | "annotation-xml" => Meaning::Hidden,
        "address" | "article" | "aside" | "body" | "center" | "details" | "dl" | "div"
        | "fieldset" | "figcaption" | "figure" | "footer" | "form" | "header" | "hgroup"
        | "legend" | "main" | "nav" | "search" | "section" | "summary" => Meaning::Block,
        _ => Meaning::Nothing,
    }
}

/// Returns whether an element never has an end tag (HTML, section 13.1.2).
pub(super) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "image"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Returns how the tokenizer has to read what stands in an element, where it is not markup. The tree builder would
/// tell it; here there is no tree.
pub(super) fn raw_kind(tag: &Tag) -> Option<RawKind> {
    match &*tag.name {
        // Feeds close these by XHTML's slash, which HTML ignores: their end tag would swallow the rest of the text.
        "iframe" | "script" | "style" | "title" | "textarea" if tag.self_closing => None,
        "script" => Some(RawKind::ScriptData),
        "style" | "xmp" | "iframe" | "noembed" | "noframes" => Some(RawKind::Rawtext),
        "title" | "textarea" => Some(RawKind::Rcdata),
        _ => None,
    }
}

/// Returns the value of an attribute.
pub(super) fn attribute<'t>(tag: &'t Tag, name: &str) -> Option<&'t str> {
    tag.attrs
        .iter()
        .find(|attribute| &*attribute.name.local == name)
        .map(|attribute| &*attribute.value)
}

/// Returns whether the page hides an element from the eye.
pub(super) fn is_hidden(tag: &Tag) -> bool {
    if tag.attrs.is_empty() {
        return false;
    }
    let styled = attribute(tag, "style").is_some_and(hides);
    // The number of a page of the printed edition stands in the middle of a sentence.
    let numbers = attribute(tag, "epub:type").is_some_and(|kind| kind.contains("pagebreak"));
    let hidden = styled || attribute(tag, "hidden").is_some_and(is_hiding);
    hidden && !is_note(tag) || numbers || is_formula_again(tag) || is_gutter(tag)
}

/// Returns whether an element is a note: a book may hide those, for its reader to show where they are asked for.
fn is_note(tag: &Tag) -> bool {
    const KINDS: [&str; 4] = ["footnote", "endnote", "rearnote", "note"];
    let kinds = attribute(tag, "epub:type").unwrap_or_default();
    let role = attribute(tag, "role").unwrap_or_default();
    kinds.split_whitespace().any(|kind| KINDS.contains(&kind))
        || matches!(role, "doc-footnote" | "doc-endnote")
}

/// Returns whether an element has a formula that stands beside it as well: `KaTeX` sets one for the eye beside its
/// `MathML`, and `MathJax` 2 the `MathML` beside one for the eye.
fn is_formula_again(tag: &Tag) -> bool {
    attribute(tag, "class").is_some_and(|class| {
        class
            .split_ascii_whitespace()
            .any(|name| matches!(name, "katex-html" | "MJX_Assistive_MathML"))
    })
}

/// Returns whether an element has the numbers of the lines of code that stands beside it.
fn is_gutter(tag: &Tag) -> bool {
    const NAMES: [&str; 8] = [
        "rouge-gutter",
        "lineno",
        "linenos",
        "linenodiv",
        "lnt",
        "hljs-ln-numbers",
        "line-numbers-rows",
        "blob-num",
    ];
    matches!(&*tag.name, "td" | "pre" | "div" | "span" | "code")
        && attribute(tag, "class").is_some_and(|class| {
            let mut names = class.split_ascii_whitespace();
            names.any(|name| NAMES.contains(&name) || name == "gutter" && &*tag.name == "td")
        })
}

/// Returns whether a value of `hidden` hides its element: what opens when something in it is looked for does not (HTML,
/// "hidden until found").
pub(super) fn is_hiding(value: &str) -> bool {
    !value.trim().eq_ignore_ascii_case("until-found")
}

/// Returns whether a style hides its element from the eye.
pub(super) fn hides(style: &str) -> bool {
    let style: String = style
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect::<String>()
        .to_ascii_lowercase();
    style.contains("display:none") || style.contains("visibility:hidden")
}

/// Returns whether a picture or a page within the page is too small to be seen: it counts readers.
pub(super) fn is_dot(tag: &Tag) -> bool {
    let small = |name| {
        attribute(tag, name)
            .and_then(|value| value.trim().trim_end_matches("px").parse::<u32>().ok())
            .is_some_and(|pixels| pixels <= 1)
    };
    small("width") || small("height")
}
