//! What a letter has below its text, and what programs put around it: signatures, the footers of lists, armour.

/// How many lines a signature and a footer have together, at most.
const TAIL_LINES: usize = 24;

/// The text of a letter taken apart.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Parted<'t> {
    /// What it says.
    pub text: &'t str,
    /// A patch that it brings.
    pub patch: &'t str,
    /// Its signature, and the footers below it.
    pub tails: Vec<&'t str>,
}

/// Takes a text apart.
pub(super) fn parted(text: &str) -> Parted<'_> {
    let (text, tail) = text.split_at(tail_start(text));
    let (text, patch) = text.split_at(patch_start(text));
    let mut tails = Vec::new();
    let mut open: Option<(usize, usize)> = None;
    let mut at = 0;
    for line in tail.split_inclusive('\n') {
        let next = at + line.len();
        open = match open {
            Some((start, end)) if parts(line) => {
                tails.extend(tail.get(start..end));
                Some((next, next))
            }
            Some((start, _)) => Some((start, next)),
            None => Some((next, next)),
        };
        at = next;
    }
    tails.extend(open.and_then(|(start, end)| tail.get(start..end)));
    tails.retain(|tail| !tail.trim().is_empty());
    Parted { text, patch, tails }
}

/// Returns where the tail begins: with the first line that parts it, among the last lines of a text, which must not
/// quote anything below it.
fn tail_start(text: &str) -> usize {
    let mut end = text.len();
    let mut start = text.len();
    for line in text.split_inclusive('\n').rev().take(TAIL_LINES) {
        if line.starts_with('>') {
            break;
        }
        end -= line.len();
        if parts(line) {
            start = end;
        }
    }
    start
}

/// Returns whether a line parts a signature or a footer from what stands before it.
fn parts(line: &str) -> bool {
    let line = line.trim_end();
    line == "--" || line.len() >= 30 && line.bytes().all(|byte| byte == b'_')
}

/// Returns where a patch begins; it ends with the text.
fn patch_start(text: &str) -> usize {
    let mut at = 0;
    let mut old: Option<usize> = None;
    for line in text.split_inclusive('\n') {
        if line.starts_with("diff --git ") {
            return at;
        }
        if let Some(old) = old.take()
            && line.starts_with("+++ ")
        {
            return old;
        }
        if line.starts_with("--- ") {
            old = Some(at);
        }
        at += line.len();
    }
    text.len()
}

/// Returns a text without the armour of PGP: who signed is for programs, and what is encrypted cannot be read here.
pub(super) fn without_armour(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let (mut hidden, mut signed, mut in_head) = (false, false, false);
    for line in text.split_inclusive('\n') {
        let words = line.trim_end();
        if let Some(what) = words.strip_prefix("-----BEGIN PGP ") {
            signed |= what.starts_with("SIGNED MESSAGE");
            in_head = what.starts_with("SIGNED MESSAGE");
            hidden = !in_head;
            if what.starts_with("MESSAGE") {
                plain.push_str("(What follows is encrypted.)\n");
            }
        } else if words.starts_with("-----END PGP ") {
            (hidden, signed) = (false, false);
        } else if in_head {
            in_head = !words.is_empty();
        } else if !hidden {
            plain.push_str(line.strip_prefix("- ").filter(|_| signed).unwrap_or(line));
        }
    }
    plain
}

/// Returns a text of `format=flowed` (RFC 3676) with a paragraph a line. `joins_words` is its `delsp`: the blank that
/// marks a broken line is no blank of the text.
pub(super) fn unflowed(text: &str, joins_words: bool) -> String {
    let mut whole = String::with_capacity(text.len());
    let mut flowing: Option<usize> = None;
    for line in text.lines() {
        let words = line.trim_start_matches('>');
        let quoted = line.len() - words.len();
        let words = words.strip_prefix(' ').unwrap_or(words);
        let is_signature = words == "-- ";
        let goes_on = flowing == Some(quoted) && !is_signature;
        if !goes_on {
            if !whole.is_empty() {
                whole.push('\n');
            }
            whole.extend(std::iter::repeat_n('>', quoted));
            if quoted > 0 {
                whole.push(' ');
            }
        }
        let flows = words.ends_with(' ') && !is_signature;
        whole.push_str(if flows && joins_words {
            words.trim_end_matches(' ')
        } else {
            words
        });
        flowing = flows.then_some(quoted);
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_and_footers_stand_apart() {
        let line = "_".repeat(40);
        let text = format!("Hello\n\n-- \nAnn\n{line}\nlist mailing list\n");
        let found = parted(&text);
        assert_eq!(
            (found.text, found.tails),
            ("Hello\n\n", vec!["Ann\n", "list mailing list\n"])
        );
        let quoted = parted("-- \nAnn\n\n> Hello\n");
        assert!(quoted.tails.is_empty());
        let patch = parted("See:\n--- a/x\n+++ b/x\n@@\n-- \n2.39\n");
        assert_eq!(
            (patch.text, patch.patch),
            ("See:\n", "--- a/x\n+++ b/x\n@@\n")
        );
    }

    #[test]
    fn armour_goes_and_what_was_signed_stays() {
        let text = "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA1\n\nHello\n- -- \nAnn\n\
                    -----BEGIN PGP SIGNATURE-----\niQ\n-----END PGP SIGNATURE-----\nBelow\n";
        assert_eq!(without_armour(text), "Hello\n-- \nAnn\nBelow\n");
    }

    #[test]
    fn flowed_lines_are_joined_within_their_quotation() {
        for (text, joins_words, expected) in [
            ("It is \nthe first.\nAnd", false, "It is the first.\nAnd"),
            ("> one \n> two \nthree", false, "> one two \nthree"),
            (">> one \n> two", false, ">> one \n> two"),
            ("one \n-- \nAnn", false, "one \n-- \nAnn"),
            (" From here", false, "From here"),
            ("漢 \n字", true, "漢字"),
        ] {
            assert_eq!(unflowed(text, joins_words), expected);
        }
    }
}
