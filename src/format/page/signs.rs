//! What the names that an author gave an element say of it: its classes, its id, its role.
//!
//! Names are taken apart into words (`entry-content`, `entryContent` and `entry_content` are the same two), and
//! whole words are looked at: a page that has `shared` or `download` in a name has no `share` and no `ad` in it.

use super::tree::{Id, Tree};
use crate::config::articles::rules;

/// Two words of a name that lead elsewhere together and mean nothing apart.
const ASIDE_PAIRS: [(&str, &str); 30] = [
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
        signs.notice |= matches!(role.trim(), "dialog" | "alertdialog" | "tooltip");
    }
    match tree.attribute(id, "itemprop").map(str::trim) {
        Some("articleBody" | "text" | "reviewBody") => signs.body = true,
        Some("author" | "datePublished" | "dateModified" | "publisher") => signs.byline = true,
        _ => {}
    }
    let names = ["class", "id", "data-testid", "data-component"];
    for name in names.iter().filter_map(|name| tree.attribute(id, name)) {
        // Frameworks that write the style into the names give hundreds of them; the first ones name the thing.
        for one in name.split_whitespace().take(24) {
            if !is_taxonomy(one) {
                signs.take(one);
            }
        }
    }
    signs
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
        match word {
            "articlebody" | "storybody" | "postbody" | "entrycontent" | "postcontent"
            | "articlecontent" | "articletext" | "storytext" | "posttext" | "bodycopy"
            | "bodytext" | "instapaper" | "hnews" | "markdown" | "prose" | "govspeak"
            | "mwparseroutput" | "rte" | "wysiwyg" | "richtext" | "storycontent" => {
                self.body = true;
            }
            "standfirst" | "dek" | "lede" | "subheadline" | "subtitle" | "lead" | "intro"
            | "sapo" | "subhead" | "excerpt" | "introduction" | "vorspann" => self.lead = true,
            "nav" | "navbar" | "navigation" | "menu" | "submenu" | "breadcrumb" | "breadcrumbs"
            | "crumbs" | "share" | "shares" | "sharing" | "sharebar" | "sharethis"
            | "sharedaddy" | "addthis" | "addtoany" | "social" | "socials" | "socialmedia"
            | "follow" | "newsletter" | "newsletters" | "subscribe" | "subscription" | "signup"
            | "promo" | "promos" | "promotion" | "promobox" | "advert" | "adverts" | "ad"
            | "ads" | "adsense" | "adslot" | "advertisement" | "advertising" | "adbox"
            | "adunit" | "dfp" | "sponsored" | "sponsor" | "sponsors" | "outbrain" | "taboola"
            | "zergnet" | "related" | "relatedposts" | "jprelatedposts" | "yarpp" | "recirc"
            | "recirculation" | "recommended" | "recommendations" | "recommendation"
            | "recommend" | "recommends" | "tuijian" | "xiangguan" | "fenxiang" | "guanggao"
            | "daohang" | "rating" | "ratings" | "sidebar" | "footer" | "masthead"
            | "pagination" | "pager" | "paginator" | "popular" | "trending" | "mostread"
            | "skip" | "login" | "signin" | "toolbar" | "tagcloud" | "tags" | "taglist" | "toc"
            | "colophon" | "copyright" | "sitemap" | "teasers" | "noprint" | "printfriendly"
            | "navbox" | "editsection" | "mweditsection" | "catlinks" | "printfooter"
            | "donate" | "donation" | "postmetadata" | "commentmetadata" | "rightrail"
            | "siderail" | "upsell" | "cta" | "readmore" | "morefrom" | "nextprev" | "prevnext"
            | "topbar" | "siteheader" | "sitefooter" | "bookmark" | "utility" | "mashsb"
            | "ssba" | "wpcnt" | "feedback" | "tools" => self.aside = true,
            "widget" | "widgets" => self.aside |= before != "elementor",
            "cookie" | "cookies" | "consent" | "gdpr" | "ccpa" | "modal" | "popup" | "lightbox"
            | "onetrust" | "visuallyhidden" | "cookiebanner" | "cookielaw" | "interstitial" => {
                self.notice = true;
            }
            "gallery" | "slideshow" | "carousel" | "fotostrecke" | "bilderstrecke"
            | "diaporama" => self.gallery = true,
            "comments" | "replies" | "commentaires" | "comentarios" | "comentários"
            | "kommentare" | "commenti" | "reacties" | "komentarze" | "kommentarer"
            | "commentlist" | "disqus" | "livefyre" | "respond" | "commentform" | "commentarea"
            | "webmentions" | "pingbacks" | "trackbacks" | "fbcomments" | "pinglun" => {
                self.comments = true;
            }
            "byline" | "bylines" | "dateline" | "timestamp" | "pubdate" | "meta" | "postmeta"
            | "postinfo" | "postdate" | "posted" | "entrymeta" | "metadata" | "readtime"
            | "eyebrow" | "kicker" | "authors" | "datetime" | "published" | "categories"
            | "vcard" | "author" | "date" | "time" | "category" | "autor" | "auteur" | "autore"
            | "fecha" | "datum" => self.byline = true,
            "authorbio" | "authorbox" | "aboutauthor" | "bio" | "biography" => self.about = true,
            "post" | "message" | "reply" | "answer" | "comment" | "topic" | "question"
            | "postbit" | "postcontainer" => self.post = true,
            _ => {}
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
        self.comments |= before == "comment"
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
