//! BM25, by which words score: Robertson and others, Okapi at TREC-3, 1994; Robertson and Zaragoza, The Probabilistic
//! Relevance Framework, 2009. A word that stands t times in a document of l words scores
//!
//! ```text
//! ln(1 + (N − n + ½) / (n + ½)) · (k1 + 1) · t / (t + k1 · (1 − b + b · l / average l))
//! ```
//!
//! where n of N documents have it. tantivy has the same with k1 and b built in; ours are in `query::weights`. The index
//! keeps lengths in a byte each, so what a length adds is worked out once for each of the 256.

use tantivy::fieldnorm::FieldNormReader;

use crate::query::weights::{LENGTH, SATURATION};

/// How a word scores.
#[derive(Clone, Debug)]
pub(super) struct Bm25 {
    /// What it can score at most.
    most: f32,
    /// What a length adds below the line, by the byte in which the index keeps it.
    by_length: Box<[f32; 256]>,
    average: f32,
}

impl Bm25 {
    /// Returns how a word scores that is in `frequency` of so many documents, which have `average` words each.
    pub(super) fn new(frequency: u64, documents: u64, average: f32) -> Self {
        let (n, all) = (frequency as f32, documents as f32);
        let rarity = (1.0 + (all - n + 0.5) / (n + 0.5)).ln();
        // Nothing at all has no average.
        let average = average.max(1.0);
        let mut by_length = Box::new([0.0; 256]);
        for (byte, added) in (0..=u8::MAX).zip(by_length.iter_mut()) {
            *added = added_by(FieldNormReader::id_to_fieldnorm(byte), average);
        }
        Self {
            most: rarity * (SATURATION + 1.0),
            by_length,
            average,
        }
    }

    /// Returns what a document scores that has the word so many times; `length` is the byte of its length.
    pub(super) fn score(&self, length: u8, times: u32) -> f32 {
        let added = self.by_length.get(usize::from(length)).copied();
        self.saturated(times, added.unwrap_or_default())
    }

    /// Returns what a text of so many words would score.
    pub(super) fn score_of(&self, words: u32, times: u32) -> f32 {
        self.saturated(times, added_by(words, self.average))
    }

    /// Returns what no document scores more than.
    pub(super) fn most(&self) -> f32 {
        self.most
    }

    fn saturated(&self, times: u32, added: f32) -> f32 {
        let times = times as f32;
        self.most * times / (times + added)
    }
}

fn added_by(words: u32, average: f32) -> f32 {
    SATURATION * (1.0 - LENGTH + LENGTH * words as f32 / average)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_scores_as_the_formula_says() {
        let word = Bm25::new(10, 1_000, 100.0);
        // ln(1 + 990.5 / 10.5) = 4.5574; times 2.5; three times in a text of average length: 3 / 4.5.
        assert!((word.score_of(100, 3) - 4.5574 * 2.5 * 3.0 / 4.5).abs() < 1e-3);
        assert!(word.score_of(100, u32::MAX) <= word.most());
        let byte = (0..=u8::MAX).find(|&byte| FieldNormReader::id_to_fieldnorm(byte) == 40);
        let same = (word.score(byte.unwrap(), 2) - word.score_of(40, 2)).abs();
        assert!(same < f32::EPSILON);
    }

    #[test]
    fn rarer_oftener_and_in_a_shorter_text_is_more() {
        let (rare, common) = (Bm25::new(3, 1_000, 100.0), Bm25::new(900, 1_000, 100.0));
        assert!(rare.score_of(100, 1) > common.score_of(100, 9));
        assert!(
            common.score_of(100, 1) > 0.0,
            "a word in nearly all counts a little"
        );
        assert!(rare.score_of(100, 2) > rare.score_of(100, 1));
        assert!(rare.score_of(50, 1) > rare.score_of(100, 1));
        assert!(Bm25::new(0, 0, f32::NAN).score_of(0, 1).is_finite());
    }
}
