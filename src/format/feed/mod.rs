//! RSS (0.90 to 2.0), CDF, Atom (0.3, 1.0) and exports of WordPress: a feed's items as documents, one by one.
//!
//! Feeds are broken in every way, and one bad item must not cost the others: end tags that do not match, raw `&`,
//! undeclared entities and elements nobody closed are read as they were meant. Where even that ends (a tag or a
//! section cut off), everything up to the fault is handed out. Every fault is named with its line, each sort once a
//! file. Entities that a
//! document declares itself are expanded only where they are short and refer to nothing, so no bomb has a fuse.

mod boilerplate;
mod element;
mod ending;
mod entities;
mod faults;
mod gathered;
mod item;
mod press;
mod take;
mod walk;

pub use item::item_name;
pub(super) use item::{Channel, Enclosure, Form, Item, Text};
pub(super) use walk::{read, read_facts};

#[cfg(test)]
mod tests;
