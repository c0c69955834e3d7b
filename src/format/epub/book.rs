//! From a package to its chapters: the walk through a book.

use std::collections::HashSet;

use super::chapters::{self, Plan, Start, name_in};
use super::contents::{self, Line, List};
use super::opf::{self, Facts, Opf};
use super::text::{self, File, PAGE, Target, is_contents};
use super::{container, splice};
use crate::document::{
    BlockKind, Body, BodyBuilder, Chapter, Destination, Division, Kind, Metadata, SpanKind, Title,
};
use crate::format::archive::Package;
use crate::format::outlet::{Draft, Outlet, Place, tidy};
use crate::format::{front_matter, html, words};
use crate::text::sanitize;

/// A book that was read and has yet to be handed out.
struct Book {
    title: String,
    facts: Facts,
    /// Its own name within its source.
    path: String,
    files: Vec<File>,
    plan: Plan,
    /// The places that links lead to.
    linked: HashSet<Target>,
}

/// A chapter on its way out.
struct Written {
    title: Option<String>,
    body: Body,
}

/// Reads a book.
pub(in crate::format) fn read(package: &mut Package<'_>, outlet: &mut Outlet<'_, '_>) {
    let opf_path = container::package_document(package).unwrap_or_default();
    let opf = package.read(&opf_path).map(|bytes| opf::read(&bytes));
    let opf = opf.unwrap_or_else(|reason| {
        let what = if opf_path.is_empty() {
            "has no package document"
        } else {
            &format!("its package document {opf_path} {reason}")
        };
        outlet.warn(
            "file",
            format!("{what}; its pages are read in the order of their names"),
        );
        Opf::default()
    });
    let locked = container::locked(package);
    if locked.contains(&opf_path) {
        return outlet.warn("file", LOCKED);
    }
    let signposts = Signposts::of(package, &opf_path, &opf);
    let lines = signposts.lines(package, (&opf_path, &opf), List::Contents);
    let pages = signposts.lines(package, (&opf_path, &opf), List::Pages);
    let mut files = text::read_files(package, &opf_path, &opf, &locked, outlet);
    if files.is_empty() {
        if locked.is_empty() {
            outlet.has_no_text();
        } else {
            outlet.warn("file", LOCKED);
        }
        return;
    }
    let opening = files.len().div_ceil(2);
    for (place, file) in files.iter_mut().enumerate() {
        let is_nav = signposts.nav.as_deref() == Some(&file.path);
        if (is_nav || place < opening) && is_contents(&file.body) {
            // The outline shows them.
            file.body = Body::default();
        }
    }
    text::mark_pages(&mut files, &labelled(pages));
    let linked = files
        .iter()
        .flat_map(|file| text::links(&file.body))
        .collect();
    let plan = chapters::plan(&mut files, &lines);
    let title = opf.facts.title.as_deref().and_then(tidy);
    let book = Book {
        title: title.unwrap_or_else(|| called_by_its_file(outlet.name())),
        facts: opf.facts,
        path: outlet.path().to_owned(),
        files,
        plan,
        linked,
    };
    outlet.name_source(&book.title);
    book.hand_out(outlet);
}

/// The longest description of a book that is set before its text, in bytes: a paragraph.
const LONGEST_ABOUT: usize = 1_200;

/// The longest number of a page, in bytes: `xxxviii`, `A-12`.
const LONGEST_LABEL: usize = 16;

/// What is said of a book that its shop has locked.
const LOCKED: &str = "is locked by its shop (DRM): its text is encrypted and can only be read with the shop's own program";

/// Where the lists of a book are: its contents and its pages.
struct Signposts {
    /// The navigation document of EPUB 3.
    nav: Option<String>,
    /// The NCX of EPUB 2.
    ncx: Option<String>,
}

impl Signposts {
    fn of(package: &Package<'_>, opf_path: &str, opf: &Opf) -> Self {
        let place = |is: &dyn Fn(&opf::Item) -> bool| {
            let item = opf.manifest.iter().find(|item| is(item))?;
            container::find(package, opf_path, &item.href)
        };
        let ncx = place(&|item| opf.toc.as_deref() == Some(&item.id) && !item.id.is_empty())
            .or_else(|| place(&|item| item.media_type.contains("dtbncx")));
        let called = || {
            let mut names = package.names();
            let name = names.find(|name| name.to_lowercase().ends_with(".ncx"))?;
            Some(name.to_owned())
        };
        Self {
            nav: place(&|item| item.properties.split_whitespace().any(|one| one == "nav")),
            ncx: ncx.or_else(called),
        }
    }

    /// Returns the lines of a list with the places that they lead to.
    fn lines(
        &self,
        package: &mut Package<'_>,
        (opf_path, opf): (&str, &Opf),
        wanted: List,
    ) -> Vec<(Line, Option<Target>)> {
        let mut from = self.nav.clone().unwrap_or_default();
        let mut lines = contents::navigation(&package.read(&from).unwrap_or_default(), wanted);
        if lines.is_empty() {
            from = self.ncx.clone().unwrap_or_default();
            lines = contents::ncx(&package.read(&from).unwrap_or_default(), wanted);
        }
        if lines.is_empty() && wanted == List::Contents {
            opf_path.clone_into(&mut from);
            lines = contents::guide(&opf.guide);
        }
        let placed = lines.into_iter().map(|line| {
            let href = line.href.as_deref();
            let path = href.and_then(|href| {
                if href.starts_with('#') {
                    Some(from.clone())
                } else {
                    container::find(package, &from, href)
                }
            });
            let target = path.map(|path| Target {
                path,
                fragment: href.and_then(container::fragment).unwrap_or_default(),
            });
            (line, target)
        });
        placed.collect()
    }
}

/// Returns the pages of the printed edition by what is printed on them.
fn labelled(pages: Vec<(Line, Option<Target>)>) -> Vec<(String, Target)> {
    let placed = pages.into_iter().filter_map(|(line, target)| {
        let is_label = line.title.len() <= LONGEST_LABEL;
        Some((line.title, target?)).filter(|_| is_label)
    });
    placed.collect()
}

/// Returns the name of a file without its folder and ending: what a book is called that does not say it.
fn called_by_its_file(name: &str) -> String {
    let base = name.rsplit('/').next().unwrap_or(name);
    let stem = base.rsplit_once('.').map_or(base, |(stem, _)| stem);
    stem.replace(['_', '-'], " ")
}

/// Returns the words of a line in lower case.
fn words_of(line: &str) -> impl Iterator<Item = String> {
    let words = line.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_lowercase)
}

impl Book {
    /// Hands out the chapters that say something.
    fn hand_out(self, outlet: &mut Outlet<'_, '_>) {
        let written: Vec<Written> = (0..self.plan.starts.len())
            .map(|chapter| self.write(chapter))
            .collect();
        let kept: Vec<usize> = (0..written.len())
            .filter(|chapter| {
                written
                    .get(*chapter)
                    .is_some_and(|one| !one.body.blocks().is_empty())
            })
            .collect();
        if kept.is_empty() {
            return outlet.has_no_text();
        }
        let alone = kept.len() == 1;
        let mut divisions = self.divisions(&kept).into_iter();
        for (number, (chapter, written)) in kept
            .iter()
            .zip(
                written
                    .into_iter()
                    .filter(|one| !one.body.blocks().is_empty()),
            )
            .enumerate()
        {
            let body = self.lead_links(*chapter, &kept, written.body);
            let Some(start) = self.plan.starts.get(*chapter) else {
                continue;
            };
            let title = written.title.unwrap_or_else(|| {
                if alone {
                    self.title.clone()
                } else {
                    format!("{}, part {}", self.title, number + 1)
                }
            });
            let divisions = divisions.next().unwrap_or_default();
            let mut metadata = self.metadata(number, (start.depth, divisions), alone);
            metadata.title.text = if alone { self.title.clone() } else { title };
            let body = html::without_title(body, &metadata.title.text);
            // What the book is about stands where reading it begins; its publisher may say that at any length.
            let about = self.facts.description.as_deref();
            let about = about.filter(|about| number == 0 && about.len() <= LONGEST_ABOUT);
            let draft = Draft {
                names: vec![self.key(start)],
                place: Place::OnPage,
                body: front_matter::with_standfirst(body, about),
                metadata,
            };
            if outlet.hand(draft).is_break() {
                return;
            }
        }
    }

    /// Returns the key of the chapter that begins there.
    fn key(&self, start: &Start) -> String {
        let file = self
            .files
            .get(start.file)
            .map_or("", |file| file.path.as_str());
        let key = match &start.fragment {
            Some(fragment) => format!("{}/{file}/{fragment}", self.path),
            None => format!("{}/{file}", self.path),
        };
        sanitize::clean(&key).into_owned()
    }

    /// Returns the lines of the contents that begin with each chapter that is kept: those of a chapter that is left out
    /// begin with the next one that stands below them.
    fn divisions(&self, kept: &[usize]) -> Vec<Vec<Division>> {
        let mut all = Vec::new();
        let mut waiting: Vec<Division> = Vec::new();
        for (chapter, start) in self.plan.starts.iter().enumerate() {
            waiting.retain(|division| division.depth < start.depth);
            waiting.extend(start.divisions.iter().cloned());
            if kept.binary_search(&chapter).is_ok() {
                all.push(std::mem::take(&mut waiting));
            }
        }
        all
    }

    fn metadata(
        &self,
        number: usize,
        (depth, divisions): (u8, Vec<Division>),
        alone: bool,
    ) -> Metadata {
        let facts = &self.facts;
        // What concerns the book as a whole is said once, where reading it begins.
        let mut details = if number == 0 {
            facts.details.clone()
        } else {
            Vec::new()
        };
        details.extend(
            facts
                .description
                .iter()
                .filter(|_| number == 0)
                .map(|words| ("about".to_owned(), words.clone())),
        );
        let mut publisher = Some(self.title.clone());
        if alone {
            let place = details.iter().position(|(name, _)| name == "publisher");
            publisher = place.map(|place| details.remove(place).1);
        }
        let chapter = Chapter {
            book: self.path.clone(),
            title: self.title.clone(),
            number: number as u32,
            depth,
            divisions,
        };
        Metadata {
            title: Title::default(),
            authors: facts.authors.clone(),
            published: facts.published,
            publisher,
            url: None,
            kind: Kind::Book,
            language: facts.language,
            topics: facts.topics.clone(),
            details,
            chapter: (!alone).then_some(chapter),
        }
    }

    /// Writes a chapter from the pieces of files that it is made of, its links still naming files.
    fn write(&self, chapter: usize) -> Written {
        let Some(start) = self.plan.starts.get(chapter) else {
            return Written {
                title: None,
                body: Body::default(),
            };
        };
        let next = self.plan.starts.get(chapter + 1);
        let last = next.map_or(self.files.len().saturating_sub(1), |next| next.file);
        let pieces = (start.file..=last).filter_map(|number| {
            let file = self.files.get(number)?;
            let from = if number == start.file { start.block } else { 0 };
            let to = next
                .filter(|next| next.file == number)
                .map_or(file.body.blocks().len(), |next| next.block);
            let piece = splice::cut(&file.body, from, to);
            Some(self.with_wanted_places(start, number, file, piece))
        });
        let body = splice::join(pieces.collect());
        let title = start.title.clone().or_else(|| self.own_title(start, &body));
        let body = self.without_covers(start, body, title.as_deref());
        Written { title, body }
    }

    /// Returns the title of a chapter that the contents do not list.
    fn own_title(&self, start: &Start, body: &Body) -> Option<String> {
        let heading = body
            .blocks()
            .iter()
            .find(|block| matches!(block.kind, BlockKind::Heading { .. }));
        let head = || {
            self.files
                .get(start.file)
                .and_then(|file| file.title.clone())
        };
        let title = heading
            .map(|block| body.slice(block.range).to_owned())
            .or_else(head);
        title.filter(|title| !words::same(title, &self.title))
    }

    /// Returns nothing for a page that only shows a picture, and, where the contents do not list it, for one that only
    /// says what book it is. A line of the contents that groups others stays, if only by its name.
    fn without_covers(&self, start: &Start, body: Body, title: Option<&str>) -> Body {
        let says = |block: &crate::document::Block| {
            !matches!(block.kind, BlockKind::Image | BlockKind::Rule)
        };
        let silent = !body.blocks().iter().any(says);
        match title {
            Some(title) if silent && start.groups => {
                let mut builder = BodyBuilder::new();
                builder.block(BlockKind::Heading { level: 1 }, title);
                builder.finish()
            }
            _ if silent => Body::default(),
            _ if start.title.is_none() && self.is_title_page(&body) => Body::default(),
            _ => body,
        }
    }

    /// Returns whether a page says nothing but what the book is called and who made it.
    fn is_title_page(&self, body: &Body) -> bool {
        let facts = &self.facts;
        let details = facts.details.iter().map(|(_, value)| value);
        let mut known: HashSet<String> = ["by", "cover"].map(str::to_owned).into();
        for line in details.chain(&facts.authors).chain([&self.title]) {
            known.extend(words_of(line));
        }
        // A page of text is not walked through for that.
        body.blocks().len() < 12 && words_of(body.text()).all(|word| known.contains(&word))
    }

    /// Leaves to a piece of a file the destinations that links lead to, by their names in the chapter.
    fn with_wanted_places(&self, start: &Start, number: usize, file: &File, piece: Body) -> Body {
        let is_wanted = |fragment: &str| {
            if fragment.starts_with(PAGE) {
                return true;
            }
            let target = Target {
                path: file.path.clone(),
                fragment: fragment.to_owned(),
            };
            self.linked.contains(&target)
        };
        let mut raw = piece.into_raw();
        raw.destinations.retain(|one| is_wanted(&one.name));
        for one in &mut raw.destinations {
            if !one.name.starts_with(PAGE) {
                one.name = name_in(start, number, file, &one.name);
            }
        }
        if number != start.file {
            raw.destinations.push(Destination {
                name: name_in(start, number, file, ""),
                at: 0,
            });
        }
        Body::from_raw(raw)
    }

    /// Leads the links of a chapter where they belong. `kept` are the chapters that are handed out.
    fn lead_links(&self, chapter: usize, kept: &[usize], body: Body) -> Body {
        let mut raw = body.into_raw();
        raw.spans.retain_mut(|span| {
            let SpanKind::Link(address) = &mut span.kind else {
                return true;
            };
            let Some(target) = Target::of(address) else {
                return true;
            };
            let Some(found) = self.plan.find(&self.files, &target) else {
                return false;
            };
            *address = self.address(chapter, kept, found);
            true
        });
        Body::from_raw(raw)
    }

    /// Returns the address of a place, as a link in `from` has it.
    fn address(
        &self,
        from: usize,
        kept: &[usize],
        (chapter, name): (usize, Option<String>),
    ) -> String {
        // What leads to a page that was left out leads to the next.
        let place = kept.partition_point(|one| *one < chapter);
        let to = kept.get(place).or(kept.last()).copied().unwrap_or(chapter);
        let name = name.filter(|_| to == chapter);
        if to == from {
            return format!("#{}", name.unwrap_or_default());
        }
        let key = self
            .plan
            .starts
            .get(to)
            .map_or_else(String::new, |start| self.key(start));
        match name {
            Some(name) => format!("{}{key}#{name}", Destination::SCHEME),
            // A key may have a `#` of its own.
            None if key.contains('#') => format!("{}{key}#", Destination::SCHEME),
            None => format!("{}{key}", Destination::SCHEME),
        }
    }
}
