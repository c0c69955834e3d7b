//! OPML (opml.org, 1.0 and 2.0), in and out. Most lists that people have are not well-formed: a raw `&` in an address
//! is read as one.

use std::borrow::Cow;
use std::collections::HashMap;

use super::super::html;
use super::super::outlet::{Outlet, tidy};
use super::tags::{Tag, Tags};
use crate::document::Subscription;

/// How deep folders are followed; what lies deeper stands in the deepest.
const DEEPEST: usize = 64;

/// Reads a list.
pub(super) fn read(text: &str, outlet: &mut Outlet<'_, '_>) {
    let mut list = List::default();
    let mut tags = Tags::of(text);
    for tag in tags.by_ref() {
        if tag.name.eq_ignore_ascii_case("outline") {
            if tag.ends {
                list.folders.pop();
            } else {
                list.outline(&tag, outlet);
            }
        } else if tag.name.eq_ignore_ascii_case("title") && !tag.ends && list.title.is_none() {
            list.title = tidy(&html::line(&decoded(tag.text)));
        }
    }
    if let Some(line) = tags.unclosed {
        let message = "a tag or comment is never closed; what stands before it was read";
        outlet.warn(format!("line {line}"), message);
    }
    if let Some(title) = &list.title {
        outlet.name_source(title);
    }
    if list.found == 0 {
        outlet.has_no_text();
    }
}

#[derive(Default)]
struct List {
    /// The names of the outlines that are open; nothing for one that is no folder.
    folders: Vec<Option<String>>,
    title: Option<String>,
    found: usize,
}

impl List {
    fn outline(&mut self, tag: &Tag<'_>, outlet: &mut Outlet<'_, '_>) {
        let empty = tag.empty;
        let mut fields = Fields::default();
        for (name, value) in &tag.attributes {
            fields.take(name, value);
        }
        let name = fields.title.or(fields.text);
        // What has no name of its own is called by its address.
        let addresses = [&fields.feed, &fields.url, &fields.site];
        let name = name.filter(|name| !addresses.into_iter().flatten().any(|one| one == name));
        // Blogs escape what they export twice; what has a `<` is no HTML, or it would have been escaped.
        let name = name.and_then(|name| {
            if name.contains('<') {
                tidy(&name)
            } else {
                tidy(&html::line(&name))
            }
        });
        let is_page = fields.kind.as_deref() != Some("include") && empty;
        let address = match (fields.feed, fields.url.or_else(|| fields.site.clone())) {
            (Some(feed), _) => Some((feed, true)),
            (None, Some(page)) if is_page => Some((page, false)),
            (None, Some(list)) if empty => {
                let message = format!("lists of lists are not followed: {list}; passed over");
                outlet.warn("outline", message);
                None
            }
            _ => None,
        };
        let is_folder = address.is_none();
        if let Some((address, is_feed)) = address {
            let folders = self.folders.iter().flatten().cloned();
            let categories = fields.categories.as_deref().map(categories);
            let subscription = Subscription {
                folders: folders.collect(),
                tags: categories.unwrap_or_default(),
                title: name.clone(),
                site: fields.site.filter(|_| is_feed),
                address,
                is_feed,
            };
            self.found += usize::from(super::subscribe(outlet, subscription));
        }
        if !empty && self.folders.len() < DEEPEST {
            self.folders.push(name.filter(|_| is_folder));
        }
    }
}

/// Returns the tags in a `category` of OPML 2.0: commas part them, and slashes the steps of one that begins with a
/// slash (`/Boston/Weather,trust`).
fn categories(list: &str) -> Vec<String> {
    let each = list.split(',').map(str::trim);
    let tags = each.flat_map(|one| match one.strip_prefix('/') {
        Some(path) => path.split('/').filter_map(tidy).collect(),
        None => Vec::from_iter(tidy(one)),
    });
    tags.collect()
}

/// What an outline says.
#[derive(Default)]
struct Fields {
    text: Option<String>,
    title: Option<String>,
    kind: Option<String>,
    feed: Option<String>,
    url: Option<String>,
    site: Option<String>,
    categories: Option<String>,
}

impl Fields {
    /// Takes an attribute; programs write their names in any case.
    fn take(&mut self, name: &str, value: &str) {
        let value = decoded(value);
        let value = value.trim();
        if value.is_empty() {
            return;
        }
        let place = match name.to_ascii_lowercase().as_str() {
            "text" => &mut self.text,
            "title" => &mut self.title,
            "type" => &mut self.kind,
            "xmlurl" => &mut self.feed,
            "url" => &mut self.url,
            "htmlurl" => &mut self.site,
            "category" => &mut self.categories,
            _ => return,
        };
        *place = Some(value.to_owned());
    }
}

/// Resolves the entities of XML; what is none stays, so that `?a=1&copy=2` is an address still.
fn decoded(value: &str) -> Cow<'_, str> {
    if !value.contains('&') {
        return Cow::Borrowed(value);
    }
    let mut text = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('&') {
        let (before, from) = rest.split_at(at);
        text.push_str(before);
        // The longest is `&#x10ffff;`.
        let head = from.get(..from.floor_char_boundary(12)).unwrap_or_default();
        let entity = head
            .find(';')
            .and_then(|end| Some((character(head.get(1..end)?)?, end + 1)));
        let length = if let Some((c, length)) = entity {
            text.push(c);
            length
        } else {
            text.push('&');
            1
        };
        rest = from.get(length..).unwrap_or_default();
    }
    text.push_str(rest);
    Cow::Owned(text)
}

fn character(name: &str) -> Option<char> {
    let number = match name {
        "amp" => return Some('&'),
        "lt" => return Some('<'),
        "gt" => return Some('>'),
        "quot" => return Some('"'),
        "apos" => return Some('\''),
        _ => name.strip_prefix('#')?,
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(code)
}

/// Returns a list of subscriptions as OPML 2.0: folders are outlines, tags the `category` of what bears them. A comma
/// within a tag becomes a blank, since commas part tags, and a slash at its beginning goes.
///
/// ```
/// use recto::document::Subscription;
///
/// let feed = Subscription {
///     address: "https://example.org/feed?a=1&b=2".to_owned(),
///     title: Some("News & views".to_owned()),
///     folders: vec!["Daily".to_owned()],
///     tags: vec!["local".to_owned(), "trust".to_owned()],
///     is_feed: true,
///     ..Subscription::default()
/// };
/// let list = recto::format::opml(&[feed]);
/// assert!(list.contains("<outline text=\"Daily\">"));
/// assert!(list.contains("category=\"local,trust\""));
/// assert!(list.contains("xmlUrl=\"https://example.org/feed?a=1&amp;b=2\""));
/// ```
pub fn write(subscriptions: &[Subscription]) -> String {
    let mut list = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n  <head>\n    <title>Subscriptions</title>\n  </head>\n  <body>\n",
    );
    let mut open: &[String] = &[];
    for subscription in in_folders(subscriptions) {
        let folders = folders(subscription);
        let same = open.iter().zip(folders).take_while(|(a, b)| a == b).count();
        for depth in (same..open.len()).rev() {
            indent(&mut list, depth);
            list.push_str("</outline>\n");
        }
        for (depth, folder) in folders.iter().enumerate().skip(same) {
            indent(&mut list, depth);
            list.push_str("<outline");
            add_attribute(&mut list, "text", folder);
            list.push_str(">\n");
        }
        open = folders;
        add_outline(&mut list, subscription, folders.len());
    }
    for depth in (0..open.len()).rev() {
        indent(&mut list, depth);
        list.push_str("</outline>\n");
    }
    list.push_str("  </body>\n</opml>\n");
    list
}

fn folders(subscription: &Subscription) -> &[String] {
    let folders = &subscription.folders;
    folders
        .get(..folders.len().min(DEEPEST))
        .unwrap_or_default()
}

/// Returns the subscriptions in the order of their folders, each folder where it is first named.
fn in_folders(subscriptions: &[Subscription]) -> Vec<&Subscription> {
    let mut ranks: HashMap<&[String], usize> = HashMap::new();
    let mut keyed: Vec<(Vec<usize>, &Subscription)> = Vec::new();
    for subscription in subscriptions {
        let folders = folders(subscription);
        let mut key = Vec::with_capacity(folders.len());
        for depth in 1..=folders.len() {
            let next = ranks.len();
            let path = folders.get(..depth).unwrap_or_default();
            key.push(*ranks.entry(path).or_insert(next));
        }
        keyed.push((key, subscription));
    }
    keyed.sort_by(|(one, _), (other, _)| one.cmp(other));
    keyed
        .into_iter()
        .map(|(_, subscription)| subscription)
        .collect()
}

fn add_outline(list: &mut String, subscription: &Subscription, depth: usize) {
    indent(list, depth);
    let title = subscription
        .title
        .as_deref()
        .unwrap_or(&subscription.address);
    list.push_str("<outline");
    add_attribute(list, "text", title);
    add_attribute(list, "title", title);
    if subscription.is_feed {
        add_attribute(list, "type", "rss");
        add_attribute(list, "xmlUrl", &subscription.address);
        if let Some(site) = &subscription.site {
            add_attribute(list, "htmlUrl", site);
        }
    } else {
        add_attribute(list, "type", "link");
        add_attribute(list, "url", &subscription.address);
    }
    if !subscription.tags.is_empty() {
        let tags = subscription.tags.iter();
        let tags: Vec<String> = tags
            .map(|tag| tag.trim_start_matches('/').replace(',', " "))
            .collect();
        add_attribute(list, "category", &tags.join(","));
    }
    list.push_str("/>\n");
}

fn indent(list: &mut String, depth: usize) {
    list.push_str("    ");
    for _ in 0..depth {
        list.push_str("  ");
    }
}

fn add_attribute(list: &mut String, name: &str, value: &str) {
    list.push(' ');
    list.push_str(name);
    list.push_str("=\"");
    for c in value.chars() {
        match c {
            '&' => list.push_str("&amp;"),
            '<' => list.push_str("&lt;"),
            '>' => list.push_str("&gt;"),
            '"' => list.push_str("&quot;"),
            // XML has no way to write the other controls.
            '\n' => list.push_str("&#10;"),
            '\t' => list.push_str("&#9;"),
            c if c.is_control() => {}
            c => list.push(c),
        }
    }
    list.push('"');
}
