//! HTML given to the tokenizer piece by piece, so that no tag grows long within it.
//!
//! html5ever compares each attribute of a tag with all before it: three hundred thousand on one tag cost it a minute.
//! So a tag that fills a whole piece is ended at the piece's end and begun again with the next, and what came of its
//! stretches is put together here: what the tokenizer compares grows with the text. Such a tag keeps its first
//! attributes; words and every other token are what they would be in one piece.
//!
//! Where a tag stands at the end of a piece the tokenizer does not say. It is given what would end a tag there, then
//! what would end one within a value in quotation marks: whichever brings a token tells. A comment that swallows all of
//! that has only grown.

use std::cell::{Cell, RefCell};

use html5ever::Attribute;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

/// How much text is held for the tokenizer at a time, in bytes: its buffers count in 32 bits, and a page may be larger.
const HELD: usize = 1 << 20;

/// How much the tokenizer gets at a time, in bytes. A tag has no more than a thousand attributes in two of these.
const PIECE: usize = 1 << 10;

/// How many attributes a tag keeps that is longer than a piece.
const MOST_ATTRIBUTES: usize = 256;

/// How far a character reference reaches, in bytes: the longest name has 33.
const LONGEST_REFERENCE: usize = 40;

/// What ends a tag: outside of values, within double, within single quotation marks. The mark tells what was swallowed
/// by a value from what stood there.
const ENDINGS: [&str; 3] = [">", "\u{1}\">", "'>"];

/// What a value in double, and one in single quotation marks has swallowed of the endings when it ends.
const SWALLOWED: [&str; 3] = ["", ">\u{1}", ">\u{1}\">"];

/// What a text that no ending ends has swallowed of them: a comment, and a section of characters in a picture.
const ALL_SWALLOWED: &str = ">\u{1}\">'>";

/// The attribute that a tag begins again with where it was ended within a value, with the sign before its own: nobody
/// has one called `=`.
const REST: &str = "==";

/// Gives `html` to a tokenizer, piece by piece, for as long as its sink `goes_on`. Returns the sink.
pub(in crate::format) fn tokenize<S: TokenSink>(
    html: &str,
    sink: S,
    goes_on: impl Fn(&S) -> bool,
) -> S {
    tokenize_by(PIECE, html, sink, goes_on).sink
}

fn tokenize_by<S: TokenSink>(
    most: usize,
    html: &str,
    sink: S,
    goes_on: impl Fn(&S) -> bool,
) -> Joining<S> {
    let tokenizer = Tokenizer::new(Joining::new(sink), TokenizerOpts::default());
    let mut rest = html;
    while !rest.is_empty() && goes_on(&tokenizer.sink.sink) {
        let (held, after) = rest.split_at(rest.floor_char_boundary(HELD));
        let tendril = StrTendril::from_slice(held);
        let mut at = 0;
        while at < held.len() {
            let (length, cut) = cut(held.get(at..).unwrap_or_default(), most);
            feed(&tokenizer, tendril.subtendril(at as u32, length as u32));
            at += length;
            let is_last = at == held.len() && after.is_empty();
            if tokenizer.sink.tokens.replace(0) == 0 && length * 2 >= most && !is_last {
                begin_again(&tokenizer, cut);
            }
        }
        rest = after;
    }
    tokenizer.end();
    tokenizer.sink
}

fn feed<S: TokenSink>(tokenizer: &Tokenizer<S>, piece: StrTendril) {
    let queue = BufferQueue::default();
    queue.push_back(piece);
    // The only reason to pause is a script that could run, and none is ever reported.
    while !queue.is_empty() {
        let _ = tokenizer.feed(&queue);
    }
}

/// Ends what fills a piece, and begins it again.
fn begin_again<S: TokenSink>(tokenizer: &Tokenizer<Joining<S>>, cut: Cut) {
    let joining = &tokenizer.sink;
    for (ending, swallowed) in ENDINGS.into_iter().zip(SWALLOWED) {
        joining.ending.set(Some(swallowed));
        feed(tokenizer, StrTendril::from_slice(ending));
        if joining.ended.get().is_some() {
            break;
        }
    }
    let swallowed = joining.ending.take().unwrap_or_default();
    let ended = joining.ended.take();
    joining.has_swallowed.set(ended.is_none());
    let again = match ended {
        Some(Ended::Tag { .. }) => joining.beginning(swallowed, cut, ended),
        // What was no comment by the rules ends with the first `>`, and so does this.
        Some(Ended::Comment) => "<!x".to_owned(),
        Some(Ended::Words) | None => return,
    };
    feed(tokenizer, StrTendril::from(again));
    joining.tokens.set(0);
}

/// Where a piece was cut off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cut {
    /// After a blank that no equals sign is next to.
    Blank,
    /// Within a word.
    Word,
    /// Where there was neither.
    Anywhere,
}

/// Returns the length of the next piece of a text and where it is cut off.
fn cut(text: &str, most: usize) -> (usize, Cut) {
    if text.len() <= most {
        return (text.len(), Cut::Anywhere);
    }
    let bytes = text.as_bytes();
    let byte = |at: usize| bytes.get(at).copied().unwrap_or_default();
    let is_word = |byte: u8| byte.is_ascii_alphanumeric();
    let is_blank = |byte: u8| matches!(byte, b' ' | b'\t' | b'\n');
    let window = (most / 2).max(2)..=most;
    let mut places = window.clone().rev();
    let stands_free = |at: usize| {
        let before = bytes.get(..at).unwrap_or_default();
        let last = before.iter().rev().find(|byte| !byte.is_ascii_whitespace());
        !byte(at).is_ascii_whitespace() && byte(at) != b'=' && last != Some(&b'=')
    };
    let blank = places.find(|at| is_blank(byte(at - 1)) && stands_free(*at));
    if let Some(at) = blank {
        return (at, Cut::Blank);
    }
    let in_reference = |at: usize| {
        let before = bytes.get(at.saturating_sub(LONGEST_REFERENCE)..at);
        let mut before = before.unwrap_or_default().iter().rev();
        before.find(|one| !is_word(**one) && **one != b'#') == Some(&b'&')
    };
    let mut places = window.clone().rev();
    let word = places.find(|at| is_word(byte(at - 1)) && is_word(byte(*at)) && !in_reference(*at));
    if let Some(at) = word {
        return (at, Cut::Word);
    }
    // Beside an equals sign nobody could say what begins after it.
    let is_sign = |byte: u8| matches!(byte, b'=' | b'&' | b'<');
    let mut places = window.rev();
    let place =
        places.find(|at| text.is_char_boundary(*at) && !is_sign(byte(at - 1)) && byte(*at) != b'=');
    // A character is never as long as a piece.
    let place = place.unwrap_or_else(|| text.floor_char_boundary(most.max(4)));
    (place, Cut::Anywhere)
}

/// What an ending has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ended {
    /// A tag, and what is known of the attribute that came last in it.
    Tag {
        /// Its value had begun.
        has_value: bool,
        /// One of the attributes had the name of another, and was dropped.
        has_dropped: bool,
    },
    /// A comment of a kind.
    Comment,
    /// Nothing that goes on: words.
    Words,
}

/// What follows first where a tag begins again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rest {
    /// Another attribute.
    Attribute,
    /// The rest of the value of the last one.
    Value,
    /// The rest of the value of one that was dropped.
    Dropped,
}

/// A tag of which a part was read.
struct Growing {
    tag: Tag,
    rest: Rest,
    /// The attribute that came last is the last of those that are kept.
    keeps_last: bool,
}

impl Growing {
    /// Puts the next stretch of the tag to what was read of it.
    fn join(&mut self, next: Tag) {
        let mut attributes = next.attrs.into_iter();
        let first = match self.rest {
            Rest::Attribute => None,
            Rest::Value | Rest::Dropped => attributes.next(),
        };
        if let (Rest::Value, Some(first)) = (self.rest, first)
            && let Some(last) = self.tag.attrs.last_mut()
        {
            last.value.push_tendril(&first.value);
        }
        self.keeps_last &= self.rest != Rest::Dropped;
        for attribute in attributes {
            self.keeps_last = self.is_kept(&attribute);
            if self.keeps_last {
                self.tag.attrs.push(attribute);
            }
        }
        self.tag.self_closing = next.self_closing;
    }

    fn is_kept(&self, attribute: &Attribute) -> bool {
        let kept = &self.tag.attrs;
        kept.len() < MOST_ATTRIBUTES && kept.iter().all(|one| one.name != attribute.name)
    }
}

/// Stands between the tokenizer and its sink, and puts together the tags that were ended before their end.
struct Joining<S> {
    sink: S,
    /// How many tokens came of a piece.
    tokens: Cell<usize>,
    /// An ending is being given: what a value will have swallowed of those before it.
    ending: Cell<Option<&'static str>>,
    ended: Cell<Option<Ended>>,
    /// All endings were swallowed by what comes next.
    has_swallowed: Cell<bool>,
    growing: RefCell<Option<Growing>>,
    /// How often the tokenizer has compared an attribute with another.
    #[cfg(test)]
    compared: Cell<usize>,
}

impl<S: TokenSink> Joining<S> {
    fn new(sink: S) -> Self {
        Self {
            sink,
            tokens: Cell::new(0),
            ending: Cell::new(None),
            ended: Cell::new(None),
            has_swallowed: Cell::new(false),
            growing: RefCell::new(None),
            #[cfg(test)]
            compared: Cell::new(0),
        }
    }

    /// Takes what an ending has ended.
    fn end_early(&self, token: Token, swallowed: &str, line: u64) -> TokenSinkResult<S::Handle> {
        let ended = match token {
            Token::TagToken(tag) => {
                self.take_stretch(tag, swallowed);
                return TokenSinkResult::Continue;
            }
            Token::CharacterTokens(words) if ENDINGS.contains(&&*words) || &*words == ">" => {
                self.ended.set(Some(Ended::Words));
                return TokenSinkResult::Continue;
            }
            Token::CommentToken(_) | Token::DoctypeToken(_) => Ended::Comment,
            _ => Ended::Words,
        };
        self.ended.set(Some(ended));
        self.sink.process_token(token, line)
    }

    /// Takes a stretch of a tag, which is not its end.
    fn take_stretch(&self, mut tag: Tag, swallowed: &str) {
        let has_dropped = tag.had_duplicate_attributes;
        let mut has_value = false;
        if let Some(last) = tag.attrs.last_mut() {
            if swallowed.is_empty() {
                has_value = !last.value.is_empty();
            } else if last.value.ends_with(swallowed) {
                last.value.pop_back(swallowed.len() as u32);
                has_value = true;
            }
        }
        self.ended.set(Some(Ended::Tag {
            has_value,
            has_dropped,
        }));
        let mut growing = self.growing.borrow_mut();
        if let Some(growing) = growing.as_mut() {
            growing.join(tag);
        } else {
            *growing = Some(Growing {
                tag,
                rest: Rest::Attribute,
                keeps_last: true,
            });
        }
    }

    /// Returns what begins a tag again that was ended at a cut, with `swallowed` in its last value.
    fn beginning(&self, swallowed: &str, cut: Cut, ended: Option<Ended>) -> String {
        let mut growing = self.growing.borrow_mut();
        let (
            Some(growing),
            Some(Ended::Tag {
                has_value,
                has_dropped,
            }),
        ) = (growing.as_mut(), ended)
        else {
            return String::new();
        };
        let mark = SWALLOWED.iter().position(|one| *one == swallowed);
        let is_word = cut == Cut::Word;
        let begins = match mark {
            Some(1) => format!("{REST}\""),
            Some(2) => format!("{REST}'"),
            _ if is_word && (has_value || has_dropped) => REST.to_owned(),
            // The word is a name that goes on.
            _ if is_word && growing.keeps_last => growing
                .tag
                .attrs
                .pop()
                .map_or_else(String::new, |last| last.name.local.to_string()),
            _ => String::new(),
        };
        growing.rest = if !begins.starts_with(REST) {
            Rest::Attribute
        } else if has_value && growing.keeps_last && (mark > Some(0) || !has_dropped) {
            Rest::Value
        } else {
            // Outside of quotation marks nothing tells which of the attributes was dropped; it may be the last.
            Rest::Dropped
        };
        let slash = match growing.tag.kind {
            TagKind::StartTag => "",
            TagKind::EndTag => "/",
        };
        format!("<{slash}{} {begins}", growing.tag.name)
    }

    /// Returns a token with what was read of it before.
    fn whole(&self, token: Token) -> Token {
        match token {
            Token::TagToken(tag) => match self.growing.take() {
                Some(mut growing) => {
                    growing.join(tag);
                    Token::TagToken(growing.tag)
                }
                None => Token::TagToken(tag),
            },
            Token::CharacterTokens(words) if self.has_swallowed.take() => {
                Token::CharacterTokens(words.replace(ALL_SWALLOWED, "").into())
            }
            token => token,
        }
    }

    #[cfg(test)]
    fn count(&self, token: &Token) {
        if let Token::TagToken(tag) = token {
            let compared = tag.attrs.len() * tag.attrs.len().saturating_sub(1) / 2;
            self.compared.set(self.compared.get() + compared);
        }
    }
}

impl<S: TokenSink> TokenSink for Joining<S> {
    type Handle = S::Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<S::Handle> {
        #[cfg(test)]
        self.count(&token);
        // What is wrong with a tag is told amid it.
        if matches!(token, Token::ParseError(_)) {
            return self.sink.process_token(token, line);
        }
        if let Some(swallowed) = self.ending.get() {
            return self.end_early(token, swallowed, line);
        }
        self.tokens.set(self.tokens.get() + 1);
        self.sink.process_token(self.whole(token), line)
    }

    fn end(&self) {
        self.sink.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.sink
            .adjusted_current_node_present_but_not_in_html_namespace()
    }
}

#[cfg(test)]
mod tests;
