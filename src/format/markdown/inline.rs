//! Tags of HTML within a line of Markdown.

/// A tag as far as it matters here.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Inline {
    /// A line break.
    Break,
    /// A picture, by its description.
    Picture(String),
    /// What opens a span: the tag's name, and the address of a link.
    Open(String, Option<String>),
    /// What closes one.
    Close(String),
    /// A place that links lead to.
    Place(String),
    /// Whatever else: a comment, a tag that shows nothing by itself.
    Nothing,
}

/// Reads one tag.
pub(super) fn read(html: &str) -> Inline {
    let Some(tag) = html.strip_prefix('<') else {
        return Inline::Nothing;
    };
    let closes = tag.starts_with('/');
    let tag = tag.trim_start_matches('/');
    let end = tag
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(tag.len());
    let name = tag.get(..end).unwrap_or_default().to_ascii_lowercase();
    let is_span = matches!(
        name.as_str(),
        "a" | "em"
            | "i"
            | "cite"
            | "strong"
            | "b"
            | "code"
            | "kbd"
            | "samp"
            | "tt"
            | "del"
            | "s"
            | "strike"
    );
    match name.as_str() {
        "br" => Inline::Break,
        "img" => Inline::Picture(attribute(tag, "alt").unwrap_or_default()),
        _ if is_span && closes => Inline::Close(name),
        "a" if attribute(tag, "href").is_none() => attribute(tag, "id")
            .or_else(|| attribute(tag, "name"))
            .map_or(Inline::Nothing, Inline::Place),
        _ if is_span => {
            let address = attribute(tag, "href");
            Inline::Open(name, address)
        }
        _ => Inline::Nothing,
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let lower = tag.to_ascii_lowercase();
    let at = lower.match_indices(name).find_map(|(at, _)| {
        let before = lower.get(..at)?.ends_with(|c: char| c.is_whitespace());
        let after = lower.get(at + name.len()..)?.trim_start().starts_with('=');
        (before && after).then_some(at + name.len())
    })?;
    let value = tag.get(at..)?.trim_start().strip_prefix('=')?.trim_start();
    let mark = value.chars().next()?;
    let value = if matches!(mark, '"' | '\'') {
        value.get(1..)?.split(mark).next()?
    } else {
        value
            .split(|c: char| c.is_whitespace() || c == '>')
            .next()?
    };
    Some(crate::format::html::line(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_read_as_far_as_it_matters() {
        for (html, expected) in [
            ("<br/>", Inline::Break),
            (
                "<img src=a alt='A &amp; B'>",
                Inline::Picture("A & B".to_owned()),
            ),
            (
                "<A HREF=\"x\">",
                Inline::Open("a".to_owned(), Some("x".to_owned())),
            ),
            ("</em>", Inline::Close("em".to_owned())),
            ("<a name=here>", Inline::Place("here".to_owned())),
            ("<span class=x>", Inline::Nothing),
            ("<!-- x -->", Inline::Nothing),
        ] {
            assert_eq!(read(html), expected, "{html}");
        }
    }
}
