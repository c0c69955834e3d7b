use super::*;
use crate::library::fixtures::Desk;

#[test]
fn a_document_is_at_its_place_in_every_order() {
    let mut desk = Desk::new();
    for (name, text) in [
        ("a.txt", "It is about trust, trust and trust.\n"),
        ("b.txt", "It is about care.\n"),
        (
            "c.txt",
            "It is about trust in care, among much else that is of no account.\n",
        ),
    ] {
        desk.write(name, text);
    }
    desk.add_notes();
    let all = query::parse("");
    for (question, total) in [("", 3), ("trust", 2), ("sort:title", 3), ("quidditch", 0)] {
        let query = query::parse(question);
        let mut places = Vec::new();
        for row in desk.library.find(&all, Window::first(9), 0).unwrap().rows {
            let place = desk
                .library
                .place_of(&query, row.id, Doubles::Folded, &|| false)
                .unwrap();
            places.extend(place.map(|place| (place, row.id)));
        }
        places.sort_unstable();
        let found = desk.library.find(&query, Window::first(9), 0).unwrap();
        let expected: Vec<(usize, DocumentId)> =
            found.rows.iter().map(|row| row.id).enumerate().collect();
        assert_eq!((places.len(), places), (total, expected), "{question}");
    }
    let stranger = DocumentId(777);
    assert_eq!(
        desk.library
            .place_of(&all, stranger, Doubles::Folded, &|| false)
            .unwrap(),
        None
    );
}

#[test]
fn rows_that_come_first_are_those_of_the_whole_answer_and_so_are_the_counts_that_follow() {
    let mut desk = Desk::new();
    for name in ["a", "b", "c", "d"] {
        desk.write(&format!("{name}.txt"), format!("It is about trust {name}."));
    }
    desk.add_notes();
    let library = &desk.library;
    library
        .set_topics(crate::config::topics::defaults())
        .unwrap();
    assert!(!library.counts_at_once());
    for question in [
        "",
        "*",
        "trust",
        "t",
        "trust -a",
        "kind:note",
        "quidditch",
        "sort:title",
    ] {
        let (query, window) = (query::parse_typing(question), Window::first(3));
        let (first, counts) = library.find_first(&query, window, 60, &|| false).unwrap();
        let whole = library.find(&query, window, 60).unwrap();
        assert!(!first.is_counted && whole.is_counted);
        let facets = library.count(&counts, &|| false).unwrap();
        assert_eq!(facets, whole.hits.facets, "{question}");
        let with_counts = Hits {
            facets,
            ..first.hits
        };
        assert_eq!(with_counts, whole.hits, "{question}");
        let ids = |rows: &[FoundRow]| rows.iter().map(|row| row.id).collect::<Vec<_>>();
        assert_eq!(ids(&first.rows), ids(&whole.rows), "{question}");
    }
    assert!(library.counts_at_once());
}

#[test]
fn rows_made_beside_the_counts_are_those_made_alone() {
    let mut desk = Desk::new();
    for name in 0..30 {
        let text = format!("It is about trust {name}, and trust in {name} again.");
        desk.write(&format!("{name}.txt"), text);
    }
    desk.add_notes();
    let asked = desk
        .library
        .begin(&query::parse("trust"), Window::first(30), &|| false);
    let asked = asked.unwrap();
    let rows = Rows {
        matcher: Matcher::new(&asked.hits.expanded),
        cells: 40,
        overtaken: &|| false,
    };
    let hits = &asked.hits.hits;
    let alone = rows.of(&desk.library, hits).unwrap();
    let (facets, beside) = rows
        .with_counts(&desk.library, hits, &asked.counts)
        .unwrap();
    assert_eq!(facets, asked.counts.facets(&|| false).unwrap());
    let shown = |rows: &[FoundRow]| -> Vec<(DocumentId, Snippet)> {
        rows.iter()
            .map(|row| (row.id, row.snippet.clone()))
            .collect()
    };
    assert_eq!(alone.len(), 30);
    assert_eq!(shown(&alone), shown(&beside));
}

#[test]
fn an_answer_that_nobody_waits_for_is_given_up() {
    let mut desk = Desk::new();
    desk.write("a.txt", "It is about trust.\n");
    desk.add_notes();
    let query = query::parse("trust");
    let found = desk
        .library
        .find_unless(&query, Window::first(9), 60, &|| true);
    assert!(matches!(found, Err(Error::Overtaken(_))), "{found:?}");
    let found = desk.library.find(&query, Window::first(9), 60).unwrap();
    assert_eq!(found.hits.total, 1);
}

#[test]
fn in_finds_what_came_from_one_thing_that_was_added_whoever_published_it() {
    let mut desk = Desk::new();
    desk.write(
        "one/a.md",
        "---\npublisher: Trust\n---\n\nIt is about care.\n",
    );
    desk.write("one/b.txt", "It is about trust.\n");
    desk.write(
        "two/c.txt",
        "It is about trust in care, and of much else.\n",
    );
    for name in ["one", "two"] {
        desk.add(&desk.path(name));
    }
    let number = desk.library.sources().unwrap()[1].id.0;
    for (question, expected) in [
        ("in:one", &["a.md", "b.txt"][..]),
        ("in:\"ONE\" trust", &["b.txt"]),
        ("-in:one", &["c.txt"]),
        ("in:one,two care", &["a.md", "c.txt"]),
        (&format!("in:{number}"), &["c.txt"]),
        ("in:three", &[]),
        ("in:777", &[]),
    ] {
        assert_eq!(desk.keys(question), expected, "{question}");
    }
    desk.write("one/d.txt", "It is about something new.\n");
    desk.add(&desk.path("one"));
    assert_eq!(desk.keys("in:one"), ["a.md", "b.txt", "d.txt"]);
}

#[test]
fn in_finds_a_folder_within_what_was_added_by_its_path_from_there_or_from_its_name() {
    let mut desk = Desk::new();
    for (name, text) in [
        ("one/18f/a.md", "It is about care.\n"),
        ("one/18f/posts/b.md", "It is about trust.\n"),
        ("one/Staff transfer/c.md", "It is about TUPE.\n"),
        ("two/18f/d.md", "It is about another thing.\n"),
        ("two/three/e.md", "It is about what is below.\n"),
        ("three/f.md", "It is about what has the name.\n"),
    ] {
        desk.write(name, text);
    }
    for name in ["one", "two", "three"] {
        desk.add(&desk.path(name));
    }
    for (question, expected) in [
        ("in:18f", &["18f/a.md", "18f/d.md", "18f/posts/b.md"][..]),
        ("in:one/18f", &["18f/a.md", "18f/posts/b.md"]),
        ("in:18f/posts", &["18f/posts/b.md"]),
        ("in:One/18F/Posts/", &["18f/posts/b.md"]),
        ("in:./18f/posts/b.md", &["18f/posts/b.md"]),
        ("in:\"staff transfer\"", &["Staff transfer/c.md"]),
        ("in:\"one/Staff transfer\" tupe", &["Staff transfer/c.md"]),
        ("in:one -in:18f", &["Staff transfer/c.md"]),
        ("in:posts", &[]),
        ("in:two/18f/posts", &[]),
        // What was added goes before a folder of its name.
        ("in:three", &["f.md"]),
        ("in:two/three", &["three/e.md"]),
        ("in:18", &[]),
        ("in:/", &[]),
    ] {
        assert_eq!(desk.keys(question), expected, "{question}");
    }
    let places = desk.library.places().unwrap();
    let expected = [
        "one",
        "two",
        "three",
        "one/18f",
        "one/18f/posts",
        "one/Staff transfer",
        "two/18f",
        "two/three",
    ];
    assert_eq!(places, expected);
}

#[test]
fn what_is_unread_stands_at_its_place_in_the_whole_order() {
    let mut desk = Desk::new();
    for name in ["a", "b", "c", "d"] {
        desk.write(&format!("{name}.txt"), format!("Trust {name}."));
    }
    desk.add_notes();
    let question = query::parse("trust");
    let all = desk.library.unread(&question, Doubles::Folded).unwrap();
    let places: Vec<usize> = all.iter().map(|(place, _)| *place).collect();
    assert_eq!(places, [0, 1, 2, 3]);
    let read = [all[0].1, all[2].1];
    desk.library.set_read(&read, true).unwrap();
    assert_eq!(
        desk.library.unread(&question, Doubles::Folded).unwrap(),
        [all[1], all[3]]
    );
    desk.library.set_read(&read[1..], false).unwrap();
    assert_eq!(
        desk.library
            .unread(&question, Doubles::Folded)
            .unwrap()
            .len(),
        3
    );
}

#[test]
fn why_calls_what_is_taken_in_by_its_name_and_counts_a_phrase_that_stands_in_for_a_title_as_text() {
    let mut desk = Desk::new();
    desk.write("a.txt", "It is about the voluntary sector.\n");
    desk.write("b.txt", "It is about care, and of care there is much.\n");
    desk.add_notes();
    let why = |question: &str, key: &str| {
        let id = desk.library.resolve(key).unwrap().unwrap();
        let asked = query::parse(question);
        let why = desk.library.why(&asked, id, Doubles::Folded);
        why.unwrap().unwrap().words.remove(0).to_string()
    };
    let taken_in = why("\"third sector\"", "a.txt");
    assert!(
        taken_in.ends_with("; as voluntary sector, which says the same"),
        "{taken_in}"
    );
    let of_text = why("care", "b.txt");
    assert!(of_text.contains("2 in the text"), "{of_text}");
}

#[test]
fn a_word_being_typed_is_whole_where_a_document_has_it() {
    let mut desk = Desk::new();
    desk.write("a.txt", "It is about the mutuals of Trent.\n");
    desk.add_notes();
    for (typed, only_begins) in [
        ("mutu", true),
        ("mutual", false),
        ("mutuals", false),
        ("the mutuals of tr", true),
        ("title:mut", true),
        ("mutu ", false),
        ("quidd", false),
        ("mutuel", false),
        ("", false),
        ("(a OR mu", true),
    ] {
        let question = query::parse_typing(typed);
        let found = desk.library.find(&question, Window::first(1), 0).unwrap();
        assert_eq!(found.only_begins, only_begins, "{typed}");
    }
}

#[test]
fn what_says_a_term_is_before_what_only_has_its_words() {
    let mut desk = Desk::new();
    let among = |words: &str| {
        format!(
            "{}{words}.\n",
            "Much else is said in a village. ".repeat(40)
        )
    };
    let scattered =
        "In a village each company has an interest, a dividend, in its community. ".repeat(9);
    for (name, text) in [
        ("scattered.txt", scattered),
        (
            "headed.txt",
            "# Company interest in the community\n\nOf a company.\n".into(),
        ),
        (
            "said.txt",
            among("They became a community interest company"),
        ),
        ("otherwise.txt", among("Ask the CIC")),
        (
            "half.txt",
            among("A company, an interest company, a community"),
        ),
        ("nothing.txt", among("No more")),
    ] {
        desk.write(name, text);
    }
    desk.add_notes();
    let order = |question: &str| {
        let asked = query::parse(question);
        let found = desk.library.find(&asked, Window::first(9), 0).unwrap();
        for (row, hit) in found.rows.iter().zip(&found.hits.hits) {
            let why = desk.library.why(&asked, row.id, Doubles::Folded);
            let why = why.unwrap().unwrap();
            assert_eq!((why.score, why.sum()), (hit.score, hit.score), "{question}");
        }
        let keys = found.rows.into_iter().map(|row| row.key.0);
        keys.map(|key| key.replace(".txt", "")).collect::<Vec<_>>()
    };
    for question in [
        "community interest company",
        "community interest companies -also:*",
        "village community interest company",
        "the community interest company is:unread",
    ] {
        let order = order(question);
        let said = order.iter().position(|key| key == "said");
        assert_eq!(said, Some(0), "{question}: {order:?}");
        let otherwise = order.iter().position(|key| key == "otherwise");
        let taken_in = !question.contains("-also");
        assert_eq!(otherwise == Some(1), taken_in, "{question}: {order:?}");
    }
    // What says an acronym is before what only has the word beside it; none has both.
    assert_eq!(order("CIC dividend"), ["otherwise", "said", "scattered"]);
    // Other words side by side are not one.
    assert_eq!(order("interest company")[0], "scattered");
}
