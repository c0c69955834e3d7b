//! What the names that an author gave an element say of it: its classes, its id, its role.
//!
//! Names are taken apart into words (`entry-content`, `entryContent` and `entry_content` are the same two), and
//! whole words are looked at: a page that has `shared` or `download` in a name has no `share` and no `ad` in it.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::tree::{Id, Tree};
use crate::config::articles::rules;
use crate::format::{html, words};

/// Two words of a name that lead elsewhere together and mean nothing apart.
const ASIDE_PAIRS: [(&str, &str); 46] = [
    ("read", "more"),
    ("most", "read"),
    ("most", "popular"),
    ("more", "from"),
    ("read", "next"),
    ("see", "also"),
    ("read", "also"),
    ("you", "may"),
    ("also", "like"),
    ("up", "next"),
    ("tag", "list"),
    ("tag", "links"),
    ("sign", "up"),
    ("mailing", "list"),
    ("right", "rail"),
    ("back", "top"),
    ("table", "contents"),
    ("contents", "list"),
    ("call", "action"),
    ("zum", "thema"),
    ("mehr", "zum"),
    ("lire", "aussi"),
    ("a", "lire"),
    ("leer", "mas"),
    ("next", "prev"),
    ("prev", "next"),
    ("wp", "embedded"),
    ("side", "tray"),
    ("was", "helpful"),
    ("rich", "link"),
    ("print", "summary"),
    ("story", "tools"),
    ("page", "tools"),
    ("article", "options"),
    ("most", "viewed"),
    ("most", "shared"),
    ("most", "commented"),
    ("most", "emailed"),
    ("around", "web"),
    ("from", "web"),
    ("editors", "picks"),
    ("top", "stories"),
    ("follow", "us"),
    ("stay", "connected"),
    ("right", "column"),
    ("right", "col"),
];

/// What names say of other articles, before what they call them.
const OTHERS: [&str; 17] = [
    "more",
    "latest",
    "recent",
    "similar",
    "other",
    "further",
    "interesting",
    "suggested",
    "recommended",
    "related",
    "popular",
    "top",
    "trending",
    "read",
    "weitere",
    "autres",
    "otras",
];

/// What names call articles.
const ARTICLES: [&str; 14] = [
    "news", "posts", "articles", "stories", "reading", "reads", "links", "content", "topics",
    "entries", "teaser", "teasers", "artikel", "noticias",
];

/// What names call an article, in the languages that templates are written in.
const ARTICLE: [&str; 14] = [
    "article", "art", "story", "post", "entry", "news", "blog", "detail", "node", "artikel",
    "beitrag", "articolo", "articulo", "noticia",
];

/// What names call the text of an article.
const TEXT: [&str; 15] = [
    "body",
    "content",
    "text",
    "copy",
    "maintext",
    "main",
    "contents",
    "texte",
    "inhalt",
    "contenu",
    "texto",
    "testo",
    "cuerpo",
    "contenido",
    "contenuto",
];

/// What names call an element that has the text and a sidebar in it.
const SIDEBAR_FRAMES: [&str; 4] = [
    "sidebar-layout",
    "sidebar_layout",
    "sidebarLayout",
    "content-sidebar",
];

/// How much of a name is looked at, in characters.
const LONGEST_NAME: usize = 80;

/// What a word means in a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meaning {
    Body,
    Lead,
    Aside,
    Notice,
    Gallery,
    Comments,
    Byline,
    About,
    Post,
    Note,
    Source,
    Caption,
    Picture,
}

/// Returns what each word means that means something.
fn meanings() -> &'static HashMap<&'static str, Meaning> {
    static MEANINGS: LazyLock<HashMap<&str, Meaning>> = LazyLock::new(|| {
        let words = &rules().names.words;
        let lists = [
            (&words.bodies, Meaning::Body),
            (&words.leads, Meaning::Lead),
            (&words.asides, Meaning::Aside),
            (&words.notices, Meaning::Notice),
            (&words.galleries, Meaning::Gallery),
            (&words.comments, Meaning::Comments),
            (&words.bylines, Meaning::Byline),
            (&words.abouts, Meaning::About),
            (&words.posts, Meaning::Post),
            (&words.notes, Meaning::Note),
            (&words.sources, Meaning::Source),
            (&words.captions, Meaning::Caption),
            (&words.pictures, Meaning::Picture),
        ];
        let means = |(words, meaning): (&'static Vec<String>, Meaning)| {
            words.iter().map(move |word| (word.as_str(), meaning))
        };
        lists.into_iter().flat_map(means).collect()
    });
    &MEANINGS
}

/// What is told of an element by its names.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is told by itself, and an element may bear all of them"
)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Signs {
    /// It holds the text of an article.
    pub body: bool,
    /// It holds words that open an article: a standfirst, a summary.
    pub lead: bool,
    /// It leads elsewhere, sells or asks for something.
    pub aside: bool,
    /// It stands above all else on the page, with the name of the site and what is new there.
    pub masthead: bool,
    /// It is about the page and its cookies, and never of it.
    pub notice: bool,
    /// It holds pictures, each with its own words.
    pub gallery: bool,
    /// It holds what readers wrote.
    pub comments: bool,
    /// It tells who wrote the text, when, and under which heads.
    pub byline: bool,
    /// It tells about the author.
    pub about: bool,
    /// It is a post of a thread.
    pub post: bool,
    /// It says something to the text beside it.
    pub note: bool,
    /// It tells what the text goes by: footnotes, references.
    pub source: bool,
    /// It says what a picture shows.
    pub caption: bool,
    /// It holds a picture.
    pub picture: bool,
}

/// Returns the signs of an element.
pub(super) fn signs(tree: &Tree, id: Id) -> Signs {
    let mut signs = Signs::default();
    if tree.tag(id).starts_with("mjx-") {
        // MathJax names its formulas after the menu that it puts on them.
        return signs;
    }
    if let Some(role) = tree.attribute(id, "role") {
        signs.aside |= matches!(
            role.trim(),
            "navigation"
                | "banner"
                | "contentinfo"
                | "complementary"
                | "search"
                | "menu"
                | "menubar"
                | "toolbar"
                | "tablist"
                | "alert"
                | "form"
        );
        // What looks like a link and leads nowhere counts, shares, folds.
        let leads = tree.attribute(id, "href").is_some();
        signs.aside |= role.trim() == "button" && tree.tag(id) == "a" && !leads;
        signs.note |= role.trim() == "note" || role.trim().starts_with("doc-");
        signs.notice |= matches!(role.trim(), "dialog" | "alertdialog" | "tooltip");
    }
    match tree.attribute(id, "itemprop").map(str::trim) {
        Some("articleBody" | "text" | "reviewBody") => signs.body = true,
        Some("author" | "datePublished" | "dateModified" | "publisher") => signs.byline = true,
        _ => {}
    }
    for attribute in ["class", "id", "data-testid", "data-component"] {
        let Some(name) = tree.attribute(id, attribute) else {
            continue;
        };
        if attribute == "id" && is_of_heading(tree, id, name) {
            continue;
        }
        // Frameworks that write the style into the names give hundreds of them; the first ones name the thing.
        for one in name.split_whitespace().take(24) {
            if !is_taxonomy(one) {
                signs.take(one);
            }
        }
    }
    signs
}

/// Returns whether the name of a place was made of the words of a heading, as programs do: `command-line-tools` says
/// what is written about, not what the element is.
fn is_of_heading(tree: &Tree, id: Id, name: &str) -> bool {
    let is_heading = |one: Id| html::is_heading(tree.tag(one));
    if is_heading(id) || tree.parent(id).is_some_and(is_heading) {
        return true;
    }
    // Those who write a section by hand say in its class what it is.
    let of_program = |class: &str| class == "section" || class.starts_with("level");
    let class = tree.attribute(id, "class").unwrap_or_default();
    let is_section = tree.tag(id) == "section" || class == "section";
    let mut first = tree.children(id).filter(|one| !tree.tag(*one).is_empty());
    is_section
        && class.split_whitespace().all(of_program)
        && first.next().is_some_and(|heading| {
            is_heading(heading)
                && words::same(name, &tree.line(heading, LONGEST_NAME))
                && !Signs::of(name).comments
        })
}

/// Returns whether a name says what a post is about, as blogs write it on the element of the post itself.
fn is_taxonomy(name: &str) -> bool {
    [
        "tag-",
        "category-",
        "post-tag",
        "type-",
        "status-",
        "format-",
        "author-",
        "topic-",
    ]
    .iter()
    .any(|start| {
        name.starts_with(start)
            && !matches!(
                name,
                "author-bio"
                    | "author-box"
                    | "author-info"
                    | "tag-list"
                    | "tag-links"
                    | "author-name"
                    | "category-list"
                    | "author-description"
                    | "author-card"
                    | "author-profile"
            )
    }) || SIDEBAR_FRAMES.iter().any(|frame| name.contains(frame))
        || name.contains("has-")
        || name.contains("with-")
}

/// Returns whether a word that tells variants of an element apart says nothing of what it is.
fn is_variant(word: &str) -> bool {
    matches!(
        word,
        "ad" | "ads" | "advert" | "advertising" | "share" | "social" | "author" | "date" | "tags"
    )
}

impl Signs {
    /// Returns whether an element is to be left out where it is not most of the page.
    pub fn is_besides(self) -> bool {
        self.aside || self.notice || self.comments
    }

    /// Returns the signs of a name alone.
    fn of(name: &str) -> Self {
        let mut signs = Self::default();
        signs.take(name);
        signs
    }

    fn take(&mut self, name: &str) {
        // `e-content` is what microformats call the text of an entry.
        self.body |= matches!(name, "entry" | "e-content");
        self.aside |= matches!(name, "foot" | "dibu");
        self.masthead |= matches!(
            name,
            "header" | "page-header" | "top-header" | "main-header" | "global-header" | "topper"
        );
        self.aside |= rules().names.hidden.contains(&name.to_ascii_lowercase());
        // What follows two dashes tells one variant from another: a section with advertising in it is none itself.
        let variants = name.find("--").map_or(name.len(), |at| at + 2);
        let (mut before, mut word) = (String::new(), String::new());
        let mut small = false;
        // Letters make words; what is none ends one, and so does a capital that follows a small letter.
        for (at, c) in name
            .char_indices()
            .take(LONGEST_NAME)
            .chain([(name.len(), '-')])
        {
            if (!c.is_alphabetic() || small && c.is_uppercase()) && !word.is_empty() {
                // `no-sidebar` says that there is none.
                if matches!(word.as_str(), "no" | "without") {
                    return;
                }
                self.take_pair(&before, &word);
                if at <= variants || !is_variant(&word) {
                    self.take_word(&word, &before);
                }
                std::mem::swap(&mut before, &mut word);
                word.clear();
            }
            if c.is_alphabetic() {
                word.extend(c.to_lowercase());
            }
            small = c.is_lowercase();
        }
    }

    fn take_word(&mut self, word: &str, before: &str) {
        // A maker of sites calls everything a widget.
        self.aside |= matches!(word, "widget" | "widgets") && before != "elementor";
        match meanings().get(word) {
            Some(Meaning::Body) => self.body = true,
            Some(Meaning::Lead) => self.lead = true,
            Some(Meaning::Aside) => self.aside = true,
            Some(Meaning::Notice) => self.notice = true,
            Some(Meaning::Gallery) => self.gallery = true,
            Some(Meaning::Comments) => self.comments = true,
            Some(Meaning::Byline) => self.byline = true,
            Some(Meaning::About) => self.about = true,
            Some(Meaning::Post) => self.post = true,
            Some(Meaning::Note) => self.note = true,
            Some(Meaning::Source) => self.source = true,
            Some(Meaning::Caption) => self.caption = true,
            Some(Meaning::Picture) => self.picture = true,
            None => {}
        }
    }

    fn take_pair(&mut self, before: &str, word: &str) {
        self.body |= ARTICLE.contains(&before) && TEXT.contains(&word)
            || matches!(
                (before, word),
                ("rich", "text")
                    | ("parser", "output")
                    | ("cms" | "the", "content")
                    | ("text", "formatted")
            );
        self.about |= before == "about" && word == "author"
            || before == "author"
                && matches!(
                    word,
                    "bio"
                        | "box"
                        | "info"
                        | "card"
                        | "profile"
                        | "description"
                        | "dropdown"
                        | "blurb"
                        | "about"
                        | "details"
                        | "block"
                        | "meta"
                );
        self.byline |= matches!((before, word), ("post", "info") | ("reading", "time"));
        self.notice |= matches!(
            (before, word),
            ("screen", "reader") | ("sr", "only") | ("visually", "hidden")
        ) || before == "paywall"
            && matches!(word, "overlay" | "banner" | "prompt" | "message" | "modal");
        self.comments |= matches!(
            before,
            "leave" | "post" | "add" | "write" | "your" | "user" | "reader"
        ) && matches!(word, "comment" | "comments")
            || before == "comment"
                && matches!(
                    word,
                    "list"
                        | "section"
                        | "form"
                        | "thread"
                        | "area"
                        | "respond"
                        | "wrap"
                        | "wrapper"
                        | "box"
                        | "count"
                );
        self.aside |= ASIDE_PAIRS.contains(&(before, word))
            || OTHERS.contains(&before) && ARTICLES.contains(&word)
            || matches!(before, "post" | "entry" | "article")
                && matches!(word, "tags" | "footer" | "tools" | "actions" | "nav")
            || matches!(before, "site" | "page" | "global")
                && matches!(word, "header" | "footer" | "banner")
            || matches!(before, "next" | "previous" | "adjacent")
                && matches!(word, "post" | "posts" | "article");
    }
}
