//! Letters whose MIME is broken, odd or old: what every mailer shows of them is shown.

use std::ops::ControlFlow;

use proptest::prelude::*;

use crate::document::Document;
use crate::format::{Input, read};

fn read_all(name: &str, bytes: &[u8]) -> Vec<Document> {
    let mut documents = Vec::new();
    read(&Input::new(name, bytes), &mut |document| {
        documents.push(document);
        ControlFlow::Continue(())
    });
    documents
}

/// Returns the blocks of a letter with these fields and this body.
fn shown(fields: &str, body: &str) -> Vec<String> {
    let letter = format!("From: Ann <a@x>\nDate: 4 Mar 2024 10:00:00 +0000\n{fields}\n\n{body}");
    let documents = read_all("a.eml", letter.as_bytes());
    let document = documents.first().expect(fields);
    let body = &document.body;
    let blocks = body.blocks().iter();
    blocks
        .map(|block| body.slice(block.range).to_owned())
        .collect()
}

/// Returns bytes as a letter carries them.
fn carried(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut written = String::new();
    for piece in bytes.chunks(3) {
        let at = |place: usize| u32::from(piece.get(place).copied().unwrap_or_default());
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        let signs = [18, 12, 6, 0].map(|shift| char::from(SIGNS[(bits >> shift & 63) as usize]));
        written.extend(&signs[..=piece.len()]);
        written.extend(std::iter::repeat_n('=', 3 - piece.len()));
    }
    written
}

/// Returns a value of DER of fewer than 128 bytes.
fn value(tag: u8, content: &[&[u8]]) -> Vec<u8> {
    let content = content.concat();
    [&[tag, u8::try_from(content.len()).unwrap()][..], &content].concat()
}

/// Returns an envelope of S/MIME.
fn envelope(sort: u8, inner: &[u8]) -> String {
    let name = |sort: u8| value(6, &[b"\x2a\x86\x48\x86\xf7\x0d\x01\x07", &[sort]]);
    let held = value(0x30, &[&name(1), &value(0xa0, &[&value(4, &[inner])])]);
    let signed = value(0x30, &[&value(2, &[&[1]]), &value(0x31, &[]), &held]);
    carried(&value(0x30, &[&name(sort), &value(0xa0, &[&signed])]))
}

/// Returns what Outlook puts around a text and an attachment.
fn winmail() -> Vec<u8> {
    let attribute = |name: u32, value: &[u8]| {
        let length = u32::try_from(value.len()).unwrap().to_le_bytes();
        [&[1][..], &name.to_le_bytes(), &length, value, b"\0\0"].concat()
    };
    let attributes = [
        attribute(0x8004, b"On trust\0"),
        attribute(0x800c, b"Ten o'clock is fine.\r\n\0"),
        attribute(0x9002, &[0; 14]),
        attribute(0x8010, b"minutes.doc\0"),
        attribute(0x800f, &[1; 2048]),
    ];
    [&b"\x78\x9f\x3e\x22\x01\0"[..], &attributes.concat()].concat()
}

#[test]
fn what_outlook_packed_is_a_letter_where_it_lies_by_itself() {
    let documents = read_all("winmail.dat", &winmail());
    assert_eq!(documents[0].metadata.title.text, "On trust");
    let text = "Ten o'clock is fine.\n\nAttachment: minutes.doc (2 kB)";
    assert_eq!(documents[0].body.text(), text);
    assert_eq!(documents[0].key.0, "winmail.dat");
}

#[test]
fn what_programs_put_around_a_letter_is_taken_off() {
    const SEALED: &str =
        "Content-Transfer-Encoding: base64\nContent-Type: application/pkcs7-mime; name=smime.p7m";
    let inner = b"Content-Type: text/html\n\n<p>On <b>trust</b>.</p>\n";
    let encrypted = "(This letter is encrypted, and cannot be read here.)";
    for (fields, body, expected) in [
        (SEALED.to_owned(), envelope(2, inner), &["On trust."][..]),
        (SEALED.to_owned(), envelope(2, b"No header.\n"), &["No header."]),
        (SEALED.replace("pkcs7-mime", "octet-stream"), envelope(2, inner), &["On trust."]),
        (SEALED.to_owned(), envelope(3, inner), &[encrypted]),
        (SEALED.to_owned(), carried(b"nothing"), &[encrypted]),
        (
            "Content-Transfer-Encoding: base64\nContent-Type: application/ms-tnef; name=winmail.dat".to_owned(),
            carried(&winmail()),
            &["Ten o'clock is fine.", "Attachment: minutes.doc (2 kB)"],
        ),
        (
            "Content-Type: multipart/mixed; boundary=b".to_owned(),
            format!(
                "--b\nContent-Type: text/plain\n\nTen is fine.\n--b\nContent-Type: application/ms-tnef\n\
                 Content-Disposition: attachment; filename=winmail.dat\nContent-Transfer-Encoding: base64\n\n{}\n--b--\n",
                carried(&winmail()),
            ),
            &["Ten is fine.", "Attachment: minutes.doc (2 kB)"],
        ),
        (
            "Content-Type: text/plain".to_owned(),
            "-----BEGIN PGP MESSAGE-----\nVersion: 2\n\nhQEMA\n=abcd\n-----END PGP MESSAGE-----\n".to_owned(),
            &["(What follows is encrypted.)"],
        ),
        (
            "Content-Type: application/pgp; x-action=sign".to_owned(),
            "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA1\n\nOn trust.\n-----BEGIN PGP SIGNATURE-----\n\niQ\n\
             -----END PGP SIGNATURE-----\n".to_owned(),
            &["On trust."],
        ),
    ] {
        assert_eq!(shown(&fields, &body), expected, "{fields}\n{body}");
    }
}

#[test]
fn a_body_is_never_lost_to_a_broken_header() {
    for (fields, body, expected) in [
        (
            "Content-Type: multipart/mixed; boundary=\"never\"",
            "The body.\n",
            &["The body."][..],
        ),
        // The line that really parts the parts is another.
        (
            "Content-Type: multipart/mixed; boundary=\"never\"",
            "--real\nContent-Type: text/plain\n\nOne.\n--real\nContent-Type: text/html\n\n<p>Two.</p>\n--real--\n",
            &["One.", "Two."],
        ),
        (
            "Content-Type: multipart/mixed; boundary=out",
            "--out\nContent-Type: multipart/alternative; boundary=gone\n\n--in\nContent-Type: text/plain\n\n\
             Plain.\n--in\nContent-Type: text/html\n\n<p>Rich.</p>\n--in--\n\n--out--\n",
            &["Plain."],
        ),
        (
            "Content-Type: multipart/mixed; boundary=out",
            "--out\nContent-Type: multipart/alternative; boundary=gone\n\nNo part.\n--out\n\nAfter.\n--out--\n",
            &["No part.", "After."],
        ),
        ("Content-Type: garbage", "The body.\n", &["The body."]),
        ("Content-Type: text", "The body.\n", &["The body."]),
        ("Content-Type: /;", "The body.\n", &["The body."]),
        (
            "Content-Type: text/x-unheard-of",
            "The body.\n",
            &["The body."],
        ),
        (
            "Content-Type: text/enriched",
            "<bold>The</bold>\nbody.\n",
            &["The body."],
        ),
        (
            "Content-Type: text/plain; charset=x-unheard-of",
            "Grüße\n",
            &["Grüße"],
        ),
        (
            "Content-Type: text/plain; charset=\"unknown-8bit",
            "Grüße\n",
            &["Grüße"],
        ),
        (
            "Content-Transfer-Encoding: base64",
            "R3LDvMOfZSBh\n*bGxlbi!4\nIFdpcg==\n",
            &["Grüße allen. Wir"],
        ),
        (
            "Content-Transfer-Encoding: 8bit\nContent-Type:\n\ttext/html;\n\n charset=utf-8",
            "<p>x</p>",
            &["charset=utf-8", "x"],
        ),
        (
            "Content-Type: multipart/alternative; boundary=b",
            "--b\nContent-Type: text/html\n\n<p>Do come.</p>\n--b\nContent-Type: text/calendar\n\n\
             BEGIN:VEVENT\nSUMMARY:Talk\nDTSTART:20240304T100000Z\nEND:VEVENT\n--b--\n",
            &[
                "Do come.",
                "Invitation: Talk\nWhen: 4 March 2024, 10:00 (UTC)",
            ],
        ),
        (
            "Content-Type: text/calendar; method=REQUEST",
            "BEGIN:VEVENT\nSUMMARY:Talk\nDESCRIPTION:Bring figures.\nEND:VEVENT\n",
            &["Invitation: Talk", "Bring figures."],
        ),
    ] {
        assert_eq!(shown(fields, body), expected, "{fields}\n\n{body}");
    }
}

#[test]
fn what_cannot_be_read_is_said_or_named() {
    for (fields, body, expected) in [
        (
            "Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=b",
            "--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--b\nContent-Type: application/octet-stream; \
             name=encrypted.asc\n\n-----BEGIN PGP MESSAGE-----\n--b--\n",
            &["(This letter is encrypted, and cannot be read here.)"][..],
        ),
        (
            "Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m",
            "MIAG",
            &["(This letter is encrypted, and cannot be read here.)"],
        ),
        (
            "Content-Type: application/x-pkcs7-mime; smime-type=signed-data; name=smime.p7m",
            "MIAG",
            &["(This letter stands within its signature, and cannot be read here.)"],
        ),
        (
            "Content-Type: multipart/signed; boundary=b; protocol=\"application/pkcs7-signature\"",
            "--b\n\nSigned.\n--b\nContent-Type: application/pkcs7-signature; name=smime.p7s\n\nMIAG\n--b--\n",
            &["Signed."],
        ),
        (
            "Content-Type: multipart/mixed; boundary=b",
            "--b\n\nSee.\n--b\nContent-Type: application/ms-tnef; name=\"winmail.dat\"\n\nx\n--b\n\
             Content-Type: application/pdf\nContent-Disposition: attachment; filename*0*=utf-8''b%C3%BCd;\n \
             filename*1*=get.pdf\n\nx\n--b\nContent-Type: image/png; name=\"=?utf-8?Q?Pl=C3=A4ne=2Epng?=\"\n\nx\n--b--\n",
            &[
                "See.",
                "Attachment: winmail.dat (1 kB)",
                "Attachment: büdget.pdf (1 kB)",
                "Attachment: Pläne.png (1 kB)",
            ],
        ),
        (
            "Subject: x",
            "Here:\n\nbegin 644 cat.txt\n#0V%T\n`\nend\n",
            &["Here:", "Attachment: cat.txt (1 kB)"],
        ),
    ] {
        assert_eq!(shown(fields, body), expected, "{fields}\n\n{body}");
    }
}

#[test]
fn names_and_subjects_are_read_as_programs_write_them() {
    for (from, subject, author, title) in [
        (
            "=?utf-8?Q?Ann_M=C3=BCller?= <a@x>",
            "=?UTF-8?Q?Gr=C3?=\n =?utf-8?q?=BC=C3=9Fe?=",
            "Ann Müller",
            "Grüße",
        ),
        (
            "\"=?iso-8859-1?Q?M=FCller=2C_Ann?=\" <a@x>",
            "=?utf-8?Q?one?==?utf-8?Q?_two?=",
            "Müller, Ann",
            "one two",
        ),
        (
            "a@x (=?utf-8?B?TcO8bGxlcg==?=)",
            "Re: [list]\n\t folded",
            "Müller",
            "folded",
        ),
        ("\"Müller, Ann\" <a@x>", "Grüße", "Müller, Ann", "Grüße"),
    ] {
        let letter = format!(
            "From: {from}\nSubject: {subject}\nList-Id: <list.x.org>\nMessage-ID: <1@x>\n\nx\n"
        );
        let documents = read_all("a.eml", letter.as_bytes());
        let metadata = &documents[0].metadata;
        assert_eq!(
            (metadata.authors.as_slice(), metadata.title.text.as_str()),
            (&[author.to_owned()][..], title),
            "{from}"
        );
    }
}

#[test]
fn a_letter_without_a_date_has_that_of_its_coming() {
    let mailbox = "From zoe@x.org Mon Jan  7 12:00:00 2013\nFrom: Zoe <z@x>\nMessage-ID: <0@x>\n\nx\n\n\
        From eve@x.org Tue Jan  8 13:00:00 2013\nFrom: Eve <e@x>\nSubject: One\nMessage-ID: <1@x>\n\nx\n\n\
        From fred@x.org Wed Jan  9 14:00:00 2013\nFrom: Fred <f@x>\nSubject: Two\nDate: not a date\nMessage-ID: <2@x>\n\
        Received: from b by c; Wed, 9 Jan 2013 13:00:00 +0000\nReceived: from a by b;\n\
        \tWed, 9 Jan 2013 12:59:58 +0100 (CET)\n\nx\n\n\
        From gil@x.org Wed Jan  9 15:00:00 2013\nFrom: Gil <g@x>\nSubject: Three\nDate: not a date\n\
        Date: 7 Jan 2013 09:00:00 GMT\nMessage-ID: <3@x>\n\nx\n";
    let dates: Vec<String> = read_all("a.mbox", mailbox.as_bytes())
        .iter()
        .map(|document| document.metadata.published.unwrap().to_string())
        .collect();
    assert_eq!(
        dates,
        [
            "2013-01-07T12:00:00Z",
            "2013-01-08T13:00:00Z",
            "2013-01-09T12:59:58+01:00",
            "2013-01-07T09:00:00Z"
        ]
    );
}

#[test]
fn what_quotes_from_in_a_letter_of_its_own_stays_a_quotation() {
    assert_eq!(shown("Subject: x", ">From here\n>on.\n"), ["From here on."]);
    let mailbox =
        "From a@x Tue Jan  8 13:00:00 2013\nFrom: a@x\nMessage-ID: <1>\n\n>From here on.\n";
    let documents = read_all("a.mbox", mailbox.as_bytes());
    let blocks = documents[0].body.blocks();
    assert!(blocks[0].containers.is_empty());
    let documents = read_all("a.eml", mailbox.split_once('\n').unwrap().1.as_bytes());
    assert_eq!(documents[0].body.blocks()[0].containers.len(), 1);
}

/// Lines that letters are made of, whole and broken.
const LINES: [&str; 22] = [
    "",
    "",
    "words",
    "From a@x Tue Jan  8 13:00:00 2013",
    "Content-Type: multipart/mixed; boundary=a",
    "Content-Type: multipart/alternative; boundary=b",
    "Content-Type: multipart/digest; boundary=\"a",
    "Content-Type: multipart/encrypted; boundary=b",
    "Content-Type: message/rfc822",
    "Content-Type: text/calendar",
    "Content-Type: text/enriched",
    "Content-Type: text/html; charset=x",
    "Content-Type: nonsense",
    "Content-Transfer-Encoding: base64",
    "Date: 1 Jan 13",
    "Subject: =?utf-8?Q?=C3?= =?utf-8?B?w4?=",
    "--a",
    "--b",
    "--a--",
    "begin 644 a\n#0V%T\nend",
    "BEGIN:VEVENT\nSUMMARY:x\nDTSTART:2013",
    "R3LDvMOfZ",
];

proptest! {
    #[test]
    fn any_lines_are_read_to_sound_bodies(lines in proptest::collection::vec(0..LINES.len(), 0..60)) {
        let lines: Vec<&str> = lines.into_iter().filter_map(|line| LINES.get(line).copied()).collect();
        let letter = format!("From: a@x\nMessage-ID: <1@x>\n{}\n", lines.join("\n"));
        for name in ["a.eml", "a.mbox"] {
            for document in read_all(name, letter.as_bytes()) {
                let body = &document.body;
                let mut end = 0;
                for block in body.blocks() {
                    prop_assert!(block.range.start >= end && block.range.end > block.range.start);
                    end = block.range.end;
                    prop_assert!(!body.slice(block.range).is_empty());
                }
                prop_assert!(end as usize <= body.text().len());
            }
        }
    }
}
