//! Directives: what each shows of its argument and of what stands below it.

use super::blocks::{Part, Writer, field};
use super::lines::Line;
use super::roles::parted;
use super::table::Row;
use super::targets::absolute;
use crate::document::{BlockKind, Marker, SpanKind};
use crate::format::beside;
use crate::format::fields::Value;

/// Remarks, with what they are called.
const REMARKS: [(&str, &str); 20] = [
    ("note", "Note"),
    ("warning", "Warning"),
    ("tip", "Tip"),
    ("hint", "Hint"),
    ("important", "Important"),
    ("attention", "Attention"),
    ("caution", "Caution"),
    ("danger", "Danger"),
    ("error", "Error"),
    ("seealso", "See also"),
    ("todo", "To do"),
    ("versionadded", "Added in version"),
    ("versionchanged", "Changed in version"),
    ("deprecated", "Deprecated since version"),
    ("versionremoved", "Removed in version"),
    ("example", "Example"),
    ("info", "Info"),
    ("question", "Question"),
    ("success", "Success"),
    ("failure", "Failure"),
];

/// Programs and what else stands as it is.
const SET: [&str; 14] = [
    "code-block",
    "code",
    "sourcecode",
    "parsed-literal",
    "math",
    "productionlist",
    "doctest",
    "testcode",
    "testoutput",
    "prompt",
    "console",
    "ipython",
    "highlight-block",
    "command-output",
];

/// What shows nothing of itself: it steers other programs, or draws what is no text.
const UNSHOWN: [&str; 31] = [
    "contents",
    "index",
    "raw",
    "highlight",
    "default-role",
    "role",
    "module",
    "currentmodule",
    "py:module",
    "py:currentmodule",
    "sectionauthor",
    "codeauthor",
    "moduleauthor",
    "tabularcolumns",
    "sectnum",
    "section-numbering",
    "header",
    "footer",
    "target-notes",
    "graphviz",
    "digraph",
    "graph",
    "uml",
    "inheritance-diagram",
    "automodule",
    "autoclass",
    "autofunction",
    "autosummary",
    "restructuredtext-test-directive",
    "testsetup",
    "testcleanup",
];

/// Returns what a remark is called.
pub(in crate::format) fn remark(name: &str) -> Option<&'static str> {
    let mut known = REMARKS.iter();
    known
        .find(|(known, _)| *known == name)
        .map(|(_, called)| *called)
}

/// Returns whether a directive shows nothing of itself.
pub(in crate::format) fn is_unshown(name: &str) -> bool {
    UNSHOWN.contains(&name) || name.starts_with("auto")
}

impl<'t> Writer<'t> {
    /// Writes a directive whose lines end before `end`.
    pub fn directive(&mut self, part: Part, end: usize, name: &str, argument: &'t str) {
        let name = name.to_ascii_lowercase();
        let name = name.as_str();
        if is_unshown(name) {
            return;
        }
        let (options, from) = self.options(part.from + 1, end);
        let below = self.below(from, end, part);
        let has_content = (from..end).any(|at| !self.line(at).text.is_empty());
        if let Some(called) = remark(name) {
            // What its options say is no part of the remark.
            if let Some(options) = self.lines.get_mut(part.from + 1..from) {
                options.fill(Line::default());
            }
            return self.remark(part, called, argument);
        }
        match name {
            _ if SET.contains(&name) => {
                self.title(option(&options, "caption").unwrap_or_default());
                // A short program may stand in the line of its name.
                if name == "math" && !argument.is_empty() {
                    self.begin(BlockKind::Code);
                    self.builder.text(argument);
                    self.builder.end();
                }
                if has_content {
                    self.code(below, end);
                }
            }
            "image" | "figure" => {
                self.picture(argument, &options);
                self.blocks(below);
            }
            "include" | "literalinclude" => self.other_file(argument, &options),
            "glossary" => self.glossary(below),
            "toctree" => self.contents(&options, from, end),
            "meta" => self.meta(part.from + 1, end),
            "list-table" => {
                self.title(argument);
                let named = option(&options, "header-rows")
                    .and_then(|count| count.parse().ok())
                    .unwrap_or(0);
                let rows = self.listed(below, named);
                self.rows(&rows);
            }
            "csv-table" => {
                self.title(argument);
                let mut rows: Vec<Row> = option(&options, "header")
                    .map(|header| values(header, true))
                    .into_iter()
                    .collect();
                let lines = (from..end)
                    .map(|at| self.line(at).text)
                    .filter(|line| !line.is_empty());
                rows.extend(lines.map(|line| values(line, false)));
                self.rows(&rows);
            }
            "rubric" | "topic" | "sidebar" | "admonition" | "table" | "centered" => {
                self.title(argument);
                self.blocks(below);
            }
            "epigraph" | "pull-quote" | "highlights" => {
                self.builder.end();
                self.builder.open_quotation();
                self.blocks(below);
                self.builder.close_quotation();
            }
            "class" | "rst-class" | "only" | "container" | "compound" | "ifconfig" | "tab"
            | "tabs" => self.blocks(below),
            _ => self.described(argument, below, has_content),
        }
    }

    /// Returns the options below a directive, and the line at which its content begins. A line that stands further in
    /// than an option goes on with it.
    fn options(&self, from: usize, end: usize) -> (Vec<(&'t str, String)>, usize) {
        let mut options: Vec<(&str, String)> = Vec::new();
        let mut at = from;
        let base = self.line(from).indent;
        while at < end {
            let line = self.line(at);
            if line.indent <= base
                && let Some((name, value)) = field(line.text)
            {
                options.push((name, value.to_owned()));
            } else if line.indent > base
                && let Some((_, value)) = options.last_mut()
            {
                if !value.is_empty() {
                    value.push(' ');
                }
                value.push_str(line.text);
            } else {
                break;
            }
            at += 1;
        }
        (options, at)
    }

    /// Writes a remark: what it is called stands before its first words.
    fn remark(&mut self, part: Part, called: &str, argument: &'t str) {
        let is_version = called.ends_with("version");
        let (called, words) = match argument.split_once(char::is_whitespace) {
            Some((version, words)) if is_version => (format!("{called} {version}"), words),
            None if is_version => (format!("{called} {argument}"), ""),
            _ => (called.to_owned(), argument),
        };
        self.builder.end();
        self.lead = Some(called.trim_end().to_owned());
        self.inside(part, words);
        if self.lead.take().is_some() && is_version {
            self.builder.begin(BlockKind::Paragraph);
            self.builder.open_span(SpanKind::Strong);
            self.builder.text(&called);
            self.builder.close_span();
            self.builder.end();
        }
    }

    /// Writes the other files that a tree of contents names as links.
    fn contents(&mut self, options: &[(&str, String)], from: usize, end: usize) {
        if option(options, "hidden").is_some() {
            return;
        }
        self.title(option(options, "caption").unwrap_or_default());
        self.builder.end();
        self.builder.open_list(true);
        for at in from..end {
            let (shown, to) = parted(self.line(at).text);
            let path = to.unwrap_or(shown);
            // `self` is this file, and a star stands for many.
            if shown.is_empty() || path == "self" || path.contains('*') {
                continue;
            }
            self.builder.open_item(Marker::Bullet);
            self.builder.begin(BlockKind::Paragraph);
            let address = self.base.document(path).unwrap_or_else(|| path.to_owned());
            self.builder.open_span(SpanKind::Link(address));
            self.builder.text(shown);
            self.builder.close_span();
            self.builder.end();
            self.builder.close_item();
        }
        self.builder.close_list();
    }

    /// Writes where words stand that belong here: what lies in a file of its own is read as one.
    fn other_file(&mut self, path: &str, options: &[(&str, String)]) {
        // `<isonum.txt>` comes with the program.
        if path.is_empty() || path.starts_with('<') {
            return;
        }
        if self.builder.blocks() <= 1 + self.shown_before {
            self.shown_before += 1;
        }
        self.title(option(options, "caption").unwrap_or_default());
        self.begin(BlockKind::Paragraph);
        let address = beside::is_text(path).then(|| self.base.document(path));
        let kind = address.flatten().map_or(SpanKind::Code, SpanKind::Link);
        self.builder.open_span(kind);
        self.builder.text(path);
        self.builder.close_span();
        self.builder.end();
    }

    fn title(&mut self, words: &str) {
        if words.is_empty() {
            return;
        }
        self.begin(BlockKind::Paragraph);
        self.builder.open_span(SpanKind::Strong);
        self.words(words);
        self.builder.close_span();
        self.builder.end();
    }

    fn picture(&mut self, address: &str, options: &[(&str, String)]) {
        let Some(words) = option(options, "alt").filter(|words| !words.is_empty()) else {
            return;
        };
        let target = option(options, "target").filter(|target| target.contains("://"));
        let address = target.map_or_else(|| absolute(address, self.base), str::to_owned);
        self.begin(BlockKind::Image);
        self.builder.open_span(SpanKind::Link(address));
        self.builder.text(words);
        self.builder.close_span();
        self.builder.end();
    }

    fn meta(&mut self, from: usize, end: usize) {
        let mut at = from;
        while at < end {
            let (options, after) = self.options(at, end);
            for (name, value) in options {
                // `description lang=en` names the field first.
                let name = name.split_whitespace().next().unwrap_or(name);
                self.fields.push((name.to_owned(), Value::Text(value)));
            }
            at = after.max(at + 1);
        }
    }

    /// Writes what a directive that nobody knows shows: a name that is described, and what stands below it.
    fn described(&mut self, argument: &'t str, below: Part, has_content: bool) {
        if argument.is_empty() || !has_content {
            return self.blocks(below);
        }
        self.begin(BlockKind::Paragraph);
        self.builder.open_span(SpanKind::Code);
        self.builder.text(argument);
        self.builder.close_span();
        self.builder.end();
        self.builder.open_quotation();
        self.blocks(below);
        self.builder.close_quotation();
    }

    /// Returns the rows of a table that is written as a list of lists. What stands further in than the signs of its cells
    /// is theirs, a list as well.
    fn listed(&self, part: Part, named: usize) -> Vec<Row> {
        let mut rows: Vec<Row> = Vec::new();
        // How far in the cells of the row stand.
        let mut cells = part.base;
        for at in part.from..part.to {
            let line = self.line(at);
            let inner = after_bullet(line.text).filter(|_| line.indent == part.base);
            if let Some((inner, words)) =
                inner.and_then(|inner| Some((inner, after_bullet(inner)?)))
            {
                cells = line.indent + line.text.len() - inner.len();
                rows.push(Row {
                    header: rows.len() < named,
                    cells: vec![words.to_owned()],
                });
                continue;
            }
            let Some(row) = rows.last_mut() else { continue };
            // People miscount by a blank, and a list within a cell stands in by two.
            if let Some(words) = after_bullet(line.text).filter(|_| line.indent <= cells + 1) {
                row.cells.push(words.to_owned());
            } else if let Some(cell) = row.cells.last_mut().filter(|_| !line.text.is_empty()) {
                if !cell.is_empty() {
                    cell.push(' ');
                }
                cell.push_str(line.text);
            }
        }
        rows
    }
}

/// Returns the words behind a bullet.
fn after_bullet(text: &str) -> Option<&str> {
    let rest = text.strip_prefix(['*', '-', '+'])?;
    (rest.is_empty() || rest.starts_with(char::is_whitespace)).then(|| rest.trim_start())
}

fn option<'o>(options: &'o [(&str, String)], name: &str) -> Option<&'o str> {
    options
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, value)| value.as_str())
}

/// Returns the values of a line that commas part; those in quotation marks may hold some.
fn values(line: &str, header: bool) -> Row {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            c => {
                if let Some(cell) = cells.last_mut() {
                    cell.push(c);
                }
            }
        }
    }
    let cells = cells
        .into_iter()
        .map(|cell| cell.trim().to_owned())
        .collect();
    Row { header, cells }
}
