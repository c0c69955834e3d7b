//! Where a book is parted into chapters, and where its links lead then.
//!
//! Its contents say it. A file that they list begins a chapter, as its maker meant it; a file that they do not list goes
//! on with the one before. Of the places within a file, those begin chapters that stand no deeper than the file's own
//! line; deeper ones only where what they part would be too long to be read, searched and kept the place in.

use std::collections::{BTreeMap, HashMap};

use super::contents::Line;
use super::text::{File, Target};
use crate::document::{BlockKind, Body, Container, Division};
use crate::format::words;

/// A chapter longer than this, in bytes, is parted further where the contents know how: some two hours of reading.
const LONG: usize = 150_000;

/// No chapter is parted into pieces that are shorter than this on average, in bytes.
const SHORT: usize = 2_000;

/// How many lines below one that leads nowhere are looked at for the first that leads somewhere.
const FIRST_BELOW: usize = 64;

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
    /// The lines above it in the contents that have no text of their own.
    pub divisions: Vec<Division>,
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
    /// What stands right below it in the contents and leads to the same place: the first of what it names, the first of
    /// that, and so on.
    first_below: Vec<Division>,
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
        let below = || {
            let after = lines.get(number + 1..).unwrap_or_default().iter();
            let mut below = after
                .take_while(|(next, _)| next.depth > line.depth)
                .take(FIRST_BELOW);
            below.find_map(|(_, target)| target.as_ref())
        };
        let is_led = line.href.is_some();
        let Some(target) = target
            .as_ref()
            .or_else(|| if is_led { None } else { below() })
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
            first_below: Vec::new(),
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
        for (place, cut) in cuts.iter().enumerate() {
            let end = cuts.get(place + 1).map_or(usize::MAX, |next| next.block);
            let (named, divisions) = named(cut, end, &listed);
            starts.push(Start {
                file: number,
                block: cut.block,
                fragment: cut.fragment.clone().filter(|_| cut.block > 0),
                title: Some(named.title),
                depth: named.depth,
                divisions,
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

/// Returns what a chapter is called that goes up to the block at `end`, and the lines above it that have no text of
/// their own: a line whose first one below leads to the same place names it, unless the chapter has its others as well.
fn named(cut: &Place, end: usize, listed: &[Place]) -> (Division, Vec<Division>) {
    // They stand in the order of the text.
    let from = listed.partition_point(|place| place.block <= cut.block);
    let to = listed.partition_point(|place| place.block < end).max(from);
    let within = listed.get(from..to).unwrap_or_default();
    let others = within
        .iter()
        .map(|place| place.depth)
        .min()
        .unwrap_or(u8::MAX);
    let mut divisions = vec![Division {
        title: cut.title.clone(),
        depth: cut.depth,
    }];
    let below = cut.first_below.iter();
    divisions.extend(below.take_while(|one| one.depth < others).cloned());
    let named = divisions.pop().unwrap_or_default();
    (named, divisions)
}

/// Puts the places of a file in the order of its text. Of those at one block the highest stays, and knows the first of
/// those that it groups.
fn in_order(body: &Body, places: &mut Vec<Place>) {
    let last = body.blocks().len();
    places.retain(|place| place.block <= last);
    places.sort_by_key(|place| (place.block, place.depth));
    places.dedup_by(|later, earlier| {
        let same = later.block == earlier.block;
        let last = earlier.first_below.last();
        let last = last.map_or((&earlier.title, earlier.depth), |one| {
            (&one.title, one.depth)
        });
        let first_below = earlier.groups && later.depth == last.1.saturating_add(1);
        if same && first_below && !words::same(last.0, &later.title) {
            let (title, depth) = (later.title.clone(), later.depth);
            earlier.first_below.push(Division { title, depth });
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
    let down_to =
        |limit: u8| -> Vec<&Place> { places.iter().filter(|place| place.depth <= limit).collect() };
    let mut chosen = down_to(highest);
    for limit in highest.saturating_add(1)..=deepest {
        let further = down_to(limit);
        let short = body.text().len() < SHORT * further.len();
        if longest(body, &chosen) <= LONG || short {
            break;
        }
        chosen = further;
    }
    chosen.into_iter().cloned().collect()
}

/// Returns the length of the longest piece that the places part a body into, in bytes.
fn longest(body: &Body, places: &[&Place]) -> usize {
    let at = |place: &&Place| {
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
    let all = listed.iter().flat_map(|place| {
        let below = place.first_below.iter().map(|one| (&one.title, one.depth));
        let names = [(&place.title, place.depth)].into_iter().chain(below);
        names.map(|(title, depth)| (place.block, title, depth))
    });
    let looks: Vec<(usize, u8)> = all
        .filter(|(block, title, _)| {
            let block = file.body.blocks().get(*block);
            block.is_some_and(|block| {
                block.kind == BlockKind::Paragraph
                    && !block
                        .containers
                        .iter()
                        .any(|one| matches!(one, Container::Item(_)))
                    && words::same(file.body.slice(block.range), title)
            })
        })
        .map(|(block, _, depth)| (block, depth.saturating_sub(above).clamp(1, 6)))
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
