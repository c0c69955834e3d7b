//! The house stands as it is drawn: no room reaches up or sideways, no crate leaves its room.
//!
//! The tables below are the drawing. Every file under `src/` is read and checked against them, and so is Cargo.toml:
//! a dependency that no room owns fails. What the checker can see is shown by bad examples, and what it must leave
//! alone by tricky good ones.

#[path = "architecture/rules.rs"]
mod rules;
#[path = "architecture/source.rs"]
mod source;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rules::{House, May, Room, SourceFile, is_within, test_modules, violations};

const HOUSE: House = House {
    rooms: &[
        room("text", 0, &["frostem"], &[]),
        room("document", 1, &[], &[]),
        room("config", 1, &["toml", "etcetera"], &[May::World]),
        room(
            "format",
            2,
            &[
                "quick_xml",
                "html5ever",
                "encoding_rs",
                "chardetng",
                "pulldown_cmark",
                "saphyr_parser",
                // Front matter between `+++`.
                "toml",
                "zip",
                "flate2",
                "lz4_flex",
                "mail_parser",
                "memchr",
                "hayro_syntax",
                "hayro_font",
                "hayro_cmap",
                "whatlang",
                "serde_json",
            ],
            &[May::Scope],
        ),
        room("query", 2, &[], &[]),
        room("typeset", 2, &["hypher"], &[]),
        room("desktop", 3, &["base64", "open"], &[May::World]),
        room(
            "store",
            3,
            &["rusqlite", "flate2", "postcard"],
            &[May::World],
        ),
        room(
            "index",
            3,
            &["tantivy", "serde_json"],
            &[May::World, May::Scope],
        ),
        room(
            "library",
            4,
            &["ignore", "similar", "tempfile"],
            &[May::World, May::Scope],
        ),
        room("app", 5, &[], &[]),
        room("worker", 6, &[], &[May::World, May::Thread]),
        room(
            "cli",
            6,
            &["clap", "serde_json", "anyhow", "signal_hook"],
            &[May::World, May::Print],
        ),
        // The screen's one thread waits for the keys: nothing else can wait for two things at once.
        room(
            "ui",
            6,
            &["ratatui", "crossterm", "signal_hook"],
            &[May::World, May::Print, May::Thread],
        ),
        room("run", 7, &["anyhow"], &[May::World, May::Print, May::Send]),
        room("lib", 8, &[], &[]),
        room("main", 8, &["anyhow"], &[May::World, May::Print]),
    ],
    everywhere: &[
        "serde",
        "thiserror",
        "jiff",
        "log",
        "unicode_segmentation",
        "unicode_width",
        "unicode_linebreak",
        "unicode_normalization",
    ],
    in_tests: &[
        "insta",
        "proptest",
        "feed_rs",
        "portable_pty",
        "vt100",
        "tempfile",
        "serde_json",
    ],
    empty_names: &[
        "prelude", "utils", "util", "common", "helpers", "helper", "misc", "shared",
    ],
};

const fn room(
    name: &'static str,
    floor: u8,
    crates: &'static [&'static str],
    may: &'static [May],
) -> Room {
    Room {
        name,
        floor,
        crates,
        may,
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Collects the Rust files under `folder`.
fn rust_files(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            rust_files(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    Ok(())
}

#[test]
fn every_room_keeps_to_its_floor_and_its_crates() {
    let mut paths = Vec::new();
    rust_files(&root().join("src"), &mut paths).unwrap();
    assert!(paths.len() > 15, "the sources were found");
    paths.sort();
    let files: Vec<(String, String)> = paths
        .iter()
        .map(|path| {
            let name = path.strip_prefix(root()).unwrap().to_str().unwrap();
            (name.replace('\\', "/"), fs::read_to_string(path).unwrap())
        })
        .collect();
    let tests: Vec<String> = files
        .iter()
        .flat_map(|(path, text)| test_modules(path, text))
        .collect();
    let found: Vec<String> = files
        .iter()
        .flat_map(|(path, text)| {
            let test = is_within(path, &tests);
            violations(&HOUSE, SourceFile { path, text, test })
        })
        .map(|violation| violation.to_string())
        .collect();
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn a_file_is_a_test_where_its_module_was_declared_so() {
    let modules = test_modules(
        "src/typeset/mod.rs",
        "mod rows;\n#[cfg(test)]\nmod pictures;\n#[cfg(all(test, unix))]\nmod tests { mod a; }",
    );
    assert_eq!(
        modules,
        ["typeset::pictures", "typeset::tests", "typeset::tests::a"]
    );
    for (path, test) in [
        ("src/typeset/pictures.rs", true),
        ("src/typeset/pictures/mod.rs", true),
        ("src/typeset/pictures/tables.rs", true),
        ("src/typeset/pictures_of.rs", false),
        ("src/typeset/rows.rs", false),
        ("src/typeset/mod.rs", false),
    ] {
        assert_eq!(is_within(path, &modules), test, "{path}");
    }
}

#[test]
fn every_dependency_has_a_room_and_every_crate_of_the_table_is_a_dependency() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let manifest: toml::Table = manifest.parse().unwrap();
    let names = |table: &str| -> Vec<String> {
        let table = manifest.get(table).and_then(toml::Value::as_table);
        let names = table.into_iter().flat_map(toml::Table::keys);
        names.map(|name| name.replace('-', "_")).collect()
    };
    let (normal, dev) = (names("dependencies"), names("dev-dependencies"));
    let owned: Vec<&str> = HOUSE
        .rooms
        .iter()
        .flat_map(|room| room.crates)
        .chain(HOUSE.everywhere)
        .copied()
        .collect();
    for name in &normal {
        assert!(
            owned.contains(&name.as_str()),
            "no room owns the crate {name}"
        );
    }
    for name in &dev {
        assert!(
            HOUSE.in_tests.contains(&name.as_str()),
            "the crate {name} is not among those for tests"
        );
    }
    for name in owned {
        assert!(
            normal.iter().any(|known| known == name),
            "{name} is not in Cargo.toml"
        );
    }
    for name in HOUSE.in_tests {
        assert!(
            dev.iter().chain(&normal).any(|known| known == name),
            "{name} is not in Cargo.toml"
        );
    }
}

#[test]
fn the_map_in_lib_rs_is_the_table() {
    // A link says `mod@` where a macro has the same name.
    let lib = fs::read_to_string(root().join("src/lib.rs"))
        .unwrap()
        .replace("[`mod@", "[`");
    for room in HOUSE.rooms.iter().filter(|room| room.floor < 8) {
        let row = format!("//! | {} | [`{}`] |", room.floor, room.name);
        assert!(lib.contains(&row), "{row} is not in src/lib.rs");
    }
}

/// Checks that each file has one fault, on this line, told in these words.
fn told(examples: &[(&str, &str, usize, &str)]) {
    for (path, text, line, message) in examples {
        let test = false;
        let found = violations(&HOUSE, SourceFile { path, text, test });
        let found: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert_eq!(found, [format!("{path}:{line}: {message}")], "{text}");
    }
}

#[test]
fn a_room_that_reaches_up_or_sideways_is_told_by_file_and_line() {
    told(&[
        (
            "src/text/a.rs",
            "use std::fmt;\nuse crate::query::Query;",
            2,
            "`text` (floor 0) must not use `query` (floor 2)",
        ),
        (
            "src/query/a.rs",
            "fn f() -> crate::typeset::Row { todo!() }",
            1,
            "`query` (floor 2) must not use `typeset` (floor 2)",
        ),
        (
            "src/app/a.rs",
            "use crate::{document::Body,\n    text::{cells, Language}, ui};",
            2,
            "`app` (floor 5) must not use `ui` (floor 6)",
        ),
        (
            "src/app/update/mod.rs",
            "use super::super::ui::draw;",
            1,
            "`app` (floor 5) must not use `ui` (floor 6)",
        ),
        (
            "src/app/a.rs",
            "mod inner {\n    fn f() { super::super::super::worker::start() }\n}",
            2,
            "`app` (floor 5) must not use `worker` (floor 6)",
        ),
        (
            "src/app/a.rs",
            "fn f() { recto::worker::start() }",
            1,
            "`app` (floor 5) must not use `worker` (floor 6)",
        ),
        (
            "src/store/a.rs",
            "#[cfg(test)]\nmod tests {\n    use crate::library::Library;\n}",
            3,
            "`store` (floor 3) must not use `library` (floor 4)",
        ),
        (
            "src/app/mod.rs",
            "use super::*;",
            1,
            "the root of the crate is no room: name the room",
        ),
        (
            "src/app/a.rs",
            "use crate as all;",
            1,
            "the root of the crate is no room: name the room",
        ),
        (
            "src/app/a.rs",
            "use crate::tools::x;",
            1,
            "`tools` is no room",
        ),
        (
            "src/tools/mod.rs",
            "",
            1,
            "a room that is not in the table of tests/architecture.rs",
        ),
    ]);
}

#[test]
fn a_crate_outside_its_room_is_told() {
    told(&[
        (
            "src/library/a.rs",
            "fn f(d: &dyn tantivy::Directory) {}",
            1,
            "the crate `tantivy` is not for `library`",
        ),
        (
            "src/library/a.rs",
            "fn f() { ::rusqlite::version(); }",
            1,
            "the crate `rusqlite` is not for `library`",
        ),
        (
            "src/config/a.rs",
            "// one\n/* two /* nested */\n */ use clap::{Parser as P};",
            3,
            "the crate `clap` is not for `config`",
        ),
        (
            "src/app/a.rs",
            "fn f() { proptest::run() }",
            1,
            "the crate `proptest` is not for `app`",
        ),
        (
            "src/index/mod.rs",
            "pub use tantivy::Searcher;",
            1,
            "`index` must not hand on the crate `tantivy`",
        ),
    ]);
}

#[test]
fn threads_printing_files_and_empty_names_are_told() {
    told(&[
        (
            "src/library/a.rs",
            "use std::thread;\nfn f() { thread::spawn(|| ()); }",
            2,
            "`std::thread` is not for `library`",
        ),
        (
            "src/library/a.rs",
            "use std::thread;\nmod b {\n    use super::*;\n    fn f() { thread::spawn(|| ()); }\n}",
            4,
            "`std::thread` is not for `library`",
        ),
        (
            "src/index/a.rs",
            "use std::{fmt, sync::{Arc, mpsc}};",
            1,
            "`std::sync::mpsc` is not for `index`",
        ),
        (
            "src/store/a.rs",
            "fn f(c: char) { if c == '\"' { println!(\"\") } }",
            1,
            "`println!`: `store` must not print",
        ),
        (
            "src/library/a.rs",
            "use std::io;\n\nfn f() { io::stdout(); }",
            3,
            "`std::io::stdout` is not for `library`",
        ),
        (
            "src/format/a.rs",
            "fn f() { std::fs::read(\"x\"); }",
            1,
            "`std::fs` is not for `format`",
        ),
        (
            "src/app/a.rs",
            "use std::time::Instant;\nfn f() { Instant::now(); }",
            2,
            "`std::time::Instant::now` is not for `app`",
        ),
        (
            "src/app/helpers.rs",
            "",
            1,
            "`helpers` says nothing of what is in it",
        ),
        (
            "src/app/mod.rs",
            "\nmod utils;",
            2,
            "`utils` says nothing of what is in it",
        ),
        (
            "src/app/mod.rs",
            "#[path = \"../ui/draw.rs\"]\nmod draw;",
            1,
            "`#[path]` takes a module from elsewhere",
        ),
    ]);
}

#[test]
fn tests_have_crates_of_their_own_and_keep_to_the_floors() {
    let check = |text| {
        let (path, test) = ("src/typeset/pictures.rs", true);
        violations(&HOUSE, SourceFile { path, text, test }).len()
    };
    assert_eq!(
        check("use insta::assert_snapshot;\nfn f() { println!() }"),
        0
    );
    assert_eq!(check("use ratatui::Frame;\nuse crate::ui::draw;"), 2);
}

#[test]
fn what_a_room_may_do_is_left_alone() {
    for (path, text) in [
        (
            "src/query/a.rs",
            "use crate::{document::Date, text::Language};",
        ),
        (
            "src/query/a.rs",
            "use super::{Field, tree::Node}; pub(crate) struct A;",
        ),
        (
            "src/app/update/a.rs",
            "use super::super::reader; use crate::app::App;",
        ),
        (
            "src/app/a.rs",
            "/// See [`crate::ui::draw`].\n// use crate::ui;\nfn f() {}",
        ),
        (
            "src/app/a.rs",
            "/* crate::ui /* ratatui::x */ ui */ fn f() {}",
        ),
        (
            "src/app/a.rs",
            r##"const A: &str = r#"use crate::ui; "std::fs::read" "#;"##,
        ),
        (
            "src/app/a.rs",
            r#"const A: &str = "\"crate::ui::draw\\"; const B: char = '"';"#,
        ),
        (
            "src/app/a.rs",
            "fn f<'a>(x: &'a str, c: char) -> bool { c == '\\'' || x == \"ui::\" }",
        ),
        (
            "src/app/a.rs",
            "fn f(open: &Open) { open.that(); self.tantivy.x() }",
        ),
        ("src/cli/mod.rs", "mod open;\nfn f() { open::run(); }"),
        (
            "src/cli/add.rs",
            "use super::open;\nfn f() { open::run(); println!(); }",
        ),
        (
            "src/library/a.rs",
            "use std::thread;\nfn f() { thread::scope(|scope| ()); }",
        ),
        (
            "src/index/a.rs",
            "fn f() { std::thread::available_parallelism(); }",
        ),
        (
            "src/desktop/a.rs",
            "use std::thread;\nfn f() { thread::sleep(LOOK); }",
        ),
        ("src/worker/a.rs", "use std::{sync::mpsc::Sender, thread};"),
        (
            "src/store/a.rs",
            "#[cfg(test)]\nmod tests {\n    use super::*;\n    use proptest::prelude::*;\n    fn f() { println!(); std::thread::spawn(|| ()); }\n}",
        ),
        (
            "src/store/a.rs",
            "use super::put;\nfn f() { put::correct(); }\n#[cfg(test)]\nmod tests {\n    use super::super::fixtures::put;\n}",
        ),
        (
            "src/app/a.rs",
            "#[derive(serde::Serialize, thiserror::Error)] struct A;",
        ),
        (
            "src/main.rs",
            "use recto::{cli, run};\nfn main() { crate::start() }",
        ),
        ("src/lib.rs", "pub mod app;\npub mod ui;"),
        (
            "src/app/a.rs",
            "fn f<'a>(x: &'a str) -> impl Fn() + use<'a> { move || () }",
        ),
    ] {
        let test = false;
        let file = SourceFile { path, text, test };
        assert_eq!(violations(&HOUSE, file), [], "{text}");
    }
}
