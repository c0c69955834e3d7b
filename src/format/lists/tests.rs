//! Lists as programs write them and as people break them, and the addresses that each must give.

use std::ops::ControlFlow;

use proptest::prelude::*;

use super::write_opml;
use crate::document::Subscription;
use crate::format::{Input, Outcome, read};

fn read_list(name: &str, text: &str) -> Outcome {
    read(&Input::new(name, text.as_bytes()), &mut |_| {
        ControlFlow::Continue(())
    })
}

/// Returns what was found as lines: address, title, topics.
fn found(outcome: &Outcome) -> Vec<String> {
    let line = |one: &Subscription| {
        let feed = if one.is_feed { "feed " } else { "" };
        let title = one.title.as_deref().unwrap_or("-");
        let tags: Vec<String> = one.tags.iter().map(|tag| format!("#{tag}")).collect();
        let topics: Vec<String> = one.folders.iter().cloned().chain(tags).collect();
        format!("{feed}{} {title} [{}]", one.address, topics.join("/"))
    };
    outcome.subscriptions.iter().map(line).collect()
}

#[test]
fn opml_gives_its_feeds_with_their_folders() {
    let outcome = read_list(
        "subs",
        "<?xml version='1.0'?><opml version='1.0'><head><title>Mine &amp; yours</title></head><body>
        <outline text='Daily &amp;#8211; news'><outline title='A &amp; B' xmlUrl='http://a/?x=1&copy=2&amp;y=3' htmlUrl='http://a/' type='rss'/>
          <outline text='Deep'><outline TEXT='C' XMLURL='http://c/'></outline></outline></outline>
        <outline text='D' type='link' url='http://d/'/>
        <outline text='E' xmlUrl='http://e/' category='/Tech/Web,news'/>
        <outline text='F' type='include' url='http://f/list.opml'/>
        <outline text='G' xmlUrl='javascript:x'/></body></opml>",
    );
    assert_eq!(outcome.source_title.as_deref(), Some("Mine & yours"));
    assert_eq!(
        found(&outcome),
        [
            "feed http://a/?x=1&copy=2&y=3 A & B [Daily – news]",
            "feed http://c/ C [Daily – news/Deep]",
            "http://d/ D []",
            "feed http://e/ E [#Tech/#Web/#news]",
        ]
    );
    assert_eq!(outcome.subscriptions[0].site.as_deref(), Some("http://a/"));
    assert_eq!(outcome.warnings.len(), 1);
}

#[test]
fn a_list_that_breaks_off_keeps_what_stands_before() {
    let outcome = read_list(
        "a.opml",
        "<opml><body><outline text='A' xmlUrl='http://a/'/>\n<outline text='B",
    );
    assert_eq!(found(&outcome), ["feed http://a/ A []"]);
    assert_eq!(outcome.warnings[0].place, "line 2");
}

#[test]
fn bookmarks_of_browsers_give_folders_and_tags() {
    let outcome = read_list(
        "bookmarks.html",
        "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<TITLE>Bookmarks</TITLE><H1>Bookmarks</H1><DL><p>
        <DT><H3 PERSONAL_TOOLBAR_FOLDER=\"true\">Toolbar</H3><DL><p>
          <DT><A HREF=\"http://a/?x=1&amp;y=2\" TAGS=\"one,two\">A &amp; B</A><DD>said
          <DT><H3>Inner</H3><DL><p><DT><A HREF=\"http://b/\">B <3</A></DL><p>
        </DL><p><DT><A FEEDURL=\"http://c/feed\" HREF=\"http://c/\">C</A>
        <DT><A HREF=\"place:sort=8\">Recent</A><DT><A HREF=\"javascript:void 0\">No</A></DL>",
    );
    assert_eq!(
        found(&outcome),
        [
            "http://a/?x=1&y=2 A & B [#one/#two]",
            "http://b/ B <3 [Inner]",
            "feed http://c/feed C []",
        ]
    );
}

#[test]
fn what_services_hand_out_is_read() {
    for (name, text, expected) in [
        (
            "ril_export.html",
            "<!DOCTYPE html>\n<html><head><title>Pocket Export</title></head><body><h1>Unread</h1><ul>
            <li><a href=\"http://a/\" time_added=\"1\" tags=\"x,y\">A</a></li><li><a href=\"http://b/\" tags=\"\">http://b/</a></li></ul>",
            &["http://a/ A [#x/#y]", "http://b/ - []"][..],
        ),
        (
            "part_000000.csv",
            "title,url,time_added,tags,status\n\"A, \"\"quoted\"\"\",http://a/,1,x|y,unread\n,http://b/,2,,archive\n",
            &["http://a/ A, \"quoted\" [#x/#y]", "http://b/ - []"],
        ),
        (
            "instapaper.csv",
            "URL,Title,Selection,Folder,Timestamp,Tags\r\nhttp://a/,A,\"two\nlines\",Work,1,\"[\"\"x\"\",\"\"y\"\"]\"\r\nhttp://b/,B,,Unread,2,[]\r\n",
            &["http://a/ A [Work/#x/#y]", "http://b/ B []"],
        ),
        (
            "raindrop.csv",
            "id,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite\n1,A,,said,http://a/,Work,\"x, y\",2024-01-01T00:00:00.000Z,,,false\n2,B,,,http://b/,Unsorted,,2024-01-01T00:00:00.000Z,,,false\n",
            &["http://a/ A [Work/#x/#y]", "http://b/ B []"],
        ),
        (
            "pinboard_export.json",
            r#"[{"href":"http:\/\/a\/","description":"A","extended":"","meta":"1","hash":"2","time":"2024-01-01T00:00:00Z","shared":"no","toread":"yes","tags":"x y"}]"#,
            &["http://a/ A [#x/#y]"],
        ),
        (
            "Bookmarks",
            r#"{"checksum":"x","roots":{"bookmark_bar":{"children":[{"name":"A","type":"url","url":"http://a/"},
            {"name":"F","type":"folder","children":[{"name":"B","type":"url","url":"http://b/"},{"name":"No","type":"url","url":"javascript:x"}]}],
            "name":"Bookmarks bar","type":"folder"},"other":{"children":[{"name":"C","type":"url","url":"http://c/"}],"name":"Other","type":"folder"}},"version":1}"#,
            &["http://a/ A []", "http://b/ B [F]", "http://c/ C []"],
        ),
        (
            "bookmarks-2024-01-01.json",
            r#"{"guid":"root________","title":"","type":"text/x-moz-place-container","root":"placesRoot","children":[
            {"guid":"menu________","title":"menu","type":"text/x-moz-place-container","children":[
              {"guid":"a","title":"A","type":"text/x-moz-place","uri":"http://a/","tags":"x,y"},
              {"guid":"b","title":"F","type":"text/x-moz-place-container","children":[{"title":"B","type":"text/x-moz-place","uri":"http://b/"},
                {"title":"Recent","type":"text/x-moz-place","uri":"place:sort=8"},{"type":"text/x-moz-place-separator"}]},
              {"title":"News","type":"text/x-moz-place-container","annos":[{"name":"livemark/feedURI","value":"http://c/feed"}],"children":[]}]},
            {"guid":"tags________","title":"Tags","root":"tagsFolder","type":"text/x-moz-place-container","children":[
              {"title":"z","type":"text/x-moz-place-container","children":[{"type":"text/x-moz-place","uri":"http://b/"}]}]}]}"#,
            &["http://a/ A [#x/#y]", "http://b/ B [F/#z]", "feed http://c/feed News []"],
        ),
        (
            "feeds.txt",
            "# mine\nhttp://a/feed \"tag one\" two \"~The \\\"A\\\"\"\n\nhttps://b/\n\"query:Unread:unread = \\\"yes\\\"\" x\n",
            &["feed http://a/feed The \"A\" [#tag one/#two]", "feed https://b/ - []"],
        ),
        ("dir/urls", "http://a/\n", &["feed http://a/ - []"]),
    ] {
        assert_eq!(found(&read_list(name, text)), expected, "{name}");
    }
}

#[test]
fn a_packed_backup_of_firefox_is_read_and_what_only_safari_reads_is_refused_by_name() {
    let json = br#"{"guid":"root________","type":"text/x-moz-place-container","children":[{"title":"A","type":"text/x-moz-place","uri":"http://a/"}]}"#;
    // All of it as it is: one run of literals.
    let mut packed = b"mozLz40\0".to_vec();
    packed.extend((json.len() as u32).to_le_bytes());
    packed.extend([0xf0, (json.len() - 15) as u8]);
    packed.extend(json);
    let read_bytes = |name: &str, bytes: &[u8]| {
        read(&Input::new(name, bytes), &mut |_| ControlFlow::Continue(()))
    };
    let outcome = read_bytes("b.jsonlz4", &packed);
    assert_eq!(found(&outcome), ["http://a/ A []"]);
    for (bytes, said) in [
        (packed.get(..40).unwrap(), "is damaged"),
        (b"mozLz40\0\xff\xff\xff\xff\xf0", "unpacks to"),
        (b"mozLz40\0\x01", "is cut off"),
        (b"bplist00\xd4\x01", "is a property list of Apple's"),
        (
            b"<?xml version='1.0'?><plist version='1.0'><dict/></plist>",
            "is a property list of Apple's",
        ),
    ] {
        let outcome = read_bytes("Bookmarks.plist", bytes);
        let message = &outcome.warnings.first().unwrap().message;
        assert!(message.starts_with(said), "{message}");
    }
}

#[test]
fn folders_stay_folders_and_tags_stay_tags_through_opml() {
    let one = |address: &str, folders: &[&str], tags: &[&str]| Subscription {
        address: address.to_owned(),
        title: Some("T".to_owned()),
        folders: folders.iter().map(|name| (*name).to_owned()).collect(),
        tags: tags.iter().map(|name| (*name).to_owned()).collect(),
        ..Subscription::default()
    };
    let list = [
        one("http://a/", &["Folder A"], &["x", "y"]),
        one("http://b/", &[], &["TCP/IP", "a & b"]),
        one("http://c/", &["Folder A", "Deep"], &[]),
    ];
    let outcome = read_list("list.opml", &write_opml(&list));
    assert_eq!(
        found(&outcome),
        [
            "http://b/ T [#TCP/IP/#a & b]",
            "http://a/ T [Folder A/#x/#y]",
            "http://c/ T [Folder A/Deep]",
        ]
    );
    // What a comma would part, and what would be taken for a path, changes by no more than that.
    let odd = write_opml(&[one("http://d/", &[], &["/a,b"])]);
    assert_eq!(found(&read_list("list.opml", &odd)), ["http://d/ T [#a b]"]);
}

#[test]
fn what_newsboat_makes_is_told() {
    let outcome = read_list(
        "urls",
        "exec:~/bin/feed x\nfilter:a:http://b/ y\nhttp://c/\nfile:///home/a/my%20feed.xml tag\nfile:///b%zz\n",
    );
    assert_eq!(found(&outcome), ["feed http://c/ - []"]);
    assert_eq!(outcome.files, ["/home/a/my feed.xml", "/b%zz"]);
    let places: Vec<&str> = outcome
        .warnings
        .iter()
        .map(|one| one.place.as_str())
        .collect();
    assert_eq!(places, ["line 1", "line 2"]);
}

#[test]
fn what_is_no_list_is_not_taken() {
    for (name, text) in [
        ("a.csv", "title,url,price\nA,http://a/,3\n"),
        ("a.csv", "url,title\nhttp://a/,A\n"),
        ("a.csv", "URL,Title,Folder\nhttp://a/,A,x\n"),
        ("a.txt", "http://a/\nhttp://b/\n"),
        ("a.txt", "http://a/ says \"no\"\nand so do I\n"),
        ("urls", "a note about urls\n"),
        (
            "a.html",
            "<html><title>My bookmarks</title><a href='http://a/'>A</a>",
        ),
        (
            "a.xml",
            "<rss><channel><item><title>x</title><description>&lt;opml></description></item></channel></rss>",
        ),
    ] {
        let outcome = read_list(name, text);
        assert_eq!(found(&outcome), [""; 0], "{text}");
        assert_eq!(outcome.documents, 1, "{text}");
    }
}

#[test]
fn lists_without_an_address_say_so() {
    for text in [
        "<opml><body/></opml>",
        "<!DOCTYPE NETSCAPE-Bookmark-file-1><DL></DL>",
        "title,url,time_added,tags,status\n",
    ] {
        let outcome = read_list("list", text);
        assert!(
            outcome.without_text && outcome.warnings.is_empty(),
            "{text}"
        );
    }
}

proptest! {
    #[test]
    fn opml_that_is_written_is_read_again(list in proptest::collection::vec(subscription(), 0..12)) {
        let outcome = read_list("list.opml", &write_opml(&list));
        let sorted = |list: &[Subscription]| {
            let mut lines: Vec<String> = list.iter().map(|one| format!("{one:?}")).collect();
            lines.sort();
            lines
        };
        prop_assert_eq!(sorted(&outcome.subscriptions), sorted(&list));
        prop_assert_eq!(outcome.warnings, []);
    }

    #[test]
    fn any_pieces_of_lists_are_read(begin in 0..7usize, pieces in proptest::collection::vec(piece(), 0..40)) {
        let begins = [
            "<opml><body>", "<!DOCTYPE NETSCAPE-Bookmark-file-1>", "title,url,time_added,tags,status\n",
            "URL,Title,Selection,Folder,Timestamp\n", "http://a \"x\"\n",
            "{\"roots\":{\"bookmark_bar\":", "[{\"href\":\"\",\"description\":\"\",\"toread\":",
        ];
        let outcome = read_list("list", &format!("{}{}", begins[begin], pieces.concat()));
        prop_assert!(outcome.subscriptions.iter().all(|one| !one.address.trim().is_empty()));
    }
}

fn subscription() -> impl Strategy<Value = Subscription> {
    let words = "[A-Za-z&<>\"'é;#]{1,8}";
    // What looks like HTML in a title is read as it, so the round trip has none.
    let title = "[A-Za-z\"'é;#]{1,8}";
    (
        "[a-z&=?;\"'<>]{1,12}",
        proptest::option::of(title),
        proptest::option::of(words),
        proptest::collection::hash_set(title, 0..4),
        proptest::collection::hash_set("[A-Za-z&<>\"'é;#][A-Za-z/&;#]{0,7}", 0..4),
        any::<bool>(),
    )
        .prop_map(
            |(address, title, site, folders, tags, is_feed)| Subscription {
                address: format!("http://{address}"),
                title,
                site: site
                    .filter(|_| is_feed)
                    .map(|site| format!("http://{site}")),
                folders: folders.into_iter().collect(),
                tags: tags.into_iter().collect(),
                is_feed,
            },
        )
}

fn piece() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(vec![
        "<outline text='A' xmlUrl='http://a/?b&c'>",
        "<outline ",
        "</outline>",
        "'",
        "\"",
        ",",
        "\n",
        "http://b/",
        "&amp;",
        "&",
        "<DT><A HREF=\"http://c/\">",
        "<DL>",
        "</DL>",
        "<H3>",
        "</H3>",
        "query:",
        "~",
        "|",
        "é",
        "<",
        ">",
    ])
}
