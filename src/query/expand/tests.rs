//! What words become, as a table.

use super::*;
use crate::query::{Origin, Step, Way, parse, parse_typing};
use crate::text::Language;

/// Returns the steps of a way as text: `=` for an exact word, `*` for a beginning, `~1` for a misspelling.
fn way(way: &Way) -> String {
    let step = |step: &Step| match step {
        Step::Stem(stem) => stem.clone(),
        Step::Exact(word) => format!("={word}"),
        Step::Prefix(beginning) => format!("{beginning}*"),
        Step::Near(word, edits) => format!("{word}~{edits}"),
    };
    way.steps.iter().map(step).collect::<Vec<_>>().join(" ")
}

/// Returns an expression as text, the ways of a clause parted by `|` in brackets.
fn shown(expr: &Expr) -> String {
    let all = |exprs: &[Expr]| exprs.iter().map(shown).collect::<Vec<_>>().join(" ");
    match expr {
        Expr::All => "all".to_owned(),
        Expr::None => "none".to_owned(),
        Expr::And(exprs) => format!("and({})", all(exprs)),
        Expr::Or(exprs) => format!("or({})", all(exprs)),
        Expr::Not(expr) => format!("not({})", shown(expr)),
        Expr::Clause(clause) => {
            let ways: Vec<String> = clause.ways.iter().map(way).collect();
            format!("[{}]", ways.join("|"))
        }
        Expr::Ignored(clause) => format!("ignored{}", shown(&Expr::Clause(clause.clone()))),
        Expr::AtLeast(..) | Expr::Filter(_) => "filter".to_owned(),
    }
}

#[test]
fn words_become_terms_with_all_their_ways() {
    for (typed, expected) in [
        ("mutuals", "[mutual]"),
        ("the trust", "and(ignored[the] [trust])"),
        ("=the", "[=the]"),
        ("\"the\"", "[the]"),
        ("co-operatives", "[co operative|cooperative]"),
        ("third-sector", "[third sector|thirdsector]"),
        ("\"third sector\"", "[third sector]"),
        (
            "\"the co-operative party\"",
            "[the co operative parti|the cooperative parti]",
        ),
        (
            "\"cooperative party\"",
            "[cooperative parti|co operative parti]",
        ),
        ("=co-op", "[=co =op|=coop]"),
        ("co-oper*", "[=co oper*|cooper*]"),
        (
            "comissioning~ cat~ uk~",
            "and([comissioning~2] [cat~1] [=uk])",
        ),
        ("co-operatve~", "[cooperatve~2]"),
        ("example.com", "[exampl com]"),
        ("数据", "[数 据]"),
        ("author:Lyons", "[=lyons]"),
        ("source:2020-PSH", "[=2020 =psh|=2020psh]"),
        ("source:\"2020 PSH\"", "filter"),
        ("R & E", "and([r] [e])"),
        ("& –", "none"),
        ("\".\"", "none"),
        ("-&", "none"),
        ("mutual -&", "[mutual]"),
        ("a OR &", "[a]"),
        ("", "all"),
        ("-trust is:read", "and(not([trust]) filter)"),
    ] {
        assert_eq!(
            shown(&expand(&parse(typed), &Lexicon::default()).root),
            expected,
            "{typed}"
        );
    }
}

#[test]
fn a_word_that_says_little_is_ignored_while_others_remain() {
    for (typed, expected) in [
        ("of the trust", "and(ignored[of] ignored[the] [trust])"),
        ("to-do trust", "and(ignored[to do|todo] [trust])"),
        ("the (tupe OR of)", "and(ignored[the] or([tupe] [of]))"),
        ("title:the body:tupe", "and(ignored[the] [tupe])"),
        ("=the trust", "and([=the] [trust])"),
        ("\"the\" of", "and([the] ignored[of])"),
        ("the OR tupe", "or([the] [tupe])"),
        ("the of", "and([the] [of])"),
        ("the &", "[the]"),
        ("the -tupe", "and([the] not([tupe]))"),
        ("tupe -the", "and([tupe] not([the]))"),
        ("the kind:note", "and([the] filter)"),
        ("the author:buddery", "and([the] [=buddery])"),
        ("author:the trust", "and([=the] [trust])"),
    ] {
        assert_eq!(
            shown(&expand(&parse(typed), &Lexicon::default()).root),
            expected,
            "{typed}"
        );
    }
}

#[test]
fn a_word_being_typed_is_itself_or_a_beginning_that_counts_less() {
    let expanded = expand(&parse_typing("commissioni"), &Lexicon::default());
    assert_eq!(shown(&expanded.root), "[commissioni|commissioni*]");
    let Expr::Clause(clause) = expanded.root else {
        unreachable!("one word is one clause");
    };
    assert!(clause.ways[0].weight > clause.ways[1].weight);
    assert_eq!(clause.ways[1].origin, Origin::Typing);
    let names = expand(&parse_typing("author:bud"), &Lexicon::default());
    assert_eq!(shown(&names.root), "[=bud|bud*]");
    let compound = expand(&parse_typing("co-op"), &Lexicon::default());
    assert_eq!(shown(&compound.root), "[co op|coop|=co op*|coop*]");
}

#[test]
fn a_library_in_several_languages_adds_a_way_for_each_stem_and_for_the_word() {
    let lexicon = Lexicon {
        languages: ["en", "de"].map(Language::from_tag).to_vec(),
        ..Lexicon::default()
    };
    let root = |typed| shown(&expand(&parse(typed), &lexicon).root);
    assert_eq!(root("Bücher"), "[bucher|buch:de|=bucher]");
    assert_eq!(root("trust"), "[trust|trust:de|=trust]");
    assert_eq!(root("\"neue Bücher\""), "[neue bucher|neu:de buch:de]");
}

/// A library with a small thesaurus.
fn with_thesaurus() -> Lexicon {
    let text = "\
        [\"third sector\"]\nsame = [\"voluntary sector\", \"VCS\"]\nrelated = \"civil society\"\nambiguous = \"CVS\"\n\
        [mutual]\nsame = \"mutualisation\"\nnarrower = \"spin-out\"\n\
        [\"spin-out\"]\nsame = \"spun off\"\n\
        [TUPE]\nsame = [\"transfer of undertakings\"]\n";
    let all = crate::config::thesaurus::load(Some(text)).0;
    let names = ["third sector", "mutual", "spin-out", "TUPE"];
    let own: Vec<_> = all
        .into_iter()
        .filter(|group| names.contains(&group.name.as_str()))
        .collect();
    Lexicon {
        thesaurus: Arc::new(Thesaurus::new(&own)),
        ..Lexicon::default()
    }
}

#[test]
fn other_words_are_further_ways_of_the_words_typed() {
    const SECTOR: &str = "voluntari sector|=vcs|=vcss";
    let lexicon = with_thesaurus();
    for (typed, expected) in [
        (
            "third sector",
            format!("and([third|{SECTOR}] [sector|{SECTOR}])"),
        ),
        (
            "the third sector trust",
            format!("and(ignored[the] [third|{SECTOR}] [sector|{SECTOR}] [trust])"),
        ),
        (
            "third-sector",
            format!("[third sector|thirdsector|{SECTOR}]"),
        ),
        ("\"third sector\"", format!("[third sector|{SECTOR}]")),
        (
            "\"third sector bodies\"",
            "[third sector bodi|voluntari sector bodi|vcs bodi]".to_owned(),
        ),
        (
            "title:third title:sector",
            format!("and([third|{SECTOR}] [sector|{SECTOR}])"),
        ),
        (
            "title:\"voluntary sector\"",
            "[voluntari sector|third sector|=vcs|=vcss]".to_owned(),
        ),
        ("vcs", "[vcs|third sector|voluntari sector]".to_owned()),
        (
            "CVS",
            "[cvs|third sector|voluntari sector|=vcs|=vcss]".to_owned(),
        ),
        (
            "mutuals",
            "[mutual|mutualiz|spin out|spinout|spun off]".to_owned(),
        ),
        ("spinouts", "[spinout|spun off]".to_owned()),
        (
            "transfer of undertakings",
            "and([transfer|=tupe|=tupes] ignored[of] [undertak|=tupe|=tupes])".to_owned(),
        ),
        ("third OR sector", "or([third] [sector])".to_owned()),
        ("third title:sector", "and([third] [sector])".to_owned()),
        ("sector third", "and([sector] [third])".to_owned()),
        ("=third sector", "and([=third] [sector])".to_owned()),
        (
            "=tupe tup* tupe~",
            "and([=tupe] [tup*] [tupe~1])".to_owned(),
        ),
        ("author:tupe -tupe", "and([=tupe] not([tupe]))".to_owned()),
        (
            "tupe -also:\"Transfer of undertakings\"",
            "[tupe]".to_owned(),
        ),
        ("third sector -also:*", "and([third] [sector])".to_owned()),
        (
            "\"third sector\" -also:* also:VCS",
            "[third sector|=vcs|=vcss]".to_owned(),
        ),
        (
            "\"third sector\" -also:vcs also:\"civil society\"",
            "[third sector|voluntari sector|civil societi]".to_owned(),
        ),
    ] {
        let root = expand(&parse(typed), &lexicon).root;
        assert_eq!(shown(&root), expected, "{typed}");
    }
}

#[test]
fn words_side_by_side_that_are_one_in_the_thesaurus_are_a_term() {
    let lexicon = with_thesaurus();
    for (typed, terms, words) in [
        (
            "third sector",
            &["third sector|voluntari sector|=vcs|=vcss"][..],
            "00",
        ),
        (
            "the third sector trust transfer of undertakings",
            &[
                "third sector|voluntari sector|=vcs|=vcss",
                "transfer of undertak|=tupe|=tupes",
            ],
            "00-11",
        ),
        ("third sector -also:*", &["third sector"], "00"),
        (
            "third sector also:\"civil society\"",
            &["third sector|voluntari sector|=vcs|=vcss"],
            "00",
        ),
        ("third-sector trust", &[], "--"),
        ("tupe trust", &["tupe|transfer of undertak"], "0-"),
        ("CVS trust", &[], "--"),
        ("=tupe trust", &[], "--"),
        ("\"third sector\" trust", &[], "--"),
        ("sector third", &[], "--"),
        ("trust -(third sector)", &[], "-"),
    ] {
        let expanded = expand(&parse(typed), &lexicon);
        let found: Vec<String> = expanded
            .terms
            .iter()
            .map(|term| term.ways.iter().map(way).collect::<Vec<_>>().join("|"))
            .collect();
        assert_eq!(found, terms, "{typed}");
        let Expr::And(exprs) = expanded.root else {
            unreachable!("{typed}");
        };
        let of_term = exprs.iter().filter_map(|expr| match expr {
            Expr::Clause(clause) => Some(clause.term.map_or("-".to_owned(), |at| at.to_string())),
            _ => None,
        });
        assert_eq!(of_term.collect::<String>(), words, "{typed}");
    }
}

#[test]
fn a_word_being_typed_takes_others_in_once_it_is_whole() {
    let lexicon = with_thesaurus();
    for (typed, expected) in [
        ("tup", "[tup|tup*]"),
        ("tupe", "[tupe|tupe*|transfer of undertak]"),
        ("third sect", "and([third] [sect|sect*])"),
        (
            "third sector",
            "and([third|voluntari sector|=vcs|=vcss] [sector|sector*|voluntari sector|=vcs|=vcss])",
        ),
        ("mutuali", "[mutuali|mutuali*]"),
    ] {
        let root = expand(&parse_typing(typed), &lexicon).root;
        assert_eq!(shown(&root), expected, "{typed}");
    }
}

#[test]
fn what_was_taken_in_and_what_is_offered_is_told_once() {
    let told = |typed: &str, lexicon: &Lexicon| {
        let taken = expand(&parse(typed), lexicon).taken.into_iter();
        let sign = |on| if on { '+' } else { '-' };
        let told = taken.map(|taken| format!("{}{} {}", sign(taken.on), taken.typed, taken.words));
        told.collect::<Vec<_>>()
    };
    let mut lexicon = with_thesaurus();
    assert_eq!(
        told("Third sector tupe -also:VCS third-sector", &lexicon),
        [
            "+Third sector voluntary sector",
            "-Third sector VCS",
            "-Third sector civil society",
            "+tupe transfer of undertakings",
            "+third-sector voluntary sector",
            "-third-sector VCS",
            "-third-sector civil society",
        ]
    );
    assert_eq!(told("voluntary -(third sector)", &lexicon), [""; 0]);
    lexicon
        .spellings
        .insert("thrid".to_owned(), "third".to_owned());
    assert_eq!(
        told("thrid sector -also:vcs", &lexicon)[..2],
        ["+thrid third", "+third sector voluntary sector"]
    );
    assert_eq!(told("thrid sector -also:third", &lexicon), ["-thrid third"]);
}

#[test]
fn what_is_taken_in_counts_less_and_says_by_which_way_it_came() {
    let expanded = expand(
        &parse("\"third sector\" also:\"civil society\""),
        &with_thesaurus(),
    );
    let Expr::Clause(clause) = expanded.root else {
        unreachable!("a phrase is a clause");
    };
    let origins: Vec<Origin> = clause.ways.iter().map(|way| way.origin).collect();
    let same = Origin::Same;
    assert_eq!(origins, [Origin::Typed, same, same, same, Origin::Related]);
    assert!(
        clause
            .ways
            .is_sorted_by(|one, next| one.weight >= next.weight)
    );
    assert!(clause.ways[1].weight < clause.ways[0].weight);
}

#[test]
fn a_misspelled_word_is_looked_for_as_it_is_read() {
    let mut lexicon = with_thesaurus();
    for (wrong, right) in [("minstry", "ministry"), ("tpue", "tupe")] {
        lexicon.spellings.insert(wrong.to_owned(), right.to_owned());
    }
    for (typed, expected) in [
        (
            "tpue minstry",
            "and([tupe|transfer of undertak] [ministri])",
        ),
        ("\"a minstry\"", "[a ministri]"),
        ("co-minstry", "[co ministri|coministri]"),
        ("=minstry", "[=minstry]"),
        ("minstry*", "[minstry*]"),
        ("author:minstry", "[=minstry]"),
        ("-minstry", "not([minstri])"),
        ("minstry -also:ministry", "[minstri]"),
    ] {
        assert_eq!(
            shown(&expand(&parse(typed), &lexicon).root),
            expected,
            "{typed}"
        );
    }
    let Expr::Clause(clause) = expand(&parse_typing("minstry"), &lexicon).root else {
        unreachable!("a word is a clause");
    };
    assert_eq!(clause.ways[0].origin, Origin::Spelling);
    assert_eq!(clause.ways.len(), 1);
}

#[test]
fn only_words_of_letters_that_are_looked_for_by_stems_are_doubted() {
    let words = |typed: &str| {
        let doubtful = doubtful(&parse(typed), &Lexicon::default()).into_iter();
        doubtful.map(|doubtful| doubtful.word).collect::<Vec<_>>()
    };
    assert_eq!(
        words(
            "tupe =a1b \"staff transfr\" uk b2b 2012 gard* near~ author:lyons -trust title:Tupe =exact"
        ),
        ["tupe", "staff", "transfr"]
    );
    let many: Vec<String> = (0..99)
        .map(|n| format!("word{}", char::from(b'a' + n % 26)))
        .collect();
    assert!(words(&many.join(" ")).len() <= 16);
}

#[test]
fn a_hostile_thesaurus_is_bounded() {
    let terms = |from: usize| {
        let terms: Vec<String> = (from..from + 64)
            .map(|n| format!("\"word x{n} y\""))
            .collect();
        terms.join(",")
    };
    let groups = (0..40).map(|n| format!("[a{n}]\nsame = [{},\"common\"]\n", terms(n * 64)));
    let text: String = groups.collect();
    let lexicon = Lexicon {
        thesaurus: Arc::new(Thesaurus::new(
            &crate::config::thesaurus::load(Some(&text)).0,
        )),
        ..Lexicon::default()
    };
    for typed in [
        "common",
        "\"common common common common a1 a2 a3\"",
        &"common ".repeat(200),
    ] {
        let expanded = expand(&parse(typed), &lexicon);
        let mut open = vec![&expanded.root];
        while let Some(expr) = open.pop() {
            match expr {
                Expr::And(exprs) => open.extend(exprs),
                Expr::Clause(clause) => assert!(clause.ways.len() <= 66, "{}", clause.ways.len()),
                _ => {}
            }
        }
        assert!(expanded.taken.len() <= 256);
    }
}
