//! What nobody wants of somebody's mail, by its name: what was thrown away, what was never wanted, drafts.
//!
//! It is left out where it is met within a folder, and named; who adds it by its own path wants it.

use crate::config::names::names;

/// The endings of mailboxes.
const MAILBOXES: [&str; 4] = [".mbox", ".mbx", ".mboxrd", ".mmdf"];

/// The endings of letters in files of their own.
const LETTERS: [&str; 2] = [".eml", ".emlx"];

/// What Thunderbird calls the folder with the mailboxes that stand below another.
const BELOW: &str = ".sbd";

/// Returns whether a folder of letters of this name holds what nobody wants, or drafts; the folders in it do too.
pub(super) fn is_folder(name: &str) -> bool {
    let name = name.strip_prefix('.').unwrap_or(name);
    let known = &names().mailboxes;
    let name = known
        .prefixes
        .iter()
        .find_map(|prefix| name.strip_prefix(prefix.as_str()))
        .unwrap_or(name);
    let first = name.split('.').next().unwrap_or(name).to_lowercase();
    known.unwanted.contains(&first)
}

/// Returns whether a mailbox at this path holds what nobody wants, or drafts, or stands below one that does.
pub(super) fn is_mailbox(relative: &str) -> bool {
    let (folders, name) = relative.rsplit_once('/').unwrap_or(("", relative));
    let name = MAILBOXES
        .iter()
        .find_map(|ending| name.strip_suffix(ending))
        .unwrap_or(name);
    let mut above = folders
        .split('/')
        .filter_map(|folder| folder.strip_suffix(BELOW));
    // MH sets a comma before what was deleted.
    let is_of_mh = name
        .strip_prefix(',')
        .is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()));
    is_of_mh || is_folder(name) || above.any(is_folder) || is_letter(name) && lies_in(folders)
}

/// Returns whether a name is that of a letter in a file of its own: `a.eml`, and `12` in a folder of MH.
fn is_letter(name: &str) -> bool {
    let is_named = LETTERS.iter().any(|ending| name.ends_with(ending));
    is_named || !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns whether one of the folders of a path holds what nobody wants.
fn lies_in(folders: &str) -> bool {
    folders.split('/').any(is_folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_wants_is_told_by_its_name() {
        for (path, expected) in [
            ("Trash", true),
            ("Local Folders/Junk", true),
            ("Takeout/Mail/Spam.mbox", true),
            ("Drafts.sbd/2019", true),
            ("Trash.2019", true),
            ("inbox/,12", true),
            ("Inbox", false),
            ("Inbox.sbd/Care", false),
            ("trash/notes", false),
            ("Trash/2013/a.eml", true),
            ("Drafts/12", true),
            ("Inbox/12", false),
            ("a.eml", false),
            ("Sent.mbox", false),
            ("On trash.mbox", false),
        ] {
            assert_eq!(is_mailbox(path), expected, "{path}");
        }
    }
}
