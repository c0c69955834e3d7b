use super::unfence;

/// Returns the lines that say something: how many blank ones part them is the writer's affair.
fn worded(text: &str) -> Vec<&str> {
    let lines = text.lines().map(str::trim_end);
    lines
        .filter(|line| !line.trim_start_matches(['>', ' ']).is_empty())
        .collect()
}

#[test]
fn remarks_are_quotations_and_other_fences_go() {
    for (text, expected) in [
        (
            "a\n\n```{note}\nIt is *wet*.\n```\nb\n",
            "a\n\n> **Note**\n>\n> It is *wet*.\n>\n>\n\n\nb\n",
        ),
        (
            "::: warning Mind it\nWet.\n:::\n",
            "> **Mind it**\n>\n> Wet.\n",
        ),
        (":::tip[So]\nWet.\n:::\n", "> **So**\n>\n> Wet.\n"),
        (
            "::: {.callout-note title=\"So\"}\nWet.\n:::\n",
            "> **So**\n>\n> Wet.\n",
        ),
        ("::: {#a .column width=50%}\nWet.\n:::\n", "Wet.\n\n\n"),
        (":::\nstray\n", "stray\n"),
        (
            "::::{grid}\n:::{card} One\n:link: a\nWet.\n:::\n::::\n",
            "**One**\n\nWet.\n\n\n\n\n",
        ),
        (
            "```{code-block} rust\n:caption: So\nfn a() {}\n```\n",
            "**So**\n\n```\nfn a() {}\n```\n",
        ),
        (
            "```{toctree}\n:maxdepth: 2\n\na/b\nC <c.md>\nself\nx/*\n```\n",
            "- [a/b](<a/b.md>)\n- [C](<c.md>)\n\n\n",
        ),
        (
            "```{figure} a.png\n---\nalt: A ship\n---\nAt sea.\n```\n",
            "![A ship](<a.png>)\n\nAt sea.\n\n\n",
        ),
        ("```{include} ../b.md\n```\n", "[../b.md](<../b.md>)\n\n"),
        ("```{contents}\n:local:\n```\n", ""),
        ("(a b)=\n# So\n", "<a id=\"(a b)=\"></a>\n\n# So\n"),
        (
            "- a\n\n  ```{tip}\n  b\n  ```\n",
            "- a\n\n  > **Tip**\n  >\n  > b\n  >\n  >\n\n\n",
        ),
        (
            "!!! note\n    Wet.\n\n    Cold.\nb\n",
            "> **Note**\n>\n> Wet.\n>\n> Cold.\n>\n>\nb\n",
        ),
        (
            "=== \"One\"\n\n    ```\n    x\n    ```\n",
            "**One**\n\n\n```\nx\n```\n\n\n",
        ),
        // What is code, or none of this, stays.
        ("```{.python}\nx\n```\n", "```{.python}\nx\n```\n"),
        (
            "````\n```{note}\nx\n```\n````\n:::\n",
            "````\n```{note}\nx\n```\n````\n",
        ),
        (
            "```{eval-rst}\n.. x::\n```\n",
            "```{eval-rst}\n.. x::\n```\n",
        ),
        ("```{note}\nopen\n", "```{note}\nopen\n"),
        ("a === b and !!! x\n", "a === b and !!! x\n"),
    ] {
        assert_eq!(worded(&unfence(text)), worded(expected), "{text}");
    }
}

#[test]
fn fences_within_fences_are_bounded() {
    let deep: String = (0..2000).map(|_| ":::note\n").collect();
    let ends: String = (0..2000).map(|_| ":::\n").collect();
    let written = unfence(&format!("{deep}a\n{ends}")).into_owned();
    assert!(written.len() < 400_000, "{}", written.len());
    let far = format!(
        "{0}:::note\n{1}{0}:::\n",
        " ".repeat(10_000),
        "a\n".repeat(10_000)
    );
    assert_eq!(unfence(&far).len(), far.len());
}
