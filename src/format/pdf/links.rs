//! Links: what the annotations of a page lead to (ISO 32000-2, 12.5.6.5), and the pages that destinations name (12.3.2).

use std::collections::{HashMap, HashSet};

use hayro_syntax::Pdf;
use hayro_syntax::object::{
    Array, Dict, MaybeRef, Name, Object, ObjectIdentifier, Rect, String as Shown,
};
use hayro_syntax::page::Page;

use super::content::{self, Seen};
use super::facts;
use super::matrix::Matrix;
use crate::format::address;

/// How many links of a page are read.
const MOST_OF_PAGE: usize = 4_000;

/// How many places the links of a file lead to.
const MOST: usize = 200_000;

/// How many named destinations are read, and how many nodes of their tree.
const MOST_NAMED: usize = 200_000;

/// The height of the bands in which the links of a page are looked up, in points: about a line.
const BAND: f32 = 16.0;

/// How many bands a link may cover: a page's worth.
const MOST_BANDS: i32 = 128;

/// How many links a band has at most: an index in four columns has less than half as many. Each is looked at for each
/// glyph of the band.
const MOST_OF_BAND: usize = 128;

/// A place that words lead to, by its number in [`Links`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LinkId(u32);

/// Where the links of a file lead.
#[derive(Debug, Default)]
pub(super) struct Links {
    addresses: Vec<String>,
    known: HashMap<String, LinkId>,
}

impl Links {
    /// Returns the address that a link leads to.
    pub fn address(&self, link: LinkId) -> Option<&str> {
        self.addresses.get(link.0 as usize).map(String::as_str)
    }

    fn add(&mut self, address: String) -> Option<LinkId> {
        if let Some(known) = self.known.get(&address) {
            return Some(*known);
        }
        if self.addresses.len() >= MOST {
            return None;
        }
        let link = LinkId(u32::try_from(self.addresses.len()).ok()?);
        self.addresses.push(address.clone());
        self.known.insert(address, link);
        Some(link)
    }

    /// Lays the links of a page onto the glyphs that they cover.
    pub fn lay(&mut self, page: &Page<'_>, places: &Places<'_>, seen: &mut Seen) {
        let areas = self.areas(page, places, &seen.to_reading);
        if areas.is_empty() {
            return;
        }
        let mut bands: HashMap<i32, Vec<&Area>> = HashMap::new();
        for area in &areas {
            let (first, last) = (band(area.top), band(area.bottom));
            for at in first..=last.min(first.saturating_add(MOST_BANDS)) {
                let band = bands.entry(at).or_default();
                if band.len() < MOST_OF_BAND {
                    band.push(area);
                }
            }
        }
        for glyph in &mut seen.glyphs {
            // The middle of a small letter, which stands on the base line.
            let (x, y) = (
                f32::midpoint(glyph.x, glyph.end),
                glyph.y - glyph.size * 0.25,
            );
            let near = bands.get(&band(y)).into_iter().flatten();
            glyph.link = near
                .copied()
                .find(|area| area.holds(x, y))
                .map(|area| area.link);
        }
    }

    fn areas(&mut self, page: &Page<'_>, places: &Places<'_>, turn: &Matrix) -> Vec<Area> {
        let Some(annotations) = page.raw().get::<Array<'_>>("Annots") else {
            return Vec::new();
        };
        let upright = content::upright(page).then(turn);
        let mut areas = Vec::new();
        for annotation in annotations.iter::<Dict<'_>>().take(MOST_OF_PAGE) {
            if annotation.get::<Name<'_>>("Subtype").as_deref() != Some(b"Link".as_slice()) {
                continue;
            }
            let address = places.address(&annotation);
            if let Some(rect) = annotation.get::<Rect>("Rect")
                && let Some(link) = address.and_then(|address| self.add(address))
            {
                let (x0, y0) = upright.apply(rect.x0, rect.y0);
                let (x1, y1) = upright.apply(rect.x1, rect.y1);
                areas.push(Area {
                    left: x0.min(x1) as f32,
                    right: x0.max(x1) as f32,
                    top: y0.min(y1) as f32,
                    bottom: y0.max(y1) as f32,
                    link,
                });
            }
        }
        areas
    }
}

/// What a link covers of a page, in points from the upper left corner.
struct Area {
    left: f32,
    right: f32,
    top: f32,
    bottom: f32,
    link: LinkId,
}

impl Area {
    fn holds(&self, x: f32, y: f32) -> bool {
        (self.left..=self.right).contains(&x) && (self.top..=self.bottom).contains(&y)
    }
}

fn band(y: f32) -> i32 {
    // A cast of what is beyond an `i32`, or is no number, saturates.
    (y / BAND) as i32
}

/// The pages that destinations lead to.
pub(super) struct Places<'a> {
    pages: HashMap<ObjectIdentifier, usize>,
    count: usize,
    named: HashMap<Vec<u8>, Object<'a>>,
}

impl<'a> Places<'a> {
    /// Returns the places of a file.
    pub fn of(pdf: &'a Pdf, catalogue: Option<&Dict<'a>>) -> Self {
        let pages = pdf.pages().iter().enumerate();
        Self {
            pages: pages
                .filter_map(|(place, page)| Some((page.raw().obj_id()?, place + 1)))
                .collect(),
            count: pdf.pages().len(),
            named: catalogue.map(named).unwrap_or_default(),
        }
    }

    /// Returns the page, counted from 1, that a link or a bookmark leads to within the file.
    pub fn page(&self, item: &Dict<'a>) -> Option<usize> {
        let action = || {
            let action = item.get::<Dict<'a>>("A")?;
            let goes = action.get::<Name<'_>>("S").as_deref() == Some(b"GoTo".as_slice());
            goes.then(|| action.get::<Object<'a>>("D")).flatten()
        };
        self.resolve(item.get::<Object<'a>>("Dest").or_else(action)?)
    }

    /// Returns the address that an annotation leads to: one of the web, or a page of the file.
    fn address(&self, annotation: &Dict<'a>) -> Option<String> {
        let action = annotation.get::<Dict<'a>>("A");
        if let Some(uri) = action.and_then(|action| action.get::<Shown<'_>>("URI")) {
            let uri = facts::text(uri.as_bytes());
            return address::resolve(None, &uri).filter(|uri| address::scheme(uri).is_some());
        }
        let page = self.page(annotation)?;
        Some(format!("#page={page}"))
    }

    fn resolve(&self, destination: Object<'a>) -> Option<usize> {
        let named = match &destination {
            Object::Name(name) => self.named.get(name.as_ref()),
            Object::String(name) => self.named.get(name.as_bytes()),
            _ => None,
        };
        let array = match named.cloned().unwrap_or(destination) {
            Object::Array(array) => array,
            Object::Dict(dict) => dict.get::<Array<'a>>("D")?,
            _ => return None,
        };
        let page = match array.raw_iter().next()? {
            MaybeRef::Ref(page) => *self.pages.get(&page.into())?,
            MaybeRef::NotRef(Object::Number(place)) => {
                let place = place.as_f64();
                (1..=self.count).nth(u32_of(place)? as usize)?
            }
            MaybeRef::NotRef(_) => return None,
        };
        (page <= self.count).then_some(page)
    }
}

/// Returns a number of a file as a place or a code.
pub(super) fn u32_of(number: f64) -> Option<u32> {
    format!("{number:.0}").parse().ok()
}

/// Returns the named destinations of a catalogue, old style and new (ISO 32000-2, 12.3.2.4).
fn named<'a>(catalogue: &Dict<'a>) -> HashMap<Vec<u8>, Object<'a>> {
    let mut named = HashMap::new();
    if let Some(old) = catalogue.get::<Dict<'a>>("Dests") {
        let keys: Vec<Name<'_>> = old.keys().take(MOST_NAMED).collect();
        for name in keys {
            if let Some(place) = old.get::<Object<'a>>(&*name) {
                named.insert(name.as_ref().to_vec(), place);
            }
        }
    }
    let tree = catalogue
        .get::<Dict<'a>>("Names")
        .and_then(|names| names.get::<Dict<'a>>("Dests"));
    let mut open: Vec<Dict<'a>> = tree.into_iter().collect();
    let mut seen = HashSet::new();
    let mut nodes = 0;
    while let Some(node) = open.pop() {
        nodes += 1;
        // A damaged file's tree leads in circles, and what stands in the open may be deep but not endless.
        if nodes > MOST_NAMED || node.obj_id().is_some_and(|id| !seen.insert(id)) {
            continue;
        }
        if let Some(pairs) = node.get::<Array<'a>>("Names") {
            let mut pairs = pairs.iter::<Object<'a>>();
            while let (Some(name), Some(place)) = (pairs.next(), pairs.next()) {
                if let Object::String(name) = name
                    && named.len() < MOST_NAMED
                {
                    named.insert(name.as_bytes().to_vec(), place);
                }
            }
        }
        if let Some(kids) = node.get::<Array<'a>>("Kids") {
            open.extend(kids.iter::<Dict<'a>>().take(MOST_NAMED));
        }
    }
    named
}
