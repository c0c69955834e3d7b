//! The index as a whole: what it finds, in which order, and what it does when something is wrong with it.

mod breadth;
mod collection;
mod folds;
mod found;
mod long;
mod months;
mod order;
mod plain;
mod scan;
mod seeds;
mod topics;
mod trouble;
