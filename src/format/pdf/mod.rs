//! PDF: pages of placed letters, read back into headings, paragraphs, lists and notes.
//!
//! The letters of each page are walked through (`content`), put into lines (`lines`) and those into the order of
//! reading, column by column (`order`); what repeats from page to page goes (`furniture`); the type tells blocks apart
//! (`blocks`), and words parted at the ends of lines are joined (`write`). Every page is a place to lead to, named
//! `page=5` as RFC 8118 has it.
//!
//! Guarantees: bounded work and memory whatever the file says; a file that even so trips the reader of its objects is
//! told as damaged. Absent on purpose: pictures, forms' fields, the recognition of letters in scanned pages, and text on
//! its side on an upright page, such as a stamp in the margin or the label of an axis; a page that lies on its side as a
//! whole is read.

mod accents;
mod bidi;
mod blocks;
mod bomb;
mod budget;
mod codes;
mod compounds;
mod content;
mod face;
mod facts;
mod furniture;
#[cfg(test)]
mod glyph_tests;
mod headings;
#[cfg(test)]
mod layout_tests;
mod leaders;
mod lines;
mod links;
mod marks;
mod matrix;
mod notes;
mod order;
mod outline;
#[cfg(test)]
mod print_tests;
mod runs;
mod state;
#[cfg(test)]
mod table_tests;
mod tables;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tree_tests;
mod type3;
mod typeface;
mod write;
mod xmp;

use hayro_syntax::object::Dict;
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use super::guard::guarded;
use super::outlet::{Draft, Outlet};
use budget::Budget;
use content::Fonts;
use links::{Links, Places};

/// The most pages of a file that are read; the longest standards have a tenth of them.
const MOST_PAGES: usize = 50_000;

/// Returns whether it is PDF (ISO 32000-2, 7.5.2); some servers print a line or two before the mark.
pub(super) fn is_pdf(bytes: &[u8]) -> bool {
    let head = bytes.get(..1024).unwrap_or(bytes);
    bytes.starts_with(b"%PDF-")
        || bytes.starts_with(b"\xef\xbb\xbf%PDF-")
        || memchr::memmem::find(head, b"\n%PDF-").is_some()
            && (head.contains(&0) || !head.is_ascii())
}

/// What came of reading a file.
struct Read {
    draft: Draft,
    pages: usize,
    passed_over: usize,
    pictures: usize,
    unknown: u64,
    known: u64,
    downward: usize,
    spent: bool,
}

/// Reads it.
pub(super) fn read(bytes: &[u8], outlet: &mut Outlet<'_, '_>) {
    let most = outlet.limits().unpacked(bytes.len() as u64);
    if bomb::unpacks_past(bytes, most) {
        let message = "holds a stream that unpacks to far more than its size; passed over";
        return outlet.warn("file", message);
    }
    // The reader of the objects aims never to panic, and is young.
    let read = match guarded(|| read_file(bytes.to_vec(), most)) {
        Some(Ok(read)) => read,
        Some(Err(reason)) => return outlet.warn("file", reason),
        None => return outlet.warn("file", "is a damaged PDF that cannot be read; passed over"),
    };
    warn(&read, outlet);
    if read.draft.body.text().is_empty() {
        return;
    }
    let _ = outlet.hand(read.draft);
}

fn warn(read: &Read, outlet: &mut Outlet<'_, '_>) {
    if read.passed_over > 0 {
        let message = format!(
            "has {} pages more than the {MOST_PAGES} that are read",
            read.passed_over
        );
        outlet.warn("file", message);
    }
    if read.spent {
        outlet.warn(
            "file",
            "asks for more work than a file may; the rest is passed over",
        );
    }
    if read.downward > 0 {
        let message = format!(
            "has {} characters that run from the top to the bottom beside others; they are left out",
            read.downward
        );
        outlet.warn("file", message);
    }
    if read.unknown > read.known {
        outlet.warn(
            "file",
            "does not say which letters most of its signs are; they are left out",
        );
    }
    if read.draft.body.text().is_empty() {
        if read.pictures > 0 {
            outlet.warn(
                "file",
                "holds pictures of pages and no text; a program for text recognition can add it",
            );
        } else if read.unknown == 0 {
            outlet.has_no_text();
        }
    } else if read.pages > 1 && read.pictures > read.pages / 2 {
        let message = format!(
            "{} of its {} pages are pictures without text",
            read.pictures, read.pages
        );
        outlet.warn("file", message);
    }
}

fn read_file(bytes: Vec<u8>, most: u64) -> Result<Read, &'static str> {
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => {
            "is locked by a password; save it without one"
        }
        LoadPdfError::Decryption(_) => "is encrypted in a way that is not read; passed over",
        LoadPdfError::Invalid => "is a damaged PDF: no page can be found in it",
    })?;
    let catalogue: Option<Dict<'_>> = pdf.xref().get(pdf.xref().root_id());
    let places = Places::of(&pdf, catalogue.as_ref());
    let mut links = Links::default();
    let fonts = Fonts::new();
    let mut budget = Budget::new(most);
    let (mut pictures, mut unknown, mut known, mut downward) = (0, 0, 0, 0);
    let mut pages = Vec::new();
    let count = pdf.pages().len();
    for page in pdf.pages().iter().take(MOST_PAGES) {
        let mut seen = content::of_page(page, &fonts, &mut budget);
        unknown += seen.unknown;
        downward += seen.downward;
        known += seen.glyphs.len() as u64;
        if seen.glyphs.is_empty() && seen.picture {
            pictures += 1;
        }
        accents::compose(&mut seen.glyphs);
        links.lay(page, &places, &mut seen);
        let (width, height) = page.render_dimensions();
        let height = if seen.is_sideways { width } else { height };
        let mut pieces = lines::pieces(&seen.glyphs);
        bidi::lay_from_left(&mut pieces);
        pages.push((pieces, height));
        if budget.is_spent() {
            break;
        }
    }
    furniture::clear_line_numbers(&mut pages);
    let bookmarks = catalogue
        .as_ref()
        .map(|catalogue| outline::of(catalogue, &places))
        .unwrap_or_default();
    let (mut pages, heights): (Vec<_>, Vec<f32>) = pages
        .into_iter()
        .map(|(pieces, height)| (order::rows(pieces), height))
        .unzip();
    typeface::settle_mono(&mut pages);
    furniture::clear(&mut pages, &heights, &bookmarks);
    let blocks = blocks::blocks(&pages, &bookmarks);
    Ok(Read {
        draft: Draft {
            metadata: facts::of(pdf.metadata(), catalogue.as_ref(), &blocks),
            body: write::body(&blocks, &links),
            ..Draft::default()
        },
        pages: count,
        passed_over: count.saturating_sub(MOST_PAGES),
        pictures,
        unknown,
        known,
        downward,
        spent: budget.is_spent() || budget.cut,
    })
}
