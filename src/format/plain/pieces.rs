//! From stretches of lines to pieces: paragraphs with their lines joined, items of lists, rules.

use super::lines::{Break, Line, Stretch, Wrapping};
use super::marks::{self, Mark};
use super::shape::{self, Shape};
use super::{contents, sections};
use crate::document::Marker;

/// How far a whole stretch stands in that is quoted by that, in cells.
const QUOTED_BY_INDENT: usize = 4;

/// The deepest indent of a line that is set by hand, in cells.
const WIDEST_INDENT: usize = 120;

/// The longest heading within signs, in bytes.
const FRAMED: usize = 80;

/// A piece of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// Running text, or a line that stands alone.
    Text(Text),
    /// An item of a list.
    Item(Item),
    /// A line that parts what stands before from what comes after.
    Rule,
    /// What was set by hand: its blanks and line feeds count.
    Set(Text),
}

/// Running text, or a line that stands alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Text {
    /// Its words; a line feed is a line break that the author set.
    pub words: String,
    /// How many quotations it stands in.
    pub quoted: usize,
    /// The level of the heading that signs make it: a line drawn under it, or `#` before it.
    pub heading: Option<u8>,
}

/// An item of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Item {
    /// What stands before it.
    pub marker: Marker,
    /// Its words.
    pub words: String,
    /// How far it stands in, in cells.
    pub indent: usize,
    /// A blank line stands before it.
    pub parted: bool,
}

/// Returns the pieces of the stretches.
pub(super) fn pieces(stretches: &[Stretch<'_>], wrapping: Wrapping) -> Vec<Piece> {
    let meant = marks::meant(stretches);
    let shapes = shape::shapes(stretches, &meant, wrapping);
    let mut pieces = Vec::new();
    let mut place = 0;
    while let Some(stretch) = stretches.get(place) {
        let shape = shapes.get(place).copied().unwrap_or(Shape::Prose);
        let meant = meant.get(place).map_or(&[][..], Vec::as_slice);
        let quoted = stretch.first().map_or(0, |line| line.quoted);
        if contents::is_led(stretch) && stretch.len() > 1 {
            pieces.extend(stretch.iter().map(listed));
        } else if shape == Shape::Set {
            let rest = stretches.iter().zip(&shapes).skip(place);
            let run = rest
                .take_while(|(next, shape)| {
                    **shape == Shape::Set && next.first().is_some_and(|line| line.quoted == quoted)
                })
                .count()
                .max(1);
            let set = stretches.get(place..place + run).unwrap_or_default();
            pieces.push(Piece::Set(Text {
                words: set_by_hand(set),
                quoted,
                heading: None,
            }));
            place += run;
            continue;
        } else if shape == Shape::Verse && !sections::is_centred(stretch, wrapping) {
            let lines: Vec<&str> = stretch.iter().map(|line| line.text).collect();
            pieces.push(Piece::Text(Text {
                words: lines.join("\n"),
                quoted: quoted + usize::from(is_indented(stretch, meant, wrapping)),
                heading: None,
            }));
        } else {
            take_prose(stretch, meant, wrapping, &mut pieces);
        }
        place += 1;
    }
    pieces
}

/// Takes a stretch of running text, or of a heading that hangs out of the margin or stands in the middle.
fn take_prose(stretch: &Stretch<'_>, meant: &[bool], wrapping: Wrapping, pieces: &mut Vec<Piece>) {
    let centred = sections::is_centred(stretch, wrapping).then_some((stretch.len(), 1));
    let heading = sections::hanging(stretch, wrapping.margin).or(centred);
    if let Some((lines, level)) = heading
        && lines == stretch.len()
    {
        // An address below a title is none of its words, nor is a line drawn below it.
        let (address, titles): (Vec<&str>, Vec<&str>) = stretch
            .iter()
            .map(|line| line.text)
            .filter(|text| !is_rule(text))
            .partition(|text| text.contains("://"));
        pieces.push(Piece::Text(Text {
            words: titles.join(" "),
            quoted: 0,
            heading: Some(level),
        }));
        pieces.extend(address.into_iter().map(|address| {
            Piece::Text(Text {
                words: address.to_owned(),
                ..Text::default()
            })
        }));
        return;
    }
    let indented = is_indented(stretch, meant, wrapping);
    let mut first = true;
    let mut before: Option<&Line<'_>> = None;
    for (line, meant) in stretch.iter().zip(meant) {
        let item = marks::mark(line).filter(|_| *meant);
        match (item, before) {
            (Some((mark, words)), _) => pieces.push(Piece::Item(Item {
                marker: marker(mark),
                words: words.to_owned(),
                indent: line.indent,
                parted: first,
            })),
            (None, _) if let Some((words, level)) = framed(line) => {
                pieces.push(Piece::Text(Text {
                    words: words.to_owned(),
                    quoted: 0,
                    heading: Some(level),
                }));
            }
            (None, _) if is_rule(line.text) => underline(pieces, line, before.is_some()),
            (None, Some(before)) => go_on(pieces, before, line, wrapping),
            (None, None) => {
                pieces.push(hashed(line).unwrap_or_else(|| Piece::text(line, indented)));
            }
        }
        before = (!is_rule(line.text)).then_some(line);
        first = false;
    }
}

/// Returns a line of a table of contents as an item, without what leads to its page.
fn listed(line: &Line<'_>) -> Piece {
    Piece::Item(Item {
        marker: Marker::Bullet,
        words: contents::entry(line.text).unwrap_or(line.text).to_owned(),
        indent: line.indent,
        parted: false,
    })
}

/// Returns stretches as they stand, less the indent that all their lines have.
fn set_by_hand(stretches: &[Stretch<'_>]) -> String {
    let indent = stretches.iter().flatten().map(|line| line.indent).min();
    let mut words = String::new();
    for (place, stretch) in stretches.iter().enumerate() {
        if place > 0 {
            words.push('\n');
        }
        for line in stretch {
            let further = line.indent.saturating_sub(indent.unwrap_or(0));
            // A line of nothing but blanks before its first word makes no page wider than this.
            words.extend(std::iter::repeat_n(' ', further.min(WIDEST_INDENT)));
            words.push_str(line.text);
            words.push('\n');
        }
    }
    words.truncate(words.trim_end().len());
    words
}

impl Piece {
    fn text(line: &Line<'_>, indented: bool) -> Self {
        Self::Text(Text {
            words: line.text.to_owned(),
            quoted: line.quoted + usize::from(indented),
            heading: None,
        })
    }

    fn words(&mut self) -> Option<&mut String> {
        match self {
            Self::Text(text) => Some(&mut text.words),
            Self::Item(item) => Some(&mut item.words),
            Self::Rule | Self::Set(_) => None,
        }
    }
}

/// Returns the heading that a line with one to six `#` before it is.
fn hashed(line: &Line<'_>) -> Option<Piece> {
    let words = line.text.trim_start_matches('#');
    let level = line.text.len() - words.len();
    let sound = (1..=6).contains(&level) && words.starts_with(' ') && line.quoted == 0;
    sound.then(|| {
        Piece::Text(Text {
            words: words.trim().to_owned(),
            quoted: 0,
            heading: Some(level as u8),
        })
    })
}

/// Returns the words of a line that stand within signs, as some set their headings, and the level of the heading:
/// `---- So it is ----`, `|| So it is ||`.
fn framed<'t>(line: &Line<'t>) -> Option<(&'t str, u8)> {
    let sign = line.text.chars().next()?;
    let fewest = match sign {
        '-' | '=' | '*' | '#' | '~' | '_' | '+' => 3,
        '|' | '/' => 2,
        _ => return None,
    };
    let inner = line.text.trim_start_matches(sign);
    let words = inner.trim_end_matches(sign);
    let (before, after) = (line.text.len() - inner.len(), inner.len() - words.len());
    let is_framed = before >= fewest
        && after >= fewest
        && words.starts_with(char::is_whitespace)
        && words.ends_with(char::is_whitespace);
    let words = words.trim();
    let is_heading = line.quoted == 0
        && words.contains(char::is_alphabetic)
        && words.len() <= FRAMED
        && !words.ends_with([',', ';'])
        && !words.contains("  ");
    (is_framed && is_heading).then_some((words, if sign == '-' { 2 } else { 1 }))
}

/// Adds a line to the piece before it, or begins a piece, as the line feed between them says.
fn go_on(pieces: &mut Vec<Piece>, before: &Line<'_>, line: &Line<'_>, wrapping: Wrapping) {
    let mut break_ = wrapping.between(before, line);
    if matches!(pieces.last(), Some(Piece::Text(text)) if text.heading.is_some()) {
        break_ = Break::Paragraph;
    }
    let in_item = matches!(pieces.last(), Some(Piece::Item(item)) if line.indent > item.indent);
    if in_item && break_ == Break::Paragraph {
        break_ = Break::Line;
    }
    let quoted = match pieces.last() {
        Some(Piece::Text(text)) => text.quoted,
        _ => line.quoted,
    };
    let separator = match break_ {
        Break::Soft => " ",
        Break::Joint => "",
        Break::Line => "\n",
        Break::Paragraph => {
            pieces.push(Piece::text(line, quoted > line.quoted));
            return;
        }
    };
    if let Some(words) = pieces.last_mut().and_then(Piece::words) {
        words.push_str(separator);
        words.push_str(line.text);
    }
}

/// Takes a drawn line: under a short line it makes a heading, alone it is a rule.
fn underline(pieces: &mut Vec<Piece>, line: &Line<'_>, close: bool) {
    if close
        && let Some(Piece::Text(text)) = pieces.last_mut()
        && text.heading.is_none()
        && !text.words.contains('\n')
    {
        text.heading = Some(if line.text.starts_with('=') { 1 } else { 2 });
        return;
    }
    if close
        && let Some(Piece::Item(item)) = pieces.last()
        && let Marker::Number(number) = item.marker
        && !item.words.contains('\n')
    {
        // `2. Terms` with a line drawn below it.
        let words = format!("{number}. {}", item.words);
        pieces.pop();
        pieces.push(Piece::Text(Text {
            words,
            quoted: 0,
            heading: Some(1),
        }));
        return;
    }
    pieces.push(Piece::Rule);
}

/// Returns whether a line is drawn: of one sign, at least three times.
pub(super) fn is_rule(text: &str) -> bool {
    let mut signs = text.chars().filter(|c| !c.is_whitespace());
    // Few lines begin with one of these.
    let first = signs.next().unwrap_or_default();
    let is_drawn = matches!(
        first,
        '-' | '=' | '*' | '_' | '–' | '—' | '~' | '#' | '─' | '━' | '═' | '▬'
    );
    if !is_drawn {
        return false;
    }
    let mut others = 0;
    signs.all(|sign| {
        others += 1;
        sign == first
    }) && others >= 2
}

/// Returns whether the whole stretch stands in from the margin and has no marks: a quotation.
fn is_indented(stretch: &[Line<'_>], meant: &[bool], wrapping: Wrapping) -> bool {
    stretch.len() > 1
        && meant.iter().all(|meant| !meant)
        && stretch
            .iter()
            .all(|line| line.indent >= wrapping.margin + QUOTED_BY_INDENT)
}

fn marker(mark: Mark) -> Marker {
    match mark {
        Mark::Sign(_) => Marker::Bullet,
        Mark::Number(number, _) => Marker::Number(number),
    }
}

#[cfg(test)]
mod tests {
    use super::super::lines;
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let stretches = lines::stretches(text);
        pieces(&stretches, Wrapping::of(&stretches))
            .into_iter()
            .map(|piece| match piece {
                Piece::Text(text) => {
                    let heading = text
                        .heading
                        .map_or(String::new(), |level| format!("h{level} "));
                    format!("{}{heading}{}", "> ".repeat(text.quoted), text.words)
                }
                Piece::Item(item) => format!("• {}", item.words),
                Piece::Rule => "rule".to_owned(),
                Piece::Set(text) => format!("set {}", text.words),
            })
            .collect()
    }

    #[test]
    fn lines_are_joined_into_pieces() {
        for (text, expected) in [
            (
                "One that goes\non here.\nAnd two.",
                &["One that goes on here.", "And two."][..],
            ),
            (
                "• one that goes\n  on here\n• two\nafter it all.",
                &["• one that goes on here", "• two after it all."],
            ),
            (
                "Head\n====\nText.\n\n* * *\n\nMore.",
                &["h1 Head", "Text.", "rule", "More."],
            ),
            (
                "## Head ##x\nText.\n\n#tag",
                &["h2 Head ##x", "Text.", "#tag"],
            ),
            ("> He said\n> this.\n\nNo.", &["> He said this.", "No."]),
            (
                "    Indented words\n    that are quoted.\n\nText.",
                &["> Indented words that are quoted.", "Text."],
            ),
            (
                "Ann Smith\nHead of Libraries",
                &["Ann Smith\nHead of Libraries"],
            ),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }
}
