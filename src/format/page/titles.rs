//! Which of the titles that a page gives itself is its own, and without the name of its site.

use crate::format::words;

/// What stands between a title and the name of a site.
const SEPARATORS: [&str; 11] = [
    " « ", ": ", " | ", " - ", " – ", " — ", " · ", " • ", " :: ", " » ", " / ",
];

/// How long a part of a title is that says something, in bytes: `A` in `A - Keywords` does not.
const SHORTEST_PART: usize = 4;

/// The titles that a page gives itself.
pub(super) struct Candidates<'a> {
    /// Those it gives to others who show it.
    pub shared: &'a [String],
    /// The one in its data for machines.
    pub headline: Option<&'a str>,
    /// The words of `<title>`.
    pub own: &'a str,
    /// Its highest headings.
    pub headings: &'a [String],
    /// The headings below them.
    pub lower_headings: &'a [String],
    /// Those of both that stand in what the page marks as its article, in their order.
    pub within_article: &'a [String],
    /// Those of the highest that stand above or beside it.
    pub mastheads: &'a [String],
    /// The name of its site.
    pub site: Option<&'a str>,
}

/// Returns the title of a page.
pub(super) fn choose(candidates: &Candidates<'_>) -> Option<String> {
    let told: Vec<&str> = candidates
        .shared
        .iter()
        .map(String::as_str)
        .chain(candidates.headline)
        .chain([candidates.own])
        .map(str::trim)
        .filter(|title| !title.is_empty())
        .collect();
    // What the page shows as its heading, and says again elsewhere, is its title.
    let bare: Vec<&str> = told
        .iter()
        .map(|title| without_site(title, candidates.site))
        .collect();
    let is_heading = |title: &&str| {
        let said = candidates
            .headings
            .iter()
            .any(|heading| words::same(heading, title));
        said && !candidates.site.is_some_and(|site| words::same(site, title))
    };
    if let Some(title) = told
        .iter()
        .copied()
        .find(is_heading)
        .or_else(|| bare.iter().copied().find(is_heading))
    {
        return Some(title.to_owned());
    }
    if let Some(heading) = part_shown(candidates, &told) {
        return Some(heading);
    }
    let shared = candidates
        .shared
        .first()
        .map(String::as_str)
        .or(candidates.headline);
    let title = shared
        .filter(|title| !title.trim().is_empty())
        .map(|title| without_known_site(title, candidates.site));
    title
        .or_else(|| bare.last().copied())
        .or_else(|| candidates.headings.first().map(String::as_str))
        .map(str::to_owned)
}

/// Returns the heading that is a part of one of the titles that a page tells.
fn part_shown(candidates: &Candidates<'_>, told: &[&str]) -> Option<String> {
    let is_part = |heading: &&String| {
        told.iter()
            .any(|title| parts(title).iter().any(|part| words::same(part, heading)))
            && !candidates
                .site
                .is_some_and(|site| words::same(site, heading))
    };
    // What stands over the article is not the name of the site, which may stand in a heading above all.
    let is_several = |heading: &&String| heading.split_whitespace().count() >= 2;
    let mut over_article = candidates.within_article.iter().enumerate();
    let over_article = over_article
        .find(|(place, heading)| (*place == 0 || is_several(heading)) && is_part(heading))
        .map(|(_, heading)| heading);
    // Of the site's name and the title the longer one is the title.
    let within = over_article.or_else(|| {
        candidates
            .headings
            .iter()
            .chain(candidates.lower_headings)
            .filter(is_several)
            .filter(is_part)
            .max_by_key(|heading| heading.len())
    });
    let is_shared = !candidates.shared.is_empty() || candidates.headline.is_some();
    if over_article.is_none()
        && !is_shared
        && let Some(title) = under_masthead(candidates)
    {
        return Some(title);
    }
    within.cloned()
}

/// Returns the title of a page whose highest heading, beside the article, is the name of the site in `<title>`: the
/// heading over the article, where it says what else stands there and more, else that.
fn under_masthead(candidates: &Candidates<'_>) -> Option<String> {
    let own = candidates.own.trim();
    let rests = candidates
        .mastheads
        .iter()
        .map(|masthead| without_known_site(own, Some(masthead)));
    let rest = rests.into_iter().find(|rest| rest.len() < own.len())?;
    let says = |heading: &&String| {
        let heading = heading.to_lowercase();
        let mut said = parts(rest).into_iter().chain([rest]).map(str::trim);
        said.any(|part| part.len() >= SHORTEST_PART && heading.contains(&part.to_lowercase()))
    };
    let heading = candidates.within_article.first().filter(says);
    Some(heading.map_or_else(|| rest.to_owned(), Clone::clone))
}

/// Returns the parts of a title of several words each, where it has several.
pub(super) fn parts_of(title: &str) -> Vec<String> {
    let parts = parts(title).into_iter().map(str::trim);
    parts
        .filter(|part| part.len() < title.trim().len() && part.contains(char::is_whitespace))
        .map(str::to_owned)
        .collect()
}

/// Returns the parts of a title between its separators, and what is before and after each.
fn parts(title: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    for separator in SEPARATORS {
        for (at, _) in title.match_indices(separator) {
            parts.extend(
                [title.get(..at), title.get(at + separator.len()..)]
                    .into_iter()
                    .flatten(),
            );
        }
        parts.extend(title.split(separator));
    }
    parts
}

/// Returns a title without the name of its site at either end, where that is known.
fn without_known_site<'t>(title: &'t str, site: Option<&str>) -> &'t str {
    let title = title.trim();
    for separator in SEPARATORS {
        if let Some((rest, last)) = title.rsplit_once(separator)
            && site.is_some_and(|site| words::same(site, last))
        {
            return rest.trim();
        }
        if let Some((first, rest)) = title.split_once(separator)
            && site.is_some_and(|site| words::same(site, first))
        {
            return rest.trim();
        }
    }
    title
}

/// Returns a title without the name of its site. Where that is not known, what stands last and is shorter is it.
fn without_site<'t>(title: &'t str, site: Option<&str>) -> &'t str {
    let known = without_known_site(title, site);
    if known.len() < title.trim().len() {
        return known;
    }
    // A colon stands in titles as well.
    let last = SEPARATORS
        .iter()
        .filter(|separator| **separator != ": ")
        .filter_map(|separator| Some((title.rfind(separator)?, separator.len())))
        .max();
    let Some((at, length)) = last else {
        return known;
    };
    let (first, end) = (
        title.get(..at).unwrap_or(title).trim(),
        title.get(at + length..).unwrap_or_default().trim(),
    );
    let count = |text: &str| text.split_whitespace().count();
    if count(first) >= 3 && count(end) <= 5 || count(first) > count(end) {
        first
    } else {
        known
    }
}
