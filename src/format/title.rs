//! A phrase of the text that stands in for a title that its source did not give.
//!
//! The opening of a text says best what it is, once the greeting is passed: the first sentence, cut where a clause
//! of it ends. Only where the first sentences have no such place is a phrase cut between words and marked by an
//! ellipsis. The phrase is always the text's own words, in their order.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::document::{BlockKind, Body, Title};

/// The widest phrase, in cells: what a list at 100 columns shows of a title.
const WIDEST: usize = 66;

/// How far into a sentence its clauses are looked for, in bytes: what fits ends well before.
const NEAR: usize = 512;

/// The fewest words that say something.
const FEWEST_WORDS: usize = 3;

/// How many sentences are looked at for a clause that fits, before one is cut.
const SENTENCES: usize = 3;

/// The words that a greeting begins with.
const GREETINGS: [&str; 9] = [
    "hi",
    "hello",
    "hey",
    "dear",
    "greetings",
    "morning",
    "afternoon",
    "evening",
    "good",
];

/// How many words a greeting has at most: `Good morning to you all`.
const GREETING_WORDS: usize = 5;

/// Returns a phrase of `body` marked as derived, or an empty title for a body without words.
pub(super) fn derive(body: &Body) -> Title {
    let text = phrase(body).or_else(|| any_words(body)).unwrap_or_default();
    Title {
        derived: !text.is_empty(),
        text,
    }
}

/// Returns whether a line is a greeting and nothing else.
pub(super) fn is_greeting(line: &str) -> bool {
    without_greeting(line).is_empty()
}

/// Returns the first clause that fits, out of the first sentences of running text.
fn phrase(body: &Body) -> Option<String> {
    let running = body
        .blocks()
        .iter()
        .filter(|block| matches!(block.kind, BlockKind::Paragraph | BlockKind::Standfirst));
    let sentences: Vec<&str> = running
        .flat_map(|block| body.slice(block.range).split_sentence_bounds())
        .map(without_greeting)
        .filter(|sentence| sentence.split_whitespace().count() >= FEWEST_WORDS)
        .take(SENTENCES)
        .collect();
    let whole_or_clause = sentences.iter().find_map(|sentence| {
        clause(sentence, clause_ends).or_else(|| clause(sentence, phrase_ends))
    });
    whole_or_clause
        .map(str::to_owned)
        .or_else(|| Some(cut(sentences.first()?)))
        .map(|phrase| phrase.replace('\n', " "))
}

/// Returns the beginning of a text that has no running sentence: a heading, a list of names.
fn any_words(body: &Body) -> Option<String> {
    let block = body
        .blocks()
        .iter()
        .find(|block| block.kind != BlockKind::Rule)?;
    Some(cut(&body.slice(block.range).replace(['\n', '\t'], " ")))
}

/// Returns the rest of a sentence after the greeting it begins with.
fn without_greeting(sentence: &str) -> &str {
    let sentence = sentence.trim();
    let first = sentence
        .split(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default()
        .to_lowercase();
    if !GREETINGS.contains(&first.as_str()) {
        return sentence;
    }
    match sentence.split_once([',', '!', ':', '\n']) {
        Some((greeting, rest)) if words(greeting) <= GREETING_WORDS => rest.trim_start(),
        None if words(sentence) <= GREETING_WORDS => "",
        _ => sentence,
    }
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// Returns the longest beginning of `sentence` that fits and stops at one of its `ends`, or all of it.
fn clause(sentence: &str, ends: impl Fn(&str) -> Vec<usize>) -> Option<&str> {
    let near = sentence
        .get(..sentence.floor_char_boundary(NEAR))
        .unwrap_or_default();
    let mut ends = ends(near);
    if near.len() == sentence.len() {
        ends.push(sentence.len());
    }
    ends.iter()
        .rev()
        .filter_map(|end| sentence.get(..*end))
        .map(|clause| {
            clause
                .trim_end()
                .trim_end_matches(['.', ',', ';', ':', '…', '–', '—', '-'])
                .trim_end()
        })
        .find(|clause| clause.width() <= WIDEST && words(clause) >= FEWEST_WORDS)
}

/// Returns the places before the marks that end a clause.
fn clause_ends(sentence: &str) -> Vec<usize> {
    places(sentence, |before, mark, after| {
        let follows_blank = before.ends_with(char::is_whitespace);
        let before_blank = after.starts_with(char::is_whitespace);
        match mark {
            '—' => true,
            ',' | ';' | ':' => before_blank,
            '–' | '-' => follows_blank && before_blank,
            '(' => follows_blank,
            _ => false,
        }
    })
    .map(|(mark, _)| mark)
    .collect()
}

/// Returns the places after what closes a quotation or a parenthesis that was opened before.
fn phrase_ends(sentence: &str) -> Vec<usize> {
    let pairs = [('‘', '’'), ('“', '”'), ('(', ')'), ('«', '»')];
    places(sentence, |before, mark, after| {
        let opened = pairs
            .iter()
            .any(|(open, close)| *close == mark && before.contains(*open));
        opened && after.starts_with(char::is_whitespace)
    })
    .map(|(_, after)| after)
    .collect()
}

/// Returns the bytes where each character that `is_end` begins and ends, told by what stands before and after it.
fn places(
    sentence: &str,
    is_end: impl Fn(&str, char, &str) -> bool,
) -> impl Iterator<Item = (usize, usize)> {
    sentence.char_indices().filter_map(move |(at, mark)| {
        let end = at + mark.len_utf8();
        let (before, after) = (sentence.get(..at)?, sentence.get(end..)?);
        is_end(before, mark, after).then_some((at, end))
    })
}

/// Returns as many whole words as fit, with an ellipsis where some are left.
fn cut(text: &str) -> String {
    let text = text.trim();
    if text.width() <= WIDEST {
        return text.trim_end_matches(['.', ',', ';', ':']).to_owned();
    }
    let mut kept = String::new();
    for word in text.split_whitespace() {
        if kept.width() + word.width() + 2 > WIDEST {
            break;
        }
        if !kept.is_empty() {
            kept.push(' ');
        }
        kept.push_str(word);
    }
    if kept.is_empty() {
        // One word wider than the phrase may be: an address, or a script that sets no blanks.
        for cluster in text.graphemes(true) {
            if kept.width() + cluster.width() >= WIDEST {
                break;
            }
            kept.push_str(cluster);
        }
    }
    let kept = kept.trim_end_matches([',', ';', ':', '–', '—']);
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::document::BodyBuilder;

    fn derived(paragraphs: &[&str]) -> Title {
        let mut builder = BodyBuilder::new();
        for paragraph in paragraphs {
            builder.block(BlockKind::Paragraph, paragraph);
        }
        derive(&builder.finish())
    }

    #[test]
    fn the_title_is_a_clause_of_the_opening_and_never_a_greeting() {
        for (paragraphs, expected) in [
            (
                &[
                    "Hi All,",
                    "My time as an Associate is now coming to an end, and I thought it might be helpful to sum up.",
                ][..],
                "My time as an Associate is now coming to an end",
            ),
            (
                &["Hello everyone, we have moved house."],
                "we have moved house",
            ),
            (
                &[
                    "As I near the end of my first quarter of being ‘Inside Outcomes’ I have built in some reflection time.",
                ],
                "As I near the end of my first quarter of being ‘Inside Outcomes’",
            ),
            (
                &["Who cares for the carers? We do."],
                "Who cares for the carers?",
            ),
            (
                &[
                    "The organisations that deliver public services under contract to a council are many. Language is an issue.",
                ],
                "Language is an issue",
            ),
            (
                &[
                    "The organisations that deliver public services under contract to a local council are very many indeed",
                ],
                "The organisations that deliver public services under contract to…",
            ),
            (&["Contents"], "Contents"),
            (&[], ""),
        ] {
            let title = derived(paragraphs);
            assert_eq!(title.text, expected);
            assert_eq!(title.derived, !expected.is_empty());
        }
    }

    proptest! {
        #[test]
        fn any_text_gives_a_phrase_that_fits(text in "([A-Za-z,.:;–—‘’()!?\n -]|Hi|漢|é|👩‍👩‍👧){0,120}") {
            let title = derived(&[&text]);
            prop_assert!(title.text.width() <= WIDEST + 1, "{}", title.text);
        }
    }
}
