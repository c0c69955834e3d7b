//! Mailboxes of a source: threads that run over several, and what becomes of them when one changes.

use std::fmt::Write as _;
use std::fs;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::library::fixtures::{Desk, counts, go_on};
use crate::library::{Look, Phase, Progress};

/// Returns a letter of a mailbox that answers another; none where it answers itself.
fn letter(id: usize, answered: usize) -> String {
    let references = if id == answered {
        String::new()
    } else {
        format!("References: <{answered}@x>\n")
    };
    format!(
        "From a@x Mon Mar  4 10:00:00 2024\nFrom: a@x\nMessage-ID: <{id}@x>\n{references}\
         Subject: On trust\n\nIt is letter number{id}.\n\n"
    )
}

fn letters(numbers: &[(usize, usize)]) -> String {
    let letters = numbers.iter().map(|(id, answered)| letter(*id, *answered));
    letters.collect()
}

/// Returns the keys of the posts of the document of this key.
fn posts(desk: &Desk, key: &str) -> Vec<String> {
    let id = desk.library.store.resolve(key).unwrap().unwrap();
    let stored = desk.library.store.document(id).unwrap().unwrap();
    let parts = stored.document.body.parts().iter();
    parts.filter_map(|part| part.key.clone()).collect()
}

#[test]
fn a_thread_that_runs_over_months_is_one_document_and_loses_nothing() {
    let mut desk = Desk::new();
    desk.write("2024-01.mbox", letters(&[(1, 1), (2, 1), (9, 9)]));
    let february = desk.write("2024-02.mbox", letters(&[(3, 2), (8, 8)]));
    assert_eq!(counts(&desk.add_notes()), [3, 0, 0, 0]);
    assert_eq!(posts(&desk, "1@x"), ["1@x", "2@x", "3@x"]);
    assert_eq!(desk.keys("number3"), ["1@x"]);
    assert_eq!(counts(&desk.add_notes()), [0, 0, 3, 0]);
    // One month goes on: its own thread and the one that began before are new, and nothing else is touched.
    desk.write("2024-02.mbox", letters(&[(3, 2), (8, 8), (4, 3), (7, 8)]));
    assert_eq!(counts(&desk.add_notes()), [0, 2, 1, 0]);
    assert_eq!(posts(&desk, "1@x"), ["1@x", "2@x", "3@x", "4@x"]);
    // A third comes.
    desk.write("2024-03.mbox", letters(&[(5, 4)]));
    assert_eq!(counts(&desk.add_notes()), [0, 1, 2, 0]);
    assert_eq!(posts(&desk, "1@x").len(), 5);
    // The middle one goes: what is left of the thread hangs together by what answers say of it.
    fs::remove_file(&february).unwrap();
    assert_eq!(counts(&desk.add_notes()), [1, 1, 1, 1]);
    assert_eq!(posts(&desk, "1@x"), ["1@x", "2@x"]);
    assert_eq!(desk.keys("number5"), ["5@x"]);
    assert_eq!(desk.keys("number4 OR number8"), [""; 0]);
    // And comes back.
    desk.write("2024-02.mbox", letters(&[(3, 2), (8, 8), (4, 3), (7, 8)]));
    desk.add_notes();
    assert_eq!(posts(&desk, "1@x").len(), 5);
    assert_eq!(desk.keys("number5"), ["1@x"]);
}

#[test]
fn a_thread_whose_beginning_comes_later_is_the_same_with_all_that_was_left_on_it() {
    let mut desk = Desk::new();
    desk.write("2024-02.mbox", letters(&[(3, 2), (8, 8)]));
    assert_eq!(counts(&desk.add_notes()), [2, 0, 0, 0]);
    let id = desk.library.store.resolve("3@x").unwrap().unwrap();
    desk.library.store.set_starred(id, true).unwrap();
    desk.write("2024-01.mbox", letters(&[(1, 1), (2, 1)]));
    assert_eq!(counts(&desk.add_notes()), [0, 1, 1, 0]);
    assert_eq!(desk.library.store.resolve("1@x").unwrap(), Some(id));
    assert_eq!(posts(&desk, "1@x"), ["1@x", "2@x", "3@x"]);
    assert!(desk.library.store.marked().unwrap().starred.contains(&id));
}

#[test]
fn the_month_that_a_thread_began_in_goes_and_its_answers_stay() {
    let mut desk = Desk::new();
    let january = desk.write("2024-01.mbox", letters(&[(1, 1)]));
    desk.write("2024-02.mbox", letters(&[(2, 1), (3, 2)]));
    desk.add_notes();
    assert_eq!(posts(&desk, "1@x").len(), 3);
    fs::remove_file(january).unwrap();
    assert_eq!(counts(&desk.add_notes()), [1, 0, 0, 1]);
    assert_eq!(posts(&desk, "2@x"), ["2@x", "3@x"]);
    assert_eq!(counts(&desk.add_notes()), [0, 0, 1, 0]);
}

#[test]
fn a_root_that_is_in_two_mailboxes_is_taken_once_and_all_answers_are_kept() {
    let mut desk = Desk::new();
    desk.write("b.mbox", letters(&[(1, 1), (3, 1)]));
    assert_eq!(counts(&desk.add_notes()), [1, 0, 0, 0]);
    // Before it in the order of paths: the document goes over to it, and stays what it was.
    let a = desk.write("a.mbox", letters(&[(1, 1), (2, 1)]));
    assert_eq!(counts(&desk.add_notes()), [0, 1, 0, 0]);
    assert_eq!(posts(&desk, "1@x"), ["1@x", "2@x", "3@x"]);
    desk.write("maildir/cur/1", letter(4, 3).split_once('\n').unwrap().1);
    fs::create_dir_all(desk.path("maildir/new")).unwrap();
    assert_eq!(counts(&desk.add_notes()), [0, 1, 0, 0]);
    assert_eq!(posts(&desk, "1@x").len(), 4);
    fs::remove_file(a).unwrap();
    desk.add_notes();
    assert_eq!(posts(&desk, "1@x"), ["1@x", "3@x", "4@x"]);
}

#[test]
fn a_mailbox_that_is_added_by_itself_is_read_with_the_others_of_its_folder() {
    let mut desk = Desk::new();
    desk.write("2024-01.mbox", letters(&[(1, 1)]));
    let february = desk.write("2024-02.mbox", letters(&[(2, 1)]));
    desk.add_notes();
    desk.write("2024-02.mbox", letters(&[(2, 1), (3, 2)]));
    assert_eq!(counts(&desk.add(&february)), [0, 1, 0, 0]);
    assert_eq!(posts(&desk, "1@x"), ["1@x", "2@x", "3@x"]);
}

#[test]
fn a_mailbox_that_is_one_no_more_takes_its_posts_along() {
    let mut desk = Desk::new();
    desk.write("2024-01.mbox", letters(&[(1, 1)]));
    desk.write("2024-02.mbox", letters(&[(2, 1)]));
    desk.add_notes();
    desk.write("2024-02.mbox", "A note about bread.\n");
    desk.add_notes();
    assert_eq!(desk.keys("number2"), [""; 0]);
    assert_eq!(desk.keys("number1"), ["1@x"]);
    assert_eq!(desk.keys("bread"), ["2024-02.mbox"]);
}

#[test]
fn letters_in_files_of_their_own_are_known_by_their_names_and_paths() {
    let mut desk = Desk::new();
    desk.write("a.eml", "From: a@x\nSubject: One\n\nBread.\n");
    assert_eq!(counts(&desk.add_notes()), [1, 0, 0, 0]);
    desk.write("b.eml", "From: a@x\nSubject: Two\n\nButter.\n");
    desk.write(
        "c.eml",
        "From: a@x\nMessage-ID: <c@x>\nSubject: Three\n\nJam.\n",
    );
    assert_eq!(counts(&desk.add_notes()), [2, 0, 1, 0]);
    assert_eq!(
        desk.keys("bread OR butter OR jam"),
        ["a.eml", "b.eml", "c@x"]
    );
}

/// Returns a mailbox of twenty letters with an attachment each, some megabytes in all.
fn large() -> String {
    let line = format!("{}\n", "QUJD".repeat(18));
    let attached = line.repeat(13_000);
    let mut mailbox = String::new();
    for id in 0..20 {
        let _ = write!(
            mailbox,
            "From a@x Mon Mar  4 10:00:00 2024\nFrom: a@x\nMessage-ID: <{id}@x>\nSubject: s\n\
             MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n\
             --b\n\nLetter {id}.\n--b\nContent-Type: image/png\n\
             Content-Transfer-Encoding: base64\n\n{attached}\n--b--\n\n"
        );
    }
    mailbox
}

#[test]
fn a_large_mailbox_is_read_piece_by_piece_and_what_was_read_stays_when_it_is_stopped() {
    let mut desk = Desk::new();
    let path = desk.write("all.mbox", large());
    let mut stop = |progress: Progress| {
        if progress.phase == Phase::Reading && progress.documents == 5 {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    };
    let added = desk
        .library
        .add(std::slice::from_ref(&path), &mut stop)
        .unwrap();
    assert_eq!((counts(&added), added.stopped), ([5, 0, 0, 0], true));
    assert_eq!(counts(&desk.add(&path)), [15, 0, 5, 0]);
    assert_eq!(counts(&desk.add(&path)), [0, 0, 20, 0]);
    assert_eq!(desk.keys("letter").len(), 20);
}

#[test]
fn looking_at_a_large_mailbox_shows_how_far_it_is_and_can_be_stopped() {
    let mut desk = Desk::new();
    desk.write("all.mbox", large());
    let paths = [desk.path("")];
    let mut shown = Vec::new();
    let mut note = |progress: Progress| {
        if progress.phase == Phase::Reading {
            shown.push((progress.documents, progress.bytes));
            assert!(progress.bytes <= progress.total_bytes);
        }
        ControlFlow::Continue(())
    };
    desk.library
        .add_looking_at(Look::Everything, &paths, &mut note)
        .unwrap();
    assert!(shown.is_sorted_by_key(|(_, bytes)| bytes), "{shown:?}");
    let mut before = shown.iter().filter(|(documents, _)| *documents == 0);
    assert!(before.clone().count() > 20);
    assert!(before.any(|(_, bytes)| *bytes > 0));

    let mut again = Desk::new();
    again.write("all.mbox", large());
    let paths = [again.path("")];
    for most in [1, 10, 22, 35] {
        let mut steps = 0;
        let mut stop = |progress: Progress| {
            steps += usize::from(progress.phase == Phase::Reading);
            if steps == most {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        };
        let added = again.library.add(&paths, &mut stop).unwrap();
        assert_eq!((counts(&added), added.stopped), ([0; 4], true), "{most}");
    }
    assert_eq!(counts(&again.add_notes()), [20, 0, 0, 0]);
}

#[test]
fn a_killed_program_has_kept_what_it_read_and_goes_on_from_there() {
    const LETTERS: usize = 1500;
    let mut desk = Desk::new();
    let all: Vec<(usize, usize)> = (0..LETTERS).map(|id| (id, id)).collect();
    desk.write("all.mbox", letters(&all));
    desk.write("answers.mbox", letters(&[(LETTERS, 0)]));
    let paths = [desk.path("")];
    let killed = catch_unwind(AssertUnwindSafe(|| {
        let mut die = |progress: Progress| {
            assert!(progress.documents < 1400, "killed");
            ControlFlow::Continue(())
        };
        desk.library.add(&paths, &mut die)
    }));
    assert!(killed.is_err());
    let kept = desk.library.store.count_documents().unwrap();
    assert!((1000..1400).contains(&kept), "{kept}");
    let again = desk.library.add(&paths, &mut go_on).unwrap();
    assert_eq!(counts(&again), [LETTERS - kept, 0, kept, 0]);
    assert_eq!(posts(&desk, "0@x").len(), 2);
    assert_eq!(counts(&desk.add_notes()), [0, 0, LETTERS, 0]);
}
