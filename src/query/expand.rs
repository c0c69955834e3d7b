//! From what was asked to what is looked for: words become terms, each with the ways in which it may stand in a text.
//!
//! Guarantees: every term was made by [`text::analysis`](crate::text::analysis); the steps of one way are all stems or
//! all none, so that one field of the index answers it; no clause is without a way, and no two ways of it are alike.
//!
//! A word that says little (`the`) is ignored while one that says something stands beside it, or below: that is decided
//! here, once for index and light. Beside names and facts alone, as an alternative, or alone, it counts: `the kind:note`
//! has nothing else to find by, and what choosing `kind:note` beside `the` finds must be what was counted for it.
//!
//! A library in several languages keeps all stems in one field, each document's by its own language. So a word has a
//! way for its stem under each language of the library.

use super::{Clause, Expanded, Expr, Field, How, Node, Origin, Query, Step, Way, Words, weights};
use crate::text::Language;
use crate::text::analysis::{analyze, is_stop_word};

/// What the library knows of the words in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lexicon {
    /// The languages of its documents.
    pub languages: Vec<Language>,
}

impl Default for Lexicon {
    /// Returns that of a library in English.
    fn default() -> Self {
        Self {
            languages: vec![Language::ENGLISH],
        }
    }
}

/// Beginnings that are written with a hyphen, without, and as a word of their own: `non-profit`, `nonprofit`.
const HYPHENED: [&str; 8] = ["anti", "co", "inter", "multi", "non", "post", "pre", "semi"];

/// Returns what a question looks for in a library.
///
/// Words without a term (`&`, `–`) ask nothing while others remain; a question of nothing but such finds nothing.
///
/// ```
/// use recto::query::{Expr, Lexicon, expand, parse};
///
/// let expanded = expand(&parse("co-operatives"), &Lexicon::default());
/// let Expr::Clause(clause) = expanded.root else { unreachable!() };
/// // As two words side by side, or as one.
/// assert_eq!(clause.ways.len(), 2);
/// ```
pub fn expand(query: &Query, lexicon: &Lexicon) -> Expanded {
    Expanded {
        root: expand_node(&query.root, lexicon).unwrap_or(Expr::None),
        sort: query.sort.unwrap_or_default(),
        taken: Vec::new(),
    }
}

/// Returns what a node looks for, or nothing where it asks nothing.
fn expand_node(node: &Node, lexicon: &Lexicon) -> Option<Expr> {
    let expand_all = |nodes: &[Node]| -> Vec<Expr> {
        nodes
            .iter()
            .filter_map(|node| expand_node(node, lexicon))
            .collect()
    };
    match node {
        Node::All => Some(Expr::All),
        Node::And(nodes) => several(expand_beside(nodes, lexicon), Expr::And),
        Node::Or(nodes) => several(expand_all(nodes), Expr::Or),
        Node::Not(node) => expand_node(node, lexicon).map(|expr| Expr::Not(Box::new(expr))),
        Node::Words(words) => clause(words, lexicon).map(Expr::Clause),
        Node::Filter(filter) => Some(Expr::Filter(filter.clone())),
    }
}

/// Returns what nodes look for that all must be; a word that says little is ignored beside one that does not.
fn expand_beside(nodes: &[Node], lexicon: &Lexicon) -> Vec<Expr> {
    let others_remain = nodes.iter().any(says_something);
    let exprs = nodes.iter().filter_map(|node| {
        Some(match expand_node(node, lexicon)? {
            Expr::Clause(clause)
                if others_remain && !clause.field.holds_names() && !says_something(node) =>
            {
                Expr::Ignored(clause)
            }
            expr => expr,
        })
    });
    exprs.collect()
}

/// Returns whether a node has a word by which a text can be found: not a name, and none of those that every text has
/// unless it is asked for expressly, as `=the` or in a phrase.
fn says_something(node: &Node) -> bool {
    match node {
        Node::And(nodes) | Node::Or(nodes) => nodes.iter().any(says_something),
        Node::Words(words) if !words.field.holds_names() => {
            let expressly = !matches!(words.how, How::Stem | How::Typing);
            let mut says = false;
            analyze(&words.text, Language::ENGLISH, |token| {
                says |= !token.joined && (expressly || !is_stop_word(token.folded));
            });
            says
        }
        Node::All | Node::Not(_) | Node::Words(_) | Node::Filter(_) => false,
    }
}

fn several(mut exprs: Vec<Expr>, all: impl Fn(Vec<Expr>) -> Expr) -> Option<Expr> {
    match exprs.len() {
        0 | 1 => exprs.pop(),
        _ => Some(all(exprs)),
    }
}

/// Returns the clause for words, or nothing where they have no term.
fn clause(words: &Words, lexicon: &Lexicon) -> Option<Clause> {
    let mut ways = Vec::new();
    let stemmed = matches!(words.how, How::Stem | How::Typing | How::Phrase { .. })
        && !words.field.holds_names();
    if stemmed {
        for &language in &lexicon.languages {
            Reading::new(&words.text, language).add_stemmed(words.how, &mut ways);
        }
    }
    let reading = Reading::new(&words.text, Language::ENGLISH);
    let foreign = |language: &Language| !matches!(language.code(), None | Some("en"));
    match words.how {
        How::Prefix => reading.add_beginnings(1.0, Origin::Typed, &mut ways),
        How::Near => reading.add_near(&mut ways),
        _ if !stemmed => reading.add_exact(words.how, &mut ways),
        // Accents left out while typing change what some stemmers make of a word; the word itself they do not.
        How::Stem | How::Typing if lexicon.languages.iter().any(foreign) => {
            reading.add_exact(words.how, &mut ways);
        }
        _ => {}
    }
    if words.how == How::Typing {
        reading.add_beginnings(weights::BEGINNING, Origin::Typing, &mut ways);
    }
    (!ways.is_empty()).then_some(Clause {
        field: words.field,
        ways,
    })
}

impl Field {
    /// Returns whether the field holds names, which have no stem: `Lyons` is nobody called Lyon.
    pub fn holds_names(self) -> bool {
        matches!(self, Self::Author | Self::Source | Self::Url)
    }
}

/// A word as the analysis gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Term {
    folded: String,
    stem: String,
}

impl Term {
    fn to_stem(&self) -> Step {
        Step::Stem(self.stem.clone())
    }

    fn to_exact(&self) -> Step {
        Step::Exact(self.folded.clone())
    }
}

/// The words of a clause, read in one language.
#[derive(Debug)]
struct Reading {
    /// Every word by itself, the parts of compounds too.
    parts: Vec<Term>,
    /// The same with each compound as one word; empty where there is none.
    joined: Vec<Term>,
}

impl Reading {
    fn new(text: &str, language: Language) -> Self {
        let (mut parts, mut joined) = (Vec::new(), Vec::new());
        let (mut joined_end, mut has_compound, mut first_part) = (0, false, 0);
        analyze(text, language, |token| {
            let term = Term {
                folded: token.folded.to_owned(),
                stem: token.stem.to_owned(),
            };
            if token.joined {
                // The first part of the compound came before it, and is in `joined` already.
                joined.truncate(first_part);
                joined.push(term);
                joined_end = token.range.end;
                has_compound = true;
                return;
            }
            if token.range.start >= joined_end {
                first_part = joined.len();
                joined.push(term.clone());
            }
            parts.push(term);
        });
        if !has_compound {
            joined.clear();
        }
        Self { parts, joined }
    }

    /// Adds the ways by stems.
    fn add_stemmed(&self, how: How, ways: &mut Vec<Way>) {
        add(ways, &self.parts, how, Origin::Typed, Term::to_stem);
        add(ways, &self.joined, how, Origin::Hyphen, Term::to_stem);
        if matches!(how, How::Phrase { .. }) && self.parts.len() > 1 {
            add(ways, &self.split(), how, Origin::Hyphen, Term::to_stem);
        }
    }

    /// Adds the ways by the very words.
    fn add_exact(&self, how: How, ways: &mut Vec<Way>) {
        add(ways, &self.parts, how, Origin::Typed, Term::to_exact);
        add(ways, &self.joined, how, Origin::Hyphen, Term::to_exact);
    }

    /// Adds the ways in which the last word is only a beginning.
    fn add_beginnings(&self, weight: f32, origin: Origin, ways: &mut Vec<Way>) {
        for terms in [&self.parts, &self.joined] {
            let Some((last, before)) = terms.split_last() else {
                continue;
            };
            let mut steps: Vec<Step> = before.iter().map(Term::to_exact).collect();
            steps.push(Step::Prefix(last.folded.clone()));
            push_way(
                ways,
                Way {
                    steps,
                    slop: 0,
                    weight,
                    origin,
                },
            );
        }
    }

    /// Adds the way of a word that is spelled nearly so. Of a compound it is the one word; of anything else that is
    /// several words, the words themselves: nobody knows which of them is misspelled.
    fn add_near(&self, ways: &mut Vec<Way>) {
        let (([word], _) | (_, [word])) = (self.parts.as_slice(), self.joined.as_slice()) else {
            return self.add_exact(How::Near, ways);
        };
        let step = match edits(&word.folded) {
            0 => word.to_exact(),
            edits => Step::Near(word.folded.clone(), edits),
        };
        push_way(
            ways,
            Way {
                steps: vec![step],
                slop: 0,
                weight: 1.0,
                origin: Origin::Typed,
            },
        );
    }

    /// Returns the words with the beginnings parted that a text may write with a hyphen: the parts of a compound
    /// stand one after the other there, and a phrase goes by where words stand.
    fn split(&self) -> Vec<Term> {
        let mut split = Vec::new();
        for term in &self.parts {
            let halves = HYPHENED.iter().find_map(|beginning| {
                let rest = term.folded.strip_prefix(beginning)?;
                (rest.len() > 3).then_some((*beginning, rest))
            });
            match halves {
                Some((beginning, rest)) => {
                    split.extend(Self::new(beginning, Language::ENGLISH).parts);
                    split.extend(Self::new(rest, Language::ENGLISH).parts);
                }
                None => split.push(term.clone()),
            }
        }
        split
    }
}

/// Returns how many edits a misspelling may have: none in a word of two letters, one up to five, two beyond (the
/// custom of search engines; more finds other words rather than misspellings).
fn edits(word: &str) -> u8 {
    match word.chars().count() {
        0..=2 => 0,
        3..=5 => 1,
        _ => 2,
    }
}

fn add(
    ways: &mut Vec<Way>,
    terms: &[Term],
    how: How,
    origin: Origin,
    step: impl Fn(&Term) -> Step,
) {
    let slop = match how {
        How::Phrase { slop } => slop,
        _ => 0,
    };
    let steps: Vec<Step> = terms.iter().map(step).collect();
    push_way(
        ways,
        Way {
            steps,
            slop,
            weight: 1.0,
            origin,
        },
    );
}

/// Adds a way, unless it is empty or there already.
fn push_way(ways: &mut Vec<Way>, way: Way) {
    let alike = |known: &Way| known.steps == way.steps;
    if !way.steps.is_empty() && !ways.iter().any(alike) {
        ways.push(way);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{parse, parse_typing};

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
        };
        let root = |typed| shown(&expand(&parse(typed), &lexicon).root);
        assert_eq!(root("Bücher"), "[bucher|buch:de|=bucher]");
        assert_eq!(root("trust"), "[trust|trust:de|=trust]");
        assert_eq!(root("\"neue Bücher\""), "[neue bucher|neu:de buch:de]");
    }
}
