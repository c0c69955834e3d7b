//! MDX: Markdown among components and statements of JavaScript. The statements and the tags of components go, the title
//! that a component bears is kept, and what stands in it is Markdown, however far it is set in (mdxjs.com/docs).

use std::borrow::Cow;

use super::fences::Code;

/// The longest tag and comment, in bytes.
const LONGEST: usize = 8 * 1024;

/// The attributes that are shown as what a component is called.
const TITLES: [&str; 4] = ["title", "label", "summary", "header"];

/// How many tags and comments may lack their end before a text is taken for something else.
const MOST_UNENDED: usize = 64;

/// How deep components stand within components.
const DEEPEST: usize = 64;

/// Returns a text without what only MDX knows. Of another file than one of MDX nothing goes but the tags of components
/// that have a line for themselves.
pub(super) fn plain<'t>(text: &'t str, name: &str) -> Cow<'t, str> {
    let is_mdx = name
        .rsplit_once('.')
        .is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("mdx"));
    let has_component = |text: &str| {
        let mut tags = text
            .match_indices('<')
            .filter_map(|(at, _)| text.get(at + 1..));
        tags.any(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()))
    };
    if !is_mdx && !has_component(text) {
        return Cow::Borrowed(text);
    }
    let mut reading = Reading {
        rest: text,
        is_mdx,
        written: String::with_capacity(text.len()),
        open: Vec::new(),
        code: Code::default(),
        begins: true,
        unended: 0,
    };
    while !reading.rest.is_empty() {
        reading.line();
    }
    Cow::Owned(reading.written)
}

struct Reading<'t> {
    rest: &'t str,
    is_mdx: bool,
    written: String,
    /// How far in stands what the components hold that are open; nothing until its first line.
    open: Vec<Option<usize>>,
    code: Code,
    /// A block begins.
    begins: bool,
    /// How many tags and comments were looked through in vain for their end.
    unended: usize,
}

impl Reading<'_> {
    fn line(&mut self) {
        let end = self.rest.find('\n').map_or(self.rest.len(), |at| at + 1);
        let line = self.rest.get(..end).unwrap_or_default();
        let bare = line.trim_start();
        let indent = line.len() - bare.len();
        let is_code = self.code.takes(line);
        if !is_code && self.unended < MOST_UNENDED {
            if let Some(length) = self.passed(bare) {
                let after = self.rest.get(indent + length..).unwrap_or_default();
                // What stood alone in its line leaves none.
                self.rest = after.strip_prefix('\n').unwrap_or(after);
                return;
            }
            if let Some(length) = self.tag(indent) {
                self.rest = self.rest.get(length..).unwrap_or_default();
                return;
            }
        }
        self.begins = bare.trim().is_empty();
        let held = match self.open.last_mut() {
            Some(held) if !self.begins => *held.get_or_insert(indent),
            Some(held) => held.unwrap_or(0),
            None => 0,
        };
        self.written
            .push_str(line.get(indent.min(held)..).unwrap_or(line));
        self.rest = self.rest.get(end..).unwrap_or_default();
    }

    /// Returns the length of the statement or the comment that a line of MDX begins with.
    fn passed(&mut self, bare: &str) -> Option<usize> {
        if !self.is_mdx {
            return None;
        }
        let start = self.rest.len() - self.rest.trim_start_matches([' ', '\t']).len();
        let rest = self.rest.get(start..)?;
        if bare.starts_with("{/*") {
            let near = rest.get(..rest.floor_char_boundary(LONGEST))?;
            let end = near.find("*/}");
            self.unended += usize::from(end.is_none());
            return Some(end? + 3);
        }
        if !self.begins || start > 0 {
            return None;
        }
        let until_blank = || {
            let lines = rest.split_inclusive('\n');
            let worded = lines.take_while(|line| !line.trim().is_empty());
            worded.map(str::len).sum()
        };
        let names_source = || {
            let statement = rest.get(..until_blank()).unwrap_or_default();
            statement.contains(" from '") || statement.contains(" from \"")
        };
        let is_import = bare.starts_with("import ")
            && (bare.starts_with("import '") || bare.starts_with("import \"") || names_source());
        let exported = [
            "const ",
            "default ",
            "function ",
            "let ",
            "async ",
            "{",
            "*",
            "class ",
        ];
        let is_export = bare
            .strip_prefix("export ")
            .is_some_and(|rest| exported.iter().any(|word| rest.starts_with(word)));
        (is_import || is_export).then(until_blank)
    }

    /// Takes the tag of a component that has a line, or some, for itself, and returns its length with that line's end.
    fn tag(&mut self, indent: usize) -> Option<usize> {
        let rest = self.rest.get(indent..)?;
        let name = rest.strip_prefix('<')?;
        let closes = name.starts_with('/');
        let name = name.strip_prefix('/').unwrap_or(name);
        let is_fragment = name.starts_with('>');
        if !is_fragment && !name.starts_with(|c: char| c.is_ascii_uppercase()) {
            return None;
        }
        let end = tag_end(rest);
        self.unended += usize::from(end.is_none());
        let length = end?;
        let tag = rest.get(..length)?;
        let after = rest.get(length..)?;
        let line_end = after.find('\n').map_or(after.len(), |at| at + 1);
        if !after.get(..line_end)?.trim().is_empty() || (is_fragment && !self.is_mdx) {
            return None;
        }
        self.written.push('\n');
        if closes {
            self.open.pop();
        } else {
            if let Some(title) = TITLES.iter().find_map(|name| attribute(tag, name)) {
                self.written.extend(["**", title, "**\n\n"]);
            }
            if !tag.ends_with("/>") && self.open.len() < DEEPEST {
                self.open.push(None);
            }
        }
        self.begins = true;
        Some(indent + length + line_end)
    }
}

/// Returns where a tag ends: its quotation marks and braces closed.
fn tag_end(rest: &str) -> Option<usize> {
    let near = rest.get(..rest.floor_char_boundary(LONGEST))?;
    let (mut quote, mut braces) = (None, 0usize);
    for (at, c) in near.char_indices() {
        match (quote, c) {
            (Some(mark), _) if mark == c => quote = None,
            (None, '"' | '\'' | '`') => quote = Some(c),
            (None, '{') => braces += 1,
            (None, '}') => braces = braces.saturating_sub(1),
            (None, '>') if braces == 0 => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// Returns the words of an attribute.
fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let (at, _) = tag.match_indices(name).find(|(at, _)| {
        tag.get(..*at)
            .is_some_and(|before| before.ends_with(char::is_whitespace))
    })?;
    let rest = tag.get(at + name.len()..)?.strip_prefix('=')?;
    let mark = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let words = rest.get(1..)?.split(mark).next()?.trim();
    (!words.is_empty() && !words.contains(['\n', '*'])).then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the lines that say something: how many blank ones part them is the writer's affair.
    fn worded(text: &str) -> Vec<&str> {
        text.lines()
            .filter(|line| !line.trim().is_empty())
            .collect()
    }

    #[test]
    fn statements_and_tags_go_and_what_stands_in_them_stays() {
        for (text, expected) in [
            (
                "import A from './a'\nimport {\n  B\n} from \"b\"\n\n# Head\n\nimport it.\n",
                "# Head\n\nimport it.\n",
            ),
            ("export const a = {\n  b: 1\n}\n\nText\n", "\nText\n"),
            ("a\n\n{/* so\nit is */}\nb\n", "a\n\nb\n"),
            (
                "<Tabs>\n  <TabItem label=\"One\">\n    It *is*.\n\n      - a\n  </TabItem>\n</Tabs>\n\nb\n",
                "\n\n**One**\n\nIt *is*.\n\n  - a\n\n\n\nb\n",
            ),
            (
                "<Card\n  title='So'\n  href={`/a?b=${c > 1}`}\n/>\nb\n",
                "\n**So**\n\nb\n",
            ),
            ("A <Badge text=\"x\"/> b\n", "A <Badge text=\"x\"/> b\n"),
            (
                "```jsx\n<Tabs>\nimport A from 'a'\n```\n",
                "```jsx\n<Tabs>\nimport A from 'a'\n```\n",
            ),
            ("<Ann> said so\n", "<Ann> said so\n"),
            ("<Open\n", "<Open\n"),
        ] {
            assert_eq!(worded(&plain(text, "a.mdx")), worded(expected), "{text}");
        }
        let text = "import A from './a'\n\n<Tabs>\n\nb\n";
        assert_eq!(worded(&plain(text, "a.md")), ["import A from './a'", "b"]);
    }
}
