//! A private file for as long as another program needs it.
//!
//! It lies alone in a new folder that only its owner may enter, so nobody else can read it, put another in its place,
//! or guess it open beforehand; both are removed when the value is dropped. (The `tempfile` crate is kept to the
//! library's own temporary folders.)

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process;

use super::Error;

/// How many names are tried before giving up. More than one is only ever taken by what an earlier process with the
/// same number left behind when it was killed.
const NAMES: usize = 1000;

/// A file with a text in it, gone when dropped.
#[derive(Debug)]
pub(super) struct Scratch {
    folder: PathBuf,
    path: PathBuf,
}

impl Scratch {
    /// Writes `bytes` to a new file of this name.
    pub fn new(name: &str, bytes: &[u8]) -> Result<Self, Error> {
        let folder = private_folder(&std::env::temp_dir())?;
        let scratch = Self {
            path: folder.join(name),
            folder,
        };
        let written = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&scratch.path)
            .and_then(|mut file| file.write_all(bytes));
        match written {
            Ok(()) => Ok(scratch),
            Err(source) => Err(scratch.error(source)),
        }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Opens the file for reading.
    pub fn open(&self) -> Result<File, Error> {
        File::open(&self.path).map_err(|source| self.error(source))
    }

    fn error(&self, source: io::Error) -> Error {
        Error::Scratch {
            path: self.path.clone(),
            source,
        }
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // An editor may have left a backup beside it. There is nobody to tell if this fails.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Makes a new folder that nobody else may enter. Making fails where the name is taken, even by a link.
fn private_folder(within: &Path) -> Result<PathBuf, Error> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    let mut last = io::Error::from(io::ErrorKind::AlreadyExists);
    for number in 0..NAMES {
        let folder = within.join(format!("recto-{}-{number}", process::id()));
        match builder.create(&folder) {
            Ok(()) => return Ok(folder),
            Err(source) if source.kind() == io::ErrorKind::AlreadyExists => last = source,
            Err(source) => {
                return Err(Error::Scratch {
                    path: folder,
                    source,
                });
            }
        }
    }
    Err(Error::Scratch {
        path: within.to_owned(),
        source: last,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scratch_file_is_gone_with_its_folder() {
        let scratch = Scratch::new("note.md", b"words").unwrap();
        let folder = scratch.folder.clone();
        assert_eq!(fs::read_to_string(scratch.path()).unwrap(), "words");
        fs::write(folder.join("note.md~"), "backup").unwrap();
        drop(scratch);
        assert!(!folder.exists());
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_may_enter_the_folder() {
        use std::os::unix::fs::PermissionsExt;
        let scratch = Scratch::new("note.md", b"").unwrap();
        let mode = fs::metadata(&scratch.folder).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o700);
    }

    #[test]
    fn two_at_once_do_not_meet() {
        let (one, two) = (
            Scratch::new("x", b"1").unwrap(),
            Scratch::new("x", b"2").unwrap(),
        );
        let read = |scratch: &Scratch| fs::read_to_string(scratch.path()).unwrap();
        assert_eq!((read(&one), read(&two)), ("1".into(), "2".into()));
    }
}
