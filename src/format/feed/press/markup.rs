//! The text of a post as WordPress keeps it, made HTML: blank lines part paragraphs, shortcodes are resolved.
//!
//! What WordPress does when it shows a post (its `wpautop` and its own shortcodes), as far as a reader sees it. A word
//! in brackets is a shortcode only where it is known or has attributes: `[sic]` and `[1]` are an author's words.

use std::borrow::Cow;
use std::fmt::Write as _;

/// The elements that stand apart by themselves: a paragraph must not be set around them.
const BLOCKS: [&str; 24] = [
    "p",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "dl",
    "table",
    "blockquote",
    "pre",
    "figure",
    "hr",
    "section",
    "form",
    "iframe",
    "script",
    "style",
    "video",
    "audio",
];

/// Shortcodes that go, and leave what stands between them: WordPress's own, and those of the builders of pages.
const KNOWN: [&str; 12] = [
    "caption",
    "wp_caption",
    "gallery",
    "embed",
    "audio",
    "video",
    "playlist",
    "contact-form",
    "contact-form-7",
    "more",
    "youtube",
    "vimeo",
];

/// How the shortcodes of page builders begin.
const BUILDERS: [&str; 5] = ["vc_", "et_pb_", "fusion_", "av_", "fl_"];

/// Shortcodes around program text.
const CODE: [&str; 4] = ["code", "sourcecode", "source", "highlight"];

/// The longest shortcode, in bytes: what is longer was never meant as one.
const LONGEST: usize = 4096;

/// Returns the text of a post as HTML.
pub(in crate::format) fn marked_up(text: &str) -> Cow<'_, str> {
    let resolved = if text.contains('[') {
        Cow::Owned(without_shortcodes(text))
    } else {
        Cow::Borrowed(text)
    };
    let is_marked = ["<p>", "<p ", "<P>", "<P "]
        .iter()
        .any(|tag| resolved.contains(tag));
    if is_marked {
        return resolved;
    }
    Cow::Owned(with_paragraphs(&resolved))
}

/// Sets paragraphs around what blank lines part, and breaks at the ends of lines, outside preformatted text.
fn with_paragraphs(text: &str) -> String {
    let mut marked = String::with_capacity(text.len() + text.len() / 16);
    let mut rest = text;
    while let Some(at) = rest.find("<pre") {
        let (before, from) = rest.split_at(at);
        add_paragraphs(&mut marked, before);
        let end = from
            .find("</pre>")
            .map_or(from.len(), |end| end + "</pre>".len());
        let (kept, after) = from.split_at(end);
        marked.push_str(kept);
        rest = after;
    }
    add_paragraphs(&mut marked, rest);
    marked
}

fn add_paragraphs(marked: &mut String, text: &str) {
    let mut lines = Vec::new();
    // A blank line after the last ends its paragraph.
    for line in text.lines().chain([""]) {
        if !line.trim().is_empty() {
            lines.push(line);
            continue;
        }
        let Some(first) = lines.first() else { continue };
        let apart = begins_block(first);
        marked.push_str(if apart { "\n" } else { "\n<p>" });
        for (place, line) in lines.iter().enumerate() {
            let follows = place > 0;
            if follows {
                marked.push_str(if apart || begins_block(line) {
                    "\n"
                } else {
                    "<br>"
                });
            }
            marked.push_str(line);
        }
        lines.clear();
    }
}

/// Returns whether a line begins or ends an element that stands apart.
fn begins_block(line: &str) -> bool {
    let line = line.trim_start();
    let Some(rest) = line.strip_prefix("</").or_else(|| line.strip_prefix('<')) else {
        return false;
    };
    if rest.starts_with("!--") {
        return true;
    }
    let end = rest
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(rest.len());
    let name = rest.get(..end).unwrap_or_default();
    BLOCKS.iter().any(|block| block.eq_ignore_ascii_case(name))
}

fn without_shortcodes(text: &str) -> String {
    let mut resolved = String::with_capacity(text.len());
    let mut rest = text;
    // `[code]` that nobody closes would make program text of the whole rest.
    let last_ends = CODE.map(|name| text.rfind(&format!("[/{name}]")));
    while let Some(at) = rest.find('[') {
        let (before, from) = rest.split_at(at);
        resolved.push_str(before);
        let here = text.len() - from.len();
        let is_code = |name: &str| {
            let known = CODE.iter().position(|code| *code == name);
            known
                .and_then(|known| *last_ends.get(known)?)
                .is_some_and(|end| end >= here)
        };
        let Some(code) = shortcode(from, is_code) else {
            resolved.push('[');
            rest = from.get(1..).unwrap_or_default();
            continue;
        };
        rest = from.get(code.length..).unwrap_or_default();
        match code.kind {
            // `[[gallery]]` is how an author writes the word.
            Kind::Escaped(words) => resolved.push_str(words),
            Kind::Known { name: "embed", .. } => rest = add_embedded(&mut resolved, rest),
            Kind::Known { .. } => resolved.push('\n'),
            Kind::Code { end: false } => resolved.push_str("<pre>"),
            Kind::Code { end: true } => resolved.push_str("</pre>"),
        }
    }
    resolved.push_str(rest);
    resolved
}

/// Makes a link of the address between `[embed]` and `[/embed]`. Returns what follows.
fn add_embedded<'t>(resolved: &mut String, rest: &'t str) -> &'t str {
    let head = rest
        .get(..rest.floor_char_boundary(LONGEST))
        .unwrap_or_default();
    let Some((address, _)) = head.split_once("[/embed]") else {
        return rest;
    };
    let trimmed = address.trim();
    let _ = write!(resolved, "\n\n<a href=\"{trimmed}\">{trimmed}</a>\n\n");
    rest.get(address.len() + "[/embed]".len()..)
        .unwrap_or_default()
}

struct Shortcode<'t> {
    length: usize,
    kind: Kind<'t>,
}

enum Kind<'t> {
    Known { name: &'t str },
    Code { end: bool },
    Escaped(&'t str),
}

/// Returns the shortcode that `text` begins with.
fn shortcode(text: &str, is_code: impl Fn(&str) -> bool) -> Option<Shortcode<'_>> {
    let head = text.get(..text.floor_char_boundary(LONGEST))?;
    let close = head.find(']')?;
    let escaped = head.starts_with("[[") && head.get(close..)?.starts_with("]]");
    if escaped {
        let words = head.get(1..=close)?;
        let kind = Kind::Escaped(words);
        return is_shortcode(words).then_some(Shortcode {
            length: close + 2,
            kind,
        });
    }
    let within = head.get(1..close)?;
    let length = close + 1;
    let end = within.starts_with('/');
    let name = name(within);
    if is_code(name) {
        let kind = Kind::Code { end };
        return Some(Shortcode { length, kind });
    }
    is_shortcode(head.get(..length)?).then_some(Shortcode {
        length,
        kind: Kind::Known { name },
    })
}

/// Returns the name in `gallery ids="1"` or `/gallery`.
fn name(within: &str) -> &str {
    let within = within.trim_start_matches('/');
    let end = within
        .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-')))
        .unwrap_or(within.len());
    within.get(..end).unwrap_or_default()
}

/// Returns whether `[…]` is a shortcode and no word in brackets.
fn is_shortcode(text: &str) -> bool {
    let within = text.trim_start_matches('[').trim_end_matches(']');
    let name = name(within);
    let attributes = within
        .trim_start_matches('/')
        .get(name.len()..)
        .unwrap_or_default();
    let has_attributes = || {
        let attributes = attributes.trim();
        let (key, value) = attributes.split_once('=').unwrap_or_default();
        !key.is_empty()
            && key
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte))
            && value.starts_with(['"', '\'', '”', '“'])
    };
    !name.is_empty()
        && (KNOWN.contains(&name)
            || BUILDERS.iter().any(|builder| name.starts_with(builder))
            || has_attributes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::html;

    #[test]
    fn a_post_is_shown_as_wordpress_shows_it() {
        for (text, expected) in [
            ("One\ntwo\n\nThree", "One\ntwo\n\nThree"),
            ("One\r\n\r\n\r\nTwo", "One\n\nTwo"),
            ("<p>One</p>\n<p>Two\n\nmore</p>", "One\n\nTwo more"),
            (
                "<!-- wp:paragraph -->\n<p>One</p>\n<!-- /wp:paragraph -->",
                "One",
            ),
            ("<h2>Head</h2>\nText\n\nMore", "Head\n\nText\n\nMore"),
            ("A\n\n<pre>x\n\ny</pre>\n\nB", "A\n\nx\n\ny\n\nB"),
            (
                "See\n\n[caption id=\"a_1\" width=\"3\"]<img alt=\"A hill\" src=\"h.png\"/> The hill[/caption]\n\nend",
                "See\n\nA hill\n\nThe hill\n\nend",
            ),
            (
                "A [gallery ids=\"1,2\"] b [sic] and [1]",
                "A\nb [sic] and [1]",
            ),
            ("[[gallery]] shows pictures", "[gallery] shows pictures"),
            (
                "A\n\n[code lang=\"c\"]int a;\n\nint b;[/code]\n\nB",
                "A\n\nint a;\n\nint b;\n\nB",
            ),
            ("[code] is a word", "[code] is a word"),
            ("[vc_row][vc_column]In[/vc_column][/vc_row]", "In"),
            (
                "[embed]http://example.org/v[/embed]",
                "http://example.org/v",
            ),
            ("[my-plugin key=\"x\"]left", "left"),
            ("[unclosed", "[unclosed"),
        ] {
            let body = html::body(&marked_up(text), None);
            assert_eq!(body.text(), expected, "{text}");
        }
    }
}
