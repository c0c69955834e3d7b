//! The text of a letter: paragraphs, lists and what it quotes, but no headings. A short line that stands alone in a
//! letter is a greeting, a name, an answer, and hardly ever a heading.

use super::lines::{self, Wrapping};
use super::pieces::{Piece, pieces};
use super::write;
use crate::document::{BlockKind, BodyBuilder};

/// Writes the text of a letter, its lines joined where they were broken at a measure.
pub(in crate::format) fn write_letter(text: &str, builder: &mut BodyBuilder) {
    let stretches = lines::stretches(text);
    // A letter has no margin: what stands in is quoted.
    let wrapping = Wrapping {
        margin: 0,
        ..Wrapping::of(&stretches)
    };
    write_pieces(&pieces(&stretches, wrapping), builder);
}

/// Writes pieces of which none is a heading by its looks alone.
pub(super) fn write_pieces(pieces: &[Piece], builder: &mut BodyBuilder) {
    let alike =
        |one: &Piece, next: &Piece| matches!(one, Piece::Item(_)) && matches!(next, Piece::Item(_));
    for run in pieces.chunk_by(alike) {
        let [Piece::Text(text)] = run else {
            write::write(run, builder);
            continue;
        };
        for _ in 0..text.quoted.min(write::DEEPEST) {
            builder.open_quotation();
        }
        builder.begin(BlockKind::Paragraph);
        write::write_lines(&text.words, builder);
        builder.end();
        for _ in 0..text.quoted.min(write::DEEPEST) {
            builder.close_quotation();
        }
    }
}
