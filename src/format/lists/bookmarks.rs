//! Bookmarks in JSON: the file `Bookmarks` of Chrome and its kin, the backups of Firefox, what Pinboard hands out.

use std::collections::HashMap;

use serde_json::Value;

use super::super::outlet::Outlet;
use super::HEAD;
use crate::document::Subscription;

/// Whose bookmarks they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Make {
    Chrome,
    Firefox,
    Pinboard,
}

/// What Firefox calls a folder.
const CONTAINER: &str = "text/x-moz-place-container";

/// Returns whose bookmarks a text is, by its beginning.
pub(super) fn told(text: &str) -> Option<Make> {
    let head = text.get(..text.floor_char_boundary(HEAD))?;
    let names = |names: &[&str]| names.iter().all(|name| head.contains(name));
    let object = head.starts_with('{');
    if object && names(&["\"roots\"", "\"bookmark_bar\""]) {
        Some(Make::Chrome)
    } else if object && names(&["\"guid\"", CONTAINER]) {
        Some(Make::Firefox)
    } else if head.starts_with('[') && names(&["\"href\"", "\"description\"", "\"toread\""]) {
        Some(Make::Pinboard)
    } else {
        None
    }
}

/// Reads them.
pub(super) fn read(text: &str, make: Make, outlet: &mut Outlet<'_, '_>) {
    let value: Value = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(fault) => {
            let message = format!("is no sound JSON ({fault}); passed over");
            return outlet.warn(format!("line {}", fault.line()), message);
        }
    };
    let mut found = Found::default();
    match make {
        Make::Chrome => {
            let roots = value.get("roots").and_then(Value::as_object);
            for root in roots.into_iter().flat_map(|roots| roots.values()) {
                found.chrome(root, &mut Vec::new(), true);
            }
        }
        Make::Firefox => found.firefox(&value, &mut Vec::new(), true),
        Make::Pinboard => found.pinboard(&value),
    }
    let mut kept = 0;
    for subscription in found.list {
        kept += usize::from(super::subscribe(outlet, subscription));
    }
    if kept == 0 {
        outlet.has_no_text();
    }
}

/// The bookmarks so far, each address once.
#[derive(Default)]
struct Found {
    list: Vec<Subscription>,
    places: HashMap<String, usize>,
}

impl Found {
    /// Takes a bookmark; one that was there learns its tags and its folders where it has none.
    fn take(&mut self, found: Subscription) {
        if let Some(known) = self
            .places
            .get(&found.address)
            .and_then(|place| self.list.get_mut(*place))
        {
            known.title = known.title.take().or(found.title);
            if known.folders.is_empty() {
                known.folders = found.folders;
            }
            known.tags.extend(found.tags);
            return;
        }
        self.places.insert(found.address.clone(), self.list.len());
        self.list.push(found);
    }

    /// Walks through a folder of Chrome's. Its roots are named by it, not by who keeps bookmarks there. JSON that is
    /// read stands no deeper than 128 values.
    fn chrome(&mut self, node: &Value, folders: &mut Vec<String>, is_root: bool) {
        let name = text(node, "name");
        if let Some(address) = text(node, "url") {
            self.take(Subscription {
                address,
                title: name,
                folders: folders.clone(),
                ..Subscription::default()
            });
            return;
        }
        let named = name.filter(|_| !is_root);
        let depth = folders.len();
        folders.extend(named);
        for child in children(node) {
            self.chrome(child, folders, false);
        }
        folders.truncate(depth);
    }

    /// Walks through a folder of Firefox's. Its roots have names of its own, and the folders in the one for tags are
    /// the tags of what they hold.
    fn firefox(&mut self, node: &Value, folders: &mut Vec<String>, is_root: bool) {
        if text(node, "type").as_deref() == Some("text/x-moz-place") {
            self.firefox_bookmark(node, folders);
            return;
        }
        if text(node, "root").as_deref() == Some("tagsFolder") {
            self.firefox_tags(node);
            return;
        }
        if let Some(feed) = annotation(node, "livemark/feedURI") {
            self.take(Subscription {
                address: feed,
                title: text(node, "title"),
                site: annotation(node, "livemark/siteURI"),
                folders: folders.clone(),
                is_feed: true,
                ..Subscription::default()
            });
            return;
        }
        let named =
            text(node, "title").filter(|_| !is_root && node.get("root").is_none() && !is_own(node));
        let depth = folders.len();
        folders.extend(named);
        for child in children(node) {
            self.firefox(child, folders, false);
        }
        folders.truncate(depth);
    }

    fn firefox_bookmark(&mut self, node: &Value, folders: &[String]) {
        let Some(address) = text(node, "uri").filter(|address| !address.starts_with("place:"))
        else {
            return;
        };
        let tags = text(node, "tags").unwrap_or_default();
        self.take(Subscription {
            address,
            title: text(node, "title"),
            folders: folders.to_vec(),
            tags: tags.split(',').map(str::to_owned).collect(),
            ..Subscription::default()
        });
    }

    fn firefox_tags(&mut self, node: &Value) {
        for tag in children(node) {
            let name = text(tag, "title");
            for marked in children(tag) {
                if let Some(address) = text(marked, "uri") {
                    self.take(Subscription {
                        address,
                        tags: name.clone().into_iter().collect(),
                        ..Subscription::default()
                    });
                }
            }
        }
    }

    fn pinboard(&mut self, value: &Value) {
        for one in value.as_array().into_iter().flatten() {
            let Some(address) = text(one, "href") else {
                continue;
            };
            let tags = text(one, "tags").unwrap_or_default();
            self.take(Subscription {
                address,
                title: text(one, "description"),
                tags: tags.split_whitespace().map(str::to_owned).collect(),
                ..Subscription::default()
            });
        }
    }
}

/// Returns whether a folder is one that Firefox makes: their names of twelve letters end in lines.
fn is_own(node: &Value) -> bool {
    text(node, "guid").is_some_and(|guid| guid.len() == 12 && guid.ends_with("____"))
}

fn children(node: &Value) -> &[Value] {
    let children = node.get("children").and_then(Value::as_array);
    children.map(Vec::as_slice).unwrap_or_default()
}

fn annotation(node: &Value, name: &str) -> Option<String> {
    let notes = node.get("annos").and_then(Value::as_array)?;
    let found = notes
        .iter()
        .find(|note| text(note, "name").as_deref() == Some(name))?;
    text(found, "value")
}

fn text(node: &Value, name: &str) -> Option<String> {
    let text = node.get(name)?.as_str()?;
    Some(text.to_owned()).filter(|text| !text.trim().is_empty())
}
