//! Pages of several posts: threads of forums post by post, a blog's page post by post, and what must stay one text.
//!
//! The pages were made for this project in the manner of each make of site (`tests/several`), each beside what is
//! expected of it. `threads` are one document whose parts are the posts: kind, title (`*` for any), date, and of each
//! post its depth, what it answers by its place, its date, its author and how it begins. `blogs` are a document a post.
//! `whole` are one document: lines that its text has, and behind `!` such as it has not.

#![expect(
    clippy::unwrap_used,
    reason = "a test fails by unwrapping, and so do its helpers"
)]

mod cases;

use std::collections::HashSet;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use cases::cases;
use proptest::prelude::*;
use recto::config::manifest::{FileEntry, Split};
use recto::document::{Date, Document, Kind};
use recto::format::{Input, Outcome, read};

fn read_all(name: &str, bytes: &[u8], manifest: Option<&FileEntry>) -> (Vec<Document>, Outcome) {
    let mut documents = Vec::new();
    let input = Input {
        manifest,
        ..Input::new(name, bytes)
    };
    let outcome = read(&input, &mut |document| {
        documents.push(document);
        ControlFlow::Continue(())
    });
    (documents, outcome)
}

/// Returns the pages of a folder, each with its name and what is expected of it.
fn pages(folder: &str) -> Vec<(String, Vec<u8>, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/several")
        .join(folder);
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "html"))
        .collect();
    paths.sort();
    let page = |path: PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let expected = fs::read_to_string(path.with_extension("txt")).unwrap();
        (name, fs::read(&path).unwrap(), expected)
    };
    paths.into_iter().map(page).collect()
}

fn shown(date: Option<Date>) -> String {
    date.map_or_else(|| "-".to_owned(), |date| date.to_string())
}

fn or_dash(text: Option<&str>) -> &str {
    text.unwrap_or("-")
}

/// What no post of the pages made for this says, because it stands beside the posts.
const BESIDE: [&str; 12] = [
    "Signed,",
    "Joined",
    "Join Date",
    "Registered",
    "Last edited",
    "Last Edit",
    "Quote from nobody",
    "reputation",
    "1,234",
    "permalink",
    "Previous message",
    "Re: How to mend",
];

#[test]
fn a_thread_is_one_document_and_its_posts_are_its_parts() {
    let pages = pages("threads");
    assert!(pages.len() >= 20);
    for (name, bytes, expected) in pages {
        let (documents, _) = read_all(&name, &bytes, None);
        assert_eq!(documents.len(), 1, "{name}");
        let document = &documents[0];
        let mut expected = expected.trim_end().split("\n\n");
        let head: Vec<&str> = expected.next().unwrap().lines().collect();
        assert_eq!(document.metadata.kind.name(), head[0], "{name}");
        let title = &document.metadata.title.text;
        assert!(head[1] == "*" || head[1] == title, "{name}: {title}");
        assert_eq!(shown(document.metadata.published), head[2], "{name}");
        let posts: Vec<&str> = expected.collect();
        let body = &document.body;
        for words in BESIDE {
            assert!(!body.text().contains(words), "{name}: {words}");
        }
        if head[0] == "message" {
            let author = &document.metadata.authors[0];
            assert!(posts[0].contains(author), "{name}: {author}");
            let start = posts[0].lines().nth(1).unwrap();
            assert!(body.text().starts_with(start), "{name}: {}", body.text());
            continue;
        }
        assert_eq!(body.parts().len(), posts.len(), "{name}");
        assert!(!document.metadata.authors.is_empty(), "{name}");
        for (part, post) in body.parts().iter().zip(posts) {
            let (line, start) = post.split_once('\n').unwrap();
            let reply_to = part.reply_to.map(|place| place.to_string());
            let told = format!(
                "{} {} {} {}",
                part.depth,
                or_dash(reply_to.as_deref()),
                shown(part.published),
                or_dash(part.author.as_deref())
            );
            assert_eq!(told, line, "{name}");
            let words = body.slice(part.range);
            assert!(words.starts_with(start), "{name}: {start}\n{words}");
        }
    }
}

#[test]
fn a_blog_s_page_is_a_document_a_post() {
    let pages = pages("blogs");
    assert!(pages.len() >= 6);
    for (name, bytes, expected) in pages {
        let (documents, outcome) = read_all(&name, &bytes, None);
        let mut expected = expected.trim_end().split("\n\n");
        assert_eq!(outcome.source_title.as_deref(), expected.next(), "{name}");
        let posts: Vec<&str> = expected.collect();
        assert_eq!(documents.len(), posts.len(), "{name}");
        for (document, post) in documents.iter().zip(posts) {
            let metadata = &document.metadata;
            assert_eq!(metadata.kind, Kind::Post, "{name}");
            let topics = metadata.topics.join(", ");
            let told = format!(
                "{}\n{} | {} | {} | {}",
                metadata.title.text,
                or_dash(metadata.authors.first().map(String::as_str)),
                shown(metadata.published),
                or_dash(metadata.url.as_deref()),
                or_dash(Some(topics.as_str()).filter(|topics| !topics.is_empty())),
            );
            let (head, words) = post.rsplit_once('\n').unwrap();
            assert_eq!(told, head, "{name}");
            let (start, end) = words.split_once(" … ").unwrap();
            let text = document.body.text();
            assert!(text.starts_with(start), "{name}: {start}\n{text}");
            assert!(text.ends_with(end), "{name}: {end}\n{text}");
            if let Some(url) = &metadata.url {
                assert_eq!(&document.key.0, url, "{name}");
            }
        }
        // The order in which the posts stand changes nothing of what each is known by, and a person may forbid it all.
        let entry = FileEntry {
            split: Split::Never,
            ..FileEntry::default()
        };
        let (documents, _) = read_all(&name, &bytes, Some(&entry));
        assert_eq!(documents.len(), 1, "{name}");
    }
}

#[test]
fn every_post_says_when_its_page_was_saved() {
    let saved =
        b"<!-- Saved from https://example.org/ at 2023-01-02T03:04:05Z using monolith v2.7.0 -->\n";
    for (name, bytes, _) in pages("blogs") {
        let (documents, _) = read_all(&name, &[saved, &bytes[..]].concat(), None);
        assert!(documents.len() > 1, "{name}");
        for document in documents {
            let details = &document.metadata.details;
            let said = details.iter().find(|(name, _)| name == "saved");
            assert_eq!(said.unwrap().1, "2 January 2023", "{name}");
        }
    }
}

#[test]
fn what_is_one_text_stays_one() {
    let pages = pages("whole");
    assert!(pages.len() >= 8);
    for (name, bytes, expected) in pages {
        let (documents, _) = read_all(&name, &bytes, None);
        assert_eq!(documents.len(), 1, "{name}");
        assert_eq!(documents[0].metadata.kind, Kind::Page, "{name}");
        assert!(documents[0].body.parts().is_empty(), "{name}");
        let text = documents[0].body.text();
        for line in expected.lines() {
            match line.strip_prefix('!') {
                Some(line) => assert!(!text.contains(line), "{name}: {line}\n{text}"),
                None => assert!(text.contains(line), "{name}: {line}\n{text}"),
            }
        }
    }
}

/// Read all the same: what took the square of their number would not end here.
#[test]
fn very_many_posts_are_read() {
    let posts =
        |count: usize, post: &dyn Fn(usize) -> String| (0..count).map(post).collect::<String>();
    let words =
        "Some words that are said here at length, so that there is something to read in it. ";
    let flat = posts(8_000, &|at| {
        format!(
            "<div class=post id=p{at}><a class=username href=/u/{at}>ann{at}</a><h3>Title {at}</h3><div class=content>{words}</div></div>"
        )
    });
    let deep = posts(3_000, &|at| {
        format!("<div class=comment><a class=author>a{at}</a><p>{words}")
    });
    let blog = posts(6_000, &|at| {
        format!(
            "<article class=hentry><h2 class=entry-title><a href=/p/{at} rel=bookmark>Post {at}</a></h2><time datetime=2011-03-01>x</time><div class=entry-content><p>{words}{words}{words}{words}</p></div></article>"
        )
    });
    let bare = posts(6_000, &|at| {
        format!(
            "<h2><a href=/p/{at} rel=bookmark>Post {at}</a></h2><p class=date>1 March 2011</p><p>{words}{words}{words}{words}{words}{words}</p>"
        )
    });
    for (page, documents) in [
        (flat, None),
        (deep, None),
        (blog, Some(6_000)),
        (bare, Some(6_000)),
    ] {
        let page = format!("<html><head><title>Many</title></head><body>{page}</body></html>");
        let (found, _) = read_all("many.html", page.as_bytes(), None);
        let start: String = page.chars().skip(50).take(40).collect();
        assert!(!found.is_empty(), "{start}");
        if let Some(documents) = documents {
            assert_eq!(found.len(), documents, "{start}");
        }
    }
}

proptest! {
    #![proptest_config(cases(64))]

    /// Whatever stands in a page under the names of posts: keys are unlike, a reply comes after what it answers and
    /// stands one level below it.
    #[test]
    fn any_page_of_posts_is_sound(pieces in prop::collection::vec(piece(), 0..60)) {
        let page = format!("<html><title>On pumps</title><body>{}</body></html>", pieces.concat());
        let (documents, outcome) = read_all("page.html", page.as_bytes(), None);
        prop_assert_eq!(outcome.documents, documents.len());
        let keys: HashSet<&str> = documents.iter().map(|one| one.key.0.as_str()).collect();
        prop_assert_eq!(keys.len(), documents.len());
        for document in &documents {
            let parts = document.body.parts();
            prop_assert!(parts.is_empty() || document.metadata.kind == Kind::Thread);
            for (place, part) in parts.iter().enumerate() {
                prop_assert!(!document.body.slice(part.range).trim().is_empty());
                if let Some(answered) = part.reply_to {
                    prop_assert!((answered as usize) < place);
                }
            }
        }
    }
}

fn piece() -> impl Strategy<Value = String> {
    let open = prop::sample::select(vec![
        "<div class=post id=p1>",
        "<div class='thing comment'>",
        "<div class='thing link'>",
        "<tr class=comtr><td class=ind indent=1>",
        "<div class=question>",
        "<div class=answer>",
        "<li class='comment depth-2'>",
        "<article class=hentry>",
        "<div class=entry-content>",
        "<div class=content>",
        "<div class=md>",
        "<blockquote><cite>ann wrote:</cite>",
        "<h2 class=entry-title>",
        "<ol><li>",
        "<p>",
    ]);
    let whole = prop::sample::select(vec![
        "<a class=author href=/u/ann>ann</a>",
        "<a class=hnuser>bea</a>",
        "<a rel=bookmark href=/p/1>On pumps and wells</a>",
        "<a rel=bookmark href=/p/2>Another</a>",
        "<h3><a href=/p/3>Third of them</a></h3>",
        "<time datetime=2011-03-01>then</time>",
        "<span class=date>03-01-2011, 10:00 AM</span>",
        "<dt>Joined</dt><dd>Jan 2009</dd>",
        "<div class=md>Words that stand here, and there are enough of them to be a sentence.</div>",
        "<p>Words that stand here, and there are enough of them to be a sentence that is long, and then some more, so \
         that it counts as a paragraph in full, whatever else is there.</p>",
        "<hr>",
    ]);
    let close = prop::sample::select(vec![
        "</div>",
        "</li>",
        "</article>",
        "</blockquote>",
        "</tr>",
    ]);
    prop_oneof![
        open.prop_map(str::to_owned),
        whole.prop_map(str::to_owned),
        close.prop_map(str::to_owned),
    ]
}
