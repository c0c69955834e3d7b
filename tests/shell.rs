//! The commands for scripts, on the built program.

#![expect(
    clippy::unwrap_used,
    reason = "what the tests share says what it expects by failing, as they do"
)]

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// A library of its own, in a folder that goes with the test.
struct Shell {
    folder: TempDir,
}

impl Shell {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn folder(&self) -> &Path {
        self.folder.path()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_recto"));
        command
            .args(arguments)
            .env("RECTO_CONFIG", self.folder().join("settings"))
            .env("RECTO_LIBRARY", self.folder().join("library"));
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    fn json(&self, arguments: &[&str]) -> Value {
        let output = self.run(&[arguments, &["--format", "json"]].concat());
        serde_json::from_slice(&output.stdout).unwrap()
    }
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn words(stream: &[u8]) -> String {
    String::from_utf8(stream.to_vec()).unwrap()
}

#[test]
fn a_new_library_answers_with_the_documents_that_recto_brings_along() {
    let shell = Shell::new();
    let found = shell.json(&["search", "TUPE"]);
    assert_eq!(found["query"], "TUPE");
    assert_eq!(found["total"], 1);
    assert!(found["took_ms"].is_number());
    let hit = &found["hits"][0];
    assert_eq!(hit["source"], "Ethos");
    assert_eq!(hit["authors"][0], "Charlotte Stuffins");
    assert_eq!(hit["published"], "2012-11");
    assert!(hit["snippet"].as_str().unwrap().contains("TUPE"));
    assert!(hit["score"].is_number() && hit["id"].is_number() && hit["key"].is_string());
    let themes = found["facets"]["themes"].as_array().unwrap();
    let tupe = themes
        .iter()
        .find(|theme| theme["value"] == "TUPE and staff terms");
    assert_eq!(tupe.unwrap()["count"], 1);

    assert_eq!(shell.json(&["search", "*"])["total"], 18);
    assert_eq!(shell.json(&["search", "mutual"])["total"], 6);
}

#[test]
fn search_ends_as_grep_does() {
    let shell = Shell::new();
    for (arguments, ends_with) in [
        (&["search", "tupe"][..], 0),
        (&["search", "quidditch"], 1),
        (&["search", "tupe", "--limit", "0"], 0),
        (&["search", "--frobnicate"], 2),
        (&["search"], 2),
    ] {
        assert_eq!(code(&shell.run(arguments)), ends_with, "{arguments:?}");
    }
}

#[test]
fn a_saved_search_tells_what_is_new_to_it_once() {
    let shell = Shell::new();
    let ends = |arguments: &[&str]| code(&shell.run(arguments));
    assert_eq!(ends(&["saved", "add", "Trust", "trust -quidditch"]), 0);
    assert_eq!(
        ends(&["saved", "add", "TRUST", "care"]),
        2,
        "the name is taken"
    );
    assert_eq!(ends(&["saved", "add", "empty", "*"]), 2);
    assert_eq!(ends(&["saved", "add", "?", "care"]), 2);
    let all = shell.json(&["search", "trust"])["total"].clone();
    assert_eq!(shell.json(&["search", "--saved", "trust"])["total"], all);
    let new = ["search", "--saved", "trust", "--new"];
    assert_eq!(ends(&new), 1, "what was there is not new");

    let notes = shell.folder().join("notes");
    fs::create_dir(&notes).unwrap();
    for name in ["a", "b"] {
        fs::write(
            notes.join(name).with_extension("txt"),
            format!("Trust of {name}.\n"),
        )
        .unwrap();
    }
    assert_eq!(ends(&["add", notes.to_str().unwrap()]), 0);
    let listed = shell.json(&["saved"]);
    assert_eq!(
        (&listed[0]["name"], &listed[0]["new"]),
        (&Value::from("Trust"), &Value::from(2))
    );
    assert_eq!(listed[0]["query"], "trust -quidditch");
    // What is not printed, not whole or only peeked at stays new.
    for more in [&["--peek"][..], &["--limit", "1"], &["--", "trust"]] {
        assert_eq!(ends(&[&new[..], more].concat()), 0, "{more:?}");
    }
    let printed = shell.run(&new);
    assert_eq!(code(&printed), 0);
    assert!(words(&printed.stdout).contains("Trust of b."));
    assert_eq!(ends(&new), 1, "what was printed was looked at");
    for more in [&[][..], &["--peek"]] {
        let nothing = shell.run(&[&new[..], more].concat());
        assert_eq!(code(&nothing), 1);
        assert_eq!(
            (words(&nothing.stdout), words(&nothing.stderr)),
            Default::default()
        );
    }

    assert_eq!(
        ends(&[
            "saved", "edit", "trust", "--rename", "Faith", "--query", "care"
        ]),
        0
    );
    assert_eq!(shell.json(&["saved"])[0]["query"], "care");
    assert_eq!(ends(&["search", "--saved", "trust"]), 2);
    assert_eq!(ends(&["saved", "remove", "faith", "trust"]), 1);
    assert_eq!(shell.json(&["saved"]), Value::Array(Vec::new()));
    for wrong in [&["search", "--new"][..], &["saved", "edit", "x"]] {
        assert_eq!(ends(wrong), 2, "{wrong:?}");
    }
}

#[test]
fn a_slip_is_told_once_with_what_was_meant() {
    let shell = Shell::new();
    let told = |arguments: &[&str]| {
        let output = shell.run(arguments);
        assert_eq!(code(&output), 2, "{arguments:?}");
        words(&output.stderr)
    };
    let serch = told(&["serch", "foo"]);
    assert!(serch.contains("did you mean `recto search`?"), "{serch}");
    assert!(!told(&["notes.txt"]).contains("did you mean"));
    let date = told(&["edit", "1", "--date", "banana"]);
    assert_eq!(date.matches("is no date").count(), 1, "{date}");
    let known = [
        "tupe",
        "ncvo",
        "mutual",
        "sroi",
        "third sector",
        "vcse",
        "procurement",
        "spin out",
    ];
    let long = shell.run(&["search", &known.join(" "), "--limit", "1"]);
    let told = words(&long.stderr);
    assert!(told.matches(" + ").count() <= 5, "{told}");
    assert!(told.contains("recto: and "), "{told}");
}

#[test]
fn what_search_prints_show_takes() {
    let shell = Shell::new();
    let found = shell.json(&["search", "mutual", "--limit", "3"]);
    let hits = found["hits"].as_array().unwrap();
    assert_eq!((hits.len(), &found["total"]), (3, &Value::from(6)));
    for hit in hits {
        let by_id = shell.json(&["show", &hit["id"].to_string()]);
        let by_key = shell.json(&["show", hit["key"].as_str().unwrap()]);
        assert_eq!(by_id, by_key);
        for field in [
            "id",
            "key",
            "title",
            "source",
            "authors",
            "published",
            "url",
            "topics",
        ] {
            assert_eq!(by_id[field], hit[field], "{field}");
        }
    }
}

#[test]
fn show_gives_ranges_over_the_text() {
    let shell = Shell::new();
    let id = shell.json(&[
        "search",
        "\"Service Transfer\" title:transfer OR \"Carnegie Associate\"",
    ]);
    let shown = shell.json(&["show", &id["hits"][0]["id"].to_string()]);
    let text = shown["text"].as_str().unwrap();
    let slice = |range: &Value| {
        let at = |name: &str| usize::try_from(range[name].as_u64().unwrap()).unwrap();
        text.get(at("start")..at("end")).unwrap()
    };
    let blocks = shown["blocks"].as_array().unwrap();
    assert!(blocks.iter().all(|block| !slice(block).is_empty()));
    assert!(
        blocks
            .iter()
            .any(|block| block["kind"] == "list-item" && block["level"] == 1)
    );
    assert_eq!(shown["kind"], "thread");
    let parts = shown["parts"].as_array().unwrap();
    assert_eq!(parts.len(), 2);
    assert_eq!(parts[0]["author"], "Tom Archer");
    assert!(slice(&parts[1]).contains("Thanks Tom"));
    for link in shown["links"].as_array().unwrap() {
        assert!(!slice(link).is_empty() && link["url"].is_string());
    }
}

#[test]
fn a_page_for_people_is_plain_text_within_the_measure() {
    let shell = Shell::new();
    let found = shell.json(&["search", "\"Beyond the spin\""]);
    let output = shell.run(&["show", &found["hits"][0]["id"].to_string()]);
    let page = words(&output.stdout);
    assert!(
        page.starts_with("Beyond the spin: Public service mutuals"),
        "{page}"
    );
    assert!(
        page.contains("2020 PSH · Paul Buddery · 3 Jun 2013\n"),
        "{page}"
    );
    let text = page.split_once("\n\n").unwrap().1;
    assert!(text.lines().all(|line| line.chars().count() <= 72));
    assert!(!page.contains('\x1b'));
}

#[test]
fn an_answer_for_people_has_no_escapes_off_a_terminal_and_words_go_elsewhere() {
    let shell = Shell::new();
    let output = shell.run(&["search", "mutual", "--limit", "2"]);
    let answer = words(&output.stdout);
    assert!(!answer.contains('\x1b'));
    assert_eq!(answer.matches("2020 PSH · ").count(), 2, "{answer}");
    let told = words(&output.stderr);
    assert!(
        told.starts_with("recto: mutual + mutualisation, "),
        "{told}"
    );
    assert!(
        told.ends_with("recto: 2 of 6 shown; --limit shows more\n"),
        "{told}"
    );
    let nothing = shell.run(&["search", "quidditch"]);
    assert_eq!(nothing.stdout, b"");
    assert_eq!(
        words(&nothing.stderr),
        "recto: nothing found for quidditch\n"
    );
    let nothing = shell.run(&["search", "mutual =quidditch -kind:book"]);
    let told = words(&nothing.stderr);
    let expected =
        "recto: nothing found for mutual =quidditch -kind:book\nrecto: without =quidditch: 6\n";
    assert!(told.ends_with(expected), "{told}");
    assert_eq!(code(&nothing), 1);
}

#[test]
fn what_has_some_of_the_words_is_found_and_said_to_lack_others() {
    let shell = Shell::new();
    let output = shell.run(&["search", "mutual quidditch"]);
    assert_eq!(code(&output), 0);
    let told = words(&output.stderr);
    assert!(
        told.ends_with("recto: none has every word; 6 have some\n"),
        "{told}"
    );
    let output = shell.run(&["search", "mutual quidditch match:all"]);
    assert_eq!((code(&output), output.stdout.as_slice()), (1, &b""[..]));
    let output = shell.run(&["search", "mutual staff", "--format", "json", "--explain"]);
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    let number = |name: &str| answer[name].as_u64().unwrap();
    assert_eq!(answer["breadth"], "widened");
    assert!(number("incomplete") > 0 && number("incomplete") < number("total"));
    for hit in answer["hits"].as_array().unwrap() {
        let why = hit["why"].as_array().unwrap();
        let scores: Vec<f64> = why.iter().filter_map(|one| one["score"].as_f64()).collect();
        let (all, parts) = scores.split_first().unwrap();
        assert!((all - hit["score"].as_f64().unwrap()).abs() < 1e-4);
        assert!((all - parts.iter().sum::<f64>()).abs() < 1e-3, "{why:?}");
    }
    let output = shell.run(&["search", "mutual", "--explain", "--limit", "1"]);
    let answer = words(&output.stdout);
    assert!(
        answer.contains("in all") && answer.contains("mutual: 1 in the title, "),
        "{answer}"
    );
}

#[test]
fn a_document_that_is_not_there_is_an_error_that_says_what_to_do() {
    let shell = Shell::new();
    let output = shell.run(&["show", "99999"]);
    assert_eq!((code(&output), output.stdout.as_slice()), (2, &b""[..]));
    assert!(words(&output.stderr).contains("no document 99999"));
}

#[test]
fn adding_again_changes_nothing_and_says_so() {
    let shell = Shell::new();
    let file = shell.folder().join("note.txt");
    fs::write(
        &file,
        "On herons\n\nThe heron stands still, and waits for a fish to forget it.\n",
    )
    .unwrap();
    let path = file.to_str().unwrap();
    for (text, summary) in [
        (None, "documents: 1 new"),
        (None, "documents: 1 unchanged"),
        (
            Some("On herons\n\nThe heron has flown.\n"),
            "documents: 1 updated",
        ),
    ] {
        if let Some(text) = text {
            fs::write(&file, text).unwrap();
        }
        let output = shell.run(&["add", path]);
        assert_eq!(code(&output), 0);
        assert_eq!(output.stdout, b"");
        assert!(
            words(&output.stderr).contains(summary),
            "{}",
            words(&output.stderr)
        );
    }
    assert_eq!(shell.json(&["search", "heron flown"])["total"], 1);
}

#[test]
fn what_cannot_be_added_is_told_and_the_rest_is_in() {
    let shell = Shell::new();
    let file = shell.folder().join("note.txt");
    fs::write(&file, "The heron stands still, and waits.\n").unwrap();
    let missing = shell.folder().join("missing.txt");
    let (file, missing) = (file.to_str().unwrap(), missing.to_str().unwrap());
    let output = shell.run(&["add", missing, file]);
    assert_eq!(code(&output), 1);
    assert!(words(&output.stderr).contains("missing.txt"));
    assert_eq!(shell.json(&["search", "heron"])["total"], 1);
    assert_eq!(code(&shell.run(&["add", missing])), 2);
}

#[test]
fn what_is_taken_in_of_files_without_words_is_told_by_words_and_by_the_code() {
    let shell = Shell::new();
    let folder = shell.folder().join("notes");
    fs::create_dir(&folder).unwrap();
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.join(name);
        fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let binary = write("b.bin", b"\x7fELF\x02\x01\x01\0\0\0\0\0");
    let empty = write("empty.txt", b"");
    let both = folder.to_str().unwrap().to_owned();
    let cases = [
        (&binary, 2, "b.bin: is not text"),
        (&binary, 2, "no documents; 1 path could not be read"),
        (&empty, 2, "empty.txt: has no text"),
        (
            &both,
            2,
            "no documents; 1 file without text (`recto sources --failed` names it); 1 path could",
        ),
    ];
    for (path, ends_with, told) in cases {
        let output = shell.run(&["add", path]);
        let words = words(&output.stderr);
        assert!(words.contains(told), "{path}: {words}");
        assert_eq!(code(&output), ends_with, "{path}: {words}");
    }
    write("note.txt", b"The heron stands still, and waits.\n");
    for count in ["1 new", "1 unchanged"] {
        let output = shell.run(&["add", &both]);
        let (words, binary) = (words(&output.stderr), "b.bin: is not text");
        assert_eq!(words.matches(binary).count(), 1, "{words}");
        assert!(!words.contains("empty.txt"), "{words}");
        let summary = format!(
            "documents: {count}; 1 file without text (`recto sources --failed` names it); 1 path could not be read"
        );
        assert!(words.contains(&summary), "{words}");
        assert_eq!(code(&output), 1);
    }
    let listed = shell.run(&["sources", "--failed"]);
    let listed = words(&listed.stdout);
    assert!(
        listed.contains("(1 file not read, 1 file without text"),
        "{listed}"
    );
    assert!(listed.contains("has no text: empty.txt\n"), "{listed}");
    let json = shell.json(&["sources"]);
    let with_texts = json.as_array().unwrap().last().unwrap();
    assert_eq!(
        with_texts["without_text"],
        serde_json::json!(["empty.txt"]),
        "{json}"
    );
}

#[test]
fn a_text_full_of_escapes_commands_nothing() {
    let shell = Shell::new();
    let file = shell.folder().join("evil\u{1b}[2J.txt");
    fs::write(
        &file,
        "Heron \u{1b}]0;owned\u{7} \u{9b}31m red \u{202e}dekcab\n\nMore heron.\n",
    )
    .unwrap();
    shell.run(&["add", file.to_str().unwrap()]);
    let id = shell.json(&["search", "heron"])["hits"][0]["id"].to_string();
    for arguments in [&["search", "heron"][..], &["show", &id], &["sources"]] {
        for format in ["text", "json"] {
            let output = shell.run(&[arguments, &["--format", format]].concat());
            let text = words(&output.stdout);
            let command = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
            assert!(!text.contains(command), "{arguments:?} {format}: {text:?}");
        }
    }
}

#[test]
fn sources_are_listed_and_removed_with_their_documents() {
    let shell = Shell::new();
    let sources = shell.json(&["sources"]);
    assert_eq!(sources[0]["kind"], "seeds");
    assert_eq!(sources[0]["documents"], 18);
    assert!(words(&shell.run(&["sources"]).stdout).contains("18"));
    let id = sources[0]["id"].to_string();
    let output = shell.run(&["remove", &id, "777"]);
    assert_eq!(code(&output), 1);
    assert!(words(&output.stderr).contains("no source 777"));
    assert_eq!(shell.json(&["search", "*"])["total"], 0);
    assert_eq!(code(&shell.run(&["remove", &id])), 2);
}

#[test]
fn ten_files_that_could_not_be_read_are_named_with_their_source_and_the_others_counted() {
    let shell = Shell::new();
    let folder = shell.folder().join("notes");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("note.txt"), "The heron stands still.\n").unwrap();
    for number in 10..22 {
        fs::write(folder.join(format!("{number}.bin")), b"\x7fELF\0\0\0").unwrap();
    }
    shell.run(&["add", folder.to_str().unwrap()]);
    let listed = words(&shell.run(&["sources"]).stdout);
    let not_read: Vec<&str> = listed
        .lines()
        .filter(|line| line.contains("not read:"))
        .collect();
    assert_eq!(not_read.len(), 10, "{listed}");
    assert!(
        not_read[0].ends_with("not read: 10.bin: is not text; passed over"),
        "{listed}"
    );
    let more = "and 2 more; --failed has them all";
    assert!(listed.trim_end().ends_with(more), "{listed}");
    let failed = &shell.json(&["sources"])[1]["failed"];
    assert_eq!(failed.as_array().unwrap().len(), 12);
    assert_eq!(failed[11]["path"], "21.bin");
    assert_eq!(failed[11]["reason"], "is not text; passed over");
}

#[test]
fn a_closed_pipe_is_no_error() {
    let shell = Shell::new();
    let mut child = shell
        .command(&["search", "*", "--limit", "18", "--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut told = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut told)
        .unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert_eq!(told, "");
}

#[test]
fn what_nobody_read_of_a_saved_search_stays_new() {
    // More than a pipe takes in before it is read.
    const NEW: usize = 800;
    let shell = Shell::new();
    assert_eq!(code(&shell.run(&["saved", "add", "Trust", "trust"])), 0);
    let notes = shell.folder().join("notes");
    fs::create_dir(&notes).unwrap();
    for number in 0..NEW {
        let text = format!("Trust number {number}, {}.\n", "and so on ".repeat(20));
        fs::write(notes.join(format!("{number}.txt")), text).unwrap();
    }
    assert_eq!(code(&shell.run(&["add", notes.to_str().unwrap()])), 0);
    for format in ["text", "json"] {
        let arguments = ["search", "--saved", "trust", "--new", "--format", format];
        let mut child = shell
            .command(&arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut beginning = [0; 10];
        let mut out = child.stdout.take().unwrap();
        out.read_exact(&mut beginning).unwrap();
        drop(out);
        assert_eq!(child.wait().unwrap().code(), Some(0));
        assert_eq!(shell.json(&["saved"])[0]["new"], NEW, "{format}");
    }
}

#[test]
fn no_line_of_a_concordance_is_not_no_hit() {
    let shell = Shell::new();
    for (word, ends_with) in [("mutual", 0), ("quidditch", 1)] {
        for order in ["list", "left"] {
            let output = shell.run(&["concordance", word, "--limit", "0", "--sort", order]);
            assert_eq!(code(&output), ends_with, "{word} {order}");
            assert_eq!(output.stdout, b"");
        }
    }
}

#[test]
fn a_home_that_cannot_be_written_is_told_and_answers_all_the_same() {
    let shell = Shell::new();
    let file = shell.folder().join("library");
    fs::write(&file, "in the way").unwrap();
    let output = shell.run(&["search", "TUPE", "--format", "json"]);
    assert_eq!(code(&output), 0);
    assert!(
        words(&output.stderr).contains("library"),
        "{}",
        words(&output.stderr)
    );
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(found["total"], 1);
    assert_eq!(code(&shell.run(&["add", file.to_str().unwrap()])), 2);
}

/// Not even root can write there.
#[cfg(target_os = "linux")]
#[test]
fn a_folder_in_which_nothing_can_be_made_is_told_and_answers_all_the_same() {
    let shell = Shell::new();
    let output = shell
        .command(&["search", "TUPE"])
        .args(["--library", "/proc/self"])
        .output()
        .unwrap();
    assert_eq!(code(&output), 0);
    let told = words(&output.stderr);
    assert!(
        told.contains("/proc/self") && told.contains("nothing is kept"),
        "{told}"
    );
}

#[test]
fn a_persons_own_theme_is_a_topic_like_the_others() {
    let shell = Shell::new();
    let settings = shell.folder().join("settings");
    fs::create_dir(&settings).unwrap();
    fs::write(
        settings.join("topics.toml"),
        "[themes]\nbreakfast = \"demos breakfast\"\n[theme]\n",
    )
    .unwrap();
    let output = shell.run(&["search", "topic:breakfast", "--format", "json"]);
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(found["total"], 1);
    assert!(words(&output.stderr).contains("no table `theme`; did you mean `themes`?"));
}

#[test]
fn topics_are_called_in_every_document_as_they_are_counted() {
    let shell = Shell::new();
    let notes = shell.folder().join("notes");
    fs::create_dir(&notes).unwrap();
    for (name, topics) in [
        ("a.md", "Quaffles"),
        ("b.md", "Quaffles"),
        ("c.md", "quaffle, quaffles, brooms"),
    ] {
        let note = format!("---\ntopics: [{topics}]\n---\n\nIt is about quidditch.\n");
        fs::write(notes.join(name), note).unwrap();
    }
    assert_eq!(code(&shell.run(&["add", notes.to_str().unwrap()])), 0);
    let found = shell.json(&["search", "quidditch"]);
    let counted = serde_json::json!([
        { "value": "Quaffles", "count": 3 },
        { "value": "brooms", "count": 1 },
    ]);
    assert_eq!(found["facets"]["topics"], counted);
    let hits = found["hits"].as_array().unwrap();
    let of = |key: &str| {
        let hit = hits.iter().find(|hit| hit["key"] == key).unwrap();
        hit["topics"].clone()
    };
    assert_eq!(of("a.md"), serde_json::json!(["Quaffles"]));
    assert_eq!(of("c.md"), serde_json::json!(["Quaffles", "brooms"]));
    assert_eq!(shell.json(&["show", "c.md"])["topics"], of("c.md"));
    let page = words(&shell.run(&["show", "c.md"]).stdout);
    assert!(page.contains("Quaffles, brooms"), "{page}");
}

#[test]
fn what_is_put_right_stays_and_what_is_hidden_is_out_of_sight() {
    let shell = Shell::new();
    let notes = shell.folder().join("notes");
    fs::create_dir(&notes).unwrap();
    fs::write(notes.join("a.txt"), "It is about quidditch.\n").unwrap();
    fs::write(notes.join("b.txt"), "It is about quidditch, too.\n").unwrap();
    let path = notes.to_str().unwrap();
    assert_eq!(code(&shell.run(&["add", path])), 0);

    let edit = [
        "edit",
        "a.txt",
        "--title",
        "On a game",
        "--date",
        "2012-11",
        "--add-topic",
        "games",
    ];
    assert_eq!(code(&shell.run(&edit)), 0);
    fs::write(notes.join("a.txt"), "It is all about quidditch.\n").unwrap();
    assert_eq!(code(&shell.run(&["refresh", "notes"])), 0);
    let shown = shell.json(&["show", "a.txt"]);
    assert_eq!(shown["title"], "On a game");
    assert_eq!(shown["published"], "2012-11");
    assert_eq!(
        shown["edited"],
        serde_json::json!(["title", "date", "topics"])
    );
    assert_eq!(shown["text"], "It is all about quidditch.");
    assert_eq!(shell.json(&["search", "topic:games"])["total"], 1);
    let page = words(&shell.run(&["show", "a.txt"]).stdout);
    assert!(page.contains("put right: date: “2012-11”; its source says nothing"));
    assert_eq!(code(&shell.run(&["edit", "a.txt", "--date", "soon"])), 2);
    assert_eq!(code(&shell.run(&["edit", "a.txt", "--clear", "all"])), 0);
    assert_eq!(shell.json(&["search", "topic:games"])["total"], 0);

    assert_eq!(code(&shell.run(&["hide", "a.txt", "absent"])), 1);
    assert_eq!(shell.json(&["search", "quidditch"])["total"], 1);
    assert_eq!(shell.json(&["search", "is:hidden"])["total"], 1);
    assert_eq!(code(&shell.run(&["unhide", "a.txt"])), 0);
    assert_eq!(shell.json(&["search", "quidditch"])["total"], 2);
}

#[test]
fn own_tags_are_put_on_taken_off_and_listed() {
    let shell = Shell::new();
    for (name, text) in [
        ("a.txt", "It is about quidditch."),
        ("b.txt", "All of quidditch, again."),
    ] {
        let path = shell.folder().join(name);
        fs::write(&path, text).unwrap();
        shell.run(&["add", path.to_str().unwrap()]);
    }
    let listed = shell.run(&["tag"]);
    assert_eq!((code(&listed), words(&listed.stdout)), (0, String::new()));
    assert_eq!(
        code(&shell.run(&["tag", "a.txt", "+to read", "+odd", "-new"])),
        0
    );
    assert_eq!(code(&shell.run(&["tag", "b.txt", "absent", "+To-Read"])), 1);
    let found = shell.json(&["search", "#to-read"]);
    assert_eq!(found["total"], 2);
    assert_eq!(
        found["hits"][0]["tags"].as_array().unwrap().len()
            + found["hits"][1]["tags"].as_array().unwrap().len(),
        3
    );
    assert_eq!(
        found["facets"]["tags"],
        serde_json::json!([{"value": "to read", "count": 2}, {"value": "odd", "count": 1}])
    );
    assert_eq!(
        shell.json(&["tag"]),
        serde_json::json!([{"name": "odd", "documents": 1}, {"name": "to read", "documents": 2}])
    );
    assert_eq!(
        shell.json(&["show", "a.txt"])["tags"],
        serde_json::json!(["odd", "to read"])
    );
    assert!(words(&shell.run(&["show", "a.txt"]).stdout).contains("+odd +to-read"));
    assert!(words(&shell.run(&["search", "tag:odd"]).stdout).contains("+odd +to-read"));
    // By a question; a flag is as good as a sign.
    assert_eq!(
        code(&shell.run(&["tag", "--query", "tag:to-read", "--add", "seen", "-to read"])),
        0
    );
    assert_eq!(shell.json(&["search", "tag:to-read"])["total"], 0);
    assert_eq!(words(&shell.run(&["tag"]).stdout), "  1  odd\n  2  seen\n");
    assert_eq!(shell.json(&["search", "quidditch -has:tag"])["total"], 0);
    for wrong in [
        &["tag", "a.txt"][..],
        &["tag", "+odd"],
        &["tag", "a.txt", "+!"],
        &["tag", "absent", "+odd"],
        &["tag", "--query", "nothingofthekind", "+odd"],
    ] {
        assert_eq!(code(&shell.run(wrong)), 2, "{wrong:?}");
    }
    let refused = words(&shell.run(&["tag", "a.txt", "+a,b"]).stderr);
    assert!(
        refused.contains("“a,b” can’t be a tag: it has a comma"),
        "{refused}"
    );
}

#[test]
fn sources_are_named_by_number_name_or_path_and_lose_nothing_when_they_are_away() {
    let shell = Shell::new();
    let notes = shell.folder().join("notes");
    fs::create_dir(&notes).unwrap();
    fs::write(notes.join("a.txt"), "It is about quidditch.\n").unwrap();
    let path = notes.to_str().unwrap().to_owned();
    shell.run(&["add", &path]);
    let source = &shell.json(&["sources"])[1];
    assert_eq!(
        (&source["kind"], &source["name"]),
        (&"folder".into(), &"notes".into())
    );
    assert!(source["looked"].is_string());
    fs::rename(&notes, shell.folder().join("away")).unwrap();
    let refreshed = shell.run(&["refresh", &path]);
    assert_eq!(code(&refreshed), 2);
    assert!(
        words(&refreshed.stderr).contains("is not there now; the library keeps its 1 documents")
    );
    assert_eq!(shell.json(&["search", "quidditch"])["total"], 1);
    assert_eq!(code(&shell.run(&["refresh", "papers"])), 2);
    assert_eq!(code(&shell.run(&["remove", "papers"])), 2);
    assert_eq!(code(&shell.run(&["remove", &path])), 0);
    assert_eq!(shell.json(&["search", "quidditch"])["total"], 0);
    assert_eq!(code(&shell.run(&["remove", "Seeds"])), 0);
    assert_eq!(shell.json(&["sources"]), serde_json::json!([]));
}

#[test]
fn a_limit_that_is_set_refuses_by_name() {
    let shell = Shell::new();
    let settings = shell.folder().join("settings");
    fs::create_dir(&settings).unwrap();
    fs::write(
        settings.join("settings.toml"),
        "[limits]\nbytes = \"1 KB\"\n",
    )
    .unwrap();
    let note = shell.folder().join("long.txt");
    fs::write(&note, "Quidditch. ".repeat(200)).unwrap();
    let added = shell.run(&["add", note.to_str().unwrap()]);
    assert_eq!(code(&added), 2);
    let told = words(&added.stderr);
    assert!(
        told.contains("long.txt: has 2.1 KB; at most 1 KB are read (the setting limits.bytes)"),
        "{told}"
    );
}

#[test]
fn notes_are_written_listed_found_and_removed() {
    let shell = Shell::new();
    let file = shell.folder().join("a.txt");
    fs::write(&file, "It is about quidditch.\n\nNobody fell.\n").unwrap();
    assert_eq!(code(&shell.run(&["add", file.to_str().unwrap()])), 0);
    assert_eq!(code(&shell.run(&["notes"])), 1, "there is none");
    let id = shell.json(&["search", "quidditch"])["hits"][0]["id"].to_string();

    let written = shell.run(&["note", &id, "ask", "Ann", "--on", "Nobody fell."]);
    assert_eq!(
        (code(&written), words(&written.stdout).as_str()),
        (0, "1\n")
    );
    let mut piped = shell
        .command(&["note", &id])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let mut input = piped.stdin.take().unwrap();
    std::io::Write::write_all(&mut input, b"of all\nof it\n").unwrap();
    drop(input);
    assert!(piped.wait().unwrap().success());

    let listed = shell.json(&["notes"]);
    assert_eq!(listed[0]["note"], "of all\nof it");
    assert_eq!(listed[0]["quotation"], Value::Null);
    assert_eq!(listed[1]["note"], "ask Ann");
    assert_eq!(listed[1]["quotation"], "Nobody fell.");
    assert_eq!(listed[1]["document"].to_string(), id);
    let text = words(&shell.run(&["notes", &id]).stdout);
    assert!(text.contains("> Nobody fell.\n      ask Ann"), "{text}");
    assert_eq!(shell.json(&["search", "note:ann"])["total"], 1);
    assert_eq!(shell.json(&["search", "quidditch -has:note"])["total"], 0);

    for (arguments, ends_with) in [
        (&["note", "absent", "x"][..], 2),
        (&["note", &id, " "], 2),
        (&["note", &id, "x", "--on", "nowhere"], 2),
        (&["note"], 2),
        (&["note", "--remove", "9"], 2),
        (&["note", "--remove", "1", "9"], 1),
        (&["note", "--remove", "2"], 0),
        (&["notes"], 1),
    ] {
        assert_eq!(code(&shell.run(arguments)), ends_with, "{arguments:?}");
    }
}
