//! Pieces of HTML and the text with ranges that each must become.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;
use crate::document::{Block, Container, Item, Language, Marker, SpanKind};

/// Returns a body in a short notation: a line a block, its kind before it, its spans in brackets.
fn shown(body: &Body) -> String {
    let blocks: Vec<String> = body
        .blocks()
        .iter()
        .map(|block| line(body, block))
        .collect();
    blocks.join("\n")
}

fn line(body: &Body, block: &Block) -> String {
    let mut line = String::new();
    for container in &block.containers {
        match container {
            Container::Quotation => line.push_str("> "),
            Container::Item(Item { opens: false, .. }) => line.push_str("  "),
            Container::Item(Item { marker, .. }) => match marker {
                Marker::Bullet => line.push_str("• "),
                Marker::Number(number) => write!(line, "{number}. ").unwrap(),
                Marker::Label(label) => write!(line, "{} ", label.as_str()).unwrap(),
                Marker::Task(done) => write!(line, "[{}] ", if *done { "x" } else { " " }).unwrap(),
            },
        }
    }
    match block.kind {
        BlockKind::Heading { level } => write!(line, "h{level} ").unwrap(),
        BlockKind::Code => line.push_str("code "),
        BlockKind::TableRow { header: true } => line.push_str("head "),
        BlockKind::TableRow { header: false } => line.push_str("row "),
        BlockKind::Image => line.push_str("image "),
        _ => {}
    }
    let mut marks: Vec<(usize, usize, String)> = Vec::new();
    for (order, span) in body.spans_in(block.range).enumerate() {
        let (open, close) = match &span.kind {
            SpanKind::Emphasis => ("_", "_".to_owned()),
            SpanKind::Strong => ("*", "*".to_owned()),
            SpanKind::Code => ("`", "`".to_owned()),
            SpanKind::Deleted => ("~", "~".to_owned()),
            SpanKind::Link(address) => ("[", format!("]({address})")),
        };
        marks.push((span.range.start as usize, order, open.to_owned()));
        marks.push((span.range.end as usize, usize::MAX - order, close));
    }
    // What closes at a place stands before what opens there.
    marks.sort_by_key(|(at, order, _)| (*at, *order < usize::MAX / 2, *order));
    let mut at = block.range.start as usize;
    for (place, _, mark) in marks {
        line.push_str(&body.text()[at..place]);
        line.push_str(&mark);
        at = place;
    }
    line.push_str(&body.text()[at..block.range.end as usize]);
    line.replace('\n', "⏎").replace('\t', "|")
}

fn assert_all(cases: &[(&str, &str)]) {
    for (html, expected) in cases {
        assert_eq!(
            shown(&body(html, Some("http://example.org/a/b"))),
            *expected,
            "{html}"
        );
    }
}

#[test]
fn paragraphs_end_where_the_next_begins() {
    assert_all(&[
        ("<p>one<p>two</p>three", "one\ntwo\nthree"),
        ("one<div>two</div>three", "one\ntwo\nthree"),
        (
            "<p>a &amp; b&nbsp;c &eacute; &#8217; &lt;p&gt;</p>",
            "a & b\u{a0}c é ’ <p>",
        ),
        (
            "<p>one<br>two<br><br>three<br/>\n&nbsp;<br/>four</p>",
            "one⏎two\nthree\nfour",
        ),
        (
            "<p>one</p><p>&nbsp;</p><p><code> </code><br /><code><br /></code></p><p>two</p>",
            "one\ntwo",
        ),
        (
            "<p>un<b></b>broken <span>word</span>s</p>",
            "unbroken words",
        ),
        ("<p>one<hr>two", "one\n* * *\ntwo"),
        ("</p>text</div></b>", "text"),
        ("", ""),
    ]);
}

#[test]
fn spans_close_in_any_order_and_end_with_their_block() {
    assert_all(&[
        (
            "<p><em>a</em> <strong>b</strong> <code>c</code> <del>d</del></p>",
            "_a_ *b* `c` ~d~",
        ),
        (
            "<p>x <b>bold <i>both</b> italic</i> none</p>",
            "x *bold _both_* _italic_ none",
        ),
        ("<p><b>open</p><p>closed</p>", "*open*\nclosed"),
        (
            "<b><p>one</p><p>two</p></b><p>three</p>",
            "*one*\n*two*\nthree",
        ),
        (
            "<p><a href='/x'>one <a href='y'>two</a> three</p><p>four</p>",
            "[one](http://example.org/x) [two](http://example.org/a/y) three\nfour",
        ),
        (
            "<p><a href='javascript:x()'>one</a> <a name=y>two</a> <a href='#z'>three</a></p>",
            "one two three",
        ),
        ("<p>He said <q>yes</q>.</p>", "He said “yes”."),
    ]);
}

#[test]
fn lists_nest_and_count_as_their_author_did() {
    assert_all(&[
        ("<ul><li>one<li>two</ul>after", "• one\n• two\nafter"),
        (
            "<ol start=3><li>three<li value=7>seven<li>eight</ol>",
            "3. three\n7. seven\n8. eight",
        ),
        ("<ol reversed start=2><li>two<li>one</ol>", "2. two\n1. one"),
        (
            "<ul><li>one<ol><li>inner</ol>more</li><li>two</li></ul>",
            "• one\n  1. inner\n  more\n• two",
        ),
        (
            "<ul><li><p>one</p><p>more</p></li><li></li><li>two</ul>",
            "• one\n  more\n• two",
        ),
        ("<li>alone", "• alone"),
        (
            "<ul><li><input type=checkbox checked> done<li><input type=checkbox> open</ul>",
            "[x] done\n[ ] open",
        ),
        (
            "<dl><dt>term<dd>what it means<dt>other<dd>that</dl>",
            "*term*\nwhat it means\n*other*\nthat",
        ),
        (
            "<blockquote><p>one<ul><li>two</ul></blockquote>three",
            "> one\n> • two\nthree",
        ),
    ]);
    let tight = body("<ul><li>a<li>b</ul>", None);
    let loose = body("<ul><li><p>a</p><li><p>b</p></ul>", None);
    assert_eq!((tight.text(), loose.text()), ("a\nb", "a\n\nb"));
}

#[test]
fn headings_begin_at_the_highest_level_that_the_text_has() {
    assert_all(&[
        (
            "<h2>one</h2><p>x</p><h4>two</h4><h2>three</h2>",
            "h1 one\nx\nh2 two\nh1 three",
        ),
        ("<h1>a<br>b</h1>x", "h1 a b\nx"),
        ("<h3>never closed<p>x", "h1 never closed\nx"),
        ("<h3><div>in</div></h3>x", "h1 in\nx"),
    ]);
}

#[test]
fn code_keeps_its_lines() {
    assert_all(&[
        (
            "<pre>\n<code>a  b\n\n  c</code>\n</pre>after",
            "code a  b⏎⏎  c\nafter",
        ),
        ("<pre>a<br>b</pre>", "code a⏎b"),
    ]);
}

#[test]
fn tables_of_data_are_rows_and_those_of_layout_are_not() {
    assert_all(&[
        (
            "<table><tr><th>a<th>b<tr><td>1<td>2</table>",
            "head a|b\nrow 1|2",
        ),
        (
            "<table><caption>c</caption><thead><tr><td>a</td><td>b</td></tr></thead><tr><td><p>1</p><p>x</p></td><td></td><td>3</td></tr></table>z",
            "c\nhead a|b\nrow 1 x||3\nz",
        ),
        (
            "<table><tr><td colspan=2>wide</td><td>c</td></tr><tr><td>1<td>2<td>3</table>",
            "row wide||c\nrow 1|2|3",
        ),
        (
            "<table><tr><th>Town<th>Year<th>Rain<tr><td rowspan=2>York<td>1900<td>77<tr><td>1910<td>82<tr><td>Leeds<td>1900<td rowspan=3>60<tr><td>Hull<td>1900</table>",
            "head Town|Year|Rain\nrow York|1900|77\nrow |1910|82\nrow Leeds|1900|60\nrow Hull|1900",
        ),
        (
            "<table><tr><td colspan=2 rowspan=2>wide<td>c<tr><td>d<tr><td>1<td>2<td>3</table>",
            "row wide||c\nrow ||d\nrow 1|2|3",
        ),
        (
            "<table><tr><td><h1>Page</h1><p>text</td><td>side</td></tr></table>",
            "h1 Page\ntext\nside",
        ),
        (
            "<table><tr><td>alone</td></tr><tr><td>two</td></tr></table>",
            "alone\ntwo",
        ),
        (
            "<table><tr><td><table><tr><td>a<td>b<tr><td>c<td>d</table></td></tr></table>",
            "row a|b\nrow c|d",
        ),
        (
            "<table><tr><td>a<td>b<tr><td>never<td>closed",
            "row a|b\nrow never|closed",
        ),
    ]);
}

#[test]
fn pictures_and_films_are_told_by_their_words_and_addresses() {
    assert_all(&[
        (
            "<p><a href='/f'><img alt='cover' src=x></a>Text.</p>",
            "image [cover](http://example.org/f)\nText.",
        ),
        (
            "<p>Text <a href='/f'><img alt='photo'></a> goes on.</p>",
            "Text goes on.\nimage [photo](http://example.org/f)",
        ),
        (
            "<p>Well <img alt=':-)'> yes <img alt=''> <img alt=dot width=1></p>",
            "Well :-) yes",
        ),
        (
            "<p>So <img alt='{\\displaystyle E=mc^{2}}'> holds <img alt=':D'> here</p>",
            "So {\\displaystyle E=mc^{2}} holds :D here",
        ),
        (
            "<p>10<sup>−3</sup> of CO<sub>2</sub>, 2<sup>nd</sup>, x<sup>2k</sup>, told.<sup><a href=/n>1</a></sup> <sup>2<p>2",
            "10⁻³ of CO₂, 2nd, x^(2k), told.[¹](http://example.org/n) ²\n2",
        ),
        (
            "<table><tr><th>a<th>b<tr><td>1<td><ul><li>x<li>y</ul></table>",
            "head a|b\nrow 1|• x • y",
        ),
        (
            "<table><tr><td class=rouge-gutter><pre class=lineno>1\n2</pre></td><td class=rouge-code><pre>a\nb</pre></td></tr></table>",
            "code a⏎b",
        ),
        (
            "<p>See:<br><iframe src='//player.vimeo.com/video/1'>no frames</iframe></p>",
            "See:\nVideo: [player.vimeo.com/video/1](http://player.vimeo.com/video/1)",
        ),
        (
            "<iframe src='/e' />after",
            "Embedded page: [example.org/e](http://example.org/e)\nafter",
        ),
        (
            "<video><source src='v.mp4'><source src='v.ogg'>Your browser is old.</video>after",
            "Video: [example.org/a/v.mp4](http://example.org/a/v.mp4)\nafter",
        ),
        (
            "<iframe src='http://stats.example' width=0 height=0></iframe>x",
            "x",
        ),
    ]);
}

#[test]
fn what_a_page_hides_is_no_text() {
    assert_all(&[
        (
            "<script>if (a < b) { '</p>' }</script><style>p {}</style><!-- no --><p>yes",
            "yes",
        ),
        ("<p hidden>no<p>yes", "yes"),
        (
            "<div style='Display : none'>no <div>no</div> no</div>yes",
            "yes",
        ),
        ("<ul><li hidden>no</ul><p>yes", "yes"),
        (
            "<noscript>no</noscript><template>no</template><svg><title>no</title></svg>yes",
            "yes",
        ),
    ]);
}

#[test]
fn depth_has_a_floor_and_words_are_kept_below_it() {
    for tag in ["div", "blockquote", "b", "table", "li", "ul"] {
        let html = format!("{}deep", format!("<{tag}>").repeat(20_000));
        assert!(body(&html, None).text().ends_with("deep"), "{tag}");
    }
}

#[test]
fn a_line_of_html_is_decoded_and_what_is_no_html_stays() {
    for (html, expected) in [
        ("Future models &#8211; Options", "Future models – Options"),
        ("<b>Bold</b> &amp; brave", "Bold & brave"),
        ("1 < 2", "1 < 2"),
        ("I <3 you", "I <3 you"),
        ("plain", "plain"),
    ] {
        assert_eq!(super::line(html), expected);
    }
    for (value, expected) in [
        (
            "How the <template> element works",
            "How the <template> element works",
        ),
        ("On <em>trust</em> &amp; care", "On trust & care"),
        ("Who &#8217; what", "Who ’ what"),
    ] {
        assert_eq!(super::value(value), expected);
    }
}

proptest! {
    #[test]
    fn any_order_of_tags_makes_a_sound_body(pieces in proptest::collection::vec(piece(), 0..60)) {
        let body = body(&pieces.concat(), None);
        prop_assert_eq!(Body::from_raw(body.clone().into_raw()), body);
    }
}

fn piece() -> impl Strategy<Value = String> {
    let names = "p|div|ul|ol|li|b|i|a href='x'|table|tr|td|th|thead|caption|pre|code|h1|h3|blockquote|q|dl|dt|dd|video|span|p hidden|title|body";
    let names: Vec<&'static str> = names.split('|').collect();
    prop_oneof![
        proptest::sample::select(names.clone()).prop_map(|name| format!("<{name}>")),
        proptest::sample::select(names)
            .prop_map(|name| format!("</{}>", name.split(' ').next().unwrap_or(name))),
        proptest::sample::select(vec![
            "word ",
            " ",
            "é\u{a0}",
            "<br>",
            "<hr>",
            "<img alt=pic>",
            "<source src=y>",
            "<iframe src=z></iframe>",
            "\n"
        ])
        .prop_map(str::to_owned),
    ]
}

#[test]
fn a_footnote_is_led_to_and_back() {
    let body = body(
        "<p id=p1>Trust<a href='#fn-1' id=back>1</a> is <a href='#top'>first</a>, <a href='#caf%C3%A9'>x</a>.</p>\
         <p>More<a name='café'></a> words</p><ol><li id=other>no</li><li id='fn-1'>Note <a href='#back'>up</a></li></ol>",
        None,
    );
    let places: Vec<(&str, &str)> = body
        .destinations()
        .iter()
        .map(|one| (one.name.as_str(), &body.text()[one.at as usize..]))
        .map(|(name, rest)| (name, rest.split(['\n', ' ']).next().unwrap()))
        .collect();
    assert_eq!(places, [("back", "1"), ("café", ""), ("fn-1", "Note")]);
    assert!(shown(&body).starts_with("Trust[1](#fn-1) is first, [x](#café)."));
}

#[test]
fn a_chapter_of_a_book_has_the_links_and_places_that_its_reader_wants() {
    let (body, head) = chapter(
        "<html lang='de'><head><title/><title>Eins</title></head><body><p/><i/>\
         <h1 id='c1'>Eins</h1><p>Ein <a id='here'/>Wort <a href='zwei.xhtml#n'>dort</a> <a href='x'>und</a></p></body></html>",
        &|href| {
            href.strip_prefix("zwei.xhtml")
                .map(|rest| format!("recto:zwei{rest}"))
        },
        &|name| name == "here",
    );
    assert_eq!(shown(&body), "h1 Eins\nEin Wort [dort](recto:zwei#n) und");
    assert_eq!(body.destinations().len(), 1);
    let place = body.destination("here").unwrap() as usize;
    assert!(body.text()[place..].trim_start().starts_with("Wort dort"));
    assert_eq!(head.title().as_deref(), Some("Eins"));
    assert_eq!(head.language, Language::from_tag("de"));
}

#[test]
fn a_heading_that_is_a_button_has_its_words() {
    assert_all(&[
        (
            "<h2><button>Who pays?</button></h2><p>You.</p>",
            "h1 Who pays?\nYou.",
        ),
        ("<p>Words <button>Press</button> here.</p>", "Words here."),
    ]);
}
