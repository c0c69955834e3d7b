//! Whole texts of several makes: what their outline is, and what is kept as it stands.

use std::ops::ControlFlow;

use crate::document::{BlockKind, Document};
use crate::format::{Input, read};

fn document(name: &str, text: &str) -> Document {
    let mut documents = Vec::new();
    read(&Input::new(name, text.as_bytes()), &mut |document| {
        documents.push(document);
        ControlFlow::Continue(())
    });
    assert_eq!(documents.len(), 1);
    documents.remove(0)
}

fn outline(document: &Document) -> Vec<String> {
    let entries = document.body.outline().into_iter();
    entries
        .map(|entry| format!("{} {}", entry.level, entry.title))
        .collect()
}

fn of_kind(document: &Document, kind: BlockKind) -> Vec<&str> {
    let blocks = document.body.blocks().iter();
    blocks
        .filter(|block| block.kind == kind)
        .map(|block| document.body.slice(block.range))
        .collect()
}

const MEMO: &str = "\n\nNetwork Working Group                                        A. Smith, Ed.
Request for Comments: 99999                                   Rain Works
Category: Informational                                       B. Jones
                                                              Umbrella
                                                              May 2031


                     The Rain Transfer Protocol

Abstract

   This memo says how rain is carried from one place to another place by
   clouds, and what is to be done when the cloud that carries it is lost
   on the way.  It says nothing of snow.

Table of Contents

   1.  Introduction  . . . . . . . . . . . . . . . . . . . . . . . .   2
     1.1.  Terms . . . . . . . . . . . . . . . . . . . . . . . . . .   2
   2.  Drops . . . . . . . . . . . . . . . . . . . . . . . . . . . .   2
   Appendix A.  Clouds . . . . . . . . . . . . . . . . . . . . . . .   3




Smith & Jones                Informational                      [Page 1]

RFC 99999                Rain Transfer Protocol                 May 2031


1.  Introduction

   Rain is as old as the hills, and there is nothing in this memo that a
   farmer does not know.  What is new is only that it has been written
   down for those who have none.

1.1.  Terms

   The following are used:

   o  Drop: what falls, and is not seen again until it has come to the
      ground.

   o  Cloud: what it falls from.

2.  Drops

   A drop has the form:

    0                   1
    0 1 2 3 4 5 6 7 8 9 0
   +-+-+-+-+-+-+-+-+-+-+-+
   |  Size   |   Speed   |
   +-+-+-+-+-+-+-+-+-+-+-+

   Its grammar is:

      drop  = size speed
      size  = 1*DIGIT

      speed = 1*DIGIT ; of a drop


Smith & Jones                Informational                      [Page 2]

RFC 99999                Rain Transfer Protocol                 May 2031


Appendix A.  Clouds

   A cloud is not a drop, and whoever takes the one for the other will
   be wet before the evening has come.


Smith & Jones                Informational                      [Page 3]
";

#[test]
fn a_memo_has_its_facts_its_outline_and_its_diagrams() {
    let memo = document("rfc99999.txt", MEMO);
    assert_eq!(memo.metadata.title.text, "The Rain Transfer Protocol");
    assert_eq!(memo.metadata.authors, ["A. Smith", "B. Jones"]);
    assert_eq!(memo.metadata.published.unwrap().to_string(), "2031-05");
    assert_eq!(
        outline(&memo),
        [
            "1 Abstract",
            "1 1. Introduction",
            "2 1.1. Terms",
            "1 2. Drops",
            "1 Appendix A. Clouds"
        ]
    );
    assert!(!memo.body.text().contains(". . .") && !memo.body.text().contains("[Page"));
    let set = of_kind(&memo, BlockKind::Code);
    assert_eq!(
        set,
        [
            " 0                   1\n 0 1 2 3 4 5 6 7 8 9 0\n+-+-+-+-+-+-+-+-+-+-+-+\n|  Size   |   Speed   |\n+-+-+-+-+-+-+-+-+-+-+-+",
            "drop  = size speed\nsize  = 1*DIGIT\n\nspeed = 1*DIGIT ; of a drop"
        ]
    );
    assert!(
        memo.body
            .text()
            .contains("is lost on the way. It says nothing of snow.")
    );
}

#[test]
fn front_matter_of_a_text_that_is_no_markdown_is_read_as_that_of_one() {
    for (text, title, authors, topics) in [
        (
            "---\ntitle: On rain\nauthor: Ann\ntags: [wet, cold]\nsummary: It is wet.\n---\nIt rained all day.\n",
            "On rain",
            "Ann",
            "wet|cold",
        ),
        (
            "Title: On rain\r\nAuthor: Ann\r\n\r\nIt rained all day.",
            "On rain",
            "Ann",
            "",
        ),
        ("Title: On rain\nIt rained all day.", "", "", ""),
    ] {
        let note = document("note.txt", text);
        let title_given =
            Some(note.metadata.title.text.as_str()).filter(|_| !note.metadata.title.derived);
        assert_eq!(title_given.unwrap_or_default(), title, "{text}");
        assert_eq!(note.metadata.authors.join("|"), authors);
        assert_eq!(note.metadata.topics.join("|"), topics);
        assert!(note.body.text().contains("It rained all day."));
        assert_eq!(
            note.body.text().contains("It is wet."),
            text.contains("summary")
        );
    }
}

#[test]
fn the_head_of_a_memo_keeps_what_is_no_fact() {
    let memo = document(
        "memo.txt",
        "Date: 12 May 2024\nTo: All of the staff\nFrom: Ann Smith\nSubject: Rain\n  and snow\n\nIt rained all day.\n",
    );
    let text = memo.body.text();
    for words in [
        "To: All of the staff",
        "From: Ann Smith",
        "Subject: Rain",
        "and snow",
    ] {
        assert!(text.contains(words), "{text}");
    }
    assert!(
        text.contains("It rained all day.") && !text.contains("12 May"),
        "{text}"
    );
    assert_eq!(memo.metadata.published.unwrap().to_string(), "2024-05-12");
}

#[test]
fn a_manual_page_has_its_headings_by_where_they_hang() {
    let text = "NAME
       rain - let it fall

DESCRIPTION
       It lets fall what the clouds have gathered, and goes on until there
       is none left in them or until the signal comes that stops it. There
       is no way to send any of it back to where it came from, as all know.

EXAMPLES
           $ rain --from cloud
           $ rain --stop
";
    let page = document("rain.txt", text);
    assert!(page.metadata.title.derived);
    assert_eq!(outline(&page), ["1 NAME", "1 DESCRIPTION", "1 EXAMPLES"]);
    assert_eq!(
        of_kind(&page, BlockKind::Code),
        ["$ rain --from cloud\n$ rain --stop"]
    );
}

#[test]
fn a_line_drawn_below_a_title_is_none_of_its_words() {
    let text = "This file is free software; as a special exception the author gives\n\
        unlimited permission to copy and/or distribute it, with or without any\n\
        modifications, as long as this notice is preserved by whoever does it.\n\
        It comes with no warranty of any kind, to the extent that the law has\n\
        it so, and nobody is to be asked for it by whoever took it from here.\n";
    for title in [
        "                              LIBRAIN\n                             ---------\n",
        "LIBRAIN\n=======\n",
        "Librain v2.7.4 Release Notes\n============================\n\nFixes since v2.7.3\n------------------\n\n \
         * Bugfixes that go on\n   in a line below it.\n",
    ] {
        let read = document("README", &format!("{title}\n{text}"));
        let said = &read.metadata.title.text;
        assert!(said.to_uppercase().starts_with("LIBRAIN"), "{said}");
        assert!(!said.contains("--") && !said.contains("=="), "{said}");
        assert!(!read.body.text().contains("---"), "{}", read.body.text());
    }
}
