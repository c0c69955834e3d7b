//! Keys and what they do: [`Key`], its written name, and the [`Keymap`].
//!
//! `assets/keys.toml` is the one table; help, hints, palette and README are made from it. A person's file names
//! actions again, pane by pane, and gives them other keys. Actions are strings here: whether they exist is asked by
//! [`Keymap::check`], of those who know them.

mod key;
mod keymap;

pub use key::{Code, Key, KeyError, Modifiers};
pub use keymap::{Binding, GLOBAL, Keymap};

/// The file's name, in `assets/` and among a person's settings.
pub const FILE: &str = "keys.toml";
