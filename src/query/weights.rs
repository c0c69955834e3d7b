//! What everything that ranks an answer weighs: every constant of it in this one place, each with the measurement or the
//! reason that set it.
//!
//! A way counts beside the word as it was typed, which has 1; a bonus counts beside what the words themselves score.
//! Nothing here was set on one collection alone: what helps one and harms another is not in.

/// How much a word counts that only begins as typed, beside a whole one, which must rank first.
pub(crate) const BEGINNING: f32 = 0.5;

/// How much words that stand together as asked count beside the words themselves. On six public collections of
/// abstracts 0.2 gained in each; spans and wider windows gained no more.
pub(crate) const TOGETHER: f32 = 0.2;

/// How many of the best score again for words that stand together. On the same six collections the first ten came out as
/// good with 50 as with all documents, at a third of the time.
pub(crate) const SCORED_AGAIN: usize = 100;

/// How much a way counts that the thesaurus says is the same. A word that stands ever so often scores less than
/// 1 + k1 = 2.2 times what it scores standing once in a text of average length (BM25 with k1 = 1.2), and no way is
/// counted as rarer than the words typed: so with less than 1 / 2.2 whatever has the typed words once, in a text no
/// longer than most, is before all that only say it otherwise.
pub(crate) const SAME: f32 = 0.45;

/// How much a way counts that the thesaurus says is related, and that the question asks for: less than what says the
/// same.
pub(crate) const RELATED: f32 = 0.3;
