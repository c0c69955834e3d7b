//! What a page hides, and where that ends.

/// How deep hidden elements are followed.
const DEEPEST: usize = 256;

/// The elements that are open within a hidden one, that one first; empty where nothing is hidden.
#[derive(Debug, Default)]
pub(super) struct Hidden(Vec<String>);

impl Hidden {
    /// Hides an element and what is in it.
    pub fn hide(&mut self, name: &str) {
        self.0.push(name.to_owned());
    }

    /// Returns whether something is hidden.
    pub fn is_hiding(&self) -> bool {
        !self.0.is_empty()
    }

    /// Takes a start tag while something is hidden. Returns whether it is hidden too: a hidden element that may leave
    /// out its end tag ends where its like begins.
    pub fn start(&mut self, name: &str, closed: bool) -> bool {
        if matches!(self.0.as_slice(), [only] if only == name && may_stay_open(name)) {
            self.0.clear();
            return false;
        }
        if !closed && self.0.len() < DEEPEST {
            self.0.push(name.to_owned());
        }
        true
    }

    /// Takes an end tag while something is hidden. Returns whether it is hidden too: one of an element that stands
    /// around (`is_open`) ends a hidden element that may leave out its own.
    pub fn end(&mut self, name: &str, is_open: bool) -> bool {
        if let Some(place) = self.0.iter().rposition(|hidden| hidden == name) {
            self.0.truncate(place);
            return true;
        }
        let ends = is_open && self.0.first().is_some_and(|first| may_stay_open(first));
        if ends {
            self.0.clear();
        }
        !ends
    }
}

/// Returns whether an element may leave out its end tag (HTML, section 13.1.2.4).
fn may_stay_open(name: &str) -> bool {
    matches!(
        name,
        "p" | "li" | "dt" | "dd" | "tr" | "td" | "th" | "option"
    )
}
