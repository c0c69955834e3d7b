//! What can be counted of each element: how much text, how much of it leads elsewhere, how much of it is prose.

use super::tree::{Data, Id, Step, Tree};
use crate::format::html;

/// The shortest run of words that counts as prose, in letters: what is shorter is a label as often as a sentence.
pub(super) const SENTENCE: u32 = 40;

/// The length from which a paragraph counts in full, in letters: teasers end before.
const PARAGRAPH: u32 = 160;

/// What was counted of an element and all in it. Letters are what is not white space.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Measure {
    /// Its letters.
    pub letters: u32,
    /// Those that stand in links to elsewhere.
    pub linked: u32,
    /// Those of its paragraphs, short ones counted for less.
    pub prose: f32,
    /// How many paragraphs there are.
    pub paragraphs: u32,
}

impl Measure {
    /// Returns how many of the letters lead nowhere.
    pub fn own(&self) -> u32 {
        self.letters - self.linked
    }

    /// Returns how much of the text leads elsewhere, from 0 to 1.
    pub fn density(&self) -> f32 {
        if self.letters == 0 {
            return 0.0;
        }
        self.linked as f32 / self.letters as f32
    }

    fn add(&mut self, other: &Self) {
        self.letters += other.letters;
        self.linked += other.linked;
        self.prose += other.prose;
        self.paragraphs += other.paragraphs;
    }
}

/// What was counted of each element of a page.
pub(super) struct Measures(Vec<Measure>);

impl Measures {
    /// Returns what was counted of an element: nothing of what is none.
    pub fn of(&self, id: Id) -> Measure {
        self.0.get(id).copied().unwrap_or_default()
    }
}

/// A block whose words are being counted.
#[derive(Default)]
struct Run {
    letters: u32,
    linked: u32,
}

/// Counts a page, but for what `is_out` says is no part of it.
pub(super) fn measure(tree: &Tree, from: Id, is_out: impl Fn(Id) -> bool) -> Measures {
    measure_apart(tree, from, is_out, |_| false)
}

/// Counts a page as [`measure`] does; what `is_apart` says stands apart counts for itself and for nothing around it.
pub(super) fn measure_apart(
    tree: &Tree,
    from: Id,
    is_out: impl Fn(Id) -> bool,
    is_apart: impl Fn(Id) -> bool,
) -> Measures {
    let mut measures = vec![Measure::default(); tree.len()];
    // The blocks around, the innermost last, each with the words that stand in it directly.
    let mut blocks: Vec<(Id, Run)> = vec![(from, Run::default())];
    let mut link: Option<Id> = None;
    let mut walk = tree.walk(from);
    while let Some(step) = walk.next() {
        match step {
            Step::Enter(id) if is_out(id) => walk.pass_over(id),
            Step::Enter(id) => match tree.get(id).map(|node| &node.data) {
                // What stands in the element of a page within the page is for readers of long ago.
                Some(Data::Text(_))
                    if tree.parent(id).is_some_and(|id| tree.tag(id) == "iframe") => {}
                Some(Data::Text(text)) => {
                    let letters = letters(text);
                    let linked = if link.is_some() { letters } else { 0 };
                    if let Some((_, run)) = blocks.last_mut() {
                        run.letters += letters;
                        run.linked += linked;
                    }
                    if let Some(one) = tree.parent(id).and_then(|parent| measures.get_mut(parent)) {
                        one.letters += letters;
                        one.linked += linked;
                    }
                }
                Some(Data::Element { name, .. }) => {
                    if link.is_none() && &*name.local == "a" && leads_away(tree, id) {
                        link = Some(id);
                    }
                    if html::is_block(&name.local) || &*name.local == "br" {
                        end_run(&mut blocks, &mut measures);
                    }
                    if html::is_block(&name.local) {
                        blocks.push((id, Run::default()));
                    }
                }
                _ => {}
            },
            Step::Leave(id) => {
                if link == Some(id) {
                    link = None;
                }
                if blocks.len() > 1 && blocks.last().is_some_and(|(block, _)| *block == id) {
                    end_run(&mut blocks, &mut measures);
                    blocks.pop();
                }
                if id != from
                    && !is_apart(id)
                    && let (Some(one), Some(parent)) = (measures.get(id).copied(), tree.parent(id))
                    && tree.words(id).is_none()
                    && let Some(parent) = measures.get_mut(parent)
                {
                    parent.add(&one);
                }
            }
        }
    }
    Measures(measures)
}

/// Ends the words that stand in the innermost block directly, and counts them as a paragraph where they are one.
fn end_run(blocks: &mut [(Id, Run)], measures: &mut [Measure]) {
    let Some((id, run)) = blocks.last_mut() else {
        return;
    };
    let run = std::mem::take(run);
    let own = run.letters - run.linked;
    if own >= SENTENCE
        && own * 2 > run.letters
        && let Some(measure) = measures.get_mut(*id)
    {
        let full = own as f32 / PARAGRAPH as f32;
        measure.prose += own as f32 * full.min(1.0);
        measure.paragraphs += 1;
    }
}

/// Returns whether a link leads to another page: notes and contents lead within this one.
fn leads_away(tree: &Tree, link: Id) -> bool {
    tree.attribute(link, "href")
        .is_some_and(|href| !href.trim_start().starts_with('#'))
}

/// Counts the letters of a text. A sign of a script that writes words in one or two counts for three.
pub(super) fn letters(text: &str) -> u32 {
    text.chars()
        .map(|c| match c {
            '\u{2e80}'.. => 3,
            c if c.is_whitespace() => 0,
            _ => 1,
        })
        .sum()
}
