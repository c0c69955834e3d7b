//! The feeds of newsboat: its file `urls`, an address a line with tags and a title after it.

use super::super::outlet::Outlet;
use crate::document::Subscription;
use crate::format::address;

/// How lines begin that newsboat knows and that are no address: what they would give is made by a program.
const MADE: [&str; 3] = ["query:", "exec:", "filter:"];

/// How addresses begin that newsboat fetches.
const SCHEMES: [&str; 5] = ["http://", "https://", "feed://", "gopher://", "gemini://"];

/// How lines begin that lead to a file of this machine, which newsboat reads as it reads any feed.
const FILE: &str = "file://";

/// Returns whether every line is one of newsboat's; without its file's name, one of them must be of a sort that
/// only newsboat has, or any note of bare addresses would be taken.
pub(super) fn is_list(name: &str, text: &str) -> bool {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let mut sure = file == "urls";
    let mut any = false;
    for line in lines(text) {
        // A word in quotation marks may hold blanks.
        let made = MADE.iter().any(|made| first_word(line).starts_with(made));
        let leads = line.starts_with(FILE) || SCHEMES.iter().any(|scheme| line.starts_with(scheme));
        let known = made || leads;
        if !known {
            return false;
        }
        sure |= made || line.contains(" \"") && line.ends_with('"');
        any = true;
    }
    sure && any
}

fn first_word(line: &str) -> &str {
    line.trim_start_matches('"')
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Reads the list.
pub(super) fn read(text: &str, outlet: &mut Outlet<'_, '_>) {
    let mut found = 0;
    for (place, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let place = format!("line {}", place + 1);
        if let Some(made) = MADE
            .iter()
            .find(|made| first_word(line).starts_with(**made))
        {
            let made = made.trim_end_matches(':');
            let message = format!("`{made}` is made by newsboat and has no address; passed over");
            outlet.warn(place, message);
            continue;
        }
        let mut words = words(line).into_iter();
        if let Some(path) = words
            .as_slice()
            .first()
            .and_then(|word| word.strip_prefix(FILE))
        {
            outlet.list_file(address::decoded(path).into_owned());
            found += 1;
            continue;
        }
        let mut subscription = Subscription {
            address: words.next().unwrap_or_default(),
            is_feed: true,
            ..Subscription::default()
        };
        for word in words {
            match word.strip_prefix('~') {
                Some(title) => subscription.title = Some(title.to_owned()),
                // `!` hides a feed from newsboat's own list.
                None if word == "!" => {}
                None => subscription.tags.push(word),
            }
        }
        if super::subscribe(outlet, subscription) {
            found += 1;
        } else {
            outlet.warn(place, "leads nowhere; passed over");
        }
    }
    if found == 0 {
        outlet.has_no_text();
    }
}

/// Returns the words of a line; those in quotation marks may hold blanks.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let (mut quoted, mut escaped) = (false, false);
    for c in line.chars() {
        match c {
            _ if escaped => {
                word.get_or_insert_default().push(c);
                escaped = false;
            }
            '\\' if quoted => escaped = true,
            '"' => {
                quoted = !quoted;
                word.get_or_insert_default();
            }
            c if c.is_whitespace() && !quoted => words.extend(word.take()),
            c => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}
