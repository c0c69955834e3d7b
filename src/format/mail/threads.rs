//! Letters to threads, by the names they refer to: what Jamie Zawinski's algorithm and RFC 5256 (REFERENCES) come to,
//! in time that grows with the number of letters alone.
//!
//! Each letter hangs below the one it answers; the letters between that are not there hang together as the references
//! of others say. A link that would close a ring is left out. Ancestors are never walked for that: a tree of sets
//! tells in constant time whether two letters hang together already, so a chain of a hundred thousand is no worse
//! than as many letters alone.

use std::collections::{HashMap, HashSet};

use super::heads::{Head, Heads};

/// How long after the letter that it seems to answer one is still taken for an answer by its subject, in seconds:
/// some weeks. "Re: minutes" of next year answers others.
const ANSWERED_WITHIN: i64 = 45 * 24 * 3600;

/// A letter in its thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Post {
    /// Which letter of the mailbox.
    pub letter: usize,
    /// How deep it stands.
    pub depth: u8,
    /// The post that it answers, by its place in the thread.
    pub reply_to: Option<usize>,
}

/// Letters that hang together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Thread {
    /// The letters, each before those that answer it.
    pub posts: Vec<Post>,
}

/// A name of a letter: of one that is there, or of one that others speak of.
#[derive(Clone, Copy, Debug)]
struct Node {
    letter: Option<usize>,
    parent: Option<usize>,
    /// The set it is in: a node nearer to the set's own.
    set: usize,
}

/// All names, and what hangs below what.
#[derive(Default)]
struct Forest {
    nodes: Vec<Node>,
    by_id: HashMap<u64, usize>,
}

/// Returns the threads of a mailbox, in the order of their first letters, and the letters that were there before.
pub(super) fn threads(heads: &Heads) -> (Vec<Thread>, Vec<usize>) {
    let mut forest = Forest::default();
    let twice = forest.place(heads);
    forest.link(heads);
    forest.link_by_subject(heads);
    (forest.threads(heads), twice)
}

impl Forest {
    /// Gives each letter its node. One that is there twice (in two folders, sent to two lists) is taken once; one
    /// that only bears the name of another keeps a node of its own.
    fn place(&mut self, heads: &Heads) -> Vec<usize> {
        let mut twice = Vec::new();
        let mut told = HashSet::new();
        for (letter, head) in heads.letters.iter().enumerate() {
            let node = self.node(head.id);
            let Some(known) = self.nodes.get_mut(node) else {
                continue;
            };
            let says = (head.id, head.date, head.subject);
            if known.letter.is_none() {
                known.letter = Some(letter);
                told.insert(says);
            } else if !told.insert(says) {
                twice.push(letter);
            } else {
                self.push(Some(letter));
            }
        }
        twice
    }

    fn push(&mut self, letter: Option<usize>) -> usize {
        let place = self.nodes.len();
        self.nodes.push(Node {
            letter,
            parent: None,
            set: place,
        });
        place
    }

    fn node(&mut self, id: u64) -> usize {
        if let Some(place) = self.by_id.get(&id) {
            return *place;
        }
        let place = self.push(None);
        self.by_id.insert(id, place);
        place
    }

    /// Hangs the letters below those they answer, then those in between that are not there.
    fn link(&mut self, heads: &Heads) {
        let there: Vec<(usize, usize)> = self
            .nodes
            .iter()
            .enumerate()
            .filter_map(|(node, one)| Some((node, one.letter?)))
            .collect();
        let referred = |letter: usize| {
            let range = heads
                .letters
                .get(letter)
                .map(|head: &Head| &head.references);
            range
                .and_then(|range| {
                    heads
                        .references
                        .get(range.start as usize..range.end as usize)
                })
                .unwrap_or_default()
        };
        for (node, letter) in &there {
            if let Some(answered) = referred(*letter).last() {
                let answered = self.node(*answered);
                self.hang(*node, answered);
            }
        }
        for (_, letter) in &there {
            for pair in referred(*letter).windows(2) {
                if let [above, below] = pair {
                    let (above, below) = (self.node(*above), self.node(*below));
                    if self
                        .nodes
                        .get(below)
                        .is_some_and(|node| node.letter.is_none())
                    {
                        self.hang(below, above);
                    }
                }
            }
        }
    }

    /// Hangs `node` below `above`, unless it hangs already or that would close a ring.
    fn hang(&mut self, node: usize, above: usize) {
        let (own, other) = (self.set(node), self.set(above));
        if own == other {
            return;
        }
        if let Some(one) = self.nodes.get_mut(node)
            && one.parent.is_none()
        {
            one.parent = Some(above);
            if let Some(set) = self.nodes.get_mut(own) {
                set.set = other;
            }
        }
    }

    /// Returns the set that a node is in, and shortens the way to it.
    fn set(&mut self, mut node: usize) -> usize {
        while let Some(up) = self.nodes.get(node).map(|one| one.set) {
            if up == node {
                break;
            }
            let further = self.nodes.get(up).map_or(up, |one| one.set);
            if let Some(one) = self.nodes.get_mut(node) {
                one.set = further;
            }
            node = further;
        }
        node
    }

    /// Hangs letters that say `Re:` and refer to none below the last one before them that has their subject and
    /// answers nothing.
    fn link_by_subject(&mut self, heads: &Heads) {
        let mut openings: HashMap<u64, Vec<(i64, usize)>> = HashMap::new();
        let mut answers = Vec::new();
        for (place, node) in self.nodes.iter().enumerate() {
            let Some(head) = node.letter.and_then(|letter| heads.letters.get(letter)) else {
                continue;
            };
            let (Some(subject), Some(date), None) = (head.subject, head.date, node.parent) else {
                continue;
            };
            if head.is_reply && head.references.is_empty() {
                answers.push((subject, date, place));
            } else if !head.is_reply {
                openings.entry(subject).or_default().push((date, place));
            }
        }
        for dated in openings.values_mut() {
            dated.sort_unstable();
        }
        for (subject, date, place) in answers {
            let Some(dated) = openings.get(&subject) else {
                continue;
            };
            let before = dated.partition_point(|(opened, _)| *opened <= date);
            let opening = before.checked_sub(1).and_then(|last| dated.get(last));
            if let Some((opened, opening)) = opening
                && date - opened <= ANSWERED_WITHIN
            {
                self.hang(place, *opening);
            }
        }
    }

    /// Returns the trees as threads.
    fn threads(&self, heads: &Heads) -> Vec<Thread> {
        let mut below: Vec<Vec<usize>> = vec![Vec::new(); self.nodes.len()];
        for (place, node) in self.nodes.iter().enumerate() {
            if let Some(below) = node.parent.and_then(|parent| below.get_mut(parent)) {
                below.push(place);
            }
        }
        let order = |place: &usize| {
            let letter = self.nodes.get(*place).and_then(|node| node.letter);
            let head = letter.and_then(|letter| heads.letters.get(letter));
            // What is not there and what has no date comes last.
            (head.and_then(|head| head.date).unwrap_or(i64::MAX), letter)
        };
        for children in &mut below {
            children.sort_by_key(order);
        }
        let roots = self.nodes.iter().enumerate();
        let roots = roots.filter(|(_, node)| node.parent.is_none());
        let mut threads: Vec<Thread> = roots
            .map(|(place, _)| Thread {
                posts: self.posts(place, &below),
            })
            .filter(|thread| !thread.posts.is_empty())
            .collect();
        threads.sort_by_key(|thread| thread.posts.iter().map(|post| post.letter).min());
        threads
    }

    /// Returns the letters of the tree at `root`, each before those that answer it.
    fn posts(&self, root: usize, below: &[Vec<usize>]) -> Vec<Post> {
        let mut posts = Vec::new();
        let mut open = vec![(root, 0_u8, None)];
        while let Some((place, depth, reply_to)) = open.pop() {
            let Some(node) = self.nodes.get(place) else {
                continue;
            };
            let (mut deeper, mut answered) = (depth, reply_to);
            if let Some(letter) = node.letter {
                // Of letters that answer one which is not there, the first opens the thread.
                let depth = depth.max(u8::from(!posts.is_empty()));
                answered = Some(posts.len());
                deeper = depth.saturating_add(1);
                posts.push(Post {
                    letter,
                    depth,
                    reply_to,
                });
            }
            let children = below.get(place).into_iter().flatten().rev();
            open.extend(children.map(|child| (*child, deeper, answered)));
        }
        posts
    }
}

#[cfg(test)]
mod tests {
    use super::super::heads::Fields;
    use super::*;

    /// Returns threads as (letter, depth) of letters given as headers.
    fn threaded(letters: &[&str]) -> Vec<Vec<(usize, u8)>> {
        let mut heads = Heads::default();
        for letter in letters {
            heads.push(&Fields::of(letter.as_bytes()));
        }
        let (threads, _) = threads(&heads);
        let posts = |thread: &Thread| {
            thread
                .posts
                .iter()
                .map(|post| (post.letter, post.depth))
                .collect()
        };
        threads.iter().map(posts).collect()
    }

    #[test]
    fn letters_hang_below_those_they_answer_whatever_their_order() {
        let letters = [
            "Message-ID: <c>\nReferences: <a> <b>",
            "Message-ID: <a>",
            "Message-ID: <b>\nIn-Reply-To: <a>",
            "Message-ID: <d>",
        ];
        assert_eq!(
            threaded(&letters),
            [vec![(1, 0), (2, 1), (0, 2)], vec![(3, 0)]]
        );
    }

    #[test]
    fn answers_to_a_letter_that_is_not_there_hang_together() {
        let letters = [
            "Message-ID: <b>\nReferences: <a>",
            "Message-ID: <c>\nReferences: <a>",
        ];
        assert_eq!(threaded(&letters), [[(0, 0), (1, 1)]]);
    }

    #[test]
    fn rings_and_letters_twice_are_survived() {
        let letters = [
            "Message-ID: <a>\nReferences: <b>",
            "Message-ID: <b>\nReferences: <a>",
            "Message-ID: <c>\nReferences: <c>",
            "Message-ID: <c>\nReferences: <c>",
            "Message-ID: <c>\nSubject: another under the same name",
        ];
        let mut letters: Vec<usize> = threaded(&letters)
            .concat()
            .iter()
            .map(|post| post.0)
            .collect();
        letters.sort_unstable();
        assert_eq!(letters, [0, 1, 2, 4]);
    }

    #[test]
    fn a_subject_binds_only_answers_that_refer_to_nothing_and_come_soon() {
        let letters = [
            "Message-ID: <a>\nSubject: Minutes\nDate: 1 Mar 2024 10:00:00 +0000",
            "Message-ID: <b>\nSubject: [list] Re: minutes\nDate: 2 Mar 2024 10:00:00 +0000",
            "Message-ID: <c>\nSubject: Re: Minutes\nDate: 2 Mar 2025 10:00:00 +0000",
            "Message-ID: <d>\nSubject: Minutes\nDate: 3 Mar 2024 10:00:00 +0000",
        ];
        assert_eq!(
            threaded(&letters),
            [vec![(0, 0), (1, 1)], vec![(2, 0)], vec![(3, 0)]]
        );
    }
}
