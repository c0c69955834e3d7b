//! What pages say of themselves, in the forms and the broken forms that they say it.

use super::json_ld::Linked;
use super::{Page, names, titles};

#[test]
fn a_title_is_the_pages_own_without_its_site() {
    for (shared, own, heading, site, expected) in [
        ("", "On trust | The Post", "On trust", "", "On trust"),
        ("On trust - The Post", "x", "", "The Post", "On trust"),
        (
            "",
            "The Post: On trust and fees",
            "On trust and fees",
            "",
            "On trust and fees",
        ),
        (
            "",
            "Pipes - a short history",
            "",
            "",
            "Pipes - a short history",
        ),
        ("On trust", "Other", "The Post", "The Post", "On trust"),
        ("", "", "On trust", "", "On trust"),
    ] {
        let shared: Vec<String> = (!shared.is_empty())
            .then(|| shared.to_owned())
            .into_iter()
            .collect();
        let headings: Vec<String> = (!heading.is_empty())
            .then(|| heading.to_owned())
            .into_iter()
            .collect();
        let found = titles::choose(&titles::Candidates {
            shared: &shared,
            headline: None,
            own,
            headings: &headings,
            lower_headings: &[],
            site: Some(site).filter(|site| !site.is_empty()),
        });
        assert_eq!(found.as_deref(), Some(expected), "{own}");
    }
}

#[test]
fn a_byline_is_parted_into_names() {
    for (line, expected) in [
        ("By Ann Smith and John Doe", vec!["Ann Smith", "John Doe"]),
        ("Written by Ann Smith | 3 June 2013", vec!["Ann Smith"]),
        (
            "Ann Smith, John Doe & Li Wei",
            vec!["Ann Smith", "John Doe", "Li Wei"],
        ),
        ("Smith, Ann", vec!["Smith, Ann"]),
    ] {
        assert_eq!(names::parted(line), expected, "{line}");
    }
    assert!(!names::is_name("https://example.org/ann"));
    assert!(!names::is_name("3 June 2013"));
}

#[test]
fn data_for_machines_is_read_in_any_shape_and_mended_where_it_is_broken() {
    for data in [
        r#"{"@type":"NewsArticle","headline":"On trust","author":"Ann","datePublished":"2013-06-03","keywords":"a, b"}"#,
        r#"[{"@type":"WebSite","name":"Post"},{"@type":["BlogPosting"],"headline":"On trust","author":[{"name":"Ann"}],"datePublished":"2013-06-03","keywords":["a","b"]}]"#,
        r##"{"@graph":[{"@type":"Person","@id":"#ann","name":"Ann"},{"@type":"Article","headline":"On trust","author":{"@id":"#ann"},"datePublished":"2013-06-03","keywords":["a","b"],}]}"##,
        "//<![CDATA[\n{\"@type\":\"Article\",\"headline\":\"On\ntrust\",\"author\":\"Ann\",\"datePublished\":\"2013-06-03\",\"keywords\":\"a,b\"};\n//]]>",
    ] {
        let mut linked = Linked::default();
        linked.take(data);
        let headline = linked.headline.unwrap_or_default();
        assert_eq!(
            headline.split_whitespace().collect::<Vec<_>>(),
            ["On", "trust"],
            "{data}"
        );
        assert_eq!(linked.authors, ["Ann"], "{data}");
        assert_eq!(
            linked.published.unwrap().to_string(),
            "2013-06-03",
            "{data}"
        );
        assert_eq!(linked.topics, ["a", "b"], "{data}");
    }
    let mut linked = Linked::default();
    linked.take("{ this is no data");
    linked.take(&"[".repeat(100_000));
    assert_eq!(linked.headline, None);
}

#[test]
fn facts_are_gathered_from_what_is_marked_before_what_is_shown() {
    let page = Page::read(
        "<html><head><title>On trust</title><meta property='og:locale' content='en_GB'>\
         <link rel=canonical href='https://example.org/trust'></head><body><article>\
         <h1>On trust</h1><p class=byline>By <a rel=author href=/ann>Ann Smith</a></p>\
         <time class='published' datetime='2013-06-03'>yesterday</time><time>1 May 2020</time>\
         <p>Words.</p><a rel=tag href=/t>Banks</a></article></body></html>",
    );
    let facts = page.unwrap().facts;
    assert_eq!(facts.title.as_deref(), Some("On trust"));
    assert_eq!(facts.authors, ["Ann Smith"]);
    assert_eq!(facts.published.unwrap().to_string(), "2013-06-03");
    assert_eq!(facts.address.as_deref(), Some("https://example.org/trust"));
    assert_eq!(facts.topics, ["Banks"]);
    assert_eq!(facts.language, crate::document::Language::from_tag("en-GB"));
}
