//! Where a word may be parted at the end of a row, by the patterns of its language (Liang, "Word Hy-phen-a-tion by
//! Com-put-er", 1983).
//!
//! Only for a paragraph that does not come out well without, see `compose`. Parted are words of letters alone: no
//! address, no number, no name in capitals, no code; and never so that less than three letters stand alone.
//!
//! A language whose patterns recto does not carry, or one that is not known, has its words left whole.

use hypher::Lang;

use super::units::Unit;
use crate::document::TextRange;
use crate::text::{Language, cells};

/// How many letters stand at least before a hyphen and after it.
const LEAST: usize = 3;

/// The longest word that is parted, in bytes: what the patterns are tried on at once. Longer ones are no words of prose.
const LONGEST: usize = 45;

/// Returns the patterns of a language.
pub(super) fn patterns(language: Language) -> Option<Lang> {
    let Language::Code(code) = language else {
        return None;
    };
    Lang::from_iso(match &code {
        b"nb" | b"nn" => *b"no",
        _ => code,
    })
}

/// Returns the units of a line with its words parted: each part but the last of a word ends with a hyphen, should a
/// row end there; a word of which a part would be wider than the `room` stays as it was. What a narrow row had cut at
/// its edge is put together first. `line` begins at the byte `at` of the
/// body; nothing in the ranges of `whole` is parted.
pub(super) fn part(
    (line, at): (&str, usize),
    (units, room): (&[Unit], u32),
    lang: Lang,
    whole: &[TextRange],
) -> Vec<Unit> {
    let mut parted = Vec::with_capacity(units.len() * 2);
    let text = |range: TextRange| {
        let start = range.start as usize - at.min(range.start as usize);
        line.get(start..start + range.len()).unwrap_or_default()
    };
    let mut rest = units;
    while let Some(first) = rest.first() {
        let cut = rest.windows(2).take_while(|pair| match pair {
            [one, next] => is_cut(text(one.range), text(next.range)) && touches(*one, *next),
            _ => false,
        });
        let (word, after) = rest.split_at(cut.count() + 1);
        rest = after;
        let last = word.last().unwrap_or(first);
        let joined = Unit {
            range: TextRange {
                start: first.range.start,
                end: last.range.end,
            },
            width: last.end().saturating_sub(first.x),
            ..*first
        };
        let before = parted.last().is_some_and(|before| touches(*before, joined));
        let beyond = after.first().is_some_and(|next| touches(joined, *next));
        let kept = whole
            .iter()
            .any(|range| range.intersect(joined.range).is_some());
        let parts = if before || beyond || kept {
            Vec::new()
        } else {
            part_word(text(joined.range), joined, lang)
        };
        let fit = |part: &Unit| part.width + u32::from(part.hyphen) <= room;
        if parts.is_empty() || !parts.iter().all(fit) {
            parted.extend(word);
        } else {
            parted.extend(parts);
        }
    }
    parted
}

/// Returns whether a row that ends with one stretch of text and goes on with the other has cut a word.
pub(super) fn is_cut(before: &str, after: &str) -> bool {
    before.chars().next_back().is_some_and(is_letter) && after.chars().next().is_some_and(is_letter)
}

/// Returns whether a character is a letter of the scripts that words are parted in: Latin, Greek, Cyrillic.
fn is_letter(character: char) -> bool {
    character.is_alphabetic() && character < '\u{590}'
}

fn touches(one: Unit, next: Unit) -> bool {
    one.range.end == next.range.start
}

/// Returns the parts of a word, or nothing where it stays whole.
fn part_word(text: &str, unit: Unit, lang: Lang) -> Vec<Unit> {
    let head = text.len() - text.trim_start_matches(|c| !is_letter(c)).len();
    let word = text.trim_matches(|c| !is_letter(c));
    let plain = word.chars().all(is_letter) && !word.chars().skip(1).any(char::is_uppercase);
    if !plain || word.len() > LONGEST || word.chars().count() < 2 * LEAST {
        return Vec::new();
    }
    let mut parts = Vec::new();
    let mut start = 0;
    let mut reached = head;
    let mut x = unit.x;
    let mut put = |start: usize, end: usize, hyphen| {
        let width = cells::width(text.get(start..end).unwrap_or_default()) as u32;
        let from = unit.range.start as usize;
        parts.push(Unit {
            range: TextRange::new(from + start, from + end),
            x,
            width,
            hyphen,
        });
        x = x.saturating_add(width);
    };
    for syllable in hypher::hyphenate_bounded(word, lang, LEAST, LEAST) {
        reached += syllable.len();
        // The marks after the word go with its end.
        if reached < head + word.len() {
            put(start, reached, true);
            start = reached;
        }
    }
    put(start, text.len(), false);
    if parts.len() > 1 { parts } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::super::units::Splitter;
    use super::*;

    /// Returns the line with every place marked at which a word may be parted.
    fn marked(line: &str, language: &str, room: u32) -> String {
        let mut units = Vec::new();
        Splitter::new(line, 0, room).fill(usize::MAX, &mut units);
        let lang = patterns(Language::from_tag(language)).unwrap();
        let mut marked = String::new();
        let mut reached = 0;
        for unit in part((line, 0), (&units, room), lang, &[]) {
            marked.push_str(&line[reached..unit.range.end as usize]);
            reached = unit.range.end as usize;
            if unit.hyphen {
                marked.push('¬');
            }
        }
        marked
    }

    #[test]
    fn words_are_parted_by_their_language_and_what_is_no_word_stays_whole() {
        for (line, language, expected) in [
            (
                "(organisation), hyphenation.",
                "en",
                "(organ¬i¬sa¬tion), hyphen¬ation.",
            ),
            (
                "Genossenschaften wirtschaften",
                "de",
                "Genos¬sen¬schaf¬ten wirt¬schaf¬ten",
            ),
            ("coopération", "fr", "coopé¬ra¬tion"),
            (
                "TUPE ORGANISATION JavaScript abcdef123",
                "en",
                "TUPE ORGANISATION JavaScript abcdef123",
            ),
            (
                "https://example.org/organisation",
                "en",
                "https://example.org/organisation",
            ),
            (
                "ann@organisation.org and/organisation",
                "en",
                "ann@organisation.org and/organisation",
            ),
            ("into only", "en", "into only"),
            (
                "pneumonoultramicroscopicsilicovolcanoconiosisationally",
                "en",
                "pneumonoultramicroscopicsilicovolcanoconiosisationally",
            ),
        ] {
            assert_eq!(marked(line, language, 80), expected);
        }
    }

    #[test]
    fn what_was_cut_at_the_edge_is_put_together_before_it_is_parted() {
        assert_eq!(marked("Genossenschaften", "de", 7), "Genos¬sen¬schaf¬ten");
    }

    #[test]
    fn code_in_a_sentence_stays_whole() {
        let line = "the organisation here";
        let mut units = Vec::new();
        Splitter::new(line, 0, 80).fill(usize::MAX, &mut units);
        let lang = patterns(Language::ENGLISH).unwrap();
        let code = [TextRange::new(4, 16)];
        assert_eq!(part((line, 0), (&units, 80), lang, &code), units);
        assert!(patterns(Language::Unknown).is_none());
        assert!(patterns(Language::from_tag("zh")).is_none());
        assert!(patterns(Language::from_tag("nb")).is_some());
    }

    #[test]
    fn a_narrow_paragraph_is_parted_and_a_wide_one_or_a_heading_is_not() {
        use super::super::{PrefixKind, Typesetter};
        use crate::document::{BlockKind, BodyBuilder};
        let text = "Genossenschaften wirtschaften gemeinschaftlich und selbstbestimmt; ihre Mitglieder \
            entscheiden demokratisch, was mit den Überschüssen geschieht.";
        let hyphens = |kind, measure, language: &str| {
            let mut builder = BodyBuilder::new();
            builder.block(kind, text);
            let body = builder.finish();
            let layout = Typesetter::new(&body, measure)
                .hyphenate(Language::from_tag(language))
                .finish();
            let rows = layout.rows().iter();
            rows.filter(|row| {
                let mut drawn = layout.prefixes(row).iter();
                drawn.any(|prefix| prefix.kind == PrefixKind::Hyphen)
            })
            .count()
        };
        assert!(hyphens(BlockKind::Paragraph, 24, "de") >= 2);
        assert_eq!(hyphens(BlockKind::Paragraph, 24, ""), 0);
        assert_eq!(hyphens(BlockKind::Heading { level: 2 }, 24, "de"), 0);
        assert_eq!(hyphens(BlockKind::Paragraph, 160, "de"), 0);
    }
}
