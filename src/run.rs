//! The loop: receive, drain, update, draw.
