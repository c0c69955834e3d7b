//! The whole table of the query language, as (typed, printed back), and the trees behind it.

use proptest::prelude::*;

use super::*;
use crate::document::Kind;
use crate::query::{Filter, Period, State, Within};

fn printed(text: &str) -> String {
    parse(text).to_string()
}

fn words(text: &str, how: How) -> Node {
    Node::Words(Words {
        field: Field::Any,
        text: text.to_owned(),
        how,
    })
}

#[test]
fn every_form_is_understood_and_printed_back() {
    for (typed, understood) in [
        ("tupe pensions", "tupe pensions"),
        (
            "\"transfer of undertakings\"",
            "\"transfer of undertakings\"",
        ),
        ("“staff  transfer”~5", "\"staff transfer\"~5"),
        ("mutual OR co-operative", "mutual OR co-operative"),
        ("mutual | co-operative", "mutual OR co-operative"),
        ("mutual|trust", "mutual OR trust"),
        ("a b OR c", "(a b) OR c"),
        ("(a OR b) c", "(a OR b) c"),
        ("a AND (b AND c)", "a b c"),
        ("a OR (b OR c)", "a OR b OR c"),
        ("-term", "-term"),
        ("NOT term", "-term"),
        ("NOT (a b)", "-(a b)"),
        ("-(a OR b)", "-(a OR b)"),
        ("--a ---b", "a -b"),
        ("NOT NOT a", "a"),
        ("commission*", "commission*"),
        ("comissioning~", "comissioning~"),
        ("comissioning~1", "comissioning~"),
        ("=tupe", "=tupe"),
        ("=\"the  word\"", "=\"the word\""),
        ("title:mutual", "title:mutual"),
        ("TITLE:\"two words\"", "title:\"two words\""),
        ("title:(a OR \"b c\")", "title:a,\"b c\""),
        ("title:(a -b)", "title:a -title:b"),
        (
            "author:Archer,\"Paul Buddery\"",
            "author:Archer,\"Paul Buddery\"",
        ),
        (
            "feed:psh body:a heading:b url:c",
            "source:psh body:a heading:b url:c",
        ),
        ("title:commission*,=tupe", "title:commission*,=tupe"),
        ("#mutuals", "topic:mutuals"),
        ("topic:\"Social care\",#x", "topic:\"Social care\",\"#x\""),
        ("#\"Social care\"", "topic:\"Social care\""),
        ("-topic:a,b", "-topic:a,b"),
        ("topic:a OR topic:b", "topic:a,b"),
        (
            "is:unread is:READ is:starred",
            "is:unread is:read is:starred",
        ),
        ("kind:article,post", "kind:article,post"),
        ("lang:EN language:de-AT,unknown", "lang:en lang:de,unknown"),
        ("id:12", "id:12"),
        ("in:3 in:Notes", "in:3 in:\"Notes\""),
        ("in:\"3\" -in:a,\"b c\"", "in:\"3\" -in:\"a\",\"b c\""),
        ("date:2012", "date:2012"),
        ("date:2012-03..2013", "date:2012-03..2013"),
        ("date:2013..2012-03", "date:2012-03..2013"),
        (
            "date:2012.. date:..2013 date:..",
            "date:2012.. date:..2013 date:..",
        ),
        ("newer:\"1 week\" newer:7D", "newer:1w newer:7d"),
        ("added:\"2 days\",2026-11", "added:2d,2026-11"),
        ("added:2012..2011-03", "added:2011-03..2012"),
        ("has:Link,table -has:table", "has:link,table -has:table"),
        ("saved:care", "saved:care"),
        ("saved:\"Social  care\" OR x", "saved:\"Social care\" OR x"),
        ("since:12", "since:12"),
        ("before:2012", "date:..2011"),
        (
            "before:2012-01 before:2012-03-01",
            "date:..2011-12 date:..2012-02-29",
        ),
        ("after:2012-12", "date:2013-01.."),
        ("after:2012-12-31T23:59:59Z", "date:2013-01-01T00:00:00Z.."),
        ("mutual sort:date", "mutual sort:date"),
        ("sort:-date mutual", "mutual sort:-date"),
        ("(a sort:title) OR b", "a OR b sort:title"),
        ("-sort:date mutual", "mutual sort:date"),
        ("-match:any mutual", "mutual match:any"),
        ("also:Procurement mutual", "mutual also:Procurement"),
        (
            "tupe -also:\"staff transfer\",cs also:x sort:date",
            "tupe also:x -also:\"staff transfer\",cs sort:date",
        ),
        ("-also:* tupe", "tupe -also:*"),
        ("-also:* also:\"a b\" tupe", "tupe -also:* also:\"a b\""),
        ("-also:* also:*", ""),
        ("also:x NOT also:X", "-also:X"),
        ("-also:(x -y) tupe", "tupe also:y -also:x"),
        ("(a also:b) OR c", "a OR c also:b"),
        ("*", ""),
        ("* sort:date", "sort:date"),
        ("* mutual", "mutual"),
        ("* OR mutual", "* OR mutual"),
        ("-*", "-*"),
    ] {
        assert_eq!(printed(typed), understood, "{typed}");
        assert_eq!(parse(understood), parse(typed), "{typed}");
    }
}

#[test]
fn what_is_said_of_the_answer_stands_at_the_end() {
    for (typed, understood) in [
        ("sort:SOURCE a", "a sort:source"),
        ("a sort:length sort:-length", "a sort:-length"),
        (
            "match:any a (b match:all) sort:date",
            "a b match:all sort:date",
        ),
        ("match:Any", "match:any"),
        ("match:none a", "a"),
    ] {
        assert_eq!(printed(typed), understood, "{typed}");
        assert_eq!(parse(understood), parse(typed), "{typed}");
    }
}

#[test]
fn what_is_unfinished_or_unknown_is_taken_as_text() {
    for (typed, understood) in [
        ("\"transfer of", "transfer of"),
        ("say \"", "say"),
        ("title:\"two words", "title:two words"),
        ("OR", "or"),
        ("OR mutual", "or mutual"),
        ("mutual OR", "mutual or"),
        ("mutual OR OR trust", "(mutual or) OR trust"),
        ("mutual AND", "mutual and"),
        ("NOT", "not"),
        ("mutual |", "mutual"),
        ("(mutual OR trust", "mutual OR trust"),
        ("mutual) trust", "mutual trust"),
        ("() \"\" -", ""),
        ("a - b", "a b"),
        ("mutual -", "mutual"),
        ("mutual topic:", "mutual"),
        ("title: story", "title story"),
        ("(title: )", "title"),
        ("foo:bar", "foo:bar"),
        ("http://example.com/a?b=c#d", "http://example.com/a?b=c#d"),
        ("kind:elephant", "kind\\:elephant"),
        ("date:soon", "date\\:soon"),
        ("lang:elvish", "lang\\:elvish"),
        ("has:note -note:\"x y\"", "has:note -note:\"x y\""),
        ("note:a,b* note:(c OR d)", "note:a,b* note:c,d"),
        ("has:notes", "has\\:notes"),
        ("newer:soon added:", "newer\\:soon"),
        ("since:then", "since\\:then"),
        ("sort:sideways", ""),
        ("also: tupe", "also tupe"),
        ("-also:,, tupe", "tupe"),
        ("NOT also:x", "-also:x"),
        ("topic:,a,", "topic:a"),
        ("C++ C# R&D", "C++ C# R&D"),
        ("\\-5 \\OR a\\ b \\\"", "\\-5 \\OR a\\ b \\\""),
        ("a\\*", "a\\*"),
        ("don't ’tis", "don't ’tis"),
    ] {
        assert_eq!(printed(typed), understood, "{typed}");
        assert_eq!(parse(understood), parse(typed), "{typed}");
    }
}

#[test]
fn the_tree_is_in_normal_form() {
    let stem = |text| words(text, How::Stem);
    for (typed, root) in [
        ("", Node::All),
        ("a", stem("a")),
        (
            "a b | c",
            Node::Or(vec![Node::And(vec![stem("a"), stem("b")]), stem("c")]),
        ),
        ("a (b c)", Node::And(vec![stem("a"), stem("b"), stem("c")])),
        ("-(-a)", stem("a")),
        ("is:unread", Node::Filter(Filter::Is(State::Unread))),
        ("in:3", Node::Filter(Filter::Within(Within::Number(3)))),
        (
            "in:Notes",
            Node::Filter(Filter::Within(Within::Name("Notes".to_owned()))),
        ),
        ("kind:Thread", Node::Filter(Filter::Kind(Kind::Thread))),
        (
            "date:..",
            Node::Filter(Filter::Published(Period {
                from: None,
                to: None,
            })),
        ),
    ] {
        assert_eq!(parse(typed).root, root, "{typed}");
    }
}

#[test]
fn the_last_word_being_typed_is_a_beginning() {
    for (typed, running) in [
        ("mutu", "mutu*"),
        ("mutual ", "mutual"),
        ("mutual tru", "mutual tru*"),
        ("title:mut", "title:mut*"),
        ("author:archer,bud", "author:archer,bud*"),
        ("(mutual OR tru", "mutual OR tru*"),
        ("\"transfer of und", "transfer of und*"),
        ("\"transfer of\"", "\"transfer of\""),
        ("=tup", "=tup"),
        ("mutual -c", "mutual -c"),
        ("mutual NOT (c", "mutual -c"),
        ("mutual date:20", "mutual"),
        ("mutual date:20 ", "mutual date\\:20"),
        ("mutual kind:po", "mutual"),
        ("mutual OR", "mutual or"),
        ("co-op", "co-op*"),
    ] {
        assert_eq!(parse_typing(typed).to_string(), running, "{typed}");
    }
    assert_eq!(parse_typing("mutu").root, words("mutu", How::Typing));
}

#[test]
fn hostile_input_is_bounded() {
    for typed in [
        "(", "-", "\"", "#", "NOT ", "title:", "a OR (", "\\", "topic:,", "-(", "=", "|",
    ] {
        let query = parse(&typed.repeat(10_000));
        assert_eq!(parse(&query.to_string()), query, "{typed}");
    }
    let Node::And(clauses) = parse(&"a ".repeat(10_000)).root else {
        unreachable!("there are several clauses");
    };
    assert_eq!(clauses.len(), MAX_CLAUSES);
}

/// Pieces that mean something, so that random questions have form.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z]{1,4}",
        "[ ()\"|*~=#,:\\\\-]{1,3}",
        prop::sample::select(vec![
            " OR ",
            " AND ",
            " NOT ",
            "title:",
            "topic:",
            "kind:post",
            "lang:en",
            "newer:7d",
            "added:2012",
            "has:link,",
            "saved:",
            "is:read",
            "date:2012..",
            "sort:date",
            "before:2012-03",
            "also:",
            "-also:*",
            "also:\"a b\",",
            "“",
            "”~3",
            "author:a,",
            "~2",
            "’s",
            "数据",
            "\u{a0}",
            "id:7",
            "OR",
            "NOT",
        ])
        .prop_map(str::to_owned),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn parsing_never_panics_and_what_is_printed_parses_to_the_same(text in any::<String>()) {
        let query = parse(&text);
        prop_assert_eq!(parse(&query.to_string()), query);
        parse_typing(&text);
    }

    #[test]
    fn what_has_form_prints_to_what_parses_to_the_same(pieces in prop::collection::vec(piece(), 0..12)) {
        let text = pieces.concat();
        let query = parse(&text);
        prop_assert_eq!(parse(&query.to_string()), query, "{}", text);
        parse_typing(&text);
    }
}
