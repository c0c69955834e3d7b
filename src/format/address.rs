//! Addresses: relative references made absolute, and what is drawn for one.
//!
//! Resolution as in RFC 3986, section 5.2, on text: an address is kept as its source wrote it, never encoded anew.

use std::borrow::Cow;

use crate::text::sanitize;

/// The longest base, in bytes, that references are joined to: each link would carry it, and each base within a base the
/// one around it.
pub(super) const LONGEST_BASE: usize = 4096;

/// Returns the address that `reference` means on a page at `base`, or nothing for one that leads nowhere a reader
/// could go: a script, data in the address itself, a place within the same page.
pub(super) fn resolve(base: Option<&str>, reference: &str) -> Option<String> {
    let reference = tidy(reference);
    if reference.is_empty() || reference.starts_with('#') {
        return None;
    }
    if let Some(scheme) = scheme(&reference) {
        let hidden = ["javascript", "data", "about", "blob", "vbscript"]
            .iter()
            .any(|name| scheme.eq_ignore_ascii_case(name));
        return (!hidden).then(|| reference.into_owned());
    }
    let Some(base) = base.filter(|base| base.len() <= LONGEST_BASE && scheme(base).is_some())
    else {
        return Some(reference.into_owned());
    };
    Some(join(base, &reference))
}

/// Returns an address without the blanks and controls that would break a line or command a terminal.
fn tidy(address: &str) -> Cow<'_, str> {
    let address = address.trim();
    if address.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Cow::Borrowed(address);
    }
    let clean = sanitize::clean(address);
    let mut tidied = String::with_capacity(clean.len());
    for c in clean.chars() {
        match c {
            '\u{2028}' | '\u{2029}' => {}
            _ if c.is_control() => {}
            _ if c.is_whitespace() => tidied.push_str("%20"),
            _ => tidied.push(c),
        }
    }
    Cow::Owned(tidied)
}

/// Returns the scheme of an address: `https` of `https://…`.
pub(super) fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let sound = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'));
    sound.then_some(scheme)
}

/// Joins a relative reference to an absolute base.
fn join(base: &str, reference: &str) -> String {
    let base = base.split('#').next().unwrap_or(base);
    let (root, path) = split_root(base);
    let bare_path = path.split('?').next().unwrap_or(path);
    if reference.starts_with("//") {
        let scheme = scheme(base).unwrap_or("https");
        return format!("{scheme}:{reference}");
    }
    if reference.starts_with('?') {
        return format!("{root}{bare_path}{reference}");
    }
    let (reference_path, rest) = reference
        .find(['?', '#'])
        .map_or((reference, ""), |at| reference.split_at(at));
    let folder = if reference_path.starts_with('/') {
        ""
    } else {
        let end = bare_path.rfind('/');
        end.and_then(|at| bare_path.get(..=at)).unwrap_or("/")
    };
    let mut joined = String::with_capacity(root.len() + folder.len() + reference.len());
    if folder.contains("/.") || reference_path.contains("/.") || reference_path.starts_with('.') {
        let merged = format!("{folder}{reference_path}");
        joined.extend([root, &without_dots(&merged), rest]);
    } else {
        joined.extend([root, folder, reference]);
    }
    joined
}

/// Splits an absolute address before its path.
fn split_root(address: &str) -> (&str, &str) {
    let authority = address.find("://").map_or(0, |at| at + 3);
    let path = address
        .get(authority..)
        .and_then(|rest| rest.find(['/', '?']))
        .map_or(address.len(), |at| authority + at);
    address.split_at(path)
}

/// Removes `.` and `..` from a path (RFC 3986, section 5.2.4).
fn without_dots(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut segments = path.split('/').skip(1).peekable();
    while let Some(segment) = segments.next() {
        let last = segments.peek().is_none();
        match segment {
            "." | ".." => {
                if segment == ".." {
                    kept.pop();
                }
                if last {
                    kept.push("");
                }
            }
            _ => kept.push(segment),
        }
    }
    format!("/{}", kept.join("/"))
}

/// Returns the name of a file that is named from a folder of an archive. Dots are resolved, and what climbs out of the
/// archive stays at its top.
pub(super) fn in_folder(folder: &str, path: &str) -> String {
    let path = path.trim().replace('\\', "/");
    let folder = if path.starts_with('/') { "" } else { folder };
    let mut kept: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => _ = kept.pop(),
            part => kept.push(part),
        }
    }
    kept.join("/")
}

/// Decodes percent signs (RFC 3986, section 2.1). One that stands for itself stays, and all do where they make no UTF-8.
pub(super) fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let encoded = match after {
            [high, low, after @ ..] if first == b'%' => digit(*high)
                .zip(digit(*low))
                .map(|(high, low)| ((high << 4 | low) as u8, after)),
            _ => None,
        };
        let (byte, after) = encoded.unwrap_or((first, after));
        bytes.push(byte);
        rest = after;
    }
    String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// Returns what is shown for an address: without its scheme, `www.` and query.
pub(super) fn shown(address: &str) -> &str {
    let bare = address.split_once("://").map_or(address, |(_, bare)| bare);
    let bare = bare.strip_prefix("www.").unwrap_or(bare);
    let bare = bare.split(['?', '#']).next().unwrap_or(bare);
    bare.trim_end_matches('/')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The normal examples of RFC 3986, section 5.4.1, and what pages have besides.
    #[test]
    fn a_reference_is_resolved_as_the_standard_has_it() {
        let base = Some("http://a/b/c/d;p?q");
        for (reference, expected) in [
            ("g", Some("http://a/b/c/g")),
            ("./g", Some("http://a/b/c/g")),
            ("g/", Some("http://a/b/c/g/")),
            ("/g", Some("http://a/g")),
            ("//g", Some("http://g")),
            ("?y", Some("http://a/b/c/d;p?y")),
            ("g?y#s", Some("http://a/b/c/g?y#s")),
            (".", Some("http://a/b/c/")),
            ("..", Some("http://a/b/")),
            ("../g", Some("http://a/b/g")),
            ("../../../g", Some("http://a/g")),
            ("mailto:ann@example.org", Some("mailto:ann@example.org")),
            (" http://x/y z\n", Some("http://x/y%20z")),
            ("#top", None),
            ("JavaScript:void(0)", None),
            ("data:text/html,x", None),
            ("", None),
        ] {
            assert_eq!(resolve(base, reference).as_deref(), expected, "{reference}");
        }
        assert_eq!(
            resolve(Some("http://a"), "g").as_deref(),
            Some("http://a/g")
        );
        assert_eq!(resolve(None, "g/h").as_deref(), Some("g/h"));
    }

    #[test]
    fn names_within_archives_are_joined_and_decoded() {
        for (folder, path, expected) in [
            ("OEBPS", "ch1.xhtml", "OEBPS/ch1.xhtml"),
            ("OEBPS/text", "../img\\a.png", "OEBPS/img/a.png"),
            ("OEBPS", "/ch1.xhtml", "ch1.xhtml"),
            ("", "../../etc/passwd", "etc/passwd"),
        ] {
            assert_eq!(in_folder(folder, path), expected);
        }
        for (text, expected) in [
            ("a%20b%C3%A9%zz%", "a bé%zz%"),
            ("%+1%2", "%+1%2"),
            ("%e9", "%e9"),
            ("é%41", "éA"),
            ("100%", "100%"),
        ] {
            assert_eq!(decoded(text), expected);
        }
    }

    #[test]
    fn an_address_is_shown_without_what_tells_nothing() {
        for (address, expected) in [
            (
                "http://player.vimeo.com/video/67108701",
                "player.vimeo.com/video/67108701",
            ),
            (
                "https://www.youtube.com/embed/LxA?feature=oembed",
                "youtube.com/embed/LxA",
            ),
            ("mailto:a@b", "mailto:a@b"),
        ] {
            assert_eq!(shown(address), expected);
        }
    }
}
