//! What is left of markup in the text once it was parsed, mended in the source so that parsing it again leaves less.
//!
//! Bold and italics that begin or end at a blank, addresses with blanks or without an end, tags with marks in their
//! values, attributes, shortcodes of `WordPress`, money that was taken for formulas; and what Obsidian writes besides:
//! highlights, comments, names of blocks, notes within the line. Of 3,730 articles of public bodies one in ten has some.
//! The parser itself says what it left over, so code and what is escaped is never touched; a text that is sound is
//! parsed once, one that is not three times.

mod brackets;
mod marks;
mod signs;
mod tags;

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::format::signs::has_one;

/// How far the end of what is left open is looked for, in bytes.
const FURTHEST: usize = 2048;

/// What makes a text worth a second look before anything is left over.
const SIGNS: [&str; 9] = [
    "{.", "{#", "==", "%%", " ^", "{width=", "__\n", " _\n", " ****",
];

/// Returns whether a piece of text may be markup that was not understood.
pub(super) fn is_left(text: &str) -> bool {
    text.starts_with(['*', '_', '[', '<']) || text.ends_with(['*', '_'])
}

/// Returns whether a text has signs that other readers of Markdown know.
pub(super) fn has_signs(text: &str) -> bool {
    has_one(text, &SIGNS)
}

/// Returns the text mended, or nothing where nothing is to be mended.
pub(super) fn mend(text: &str, options: Options) -> Option<String> {
    let mut gathering = Gathering {
        text,
        run: Run::default(),
        edits: Edits::default(),
        nests: Vec::new(),
        given: 0,
    };
    let mut literal = false;
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        match event {
            Event::Start(tag) if is_inline(&tag) => gathering.open(&range),
            Event::End(
                TagEnd::Emphasis
                | TagEnd::Strong
                | TagEnd::Strikethrough
                | TagEnd::Link
                | TagEnd::Image,
            ) => drop(gathering.nests.pop()),
            Event::Start(tag) => {
                gathering.flush();
                literal = matches!(tag, Tag::CodeBlock(_) | Tag::HtmlBlock);
                gathering.run.in_row = matches!(tag, Tag::TableCell);
            }
            Event::End(_) => {
                gathering.flush();
                literal = false;
            }
            _ if literal => {}
            Event::Text(_) => gathering.piece(range),
            Event::InlineMath(_) => gathering.formula(&range),
            Event::SoftBreak | Event::HardBreak => {}
            _ => gathering.run.cover(&range),
        }
    }
    gathering.flush();
    gathering.edits.apply(text)
}

fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }
    )
}

/// A piece of text, and the innermost span it stands in.
#[derive(Clone, Debug)]
struct Piece {
    range: Range<usize>,
    nest: u32,
}

/// The pieces of one block.
#[derive(Debug, Default)]
struct Run {
    pieces: Vec<Piece>,
    /// Where the block's words begin and end.
    covered: Option<Range<usize>>,
    in_row: bool,
}

impl Run {
    fn cover(&mut self, range: &Range<usize>) {
        self.covered = Some(match self.covered.take() {
            Some(known) => known.start.min(range.start)..known.end.max(range.end),
            None => range.clone(),
        });
    }

    /// Returns the sign before `at`, or nothing at the beginning of the block and of a line.
    fn before(&self, text: &str, at: usize) -> Option<char> {
        let start = self.covered.as_ref()?.start;
        text.get(start..at)?
            .chars()
            .next_back()
            .filter(|c| *c != '\n')
    }

    /// Returns the sign at `at`, or nothing at the end of the block and of a line.
    fn after(&self, text: &str, at: usize) -> Option<char> {
        let end = self.covered.as_ref()?.end;
        text.get(at..end)?.chars().next().filter(|c| *c != '\n')
    }
}

struct Gathering<'t> {
    text: &'t str,
    run: Run,
    edits: Edits,
    /// The spans that are open.
    nests: Vec<u32>,
    given: u32,
}

impl Gathering<'_> {
    fn open(&mut self, range: &Range<usize>) {
        self.run.cover(range);
        self.given += 1;
        self.nests.push(self.given);
    }

    fn piece(&mut self, range: Range<usize>) {
        self.run.cover(&range);
        let nest = self.nests.last().copied().unwrap_or_default();
        self.run.pieces.push(Piece { range, nest });
    }

    /// Looks whether a formula is one: after its second sign stands no figure and no letter, as in `$5 and $6`.
    fn formula(&mut self, range: &Range<usize>) {
        self.run.cover(range);
        let after = self.text.get(range.end..).unwrap_or_default();
        if after.starts_with(|c: char| c.is_alphanumeric()) {
            self.edits.put(range.start..range.start, "\\");
            self.edits.put(range.end - 1..range.end - 1, "\\");
        }
    }

    /// Ends a block.
    fn flush(&mut self) {
        let run = std::mem::take(&mut self.run);
        if !run.pieces.is_empty() {
            marks::mend(&run, self.text, &mut self.edits);
            brackets::mend(&run, self.text, &mut self.edits);
            signs::mend(&run, self.text, &mut self.edits);
            tags::mend(&run, self.text, &mut self.edits);
        }
        self.nests.clear();
    }
}

/// What is to be changed in a text.
#[derive(Debug, Default)]
struct Edits {
    changes: Vec<(Range<usize>, String)>,
    /// The notes that were written within the line.
    notes: Vec<String>,
    /// Signs at the ends of blocks that go unless they lead to a note, and whether some block begins with one.
    ends: Vec<Range<usize>>,
    has_note: bool,
}

impl Edits {
    fn put(&mut self, range: Range<usize>, with: impl Into<String>) {
        self.changes.push((range, with.into()));
    }

    fn cut(&mut self, range: Range<usize>) {
        self.put(range, "");
    }

    /// Returns the text changed, or nothing where it stays. Of two changes that overlap the first counts.
    fn apply(mut self, text: &str) -> Option<String> {
        if !self.has_note {
            let ends = std::mem::take(&mut self.ends);
            self.changes
                .extend(ends.into_iter().map(|end| (end, String::new())));
        }
        if self.changes.is_empty() {
            return None;
        }
        self.changes.sort_by_key(|(range, _)| range.start);
        let mut written = String::with_capacity(text.len() + 64);
        let mut at = 0;
        for (range, with) in self.changes {
            if range.start >= at && range.end >= range.start {
                written.push_str(text.get(at..range.start).unwrap_or_default());
                written.push_str(&with);
                at = range.end;
            }
        }
        written.push_str(text.get(at..).unwrap_or_default());
        for (place, note) in self.notes.iter().enumerate() {
            written.extend(["\n\n[^", &note_name(place), "]: ", note]);
        }
        written.push_str(if self.notes.is_empty() { "" } else { "\n" });
        Some(written)
    }
}

/// Returns whether a backslash stands before what is at `at`.
fn is_escaped(text: &str, at: usize) -> bool {
    text.get(..at).is_some_and(|text| text.ends_with('\\'))
}

/// Returns what a note within the line is called.
fn note_name(place: usize) -> String {
    format!("within-the-line-{}", place + 1)
}

#[cfg(test)]
mod tests;
