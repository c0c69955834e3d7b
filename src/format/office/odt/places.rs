//! The places of an ODT that links lead to by what a program calls them, not by a mark that the author set: headings,
//! tables, sections, frames. The standard leaves it open; this is how `LibreOffice` writes it: `#2.Methods|outline`.

use memchr::memmem;

use crate::format::address;

/// What stands behind the name of a table.
pub(super) const TABLE: &str = "|table";

/// What stands behind the name of a section.
pub(super) const REGION: &str = "|region";

/// What stands behind the name of a drawing here, whatever is in it.
pub(super) const FRAME: &str = "|frame";

/// What stands behind the words of a heading.
const OUTLINE: &str = "|outline";

/// Returns whether a text has links to such places: only then are they noted.
pub(in crate::format::office) fn lead_by_name(main: &[u8]) -> bool {
    [OUTLINE, TABLE, REGION, FRAME, "|graphic", "|ole"]
        .iter()
        .flat_map(|sort| {
            [
                (*sort).to_owned(),
                sort.replace('|', "%7c"),
                sort.replace('|', "%7C"),
            ]
        })
        .any(|sort| memmem::find(main, sort.as_bytes()).is_some())
}

/// Returns the address of a link; one within the text by the name that its place has here.
pub(super) fn led(address: String) -> String {
    let Some(name) = address.strip_prefix('#') else {
        return address;
    };
    let name = address::decoded(name);
    match name.rsplit_once('|') {
        Some((called, "outline")) => format!("#{}", outline(called)),
        Some((called, "graphic" | "ole")) => format!("#{called}{FRAME}"),
        _ => format!("#{name}"),
    }
}

/// Returns the name of the place of a heading: its words without its number, which a link to it may have and its text
/// has not.
pub(super) fn outline(words: &str) -> String {
    let of_number = |c: char| c.is_ascii_digit() || c == '.' || c.is_whitespace();
    let bare = words.trim_start_matches(of_number);
    let bare = if bare.is_empty() { words } else { bare };
    format!("{}{OUTLINE}", bare.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_has_the_name_of_its_place() {
        for (address, expected) in [
            ("http://a.example/#x|outline", "http://a.example/#x|outline"),
            ("#mark", "#mark"),
            ("#2.1.On%20trust%7Coutline", "#On trust|outline"),
            ("#2020|outline", "#2020|outline"),
            ("#Table1|table", "#Table1|table"),
            ("#Picture 1|graphic", "#Picture 1|frame"),
        ] {
            assert_eq!(led(address.to_owned()), expected);
        }
        assert_eq!(outline("2.1 On trust"), "On trust|outline");
    }
}
