//! The index against a plain scan: random questions over random documents find the same and count the same.
//!
//! The scan knows nothing of the index: it walks each document's words for each clause, from the same analysis of texts.
