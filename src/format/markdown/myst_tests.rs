//! What other makers of documentation write into Markdown.

use crate::format::testing;

#[test]
fn roles_show_their_words_and_lead_where_they_mean() {
    for (text, expected) in [
        (
            "Use {func}`~a.b.c`, {py:class}`D` or {math}`x^2`.",
            &["code: c", "code: D", "code: x^2"][..],
        ),
        (
            "See {ref}`here <a-b>`, {ref}`far`, {term}`Wet`, {doc}`the start <../start>` and {rfc}`822`.\n\n(a-b)=\n\n## Head\n\nText",
            &[
                "#a-b: here",
                "recto:#@far: far",
                "recto:#@term wet: Wet",
                "recto:start.md: the start",
            ],
        ),
        ("A {b} `c` and {d}", &["code: c"]),
        (
            "{term}`Wet`\n\n```{glossary}\nwet\n: Not *dry*.\n\ndry\n  Not {func}`~a.wet`.\n```\n",
            &["#term wet: Wet", "em: dry", "code: wet"],
        ),
        (
            "```{eval-rst}\n.. note:: It *is*.\n```\n",
            &["strong: Note:", "em: is"],
        ),
    ] {
        let found = testing::read_one("docs/a.md", text);
        assert_eq!(testing::spans(&found), expected, "{text}");
        let here = found.body.destination("a-b").is_some();
        assert_eq!(here, text.contains(")="), "{text}");
        assert!(!found.body.text().contains("{func}") && !found.body.text().contains(")="));
    }
}

#[test]
fn fences_and_components_are_text() {
    for (name, text, expected) in [
        (
            "a.md",
            "a\n\n:::{tip} So\n- b\n\n```rust\nc\n```\n:::\n\nd\n",
            &[
                "paragraph 0: a",
                "quotation 1: So",
                "list-item 2: b",
                "code 1: c",
                "paragraph 0: d",
            ][..],
        ),
        (
            "a.md",
            "a\n\n!!! warning\n    b\n\n        c\n\nd\n",
            &[
                "paragraph 0: a",
                "quotation 1: Warning",
                "quotation 1: b",
                "code 1: c",
                "paragraph 0: d",
            ],
        ),
        (
            "a.md",
            "a\n\n+---+---+\n| a | b |\n+===+===+\n| 1 | 2 |\n+---+---+\n\n| One\n| Two\n\n:smile: b\n",
            &[
                "paragraph 0: a",
                "table-row 0: a\tb",
                "table-row 0: 1\t2",
                "paragraph 0: One\nTwo",
                "paragraph 0: :smile: b",
            ],
        ),
        (
            "a.md",
            "| a | b |\n|---|---|\n| 1 | 2 |\n",
            &["table-row 0: a\tb", "table-row 0: 1\t2"],
        ),
        (
            "a.mdx",
            "import A from './a'\n\nb\n\n<Card title=\"So\">\n    It is.\n</Card>\n",
            &["paragraph 0: b", "paragraph 0: So", "paragraph 0: It is."],
        ),
        (
            "a.md",
            "- a\n  id:: 1\n\t- b\n\t  collapsed:: true\n",
            &["list-item 1: a", "list-item 2: b"],
        ),
    ] {
        let found = testing::read_one(name, text);
        assert_eq!(testing::blocks(&found), expected, "{text}");
    }
}
