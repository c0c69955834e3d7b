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
            within_article: &[],
            mastheads: &[],
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
        ("By Ann Smith on Jun 03, 2013 at 11:30a", vec!["Ann Smith"]),
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
    assert!(!names::is_name("By"));
    assert!(!names::is_name("Name *"));
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
        None,
        true,
    );
    let facts = page.unwrap().facts;
    assert_eq!(facts.title.as_deref(), Some("On trust"));
    assert_eq!(facts.authors, ["Ann Smith"]);
    assert_eq!(facts.published.unwrap().to_string(), "2013-06-03");
    assert_eq!(facts.address.as_deref(), Some("https://example.org/trust"));
    assert_eq!(facts.topics, ["Banks"]);
    assert_eq!(facts.language, crate::document::Language::from_tag("en-GB"));
}

/// Reads a page of which nothing is known but what it says.
fn read(page: &str) -> Option<Page> {
    Page::read(page, None, true)
}

/// Returns the words of a page's article.
fn article(body: &str) -> String {
    let page = format!("<html><head><title>On trust</title></head><body>{body}</body></html>");
    let mut page = read(&page).unwrap();
    let mut text = String::new();
    page.article(&mut |out| {
        if let super::Out::Token(html5ever::tokenizer::Token::CharacterTokens(words)) = out {
            text.push_str(&words);
        }
    });
    text
}

/// Returns the rows of a page, made one by one.
fn rows<T>(of: impl IntoIterator<Item = T>, row: impl Fn(T) -> String) -> String {
    of.into_iter().map(row).collect()
}

/// Returns paragraphs that say that they are of `what`.
fn paragraphs(what: &str, count: usize) -> String {
    (0..count).fold(String::new(), |all, at| {
        all + &format!(
            "<p>Paragraph {at} of {what} says at length, in a sentence of its own and with more words than any \
             label has, what there is to say about it, and then it says, in a second part, why that is so.</p>"
        )
    })
}

#[test]
fn what_names_say_of_an_article_does_not_cost_its_text() {
    let (text, other) = (paragraphs("the text", 6), paragraphs("the other", 2));
    let title = "<h1>On trust</h1>";
    for (page, case) in [
        (
            format!(
                "<article>{title}{}</article>",
                text.replace("<p>", "<p class=paywall>")
            ),
            "a name that marks what is sold marks the text",
        ),
        (
            format!(
                "<main>{title}<section class='Report__Part Report__Part--Ads'>{text}</section></main>{other}"
            ),
            "a variant with advertising",
        ),
        (
            format!("<div class='o-row sidebar-layout--140'>{title}{text}</div>"),
            "a frame with a sidebar in it",
        ),
        (
            format!("<div><div class='page-noRightRail'>{title}{text}</div></div>{other}"),
            "a frame without one",
        ),
        (
            format!(
                "<iframe>{}</iframe><div>{title}{text}</div>",
                paragraphs("what no browser shows", 30)
            ),
            "words in the element of a page within the page",
        ),
    ] {
        let found = article(&page);
        for at in 0..6 {
            assert!(
                found.contains(&format!("Paragraph {at} of the text")),
                "{case}: {at}"
            );
        }
    }
}

#[test]
fn what_stands_beside_an_article_is_left_out_by_what_it_is() {
    let text = paragraphs("the text", 4);
    let title = "<h1>On trust</h1>";
    let row = |what: &str| {
        format!(
            "<li><h3><a href=/{what}>Why {what} matters to all of us</a></h3><p>The other matter of {what} is told \
             here in short, so that who reads it wants to read the rest of it as well.</p></li>"
        )
    };
    let rows_of_others = rows(["rust", "gold", "salt", "iron", "lead", "zinc"], row);
    let others = |heading: &str| {
        format!(
            "<article class=full><h1>{heading}</h1>{}</article>",
            paragraphs("the other", 9)
        )
    };
    let captions = rows(0..12, |at| {
        format!(
            "<li>The other picture {at} shows what was to be seen there on that day, from afar.</li>"
        )
    });
    for (page, case) in [
        (
            format!("<div>{title}{text}<ul>{rows_of_others}</ul></div>"),
            "rows that lead to other articles",
        ),
        (
            format!(
                "<div><article class=full>{title}{text}</article>{}{}</div>",
                others("On gold"),
                others("On salt")
            ),
            "articles that follow the one asked for",
        ),
        (
            format!(
                "<div>{title}{text}</div><div class=sidebar>{}</div>",
                paragraphs("the other", 4)
            ),
            "a sidebar as large as the text",
        ),
        (
            format!(
                "<div><div class=article-texte>{title}{text}</div><div id=comentarios>{}</div></div>",
                paragraphs("the other", 9)
            ),
            "comments under a Spanish name",
        ),
        (
            format!(
                "<article>{title}{}<div class=gallery><ul>{captions}</ul></div></article>",
                paragraphs("the text", 12)
            ),
            "a gallery of pictures with their words",
        ),
    ] {
        let found = article(&page);
        assert!(found.contains("Paragraph 3 of the text"), "{case}");
        assert!(
            !found.contains("the other") && !found.contains("The other"),
            "{case}: {found}"
        );
    }
}

#[test]
fn a_list_of_articles_is_kept_where_it_is_the_page() {
    let rows = rows(0..8, |at| {
        format!(
            "<li><h3><a href=/{at}>The matter of {at}</a></h3><p>Matter {at} is told here in short, so that who \
             reads it reads on.</p></li>"
        )
    });
    let found = article(&format!("<h1>On trust</h1><ul>{rows}</ul>"));
    assert!(found.contains("Matter 7 is told"));
}

#[test]
fn a_paragraph_is_said_twice_only_where_it_was_written_twice() {
    let (one, more) = (
        paragraphs("the text", 1).replace("why that is so", &"why that is so, ".repeat(9)),
        paragraphs("more", 3),
    );
    let count = |page: &str| article(page).matches("Paragraph 0 of the text").count();
    assert_eq!(
        count(&format!(
            "<article><div>{one}</div><div>{one}{more}</div></article>"
        )),
        1
    );
    assert_eq!(
        count(&format!("<article><div>{one}{more}{one}</div></article>")),
        2
    );
}

#[test]
fn verses_are_found_by_the_name_of_their_place() {
    let verses = "I have more to say<br>and cannot say it<br>".repeat(8);
    let menu = rows(0..200, |at| {
        format!("<li><a href=/{at}>Song number {at}</a></li>")
    });
    let found = article(&format!(
        "<ul>{menu}</ul><div class=entry-content>{verses}</div><ul>{menu}</ul>"
    ));
    assert!(
        found.contains("cannot say it") && !found.contains("Song number"),
        "{found}"
    );
}

/// Returns of each post of a thread its author, its depth, what it answers, and the words of it.
fn thread(body: &str) -> Vec<(String, u8, Option<u32>, String)> {
    let page = format!("<html><head><title>On trust</title></head><body>{body}</body></html>");
    let mut posts: Vec<(String, u8, Option<u32>, String)> = Vec::new();
    read(&page).unwrap().article(&mut |out| match out {
        super::Out::Part(head) => {
            posts.push((
                head.author.unwrap_or_default(),
                head.depth,
                head.reply_to,
                String::new(),
            ));
        }
        super::Out::Token(html5ever::tokenizer::Token::CharacterTokens(words)) => {
            if let Some((.., text)) = posts.last_mut() {
                text.push_str(&words);
            }
        }
        super::Out::Token(_) => {}
    });
    posts
}

#[test]
fn a_reply_is_told_by_where_it_stands() {
    let says = |who: &str| {
        format!(
            "<div class=head><span class=username>{who}</span></div><div class=text>{}</div>",
            paragraphs(who, 1)
        )
    };
    let within = |who: &str, replies: &str| {
        format!(
            "<li class=comment>{}<ul class=children>{replies}</ul></li>",
            says(who)
        )
    };
    let beside = |who: &str, replies: &str| {
        format!(
            "<li class=subtree><div class=comment>{}</div><ol>{replies}</ol></li>",
            says(who)
        )
    };
    let all = |post: &dyn Fn(&str, &str) -> String| {
        let replies = post("bea", &post("cem", "")) + &post("dan", "");
        format!(
            "<div id=page><ul>{}{}</ul></div>",
            post("ann", &replies),
            post("eve", "")
        )
    };
    for page in [all(&within), all(&beside)] {
        let posts = thread(&page);
        let told: Vec<(&str, u8, Option<u32>)> = posts
            .iter()
            .map(|(who, depth, answers, _)| (who.as_str(), *depth, *answers))
            .collect();
        assert_eq!(
            told,
            [
                ("ann", 0, None),
                ("bea", 1, Some(0)),
                ("cem", 2, Some(1)),
                ("dan", 1, Some(0)),
                ("eve", 0, None)
            ],
            "{page}"
        );
        for (who, _, _, text) in &posts {
            assert_eq!(text.matches("Paragraph 0 of").count(), 1, "{who}: {text}");
            assert!(text.contains(&format!("Paragraph 0 of {who}")), "{text}");
        }
    }
}

#[test]
fn posts_side_by_side_answer_nobody() {
    let posts = rows(["ann", "bea", "cem"], |who| {
        format!(
            "<div class=post><div class=post><b class=author>{who}</b></div>{}</div>",
            paragraphs(who, 2)
        )
    });
    let posts = thread(&format!(
        "<div id=page><div class=posts>{posts}</div></div>"
    ));
    assert_eq!(posts.len(), 3);
    assert!(
        posts
            .iter()
            .all(|(_, depth, answers, _)| *depth == 0 && answers.is_none())
    );
}

#[test]
fn lists_of_other_articles_below_a_text_go_and_those_it_introduces_stay() {
    let list = "<ul><li><a href=/1>The ferry that nobody asked for</a></li>\
                <li><a href=/2>A bridge is promised once again</a></li></ul>";
    let page = |before: &str| {
        article(&format!(
            "<article><h1>On trust</h1><div class=entry-content>{}{before}{list}</div></article>",
            paragraphs("the text", 4)
        ))
    };
    assert!(!page("").contains("The ferry"));
    assert!(!page("<p>Zum Weiterlesen:</p>").contains("The ferry"));
    assert!(page("<p>I drew on two reports:</p>").contains("The ferry"));
}

#[test]
fn a_piece_that_is_named_as_the_text_is_not_all_of_it() {
    let pieces = rows(0..6, |at| {
        paragraphs(&format!("piece {at}"), 1).replace("<p>", "<p class=richtext>")
    });
    let page = article(&format!(
        "<article><h1>On trust</h1>{pieces}<div class=richtext>{}</div></article>",
        paragraphs("the hint", 2)
    ));
    assert!(page.contains("Paragraph 0 of piece 5"), "{page}");
    assert!(page.contains("Paragraph 1 of the hint"), "{page}");
}

#[test]
fn an_article_and_what_a_reader_wrote_below_it_are_no_thread() {
    let page = read(&format!(
        "<html><body><article id=post-1><h1>On trust</h1><div class=entry-content>{}</div></article>\
         <div id=comments><ol><li class=comment><article class=comment-body>{}</article></li></ol></div>",
        paragraphs("the text", 4),
        paragraphs("a reader", 2)
    ));
    assert_eq!(page.unwrap().article.len(), 1);
}

#[test]
fn a_date_is_found_by_the_heading_and_an_author_not_among_readers() {
    let page = read(&format!(
        "<html><head><title>On trust</title></head><body><h1>On trust</h1><p>Freitag | 14. Juni 2019 | 15:49</p>{}\
         <div class=comments><span class=author>Bea Cole</span> <time>3 July 2019</time></div>",
        paragraphs("the text", 4)
    ))
    .unwrap();
    assert_eq!(
        page.facts.published.map(|date| date.to_string()).as_deref(),
        Some("2019-06-14")
    );
    assert!(page.facts.authors.is_empty(), "{:?}", page.facts.authors);
}
