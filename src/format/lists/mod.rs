//! Lists of addresses: OPML, the bookmarks of browsers, what services to read later hand out, the feeds of newsboat.
//!
//! Each is told by what it holds; a name alone decides nothing but for newsboat's `urls`, which may be bare addresses.
//! Nothing here is a document: each address becomes a subscription with its folders and tags.

mod bookmarks;
mod csv;
mod lz4;
mod marked;
mod newsboat;
mod opml;
mod saved;
mod tags;

use super::outlet::{Outlet, tidy};
use super::{address, sort};
use crate::document::Subscription;

pub(super) use lz4::{is_backup, read_backup};
pub use opml::write as write_opml;

/// What is said of a file that only Apple's programs read.
pub(super) const PROPERTY_LIST: &str = "is a property list of Apple's, as Safari keeps its bookmarks in; \
     there, File > Export > Bookmarks writes an HTML file that is read";

/// How far the marks of a list are looked for.
const HEAD: usize = 4 * 1024;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum List {
    Opml,
    /// Bookmarks in HTML: a browser's, or Pocket's first export.
    Marked,
    /// Bookmarks in JSON: a browser's own file, or Pinboard's.
    Bookmarks(bookmarks::Make),
    /// The tables of Pocket, Instapaper and Raindrop.
    Saved(saved::Columns),
    Newsboat,
}

/// Returns whether it is a list of addresses.
pub(super) fn is_list(name: &str, text: &str) -> bool {
    told(name, text).is_some()
}

/// Reads it.
pub(super) fn read(text: &str, outlet: &mut Outlet<'_, '_>) {
    match told(outlet.name(), text) {
        Some(List::Opml) => opml::read(text, outlet),
        Some(List::Marked) => marked::read(text, outlet),
        Some(List::Bookmarks(make)) => bookmarks::read(text, make, outlet),
        Some(List::Saved(columns)) => saved::read(text, columns, outlet),
        Some(List::Newsboat) => newsboat::read(text, outlet),
        None => outlet.warn("file", "is no list that is known; passed over"),
    }
}

fn told(name: &str, text: &str) -> Option<List> {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if !text.starts_with('<') {
        if let Some(make) = bookmarks::told(text) {
            return Some(List::Bookmarks(make));
        }
        let columns = saved::columns(text).map(List::Saved);
        return columns.or_else(|| newsboat::is_list(name, text).then_some(List::Newsboat));
    }
    let root = sort::root(text).unwrap_or_default();
    if root.eq_ignore_ascii_case("opml") {
        return Some(List::Opml);
    }
    let head = text
        .get(..text.floor_char_boundary(HEAD))
        .unwrap_or_default()
        .to_ascii_lowercase();
    let marked = head.starts_with("<!doctype netscape-bookmark-file")
        || root.eq_ignore_ascii_case("html") && head.contains("<title>pocket export</title>")
        || head.starts_with("<!doctype html>") && head.contains("<title>pocket export</title>");
    marked.then_some(List::Marked)
}

/// Notes an address with what its list says of it. Returns whether it leads anywhere.
fn subscribe(outlet: &mut Outlet<'_, '_>, found: Subscription) -> bool {
    let Some(address) = address::resolve(None, &found.address) else {
        return false;
    };
    let tidied = |names: &[String]| {
        let mut once = Vec::new();
        for name in names.iter().filter_map(|name| tidy(name)) {
            if !once.contains(&name) {
                once.push(name);
            }
        }
        once
    };
    let title = found.title.as_deref().and_then(tidy);
    outlet.subscribe(Subscription {
        // Lists repeat the address where a page has no title.
        title: title.filter(|title| *title != address),
        site: found.site.and_then(|site| address::resolve(None, &site)),
        folders: tidied(&found.folders),
        tags: tidied(&found.tags),
        is_feed: found.is_feed,
        address,
    });
    true
}

#[cfg(test)]
mod tests;
