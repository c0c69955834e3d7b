//! Pages that rustdoc made: what it sets amid the text for who turns the pages in a browser.

use super::tree::{Id, ROOT, Tree};

/// How many elements may stand before the one that says who made a page.
const HEAD: usize = 60;

/// The classes of what folds, copies, leads to the source, or counts versions.
const TOOLS: [&str; 9] = [
    "anchor",
    "hideme",
    "out-of-band",
    "rightside",
    "rustdoc-breadcrumbs",
    "since",
    "src",
    "srclink",
    "sub-heading",
];

/// Returns whether rustdoc made a page.
pub(super) fn wrote(tree: &Tree) -> bool {
    let mut head = tree.elements(ROOT).take(HEAD);
    head.any(|id| {
        tree.tag(id) == "meta"
            && tree.attribute(id, "name") == Some("generator")
            && tree.attribute(id, "content") == Some("rustdoc")
    })
}

/// Returns whether an element of such a page is a tool, and no text.
pub(super) fn is_tool(tree: &Tree, id: Id) -> bool {
    let class = tree.attribute(id, "class").unwrap_or_default();
    let is_named = class
        .split_ascii_whitespace()
        .any(|name| TOOLS.contains(&name));
    is_named
        || tree.attribute(id, "id") == Some("copy-path")
        || matches!(tree.tag(id), "rustdoc-toolbar" | "rustdoc-topbar")
}
