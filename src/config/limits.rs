//! How much of a file is taken in: what stands between a library and a file made to fill a disk.
//!
//! A file beyond a limit is refused by name, with the limit; the rest goes on.

/// The limits of reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The largest file that is held in memory, in bytes, and the most that one file may unpack to. What is larger
    /// is read only where its format is read piece by piece.
    pub bytes: u64,
    /// The largest file that is read piece by piece (a mailbox, JSON Lines), in bytes.
    pub streamed: u64,
    /// How deep archives may stand within archives.
    pub depth: u8,
    /// The most entries of one archive.
    pub entries: usize,
    /// How many times its packed size a file may unpack to. Text packs to a third or a tenth; a bomb to a thousandth.
    pub ratio: u64,
}

/// What one file may always unpack to, however small it is packed, in bytes: a page of blanks is no bomb.
const HARMLESS: u64 = 1 << 20;

/// What an archive may always unpack to, with all that is in it, in bytes.
const HARMLESS_IN_ALL: u64 = 16 << 20;

impl Limits {
    /// Returns how many bytes one file of so many packed ones may unpack to.
    pub fn unpacked(&self, packed: u64) -> u64 {
        let most = packed.saturating_mul(self.ratio).max(HARMLESS);
        most.min(self.bytes)
    }

    /// Returns how many bytes the files of an archive of so many may unpack to, one after the other.
    pub fn unpacked_in_all(&self, packed: u64) -> u64 {
        let most = packed.saturating_mul(self.ratio).max(HARMLESS_IN_ALL);
        most.min(self.streamed)
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 256 << 20,
            streamed: 16 << 30,
            depth: 3,
            entries: 100_000,
            ratio: 200,
        }
    }
}
