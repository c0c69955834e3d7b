//! From what was typed to a [`Query`].
//!
//! Guarantees: it never fails and never panics, and what it makes prints ([`Display`](std::fmt::Display)) to a text
//! that makes the same again. What is unfinished or unknown is taken as text: a quotation mark without its partner is
//! passed over, a lone `OR` is the word "or", `foo:bar` is two words side by side. A parenthesis without its partner
//! closes at the end; a known field without a value, at the end, asks nothing yet.
//!
//! Bounds, for what is pasted or hostile: 256 clauses of 256 bytes each, 50 parentheses within each other; what is
//! beyond is left out.
//!
//! Not there yet, and so taken as text: `has:note` and `note:`, since nothing keeps notes.

mod cursor;
mod value;

use self::cursor::{Bare, Cursor};
pub(super) use self::cursor::{ends_bare, is_quotation_mark};
use self::value::Shape;
pub(super) use self::value::{Scope, UNKNOWN_LANGUAGE, bounded};
use super::{Also, Field, How, Match, Node, Query, Sort, Words};

/// How much is read, in bytes: more than any question within the other bounds is long when printed.
const MAX_LENGTH: usize = 256 * 1024;

/// The most clauses that are kept: each costs a search.
const MAX_CLAUSES: usize = 256;

/// How deep parentheses may stand within each other; a bound for the stack, far beyond what anyone writes.
const MAX_DEPTH: usize = 50;

/// Returns the question that `text` asks.
///
/// ```
/// use recto::query::parse;
///
/// let query = parse("mutual (tupe|pensions) NOT #care");
/// assert_eq!(query.to_string(), "mutual (tupe OR pensions) -topic:care");
/// assert_eq!(parse(&query.to_string()), query);
/// ```
pub fn parse(text: &str) -> Query {
    Parser::new(text, false).query()
}

/// Returns the question that `text` asks while it is still being typed: its last word, not yet followed by a blank, is
/// a beginning ([`How::Typing`]), and a last field whose value is none yet (`date:20`) asks nothing.
///
/// A word that is excluded is whole as soon as it has a letter: as beginnings, `-c` on the way to `-council` would
/// take away nearly everything.
pub fn parse_typing(text: &str) -> Query {
    Parser::new(text, true).query()
}

struct Parser<'a> {
    cursor: Cursor<'a>,
    typing: bool,
    matching: Option<Match>,
    sort: Option<Sort>,
    also: Also,
    /// What was just read was about the answer as a whole, and no clause: a sign before it is used up.
    directive: bool,
}

/// An operator that waits for what it works on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    Or,
    And,
    Bar,
}

/// The clauses of a group as they come: alternatives of all that must be.
#[derive(Default)]
struct Group {
    alternatives: Vec<Node>,
    all: Vec<Node>,
    pending: Option<Operator>,
    negated: bool,
    /// `NOT` was written, and is a word when nothing follows.
    not_word: bool,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str, typing: bool) -> Self {
        Self {
            cursor: Cursor::new(
                text.get(..text.floor_char_boundary(MAX_LENGTH))
                    .unwrap_or_default(),
            ),
            typing,
            matching: None,
            sort: None,
            also: Also::default(),
            directive: false,
        }
    }

    fn query(mut self) -> Query {
        let root = self.group(Scope::Words(Field::Any), 0, false);
        Query {
            root: root
                .and_then(|root| pruned(root, &mut { MAX_CLAUSES }))
                .unwrap_or_default(),
            also: self.also,
            matching: self.matching,
            sort: self.sort,
        }
    }

    /// Reads clauses up to the end of the group, or of the text; nothing where there is none.
    fn group(&mut self, scope: Scope, depth: usize, negated: bool) -> Option<Node> {
        let mut group = Group::default();
        loop {
            self.cursor.skip_blanks();
            let Some(next) = self.cursor.peek() else {
                break;
            };
            match next {
                ')' => {
                    self.cursor.skip();
                    if depth > 0 {
                        break;
                    }
                }
                '|' => {
                    self.cursor.skip();
                    group.operator(Operator::Bar, scope);
                }
                '-' => {
                    self.cursor.skip();
                    group.negated ^= self.cursor.peek().is_some_and(|c| !c.is_whitespace());
                }
                _ => match self.cursor.operator() {
                    Some("NOT") => {
                        group.negated ^= true;
                        group.not_word = true;
                    }
                    Some("OR") => group.operator(Operator::Or, scope),
                    Some(_) => group.operator(Operator::And, scope),
                    None => {
                        let negated = negated ^ group.negated;
                        let operand = self.operand(scope, depth, negated);
                        let directive = std::mem::take(&mut self.directive);
                        match operand {
                            Some(node) => group.operand(node),
                            None if directive => group.forget_not(),
                            None => {}
                        }
                    }
                },
            }
        }
        group.finish(scope)
    }

    /// Reads one clause; nothing where what stands there asks nothing.
    fn operand(&mut self, scope: Scope, depth: usize, negated: bool) -> Option<Node> {
        match self.cursor.peek()? {
            '(' => {
                self.cursor.skip();
                // Deeper than anyone writes, parentheses are no more than marks.
                (depth < MAX_DEPTH)
                    .then(|| self.group(scope, depth + 1, negated))
                    .flatten()
            }
            '#' => {
                self.cursor.skip();
                self.values(Scope::Topic, "", negated)
            }
            _ => match self.cursor.field_name() {
                Some((name, field)) => self.field(name, field, depth, negated),
                None => self.value(scope, false, negated),
            },
        }
    }

    /// Reads the value of a field whose name and colon were read.
    fn field(&mut self, name: &str, scope: Scope, depth: usize, negated: bool) -> Option<Node> {
        let node = match self.cursor.peek() {
            None => None,
            Some('(') => self.operand(scope, depth, negated),
            Some(c) if c.is_whitespace() || c == ')' => Some(word(name)),
            Some(_) => self.values(scope, name, negated),
        };
        self.directive = matches!(scope, Scope::Sort | Scope::Also);
        node
    }

    /// Reads values parted by commas: either of them.
    fn values(&mut self, scope: Scope, name: &str, negated: bool) -> Option<Node> {
        let mut nodes = Vec::new();
        loop {
            let from = self.cursor;
            match self.value(scope, true, negated) {
                Some(node) => nodes.push(node),
                None if self.typing && self.cursor.is_at_end() => {}
                None => nodes.extend(self.value_as_text(from, scope, name)),
            }
            if !self.cursor.eat(',') {
                return either(nodes);
            }
        }
    }

    /// Returns the word that stands where a field has a value that is none.
    fn value_as_text(&self, from: Cursor<'a>, scope: Scope, name: &str) -> Option<Node> {
        let raw = self.cursor.since(from);
        let is_text = raw.chars().any(char::is_alphanumeric)
            && !matches!(scope, Scope::Sort | Scope::Also | Scope::Match);
        (is_text && !name.is_empty()).then(|| word(&format!("{name}:{raw}")))
    }

    /// Reads one value, or in [`Scope::Words`] one word; in a list a comma ends it.
    fn value(&mut self, scope: Scope, in_list: bool, negated: bool) -> Option<Node> {
        let exact = matches!(scope, Scope::Words(_)) && self.cursor.eat('=');
        if let Some(text) = self.cursor.quoted() {
            let slop = self.cursor.slop();
            let shape = if exact {
                Shape::Exact
            } else {
                Shape::Quoted { slop }
            };
            return self.node(scope, &text, shape, negated);
        }
        let bare = self.cursor.bare(in_list)?;
        if exact {
            return self.node(scope, &bare.text(), Shape::Exact, negated);
        }
        let last = self.typing && !negated && self.cursor.is_at_end();
        let (text, shape) = match scope {
            Scope::Words(_) => shape_of(&bare, last),
            _ => (bare.text(), Shape::Bare(How::Stem)),
        };
        self.node(scope, &text, shape, negated)
    }

    fn node(&mut self, scope: Scope, text: &str, shape: Shape, negated: bool) -> Option<Node> {
        match scope {
            Scope::Sort => self.sort = value::sort(text).or(self.sort),
            Scope::Match => self.matching = value::matching(text).or(self.matching),
            Scope::Also => value::also(&mut self.also, text, shape, negated),
            _ => return value::node(scope, text, shape),
        }
        None
    }
}

/// Returns the text of a bare word and how it is matched, by the sign at its end.
fn shape_of(bare: &Bare<'_>, last: bool) -> (String, Shape) {
    if let Some(text) = bare.without_stars() {
        (text, Shape::Bare(How::Prefix))
    } else if let Some(text) = bare.without_tilde() {
        (text, Shape::Bare(How::Near))
    } else {
        let how = if last { How::Typing } else { How::Stem };
        (bare.text(), Shape::Bare(how))
    }
}

impl Group {
    fn operator(&mut self, operator: Operator, scope: Scope) {
        self.settle(scope);
        if self.all.is_empty() {
            self.all.extend(operator.as_word(scope));
        } else {
            self.pending = Some(operator);
        }
    }

    /// Forgets a `-` or `NOT` that was about no clause.
    fn forget_not(&mut self) {
        self.negated = false;
        self.not_word = false;
    }

    fn operand(&mut self, node: Node) {
        if matches!(self.pending.take(), Some(Operator::Or | Operator::Bar)) {
            self.alternatives.extend(all(std::mem::take(&mut self.all)));
        }
        let negated = std::mem::take(&mut self.negated);
        self.not_word = false;
        self.all.push(if negated { not(node) } else { node });
    }

    /// Makes words of the operators that have nothing to work on.
    fn settle(&mut self, scope: Scope) {
        let operator = self
            .pending
            .take()
            .and_then(|operator| operator.as_word(scope));
        self.all.extend(operator);
        if std::mem::take(&mut self.not_word) && scope == Scope::Words(Field::Any) {
            self.all.push(word("not"));
        }
        self.negated = false;
    }

    fn finish(mut self, scope: Scope) -> Option<Node> {
        self.settle(scope);
        self.alternatives.extend(all(self.all));
        either(self.alternatives)
    }
}

impl Operator {
    /// Returns the word that the operator is when it stands alone: in small letters, which no operator is written in.
    fn as_word(self, scope: Scope) -> Option<Node> {
        let text = match self {
            Self::Or => "or",
            Self::And => "and",
            Self::Bar => return None,
        };
        (scope == Scope::Words(Field::Any)).then(|| word(text))
    }
}

fn word(text: &str) -> Node {
    Node::Words(Words {
        field: Field::Any,
        text: bounded(text),
        how: How::Stem,
    })
}

/// Returns the clause of a value in quotation marks, or nothing where the field cannot have it.
pub(super) fn quoted(scope: Scope, text: &str) -> Option<Node> {
    value::node(scope, text, Shape::Quoted { slop: 0 })
}

/// Returns a tree with only the first of its clauses, as many as are `left`; nothing where none is.
fn pruned(node: Node, left: &mut usize) -> Option<Node> {
    let mut several = |nodes: Vec<Node>| -> Vec<Node> {
        nodes
            .into_iter()
            .filter_map(|node| pruned(node, left))
            .collect()
    };
    match node {
        Node::And(nodes) => all(several(nodes)),
        Node::Or(nodes) => either(several(nodes)),
        Node::Not(node) => pruned(*node, left).map(not),
        clause => {
            *left = left.checked_sub(1)?;
            Some(clause)
        }
    }
}

/// Returns the node that asks for all of `nodes`, in normal form; nothing for none.
pub(super) fn all(nodes: Vec<Node>) -> Option<Node> {
    let mut flat = Vec::with_capacity(nodes.len());
    let any = !nodes.is_empty();
    for node in nodes {
        match node {
            Node::And(inner) => flat.extend(inner),
            Node::All => {}
            node => flat.push(node),
        }
    }
    match flat.len() {
        0 => any.then_some(Node::All),
        1 => flat.pop(),
        _ => Some(Node::And(flat)),
    }
}

/// Returns the node that asks for one of `nodes` or more, in normal form; nothing for none.
pub(super) fn either(nodes: Vec<Node>) -> Option<Node> {
    let mut flat = Vec::with_capacity(nodes.len());
    for node in nodes {
        match node {
            Node::Or(inner) => flat.extend(inner),
            node => flat.push(node),
        }
    }
    match flat.len() {
        0 | 1 => flat.pop(),
        _ => Some(Node::Or(flat)),
    }
}

/// Returns the node that asks to be without `node`: twice is not at all.
pub(super) fn not(node: Node) -> Node {
    match node {
        Node::Not(inner) => *inner,
        node => Node::Not(Box::new(node)),
    }
}

#[cfg(test)]
mod tests;
