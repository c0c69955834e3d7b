//! What a memo refers to within itself: `[RFC2119]` and `[1]` lead to the entry that begins so, `Section 4.2` and
//! `Appendix B` to the heading that bears the number. What has no goal in the text stays words, and so does a section
//! of something else (`Section 5 of [RFC2119]`).

use std::collections::HashSet;

use super::sections;
use crate::document::{BlockKind, Body, Destination, Span, SpanKind, TextRange};

/// The longest label, in bytes.
const LABEL: usize = 40;

/// The longest number of a section, in bytes.
const NUMBER: usize = 16;

/// What stands before the number of a section.
const BEFORE: [&str; 6] = [
    "Section ",
    "section ",
    "Sections ",
    "sections ",
    "Appendix ",
    "appendix ",
];

/// Returns a body whose references lead to what they mean.
pub(super) fn link(body: Body) -> Body {
    let goals = Goals::of(&body);
    if goals.labels.is_empty() && goals.numbers.is_empty() {
        return body;
    }
    let mut found = Vec::new();
    for block in body.blocks() {
        if !matches!(block.kind, BlockKind::Code | BlockKind::Heading { .. }) {
            let start = block.range.start as usize;
            goals.find(body.slice(block.range), start, &mut found);
        }
    }
    found.retain(|span: &Span| body.spans_in(span.range).next().is_none());
    // A goal that nothing leads to is none.
    let led: HashSet<&str> = found
        .iter()
        .filter_map(|span| match &span.kind {
            SpanKind::Link(to) => to.strip_prefix('#'),
            _ => None,
        })
        .collect();
    let destinations = goals.destinations.iter();
    let destinations: Vec<Destination> = destinations
        .filter(|one| led.contains(one.name.as_str()))
        .cloned()
        .collect();
    let mut raw = body.into_raw();
    raw.destinations.extend(destinations);
    raw.spans.extend(found);
    Body::from_raw(raw)
}

/// What may be referred to.
#[derive(Debug, Default)]
struct Goals {
    labels: HashSet<String>,
    numbers: HashSet<String>,
    destinations: Vec<Destination>,
}

impl Goals {
    fn of(body: &Body) -> Self {
        let mut goals = Self::default();
        for block in body.blocks() {
            let words = body.slice(block.range);
            let at = block.range.start;
            match block.kind {
                BlockKind::Heading { .. } => {
                    if let Some(number) = number_of(words) {
                        goals.number(number, at);
                    }
                }
                BlockKind::Code => {}
                _ => {
                    if let Some((label, rest)) = label(words)
                        && rest.starts_with(char::is_whitespace)
                        && goals.labels.insert(label.to_owned())
                    {
                        goals.place(label_name(label), at);
                    }
                }
            }
        }
        goals
    }

    fn number(&mut self, number: &str, at: u32) {
        if self.numbers.insert(number.to_owned()) {
            self.place(section_name(number), at);
        }
    }

    fn place(&mut self, name: String, at: u32) {
        self.destinations.push(Destination { name, at });
    }

    /// Finds the references of a block that begins at `start`.
    fn find(&self, words: &str, start: usize, found: &mut Vec<Span>) {
        if !self.labels.is_empty() {
            for (at, _) in words.match_indices('[').filter(|(at, _)| *at > 0) {
                let rest = words.get(at..).unwrap_or_default();
                if let Some((label, _)) =
                    label(rest).filter(|(label, _)| self.labels.contains(*label))
                {
                    let range = TextRange::new(start + at, start + at + label.len() + 2);
                    found.push(link_to(&label_name(label), range));
                }
            }
        }
        if self.numbers.is_empty() {
            return;
        }
        for before in BEFORE {
            for (at, _) in words.match_indices(before) {
                let from = at + before.len();
                let rest = words.get(from..).unwrap_or_default();
                let is_word = words
                    .get(..at)
                    .is_some_and(|words| words.ends_with(char::is_alphanumeric));
                if is_word {
                    continue;
                }
                if let Some(number) = self.meant(rest) {
                    let to = from + number.len();
                    let from = if before.ends_with("s ") { from } else { at };
                    let range = TextRange::new(start + from, start + to);
                    found.push(link_to(&section_name(number), range));
                }
            }
        }
    }

    /// Returns the number that words begin with, where a section of this text bears it.
    fn meant<'w>(&self, rest: &'w str) -> Option<&'w str> {
        let number = number(rest)?;
        let after = rest.get(number.len()..)?.trim_start();
        let elsewhere = after
            .strip_prefix("of ")
            .is_some_and(|of| of.starts_with('[') || of.starts_with("RFC"));
        (self.numbers.contains(number) && !elsewhere).then_some(number)
    }
}

fn link_to(name: &str, range: TextRange) -> Span {
    Span {
        kind: SpanKind::Link(format!("#{name}")),
        range,
    }
}

fn label_name(label: &str) -> String {
    format!("ref-{}", label.to_lowercase())
}

fn section_name(number: &str) -> String {
    format!("section-{}", number.to_lowercase())
}

/// Returns the label in brackets that words begin with, and what follows.
fn label(words: &str) -> Option<(&str, &str)> {
    let inner = words.strip_prefix('[')?;
    let near = inner.get(..inner.floor_char_boundary(LABEL))?;
    let end = near.find(']')?;
    let label = near.get(..end)?;
    let sound = label.starts_with(|c: char| c.is_ascii_digit() || c.is_ascii_uppercase())
        && label
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | '_' | ':' | '+' | '/'));
    sound.then_some((label, inner.get(end + 1..)?))
}

/// Returns the number of a section that words begin with: `4.2`, `B`, `B.1`.
fn number(words: &str) -> Option<&str> {
    let near = words.get(..words.floor_char_boundary(NUMBER))?;
    let end = near
        .find(|c: char| !(c.is_ascii_alphanumeric() || c == '.'))
        .unwrap_or(near.len());
    let number = near.get(..end)?.trim_end_matches('.');
    let mut parts = number.split('.');
    let first = parts.next()?;
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let is_letter = first.len() == 1 && first.starts_with(|c: char| c.is_ascii_uppercase());
    ((is_number(first) || is_letter) && parts.all(is_number)).then_some(number)
}

/// Returns the number that a heading bears.
fn number_of(heading: &str) -> Option<&str> {
    sections::level(heading)?;
    number(heading.strip_prefix("Appendix ").unwrap_or(heading))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::format::testing;

    const MEMO: &str = "On Weather\n\n1.  Rain\n\n   As [RFC2119] has it, see Section 2.1 and Appendix A; not Section 9,\n   \
        Section 2.1 of [RFC2119] or [XY].  It is [1] said in Sections 1 and 2.1.\n\n\
        2.  Snow\n\n   It snows a lot in the far north of all the countries that we know of,\n   and so it goes on.\n\n\
        2.1.  Hail\n\n   It hails too, as one may see in section 1.\n\n\
        Appendix A.  More\n\n   There is more of it, as has been said before by others than us.\n\n\
        References\n\n   [RFC2119] Bradner, S., \"Key words\", 1997.\n\n   [1] Smith, A., \"On rain\", 2001.\n";

    #[test]
    fn references_lead_to_what_the_text_has() {
        let found = testing::read_one("memo.txt", MEMO);
        assert_eq!(
            testing::spans(&found),
            [
                "#ref-rfc2119: [RFC2119]",
                "#section-2.1: Section 2.1",
                "#section-a: Appendix A",
                "#ref-rfc2119: [RFC2119]",
                "#ref-1: [1]",
                "#section-1: 1",
                "#section-1: section 1",
            ]
        );
        for (name, words) in [
            ("section-2.1", "2.1."),
            ("section-a", "Appendix A"),
            ("ref-rfc2119", "[RFC2119] Bradner"),
            ("ref-1", "[1] Smith"),
        ] {
            let at = found.body.destination(name).unwrap() as usize;
            assert!(found.body.text()[at..].starts_with(words), "{name}");
        }
        assert!(found.body.destination("section-2").is_none());
    }

    proptest! {
        #[test]
        fn any_text_is_linked_soundly(text in "(\\[[0-9A-Zé]{1,3}\\]|[Ss]ections? [0-9.A-Z]{1,4}|Appendix [A-C]|[0-9]\\.  ?Xy|\n\n|[ a.é]){0,40}") {
            let documents = testing::read_all("a.txt", text.as_bytes()).0;
            for document in documents {
                let body = &document.body;
                for span in body.spans() {
                    if let SpanKind::Link(to) = &span.kind && let Some(name) = to.strip_prefix('#') {
                        prop_assert!(body.destination(name).is_some());
                    }
                    prop_assert!(!body.slice(span.range).is_empty());
                }
            }
        }
    }
}
