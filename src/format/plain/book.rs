//! What typists of books write for italics, notes and pictures: `_so_`, `[1]` with `[Footnote 1: …]`, `[Illustration: …]`.
//!
//! A note stays where the book has it, below its paragraph or at the end of the chapter; the sign in the text leads to
//! it, and it leads back. Numbers that begin anew with each chapter mean the next note of that number.

use std::collections::{HashMap, HashSet, VecDeque};

use super::lines::Stretch;
use super::pieces::{Piece, Text};
use super::write;
use crate::document::{BlockKind, BodyBuilder, Marker, SpanKind};

/// What begins a note, besides its bare number in brackets.
const FOOTNOTE: &str = "[Footnote ";

/// What begins a picture.
const PICTURE: &str = "[Illustration";

/// The longest label of a note, in bytes.
const LABEL: usize = 8;

/// The notes of a book: which are still to come, in the order of the text.
#[derive(Debug, Default)]
pub(super) struct Notes {
    to_come: HashMap<String, VecDeque<usize>>,
    referred: HashSet<usize>,
}

impl Notes {
    /// Returns the notes of a book.
    pub fn of(stretches: &[Stretch<'_>]) -> Self {
        let mut notes = Self::default();
        let firsts = stretches.iter().filter_map(|stretch| stretch.first());
        let labels = firsts.filter_map(|line| note(line.text));
        for (place, (label, _)) in labels.enumerate() {
            notes
                .to_come
                .entry(label.to_owned())
                .or_default()
                .push_back(place);
        }
        notes
    }

    /// Writes the pieces of a chapter.
    pub fn write(&mut self, pieces: &[Piece], builder: &mut BodyBuilder) {
        let kind = |piece: &Piece| match piece {
            Piece::Item(_) => 1,
            Piece::Text(text) if note(&text.words).is_some() => 2,
            _ => 0,
        };
        let alike = |one: &Piece, next: &Piece| kind(one) > 0 && kind(one) == kind(next);
        for run in pieces.chunk_by(alike) {
            match run {
                [Piece::Text(first), ..] if note(&first.words).is_some() => {
                    self.write_notes(run, builder);
                }
                [Piece::Text(text)] => self.write_text(text, builder),
                _ => write::write(run, builder),
            }
        }
    }

    fn write_text(&mut self, text: &Text, builder: &mut BodyBuilder) {
        if let Some(words) = picture(&text.words) {
            if !words.is_empty() {
                builder.begin(BlockKind::Image);
                self.write_words(words, builder);
                builder.end();
            }
            return;
        }
        let quotations = text.quoted.min(write::DEEPEST);
        for _ in 0..quotations {
            builder.open_quotation();
        }
        builder.begin(BlockKind::Paragraph);
        self.write_words(&text.words, builder);
        builder.end();
        for _ in 0..quotations {
            builder.close_quotation();
        }
    }

    fn write_notes(&mut self, run: &[Piece], builder: &mut BodyBuilder) {
        builder.open_list(true);
        for piece in run {
            let Piece::Text(text) = piece else { continue };
            let Some((label, words)) = note(&text.words) else {
                continue;
            };
            let place = self.to_come.get_mut(label).and_then(VecDeque::pop_front);
            builder.open_item(label.parse().map_or(Marker::Bullet, Marker::Number));
            builder.begin(BlockKind::Paragraph);
            if let Some(place) = place {
                builder.destination(&format!("fn-{place}"));
            }
            self.write_words(words, builder);
            if let Some(place) = place.filter(|place| self.referred.contains(place)) {
                builder.text(" ");
                builder.open_span(SpanKind::Link(format!("#fnref-{place}")));
                builder.text("↩");
                builder.close_span();
            }
            builder.end();
            builder.close_item();
        }
        builder.close_list();
    }

    /// Writes words with their italics and the signs of their notes.
    fn write_words(&mut self, words: &str, builder: &mut BodyBuilder) {
        let mut rest = words;
        let mut before = ' ';
        while let Some(at) = rest.find(['_', '[']) {
            let (plain, marked) = rest.split_at(at);
            write::write_lines(plain, builder);
            before = plain.chars().next_back().unwrap_or(before);
            let after = if marked.starts_with('_') {
                italics(marked, before).map(|(within, after)| {
                    builder.open_span(SpanKind::Emphasis);
                    write::write_lines(within, builder);
                    builder.close_span();
                    after
                })
            } else {
                self.reference(marked, builder)
            };
            rest = match after {
                Some(after) => after,
                None => literal(marked, builder),
            };
            before = if rest.len() + 1 == marked.len() {
                '_'
            } else {
                ' '
            };
        }
        write::write_lines(rest, builder);
    }

    /// Writes the sign of a note that is still to come, and returns what follows it.
    fn reference<'w>(&mut self, marked: &'w str, builder: &mut BodyBuilder) -> Option<&'w str> {
        let (label, after) = bracketed(marked)?;
        let place = *self.to_come.get(label)?.front()?;
        if self.referred.insert(place) {
            builder.destination(&format!("fnref-{place}"));
        }
        builder.open_span(SpanKind::Link(format!("#fn-{place}")));
        builder.text(&format!("[{label}]"));
        builder.close_span();
        Some(after)
    }
}

/// Writes the sign that the words begin with as it is, and returns the rest.
fn literal<'w>(marked: &'w str, builder: &mut BodyBuilder) -> &'w str {
    let (sign, rest) = marked.split_at(marked.len().min(1));
    builder.text(sign);
    rest
}

/// Returns what stands in italics, and what follows: no letter stands before the first sign or after the last, no blank
/// within them. `snake_case` is none.
fn italics(marked: &str, before: char) -> Option<(&str, &str)> {
    let inner = marked.strip_prefix('_')?;
    let end = inner.find('_')?;
    let (within, after) = (inner.get(..end)?, inner.get(end + 1..)?);
    let parted = !before.is_alphanumeric() && !after.starts_with(char::is_alphanumeric);
    let close = !within.is_empty()
        && !within.starts_with(char::is_whitespace)
        && !within.ends_with(char::is_whitespace);
    (parted && close).then_some((within, after))
}

/// Returns the label in the brackets that the words begin with, and what follows.
fn bracketed(words: &str) -> Option<(&str, &str)> {
    let inner = words.strip_prefix('[')?;
    let end = inner
        .bytes()
        .take(LABEL + 1)
        .position(|byte| byte == b']')?;
    let label = inner.get(..end)?;
    is_label(label).then_some((label, inner.get(end + 1..)?))
}

fn is_label(label: &str) -> bool {
    let number = label.bytes().all(|byte| byte.is_ascii_digit());
    let letter =
        label.len() == 1 && label.starts_with(|c: char| c.is_ascii_alphabetic() || c == '*');
    !label.is_empty() && label.len() <= LABEL && (number || letter)
}

/// Returns the label and the words of a note.
fn note(words: &str) -> Option<(&str, &str)> {
    if let Some(after) = words.strip_prefix(FOOTNOTE) {
        let (label, words) = after.split_once(':')?;
        let words = words.trim();
        return is_label(label).then_some((label, words.strip_suffix(']').unwrap_or(words)));
    }
    let (label, after) = bracketed(words)?;
    let sound = label.bytes().all(|byte| byte.is_ascii_digit()) && after.starts_with(' ');
    sound.then_some((label, after.trim()))
}

/// Returns what a picture shows.
fn picture(words: &str) -> Option<&str> {
    let inner = words.strip_prefix(PICTURE)?.strip_suffix(']')?;
    Some(inner.trim_start_matches(':').trim())
}

#[cfg(test)]
mod tests {
    use super::super::lines::{self, Wrapping};
    use super::super::pieces::pieces;
    use super::*;
    use crate::document::Body;

    fn written(text: &str) -> Body {
        let stretches = lines::stretches(text);
        let mut builder = BodyBuilder::new();
        Notes::of(&stretches).write(&pieces(&stretches, Wrapping::of(&stretches)), &mut builder);
        builder.finish()
    }

    #[test]
    fn what_stands_between_low_lines_is_emphasis() {
        for (text, plain, stressed) in [
            ("He was _so_ glad.", "He was so glad.", "so"),
            ("(_The Times_, 1801)", "(The Times, 1801)", "The Times"),
            ("a snake_case_name", "a snake_case_name", ""),
            ("_ not so _", "_ not so _", ""),
            ("one _ alone", "one _ alone", ""),
            ("__", "__", ""),
            ("_a__b_", "ab", "ab"),
        ] {
            let body = written(text);
            assert_eq!(body.text(), plain);
            let spans: Vec<&str> = body
                .spans()
                .iter()
                .map(|span| body.slice(span.range))
                .collect();
            assert_eq!(spans.concat(), stressed, "{text}");
        }
    }

    #[test]
    fn the_sign_of_a_note_leads_to_it_and_it_leads_back() {
        let body = written(
            "It rained.[1] It snowed.[9]\n\n[Footnote 1: As it does.]\n\nAnd again.[1]\n\n[1] So it did.",
        );
        let links: Vec<(&str, &SpanKind)> = body
            .spans()
            .iter()
            .map(|span| (body.slice(span.range), &span.kind))
            .collect();
        let link = |to: &str| SpanKind::Link(to.to_owned());
        assert_eq!(
            links,
            [
                ("[1]", &link("#fn-0")),
                ("↩", &link("#fnref-0")),
                ("[1]", &link("#fn-1")),
                ("↩", &link("#fnref-1")),
            ]
        );
        for name in ["fn-0", "fn-1", "fnref-0", "fnref-1"] {
            assert!(body.destination(name).is_some(), "{name}");
        }
        assert!(body.text().contains("As it does. ↩") && body.text().contains("snowed.[9]"));
        assert_eq!(body.blocks()[1].name(), "list-item");
    }

    #[test]
    fn a_picture_is_its_caption() {
        let body = written("One.\n\n[Illustration: A _ship_]\n\n[Illustration]\n\nTwo.");
        assert_eq!(body.text(), "One.\n\nA ship\n\nTwo.");
        assert_eq!(body.blocks()[1].name(), "image");
    }
}
