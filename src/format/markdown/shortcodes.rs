//! The templates of site generators in a text: `{{< … >}}` (Hugo), `{% … %}` and `{{ … }}` (Jekyll), `{: … }`
//! (Kramdown).
//!
//! They become the HTML of what they show where they say it themselves: a picture by its description, a film by its
//! address. Code is left alone: a page on Hugo shows shortcodes.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::fences::Code;
use super::literals::literals;
use crate::format::{html, signs};

/// Stands for a sign that goes.
const STRUCK: char = '\u{0}';

/// What Jekyll leaves as it is, or shows so, in code as elsewhere.
const RAW: [&str; 4] = ["{% raw %}", "{% endraw %}", "{%raw%}", "{%endraw%}"];

/// The longest shortcode, in bytes: braces that close later belong to no shortcode.
const LONGEST: usize = 4096;

/// What begins a shortcode, and what ends it.
const MARKS: [(&str, &str); 6] = [
    ("{{<", ">}}"),
    ("{{%", "%}}"),
    ("{{", "}}"),
    ("{%", "%}"),
    ("{:", "}"),
    // A comment of Nunjucks.
    ("{# ", "#}"),
];

/// What code stands between that is set in colours, and comments that nobody is to see.
const BLOCKS: [(&str, &str, Holds); 8] = [
    ("{% highlight", "{% endhighlight", Holds::Code),
    ("{% codeblock", "{% endcodeblock", Holds::Code),
    ("{% code ", "{% endcode ", Holds::Code),
    ("{{< highlight", "{{< /highlight", Holds::Code),
    ("{{< highlight", "{{</ highlight", Holds::Code),
    ("{{< highlight", "{{< / highlight", Holds::Code),
    ("{{% highlight", "{{% /highlight", Holds::Code),
    ("{% comment", "{% endcomment", Holds::Nothing),
];

/// What a block holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Holds {
    Code,
    Nothing,
}

/// Returns the text with its shortcodes replaced.
pub(super) fn replace(text: &str) -> Cow<'_, str> {
    if !signs::has_one(text, &["{{", "{%", "{:", "{# "]) {
        return Cow::Borrowed(text);
    }
    let mut lines = Lines {
        written: String::with_capacity(text.len()),
        no_raw_end: false,
    };
    let mut code = Code::default();
    let mut unclosed = [false; BLOCKS.len()];
    let mut rest = text;
    while !rest.is_empty() {
        let end = memchr::memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |at| at + 1);
        let line = rest.get(..end).unwrap_or(rest);
        if code.takes(line) {
            push_raw(line, &mut lines.written);
            rest = rest.get(end..).unwrap_or_default();
            continue;
        }
        rest = match block(line.trim_start(), rest, &mut unclosed) {
            Some((holds, inner, after)) => {
                if holds == Holds::Code {
                    lines.written.extend(["~~~~~~", inner, "~~~~~~\n"]);
                }
                after
            }
            None => lines.write(rest, line),
        };
    }
    Cow::Owned(lines.written)
}

/// Returns what a line begins that goes on to its own end: what it holds, from the end of the first line on, and what
/// follows. One whose end was looked for in vain is not looked for again.
fn block<'t>(
    bare: &str,
    rest: &'t str,
    unclosed: &mut [bool; BLOCKS.len()],
) -> Option<(Holds, &'t str, &'t str)> {
    for ((open, close, holds), unclosed) in BLOCKS.iter().zip(unclosed) {
        // One that goes on in its line is a word of it.
        let heads = bare.starts_with(open) && !bare.contains(close);
        if *unclosed || !heads {
            continue;
        }
        let Some(end) = rest.find(close) else {
            *unclosed = true;
            continue;
        };
        let (whole, after) = rest.split_at_checked(end)?;
        let after = after.split_once('\n').map_or("", |(_, after)| after);
        let inner = whole.find('\n').and_then(|at| whole.get(at..));
        return Some((*holds, inner.unwrap_or("\n"), after));
    }
    None
}

/// Writes a line of code without Jekyll's marks of what is raw.
fn push_raw(line: &str, written: &mut String) {
    if !line.contains("raw") {
        return written.push_str(line);
    }
    let mut line = line.to_owned();
    for mark in RAW {
        line = line.replace(mark, "");
    }
    written.push_str(&line);
}

/// Lines outside of code.
struct Lines {
    written: String,
    /// No end of what is raw was found further on.
    no_raw_end: bool,
}

impl Lines {
    /// Writes one line without its shortcodes and returns what follows; a shortcode, and what is raw, may end on a later
    /// line.
    fn write<'t>(&mut self, text: &'t str, line: &'t str) -> &'t str {
        let literal = literals(line);
        let is_literal = |at: usize| {
            let place = literal.partition_point(|range| range.end <= at);
            literal.get(place).is_some_and(|range| range.contains(&at))
        };
        let mut from = 0;
        while let Some(at) = line
            .get(from..)
            .and_then(|rest| rest.find('{'))
            .map(|at| from + at)
        {
            self.written
                .push_str(line.get(from..at).unwrap_or_default());
            let after = text.get(at..).unwrap_or_default();
            if let Some(mark) = RAW.iter().find(|mark| after.starts_with(**mark)) {
                from = at + mark.len();
                if !mark.contains("endraw") && !is_literal(at) {
                    from += self.raw(text.get(from..).unwrap_or_default());
                }
            } else if let Some((inner, length)) = shortcode(after).filter(|_| !is_literal(at)) {
                write_shortcode(inner, &mut self.written);
                from = at + length;
            } else {
                self.written.push('{');
                from = at + 1;
            }
            if from >= line.len() {
                return text.get(from..).unwrap_or_default();
            }
        }
        self.written.push_str(line.get(from..).unwrap_or_default());
        text.get(line.len()..).unwrap_or_default()
    }

    /// Writes what is raw, up to its end, and returns how long it is; nothing where it has none.
    fn raw(&mut self, text: &str) -> usize {
        if self.no_raw_end {
            return 0;
        }
        // By the word that both spellings have: the one that is not there would be looked for to the end each time.
        let end = signs::places(text, "endraw").find_map(|word| {
            RAW.iter().find_map(|mark| {
                let at = word.checked_sub(mark.find("endraw")?)?;
                text.get(at..)?.starts_with(mark).then_some(at)
            })
        });
        self.no_raw_end = end.is_none();
        let raw = text.get(..end.unwrap_or(0)).unwrap_or_default();
        self.written.push_str(raw);
        raw.len()
    }
}

/// Returns what stands in the shortcode that `text` begins with, and how long it is with its marks.
fn shortcode(text: &str) -> Option<(&str, usize)> {
    let (open, close) = MARKS.iter().find(|(open, _)| text.starts_with(open))?;
    let within = text.get(..text.floor_char_boundary(LONGEST))?;
    let inner = within.get(open.len()..)?;
    let end = inner.find(close)?;
    let inner = inner.get(..end)?;
    let is_one = *open != "{:" || are_attributes(inner);
    is_one.then_some((inner, open.len() + end + close.len()))
}

/// Returns whether these are attributes as kramdown has them, or the name of some: other braces that begin with a colon
/// are values of programs.
fn are_attributes(inner: &str) -> bool {
    let words = words(inner);
    let is_name = |word: &str| {
        word.chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '/' | ':'))
    };
    let is_only = words.len() == 1;
    words.iter().all(|(name, value)| {
        !name.is_empty() || value.starts_with(['.', '#', ':']) || is_only && is_name(value)
    })
}

fn write_shortcode(inner: &str, written: &mut String) {
    let words = words(inner.trim().trim_end_matches('/'));
    let Some((_, name)) = words.first() else {
        return;
    };
    let named = |names: &[&str]| {
        let value = |wanted: &&str| words.iter().find(|(name, _)| name == wanted);
        names
            .iter()
            .find_map(value)
            .map(|(_, value)| value.as_str())
    };
    let plain: Vec<&str> = words
        .iter()
        .skip(1)
        .filter(|(name, _)| name.is_empty())
        .map(|(_, value)| value.as_str())
        .collect();
    let (address, label) = match name.as_str() {
        "youtube" | "youtube_embed" => {
            let id = named(&["id"])
                .or(plain.first().copied())
                .unwrap_or_default();
            (
                format!("https://www.youtube.com/watch?v={id}"),
                named(&["title"]).unwrap_or("YouTube"),
            )
        }
        "vimeo" => {
            let id = named(&["id"])
                .or(plain.first().copied())
                .unwrap_or_default();
            (
                format!("https://vimeo.com/{id}"),
                named(&["title"]).unwrap_or("Vimeo"),
            )
        }
        "gist" => {
            let id = plain.join("/");
            (format!("https://gist.github.com/{id}"), "Gist")
        }
        "tweet" | "x" if named(&["id"]).is_some() => {
            let (user, id) = (
                named(&["user"]).unwrap_or("i"),
                named(&["id"]).unwrap_or_default(),
            );
            (format!("https://twitter.com/{user}/status/{id}"), "Tweet")
        }
        "post_link" => {
            let (path, title) = (plain.first(), plain.get(1).or(plain.first()));
            let path = path.map_or(String::new(), |path| format!("{path}.md"));
            (path, title.copied().unwrap_or_default())
        }
        "ref" | "relref" | "link" | "post_url" | "asset"
            if !plain.iter().any(|word| word.contains("://")) =>
        {
            return written.push_str(plain.first().copied().unwrap_or_default());
        }
        // Jekyll's `{{ "/path" | relative_url }}` stands for its path; a variable stands for nothing known.
        path if path.starts_with('/') && inner.trim().starts_with(['"', '\'']) => {
            return written.push_str(path);
        }
        "image" | "asset_img" => (
            String::new(),
            named(&["alt", "caption"])
                .or(plain.get(1).copied())
                .unwrap_or_default(),
        ),
        "details" | "expand" | "tab" | "collapse" | "accordion" => {
            let title = named(&["title", "summary", "name", "label"]).or(plain.first().copied());
            return write_title(title.unwrap_or_default(), written);
        }
        _ if named(&["content"]).is_some() => {
            return written.push_str(named(&["content"]).unwrap_or_default());
        }
        _ => match named(&["href", "url"]) {
            Some(address) => (
                address.to_owned(),
                named(&["text", "title", "label"]).unwrap_or_default(),
            ),
            None => match plain.iter().find(|word| word.contains("://")) {
                Some(address) => ((*address).to_owned(), *address),
                None => (
                    String::new(),
                    named(&["caption", "alt", "title"]).unwrap_or_default(),
                ),
            },
        },
    };
    if label.is_empty() {
        return;
    }
    let (label, address) = (escaped(&unmarked(label)), escaped(&address));
    let _ = if address.is_empty() {
        write!(written, "<img alt=\"{label}\">")
    } else {
        write!(written, "<a href=\"{address}\">{label}</a>")
    };
}

/// Writes the title of what folds, apart from what is in it.
fn write_title(title: &str, written: &mut String) {
    let title = escaped(&unmarked(title));
    if !title.is_empty() {
        // Writing to a string cannot fail.
        let _ = write!(written, "<b>{title}</b>\n\n");
    }
}

/// Returns a description without the marks of bold and the escapes that Markdown would have taken away, its entities
/// as the signs that they stand for.
fn unmarked(label: &str) -> Cow<'_, str> {
    if !label.contains(['*', '\\', '&']) {
        return Cow::Borrowed(label);
    }
    let mut words = String::with_capacity(label.len());
    let mut rest = label.chars().peekable();
    while let Some(c) = rest.next() {
        let is_mark = match (c, rest.peek()) {
            ('\\', Some(next)) => next.is_ascii_punctuation(),
            ('*', next) => next == Some(&'*') || words.ends_with(STRUCK),
            _ => false,
        };
        words.push(if is_mark { STRUCK } else { c });
        if is_mark && c == '\\' {
            words.extend(rest.next());
        }
    }
    Cow::Owned(html::line(&words.replace(STRUCK, "")))
}

fn escaped(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.replace('&', "&amp;")
        .replace('"', "&quot;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// Returns the words of a shortcode with the names they are given by, which most have none.
fn words(inner: &str) -> Vec<(String, String)> {
    let mut words = Vec::new();
    let mut rest = inner.trim_start();
    while !rest.is_empty() {
        let mut name = "";
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '"' | '\'' | '`'));
        if let Some(end) = end
            && rest.get(end..).is_some_and(|after| after.starts_with('='))
        {
            name = rest.get(..end).unwrap_or_default();
            rest = rest.get(end + 1..).unwrap_or_default();
        }
        let mark = rest
            .chars()
            .next()
            .filter(|c| matches!(c, '"' | '\'' | '`'));
        let within = rest
            .get(mark.map_or(0, char::len_utf8)..)
            .unwrap_or_default();
        let length = match mark {
            Some(mark) => within.find(mark),
            None => within.find(char::is_whitespace),
        }
        .unwrap_or(within.len());
        let value = within.get(..length).unwrap_or_default();
        words.push((name.to_owned(), value.to_owned()));
        let after = within.get(length..).unwrap_or_default();
        rest = match mark {
            Some(mark) => after.strip_prefix(mark).unwrap_or(after),
            None => after,
        }
        .trim_start();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shortcodes_become_what_they_show() {
        for (text, expected) in [
            ("a {{< note >}}b{{< /note >}} c", "a b c"),
            (
                "{{< img src=\"x.jpg\" alt=\"A \\u dog\" >}}",
                "<img alt=\"A \\u dog\">",
            ),
            ("{% image \"a/b.jpg\" \"A dog\" %}", "<img alt=\"A dog\">"),
            (
                "{{< youtube abc >}}",
                "<a href=\"https://www.youtube.com/watch?v=abc\">YouTube</a>",
            ),
            ("[x]({{ \"/2016/a\" | relative_url }})", "[x](/2016/a)"),
            ("# Head\n{: .wide}\nText", "# Head\n\nText"),
            ("`{{< x >}}` and {{< x >}}", "`{{< x >}}` and "),
            ("```\n{{< x >}}\n```\n", "```\n{{< x >}}\n```\n"),
            ("{{< fig\n caption=\"C\" >}}\nnext", "<img alt=\"C\">\nnext"),
            ("{{< never", "{{< never"),
            ("``{{ a }}`` {{ b }}c", "``{{ a }}`` c"),
            (
                "{:ok, value} {:name \"Ann\"} {:a 1} {:toc}",
                "{:ok, value} {:name \"Ann\"} {:a 1} ",
            ),
            (
                "$\\frac{{a}}{{b}}$ for $5 {{x}}$6",
                "$\\frac{{a}}{{b}}$ for $5 $6",
            ),
            (
                "a {% raw %}b\n{{ c }}\n{% endraw %} {{ d }}e\n{% raw %}f",
                "a b\n{{ c }}\n e\nf",
            ),
            (
                "````\n```js\n{{< a >}}\n```\n````\n{{< b >}}c",
                "````\n```js\n{{< a >}}\n```\n````\nc",
            ),
            ("```inline``` {{< a >}}b", "```inline``` b"),
            (
                "{{< highlight go >}}\nb\n{{< / highlight >}}\n",
                "~~~~~~\nb\n~~~~~~\n",
            ),
            (
                "{{< details \"What to bring\" >}}a{{< /details >}}",
                "<b>What to bring</b>\n\na",
            ),
            (
                "{% include note.html content=\"Mind the *gap*\" %}",
                "Mind the *gap*",
            ),
            (
                "{{< img alt=\"**A \\- &ldquo;b&rdquo;** * c\" >}}",
                "<img alt=\"A - “b” * c\">",
            ),
            ("a {% raw %}{{ b }}{% endraw %} c {{ d }}", "a {{ b }} c "),
            (
                "`{% raw %}{{ b }}{% endraw %}`\n```\n{% raw %}{{ c }}{% endraw %}\n```\n",
                "`{{ b }}`\n```\n{{ c }}\n```\n",
            ),
            ("a { b } {{", "a { b } {{"),
            (
                "a\n{% highlight rust %}\nlet {{ b }}\n{% endhighlight %}\nc\n",
                "a\n~~~~~~\nlet {{ b }}\n~~~~~~\nc\n",
            ),
            (
                "{{< highlight go \"x\" >}}\nb\n{{< /highlight >}}\n",
                "~~~~~~\nb\n~~~~~~\n",
            ),
            ("a\n{% comment %}\nb\n{% endcomment %}\nc\n", "a\nc\n"),
            ("a {{< highlight >}}b{{< /highlight >}} c", "a b c"),
            ("{{< highlight >}}b{{< /highlight >}}\nc", "b\nc"),
            ("{% highlight x %}\na\n", "\na\n"),
            ("a {# b #} c {#d}", "a  c {#d}"),
            (
                "{% gist ann 12 %}",
                "<a href=\"https://gist.github.com/ann/12\">Gist</a>",
            ),
            ("{% post_link a-b 'So' %}", "<a href=\"a-b.md\">So</a>"),
            (
                "{% embed https://a.org/b %}",
                "<a href=\"https://a.org/b\">https://a.org/b</a>",
            ),
        ] {
            assert_eq!(replace(text), expected, "{text}");
        }
    }
}
