//! Rust source as the checker sees it: names, punctuation and paths, each with its line.
//!
//! Comments, documentation and literals are gone, so a word in them is never taken for a path. What stands under
//! `#[cfg(test)]` is marked. It is no parser: it knows `use` trees, `mod` and paths, which is all the rules ask for.

/// A name or a sign of the code.
#[derive(Clone, Copy, Debug)]
pub struct Token<'a> {
    pub text: &'a str,
    /// Counted from 1.
    pub line: usize,
    /// It stands under `#[cfg(test)]`.
    pub test: bool,
}

/// A path, written out: a `use` tree gives one for each of its leaves.
#[derive(Clone, Debug)]
pub struct Path<'a> {
    /// Its names; the first is `::` for a path that begins so, the last is `*` for a glob.
    pub segments: Vec<&'a str>,
    pub line: usize,
    pub test: bool,
    /// The modules written within the file that it stands in, outermost first.
    pub within: Vec<&'a str>,
    pub form: Form<'a>,
}

/// What a path is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form<'a> {
    /// It is named by a `use`, and bound to this name.
    Use { public: bool, name: &'a str },
    /// It stands in code.
    Code,
    /// It is a macro called.
    Macro,
    /// It is the name of a module, where that is declared.
    Module,
}

/// Returns the names and signs of a Rust file.
pub fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let (mut rest, mut line) = (text, 1);
    while let Some(first) = rest.chars().next() {
        let skipped = comment(rest).or_else(|| literal(rest));
        let length = skipped.unwrap_or_else(|| match name(rest) {
            0 if rest.starts_with("::") => 2,
            0 => first.len_utf8(),
            length => length,
        });
        let (taken, after) = rest.split_at(length);
        if skipped.is_none() && !first.is_whitespace() && !first.is_ascii_digit() {
            let text = taken.strip_prefix("r#").unwrap_or(taken);
            tokens.push(Token {
                text,
                line,
                test: false,
            });
        }
        line += taken.matches('\n').count();
        rest = after;
    }
    mark_tests(&mut tokens);
    tokens
}

/// Returns the length of the comment that `rest` begins with.
fn comment(rest: &str) -> Option<usize> {
    if rest.starts_with("//") {
        return Some(rest.find('\n').unwrap_or(rest.len()));
    }
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        if rest[at..].starts_with("/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if depth == 0 {
            break;
        } else if rest[at..].starts_with("*/") {
            (depth, at) = (depth - 1, at + 2);
        } else {
            at += rest[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    (at > 0).then_some(at)
}

/// Returns the length of the string, character or lifetime that `rest` begins with.
fn literal(rest: &str) -> Option<usize> {
    for prefix in ["br", "cr", "r"] {
        if let Some(after) = rest.strip_prefix(prefix) {
            let hashes = after.len() - after.trim_start_matches('#').len();
            if let Some(inside) = after[hashes..].strip_prefix('"') {
                let close = format!("\"{}", "#".repeat(hashes));
                let ends = inside
                    .find(&close)
                    .map_or(inside.len(), |at| at + close.len());
                return Some(rest.len() - inside.len() + ends);
            }
        }
    }
    let after = rest.strip_prefix(['b', 'c']).unwrap_or(rest);
    let before = rest.len() - after.len();
    if let Some(inside) = after.strip_prefix('"') {
        return Some(before + 1 + closing(inside, '"'));
    }
    let inside = after.strip_prefix('\'')?;
    let mut chars = inside.chars();
    let first = chars.next()?;
    if first == '\\' || chars.next() == Some('\'') {
        return Some(before + 1 + closing(inside, '\''));
    }
    Some(before + 1 + name(inside))
}

/// Returns how many bytes of `inside` there are up to its closing quote, and with it.
fn closing(inside: &str, quote: char) -> usize {
    let mut escaped = false;
    inside
        .char_indices()
        .find_map(|(at, char)| {
            let ends = char == quote && !escaped;
            escaped = char == '\\' && !escaped;
            ends.then_some(at + 1)
        })
        .unwrap_or(inside.len())
}

/// Returns the length of the name or number that `rest` begins with, or 0.
fn name(rest: &str) -> usize {
    let raw = if rest.starts_with("r#") { 2 } else { 0 };
    let end = rest[raw..].find(|char: char| !char.is_alphanumeric() && char != '_');
    end.map_or(rest.len(), |end| if end == 0 { 0 } else { raw + end })
}

/// Marks what stands under `#[cfg(test)]`.
fn mark_tests(tokens: &mut [Token<'_>]) {
    let mut at = 0;
    while at < tokens.len() {
        let rest = &tokens[at..];
        let length = if begins(rest, &["#", "!", "[", "cfg", "(", "test", ")", "]"]) {
            rest.len()
        } else if begins(rest, &["#", "[", "cfg", "(", "test", ")", "]"])
            || begins(rest, &["#", "[", "cfg", "(", "all", "(", "test"])
        {
            item(rest)
        } else {
            at += 1;
            continue;
        };
        for token in &mut tokens[at..at + length] {
            token.test = true;
        }
        at += length;
    }
}

/// Returns whether `tokens` begin with these.
pub fn begins(tokens: &[Token<'_>], with: &[&str]) -> bool {
    tokens.len() >= with.len()
        && tokens
            .iter()
            .zip(with)
            .all(|(token, text)| token.text == *text)
}

/// Returns how many tokens the item has that `tokens` begin with, its attributes included.
fn item(tokens: &[Token<'_>]) -> usize {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate() {
        match token.text {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => {
                depth = depth.saturating_sub(1);
                if depth == 0 && token.text == "}" {
                    return at + 1;
                }
            }
            ";" if depth == 0 => return at + 1,
            _ => {}
        }
    }
    tokens.len()
}

/// Returns the paths that `tokens` hold, in order.
pub fn paths<'a>(tokens: &[Token<'a>]) -> Vec<Path<'a>> {
    let mut reader = Reader {
        tokens,
        at: 0,
        depth: 0,
        modules: Vec::new(),
        paths: Vec::new(),
    };
    while reader.at < tokens.len() {
        reader.step();
    }
    reader.paths
}

struct Reader<'a, 't> {
    tokens: &'t [Token<'a>],
    at: usize,
    depth: usize,
    /// The modules open, each with the depth of its brace.
    modules: Vec<(&'a str, usize)>,
    paths: Vec<Path<'a>>,
}

impl<'a> Reader<'a, '_> {
    fn text(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| token.text)
    }

    fn step(&mut self) {
        match self.text(self.at) {
            "{" => self.depth += 1,
            "}" => {
                self.modules.retain(|(_, depth)| *depth < self.depth);
                self.depth = self.depth.saturating_sub(1);
            }
            "mod" if is_name(self.text(self.at + 1)) => {
                self.push(vec![self.text(self.at + 1)], self.at, Form::Module);
                if self.text(self.at + 2) == "{" {
                    self.modules.push((self.text(self.at + 1), self.depth + 1));
                }
                self.at += 1;
            }
            "use" if self.text(self.at + 1) != "<" => {
                let public = self.at > 0 && matches!(self.text(self.at - 1), "pub" | ")");
                self.at += 1;
                self.tree(&[], public);
                return;
            }
            "::" => return self.path(vec!["::"]),
            text if is_name(text) && (self.at == 0 || self.text(self.at - 1) != ".") => {
                return self.path(Vec::new());
            }
            _ => {}
        }
        self.at += 1;
    }

    /// Reads a path in code. `Vec::<T>::new` ends at the `<`: what matters comes first.
    fn path(&mut self, mut segments: Vec<&'a str>) {
        let start = self.at;
        if !segments.is_empty() {
            self.at += 1;
            // The tail of a path such as `<T as Trait>::Name`, not one that begins at the root.
            if start > 0 && matches!(self.text(start - 1), ">" | ")" | "]") {
                while is_name(self.text(self.at)) || self.text(self.at) == "::" {
                    self.at += 1;
                }
                return;
            }
        }
        while is_name(self.text(self.at)) {
            segments.push(self.text(self.at));
            self.at += 1;
            if self.text(self.at) != "::" || !is_name(self.text(self.at + 1)) {
                break;
            }
            self.at += 1;
        }
        let called = self.text(self.at) == "!" && self.text(self.at + 1) != "=";
        let form = if called { Form::Macro } else { Form::Code };
        if called || segments.len() > 1 {
            self.push(segments, start, form);
        }
    }

    /// Reads a `use` tree and stands behind it.
    fn tree(&mut self, before: &[&'a str], public: bool) {
        let mut segments = before.to_vec();
        let start = self.at;
        loop {
            match self.text(self.at) {
                "::" => {
                    if segments.is_empty() {
                        segments.push("::");
                    }
                    self.at += 1;
                }
                "{" => {
                    self.at += 1;
                    while !matches!(self.text(self.at), "}" | "") {
                        self.tree(&segments, public);
                    }
                    self.at += 1;
                    self.skip_comma();
                    return;
                }
                "as" => {
                    let name = self.text(self.at + 1);
                    self.at += 2;
                    return self.leaf(segments, start, public, Some(name));
                }
                "," | "}" | ";" | "" => return self.leaf(segments, start, public, None),
                text => {
                    segments.push(text);
                    self.at += 1;
                }
            }
        }
    }

    /// Ends one path of a tree; `self` at its end stands for what is before it.
    fn leaf(&mut self, mut segments: Vec<&'a str>, at: usize, public: bool, name: Option<&'a str>) {
        if segments.len() > 1 && segments.last() == Some(&"self") {
            segments.pop();
        }
        let name = name.or(segments.last().copied()).unwrap_or_default();
        self.push(segments, at, Form::Use { public, name });
        self.skip_comma();
    }

    fn skip_comma(&mut self) {
        if matches!(self.text(self.at), "," | ";") {
            self.at += 1;
        }
    }

    fn push(&mut self, segments: Vec<&'a str>, at: usize, form: Form<'a>) {
        let token = self.tokens.get(at);
        self.paths.push(Path {
            segments,
            line: token.map_or(0, |token| token.line),
            test: token.is_some_and(|token| token.test),
            within: self.modules.iter().map(|(name, _)| *name).collect(),
            form,
        });
    }
}

fn is_name(text: &str) -> bool {
    text.starts_with(|char: char| char.is_alphabetic() || char == '_')
}
