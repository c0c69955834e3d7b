//! Mailboxes and letters of programs that nobody else reads: named, with what to do about them.

/// What files begin with that are not read, and what is said of them.
const REFUSED: [(&[u8], &str); 3] = [
    (
        b"!BDN",
        "is a mailbox of Outlook (PST), which is not read; export it as mbox or as .eml files",
    ),
    (
        b"\xcf\xad\x12\xfe",
        "is a mailbox of Outlook Express (DBX), which is not read; export it as .eml files",
    ),
    (
        b"BABYL OPTIONS",
        "is a mailbox of Emacs (Babyl), which is not read; make an mbox of it there (unrmail)",
    ),
];

/// What is said of a letter that Outlook saved.
const MSG: &str = "is a letter of Outlook (MSG), which is not read; save it as .eml or as text";

/// What a compound file begins with (MS-CFB, 2.2).
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// The name in a compound file that the properties of a letter have there (MS-OXMSG, 2.4), before it is written in
/// UTF-16.
const PROPERTIES: &[u8] = b"__properties_version1.0";

/// Returns what is to be said of a file that is mail and is not read.
pub(in crate::format) fn refused(name: &str, bytes: &[u8]) -> Option<&'static str> {
    let known = REFUSED.iter().find(|(begins, _)| bytes.starts_with(begins));
    if let Some((_, reason)) = known {
        return Some(reason);
    }
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    let is_named = ending.is_some_and(|ending| ending.eq_ignore_ascii_case("msg"));
    (bytes.starts_with(COMPOUND) && (is_named || has_properties(bytes))).then_some(MSG)
}

fn has_properties(bytes: &[u8]) -> bool {
    let wide: Vec<u8> = PROPERTIES.iter().flat_map(|byte| [*byte, 0]).collect();
    memchr::memmem::find(bytes, &wide).is_some()
}

#[cfg(test)]
mod tests {
    use crate::format::testing::read_all;

    #[test]
    fn mail_that_is_not_read_is_named() {
        let wide = "__properties_version1.0"
            .encode_utf16()
            .flat_map(u16::to_le_bytes);
        let letter: Vec<u8> = super::COMPOUND
            .iter()
            .copied()
            .chain([0; 64])
            .chain(wide)
            .collect();
        for (name, bytes, expected) in [
            ("a.msg", super::COMPOUND, "a letter of Outlook (MSG)"),
            ("a", &letter, "a letter of Outlook (MSG)"),
            ("a.doc", super::COMPOUND, "an old Office file"),
            ("a.pst", b"!BDN\0\0\0\0", "a mailbox of Outlook (PST)"),
            (
                "a.dbx",
                b"\xcf\xad\x12\xfe\0",
                "a mailbox of Outlook Express",
            ),
            (
                "RMAIL",
                b"BABYL OPTIONS: -*- rmail -*-\n",
                "a mailbox of Emacs",
            ),
        ] {
            let (documents, outcome) = read_all(name, bytes);
            assert_eq!(documents, [], "{name}");
            let message = &outcome.warnings[0].message;
            assert!(message.contains(expected), "{name}: {message}");
        }
    }
}
