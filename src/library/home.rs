//! The folder that a library lives in: one that stays, or a private one that goes with the last handle.
//!
//! A temporary folder holds a file that its process keeps locked. The system lets go of the lock when the process
//! ends, however it ends, so the next reading can tell what the dead left behind from what the living use, and takes
//! it away. It touches only what is surely ours: folders of our prefix in the system's temporary folder, of our own
//! user, with such a file in it.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::Error;

/// What temporary folders are called, before six random letters.
const PREFIX: &str = "recto-reading-";

/// The file that a living process keeps locked.
const LOCK: &str = "in-use";

/// Where a library lives.
#[derive(Debug)]
pub(super) enum Home {
    /// In a folder that stays.
    Lasting(PathBuf),
    /// In a folder that goes when this is dropped.
    Temporary { folder: TempDir, _lock: File },
}

impl Home {
    /// Makes the folder where there is none.
    pub fn lasting(folder: &Path) -> Result<Self, Error> {
        fs::create_dir_all(folder).map_err(Error::folder("making the folder", folder))?;
        Ok(Self::Lasting(folder.to_owned()))
    }

    /// Makes a private folder, and takes away what dead processes left.
    pub fn temporary() -> Result<Self, Error> {
        let parent = std::env::temp_dir();
        let home = Self::temporary_in(&parent)
            .map_err(Error::folder("making a temporary folder in", &parent))?;
        sweep(&parent, home.path());
        Ok(home)
    }

    fn temporary_in(parent: &Path) -> io::Result<Self> {
        let folder = private_folder(parent)?;
        // Locked before it bears its name, so that nobody ever sees it unlocked while we live.
        let unnamed = folder.path().join("new");
        let lock = File::create_new(&unnamed)?;
        lock.lock()?;
        fs::rename(&unnamed, folder.path().join(LOCK))?;
        Ok(Self::Temporary {
            folder,
            _lock: lock,
        })
    }

    /// Returns the folder.
    pub fn path(&self) -> &Path {
        match self {
            Self::Lasting(folder) => folder,
            Self::Temporary { folder, .. } => folder.path(),
        }
    }
}

/// Makes a folder that only its owner can enter.
fn private_folder(parent: &Path) -> io::Result<TempDir> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o700));
    }
    builder.tempdir_in(parent)
}

/// Takes away the temporary folders of processes that have ended. What can't be taken away waits for the next time.
fn sweep(parent: &Path, ours: &Path) {
    let Ok(entries) = fs::read_dir(parent) else {
        return;
    };
    for entry in entries.flatten() {
        let is_named_so = entry.file_name().to_string_lossy().starts_with(PREFIX);
        let folder = entry.path();
        if is_named_so
            && folder != ours
            && is_left_behind(&folder, ours)
            && let Err(error) = fs::remove_dir_all(&folder)
        {
            log::warn!("can't remove {}: {error}", folder.display());
        }
    }
}

/// Returns whether `folder` was made by a process of this user that has ended. `ours` is a folder of this one.
fn is_left_behind(folder: &Path, ours: &Path) -> bool {
    let (Ok(theirs), Ok(ours)) = (fs::symlink_metadata(folder), fs::symlink_metadata(ours)) else {
        return false;
    };
    if !theirs.is_dir() || !have_one_owner(&theirs, &ours) {
        return false;
    }
    File::open(folder.join(LOCK)).is_ok_and(|lock| {
        !matches!(
            lock.try_lock(),
            Err(TryLockError::WouldBlock | TryLockError::Error(_))
        )
    })
}

#[cfg(unix)]
fn have_one_owner(theirs: &fs::Metadata, ours: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    theirs.uid() == ours.uid()
}

/// Elsewhere the temporary folder is the user's own.
#[cfg(not(unix))]
fn have_one_owner(_: &fs::Metadata, _: &fs::Metadata) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_temporary_folder_goes_with_its_owner() {
        let parent = tempfile::tempdir().unwrap();
        let home = Home::temporary_in(parent.path()).unwrap();
        let folder = home.path().to_owned();
        assert!(folder.join(LOCK).exists());
        drop(home);
        assert!(!folder.exists());
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_may_enter_a_temporary_folder() {
        use std::os::unix::fs::PermissionsExt;
        let parent = tempfile::tempdir().unwrap();
        let home = Home::temporary_in(parent.path()).unwrap();
        let mode = fs::metadata(home.path()).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o700);
    }

    #[test]
    fn only_what_the_dead_left_is_swept() {
        let parent = tempfile::tempdir().unwrap();
        let ours = Home::temporary_in(parent.path()).unwrap();
        let alive = Home::temporary_in(parent.path()).unwrap();
        let made = |name: &str, file: Option<&str>| {
            let folder = parent.path().join(name);
            fs::create_dir(&folder).unwrap();
            if let Some(file) = file {
                fs::write(folder.join(file), "").unwrap();
            }
            folder
        };
        let dead = made("recto-reading-dead00", Some(LOCK));
        let unmarked = made("recto-reading-notes0", None);
        let other = made("other", Some(LOCK));
        sweep(parent.path(), ours.path());
        assert!(!dead.exists());
        for kept in [ours.path(), alive.path(), &unmarked, &other] {
            assert!(kept.exists(), "{}", kept.display());
        }
    }
}
