//! Texts in pieces, which must be what they are in one.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;
use html5ever::tokenizer::states::RawKind;

/// Writes down what comes, words joined.
#[derive(Default)]
struct Log(RefCell<String>);

impl TokenSink for Log {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        let mut log = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) => {
                write!(log, "\n<{:?} {}", tag.kind, tag.name).unwrap();
                for attribute in &tag.attrs {
                    write!(log, " {}=“{}”", attribute.name.local, attribute.value).unwrap();
                }
                writeln!(log, "{}", if tag.self_closing { "/>" } else { ">" }).unwrap();
                let raw = match &*tag.name {
                    "textarea" => RawKind::Rcdata,
                    "style" => RawKind::Rawtext,
                    "script" => RawKind::ScriptData,
                    _ => return TokenSinkResult::Continue,
                };
                if tag.kind == TagKind::StartTag {
                    return TokenSinkResult::RawData(raw);
                }
            }
            Token::CharacterTokens(words) => log.push_str(&words),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

fn read(most: usize, html: &str) -> String {
    tokenize_by(most, html, Log::default(), |_| true)
        .sink
        .0
        .into_inner()
}

fn assert_is_as_one_piece(html: &str) {
    let expected = read(usize::MAX / 4, html);
    for most in [PIECE, 64, 128] {
        assert_eq!(read(most, html), expected, "{most}: {html}");
    }
}

#[test]
fn a_text_is_the_same_in_pieces_as_in_one() {
    let long = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA/ab+c/d".repeat(60);
    let words = "one two &amp; three&eacute;e a > b < c 'd' e=f \"g\" ".repeat(40);
    let quoted = words.replace('"', "");
    for html in [
        format!("a <p>{words}</p> b"),
        format!("a <img src=\"{long}\" alt='b' /> c"),
        format!("a <img src={long} alt=b> c"),
        format!("a <img alt=one src='{long}' title=\"x > y\"/> c"),
        format!("a <p title=\"{quoted}\" id=x>b</p> c"),
        format!("a <p title = '{}' id=x>b</p> c", words.replace('\'', "")),
        format!("a <textarea data-x=\"{quoted}\"><b {words}</textarea> c"),
        format!("a <script x='{long}'>if (a<b) \"{words}</script> c"),
        format!("a <style>{words}</style> c"),
        format!("a <!-- <b {words} --> c"),
        format!("a <!-- <b {long}---> c"),
        format!("a <? {} ?> c", words.replace('>', "")),
        format!("a </b {}> c", "x=1 y='2' ".repeat(60)),
        format!("a <p title=\"{quoted}"),
        format!("a <a x=1 x=\"{quoted}\" y=2>b</a> c"),
        format!(
            "a <a href=\"/?{}\">b</a> c",
            "a=1&amp;bcd=2&lt=3&copy=4".repeat(60)
        ),
    ] {
        assert_is_as_one_piece(&html);
    }
}

#[test]
fn what_is_compared_grows_with_the_text_and_no_faster() {
    let compared = |html: &str| {
        let joining = tokenize_by(PIECE, html, Log::default(), |_| true);
        joining.compared.get()
    };
    let tag = |begin: &str, count: usize| {
        let mut html = format!("a {begin}");
        for number in 0..count {
            write!(html, " a{number}=1").unwrap();
        }
        html + ">words</p> c"
    };
    for begin in [
        "<p",
        "</p",
        "<p title=\"<a> 'b'\"",
        "<script>a<b x=\"</script><p",
    ] {
        let [once, twice] = [40_000, 80_000].map(|count| compared(&tag(begin, count)));
        assert!(once > 40_000, "{begin}: {once}");
        assert!(twice < once * 9 / 4, "{begin}: {once}, {twice}");
        let log = read(PIECE, &tag(begin, 40_000));
        assert!(log.ends_with(">\nwords\n<EndTag p>\n c"), "{begin}");
        assert!(log.contains(" a0=“1” a1=“1”"), "{begin}");
    }
    // Without a blank between them.
    for attribute in ["a0/", "=\"1\"a", "b='>'"] {
        let tag = |count| format!("a <p {}>words</p>", attribute.repeat(count));
        let log = read(PIECE, &tag(40_000));
        assert!(log.ends_with(">\nwords\n<EndTag p>\n"), "{attribute}");
    }
}

proptest! {
    #[test]
    fn whatever_stands_in_a_tag_its_end_is_found(
        parts in prop::collection::vec(
            prop::sample::select(vec![
                " a1=b", " c", " d = 'e f'", " g=\"h > i\"", " data-j='&amp;k'", " l=m&lt;n", "\n", " o=\"<p>\"",
                " title=\"one two three four five six seven eight nine ten eleven twelve\"",
            ]),
            0..60,
        ),
        kind in prop::sample::select(vec!["<p", "<textarea", "<!--", "</p"]),
    ) {
        let end = if kind == "<!--" { " -->" } else { " >" };
        let html = format!("before {kind}{}{end} after <b>the end", parts.concat());
        let expected = read(usize::MAX / 4, &html);
        prop_assert_eq!(&read(64, &html), &expected);
        prop_assert_eq!(&read(200, &html), &expected);
    }
}
