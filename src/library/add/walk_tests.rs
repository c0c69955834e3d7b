//! What of a folder is read, tried on small folders.

use std::fs;

use crate::library::fixtures::{Desk, counts};

#[test]
fn what_a_page_was_saved_with_is_no_document() {
    let mut desk = Desk::new();
    let page = "<html><body><article><h1>On trust</h1><p>It is the first word used.</p></article></body></html>";
    let frame = "<html><body><p>An advert that stands in a frame.</p></body></html>";
    desk.write("a/Article.html", page);
    let advert = desk.write("a/Article_files/advert.html", frame);
    desk.write("a/Article_files/deep/jquery.min.js", "var x = 1;");
    desk.write("Artikel.htm", page.replace("first", "second"));
    desk.write("Artikel-Dateien/anzeige.htm", frame);
    // No page lies beside these.
    desk.write("other_files/note.html", page.replace("first", "third"));
    let photo = desk.write("photo.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\0\0\0\0");
    desk.write("code/app.js", "function trust() { return 'trust'; }");
    let added = desk.add_notes();
    assert_eq!(
        (counts(&added), added.failed.clone()),
        ([3, 0, 0, 0], vec![])
    );
    assert_eq!((added.no_documents, added.page_folders), (2, 2));
    assert_eq!(
        desk.keys("trust"),
        ["Artikel.htm", "a/Article.html", "other_files/note.html"]
    );
    // Who names one wants it looked at.
    let named = desk.add(&photo);
    assert_eq!(named.failed[0].reason, "is not text; passed over");
    assert_eq!(counts(&desk.add(&advert)), [1, 0, 0, 0]);
    // Where the page went, the folder is one like any other.
    fs::remove_file(desk.path("Artikel.htm")).unwrap();
    let again = desk.add_notes();
    assert_eq!((counts(&again), again.page_folders), ([1, 0, 2, 1], 1));
}

#[test]
fn what_is_known_to_be_no_document_goes_from_the_library() {
    let mut desk = Desk::new();
    desk.write(
        "Article_files/advert.html",
        "<p>An advert that stands in a frame.</p>",
    );
    desk.write("note.txt", "A note.\n");
    assert_eq!(counts(&desk.add_notes()), [2, 0, 0, 0]);
    desk.write("Article.html", "<p>It is the first word used.</p>");
    assert_eq!(counts(&desk.add_notes()), [1, 0, 1, 1]);
}

#[test]
fn the_archive_of_a_newsgroup_is_no_code() {
    let mut desk = Desk::new();
    desk.write(
        "comp.lang.c",
        "From ann@example.org Mon Mar  4 10:00:00 2024\nFrom: Ann <ann@example.org>\nMessage-ID: <1@example.org>\n\
         Date: Mon, 4 Mar 2024 10:00:00 +0000\nSubject: On trust\n\nIt is the first word used.\n",
    );
    desk.write("trust.main.c", "int main(void) { return 0; }");
    desk.write("lists.py/cur/1:2,S", "From: Ann <ann@example.org>\nMessage-ID: <2@example.org>\nSubject: On care\n\nIt is local.\n");
    fs::create_dir_all(desk.path("lists.py/new")).unwrap();
    fs::create_dir_all(desk.path("lists.py/tmp")).unwrap();
    let added = desk.add_notes();
    assert_eq!((counts(&added), added.no_documents), ([2, 0, 0, 0], 1));
}

#[test]
fn mailboxes_of_what_nobody_wants_are_left_out_and_named() {
    let mut desk = Desk::new();
    let letter = |id: u8| {
        format!(
            "From - Mon Mar  4 10:00:00 2024\nX-Mozilla-Status: 0001\nFrom: Ann <a@x>\nMessage-ID: <{id}@x>\n\
             Date: Mon, 4 Mar 2024 10:00:00 +0000\nSubject: On trust\n\nIt is letter {id}.\n"
        )
    };
    desk.write("Mail/Local Folders/Inbox", letter(1));
    desk.write(
        "Mail/Local Folders/Inbox.msf",
        "// <!-- <mdb:mork:z v=\"1.4\"/> -->\n",
    );
    desk.write("Mail/Local Folders/Inbox.sbd/Care", letter(2));
    let trash = desk.write("Mail/Local Folders/Trash", letter(3));
    desk.write(
        "Mail/Local Folders/Trash.msf",
        "// <!-- <mdb:mork:z v=\"1.4\"/> -->\n",
    );
    desk.write("Mail/Local Folders/Trash.sbd/Old", letter(4));
    desk.write("Mail/Local Folders/Junk", letter(5));
    desk.write("Takeout/Spam.mbox", letter(6));
    desk.write("notes/Drafts", "A note on drafts.\n");
    desk.write("mh/inbox/1", letter(7));
    desk.write("mh/inbox/,2", letter(8));
    desk.write("mh/inbox/.mh_sequences", "cur: 1\n");
    let added = desk.add_notes();
    assert_eq!((counts(&added), added.failed), ([4, 0, 0, 0], vec![]));
    assert_eq!(added.no_documents, 2);
    assert_eq!(desk.keys("letter"), ["1@x", "2@x", "7@x"]);
    let told: Vec<&str> = added
        .warnings
        .iter()
        .map(|warning| warning.message.as_str())
        .collect();
    let expected = [
        "mailboxes left out: Junk, Trash",
        "mailboxes left out: Old",
        "mailboxes left out: Spam.mbox",
        "mailboxes left out: ,2",
    ];
    assert_eq!(told.len(), expected.len(), "{told:?}");
    assert!(expected.iter().all(|one| told.contains(one)), "{told:?}");
    assert_eq!(counts(&desk.add_notes()), [0, 0, 4, 0]);
    // One that is asked for by name is wanted.
    assert_eq!(counts(&desk.add(&trash))[0], 1);
}

#[test]
fn the_letters_of_apple_s_mail_are_one_mailbox() {
    let mut desk = Desk::new();
    let letter = |id: u8, answered: u8| {
        let letter = format!(
            "From: Ann <a@x>\nMessage-ID: <{id}@x>\nReferences: <{answered}@x>\nSubject: On trust\n\nIt is letter {id}.\n"
        );
        format!(
            "{}\n{letter}<?xml version=\"1.0\"?>\n<plist><dict></dict></plist>\n",
            letter.len()
        )
    };
    desk.write("V9/INBOX.mbox/Messages/1.emlx", letter(1, 0));
    desk.write("V9/INBOX.mbox/Messages/2.partial.emlx", letter(2, 1));
    desk.write("V9/INBOX.mbox/Messages/2.1.emlxpart", "QUJD");
    desk.write("V9/Sent.mbox/Messages/3.emlx", letter(3, 2));
    let added = desk.add_notes();
    assert_eq!((counts(&added), added.failed), ([1, 0, 0, 0], vec![]));
    assert_eq!(desk.keys("letter"), ["1@x"]);
    assert_eq!(desk.keys("plist"), [""; 0]);
}
