//! The names that sources have for the same fact. Names are compared without case, hyphens, low lines and blanks: what
//! stands here as `publishedat` is `published_at` and `Published At` too.

pub(super) const TITLE: [&str; 3] = ["title", "headline", "name"];

pub(super) const AUTHORS: [&str; 7] = [
    "authors", "author", "creator", "creators", "by", "byline", "writer",
];

/// When it was published; the first that is a date is taken, so the surest stand first.
pub(super) const DATES: [&str; 16] = [
    "published",
    "date",
    "publishdate",
    "publishedat",
    "publisheddate",
    "datepublished",
    "publishedon",
    "publicationdate",
    "pubdate",
    "pubdatetime",
    "posted",
    "created",
    "createdat",
    "datecreated",
    "creationdate",
    "createddate",
];

/// When it was changed last: it says the least about when it was published.
pub(super) const CHANGES: [&str; 17] = [
    "lastmod",
    "updated",
    "modified",
    "lastmodifiedat",
    "lastmodified",
    "updatedat",
    "updateddate",
    "dateupdated",
    "modifiedat",
    "datemodified",
    "modifieddate",
    "moddatetime",
    "updatedon",
    "lastupdated",
    "lastupdate",
    "revised",
    "lastedited",
];

pub(super) const TOPICS: [&str; 9] = [
    "topics",
    "topic",
    "tags",
    "tag",
    "categories",
    "category",
    "keywords",
    "hashtags",
    "subjects",
];

/// Those that Jekyll parts by blanks.
pub(super) const BY_BLANKS: [&str; 2] = ["tags", "categories"];

pub(super) const ADDRESS: [&str; 11] = [
    "url",
    "canonicalurl",
    "canonical",
    "canonicallink",
    "permalink",
    "link",
    "sourceurl",
    "originalurl",
    "externalurl",
    "pageurl",
    "uri",
];

/// Where it is from: an address or a name.
pub(super) const SOURCE: [&str; 2] = ["source", "site"];

pub(super) const PUBLISHER: [&str; 7] = [
    "publisher",
    "publication",
    "journal",
    "sitename",
    "website",
    "containertitle",
    "feed",
];

pub(super) const SUMMARY: [&str; 13] = [
    "summary",
    "description",
    "excerpt",
    "standfirst",
    "deck",
    "dek",
    "abstract",
    "desc",
    "spoiler",
    "teaser",
    "lede",
    "metadescription",
    "seodescription",
];

pub(super) const LANGUAGE: [&str; 4] = ["language", "lang", "locale", "languagecode"];

/// What is shown of the rest, and what it is called there.
pub(super) const DETAILS: [(&str, &[&str]); 2] =
    [("subtitle", &["subtitle"]), ("series", &["series"])];

/// What says that a text was not meant to be read yet.
pub(super) const DRAFT: [(&str, &str); 5] = [
    ("draft", "true"),
    ("draft", "yes"),
    ("published", "false"),
    ("publish", "false"),
    ("status", "draft"),
];

/// What only tells the program that makes pages of a text how to.
pub(super) const STEERING: [&str; 12] = [
    "aliases",
    "baseheaderlevel",
    "css",
    "htmlheader",
    "layout",
    "nocomments",
    "nosearch",
    "orphan",
    "saveas",
    "slug",
    "template",
    "tocdepth",
];

/// Fields whose fields are the document's as well: Zola's, Hugo's and Grav's, `MyST`'s, those of exports.
pub(super) const NESTS: [&str; 6] = [
    "params",
    "extra",
    "taxonomies",
    "taxonomy",
    "metadata",
    "htmlmeta",
];

/// The names of a document's own name, and of its text, in JSON Lines.
pub(in crate::format) const KEYS: [&str; 3] = ["id", "key", "guid"];
pub(in crate::format) const TEXT: [&str; 3] = ["text", "body", "content"];
pub(in crate::format) const HTML: [&str; 2] = ["html", "contenthtml"];
pub(in crate::format) const MARKDOWN: [&str; 2] = ["markdown", "contentmarkdown"];

/// By which name an author, a tag or a title that is a map is called.
pub(super) const CALLED: [&str; 10] = [
    "name",
    "displayname",
    "title",
    "label",
    "text",
    "main",
    "rendered",
    "literal",
    "key",
    "login",
];

/// By which names the given name and the surname of an author are called.
pub(super) const GIVEN: [&str; 4] = ["given", "givennames", "givenname", "firstname"];
pub(super) const SURNAME: [&str; 4] = ["family", "familyname", "surname", "lastname"];
