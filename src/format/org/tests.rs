use super::*;
use crate::document::Document;
use crate::format::testing;

fn document(text: &str) -> Document {
    testing::read_one("notes.org", text)
}

fn shown(text: &str) -> Vec<String> {
    testing::blocks(&document(text))
}

fn spans(text: &str) -> Vec<String> {
    testing::spans(&document(text))
}

#[test]
fn keywords_tags_and_tasks_become_facts() {
    let found = document(
        "#+TITLE: On rain\n#+author: Ann Smith\n#+DATE: <2024-05-01 Wed>\n#+FILETAGS: :wet:cold:\n\n\
         * TODO Buy a coat :shop:\n:PROPERTIES:\n:ID: 1\n:END:\nA long one.\n* DONE Look up\n* COMMENT Secret\nNo.\n** Below\n* Last\n",
    );
    assert_eq!(found.metadata.title.text, "On rain");
    assert_eq!(found.metadata.authors, ["Ann Smith"]);
    assert_eq!(found.metadata.published.unwrap().to_string(), "2024-05-01");
    assert_eq!(found.metadata.topics, ["wet", "cold", "shop"]);
    assert_eq!(
        found.metadata.details,
        [("Tasks".to_owned(), "1 open, 1 done".to_owned())]
    );
    assert_eq!(
        found.body.text(),
        "TODO Buy a coat\n\nA long one.\n\nDONE Look up\n\nLast"
    );
}

#[test]
fn what_stands_in_an_example_says_nothing_of_the_text() {
    let found = document(
        "#+title: On\n#+begin_example\n#+AUTHOR: Your Name\n#+TODO: a | b\n<<here>>\n[fn:1] No.\n#+end_example\n#+begin_src org\n* b One\n\nSee [[here]] and so.[fn:1]",
    );
    assert!(found.metadata.authors.is_empty());
    assert!(found.metadata.details.is_empty());
    assert!(
        testing::spans(&found).is_empty(),
        "{:?}",
        testing::spans(&found)
    );
}

#[test]
fn several_keywords_of_one_name_are_one() {
    let found = document(
        "#+TITLE: On rain\n#+TITLE: and snow\n#+AUTHOR: Ann Smith\n#+AUTHOR: Bo Lee\n#+FILETAGS: :wet:\n#+FILETAGS: :cold:\n#+KEYWORDS: sky\n#+KEYWORDS: cloud\n#+DESCRIPTION: It is\n#+DESCRIPTION: wet.\n#+DATE:\n#+DATE: 2024\n#+DATE: 2025\n\nText.",
    );
    assert_eq!(found.metadata.title.text, "On rain and snow");
    assert_eq!(found.metadata.authors, ["Ann Smith", "Bo Lee"]);
    assert_eq!(found.metadata.topics, ["wet", "cold", "sky", "cloud"]);
    assert_eq!(found.metadata.published.unwrap().to_string(), "2024");
    assert!(found.body.text().starts_with("It is wet."));
}

#[test]
fn a_note_in_the_line_ends_at_its_own_bracket() {
    for (text, expected) in [
        (
            "So[fn:: see [[https://a.org][the A page]] for more] it is.",
            "So (see the A page for more) it is.",
        ),
        ("So[fn:: see [this] it is.", "So (see [this) it is."),
        ("So[fn:: a [fn:: b] c] it is.", "So (a [fn:: b] c) it is."),
    ] {
        assert_eq!(document(text).body.text(), expected, "{text}");
    }
    let deep = "[fn::".repeat(300) + "a" + &"]".repeat(300);
    assert!(document(&deep).body.text().contains('a'));
}

#[test]
fn each_construct_becomes_its_block() {
    for (text, expected) in [
        (
            "* One\n** Two\nText\ngoes on.",
            &[
                "heading 1: One",
                "heading 2: Two",
                "paragraph 0: Text goes on.",
            ][1..],
        ),
        (
            "a\n\n- one\n  goes on\n  - in\n- [X] two\n\nb",
            &[
                "paragraph 0: a",
                "list-item 1: one goes on",
                "list-item 2: in",
                "list-item 1: two",
                "paragraph 0: b",
            ],
        ),
        ("1. one\n2. two", &["list-item 1: one", "list-item 1: two"]),
        (
            "a\n#+BEGIN_SRC rust\n  fn a() {\n      b\n  }\n#+END_SRC\nc",
            &[
                "paragraph 0: a",
                "code 0: fn a() {\n    b\n}",
                "paragraph 0: c",
            ],
        ),
        (
            "#+begin_quote\nSo it is.\n#+end_quote\nb",
            &["quotation 1: So it is.", "paragraph 0: b"],
        ),
        (
            "#+BEGIN_VERSE\nOne\nTwo\n#+END_VERSE",
            &["paragraph 0: One\nTwo"],
        ),
        (
            "| a | b |\n|---+---|\n| 1 | 2 |",
            &["table-row 0: a\tb", "table-row 0: 1\t2"],
        ),
        (": set\n:   so", &["code 0: set\n  so"]),
        (
            "# no\n#+OPTIONS: x\nyes\n-----\nmore",
            &["paragraph 0: yes", "rule 0: * * *", "paragraph 0: more"],
        ),
        (
            "- an item\n\n#+begin_src c\na\n#+end_src\n- second\n  #+begin_src c\n  b\n  #+end_src\n: set\n- third\n| a |\n- fourth\n#+caption: So\n\\begin{a}\n\\end{a}",
            &[
                "list-item 1: an item",
                "code 0: a",
                "list-item 1: second",
                "code 1: b",
                "code 0: set",
                "list-item 1: third",
                "table-row 0: a",
                "list-item 1: fourth",
                "paragraph 0: So",
                "code 0: \\begin{a}\n\\end{a}",
            ],
        ),
        (
            "#+begin_src org\n,* One\n,#+two\n,three\n,\n#+end_src",
            &["code 0: * One\n#+two\n,three\n,"],
        ),
        ("- term :: its meaning", &["list-item 1: term: its meaning"]),
    ] {
        assert_eq!(shown(text), expected, "{text}");
    }
}

#[test]
fn marks_become_spans() {
    for (text, expected) in [
        ("a *b c* d", &["strong: b c"][..]),
        (
            "/it/ and =x*y*= and ~z~",
            &["em: it", "code: x*y*", "code: z"],
        ),
        ("+gone+ and _under_", &["deleted: gone", "em: under"]),
        ("2 * 3 * 4 and a/b/c and snake_case_name", &[]),
        (
            "see [[https://x.org/a][the *page*]] or [[https://x.org]]",
            &[
                "https://x.org/a: the *page*",
                "https://x.org: https://x.org",
            ],
        ),
        ("at https://x.org/b.", &["https://x.org/b: https://x.org/b"]),
        (
            "so[fn:a] it is[fn:b]\n\n[fn:a] Or not.",
            &["#fn-a: [1]", "#fnref-a: ↩"],
        ),
    ] {
        assert_eq!(spans(text), expected, "{text}");
    }
}

#[test]
fn links_lead_to_places_and_to_other_files() {
    for (text, expected) in [
        (
            "[[file:b.org::*A head][b]], [[./in/c.org]], [[../d.md][d]] and [[file:e.org::#f]]",
            &[
                "recto:lists/b.org#a-head: b",
                "recto:lists/in/c.org: ./in/c.org",
                "recto:d.md: d",
                "recto:lists/e.org#f: e.org",
            ][..],
        ),
        ("[[file:a.png][pic]] [[~/x.org][x]] [[nowhere][y]]", &[]),
        (
            "[[*Buy a coat]] [[Buy a coat][coat]] [[#own]] [[id:4f-1]] [[here]] [[id:other][z]]\n\n\
             * TODO [#A] Buy a coat [1/2] :shop:\n:PROPERTIES:\n:ID: 4f-1\n:CUSTOM_ID: own\n:END:\nIt is <<here>> so.",
            &[
                "#buy-a-coat: Buy a coat",
                "#buy-a-coat: coat",
                "#own: own",
                "#4f-1: id:4f-1",
                "#here: here",
                "recto:#@other: z",
            ],
        ),
    ] {
        let found = testing::read_one("lists/a.org", text);
        assert_eq!(testing::spans(&found), expected, "{text}");
        for span in found.body.spans() {
            if let crate::document::SpanKind::Link(to) = &span.kind
                && let Some(name) = to.strip_prefix('#')
            {
                assert!(found.body.destination(name).is_some(), "{name}");
            }
        }
    }
    assert_eq!(document("It is <<here>> so.").body.text(), "It is so.");
}

#[test]
fn what_is_for_the_editor_or_another_program_goes() {
    for (text, expected) in [
        (
            "* A\nSCHEDULED: <2024-05-01 Wed> DEADLINE: <2024-05-02 Thu +1w>\nb\n* C\nCLOCK: [2024-05-01 Wed 10:00]--[2024-05-01 Wed 11:00] =>  1:00\nd\n* E",
            &[
                "paragraph 0: SCHEDULED: 2024-05-01 Wed DEADLINE: 2024-05-02 Thu +1w",
                "paragraph 0: b",
                "heading 1: C",
                "paragraph 0: d",
                "heading 1: E",
            ][..],
        ),
        (
            "a\n#+begin_aside\n- b\n#+end_aside\n#+BEGIN_NOTE\nc\n#+END_NOTE\nd\n#+begin_html\n<br>\n#+end_html",
            &[
                "paragraph 0: a",
                "list-item 1: b",
                "quotation 1: Note",
                "quotation 1: c",
                "paragraph 0: d",
            ],
        ),
        (
            "a\n\\begin{align*}\nx_1 &= /y/\n\\end{align*}\nb",
            &[
                "paragraph 0: a",
                "code 0: \\begin{align*}\nx_1 &= /y/\n\\end{align*}",
                "paragraph 0: b",
            ],
        ),
        (
            "| a | b |\n| <l> | <10> |\n| 1 | 2 |\n#+TBLFM: $2=$1",
            &["table-row 0: a\tb", "table-row 0: 1\t2"],
        ),
        (
            "Press {{{kbd(C-c)}}} at [2024-05-01 Wed]@@html:<br>@@ [cite/t:see @a p. 5; @b].",
            &["paragraph 0: Press C-c at 2024-05-01 Wed see @a p. 5; @b."],
        ),
        ("5. [@7] a\n6. b", &["list-item 1: a", "list-item 1: b"]),
        (
            "#+INCLUDE: \"b.org::*A\" :lines 1-2\n#+include: \"c.py\" src python",
            &["paragraph 0: b.org", "paragraph 0: c.py"],
        ),
    ] {
        assert_eq!(shown(text), expected, "{text}");
    }
    assert_eq!(
        spans("if \\(x_1\\) and $y_2$ cost $5 or $6"),
        ["code: \\(x_1\\)", "code: $y_2$"]
    );
}

#[test]
fn a_note_is_known_by_its_id_to_the_whole_source() {
    let found = document(
        ":PROPERTIES:\n:ID: 4f\n:ROAM_REFS: https://a.org/b\n:END:\n#+title: On rain\n#+identifier: 20240501T100000\n\nText [[denote:2023][x]].\n* A :noexport:cold:\n:PROPERTIES:\n:ID: 5a\n:END:\nb",
    );
    assert_eq!(found.metadata.url.as_deref(), Some("https://a.org/b"));
    assert_eq!(found.metadata.topics, ["cold"]);
    let wide = found.body.destinations().iter().filter(|one| one.is_wide());
    let wide: Vec<&str> = wide.map(|one| one.name.as_str()).collect();
    assert_eq!(wide, ["@4f", "@20240501T100000", "@5a"]);
    assert_eq!(testing::spans(&found), ["recto:#@2023: x"]);
}

#[test]
fn org_is_told_by_its_name_or_its_keywords() {
    for (name, text, expected) in [
        ("a.org", "Text", true),
        ("a.ORG", "Text", true),
        ("a.txt", "#+title: x\n* One", true),
        ("a", "#+STARTUP: x\n#+TITLE: x", true),
        ("a.txt", "* One\n* Two", false),
        ("a.md", "#+title: x", false),
    ] {
        assert_eq!(is_org(name, text), expected, "{name} {text}");
    }
}
