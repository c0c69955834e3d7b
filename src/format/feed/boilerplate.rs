//! What blogs and feed services set after every item and no author wrote: "The post X appeared first on Y",
//! "Continue reading", rows of share buttons. The rules are tables, and look at the end of a body only.
//!
//! A rule must not touch what an author wrote: a sentence about a post that appeared first somewhere is kept wherever
//! it is not the last block in the very form that the programs write.

use super::ending;
use crate::document::{Block, BlockKind, Body, SpanKind};

/// The line that WordPress sets at the end of an item in a feed: how it begins, and what stands between the two names.
/// In the languages that its translations have.
const FIRST_ON: [(&str, &str); 16] = [
    ("The post ", " appeared first on "),
    ("The post ", " first appeared on "),
    ("The article ", " appeared first on "),
    ("Der Beitrag ", " erschien zuerst auf "),
    ("Der Artikel ", " erschien zuerst auf "),
    ("L’article ", " est apparu en premier sur "),
    ("L'article ", " est apparu en premier sur "),
    ("Cet article ", " est apparu en premier sur "),
    ("La entrada ", " se publicó primero en "),
    ("La entrada ", " aparece primero en "),
    ("L'articolo ", " proviene da "),
    ("L’articolo ", " proviene da "),
    ("Het bericht ", " verscheen eerst op "),
    ("O post ", " apareceu primeiro em "),
    ("Artykuł ", " pochodzi z serwisu "),
    ("Inlägget ", " dök först upp på "),
];

/// The longest line of that sort, in bytes: a title and the name of a blog.
const LONGEST_FIRST_ON: usize = 600;

/// The words that lead on from an excerpt to the whole, where they follow an ellipsis or stand as a block of links.
const LEADS_ON: [&str; 6] = [
    "continue reading",
    "read more",
    "keep reading",
    "read the full article",
    "weiterlesen",
    "lire la suite",
];

/// The longest of these with the title that may follow, in bytes.
const LONGEST_LEAD: usize = 300;

/// What buttons to share say, in lower case.
const BUTTONS: [&str; 26] = [
    "share this",
    "share",
    "share on facebook",
    "share on twitter",
    "share on x",
    "share on linkedin",
    "share to facebook",
    "share to x",
    "share to pinterest",
    "tweet",
    "tweet this",
    "email this",
    "blogthis",
    "like this",
    "like",
    "loading",
    "facebook",
    "twitter",
    "linkedin",
    "pinterest",
    "reddit",
    "email",
    "print",
    "digg this",
    "save to del.icio.us",
    "stumble it",
];

/// Where the buttons and the invisible pictures of services lead: parts of their addresses.
const SERVICES: [&str; 9] = [
    "feeds.feedburner.com/~ff/",
    "feeds.feedburner.com/~f/",
    "feedproxy.google.com/~f",
    "feeds.wordpress.com/1.0/",
    "pixel.wp.com/",
    "stats.wordpress.com/",
    "feedsportal.com/",
    "doubleclick.net/",
    "twitter.com/intent/tweet",
];

/// How many blocks at the end are looked at: a row of buttons may come as one block a button.
const MOST_BLOCKS: usize = 16;

/// Returns `body` without what no author wrote at its end.
pub(super) fn without(body: Body) -> Body {
    match end_of_text(&body) {
        Some(at) => ending::cut(body, at),
        None => body,
    }
}

/// Returns the byte where the author's text ends, where something follows. A body of nothing else is left alone.
fn end_of_text(body: &Body) -> Option<usize> {
    let blocks = body.blocks();
    let ours = |block: &&Block| is_boilerplate(body, block);
    let dropped = blocks
        .iter()
        .rev()
        .take(MOST_BLOCKS)
        .take_while(ours)
        .count();
    let kept = blocks.get(..blocks.len() - dropped)?;
    let last = kept.last()?;
    let leads_on = lead_within(body, last);
    if dropped == 0 && leads_on.is_none() {
        return None;
    }
    Some(leads_on.unwrap_or(last.range.end as usize))
}

fn is_boilerplate(body: &Body, block: &Block) -> bool {
    if matches!(block.kind, BlockKind::Code | BlockKind::TableRow { .. }) {
        return false;
    }
    let text = body.slice(block.range);
    appeared_first(text)
        || is_buttons(text) && (has_link(body, block) || ends_with_colon(text))
        || leads_to_services(body, block)
        || is_lead(text) && is_one_link(body, block)
}

fn appeared_first(text: &str) -> bool {
    text.len() <= LONGEST_FIRST_ON
        && FIRST_ON
            .iter()
            .any(|(begin, between)| text.starts_with(begin) && text.contains(between))
}

/// Returns whether a block says nothing but what buttons say.
fn is_buttons(text: &str) -> bool {
    if text.len() > LONGEST_LEAD {
        return false;
    }
    let lower = text.to_lowercase();
    let mut words = lower
        .split(['\n', '|', '·', '•', ',', ':', '!', '…', '.'])
        .map(str::trim)
        .filter(|word| !word.is_empty())
        .peekable();
    words.peek().is_some() && words.all(|word| BUTTONS.contains(&word))
}

fn ends_with_colon(text: &str) -> bool {
    text.ends_with([':', '…']) || text.ends_with("...")
}

fn has_link(body: &Body, block: &Block) -> bool {
    links(body, block).next().is_some()
}

fn links<'b>(body: &'b Body, block: &Block) -> impl Iterator<Item = (&'b str, usize)> {
    body.spans_in(block.range)
        .filter_map(|span| match &span.kind {
            SpanKind::Link(address) => Some((address.as_str(), span.range.len())),
            _ => None,
        })
}

/// Returns whether all of a block is links to services.
fn leads_to_services(body: &Body, block: &Block) -> bool {
    let mut linked = 0;
    for (address, length) in links(body, block) {
        if !SERVICES.iter().any(|service| address.contains(service)) {
            return false;
        }
        linked += length;
    }
    // Between buttons stand blanks and bars.
    linked > 0 && linked * 2 >= body.slice(block.range).len()
}

fn is_one_link(body: &Body, block: &Block) -> bool {
    let linked: usize = links(body, block).map(|(_, length)| length).sum();
    linked * 4 >= body.slice(block.range).len() * 3
}

fn is_lead(text: &str) -> bool {
    text.len() <= LONGEST_LEAD && {
        let lower = text.to_lowercase();
        LEADS_ON.iter().any(|lead| lower.starts_with(lead))
    }
}

/// Returns where a lead begins that follows an ellipsis at the end of a block. The ellipsis stays: it says that the
/// text is cut.
fn lead_within(body: &Body, block: &Block) -> Option<usize> {
    let text = body.slice(block.range);
    let tail = text.len().saturating_sub(LONGEST_LEAD);
    let tail = text.get(text.ceil_char_boundary(tail)..)?;
    let (at, ellipsis) = ["[…]", "[...]", "…", "..."]
        .iter()
        .filter_map(|mark| Some((tail.rfind(mark)?, *mark)))
        .max_by_key(|(at, mark)| at + mark.len())?;
    let end = at + ellipsis.len();
    let after = tail.get(end..)?;
    is_lead(after.trim_start()).then_some(block.range.start as usize + text.len() - after.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::html;

    #[test]
    fn what_no_author_wrote_goes() {
        for (html, expected) in [
            (
                "<p>Text.</p><p>The post <a href='http://a/1'>On trust</a> appeared first on <a href='http://a'>A</a>.</p>",
                "Text.",
            ),
            (
                "<p>Text.</p><p>Der Beitrag <a href='b'>X</a> erschien zuerst auf <a href='a'>Y</a>.</p>",
                "Text.",
            ),
            (
                "<p>It began […] <a href='x'>Continue reading <span>On trust</span> →</a></p>",
                "It began […]",
            ),
            (
                "<p>It began.</p><p><a href='x'>Read more »</a></p>",
                "It began.",
            ),
            (
                "<p>Text.</p><h3>Share this:</h3><ul><li><a href='f'>Facebook</a></li><li><a href='t'>Twitter</a></li></ul><p>Like this:</p><p>Loading...</p>",
                "Text.",
            ),
            (
                "<p>Text.</p><div><a href='http://feeds.feedburner.com/~ff/x?a=1'><img src='i' alt='Share this'></a> <a href='http://feeds.feedburner.com/~ff/x?b'>two</a></div>",
                "Text.",
            ),
        ] {
            assert_eq!(without(html::body(html, None)).text(), expected, "{html}");
        }
    }

    #[test]
    fn what_an_author_wrote_stays() {
        for html in [
            "<p>The post office appeared first on the hill.</p><p>Then came the school.</p>",
            "<p>The post “On trust” is mine.</p>",
            "<p>Text.</p><p>Share this with your team before you read on, and tell me what they say.</p>",
            "<p>Continue reading until you are tired.</p>",
            "<p>They said … read the letters I sent.</p>",
            "<p>Text.</p><p>Facebook</p>",
            "<p>Text.</p><p>Like</p>",
            "<p>Text.</p><p>See <a href='http://a'>the other one</a>.</p>",
            "<p>Text.</p><pre>Share this:</pre>",
            "<p>The post <a href='http://a/1'>On trust</a> appeared first on <a href='http://a'>A</a>.</p>",
        ] {
            let body = html::body(html, None);
            assert_eq!(without(body.clone()), body, "{html}");
        }
    }
}
