//! A book's files of text, read in the order of the spine: bodies whose links still name files.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet, VecDeque};

use super::container::{find, fragment};
use super::gutenberg;
use super::opf::{Item, Opf};
use crate::document::{Block, BlockKind, Body, Destination, SpanKind};
use crate::format::archive::Package;
use crate::format::outlet::Outlet;
use crate::format::{address, encoding, html};

/// What parts a file from the place in it while a link names both: no name of an entry is looked up with it.
const SEPARATOR: char = '\n';

/// What the names of the places begin with where pages of the printed edition do.
pub(super) const PAGE: &str = "page=";

/// A file of text.
#[derive(Debug, Default)]
pub(super) struct File {
    /// Its name in the archive.
    pub path: String,
    /// It is part of the order of reading.
    pub linear: bool,
    /// What it says.
    pub body: Body,
    /// Where each id of it stands in the body; of equals, the first.
    pub places: HashMap<String, u32>,
    /// How many blocks at its top only adorn it: pictures, rules.
    pub adorned: usize,
    /// What its head calls it.
    pub title: Option<String>,
}

impl File {
    /// Returns the block that an id stands at.
    pub fn block_of(&self, fragment: &str) -> Option<usize> {
        let at = self.places.get(fragment)?;
        Some(self.body.block_at(*at))
    }
}

/// A place in the book: a file, and the id of an element in it; the file's beginning where that is empty.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Target {
    pub path: String,
    pub fragment: String,
}

impl Target {
    /// Takes a link apart that leads to a place in the book.
    pub fn of(address: &str) -> Option<Self> {
        let (path, fragment) = address
            .strip_prefix(Destination::SCHEME)?
            .split_once(SEPARATOR)?;
        Some(Self {
            path: path.to_owned(),
            fragment: fragment.to_owned(),
        })
    }

    fn address(&self) -> String {
        format!(
            "{}{}{SEPARATOR}{}",
            Destination::SCHEME,
            self.path,
            self.fragment
        )
    }
}

/// Reads the files of the spine, those that stand apart from the order of reading last, and then what is linked to and
/// stands nowhere in it: notes are kept so at times.
pub(super) fn read_files(
    package: &mut Package<'_>,
    opf_path: &str,
    opf: &Opf,
    locked: &HashSet<String>,
    outlet: &mut Outlet<'_, '_>,
) -> Vec<File> {
    let pages = pages(package, opf_path, opf);
    let mut waiting: VecDeque<(String, bool)> =
        order(package, (opf_path, opf), &pages, outlet).into();
    let mut known: HashSet<String> = waiting.iter().map(|(path, _)| path.clone()).collect();
    let mut left = outlet.limits().bytes;
    let mut files = Vec::new();
    while let Some((path, linear)) = waiting.pop_front() {
        if locked.contains(&path) {
            outlet.warn(path, "is encrypted; passed over");
            continue;
        }
        let bytes = match package.read(&path) {
            Ok(bytes) if outlet.spend(bytes.len()) => bytes,
            Ok(_) => {
                outlet.warn(
                    path,
                    "is passed over with all that follows: the book unpacks to more than the limit",
                );
                break;
            }
            Err(reason) => {
                outlet.warn(path, reason);
                continue;
            }
        };
        // The whole book is held while it is read.
        let Some(rest) = left.checked_sub(bytes.len() as u64) else {
            let most = outlet.limits().bytes >> 20;
            outlet.warn(
                path,
                format!(
                    "is passed over with all that follows: the book has more than {most} MB of text"
                ),
            );
            break;
        };
        left = rest;
        let file = File {
            path,
            linear,
            ..File::default()
        };
        let file = read_file(package, file, &bytes, &pages);
        for target in links(&file.body) {
            if known.insert(target.path.clone()) {
                waiting.push_back((target.path, false));
            }
        }
        files.push(file);
    }
    files
}

/// How long a chain of files that stand in for each other is followed.
const LONGEST_CHAIN: usize = 8;

/// Returns the names of the files that are pages: as the manifest says, or as they are called. Either is wrong at times.
fn pages(package: &Package<'_>, opf_path: &str, opf: &Opf) -> HashSet<String> {
    let is_page = |kind: &str| matches!(kind, "application/xhtml+xml" | "text/html");
    let said = opf.manifest.iter().filter(|item| is_page(&item.media_type));
    let said = said.filter_map(|item| find(package, opf_path, &item.href));
    let listed = opf.manifest.iter();
    let listed = listed.filter_map(|item| find(package, opf_path, &item.href));
    let listed = listed.filter(|name| ending(name) == "xml");
    let called = package.names().filter(|name| is_called_page(name));
    said.chain(listed)
        .chain(called.map(str::to_owned))
        .collect()
}

/// Returns whether a file is a page, by what it is called. What ends with `.xml` may be anything: it is one only where the
/// book lists it.
fn is_called_page(path: &str) -> bool {
    let is_page = matches!(&*ending(path), "xhtml" | "html" | "htm" | "xht");
    is_page && !path.starts_with("META-INF/")
}

/// Returns the ending of a name in lower case.
fn ending(path: &str) -> String {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    ending.to_ascii_lowercase()
}

/// Compares names as a reader counts: `chapter10` comes behind `chapter2`.
fn by_number(one: &str, other: &str) -> Ordering {
    let (mut left, mut right) = (one, other);
    while let (Some(first), Some(second)) = (left.chars().next(), right.chars().next()) {
        let order = if first.is_ascii_digit() && second.is_ascii_digit() {
            number(&mut left).cmp(&number(&mut right))
        } else {
            left = left.get(first.len_utf8()..).unwrap_or_default();
            right = right.get(second.len_utf8()..).unwrap_or_default();
            first.cmp(&second)
        };
        if order.is_ne() {
            return order;
        }
    }
    left.len().cmp(&right.len()).then_with(|| one.cmp(other))
}

/// Takes the number that a text begins with, so that it can be compared: how many digits it has, and these.
fn number<'t>(text: &mut &'t str) -> (usize, &'t str) {
    let end = text.find(|c: char| !c.is_ascii_digit());
    let (digits, rest) = text.split_at(end.unwrap_or(text.len()));
    *text = rest;
    let digits = digits.trim_start_matches('0');
    (digits.len(), digits)
}

/// Returns the pages in the order of reading: the spine's, else the manifest's, else all that are there.
fn order(
    package: &Package<'_>,
    (opf_path, opf): (&str, &Opf),
    pages: &HashSet<String>,
    outlet: &mut Outlet<'_, '_>,
) -> Vec<(String, bool)> {
    let by_id: HashMap<&str, &Item> = opf
        .manifest
        .iter()
        .map(|item| (item.id.as_str(), item))
        .collect();
    // A picture of a page may have a page that stands in for it.
    let page_of = |id: &str| {
        let mut item = by_id.get(id);
        let chain = std::iter::from_fn(|| {
            let this = *item?;
            item = by_id.get(this.fallback.as_deref().unwrap_or_default());
            Some(this)
        });
        let mut paths = chain
            .take(LONGEST_CHAIN)
            .filter_map(|item| find(package, opf_path, &item.href));
        paths.find(|path| pages.contains(path))
    };
    let mut seen = HashSet::new();
    let mut order = Vec::new();
    for (id, linear) in &opf.spine {
        if let Some(path) = page_of(id) {
            if seen.insert(path.clone()) {
                order.push((path, *linear));
            }
            continue;
        }
        let item = by_id.get(id.as_str());
        if item.is_none_or(|item| find(package, opf_path, &item.href).is_none()) {
            outlet.warn(format!("spine: {id}"), "is not in the book; passed over");
        }
    }
    if order.is_empty() {
        let hrefs = opf
            .manifest
            .iter()
            .filter(|item| !item.properties.contains("nav"));
        let paths = hrefs.filter_map(|item| find(package, opf_path, &item.href));
        order.extend(
            paths
                .filter(|path| pages.contains(path))
                .map(|path| (path, true)),
        );
    }
    if order.is_empty() {
        order.extend(pages.iter().map(|name| (name.clone(), true)));
        order.sort_by(|(one, _): &(String, bool), (other, _)| by_number(one, other));
    }
    // Stable: within either the order stays.
    order.sort_by_key(|(_, linear)| !linear);
    order
}

/// Reads a file of which is known what it is called and how it stands in the book.
fn read_file(package: &Package<'_>, file: File, bytes: &[u8], pages: &HashSet<String>) -> File {
    let decoded = encoding::decode(bytes, None);
    let resolve = |href: &str| resolve(package, &file.path, href, pages);
    let (body, head) = html::chapter(&decoded.text, &resolve, &|_| true);
    let title = head.title();
    let body = gutenberg::bare(body);
    let mut places = HashMap::new();
    for one in body.destinations() {
        places.entry(one.name.clone()).or_insert(one.at);
    }
    let adorns = |block: &&Block| matches!(block.kind, BlockKind::Image | BlockKind::Rule);
    let adorned = body.blocks().iter().take_while(adorns).count();
    File {
        body,
        places,
        adorned,
        title,
        ..file
    }
}

/// Returns where a link in the file at `from` leads: out into the world, to a page of the book, or nowhere.
fn resolve(
    package: &Package<'_>,
    from: &str,
    href: &str,
    pages: &HashSet<String>,
) -> Option<String> {
    let href = href.trim();
    if href.starts_with("//") {
        return Some(format!("https:{href}"));
    }
    if let Some(scheme) = address::scheme(href) {
        let ours = Destination::SCHEME.trim_end_matches(':');
        return (!scheme.eq_ignore_ascii_case(ours))
            .then(|| address::resolve(None, href))
            .flatten();
    }
    let path = if href.starts_with('#') {
        from.to_owned()
    } else {
        find(package, from, href).filter(|path| pages.contains(path))?
    };
    let fragment = fragment(href).unwrap_or_default();
    Some(Target { path, fragment }.address())
}

/// Returns the places in the book that a body's links lead to.
pub(super) fn links(body: &Body) -> impl Iterator<Item = Target> {
    body.spans().iter().filter_map(|span| match &span.kind {
        SpanKind::Link(address) => Target::of(address),
        _ => None,
    })
}

/// Marks where the pages of the printed edition begin, each by what is printed on it, as RFC 8118 names the pages of a
/// PDF.
pub(super) fn mark_pages(files: &mut [File], pages: &[(String, Target)]) {
    let mut by_file: HashMap<&str, Vec<Destination>> = HashMap::new();
    let places: HashMap<&str, &File> = files
        .iter()
        .map(|file| (file.path.as_str(), file))
        .collect();
    for (label, target) in pages {
        let file = places.get(target.path.as_str());
        let at = file.and_then(|file| match target.fragment.as_str() {
            "" => Some(0),
            fragment => file.places.get(fragment).copied(),
        });
        if let Some(at) = at {
            let name = format!("{PAGE}{label}");
            let marks = by_file.entry(target.path.as_str()).or_default();
            marks.push(Destination { name, at });
        }
    }
    for file in files {
        if let Some(mut marks) = by_file.remove(file.path.as_str()) {
            let mut raw = std::mem::take(&mut file.body).into_raw();
            raw.destinations.append(&mut marks);
            raw.destinations.sort_by_key(|one| one.at);
            file.body = Body::from_raw(raw);
        }
    }
}

/// Returns whether a page is only a list of links into the book: its own printed contents.
pub(super) fn is_contents(body: &Body) -> bool {
    let is_inner = |kind: &SpanKind| matches!(kind, SpanKind::Link(to) if Target::of(to).is_some());
    let inner = body.spans().iter().filter(|span| is_inner(&span.kind));
    let (count, linked) = inner.fold((0, 0), |(count, linked), span| {
        (count + 1, linked + span.range.len())
    });
    let words: usize = body
        .blocks()
        .iter()
        .filter(|block| !matches!(block.kind, BlockKind::Heading { .. } | BlockKind::Image))
        .map(|block| block.range.len())
        .sum();
    count >= 3 && linked * 10 >= words * 7
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_as_a_reader_counts() {
        let mut names = [
            "c10.html", "c2b.html", "c2.html", "b", "c02.html", "c", "d1/9", "d1/11",
        ];
        names.sort_by(|one, other| by_number(one, other));
        assert_eq!(
            names,
            [
                "b", "c", "c02.html", "c2.html", "c2b.html", "c10.html", "d1/9", "d1/11"
            ]
        );
    }
}
