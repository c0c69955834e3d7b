use super::*;
use crate::document::Document;
use crate::format::testing;

/// Returns what is told of a document, each fact by its sign.
fn told(document: &Document) -> Vec<String> {
    let facts = &document.metadata;
    let mut told = Vec::new();
    if !facts.title.derived {
        told.push(format!("title: {}", facts.title.text));
    }
    told.extend(facts.authors.iter().map(|name| format!("by: {name}")));
    told.extend(facts.published.map(|date| format!("on: {date}")));
    if !facts.topics.is_empty() {
        told.push(format!("of: {}", facts.topics.join(", ")));
    }
    told.extend(facts.url.iter().map(|url| format!("at: {url}")));
    told.extend(facts.publisher.iter().map(|name| format!("from: {name}")));
    let details = facts.details.iter();
    told.extend(details.map(|(name, value)| format!("{name}: {value}")));
    let mut blocks = document.body.blocks().iter();
    let standfirst = blocks.find(|block| block.kind == BlockKind::Standfirst);
    told.extend(standfirst.map(|block| format!("says: {}", document.body.slice(block.range))));
    told
}

/// What each generator writes, and what is told by it.
const WRITTEN: &[(&str, &str, &[&str])] = &[
    (
        "Jekyll",
        "---\nlayout: post\ntitle:  \"Welcome to Jekyll!\"\ndate:   2015-03-17 14:00:00 -0400\ncategories: jekyll update\nlast_modified_at: 2016-01-02T10:00:00-04:00\n---\nText",
        &[
            "title: Welcome to Jekyll!",
            "on: 2015-03-17T14:00:00-04:00",
            "of: jekyll, update",
            "updated: 2 January 2016",
        ],
    ),
    (
        "Jekyll, unpublished",
        "---\nlayout: post\ntitle: On rain\npublished: false\ntags: [wet, cold]\nauthor: ann\n---\nText",
        &["title: On rain", "by: ann", "of: wet, cold", "Draft: yes"],
    ),
    (
        "Hugo in TOML",
        "+++\ntitle = 'On rain'\ndate = 2014-03-12T10:00:00Z\nlastmod = 2014-03-13\ndraft = true\ntags = ['wet']\ncategories = ['Weather']\nseries = ['Skies']\n[params]\n  author = 'Ann Smith'\n+++\nText",
        &[
            "title: On rain",
            "by: Ann Smith",
            "on: 2014-03-12T10:00:00Z",
            "of: wet, Weather",
            "series: Skies",
            "updated: 13 March 2014",
            "Draft: yes",
        ],
    ),
    (
        "Hugo in JSON",
        "{\n  \"title\": \"On rain\",\n  \"publishDate\": \"2014-03-12\",\n  \"params\": {\"authors\": [\"Ann\", \"Bo\"]}\n}\n\nText",
        &["title: On rain", "by: Ann", "by: Bo", "on: 2014-03-12"],
    ),
    (
        "Hugo's file for new ones",
        "---\ntitle: '{{ replace .Name \"-\" \" \" | title }}'\ndate: '{{ .Date }}'\n---\nText",
        &[],
    ),
    (
        "Zola",
        "+++\ntitle = \"On rain\"\ndate = 2014-03-12\nupdated = 2014-04-01\nauthors = [\"Ann\"]\ndescription = \"It is wet.\"\n[taxonomies]\ntags = [\"wet\", \"cold\"]\n[extra]\nlang = \"en\"\n+++\nText",
        &[
            "title: On rain",
            "by: Ann",
            "on: 2014-03-12",
            "of: wet, cold",
            "updated: 1 April 2014",
            "says: It is wet.",
        ],
    ),
    (
        "Eleventy",
        "---json\n{\"title\": \"On rain\", \"date\": \"git Last Modified\", \"tags\": [\"wet\"]}\n---\nText",
        &["title: On rain", "of: wet"],
    ),
    (
        "Astro",
        "---\ntitle: 'On rain'\ndescription: 'It is wet.'\npubDate: 'Jul 08 2022'\nupdatedDate: 'Jul 10 2022'\nheroImage: '/a.jpg'\n---\nText",
        &[
            "title: On rain",
            "on: 2022-07-08",
            "updated: 10 July 2022",
            "says: It is wet.",
        ],
    ),
    (
        "Gatsby",
        "---\ntitle: On rain\ndate: \"2015-05-28T22:40:32.169Z\"\nspoiler: It is wet.\n---\nText",
        &[
            "title: On rain",
            "on: 2015-05-28T22:40:32Z",
            "says: It is wet.",
        ],
    ),
    (
        "Hexo",
        "title: On rain\ndate: 2013/7/13 20:46:25\ncategories:\n- [Sky, Clouds]\n- Wet\n---\nText",
        &[
            "title: On rain",
            "on: 2013-07-13T20:46:25Z",
            "of: Sky, Clouds, Wet",
        ],
    ),
    (
        "Hexo in JSON",
        "\"title\": \"On rain\",\n\"date\": \"2013/7/13 20:46:25\"\n;;;\nText",
        &["title: On rain", "on: 2013-07-13T20:46:25Z"],
    ),
    (
        "Pelican",
        "Title: On rain\nDate: 2010-12-03 10:20\nModified: 2010-12-05 19:30\nCategory: Sky\nTags: wet, cold\nAuthors: Ann Smith, Bo Lee\nSummary: It is wet.\nStatus: draft\n\nText",
        &[
            "title: On rain",
            "by: Ann Smith",
            "by: Bo Lee",
            "on: 2010-12-03T10:20:00Z",
            "of: wet, cold, Sky",
            "updated: 5 December 2010",
            "Draft: yes",
            "says: It is wet.",
        ],
    ),
    (
        "Nikola",
        "<!--\n.. title: On rain\n.. date: 2014-01-01 10:00:00 UTC-05:00\n.. tags: wet, cold\n.. link:\n.. author: Ann\n-->\n\nText",
        &[
            "title: On rain",
            "by: Ann",
            "on: 2014-01-01T10:00:00-05:00",
            "of: wet, cold",
        ],
    ),
    (
        "Docusaurus",
        "---\ntitle: On rain\nauthors:\n  - name: Ann Smith\n    title: Painter\n    url: https://a.org\n  - key: bo\n    page: true\ntags: [wet, {label: Cold, permalink: /cold}]\nlast_update:\n  date: 2020-01-31\n  author: Ann\ndate: 2020-01-01\n---\nText",
        &[
            "title: On rain",
            "by: Ann Smith",
            "by: bo",
            "on: 2020-01-01",
            "of: wet, Cold",
            "updated: 31 January 2020",
        ],
    ),
    (
        "MkDocs",
        "---\ndate:\n  created: 2022-01-31\n  updated: 2022-02-02\nauthors: [ann]\n---\n# On rain\n\nText",
        &[
            "title: On rain",
            "by: ann",
            "on: 2022-01-31",
            "updated: 2 February 2022",
        ],
    ),
    (
        "Obsidian",
        "---\naliases: [Drizzle]\ntags:\n  - '#sky/wet'\n  - cold\ndate created: Tuesday, May 3rd 2022, 5:00:00 pm\ndate modified: Wednesday, May 4th 2022, 5:00:00 pm\n---\nText",
        &[
            "on: 2022-05-03T17:00:00Z",
            "of: sky/wet, cold",
            "updated: 4 May 2022",
        ],
    ),
    (
        "Obsidian's clipper",
        "---\ntitle: \"On rain\"\nsource: \"https://a.org/rain\"\nauthor:\n  - \"[[Ann Smith]]\"\n  - \"[[People/Bo|Bo Lee]]\"\npublished: 2023-03-01\ncreated: 2024-03-02\ndescription: \"It is wet.\"\ntags:\n  - \"clippings\"\n---\nText",
        &[
            "title: On rain",
            "by: Ann Smith",
            "by: Bo Lee",
            "on: 2023-03-01",
            "of: clippings",
            "at: https://a.org/rain",
            "says: It is wet.",
        ],
    ),
    (
        "Logseq",
        "title:: On rain\ntags:: [[wet]], cold\n- Text\n- More",
        &["title: On rain", "of: wet, cold"],
    ),
    (
        "Pandoc",
        "---\ntitle: On rain\nsubtitle: A study\nauthor:\n- name: Ann Smith\n  affiliation: [1, 2]\n- name:\n    given: Bo\n    family: Lee\nabstract: |\n  It is wet.\nkeywords: [wet]\nlang: en-GB\n...\nText",
        &[
            "title: On rain",
            "by: Ann Smith",
            "by: Bo Lee",
            "of: wet",
            "subtitle: A study",
            "says: It is wet.",
        ],
    ),
    (
        "Pandoc's block",
        "% On rain\n  and snow\n% Ann Smith; Bo Lee\n% 3 June 2013\n\nText",
        &[
            "title: On rain and snow",
            "by: Ann Smith",
            "by: Bo Lee",
            "on: 2013-06-03",
        ],
    ),
    (
        "R Markdown",
        "---\ntitle: \"On rain\"\nauthor: \"Ann Smith^[A school]\"\ndate: \"`r Sys.Date()`\"\noutput: html_document\n---\nText",
        &["title: On rain", "by: Ann Smith"],
    ),
    (
        "MultiMarkdown",
        "Title: On rain\nAuthor: Ann Smith\nBase Header Level: 2\nKeywords: wet, cold\n\nText",
        &["title: On rain", "by: Ann Smith", "of: wet, cold"],
    ),
    (
        "Denote",
        "title:      On rain\ndate:       2022-06-11\ntags:       wet\n---------------------------\n\nText",
        &["title: On rain", "on: 2022-06-11", "of: wet"],
    ),
    (
        "Hashnode",
        "---\ntitle: \"On rain\"\ndatePublished: Sun Jan 01 2023 10:10:10 GMT+0000 (Coordinated Universal Time)\ncuid: cx\ncanonical: https://a.org/r\ntags: wet, cold\n---\nText",
        &[
            "title: On rain",
            "on: 2023-01-01T10:10:10Z",
            "of: wet, cold",
            "at: https://a.org/r",
        ],
    ),
    (
        "Grav",
        "---\ntitle: On rain\ndate: '17:34 07/24/2014'\ntaxonomy:\n    category: blog\n    tag: [wet, cold]\n---\nText",
        &[
            "title: On rain",
            "on: 2014-07-24T17:34:00Z",
            "of: wet, cold, blog",
        ],
    ),
    (
        "an exporter",
        "---\ntitle: Bo &amp; the rain\nauthor: Ann &amp; Co\ndate: 2013-06-03\nupdated: 2013-06-03\nguid: https://a.org/?p=1\nlink: https://a.org/rain\ncategories:\n- Q&amp;A\n---\nText",
        &[
            "title: Bo & the rain",
            "by: Ann & Co",
            "on: 2013-06-03",
            "of: Q&A",
            "at: https://a.org/rain",
        ],
    ),
];

#[test]
fn what_each_generator_writes_is_read() {
    for (made_by, text, expected) in WRITTEN {
        let document = testing::read_one("a.md", text);
        assert_eq!(told(&document), *expected, "{made_by}");
    }
}

#[test]
fn front_matter_is_read_in_every_notation() {
    for text in [
        "---\ntitle: \"On: trust\"\ndate: 2014-03-12\ntags:\n- a\n- b\n---\nText",
        "\u{feff}\r\n---\r\ntitle: \"On: trust\"\r\ndate: 2014-03-12\r\ntags:\r\n- a\r\n- b\r\n---  \r\nText",
        "---\n# of it\ntitle: &t \"On: trust\"\nalias: *t\ndate: 2014-03-12\ntags: [a, b]\n...\nText",
        "---\ntitle:\ntitle: \"On: trust\"\ndate:\t2014-03-12\ntags: [a, b]\n---\nText",
        "+++\ntitle = 'On: trust'\ndate = 2014-03-12\ntags = ['a', 'b']\n+++\nText",
        "---toml\ntitle = 'On: trust'\ndate = 2014-03-12\ntags = ['a', 'b']\n---\nText",
        ";;;\n{\n\"title\": \"On: trust\", \"date\": \"2014-03-12\",\n \"tags\": [\"a\", \"b\"]}\n;;;\nText",
        "{\n\"title\": \"On: trust\", \"date\": \"2014-03-12\", \"tags\": [\"a\", \"b\"]}\nText",
    ] {
        let found = split(text).unwrap();
        assert_eq!(found.warning, None, "{text}");
        assert_eq!(found.fields.text(&["title"]), Some("On: trust"), "{text}");
        assert_eq!(found.fields.text(&["date"]), Some("2014-03-12"), "{text}");
        assert!(matches!(found.fields.get("tags"), Some(Value::List(tags)) if tags.len() == 2));
        assert_eq!(text.get(found.text..).unwrap().trim(), "Text");
    }
}

#[test]
fn bare_lines_are_front_matter_where_they_name_a_title_or_date() {
    let found = split("Title: On trust\nCategory: a\n\nText").unwrap();
    assert_eq!(found.fields.text(&["title"]), Some("On trust"));
    for text in [
        "Note: this\n\nText",
        "Title: x\nDate: y\n",
        "Title: x\n---\n\nText",
        "Text\n\nTitle: x",
        "Base Header Level: 2\nTitle: x\n\nText",
        "std::string and more\n\nText",
        "---\n\nprose\n\n---\nText",
        "---\nProse goes on.\n\nNote: it ends.\n---\nText",
        "---\ntitle: no end",
        "<!-- a comment -->\n\nText",
    ] {
        assert_eq!(split(text), None, "{text}");
    }
}

#[test]
fn what_is_broken_is_read_piece_by_piece_and_warned_of() {
    for (text, title, tags) in [
        (
            "---\ntitle: On: trust: \"x\ntags:\n  - a\n  - b\n---\nText",
            "On: trust: \"x",
            2,
        ),
        (
            "---\ntags: [a, b, c]\ntitle: [Draft] On trust\n---\nText",
            "[Draft] On trust",
            3,
        ),
        (
            "---\ntags: [a, b\ntitle: >\n  On\n  trust\nbad: @x\n---\nText",
            "On trust",
            0,
        ),
        (
            "+++\ntitle = On trust\ntags = [a]\n+++\nText",
            "On trust",
            1,
        ),
    ] {
        let found = split(text).unwrap();
        assert!(found.warning.is_some(), "{text}");
        assert_eq!(found.fields.text(&["title"]), Some(title), "{text}");
        let listed = match found.fields.get("tags") {
            Some(Value::List(tags)) => tags.len(),
            _ => 0,
        };
        assert_eq!(listed, tags, "{text}");
    }
}

#[test]
fn hostile_yaml_is_bounded() {
    let bomb = format!(
        "---\ntitle: x\na: {}{}\nb: &b [*b, *b]\n---\n",
        "[".repeat(900),
        "]".repeat(900)
    );
    let found = split(&bomb).unwrap();
    assert_eq!(found.fields.text(&["title"]), Some("x"));
}
