//! What a post says of itself: who wrote it and when, and where on the page it says so.
//!
//! What is marked for machines goes before what is shown; of equals the first counts, because a post's own name and
//! date stand before those of its quotations, edits and readers. Dates behind words like `Joined` are the member's.

use std::collections::HashSet;

use super::besides::Besides;
use super::measure::Measures;
use super::names;
use super::shown::{self, When};
use super::tree::{Id, Step, Tree};
use crate::config::forums::{ForumRules, rules};
use crate::format::{dates, html};

/// The longest line that may be a name, in bytes.
const LONGEST_NAME: usize = 80;

/// The longest block in which a name or a date is that of the post and no word of a sentence, in letters.
const LONGEST_LINE: u32 = 200;

/// How much of a post without blocks its name and date stand within, in letters.
const BEGINNING: u32 = 140;

/// What a post says of itself.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// Who wrote it.
    pub author: Option<String>,
    /// When.
    pub when: Option<When>,
    /// The elements that say so.
    pub elements: Vec<Id>,
}

/// How sure a mark is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Sure {
    /// It looks like one.
    Shown,
    /// Its address, its class or its title says so.
    Named,
    /// It is marked for machines.
    Marked,
    /// The post itself has it as an attribute.
    Own,
}

/// Reads what a post says of itself, without what posts within it say: those that stand `apart`.
pub(super) fn read(
    tree: &Tree,
    post: Id,
    apart: &HashSet<Id>,
    besides: &Besides,
    measures: &Measures,
) -> Marks {
    let mut reading = Reading {
        tree,
        post,
        measures,
        rules: rules(),
        seen: 0,
        before: String::new(),
        author: None,
        when: None,
    };
    reading.take_own();
    let mut walk = tree.walk(post);
    while let Some(step) = walk.next() {
        let Step::Enter(id) = step else { continue };
        let is_none_of_it = id != post && (apart.contains(&id) || besides.is_out(id));
        if is_none_of_it || matches!(tree.tag(id), "blockquote" | "pre" | "form" | "textarea") {
            walk.pass_over(id);
        } else if let Some(words) = tree.words(id) {
            reading.take_words(id, words);
        } else if tree.name(id).is_some() {
            reading.take_element(id);
        }
    }
    reading.into_marks()
}

struct Reading<'t> {
    tree: &'t Tree,
    post: Id,
    measures: &'t Measures,
    rules: &'static ForumRules,
    /// How many letters came so far.
    seen: u32,
    /// The words that came last.
    before: String,
    author: Option<(Sure, String, Option<Id>)>,
    when: Option<(Sure, When, Option<Id>)>,
}

impl Reading<'_> {
    /// Takes what the post's own element says.
    fn take_own(&mut self) {
        let own = |name: &str| self.tree.attribute(self.post, name).map(str::trim);
        let author = ["data-author", "data-username", "author", "data-user-name"]
            .into_iter()
            .find_map(own)
            .filter(|name| is_name(name));
        self.author = author.map(|name| (Sure::Own, name.to_owned(), None));
    }

    fn take_element(&mut self, id: Id) {
        if id == self.post {
            return;
        }
        let is_other = self.is_behind_other_label();
        if !is_other && self.may_be_author(Sure::Marked) {
            self.take_author(id);
        }
        if !is_other && self.may_be_date(Sure::Marked) {
            self.take_date(id);
        }
    }

    fn may_be_author(&self, sure: Sure) -> bool {
        self.author.as_ref().is_none_or(|(known, ..)| *known < sure)
    }

    fn may_be_date(&self, sure: Sure) -> bool {
        self.when.as_ref().is_none_or(|(known, ..)| *known < sure)
    }

    fn take_author(&mut self, id: Id) {
        let tree = self.tree;
        let class = tree.attribute(id, "class").unwrap_or_default();
        let is_token = |one: &str| class.split_ascii_whitespace().any(|token| token == one);
        let is_marked = tree.attribute(id, "itemprop") == Some("author")
            || tree.attribute(id, "rel").is_some_and(|rel| {
                rel.split_ascii_whitespace()
                    .any(|one| one.eq_ignore_ascii_case("author"))
            })
            || ["p-author", "vcard", "fn"].into_iter().any(is_token);
        let sure = if is_marked {
            Sure::Marked
        } else if tree.tag(id) == "a" && leads_to_person(tree, id) {
            Sure::Named
        } else if says(class, &self.rules.names.authors) {
            Sure::Shown
        } else {
            return;
        };
        let letters = self.letters(id);
        let is_free = sure == Sure::Marked || self.stands_free(id);
        if !self.may_be_author(sure) || letters == 0 || letters > LONGEST_LINE || !is_free {
            return;
        }
        let named = match sure {
            Sure::Marked => inner_name(tree, id),
            Sure::Named => inner_user(tree, id, &self.rules.names.authors),
            _ => None,
        };
        let line = tree.line(named.unwrap_or(id), LONGEST_NAME);
        let line = line.split(['»', '\u{2022}']).next().unwrap_or_default();
        let name = match sure {
            Sure::Shown => names::parted(line).into_iter().next().unwrap_or_default(),
            _ => names::without_label(line).to_owned(),
        };
        let name = name.trim_start_matches('@').trim();
        if is_name(name) {
            self.author = Some((sure, name.to_owned(), Some(id)));
        }
    }

    fn take_date(&mut self, id: Id) {
        let tree = self.tree;
        let class = tree.attribute(id, "class").unwrap_or_default();
        let property = tree.attribute(id, "itemprop").unwrap_or_default();
        let is_time = matches!(
            tree.tag(id),
            "time" | "relative-time" | "time-ago" | "local-time"
        ) || matches!(property, "datePublished" | "dateCreated" | "uploadDate")
            || ["published", "dt-published"]
                .iter()
                .any(|one| class.split_ascii_whitespace().any(|token| token == *one));
        let is_named = is_time || says(class, &self.rules.names.dates);
        let sure = if is_time { Sure::Marked } else { Sure::Named };
        let written = is_named || matches!(tree.tag(id), "a" | "span" | "abbr");
        if written
            && self.may_be_date(sure)
            && let Some(when) = written_date(tree, id, is_time)
            && (is_time || self.stands_free(id))
        {
            self.when = Some((sure, when, Some(id)));
        } else if is_named
            && self.may_be_date(Sure::Shown)
            && self.stands_free(id)
            && self.letters(id) <= LONGEST_LINE
        {
            let line = tree.line(id, shown::LONGEST);
            if !self.begins_with_other_label(&line)
                && let Some(when) = shown::read(&line)
            {
                self.when = Some((Sure::Shown, when, Some(id)));
            }
        }
    }

    fn take_words(&mut self, id: Id, words: &str) {
        let words = words.trim();
        if words.is_empty() {
            return;
        }
        if words.len() <= shown::LONGEST
            && self.may_be_date(Sure::Shown)
            && !self.is_behind_other_label()
            && !self.begins_with_other_label(words)
            && self.stands_free(id)
            && let Some(when) = shown::read(words)
        {
            let around = self.tree.parent(id).filter(|around| *around != self.post);
            self.when = Some((Sure::Shown, when, around));
        }
        self.seen = self.seen.saturating_add(super::measure::letters(words));
        self.before.clear();
        let from = words.ceil_char_boundary(words.len().saturating_sub(40));
        self.before
            .push_str(&words.get(from..).unwrap_or_default().to_lowercase());
    }

    fn letters(&self, id: Id) -> u32 {
        self.measures.of(id).letters
    }

    /// Returns whether what stands at a node is no word of a sentence.
    fn stands_free(&self, id: Id) -> bool {
        let block = [id]
            .into_iter()
            .chain(self.tree.ancestors(id))
            .find(|one| *one == self.post || html::is_block(self.tree.tag(*one)));
        block.is_some_and(|block| block != self.post && self.letters(block) <= LONGEST_LINE)
            || self.seen <= BEGINNING
    }

    /// Returns whether the words before say that what follows is not the post's.
    fn is_behind_other_label(&self) -> bool {
        let before = self.before.trim_end_matches([':', ' ', '\u{a0}']);
        self.rules.labels.others.iter().any(|label| {
            before.ends_with(label.as_str())
                && before
                    .get(..before.len() - label.len())
                    .is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
        })
    }

    fn begins_with_other_label(&self, line: &str) -> bool {
        let start = line.get(..line.floor_char_boundary(60)).unwrap_or_default();
        let start = start.to_lowercase();
        let start = start.trim_start_matches(|c: char| !c.is_alphanumeric());
        self.rules.labels.others.iter().any(|label| {
            start
                .strip_prefix(label.as_str())
                .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        })
    }

    fn into_marks(self) -> Marks {
        let elements = [
            self.author.as_ref().and_then(|(_, _, id)| *id),
            self.when.as_ref().and_then(|(_, _, id)| *id),
        ];
        Marks {
            author: self.author.map(|(_, name, _)| name),
            when: self.when.map(|(_, when, _)| when),
            elements: elements.into_iter().flatten().collect(),
        }
    }
}

/// Returns whether a link leads to a person, by its address or its class.
pub(super) fn leads_to_person(tree: &Tree, link: Id) -> bool {
    let names = &rules().names;
    let class = tree.attribute(link, "class").unwrap_or_default();
    if says(class, &names.authors) {
        return true;
    }
    let href = tree.attribute(link, "href").unwrap_or_default();
    let start = href
        .get(..href.floor_char_boundary(300))
        .unwrap_or_default();
    let start = start.to_ascii_lowercase();
    names.people.iter().any(|part| {
        start.contains(part.as_str())
            || part
                .strip_prefix('/')
                .is_some_and(|part| start.starts_with(part))
    })
}

/// Returns the element within a link to a person that has the name alone: a letter may stand for the portrait.
fn inner_user(tree: &Tree, link: Id, authors: &[String]) -> Option<Id> {
    let mut within = tree.elements(link).skip(1).take(12);
    within.find(|one| {
        let class = tree.attribute(*one, "class").unwrap_or_default();
        says(class, authors) && !class.contains("avatar") && !tree.line(*one, 1).is_empty()
    })
}

/// Returns the element within one that marks an author which has the name alone.
fn inner_name(tree: &Tree, id: Id) -> Option<Id> {
    let is_token = |one: Id| {
        tree.attribute(one, "class").is_some_and(|class| {
            class
                .split_ascii_whitespace()
                .any(|token| matches!(token, "fn" | "p-name" | "author-name"))
        })
    };
    let within = || tree.elements(id).skip(1).take(40);
    within()
        .find(|one| tree.attribute(*one, "itemprop") == Some("name") || is_token(*one))
        .or_else(|| within().find(|one| tree.tag(*one) == "a"))
        .filter(|one| !tree.line(*one, 1).is_empty())
}

/// Returns the date that an element has for machines, or in what it shows to who points at it.
fn written_date(tree: &Tree, id: Id, is_time: bool) -> Option<When> {
    let machine = ["datetime", "content", "title", "data-original-title"];
    let found = machine
        .iter()
        .filter_map(|name| tree.attribute(id, name))
        .find_map(of_attribute);
    found
        .or_else(|| {
            let seconds = ["data-time", "data-timestamp", "data-utime"]
                .iter()
                .find_map(|name| tree.attribute(id, name))?;
            of_seconds(seconds)
        })
        .or_else(|| is_time.then(|| shown::read(&tree.line(id, shown::LONGEST)))?)
}

/// Reads a date that an attribute has; what stands behind it is the same again.
pub(super) fn of_attribute(value: &str) -> Option<When> {
    let value = value.trim();
    dates::parse(value)
        .filter(|date| date.month().is_some())
        .map(When::Known)
        .or_else(|| shown::read(value))
}

/// Reads a count of seconds since 1970, or of thousandths.
pub(super) fn of_seconds(value: &str) -> Option<When> {
    let seconds: i64 = value.trim().parse().ok()?;
    let seconds = if seconds > 100_000_000_000 {
        seconds / 1000
    } else {
        seconds
    };
    let moment = jiff::Timestamp::from_second(seconds).ok()?;
    dates::parse(&moment.to_string()).map(When::Known)
}

/// Returns whether a class has one of the words in it.
pub(super) fn says(class: &str, words: &[String]) -> bool {
    !class.is_empty()
        && class
            .split(|c: char| !c.is_alphanumeric())
            .any(|one| words.iter().any(|word| word.eq_ignore_ascii_case(one)))
}

/// Returns whether a line may be the name of who wrote a post.
pub(super) fn is_name(name: &str) -> bool {
    let bare = name.trim_matches(|c: char| !c.is_alphanumeric());
    let no_names = &rules().names.no_names;
    names::is_name(name) && !no_names.iter().any(|no| no.eq_ignore_ascii_case(bare))
}
