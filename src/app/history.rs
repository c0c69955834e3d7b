//! The searches that were made, walked back and forth through as in a shell.
//!
//! What stands in the line when the walk begins narrows it to those that begin so, and comes back at its end.

/// The searches that were made, and where in them the person is.
#[derive(Debug, Default)]
pub struct History {
    /// Each once, the newest last.
    asked: Vec<String>,
    /// The place of the one in the line; none outside a walk.
    at: Option<usize>,
    /// What stood in the line when the walk began.
    draft: String,
}

impl History {
    /// Takes the searches of earlier sessions.
    pub fn take(&mut self, asked: Vec<String>) {
        *self = Self {
            asked,
            ..Self::default()
        };
    }

    /// Keeps a search as the newest. Returns whether that is any change.
    pub fn keep(&mut self, text: &str) -> bool {
        self.at = None;
        if text.is_empty() || self.asked.last().is_some_and(|last| last == text) {
            return false;
        }
        self.asked.retain(|other| other != text);
        self.asked.push(text.to_owned());
        true
    }

    /// Forgets every search.
    pub fn clear(&mut self) {
        self.take(Vec::new());
    }

    /// Ends the walk: the line was edited.
    pub fn end(&mut self) {
        self.at = None;
    }

    /// Returns the search before the one in the line, which says `line` now; nothing where there is none.
    pub fn earlier(&mut self, line: &str) -> Option<&str> {
        if self.at.is_none() {
            line.clone_into(&mut self.draft);
        }
        let end = self.at.unwrap_or(self.asked.len());
        let mut before = self.asked.iter().take(end).enumerate().rev();
        let (at, text) = before.find(|(_, text)| self.fits(text, line))?;
        self.at = Some(at);
        Some(text)
    }

    /// Returns the search after the one in the line, at last what stood there first; nothing outside a walk.
    pub fn later(&mut self, line: &str) -> Option<&str> {
        let from = self.at? + 1;
        let mut after = self.asked.iter().enumerate().skip(from);
        let next = after.find(|(_, text)| self.fits(text, line));
        self.at = next.map(|(at, _)| at);
        Some(next.map_or(self.draft.as_str(), |(_, text)| text))
    }

    fn fits(&self, text: &str, line: &str) -> bool {
        text.starts_with(self.draft.as_str()) && text != line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn history() -> History {
        let mut history = History::default();
        for text in ["mutual", "tupe", "mutual trust", "tupe", "", "care"] {
            history.keep(text);
        }
        history
    }

    #[test]
    fn a_walk_goes_back_to_the_oldest_and_forth_to_what_was_being_typed() {
        let mut history = history();
        assert_eq!(history.later("x"), None);
        for text in ["care", "tupe", "mutual trust", "mutual"] {
            assert_eq!(history.earlier(""), Some(text));
        }
        assert_eq!(history.earlier("mutual"), None);
        for text in ["mutual trust", "tupe", "care", ""] {
            assert_eq!(history.later("mutual"), Some(text));
        }
        assert_eq!(history.later(""), None);
    }

    #[test]
    fn what_is_typed_narrows_the_walk_and_comes_back() {
        let mut history = history();
        assert_eq!(history.earlier("mut"), Some("mutual trust"));
        assert_eq!(history.earlier("mutual trust"), Some("mutual"));
        assert_eq!(history.earlier("mutual"), None);
        assert_eq!(history.later("mutual"), Some("mutual trust"));
        assert_eq!(history.later("mutual trust"), Some("mut"));
        assert_eq!(history.earlier("quidditch"), None);
    }

    #[test]
    fn a_search_is_kept_once_and_the_same_again_is_no_change() {
        let mut history = history();
        assert!(!history.keep("care") && !history.keep(""));
        assert!(history.keep("mutual"));
        assert_eq!(history.earlier(""), Some("mutual"));
        history.clear();
        assert_eq!(history.earlier(""), None);
    }
}
