//! From pieces to blocks: which line is a heading, which a quotation, which items make a list.

use unicode_segmentation::UnicodeSegmentation;

use super::lines::{ends_sentence, width};
use super::pieces::{Item, Piece, Text};
use super::sections;
use crate::document::{BlockKind, BodyBuilder, Marker, SpanKind};
use crate::format::title;

/// The widest heading, in cells: a longer line is a sentence whose stop was forgotten.
const HEADING: usize = 70;

/// The widest line that a sentence without a stop announces, in cells: a title with its subtitle.
const ANNOUNCED: usize = 160;

/// The widest lead of an item, in cells.
const LEAD: usize = 60;

/// The deepest quotation: beyond it nobody counts, and a line of a million signs would make as many.
pub(super) const DEEPEST: usize = 16;

/// Items longer than this on average, in bytes, want blank rows between them though the text has none.
const LONG_ITEMS: usize = 240;

/// How far in a section's number stands at most, in cells.
const FAR: usize = 3;

/// How many words the name of a section has at most that a stop ends.
const NAME: usize = 10;

/// Writes pieces as blocks.
pub(super) fn write(pieces: &[Piece], builder: &mut BodyBuilder) {
    let mut place = 0;
    while let Some(piece) = pieces.get(place) {
        match piece {
            Piece::Rule => builder.block(BlockKind::Rule, "* * *"),
            Piece::Set(text) => write_set(text, builder),
            Piece::Text(text) => {
                let around = Around {
                    before: place.checked_sub(1).and_then(|before| pieces.get(before)),
                    after: pieces.get(place + 1..).unwrap_or_default(),
                };
                write_text(text, &around, builder);
            }
            Piece::Item(item) if let Some(words) = section(item, place, pieces) => {
                builder.block(BlockKind::Heading { level: 1 }, &words);
            }
            Piece::Item(_) => {
                let items: Vec<&Item> = pieces
                    .get(place..)
                    .unwrap_or_default()
                    .iter()
                    .map_while(|piece| match piece {
                        Piece::Item(item) => Some(item),
                        _ => None,
                    })
                    .collect();
                write_list(&items, builder);
                place += items.len();
                continue;
            }
        }
        place += 1;
    }
}

/// Returns the heading that an item is: a short line with a number that stands alone out at the margin, and text
/// follows. Items of a list stand together, or hold what follows.
fn section(item: &Item, place: usize, pieces: &[Piece]) -> Option<String> {
    let Marker::Number(number) = item.marker else {
        return None;
    };
    let is_item = |place: usize| matches!(pieces.get(place), Some(Piece::Item(_)));
    let alone = !is_item(place + 1) && !place.checked_sub(1).is_some_and(is_item);
    // Licences set a stop behind the names of their sections.
    let named = item.words.strip_suffix('.').unwrap_or(&item.words);
    let text = Text {
        words: format!("{number}. {named}"),
        ..Text::default()
    };
    let is_capital = item.words.starts_with(|c: char| c.is_uppercase());
    let after = pieces.get(place + 1..).unwrap_or_default();
    let is_name = named.split_whitespace().count() <= NAME || named.len() == item.words.len();
    (alone && item.parted && item.indent <= FAR && is_capital && is_name && heads(&text, after))
        .then_some(text.words)
}

/// Writes what was set by hand as it stands.
pub(super) fn write_set(text: &Text, builder: &mut BodyBuilder) {
    let quotations = text.quoted.min(DEEPEST);
    for _ in 0..quotations {
        builder.open_quotation();
    }
    builder.block(BlockKind::Code, &text.words);
    for _ in 0..quotations {
        builder.close_quotation();
    }
}

/// The pieces before and after one.
struct Around<'p> {
    before: Option<&'p Piece>,
    after: &'p [Piece],
}

fn write_text(text: &Text, around: &Around<'_>, builder: &mut BodyBuilder) {
    if let Some(level) = text.heading {
        builder.block(BlockKind::Heading { level }, &text.words);
        return;
    }
    let is_quotation = is_announced(text, around) || is_in_marks(text);
    if !is_quotation && heads(text, around.after) {
        let level = sections::level(&text.words).unwrap_or(1);
        builder.block(BlockKind::Heading { level }, &text.words);
        return;
    }
    let quotations = text
        .quoted
        .saturating_add(usize::from(is_quotation))
        .min(DEEPEST);
    for _ in 0..quotations {
        builder.open_quotation();
    }
    builder.begin(BlockKind::Paragraph);
    write_lines(&text.words, builder);
    builder.end();
    for _ in 0..quotations {
        builder.close_quotation();
    }
}

/// Writes words whose line feeds are line breaks.
pub(super) fn write_lines(words: &str, builder: &mut BodyBuilder) {
    for (number, line) in words.split('\n').enumerate() {
        if number > 0 {
            builder.break_line();
        }
        builder.text(line);
    }
}

/// Returns whether a line is a heading: short, without a stop, and text follows.
pub(super) fn heads(text: &Text, after: &[Piece]) -> bool {
    // A number of a section below another is one whatever follows, and so is that of one which another follows.
    let level = sections::level(&text.words);
    if is_short_line(text) && level.is_some() && !after.is_empty() {
        let holds_another = matches!(after.first(), Some(Piece::Text(next)) if is_below(next));
        if level >= Some(2) || holds_another {
            return true;
        }
    }
    let Some(Piece::Text(next)) = after.first() else {
        return false;
    };
    is_short_line(text)
        && (is_running(next)
            || is_short_line(next)
                && matches!(after.get(1), Some(Piece::Text(next)) if is_running(next)))
}

/// Returns whether a text is one line that could be a heading.
fn is_short_line(text: &Text) -> bool {
    let words = &text.words;
    text.quoted == 0
        && width(words) <= HEADING
        && !words.contains(['\n', '@'])
        && !words.contains("://")
        && !words.ends_with(['.', ',', ';', ':', ')'])
        && words.contains(char::is_alphabetic)
        && !words.starts_with(char::is_lowercase)
        && begins_heading(words)
        && !is_speech(words)
        && !is_claim(words)
        && !title::is_greeting(words)
}

/// Returns whether a text is the heading of a section below another.
fn is_below(text: &Text) -> bool {
    text.heading.is_some_and(|level| level >= 2)
        || is_short_line(text) && sections::level(&text.words) >= Some(2)
}

/// Returns whether a line begins as headings do: with a letter or a number, perhaps behind a mark that opens.
fn begins_heading(words: &str) -> bool {
    let bare = words.trim_start_matches([
        '"', '“', '‘', '\'', '`', '«', '„', '(', '¿', '¡', '§', '<', '#',
    ]);
    bare.trim_start().starts_with(char::is_alphanumeric)
}

/// Returns whether a line is what somebody says: a quotation that a stop ends, or one of which a part stands elsewhere.
fn is_speech(words: &str) -> bool {
    const ENDS: [&str; 8] = [",\"", ".\"", "!\"", "?\"", ",”", ".”", "!”", "?”"];
    let is_open = words.matches('"').count() % 2 == 1
        || words.matches('“').count() != words.matches('”').count();
    is_open || ENDS.iter().any(|end| words.contains(end))
}

/// Returns whether a line says whose the text is.
fn is_claim(words: &str) -> bool {
    let lower = words
        .get(..words.floor_char_boundary(12))
        .unwrap_or_default()
        .to_lowercase();
    ["copyright", "(c) ", "©"]
        .iter()
        .any(|mark| lower.starts_with(mark))
}

/// Returns whether a text is sentences, and not one more line that stands alone.
fn is_running(text: &Text) -> bool {
    text.heading.is_none()
        && (width(&text.words) > HEADING || ends_sentence(&text.words) || text.words.contains('\n'))
}

/// Returns whether a line is what the sentence before it announces: that one has no stop, nor has the line itself,
/// and the text goes on after it. `… have recently produced a working paper` / its title.
fn is_announced(text: &Text, around: &Around<'_>) -> bool {
    let Some(Piece::Text(before)) = around.before else {
        return false;
    };
    let lead_in = before.quoted == 0
        && before.heading.is_none()
        && width(&before.words) > HEADING
        && (!ends_sentence(&before.words) || before.words.ends_with(':'))
        && before
            .words
            .ends_with(|c: char| c.is_alphanumeric() || c == ':');
    let line = text.quoted == 0
        && width(&text.words) <= ANNOUNCED
        && !text.words.contains('\n')
        && text.words.split_whitespace().count() >= 4
        && !ends_sentence(&text.words);
    lead_in && line && matches!(around.after.first(), Some(Piece::Text(_)))
}

/// Returns whether the whole of a text stands in one pair of quotation marks.
fn is_in_marks(text: &Text) -> bool {
    let within = [('“', '”'), ('"', '"'), ('«', '»'), ('„', '“')]
        .iter()
        .find_map(|(open, close)| text.words.strip_prefix(*open)?.strip_suffix(*close));
    text.quoted == 0
        && within.is_some_and(|within| {
            within.split_whitespace().count() >= 6 && !within.contains(['“', '”', '"', '«', '»'])
        })
}

/// Writes items that stand together as a list; those further in are lists within it.
fn write_list(items: &[&Item], builder: &mut BodyBuilder) {
    let parted = items.iter().skip(1).any(|item| item.parted);
    let bytes: usize = items.iter().map(|item| item.words.len()).sum();
    let tight = !parted && bytes <= LONG_ITEMS * items.len();
    let leads = have_leads(items);
    let mut indents: Vec<usize> = Vec::new();
    for item in items {
        while indents.len() > 1 && indents.last().is_some_and(|last| *last > item.indent) {
            indents.pop();
            builder.close_list();
        }
        match indents.last() {
            Some(last) if item.indent <= *last => builder.close_item(),
            _ if indents.len() < 16 => {
                builder.open_list(tight);
                indents.push(item.indent);
            }
            _ => builder.close_item(),
        }
        builder.open_item(item.marker);
        builder.begin(BlockKind::Paragraph);
        match lead(&item.words).filter(|_| leads) {
            Some(lead) => {
                builder.open_span(SpanKind::Strong);
                builder.text(lead);
                builder.close_span();
                write_lines(item.words.get(lead.len()..).unwrap_or_default(), builder);
            }
            None => write_lines(&item.words, builder),
        }
        builder.end();
    }
    for _ in indents {
        builder.close_list();
    }
}

/// Returns whether the items all begin with a lead: a short sentence that names what the rest explains.
fn have_leads(items: &[&Item]) -> bool {
    items.len() >= 3
        && items
            .iter()
            .all(|item| lead(&item.words).is_some_and(|lead| item.words.len() >= 2 * lead.len()))
}

/// Returns the first sentence of an item, where it is short and more follow.
fn lead(words: &str) -> Option<&str> {
    let first = words.split_sentence_bounds().next()?.trim_end();
    (width(first) <= LEAD && first.len() < words.len() && ends_sentence(first)).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::super::lines::{self, Wrapping};
    use super::super::pieces::pieces;
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let stretches = lines::stretches(text);
        let mut builder = BodyBuilder::new();
        write(&pieces(&stretches, Wrapping::of(&stretches)), &mut builder);
        let body = builder.finish();
        body.blocks()
            .iter()
            .map(|block| {
                format!(
                    "{} {}: {}",
                    block.name(),
                    block.level(),
                    body.slice(block.range)
                )
            })
            .collect()
    }

    #[test]
    fn a_line_is_a_heading_where_it_is_short_and_heads_text() {
        let text = "Running text ends with a stop.";
        for (line, heads) in [
            ("A heading", true),
            ("Is it one?", true),
            ("\"Trust\" and care", true),
            ("§ 5 Trust", true),
            ("\"Is it one?\"", false),
            ("\"I am going,\" said he", false),
            ("We'll be famous!\"", false),
            ("-- Ann Smith", false),
            ("* Update the years", false),
            ("[Not to mention it]", false),
            (":edit $FILE", false),
            ("|/usr/bin/sort", false),
            ("Copyright © 1999 Ann Smith", false),
            ("(c) 1999 Ann Smith", false),
            ("1. Introduction", true),
            ("It is none.", false),
            ("Dear all", false),
            ("the lower case", false),
            ("ann@example.org", false),
            (
                "A sentence that only forgot its stop and is much too long to head anything",
                false,
            ),
        ] {
            let first = shown(&format!("{line}\n\n{text}")).remove(0);
            assert_eq!(first.starts_with("heading"), heads, "{first}");
        }
        assert!(
            shown(text)
                .iter()
                .chain(&shown("A heading"))
                .all(|block| block.starts_with("paragraph"))
        );
        assert!(shown("I have found\n\n• one\n• two")[0].starts_with("paragraph"));
    }

    #[test]
    fn a_number_that_stands_alone_heads_a_section() {
        let text =
            "It goes on for more than a line, so that it can be no heading itself, and ends.";
        assert_eq!(
            shown(&format!(
                "1. Introduction\n\n{text}\n\n2. Bodies\n\n{text}\n\n3. Members\n\n3.1. Powers\n\n{text}"
            )),
            [
                "heading 1: 1. Introduction".to_owned(),
                format!("paragraph 0: {text}"),
                "heading 1: 2. Bodies".to_owned(),
                format!("paragraph 0: {text}"),
                "heading 1: 3. Members".to_owned(),
                "heading 2: 3.1. Powers".to_owned(),
                format!("paragraph 0: {text}"),
            ]
        );
        assert_eq!(
            shown(&format!(
                "Terms\n\n  0. Definitions.\n\n  {text}\n\n  1. Code.\n\n  {text}"
            ))[1],
            "heading 1: 0. Definitions"
        );
        assert_eq!(
            shown(&format!(
                "1. Definitions\n--------------\n\n{text}\n\n2. Grants\n---------\n\n{text}"
            ))[0],
            "heading 1: 1. Definitions"
        );
        let list = shown(&format!("1. one\n2. two\n\n{text}"));
        assert!(list[0].starts_with("list-item"), "{list:?}");
    }

    #[test]
    fn words_within_signs_are_a_heading_without_them() {
        for (line, expected) in [
            ("---- Some questions ----", "heading 2: Some questions"),
            ("|| How to play ||", "heading 1: How to play"),
            ("***  Notes  ***", "heading 1: Notes"),
            ("== a", "paragraph 0: == a"),
            ("--- a --- b ---", "heading 2: a --- b"),
            ("-- so it is --", "paragraph 0: -- so it is --"),
        ] {
            let first = shown(&format!("{line}\n\nRunning text ends with a stop.")).remove(0);
            assert_eq!(first, expected);
        }
        let parted = shown("One.\n\n━━━━━━━━━━\n\nTwo.");
        assert_eq!(parted[1], "rule 0: * * *");
    }

    #[test]
    fn what_a_sentence_announces_is_a_quotation() {
        let announced = shown(
            "The research centre has quite recently produced a most interesting working paper\n\n\
             From commissioning to social value? Implications for the sector\n\nIt says much.",
        );
        assert_eq!(
            announced[1],
            "quotation 1: From commissioning to social value? Implications for the sector"
        );
        let marked =
            shown("He said it.\n\n“It is the first and most often used word.”\n\nSo it is.");
        assert!(marked[1].starts_with("quotation"), "{marked:?}");
    }

    #[test]
    fn quoted_lines_are_quotations_with_their_levels() {
        assert_eq!(
            shown("Ann wrote:\n> > It was raining\n>> all day.\n> Was it\n> not?\n\nIt was."),
            [
                "paragraph 0: Ann wrote:",
                "quotation 2: It was raining all day.",
                "quotation 1: Was it not?",
                "paragraph 0: It was."
            ]
        );
        let deep = format!("{} far too deep", ">".repeat(100_000));
        assert_eq!(shown(&deep), ["quotation 16: far too deep"]);
    }

    #[test]
    fn items_that_stand_in_are_a_list_within_the_list() {
        assert_eq!(
            shown("• one\n  - inner\n  - more\n• two"),
            [
                "list-item 1: one",
                "list-item 2: inner",
                "list-item 2: more",
                "list-item 1: two"
            ]
        );
    }
}
