use super::*;
use crate::document::Document;
use crate::format::testing;

fn document(text: &str) -> Document {
    testing::read_one("notes.rst", text)
}

fn shown(text: &str) -> Vec<String> {
    testing::blocks(&document(text))
}

fn spans(text: &str) -> Vec<String> {
    testing::spans(&document(text))
}

#[test]
fn fields_before_the_text_become_facts() {
    for text in [
        "=======\nOn rain\n=======\n:Author: Ann Smith\n:Date: $Date: 2021-11-10 00:54:54 +0100 (Wed) $\n:Tags: wet, cold\n\nIt rained.\n\nWhy\n---\nSo.",
        ".. include:: head.rst\n\n=======\nOn rain\n=======\n:Author: Ann Smith\n:Date: 2021-11-10\n:Tags: wet, cold\n\nIt rained.\n\nWhy\n---\nSo.",
        ".. title: On rain\n.. author: Ann Smith\n.. date: 2021-11-10\n.. tags: wet, cold\n\nIt rained.\n\nWhy\n---\nSo.",
        "---\ntitle: On rain\nauthor: Ann Smith\ndate: 2021-11-10\ntags: [wet, cold]\n---\nIt rained.\n\nWhy\n---\nSo.",
    ] {
        let found = document(text);
        assert_eq!(found.metadata.title.text, "On rain", "{text}");
        assert_eq!(found.metadata.authors, ["Ann Smith"]);
        assert!(
            found
                .metadata
                .published
                .unwrap()
                .to_string()
                .starts_with("2021-11-10")
        );
        assert_eq!(found.metadata.topics, ["wet", "cold"]);
        let said = found.body.text().trim_start_matches("head.rst\n\n");
        assert_eq!(said, "It rained.\n\nWhy\n\nSo.");
    }
}

#[test]
fn a_field_that_says_nothing_known_is_shown() {
    let found = document(
        "On rain\n=======\n:Purpose: Builds reusable\n  things\n:Author: Ann Smith\n:orphan:\n:Status: Final\n:Open:\n\nIt rained.",
    );
    assert_eq!(found.metadata.title.text, "On rain");
    assert_eq!(found.metadata.authors, ["Ann Smith"]);
    assert_eq!(
        testing::blocks(&found),
        [
            "paragraph 0: Purpose: Builds reusable things",
            "paragraph 0: Status: Final",
            "paragraph 0: Open:",
            "paragraph 0: It rained.",
        ]
    );
}

#[test]
fn fields_above_the_title_are_for_programs() {
    let found = document(
        ":hide-toc:\n:html_theme.a: x\n:Author: Ann Smith\n\n.. _a:\n\nOn rain\n=======\n\nIt rained.\n\nWhy\n===\n\nSo.",
    );
    assert_eq!(found.metadata.title.text, "On rain");
    assert_eq!(found.metadata.authors, ["Ann Smith"]);
    assert_eq!(found.body.text(), "It rained.\n\nWhy\n\nSo.");
    let found = document(":Purpose: To be read\n\nIt rained.\n\nWhy\n===\n\nSo.");
    assert!(
        found
            .body
            .text()
            .starts_with("Purpose: To be read\n\nIt rained.")
    );
}

#[test]
fn lines_before_the_text_that_say_nothing_known_are_shown() {
    let found = document(
        "PEP: 8\nTitle: On rain\nAuthor: Ann Smith\nStatus: Active\nType: Process\n\nWhy\n===\n\nIt rained.",
    );
    assert_eq!(found.metadata.title.text, "On rain");
    assert_eq!(
        testing::blocks(&found),
        [
            "paragraph 0: PEP: 8\nStatus: Active\nType: Process",
            "heading 1: Why",
            "paragraph 0: It rained.",
        ]
    );
}

#[test]
fn many_low_lines_are_read_in_linear_time() {
    let text = format!("a{}", "-_".repeat(100_000));
    assert_eq!(document(&text).body.text(), text);
    let long = "a".repeat(200);
    let words = format!("{long}_ and so_.\n\n.. _so: https://x.org");
    assert_eq!(spans(&words), ["https://x.org: so"]);
}

#[test]
fn figures_are_set_above_and_below_the_line() {
    for (text, expected) in [
        ("10\\ :sup:`-6` m", "10⁻⁶ m"),
        ("H\\ :sub:`2`\\ O", "H₂O"),
        ("x\\ :superscript:`2y`", "x^(2y)"),
        ("the 4\\ :sup:`th` day", "the 4th day"),
    ] {
        assert_eq!(document(text).body.text(), expected, "{text}");
    }
}

#[test]
fn each_construct_becomes_its_block() {
    for (text, expected) in [
        (
            "a\n\nOne\n===\nTwo\n---\nThree\n===\nb",
            &[
                "paragraph 0: a",
                "heading 1: One",
                "heading 2: Two",
                "heading 1: Three",
                "paragraph 0: b",
            ][..],
        ),
        (
            "Text\ngoes on.\n\n  Quoted\n  words.",
            &["paragraph 0: Text goes on.", "quotation 1: Quoted words."],
        ),
        (
            "- one\n  goes on\n\n  more\n- two\n\n  - in",
            &[
                "list-item 1: one goes on",
                "list-item 1: more",
                "list-item 1: two",
                "list-item 2: in",
            ],
        ),
        ("1. one\n#. two", &["list-item 1: one", "list-item 1: two"]),
        (
            "a. First item that\n   goes on\nb. Second\n\n(i) In\n(ii) Out\n\nc",
            &[
                "list-item 1: First item that goes on",
                "list-item 1: Second",
                "list-item 1: In",
                "list-item 1: Out",
                "paragraph 0: c",
            ],
        ),
        (
            "IX. Nine\n\nX. Ten\n\nA. Smith was\nhere.\n\nB. Jones was not.",
            &[
                "list-item 1: Nine",
                "list-item 1: Ten",
                "paragraph 0: A. Smith was here.",
                "paragraph 0: B. Jones was not.",
            ],
        ),
        (
            "iiiiiiiv. No\niiiiiiiv. No",
            &["paragraph 0: iiiiiiiv. No iiiiiiiv. No"],
        ),
        (
            "So::\n\n    x = 1\n\n      y\n\nb",
            &["paragraph 0: So:", "code 0: x = 1\n\n  y", "paragraph 0: b"],
        ),
        (
            "term\n  Its meaning.",
            &["paragraph 0: term", "quotation 1: Its meaning."],
        ),
        (
            "a\n\nb\n\n:Name: value\n  more",
            &[
                "paragraph 0: a",
                "paragraph 0: b",
                "paragraph 0: Name: value more",
            ],
        ),
        (
            ">>> 1 + 1\n2\n\nb",
            &["code 0: >>> 1 + 1\n2", "paragraph 0: b"],
        ),
        ("| One\n| Two", &["paragraph 0: One\nTwo"]),
        (
            "a\n\n----\n\nb",
            &["paragraph 0: a", "rule 0: * * *", "paragraph 0: b"],
        ),
        (".. a comment\n   goes on\n\nb", &["paragraph 0: b"]),
        (
            "+---+---+\n| a | b |\n+===+===+\n| 1 | 2 |\n|   | 3 |\n+---+---+",
            &["table-row 0: a\tb", "table-row 0: 1\t2 3"],
        ),
        (
            "=== ====\na   b\n=== ====\n1   2 3\n    4\n=== ====\n\nc",
            &[
                "table-row 0: a\tb",
                "table-row 0: 1\t2 3 4",
                "paragraph 0: c",
            ],
        ),
        (
            "-v, --verbose  Say more.",
            &["paragraph 0: -v, --verbose", "quotation 1: Say more."],
        ),
    ] {
        assert_eq!(shown(text), expected, "{text}");
    }
}

#[test]
fn directives_show_what_they_hold() {
    for (text, expected) in [
        (
            ".. note:: It is wet.\n\nb",
            &["paragraph 0: Note: It is wet.", "paragraph 0: b"][..],
        ),
        (
            ".. warning::\n\n   One.\n\n   Two.\n\nb",
            &[
                "paragraph 0: Warning: One.",
                "paragraph 0: Two.",
                "paragraph 0: b",
            ],
        ),
        (
            ".. code-block:: rust\n   :caption: How it is\n     done\n\n   a()\n\nc",
            &[
                "paragraph 0: How it is done",
                "code 0: a()",
                "paragraph 0: c",
            ],
        ),
        (
            ".. note:: It is\n   :class: tip\n\n   wet.\n\nb |c|\n\n.. |c| image:: c.png\n   :alt: A ship\n     far away\n   :width: 1",
            &[
                "paragraph 0: Note: It is",
                "paragraph 0: wet.",
                "paragraph 0: b A ship far away",
            ],
        ),
        (
            ".. code-block:: rust\n   :linenos:\n\n   fn a() {\n       b\n   }\n\nc",
            &["code 0: fn a() {\n    b\n}", "paragraph 0: c"],
        ),
        (
            ".. image:: a.png\n   :alt: A ship\n\nb",
            &["image 0: A ship", "paragraph 0: b"],
        ),
        (
            ".. image:: a.png\n   :alt: A ship that is\n         far away\n   :width: 50%\n\nb",
            &["image 0: A ship that is far away", "paragraph 0: b"],
        ),
        (
            ".. figure:: a.png\n\n   The caption.\n\nb",
            &["paragraph 0: The caption.", "paragraph 0: b"],
        ),
        (
            ".. toctree::\n   :caption: All\n\n   self\n   a\n   B <in/b>\n   x/*\n\nc",
            &[
                "paragraph 0: All",
                "list-item 1: a",
                "list-item 1: B",
                "paragraph 0: c",
            ],
        ),
        (
            ".. toctree::\n   :hidden:\n\n   a\n\nc",
            &["paragraph 0: c"],
        ),
        (
            ".. versionadded:: 1.2\n   A thing.\n\nb",
            &[
                "paragraph 0: Added in version 1.2: A thing.",
                "paragraph 0: b",
            ],
        ),
        (
            ".. py:function:: f(x)\n\n   Does it.\n\nb",
            &[
                "paragraph 0: f(x)",
                "quotation 1: Does it.",
                "paragraph 0: b",
            ],
        ),
        (
            ".. list-table::\n   :header-rows: 1\n\n   * - a\n     - b\n   * - 1\n     - 2",
            &["table-row 0: a\tb", "table-row 0: 1\t2"],
        ),
        (
            ".. list-table::\n\n   *  - a\n\n        - x\n        * - y\n\n      - b\n   *  -\n      - 2",
            &["table-row 0: a - x * - y\tb", "table-row 0: \t2"],
        ),
        (
            ".. csv-table::\n   :header: a, b\n\n   1, \"2, 3\"",
            &["table-row 0: a\tb", "table-row 0: 1\t2, 3"],
        ),
        (".. whatever::\n\n   Words.", &["paragraph 0: Words."]),
    ] {
        assert_eq!(shown(text), expected, "{text}");
    }
}

#[test]
fn marks_become_spans() {
    for (text, expected) in [
        (
            "a *b c* d **e** and ``f *g*``",
            &["em: b c", "strong: e", "code: f *g*"][..],
        ),
        ("2 * 3 * 4 and \\*so\\* it is", &[]),
        (
            "see `the page <https://x.org/a>`_ now",
            &["https://x.org/a: the page"],
        ),
        (
            "see Python_ and `the site`_.\n\n.. _Python: https://p.org\n.. _the site: https://s.org/\n   a",
            &["https://p.org: Python", "https://s.org/a: the site"],
        ),
        ("see here__\n\n.. __: https://x.org", &[]),
        (
            "see `here`__\n\n.. __: https://x.org",
            &["https://x.org: here"],
        ),
        (
            ":ref:`words <a b>` and :func:`~x.y`\n\n.. _a b:\n\nText",
            &["#a b: words", "code: y"],
        ),
        ("at https://x.org/b.", &["https://x.org/b: https://x.org/b"]),
        (
            "so [1]_ it\n\n.. [1] Or not.",
            &["#fn-1: [1]", "#fnref-1: ↩"],
        ),
        ("|it| is\n\n.. |it| replace:: so", &[]),
        ("snake_case and _private are words", &[]),
        (
            "An _`inline target` and `inline target`_.",
            &["#inline target: inline target"],
        ),
    ] {
        assert_eq!(spans(text), expected, "{text}");
    }
    assert_eq!(
        document("|it| is\\ n't\n\n.. |it| replace:: so")
            .body
            .text(),
        "so isn't"
    );
    assert_eq!(document("\\*so\\* it is").body.text(), "*so* it is");
}

#[test]
fn other_files_of_the_folder_are_led_to() {
    for (text, expected) in [
        (
            "See :doc:`guide/start`, :doc:`The end </end>` and :doc:`../in`.",
            &[
                "recto:docs/guide/start.rst: guide/start",
                "recto:end.rst: The end",
                "recto:in.rst: ../in",
            ][..],
        ),
        (
            "`a <b.rst#c>`_, `d <e.png>`_ and f_.\n\n.. _f: ./g.txt",
            &["recto:docs/b.rst#c: a", "e.png: d", "recto:docs/g.txt: f"],
        ),
        (
            ".. toctree::\n\n   a\n   B <https://b.org/>",
            &["recto:docs/a.rst: a", "https://b.org/: B"],
        ),
        (":doc:`../../out`", &[]),
    ] {
        let found = testing::read_one("docs/index.rst", text);
        assert_eq!(testing::spans(&found), expected, "{text}");
    }
}

#[test]
fn labels_and_terms_are_known_to_the_whole_source() {
    for (text, expected) in [
        (
            ":ref:`a b` and :ref:`so <c>` and :ref:`far`\n\n.. _A b:\n.. _c:\n\nThe title\n=========\nText",
            &["#a b: The title", "#c: so", "recto:#@far: far"][..],
        ),
        (
            ":term:`Wet`, :term:`rains <rain>` and :term:`far`\n\n.. glossary::\n   :sorted:\n\n   wet\n   rain\n      Falls.\n\n   sun\n      Shines.",
            &[
                "#term wet: Wet",
                "#term rain: rains",
                "recto:#@term far: far",
                "strong: wet",
                "strong: rain",
                "strong: sun",
            ],
        ),
        (
            ".. include:: ../b.txt\n\n.. literalinclude:: c.py\n   :lines: 1-2\n\n.. include:: <isonum.txt>",
            &["recto:b.txt: ../b.txt", "code: c.py"],
        ),
        (
            "|a| |b| |c|\n\n.. |a| image:: a.png\n   :alt: A ship\n.. |b| unicode:: U+00A9 .. sign\n.. |c| replace:: so\n   it is",
            &[],
        ),
    ] {
        let found = testing::read_one("docs/index.rst", text);
        assert_eq!(testing::spans(&found), expected, "{text}");
        let names = found
            .body
            .destinations()
            .iter()
            .map(|one| one.name.as_str());
        let names: Vec<&str> = names.collect();
        assert_eq!(names.contains(&"@a b"), text.contains("_A b"), "{names:?}");
        assert_eq!(
            names.contains(&"@term sun"),
            text.contains("glossary"),
            "{names:?}"
        );
    }
    let shown = document(
        "|a| |b| |c|\n\n.. |a| image:: a.png\n   :alt: A ship\n.. |b| unicode:: U+00A9 .. sign\n.. |c| replace:: so\n   it is",
    );
    assert_eq!(shown.body.text(), "A ship © so it is");
}

#[test]
fn it_is_told_by_its_name_or_many_signs() {
    let signs = "One\n===\n\n.. note:: a\n\n.. code:: b\n\n.. _c: d\n\nTwo\n===\n";
    for (name, text, expected) in [
        ("a.rst", "Text", true),
        ("a.txt", signs, true),
        ("a", signs, true),
        ("a.md", signs, false),
        ("a.txt", "One\n===\n\nText\n\nTwo\n===\n", false),
    ] {
        assert_eq!(is_rst(name, text), expected, "{name} {text}");
    }
}
