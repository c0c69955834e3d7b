//! Marks within a paragraph: `*so*`, `**so**`, ``so``, roles, references, notes, bare addresses.

use super::roles::{self, Role, parted};
use super::targets::{self, Base, Targets, absolute};
use crate::document::{BodyBuilder, SpanKind};
use crate::format::{beside, org};

/// How far the end of a mark is looked for, in bytes.
const FAR: usize = 2000;

/// The longest name of a role and label of a note, in bytes.
const ROLE: usize = 64;

/// The longest bare word that leads somewhere, in bytes: it is looked for backwards from each low line.
const WORD: usize = 128;

/// Writes words with their marks into the open block.
pub(super) fn write(words: &str, targets: &mut Targets, base: Base<'_>, builder: &mut BodyBuilder) {
    let mut plain = 0;
    let mut at = 0;
    let mut before = ' ';
    let mut writer = Writer {
        targets,
        base,
        builder,
    };
    while let Some(rest) = words.get(at..).filter(|rest| !rest.is_empty()) {
        let Some(first) = rest.chars().next() else {
            break;
        };
        let mut next = first.len_utf8();
        let mark = match first {
            '\\' => {
                writer
                    .builder
                    .text(words.get(plain..at).unwrap_or_default());
                let after = rest.get(1..).and_then(|rest| rest.chars().next());
                // A blank that is escaped is none; any other sign stands for itself.
                let blank = after.is_none_or(char::is_whitespace);
                plain = at
                    + 1
                    + if blank {
                        after.map_or(0, char::len_utf8)
                    } else {
                        0
                    };
                next = 1 + after.map_or(0, char::len_utf8);
                None
            }
            '*' | '`' | '|' | ':' | '[' if opens(before) => mark(rest),
            'h' if opens(before) => org::address(rest).map(|length| (length, Mark::Address)),
            '_' if opens(before) && rest.starts_with("_`") => {
                let target = rest.get(1..).and_then(|rest| between(rest, "`"));
                target.map(|(length, within)| (length + 1, Mark::Target(within)))
            }
            '_' => named(words, plain, at),
            _ => None,
        };
        match mark {
            Some((length, Mark::Named(name))) => {
                let start = at - name.len();
                if let Some(address) = writer.targets.address(name) {
                    writer
                        .builder
                        .text(words.get(plain..start).unwrap_or_default());
                    writer.link(address, name);
                    at += length;
                    plain = at;
                } else {
                    at += next;
                }
            }
            Some((length, mark)) => {
                writer
                    .builder
                    .text(words.get(plain..at).unwrap_or_default());
                writer.mark(&mark, rest.get(..length).unwrap_or_default());
                at += length;
                plain = at;
            }
            None => at += next,
        }
        before = first;
    }
    writer.builder.text(words.get(plain..).unwrap_or_default());
}

/// A mark and what stands in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark<'w> {
    Emphasis(&'w str),
    Strong(&'w str),
    Code(&'w str),
    /// A role and its words.
    Role(&'w str, &'w str),
    /// Words that lead somewhere, by the name that they are or have: one that no other needs, for two low lines.
    Reference(&'w str, bool),
    Words(&'w str),
    Note(&'w str),
    Address,
    /// Words that other words lead to.
    Target(&'w str),
    /// A bare word with a low line behind it.
    Named(&'w str),
}

fn opens(before: char) -> bool {
    before.is_whitespace()
        || matches!(
            before,
            '\'' | '"' | '(' | '[' | '{' | '<' | '-' | '/' | ':' | '“' | '‘' | '—' | '\\'
        )
}

/// Returns the mark that the words begin with, and its length.
fn mark(rest: &str) -> Option<(usize, Mark<'_>)> {
    if let Some((length, within)) = between(rest, "``") {
        return Some((length, Mark::Code(within)));
    }
    if let Some((length, within)) = between(rest, "**") {
        return Some((length, Mark::Strong(within)));
    }
    if rest.starts_with("**") || rest.starts_with("``") {
        return None;
    }
    if let Some((length, within)) = between(rest, "*") {
        return Some((length, Mark::Emphasis(within)));
    }
    if let Some((length, within)) = between(rest, "`") {
        let after = rest.get(length..)?;
        return Some(if after.starts_with("__") {
            (length + 2, Mark::Reference(within, true))
        } else if after.starts_with('_') {
            (length + 1, Mark::Reference(within, false))
        } else {
            (length, Mark::Role("", within))
        });
    }
    if let Some((length, within)) = between(rest, "|") {
        return Some((length, Mark::Words(within)));
    }
    if let Some(after) = rest.strip_prefix(':') {
        let role = after
            .get(..after.floor_char_boundary(ROLE))
            .unwrap_or(after);
        let end = role
            .find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '.' | '+')))?;
        let role = after.get(..end)?.strip_suffix(':')?;
        let (length, within) = between(after.get(end..)?, "`")?;
        return Some((1 + end + length, Mark::Role(role, within)));
    }
    let near = rest.get(..rest.floor_char_boundary(ROLE))?;
    let (label, after) = near.strip_prefix('[')?.split_once(']')?;
    (after.starts_with('_') && !label.contains(char::is_whitespace))
        .then_some((label.len() + 3, Mark::Note(label)))
}

/// Returns what stands between two of the sign, and the length of it all.
fn between<'w>(rest: &'w str, sign: &str) -> Option<(usize, &'w str)> {
    let inner = rest.strip_prefix(sign)?;
    if inner.starts_with(char::is_whitespace) {
        return None;
    }
    let near = inner.get(..inner.floor_char_boundary(FAR))?;
    for (end, _) in near.match_indices(sign).take(8) {
        let within = inner.get(..end)?;
        let after = inner.get(end + sign.len()..)?.chars().next().unwrap_or(' ');
        let literal = sign == "``";
        let closes =
            !after.is_alphanumeric() && (literal || after != '*' && !within.ends_with('\\'));
        if closes && !within.is_empty() && !within.ends_with(char::is_whitespace) {
            return Some((end + 2 * sign.len(), within));
        }
    }
    None
}

/// Returns the bare word before a low line that ends it.
fn named(words: &str, plain: usize, at: usize) -> Option<(usize, Mark<'_>)> {
    let after = words.get(at + 1..)?;
    if after.starts_with(|c: char| c.is_alphanumeric() || c == '_') {
        return None;
    }
    let from = words.floor_char_boundary(at.saturating_sub(WORD));
    let before = words.get(from.max(plain)..at)?;
    let start =
        before.rfind(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '.' | '_' | '+')));
    let word = match start {
        Some(start) => before.get(start + before.get(start..)?.chars().next()?.len_utf8()..)?,
        None if from > plain => return None,
        None => before,
    };
    (!word.is_empty()).then_some((1, Mark::Named(word)))
}

struct Writer<'w, 'b> {
    targets: &'w mut Targets,
    base: Base<'w>,
    builder: &'b mut BodyBuilder,
}

impl Writer<'_, '_> {
    fn span(&mut self, kind: SpanKind, words: &str) {
        self.builder.open_span(kind);
        self.builder.text(words);
        self.builder.close_span();
    }

    fn link(&mut self, address: String, words: &str) {
        self.span(SpanKind::Link(address), words);
    }

    fn mark(&mut self, mark: &Mark<'_>, whole: &str) {
        match *mark {
            Mark::Emphasis(words) => self.span(SpanKind::Emphasis, &plain(words)),
            Mark::Strong(words) => self.span(SpanKind::Strong, &plain(words)),
            Mark::Code(words) => self.span(SpanKind::Code, words),
            Mark::Role(role, words) => self.role(role, words),
            Mark::Reference(words, nameless) => self.reference(words, nameless),
            Mark::Words(name) => {
                let words = self
                    .targets
                    .words(name)
                    .map_or_else(|| whole.to_owned(), plain);
                self.builder.text(&words);
            }
            Mark::Note(label) => match self.targets.reference(label) {
                Some((shown, first)) => {
                    if first {
                        self.builder.destination(&format!("fnref-{shown}"));
                    }
                    self.link(format!("#fn-{shown}"), &format!("[{shown}]"));
                }
                None => self.builder.text(whole),
            },
            Mark::Target(words) => {
                self.builder.destination(&targets::name(words));
                self.builder.text(&plain(words));
            }
            Mark::Address => self.link(whole.to_owned(), whole),
            Mark::Named(_) => {}
        }
    }

    fn role(&mut self, name: &str, words: &str) {
        let words = roles::set(name, words);
        let told = roles::told(name, &words);
        let shown = plain(told.shown);
        match told.role {
            Role::Code => self.span(SpanKind::Code, &shown),
            Role::Strong => self.span(SpanKind::Strong, &shown),
            Role::Emphasis => self.span(SpanKind::Emphasis, &shown),
            Role::Plain => self.builder.text(&shown),
            Role::Document => match self.base.document(told.to) {
                Some(address) => self.link(address, &shown),
                None => self.builder.text(&shown),
            },
            Role::Place => {
                let titled = told.is_titled.then_some(shown.as_str());
                let title = titled.or_else(|| self.targets.title(told.to));
                let title = title.unwrap_or(&shown).to_owned();
                let address = self.targets.address(told.to);
                self.link(
                    address.unwrap_or_else(|| beside::place(&targets::name(told.to))),
                    &title,
                );
            }
            Role::Term => {
                let term = targets::term(told.to);
                let address = self.targets.address(&term);
                self.link(address.unwrap_or_else(|| beside::place(&term)), &shown);
            }
            Role::Memo(_) if told.is_titled => self.builder.text(&shown),
            Role::Memo(series) => self.builder.text(&format!("{series} {shown}")),
        }
    }

    fn reference(&mut self, words: &str, nameless: bool) {
        let (shown, to) = parted(words);
        let address = match to {
            Some(to) => match to.strip_suffix('_') {
                Some(name) => self.targets.address(name.trim_matches('`')),
                None => Some(absolute(to, self.base)),
            },
            None if nameless => self.targets.nameless(),
            None => self.targets.address(words),
        };
        let shown = plain(if shown.is_empty() {
            to.unwrap_or_default()
        } else {
            shown
        });
        match address {
            Some(address) => self.link(address, &shown),
            None => self.builder.text(&shown),
        }
    }
}

/// Returns words without their escapes.
fn plain(words: &str) -> String {
    let mut plain = String::with_capacity(words.len());
    let mut escaped = false;
    for c in words.chars() {
        if escaped {
            if !c.is_whitespace() {
                plain.push(c);
            }
            escaped = false;
        } else if c == '\\' {
            escaped = true;
        } else {
            plain.push(c);
        }
    }
    plain
}
