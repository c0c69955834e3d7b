//! The parts of an Office package, by the relationships between them (ECMA-376, part 2, 6.5): only these say what a part
//! is, its name does not.

use std::collections::HashMap;

use crate::format::address;
use crate::format::archive::Package;
use crate::format::xml::{self, Event};

/// A relationship of a part.
#[derive(Debug, Default)]
struct Relation {
    id: String,
    /// The last part of the address that names its kind, the same in both editions of the standard.
    kind: String,
    target: String,
    is_outside: bool,
}

/// What a part is related to.
#[derive(Debug, Default)]
pub(in crate::format::office) struct Relations {
    all: Vec<Relation>,
    folder: String,
}

impl Relations {
    /// Reads what the part of that name is related to; the package itself has no name.
    pub fn of(package: &mut Package<'_>, part: &str) -> Self {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let within = if folder.is_empty() { "" } else { "/" };
        let bytes = package.read(&format!("{folder}{within}_rels/{name}.rels"));
        let mut all = Vec::new();
        xml::walk(&bytes.unwrap_or_default(), &mut |event| {
            if let Event::Start(tag) = event
                && let Some(target) = tag.get("Target")
            {
                let kind = tag.get("Type").unwrap_or_default();
                all.push(Relation {
                    id: tag.get("Id").unwrap_or_default(),
                    kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                    target,
                    is_outside: tag.get("TargetMode").as_deref() == Some("External"),
                });
            }
        });
        Self {
            all,
            folder: folder.to_owned(),
        }
    }

    /// Returns the name of the part of a kind.
    pub fn part(&self, kind: &str) -> Option<String> {
        let relation = self
            .all
            .iter()
            .find(|one| one.kind == kind && !one.is_outside)?;
        Some(resolved(&self.folder, &relation.target))
    }

    /// Returns the names of all parts of a kind, each with the name that the text has for it.
    pub fn parts(&self, kind: &str) -> Vec<(String, String)> {
        let wanted = |one: &&Relation| one.kind.eq_ignore_ascii_case(kind) && !one.is_outside;
        let all = self.all.iter().filter(wanted);
        all.map(|one| (one.id.clone(), resolved(&self.folder, &one.target)))
            .collect()
    }

    /// Returns the addresses outside the package, by the names that links have for them.
    pub fn links(self) -> HashMap<String, String> {
        let outside = self.all.into_iter().filter(|one| one.is_outside);
        outside.map(|one| (one.id, one.target)).collect()
    }
}

/// Returns the name of a part that is named from a folder.
fn resolved(folder: &str, target: &str) -> String {
    address::in_folder(folder, &address::decoded(target))
}
