//! What a fence says it is.

use super::Fence;
use crate::format::rst;

/// The directives that hold text and not code, besides remarks.
const OF_TEXT: [&str; 38] = [
    "admonition",
    "aside",
    "card",
    "card-carousel",
    "class",
    "container",
    "definition",
    "details",
    "div",
    "dropdown",
    "epigraph",
    "example",
    "exercise",
    "figure",
    "glossary",
    "grid",
    "grid-item",
    "grid-item-card",
    "highlights",
    "iframe",
    "list-table",
    "margin",
    "only",
    "proof",
    "pull-quote",
    "quote",
    "rst-class",
    "sidebar",
    "solution",
    "tab",
    "tab-item",
    "tab-set",
    "table",
    "tabs",
    "theorem",
    "topic",
    "image",
    "toctree",
];

/// Those of them whose argument is a title.
const TITLED: [&str; 14] = [
    "admonition",
    "card",
    "definition",
    "details",
    "dropdown",
    "exercise",
    "grid-item-card",
    "proof",
    "sidebar",
    "tab",
    "tab-item",
    "table",
    "theorem",
    "topic",
];

/// What a fence says it is, where that is no code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Directive<'t> {
    /// Its name.
    pub name: &'t str,
    /// What stands behind the name: a title, a path.
    pub argument: &'t str,
    /// It stands between colons, where everything is text.
    is_division: bool,
}

impl<'t> Directive<'t> {
    /// Returns what a fence is: `{note} x`, and between colons `note x`, `note[x]`, `{.callout-note title="x"}`.
    pub fn of(fence: &Fence<'t>) -> Option<Self> {
        let is_division = fence.sign == ':';
        let (name, argument) = match fence.info.strip_prefix('{') {
            Some(rest) => {
                let (inner, after) = rest.split_once('}')?;
                if inner.starts_with(['.', '#', '=']) || inner.contains('=') {
                    // What Pandoc says of code.
                    if !is_division {
                        return None;
                    }
                    let mut words = inner.split_whitespace();
                    let class = words
                        .find_map(|word| word.strip_prefix('.'))
                        .unwrap_or_default();
                    let name = class.strip_prefix("callout-").unwrap_or(class);
                    (name, title(inner).unwrap_or_default())
                } else {
                    (inner, after)
                }
            }
            None if is_division => {
                let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
                let end = fence.info.find(|c| !is_name(c)).unwrap_or(fence.info.len());
                fence.info.split_at_checked(end)?
            }
            None => return None,
        };
        let argument = argument.trim();
        let bracketed = argument
            .strip_prefix('[')
            .and_then(|rest| rest.split_once(']'))
            .map(|(title, _)| title);
        let argument = match bracketed {
            Some(title) => title,
            None if argument.starts_with('{') => title(argument).unwrap_or_default(),
            None => argument,
        };
        Some(Self {
            name,
            argument,
            is_division,
        })
    }

    /// Returns what a remark of this sort is called.
    pub fn remark(&self) -> Option<&'static str> {
        rst::remark(&self.name.to_ascii_lowercase())
    }

    /// Returns what this remark is called.
    pub fn called(&self, sort: &str, given: &str) -> String {
        if sort.ends_with("version") {
            format!("{sort} {}", self.argument)
        } else if !self.argument.is_empty() {
            self.argument.to_owned()
        } else if !given.is_empty() {
            given.to_owned()
        } else {
            sort.to_owned()
        }
    }

    /// Returns the title that its argument is.
    pub fn title(&self) -> Option<&'t str> {
        let is_title = TITLED.contains(&self.name) || self.name.starts_with("prf:");
        Some(self.argument).filter(|argument| is_title && !argument.is_empty())
    }

    /// Returns whether it holds text and not code.
    pub fn holds_text(&self) -> bool {
        self.is_division
            || OF_TEXT.contains(&self.name)
            || self.name.starts_with("prf:")
            || self.remark().is_some()
    }
}

/// Returns the title among attributes, `title="x"`.
fn title(attributes: &str) -> Option<&str> {
    let (_, rest) = attributes.split_once("title=")?;
    let mark = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    rest.get(1..)?.split(mark).next()
}
