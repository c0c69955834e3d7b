//! Words that stand together: one after the other, with no more than so many others between them in sum.
//!
//! This is the one definition of a phrase. The index walks the places of its words to find documents, the matcher
//! those of a text to light them, and so what is found as a phrase lights as one.
//!
//! Of all the ways to a place of the last word the one counts that leaves out the fewest words; that is the chain which
//! lights. A walk looks at each place once, however far apart words may stand.

/// How many other words a phrase may leave out at most, whatever is asked: the index sets the authors of a document, and
/// its headings, further apart than this.
pub(crate) const MOST_LEFT_OUT: u32 = (1 << 16) - 1;

/// A place of a word: its document, and its position there. Places sort as they are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Place(u64);

impl Place {
    /// Returns the place at a position of a document.
    pub(crate) fn new(document: u32, position: u32) -> Self {
        Self(u64::from(document) << 32 | u64::from(position))
    }

    /// Returns the number of the document.
    pub(crate) fn document(self) -> u32 {
        (self.0 >> 32) as u32
    }

    /// Returns the position in it.
    pub(crate) fn position(self) -> u32 {
        self.0 as u32
    }
}

/// Where a chain has come to.
#[derive(Clone, Copy, Debug)]
struct Reached {
    place: Place,
    /// How many other words it has left out so far.
    left_out: u32,
    /// Which of the places reached before it comes from.
    from: u32,
}

/// Returns the places of the last word at which a phrase ends. `steps` are the places of each word, sorted.
pub(crate) fn ends(steps: &[Vec<Place>], slop: u32) -> impl Iterator<Item = Place> {
    let reached = match steps.split_first() {
        Some((first, rest)) => rest
            .iter()
            .fold(begin(first), |reached, step| follow(&reached, step, slop)),
        None => Vec::new(),
    };
    reached.into_iter().map(|reached| reached.place)
}

/// Hands out the places of the words of every phrase, one phrase for each place of [`ends`].
pub(crate) fn each(steps: &[Vec<Place>], slop: u32, mut each: impl FnMut(&[Place])) {
    let mut reached: Vec<Vec<Reached>> = Vec::with_capacity(steps.len());
    for step in steps {
        reached.push(match reached.last() {
            Some(before) => follow(before, step, slop),
            None => begin(step),
        });
    }
    let mut chain = Vec::with_capacity(steps.len());
    for last in 0..reached.last().map_or(0, Vec::len) {
        chain.clear();
        let mut at = last;
        for step in reached.iter().rev() {
            let Some(word) = step.get(at) else {
                break;
            };
            chain.push(word.place);
            at = word.from as usize;
        }
        chain.reverse();
        each(&chain);
    }
}

fn begin(first: &[Place]) -> Vec<Reached> {
    let begin = |&place| Reached {
        place,
        left_out: 0,
        from: 0,
    };
    first.iter().map(begin).collect()
}

/// Returns the places of `step` that are reached from those `before`, each by the way that leaves out the fewest words.
fn follow(before: &[Reached], step: &[Place], slop: u32) -> Vec<Reached> {
    let slop = slop.min(MOST_LEFT_OUT);
    let mut reached = Vec::new();
    let mut before = before.iter().zip(0_u32..).peekable();
    // The best place to come from: that with the least of words left out less position.
    let mut best: Option<(u32, i64, u32)> = None;
    for &place in step {
        while let Some((earlier, from)) = before.next_if(|(earlier, _)| earlier.place < place) {
            let cost = i64::from(earlier.left_out) - i64::from(earlier.place.position());
            let document = earlier.place.document();
            if best.is_none_or(|(here, least, _)| here != document || cost <= least) {
                best = Some((document, cost, from));
            }
        }
        let Some((_, least, from)) = best.filter(|&(here, ..)| here == place.document()) else {
            continue;
        };
        let left_out = u32::try_from(least + i64::from(place.position()) - 1);
        if let Ok(left_out) = left_out
            && left_out <= slop
        {
            reached.push(Reached {
                place,
                left_out,
                from,
            });
        }
    }
    reached
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn places(positions: &[u32]) -> Vec<Place> {
        positions.iter().map(|&at| Place::new(7, at)).collect()
    }

    fn positions(chain: &[Place]) -> Vec<u32> {
        chain.iter().map(|place| place.position()).collect()
    }

    fn chains(steps: &[Vec<Place>], slop: u32) -> Vec<Vec<u32>> {
        let mut chains = Vec::new();
        each(steps, slop, |chain| chains.push(positions(chain)));
        chains
    }

    #[test]
    fn a_phrase_is_words_in_order_with_few_others_between() {
        for (steps, slop, expected) in [
            (&[&[1, 5][..], &[2, 9]][..], 0, &[&[1, 2][..]][..]),
            (&[&[1, 5], &[2, 9]], 3, &[&[1, 2], &[5, 9]]),
            (&[&[2], &[1]], 5, &[]),
            (&[&[1], &[1]], 5, &[]),
            (&[&[1], &[3], &[5]], 1, &[]),
            (&[&[1], &[3], &[5]], 2, &[&[1, 3, 5]]),
            (&[&[1, 2], &[4], &[5]], 1, &[&[2, 4, 5]]),
            // The nearest word is not always one of the chain.
            (&[&[1], &[0, 4], &[5]], 2, &[&[1, 4, 5]]),
            (&[&[1], &[2, 4], &[5]], 2, &[&[1, 4, 5]]),
            (&[&[3]], 0, &[&[3]]),
            (&[&[], &[1]], 0, &[]),
            (&[], 0, &[]),
        ] {
            let steps: Vec<Vec<Place>> = steps.iter().map(|step| places(step)).collect();
            assert_eq!(chains(&steps, slop), expected, "{steps:?} {slop}");
        }
    }

    #[test]
    fn a_phrase_does_not_reach_into_the_next_document() {
        let steps = [vec![Place::new(1, u32::MAX)], vec![Place::new(2, 0)]];
        assert_eq!(ends(&steps, u32::MAX).count(), 0);
    }

    #[test]
    fn a_phrase_leaves_out_only_so_many_words_whatever_is_asked() {
        let found = |last| ends(&[places(&[0]), places(&[last])], u32::MAX).count();
        assert_eq!(found(MOST_LEFT_OUT + 1), 1);
        assert_eq!(found(MOST_LEFT_OUT + 2), 0);
    }

    /// Returns how few words are left out on the way to `end`, tried one by one.
    fn fewest_left_out(steps: &[Vec<u32>], end: u32) -> Option<u32> {
        let (last, earlier) = steps.split_last()?;
        last.contains(&end).then_some(())?;
        if earlier.is_empty() {
            return Some(0);
        }
        let ways = (0..end).filter_map(|at| Some(fewest_left_out(earlier, at)? + end - at - 1));
        ways.min()
    }

    proptest! {
        #[test]
        fn the_phrases_are_those_that_a_plain_search_finds(
            steps in proptest::collection::vec(proptest::collection::btree_set(0..12u32, 0..6), 1..4),
            slop in 0..4u32,
        ) {
            let steps: Vec<Vec<u32>> = steps.into_iter().map(|step| step.into_iter().collect()).collect();
            let fewest = |end| fewest_left_out(&steps, end).filter(|&left_out| left_out <= slop);
            let expected: Vec<(u32, u32)> = (0..12).filter_map(|end| Some((end, fewest(end)?))).collect();
            let walked: Vec<Vec<Place>> = steps.iter().map(|step| places(step)).collect();
            let chains = chains(&walked, slop);
            let found: Vec<(u32, u32)> = chains.iter().map(|chain| {
                let (first, last) = (chain[0], chain[chain.len() - 1]);
                (last, last + 1 - first - chain.len() as u32)
            }).collect();
            prop_assert_eq!(found, expected);
            for chain in &chains {
                prop_assert!(chain.is_sorted() && chain.iter().zip(&steps).all(|(at, step)| step.contains(at)));
            }
            let ends: Vec<Place> = ends(&walked, slop).collect();
            let last: Vec<u32> = chains.iter().map(|chain| chain[chain.len() - 1]).collect();
            prop_assert_eq!(positions(&ends), last);
        }
    }
}
