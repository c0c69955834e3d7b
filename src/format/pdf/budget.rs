//! What may still be done for a file, whatever it asks for.

/// What may still be done for the file.
#[derive(Debug)]
pub(super) struct Budget {
    pub operators: u64,
    pub glyphs: u64,
    pub forms: u32,
    pub bytes: u64,
    /// A page had more characters than are read of one.
    pub cut: bool,
}

impl Budget {
    /// Returns the budget for a file of so many bytes.
    pub fn new(bytes: u64) -> Self {
        Self {
            operators: 60_000_000,
            glyphs: 20_000_000,
            forms: 200_000,
            bytes,
            cut: false,
        }
    }

    /// Takes off what a stream unpacks to or, where that is less, what it is packed in: unpacking took that at least.
    pub fn unpack(&mut self, packed: usize, unpacked: usize) {
        self.bytes = self.bytes.saturating_sub(packed.max(unpacked) as u64 + 1);
    }

    /// Returns whether something is used up.
    pub fn is_spent(&self) -> bool {
        self.operators == 0 || self.glyphs == 0 || self.forms == 0 || self.bytes == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_costs_what_it_is_packed_in_at_least() {
        for (packed, unpacked, left) in [(10, 400, 599), (400, 0, 599), (5_000, 0, 0)] {
            let mut budget = Budget::new(1_000);
            budget.unpack(packed, unpacked);
            assert_eq!(budget.bytes, left, "{packed} {unpacked}");
            assert_eq!(budget.is_spent(), left == 0);
        }
    }
}
