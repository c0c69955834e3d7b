//! The tables of services to read later: Pocket (`title,url,time_added,tags,status`), Instapaper
//! (`URL,Title,Selection,Folder,Timestamp`, since 2023 with `Tags`) and Raindrop
//! (`id,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite`).

use super::super::outlet::Outlet;
use super::csv::Rows;
use crate::document::Subscription;

/// Where the columns are that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Columns {
    address: usize,
    title: usize,
    folder: Option<usize>,
    tags: Option<usize>,
}

/// The folders of Instapaper and Raindrop that are none of their reader's making.
const OWN_FOLDERS: [&str; 4] = ["Unread", "Archive", "Starred", "Unsorted"];

/// The longest first line that is looked at, in bytes.
const LONGEST_HEADER: usize = 1024;

/// Returns the columns where the first line names those of a service, and nothing for any other table.
pub(super) fn columns(text: &str) -> Option<Columns> {
    let head = text.get(..text.floor_char_boundary(LONGEST_HEADER))?;
    let first = head.lines().next()?.to_ascii_lowercase();
    let names = Rows::of(&first).next()?;
    let place = |name: &str| names.iter().position(|known| known.trim() == name);
    let is_pocket = ["time_added", "status"]
        .iter()
        .all(|name| place(name).is_some());
    let is_instapaper = ["selection", "folder", "timestamp"]
        .iter()
        .all(|name| place(name).is_some());
    let is_raindrop = ["excerpt", "folder", "created", "cover"]
        .iter()
        .all(|name| place(name).is_some());
    (is_pocket || is_instapaper || is_raindrop).then_some(Columns {
        address: place("url")?,
        title: place("title")?,
        folder: place("folder"),
        tags: place("tags"),
    })
}

/// Reads the table.
pub(super) fn read(text: &str, columns: Columns, outlet: &mut Outlet<'_, '_>) {
    let mut rows = Rows::of(text);
    rows.next();
    let mut found = 0;
    loop {
        let line = rows.line;
        let Some(row) = rows.next() else { break };
        let cell = |place: usize| row.get(place).map_or("", |cell| cell.trim());
        let address = cell(columns.address);
        if address.is_empty() {
            if row.iter().any(|cell| !cell.trim().is_empty()) {
                outlet.warn(format!("line {line}"), "has no address; passed over");
            }
            continue;
        }
        let folder = columns.folder.map_or("", cell);
        let folder = Some(folder).filter(|folder| !OWN_FOLDERS.contains(folder));
        // Pocket parts tags by bars, Instapaper writes a list of JSON.
        let tags = columns.tags.map_or("", cell);
        let tags = tags
            .split(['|', ','])
            .map(|tag| tag.trim().trim_matches(['[', ']', '"']).to_owned());
        let subscription = Subscription {
            address: address.to_owned(),
            title: Some(cell(columns.title).to_owned()),
            folders: folder.into_iter().map(str::to_owned).collect(),
            tags: tags.collect(),
            ..Subscription::default()
        };
        if super::subscribe(outlet, subscription) {
            found += 1;
        } else {
            let message = format!("“{address}” leads nowhere; passed over");
            outlet.warn(format!("line {line}"), message);
        }
    }
    if let Some(line) = rows.unclosed {
        let message = "a quotation mark is never closed; what follows was taken as one field";
        outlet.warn(format!("line {line}"), message);
    }
    if found == 0 {
        outlet.has_no_text();
    }
}
