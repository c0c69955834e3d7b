//! EPUB 2 and 3: a book's chapters as documents that hang together.
//!
//! Read forgivingly, as e-readers have to: a container without its signposts, names in another case, contents in any
//! of three forms or in none. Guarantees: a chapter's key is its place in the book's files, never its number; every
//! link within the book leads to a chapter's key and to a destination that is there, or is no link; what cannot be read
//! is named and the rest goes on.
//!
//! A book is held as a whole while it is read: where a link leads can only be said when all chapters are known.

mod book;
mod chapters;
mod container;
mod contents;
mod gutenberg;
mod opf;
mod splice;
mod text;

pub(super) use book::read;

#[cfg(test)]
mod fact_tests;
#[cfg(test)]
mod page_tests;
#[cfg(test)]
mod tests;
