//! A number that changes when content does.
//!
//! FNV-1a of 64 bits (draft-eastlake-fnv): ten lines, and the same on every machine and in every release, which the
//! standard library's hasher does not promise. It tells two versions of one thing apart; it is no protection against
//! a person who wants two contents to look alike, and need not be: only their own library would fall behind.

/// A fingerprint being taken.
#[derive(Clone, Copy, Debug)]
pub struct Fingerprint(u64);

impl Default for Fingerprint {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fingerprint {
    /// Returns the fingerprint with `bytes` taken in. Where they end counts: `ab`, `c` is not `a`, `bc`.
    #[must_use]
    pub fn with(self, bytes: &[u8]) -> Self {
        self.mix(bytes).mix(&(bytes.len() as u64).to_le_bytes())
    }

    /// Returns the number, in the form that `SQLite` stores.
    pub fn finish(self) -> i64 {
        self.0.cast_signed()
    }

    fn mix(self, bytes: &[u8]) -> Self {
        Self(bytes.iter().fold(self.0, |hash, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_the_one_of_the_published_vectors() {
        let hash = |text: &str| Fingerprint::default().mix(text.as_bytes()).0;
        assert_eq!(hash(""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(hash("a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(hash("foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn where_a_piece_ends_counts() {
        let both = |a: &str, b: &str| {
            Fingerprint::default()
                .with(a.as_bytes())
                .with(b.as_bytes())
                .finish()
        };
        assert_ne!(both("ab", "c"), both("a", "bc"));
        assert_ne!(both("", "a"), both("a", ""));
    }
}
