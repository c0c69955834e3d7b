//! What a page saved as text is besides text: several posts in one, a discussion, furniture at its end.
//!
//! The words that tell are data (`config::pages`); here are the guards that keep them from cutting running text.

use super::lines::{Stretch, ends_sentence};
use super::pattern;
use crate::config::manifest::Split;
use crate::config::pages::PageRules;

/// The widest line that can be a post's title, in cells.
const TITLE: usize = 100;

/// Drops the furniture at the end of a page: lines that stand alone and are known.
pub(super) fn drop_footer(stretches: &mut Vec<Stretch<'_>>, rules: &PageRules) {
    while let Some(last) = stretches.last()
        && last
            .iter()
            .all(|line| pattern::is_any(&rules.footer.lines, line.text))
    {
        stretches.pop();
    }
}

/// Returns the posts of a page of several, or nothing where it is not parted.
///
/// By rule it is parted only where two lines at least end a post, and each begins with a line like a title: one line
/// with the words of a button in a text about buttons parts nothing.
pub(super) fn posts<'t>(
    stretches: &[Stretch<'t>],
    split: &Split,
    rules: &PageRules,
) -> Option<Vec<Vec<Stretch<'t>>>> {
    let ends = |stretch: &&Stretch<'_>| match (stretch.as_slice(), split) {
        ([line], Split::At(words)) => pattern::captures(words, line.text).is_some(),
        ([line], Split::ByRule) => pattern::is_any(&rules.posts.ends, line.text),
        _ => false,
    };
    if !stretches.iter().any(|stretch| ends(&stretch)) {
        return None;
    }
    let posts: Vec<Vec<Stretch<'t>>> = stretches
        .split(|stretch| ends(&stretch))
        .filter(|post| !post.is_empty())
        .map(<[Stretch<'_>]>::to_vec)
        .collect();
    let told = matches!(split, Split::At(_));
    let sound = posts.len() >= 2 && posts.iter().all(|post| begins_with_title(post));
    (told || sound).then_some(posts)
}

fn begins_with_title(post: &[Stretch<'_>]) -> bool {
    match post {
        [first, _, ..] => match first.as_slice() {
            [line] => {
                line.width() <= TITLE
                    && (!ends_sentence(line.text) || line.text.ends_with(['?', '!', '…']))
            }
            _ => false,
        },
        _ => false,
    }
}

/// A discussion: the opening post, the replies, and the facts between them.
#[derive(Debug, Default)]
pub(super) struct Thread<'t> {
    /// The post that opens it.
    pub opening: Vec<Stretch<'t>>,
    /// The replies, in order.
    pub replies: Vec<Reply<'t>>,
    /// Facts, by name.
    pub details: Vec<(String, String)>,
}

/// A reply of a discussion.
#[derive(Debug, Default)]
pub(super) struct Reply<'t> {
    /// Who wrote it, where the page says so.
    pub author: Option<String>,
    /// When, as written.
    pub published: Option<String>,
    /// What it says.
    pub stretches: Vec<Stretch<'t>>,
}

/// Returns the discussion that a page is, or nothing where it has no line that introduces replies.
pub(super) fn thread<'t>(stretches: &[Stretch<'t>], rules: &PageRules) -> Option<Thread<'t>> {
    let introduces = |stretch: &Stretch<'_>| matches!(stretch.as_slice(), [line] if pattern::is_any(&rules.thread.replies, line.text));
    let place = stretches.iter().position(introduces)?;
    let (opening, after) = stretches.split_at(place);
    if opening.is_empty() {
        return None;
    }
    let mut thread = Thread::default();
    for stretch in opening {
        match detail(stretch, rules) {
            Some(detail) => thread.details.push(detail),
            None => thread.opening.push(stretch.clone()),
        }
    }
    for stretch in after.iter().skip(1) {
        if let Some(reply) = reply_head(stretch, rules) {
            thread.replies.push(reply);
            continue;
        }
        if thread.replies.is_empty() {
            thread.replies.push(Reply::default());
        }
        if let Some(reply) = thread.replies.last_mut() {
            reply.stretches.push(stretch.clone());
        }
    }
    Some(thread)
}

fn detail(stretch: &Stretch<'_>, rules: &PageRules) -> Option<(String, String)> {
    let [line] = stretch.as_slice() else {
        return None;
    };
    rules.thread.detail.iter().find_map(|rule| {
        let value = pattern::captures(&rule.line, line.text)?
            .into_iter()
            .next()?;
        Some((rule.name.clone(), value))
    })
}

/// Returns the reply that a line like `Reply by Ann on May 3` begins; the rest of its stretch is its text.
fn reply_head<'t>(stretch: &Stretch<'t>, rules: &PageRules) -> Option<Reply<'t>> {
    let (line, rest) = stretch.split_first()?;
    let mut found = rules
        .thread
        .reply
        .iter()
        .find_map(|rule| pattern::captures(rule, line.text))?
        .into_iter();
    Some(Reply {
        author: found.next(),
        published: found.next(),
        stretches: if rest.is_empty() {
            Vec::new()
        } else {
            vec![rest.to_vec()]
        },
    })
}

#[cfg(test)]
mod tests {
    use super::super::lines::stretches;
    use super::*;
    use crate::config::pages::rules;

    fn parted(text: &str, split: &Split) -> Option<usize> {
        posts(&stretches(text), split, rules()).map(|posts| posts.len())
    }

    #[test]
    fn a_page_is_parted_only_where_posts_with_titles_stand() {
        let page = "One\n\nText of one.\n\nShare Button\n\nTwo?\n\nText of two.\n\nShare Button";
        for (text, split, expected) in [
            (page, Split::ByRule, Some(2)),
            (page, Split::Never, None),
            // A text about the thing itself.
            (
                "On buttons\n\nThe best known is the\n\nShare Button\n\nand nobody presses it.",
                Split::ByRule,
                None,
            ),
            (
                "One\n\nText.\nShare Button\nMore text.\n\nTwo\n\nText.\nShare Button",
                Split::ByRule,
                None,
            ),
            ("One\n\nText of one.\n\nShare Button", Split::ByRule, None),
            (
                "a\n\nb\n\n* * *\n\nc",
                Split::At("* * *".to_owned()),
                Some(2),
            ),
        ] {
            assert_eq!(parted(text, &split), expected, "{text}");
        }
    }

    #[test]
    fn a_footer_is_dropped_at_the_end_and_nowhere_else() {
        let mut lines = stretches(
            "Share Button\n\nText.\n\n© 2016 Created by Ann  Powered by\n\nBadges  |  Report an Issue  |  Terms of Service",
        );
        drop_footer(&mut lines, rules());
        assert_eq!(lines.len(), 2);
    }

    #[test]
    fn a_thread_is_told_by_the_line_before_its_replies() {
        let lines = stretches(
            "Post.\n\nViews: 79\n\nReplies to This Discussion\n\nOne.\n\nReply by Ann on May 3, 2012\nTwo.\n\nMore.",
        );
        let thread = thread(&lines, rules()).unwrap();
        assert_eq!(thread.details, [("Views".to_owned(), "79".to_owned())]);
        assert_eq!(thread.opening.len(), 1);
        let authors: Vec<_> = thread
            .replies
            .iter()
            .map(|reply| reply.author.as_deref())
            .collect();
        assert_eq!(authors, [None, Some("Ann")]);
        assert_eq!(thread.replies[1].stretches.len(), 2);
        // The words in running text make no thread, and views are no fact outside one.
        for text in [
            "Post.\n\nReplies to This Discussion are closed.",
            "Views: 79",
            "Replies to This Discussion\n\nOne.",
        ] {
            assert!(super::thread(&stretches(text), rules()).is_none(), "{text}");
        }
    }
}
