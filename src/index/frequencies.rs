//! In how many documents words stand.

use super::{Error, Index};

impl Index {
    /// Returns for each stem in how many documents it stands, in title or text; those that were removed lately are
    /// among them.
    ///
    /// # Errors
    ///
    /// An [`Error::Damaged`] where that cannot be read.
    pub fn frequencies(&self, stems: &[&str]) -> Result<Vec<u64>, Error> {
        let commit = &self.view().commit;
        let mut frequencies = vec![0; stems.len()];
        for segment in &commit.segments {
            let index = segment.reader.inverted_index(commit.fields.words.stems);
            let index = index.map_err(|error| commit.damage(error))?;
            for (frequency, stem) in frequencies.iter_mut().zip(stems) {
                let term = index.terms().get(stem);
                let term = term.map_err(|error| commit.damage(error.into()))?;
                *frequency += term.map_or(0, |term| u64::from(term.doc_freq));
            }
        }
        Ok(frequencies)
    }
}
