//! Blocks into a body: lines joined, words that were parted at the ends of lines made whole, pages marked.

use std::collections::HashSet;

use super::blocks::{Block, Line, Role};
use super::face::Face;
use crate::document::{BlockKind, Body, BodyBuilder, SpanKind};

/// The longest vocabulary that is gathered to tell hyphens by.
const MOST_WORDS: usize = 2_000_000;

/// Writes the blocks into a body.
pub(super) fn body(blocks: &[Block]) -> Body {
    let compounds = compounds(blocks);
    let mut builder = BodyBuilder::new();
    let mut page = 0;
    for (place, block) in blocks.iter().enumerate() {
        begin(&mut builder, block.role);
        for (row, line) in block.lines.iter().enumerate() {
            // Notes stand after the paragraph that may have gone on over the page: only what comes next marks it.
            if line.page > page {
                for number in page + 1..=line.page {
                    builder.destination(&format!("page={number}"));
                }
                page = line.page;
            }
            let next = block.lines.get(row + 1);
            write_line(&mut builder, block.role, line, next, &compounds);
        }
        builder.end();
        if matches!(block.role, Role::Item(_)) {
            builder.close_item();
        }
        let stays = |role| matches!(role, Role::Item(_));
        let after = blocks.get(place + 1).map(|next| next.role);
        if stays(block.role) && !after.is_some_and(stays) {
            builder.close_list();
        }
    }
    builder.finish()
}

fn begin(builder: &mut BodyBuilder, role: Role) {
    let kind = match role {
        Role::Heading(level) => BlockKind::Heading { level },
        Role::TableRow => BlockKind::TableRow { header: false },
        Role::Code => BlockKind::Code,
        Role::Item(marker) => {
            builder.open_item(marker);
            BlockKind::Paragraph
        }
        Role::Paragraph | Role::Note => BlockKind::Paragraph,
    };
    builder.begin(kind);
}

fn write_line(
    builder: &mut BodyBuilder,
    role: Role,
    line: &Line,
    next: Option<&Line>,
    compounds: &HashSet<String>,
) {
    let mut end = match (next, role) {
        (None, _) => "",
        (Some(_), Role::Code) => "\n",
        (Some(_), _) => " ",
    };
    let mut cut = 0;
    if let (Some(next), false) = (next, role == Role::Code)
        && let Some(hyphen) = hyphen(&text(line), &text(next), compounds)
    {
        end = "";
        cut = hyphen;
    }
    let last = line.runs.len().saturating_sub(1);
    for (place, run) in line.runs.iter().enumerate() {
        let kept = run.text.len() - if place == last { cut } else { 0 };
        let words = run.text.get(..kept).unwrap_or(&run.text);
        if role == Role::TableRow && words == "\t" {
            builder.next_cell();
            continue;
        }
        let spans = spans(run.face, role);
        for kind in &spans {
            builder.open_span(kind.clone());
        }
        builder.text(words);
        for _ in &spans {
            builder.close_span();
        }
    }
    builder.text(end);
}

fn spans(face: Face, role: Role) -> Vec<SpanKind> {
    if matches!(role, Role::Heading(_) | Role::Code) {
        return Vec::new();
    }
    let mut spans = Vec::new();
    for (is, kind) in [
        (face.bold, SpanKind::Strong),
        (face.italic, SpanKind::Emphasis),
        (face.mono, SpanKind::Code),
    ] {
        if is {
            spans.push(kind);
        }
    }
    spans
}

fn text(line: &Line) -> String {
    line.runs.iter().map(|run| run.text.as_str()).collect()
}

/// Returns how many bytes at the end of a line to leave out to join a word that goes on in the next: those of the
/// hyphen, or none where the document writes the word with it. Nothing where no word goes on.
fn hyphen(line: &str, next: &str, compounds: &HashSet<String>) -> Option<usize> {
    let (before, sign) = line
        .char_indices()
        .next_back()
        .and_then(|(at, sign)| Some((line.get(..at)?, sign)))?;
    if !matches!(sign, '-' | '\u{ad}' | '\u{2010}') || !before.ends_with(char::is_alphabetic) {
        return None;
    }
    if !next.starts_with(char::is_lowercase) {
        // `Anglo-` `Saxon`, `COVID-` `19`: one word, hyphen and all.
        return (sign != '\u{ad}' && next.starts_with(char::is_alphanumeric)).then_some(0);
    }
    let is_letter = |c: char| c.is_alphanumeric() || c == '-';
    let left = before.rsplit(|c| !is_letter(c)).next().unwrap_or_default();
    let right = next.split(|c| !is_letter(c)).next().unwrap_or_default();
    let compound = format!("{left}-{right}").to_lowercase();
    if sign == '-' && compounds.contains(&compound) {
        Some(0)
    } else {
        Some(sign.len_utf8())
    }
}

/// Returns the words that the document writes with a hyphen within its lines.
fn compounds(blocks: &[Block]) -> HashSet<String> {
    let mut found = HashSet::new();
    for line in blocks.iter().flat_map(|block| &block.lines) {
        if found.len() > MOST_WORDS {
            break;
        }
        for word in text(line).split(|c: char| !(c.is_alphanumeric() || c == '-')) {
            if word.trim_matches('-').contains('-') {
                found.insert(word.trim_start_matches('-').to_lowercase());
            }
        }
    }
    found
}
