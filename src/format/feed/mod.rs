//! RSS (0.9x, 1.0, 2.0) and Atom (0.3, 1.0): a feed's items as documents, one by one.
//!
//! Feeds are broken in every way, and one bad item must not cost the others: end tags that do not match, raw `&`,
//! undeclared entities and elements nobody closed are read as they were meant. Where even that ends (a tag or a
//! section cut off), everything up to the fault is handed out and the fault is named with its line. Entities that a
//! document declares itself are not expanded, so no bomb has a fuse.

mod element;
mod gathered;
mod item;
mod walk;

pub(super) use walk::read;

#[cfg(test)]
mod tests;
