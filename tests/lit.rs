//! What lights: on the page, in the snippet, in the passages and in the concordance the same ranges, whatever the same
//! expanded question is, over the seeds and random questions; and what the index finds has something that lights.

#![allow(clippy::unwrap_used, reason = "a test fails by unwrap")]

mod cases;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::{ControlFlow, Range};
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use cases::cases;
use proptest::prelude::*;
use proptest::sample::Index as Sample;
use recto::document::{Body, DocumentId, TextRange};
use recto::index::{Index, MarkSets, Request, Stamp};
use recto::library::{ConcordanceWindow, Doubles, Library, Opened, Window};
use recto::query::concordance::{Order, Room};
use recto::query::passages::passages;
use recto::query::{
    self, Clause, Expanded, Expr, Field, Lexicon, Matcher, Origin, Step, Thesaurus, Way,
};
use recto::text::Language;
use recto::text::analysis::analyze;

/// The seeds as a library, as documents and as an index of their own.
struct Seeds {
    library: Library,
    documents: Vec<Opened>,
    index: Index,
    /// Their words, as they stand there.
    words: Vec<String>,
    /// The stems of those.
    stems: Vec<String>,
    _directory: tempfile::TempDir,
}

impl Seeds {
    fn new() -> Self {
        let mut library = Library::temporary_with_seeds().unwrap();
        library
            .catch_up(&mut |_| ControlFlow::Continue(()))
            .unwrap();
        let all = library
            .find(
                &query::parse("*"),
                Window::first(99).with(Doubles::Apart),
                0,
            )
            .unwrap();
        let opened = |row: &recto::library::FoundRow| library.document(row.id).unwrap().unwrap();
        let documents: Vec<Opened> = all.rows.iter().map(opened).collect();
        let directory = tempfile::tempdir().unwrap();
        let index = Index::create(directory.path()).unwrap();
        let mut writer = index.writer().unwrap();
        let (mut words, mut stems) = (Vec::new(), Vec::new());
        for opened in &documents {
            writer.put(opened.id, &opened.source, &opened.document);
            let text = opened.document.body.text();
            analyze(text, Language::ENGLISH, |token| {
                words.push(text[token.range.clone()].to_owned());
                stems.push(token.stem.to_owned());
            });
        }
        let stamp = Stamp {
            library: "seeds".to_owned(),
            change: 1,
        };
        writer.commit(&stamp).unwrap();
        index.reload().unwrap();
        Self {
            library,
            documents,
            index,
            words,
            stems,
            _directory: directory,
        }
    }

    fn found(&self, expanded: &Expanded) -> Vec<DocumentId> {
        let marks = MarkSets::default();
        let request = Request {
            expanded,
            offset: 0,
            limit: 99,
            marks: &marks,
            folds: None,
        };
        let hits = self.index.find(&request).unwrap().hits;
        hits.iter().map(|hit| hit.id).collect()
    }
}

thread_local! {
    static SEEDS: RefCell<Option<Rc<Seeds>>> = const { RefCell::new(None) };
}

fn seeds() -> Rc<Seeds> {
    let made = || Rc::new(Seeds::new());
    SEEDS.with_borrow_mut(|seeds| Rc::clone(seeds.get_or_insert_with(made)))
}

/// A clause of words that stand in the seeds one after the other.
#[derive(Clone, Debug)]
struct Asked {
    at: Sample,
    form: u8,
    slop: u32,
}

impl Asked {
    fn printed(&self, words: &[String]) -> String {
        let at = self.at.index(words.len() - 3);
        let (one, next, third) = (&words[at], &words[at + 1], &words[at + 2]);
        let slop = self.slop;
        match self.form {
            0 => format!("\"{one} {next}\""),
            1 => format!("\"{one} {next} {third}\""),
            2 => format!("\"{one} {third}\"~{slop}"),
            3 => format!("\"{next} {one} {third}\"~{slop}"),
            4 => format!("={one}"),
            5 => format!("{}*", one.chars().take(3).collect::<String>()),
            6 => format!("{one}~"),
            7 => format!("title:{one}"),
            8 => format!("heading:{one}"),
            9 => format!("body:{one}"),
            10 => format!("({one} OR \"{next} {third}\")"),
            11 => format!("-{one}"),
            12 => "the".to_owned(),
            _ => one.to_lowercase(),
        }
    }
}

fn asked() -> impl Strategy<Value = Asked> {
    let slop = prop_oneof![4 => 0_u32..6, 1 => 90_u32..400];
    (any::<Sample>(), 0_u8..18, slop).prop_map(|(at, form, slop)| Asked { at, form, slop })
}

/// Another way for a clause: words from anywhere in the seeds.
#[derive(Clone, Debug)]
struct Other {
    clause: Sample,
    at: Sample,
    steps: usize,
    slop: u32,
    by_spelling: bool,
}

fn other() -> impl Strategy<Value = Other> {
    let parts = (
        any::<Sample>(),
        any::<Sample>(),
        1_usize..4,
        0_u32..3,
        any::<bool>(),
    );
    parts.prop_map(|(clause, at, steps, slop, by_spelling)| Other {
        clause,
        at,
        steps,
        slop,
        by_spelling,
    })
}

/// A question with the ways that it is expanded by, so many of each clause at most.
#[derive(Clone, Debug)]
struct Question {
    clauses: Vec<Asked>,
    either: bool,
    others: Vec<Other>,
    cap: Option<usize>,
    with_thesaurus: bool,
}

fn question() -> impl Strategy<Value = Question> {
    let clauses = prop::collection::vec(asked(), 1..5);
    let others = prop::collection::vec(other(), 0..4);
    let cap = prop::option::of(1_usize..4);
    let parts = (clauses, any::<bool>(), others, cap, any::<bool>());
    parts.prop_map(|(clauses, either, others, cap, with_thesaurus)| Question {
        clauses,
        either,
        others,
        cap,
        with_thesaurus,
    })
}

impl Question {
    fn expanded(&self, seeds: &Seeds) -> Expanded {
        let clauses = self.clauses.iter().map(|asked| asked.printed(&seeds.words));
        let joint = if self.either { " OR " } else { " " };
        let text = clauses.collect::<Vec<_>>().join(joint);
        let thesaurus = if self.with_thesaurus {
            Thesaurus::of_the_program()
        } else {
            Thesaurus::default()
        };
        let lexicon = Lexicon {
            languages: vec![Language::ENGLISH],
            thesaurus: Arc::new(thesaurus),
            ..Lexicon::default()
        };
        let mut expanded = query::expand(&query::parse(&text), &lexicon);
        let mut clauses = Vec::new();
        each_clause(&mut expanded.root, &mut clauses);
        for other in &self.others {
            if clauses.is_empty() {
                break;
            }
            let clause = other.clause.index(clauses.len());
            let stems = &seeds.stems;
            let at = other.at.index(stems.len() - other.steps);
            let words = stems[at..at + other.steps].iter().cloned();
            clauses[clause].ways.push(Way {
                steps: words.map(Step::Stem).collect(),
                slop: other.slop,
                weight: 0.5,
                origin: if other.by_spelling {
                    Origin::Spelling
                } else {
                    Origin::Same
                },
                called: String::new(),
            });
        }
        if let Some(cap) = self.cap {
            for clause in clauses {
                clause.ways.truncate(cap);
            }
        }
        expanded
    }
}

/// Collects the clauses that may stand in a text.
fn each_clause<'a>(expr: &'a mut Expr, clauses: &mut Vec<&'a mut Clause>) {
    match expr {
        Expr::And(exprs) | Expr::Or(exprs) => {
            for expr in exprs {
                each_clause(expr, clauses);
            }
        }
        Expr::Not(expr) => each_clause(expr, clauses),
        Expr::Clause(clause) if !clause.field.holds_names() => clauses.push(clause),
        _ => {}
    }
}

/// Returns the words of ranges with white space as single blanks.
fn words_of(body: &Body, ranges: &[Range<usize>]) -> Vec<String> {
    let words = |range: &Range<usize>| one_line(&body.text()[range.clone()]);
    ranges.iter().map(words).collect()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns what of the ranges is in `within`.
fn clipped(ranges: &[Range<usize>], within: &Range<usize>) -> Vec<Range<usize>> {
    let clip = |range: &Range<usize>| range.start.max(within.start)..range.end.min(within.end);
    let clipped = ranges.iter().map(clip);
    clipped.filter(|range| range.start < range.end).collect()
}

/// Returns the stretch of a body that a snippet shows.
fn stretch(body: &Body, snippet: &query::Snippet) -> Range<usize> {
    let text = snippet.text.strip_prefix("… ").unwrap_or(&snippet.text);
    let text = text.strip_suffix('…').unwrap_or(text);
    let start = snippet.at as usize;
    let mut wanted = text.chars().filter(|c| !c.is_whitespace()).peekable();
    let mut end = start;
    for (at, c) in body.text()[start..].char_indices() {
        if wanted.peek().is_none() {
            break;
        }
        if !c.is_whitespace() {
            assert_eq!(Some(c), wanted.next(), "{snippet:?}");
            end = start + at + c.len_utf8();
        }
    }
    start..end
}

fn assert_the_same_light(seeds: &Seeds, expanded: &Expanded, cells: usize) {
    let matcher = Matcher::new(expanded);
    let mut pages: BTreeMap<DocumentId, Vec<Range<usize>>> = BTreeMap::new();
    for opened in &seeds.documents {
        let (body, language) = (&opened.document.body, opened.document.metadata.language);
        let page = matcher.body_ranges(body, language);

        let snippet = query::snippet(body, &matcher, language, cells);
        let lit: Vec<String> = snippet
            .lit
            .iter()
            .map(|lit| one_line(&snippet.text[lit.clone()]))
            .collect();
        let expected = clipped(&page, &stretch(body, &snippet));
        assert_eq!(
            lit,
            words_of(body, &expected),
            "snippet of {}: {snippet:?}",
            opened.id
        );
        // Where room is short the only hit may be wider than the line.
        assert!(
            page.is_empty() || !lit.is_empty() || cells < 30,
            "nothing lit of {:?} in the snippet of {}: {snippet:?}",
            words_of(body, &page),
            opened.id
        );

        let mut in_passages: Vec<Range<usize>> = passages(body, &matcher, language)
            .into_iter()
            .flat_map(|passage| passage.lit)
            .collect();
        in_passages.sort_by_key(|range| range.start);
        assert_eq!(in_passages, page, "passages of {}", opened.id);
        pages.insert(opened.id, page);
    }
    assert_lines_are_what_lights(seeds, expanded, &pages);
}

fn assert_lines_are_what_lights(
    seeds: &Seeds,
    expanded: &Expanded,
    pages: &BTreeMap<DocumentId, Vec<Range<usize>>>,
) {
    let reader = seeds
        .library
        .concordance(&query::parse("*"), Doubles::Apart, Some(expanded));
    let mut reader = reader.unwrap();
    while reader.read_on(&seeds.library, Duration::MAX).unwrap() {}
    let window = ConcordanceWindow {
        order: Order::Right,
        places: 0..100_000,
        room: Room {
            before: 30,
            after: 40,
        },
        keep: None,
    };
    let lines = reader.lines(&seeds.library, &window).unwrap().lines;
    let mut found: BTreeMap<DocumentId, Vec<TextRange>> = BTreeMap::new();
    for line in &lines {
        found.entry(line.id).or_default().push(line.range);
        let context = &line.shown.as_ref().unwrap().context;
        let opened = seeds.documents.iter().find(|opened| opened.id == line.id);
        let body = &opened.unwrap().document.body;
        let lit: Vec<String> = context
            .lit
            .iter()
            .map(|lit| context.text[lit.clone()].replace(" ¶ ", " "))
            .collect();
        let expected = clipped(&pages[&line.id], &context.of);
        assert_eq!(lit, words_of(body, &expected), "{context:?}");
        let keyword = &context.text[context.keyword.clone()];
        assert_eq!(
            keyword.replace(" ¶ ", " "),
            one_line(body.slice(line.range)),
            "{context:?}"
        );
    }
    for (id, page) in pages {
        let mut lines = found.remove(id).unwrap_or_default();
        lines.sort_unstable();
        let opened = seeds.documents.iter().find(|opened| opened.id == *id);
        assert_lines_cover(&opened.unwrap().document.body, &lines, page);
    }
}

/// Each line begins and ends with a hit of the page and has no word that is none; each hit of the page is in one.
fn assert_lines_cover(body: &Body, lines: &[TextRange], page: &[Range<usize>]) {
    let mut hits = page.iter();
    for line in lines {
        let line = line.as_range();
        let mut reached = line.start;
        while reached < line.end {
            let hit = hits.next().unwrap();
            let mut between = Vec::new();
            analyze(
                &body.text()[reached..hit.start],
                Language::ENGLISH,
                |token| {
                    between.push(token.range.clone());
                },
            );
            assert!(between.is_empty(), "a word that is no hit in {line:?}");
            assert!(reached > line.start || hit.start == line.start, "{line:?}");
            assert!(hit.end <= line.end, "{hit:?} leaves {line:?}");
            reached = hit.end;
        }
    }
    assert_eq!(hits.next(), None, "a hit without a line");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..cases(48) })]

    #[test]
    fn page_snippet_passages_and_concordance_light_the_same(
        question in question(),
        cells in 1_usize..120,
    ) {
        let seeds = seeds();
        let expanded = question.expanded(&seeds);
        assert_the_same_light(&seeds, &expanded, cells);
    }

    #[test]
    fn what_is_found_has_something_that_lights(question in question()) {
        let seeds = seeds();
        let expanded = question.expanded(&seeds);
        let asks_for_words = asks_for_words(&expanded.root);
        let matcher = Matcher::new(&expanded);
        for id in seeds.found(&expanded) {
            let opened = seeds.documents.iter().find(|opened| opened.id == id).unwrap();
            let metadata = &opened.document.metadata;
            let in_title = matcher.ranges(Field::Title, &metadata.title.text, metadata.language);
            let in_body = matcher.body_ranges(&opened.document.body, metadata.language);
            prop_assert!(
                !asks_for_words || !in_title.is_empty() || !in_body.is_empty(),
                "{} is found and lights nothing: {:?}", id, expanded
            );
        }
    }
}

/// Returns whether what is found must have a word: not where all that is asked is that words be absent.
fn asks_for_words(expr: &Expr) -> bool {
    match expr {
        Expr::And(exprs) => exprs.iter().any(asks_for_words),
        Expr::Or(exprs) => exprs.iter().all(asks_for_words),
        Expr::Clause(_) | Expr::AtLeast(1.., _) => true,
        _ => false,
    }
}
