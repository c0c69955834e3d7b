//! Pages of several posts: a blog's first page, a month of it, all that is under one head.
//!
//! Each post has a heading, or a date, that leads to an address of its own; what stands around that link and around no
//! other is the post. A page is parted only where most of it is whole posts: a list of teasers, of what was found or of
//! an archive has a few words of each, or a link to the rest; an article with others beside it bears its own title.

use std::collections::{HashMap, HashSet};

use super::besides::Besides;
use super::facts::Facts;
use super::heads::{self, Marks};
use super::leads::{Lead, is_heading, leads, spans};
use super::measure::Measures;
use super::shown::{self, When};
use super::text;
use super::tree::{Id, ROOT, Step, Tree};
use crate::config::forums::rules;
use crate::document::Date;
use crate::format::{html, words};

/// How much of the page's prose its posts must hold, from 0 to 1.
const MOST: f32 = 0.5;

/// How much prose a whole post has, in letters, where its text is marked as that of a post for machines.
const WHOLE_MARKED: f32 = 150.0;

/// How much it has where its text is called that of a post.
const WHOLE_NAMED: f32 = 280.0;

/// How much prose a whole post has in any case, in letters.
const WHOLE: f32 = 380.0;

/// How much of the prose of all must be that of whole posts, from 0 to 1.
const WHOLES: f32 = 0.7;

/// The longest title, in bytes.
const LONGEST_TITLE: usize = 300;

/// How many elements a page's head has at most.
const HEAD: usize = 200;

/// How many topics a post has at most.
const MOST_TOPICS: usize = 12;

/// A post of a page.
#[derive(Debug)]
pub(in crate::format) struct Entry {
    /// What it is called.
    pub title: String,
    /// Who wrote it.
    pub author: Option<String>,
    /// When.
    pub published: Option<Date>,
    /// Its address; relative where the page does not say its own.
    pub address: Option<String>,
    /// What it is about.
    pub topics: Vec<String>,
    /// The elements whose text it is.
    pub(super) elements: Vec<Id>,
}

/// A post, while it is looked at.
struct Post {
    lead: usize,
    /// The elements that it stands in.
    elements: Vec<Id>,
    title: Option<(String, Id)>,
    marks: Marks,
    /// It is marked as a post.
    marked: bool,
    prose: f32,
    whole: bool,
}

/// Returns the posts of a page; none on a page that is one text.
pub(super) fn posts(
    tree: &Tree,
    body: Id,
    facts: &Facts,
    besides: &mut Besides,
    measures: &Measures,
) -> Vec<Entry> {
    if is_one_article(tree) {
        return Vec::new();
    }
    let mut addresses: Vec<String> = Vec::new();
    let leads = leads(tree, body, facts, besides, &mut addresses);
    let mut groups: HashMap<(&str, &str), Vec<usize>> = HashMap::new();
    for (place, lead) in leads.iter().enumerate() {
        groups.entry(lead.kind).or_default().push(place);
    }
    let prose = |id: Id| measures.of(id).prose;
    let mut best: Option<(f32, Vec<Post>)> = None;
    let mut groups: Vec<Vec<usize>> = groups.into_values().filter(|one| one.len() >= 2).collect();
    groups.sort_unstable();
    for group in groups {
        let spans = spans(tree, body, &leads, &group, measures);
        let together: f32 = spans
            .iter()
            .flat_map(|(_, ids)| ids)
            .map(|id| prose(*id))
            .sum();
        let is_most = together >= MOST * prose(body) && together > 0.0;
        if spans.len() < 2 || !is_most || best.as_ref().is_some_and(|(most, _)| *most >= together) {
            continue;
        }
        let posts: Vec<Post> = spans
            .into_iter()
            .map(|(lead, elements)| look(tree, &leads, lead, elements, besides, measures))
            .collect();
        if are_posts(&posts, facts) {
            best = Some((together, posts));
        }
    }
    let posts = best.map(|(_, posts)| posts).unwrap_or_default();
    let address = |post: &Post| addresses.get(leads.get(post.lead)?.address).cloned();
    let is_page = |post: &Post| {
        let address = address(post);
        address.is_some() && (address == facts.address || address == facts.base)
    };
    if posts.iter().any(is_page) {
        return Vec::new();
    }
    let month_first =
        shown::is_month_first(posts.iter().filter_map(|post| post.marks.when.as_ref()));
    posts
        .into_iter()
        .map(|post| {
            let address = address(&post);
            entry(tree, post, address, month_first, besides, measures)
        })
        .collect()
}

/// Returns what a site is called: the name that the page shows at its head and that its title begins or ends with, else
/// the title that was chosen.
pub(super) fn site(tree: &Tree, body: Id, chosen: Option<&str>) -> Option<String> {
    let own = tree.elements(ROOT).find(|id| tree.tag(*id) == "title");
    let own = own.map_or_else(String::new, |id| tree.line(id, LONGEST_TITLE));
    let shown = tree.elements(body).take(HEAD).find_map(|id| {
        let class = tree.attribute(id, "class").unwrap_or_default();
        let is_name = tree.tag(id) == "h1"
            || class
                .split_ascii_whitespace()
                .any(|one| matches!(one, "site-title" | "site-name" | "blog-title" | "logo"));
        let line = is_name.then(|| tree.line(id, LONGEST_TITLE))?;
        let is_said = !line.is_empty() && (own.starts_with(&line) || own.ends_with(&line));
        is_said.then_some(line)
    });
    shown.or_else(|| chosen.map(str::to_owned))
}

/// Returns whether the page says that it is one article.
fn is_one_article(tree: &Tree) -> bool {
    let head = tree.elements(ROOT).find(|id| tree.tag(*id) == "head");
    head.is_some_and(|head| {
        let mut metas = tree.elements(head);
        metas.any(|id| {
            tree.attribute(id, "property") == Some("og:type")
                && tree.attribute(id, "content").map(str::trim) == Some("article")
        })
    })
}

/// Looks at a post.
fn look(
    tree: &Tree,
    leads: &[Lead<'_>],
    lead: usize,
    elements: Vec<Id>,
    besides: &Besides,
    measures: &Measures,
) -> Post {
    let prose = |id: Id| measures.of(id).prose;
    let own = leads.get(lead).filter(|lead| lead.heading);
    let heading = own.map(|lead| lead.element).or_else(|| {
        let mut within = elements.iter().flat_map(|id| tree.elements(*id));
        within.find(|id| is_heading(tree, *id) && !besides.is_out(*id))
    });
    let title = heading.map(|id| (tree.line(id, LONGEST_TITLE), id));
    let none = HashSet::new();
    let mut marks = Marks::default();
    for id in &elements {
        let found = heads::read(tree, *id, &none, besides, measures);
        let says = found.author.is_some() || found.when.is_some();
        if elements.len() > 1 && says && prose(*id) == 0.0 {
            marks.elements.push(*id);
        }
        marks.author = marks.author.or(found.author);
        marks.when = marks.when.or(found.when);
        marks.elements.extend(found.elements);
    }
    let (marked, least) = marking(tree, &elements, besides);
    let total: f32 = elements.iter().map(|id| prose(*id)).sum();
    Post {
        lead,
        whole: total >= least && !is_beginning(tree, &elements, besides),
        // Forums have the date of a post where others have a title.
        title: title.filter(|(line, _)| !line.is_empty() && shown::read(line).is_none()),
        elements,
        marks,
        marked,
        prose: total,
    }
}

/// Returns whether a post is marked as one, and how much prose it has if it is whole.
fn marking(tree: &Tree, elements: &[Id], besides: &Besides) -> (bool, f32) {
    let (mut is_post, mut least, mut is_summary) = (false, WHOLE, false);
    for id in elements.iter().flat_map(|id| tree.elements(*id)) {
        let class = tree.attribute(id, "class").unwrap_or_default();
        let has = |wanted: &[&str]| {
            class
                .split_ascii_whitespace()
                .any(|one| wanted.contains(&one))
        };
        is_post |= tree.tag(id) == "article"
            || has(&["hentry", "h-entry", "blogpost", "blog-post"])
            || tree
                .attribute(id, "itemtype")
                .is_some_and(|kind| kind.ends_with("BlogPosting") || kind.ends_with("Article"));
        is_summary |= has(&[
            "entry-summary",
            "p-summary",
            "excerpt",
            "post-excerpt",
            "teaser",
        ]);
        if has(&["e-content", "entry-content"])
            || tree.attribute(id, "itemprop") == Some("articleBody")
        {
            least = WHOLE_MARKED;
        } else if besides.signs(id).body && !besides.signs(id).lead {
            least = least.min(WHOLE_NAMED);
        }
    }
    // A summary alone is long enough for none.
    let is_beginning = is_summary && least > WHOLE_MARKED;
    (is_post, if is_beginning { f32::INFINITY } else { least })
}

/// Returns whether a post is only the beginning of one: it ends with dots, or has a link to the rest.
fn is_beginning(tree: &Tree, elements: &[Id], besides: &Besides) -> bool {
    let mut last = String::new();
    for id in elements.iter().copied() {
        let mut walk = tree.walk(id);
        while let Some(step) = walk.next() {
            let Step::Enter(id) = step else { continue };
            if besides.is_out(id) || matches!(tree.tag(id), "footer") {
                walk.pass_over(id);
            } else if tree.tag(id) == "a" && is_more(tree, id) {
                return true;
            } else if let Some(words) = tree.words(id)
                && super::measure::letters(words) >= 40
            {
                last.clear();
                let from = words.ceil_char_boundary(words.len().saturating_sub(40));
                last.push_str(words.get(from..).unwrap_or_default());
            }
        }
    }
    let end = last.trim_end();
    ["…", "...", "[…]", "[...]"]
        .iter()
        .any(|dots| end.ends_with(dots))
}

fn is_more(tree: &Tree, id: Id) -> bool {
    let class = tree.attribute(id, "class").unwrap_or_default();
    let is_called = class
        .split_ascii_whitespace()
        .any(|one| matches!(one, "more-link" | "read-more" | "readmore" | "moretag"));
    let words = tree.line(id, 80).to_lowercase();
    let said = words.trim_matches(|c: char| !c.is_alphanumeric());
    let mut more = rules().blog.more.iter();
    // `Continue reading On trust`.
    is_called || more.any(|one| said == one || one.contains(' ') && said.starts_with(one.as_str()))
}

/// Returns whether most of what was found is whole posts, each with a title of its own or marked as a post, and none of
/// them what the page itself is called after.
fn are_posts(posts: &[Post], facts: &Facts) -> bool {
    let count = |is: &dyn Fn(&Post) -> bool| posts.iter().filter(|post| is(post)).count();
    let wholes = count(&|post| post.whole);
    let prose: f32 = posts.iter().map(|post| post.prose).sum();
    let whole: f32 = posts
        .iter()
        .filter(|post| post.whole)
        .map(|post| post.prose)
        .sum();
    let dated = count(&|post| post.marks.when.is_some() || post.marks.author.is_some());
    let marked = count(&|post| post.marked);
    let titles: HashSet<String> = posts
        .iter()
        .filter_map(|post| Some(bare(&post.title.as_ref()?.0)))
        .collect();
    let title = facts.title.as_deref().unwrap_or_default();
    let is_page = |post: &Post| {
        let own = post.title.as_ref();
        own.is_some_and(|(own, _)| words::same(own, title))
    };
    let is_titled = titles.len() * 2 > posts.len() || titles.is_empty() && marked == posts.len();
    wholes >= 2
        && wholes * 2 >= posts.len()
        && whole >= WHOLES * prose
        && dated * 2 >= posts.len()
        && is_titled
        && !posts.iter().any(is_page)
}

/// Returns a title in small letters, without what says that it answers one.
fn bare(title: &str) -> String {
    let lower = title.trim().to_lowercase();
    lower
        .strip_prefix("re:")
        .unwrap_or(&lower)
        .trim()
        .to_owned()
}

/// Makes a post of what was found, and leaves out what is none of its text.
fn entry(
    tree: &Tree,
    post: Post,
    address: Option<String>,
    month_first: Option<bool>,
    besides: &mut Besides,
    measures: &Measures,
) -> Entry {
    let topics = topics(tree, &post.elements);
    let published = post
        .marks
        .when
        .as_ref()
        .and_then(|when| when.date(month_first));
    let published = published.or_else(|| date_before(tree, *post.elements.first()?));
    let mut marks = post.marks.elements.clone();
    let title = post.title.map(|(line, id)| {
        marks.push(id);
        line
    });
    let apart = HashSet::new();
    let known = Marks {
        elements: marks.clone(),
        ..Marks::default()
    };
    let elements = match post.elements.as_slice() {
        [one] => vec![text::of_post(tree, *one, &known, &apart, besides, measures)],
        _ => post.elements,
    };
    for id in &elements {
        text::leave_out_others(tree, *id, &marks, besides, measures);
        if marks.contains(id) {
            besides.leave_out(*id);
        }
    }
    Entry {
        title: title.unwrap_or_default(),
        author: post.marks.author,
        published,
        address,
        topics,
        elements: elements
            .into_iter()
            .filter(|id| !besides.is_out(*id))
            .collect(),
    }
}

/// Returns what a post says that it is about.
fn topics(tree: &Tree, elements: &[Id]) -> Vec<String> {
    let mut topics: Vec<String> = Vec::new();
    for id in elements.iter().flat_map(|id| tree.elements(*id)) {
        let says = |name: &str, wanted: &[&str]| {
            tree.attribute(id, name).is_some_and(|value| {
                value
                    .split_ascii_whitespace()
                    .any(|one| wanted.contains(&one))
            })
        };
        if topics.len() < MOST_TOPICS && (says("rel", &["tag"]) || says("class", &["p-category"])) {
            let line = tree.line(id, 60);
            if (2..=60).contains(&line.len()) && !topics.contains(&line) {
                topics.push(line);
            }
        }
    }
    topics
}

/// Returns the date that stands above the posts of a day.
fn date_before(tree: &Tree, first: Id) -> Option<Date> {
    let around = [first].into_iter().chain(tree.ancestors(first).take(3));
    let before = around.flat_map(|id| {
        let node = |id: Id| tree.get(id).and_then(|node| node.before);
        std::iter::successors(node(id), move |id| node(*id)).take(8)
    });
    before
        .filter(|id| {
            let class = tree.attribute(*id, "class").unwrap_or_default();
            class.contains("date") || html::is_heading(tree.tag(*id))
        })
        .find_map(|id| match shown::read(&tree.line(id, shown::LONGEST))? {
            When::Known(date) => Some(date),
            When::Numeric(_) => None,
        })
}
