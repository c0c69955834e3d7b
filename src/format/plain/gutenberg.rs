//! Books of Project Gutenberg: the text between its two lines, what its header says, and its chapters.
//!
//! In a novel a short line that stands alone is mostly speech, so only lines that name a chapter are headings here.

use super::book::Notes;
use super::contents;
use super::lines::{self, Stretch, Wrapping};
use super::pieces::pieces;
use crate::config::headings::{headings, is_one};
use crate::document::{BlockKind, Body, BodyBuilder, Kind, Metadata, Title};
use crate::format::dates;

/// The widest heading, its lines joined, in cells.
const HEADING: usize = 120;

/// The most lines of a heading: its number, its name, and the rest of that.
const HEADING_LINES: usize = 3;

/// How far down the small print of an old book ends at most, in bytes.
const SMALL_PRINT: usize = 64 * 1024;

/// The text of a book and what its header says of it.
pub(super) struct Book<'t> {
    header: &'t str,
    text: &'t str,
}

/// Returns the book in a text whose line feeds are plain, or nothing where no line begins one.
pub(super) fn find(text: &str) -> Option<Book<'_>> {
    let begins = |line: &str| after_stars(line).is_some_and(|rest| is_sign(rest, "START OF TH"));
    let ends = |line: &str| after_stars(line).is_some_and(|rest| is_sign(rest, "END OF TH"));
    let (header, rest) = part_at(text, begins).or_else(|| small_print(text))?;
    let parted = part_at(rest, ends).or_else(|| part_at(rest, is_last));
    let text = parted.map_or(rest, |(text, _)| text);
    Some(Book { header, text })
}

/// Parts a text at the first line of that sort.
fn part_at(text: &str, is_sort: impl Fn(&str) -> bool) -> Option<(&str, &str)> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if is_sort(line) {
            return Some((text.get(..at)?, text.get(at + line.len()..)?));
        }
        at += line.len();
    }
    None
}

/// Parts a text of before 2004 behind its small print: `*END*THE SMALL PRINT! FOR PUBLIC DOMAIN ETEXTS*Ver.04.29.93*END*`.
/// What stands above names the project.
fn small_print(text: &str) -> Option<(&str, &str)> {
    let near = text.get(..text.floor_char_boundary(SMALL_PRINT))?;
    let is_end = |line: &str| {
        let bare = line.trim_start_matches('*').trim_start();
        let rest = line.starts_with('*').then(|| bare.get(3..)).flatten();
        begins(bare, "END")
            && rest
                .is_some_and(|rest| begins(rest.trim_start_matches(['*', ' ']), "THE SMALL PRINT"))
    };
    let (header, _) = part_at(near, is_end)?;
    let (_, rest) = part_at(text, is_end)?;
    names_project(header).then_some((header, rest))
}

/// Returns what follows the stars that a line of the project begins with.
fn after_stars(line: &str) -> Option<&str> {
    Some(line.strip_prefix("***")?.trim_start_matches(['*', ' ']))
}

/// Returns whether a line is a sign of the project that begins so.
fn is_sign(line: &str, start: &str) -> bool {
    begins(line, start) && names_project(line)
}

/// Returns whether a line is the last of a book that has none with stars: `End of Project Gutenberg's A Walk`.
fn is_last(line: &str) -> bool {
    let rest = line.get("END OF ".len()..).unwrap_or_default();
    let rest = if begins(rest, "THE ") {
        rest.get("THE ".len()..).unwrap_or_default()
    } else {
        rest
    };
    begins(line, "END OF ") && begins(rest, "PROJECT GUTENBERG")
}

fn names_project(text: &str) -> bool {
    text.to_ascii_uppercase().contains("PROJECT GUTENBERG")
}

fn begins(text: &str, start: &str) -> bool {
    text.get(..start.len())
        .is_some_and(|head| head.eq_ignore_ascii_case(start))
}

impl Book<'_> {
    /// Returns what the header says, and the body; nothing where no words stand between the two lines.
    pub fn read(&self) -> Option<(Metadata, Body)> {
        let mut stretches = lines::stretches(self.text);
        contents::leave_out(&mut stretches);
        if stretches.is_empty() {
            return None;
        }
        let mut metadata = Metadata {
            kind: Kind::Book,
            ..Metadata::default()
        };
        lay(self.header, &mut metadata);
        Some((metadata, body(&stretches)))
    }
}

/// Lays the fields of a header over the metadata.
fn lay(header: &str, metadata: &mut Metadata) {
    let mut lines = header.lines().peekable();
    while let Some(line) = lines.next() {
        let Some((name, value)) = line.split_once(':') else {
            continue;
        };
        let mut value = value.trim().to_owned();
        // A value goes on in lines that stand in.
        while let Some(more) = lines.next_if(|next| {
            next.starts_with([' ', '\t']) && !next.trim().is_empty() && !value.is_empty()
        }) {
            value.push(' ');
            value.push_str(more.trim());
        }
        if value.is_empty() {
            continue;
        }
        match name.trim().to_ascii_lowercase().as_str() {
            "title" if metadata.title.text.is_empty() => {
                metadata.title = Title {
                    text: value,
                    derived: false,
                };
            }
            "author" => metadata.authors.push(value),
            "language" => metadata.details.push(("Language".to_owned(), value)),
            "release date" => {
                // The number of the book stands behind the date in brackets.
                let date = value.split('[').next().unwrap_or_default().trim();
                metadata.published = metadata.published.or_else(|| dates::parse(date));
            }
            _ => {}
        }
    }
}

/// What a heading names, from the widest part to the narrowest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Division {
    Book,
    Chapter,
    Number,
    /// What stands before the first chapter or after the last.
    Matter,
}

fn body(stretches: &[Stretch<'_>]) -> Body {
    let wrapping = Wrapping::of(stretches);
    let divisions: Vec<Option<Division>> = stretches.iter().map(division).collect();
    let ranked = divisions.iter().flatten().copied();
    let mut levels: Vec<Division> = ranked.filter(|one| *one != Division::Matter).collect();
    levels.sort_unstable();
    levels.dedup();
    let mut notes = Notes::of(stretches);
    let mut builder = BodyBuilder::new();
    let mut from = 0;
    for (place, stretch) in stretches.iter().enumerate() {
        let Some(Some(found)) = divisions.get(place) else {
            continue;
        };
        if !heads_text(&divisions, place) {
            continue;
        }
        let before = stretches.get(from..place).unwrap_or_default();
        notes.write(&pieces(before, wrapping), &mut builder);
        let level = match found {
            Division::Matter => 1,
            _ => 1 + levels.iter().filter(|level| *level < found).count() as u8,
        };
        builder.block(BlockKind::Heading { level }, &joined(stretch));
        from = place + 1;
    }
    let rest = stretches.get(from..).unwrap_or_default();
    notes.write(&pieces(rest, wrapping), &mut builder);
    builder.finish()
}

/// Returns whether a heading has text below it, past those of lower rank: one right after another of its sort is a line
/// of the contents.
fn heads_text(divisions: &[Option<Division>], place: usize) -> bool {
    let mut rank = None;
    for division in divisions.iter().skip(place) {
        match (division, rank) {
            (None, _) => return true,
            (Some(next), Some(rank)) if *next <= rank => return false,
            (Some(next), _) => rank = Some(*next),
        }
    }
    true
}

fn joined(stretch: &Stretch<'_>) -> String {
    let lines: Vec<&str> = stretch.iter().map(|line| line.text).collect();
    lines.join(" ")
}

/// Returns what a stretch names where it is the heading of a part of a book.
fn division(stretch: &Stretch<'_>) -> Option<Division> {
    let (first, rest) = stretch.split_first()?;
    let wide: usize = stretch.iter().map(lines::Line::width).sum();
    // Several lines with numbers are the contents.
    let fits = rest.len() < HEADING_LINES
        && wide <= HEADING
        && rest.iter().all(|line| named(line.text).is_none());
    let found = named(first.text).filter(|_| fits)?;
    let alone = matches!(found, Division::Number | Division::Matter);
    (!alone || rest.is_empty()).then_some(found)
}

/// Returns what a line names: `CHAPTER I`, `Chapter 1. Name`, `BOOK II`, `I.`.
fn named(line: &str) -> Option<Division> {
    let mut words = line.split_whitespace();
    let first = words.next()?;
    let books = &headings().books;
    let division = if is_titled(first, &books.parts) {
        Division::Book
    } else if is_titled(first, &books.chapters) {
        Division::Chapter
    } else if is_matter(line, first) {
        return Some(Division::Matter);
    } else {
        let alone = words.next().is_none() && is_roman(first.trim_end_matches('.'));
        return alone.then_some(Division::Number);
    };
    let number = match words.next()? {
        the if the.eq_ignore_ascii_case("the") => words.next()?,
        number => number,
    };
    let bare = number.trim_end_matches(['.', ':', ',', '—', '-']);
    let counts = is_roman(bare)
        || !bare.is_empty() && bare.chars().all(|c| c.is_ascii_digit())
        || is_one(bare, &books.numbers);
    // `Part I have read, and part not` is a sentence: after a bare number in one, the name begins with a capital.
    let sound = bare.len() < number.len()
        || words
            .next()
            .is_none_or(|next| !next.starts_with(char::is_lowercase));
    (counts && sound).then_some(division)
}

fn is_roman(text: &str) -> bool {
    (1..=8).contains(&text.len())
        && text
            .chars()
            .all(|c| matches!(c, 'I' | 'V' | 'X' | 'L' | 'C'))
}

/// Returns whether a word is one of a list and begins with a capital or is written in capitals.
fn is_titled(word: &str, list: &[String]) -> bool {
    let rest = word.get(1..).unwrap_or_default();
    let is_even = !rest.contains(char::is_lowercase) || !rest.contains(char::is_uppercase);
    word.starts_with(char::is_uppercase) && is_even && is_one(word, list)
}

/// Returns whether a line names what stands before the chapters or after them: `PREFACE TO THE SECOND EDITION`,
/// `Epilogue`, `APPENDIX B.`
fn is_matter(line: &str, first: &str) -> bool {
    let bare = first.trim_end_matches(['.', ':']);
    let known = is_one(bare, &headings().books.matter);
    let alone = first.len() == line.len() && bare.starts_with(char::is_uppercase);
    known && (alone || !line.contains(char::is_lowercase)) && lines::width(line) <= HEADING / 2
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOOK: &str = "The Project Gutenberg eBook of A Walk\n\n\
        This eBook is for the use of anyone.\n\nTitle: A Walk\n    and What Came of It\n\nAuthor: Ann Smith\n\n\
        Release date: June 1, 1998 [eBook #99]\n\nLanguage: English\n\n\
        *** START OF THE PROJECT GUTENBERG EBOOK A WALK ***\n\n\
        CHAPTER I. Out\nCHAPTER II. Home\n\nBOOK I\n\nCHAPTER I\nOut\n\n\
        The rain had stopped by the time that anybody thought of leaving, and\n\
        the road that leads down to the village was a river of brown water as\n\
        far as could be seen. Nobody wanted to be the first one who should go\n\
        out of the door. So we waited for an hour more, and all of us watched\n\
        the clouds.\n\n“Is that you?”\n\nThe door was opened by nobody we knew, and it was closed again at once.\n\n\
        II.\n\nPart I have forgotten.\n\n\
        *** END OF THE PROJECT GUTENBERG EBOOK A WALK ***\n\nUpdated editions will replace this.\n";

    #[test]
    fn a_book_is_what_stands_between_the_two_lines() {
        let (metadata, body) = find(BOOK).and_then(|book| book.read()).unwrap();
        assert_eq!(metadata.kind, Kind::Book);
        assert_eq!(metadata.title.text, "A Walk and What Came of It");
        assert_eq!(metadata.authors, ["Ann Smith"]);
        let published = metadata.published.map(|date| date.to_string());
        assert_eq!(published.as_deref(), Some("1998-06-01"));
        assert_eq!(metadata.details[0].1, "English");
        let shown: Vec<String> = body
            .blocks()
            .iter()
            .map(|block| match block.kind {
                BlockKind::Heading { level } => format!("h{level} {}", body.slice(block.range)),
                _ => body.slice(block.range).to_owned(),
            })
            .collect();
        assert_eq!(shown.iter().filter(|one| one.starts_with('h')).count(), 3);
        for (place, expected) in [(1, "h1 BOOK I"), (2, "h2 CHAPTER I Out"), (6, "h3 II.")] {
            assert_eq!(shown[place], expected, "{shown:#?}");
        }
        assert!(shown[3].starts_with("The rain") && shown[3].ends_with("watched the clouds."));
        assert_eq!(shown[4], "“Is that you?”");
        assert_eq!(shown.last().unwrap(), "Part I have forgotten.");
    }

    #[test]
    fn books_of_all_years_are_parted_at_their_signs() {
        for text in [
            "x\n***START OF THE PROJECT GUTENBERG EBOOK X***\nText.\n***END OF THE PROJECT GUTENBERG EBOOK X***\ny",
            "**The Project Gutenberg Etext of X**\n***START**THE SMALL PRINT!**FOR PUBLIC DOMAIN ETEXTS**START***\nx\n\
             *END*THE SMALL PRINT! FOR PUBLIC DOMAIN ETEXTS*Ver.04.29.93*END*\nText.\nEnd of the Project Gutenberg Etext of X\ny",
            "The Project Gutenberg Etext of X\n*END THE SMALL PRINT! FOR PUBLIC DOMAIN ETEXTS*Ver.12.12.00*END*\nText.\nEnd of Project Gutenberg's X\n",
        ] {
            assert_eq!(find(text).map(|book| book.text), Some("Text.\n"), "{text}");
        }
    }

    #[test]
    fn the_parts_of_a_book_are_known_by_their_names() {
        for (line, expected) in [
            ("PREFACE", Some(Division::Matter)),
            ("PREFACE TO THE SECOND EDITION.", Some(Division::Matter)),
            ("Epilogue", Some(Division::Matter)),
            ("Introduction of steam", None),
            ("BOOK THE FIRST", Some(Division::Book)),
            ("ACT II", Some(Division::Book)),
            ("SCENE III. A room.", Some(Division::Chapter)),
            ("Letter 4", Some(Division::Chapter)),
            ("Letter to a friend", None),
            ("STAVE ONE", Some(Division::Chapter)),
            ("CHAPTER THE LAST", Some(Division::Chapter)),
            ("XIV.", Some(Division::Number)),
            ("Book me a room", None),
            ("ChaPter I", None),
            ("chapter I", None),
        ] {
            assert_eq!(named(line), expected, "{line}");
        }
    }

    #[test]
    fn contents_without_a_head_are_no_headings() {
        use Division::{Book, Chapter, Matter};
        let contents = [
            Some(Matter),
            Some(Book),
            Some(Chapter),
            Some(Chapter),
            Some(Book),
            Some(Chapter),
        ];
        let book: Vec<Option<Division>> = contents
            .into_iter()
            .chain([Some(Matter), None, Some(Book), Some(Chapter), None])
            .collect();
        let heads: Vec<usize> = (0..book.len())
            .filter(|place| book[*place].is_some() && heads_text(&book, *place))
            .collect();
        assert_eq!(heads, [4, 5, 6, 8, 9]);
    }

    #[test]
    fn a_text_without_the_line_is_no_book() {
        for (text, is_book) in [
            ("CHAPTER I\n\nText.", false),
            ("*** START OF THE SHOW ***\nText.", false),
            (
                "*** START OF THIS PROJECT GUTENBERG EBOOK X ***\nText.",
                true,
            ),
            ("***START OF THE PROJECT GUTENBERG EBOOK X***\nText.", true),
            (
                "*END*THE SMALL PRINT! FOR PUBLIC DOMAIN ETEXTS*Ver.04.29.93*END*\nText.",
                false,
            ),
        ] {
            assert_eq!(find(text).is_some(), is_book, "{text}");
        }
    }
}
