//! Where a book is parted into chapters, and where its links lead then.
//!
//! Its contents say it. A file that they list begins a chapter, as its maker meant it; a file that they do not list goes
//! on with the one before. Of the places within a file, those begin chapters that stand no deeper than the file's own
//! line; deeper ones only where what they part would be too long to be read, searched and kept the place in.

use std::collections::{BTreeMap, HashMap};

use super::contents::Line;
use super::text::{File, Target};
use crate::document::{BlockKind, Body, Container};
use crate::format::words;

/// A chapter longer than this, in bytes, is parted further where the contents know how: some two hours of reading.
const LONG: usize = 150_000;

/// No chapter is parted into pieces that are shorter than this on average, in bytes.
const SHORT: usize = 2_000;

/// Where a chapter begins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Start {
    /// The place of the file among the files.
    pub file: usize,
    /// The first block, among those of the file's body.
    pub block: usize,
    /// The id that it begins at; nothing for the beginning of a file.
    pub fragment: Option<String>,
    /// What the contents call it.
    pub title: Option<String>,
    /// How deep it stands in the contents.
    pub depth: u8,
    /// There are deeper lines below it in the contents.
    pub groups: bool,
}

/// A line of the contents at the place that it leads to.
#[derive(Clone, Debug)]
struct Place {
    block: usize,
    fragment: Option<String>,
    title: String,
    depth: u8,
    groups: bool,
}

/// The chapters of a book, in the order of reading, as places in its files.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub starts: Vec<Start>,
    files: HashMap<String, usize>,
}

/// Parts a book by the lines of its contents, each with the place that it leads to.
pub(super) fn plan(files: &mut [File], lines: &[(Line, Option<Target>)]) -> Plan {
    let by_path: HashMap<String, usize> = files
        .iter()
        .enumerate()
        .map(|(place, file)| (file.path.clone(), place))
        .collect();
    let mut places: BTreeMap<usize, Vec<Place>> = BTreeMap::new();
    for (number, (line, target)) in lines.iter().enumerate() {
        // A line that leads nowhere names the ones below it, and stands where the first of them does.
        let next = lines.get(number + 1);
        let below = next.filter(|(next, _)| next.depth > line.depth && line.href.is_none());
        let Some(target) = target
            .as_ref()
            .or(below.and_then(|(_, target)| target.as_ref()))
        else {
            continue;
        };
        let found = by_path.get(&target.path);
        let Some((place, file)) = found.and_then(|place| Some((*place, files.get(*place)?))) else {
            continue;
        };
        places.entry(place).or_default().push(Place {
            block: begins_at(file, &target.fragment),
            fragment: Some(target.fragment.clone()).filter(|fragment| !fragment.is_empty()),
            title: line.title.clone(),
            depth: line.depth,
            groups: next.is_some_and(|(next, _)| next.depth > line.depth),
        });
    }
    let mut starts: Vec<Start> = Vec::new();
    let mut length = 0;
    for (number, file) in files.iter_mut().enumerate() {
        let mut listed = places.remove(&number).unwrap_or_default();
        in_order(&file.body, &mut listed);
        let cuts = cuts(&file.body, &listed);
        make_headings(file, &listed, &cuts);
        let begins_unlisted = cuts.first().is_none_or(|cut| cut.block > 0)
            && (starts.is_empty()
                || !file.linear
                || lines.is_empty()
                || length > LONG && begins_with_heading(&file.body));
        if begins_unlisted {
            starts.push(Start {
                file: number,
                ..Start::default()
            });
            length = 0;
        }
        length += file.body.text().len();
        for cut in cuts {
            starts.push(Start {
                file: number,
                block: cut.block,
                fragment: cut.fragment.filter(|_| cut.block > 0),
                title: Some(cut.title),
                depth: cut.depth,
                groups: cut.groups,
            });
            length = file.body.text().len();
        }
    }
    Plan {
        starts,
        files: by_path,
    }
}

/// Returns the block that a chapter begins with whose line in the contents leads to `fragment`: the first for none and
/// for one that is not there, and also where only what adorns the top of the page comes before.
fn begins_at(file: &File, fragment: &str) -> usize {
    let block = file.block_of(fragment).unwrap_or(0);
    if block <= file.adorned { 0 } else { block }
}

/// Puts the places of a file in the order of its text. Of those at one block the highest stays; one that groups others
/// is called by its name and by that of the first of them.
fn in_order(body: &Body, places: &mut Vec<Place>) {
    let last = body.blocks().len();
    places.retain(|place| place.block <= last);
    places.sort_by_key(|place| (place.block, place.depth));
    places.dedup_by(|later, earlier| {
        let same = later.block == earlier.block;
        let first_below = earlier.groups && later.depth == earlier.depth + 1;
        if same && first_below && !words::same(&earlier.title, &later.title) {
            earlier.title = format!("{} · {}", earlier.title, later.title);
        }
        earlier.groups = earlier.groups && !(same && first_below) || same && later.groups;
        same
    });
}

/// Returns the places of a file that begin chapters.
fn cuts(body: &Body, places: &[Place]) -> Vec<Place> {
    let Some(highest) = places.iter().map(|place| place.depth).min() else {
        return Vec::new();
    };
    let deepest = places
        .iter()
        .map(|place| place.depth)
        .max()
        .unwrap_or(highest);
    let down_to = |limit: u8| -> Vec<Place> {
        places
            .iter()
            .filter(|place| place.depth <= limit)
            .cloned()
            .collect()
    };
    let mut chosen = down_to(highest);
    for limit in highest.saturating_add(1)..=deepest {
        let further = down_to(limit);
        let short = body.text().len() < SHORT * further.len();
        if longest(body, &chosen) <= LONG || short {
            break;
        }
        chosen = further;
    }
    chosen
}

/// Returns the length of the longest piece that the places part a body into, in bytes.
fn longest(body: &Body, places: &[Place]) -> usize {
    let at = |place: &Place| {
        body.blocks()
            .get(place.block)
            .map_or(body.text().len(), |block| block.range.start as usize)
    };
    let ends = places.iter().skip(1).map(at).chain([body.text().len()]);
    places
        .iter()
        .zip(ends)
        .map(|(place, end)| end.saturating_sub(at(place)))
        .max()
        .unwrap_or_default()
}

fn begins_with_heading(body: &Body) -> bool {
    let first = body.blocks().first();
    first.is_some_and(|block| matches!(block.kind, BlockKind::Heading { .. }))
}

/// Makes headings of the lines that the contents call so within a chapter, where the page only makes them look it.
fn make_headings(file: &mut File, listed: &[Place], cuts: &[Place]) {
    let above = cuts.first().map_or(0, |cut| cut.depth);
    let looks: Vec<(usize, u8)> = listed
        .iter()
        .filter(|place| {
            let block = file.body.blocks().get(place.block);
            block.is_some_and(|block| {
                block.kind == BlockKind::Paragraph
                    && !block
                        .containers
                        .iter()
                        .any(|one| matches!(one, Container::Item(_)))
                    && words::same(file.body.slice(block.range), &place.title)
            })
        })
        .map(|place| (place.block, place.depth.saturating_sub(above).clamp(1, 6)))
        .collect();
    if looks.is_empty() {
        return;
    }
    let mut raw = std::mem::take(&mut file.body).into_raw();
    for (place, level) in looks {
        if let Some(block) = raw.blocks.get_mut(place) {
            block.kind = BlockKind::Heading { level };
        }
    }
    file.body = Body::from_raw(raw);
}

impl Plan {
    /// Returns the chapter that a place in the book is in, and the name of its destination there; nothing for the
    /// chapter's beginning, which is also where a place that does not exist leads.
    pub fn find(&self, files: &[File], target: &Target) -> Option<(usize, Option<String>)> {
        let number = *self.files.get(&target.path)?;
        let file = files.get(number)?;
        let found = file.block_of(&target.fragment);
        let block = found.unwrap_or(0);
        let before = self
            .starts
            .partition_point(|start| (start.file, start.block) <= (number, block));
        let chapter = before.checked_sub(1)?;
        let start = self.starts.get(chapter)?;
        let name = match found {
            Some(_) => Some(name_in(start, number, file, &target.fragment)),
            None if start.file == number => None,
            None => Some(name_in(start, number, file, "")),
        };
        Some((chapter, name))
    }
}

/// Returns what a place in a file is called within a chapter: as in the file, unless the chapter began in another, whose
/// names may be the same.
pub(super) fn name_in(start: &Start, number: usize, file: &File, fragment: &str) -> String {
    if start.file == number {
        return fragment.to_owned();
    }
    let base = file.path.rsplit('/').next().unwrap_or(&file.path);
    if fragment.is_empty() {
        base.to_owned()
    } else {
        format!("{base}/{fragment}")
    }
}
