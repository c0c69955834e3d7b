//! Reports: DOCX (ECMA-376, `WordprocessingML`) and ODT (OASIS `OpenDocument` 1.3).
//!
//! Both are read in one walk through their main file, into paragraphs of one make (`write`).

mod docx;
mod facts;
mod formula;
mod letters;
mod numbers;
mod odt;
mod symbols;
#[cfg(test)]
mod tests;
mod write;

use std::collections::HashMap;

use super::archive::Package;
use super::outlet::{Draft, Outlet};
use super::sort::{self, Sort};
use super::xml::{self, Event};
use super::{encoding, mail};
use crate::config::names::names;
use crate::document::{BlockKind, Body, Metadata};
use docx::lists::Lists;
use docx::parts::Relations;
use docx::styles::Styles;

/// The root of an ODT that is one XML file (OASIS `OpenDocument` 1.3, part 3, 3.1.2).
pub(super) const FLAT_ROOT: &str = "office:document";

/// What a compound file begins with (MS-CFB, 2.2).
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// How many objects of an ODT are looked into for formulas.
const MOST_OBJECTS: usize = 2_000;

/// Returns whether it is a compound file: an office file of before 2007, or the wrapping of one locked by a password.
pub(super) fn is_old(bytes: &[u8]) -> bool {
    bytes.starts_with(COMPOUND)
}

/// Says what to do about a compound file.
pub(super) fn refuse_old(outlet: &mut Outlet<'_, '_>) {
    outlet.warn(
        "file",
        "is an old Office file or a locked one; save it as DOCX or ODT",
    );
}

/// Reads a DOCX.
pub(super) fn read_docx(package: &mut Package<'_>, outlet: &mut Outlet<'_, '_>) {
    let whole = Relations::of(package, "");
    let main_part = main_part(package, &whole);
    let main = match package.read(&main_part) {
        Ok(main) => main,
        Err(reason) => return outlet.warn(main_part, reason),
    };
    let related = Relations::of(package, &main_part);
    let mut beside = docx::Beside::default();
    if let Some((_, bytes)) = part(package, &related, ["styles", "word/styles.xml"], outlet) {
        beside.styles = Styles::read(&bytes);
    }
    if let Some((_, bytes)) = part(
        package,
        &related,
        ["numbering", "word/numbering.xml"],
        outlet,
    ) {
        beside.lists = Lists::read(&bytes);
    }
    for notes in [
        ["footnotes", "word/footnotes.xml"],
        ["endnotes", "word/endnotes.xml"],
    ] {
        if let Some((name, bytes)) = part(package, &related, notes, outlet) {
            beside.links = Relations::of(package, &name).links();
            docx::Walk::new(&mut beside).read(&bytes);
        }
    }
    beside.pages = pages(package, &related, outlet);
    beside.links = related.links();
    let mut metadata = Metadata::default();
    for properties in [
        ["core-properties", "docProps/core.xml"],
        ["extended-properties", "docProps/app.xml"],
    ] {
        if let Some((_, bytes)) = part(package, &whole, properties, outlet) {
            facts::lay(&bytes, &mut metadata);
        }
    }
    if let Some(language) = &beside.styles.language {
        facts::lay_language(language, &mut metadata);
    }
    let mut walk = docx::Walk::new(&mut beside);
    let sound = walk.read(&main);
    if walk.is_silent() {
        let message = "has contents that do not end; what follows their beginning is left out";
        outlet.warn(&main_part, message);
    }
    let title = walk.title.take();
    let body = walk.writer.finish();
    hand(metadata, title, body, (&main_part, sound), outlet);
}

/// Returns the pages of HTML that stand for pieces of the text (ECMA-376, part 1, 17.17.2), by the names that the text
/// has for them. What stands there in another format is warned of.
fn pages(
    package: &mut Package<'_>,
    related: &Relations,
    outlet: &mut Outlet<'_, '_>,
) -> HashMap<String, String> {
    let mut pages = HashMap::new();
    for (id, part) in related.parts("aFChunk") {
        let page = package.read(&part).and_then(|bytes| {
            let page = page_of(&bytes);
            page.ok_or("is a piece of the text in a format that is not read there".to_owned())
        });
        match page {
            Ok(page) => _ = pages.insert(id, page),
            Err(reason) => outlet.warn(part, reason),
        }
    }
    pages
}

/// Returns the page that bytes are: HTML, or what a browser or Word keeps as one file.
fn page_of(bytes: &[u8]) -> Option<String> {
    if mail::is_snapshot(bytes) {
        return mail::page_of_snapshot(bytes);
    }
    if encoding::is_binary(bytes) {
        return None;
    }
    let text = encoding::decode(bytes, None).text;
    let is_page = sort::of("page.html", &text) == Sort::Page;
    is_page.then(|| text.to_string())
}

/// Returns the part of a kind with its name, as its relationship or else its usual name has it; nothing where there is
/// none, which is no fault.
fn part(
    package: &mut Package<'_>,
    related: &Relations,
    [kind, usual]: [&str; 2],
    outlet: &mut Outlet<'_, '_>,
) -> Option<(String, Vec<u8>)> {
    let said = related.part(kind).filter(|name| package.has(name));
    let name = said.unwrap_or_else(|| usual.to_owned());
    if !package.has(&name) {
        return None;
    }
    match package.read(&name) {
        Ok(bytes) => Some((name, bytes)),
        Err(reason) => {
            outlet.warn(name, reason);
            None
        }
    }
}

/// Returns the name of the main document: what the package says it is, else what it is called by nearly all programs.
fn main_part(package: &Package<'_>, whole: &Relations) -> String {
    let said = whole.part("officeDocument");
    let said = said.filter(|name| package.has(name));
    said.unwrap_or_else(|| "word/document.xml".to_owned())
}

/// Reads an ODT.
pub(super) fn read_odt(package: &mut Package<'_>, outlet: &mut Outlet<'_, '_>) {
    if is_locked(package) {
        return outlet.warn("file", "is locked by a password; save it without one");
    }
    let main = match package.read("content.xml") {
        Ok(main) => main,
        Err(reason) => return outlet.warn("content.xml", reason),
    };
    let mut styles = odt::Styles::default();
    let mut metadata = Metadata::default();
    for part in ["styles.xml", "meta.xml"] {
        match package.has(part).then(|| package.read(part)) {
            Some(Ok(bytes)) if part == "meta.xml" => facts::lay(&bytes, &mut metadata),
            Some(Ok(bytes)) => styles.read(&bytes),
            Some(Err(reason)) => outlet.warn(part, reason),
            None => {}
        }
    }
    styles.read(before_body(&main));
    let beside = odt::Beside {
        styles,
        formulas: formulas(package),
        lead_by_name: odt::lead_by_name(&main),
    };
    read_odt_text(&main, &beside, metadata, "content.xml", outlet);
}

/// Returns whether the text of an ODT is encrypted (OASIS `OpenDocument` 1.3, part 2, 3.4).
fn is_locked(package: &mut Package<'_>) -> bool {
    let manifest = package.read("META-INF/manifest.xml").unwrap_or_default();
    let (mut is_text, mut locked) = (false, false);
    xml::walk(&manifest, &mut |event| {
        let Event::Start(tag) = event else { return };
        match tag.name() {
            "file-entry" => is_text = tag.get("full-path").as_deref() == Some("content.xml"),
            "encryption-data" => locked |= is_text,
            _ => {}
        }
    });
    locked
}

/// Returns the formulas that an ODT holds as objects of their own, each by the name of its folder.
fn formulas(package: &mut Package<'_>) -> HashMap<String, String> {
    let folder = |name: &str| name.strip_suffix("/content.xml").map(str::to_owned);
    let folders: Vec<String> = package.names().filter_map(folder).collect();
    let objects = folders.into_iter().take(MOST_OBJECTS);
    objects
        .filter_map(|folder| {
            let object = package.read(&format!("{folder}/content.xml")).ok()?;
            Some((folder, formula::read(&object)?))
        })
        .collect()
}

/// Reads an ODT that is one XML file, decoded.
pub(super) fn read_flat_odt(text: &str, outlet: &mut Outlet<'_, '_>) {
    if !text.contains("<office:text") {
        let message = "is an office file without running text; passed over";
        return outlet.warn("file", message);
    }
    // It is decoded: what its declaration says of an encoding no longer holds.
    let declared = text
        .split_once("?>")
        .filter(|(before, _)| before.trim_start().starts_with("<?xml"));
    let main = declared.map_or(text, |(_, main)| main);
    // Only its part for properties speaks of the file; the text has names of the same sort in its fields and notes.
    let properties = || {
        Some(
            main.split_once("<office:meta>")?
                .1
                .split_once("</office:meta>")?
                .0,
        )
    };
    let mut metadata = Metadata::default();
    if let Some(properties) = properties() {
        facts::lay(properties.as_bytes(), &mut metadata);
    }
    let mut beside = odt::Beside {
        lead_by_name: odt::lead_by_name(main.as_bytes()),
        ..odt::Beside::default()
    };
    beside.styles.read(before_body(main.as_bytes()));
    read_odt_text(main.as_bytes(), &beside, metadata, "file", outlet);
}

/// Returns what stands before the text of an ODT, which is where its styles are (OASIS `OpenDocument` 1.3, part 3, 3.1.3).
fn before_body(main: &[u8]) -> &[u8] {
    const BODY: &[u8] = b"<office:body";
    let body = main.windows(BODY.len()).position(|bytes| bytes == BODY);
    main.get(..body.unwrap_or(main.len())).unwrap_or(main)
}

fn read_odt_text(
    main: &[u8],
    beside: &odt::Beside,
    mut metadata: Metadata,
    part: &str,
    outlet: &mut Outlet<'_, '_>,
) {
    if let Some(language) = &beside.styles.language {
        facts::lay_language(language, &mut metadata);
    }
    let mut walk = odt::Walk::new(beside);
    let sound = walk.read(main);
    let title = walk.title.take();
    let body = walk.writer.finish();
    hand(metadata, title, body, (part, sound), outlet);
}

/// Hands the report on: called by what its properties say, else by its paragraph of the style for titles, else by its
/// first heading.
fn hand(
    mut metadata: Metadata,
    title: Option<String>,
    body: Body,
    (part, sound): (&str, bool),
    outlet: &mut Outlet<'_, '_>,
) {
    if !sound {
        outlet.warn(part, "is damaged; what stands before the fault is read");
    }
    if body.text().is_empty() {
        if sound {
            outlet.has_no_text();
        }
        return;
    }
    if is_no_title(&metadata.title.text) {
        let headings = || {
            let mut blocks = body.blocks().iter();
            let heading = blocks.find(|block| matches!(block.kind, BlockKind::Heading { .. }))?;
            Some(body.slice(heading.range).to_owned())
        };
        metadata.title.text = title.or_else(headings).unwrap_or_default();
    }
    let _ = outlet.hand(Draft {
        metadata,
        body,
        ..Draft::default()
    });
}

/// Returns whether what a file gives as an author is nobody's name.
pub(super) fn is_nobody(name: &str) -> bool {
    let name = name.trim().to_lowercase();
    let bare = name.trim_matches(['(', ')', '<', '>', '"', ' ']);
    let bare = bare.strip_prefix("unknown ").unwrap_or(bare);
    let mut nobody = names().authors.nobody.iter();
    !bare.contains(char::is_alphanumeric) || nobody.any(|name| name == bare)
}

/// Returns whether what a file gives as its title is what a program put there: a file's name, a template's.
pub(super) fn is_no_title(title: &str) -> bool {
    let title = title.trim().to_lowercase();
    let numbered = |word: &str| {
        title.strip_prefix(word).is_some_and(|rest| {
            rest.chars()
                .all(|c| c.is_ascii_digit() || " -_()".contains(c))
        })
    };
    let known = &names().titles;
    !title.chars().any(char::is_alphabetic)
        || title.starts_with("microsoft ") && title.contains(" - ")
        || known.begins.iter().any(|begin| title.starts_with(begin))
        || known.nothing.iter().any(|word| numbered(word))
        || known.endings.iter().any(|end| title.ends_with(end))
}
