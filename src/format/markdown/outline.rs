//! Lines that programs write for themselves among those of a person: comments that stand in lines of their own
//! (Obsidian), what an outliner notes of its blocks (Logseq).

use crate::format::signs;

/// The properties of a block that only Logseq needs.
const PROPERTIES: [&str; 10] = [
    "background-color",
    "card-last-interval",
    "card-last-reviewed",
    "card-next-schedule",
    "card-last-score",
    "card-repeats",
    "card-ease-factor",
    "collapsed",
    "heading",
    "id",
];

/// What a text has in it that may be such a line.
pub(super) const SIGNS: [&str; 4] = ["%%", ":: ", ":LOGBOOK:", "CLOCK: ["];

/// Tells such lines from others.
#[derive(Debug, Default)]
pub(super) struct Outline {
    /// How many lines there are that open or close a comment.
    marks: usize,
    in_comment: bool,
    /// Some line may be a property.
    has_properties: bool,
}

impl Outline {
    /// Returns what tells the lines of a text.
    pub fn of(text: &str) -> Self {
        let marks = signs::has(text, "%%").then(|| text.lines().filter(|line| line.trim() == "%%"));
        Self {
            marks: marks.map_or(0, Iterator::count),
            in_comment: false,
            has_properties: signs::has(text, ":: "),
        }
    }

    /// Returns whether a line is not for a reader.
    pub fn hides(&mut self, bare: &str) -> bool {
        let bare = bare.trim_end();
        if bare == "%%" {
            // One that nothing closes is a sign as others.
            self.marks = self.marks.saturating_sub(1);
            let is_mark = self.in_comment || self.marks > 0;
            self.in_comment = !self.in_comment && self.marks > 0;
            return is_mark;
        }
        self.in_comment
            || matches!(bare, ":LOGBOOK:" | ":END:")
            || bare.starts_with("CLOCK: [")
            || self.has_properties && is_property(bare)
    }
}

/// Returns whether a line is a property that only a program needs.
fn is_property(bare: &str) -> bool {
    bare.split_once("::").is_some_and(|(name, value)| {
        value.starts_with(' ') && (PROPERTIES.contains(&name) || name.starts_with("logseq."))
    })
}

#[cfg(test)]
mod tests {
    use super::super::mend::mend;

    #[test]
    fn lines_that_are_for_programs_go() {
        for (text, expected) in [
            ("a\n%%\nb\n\nc\n%%\nd\n", "a\nd\n"),
            ("a\n%%\nb\n", "a\n%%\nb\n"),
            (
                "- a\n  id:: 64ab\n  collapsed:: true\n  rating:: 5\n",
                "- a\n  rating:: 5\n",
            ),
            (
                "- DONE a\n  :LOGBOOK:\n  CLOCK: [2024-05-01 Wed 10:00:00]\n  :END:\n- b\n",
                "- DONE a\n- b\n",
            ),
            ("```\nid:: 1\n%%\n```\n", "```\nid:: 1\n%%\n```\n"),
        ] {
            assert_eq!(mend(text), expected, "{text}");
        }
    }
}
