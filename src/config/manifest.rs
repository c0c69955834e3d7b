//! The manifest of a folder: what its files cannot say of themselves.
