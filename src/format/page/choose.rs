//! Where on the page the article is.
//!
//! First what the page says itself, when most of its prose stands there: the body of an article by its name, the one
//! `<article>`, `<main>`. From there down, as long as one element holds nearly all of the prose.

use std::collections::HashMap;

use super::besides::Besides;
use super::measure::{self, Measures};
use super::tree::{Id, Step, Tree};

/// How much of the page's prose an element must hold that is named as the article, from 0 to 1. No more than this: what
/// readers wrote below an article is prose as well, and often far more of it.
const NAMED: f32 = 0.12;

/// How much prose makes an article in any case, in letters.
pub(super) const SHORTEST: f32 = 140.0;

/// How much of an element's prose one within it must hold to stand for it.
const NEARLY_ALL: f32 = 0.88;

/// How much of an element's prose its column of text holds at least, from 0 to 1.
const COLUMN: f32 = 0.5;

/// How much of what is no text leads elsewhere, from 0 to 1; with less than [`ONLY_WORDS`] nothing to speak of does.
const LEADS_ELSEWHERE: f32 = 0.25;
const ONLY_WORDS: f32 = 0.1;

/// How much of labels, captions and teasers counts as prose, at most, from 0 to 1.
const LABELS: f32 = 0.4;

/// Where the article is.
pub(super) struct Place {
    /// The element that holds it.
    pub body: Id,
    /// Elements before it that open the article.
    pub leads: Vec<Id>,
    /// Elements after it that go on with it.
    pub rest: Vec<Id>,
}

/// Returns the element that the page itself names as the article.
pub(super) fn named(
    tree: &Tree,
    from: Id,
    heading: Option<Id>,
    besides: &Besides,
    measures: &Measures,
) -> Option<Id> {
    let prose = |id: Id| measures.of(id).prose;
    let around_title: Vec<Id> = heading
        .into_iter()
        .flat_map(|heading| tree.ancestors(heading))
        .collect();
    let candidates = |from: Id, is: &dyn Fn(Id) -> bool| {
        let mut found = Vec::new();
        let mut walk = tree.walk(from);
        while let Some(step) = walk.next() {
            let Step::Enter(id) = step else { continue };
            // What stands besides may have articles of its own.
            let is_besides = id != from
                && (besides.is_out(id)
                    // A newsletter's own article bears its name.
                    || besides.signs(id).is_besides()
                        && prose(id) < 0.9 * prose(from)
                        && !around_title.contains(&id)
                    || matches!(tree.tag(id), "nav" | "footer" | "aside"));
            if is_besides || tree.words(id).is_some() {
                walk.pass_over(id);
            } else if prose(id) > 0.0 && is(id) {
                found.push(id);
            }
        }
        found
    };
    let is_body = |id: Id| besides.signs(id).body && may_be_named(tree.tag(id));
    let is_article = |id: Id| tree.tag(id) == "article";
    let entitled =
        heading.and_then(|heading| entitled(tree, &candidates(from, &is_article), heading));
    let from = entitled.filter(|id| prose(*id) >= SHORTEST).unwrap_or(from);
    let least = SHORTEST.max(NAMED * prose(from));
    let bodies = candidates(from, &is_body);
    let articles = candidates(from, &is_article);
    let mains = candidates(from, &|id| {
        tree.tag(id) == "main" || tree.attribute(id, "role") == Some("main")
    });
    [bodies, articles, mains]
        .into_iter()
        .filter_map(|group| best_of(tree, &group, &prose))
        .find(|id| prose(*id) >= least)
        .map(|id| whole_of(tree, id, from, besides, measures))
        .or_else(|| named_verses(tree, from, besides, measures))
}

/// Returns the `<article>` or `<main>` around an element, where most of its text stands beside the element: templates
/// name each piece of a text as one.
fn whole_of(tree: &Tree, named: Id, from: Id, besides: &Besides, measures: &Measures) -> Id {
    let prose = |id: Id| measures.of(id).prose;
    let around = tree
        .ancestors(named)
        .take_while(|id| *id != from)
        .find(|id| matches!(tree.tag(*id), "article" | "main"));
    let Some(around) = around.filter(|_| !matches!(tree.tag(named), "article" | "main")) else {
        return named;
    };
    let mut beside = 0.0;
    let mut walk = tree.walk(around);
    while let Some(step) = walk.next() {
        let Step::Enter(id) = step else { continue };
        let signs = besides.signs(id);
        let is_none = id == named
            || besides.is_out(id)
            || id != around
                && (signs.is_besides() || signs.about || signs.post || tree.tag(id) == "article")
            || matches!(tree.tag(id), "nav" | "footer" | "aside" | "form");
        if is_none {
            walk.pass_over(id);
        } else if matches!(tree.tag(id), "p" | "li" | "blockquote" | "pre") {
            beside += prose(id);
            walk.pass_over(id);
        }
    }
    if beside > prose(named) { around } else { named }
}

/// Returns the element that a page without prose names as its text: verses, lyrics, a list of things.
fn named_verses(tree: &Tree, from: Id, besides: &Besides, measures: &Measures) -> Option<Id> {
    let own = |id: Id| measures.of(id).own();
    if measures.of(from).prose >= SHORTEST {
        return None;
    }
    let is_body = |id: &Id| besides.signs(*id).body && !besides.is_out_at_all(tree, *id);
    tree.elements(from)
        .filter(is_body)
        .max_by_key(|id| own(*id))
        .filter(|id| own(*id) as f32 >= SHORTEST.max(NAMED * own(from) as f32))
}

/// Returns which of several articles the page is about, where each has a heading of its own: sites let others follow
/// the one that was asked for.
fn entitled(tree: &Tree, articles: &[Id], heading: Id) -> Option<Id> {
    let around: Vec<Id> = tree.ancestors(heading).collect();
    let article = *articles.iter().find(|id| around.contains(id))?;
    let has_its_own = |id: Id| {
        tree.elements(id)
            .any(|one| tree.tag(one) == tree.tag(heading))
    };
    articles
        .iter()
        .any(|id| !around.contains(id) && are_alike(tree, *id, article) && has_its_own(*id))
        .then_some(article)
}

/// Returns the best of several candidates. Where it has equals by their names, what holds them all: an article in
/// pieces, or a page of several.
fn best_of(tree: &Tree, group: &[Id], prose: &dyn Fn(Id) -> f32) -> Option<Id> {
    let most = group.iter().map(|id| prose(*id)).fold(0.0, f32::max);
    // Of several within each other the innermost that holds as much.
    let best = *group
        .iter()
        .rev()
        .find(|id| prose(**id) >= NEARLY_ALL * most)?;
    let likes: Vec<Id> = group
        .iter()
        .copied()
        .filter(|id| {
            *id == best || are_alike(tree, *id, best) && tree.ancestors(best).all(|one| one != *id)
        })
        .collect();
    let together: f32 = likes.iter().map(|id| prose(*id)).sum();
    if together < 1.15 * prose(best) {
        return Some(best);
    }
    // What holds them all is the highest of the places where their ways up meet the best one's.
    let way_up: HashMap<Id, usize> = tree.ancestors(best).zip(0..).collect();
    let meeting = |id: Id| {
        let mut up = tree.ancestors(id);
        up.find_map(|one| Some((*way_up.get(&one)?, one)))
    };
    likes
        .into_iter()
        .filter_map(meeting)
        .max()
        .map(|(_, holds_all)| holds_all)
}

/// Returns whether two elements have the same names, but for their numbers.
pub(super) fn are_alike(tree: &Tree, one: Id, other: Id) -> bool {
    let names = |id: Id| -> String {
        let class = tree.attribute(id, "class").unwrap_or_default();
        let first = class.split_whitespace().next();
        let first = first
            .or_else(|| tree.attribute(id, "id"))
            .unwrap_or_default();
        first.chars().filter(|c| !c.is_ascii_digit()).collect()
    };
    tree.tag(one) == tree.tag(other) && names(one) == names(other)
}

/// Finds the article within `from`, below the element that is named as the article where there is one.
pub(super) fn choose(
    tree: &Tree,
    from: Id,
    named: Option<Id>,
    besides: &Besides,
    measures: &Measures,
) -> Place {
    let prose = |id: Id| measures.of(id).prose;
    let strict = named.is_some();
    let mut body = named.unwrap_or(from);
    while let Some(child) = tree
        .children(body)
        .find(|child| is_container(tree.tag(*child)) && prose(*child) >= NEARLY_ALL * prose(body))
        && prose(body) > 0.0
    {
        if strict && !may_stand_for(tree, child, body, besides, measures) {
            break;
        }
        body = child;
    }
    while let Some(column) = column(tree, body, strict, besides, measures) {
        body = column;
    }
    let mut leads = leads(tree, body, besides, measures);
    let (before, rest) = named
        .filter(|named| *named == body)
        .map(|named| pieces(tree, named, besides, measures))
        .unwrap_or_default();
    leads.extend(before);
    Place { body, leads, rest }
}

/// Returns the one element within another that holds its text, where nothing beside it is any. In what the page names as
/// the article, a paragraph or a heading is text however short it is.
fn column(
    tree: &Tree,
    body: Id,
    is_named: bool,
    besides: &Besides,
    measures: &Measures,
) -> Option<Id> {
    let is_column = |id: &Id| {
        is_container(tree.tag(*id))
            && measures.of(*id).prose > COLUMN * measures.of(body).prose
            && !besides.is_out(*id)
    };
    let column = tree.children(body).find(is_column)?;
    let is_text = |id: Id| {
        !is_no_text(tree, id, measures)
            || is_named && is_piece_of_text(tree, id) && measures.of(id).density() < LEADS_ELSEWHERE
    };
    let mut others = tree
        .children(body)
        .filter(|id| *id != column && !besides.is_out(*id));
    (!others.any(is_text)).then_some(column)
}

/// Returns whether a node is of a kind that texts are made of: words, paragraphs, headings below the title.
fn is_piece_of_text(tree: &Tree, id: Id) -> bool {
    let kinds = [
        "p",
        "li",
        "ul",
        "ol",
        "pre",
        "table",
        "figure",
        "blockquote",
        "h2",
        "h3",
        "h4",
    ];
    let is_word = tree.words(id).is_some_and(|words| !words.trim().is_empty());
    is_word || kinds.contains(&tree.tag(id)) && !tree.line(id, 1).is_empty()
}

/// Returns whether what stands beside a column of text leads elsewhere, or is labels and no sentences. Lists, tables and
/// examples have no sentences either, and are text.
fn is_no_text(tree: &Tree, id: Id, measures: &Measures) -> bool {
    if let Some(words) = tree.words(id) {
        return measure::letters(words) < measure::SENTENCE;
    }
    let measure = measures.of(id);
    if measure.letters == 0 || measure.density() > LEADS_ELSEWHERE {
        return true;
    }
    let own = measure.own();
    measure.prose < LABELS * own as f32 && !is_listing(tree, id, measures)
}

/// Returns whether most of an element is a list, a table, an example or a quotation that leads nowhere.
fn is_listing(tree: &Tree, id: Id, measures: &Measures) -> bool {
    let least = measures.of(id).letters - measures.of(id).linked;
    tree.elements(id).any(|one| {
        let is_one = matches!(
            tree.tag(one),
            "pre" | "table" | "ul" | "ol" | "dl" | "blockquote"
        );
        is_one && measures.of(one).letters * 3 > least && measures.of(one).density() < ONLY_WORDS
    })
}

/// Returns the elements before and after the one that is named as the body of the article which are named so as well:
/// templates part a text by what they set amid it.
fn pieces(tree: &Tree, body: Id, besides: &Besides, measures: &Measures) -> (Vec<Id>, Vec<Id>) {
    let prose = |id: Id| measures.of(id).prose;
    let is_piece = |id: &Id| {
        besides.signs(*id).body
            && may_be_named(tree.tag(*id))
            && tree.tag(*id) == tree.tag(body)
            && !besides.is_out(*id)
            && prose(*id) > 0.0
    };
    let Some(around) = tree.parent(body).filter(|_| is_piece(&body)) else {
        return <_>::default();
    };
    let mut before: Vec<Id> = tree.children(around).filter(is_piece).collect();
    let place = before.iter().position(|id| *id == body);
    let rest = before.split_off(place.map_or(before.len(), |place| place + 1));
    before.pop();
    (before, rest)
}

/// Returns whether nothing of a named article is lost where one of its elements stands for it.
fn may_stand_for(tree: &Tree, child: Id, body: Id, besides: &Besides, measures: &Measures) -> bool {
    let letters = |id: Id| measures.of(id).own();
    let left: u32 = tree
        .children(body)
        .filter(|id| *id != child && !besides.is_out(*id))
        .map(letters)
        .sum();
    left == 0
}

/// Returns the element of a post that holds what it says.
pub(super) fn words_of_post(tree: &Tree, post: Id, besides: &Besides, measures: &Measures) -> Id {
    let prose = |id: Id| measures.of(id).prose;
    let mut named = None;
    let mut walk = tree.walk(post);
    while let Some(step) = walk.next() {
        let Step::Enter(id) = step else {
            continue;
        };
        if id == post {
            continue;
        }
        if besides.is_out(id) {
            walk.pass_over(id);
        } else if besides.signs(id).body && prose(id) > 0.0 && prose(id) >= NEARLY_ALL * prose(post)
        {
            named = Some(id);
        }
    }
    let mut words = named.unwrap_or(post);
    while let Some(child) = tree.children(words).find(|child| {
        !besides.is_out(*child)
            && is_container(tree.tag(*child))
            && prose(*child) >= NEARLY_ALL * prose(words)
    }) && prose(words) > 0.0
    {
        words = child;
    }
    words
}

/// Returns the elements that open the article and stand before its body: its standfirst, between its heading and its
/// text.
fn leads(tree: &Tree, body: Id, besides: &Besides, measures: &Measures) -> Vec<Id> {
    let Some(around) = tree
        .ancestors(body)
        .find(|id| matches!(tree.tag(*id), "article" | "main"))
        .or_else(|| tree.ancestors(body).nth(1))
    else {
        return Vec::new();
    };
    let mut leads: Vec<Id> = Vec::new();
    for id in tree.elements(around).take_while(|id| *id != body) {
        let measure = measures.of(id);
        let is_lead = besides.signs(id).lead
            && !besides.is_out_at_all(tree, id)
            && (SHORTEST_LEAD..LONGEST_LEAD).contains(&measure.letters)
            && measure.density() < 0.2
            && !matches!(tree.tag(id), "h1" | "ul" | "ol" | "nav" | "article")
            && tree.ancestors(body).all(|one| one != id)
            && leads
                .iter()
                .all(|lead| tree.ancestors(id).all(|one| one != *lead));
        if is_lead {
            leads.push(id);
        }
        if leads.len() == MOST_LEADS {
            break;
        }
    }
    leads
}

/// How many leads an article has at most.
const MOST_LEADS: usize = 2;

/// The shortest and the longest lead, in letters.
const SHORTEST_LEAD: u32 = 20;
const LONGEST_LEAD: u32 = 800;

/// Returns whether an element of that name may be the body that a name says it is: editors set the name of the text on
/// each of its lists and captions.
fn may_be_named(tag: &str) -> bool {
    is_container(tag)
        && !matches!(
            tag,
            "ul" | "li" | "dl" | "dd" | "figure" | "header" | "span" | "font"
        )
}

/// Returns whether an element of that name holds others as a page does.
fn is_container(tag: &str) -> bool {
    matches!(
        tag,
        "div"
            | "section"
            | "article"
            | "main"
            | "body"
            | "td"
            | "tr"
            | "tbody"
            | "table"
            | "center"
            | "form"
            | "span"
            | "font"
            | "fieldset"
            | "figure"
            | "header"
            | "dd"
            | "dl"
            | "li"
            | "ul"
            | "aside"
    ) || tag.contains('-')
}
