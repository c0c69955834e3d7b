//! `recto concordance` on the built program: as many lines as were asked for, each once, and a word on the others.

#![expect(clippy::unwrap_used, reason = "a test fails by unwrap")]

use std::collections::BTreeSet;
use std::fs;
use std::process::{Command, Output};

fn recto(folder: &std::path::Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_recto"))
        .args(arguments)
        .env("RECTO_CONFIG", folder.join("settings"))
        .env("RECTO_LIBRARY", folder.join("library"))
        .output()
        .unwrap()
}

#[test]
fn a_limit_is_what_it_says_and_what_it_cuts_is_counted() {
    let folder = tempfile::tempdir().unwrap();
    let notes = folder.path().join("notes");
    fs::create_dir(&notes).unwrap();
    // More than are fetched at a time, and no whole number of those.
    for file in 0..3 {
        let lines =
            (0..450).map(|line| format!("In {file} and {line} quidditch zugzwang, it says."));
        let text = lines.collect::<Vec<_>>().join("\n\n");
        fs::write(notes.join(format!("{file}.md")), text).unwrap();
    }
    let added = recto(folder.path(), &["add", notes.to_str().unwrap()]);
    assert!(added.status.success(), "{added:?}");
    for (limit, shown, said) in [
        ("5000", 1350, ""),
        ("1350", 1350, ""),
        (
            "1200",
            1200,
            "recto: 1200 of 1350 lines shown; --limit shows more\n",
        ),
        ("3", 3, "recto: 3 of 1350 lines shown; --limit shows more\n"),
    ] {
        let output = recto(
            folder.path(),
            &["concordance", "quidditch zugzwang", "--limit", limit],
        );
        let text = String::from_utf8(output.stdout).unwrap();
        let lines: BTreeSet<&str> = text.lines().collect();
        assert_eq!(
            (text.lines().count(), lines.len()),
            (shown, shown),
            "{limit}"
        );
        assert_eq!(String::from_utf8(output.stderr).unwrap(), said, "{limit}");
        let both = lines
            .iter()
            .filter(|line| line.contains("quidditch zugzwang"));
        assert_eq!(both.count(), shown, "side by side on one line");
    }
    let json = recto(
        folder.path(),
        &[
            "concordance",
            "quidditch zugzwang",
            "--limit",
            "2",
            "--format",
            "json",
        ],
    );
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(
        (&json["total"], &json["whole"]),
        (&1350.into(), &true.into())
    );
    assert_eq!(json["lines"][0]["keyword"], "quidditch zugzwang");
}
