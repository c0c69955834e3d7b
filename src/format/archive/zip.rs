//! ZIP files: a book, a report, or an archive of files that are each read as what they are.

use std::collections::HashSet;

use super::letters::Entry;
use super::package::{Package, more_than_the_whole};
use crate::format::outlet::{Inside, Outlet, tidy};
use crate::format::{epub, is_no_document, office, pages_of_folder, read_into};

/// What a ZIP file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    Book,
    Docx,
    Odt,
    /// A table, a drawing, slides.
    OtherOffice,
    Files,
}

/// Reads a ZIP file.
pub(in crate::format) fn read(bytes: &[u8], outlet: &mut Outlet<'_, '_>) {
    if outlet.is_too_deep() {
        return outlet.warn("file", "stands too deep within archives; passed over");
    }
    let mut package = match Package::open(bytes, outlet.limits()) {
        Ok(package) => package,
        Err(reason) => return outlet.warn("file", reason),
    };
    if package.is_cut_short() {
        outlet.warn(
            "file",
            "is cut short: the end of the ZIP file is missing; what stands before it is read",
        );
    }
    read_package(&mut package, outlet);
}

/// Reads a ZIP file that was opened.
pub(super) fn read_package(package: &mut Package<'_>, outlet: &mut Outlet<'_, '_>) {
    match holds(package, outlet.name()) {
        Holds::Book => epub::read(package, outlet),
        Holds::Docx => office::read_docx(package, outlet),
        Holds::Odt => office::read_odt(package, outlet),
        Holds::OtherOffice => outlet.warn(
            "file",
            "is an office file without running text; passed over",
        ),
        Holds::Files => read_files(package, outlet),
    }
    for (name, fault) in package.take_faults() {
        outlet.warn(name, fault);
    }
}

/// Tells by the entries what a ZIP file holds. The `mimetype` should come first and often does not.
pub(super) fn holds(package: &mut Package<'_>, name: &str) -> Holds {
    let mimetype = package.read("mimetype").unwrap_or_default();
    let mimetype = String::from_utf8_lossy(&mimetype);
    let any = |told: &dyn Fn(&str) -> bool| package.names().any(told);
    let named_book = ends_with(name, ".epub") && any(&|entry| ends_with(entry, ".opf"));
    if mimetype.trim() == "application/epub+zip"
        || package.has("META-INF/container.xml")
        || named_book
    {
        return Holds::Book;
    }
    if mimetype.starts_with("application/vnd.oasis.opendocument.text") {
        return Holds::Odt;
    }
    if package.has("[Content_Types].xml") {
        let is_docx = any(&|entry| entry.starts_with("word/"));
        return if is_docx {
            Holds::Docx
        } else {
            Holds::OtherOffice
        };
    }
    if mimetype.starts_with("application/vnd.oasis.opendocument") {
        return Holds::OtherOffice;
    }
    Holds::Files
}

fn read_files(package: &mut Package<'_>, outlet: &mut Outlet<'_, '_>) {
    for (place, name) in files(package) {
        let entry = if outlet.leaves_letters() {
            Entry::at(package, place, &name)
        } else {
            Entry::Other
        };
        if matches!(entry, Entry::Letters(_)) {
            continue;
        }
        let bytes = match package.read_at(place) {
            Ok(bytes) => bytes,
            Err(reason) => {
                outlet.warn(name, reason);
                if package.is_spent() {
                    break;
                }
                continue;
            }
        };
        if !outlet.spend(bytes.len()) {
            let reason = more_than_the_whole(outlet.limits());
            outlet.warn(name, reason);
            break;
        }
        let read = |bytes: &[u8], inner: &mut Outlet<'_, '_>| {
            if entry == Entry::Archive {
                inner.leave_letters();
            }
            read_into(bytes, inner);
        };
        if outlet.within(Inside::Entry(&name), &bytes, read).is_break() {
            return;
        }
    }
    if outlet.is_silent() {
        outlet.has_no_text();
    }
}

/// Returns the entries that are files to be read, with the names by which they go into keys and onto the screen.
pub(super) fn files(package: &Package<'_>) -> Vec<(usize, String)> {
    let all: HashSet<&str> = package.names().collect();
    let names = package.names().enumerate();
    let names = names.filter(|(_, name)| !is_passed_over(name) && !is_of_page(name, &all));
    names
        .map(|(place, name)| {
            let name = tidy(name).unwrap_or_else(|| format!("entry {place}"));
            (place, name)
        })
        .collect()
}

/// Returns whether an entry is nothing to read: a folder, what is hidden, what a system left there, what goes along
/// with pages.
fn is_passed_over(name: &str) -> bool {
    let hidden = |part: &str| part.starts_with('.') && !matches!(part, "." | "..");
    name.ends_with('/')
        || name
            .split('/')
            .any(|part| part == "__MACOSX" || hidden(part))
        || name.ends_with("desktop.ini")
        || is_no_document(name)
}

/// Returns whether an entry lies in the folder of a saved page that is there too.
fn is_of_page(name: &str, all: &HashSet<&str>) -> bool {
    name.match_indices('/').any(|(end, _)| {
        let path = name.get(..end).unwrap_or_default();
        let (above, folder) = path
            .rfind('/')
            .map_or(("", path), |at| path.split_at(at + 1));
        let mut pages = pages_of_folder(folder).into_iter();
        pages.any(|page| all.contains(format!("{above}{page}").as_str()))
    })
}

pub(super) fn ends_with(name: &str, ending: &str) -> bool {
    let tail = name
        .len()
        .checked_sub(ending.len())
        .and_then(|at| name.get(at..));
    tail.is_some_and(|tail| tail.eq_ignore_ascii_case(ending))
}
