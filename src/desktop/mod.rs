//! What is asked of the world around: the clipboard, the browser, an editor, a pipe.
//!
//! Plain functions, each of which does one thing and says how it went. None reads the environment: what a variable
//! holds is given by the caller, so that every decision here can be tested without a desktop. None lets a document
//! decide what is run: an address passes [`browser::check`] first, and text goes to programs by their input, never in
//! their arguments.

pub mod browser;
pub mod clipboard;
mod error;
pub mod file;
pub mod paths;
pub mod program;
mod scratch;

pub use error::Error;
