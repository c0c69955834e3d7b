//! What other readers of Markdown take for markup and `CommonMark` does not, written so that it does: headings without a
//! blank after their signs, Markdown right below HTML that has ended, HTML that is merely indented, callouts, bullets.
//!
//! `CommonMark` makes code of a line that is four blanks in, though it goes on with a table or a list of HTML, and leaves
//! all as HTML that stands on the lines below a tag until one is empty. Both fill a text with markup: of 3,700 articles
//! of public bodies, written for kramdown and Hugo, 330 had some. Code between fences is left alone, and so is code that is
//! indented below words.

use std::borrow::Cow;

use super::fences::Code;
use super::marks;
use super::outline::{self, Outline};
use crate::format::signs;

/// How far a line is indented that is code, in columns.
const CODE: usize = 4;

/// How far in a list is looked at, in columns.
const DEEPEST: usize = 64;

/// Tags after whose end, on the same line, Markdown may follow.
const BLOCKS: [&str; 16] = [
    "div",
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "figure",
    "figcaption",
    "section",
    "header",
    "aside",
    "nav",
    "iframe",
    "blockquote",
];

/// Tags within which nothing is Markdown, and what stands on the next line goes on with them.
const KEPT_WHOLE: [&str; 9] = [
    "table", "ul", "ol", "dl", "pre", "script", "style", "svg", "textarea",
];

/// Those of them whose content is text, however it is indented.
const OF_TEXT: [&str; 4] = ["table", "ul", "ol", "dl"];

/// What a text has in it that may need mending.
const SIGNS: [&str; 7] = ["##", "<", "•", "[!", "*[", "\\*\\*\\*", "\n:"];

/// Returns the text so that its markup is read as its writer meant it.
pub(super) fn mend(text: &str) -> Cow<'_, str> {
    if !signs::has_one(text, &SIGNS) && !signs::has_one(text, &outline::SIGNS) {
        return Cow::Borrowed(text);
    }
    let mut mended = Mended {
        outline: Outline::of(text),
        ..Mended::default()
    };
    mended.written.reserve(text.len() + text.len() / 64);
    text.split_inclusive('\n')
        .for_each(|line| mended.line(line));
    Cow::Owned(mended.written)
}

#[derive(Default)]
struct Mended {
    written: String,
    outline: Outline,
    code: Code,
    /// What the line before was.
    before: Before,
    /// The last lines that were not empty were HTML.
    in_html: bool,
    /// Where the words of an item stand that began with a tag alone, whose end may be less far in, in columns.
    hanging: Option<usize>,
    /// How many of each of [`KEPT_WHOLE`] are open.
    open: [usize; KEPT_WHOLE.len()],
}

/// What the line before was.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Before {
    /// Nothing: a block begins.
    #[default]
    Empty,
    /// A heading: a block begins.
    Heading,
    /// HTML that has ended: Markdown may follow.
    Ended,
    /// Anything else, which the next line may go on with.
    Open,
}

impl Mended {
    fn line(&mut self, line: &str) {
        let bare = line.trim_start();
        if !self.code.takes(line) {
            return self.outside_fences(line, bare);
        }
        self.in_html = false;
        self.before = Before::Open;
        self.written.push_str(line);
    }

    fn outside_fences(&mut self, line: &str, bare: &str) {
        if self.outline.hides(bare) {
            return;
        }
        let indent = columns(line, bare);
        let is_tag = begins_with_tag(bare);
        if bare.is_empty() {
            self.before = Before::Empty;
            self.written.push_str(line);
        } else if self.before == Before::Empty
            && self.is_within(&OF_TEXT)
            && (is_tag || indent >= CODE)
        {
            // The table, or the list, goes on: as one piece of HTML it is read as what it is.
            self.written.truncate(self.written.trim_end().len());
            self.written.push('\n');
            self.html(bare);
        } else if self.before == Before::Empty && indent >= CODE {
            if self.is_html(bare) {
                self.html(bare);
            } else {
                self.in_html = false;
                self.before = Before::Open;
                self.written.push_str(line);
            }
        } else if bare.trim_end() == "</p>"
            && let Some(column) = self.hanging.take()
        {
            self.before = Before::Open;
            self.written
                .extend(std::iter::repeat_n(' ', column.max(indent)));
            self.written.push_str(bare);
        } else if !(indent < CODE && marks::line(line, bare, &mut self.written)) {
            self.shallow(line, bare, indent);
        } else {
            self.in_html = false;
            self.before = Before::Open;
        }
    }

    /// Writes a line of HTML, without its indentation.
    fn html(&mut self, bare: &str) {
        self.in_html = true;
        self.before = Before::Open;
        self.written.push_str(bare);
        self.count(bare);
    }

    /// Writes a line that begins a block without being indented like code, or goes on with one.
    fn shallow(&mut self, line: &str, bare: &str, indent: usize) {
        let is_tag = begins_with_tag(bare);
        if self.before == Before::Empty {
            self.in_html = is_tag;
            if !is_tag {
                self.open = Default::default();
            }
        }
        let follows_html = self.before == Before::Ended && !is_tag && indent < CODE;
        if follows_html {
            self.written.push('\n');
            self.in_html = false;
        }
        let begins = follows_html || matches!(self.before, Before::Empty | Before::Heading);
        self.before = Before::Open;
        if let Some(width) = marks::item_of_tag(bare) {
            self.hanging = Some((indent + width).min(DEEPEST));
        }
        if begins && indent < CODE && self.heading(bare) {
            return;
        }
        let after = is_tag.then(|| marks::after_end(line)).flatten();
        self.written.push_str(after.map_or(line, |(tag, _)| tag));
        if is_tag || self.in_html {
            self.count(bare);
        }
        if let Some((_, words)) = after {
            // What follows an end in its line is Markdown where nothing is open.
            let is_over = self.open.iter().all(|open| *open == 0);
            self.in_html &= !is_over;
            self.written.push_str(if is_over { "\n\n" } else { "" });
            self.written.push_str(words);
        }
        if is_tag && self.open.iter().all(|open| *open == 0) && has_ended(bare.trim_end()) {
            self.before = Before::Ended;
        }
    }

    /// Writes a line that is a heading without a blank after its signs; returns whether it was one.
    fn heading(&mut self, bare: &str) -> bool {
        let signs = bare.bytes().take_while(|byte| *byte == b'#').count();
        let (signs, words) = bare.split_at_checked(signs).unwrap_or_default();
        let lacks_blank = (2..=6).contains(&signs.len()) && marks::begins_title(words);
        let is_heading = (1..=6).contains(&signs.len()) && words.starts_with(char::is_whitespace);
        if lacks_blank || is_heading {
            self.before = Before::Heading;
        }
        if lacks_blank {
            self.written.extend([signs, " ", words]);
        }
        lacks_blank
    }

    /// Returns whether one of these tags is open, and none whose content is no text.
    fn is_within(&self, wanted: &[&str]) -> bool {
        let open = || {
            KEPT_WHOLE
                .iter()
                .zip(self.open)
                .filter(|(_, open)| *open > 0)
        };
        open().count() > 0 && open().all(|(tag, _)| wanted.contains(tag))
    }

    /// Returns whether a line that is indented like code and begins a block is HTML.
    fn is_html(&self, bare: &str) -> bool {
        // A dash or a quotation mark as an entity is what a word processor wrote.
        let is_prose = ["<blockquote", "<figcaption", "<span ", "</", "&#8"]
            .iter()
            .any(|tag| bare.starts_with(tag));
        let is_kept = self.open.iter().any(|open| *open > 0);
        !is_kept && (is_prose || self.in_html && begins_with_tag(bare))
    }

    /// Counts the tags that a line of HTML opens and closes.
    fn count(&mut self, line: &str) {
        let mut closed = [0; KEPT_WHOLE.len()];
        for at in signs::places(line, "<") {
            let rest = line.get(at + 1..).unwrap_or_default();
            let (counts, name) = match rest.strip_prefix('/') {
                Some(name) => (&mut closed, name),
                None => (&mut self.open, rest),
            };
            let is_of_name = |byte: &u8| byte.is_ascii_alphanumeric();
            let length = name.bytes().take_while(|byte| is_of_name(byte)).count();
            let name = name.get(..length).unwrap_or_default();
            let known = KEPT_WHOLE.iter().zip(counts);
            for (_, count) in known.filter(|(tag, _)| name.eq_ignore_ascii_case(tag)) {
                *count += 1;
            }
        }
        for (open, closed) in self.open.iter_mut().zip(closed) {
            *open = open.saturating_sub(closed);
        }
    }
}

/// Returns how far a line is indented.
fn columns(line: &str, bare: &str) -> usize {
    let before = line.get(..line.len() - bare.len()).unwrap_or_default();
    before.chars().fold(0, |at, c| match c {
        '\t' => at + CODE - at % CODE,
        _ => at + 1,
    })
}

/// Returns whether a line begins with a tag or a comment.
fn begins_with_tag(bare: &str) -> bool {
    let rest = bare.strip_prefix('<').unwrap_or_default();
    let name = rest.strip_prefix('/').unwrap_or(rest);
    // `<https://…>` is a link.
    let end = name.find(|c: char| !c.is_ascii_alphanumeric());
    let after = end.and_then(|end| name.get(end..));
    rest.starts_with("!--")
        || (name.starts_with(|c: char| c.is_ascii_alphabetic())
            && after.is_some_and(|after| after.starts_with(['>', '/', ' ', '\t', '\r', '\n'])))
}

/// Returns whether the HTML of a line, which begins with a tag, is over at its end: a picture, the end of a block, or a
/// block from its beginning to its end.
fn has_ended(line: &str) -> bool {
    let lower = line.to_ascii_lowercase();
    if (lower.starts_with("<img ") || lower.starts_with("<img/")) && lower.ends_with('>') {
        return lower.matches('<').count() == 1;
    }
    let name = lower.trim_start_matches(['<', '/']);
    let end = name.find(|c: char| !c.is_ascii_alphanumeric());
    let name = name.get(..end.unwrap_or_default()).unwrap_or_default();
    BLOCKS.contains(&name)
        && lower
            .strip_suffix('>')
            .and_then(|line| line.strip_suffix(name))
            .is_some_and(|line| line.ends_with("</"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn markup_is_written_as_commonmark_has_it() {
        for (text, expected) in [
            // Headings without a blank.
            (
                "##During the phases\nThere are 4",
                "## During the phases\nThere are 4",
            ),
            ("a\n\n###B\n####C\n\n  ##d", "a\n\n### B\n#### C\n\n## d"),
            ("#tag\n\n#one two", "#tag\n\n#one two"),
            (
                "words\n##not at the beginning",
                "words\n##not at the beginning",
            ),
            ("##2 and ##!\n\n#######seven", "##2 and ##!\n\n#######seven"),
            (
                "    ##code\n\n```\n##code\n\n##code\n```",
                "    ##code\n\n```\n##code\n\n##code\n```",
            ),
            // Markdown right below HTML that has ended.
            (
                "<div class=a>Approach</div>\n### Allowing",
                "<div class=a>Approach</div>\n\n### Allowing",
            ),
            ("<img src=a>\n**Laura**\nx", "<img src=a>\n\n**Laura**\nx"),
            (
                "<div>\n<p>a</p>\n</div>\n##B",
                "<div>\n<p>a</p>\n</div>\n\n## B",
            ),
            ("<p>a</p>\n<p>b</p>", "<p>a</p>\n<p>b</p>"),
            ("<p>a\nb</p>\n\nc", "<p>a\nb</p>\n\nc"),
            (
                "<ul>\n<li><p>a</p>\n<p>b</p>\nc</ul>",
                "<ul>\n<li><p>a</p>\n<p>b</p>\nc</ul>",
            ),
            ("<pre>\n<p>a</p>\nb</pre>", "<pre>\n<p>a</p>\nb</pre>"),
            ("<https://x.org>\nx", "<https://x.org>\nx"),
            // HTML that is merely indented.
            (
                "<div>\n  <h2>C</h2>\n\n      <ol>\n        <li>A</li>\n",
                "<div>\n  <h2>C</h2>\n\n<ol>\n        <li>A</li>\n",
            ),
            (
                "<table>\n<tr>\n\n    <td>\n\n      1) Fans\n",
                "<table>\n<tr>\n<td>\n1) Fans\n",
            ),
            (
                "  1. A\n\n    &#8211; B\n\n    <span a=b>C</span>",
                "  1. A\n\n&#8211; B\n\n<span a=b>C</span>",
            ),
            (
                "words\n\n\t<blockquote> “A” </blockquote>",
                "words\n\n<blockquote> “A” </blockquote>",
            ),
            (
                "Write this:\n\n    <td>a</td>\n\n    b",
                "Write this:\n\n    <td>a</td>\n\n    b",
            ),
            (
                "<ul>\n<li>a\n</ul>\n\nwords\n\n    <b>code</b>",
                "<ul>\n<li>a\n</ul>\n\nwords\n\n    <b>code</b>",
            ),
            (
                "<pre>\na\n\n    <b>code\n</pre>",
                "<pre>\na\n\n    <b>code\n</pre>",
            ),
        ] {
            assert_eq!(mend(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_word_is_lost(text in "(#{0,7}| {0,5}|\t|</?(p|td|div|table|pre)>|```|[ab<>é]{1,3}|\r?\n){0,24}") {
            let once = mend(&text).into_owned();
            let words = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(words(&once), words(&text));
        }
    }
}
