//! Pages that are something else than one text: several posts, a letter.

use std::ops::ControlFlow;

use super::links::{Links, without_dead_links};
use super::without_title;
use super::writer::Writer;
use crate::document::{Kind, Metadata, Title};
use crate::format::mail;
use crate::format::outlet::{Draft, Outlet, Place};
use crate::format::page::{Entry, Letter, Page};
use crate::format::saved::Saved;

/// Hands out the posts of a page of several, or the letter that a page shows; returns whether it was either.
pub(super) fn read(
    text: &str,
    page: &mut Page,
    saved: &Saved,
    outlet: &mut Outlet<'_, '_>,
) -> bool {
    if let Some(letter) = page.take_letter() {
        mail::read(as_mail(&letter).as_bytes(), outlet);
        return true;
    }
    let posts = page.take_posts();
    if posts.is_empty() {
        return false;
    }
    if let Some(title) = &page.facts.publisher {
        outlet.name_source(title);
    }
    let _ = hand((text, saved), page, posts, outlet);
    true
}

fn hand(
    (text, saved): (&str, &Saved),
    page: &mut Page,
    posts: Vec<Entry>,
    outlet: &mut Outlet<'_, '_>,
) -> ControlFlow<()> {
    let links = Links::of_page(text);
    for post in posts {
        let mut writer = Writer::new(links.clone(), page.facts.base.as_deref());
        page.post(&post, &mut |token| writer.take(token));
        let (written, _) = writer.finish();
        let body = without_dead_links(written.into_body());
        if body.blocks().is_empty() {
            continue;
        }
        let facts = &page.facts;
        let is_whole = |address: &String| address.contains("://");
        // A relative address is one of many alike: it tells a post of this page from another.
        let name = post.address.clone().map(|address| {
            if is_whole(&address) {
                address
            } else {
                format!("{}#{address}", outlet.path())
            }
        });
        let metadata = Metadata {
            title: Title {
                text: post.title.clone(),
                derived: false,
            },
            authors: post.author.into_iter().collect(),
            published: post.published,
            publisher: facts.publisher.clone(),
            url: post.address.filter(is_whole),
            kind: Kind::Post,
            language: facts.language,
            topics: post.topics,
            details: saved.details(),
            ..Metadata::default()
        };
        outlet.hand(Draft {
            names: name.into_iter().collect(),
            place: Place::OnPage,
            metadata,
            body: without_title(body, &post.title),
        })?;
    }
    ControlFlow::Continue(())
}

/// Returns a letter as mail: it is read as all other letters are.
fn as_mail(letter: &Letter) -> String {
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = line(&letter.author).replace(['"', '\\'], "");
    let address = line(&letter.address).replace(" at ", "@");
    let address = address.replace(['<', '>', ' '], "");
    format!(
        "From: \"{name}\" <{address}>\nDate: {}\nSubject: {}\nContent-Type: text/plain; charset=utf-8\n\n{}",
        line(&letter.date),
        line(&letter.subject),
        letter.text.trim_start_matches('\n'),
    )
}
