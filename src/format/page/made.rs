//! Threads of the makes of sites that the data has rules for: their posts, by selectors.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::besides::Besides;
use super::heads::{self, Marks};
use super::names;
use super::select::Selector;
use super::shown::{self, When};
use super::tree::{Id, Step, Tree};
use crate::config::forums::{MakeRules, rules};

/// A make of site, its selectors read.
struct Make {
    opening: Vec<Selector>,
    post: Vec<Selector>,
    author: Vec<Selector>,
    date: Vec<Selector>,
    text: Vec<Selector>,
    depth: Option<Selector>,
    indent: Option<Selector>,
    last: bool,
    headed: bool,
}

/// A post of a thread, before it is known what it answers.
#[derive(Debug)]
pub(super) struct Found {
    /// Its element.
    pub element: Id,
    /// What it says of itself.
    pub marks: Marks,
    /// The element that holds its words.
    pub text: Id,
    /// How deep it stands by its own word, in any unit: more is deeper.
    pub level: Option<i64>,
}

/// The posts of a thread.
#[derive(Debug, Default)]
pub(super) struct Posts {
    /// In the order of the page.
    pub posts: Vec<Found>,
    /// The first one is what all others answer, if no other.
    pub opens: bool,
}

fn makes() -> &'static [Make] {
    static MAKES: LazyLock<Vec<Make>> =
        LazyLock::new(|| rules().make.iter().map(Make::read).collect());
    &MAKES
}

/// Returns the posts of a page of a known make; nothing on any other.
pub(super) fn posts(tree: &Tree, body: Id, besides: &Besides) -> Option<Posts> {
    let mut known: HashSet<&str> = HashSet::new();
    for id in tree.elements(body) {
        known.insert(tree.tag(id));
        let class = tree.attribute(id, "class").unwrap_or_default();
        known.extend(class.split_ascii_whitespace());
    }
    makes()
        .iter()
        .filter(|make| {
            let mut may = make.post.iter().chain(&make.opening);
            may.any(|one| one.needs().all(|name| known.contains(name)))
        })
        .find_map(|make| make.posts(tree, body, besides))
}

impl Make {
    fn read(rules: &MakeRules) -> Self {
        let all = |texts: &[String]| texts.iter().map(|text| Selector::read(text)).collect();
        let one = |text: &Option<String>| text.as_deref().map(Selector::read);
        Self {
            opening: all(&rules.opening),
            post: all(&rules.post),
            author: all(&rules.author),
            date: all(&rules.date),
            text: all(&rules.text),
            depth: one(&rules.depth),
            indent: one(&rules.indent),
            last: rules.last,
            headed: rules.headed,
        }
    }

    fn posts(&self, tree: &Tree, body: Id, besides: &Besides) -> Option<Posts> {
        let is = |list: &[Selector], id: Id| list.iter().any(|one| one.matches(tree, id));
        let mut elements: Vec<Id> = Vec::new();
        let mut opening = None;
        let mut walk = tree.walk(body);
        while let Some(step) = walk.next() {
            let Step::Enter(id) = step else { continue };
            if besides.is_out(id) {
                walk.pass_over(id);
            } else if opening.is_none() && is(&self.opening, id) {
                opening = Some(id);
                elements.push(id);
            } else if is(&self.post, id) {
                elements.push(id);
            }
        }
        // The names of answers are those of comments below an article as well; those of what opens a thread are not.
        if opening.is_none() && !self.opening.is_empty() {
            return None;
        }
        let apart: HashSet<Id> = elements.iter().copied().collect();
        let mut posts: Vec<Found> = Vec::new();
        for element in elements {
            posts.extend(self.post(tree, element, &apart, besides));
        }
        // One post may be an article; that each is signed tells a thread.
        let signed = posts.iter().filter(|post| post.marks.author.is_some());
        let is_thread = posts.len() >= 2 && signed.count() * 2 > posts.len();
        let opens = opening.is_some() && posts.first().map(|post| post.element) == opening;
        is_thread.then_some(Posts { posts, opens })
    }

    /// Reads when a post was written.
    fn when(&self, own: &Own<'_>) -> Option<When> {
        self.date.iter().find_map(|one| {
            let read = |id: Id| date_of(own.tree, id, one.attribute.as_deref());
            if one.is_own() {
                return read(own.element);
            }
            read(own.first(one, self.last, &|id| read(id).is_some())?)
        })
    }

    /// Reads a post; nothing without words.
    fn post(
        &self,
        tree: &Tree,
        element: Id,
        apart: &HashSet<Id>,
        besides: &Besides,
    ) -> Option<Found> {
        let own = Own {
            tree,
            element,
            apart,
            besides,
        };
        let text = self
            .text
            .iter()
            .find_map(|one| own.first(one, false, &|id| !tree.line(id, 1).is_empty()))?;
        let author = self.author.iter().find_map(|one| {
            if one.is_own() {
                let name = tree.attribute(element, one.attribute.as_deref()?)?.trim();
                return heads::is_name(name).then(|| name.to_owned());
            }
            let id = own.first(one, self.last, &|id| is_named(tree, id))?;
            Some(name_of(tree, id))
        });
        let when = self.when(&own).or_else(|| {
            let before = self.headed.then(|| before(tree, element)).flatten();
            let before = before.filter(|before| !apart.contains(before))?;
            self.when(&Own {
                element: before,
                ..own
            })
        });
        let number = |one: &Option<Selector>| {
            let one = one.as_ref()?;
            let id = if one.is_own() {
                element
            } else {
                own.first(one, false, &|_| true)?
            };
            let value = tree.attribute(id, one.attribute.as_deref()?)?;
            value.trim().parse::<i64>().ok()
        };
        Some(Found {
            element,
            marks: Marks {
                author,
                when,
                elements: Vec::new(),
            },
            text,
            level: number(&self.depth).or_else(|| number(&self.indent)),
        })
    }
}

/// Returns the element that stands before another, on the same level.
fn before(tree: &Tree, id: Id) -> Option<Id> {
    let before = |id: Id| tree.get(id).and_then(|node| node.before);
    std::iter::successors(before(id), |id| before(*id))
        .take(4)
        .find(|id| tree.name(*id).is_some())
}

/// What belongs to one post and to none within it.
#[derive(Clone, Copy)]
struct Own<'t> {
    tree: &'t Tree,
    element: Id,
    apart: &'t HashSet<Id>,
    besides: &'t Besides,
}

impl Own<'_> {
    /// Returns the first element, or the last, that a selector means and that is `good`.
    fn first(&self, selector: &Selector, last: bool, good: &dyn Fn(Id) -> bool) -> Option<Id> {
        let mut found = None;
        let mut walk = self.tree.walk(self.element);
        while let Some(step) = walk.next() {
            let Step::Enter(id) = step else { continue };
            let is_other = id != self.element && self.apart.contains(&id);
            if is_other || self.besides.is_out(id) {
                walk.pass_over(id);
            } else if selector.matches(self.tree, id) && good(id) {
                if !last {
                    return Some(id);
                }
                found = Some(id);
            }
        }
        found
    }
}

fn name_of(tree: &Tree, id: Id) -> String {
    let line = tree.line(id, 80);
    names::without_label(&line)
        .trim_start_matches('@')
        .to_owned()
}

fn is_named(tree: &Tree, id: Id) -> bool {
    let name = name_of(tree, id);
    name.len() <= 80 && heads::is_name(&name)
}

fn date_of(tree: &Tree, id: Id, attribute: Option<&str>) -> Option<When> {
    let read = |value: &str| heads::of_attribute(value).or_else(|| heads::of_seconds(value));
    if let Some(attribute) = attribute {
        return read(tree.attribute(id, attribute)?);
    }
    ["datetime", "title", "content"]
        .iter()
        .filter_map(|name| tree.attribute(id, name))
        .find_map(read)
        .or_else(|| {
            // Elements of a date may stand within the line that tells of it.
            let within = tree.elements(id).skip(1).take(8);
            within
                .filter_map(|one| {
                    tree.attribute(one, "datetime")
                        .or_else(|| tree.attribute(one, "title"))
                })
                .find_map(read)
        })
        .or_else(|| shown::read(&tree.line(id, shown::LONGEST)))
}
