//! What a stretch of lines looks like: prose that may be broken anew, verse whose lines are kept, or what was set by
//! hand, blanks and all: drawings, tables, grammars, programs.
//!
//! Only looks decide. Lines that are kept wrongly are ugly; a drawing that is poured cannot be read at all: a stretch
//! that stands in from the margin needs few signs, one that stands at it needs most of its lines to show them.

use super::lines::{Line, Stretch, Wrapping, ends_sentence, width};
use super::marks;
use super::pieces::is_rule;

/// How many blanks between two words part columns: two stand after a sentence, and even out a line.
const COLUMN: &str = "   ";

/// The widest line of verse, in cells.
const VERSE: usize = 70;

/// The fewest lines of verse that stands at the margin; what stands in needs two.
const FLUSH_VERSE: usize = 4;

/// The shortest word that nobody writes, in bytes: a key, a hash, an address of memory.
const LONG_WORD: usize = 28;

/// What begins a line of a program, of a shell, of a grammar.
const BEGINS: [&str; 20] = [
    "#include", "#define", "#!", "$ ", "% ", ">>> ", "//", "/*", "*/", "def ", "class ", "import ",
    "from ", "return ", "if (", "for (", "while (", "struct ", "typedef ", "</",
];

/// What stands between two parts of a line of a program or a grammar.
const WITHIN: [&str; 12] = [
    "::=", ":=", " => ", " == ", " != ", " && ", " || ", "();", "+-", "-+", "<--", "-->",
];

/// What a stretch looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Running text, items, a heading.
    Prose,
    /// Lines that the author broke.
    Verse,
    /// Lines whose blanks count.
    Set,
}

/// Returns what each stretch looks like; `meant` says which lines begin with a mark that is meant.
pub(super) fn shapes(
    stretches: &[Stretch<'_>],
    meant: &[Vec<bool>],
    wrapping: Wrapping,
) -> Vec<Shape> {
    let alone = stretches.iter().zip(meant);
    let mut shapes: Vec<Shape> = alone
        .map(|(stretch, meant)| shape(stretch, meant, wrapping))
        .collect();
    // A few lines that stand in between two drawings, or parts of one program, are of it.
    for place in 1..stretches.len().saturating_sub(1) {
        let between = shapes.get(place - 1) == Some(&Shape::Set)
            && shapes.get(place + 1) == Some(&Shape::Set);
        let few = stretches.get(place).is_some_and(|stretch| {
            stretch.len() <= 3 && stretch.iter().all(|line| line.indent > wrapping.margin)
        });
        if let Some(shape) = shapes.get_mut(place)
            && between
            && few
        {
            *shape = Shape::Set;
        }
    }
    shapes
}

fn shape(stretch: &Stretch<'_>, meant: &[bool], wrapping: Wrapping) -> Shape {
    let signs = stretch.iter().filter(|line| is_set(line.text)).count();
    let marked = meant.contains(&true);
    let stands_in = stretch.iter().all(|line| line.indent > wrapping.margin);
    let lines = stretch.len();
    let set = match (stands_in, marked) {
        (true, false) if lines == 1 => signs == 1 && !ends_sentence(first(stretch)),
        (true, false) => signs * 3 >= lines,
        (true, true) => lines > 1 && signs * 3 >= lines * 2,
        (false, _) => lines > 1 && signs * 3 >= lines * 2 && signs > 1,
    };
    if set {
        Shape::Set
    } else if !marked && is_verse(stretch, stands_in) {
        Shape::Verse
    } else {
        Shape::Prose
    }
}

fn first<'t>(stretch: &Stretch<'t>) -> &'t str {
    stretch.first().map_or("", |line| line.text)
}

/// Returns whether a line shows that its blanks count.
fn is_set(line: &str) -> bool {
    if is_bare(line)
        || is_rule(line) && !line.contains(COLUMN)
        || super::contents::entry(line).is_some()
    {
        return false;
    }
    is_drawn(line) || has_columns(line) || is_program(line)
}

/// Returns whether a line has none of the signs that are looked for below, which nearly all lines have not: one look at
/// its bytes is a tenth of the work of looking for each sign by itself.
fn is_bare(line: &str) -> bool {
    let (mut letters, mut blanks, mut gap, mut widest_gap) = (0, 0, 0, 0);
    for byte in line.bytes() {
        match byte {
            b' ' => {
                blanks += 1;
                gap += 1;
                widest_gap = widest_gap.max(gap);
                continue;
            }
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => letters += 1,
            b'!' | b'(' | b')' | b',' | b'-' | b'.' | b':' | b';' | b'?' | b'\'' | b'_' | b'@' => {}
            _ => return false,
        }
        gap = 0;
    }
    widest_gap < COLUMN.len()
        && letters * 3 >= line.len() - blanks
        && (blanks > 0 || line.len() < LONG_WORD)
        && !line.ends_with(';')
        && !line.contains("();")
        && !BEGINS.iter().any(|known| line.starts_with(known))
}

/// Returns whether a line is drawn: boxes, arrows, the frames of tables.
fn is_drawn(line: &str) -> bool {
    let bars = line.matches('|').count();
    bars >= 2
        || bars == 1 && (line.starts_with('|') || line.ends_with('|'))
        || line.chars().any(|c| ('\u{2500}'..='\u{259f}').contains(&c))
        || line.chars().filter(|c| c.is_alphanumeric()).count() * 3
            < line.chars().filter(|c| !c.is_whitespace()).count()
            && line
                .chars()
                .any(|c| matches!(c, '+' | '|' | '/' | '\\' | '^' | '<' | '>' | 'v'))
}

/// Returns whether wide gaps part the words of a line, past its mark.
fn has_columns(line: &str) -> bool {
    let past = |at: usize| {
        line.get(..at)
            .is_some_and(|before| before.chars().count() > 4)
    };
    let gap = line
        .match_indices(COLUMN)
        .map(|(at, _)| at)
        .chain(line.match_indices('\t').map(|(at, _)| at))
        .find(|at| past(*at));
    gap.is_some_and(|at| !line.get(..at).is_some_and(ends_sentence))
}

fn is_program(line: &str) -> bool {
    let ends = line.ends_with(['{', '}'])
        || line.ends_with(';') && line.contains(['(', '=', '[', '"', '*']) && !line.contains(". ");
    let word = line.len() >= LONG_WORD
        && !line.contains(char::is_whitespace)
        && !line.contains("://")
        && !line.contains('@');
    let bracket =
        line.starts_with(['{', '}', '<']) || line.starts_with('"') && line.contains("\":");
    // A rule of a grammar, a setting: `name = "value" / 1*DIGIT`.
    let assigned = line
        .split_once('=')
        .is_some_and(|(name, _)| name.split_whitespace().count() == 1 && !name.contains("://"));
    ends || word
        || bracket
        || assigned
        || BEGINS.iter().any(|known| line.starts_with(known))
            && !(line.ends_with(['.', ',']) || ends_sentence(line))
        || WITHIN.iter().any(|known| line.contains(known))
}

/// Returns whether the lines were broken by their author: mostly the next word would have fitted on them.
fn is_verse(stretch: &Stretch<'_>, stands_in: bool) -> bool {
    let capital = |line: &&Line<'_>| {
        line.text
            .trim_start_matches(|c: char| !c.is_alphanumeric())
            .starts_with(char::is_uppercase)
    };
    if !stands_in && (stretch.len() < FLUSH_VERSE || !stretch.iter().all(|line| capital(&line))) {
        return false;
    }
    let capitals = stretch.iter().filter(capital).count();
    let widest = stretch.iter().map(|line| line.indent + line.width()).max();
    let Some(widest) = widest.filter(|_| stretch.iter().all(|line| line.width() <= VERSE)) else {
        return false;
    };
    let fits = |(line, next): &(&Line<'_>, &Line<'_>)| {
        let word = next.text.split_whitespace().next().map_or(0, width);
        line.indent + line.width() + 1 + word <= widest
    };
    let breaks = stretch.len().saturating_sub(1);
    let meant = stretch
        .iter()
        .zip(stretch.iter().skip(1))
        .filter(fits)
        .count();
    let open = stretch
        .iter()
        .filter(|line| !ends_sentence(line.text))
        .count();
    if stands_in {
        stretch.len() >= 2 && meant * 2 >= breaks && capitals * 2 >= stretch.len()
    } else {
        open * 2 >= stretch.len()
            && stretch.iter().all(|line| {
                marks::mark(line).is_none() && line.text.split_whitespace().count() >= 2
            })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::lines;
    use super::*;

    proptest! {
        #[test]
        fn what_is_bare_shows_nothing(
            words in proptest::collection::vec(prop::sample::select(&SAMPLES[..]), 0..8),
            line in "[ -~é]{0,40}",
        ) {
            for line in [words.concat(), line] {
                prop_assert!(!is_bare(&line) || !(is_drawn(&line) || has_columns(&line) || is_program(&line)), "{}", line);
            }
        }
    }

    const SAMPLES: [&str; 21] = [
        "word",
        "Two words ",
        " ",
        "   ",
        "v",
        ". . ",
        "--",
        "();",
        ";",
        "return ",
        "if (",
        "class ",
        "(",
        "=",
        "-->",
        "+",
        "abcdefghijklmnopqrstuvwxyzabcdef",
        "\t",
        "://",
        "\"",
        "_",
    ];

    #[test]
    fn what_is_set_by_hand_is_told_from_prose_and_verse() {
        for (text, expected) in [
            (
                "    0                   1\n   +-+-+-+\n   |Ver| Type |",
                Shape::Set,
            ),
            ("   body-value = \"7BIT\" / \"8BITMIME\"", Shape::Set),
            (
                "     {\"typ\":\"JWT\",\n      \"alg\":\"HS256\"}",
                Shape::Set,
            ),
            ("     eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9", Shape::Set),
            ("int main(void) {\n    return 0;\n}", Shape::Set),
            ("Name      Age\nAnn       31\nBen       4", Shape::Set),
            ("    $ make\n    $ make install", Shape::Set),
            (
                "    The rain it raineth every day,\n    And so it does in spring;\n    The wind is up",
                Shape::Verse,
            ),
            (
                "Tyger Tyger, burning bright,\nIn the forests of the night;\nWhat immortal hand or eye,\nCould frame thy fearful symmetry?",
                Shape::Verse,
            ),
            (
                "    Words that are quoted at some length and broken at\n    the measure of the page, as all of the text around\n    them is.",
                Shape::Prose,
            ),
            (
                "A sentence.   Another one, with a wide gap.\nAnd more.   Yes.",
                Shape::Prose,
            ),
            ("Head\n====\nText.", Shape::Prose),
            ("Ann said | thought\nthat it was so.", Shape::Prose),
        ] {
            let stretches = lines::stretches(text);
            let meant = marks::meant(&stretches);
            let wrapping = Wrapping {
                measure: None,
                margin: 0,
            };
            assert_eq!(shapes(&stretches, &meant, wrapping), [expected], "{text}");
        }
    }
}
