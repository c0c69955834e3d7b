use proptest::prelude::*;

use super::super::writer::OPTIONS;
use super::*;

fn mended(text: &str) -> String {
    mend(text, OPTIONS).unwrap_or_else(|| text.to_owned())
}

#[test]
fn signs_that_were_left_over_become_what_was_meant() {
    for (text, expected) in [
        // Bold and italics.
        ("on** #S S** by", "on<strong> #S S</strong> by"),
        ("**Con—**A page", "<strong>Con—</strong>A page"),
        ("Read more**** on.****", "Read more on."),
        ("**Good for all", "Good for all"),
        ("Used by all.**", "Used by all."),
        ("It is **so", "It is so"),
        ("_A word. _ More", "<em>A word. </em> More"),
        ("so—* dare I say* —it", "so—<em> dare I say</em> —it"),
        ("_All of it._More", "<em>All of it.</em>More"),
        ("_All of it is", "All of it is"),
        ("It is over._", "It is over."),
        ("a\n\n__\n\nb", "a\n\n\n\nb"),
        // Links and pictures.
        ("[a](b c)", "[a](<b c>)"),
        ("[a]( \"T (x) y\").", "[a]()."),
        ("[a](b.md \"T \"u\" v\").", "[a](<b.md>)."),
        ("[a](/b to see", "[a](</b>) to see"),
        ("[a](<b) c", "[a](<b>) c"),
        ("[a] (http://b.c) d", "[a](<http://b.c>) d"),
        ("<a href=\"b>C</a>", "<a href=\"b\">C</a>"),
        (
            "d <img src=\"a.png\" alt=\"The \"new\" look\" width=\"9\" /> e",
            "d <img src=\"a.png\" alt=\"The &quot;new&quot; look\"> e",
        ),
        ("[youtube http://a.b/c]", "[YouTube](<http://a.b/c>)"),
        ("[caption id=\"a\"]b[/caption]", "b"),
        // What other readers write.
        ("[a](b){.c .d} e {#f}", "[a](b) e "),
        ("a [b *c*]{.d} e", "a b *c* e"),
        ("a ==b c== d", "a <em>b c</em> d"),
        ("a %%b%% c", "a  c"),
        ("a b ^c-1d", "a b<a id=\"^c-1d\"></a>"),
        (
            "a^[b *c*] d",
            "a[^within-the-line-1] d\n\n[^within-the-line-1]: b *c*\n",
        ),
        ("$5 or AU$6", "\\$5 or AU\\$6"),
    ] {
        assert_eq!(mended(text), expected, "{text}");
    }
}

#[test]
fn brackets_that_are_never_closed_are_read_in_linear_time() {
    let text = "[a]{".repeat(100_000);
    assert_eq!(mended(&text), text);
}

#[test]
fn what_is_no_slip_stays() {
    for text in [
        "Sound **bold** and _italics_ with [a](b \"c\") and ![d](e).",
        "a * b * c and 2 ** 3",
        "Sales** rose.\n\n** Not all of them.",
        "Costs fell.**\n\n** In dollars.",
        "| a** | b |\n|---|---|\n| 1* | 2** |",
        "snake_case, __init__.py and _private names",
        "As a ____, I want ___.",
        "\\*\\*kept\\*\\* and `**a` and `[a](b c)`",
        "```\n**a\n[a](b c)\n{.x}\n```\n\n    ** b",
        "He [the man] said (so) [sic].",
        "{#if a} and { b } and {c}",
        "a == b, c != d, x==y",
        "50%% of 20%%",
        "The area in m ^2",
        "[video] and [audio]",
        "The <title> tag and 3 < 4",
        "$x_1$ is $y$.",
    ] {
        assert_eq!(mended(text), text);
    }
}

proptest! {
    #[test]
    fn what_is_mended_keeps_its_letters(text in "([-*_\\[\\]()!<> {}.#%=^$\"\n]|[abAé]{1,3}|\\*\\*|__|==|%%|\\]\\(|\\^\\[|http://a){0,60}") {
        // Letters may go with an address, a title or a comment, and come with tags; within plain signs none does.
        let plain: String = text.replace(['[', ']', '<', '{', '%', '^', '$', '='], "");
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let tagless = mended(&plain).replace("<strong>", "").replace("</strong>", "").replace("<em>", "").replace("</em>", "");
        prop_assert_eq!(letters(&tagless), letters(&plain));
        mended(&text);
    }
}
