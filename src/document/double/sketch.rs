//! By what a text is found again when it comes a second time, a little changed.
//!
//! A text is taken as the set of its shingles: every three words in a row, without case and punctuation. How much two
//! sets have in common says how alike the texts are. To find the few that may be alike among a hundred thousand, each
//! text has a [`Sketch`]: the hashes of its shingles fall into [`BINS`] bins, and of each bin the least is kept (Li,
//! Owen and Zhang, "One permutation hashing", NIPS 2012). Of two texts the share of bins that agree is, but for chance,
//! the share of shingles that they have in common. Bins are joined by threes to [`Sketch::bands`]: who has no band in
//! common with a text is not looked at (Broder, "On the resemblance and containment of documents", 1997).
//!
//! The hashes are stored, so they are written out here and stay what they are.

/// Words in a shingle. Two stand in too many texts (`of the`), and of four a changed word takes too many along.
const SHINGLE: usize = 3;

/// Bins of a sketch. An estimate from 48 is off by 0.07 as a rule, which is enough to leave out what need not be compared.
const BINS: usize = 48;

/// Bins in a band. With 16 bands of three, texts that share 0.6 of their shingles have a band in common 98 times of 100,
/// those that share 0.05 one time in 500.
const BAND: usize = 3;

/// A bin in which nothing fell.
const NOTHING: u16 = u16::MAX;

/// What a text is found by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sketch([u16; BINS]);

/// The shingles of a text, as hashes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shingles {
    /// In ascending order, each once.
    hashes: Vec<u64>,
    words: usize,
}

impl Shingles {
    /// Returns the shingles of a text.
    pub fn of(text: &str) -> Self {
        let mut hashes = Vec::with_capacity(text.len() / 6);
        let words = each_shingle(text, |hash| hashes.push(hash));
        hashes.sort_unstable();
        hashes.dedup();
        Self { hashes, words }
    }

    /// Returns how many words the text has.
    pub fn words(&self) -> usize {
        self.words
    }

    /// Returns the share of the smaller set's shingles that the other has too, from 0 to 1.
    pub fn contained(&self, other: &Self) -> f64 {
        let smaller = self.hashes.len().min(other.hashes.len());
        if smaller == 0 {
            return 0.0;
        }
        let (mut one, mut two) = (
            self.hashes.iter().peekable(),
            other.hashes.iter().peekable(),
        );
        let mut shared = 0;
        while let (Some(a), Some(b)) = (one.peek(), two.peek()) {
            match a.cmp(b) {
                std::cmp::Ordering::Less => drop(one.next()),
                std::cmp::Ordering::Greater => drop(two.next()),
                std::cmp::Ordering::Equal => {
                    shared += 1;
                    one.next();
                    two.next();
                }
            }
        }
        f64::from(shared) / smaller as f64
    }
}

impl Sketch {
    /// Returns the sketch of a text, and how many words that has.
    pub fn of(text: &str) -> (Self, usize) {
        let mut least = [None; BINS];
        let words = each_shingle(text, |hash| {
            let bin = (((hash >> 32) * BINS as u64) >> 32) as usize;
            let value = hash as u32;
            if let Some(kept) = least.get_mut(bin)
                && kept.is_none_or(|kept| value < kept)
            {
                *kept = Some(value);
            }
        });
        // The lower half of a least value is as even as any.
        let bins =
            least.map(|value| value.map_or(NOTHING, |value| (value as u16).min(NOTHING - 1)));
        (Self(bins), words)
    }

    /// Returns about which share of the shingles of both texts together each of them has, from 0 to 1.
    pub fn resemblance(&self, other: &Self) -> f64 {
        let pairs = self.0.iter().zip(&other.0);
        let filled = pairs.filter(|(a, b)| **a != NOTHING || **b != NOTHING);
        let (all, same) = filled.fold((0, 0), |(all, same), (a, b)| {
            (all + 1, same + i32::from(a == b))
        });
        if all == 0 {
            0.0
        } else {
            f64::from(same) / f64::from(all)
        }
    }

    /// Returns the numbers by which it is looked up.
    pub fn bands(&self) -> impl Iterator<Item = i64> {
        let bands = self.0.chunks(BAND).enumerate();
        let filled = bands.filter(|(_, bins)| bins.iter().any(|bin| *bin != NOTHING));
        filled.map(|(place, bins)| {
            let joined = bins
                .iter()
                .fold(place as u64, |band, bin| band << 16 | u64::from(*bin));
            mix(joined).cast_signed()
        })
    }

    /// Returns its stored form.
    pub fn to_bytes(self) -> Vec<u8> {
        self.0.iter().flat_map(|bin| bin.to_le_bytes()).collect()
    }

    /// Reads its stored form; nothing where it is none.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (pairs, rest) = bytes.as_chunks::<2>();
        let bins: Vec<u16> = pairs.iter().map(|pair| u16::from_le_bytes(*pair)).collect();
        let bins = bins.try_into().ok().filter(|_| rest.is_empty())?;
        Some(Self(bins))
    }
}

/// Does something with the hash of each shingle of a text, in their order. Returns how many words the text has.
fn each_shingle(text: &str, mut each: impl FnMut(u64)) -> usize {
    let mut words = 0;
    let mut last = [0; SHINGLE];
    each_word(text, |word| {
        last.rotate_left(1);
        if let Some(newest) = last.last_mut() {
            *newest = word;
        }
        words += 1;
        if words >= SHINGLE {
            let joined = last.iter().fold(0_u64, |hash, word| {
                (hash.rotate_left(21) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
            });
            each(mix(joined));
        }
    });
    words
}

/// Does something with the hash of each word of a text: without case, apostrophes and punctuation. Where words are not
/// parted by blanks, each character is one.
fn each_word(text: &str, mut each: impl FnMut(u64)) {
    const EMPTY: u64 = 0xcbf2_9ce4_8422_2325;
    let mut word = EMPTY;
    let mut at = 0;
    while let Some(byte) = text.as_bytes().get(at) {
        // Nearly all of nearly every text.
        if let Some(letter) = LETTERS.get(usize::from(*byte)) {
            at += 1;
            if *letter != 0 {
                word = take(word, u32::from(*letter));
            } else if *byte != b'\'' && word != EMPTY {
                each(std::mem::replace(&mut word, EMPTY));
            }
            continue;
        }
        let Some(character) = text.get(at..).and_then(|rest| rest.chars().next()) else {
            break;
        };
        at += character.len_utf8();
        if character.is_alphanumeric() {
            let alone = is_unparted(character);
            if alone && word != EMPTY {
                each(std::mem::replace(&mut word, EMPTY));
            }
            word = character.to_lowercase().map(u32::from).fold(word, take);
            if !alone {
                continue;
            }
        } else if matches!(character, '’' | '\u{ad}') {
            continue;
        }
        if word != EMPTY {
            each(std::mem::replace(&mut word, EMPTY));
        }
    }
    if word != EMPTY {
        each(word);
    }
}

/// The letters and digits of ASCII by their bytes, in lower case; nought is any other character.
const LETTERS: [u8; 128] = {
    let mut letters = [0; 128];
    let mut byte = 0;
    while byte < 128_u8 {
        if byte.is_ascii_alphanumeric() {
            letters[byte as usize] = byte.to_ascii_lowercase();
        }
        byte += 1;
    }
    letters
};

/// FNV-1a, a character at a time.
fn take(hash: u64, character: u32) -> u64 {
    (hash ^ u64::from(character)).wrapping_mul(0x0100_0000_01b3)
}

/// Returns whether a character is of a script that does not part its words: those of China and Japan, Thai, Khmer.
fn is_unparted(character: char) -> bool {
    matches!(character,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Spreads a number over all 64 bits (the last step of `SplitMix64`: Steele, Lea and Flood, 2014).
fn mix(number: u64) -> u64 {
    let number = (number ^ number >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ number >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ number >> 31
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text of `count` words that stand in no other with another seed.
    fn text(seed: usize, count: usize) -> String {
        let words: Vec<String> = (0..count).map(|word| format!("w{seed}x{word}")).collect();
        words.join(" ")
    }

    #[test]
    fn case_punctuation_and_apostrophes_make_no_difference() {
        let one = Shingles::of("It’s a co-operative: “owned” by those who work there.");
        let two = Shingles::of("its A Co operative owned by, those who WORK there");
        assert_eq!(one, two);
        assert_eq!(one.words(), 10);
        assert_eq!(Shingles::of("本棚 abc").words(), 3);
        assert_eq!(Shingles::of(" … ").words(), 0);
    }

    /// What libraries out there hold. If this fails, the doubles in old libraries are not found any more.
    #[test]
    fn the_stored_form_stays_what_it_is() {
        let sketch = Sketch::of("one two three four").0;
        let filled: Vec<(usize, u16)> = sketch
            .0
            .iter()
            .copied()
            .enumerate()
            .filter(|(_, bin)| *bin != NOTHING)
            .collect();
        assert_eq!(filled, FILLED);
        assert_eq!(Sketch::from_bytes(&sketch.to_bytes()), Some(sketch));
        assert_eq!(Sketch::from_bytes(&[1, 2, 3]), None);
        assert_eq!(sketch.bands().next(), Some(FIRST));
    }

    const FILLED: [(usize, u16); 2] = [(21, 60973), (32, 44205)];
    const FIRST: i64 = -1_860_867_020_280_784_828;

    #[test]
    fn a_sketch_tells_about_how_much_two_texts_share() {
        for shared in [0, 100, 250, 400, 500] {
            let one = format!("{} {}", text(1, shared), text(2, 500 - shared));
            let two = format!("{} {}", text(1, shared), text(3, 500 - shared));
            let share = shared as f64 / (1000 - shared) as f64;
            let told = Sketch::of(&one).0.resemblance(&Sketch::of(&two).0);
            let (one, two) = (Shingles::of(&one), Shingles::of(&two));
            assert!((told - share).abs() < 0.2, "{shared}: {told} for {share}");
            assert!((one.contained(&two) - shared as f64 / 500.0).abs() < 0.01);
        }
        assert!(Sketch::of("").0.bands().next().is_none());
        assert!(Shingles::of("").contained(&Shingles::of("")) < 0.1);
    }

    #[test]
    fn texts_that_are_alike_have_a_band_in_common_and_others_have_none() {
        let found = |one: &str, two: &str| {
            let other: Vec<i64> = Sketch::of(two).0.bands().collect();
            Sketch::of(one).0.bands().any(|band| other.contains(&band))
        };
        let alike = (0..100).filter(|seed| {
            let whole = text(*seed, 300);
            found(&whole, &format!("{whole} {}", text(seed + 1000, 60)))
        });
        assert!(alike.count() >= 99);
        let strange = (0..100).filter(|seed| found(&text(*seed, 300), &text(seed + 1000, 300)));
        assert_eq!(strange.count(), 0);
    }
}
