//! recto: a reading room for the terminal.
//!
//! **A document is its text. Everything else is a range over that text.** One string is stored, indexed, searched,
//! wrapped, lit, quoted and exported; blocks, spans, hits and marks are ranges of bytes into it ([`document`]).
//!
//! # Rooms and floors
//!
//! A room uses the floors below it; never a neighbour on its own floor, never a floor above.
//! `tests/architecture.rs` holds this table and reads every file for it.
//!
//! | floor | room | what it is |
//! |---|---|---|
//! | 0 | [`text`] | facts about strings: cells, terms, what may be drawn |
//! | 1 | [`document`] | what a document is; plain data |
//! | 1 | [`config`] | settings, keys, themes, manifests, places: TOML over the defaults in `assets/` |
//! | 2 | [`mod@format`] | bytes → documents, one file a format |
//! | 2 | [`query`] | the question and the answer as plain data |
//! | 2 | [`typeset`] | (body, width) → rows |
//! | 3 | [`desktop`] | what is asked of the world around: clipboard, browser, editor |
//! | 3 | [`store`] | sources, documents and marks in SQLite: the one source of truth |
//! | 3 | [`index`] | the full-text index, derived from the store |
//! | 4 | [`library`] | ties them: add, search, open, rebuild |
//! | 5 | [`app`] | what the person is doing: state, actions, update; no I/O |
//! | 6 | [`worker`] | threads: effects in, messages out |
//! | 6 | [`cli`] | the same library for scripts |
//! | 6 | [`ui`] | drawing, and the terminal |
//! | 7 | [`run`] | the loop |

pub mod app;
pub mod cli;
pub mod config;
pub mod desktop;
pub mod document;
pub mod format;
pub mod index;
pub mod library;
pub mod query;
pub mod run;
pub mod store;
pub mod text;
pub mod typeset;
pub mod ui;
pub mod worker;
