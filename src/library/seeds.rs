//! The documents that a new library begins with, carried in the program.
//!
//! They are put once into a library's life. Removed, they stay away; their marks wait like all others.

use std::ops::ControlFlow;

use crate::config::{Limits, manifest};
use crate::store::{NewSource, SourceKind, Store};

use super::Error;
use super::add::{self, Candidate, FileBytes};

/// What the seeds are called among the sources, and what their marks are tied to.
const NAME: &str = "Seeds";
const IDENTITY: &str = "seeds";

/// The name in the store's state that says that the library had its seeds.
const SOWN: &str = "seeds-sown";

/// The manifest of the seeds, and the files.
const MANIFEST: &str = include_str!("../../seeds/library.toml");
const FILES: [(&str, &[u8]); 5] = [
    (
        "000_3afe104b548c7960.txt",
        include_bytes!("../../seeds/000_3afe104b548c7960.txt"),
    ),
    (
        "001_d0142983c37ab9c7.txt",
        include_bytes!("../../seeds/001_d0142983c37ab9c7.txt"),
    ),
    (
        "002_489e5c45652ac3db.txt",
        include_bytes!("../../seeds/002_489e5c45652ac3db.txt"),
    ),
    (
        "003_93ef65791770c79a.txt",
        include_bytes!("../../seeds/003_93ef65791770c79a.txt"),
    ),
    (
        "004_4f9e46e1e41d5547.txt",
        include_bytes!("../../seeds/004_4f9e46e1e41d5547.txt"),
    ),
];

/// Puts the seeds into a store that never had them.
pub(super) fn sow_once(store: &mut Store) -> Result<(), Error> {
    if store.state(SOWN)?.is_some() {
        return Ok(());
    }
    let mut batch = store.write()?.at(add::now());
    // Asked again: another program may have done it while we waited.
    if batch.state(SOWN)?.is_some() {
        return Ok(());
    }
    let source = batch.source(&NewSource {
        kind: SourceKind::Seeds,
        identity: IDENTITY,
        given: NAME,
        path: None,
        name: NAME,
        added: add::now(),
    })?;
    let (manifest, _) = manifest::parse(MANIFEST);
    for (name, bytes) in FILES {
        let candidate = Candidate {
            relative: name.to_owned(),
            size: bytes.len() as u64,
            ..Candidate::default()
        }
        .read_by(manifest.file(name), Limits::default());
        let file = FileBytes::new(&candidate, bytes, manifest.file(name));
        add::put_bytes(
            &mut batch,
            source,
            &file,
            &mut |_| ControlFlow::Continue(()),
        )?;
    }
    batch.set_state(SOWN, "yes")?;
    batch.commit()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::path::Path;

    #[test]
    fn every_file_of_the_seeds_is_carried() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name != manifest::FILE_NAME)
            .collect();
        names.sort();
        assert_eq!(names, FILES.map(|(name, _)| name));
    }

    #[test]
    fn the_manifest_of_the_seeds_has_no_fault() {
        let (manifest, warnings) = manifest::parse(MANIFEST);
        assert_eq!(warnings, []);
        for (name, _) in FILES {
            assert!(manifest.file(name).is_some(), "{name}");
        }
    }
}
