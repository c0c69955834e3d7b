//! JSON: feeds, and documents one a line. Which of the two it is shows in the first bytes: a feed is one object that
//! names its version or has items; lines are objects, each whole on its own line.

mod feed;
pub(super) mod lines;
mod surrogates;

use super::lists;
use super::outlet::Outlet;

/// How far the names of a feed are looked for: `version` comes first, and items before much else.
const HEAD: usize = 16 * 1024;

/// Returns whether it is JSON of a kind that is read here.
pub(super) fn is_json(name: &str, text: &str) -> bool {
    is_feed(text) || lines::is_lines(name, text)
}

/// Reads it.
pub(super) fn read(text: &str, outlet: &mut Outlet<'_, '_>) {
    if is_feed(text) {
        feed::read(text, outlet);
    } else {
        lines::read(text, outlet);
    }
}

/// Returns whether a file that begins with `head` is JSON Lines, which need not be held as a whole.
pub(super) fn is_streamed(name: &str, head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head);
    // The last line of the head may be cut off.
    let whole = text.rsplit_once('\n').map_or("", |(whole, _)| whole);
    let begins = whole.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    begins.starts_with('{')
        && !is_feed(whole)
        && !lists::is_list(name, &text)
        && lines::is_lines(name, whole)
}

fn is_feed(text: &str) -> bool {
    let text = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    if !text.starts_with('{') {
        return false;
    }
    let head = text
        .get(..text.floor_char_boundary(HEAD))
        .unwrap_or_default();
    let says_so = head.contains("\"version\"")
        && (head.contains("jsonfeed.org/version") || head.contains("jsonfeed.org\\/version"));
    says_so || has_items(head)
}

/// Returns whether the outermost object has an array called `items`.
fn has_items(head: &str) -> bool {
    let (mut depth, mut in_string, mut escaped) = (0u32, false, false);
    for (at, byte) in head.bytes().enumerate() {
        if in_string {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => in_string = false,
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => {
                in_string = true;
                let rest = head.get(at..).unwrap_or_default();
                if depth == 1
                    && let Some(after) = rest.strip_prefix("\"items\"")
                    && let Some(value) = after.trim_start().strip_prefix(':')
                {
                    return value.trim_start().starts_with('[');
                }
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                // The object is over: what follows is another line.
                if depth == 0 {
                    return false;
                }
            }
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;
    use std::ops::ControlFlow;

    use super::*;
    use crate::format::{Input, read, read_stream};

    #[test]
    fn lines_read_piece_by_piece_are_the_same_documents() {
        let line = |id: usize| format!("{{\"id\": \"{id}\", \"text\": \"Line {id}.\"}}\n");
        let text: String = (0..2000).map(line).collect();
        let head = text.get(..64).unwrap();
        assert!(is_streamed("a.jsonl", head.as_bytes()));
        assert!(!is_streamed("a.json", b"[\n{\"id\": 1}\n"));
        let mut keys = [Vec::new(), Vec::new()];
        let [streamed, whole] = &mut keys;
        let input = Input::new("a.jsonl", head.as_bytes());
        read_stream(&input, &mut Cursor::new(text.as_bytes()), &mut |one| {
            streamed.push(one.key.0);
            ControlFlow::Continue(())
        });
        read(&Input::new("a.jsonl", text.as_bytes()), &mut |one| {
            whole.push(one.key.0);
            ControlFlow::Continue(())
        });
        assert_eq!(streamed.len(), 2000);
        assert_eq!(streamed, whole);
    }

    #[test]
    fn feeds_and_lines_are_told_apart() {
        for (name, text, feed, json) in [
            (
                "a",
                "{\"version\": \"https://jsonfeed.org/version/1.1\"}",
                true,
                true,
            ),
            (
                "a",
                "\u{feff}\n{ \"title\": \"x\", \"items\" : [",
                true,
                true,
            ),
            ("a", "{\"a\": {\"items\": []}}", false, true),
            ("a", "{\"a\": \"\\\"items\\\": [\"}", false, true),
            ("a.jsonl", "{\"a\": 1}", false, true),
            ("a", "{\"a\": 1}\n{\"a\": 2}\n", false, true),
            ("a", "{\"a\": 1}\n{\"items\": []}\n", false, true),
            ("a.json", "[1, 2]", false, false),
            ("a", "{not json}", false, false),
            ("a", "", false, false),
        ] {
            assert_eq!(is_feed(text), feed, "{text}");
            assert_eq!(is_json(name, text), json, "{text}");
        }
    }
}
