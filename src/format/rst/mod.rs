//! reStructuredText, as programs are documented and notes are kept in it: sections by drawn lines, field lists, lists,
//! directives, tables, notes (docutils' markup specification).
//!
//! What a directive shows is kept: remarks as paragraphs that say what they are, programs as they stand, pictures by
//! their description. A tree of contents is a list of links to the other files. What only steers
//! other programs (`index`, `raw`) is left out, and a directive that
//! nobody knows shows what stands in it.

mod blocks;
mod directives;
mod inline;
mod items;
mod lines;
mod order;
mod roles;
mod table;
mod targets;

pub(super) use directives::{is_unshown, remark};
pub(super) use roles::{Role, parted, set, told};
pub(super) use targets::{name, term};

use super::fields::Fields;
use super::outlet::{Draft, Outlet};
use super::{front_matter, html, markdown};
use crate::document::{Body, Metadata};

/// The endings of the names of its files.
const EXTENSIONS: [&str; 2] = ["rst", "rest"];

/// How much of a text is looked at for its signs, in bytes.
const TOLD_WITHIN: usize = 32 * 1024;

/// How many directives and targets a text has, and how many drawn sections, that is told without its name.
const FEWEST_SIGNS: usize = 3;
const FEWEST_SECTIONS: usize = 2;

/// Returns whether it is reStructuredText.
pub(super) fn is_rst(name: &str, text: &str) -> bool {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension);
    if let Some(extension) = extension.filter(|one| !one.eq_ignore_ascii_case("txt")) {
        return EXTENSIONS
            .iter()
            .any(|known| extension.eq_ignore_ascii_case(known));
    }
    let head = text
        .get(..text.floor_char_boundary(TOLD_WITHIN))
        .unwrap_or_default();
    let signs = head.lines().filter(|line| targets::is_explicit(line));
    if signs.count() < FEWEST_SIGNS {
        return false;
    }
    let pairs = head.lines().zip(head.lines().skip(1));
    let sections = pairs.filter(|(title, line)| lines::is_underline(title, line));
    sections.count() >= FEWEST_SECTIONS
}

/// Returns the body of a piece of it in the file called `file`, its links absolute by `address`.
pub(super) fn body(text: &str, file: &str, address: Option<&str>) -> Body {
    blocks::write(text, targets::Base { file, address }).body
}

/// Reads it and hands it out as one document.
pub(super) fn read(text: &str, outlet: &mut Outlet<'_, '_>) {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut metadata = Metadata::default();
    let (text, summary, unknown) = front_matter::take_known(&text, &mut metadata, outlet);
    let with_unknown = (!unknown.is_empty()).then(|| as_lines(&unknown) + "\n" + text);
    let text = with_unknown.as_deref().unwrap_or(text);
    let base = targets::Base {
        file: outlet.name(),
        address: metadata.url.as_deref(),
    };
    let written = blocks::write(text, base);
    let fields = Fields(written.fields);
    fields.lay(&mut metadata);
    if written.body.blocks().is_empty() {
        outlet.has_no_text();
        return;
    }
    let body = markdown::with_title(written.body, &mut metadata);
    let summary = summary.or_else(|| fields.summary().map(html::line));
    let body = front_matter::with_standfirst(body, summary.as_deref());
    let _ = outlet.hand(Draft {
        metadata,
        body,
        ..Draft::default()
    });
}

/// Returns bare lines as lines that stay apart: `Status: Final` as `| Status: Final`.
fn as_lines(bare: &[&str]) -> String {
    let mut lines = String::new();
    for line in bare {
        let goes_on = line.starts_with([' ', '\t']);
        lines.extend([if goes_on { "  " } else { "| " }, line, "\n"]);
    }
    lines
}

#[cfg(test)]
mod tests;
