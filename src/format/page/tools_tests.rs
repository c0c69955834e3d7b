//! Pages of makers whose tools, menus and mastheads were read as text or as titles.

use crate::format::testing::{read_all, read_one};

const PROSE: &str = "Trust is a set of habits that govern how people share what they have. All towns have to manage \
    the way they use their water, and some of them do it by a council that meets in the evening.";

#[test]
fn the_heading_over_the_article_is_its_title_and_the_masthead_is_none() {
    for (title, page, expected) in [
        // mdBook.
        (
            "What is trust? - The Book of Common Things",
            "<nav id=sidebar><ol><li><a href=a.html>Intro</a></ol></nav><div id=menu-bar>\
             <h1 class=menu-title>The Book of Common Things</h1></div><main><h2><a class=header href=#a>What Is Trust?</a>\
             </h2><p>PROSE</p><h2>The Book of Common Things</h2><p>PROSE</p></main>",
            "What Is Trust?",
        ),
        (
            "Foreword - The Book of Common Things",
            "<h1 class=menu-title>The Book of Common Things</h1><main><h1>Foreword</h1><p>PROSE</p></main>",
            "Foreword",
        ),
        // Its appendices say more in the heading than in the title.
        (
            "A - Keywords - The Book of Common Things",
            "<h1 class=menu-title>The Book of Common Things</h1><main><h2>Appendix A: Keywords</h2><p>PROSE</p></main>",
            "Appendix A: Keywords",
        ),
        (
            "A - Keywords - The Book of Common Things",
            "<h1 class=menu-title>The Book of Common Things</h1><main><h2>What they mean</h2><p>PROSE</p></main>",
            "A - Keywords",
        ),
        // The masthead alone says nothing about the article.
        (
            "The Post of the North: On trust and water",
            "<header><h1>The Post of the North</h1></header><article><h2>On trust and water</h2><p>PROSE</p></article>",
            "On trust and water",
        ),
        // Without a heading, in large type.
        (
            "My Home Page - Essay on tea",
            "<table><tr><td><a href=a.htm>Home</a><br><a href=b.htm>Links</a></td><td><center><font size=5><b>Essay on \
             tea</b></font></center><br>by John Smith<p>PROSE<p>PROSE</td></tr></table>",
            "Essay on tea",
        ),
        // A sentence that only begins so is no title, and what stands below is text.
        (
            "Essay on old tea - My Home",
            "<p>PROSE<p>PROSE<p>PROSE<p>PROSE<p>My Home",
            "Essay on old tea",
        ),
    ] {
        let page = page.replace("PROSE", PROSE);
        let page = format!("<html><head><title>{title}</title></head><body>{page}</body></html>");
        assert_eq!(read_one("a.html", &page).metadata.title.text, expected);
    }
}

#[test]
fn a_menu_is_left_out_of_a_page_that_is_shorter_than_it() {
    let menu = |links: usize| -> String {
        let link = |number| format!("<li><a href=/s{number}>Section {number}</a></li>");
        (0..links).map(link).collect()
    };
    for links in [3, 12, 40] {
        let page = format!(
            "<html><head><title>Soup recipe</title></head><body><header><nav><ul>{}</ul></nav></header><h1>Soup</h1>\
             <h2>Ingredients</h2><ul><li>2 onions</li><li>1 l water</li><li>salt</li></ul><h2>Method</h2>\
             <ol><li>Cut onions.</li><li>Boil.</li></ol></body></html>",
            menu(links)
        );
        let text = read_one("a.html", &page).body.text().to_owned();
        assert!(!text.contains("Section"), "{links}: {text}");
        assert!(
            text.contains("2 onions") && text.contains("Boil."),
            "{links}: {text}"
        );
    }
    // A page that is nothing but its menu is that.
    let page = format!("<html><body><nav><ul>{}</ul></nav></body></html>", menu(12));
    assert!(read_one("a.html", &page).body.text().contains("Section 11"));
}

#[test]
fn the_tools_of_rustdoc_are_no_text() {
    let page = |generator: &str| {
        format!(
            "<html><head><meta name=generator content={generator}><title>Trust in std::trust - Rust</title></head>\
             <body class='rustdoc struct'><rustdoc-topbar><h2><a href='#'>Trust</a></h2></rustdoc-topbar><main>\
             <section id=main-content class=content><div class=main-heading><h1>Struct <span class=struct>Trust</span>\
             <button id=copy-path>Copy item path</button></h1><span class=sub-heading><span class=since>1.6.0</span> · \
             <a class=src href=x.html>Source</a></span></div><details open><summary class=hideme>\
             <span>Expand description</span></summary><div class=docblock><p>{PROSE}</p></div></details>\
             <section class=method><span class=rightside><span class=since>1.15.0</span> · <a class=src href=x>Source</a>\
             </span><h4 class=code-header>pub fn share(&amp;self)</h4></section><p>{PROSE} And so on.</p></section>\
             </main></body></html>"
        )
    };
    let text = read_one("a.html", &page("rustdoc")).body.text().to_owned();
    for tool in [
        "Copy item path",
        "Expand description",
        "1.6.0",
        "1.15.0",
        "Source",
    ] {
        assert!(!text.contains(tool), "{tool}: {text}");
    }
    assert!(
        text.contains("pub fn share(&self)") && text.contains("And so on."),
        "{text}"
    );
    // Another maker may mean something by the same names.
    assert!(
        read_one("a.html", &page("other"))
            .body
            .text()
            .contains("1.15.0")
    );
}

#[test]
fn a_page_that_only_leads_to_another_is_none() {
    let page = |refresh: &str, text: &str| {
        format!(
            "<html><head><title>Redirecting...</title><meta http-equiv=\"refresh\" content=\"{refresh}\"></head>\
             <body><p>{text} <a href=\"b.html\">b.html</a>.</p></body></html>"
        )
    };
    for (refresh, text, expected) in [
        ("0; URL=b.html", "Redirecting to...", 0),
        ("0;url=b.html", "This page has moved:", 0),
        // It only looks for what is new on itself.
        ("600", "The news of today:", 1),
        ("600; url=a.html", &PROSE.repeat(3), 1),
    ] {
        let (documents, outcome) = read_all("a.html", page(refresh, text).as_bytes());
        assert_eq!(documents.len(), expected, "{refresh}: {text}");
        assert_eq!(outcome.without_text, expected == 0, "{refresh}: {text}");
        assert_eq!(outcome.warnings, []);
    }
}

#[test]
fn a_formula_is_read_once() {
    let math = "<math><semantics><mrow><mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup></mrow>\
        <annotation encoding=\"application/x-tex\">E=mc^2</annotation></semantics></math>";
    let katex = format!(
        "<span class=katex><span class=katex-mathml>{math}</span><span class=katex-html aria-hidden=true>\
         <span class=mord>E</span><span class=mrel>=</span><span class=mord>mc2</span></span></span>"
    );
    let mathjax = format!(
        "<span class=MathJax><nobr aria-hidden=true><span>E</span><span>=</span><span>mc2</span></nobr>\
         <span class=MJX_Assistive_MathML role=presentation>{math}</span></span>"
    );
    // MathJax 3 draws it by its style, and says it for those who hear it.
    let newer = format!(
        "<mjx-container class='MathJax CtxtMenu_Attached_0'><mjx-math aria-hidden=true><mjx-c class='mjx-c1D438'></mjx-c>\
         </mjx-math><mjx-assistive-mml>{math}</mjx-assistive-mml></mjx-container>"
    );
    for formula in [math, &katex, &mathjax, &newer] {
        let text = format!("<p>The formula {formula} says that mass is energy.</p>");
        let expected = "The formula E=mc2 says that mass is energy.";
        let page = format!("<html><body><article><h1>Energy</h1>{text}</article></body></html>");
        assert_eq!(read_one("a.html", &page).body.text(), expected);
        assert_eq!(crate::format::html::body(&text, None).text(), expected);
    }
}
