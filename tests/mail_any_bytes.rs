//! Any bytes as letters and mailboxes: reading never panics, gives only sound bodies and unlike keys, stops when told
//! to, and a stream is read as the same bytes in memory are.

mod cases;

use std::collections::HashSet;
use std::io::Cursor;
use std::ops::ControlFlow;

use cases::cases;
use proptest::prelude::*;
use recto::document::{Body, Document};
use recto::format::{Input, Outcome, read, read_stream};

fn pieces() -> impl Strategy<Value = Vec<u8>> {
    let known: Vec<&[u8]> = vec![
        b"From a@x Mon Mar  4 10:00:00 2024\n",
        b"From a at x  Mon Mar  4 10:00:00 2024\r\n",
        b"From here\n",
        b">From there\n",
        b"From: Ann <a@x>\n",
        b"From: a at x (Ann)\n",
        b"Date: Mon, 4 Mar 2024 10:00:00 +0000\n",
        b"Message-ID: <1@x>\n",
        b"Message-ID: <2@x>\n",
        b"References: <1@x> <2@x>\n",
        b"In-Reply-To: <2@x>\n",
        b"Subject: Re: [care] On trust\n",
        b"Subject: On trust\n",
        b"Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\n",
        b"Content-Length: 7\n",
        b"Content-Length: 99999999999999999999\n",
        b"Content-Type: multipart/mixed; boundary=b\n",
        b"Content-Type: multipart/digest; boundary=b\n",
        b"Content-Type: multipart/alternative\n",
        b"Content-Type: message/rfc822\n",
        b"Content-Type: text/html\n",
        b"Content-Type: text/plain; format=flowed; delsp=yes\n",
        b"Content-Type: text/x-patch; charset=iso-8859-1\n",
        b"Content-Transfer-Encoding: base64\n",
        b"Content-Transfer-Encoding: quoted-printable\n",
        b"Content-Disposition: attachment; filename=a.txt\n",
        b"--b\n",
        b"--b--\n",
        b"--other\n",
        b"\n",
        b"\n\n",
        b"\r\n",
        b"\r",
        b" folded\n",
        b"> quoted\n",
        b">>> deep \n",
        b"-- \n",
        b"________________________________________\n",
        b"-----BEGIN PGP SIGNED MESSAGE-----\n",
        b"-----BEGIN PGP SIGNATURE-----\n",
        b"-----END PGP SIGNATURE-----\n",
        b"--- a/x\n+++ b/x\n",
        b"<p>one</p>",
        b"<blockquote>",
        b"R3LDvMOfZQ==\n",
        b"Gr\xfc\xdfe ",
        b"=C3=BC=\n",
        b"words that go on ",
        b"A line.\n",
        b"- one\n- two\n",
    ];
    prop_oneof![
        9 => proptest::sample::select(known).prop_map(<[u8]>::to_vec),
        1 => proptest::collection::vec(any::<u8>(), 0..6),
    ]
}

fn is_sound(body: &Body) -> Result<(), TestCaseError> {
    for block in body.blocks() {
        let words = body.text().get(block.range.as_range());
        prop_assert!(words.is_some_and(|words| !words.trim().is_empty()));
    }
    let mut reached = 0;
    for (place, part) in body.parts().iter().enumerate() {
        prop_assert!(part.range.start >= reached && part.range.end > part.range.start);
        prop_assert!(
            part.reply_to
                .is_none_or(|answered| (answered as usize) < place)
        );
        reached = part.range.end;
    }
    let again = Body::from_raw(body.clone().into_raw());
    prop_assert_eq!(&again, body);
    Ok(())
}

proptest! {
    #![proptest_config(cases(512))]

    #[test]
    fn any_letters_are_read(
        named in any::<bool>(),
        begun in any::<bool>(),
        pieces in proptest::collection::vec(pieces(), 0..60),
    ) {
        let name = if named { "a.mbox" } else { "cur/1" };
        let begin: &[u8] = if begun { b"From a@x Mon Mar  4 10:00:00 2024\nFrom: a@x\n" } else { b"From: a@x\n" };
        let bytes = [begin, &pieces.concat()].concat();
        let input = Input::new(name, &bytes);
        let mut documents: Vec<Document> = Vec::new();
        let outcome = read(&input, &mut |document| {
            documents.push(document);
            ControlFlow::Continue(())
        });
        prop_assert_eq!(outcome.documents, documents.len());
        prop_assert!(!documents.is_empty() || !outcome.warnings.is_empty() || outcome.without_text);
        let keys: HashSet<&str> = documents.iter().map(|document| document.key.0.as_str()).collect();
        prop_assert_eq!(keys.len(), documents.len());
        for document in &documents {
            is_sound(&document.body)?;
        }
        if !recto::format::streams(name, &bytes) {
            return Ok(());
        }
        let mut streamed = Vec::new();
        let again: Outcome = read_stream(&input, &mut Cursor::new(&bytes), &mut |document| {
            streamed.push(document);
            ControlFlow::Continue(())
        });
        prop_assert_eq!((again, streamed), (outcome, documents));
        let mut seen = 0;
        read(&input, &mut |_| {
            seen += 1;
            ControlFlow::Break(())
        });
        prop_assert!(seen <= 1);
    }
}
