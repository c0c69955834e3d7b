//! From what was typed to a [`Query`].
//!
//! Guarantees: it never fails and never panics, and what it makes prints ([`Display`](std::fmt::Display)) to a text
//! that makes the same again. What is unfinished or unknown is taken as text: a quotation mark without its partner is
//! passed over, a lone `OR` is the word "or", `foo:bar` is two words side by side. A parenthesis without its partner
//! closes at the end; a known field without a value, at the end, asks nothing yet.
//!
//! Bounds, for what is pasted or hostile: 256 clauses of 256 bytes each, 50 parentheses within each other; what is
//! beyond is left out.

mod cursor;
mod spans;
mod value;

use std::ops::Range;

use self::cursor::{Bare, Cursor};
pub(super) use self::cursor::{ends_bare, is_quotation_mark};
pub use self::spans::{Span, SpanKind, spans};
use self::value::Shape;
pub(super) use self::value::{Scope, UNKNOWN_LANGUAGE, bounded};
use super::facet::is_choice;
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
    /// The value that was just read says something of the answer as a whole, and is one that it can say.
    taken: bool,
    /// What was understood so far, in order.
    spans: Vec<Span>,
    /// How many bytes there are.
    length: usize,
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
    /// The operator that waits, and its place among the spans.
    pending: Option<(Operator, usize)>,
    negated: bool,
    /// Each `NOT` that was written, by its place among the spans: they are a word when nothing follows.
    nots: Vec<usize>,
    /// The places of the operators that turned out to be words.
    words: Vec<usize>,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str, typing: bool) -> Self {
        let end = text.floor_char_boundary(MAX_LENGTH);
        let cursor = Cursor::new(text.get(..end).unwrap_or_default());
        Self {
            length: cursor.left(),
            cursor,
            typing,
            matching: None,
            sort: None,
            also: Also::default(),
            directive: false,
            taken: false,
            spans: Vec::new(),
        }
    }

    /// Notes what was passed over since the cursor was at `from`, and returns the place of that.
    fn mark(&mut self, from: Cursor<'a>, kind: SpanKind, excluded: bool) -> usize {
        let start = self.length - from.left();
        self.mark_range(start..self.at(), kind, excluded)
    }

    fn mark_range(&mut self, range: Range<usize>, kind: SpanKind, excluded: bool) -> usize {
        if !range.is_empty() {
            self.spans.push(Span {
                range,
                kind,
                excluded,
            });
        }
        self.spans.len().saturating_sub(1)
    }

    /// Returns how many bytes were passed over.
    fn at(&self) -> usize {
        self.length - self.cursor.left()
    }

    /// Takes something for another thing than it was noted as.
    fn turn(&mut self, place: usize, kind: SpanKind) {
        if let Some(span) = self.spans.get_mut(place) {
            span.kind = kind;
        }
    }

    /// Reads all there is.
    fn group_of_all(&mut self) -> Option<Node> {
        self.group(Scope::Words(Field::Any), 0, false)
    }

    fn query(mut self) -> Query {
        let root = self.group_of_all();
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
                    let closes = depth > 0;
                    self.skip(if closes {
                        SpanKind::Operator
                    } else {
                        SpanKind::Unknown
                    });
                    if closes {
                        break;
                    }
                }
                '|' => {
                    let span = self.skip(SpanKind::Operator);
                    group.operator((Operator::Bar, span), scope);
                }
                '-' => {
                    let from = self.cursor;
                    self.cursor.skip();
                    if self.cursor.peek().is_some_and(|c| !c.is_whitespace()) {
                        group.negated ^= true;
                        self.mark(from, SpanKind::Operator, false);
                    }
                }
                _ => self.clause(&mut group, scope, depth, negated),
            }
        }
        group.settle(scope);
        for place in std::mem::take(&mut group.words) {
            self.turn(place, SpanKind::Word);
        }
        group.finish()
    }

    /// Reads an operator that is a word, or a clause.
    fn clause(&mut self, group: &mut Group, scope: Scope, depth: usize, negated: bool) {
        let from = self.cursor;
        let Some(operator) = self.cursor.operator() else {
            let negated = negated ^ group.negated;
            let operand = self.operand(scope, depth, negated);
            let directive = std::mem::take(&mut self.directive);
            match operand {
                Some(node) => group.operand(node),
                None if directive => group.forget_not(),
                None => {}
            }
            return;
        };
        let span = self.mark(from, SpanKind::Operator, false);
        match operator {
            "NOT" => {
                group.negated ^= true;
                group.nots.push(span);
            }
            "OR" => group.operator((Operator::Or, span), scope),
            _ => group.operator((Operator::And, span), scope),
        }
    }

    /// Passes over one character, and notes what it is.
    fn skip(&mut self, kind: SpanKind) -> usize {
        let from = self.cursor;
        self.cursor.skip();
        self.mark(from, kind, false)
    }

    /// Reads one clause; nothing where what stands there asks nothing.
    fn operand(&mut self, scope: Scope, depth: usize, negated: bool) -> Option<Node> {
        match self.cursor.peek()? {
            '(' => {
                self.skip(SpanKind::Operator);
                // Deeper than anyone writes, parentheses are no more than marks.
                (depth < MAX_DEPTH)
                    .then(|| self.group(scope, depth + 1, negated))
                    .flatten()
            }
            '#' => {
                self.skip(SpanKind::Field);
                self.values(Scope::Topic, "", negated)
            }
            _ => {
                let from = self.cursor;
                let Some((name, field)) = self.cursor.field_name() else {
                    return self.value(scope, false, negated);
                };
                self.mark(from, SpanKind::Field, false);
                self.field(name, field, depth, negated)
            }
        }
    }

    /// Reads the value of a field whose name and colon were read.
    fn field(&mut self, name: &str, scope: Scope, depth: usize, negated: bool) -> Option<Node> {
        let node = match self.cursor.peek() {
            None => None,
            Some('(') => self.operand(scope, depth, negated),
            Some(c) if c.is_whitespace() || c == ')' => {
                self.turn(self.spans.len().saturating_sub(1), SpanKind::Unknown);
                Some(word(name))
            }
            Some(_) => self.values(scope, name, negated),
        };
        self.directive = matches!(scope, Scope::Sort | Scope::Also | Scope::Match);
        node
    }

    /// Reads values parted by commas: either of them.
    fn values(&mut self, scope: Scope, name: &str, negated: bool) -> Option<Node> {
        let mut nodes = Vec::new();
        let field = self.spans.len().saturating_sub(1);
        loop {
            let (from, known) = (self.cursor, self.spans.len());
            if let Some(node) = self.value(scope, true, negated) {
                nodes.push(node);
            } else {
                self.spans.truncate(known);
                let unfinished = self.typing && self.cursor.is_at_end();
                if std::mem::take(&mut self.taken) || unfinished {
                    self.mark(from, SpanKind::Value, negated && !unfinished);
                } else {
                    self.mark(from, SpanKind::Unknown, negated);
                    self.turn(field, SpanKind::Unknown);
                    nodes.extend(self.value_as_text(from, scope, name));
                }
            }
            let from = self.cursor;
            if !self.cursor.eat(',') {
                return either(nodes);
            }
            self.mark(from, SpanKind::Operator, false);
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
        let from = self.cursor;
        let exact = matches!(scope, Scope::Words(_)) && self.cursor.eat('=');
        if exact {
            self.mark(from, SpanKind::Operator, false);
        }
        let from = self.cursor;
        if let Some(text) = self.cursor.quoted() {
            let slop = self.cursor.slop();
            let shape = if exact {
                Shape::Exact
            } else {
                Shape::Quoted { slop }
            };
            let node = self.node(scope, &text, shape, negated);
            self.mark(from, kind_of(node.as_ref(), SpanKind::Phrase), negated);
            return node;
        }
        let bare = self.cursor.bare(in_list);
        let length = bare.as_ref().map_or(0, Bare::len);
        let start = self.at() - length;
        // Quotation marks without their partners.
        self.mark_range(self.length - from.left()..start, SpanKind::Unknown, false);
        let bare = bare?;
        let last = self.typing && !negated && self.cursor.is_at_end();
        let (text, shape) = match scope {
            _ if exact => (bare.text(), Shape::Exact),
            Scope::Words(_) => shape_of(&bare, last),
            _ => (bare.text(), Shape::Bare(How::Stem)),
        };
        let node = self.node(scope, &text, shape, negated);
        self.mark_bare(
            &bare,
            start,
            kind_of(node.as_ref(), SpanKind::Word),
            negated,
        );
        node
    }

    /// Notes a bare run that begins at the byte `start`, its sign and the name of no field in it apart.
    fn mark_bare(&mut self, bare: &Bare<'_>, start: usize, kind: SpanKind, negated: bool) {
        let end = start + bare.len();
        let (name, sign) = match kind {
            SpanKind::Word => (bare.unknown_name_len(), bare.sign_len()),
            _ => (0, 0),
        };
        // A lone sign asks for what it stands for.
        let sign = if sign + name < bare.len() { sign } else { 0 };
        self.mark_range(start..start + name, SpanKind::Unknown, negated);
        self.mark_range(start + name..end - sign, kind, negated);
        self.mark_range(end - sign..end, SpanKind::Operator, false);
    }

    fn node(&mut self, scope: Scope, text: &str, shape: Shape, negated: bool) -> Option<Node> {
        match scope {
            Scope::Sort => {
                let sort = value::sort(text);
                self.taken = sort.is_some();
                self.sort = sort.or(self.sort);
            }
            Scope::Match => {
                let matching = value::matching(text);
                self.taken = matching.is_some();
                self.matching = matching.or(self.matching);
            }
            Scope::Also => {
                self.taken = true;
                value::also(&mut self.also, text, shape, negated);
            }
            _ => return value::node(scope, text, shape),
        }
        None
    }
}

/// Returns what a value was understood as; `words` where it is to be looked for.
fn kind_of(node: Option<&Node>, words: SpanKind) -> SpanKind {
    match node {
        Some(node @ Node::Filter(_)) if is_choice(node) => SpanKind::Choice,
        Some(Node::Filter(_)) => SpanKind::Value,
        Some(Node::Words(Words {
            how: How::Exact, ..
        })) => SpanKind::Phrase,
        _ => words,
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
    fn operator(&mut self, operator: (Operator, usize), scope: Scope) {
        self.settle(scope);
        if self.all.is_empty() {
            self.take_as_word(operator, scope);
        } else {
            self.pending = Some(operator);
        }
    }

    fn take_as_word(&mut self, (operator, span): (Operator, usize), scope: Scope) {
        if let Some(word) = operator.as_word(scope) {
            self.all.push(word);
            self.words.push(span);
        }
    }

    /// Forgets a `-` or `NOT` that was about no clause.
    fn forget_not(&mut self) {
        self.negated = false;
        self.nots.clear();
    }

    fn operand(&mut self, node: Node) {
        if matches!(self.pending.take(), Some((Operator::Or | Operator::Bar, _))) {
            self.alternatives.extend(all(std::mem::take(&mut self.all)));
        }
        let negated = std::mem::take(&mut self.negated);
        self.nots.clear();
        self.all.push(if negated { not(node) } else { node });
    }

    /// Makes words of the operators that have nothing to work on.
    fn settle(&mut self, scope: Scope) {
        if let Some(operator) = self.pending.take() {
            self.take_as_word(operator, scope);
        }
        let nots = std::mem::take(&mut self.nots);
        if !nots.is_empty() && scope == Scope::Words(Field::Any) {
            self.all.push(word("not"));
            self.words.extend(nots);
        }
        self.negated = false;
    }

    fn finish(mut self) -> Option<Node> {
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
