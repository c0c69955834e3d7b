//! Saving text to a file that a person names.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Why a text was not saved.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is something of that name; it stays as it is.
    #[error("{0} is there already: choose another name")]
    Exists(PathBuf),
    /// The system does not let us.
    #[error("saving {0}")]
    Write(PathBuf, #[source] io::Error),
}

/// Writes `text` to a new file and returns its path; `~/` stands for `home`. What is there is never overwritten.
pub fn save(path: &Path, home: Option<&Path>, text: &str) -> Result<PathBuf, Error> {
    let path = match (path.strip_prefix("~"), home) {
        (Ok(rest), Some(home)) => home.join(rest),
        _ => path.to_owned(),
    };
    let file = OpenOptions::new().write(true).create_new(true).open(&path);
    let written = file.and_then(|mut file| file.write_all(text.as_bytes()));
    match written {
        Ok(()) => Ok(path),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(Error::Exists(path)),
        Err(error) => Err(Error::Write(path, error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_written_once_and_never_over_another() {
        let folder = std::env::temp_dir().join(format!("recto-save-{}", std::process::id()));
        std::fs::create_dir(&folder).unwrap();
        let saved = save(Path::new("~/note.txt"), Some(&folder), "one").unwrap();
        assert_eq!(saved, folder.join("note.txt"));
        assert!(matches!(save(&saved, None, "two"), Err(Error::Exists(_))));
        assert_eq!(std::fs::read_to_string(&saved).unwrap(), "one");
        let absent = folder.join("no/such/folder.txt");
        let error = save(&absent, None, "").unwrap_err();
        assert_eq!(error.to_string(), format!("saving {}", absent.display()));
        let cause = std::error::Error::source(&error).unwrap();
        assert!(cause.is::<io::Error>(), "{cause}");
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
