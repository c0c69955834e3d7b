//! Letters as they come, and as nobody should send them.

use std::fmt::Write as _;
use std::ops::ControlFlow;

use crate::document::{BlockKind, Container, Document, Kind};
use crate::format::{Input, Outcome, read};

fn read_all(name: &str, bytes: &[u8]) -> (Vec<Document>, Outcome) {
    let mut documents = Vec::new();
    let outcome = read(&Input::new(name, bytes), &mut |document| {
        documents.push(document);
        ControlFlow::Continue(())
    });
    (documents, outcome)
}

fn one(text: &str) -> Document {
    let (mut documents, outcome) = read_all("a.eml", text.as_bytes());
    assert_eq!(outcome.warnings, []);
    assert_eq!(documents.len(), 1);
    documents.remove(0)
}

/// Returns the blocks as name, quotations and words.
fn blocks(document: &Document) -> Vec<String> {
    let body = &document.body;
    let shown = body.blocks().iter().map(|block| {
        let quoted = block
            .containers
            .iter()
            .filter(|one| **one == Container::Quotation);
        let words = body.slice(block.range);
        format!("{} {}{words}", block.name(), "> ".repeat(quoted.count()))
    });
    shown.collect()
}

const MAILBOX: &str = "From ann at example.org  Mon Mar  4 10:00:00 2024
From: ann at example.org (Ann Smith)
Date: Mon, 4 Mar 2024 10:00:00 +0000
Subject: [Care] On trust
Message-ID: <1@example.org>
List-Id: Care and its people <care.lists.example.org>
Archived-At: <https://lists.example.org/1>

It is the first word used in every meeting, and nobody says what it
means. I have asked three people today, and all of them gave me some
other answer than the one before had given me only an hour ago. So
what is it?

-- 
Ann
_______________________________________________
Care mailing list
Care@lists.example.org
From bob at example.org  Mon Mar  4 11:00:00 2024
From: =?utf-8?q?Bob_M=C3=BCller?= <bob@example.org>
Date: Mon, 4 Mar 2024 11:00:00 +0000
Subject: Re: [Care] On trust
In-Reply-To: <1@example.org>
Message-ID: <2@example.org>

On Monday, Ann Smith wrote:
> So what is it?
>> Who asks?

A promise.
_______________________________________________
Care mailing list
Care@lists.example.org
";

#[test]
fn a_thread_is_one_document_and_its_letters_are_posts() {
    let (documents, outcome) = read_all("2024-March.txt", MAILBOX.as_bytes());
    assert_eq!(outcome.warnings, []);
    let [document] = documents.as_slice() else {
        panic!("{} documents", documents.len());
    };
    let metadata = &document.metadata;
    assert_eq!(document.key.0, "1@example.org");
    assert_eq!(
        (metadata.title.text.as_str(), metadata.kind),
        ("On trust", Kind::Thread)
    );
    assert_eq!(metadata.authors, ["Ann Smith", "Bob Müller"]);
    assert_eq!(metadata.publisher.as_deref(), Some("Care and its people"));
    assert_eq!(metadata.url.as_deref(), Some("https://lists.example.org/1"));
    assert!(metadata.published.is_some());
    let parts = document.body.parts();
    assert_eq!((parts[1].depth, parts[1].reply_to), (1, Some(0)));
    assert_eq!(parts[1].key.as_deref(), Some("2@example.org"));
    assert_eq!(
        blocks(document)[1..],
        [
            "credit Ann",
            "credit Care mailing list\nCare@lists.example.org",
            "paragraph On Monday, Ann Smith wrote:",
            "quotation > So what is it?",
            "quotation > > Who asks?",
            "paragraph A promise.",
        ]
    );
    assert!(blocks(document)[0].contains("what it means. I have"));
}

#[test]
fn an_answer_that_comes_alone_is_known_by_its_own_name() {
    let answer = "Message-ID: <2@x>\nReferences: <1@x>\nFrom: b@x\nSubject: Re: One\n\nYes.\n";
    let document = one(answer);
    assert_eq!(document.key.0, "2@x");
    assert_eq!(document.metadata.kind, Kind::Message);
    assert_eq!(document.metadata.title.text, "One");
    assert!(document.body.parts().is_empty());
}

#[test]
fn the_plain_form_is_taken_where_it_says_something() {
    let letter = |plain: &str| {
        format!(
            "From: a@x\nSubject: s\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n\n\
             --b\nContent-Type: text/plain; charset=utf-8; format=flowed\n\n{plain}\n--b\n\
             Content-Type: text/html\n\n<blockquote>Rich</blockquote><p>text</p>\n--b--\n"
        )
    };
    assert_eq!(
        blocks(&one(&letter("Plain \ntext"))),
        ["paragraph Plain text"]
    );
    assert_eq!(
        blocks(&one(&letter(" "))),
        ["quotation > Rich", "paragraph text"]
    );
}

#[test]
fn parts_are_named_or_read() {
    let letter = "From: a@x\nSubject: s\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n\
        --b\n\nHello\n--b\nContent-Type: application/pdf; name=\"report.pdf\"\n\
        Content-Transfer-Encoding: base64\n\nJVBERi0=\n--b\nContent-Type: text/x-patch; name=a.patch\n\n-old\n+new\n\
        --b\nContent-Type: message/rfc822\n\nFrom: Carl <c@x>\nSubject: Inner\n\nWithin\n--b--\n";
    assert_eq!(
        blocks(&one(letter)),
        [
            "paragraph Hello",
            "paragraph Attachment: report.pdf (1 kB)",
            "paragraph Attachment: a.patch (1 kB)",
            "code -old\n+new",
            "heading Inner",
            "credit Carl",
            "paragraph Within",
        ]
    );
}

#[test]
fn a_letter_with_nothing_but_a_letter_in_it_ends_where_its_part_does() {
    let covered = |covers: usize, after: &str| {
        format!(
            "From: a@x\nSubject: s\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n\
             --b\nContent-Type: message/rfc822\n\n{}From: Carl <c@x>\nSubject: Inner\n\nWithin\n{after}",
            "Subject: Cover\nContent-Type: message/rfc822\n\n".repeat(covers)
        )
    };
    for covers in [0, 1, 3] {
        let document = one(&covered(covers, "--b\n\nAfter\n--b--\n"));
        assert_eq!(
            blocks(&document),
            [
                "heading Inner",
                "credit Carl",
                "paragraph Within",
                "paragraph After"
            ],
            "{covers}"
        );
        assert_eq!(
            blocks(&one(&covered(covers, "--b--\n")))[2],
            "paragraph Within"
        );
    }
    // Found by chance: nothing is in any of them.
    let barren = "From: a@x\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\n\
                  Content-Type: message/rfc822\n\n\n\n--b--\n";
    let (documents, outcome) = read_all("a.eml", barren.as_bytes());
    assert!(!documents.is_empty() || outcome.without_text);
}

#[test]
fn encodings_are_undone_guessed_and_survived() {
    let letter = |head: &[u8], body: &[u8]| {
        [
            b"From: Ann <a@x>\nDate: 4 Mar 2024 10:00:00 +0000\n",
            head,
            b"\n\n",
            body,
        ]
        .concat()
    };
    for (head, body, expected) in [
        (
            &b"Content-Type: text/plain; charset=iso-8859-1"[..],
            &b"Gr\xfc\xdfe"[..],
            "Grüße",
        ),
        (
            b"Subject: Gr\xfc\xdfe aus K\xf6ln",
            b"Gr\xfc\xdfe aus K\xf6ln",
            "Grüße aus Köln",
        ),
        (
            b"Content-Type: text/plain; charset=us-ascii",
            "Grüße".as_bytes(),
            "Grüße",
        ),
        (
            b"Content-Transfer-Encoding: base64",
            b"R3LDvMOfZQ==",
            "Grüße",
        ),
        (
            b"Content-Transfer-Encoding: base64",
            b"R3L*DvMOfZSBB\n!",
            "Grüße A",
        ),
        (
            b"Content-Transfer-Encoding: quoted-printable",
            b"Gr=C3=BC=C3=9Fe",
            "Grüße",
        ),
        (b"Content-Type: multipart/mixed", b"no mark", "no mark"),
        (
            b"Content-Type: multipart/mixed",
            b"--=_mark\n\nforgotten\n--=_mark--",
            "forgotten",
        ),
        (
            b"Content-Type: multipart/mixed; boundary=b",
            b"--b\n\nnever closed",
            "never closed",
        ),
    ] {
        let (documents, _) = read_all("a.eml", &letter(head, body));
        assert_eq!(
            documents[0].body.text(),
            expected,
            "{}",
            String::from_utf8_lossy(head)
        );
    }
    let (documents, _) = read_all("a.eml", &letter(b"Subject: Gr\xfc\xdfe aus K\xf6ln", b"x"));
    assert_eq!(documents[0].metadata.title.text, "Grüße aus Köln");
}

#[test]
fn labels_are_topics_where_they_are_no_places() {
    let letter = "From: a@x\nDate: 4 Mar 2024 10:00:00 +0000\nX-Gmail-Labels: Inbox,Opened,Housing\nKeywords: care, Housing\n\nx\n";
    assert_eq!(one(letter).metadata.topics, ["care", "Housing"]);
}

#[test]
fn a_letter_of_a_subject_alone_says_it() {
    assert_eq!(
        blocks(&one("From: a@x\nMessage-ID: <1>\nSubject: Ten is fine\n\n")),
        ["paragraph Ten is fine"]
    );
    let (documents, outcome) = read_all("a.mbox", b"From a@x Mon Mar  4 10:00:00 2024\nX: y\n\n");
    assert!(documents.is_empty() && outcome.without_text);
}

#[test]
fn what_nobody_should_send_is_read_in_time() {
    let mut parts = String::from("From: a@x\nMIME-Version: 1.0\n");
    let mut letters = String::from("From: a@x\nMIME-Version: 1.0\n");
    for depth in 0..10_000 {
        let _ = write!(
            parts,
            "Content-Type: multipart/mixed; boundary=b{depth}\n\n--b{depth}\n"
        );
        letters.push_str("Content-Type: message/rfc822\n\n");
    }
    let letters = letters.repeat(5);
    let long = format!(
        "From: a@x\nMessage-ID: <1@x>\nSubject: {}\n\nx\n",
        "long ".repeat(200_000)
    );
    let encoded = format!(
        "From: a@x\nMIME-Version: 1.0\nContent-Type: message/rfc822\nContent-Transfer-Encoding: quoted-printable\n\n{letters}"
    );
    for text in [parts, letters, long, encoded] {
        let (documents, outcome) = read_all("a.eml", text.as_bytes());
        assert!(documents.len() == 1 || outcome.without_text);
    }
}

#[test]
fn letters_of_one_name_and_rings_take_no_longer() {
    const LETTERS: usize = 20_000;
    let (mut same, mut ring, mut chain) = (String::new(), String::new(), String::new());
    for place in 0..LETTERS {
        let head = "From a@x Mon Mar  4 10:00:00 2024\nFrom: a@x\n";
        let _ = write!(same, "{head}Message-ID: <1@x>\nSubject: s\n\nx\n");
        let _ = write!(
            chain,
            "{head}Message-ID: <{}@x>\nReferences: <{place}@x>\n\nx\n",
            place + 1
        );
        let next = (place + 1) % LETTERS;
        let _ = write!(
            ring,
            "{head}Message-ID: <{place}@x>\nReferences: <{next}@x>\n\nx\n"
        );
    }
    let (documents, outcome) = read_all("a.mbox", same.as_bytes());
    assert_eq!((documents.len(), outcome.warnings.len()), (1, 1));
    for text in [ring, chain] {
        let (documents, _) = read_all("a.mbox", text.as_bytes());
        assert_eq!(documents.len(), 1);
        assert_eq!(documents[0].body.parts().len(), LETTERS);
        assert_eq!(documents[0].body.blocks()[0].kind, BlockKind::Paragraph);
    }
}

#[test]
fn threads_read_ahead_come_in_their_order_and_none_is_lost() {
    let mut mailbox = String::new();
    let long =
        "It is the first word used in every meeting, and nobody says what it means.\n".repeat(1000);
    for id in 0..240 {
        // Every thread has three letters, but for one that has many long ones.
        let (opening, text) = match id {
            60..140 => (60, long.as_str()),
            _ => (id % 60, "It is.\n"),
        };
        let _ = write!(
            mailbox,
            "From a@x Mon Mar  4 10:00:00 2024\nFrom: Ann <a@x>\nMessage-ID: <{id}@x>\nReferences: <{opening}@x>\n\
             Subject: On trust {opening}\n\n{text}\n"
        );
    }
    let (documents, outcome) = read_all("a.mbox", mailbox.as_bytes());
    assert_eq!(outcome.warnings, []);
    let keys: Vec<&str> = documents
        .iter()
        .map(|document| document.key.0.as_str())
        .collect();
    let expected: Vec<String> = (0..=60).map(|id| format!("{id}@x")).collect();
    assert_eq!(keys, expected);
    let posts = documents.iter().map(|document| document.body.parts().len());
    assert_eq!(posts.sum::<usize>(), 240);
    // Who wants no more gets no more.
    let mut seen = 0;
    read(&Input::new("a.mbox", mailbox.as_bytes()), &mut |_| {
        seen += 1;
        if seen == 50 {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    });
    assert_eq!(seen, 50);
}
