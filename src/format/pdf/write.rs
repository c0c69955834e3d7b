//! Blocks into a body: lines joined, words that were parted at the ends of lines made whole, pages marked.

use std::borrow::Cow;

use super::blocks::{Block, Line, Role};
use super::compounds::Compounds;
use super::face::Face;
use super::lines::Run;
use super::links::Links;
use crate::document::{BlockKind, Body, BodyBuilder, SpanKind};

/// How much further in an item stands than one that it belongs to, in points: less than any program indents.
const INDENT: f32 = 6.0;

/// How deep lists may stand within lists.
const DEEPEST: usize = 6;

/// Writes the blocks into a body.
pub(super) fn body(blocks: &[Block], links: &Links) -> Body {
    let context = Context {
        compounds: compounds(blocks),
        links,
    };
    let mut builder = BodyBuilder::new();
    let mut page = 0;
    let mut indents: Vec<f32> = Vec::new();
    for (place, block) in blocks.iter().enumerate() {
        if let Role::Item(_) = block.role {
            nest(&mut builder, &mut indents, block.indent);
        }
        let header = is_header(blocks, place);
        begin(&mut builder, block.role, header);
        for (column, lines) in cells(block).iter().enumerate() {
            if column > 0 {
                builder.next_cell();
            }
            for (row, line) in lines.iter().enumerate() {
                // Notes stand after the paragraph that may have gone on over the page: only what comes next marks it.
                if line.page > page {
                    for number in page + 1..=line.page {
                        builder.destination(&format!("page={number}"));
                    }
                    page = line.page;
                }
                let next = lines.get(row + 1);
                write_line(&mut builder, block.role, line, next, &context);
            }
        }
        builder.end();
        let is_item = |block: &Block| matches!(block.role, Role::Item(_));
        if is_item(block) && !blocks.get(place + 1).is_some_and(is_item) {
            for _ in indents.drain(..) {
                builder.close_list();
            }
        }
    }
    builder.finish()
}

/// Returns the lines of a block in the order of reading: those of a row of a table whose words did not fit into a line
/// cell by cell, since words go on within their cell.
fn cells(block: &Block) -> Vec<Cow<'_, [Line]>> {
    if block.role != Role::TableRow || block.lines.len() < 2 {
        return vec![Cow::Borrowed(&block.lines)];
    }
    let mut cells: Vec<Cow<'_, [Line]>> = Vec::new();
    for line in &block.lines {
        let is_gap = |run: &Run| !run.text.is_empty() && run.text.bytes().all(|byte| byte == b'\t');
        let mut column = 0;
        for runs in line
            .runs
            .chunk_by(|one, next| !is_gap(one) && !is_gap(next))
        {
            if let [gap] = runs
                && is_gap(gap)
            {
                column += gap.text.len();
                continue;
            }
            if cells.len() <= column {
                cells.resize(column + 1, Cow::Owned(Vec::new()));
            }
            if let Some(cell) = cells.get_mut(column) {
                cell.to_mut().push(Line {
                    page: line.page,
                    runs: runs.to_vec(),
                });
            }
        }
    }
    cells
}

/// What the lines of all blocks are written by.
struct Context<'w> {
    /// How the document writes its compounds.
    compounds: Compounds,
    links: &'w Links,
}

/// Closes and opens lists for an item that stands so far from the edge: a list that stands further in is one within
/// the item before.
fn nest(builder: &mut BodyBuilder, indents: &mut Vec<f32>, indent: f32) {
    while indents.len() > 1 && indents.last().is_some_and(|last| indent < last - INDENT) {
        indents.pop();
        builder.close_list();
    }
    match indents.last() {
        Some(last) if indent > last + INDENT && indents.len() < DEEPEST => {
            builder.open_list(true);
            indents.push(indent);
        }
        Some(_) => builder.close_item(),
        None => {
            builder.open_list(true);
            indents.push(indent);
        }
    }
}

/// Returns whether a block is the header of a table: its first row, in heavy type, above rows that are not.
fn is_header(blocks: &[Block], place: usize) -> bool {
    let row = |place: Option<usize>| {
        let block = blocks.get(place?)?;
        (block.role == Role::TableRow).then_some(block)
    };
    let bold = |block: &Block| {
        let runs = block.lines.iter().flat_map(|line| &line.runs);
        let mut inked = runs.filter(|run| !run.text.trim().is_empty());
        inked.all(|run| run.face.bold)
    };
    row(place.checked_sub(1)).is_none()
        && row(Some(place)).is_some_and(bold)
        && row(Some(place + 1)).is_some_and(|next| !bold(next))
}

fn begin(builder: &mut BodyBuilder, role: Role, header: bool) {
    let kind = match role {
        Role::Heading(level) => BlockKind::Heading { level },
        Role::TableRow => BlockKind::TableRow { header },
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
    context: &Context<'_>,
) {
    let mut end = match (next, role) {
        (None, _) => "",
        (Some(_), Role::Code) => "\n",
        (Some(_), _) => " ",
    };
    let mut cut = 0;
    if let (Some(next), false) = (next, role == Role::Code)
        && let Some(hyphen) = hyphen(&text(line), &text(next), &context.compounds)
    {
        end = "";
        cut = hyphen;
    } else if role != Role::Code && next.is_some_and(|next| is_written_on(line, next)) {
        end = "";
    }
    let last = line.runs.len().saturating_sub(1);
    for (place, run) in line.runs.iter().enumerate() {
        let kept = run.text.len() - if place == last { cut } else { 0 };
        let words = run.text.get(..kept).unwrap_or(&run.text);
        if role == Role::TableRow && words == "\t" {
            builder.next_cell();
            continue;
        }
        let mut spans = spans(run.face, role);
        let address = run.link.and_then(|link| context.links.address(link));
        spans.extend(address.map(|address| SpanKind::Link(address.to_owned())));
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

/// Returns whether two lines are joined without a blank, since Chinese and Japanese have none between words.
fn is_written_on(line: &Line, next: &Line) -> bool {
    let last = line
        .runs
        .iter()
        .rev()
        .find_map(|run| run.text.chars().next_back());
    let first = next.runs.iter().find_map(|run| run.text.chars().next());
    last.is_some_and(has_no_blanks) && first.is_some_and(has_no_blanks)
}

/// Returns whether it is a character of Han, kana or bopomofo, or a sign of their width.
fn has_no_blanks(c: char) -> bool {
    matches!(c,
        '\u{2e80}'..='\u{312f}' | '\u{31a0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff01}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}')
}

/// Returns whether a line ends within an address of the web.
fn ends_in_address(line: &str) -> bool {
    let last = line.rsplit(char::is_whitespace).next().unwrap_or_default();
    last.contains("://") || last.trim_start_matches(['(', '<']).starts_with("www.")
}

/// Returns how many bytes at the end of a line to leave out to join a word that goes on in the next: those of the
/// hyphen, or none where the document writes the word with it. Nothing where no word goes on.
fn hyphen(line: &str, next: &str, compounds: &Compounds) -> Option<usize> {
    let (before, sign) = line
        .char_indices()
        .next_back()
        .and_then(|(at, sign)| Some((line.get(..at)?, sign)))?;
    let is_digit = |c: char| c.is_ascii_digit();
    let counts = before.ends_with(is_digit) && next.starts_with(is_digit);
    if matches!(sign, '-' | '–' | '\u{2010}') && counts {
        // `679–` `86`: from page to page.
        return Some(0);
    }
    if sign == '-' && next.starts_with(char::is_alphanumeric) && ends_in_address(line) {
        // Behind a slash it is the typesetter's.
        return Some(usize::from(before.ends_with('/')));
    }
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
    if sign != '\u{ad}' && compounds.is_suspended(left, right) {
        None
    } else if sign != '\u{ad}' && compounds.keep(left, right) {
        Some(0)
    } else {
        Some(sign.len_utf8())
    }
}

/// Returns how the document writes its compounds.
fn compounds(blocks: &[Block]) -> Compounds {
    let mut compounds = Compounds::default();
    for line in blocks.iter().flat_map(|block| &block.lines) {
        compounds.read(&text(line));
    }
    compounds
}
