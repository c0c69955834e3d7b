//! What is the article of a page, and what stands beside it: by what names it bears, by its links, by its words.

use crate::format::testing::read_one;

const FIRST: &str = "Trust is a set of habits that govern how people share what they have. All towns have to manage the \
    way they use their water, and some of them do it by a council that meets in the evening, in the hall by the well.";
const SECOND: &str = "Who came late to the council had to mend a wall. Nobody wrote that down, because everybody who \
    lived there knew it, and those who did not know it were told by the one who had mended the wall the year before.";
const THIRD: &str = "When the well ran dry, the council met at noon. It was the only time that anybody remembers, and the \
    wall that was mended in that year is the highest of them all, although it keeps nothing in and nothing out.";

/// Reads a page with the three paragraphs where it has 1, 2 and 3, and returns its text with these numbers again.
fn read(page: &str) -> String {
    let numbered = [("<1>", FIRST), ("<2>", SECOND), ("<3>", THIRD)];
    let mut page = format!("<html><head><title>On walls</title></head><body>{page}</body></html>");
    for (number, words) in numbered {
        page = page.replace(number, words);
    }
    let mut text = read_one("a.html", &page).body.text().to_owned();
    for (number, words) in numbered {
        text = text.replace(words, number.trim_matches(['<', '>']));
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn check(cases: &[(&str, &str)]) {
    for (page, expected) in cases {
        assert_eq!(read(page), *expected, "{page}");
    }
}

#[test]
fn a_body_in_pieces_is_read_whole() {
    check(&[
        (
            "<h1>On walls</h1><div class=articleBody><p><1></div><div class=promo>Walls!</div>\
             <div class=articleBody><p><2><p><3><p><2></div>",
            "1 2 3 2",
        ),
        (
            "<h1>On walls</h1><div id=node-body-top><p><1></div><div>Advertise here</div>\
             <div id=node-body-bottom><p><2><p><3></div>",
            "1 2 3",
        ),
        // What is named otherwise, and stands elsewhere, is no piece.
        (
            "<h1>On walls</h1><div><div class=articleBody><p><1><p><2></div></div><div class=other><p><3></div>",
            "1 2",
        ),
    ]);
}

#[test]
fn what_stands_beside_a_column_of_text_is_left_out_where_it_is_no_text() {
    const ITEM: &str = "the many stones of the wall by the other well, and some of the sand ";
    let teaser = "<div><a href=/a>A wall that fell down at night</a><div>It fell in the night when nobody was there to \
        see it, and was up again by noon.</div></div>";
    let label = "<div>Low<div>Below the mark that was set by those who set it<br>High</div></div>";
    let items = format!("<li>{ITEM}").repeat(12);
    let column = "<div class=x><h1>On walls</h1><p><1><p><2><p><3></div>";
    let cases: [(&str, &str); 4] = [
        // Teasers, each below a title that leads there.
        (&format!("<div class=y>{}</div>", teaser.repeat(6)), "1 2 3"),
        // Labels of a tool.
        (&format!("<div class=y>{}</div>", label.repeat(6)), "1 2 3"),
        // A list of what is short is text where it leads nowhere, and so is what has sentences.
        (
            &format!("<div class=y><ul>{items}</ul></div>"),
            &format!("1 2 3 {}", ITEM.repeat(12).trim()),
        ),
        ("<div class=y><p><1></div>", "1 2 3 1"),
    ];
    for (beside, expected) in cases {
        assert_eq!(read(&format!("{column}{beside}")), expected, "{beside}");
    }
}

#[test]
fn what_is_hidden_by_its_class_is_left_out_where_it_is_not_the_page() {
    check(&[
        (
            "<h1>On walls</h1><div class='note hidden'>Dear subscriber, order copies.</div><p><1><p><2>",
            "1 2",
        ),
        ("<h1>On walls</h1><p><1><p class=d-none><2><p><3>", "1 3"),
        // A script shows it once all is loaded.
        (
            "<h1>On walls</h1><div class=hidden><p><1><p><2><p><3></div>",
            "1 2 3",
        ),
    ]);
}

#[test]
fn what_names_say_leads_elsewhere_is_left_out() {
    for name in [
        "printSummary",
        "leave-comment",
        "most_viewed",
        "editors-picks",
        "followUs",
    ] {
        let page = format!(
            "<h1>On walls</h1><p><1><div class={name}><p>What others said of walls, and of those who mend them.</div>\
             <p><2><p><3>"
        );
        assert_eq!(read(&page), "1 2 3", "{name}");
    }
}

#[test]
fn a_page_within_the_page_is_told_of_where_it_shows_something() {
    check(&[
        (
            "<h1>On walls</h1><p><1><iframe src='//ads.example.org/static/counter.php'></iframe><p><2>",
            "1 2",
        ),
        (
            "<h1>On walls</h1><p><1><p><iframe src='https://example.org/embed/walls'></iframe><p><2>",
            "1 Embedded page: example.org/embed/walls 2",
        ),
    ]);
}

#[test]
fn the_head_of_the_page_is_left_out_where_the_title_is_not_in_it() {
    let news = "<p>Traffic: the road by the old wall is closed until the evening.</p>";
    check(&[
        (
            &format!("<div id=header>{news}</div><div id=main><h1>On walls</h1><p><1><p><2></div>"),
            "1 2",
        ),
        // Templates call so what holds the whole page.
        ("<div id=header><h1>On walls</h1><p><1><p><2></div>", "1 2"),
    ]);
}

#[test]
fn a_request_for_consent_is_known_by_its_words_alone() {
    let text = "<div><h1>On walls</h1><p><1><p><2><p><3><p><1></div>";
    for notice in [
        "We use cookies to make this site better. <a href=/c>More</a>",
        "<h4>Cookies</h4><p>Wir verwenden Cookies, damit alles besser wird.</p><p>Einverstanden</p>",
        "Nous utilisons des cookies\n pour tout rendre meilleur.",
        "Ta strona u\u{17c}ywa plik\u{f3}w cookie.",
    ] {
        let before = format!("<div class=x1>{notice}</div>{text}");
        let after = format!("{text}<div class=x1>{notice}</div>");
        assert_eq!(read(&before), "1 2 3 1", "{before}");
        assert_eq!(read(&after), "1 2 3 1", "{after}");
    }
    check(&[
        // A text may say so of itself.
        (
            "<div><h1>On walls</h1><p><1><p>We use cookies to pay those who mend the walls.<p><2><p><3></div>",
            "1 We use cookies to pay those who mend the walls. 2 3",
        ),
        (
            "<article><h1>On walls</h1><p>We use cookies to pay those who mend the walls.<p><1><p><2></article>",
            "We use cookies to pay those who mend the walls. 1 2",
        ),
        // Without more than that it is the page.
        (
            "<div>We use cookies to pay those who mend the walls.</div>",
            "We use cookies to pay those who mend the walls.",
        ),
    ]);
    let about = "<html><head><title>Our cookies</title></head><body><h1>Our cookies</h1><div>We use cookies.</div><p>\
        <1><p><2></body></html>"
        .replace("<1>", FIRST)
        .replace("<2>", SECOND);
    assert!(
        read_one("a.html", &about)
            .body
            .text()
            .contains("We use cookies.")
    );
}

#[test]
fn pictures_with_words_of_their_own_are_left_out_of_a_long_text_that_no_name_tells() {
    let slide = "<div class=s><img src=a.png>They mend the wall by the well, in the year when it fell.</div>";
    let gallery = format!("<div class=big_gallery>{}</div>", slide.repeat(20));
    let long = format!(
        "<h1>On walls</h1><div>{gallery}{}</div>",
        "<p><1><p><2><p><3>".repeat(3)
    );
    assert_eq!(read(&long), "1 2 3 1 2 3 1 2 3");
    // A short one is about them.
    let short = format!("<h1>On walls</h1><div>{gallery}<p><1></div>");
    assert!(read(&short).contains("by the well"), "{short}");
}

#[test]
fn what_is_marked_as_beside_an_article_is_left_out_unless_it_is_a_note_a_picture_or_a_quotation() {
    for (aside, expected) in [
        (
            "<aside><h3>Highlights</h3><ul><li>A wall was mended in the evening</ul></aside>",
            "1 2 3",
        ),
        (
            "<aside><p>Walls are mended here by day and by night, and by all who live here.</aside>",
            "1 2 3",
        ),
        (
            "<aside class=admonition><p>Mend it by day.</aside>",
            "1 Mend it by day. 2 3",
        ),
        (
            "<aside role=note><p>Mend it by day.</aside>",
            "1 Mend it by day. 2 3",
        ),
        (
            "<aside><img src=a.png><p>The wall by day.</aside>",
            "1 The wall by day. 2 3",
        ),
        (
            "<aside><blockquote><p>Mend it by day.</blockquote></aside>",
            "1 Mend it by day. 2 3",
        ),
    ] {
        let page = format!("<article><h1>On walls</h1><p><1>{aside}<p><2><p><3></article>");
        assert_eq!(read(&page), expected, "{aside}");
    }
}

#[test]
fn what_stands_beside_a_column_in_a_named_article_is_left_out_where_it_is_no_text() {
    let teaser = "<div><a href=/a>A wall that fell down at night</a><div>It fell in the night when nobody was there to \
        see it, and was up again by noon.</div></div>";
    let column = "<div class=x><h1>On walls</h1><p><1><p><2><p><3></div>";
    let teasers = format!(
        "<article>{column}<div class=y>{}</div></article>",
        teaser.repeat(6)
    );
    assert_eq!(read(&teasers), "1 2 3");
    // A heading with a short word below it is one of its sections.
    let section = format!("<article>{column}<h2>After</h2><div>All is well.</div></article>");
    assert_eq!(read(&section), "1 2 3 After All is well.");
}

#[test]
fn a_block_within_the_text_that_is_there_for_its_links_is_left_out() {
    let link = "<a href=/a>A wall that fell down at night</a>";
    let words = "It fell when nobody was there to see it.";
    for (block, expected) in [
        (format!("<div class=x>{link} {words}</div>"), "1 2 3"),
        // What the text goes by, what a picture shows and the cells of a table have links as well.
        (
            format!("<div class=references>{link} {words}</div>"),
            "1 2 A wall that fell down at night It fell when nobody was there to see it. 3",
        ),
        (
            format!("<div class=wp-caption>{link} {words}</div>"),
            "1 2 A wall that fell down at night It fell when nobody was there to see it. 3",
        ),
        (
            format!("<table><tr><td>1899<td>{words}<tr><td>1900<td>{link}, {words}</table>"),
            "1 2 1899 It fell when nobody was there to see it. 1900 A wall that fell down at night, It fell when nobody \
             was there to see it. 3",
        ),
    ] {
        let page = format!("<article><h1>On walls</h1><p><1><p><2>{block}<p><3></article>");
        assert_eq!(read(&page), expected, "{block}");
    }
}

#[test]
fn the_words_of_a_picture_are_said_once() {
    let caption = "They mend the wall by the well, in the year when it fell.";
    let image = format!("<div class=image><img src=a.png><span>{caption}</span></div>");
    let page = format!("<article><h1>On walls</h1>{image}<p><1>{image}<p><2><p><3></article>");
    assert_eq!(read(&page), format!("{caption} 1 2 3"));
    // What no picture shows may be said again.
    let refrain = format!("<p>{caption}");
    let page = format!("<article><h1>On walls</h1>{refrain}<p><1>{refrain}<p><2><p><3></article>");
    assert_eq!(read(&page), format!("{caption} 1 {caption} 2 3"));
}

#[test]
fn an_article_that_opens_over_the_list_that_it_came_from_is_the_page() {
    let row = "<li><h3><a href=/a>A wall that fell</a></h3><p>It fell in the night when nobody was there to see it, and \
        was up again by noon of the day that came after the night.</li>";
    let list = format!("<ul>{}</ul>", row.repeat(12));
    let page = format!(
        "<div class=modal><div><h1>On walls</h1><article><p><1><p><2></article></div></div><div id=Main>{list}</div>"
    );
    assert_eq!(read(&page), "1 2");
    // What opens over an article and has no title of its own is none.
    let page = "<div class=modal><p><3></div><h1>On walls</h1><div><p><1><p><2></div>";
    assert_eq!(read(page), "1 2");
}

#[test]
fn a_place_that_is_named_after_a_heading_is_text() {
    check(&[
        (
            "<article><h1>On walls</h1><p><1><h2 id=Social_impact>Social impact</h2><p><2>\
             <h2><span class=mw-headline id=Further_reading>Reading on</span></h2><p><3></article>",
            "1 Social impact 2 Reading on 3",
        ),
        (
            "<article><h1>On walls</h1><p><1><section id=command-line-tools class=level2><h2>Command-line tools</h2>\
             <p><2></section><p><3></article>",
            "1 Command-line tools 2 3",
        ),
        // One that says in its class, or by other words, what it is.
        (
            "<article><h1>On walls</h1><p><1><p><2><section id=related-posts class=widget><h2>Related posts</h2>\
             <p>Walls and wells.</section><p><3></article>",
            "1 2 3",
        ),
    ]);
}

#[test]
fn a_word_in_a_table_or_a_list_is_no_call() {
    check(&[
        (
            "<article><h1>On walls</h1><p><1><table><tr><th>Date<th>Open<th>Close<tr><td>1 May<td>3<td>4</table>\
             <p><2><p><3></article>",
            "1 Date Open Close 1 May 3 4 2 3",
        ),
        (
            "<article><h1>On walls</h1><p><1><ul><li>Print<li>Email<li>Stone</ul><p><2><p><3></article>",
            "1 Print Email Stone 2 3",
        ),
        (
            "<article><h1>On walls</h1><p><1><p><2><ul><li><a href=/p>Print</a><li><a href=/e>Email</a></ul><p><3></article>",
            "1 2 3",
        ),
    ]);
}

#[test]
fn what_opens_when_it_is_looked_for_is_read() {
    check(&[(
        "<article><h1>On walls</h1><p><1><div hidden=until-found><p><2></div><div hidden><p>Not this one.</div><p><3></article>",
        "1 2 3",
    )]);
}

#[test]
fn a_heading_introduces_the_last_list_of_an_article_that_is_named() {
    let list = "<ul><li><a href=/a>A wall that fell down at night, by the well</a>\
        <li><a href=/b>The council that met at noon, for once</a></ul>";
    check(&[(
        &format!("<article><h1>On walls</h1><p><1><p><2><p><3><h2>Sources</h2>{list}</article>"),
        "1 2 3 Sources A wall that fell down at night, by the well The council that met at noon, for once",
    )]);
}
