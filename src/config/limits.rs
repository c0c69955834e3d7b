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
    /// The longest line of JSON Lines, which is held in memory, in bytes.
    pub line: u64,
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
    /// The names of the limits in the settings, in the order of the fields.
    pub const NAMES: [&str; 6] = ["bytes", "streamed", "line", "depth", "entries", "ratio"];

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
            line: 64 << 20,
            depth: 3,
            entries: 100_000,
            ratio: 200,
        }
    }
}

/// The units of sizes, each 1024 of the one before, as those who measure memory count.
const UNITS: [(&str, u64); 5] = [
    ("TB", 1 << 40),
    ("GB", 1 << 30),
    ("MB", 1 << 20),
    ("KB", 1 << 10),
    ("B", 1),
];

/// Returns a size as a person writes it: `256 MB`, `1.5 GB`, `4096`. Nothing for what is no size, or for one of none.
pub(super) fn parse_size(text: &str) -> Option<u64> {
    let text = text.trim().to_ascii_uppercase();
    let (number, unit) = UNITS
        .iter()
        .find_map(|(name, unit)| Some((text.strip_suffix(name)?, *unit)))
        .unwrap_or((&text, 1));
    let (whole, part) = number
        .trim()
        .split_once('.')
        .unwrap_or((number.trim(), "0"));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then_some(());
    digits(part).and_then(|()| digits(whole))?;
    let part = part.get(..part.len().min(6))?;
    let fraction = u64::from(part.parse::<u32>().ok()?);
    let of = 10_u64.checked_pow(u32::try_from(part.len()).ok()?)?;
    let bytes = whole.parse::<u64>().ok()?.checked_mul(unit)?;
    // A fraction of the unit: `unit` is at most 2^40 and `fraction` below 10^6.
    let bytes = bytes.checked_add(unit.checked_mul(fraction)? / of)?;
    (bytes > 0).then_some(bytes)
}

/// Returns a size in the largest unit that leaves a whole number or is well filled, for a person.
pub fn size(bytes: u64) -> String {
    let unit = UNITS.iter().find(|(_, unit)| bytes >= *unit);
    match unit {
        Some((name, unit)) if bytes.is_multiple_of(*unit) || bytes / unit >= 100 => {
            format!("{} {name}", bytes / unit)
        }
        Some((name, unit)) => {
            let tenths = u128::from(bytes) * 10 / u128::from(*unit);
            format!("{}.{} {name}", tenths / 10, tenths % 10)
        }
        None => "0 B".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_and_written_as_people_do() {
        for (text, bytes) in [
            ("256 MB", Some(256 << 20)),
            ("256mb", Some(256 << 20)),
            ("1.5 GB", Some(1536 << 20)),
            ("16 GB", Some(16 << 30)),
            ("4096", Some(4096)),
            ("12 B", Some(12)),
            ("0", None),
            ("", None),
            (" MB", None),
            ("-1 MB", None),
            ("1.x MB", None),
            ("much", None),
            ("99999999999 TB", None),
        ] {
            assert_eq!(parse_size(text), bytes, "{text}");
        }
        for (bytes, text) in [
            (0, "0 B"),
            (999, "999 B"),
            (1536, "1.5 KB"),
            (256 << 20, "256 MB"),
            ((256 << 20) + 1, "256 MB"),
            (16 << 30, "16 GB"),
            (u64::MAX, "16777215 TB"),
        ] {
            assert_eq!(size(bytes), text);
        }
    }
}
