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
