//! What adding does, tried on small folders.

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use crate::config::Limits;
use crate::library::fixtures::{Desk, counts, go_on};
use crate::library::{Added, Look, Phase, Progress};
use crate::store::SourceKind;

#[test]
fn a_folder_is_one_source_and_its_files_are_documents() {
    let mut desk = Desk::new();
    desk.write("trust.txt", "It is the first word used.\n");
    desk.write("deep/er/care.txt", "Social care is local.\n");
    let added = desk.add_notes();
    assert_eq!((counts(&added), added.failed), ([2, 0, 0, 0], vec![]));
    let sources = desk.library.sources().unwrap();
    assert_eq!(sources.len(), 1);
    assert_eq!(
        (sources[0].kind, sources[0].documents),
        (SourceKind::Folder, 2)
    );
    assert_eq!(sources[0].name, "notes");
    assert_eq!(desk.keys("care"), ["deep/er/care.txt"]);
}

#[test]
fn adding_again_changes_nothing_and_says_so() {
    let mut desk = Desk::new();
    let note = desk.write("trust.txt", "It is the first word used.\n");
    desk.add_notes();
    let change = desk.library.store.last_change().unwrap();
    assert_eq!(counts(&desk.add_notes()), [0, 0, 1, 0]);
    assert_eq!(counts(&desk.add(&note)), [0, 0, 1, 0]);
    assert_eq!(desk.library.store.last_change().unwrap(), change);
}

/// Makes a file look as if it had been written an hour ago: its time proves something.
fn settle(path: &Path) {
    let hour = std::time::Duration::from_hours(1);
    let file = fs::File::options().write(true).open(path).unwrap();
    file.set_modified(std::time::SystemTime::now() - hour)
        .unwrap();
}

#[test]
fn what_has_its_size_and_time_is_not_opened_again() {
    let mut desk = Desk::new();
    let notes = [
        desk.write("a.txt", "It is about trust.\n"),
        desk.write("empty.txt", ""),
        desk.write("photo", b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\0\0\0\0"),
    ];
    for note in &notes {
        settle(note);
    }
    let first = desk.add_notes();
    assert_eq!(first.read, 3);
    let again = desk.add_notes();
    assert_eq!((again.read, counts(&again)), (0, [0, 0, 1, 0]));
    assert_eq!((again.failed, again.without_text), (first.failed, 1));
    // Touched, it is opened and is the same; after that it rests again.
    fs::write(&notes[0], "It is about trust.\n").unwrap();
    let file = fs::File::options().write(true).open(&notes[0]).unwrap();
    file.set_modified(std::time::UNIX_EPOCH).unwrap();
    let touched = desk.add_notes();
    assert_eq!((touched.read, counts(&touched)), (1, [0, 0, 1, 0]));
    assert_eq!(desk.add_notes().read, 0);
    let paths = [desk.path("")];
    let checked = desk
        .library
        .add_looking_at(Look::Everything, &paths, &mut go_on);
    assert_eq!(checked.unwrap().read, 3);
}

#[test]
fn a_time_that_was_young_proves_nothing() {
    let mut desk = Desk::new();
    let note = desk.write("a.txt", "It is about trust.\n");
    let time = note.metadata().unwrap().modified().unwrap();
    desk.add_notes();
    desk.write("a.txt", "It is about bread.\n");
    let file = fs::File::options().write(true).open(&note).unwrap();
    file.set_modified(time).unwrap();
    assert_eq!(counts(&desk.add_notes()), [0, 1, 0, 0]);
}

#[test]
fn other_limits_have_a_file_read_again() {
    let mut desk = Desk::new();
    let note = desk.write("a.txt", "It is about trust.\n");
    settle(&note);
    desk.library.set_limits(Limits {
        bytes: 9,
        ..Limits::default()
    });
    let refused = desk.add_notes();
    assert_eq!(
        refused.failed[0].reason,
        "has 19 B; at most 9 B are read (the setting limits.bytes)"
    );
    desk.library.set_limits(Limits::default());
    assert_eq!(counts(&desk.add_notes()), [1, 0, 0, 0]);
}

#[test]
fn a_source_says_when_it_was_looked_through() {
    let mut desk = Desk::new();
    let note = desk.write("a/b.txt", "It is about trust.\n");
    desk.write("c.txt", "It is about care.\n");
    let mut stop = |_: Progress| ControlFlow::Break(());
    let paths = [desk.path("")];
    assert!(desk.library.add(&paths, &mut stop).unwrap().stopped);
    desk.add_notes();
    let looked = desk.library.sources().unwrap()[0].looked;
    assert!(looked.is_some());
    desk.add(&note);
    assert_eq!(desk.library.sources().unwrap()[0].looked, looked);
}

#[test]
fn what_changed_is_updated_and_what_is_gone_goes() {
    let mut desk = Desk::new();
    desk.write("a.txt", "It is about trust.\n");
    let b = desk.write("b.txt", "It is about care.\n");
    desk.write("c.txt", "It is about funding.\n");
    desk.add_notes();
    desk.write("a.txt", "It is about libraries.\n");
    fs::remove_file(b).unwrap();
    assert_eq!(counts(&desk.add_notes()), [0, 1, 1, 1]);
    assert_eq!(desk.keys("libraries"), ["a.txt"]);
    assert_eq!(desk.keys("trust"), [""; 0]);
    assert_eq!(desk.keys("care"), [""; 0]);
}

#[test]
fn a_feed_forgets_and_the_library_does_not() {
    let feed = |items: &[&str]| {
        let items = items.iter().map(|name| {
            format!("<item><title>{name}</title><guid>{name}</guid><description>It says {name}.</description></item>")
        });
        format!(
            "<rss version=\"2.0\"><channel><title>A feed</title>{}</channel></rss>",
            items.collect::<String>()
        )
    };
    let mut desk = Desk::new();
    let path = desk.write("feed.xml", feed(&["one", "two"]));
    assert_eq!(counts(&desk.add(&path)), [2, 0, 0, 0]);
    desk.write("feed.xml", feed(&["two", "three"]));
    assert_eq!(counts(&desk.add(&path)), [1, 0, 1, 0]);
    assert_eq!(
        desk.keys(""),
        ["one @ A feed", "three @ A feed", "two @ A feed"]
    );
    assert_eq!(desk.library.sources().unwrap()[0].name, "A feed");
}

#[test]
fn hidden_and_ignored_files_stay_out() {
    let mut desk = Desk::new();
    desk.write("kept.txt", "Kept.\n");
    desk.write(".hidden.txt", "Hidden.\n");
    desk.write(".git/config.txt", "Hidden.\n");
    desk.write("drafts/one.txt", "Ignored.\n");
    desk.write(".gitignore", "drafts/\n");
    assert_eq!(counts(&desk.add_notes()), [1, 0, 0, 0]);
    assert_eq!(desk.keys(""), ["kept.txt"]);
}

#[cfg(unix)]
#[test]
fn links_are_followed_and_no_file_is_read_twice() {
    use std::os::unix::fs::symlink;
    let mut desk = Desk::new();
    desk.write("deep/note.txt", "Here.\n");
    desk.write("../elsewhere/blog/post.txt", "There.\n");
    let elsewhere = desk.path("../elsewhere");
    symlink(&elsewhere, elsewhere.join("blog/back")).unwrap();
    for (name, to) in [
        ("deep/up", desk.path("")),
        ("out", desk.path("..")),
        ("twin.txt", desk.path("deep/note.txt")),
        ("blog", elsewhere.join("blog")),
        ("blog again", elsewhere.join("blog")),
        ("nowhere", desk.path("absent")),
    ] {
        symlink(to, desk.path(name)).unwrap();
    }
    let added = desk.add_notes();
    assert_eq!((counts(&added), &added.failed), ([2, 0, 0, 0], &vec![]));
    assert_eq!(added.warnings.len(), 1, "{:?}", added.warnings);
    assert_eq!(
        added.warnings[0].message,
        "links that lead nowhere: 1; passed over"
    );
    assert_eq!(desk.keys(""), ["blog/post.txt", "deep/note.txt"]);
}

#[cfg(unix)]
#[test]
fn odd_names_are_only_names() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let mut desk = Desk::new();
    desk.write("a\nb [c] *?.txt", "One.\n");
    for name in [&b"\xff.txt"[..], b"\xfe.txt"] {
        fs::write(desk.path("").join(OsStr::from_bytes(name)), "Two.\n").unwrap();
    }
    assert_eq!(counts(&desk.add_notes()), [3, 0, 0, 0]);
    assert_eq!(counts(&desk.add_notes()), [0, 0, 3, 0]);
}

#[test]
fn the_nearest_manifest_that_knows_a_file_counts() {
    let mut desk = Desk::new();
    let entry =
        |path: &str, author: &str| format!("[[file]]\npath = \"{path}\"\nauthor = \"{author}\"\n");
    desk.write(
        "library.toml",
        entry("deep/a.txt", "Far") + &entry("deep/b.txt", "Far"),
    );
    desk.write("deep/library.toml", entry("a.txt", "Near"));
    desk.write("deep/a.txt", "One.\n");
    desk.write("deep/b.txt", "Two.\n");
    assert_eq!(counts(&desk.add_notes()), [2, 0, 0, 0]);
    let author = |desk: &Desk, key: &str| {
        let id = desk.library.resolve(key).unwrap().unwrap();
        let opened = desk.library.document(id).unwrap().unwrap();
        opened.document.metadata.authors[0].clone()
    };
    assert_eq!(author(&desk, "deep/a.txt"), "Near");
    assert_eq!(author(&desk, "deep/b.txt"), "Far");
    desk.write("deep/library.toml", entry("a.txt", "Nearer"));
    assert_eq!(counts(&desk.add_notes()), [0, 1, 1, 0]);
}

#[test]
fn what_cannot_be_read_is_told_and_the_rest_goes_on() {
    let mut desk = Desk::new();
    desk.write("note.txt", "A note.\n");
    desk.write("photo", b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\0\0\0\0");
    let paths = [desk.path("absent"), desk.path("")];
    let added = desk.library.add(&paths, &mut go_on).unwrap();
    assert_eq!(counts(&added), [1, 0, 0, 0]);
    let failed = |added: &Added| -> Vec<(PathBuf, String)> {
        let failed = added.failed.iter().cloned();
        failed
            .map(|failure| (failure.path, failure.reason))
            .collect()
    };
    let photo = (desk.path("photo"), "is not text; passed over".to_owned());
    let absent = (
        desk.path("absent"),
        "there is nothing of that name".to_owned(),
    );
    assert_eq!(failed(&added), [absent, photo.clone()]);
    assert_eq!(added.warnings, []);
    // Adding again takes the photo apart no more, and tells of it all the same.
    assert_eq!(failed(&desk.add_notes()), [photo]);
    let coverage = desk.library.coverage().unwrap();
    assert_eq!((coverage.documents, coverage.searchable), (1, 1));
    assert_eq!(coverage.failed.len(), 1);
    assert_eq!(coverage.failed[0].path, "photo");
}

#[test]
fn files_without_text_are_counted_in_a_folder_and_fail_where_they_are_named() {
    let mut desk = Desk::new();
    desk.write("note.txt", "A note.\n");
    let empty = desk.write("empty.txt", "");
    let blank = desk.write("blank.txt", " \n\n\t\n");
    let page = desk.write("page.html", "<html><body><p> </p></body></html>");
    let feed = desk.write(
        "feed.xml",
        "<rss version=\"2.0\"><channel><title>A feed</title></channel></rss>",
    );
    let stub = desk.write("stub.md", "---\ntitle: A stub\n---\n");
    for _ in 0..2 {
        let added = desk.add_notes();
        assert_eq!((added.failed.len(), added.without_text), (0, 5));
        assert_eq!(added.warnings, []);
    }
    assert_eq!(desk.library.coverage().unwrap().failed, []);
    let mut alone = Desk::new();
    for path in [empty, blank, page, feed, stub] {
        let added = alone.add(&path);
        assert_eq!(added.without_text, 0);
        assert_eq!(added.failed[0].path, path);
        assert_eq!(added.failed[0].reason, "has no text");
    }
    assert_eq!(alone.library.sources().unwrap(), []);
}

#[test]
fn a_file_too_large_to_read_fails_with_its_size() {
    let mut desk = Desk::new();
    let path = desk.path("large.txt");
    let file = fs::File::create(&path).unwrap();
    file.set_len(Limits::default().bytes + 1).unwrap();
    let added = desk.add(&path);
    assert_eq!(
        added.failed[0].reason,
        "has 256 MB; at most 256 MB are read (the setting limits.bytes)"
    );
    assert_eq!(desk.library.sources().unwrap(), []);
}

#[test]
fn stopped_it_keeps_what_it_has_and_goes_on_next_time() {
    let mut desk = Desk::new();
    for name in ["a.txt", "b.txt", "c.txt"] {
        desk.write(name, format!("This is {name}.\n"));
    }
    let mut stop_at_the_second = |progress: Progress| {
        if progress.phase == Phase::Reading && progress.done == 1 {
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    };
    let paths = [desk.path("")];
    let added = desk.library.add(&paths, &mut stop_at_the_second).unwrap();
    assert!(added.stopped);
    assert_eq!(counts(&added), [1, 0, 0, 0]);
    assert_eq!(counts(&desk.add_notes()), [2, 0, 1, 0]);
    assert_eq!(desk.library.coverage().unwrap().searchable, 3);
}

#[test]
fn a_folder_that_is_suddenly_empty_loses_nothing() {
    let mut desk = Desk::new();
    let note = desk.write("a.txt", "One.\n");
    desk.add_notes();
    fs::remove_file(note).unwrap();
    let added = desk.add_notes();
    assert_eq!(counts(&added), [0; 4]);
    assert_eq!(added.warnings.len(), 1);
    assert_eq!(desk.keys(""), ["a.txt"]);
}

#[test]
fn a_file_that_is_suddenly_empty_keeps_its_document() {
    let mut desk = Desk::new();
    let note = desk.write("a.txt", "One.\n");
    desk.add(&note);
    desk.write("a.txt", "");
    assert_eq!(counts(&desk.add(&note)), [0; 4]);
    assert_eq!(desk.keys(""), ["a.txt"]);
}

#[test]
fn no_file_is_in_two_sources() {
    let mut desk = Desk::new();
    let own = desk.write("own.txt", "One.\n");
    let inner = desk.write("inner/two.txt", "Two.\n");
    desk.write("three.txt", "Three.\n");
    desk.add(&own);
    assert_eq!(counts(&desk.add_notes()), [2, 0, 0, 0]);
    // Both are read again where they are.
    desk.write("inner/two.txt", "Two, changed.\n");
    assert_eq!(counts(&desk.add(&inner)), [0, 1, 0, 0]);
    assert_eq!(counts(&desk.add(inner.parent().unwrap())), [0, 0, 1, 0]);
    assert_eq!(desk.library.sources().unwrap().len(), 2);
    assert_eq!(desk.keys(""), ["inner/two.txt", "own.txt", "three.txt"]);
}

#[test]
fn stars_wait_for_a_source_that_comes_back() {
    let mut desk = Desk::new();
    desk.write("a.txt", "One.\n");
    desk.add_notes();
    let id = desk.library.resolve("a.txt").unwrap().unwrap();
    assert!(desk.library.set_starred(id, true).unwrap());
    let source = desk.library.sources().unwrap()[0].id;
    let removed = desk.library.remove_source(source, &mut go_on).unwrap();
    assert_eq!(removed.unwrap().documents, 1);
    assert_eq!(desk.keys(""), [""; 0]);
    desk.add_notes();
    let again = desk.library.resolve("a.txt").unwrap().unwrap();
    assert_ne!(again, id);
    assert!(desk.library.document(again).unwrap().unwrap().marks.starred);
}

#[test]
fn a_document_that_comes_back_is_found_by_what_was_put_right() {
    let mut desk = Desk::new();
    desk.write("a.txt", "Heading\n\nIt says one.\n");
    desk.add_notes();
    let right = |title: &str| crate::document::Correction {
        title: Some(title.to_owned()),
        ..Default::default()
    };
    let id = desk.library.resolve("a.txt").unwrap().unwrap();
    assert!(desk.library.correct(id, right("Harbour")).unwrap());
    let source = desk.library.sources().unwrap()[0].id;
    desk.library.remove_source(source, &mut go_on).unwrap();
    assert_eq!(counts(&desk.add_notes()), [1, 0, 0, 0]);
    assert_eq!(desk.keys("title:harbour"), ["a.txt"]);
    assert_eq!(desk.keys("title:heading"), [""; 0]);
}

#[test]
fn what_two_files_of_a_group_say_of_one_document_is_found_as_the_later_says_it() {
    let mut desk = Desk::new();
    let feed = |said: &str| {
        format!(
            "<rss><channel><title>F</title><link>http://a.example/</link><item>\
             <guid>http://a.example/1</guid><title>One</title><description>The harbour is {said}, as \
             we all know who live there and see the ships come in.</description></item></channel></rss>"
        )
    };
    desk.write("a.xml", feed("pewter"));
    desk.write("b.xml", feed("brass"));
    assert_eq!(counts(&desk.add_notes()), [1, 1, 0, 0]);
    assert_eq!(desk.keys("brass"), ["http://a.example/1"]);
    assert_eq!(desk.keys("pewter"), [""; 0]);
}

#[test]
fn a_large_file_is_stored_as_it_comes_and_stopping_takes_it_back_whole() {
    let mut desk = Desk::new();
    let item = |number: usize| {
        format!("<item><guid>{number}</guid><description>It is {number}.</description></item>")
    };
    let items: String = (0..100).map(item).collect();
    // What makes it large need not be text.
    let padding = "-  -".repeat(5 << 20);
    desk.write("a.txt", "Small.\n");
    desk.write(
        "large.xml",
        format!("<rss version=\"2.0\"><channel><title>Large</title>{items}<!--{padding}--></channel></rss>"),
    );
    let mut stop_within = |progress: Progress| {
        if progress.documents > 50 {
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    };
    let paths = [desk.path("")];
    let added = desk.library.add(&paths, &mut stop_within).unwrap();
    assert!(added.stopped);
    assert_eq!(desk.library.coverage().unwrap().documents, 1);
    assert_eq!(counts(&desk.add_notes()), [100, 0, 1, 0]);
}

#[test]
fn two_handles_may_add_at_once_and_everything_is_searchable_after() {
    let mut desk = Desk::new();
    for number in 0..20 {
        desk.write(&format!("ours/{number}.txt"), format!("Ours {number}.\n"));
        desk.write(
            &format!("theirs/{number}.txt"),
            format!("Theirs {number}.\n"),
        );
    }
    let mut other = desk.library.another().unwrap();
    let theirs = [desk.path("theirs")];
    std::thread::scope(|scope| {
        let adding = scope.spawn(move || other.add(&theirs, &mut go_on).unwrap());
        assert_eq!(desk.add(&desk.path("ours")).new, 20);
        assert_eq!(adding.join().unwrap().new, 20);
    });
    desk.library.catch_up(&mut go_on).unwrap();
    let coverage = desk.library.coverage().unwrap();
    assert_eq!((coverage.documents, coverage.searchable), (40, 40));
    assert_eq!(desk.keys("ours").len(), 20);
}

#[test]
fn documents_of_different_files_under_one_name_are_all_kept() {
    let mut desk = Desk::new();
    desk.write(
        "one.jsonl",
        "{\"id\":\"7\",\"title\":\"Lions\",\"text\":\"Lions sleep.\"}\n",
    );
    desk.write(
        "two.jsonl",
        "{\"id\":\"7\",\"title\":\"Tigers\",\"text\":\"Tigers sleep.\"}\n",
    );
    // As careless sites have it on every page.
    let page = |title: &str, word: &str| {
        let about: Vec<String> = (0..20)
            .map(|n| format!("Here {word}{n} is what {word}{n} does, and {word}{n} has it."))
            .collect();
        let text = about.join(" ");
        format!(
            "<!DOCTYPE html><title>{title}</title><meta property=og:url content=https://example.org/>
             <article><h1>{title}</h1><p>{text}</p></article>"
        )
    };
    desk.write("care.html", page("Of care", "care"));
    desk.write("trust.html", page("Of trust", "trust"));
    let feed = |name: &str, word: &str| {
        format!(
            "<rss version=2.0><channel><title>{name}</title><link>https://{name}.org/</link>
             <item><guid isPermaLink='false'>1</guid><title>{word}</title><description>{word}!</description></item>
             </channel></rss>"
        )
    };
    desk.write("a.xml", feed("a", "Bread"));
    desk.write("b.xml", feed("b", "Butter"));
    for expected in [[6, 0, 0, 0], [0, 0, 6, 0]] {
        assert_eq!(counts(&desk.add_notes()), expected);
    }
    assert_eq!(desk.keys("lions"), ["7"]);
    assert_eq!(desk.keys("tigers"), ["7 @ two.jsonl"]);
    assert_eq!(
        desk.keys("title:trust"),
        ["https://example.org/ @ trust.html"]
    );
    assert_eq!(
        desk.keys("bread OR butter"),
        ["1 @ https://a.org/", "1 @ https://b.org/"]
    );

    // What was told apart stays so when the other is gone, and a later copy of a document is the same.
    let star = desk
        .library
        .store
        .resolve("7 @ two.jsonl")
        .unwrap()
        .unwrap();
    fs::remove_file(desk.path("one.jsonl")).unwrap();
    desk.write("c.xml", feed("a", "Bread"));
    assert_eq!(counts(&desk.add_notes())[0..2], [0, 0]);
    assert_eq!(
        desk.library.store.resolve("7 @ two.jsonl").unwrap(),
        Some(star)
    );
}

#[test]
fn files_named_one_by_one_go_in_as_many_at_a_time_as_those_of_a_folder() {
    const FILES: usize = 300;
    let mut desk = Desk::new();
    let mut paths: Vec<PathBuf> = (0..FILES)
        .map(|file| desk.write(&format!("{file:03}.txt"), format!("Bread {file}.\n")))
        .collect();
    let letter = "From: Ann <a@x>\nMessage-ID: <1@x>\nSubject: Bread\n\nLetter of bread.\n";
    paths[7] = desk.write("seven.eml", letter);
    // What has nothing in it is no source, what is named twice is one, and what is not there is told.
    paths[9] = desk.write("empty.txt", "");
    paths[11] = paths[10].clone();
    paths[12] = desk.path("nowhere.txt");
    let other = desk.library.another().unwrap();
    let mut seen = Vec::new();
    let mut note = |progress: Progress| {
        seen.push(other.store.count_documents().unwrap());
        if progress.phase == Phase::Reading {
            assert!(progress.done <= progress.total && progress.total == FILES);
        }
        ControlFlow::Continue(())
    };
    let added = desk.library.add(&paths, &mut note).unwrap();
    assert_eq!(counts(&added), [FILES - 3, 0, 1, 0]);
    let failed: Vec<String> = added.failed.iter().map(super::Failure::in_brief).collect();
    assert_eq!(failed.len(), 2, "{failed:?}");
    seen.dedup();
    // One for those before the one that is named twice, the others by the hundreds.
    assert!(seen.len() <= 5, "a transaction for each: {seen:?}");
    let sources = desk.library.sources().unwrap();
    assert_eq!(sources.len(), FILES - 3);
    assert!(
        sources
            .iter()
            .all(|source| source.documents == 1 && source.looked.is_some())
    );
    assert_eq!(sources[0].name, "000.txt");
    assert_eq!(desk.keys("letter"), ["1@x"]);
    // Again: nothing is new, and what has changed since is read.
    desk.write("005.txt", "Butter.\n");
    desk.write("seven.eml", letter.replace("Letter", "Another letter"));
    let added = desk.library.add(&paths, &mut go_on).unwrap();
    assert_eq!(counts(&added), [0, 2, FILES - 4, 0]);
    assert_eq!(desk.keys("butter"), ["005.txt"]);
    assert_eq!(desk.keys("another letter"), ["1@x"]);
}

#[test]
fn stopped_among_files_named_one_by_one_no_empty_source_is_left() {
    const FILES: usize = 300;
    let mut desk = Desk::new();
    let paths: Vec<PathBuf> = (0..FILES)
        .map(|file| desk.write(&format!("{file:03}.txt"), format!("Bread {file}.\n")))
        .collect();
    let mut stop = |progress: Progress| {
        if progress.phase == Phase::Reading && progress.done == 100 {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    };
    let added = desk.library.add(&paths, &mut stop).unwrap();
    assert_eq!((counts(&added), added.stopped), ([100, 0, 0, 0], true));
    assert_eq!(desk.library.sources().unwrap().len(), 100);
    assert_eq!(
        counts(&desk.library.add(&paths, &mut go_on).unwrap()),
        [200, 0, 100, 0]
    );
    assert_eq!(
        desk.library
            .find(
                &crate::query::parse("bread"),
                crate::library::Window::first(1),
                9
            )
            .unwrap()
            .hits
            .total,
        FILES
    );
}
