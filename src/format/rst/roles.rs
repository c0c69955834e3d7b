//! Roles: what their words are, in reStructuredText as in `MyST`.

use std::borrow::Cow;

use crate::format::scripts;

/// The roles whose words are those of a program.
const CODE: [&str; 32] = [
    "attr", "class", "cls", "code", "command", "confval", "const", "data", "dfn", "envvar",
    "event", "exc", "file", "fn", "func", "function", "kbd", "keyword", "literal", "macro",
    "makevar", "member", "meth", "method", "mod", "obj", "option", "program", "samp", "struct",
    "type", "var",
];

/// What the words of a role are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::format) enum Role {
    /// Words of a program.
    Code,
    /// The name of a document.
    Document,
    /// The name of a place.
    Place,
    /// A term of a glossary.
    Term,
    /// A memo of a series that bears numbers, by the name of the series.
    Memo(&'static str),
    Strong,
    Emphasis,
    Plain,
}

/// Returns the words of a role as they stand above or below the line, where it sets them there.
pub(in crate::format) fn set<'w>(name: &str, words: &'w str) -> Cow<'w, str> {
    match name.rsplit(':').next().unwrap_or(name) {
        "sup" | "superscript" => scripts::above(words),
        "sub" | "subscript" => scripts::below(words),
        _ => Cow::Borrowed(words),
    }
}

/// What a role says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::format) struct Told<'w> {
    pub role: Role,
    /// The words that are shown.
    pub shown: &'w str,
    /// What they lead to.
    pub to: &'w str,
    /// The words were given besides what they lead to.
    pub is_titled: bool,
}

/// Returns what a role says by its words.
pub(in crate::format) fn told<'w>(name: &str, words: &'w str) -> Told<'w> {
    let role = match name.rsplit(':').next().unwrap_or(name) {
        "doc" | "download" | "document" => Role::Document,
        "ref" | "numref" | "any" | "keyword-ref" | "eq" | "std-ref" => Role::Place,
        "term" => Role::Term,
        "rfc" => Role::Memo("RFC"),
        "pep" => Role::Memo("PEP"),
        "strong" => Role::Strong,
        "sub" | "sup" | "subscript" | "superscript" | "math" | "abbr" | "title" | "guilabel"
        | "menuselection" => Role::Plain,
        name if CODE.contains(&name) => Role::Code,
        _ => Role::Emphasis,
    };
    let (shown, to) = parted(words);
    let shown = match to {
        Some(_) => shown,
        None if role == Role::Code => short(shown),
        None => shown.trim_start_matches('!'),
    };
    Told {
        role,
        shown,
        to: to.unwrap_or(words),
        is_titled: to.is_some(),
    }
}

/// Returns the name of a thing of a program as it is shown: `~a.b.c` as `c`, `!a` as `a`.
fn short(name: &str) -> &str {
    match name.strip_prefix('~') {
        Some(long) => long.rsplit('.').next().unwrap_or(long),
        None => name.trim_start_matches(['!', '.']),
    }
}

/// Parts words from the address in angle brackets behind them.
pub(in crate::format) fn parted(words: &str) -> (&str, Option<&str>) {
    let parted = words
        .strip_suffix('>')
        .and_then(|words| words.rsplit_once('<'));
    match parted {
        Some((shown, to)) if shown.is_empty() || shown.ends_with(char::is_whitespace) => {
            (shown.trim_end(), Some(to))
        }
        _ => (words, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_says_what_is_shown_and_where_it_leads() {
        for (name, words, role, shown, to) in [
            ("py:func", "~a.b.c", Role::Code, "c", "~a.b.c"),
            ("class", "!A", Role::Code, "A", "!A"),
            ("ref", "So <a b>", Role::Place, "So", "a b"),
            ("doc", "/a/b", Role::Document, "/a/b", "/a/b"),
            ("std:term", "word", Role::Term, "word", "word"),
            ("rfc", "822", Role::Memo("RFC"), "822", "822"),
            ("math", "x < y", Role::Plain, "x < y", "x < y"),
            ("whatever", "x", Role::Emphasis, "x", "x"),
        ] {
            let told = told(name, words);
            assert_eq!(
                (told.role, told.shown, told.to),
                (role, shown, to),
                "{name}"
            );
        }
    }
}
