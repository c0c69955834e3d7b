//! What was changed in a text: its versions compared word by word, as a page to read.
//!
//! A version is compared with the next, the newest change first. Only what differs is shown, with the paragraph before
//! and after it; a rule stands where something was left out. What went is a deleted span, what came a strong one.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use jiff::tz::TimeZone;
use similar::{Algorithm, DiffOp, capture_diff_slices_deadline};

use super::{Error, Library, Opened};
use crate::document::{BlockKind, Body, BodyBuilder, DocumentId, SpanKind, Title};

/// How long a comparison of two texts may take; what is not compared by then counts as changed whole.
const PATIENCE: Duration = Duration::from_millis(500);

/// How many paragraphs further on the later form of a changed one is looked for.
const AHEAD: usize = 8;

/// The share of words that two paragraphs must have in common for one to be the other's later form.
const SAME_PARAGRAPH: f64 = 0.5;

/// How what went and what came is told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marking {
    /// By spans alone, for who draws them.
    Spans,
    /// By brackets in the text too, as `git diff --word-diff` has them.
    Brackets,
}

/// Which face of a document is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Face {
    /// What it says.
    #[default]
    Text,
    /// What was changed in what it says.
    Changes,
}

impl Library {
    /// Returns a document with its changes in place of its text, or nothing where there is none of that number any
    /// more. Where no earlier version was kept, there is nothing in the text.
    pub fn changes(&self, id: DocumentId, marking: Marking) -> Result<Option<Opened>, Error> {
        let Some(mut opened) = self.document(id)? else {
            return Ok(None);
        };
        let mut page = Page {
            builder: BodyBuilder::new(),
            marking,
        };
        let title = opened.document.metadata.title.clone();
        let mut later = (title, std::mem::take(&mut opened.document.body));
        for earlier in self.store.earlier(id)? {
            page.version(earlier.until);
            page.title(&earlier.title, &later.0);
            page.compare(&earlier.body, &later.1);
            later = (earlier.title, earlier.body);
        }
        opened.document.body = page.builder.finish();
        opened.face = Face::Changes;
        Ok(Some(opened))
    }
}

/// The page, while it is written.
struct Page {
    builder: BodyBuilder,
    marking: Marking,
}

/// A change of paragraphs, by their places in the earlier and the later text.
#[derive(Clone, Copy)]
enum Change {
    Kept(usize),
    Gone(usize),
    Come(usize),
    Changed(usize, usize),
}

impl Page {
    fn version(&mut self, until: i64) {
        let when = jiff::Timestamp::from_second(until).unwrap_or_default();
        let when = when.to_zoned(TimeZone::system());
        let heading = format!("Change found on {}", when.strftime("%-d %B %Y, %H:%M"));
        self.builder
            .block(BlockKind::Heading { level: 2 }, &heading);
    }

    fn title(&mut self, earlier: &Title, later: &Title) {
        // A phrase of the text is compared with the text.
        if earlier.text != later.text && !earlier.derived && !later.derived {
            self.builder.begin(BlockKind::Paragraph);
            self.words(&earlier.text, &later.text);
            self.builder.end();
        }
    }

    /// Writes what differs between two texts.
    fn compare(&mut self, earlier: &Body, later: &Body) {
        let texts = |body: &Body| -> Vec<(BlockKind, String)> {
            let blocks = body.blocks().iter();
            blocks
                .map(|block| (block.kind, body.slice(block.range).replace('\t', " · ")))
                .collect()
        };
        let (earlier, later) = (texts(earlier), texts(later));
        let changes = changes(&earlier, &later);
        let differs = |place: usize| !matches!(changes.get(place), None | Some(Change::Kept(_)));
        let mut left_out = false;
        for (place, change) in changes.iter().enumerate() {
            let before = place.checked_sub(1).is_some_and(differs);
            if matches!(change, Change::Kept(_)) && !before && !differs(place + 1) {
                left_out = true;
                continue;
            }
            if std::mem::take(&mut left_out) && place > 0 {
                self.builder.block(BlockKind::Rule, "* * *");
            }
            self.paragraph(*change, &earlier, &later);
        }
    }

    fn paragraph(
        &mut self,
        change: Change,
        earlier: &[(BlockKind, String)],
        later: &[(BlockKind, String)],
    ) {
        let (from, to) = match change {
            Change::Kept(to) | Change::Come(to) => (None, later.get(to)),
            Change::Gone(from) => (earlier.get(from), None),
            Change::Changed(from, to) => (earlier.get(from), later.get(to)),
        };
        let kind = to.or(from).map(|(kind, _)| *kind);
        self.builder.begin(match kind {
            Some(BlockKind::Code) => BlockKind::Code,
            // One below the heading of the version.
            Some(BlockKind::Heading { .. }) => BlockKind::Heading { level: 3 },
            _ => BlockKind::Paragraph,
        });
        let text = |side: Option<&(BlockKind, String)>| {
            side.map(|(_, text)| text.clone()).unwrap_or_default()
        };
        match change {
            Change::Kept(_) => self.builder.text(&text(to)),
            Change::Gone(_) => self.gone(&text(from)),
            Change::Come(_) => self.come(&text(to)),
            Change::Changed(..) => self.words(&text(from), &text(to)),
        }
        self.builder.end();
    }

    /// Writes two forms of a paragraph as one.
    fn words(&mut self, earlier: &str, later: &str) {
        let words =
            |text| -> Vec<&str> { str::split_inclusive(text, char::is_whitespace).collect() };
        let (earlier, later) = (words(earlier), words(later));
        let join = |words: &[&str], range| {
            words
                .get::<std::ops::Range<usize>>(range)
                .unwrap_or_default()
                .concat()
        };
        for op in compared(&bare(&earlier), &bare(&later)) {
            if let DiffOp::Equal { .. } = op {
                self.builder.text(&join(&later, op.new_range()));
            } else {
                self.gone(&join(&earlier, op.old_range()));
                self.come(&join(&later, op.new_range()));
            }
        }
    }

    fn gone(&mut self, text: &str) {
        self.marked(text, SpanKind::Deleted, ("[-", "-]"));
    }

    fn come(&mut self, text: &str) {
        self.marked(text, SpanKind::Strong, ("{+", "+}"));
    }

    fn marked(&mut self, text: &str, kind: SpanKind, brackets: (&str, &str)) {
        let words = text.trim_end();
        if words.is_empty() {
            return;
        }
        let (opening, closing) = match self.marking {
            Marking::Spans => ("", ""),
            Marking::Brackets => brackets,
        };
        self.builder.open_span(kind);
        self.builder.text(&format!("{opening}{words}{closing}"));
        self.builder.close_span();
        self.builder.text(" ");
    }
}

/// Returns words without the white space after them, by which they are compared.
fn bare<'a>(words: &[&'a str]) -> Vec<&'a str> {
    words.iter().map(|word| word.trim_end()).collect()
}

fn compared<T: Eq + std::hash::Hash + Ord>(earlier: &[T], later: &[T]) -> Vec<DiffOp> {
    let until = Instant::now().checked_add(PATIENCE);
    capture_diff_slices_deadline(Algorithm::Myers, earlier, later, until)
}

/// Returns what became of each paragraph, in order.
fn changes(earlier: &[(BlockKind, String)], later: &[(BlockKind, String)]) -> Vec<Change> {
    let texts = |side: &[(BlockKind, String)]| -> Vec<String> {
        side.iter().map(|(_, text)| text.clone()).collect()
    };
    let (old, new) = (texts(earlier), texts(later));
    let mut changes = Vec::new();
    for op in compared(&old, &new) {
        if let DiffOp::Equal { .. } = op {
            changes.extend(op.new_range().map(Change::Kept));
            continue;
        }
        let mut reached = op.new_range().start;
        for from in op.old_range() {
            let ahead = (reached..op.new_range().end).take(AHEAD);
            let mut ahead = ahead.filter(|to| {
                let pair = old.get(from).zip(new.get(*to));
                pair.is_some_and(|(old, new)| shared_words(old, new) >= SAME_PARAGRAPH)
            });
            if let Some(to) = ahead.next() {
                changes.extend((reached..to).map(Change::Come));
                changes.push(Change::Changed(from, to));
                reached = to + 1;
            } else {
                changes.push(Change::Gone(from));
            }
        }
        changes.extend((reached..op.new_range().end).map(Change::Come));
    }
    changes
}

/// Returns the share of the longer paragraph's words that the other has too.
fn shared_words(one: &str, other: &str) -> f64 {
    let mut words: HashMap<&str, usize> = HashMap::new();
    let mut count = 0;
    for word in one.split_whitespace() {
        *words.entry(word).or_default() += 1;
        count += 1;
    }
    let (mut shared, mut others) = (0, 0);
    for word in other.split_whitespace() {
        others += 1;
        if let Some(left) = words.get_mut(word).filter(|left| **left > 0) {
            *left -= 1;
            shared += 1;
        }
    }
    f64::from(shared) / f64::from(count.max(others).max(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::fixtures::Desk;

    /// Writes the versions of a note, one after the other, and returns its changes as text in brackets.
    fn changes_of(versions: &[&str]) -> String {
        let mut desk = Desk::new();
        for version in versions {
            desk.write("a.txt", version);
            desk.add_notes();
        }
        let id = desk.library.resolve("a.txt").unwrap().unwrap();
        let opened = desk.library.document(id).unwrap().unwrap();
        assert_eq!(opened.earlier, versions.len() - 1);
        let changes = desk.library.changes(id, Marking::Brackets).unwrap();
        changes.unwrap().document.body.text().to_owned()
    }

    fn without_headings(text: &str) -> Vec<&str> {
        let lines = text.split("\n\n");
        lines
            .filter(|line| !line.starts_with("Change found on"))
            .collect()
    }

    #[test]
    fn words_that_went_and_came_stand_side_by_side() {
        let text = changes_of(&[
            "The first paragraph stays.\n\nMutuals are run by managers, as it were.\n\nThe end.",
            "The first paragraph stays.\n\nMutuals are run by their members, as it were.\n\nThe end.",
        ]);
        assert_eq!(
            without_headings(&text),
            [
                "The first paragraph stays.",
                "Mutuals are run by [-managers,-] {+their members,+} as it were.",
                "The end.",
            ]
        );
    }

    #[test]
    fn only_what_differs_is_shown_with_the_paragraphs_beside_it() {
        let text = |middle: &str| {
            let mut paragraphs: Vec<String> = (0..9)
                .map(|number| format!("Paragraph number {number}."))
                .collect();
            paragraphs.insert(5, middle.to_owned());
            paragraphs.join("\n\n")
        };
        let text = changes_of(&[&text("An old thought."), &text("Quite another one here!")]);
        assert_eq!(
            without_headings(&text),
            [
                "* * *",
                "Paragraph number 4.",
                "[-An old thought.-]",
                "{+Quite another one here!+}",
                "Paragraph number 5.",
            ]
        );
    }

    #[test]
    fn every_version_is_compared_with_the_next_and_the_newest_comes_first() {
        let text = changes_of(&["It is one of us.", "It is two of us.", "It is three of us."]);
        assert_eq!(
            without_headings(&text),
            [
                "It is [-two-] {+three+} of us.",
                "It is [-one-] {+two+} of us."
            ]
        );
        assert_eq!(text.matches("Change found on").count(), 2);
    }

    #[test]
    fn a_document_that_was_never_changed_has_no_changes() {
        assert_eq!(changes_of(&["It is one."]), "");
    }

    #[test]
    fn two_texts_without_a_word_in_common_do_not_take_for_ever() {
        let words = |seed: usize| -> Vec<String> {
            (0..60_000)
                .map(|word| format!("{}", word * 7 + seed))
                .collect()
        };
        let began = Instant::now();
        let ops = compared(&words(1), &words(2));
        assert!(!ops.is_empty());
        assert!(began.elapsed() < Duration::from_secs(20));
    }
}
