//! How deep each heading stands: as the bookmarks say, else by how its type compares with that of the others.
//!
//! What was taken for a heading and goes on like a paragraph is one.

use std::collections::{BTreeMap, BTreeSet};

use super::blocks::{Block, Role};
use super::typeface::halves;

/// The longest heading, in characters and in lines.
const LONGEST: usize = 200;
const MOST_LINES: usize = 4;

/// The deepest level that a body knows.
const DEEPEST: u8 = 6;

/// Gives every heading its level.
pub(super) fn settle(blocks: &mut [Block]) {
    for block in blocks.iter_mut().filter(|block| !block.bookmarked) {
        let characters = block.lines.iter().flat_map(|line| &line.runs);
        let characters: usize = characters.map(|run| run.text.chars().count()).sum();
        if is_heading(block) && (characters > LONGEST || block.lines.len() > MOST_LINES) {
            block.role = Role::Paragraph;
        }
    }
    let levels = if blocks.iter().any(|block| block.bookmarked) {
        by_bookmarks(blocks)
    } else {
        by_rank(blocks)
    };
    for block in blocks.iter_mut().filter(|block| !block.bookmarked) {
        if let Role::Heading(level) = &mut block.role {
            *level = levels.get(&halves(block.size)).copied().unwrap_or(DEEPEST);
        }
    }
}

fn is_heading(block: &Block) -> bool {
    matches!(block.role, Role::Heading(_))
}

/// Returns the sizes of the headings that no bookmark names, in halves of a point.
fn sizes(blocks: &[Block]) -> BTreeSet<i32> {
    let told = blocks
        .iter()
        .filter(|block| is_heading(block) && !block.bookmarked);
    told.map(|block| halves(block.size)).collect()
}

/// Returns the level of each size of type: that of the bookmarked headings set so, those larger the first, those
/// smaller below the rest.
fn by_bookmarks(blocks: &[Block]) -> BTreeMap<i32, u8> {
    let mut counts: BTreeMap<i32, BTreeMap<u8, usize>> = BTreeMap::new();
    for block in blocks.iter().filter(|block| block.bookmarked) {
        if let Role::Heading(level) = block.role {
            let levels = counts.entry(halves(block.size)).or_default();
            *levels.entry(level).or_default() += 1;
        }
    }
    let known: BTreeMap<i32, u8> = counts
        .into_iter()
        .filter_map(|(size, levels)| {
            let most = levels.into_iter().max_by_key(|(_, count)| *count);
            most.map(|(level, _)| (size, level))
        })
        .collect();
    let largest = known.keys().next_back().copied().unwrap_or_default();
    let below = known.values().max().map_or(1, |level| level + 1);
    let level = |size: i32| {
        let near = (size - 1..=size + 1).find_map(|near| known.get(&near));
        match near {
            Some(level) => *level,
            None if size > largest => 1,
            None => below.min(DEEPEST),
        }
    };
    let sizes = sizes(blocks).into_iter();
    sizes.map(|size| (size, level(size))).collect()
}

/// Returns the level of each size of type by its rank. What is set larger on the first page alone is the title and
/// what goes with it, and parts no levels.
fn by_rank(blocks: &[Block]) -> BTreeMap<i32, u8> {
    let page = |block: &Block| block.lines.first().map_or(1, |line| line.page);
    let later: BTreeSet<i32> = blocks
        .iter()
        .filter(|block| is_heading(block) && page(block) > 1)
        .map(|block| halves(block.size))
        .collect();
    let of_title = |size: i32| !later.is_empty() && !later.contains(&size);
    let sizes = sizes(blocks);
    let has_title = sizes.last().is_some_and(|largest| of_title(*largest));
    let mut levels = BTreeMap::new();
    let mut level = u8::from(has_title);
    for (place, size) in sizes.into_iter().rev().enumerate() {
        let its = match (of_title(size), place) {
            (true, 0) => 1,
            (true, _) => 2,
            (false, _) => {
                level = (level + 1).min(DEEPEST);
                level
            }
        };
        levels.insert(size, its);
    }
    levels
}
