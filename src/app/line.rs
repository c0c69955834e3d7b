//! A line that a person edits: the search field, a find, a file name. Readline's keys, whole grapheme clusters.

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use super::Action;
use crate::text::{cells, sanitize};

/// How many bytes a line holds at most: far beyond any question, well below what a slip of the paste would cost.
const MAX_BYTES: usize = 8 * 1024;

/// A line of text with a cursor between two of its grapheme clusters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    text: String,
    cursor: usize,
}

impl Line {
    /// Returns a line with the cursor at its end.
    pub fn new(text: &str) -> Self {
        Self {
            cursor: text.len(),
            text: text.to_owned(),
        }
    }

    /// Returns its text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the text before the cursor.
    pub fn before_cursor(&self) -> &str {
        self.text.get(..self.cursor).unwrap_or_default()
    }

    /// Puts the text in place of all that was there, the cursor at its end.
    pub fn set(&mut self, text: &str) {
        *self = Self::new(text);
    }

    /// Puts the cursor before the cluster at `cells` cells from the left of what a field of `room` cells shows.
    pub fn click(&mut self, cells: usize, room: usize) {
        let start = self.window_start(room);
        let shown = self.text.get(start..).unwrap_or_default();
        self.cursor = start + cells::truncate(shown, cells).0.len();
    }

    /// Puts the cursor at a byte, or before the cluster that it is within.
    pub fn put_cursor(&mut self, at: usize) {
        let starts = cells::clusters(&self.text).map(|(start, _, _)| start);
        let before = starts.take_while(|start| *start <= at).last();
        self.cursor = if at >= self.text.len() {
            self.text.len()
        } else {
            before.unwrap_or(0)
        };
    }

    /// Returns the part of the text that a field of `room` cells shows, the cursor in it, and the cell of the cursor.
    pub fn window(&self, room: usize) -> (&str, usize) {
        let start = self.window_start(room);
        let shown = self.text.get(start..).unwrap_or_default();
        (
            cells::truncate(shown, room).0,
            self.cells_before_cursor(start),
        )
    }

    /// Returns the byte at which the part begins that a field of `room` cells shows, that part, and the cell of the cursor.
    pub fn shown(&self, room: usize) -> (usize, &str, usize) {
        let (text, cursor) = self.window(room);
        (self.window_start(room), text, cursor)
    }

    /// Puts text in the place of what stands between the byte `from` and the cursor.
    pub fn replace_before_cursor(&mut self, from: usize, text: &str) {
        if self.text.get(from..self.cursor).is_some() {
            self.text.replace_range(from..self.cursor, "");
            self.cursor = from;
            self.insert(text);
        }
    }

    /// Returns the first byte from which all before the cursor leaves it a cell of the room. Counted from the cursor
    /// backwards: a pasted line has thousands of clusters, and a field shows a hundred.
    fn window_start(&self, room: usize) -> usize {
        let before = self.before_cursor();
        let (mut start, mut used) = (before.len(), 0);
        for (at, cluster) in before.grapheme_indices(true).rev() {
            used += cells::width(cluster);
            if used >= room.max(1) {
                break;
            }
            start = at;
        }
        start
    }

    fn cells_before_cursor(&self, start: usize) -> usize {
        cells::width(self.text.get(start..self.cursor).unwrap_or_default())
    }

    /// Writes at the cursor; line breaks and tabs become blanks, what does not fit is left out. Returns whether all fitted.
    pub fn insert(&mut self, text: &str) -> bool {
        let text = sanitize::clean(text).replace(['\n', '\t'], " ");
        let room = text.floor_char_boundary(MAX_BYTES.saturating_sub(self.text.len()));
        let fits = room == text.len();
        let text = text.get(..room).unwrap_or_default();
        self.text.insert_str(self.cursor, text);
        self.cursor = self.boundary_from(self.cursor + text.len());
        fits
    }

    /// Does what an editing action says; returns whether the text changed.
    pub fn edit(&mut self, action: Action) -> bool {
        let (from, to) = match action {
            Action::LineStart => return self.move_to(0),
            Action::LineEnd => return self.move_to(self.text.len()),
            Action::CharacterBack => return self.move_to(self.previous()),
            Action::CharacterForward => return self.move_to(self.next()),
            Action::WordBack => return self.move_to(self.word_start()),
            Action::WordForward => return self.move_to(self.word_end()),
            Action::Clear => (0, self.text.len()),
            Action::DeleteBack => (self.previous(), self.cursor),
            Action::DeleteForward => (self.cursor, self.next()),
            Action::DeleteWord => (self.word_start(), self.cursor),
            Action::DeleteToEnd => (self.cursor, self.text.len()),
            _ => return false,
        };
        self.text.replace_range(from..to, "");
        self.cursor = self.boundary_from(from);
        from < to
    }

    /// Returns the first place from `at` on that is between two clusters: what is written or taken away may join what
    /// stood apart.
    fn boundary_from(&self, at: usize) -> usize {
        let mut cursor = GraphemeCursor::new(at, self.text.len(), true);
        if cursor.is_boundary(&self.text, 0).unwrap_or(true) {
            return at;
        }
        let next = cursor.next_boundary(&self.text, 0).ok().flatten();
        next.unwrap_or(self.text.len())
    }

    /// Returns the last place up to `at` that is between two clusters: a word may begin within one.
    fn boundary_to(&self, at: usize) -> usize {
        let mut cursor = GraphemeCursor::new(at, self.text.len(), true);
        if cursor.is_boundary(&self.text, 0).unwrap_or(true) {
            return at;
        }
        let previous = cursor.prev_boundary(&self.text, 0).ok().flatten();
        previous.unwrap_or(0)
    }

    fn move_to(&mut self, place: usize) -> bool {
        self.cursor = place;
        false
    }

    fn previous(&self) -> usize {
        let mut cursor = GraphemeCursor::new(self.cursor, self.text.len(), true);
        cursor
            .prev_boundary(&self.text, 0)
            .ok()
            .flatten()
            .unwrap_or(0)
    }

    fn next(&self) -> usize {
        let mut cursor = GraphemeCursor::new(self.cursor, self.text.len(), true);
        cursor
            .next_boundary(&self.text, 0)
            .ok()
            .flatten()
            .unwrap_or(self.text.len())
    }

    /// Returns where the word before the cursor begins; the blanks between are passed over.
    fn word_start(&self) -> usize {
        let words = self.before_cursor().split_word_bound_indices().rev();
        words
            .into_iter()
            .find(|(_, word)| is_word(word))
            .map_or(0, |(start, _)| self.boundary_to(start))
    }

    fn word_end(&self) -> usize {
        let rest = self.text.get(self.cursor..).unwrap_or_default();
        let mut words = rest.split_word_bound_indices();
        words
            .find(|(_, word)| is_word(word))
            .map_or(self.text.len(), |(start, word)| {
                self.boundary_from(self.cursor + start + word.len())
            })
    }
}

fn is_word(word: &str) -> bool {
    word.chars().any(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn readline_s_keys_do_what_readline_does() {
        for (action, text, before) in [
            (Action::DeleteWord, "social ", "social "),
            (Action::DeleteBack, "social valu", "social valu"),
            (Action::LineStart, "social value", ""),
            (Action::WordBack, "social value", "social "),
            (Action::CharacterBack, "social value", "social valu"),
            (Action::Clear, "", ""),
        ] {
            let mut line = Line::new("social value");
            line.edit(action);
            assert_eq!(
                (line.text(), line.before_cursor()),
                (text, before),
                "{action:?}"
            );
        }
        let mut line = Line::new("social value");
        line.edit(Action::LineStart);
        line.edit(Action::WordForward);
        line.edit(Action::DeleteToEnd);
        assert_eq!(line.text(), "social");
    }

    #[test]
    fn a_long_line_shows_the_part_around_its_cursor_and_a_click_points_into_that() {
        let mut line = Line::new("abcdefghij");
        assert_eq!(line.window(4), ("hij", 3));
        line.click(1, 4);
        assert_eq!(line.before_cursor(), "abcdefgh");
        line.edit(Action::LineStart);
        assert_eq!(line.window(4), ("abcd", 0));
        assert_eq!(Line::new("short").window(10), ("short", 5));
    }

    #[test]
    fn a_family_goes_with_one_key() {
        let mut line = Line::new("a👨‍👩‍👧");
        assert!(line.edit(Action::DeleteBack));
        assert_eq!(line.text(), "a");
    }

    #[test]
    fn what_is_pasted_becomes_one_line_without_commands() {
        let mut line = Line::default();
        assert!(line.insert("two\nlines\u{1b}[31m"));
        assert_eq!(line.text(), "two lines[31m");
        assert!(
            !line.insert(&"é".repeat(MAX_BYTES)),
            "it says that it was cut"
        );
        assert!(line.text().len() <= MAX_BYTES);
    }

    #[test]
    fn a_pasted_book_is_shown_as_fast_as_a_word() {
        let mut line = Line::default();
        line.insert(&"é".repeat(MAX_BYTES));
        let began = std::time::Instant::now();
        // A minute of drawing at ten pictures a second.
        for _ in 0..600 {
            assert_eq!(line.window(60).1, 59);
        }
        assert!(began.elapsed().as_secs() < 10);
    }

    #[test]
    fn what_joins_the_cursor_s_neighbours_leaves_it_no_place_within() {
        let mut line = Line::new("\u{301}b");
        line.edit(Action::LineStart);
        line.insert("e");
        assert_eq!(line.before_cursor(), "e\u{301}");
        // Two halves of a flag.
        let mut line = Line::new("🇬x🇧");
        line.edit(Action::CharacterBack);
        line.edit(Action::DeleteBack);
        assert_eq!(line.before_cursor(), "🇬🇧");
    }

    fn is_between_clusters(line: &Line) -> bool {
        let cursor = line.cursor;
        let mut starts = line.text.grapheme_indices(true).map(|(at, _)| at);
        cursor == line.text.len() || starts.any(|start| start == cursor)
    }

    proptest! {
        #[test]
        fn any_editing_leaves_the_cursor_between_clusters(
            text in "(\\PC|[ab ]|[\u{301}\u{200d}🇬👨👩\u{1100}\u{1161}\u{600}]){0,20}",
            keys in proptest::collection::vec(0..super::super::ACTIONS.len(), 0..30),
        ) {
            let mut line = Line::new(&text);
            for key in keys {
                line.edit(super::super::ACTIONS[key].action);
                prop_assert!(is_between_clusters(&line));
                line.insert("x");
                prop_assert!(is_between_clusters(&line));
            }
        }

        #[test]
        fn a_window_is_the_longest_that_leaves_the_cursor_a_cell(
            text in "(\\PC|[a-z]|e\u{301}|👨‍👩‍👧|🇬🇧){0,40}", back in 0_usize..30, room in 0_usize..20,
        ) {
            let mut line = Line::new(&text);
            for _ in 0..back {
                line.edit(Action::CharacterBack);
            }
            let before = line.before_cursor();
            let fits = |start: &usize| cells::width(&before[*start..]) < room.max(1);
            let starts = cells::clusters(before).map(|(at, _, _)| at);
            let expected = starts.chain([before.len()]).find(fits);
            prop_assert_eq!(Some(line.shown(room).0), expected);
        }
    }
}
