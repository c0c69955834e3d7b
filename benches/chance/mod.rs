//! Chance that is none.

/// Numbers that look like chance and are the same in every run (`SplitMix64`: Steele, Lea and Flood, 2014).
pub struct Chance(pub u64);

impl Chance {
    /// Returns the next number, less than `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ mixed >> 31) as usize % end
    }
}
