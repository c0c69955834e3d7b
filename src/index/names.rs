//! The names in a column of a commit: all spellings of one are one name.
//!
//! So what is counted for a name is what choosing it finds, however it was written (`NCVO`, `ncvo`), and a name that is
//! only a part of another (`NCVO Archive`) is not taken for it.

use std::collections::BTreeMap;

use super::bits::Bits;
use super::columns::Lists;
use crate::query::whole_name;

/// The names in a column.
pub(super) struct Names {
    /// What each is called: as most documents write it.
    pub shown: Vec<String>,
    /// For each segment, which name each value of its own table is.
    pub groups: Vec<Vec<u32>>,
    by_name: BTreeMap<String, u32>,
}

impl Names {
    /// Reads the names of a column: for each segment its list, and which of its documents are alive.
    pub(super) fn new<'a>(columns: impl Iterator<Item = (&'a Lists, &'a Bits)>) -> Self {
        let mut by_name = BTreeMap::new();
        let mut spellings: Vec<BTreeMap<&str, usize>> = Vec::new();
        let mut groups = Vec::new();
        for (column, alive) in columns {
            let values = column.values.iter().zip(column.uses(alive));
            let group_of = |(value, uses): (&'a String, usize)| {
                let next = spellings.len() as u32;
                let group = *by_name.entry(whole_name(value)).or_insert(next);
                if group == next {
                    spellings.push(BTreeMap::new());
                }
                if let Some(spellings) = spellings.get_mut(group as usize) {
                    *spellings.entry(value).or_default() += uses;
                }
                group
            };
            groups.push(values.map(group_of).collect());
        }
        Self {
            shown: spellings.into_iter().filter_map(most_used).collect(),
            groups,
            by_name,
        }
    }

    /// Keeps the documents of the set of a segment that have this name in its `column`.
    pub(super) fn narrow(&self, name: &str, at: usize, column: &Lists, set: &mut Bits) {
        let group = self.by_name.get(&whole_name(name));
        let groups = self.groups.get(at).map(Vec::as_slice).unwrap_or_default();
        set.retain(|document| {
            let mut places = column.of(document).iter();
            group.is_some() && places.any(|&place| groups.get(place as usize) == group)
        });
    }
}

/// Returns the spelling that most documents have, of equals the first; nothing of none.
pub(super) fn most_used(spellings: BTreeMap<&str, usize>) -> Option<String> {
    let best = spellings.into_iter().rev().max_by_key(|&(_, uses)| uses);
    best.map(|(spelling, _)| spelling.to_owned())
}
