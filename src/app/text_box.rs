//! Several lines that a person edits, wrapped where they are longer than the box is wide.
//!
//! A line is edited as every other is ([`Line`]); here are the ends of lines and the way from row to row.

use std::ops::Range;

use super::{Action, Line};
use crate::text::cells;

/// Lines of text with a cursor in one of them. There is always a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextBox {
    lines: Vec<Line>,
    at: usize,
}

/// A row of the box: part of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoxRow {
    /// The place of the line.
    pub line: usize,
    /// Its bytes on this row.
    pub range: Range<usize>,
}

impl Default for TextBox {
    fn default() -> Self {
        Self::new("")
    }
}

impl TextBox {
    /// Returns a box with the cursor at the end of the text.
    pub fn new(text: &str) -> Self {
        let lines: Vec<Line> = text.split('\n').map(Line::new).collect();
        Self {
            at: lines.len().saturating_sub(1),
            lines,
        }
    }

    /// Returns the text.
    pub fn text(&self) -> String {
        let lines: Vec<&str> = self.lines.iter().map(Line::text).collect();
        lines.join("\n")
    }

    /// Writes at the cursor; line feeds part lines.
    pub fn insert(&mut self, text: &str) {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        for (place, line) in text.split('\n').enumerate() {
            if place > 0 {
                self.part();
            }
            if let Some(current) = self.lines.get_mut(self.at) {
                current.insert(line);
            }
        }
    }

    /// Parts the line at the cursor.
    fn part(&mut self) {
        let Some(line) = self.lines.get_mut(self.at) else {
            return;
        };
        let before = line.before_cursor().to_owned();
        let mut rest = Line::new(line.text().get(before.len()..).unwrap_or_default());
        rest.put_cursor(0);
        line.set(&before);
        self.at += 1;
        self.lines.insert(self.at, rest);
    }

    /// Joins a line to the one before it, the cursor between them.
    fn join(&mut self, place: usize) -> bool {
        if place == 0 || place >= self.lines.len() {
            return false;
        }
        let joined = self.lines.remove(place);
        self.at = place - 1;
        if let Some(line) = self.lines.get_mut(self.at) {
            let end = line.text().len();
            let text = format!("{}{}", line.text(), joined.text());
            line.set(&text);
            line.put_cursor(end);
        }
        true
    }

    /// Does what an editing action says in a box of `room` cells; returns whether the text changed.
    pub fn edit(&mut self, action: Action, room: usize) -> bool {
        let Some(line) = self.lines.get(self.at) else {
            return false;
        };
        let before = line.before_cursor().len();
        let (at_start, at_end) = (before == 0, before == line.text().len());
        match action {
            Action::NewLine => {
                self.part();
                true
            }
            Action::Up => self.step_rows(-1, room),
            Action::Down => self.step_rows(1, room),
            Action::DeleteBack | Action::DeleteWord if at_start => self.join(self.at),
            Action::DeleteForward | Action::DeleteToEnd if at_end => self.join(self.at + 1),
            Action::CharacterBack | Action::WordBack if at_start && self.at > 0 => {
                self.at -= 1;
                self.edit_line(Action::LineEnd)
            }
            Action::CharacterForward | Action::WordForward
                if at_end && self.at + 1 < self.lines.len() =>
            {
                self.at += 1;
                self.edit_line(Action::LineStart)
            }
            action => self.edit_line(action),
        }
    }

    fn edit_line(&mut self, action: Action) -> bool {
        let line = self.lines.get_mut(self.at);
        line.is_some_and(|line| line.edit(action))
    }

    /// Moves the cursor by rows, in its column as far as there is one.
    fn step_rows(&mut self, rows: isize, room: usize) -> bool {
        let all = self.rows(room);
        let (row, column) = self.cursor(room);
        let to = row
            .saturating_add_signed(rows)
            .min(all.len().saturating_sub(1));
        if to == row {
            return false;
        }
        if let Some(BoxRow { line, range }) = all.get(to)
            && let Some(to) = self.lines.get_mut(*line)
        {
            let text = to.text().get(range.clone()).unwrap_or_default();
            let mut at = range.start + cells::truncate(text, column).0.len();
            let goes_on = range.end < to.text().len();
            if goes_on && at == range.end {
                // The end of a row that goes on is the beginning of the next.
                at = at.saturating_sub(text.chars().next_back().map_or(0, char::len_utf8));
            }
            to.put_cursor(at);
            self.at = *line;
        }
        false
    }

    /// Returns the rows in a box of `room` cells.
    pub fn rows(&self, room: usize) -> Vec<BoxRow> {
        let mut rows = Vec::new();
        for (place, line) in self.lines.iter().enumerate() {
            let wrapped = wrap(line.text(), room.max(2));
            rows.extend(
                wrapped
                    .into_iter()
                    .map(|range| BoxRow { line: place, range }),
            );
        }
        rows
    }

    /// Returns the text of a row.
    pub fn row_text(&self, row: &BoxRow) -> &str {
        let line = self.lines.get(row.line);
        line.and_then(|line| line.text().get(row.range.clone()))
            .unwrap_or_default()
    }

    /// Returns the row of the cursor, and its cell there.
    pub fn cursor(&self, room: usize) -> (usize, usize) {
        let before = self.lines.get(self.at).map_or("", Line::before_cursor);
        let rows = self.rows(room);
        let of_line = |row: &BoxRow| {
            row.line < self.at || row.line == self.at && row.range.start <= before.len()
        };
        let row = rows.iter().rposition(of_line).unwrap_or(0);
        let start = rows.get(row).map_or(0, |row| row.range.start);
        (row, cells::width(before.get(start..).unwrap_or_default()))
    }
}

/// Returns the rows of a line: parted after blanks where there are some, else between clusters.
fn wrap(text: &str, room: usize) -> Vec<Range<usize>> {
    let mut rows = Vec::new();
    let (mut start, mut reached, mut blank) = (0, 0, None);
    for (at, cluster, width) in cells::clusters(text) {
        // A cell is left for the cursor at the end.
        if reached + width >= room && at > start {
            let end = blank.unwrap_or(at);
            rows.push(start..end);
            start = end;
            reached = cells::width(text.get(start..at).unwrap_or_default());
            blank = None;
        }
        reached += width;
        if cluster == " " {
            blank = Some(at + 1);
        }
    }
    rows.push(start..text.len());
    rows
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rows(text: &str, room: usize) -> Vec<String> {
        let text = TextBox::new(text);
        let rows = text.rows(room);
        rows.iter()
            .map(|row| text.row_text(row).to_owned())
            .collect()
    }

    #[test]
    fn long_lines_are_wrapped_at_blanks() {
        for (text, expected) in [
            ("one two three", &["one ", "two ", "three"][..]),
            ("one\n\ntwo", &["one", "", "two"]),
            ("abcdefghij", &["abcdef", "ghij"]),
            ("漢漢漢漢", &["漢漢漢", "漢"]),
            ("", &[""]),
        ] {
            assert_eq!(rows(text, 7), expected, "{text}");
        }
    }

    #[test]
    fn lines_are_parted_and_joined_at_their_ends() {
        let mut text = TextBox::new("one");
        for (action, expected) in [
            (Action::NewLine, "one\n"),
            (Action::DeleteBack, "one"),
            (Action::LineStart, "one"),
            (Action::NewLine, "\none"),
            (Action::CharacterBack, "\none"),
            (Action::DeleteForward, "one"),
            (Action::DeleteForward, "ne"),
            (Action::DeleteBack, "ne"),
        ] {
            text.edit(action, 20);
            assert_eq!(text.text(), expected, "{action:?}");
        }
        text.insert("a\r\nb");
        assert_eq!(text.text(), "a\nbne");
    }

    #[test]
    fn the_cursor_goes_from_row_to_row_in_its_column() {
        let mut text = TextBox::new("one two three\nab\nlonger");
        assert_eq!(text.cursor(9), (3, 6));
        text.edit(Action::Up, 9);
        assert_eq!(text.cursor(9), (2, 2));
        text.edit(Action::Up, 9);
        assert_eq!(text.cursor(9), (1, 2));
        text.edit(Action::Up, 9);
        assert_eq!(text.cursor(9), (0, 2));
        text.edit(Action::Up, 9);
        text.insert("x");
        assert_eq!(text.text(), "onxe two three\nab\nlonger");
    }

    proptest! {
        #[test]
        fn any_editing_keeps_the_cursor_on_a_row_and_every_byte_in_one(
            text in "[a é漢\n]{0,40}",
            keys in proptest::collection::vec(0..super::super::ACTIONS.len(), 0..30),
            room in 0_usize..12,
        ) {
            let mut edited = TextBox::new(&text);
            for key in keys {
                edited.edit(super::super::ACTIONS[key].action, room);
                edited.edit(Action::Up, room);
                edited.insert("é ");
                let rows = edited.rows(room);
                let (row, cell) = edited.cursor(room);
                prop_assert!(row < rows.len());
                prop_assert!(cell <= room.max(2) + 1, "{} in {}", cell, room);
                let shown: usize = rows.iter().map(|row| edited.row_text(row).len()).sum();
                prop_assert_eq!(shown, edited.text().replace('\n', "").len());
            }
        }
    }
}
