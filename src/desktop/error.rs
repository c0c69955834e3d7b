//! What can go wrong outside, said so that a person knows what to do.

use std::io;
use std::path::PathBuf;

/// Something asked of the world around that was not done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is more text than terminals take for their clipboard, and no program to copy it.
    #[error(
        "copying {bytes} bytes: terminals take {limit} at most and no clipboard program was found; \
         copy less, or pipe it to a file"
    )]
    TooLong {
        /// The length of the text.
        bytes: usize,
        /// The longest that can be copied.
        limit: usize,
    },
    /// An address that is not handed on, whatever it might open.
    #[error("opening {address}: {reason}")]
    Address {
        /// The address as it was given.
        address: String,
        /// Why not.
        reason: &'static str,
    },
    /// No browser took the address.
    #[error("no browser opened {address}: copy the address instead")]
    Browser {
        /// The address.
        address: String,
        /// What the system said.
        source: io::Error,
    },
    /// A command could not be run.
    #[error("running {command}")]
    Run {
        /// The command line.
        command: String,
        /// What the system said.
        source: io::Error,
    },
    /// The shell knows no such command.
    #[error("running {command}: there is no such program; install it, or name another")]
    NoProgram {
        /// The command line.
        command: String,
    },
    /// The private file that a program gets to read could not be made or read back.
    #[error("keeping a text in {path} for a moment", path = path.display())]
    Scratch {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}
