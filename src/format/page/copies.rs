//! What an article says twice because of its template: paragraphs, once for those who pay, and the words below a
//! picture, once in the text and once in the gallery.

use std::collections::{HashMap, HashSet};

use super::besides::Besides;
use super::measure::{self, Measures};
use super::tree::{Id, Tree};
use crate::format::html;

/// How long a paragraph is that nobody says twice, in letters.
const COPIED: u32 = 240;

/// The shortest and the longest words below a picture that are compared, in letters.
const SHORTEST_CAPTION: u32 = 30;
const LONGEST_CAPTION: u32 = 800;

/// How many elements around the words of a picture may name it.
const AROUND: usize = 3;

/// Leaves out within `body` what it says again.
pub(super) fn leave_out(tree: &Tree, body: Id, besides: &mut Besides, measures: &Measures) {
    leave_out_paragraphs(tree, body, besides, measures);
    leave_out_captions(tree, body, besides, measures);
}

/// Leaves out paragraphs that say again what one in another place said: templates have a text twice, once for those who
/// pay.
fn leave_out_paragraphs(tree: &Tree, body: Id, besides: &mut Besides, measures: &Measures) {
    let mut said: HashMap<String, Option<Id>> = HashMap::new();
    for id in tree.elements(body).filter(|id| tree.tag(*id) == "p") {
        let is_long = measures.of(id).letters >= COPIED;
        // Lines are verses, and verses come again.
        let is_verse = || tree.elements(id).any(|one| tree.tag(one) == "br");
        if !is_long || is_verse() || besides.is_out_at_all(tree, id) {
            continue;
        }
        let place = tree.parent(id);
        let first = *said.entry(tree.line(id, usize::MAX)).or_insert(place);
        // Who wrote a text says again what was said beside it, on purpose.
        if first != place {
            besides.leave_out(id);
        }
    }
}

/// Leaves out the words of a picture that another picture of the same article has.
fn leave_out_captions(tree: &Tree, body: Id, besides: &mut Besides, measures: &Measures) {
    let mut said: HashSet<String> = HashSet::new();
    for id in tree.elements(body) {
        let letters = measures.of(id).letters;
        let is_caption = (SHORTEST_CAPTION..=LONGEST_CAPTION).contains(&letters)
            && !html::is_heading(tree.tag(id))
            && has_words_of_its_own(tree, id, letters)
            && is_of_picture(tree, id, body, besides)
            && !besides.is_out_at_all(tree, id);
        if is_caption && !said.insert(tree.line(id, usize::MAX)) {
            besides.leave_out(id);
        }
    }
}

/// Returns whether an element is the innermost one around most of its words.
fn has_words_of_its_own(tree: &Tree, id: Id, letters: u32) -> bool {
    let words = tree.children(id).filter_map(|one| tree.words(one));
    words.map(measure::letters).sum::<u32>() * 2 > letters
}

fn is_of_picture(tree: &Tree, id: Id, body: Id, besides: &Besides) -> bool {
    let mut around = [id]
        .into_iter()
        .chain(tree.ancestors(id).take(AROUND))
        .take_while(|one| *one != body);
    around.any(|one| {
        let signs = besides.signs(one);
        signs.caption || signs.picture || matches!(tree.tag(one), "figure" | "figcaption")
    })
}
