//! What blogs and feed services set after every item and no author wrote: "The post X appeared first on Y",
//! "Continue reading", rows of share buttons. The rules are tables, and look at the end of a body only.
//!
//! A rule must not touch what an author wrote: a sentence about a post that appeared first somewhere is kept wherever
//! it is not the last block in the very form that the programs write.

mod tables;

use super::ending;
use crate::document::{Block, BlockKind, Body, SpanKind};
use tables::{BUTTONS, LABELS, LEADS_ON, LINES, LONGEST_SHARE, SERVICES, SHARES};

/// The longest line of that sort, in bytes: a title and the name of a blog.
const LONGEST_LINE: usize = 600;

/// The longest row of buttons and the longest lead with the title that may follow, in bytes.
const LONGEST_LEAD: usize = 300;

/// How many words the longest button has.
const LONGEST_BUTTON: usize = 6;

/// What parts the buttons of a row.
const BARS: [char; 12] = ['\n', '|', '·', '•', ',', ':', '!', '…', '.', '(', ')', '/'];

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
    let is_rule = |block: &Block| block.kind == BlockKind::Rule;
    let last_blocks = blocks.iter().rev().take(MOST_BLOCKS);
    let tail: Vec<&Block> = last_blocks
        .take_while(|block| is_rule(block) || is_boilerplate(body, block))
        .collect();
    // A rule goes with what it parts from the text, and is nothing by itself.
    let dropped = if tail.iter().all(|block| is_rule(block)) {
        0
    } else {
        tail.len()
    };
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
    is_line(text)
        || is_buttons(text) && (has_link(body, block) || ends_with_colon(text))
        || is_row(body, block)
        || is_bare_row(text)
        || is_filed(body, block)
        || leads_to_services(body, block)
        || is_lead(text) && is_one_link(body, block)
}

fn is_line(text: &str) -> bool {
    text.len() <= LONGEST_LINE
        && LINES
            .iter()
            .any(|(begin, further)| text.starts_with(begin) && text.contains(further))
}

/// Returns whether a text is something and nothing but what buttons say.
fn is_buttons(text: &str) -> bool {
    text.len() <= LONGEST_LEAD
        && text.contains(char::is_alphanumeric)
        && says_buttons(&text.to_lowercase())
}

/// Returns whether a text in lower case has no word that buttons do not say.
fn says_buttons(lower: &str) -> bool {
    let mut words = lower.split(BARS).map(str::trim);
    is_button(lower.trim()) || words.all(|word| word.is_empty() || is_button(word))
}

/// Returns whether a block without links is a row of buttons, of which one shares: they led nowhere.
fn is_bare_row(text: &str) -> bool {
    if text.len() > LONGEST_LEAD {
        return false;
    }
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    let (mut at, mut buttons, mut shares) = (0, 0, false);
    while at < words.len() {
        let longest = (1..=LONGEST_BUTTON.min(words.len() - at)).rev();
        let phrase = longest
            .filter_map(|count| Some((count, words.get(at..at + count)?.join(" "))))
            .find(|(_, phrase)| is_known_button(phrase));
        let Some((count, phrase)) = phrase else {
            return false;
        };
        shares |= phrase.starts_with("share") || phrase.starts_with("tweet");
        (at, buttons) = (at + count, buttons + 1);
    }
    shares && buttons > 1
}

/// Returns whether it is a button of the table, or one that shares with a service of the table.
fn is_known_button(phrase: &str) -> bool {
    let service = SHARES.iter().find_map(|begin| phrase.strip_prefix(*begin));
    BUTTONS.contains(&phrase) || service.is_some_and(|service| BUTTONS.contains(&service))
}

fn is_button(lower: &str) -> bool {
    let shares = |begin: &&str| lower.starts_with(*begin);
    BUTTONS.contains(&lower) || lower.len() <= LONGEST_SHARE && SHARES.iter().any(shares)
}

/// Returns whether a block is links that each say what a button says, and nothing else between them.
fn is_row(body: &Body, block: &Block) -> bool {
    let (links, between) = in_links(body, block);
    body.slice(block.range).len() <= LONGEST_LEAD
        && !links.is_empty()
        && links.iter().all(|link| is_buttons(link))
        && between.iter().all(|words| says_buttons(words))
}

/// Returns whether a block is a label and the links to the categories that an item is filed under.
fn is_filed(body: &Body, block: &Block) -> bool {
    let (links, between) = in_links(body, block);
    let is_label = |words: &str| {
        let mut words = words.split(BARS).map(str::trim);
        words.all(|word| matches!(word, "" | "and" | "&") || LABELS.contains(&word))
    };
    let labelled = between
        .first()
        .is_some_and(|words| words.contains(char::is_alphabetic));
    labelled && !links.is_empty() && between.iter().all(|words| is_label(words))
}

/// Returns what the links of a block say and what stands before, between and after them, in lower case.
fn in_links(body: &Body, block: &Block) -> (Vec<String>, Vec<String>) {
    let text = |from: u32, to: u32| {
        let words = body.text().get(from as usize..to as usize);
        words.unwrap_or_default().trim().to_lowercase()
    };
    let (mut links, mut between) = (Vec::new(), Vec::new());
    let mut at = block.range.start;
    for span in body.spans_in(block.range) {
        if matches!(span.kind, SpanKind::Link(_)) && span.range.start >= at {
            between.push(text(at, span.range.start));
            links.push(text(span.range.start, span.range.end));
            at = span.range.end;
        }
    }
    between.push(text(at, block.range.end));
    (links, between)
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
        let address = address.to_ascii_lowercase();
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
            (
                "<p>Text.</p><p><a href='#'>Share on Facebook</a> <a href='#'>Tweet</a></p>",
                "Text.",
            ),
            (
                "<p>Text.</p><ul><li><a href='?share=x' title='x'>Click to share on X (Opens in new window) X</a></li><li><a href='more'>More</a></li></ul>",
                "Text.",
            ),
            (
                "<p>Text.</p><br />Filed under: <a href='n'>News</a>, <a href='l'>Local news</a> Tagged: <a href='t'>trust</a> <a href='http://feeds.wordpress.com/1.0/gocomments/a'><img alt='' src='g'></a>",
                "Text.",
            ),
            (
                "<p>Text.</p><img src='https://medium.com/_/stat?event=post.clientViewed' width='1' height='1'><hr><p><a href='a'>On trust</a> was originally published in <a href='b'>A blog</a> on Medium, where people are continuing the conversation by highlighting and responding to this story.</p>",
                "Text.",
            ),
            (
                "<p>Text.</p><p>The Weekly is a reader-supported publication. To receive new posts and support my work, consider becoming a free or paid subscriber.</p><p class='button-wrapper'><a href='https://a.substack.com/subscribe?'><span>Subscribe now</span></a></p><p><a href='https://a.substack.com/p/x/comments'>Leave a comment</a></p>",
                "Text.",
            ),
            (
                "<p>Text.</p><a href='http://feeds.example.com/~ff/News?a=1'><img src='i' alt='i'></a><img src='http://feeds.example.com/~r/News/~4/1' height='1' width='1' alt=''/>",
                "Text.",
            ),
            (
                "<p>Text.</p><p><a href='https://www.facebook.com/sharer/sharer.php?u=x'>Facebook it</a> <a href='https://twitter.com/intent/tweet?x'>Tell the birds</a></p><p><a href='s'>Read more of this story</a> at Slashdot.</p>",
                "Text.",
            ),
            (
                "<div class='md'><p>Text.</p></div> submitted by <a href='u'> /u/ann </a> <br/> <span><a href='l'>[link]</a></span> <span><a href='c'>[comments]</a></span>",
                "Text.",
            ),
            (
                "<p>What we talk about.</p><p>Learn more about your ad choices. Visit <a href='https://megaphone.fm/adchoices'>megaphone.fm/adchoices</a></p>",
                "What we talk about.",
            ),
            (
                "<p>Text.</p><div class='blogger-post-footer'><img width='1' height='1' src='https://blogger.googleusercontent.com/tracker/1-2?l=example' alt='' /></div>",
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
            "<p>Text.</p><p>Share on Facebook what you would say to a stranger, and <a href='x'>tweet</a> the rest.</p>",
            "<p>Text.</p><p>I never <a href='x'>share on Facebook</a> and I never <a href='y'>tweet</a>.</p>",
            "<p>Text.</p><p>It is filed under <a href='x'>nonsense</a>, as it should be.</p>",
            "<p>Text.</p><p>This essay was originally published in <a href='x'>The Daily</a>.</p>",
            "<p>Text.</p><p>Subscribe now, they said, and I did.</p>",
            "<p>Text.</p><hr>",
            "<p>Text.</p><p>Photographs: <a href='a'>Ann</a>, <a href='b'>Bo</a></p>",
            "<p>The post <a href='http://a/1'>On trust</a> appeared first on <a href='http://a'>A</a>.</p>",
        ] {
            let body = html::body(html, None);
            assert_eq!(without(body.clone()), body, "{html}");
        }
    }
}
