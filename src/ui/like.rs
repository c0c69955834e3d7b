//! What the documents found are like: the title of the one, and the words that the others share with it.

use ratatui::buffer::Buffer;

use super::look::{Look, Role};
use super::pen::Pen;
use crate::app::{App, Area};
use crate::query::Likeness;
use crate::text::cells;

/// Where the words begin, as in the list below.
const INDENT: u16 = 3;

pub(super) fn draw(app: &App, area: Area, look: &Look, buffer: &mut Buffer) {
    let Some(likeness) = app.list.likes.first() else {
        return;
    };
    let mut pen = Pen::own(buffer, area, look);
    let room = usize::from(area.width.saturating_sub(INDENT + 1));
    let title = told(likeness, app.list.likes.len() - 1);
    let title = cells::truncate_with_ellipsis(&title, room);
    pen.write(INDENT, 0, &title, look.style(Role::Heading));
    let is_whole = app.coverage.searchable >= app.coverage.documents;
    for (row, line) in (1..).zip(rows_of(likeness, room, is_whole)) {
        pen.write(INDENT, row, &line, look.style(Role::Chip));
    }
}

/// Returns what the documents are like.
fn told(likeness: &Likeness, others: usize) -> String {
    let id = likeness.like.id;
    let what = match (&likeness.title, likeness.like.at) {
        (None, _) => return format!("no document {id} in the library"),
        (Some(title), None) => format!("like “{title}”"),
        (Some(title), Some(_)) => format!("like a passage of “{title}”"),
    };
    match others {
        0 => what,
        more => format!("{what} and {more} more"),
    }
}

/// Returns the shared words in two rows, as many as there is room for. Which words tell a document is known once the
/// library `is_whole`, searchable throughout.
fn rows_of(likeness: &Likeness, room: usize, is_whole: bool) -> Vec<String> {
    if likeness.words.is_empty() && likeness.title.is_some() && is_whole {
        return vec![
            cells::truncate_with_ellipsis("no word of it tells it from others", room).into_owned(),
        ];
    }
    let mut rows = vec![String::new()];
    for word in &likeness.words {
        let last = rows.len() - 1;
        let Some(row) = rows.get_mut(last) else {
            break;
        };
        let parted = if row.is_empty() { "" } else { " · " };
        let longer = format!("{row}{parted}{}", word.shown);
        if cells::width(&longer) <= room {
            *row = longer;
        } else if last == 0 {
            rows.push(cells::truncate_with_ellipsis(&word.shown, room).into_owned());
        } else {
            break;
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::Like;
    use crate::query::like::TellingWord;

    #[test]
    fn it_says_what_is_shared_as_far_as_there_is_room() {
        let word = |shown: &str| TellingWord {
            stem: shown.to_owned(),
            shown: shown.to_owned(),
            weight: 1.0,
        };
        let mut likeness = Likeness {
            like: Like::read("12@7").unwrap(),
            title: Some("TUPE".to_owned()),
            words: ["tupe", "transferees", "admitted", "pensions"]
                .map(word)
                .to_vec(),
            without: Vec::new(),
        };
        assert_eq!(told(&likeness, 0), "like a passage of “TUPE”");
        assert_eq!(told(&likeness, 1), "like a passage of “TUPE” and 1 more");
        assert_eq!(
            rows_of(&likeness, 18, true),
            ["tupe · transferees", "admitted"]
        );
        assert_eq!(
            rows_of(&likeness, 80, true),
            ["tupe · transferees · admitted · pensions"]
        );
        assert_eq!(rows_of(&likeness, 6, true), ["tupe", "trans…"]);
        likeness.words.clear();
        assert_eq!(
            rows_of(&likeness, 80, true),
            ["no word of it tells it from others"]
        );
        assert_eq!(rows_of(&likeness, 80, false), [""]);
        likeness.title = None;
        assert_eq!(told(&likeness, 0), "no document 12 in the library");
    }
}
