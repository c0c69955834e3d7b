//! Subjects without what programs put before them: `Re:`, `Fwd:`, the name of the list.

/// What programs of several tongues put before the subject of a reply.
const REPLY: [&str; 9] = ["re", "aw", "sv", "antw", "vs", "odp", "ynt", "ref", "r"];

/// What they put before that of a letter that is passed on.
const PASSED_ON: [&str; 6] = ["fwd", "fw", "wg", "tr", "rv", "enc"];

/// The longest tag in brackets, in bytes: the name of a list, `PATCH v2 1/3`.
const TAG: usize = 40;

/// A subject taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Subject<'t> {
    /// What it says itself.
    pub base: &'t str,
    /// It says that it answers.
    pub is_reply: bool,
}

impl<'t> Subject<'t> {
    /// Takes a subject apart. Tags in brackets go where they are the name of the list, or where `every_tag` says so:
    /// two subjects are compared without them, but `[PATCH]` is a part of what a person calls the letter.
    pub fn of(text: &'t str, list: Option<&str>, every_tag: bool) -> Self {
        let mut subject = Self {
            base: text.trim(),
            is_reply: false,
        };
        loop {
            let before = subject.base;
            if let Some((word, rest)) = before.split_once(':') {
                let word =
                    word.trim_end_matches(|c: char| c.is_ascii_digit() || "[]()^ ".contains(c));
                let is = |words: &[&str]| words.iter().any(|one| one.eq_ignore_ascii_case(word));
                if is(&REPLY) || is(&PASSED_ON) {
                    subject.is_reply |= is(&REPLY);
                    subject.base = rest.trim_start();
                }
            }
            if let Some((tag, rest)) = tag(subject.base)
                && !rest.is_empty()
                && (every_tag
                    || list.is_some_and(|list| tag.eq_ignore_ascii_case(list))
                    || answers(rest))
            {
                subject.base = rest;
            }
            if subject.base.len() == before.len() {
                return subject;
            }
        }
    }
}

/// Returns the tag in brackets that a subject begins with, and what follows it.
fn tag(text: &str) -> Option<(&str, &str)> {
    let (tag, rest) = text.strip_prefix('[')?.split_once(']')?;
    (tag.len() <= TAG && !tag.contains('[')).then_some((tag, rest.trim_start()))
}

/// Returns whether a `Re:` follows: what stands before it was put there by a program.
fn answers(rest: &str) -> bool {
    let word = rest.split(':').next().unwrap_or_default();
    word.len() < rest.len() && REPLY.iter().any(|one| one.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_loses_what_programs_put_before_it() {
        for (text, list, base, is_reply) in [
            ("On trust", None, "On trust", false),
            ("Re: RE: re[2]: On trust", None, "On trust", true),
            ("[care] Re: On trust", None, "On trust", true),
            ("[Care] On trust", Some("care"), "On trust", false),
            ("[PATCH 1/2] fix", Some("dev"), "[PATCH 1/2] fix", false),
            ("Fwd: AW: Über", None, "Über", true),
            ("Recipe: soup", None, "Recipe: soup", false),
            ("Re:", None, "", true),
            ("[care]", Some("care"), "[care]", false),
        ] {
            let subject = Subject::of(text, list, false);
            assert_eq!((subject.base, subject.is_reply), (base, is_reply), "{text}");
        }
    }
}
