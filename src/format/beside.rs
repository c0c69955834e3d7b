//! Links between the files of a folder: a path as one of them writes it, and the address of the document that it means.

use std::borrow::Cow;

use super::address;
use crate::document::Destination;

/// The endings of the names of texts that lead to each other by their paths.
const TEXTS: [&str; 11] = [
    "md", "markdown", "mkd", "mkdn", "mdown", "mdx", "org", "rst", "rest", "txt", "text",
];

/// The endings of the names of pictures.
const PICTURES: [&str; 13] = [
    "png", "jpg", "jpeg", "gif", "svg", "webp", "bmp", "avif", "tif", "tiff", "ico", "heic", "apng",
];

/// The endings of the names of sound, film and other files that are no text beside a note.
const OTHERS: [&str; 36] = [
    "mp3", "m4a", "wav", "ogg", "oga", "opus", "flac", "aac", "3gp", "mp4", "m4v", "mov", "mkv",
    "webm", "avi", "ogv", "pdf", "epub", "djvu", "zip", "gz", "doc", "docx", "odt", "rtf", "xls",
    "xlsx", "ods", "ppt", "pptx", "odp", "csv", "html", "htm", "canvas", "base",
];

/// Returns whether a path is that of a picture, by its ending.
pub(super) fn is_picture(path: &str) -> bool {
    ends_with(path, &PICTURES)
}

/// Returns whether a path is that of a file that is no text, by its ending. Any other dot belongs to a name: `Node.js`,
/// `01.05.2024`.
pub(super) fn is_other(path: &str) -> bool {
    is_picture(path) || ends_with(path, &OTHERS)
}

fn ends_with(path: &str, endings: &[&str]) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| {
        endings
            .iter()
            .any(|known| ending.eq_ignore_ascii_case(known))
    })
}

/// Returns whether a path is that of a text which is one document, by its ending.
pub(super) fn is_text(path: &str) -> bool {
    ends_with(path, &TEXTS)
}

/// Returns the address of a place in the file at `path`, as the file called `name` writes it; of the whole file where
/// `fragment` is empty, nothing for a file outside of the source.
pub(super) fn link(name: &str, path: &str, fragment: &str) -> Option<String> {
    let key = key(name, path)?;
    // The last sign of a number parts the two.
    let bare = fragment.is_empty() && !key.contains('#');
    let mark = if bare { "" } else { "#" };
    Some(format!("{}{key}{mark}{fragment}", Destination::SCHEME))
}

/// Returns the address of a place that the whole source knows by its name, in whichever file it is.
pub(super) fn place(name: &str) -> String {
    format!("{}#{}", Destination::SCHEME, wide(name))
}

/// Returns what a place is called that the whole source knows.
pub(super) fn wide(name: &str) -> String {
    format!("{}{name}", Destination::WIDE)
}

/// Returns the path of another file as the source counts paths, or nothing for one outside of it.
fn key(name: &str, path: &str) -> Option<String> {
    let decoded = address::decoded(path);
    // No path has controls in it, and in an address they would break lines.
    let decoded = if decoded.contains(char::is_control) {
        Cow::Borrowed(path)
    } else {
        decoded
    };
    let mut parts: Vec<&str> = if decoded.starts_with('/') {
        Vec::new()
    } else {
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        folder.split('/').filter(|part| !part.is_empty()).collect()
    };
    for part in decoded.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_leads_to_a_file_of_the_source() {
        for (path, fragment, expected) in [
            ("b.org", "", Some("recto:notes/b.org")),
            ("./in/b.md", "x", Some("recto:notes/in/b.md#x")),
            ("../c%20d.rst", "", Some("recto:c d.rst")),
            ("caf%C3%A9.md", "", Some("recto:notes/café.md")),
            ("C%23.md", "", Some("recto:notes/C#.md#")),
            ("a%0Ab.md", "", Some("recto:notes/a%0Ab.md")),
            ("%2e%2e/%2e%2e/out.md", "", None),
            ("/top.md", "", Some("recto:top.md")),
            ("../../out.md", "", None),
        ] {
            assert_eq!(link("notes/a.md", path, fragment).as_deref(), expected);
        }
        assert_eq!(place("a label"), "recto:#@a label");
        assert!(is_text("a.ORG") && !is_text("a.png") && !is_text("org"));
    }
}
