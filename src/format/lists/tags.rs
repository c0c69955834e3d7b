//! The tags of an XML file that nobody checked: values with quotation marks and `>` in them, attributes in any case.
//!
//! An XML reader loses its way at `him "the world's best"` within a value, and with it all that follows. Here a
//! quotation mark ends a value only where another attribute or the end of the tag comes next.

/// A tag and what is written up to the next.
pub(super) struct Tag<'t> {
    /// Its name, without the slash of an end tag.
    pub name: &'t str,
    /// It ends an element.
    pub ends: bool,
    /// It begins and ends one.
    pub empty: bool,
    /// Its attributes as written.
    pub attributes: Vec<(&'t str, &'t str)>,
    /// The text that follows it.
    pub text: &'t str,
}

/// The tags of a text, one by one; comments and declarations are passed over.
pub(super) struct Tags<'t> {
    whole: &'t str,
    rest: &'t str,
    /// Where something begins that nothing ends, as a line.
    pub unclosed: Option<usize>,
}

impl<'t> Tags<'t> {
    /// Returns the tags of a text.
    pub fn of(text: &'t str) -> Self {
        Self {
            whole: text,
            rest: text,
            unclosed: None,
        }
    }

    fn line(&self) -> usize {
        let at = self.whole.len() - self.rest.len();
        let before = self.whole.get(..at).unwrap_or_default();
        before.matches('\n').count() + 1
    }

    /// Skips to what follows `end`, or notes that there is none.
    fn skip_past(&mut self, end: &str) -> Option<()> {
        if let Some((_, after)) = self.rest.split_once(end) {
            self.rest = after;
            return Some(());
        }
        self.unclosed = Some(self.line());
        self.rest = "";
        None
    }

    fn tag(&mut self) -> Option<Tag<'t>> {
        let line = self.rest;
        let after = self.rest.get(1..)?;
        let ends = after.starts_with('/');
        let (name, mut rest) = split_name(after.trim_start_matches('/'));
        let mut attributes = Vec::new();
        loop {
            rest = rest.trim_start();
            if let Some(after) = rest.strip_prefix("/>").or_else(|| rest.strip_prefix('>')) {
                let empty = rest.starts_with('/');
                let end = after.find('<').unwrap_or(after.len());
                let (text, next) = after.split_at(end);
                self.rest = next;
                return Some(Tag {
                    name,
                    ends,
                    empty,
                    attributes,
                    text,
                });
            }
            if rest.is_empty() {
                self.rest = line;
                self.unclosed = Some(self.line());
                self.rest = "";
                return None;
            }
            let (key, after) = split_name(rest);
            let value = after.trim_start().strip_prefix('=').map(str::trim_start);
            if let (false, Some(value)) = (key.is_empty(), value) {
                let (value, after) = split_value(value, name);
                attributes.push((key, value));
                rest = after;
            } else if key.is_empty() {
                let mut characters = rest.chars();
                characters.next();
                rest = characters.as_str();
            } else {
                rest = after;
            }
        }
    }
}

impl<'t> Iterator for Tags<'t> {
    type Item = Tag<'t>;

    fn next(&mut self) -> Option<Tag<'t>> {
        loop {
            self.rest = self.rest.get(self.rest.find('<')?..)?;
            if self.rest.starts_with("<!--") {
                self.skip_past("-->")?;
            } else if self.rest.starts_with("<!") || self.rest.starts_with("<?") {
                self.skip_past(">")?;
            } else {
                return self.tag();
            }
        }
    }
}

/// Parts the name that a text begins with from the rest.
fn split_name(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !is_of_name(c)).unwrap_or(text.len());
    text.split_at(end)
}

fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, ':' | '_' | '-' | '.')
}

/// Parts a value of an element's attribute, in quotation marks or not, from the rest.
fn split_value<'t>(text: &'t str, element: &str) -> (&'t str, &'t str) {
    let Some(quote) = text.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
        let end = text.find(|c: char| c.is_whitespace() || c == '>');
        return text.split_at(end.unwrap_or(text.len()));
    };
    let value = text.get(1..).unwrap_or_default();
    for (at, _) in value.match_indices(quote) {
        let after = value.get(at + 1..).unwrap_or_default();
        if ends_value(after, element) {
            return (value.get(..at).unwrap_or_default(), after);
        }
    }
    (value, "")
}

/// Returns whether what follows a quotation mark is what follows a value: an attribute, or the end of the tag. After
/// the tag of an outline comes another, so that `<a href="x">words` within a value ends nothing.
fn ends_value(after: &str, element: &str) -> bool {
    let rest = after.trim_start();
    if let Some(next) = rest.strip_prefix("/>").or_else(|| rest.strip_prefix('>')) {
        let next = next.trim_start();
        return next.is_empty()
            || next.starts_with('<')
            || !element.eq_ignore_ascii_case("outline");
    }
    let (name, then) = split_name(rest);
    rest.is_empty() || !name.is_empty() && then.trim_start().starts_with('=')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_hold_quotation_marks_that_nobody_escaped() {
        let mut tags = Tags::of(
            "<?xml?><!-- <a> --><outline a=\"calls him \"the world's best\" > and\" b='x' C = y/><title>T</title>\n<o a=\"",
        );
        let first = tags.next().unwrap();
        assert_eq!((first.name, first.empty), ("outline", false));
        assert_eq!(
            first.attributes,
            [
                ("a", "calls him \"the world's best\" > and"),
                ("b", "x"),
                ("C", "y/")
            ]
        );
        let markup = "<outline text=\"at <a href=\"x\">A</a>\" xmlUrl=\"y\"/> <outline";
        let outline = Tags::of(markup).next().unwrap();
        assert_eq!(
            outline.attributes,
            [("text", "at <a href=\"x\">A</a>"), ("xmlUrl", "y")]
        );
        assert_eq!(tags.next().unwrap().text, "T");
        assert!(tags.next().unwrap().ends);
        assert!(tags.next().is_none());
        assert_eq!(tags.unclosed, Some(2));
    }
}
