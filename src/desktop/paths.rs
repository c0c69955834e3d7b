//! Paths as a person types them: `~`, and completion.

use std::fs;
use std::path::{Path, PathBuf};

/// How many names are offered at most.
const MOST: usize = 200;

/// Returns the path that was typed; `~/` stands for `home`.
pub fn expand(typed: &str, home: Option<&Path>) -> PathBuf {
    let path = Path::new(typed);
    match (path.strip_prefix("~"), home) {
        (Ok(rest), Some(home)) => home.join(rest),
        _ => path.to_owned(),
    }
}

/// Completes a path: returns it as far as all that begin so agree, and these. A folder ends with `/`. Hidden names are
/// offered to who types their dot; a name that is no Unicode cannot be typed and is not offered.
pub fn complete(typed: &str, home: Option<&Path>) -> (String, Vec<String>) {
    if typed == "~" {
        return ("~/".to_owned(), Vec::new());
    }
    let (folder, begun) = typed
        .rsplit_once('/')
        .map_or(("", typed), |(folder, begun)| {
            (typed.get(..=folder.len()).unwrap_or_default(), begun)
        });
    let place = if folder.is_empty() { "." } else { folder };
    let Ok(entries) = fs::read_dir(expand(place, home)) else {
        return (typed.to_owned(), Vec::new());
    };
    let mut names: Vec<String> = entries
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let wanted =
                name.starts_with(begun) && (!name.starts_with('.') || begun.starts_with('.'));
            // What a line cannot hold cannot be completed in it.
            let is_plain = !name.chars().any(char::is_control);
            let slash = if entry.path().is_dir() { "/" } else { "" };
            (wanted && is_plain).then(|| name + slash)
        })
        .collect();
    names.sort_unstable();
    let agreed = names
        .iter()
        .skip(1)
        .fold(names.first().cloned(), |agreed, name| {
            agreed.map(|agreed| common(&agreed, name).to_owned())
        });
    names.truncate(MOST);
    match agreed {
        Some(agreed) => (format!("{folder}{agreed}"), names),
        None => (typed.to_owned(), names),
    }
}

/// Returns how far two texts agree.
fn common<'a>(one: &'a str, other: &str) -> &'a str {
    let differs = one.char_indices().zip(other.chars());
    let at = differs
        .into_iter()
        .find(|((_, a), b)| a != b)
        .map_or(one.len().min(other.len()), |((at, _), _)| at);
    one.get(..at).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_completed_as_far_as_names_agree() {
        let folder = std::env::temp_dir().join(format!("recto-complete-{}", std::process::id()));
        fs::create_dir_all(folder.join("articles of mine/old")).unwrap();
        for name in ["artikel.txt", ".hidden", "é [odd] *.md"] {
            fs::write(folder.join(name), "").unwrap();
        }
        for (typed, completed, offered) in [
            ("~", "~/", &[][..]),
            ("~/a", "~/arti", &["articles of mine/", "artikel.txt"]),
            ("~/artic", "~/articles of mine/", &["articles of mine/"]),
            ("~/articles of mine/", "~/articles of mine/old/", &["old/"]),
            ("~/.h", "~/.hidden", &[".hidden"]),
            ("~/é", "~/é [odd] *.md", &["é [odd] *.md"]),
            ("~/none", "~/none", &[]),
            ("~/nowhere/x", "~/nowhere/x", &[]),
        ] {
            let (line, names) = complete(typed, Some(&folder));
            assert_eq!(
                (line.as_str(), names),
                (
                    completed,
                    offered.iter().map(|name| (*name).to_owned()).collect()
                ),
                "{typed}"
            );
        }
        assert_eq!(expand("~/x", Some(&folder)), folder.join("x"));
        assert_eq!(expand("x", Some(&folder)), Path::new("x"));
        fs::remove_dir_all(folder).unwrap();
    }
}
