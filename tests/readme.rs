//! The README says what is so: its table of keys is the table that the program reads, and what `.ci/run` runs is what
//! it names.

#![allow(clippy::unwrap_used, reason = "a test fails by unwrap")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use recto::app::Action;
use recto::config::keys::{Key, Keymap};

fn file(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap_or_default()
}

/// The panes that the README shows, as it calls them. Lists and lines laid over the panes go by the same keys.
const PANES: [(&str, &str); 8] = [
    ("global", "anywhere"),
    ("field", "search field"),
    ("facets", "facets"),
    ("list", "list"),
    ("page", "page"),
    ("sources", "sources"),
    ("concordance", "concordance"),
    ("notes", "notes"),
];

/// The key table as Markdown: a row an action that has keys, by pane, in the order of the file.
fn table() -> String {
    let (keymap, _) = Keymap::load(None);
    let mut table = String::from("\n| where | do | keys |\n|---|---|---|\n");
    for (pane, name) in PANES {
        let bindings = keymap
            .bindings()
            .filter(|one| one.pane == pane && !one.keys.is_empty());
        for (place, binding) in bindings.enumerate() {
            let name = if place == 0 { name } else { "" };
            let help = Action::from_name(&binding.action).unwrap().entry().help;
            let keys: Vec<String> = binding.keys.iter().map(in_code).collect();
            let _ = writeln!(table, "| {name} | {help} | {} |", keys.join(" "));
        }
    }
    table.push('\n');
    table
}

/// A bar would end the cell, even in code.
fn in_code(key: &Key) -> String {
    format!("`{}`", key.to_string().replace('|', "\\|"))
}

#[test]
fn the_keys_in_the_readme_are_those_of_the_table() {
    let readme = file("README.md");
    let (_, after) = readme.split_once("<!-- keys -->\n").unwrap();
    let (keys, _) = after.split_once("<!-- /keys -->").unwrap();
    let table = table();
    assert!(
        keys == table,
        "README.md should have this between its markers:\n{table}"
    );
}

#[test]
fn the_readme_names_what_the_checks_run() {
    let readme = file("README.md");
    let checks = file(".ci/run");
    for command in ["cargo fmt --check", "cargo test", "cargo doc --no-deps"] {
        assert!(
            readme.contains(command) && checks.contains(command),
            "{command}"
        );
    }
    let clippy = "cargo clippy --all-targets";
    assert!(readme.contains(clippy) && checks.contains(clippy));
    assert!(readme.contains("-- -D warnings") && checks.contains("-- -D warnings"));
}
