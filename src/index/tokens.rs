//! The one analysis of texts, as tantivy asks for it.
//!
//! A text is handed to tantivy with its language before it, because words are made in tantivy's own threads and each
//! document is analysed by its own language, while a tokenizer is told nothing but the text.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::text::{Language, analysis};

/// How many bytes before a text say its language.
const TAG: usize = 2;

/// How much text is remembered at most in its other form, in bytes: a longer one is analysed twice rather than held twice.
const MOST_AHEAD: usize = 1 << 20;

/// Returns `text` with its language before it: what a column of words is given.
pub(super) fn tagged(text: &str, language: Language) -> String {
    let mut tagged = String::with_capacity(TAG + text.len());
    tagged.push_str(language.code().unwrap_or("--"));
    tagged.push_str(text);
    tagged
}

/// Which form of each word is wanted.
#[derive(Clone, Copy, Debug)]
pub(super) enum Form {
    Stem,
    Folded,
    /// The same, where the beginnings of the words are wanted next.
    Begun,
    /// The beginnings of the folded words, from one letter to [`LONGEST_BEGINNING`].
    Beginnings,
}

/// How many letters a beginning has at most that is kept as a word of its own.
pub(super) const LONGEST_BEGINNING: usize = 2;

/// Makes the words of a tagged text, in one form, counting positions from `from`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Analysis {
    pub form: Form,
    pub from: u32,
}

impl Tokenizer for Analysis {
    type TokenStream<'a> = Words;

    fn token_stream(&mut self, tagged: &str) -> Words {
        let (tag, text) = tagged.split_at_checked(TAG).unwrap_or(("", tagged));
        let language = Language::from_tag(tag);
        let run = match self.form {
            Form::Stem if tagged.len() > MOST_AHEAD => Run::of(text, language, self.form),
            Form::Stem => {
                let (mut stems, mut folded) = (Run::default(), Run::default());
                analysis::analyze(text, language, |token| {
                    stems.push(token.position, token.stem);
                    folded.push(token.position, token.folded);
                });
                AHEAD.with_borrow_mut(|ahead| ahead.remember(tagged, &Rc::new(folded)));
                Rc::new(stems)
            }
            Form::Folded => AHEAD
                .with_borrow_mut(|ahead| ahead.take(tagged))
                .unwrap_or_else(|| Run::of(text, language, self.form)),
            Form::Begun => {
                let ahead = AHEAD.with_borrow_mut(|ahead| ahead.take(tagged));
                let folded = ahead.unwrap_or_else(|| Run::of(text, language, self.form));
                BEGUN.with_borrow_mut(|begun| begun.remember(tagged, &folded));
                folded
            }
            Form::Beginnings => BEGUN
                .with_borrow_mut(|begun| begun.take(tagged))
                .unwrap_or_else(|| Run::of(text, language, self.form)),
        };
        Words {
            run,
            next: 0,
            letters: matches!(self.form, Form::Beginnings).then_some(0),
            from: self.from,
            token: Token::default(),
        }
    }
}

thread_local! {
    /// A text is asked for by its stems and, a column later, by its folded words; one analysis makes both, and it is the
    /// dearest part of writing an index.
    static AHEAD: RefCell<Ahead> = RefCell::default();

    /// And after these, of the words of the text, by the beginnings of the same.
    static BEGUN: RefCell<Ahead> = RefCell::default();
}

/// Words that will be asked for next, in the order of their texts.
#[derive(Default)]
struct Ahead {
    texts: VecDeque<(String, Rc<Run>)>,
    bytes: usize,
}

impl Ahead {
    fn remember(&mut self, tagged: &str, run: &Rc<Run>) {
        if self.bytes + tagged.len() <= MOST_AHEAD {
            self.bytes += tagged.len();
            self.texts.push_back((tagged.to_owned(), Rc::clone(run)));
        }
    }

    /// Returns the words of a text, where it is the next. Any other text is one of another place, and what is remembered
    /// will not be asked for.
    fn take(&mut self, tagged: &str) -> Option<Rc<Run>> {
        let (text, run) = self.texts.pop_front()?;
        if text == tagged {
            self.bytes -= text.len();
            return Some(run);
        }
        self.texts.clear();
        self.bytes = 0;
        None
    }
}

/// The words of one text. They lie behind one another in one string: an allocation a text, not a word.
#[derive(Default)]
struct Run {
    text: String,
    /// The position of each word, and where it lies in the string.
    places: Vec<(u32, usize, usize)>,
}

/// The words of one text, or the beginnings of each, one after the other.
pub(super) struct Words {
    run: Rc<Run>,
    /// Which of the words is next.
    next: usize,
    /// Of beginnings, how many letters the last had of the next word.
    letters: Option<usize>,
    from: u32,
    token: Token,
}

impl Run {
    fn of(text: &str, language: Language, form: Form) -> Rc<Self> {
        let mut words = Self::default();
        analysis::analyze(text, language, |token| {
            let word = match form {
                Form::Stem => token.stem,
                Form::Folded | Form::Begun | Form::Beginnings => token.folded,
            };
            words.push(token.position, word);
        });
        Rc::new(words)
    }

    fn push(&mut self, position: u32, word: &str) {
        if word.is_empty() {
            return;
        }
        let start = self.text.len();
        self.text.push_str(word);
        self.places.push((position, start, self.text.len()));
    }
}

/// Returns where so many letters of a word end, in bytes, where it has more.
fn beginning(word: &str, letters: usize) -> Option<usize> {
    let bytes = word.as_bytes();
    if bytes.len() > letters && bytes.iter().take(letters + 1).all(u8::is_ascii) {
        return Some(letters);
    }
    word.char_indices().nth(letters).map(|(end, _)| end)
}

impl TokenStream for Words {
    fn advance(&mut self) -> bool {
        let Some(&(position, start, end)) = self.run.places.get(self.next) else {
            return false;
        };
        let mut word = self.run.text.get(start..end).unwrap_or_default();
        self.next += 1;
        if let Some(letters) = &mut self.letters {
            *letters += 1;
            let end = beginning(word, *letters);
            // The same word again, for as long as it has letters more.
            match end.filter(|_| *letters < LONGEST_BEGINNING) {
                Some(_) => self.next -= 1,
                None => *letters = 0,
            }
            word = word.get(..end.unwrap_or(word.len())).unwrap_or_default();
        }
        self.token.position = self.from.saturating_add(position) as usize;
        self.token.text.clear();
        self.token.text.push_str(word);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(form: Form, from: u32, text: &str) -> Vec<(usize, String)> {
        let mut stream = Analysis { form, from }.token_stream(text);
        let mut words = Vec::new();
        while stream.advance() {
            words.push((stream.token().position, stream.token().text.clone()));
        }
        words
    }

    #[test]
    fn folded_words_are_the_same_whatever_was_asked_before() {
        let texts = ["enOwned by charities", "deÄpfel", "", "enOf 9"];
        let alone = texts.map(|text| words(Form::Folded, 3, text));
        assert_eq!(alone[0][2], (5, "charities".to_owned()));
        // As they come of a document: all stems, then all folded words.
        let stems = texts.map(|text| words(Form::Stem, 0, text));
        assert_ne!(stems[0][2].1, "charities");
        let after = texts.map(|text| words(Form::Folded, 3, text));
        assert_eq!(after, alone);
        AHEAD.with_borrow(|ahead| assert_eq!((ahead.texts.len(), ahead.bytes), (0, 0)));
        // Out of order, and of the same text in another language.
        let _ = texts.map(|text| words(Form::Stem, 0, text));
        for (text, expected) in texts.iter().zip(&alone).rev() {
            assert_eq!(words(Form::Folded, 3, text), *expected);
        }
        words(Form::Stem, 0, "enÄpfel");
        assert_eq!(words(Form::Folded, 3, "deÄpfel"), alone[1]);
    }

    #[test]
    fn beginnings_are_the_first_letters_of_each_word_whatever_was_asked_before() {
        let text = "enA über-élan\u{4e2d}\u{6587}";
        let of_each = |words: Vec<(usize, String)>| -> Vec<(usize, String)> {
            let begun = words.iter().flat_map(|(position, word)| {
                let letters: Vec<char> = word.chars().collect();
                let ends = 1..=letters.len().min(LONGEST_BEGINNING);
                ends.map(move |end| (*position, letters[..end].iter().collect()))
            });
            begun.collect()
        };
        let alone = words(Form::Beginnings, 0, text);
        assert!(alone.contains(&(0, "a".to_owned())) && alone.contains(&(1, "ub".to_owned())));
        assert_eq!(alone, of_each(words(Form::Folded, 0, text)));
        // As they come of a document.
        for form in [Form::Stem, Form::Begun] {
            words(form, 0, text);
        }
        assert_eq!(words(Form::Beginnings, 0, text), alone);
        BEGUN.with_borrow(|begun| assert_eq!((begun.texts.len(), begun.bytes), (0, 0)));
    }

    #[test]
    fn what_is_remembered_has_an_end() {
        let half = format!("en{}", "word ".repeat(MOST_AHEAD / 10));
        let whole = format!("en{}", "word ".repeat(MOST_AHEAD / 5));
        for _ in 0..4 {
            words(Form::Stem, 0, &whole);
            words(Form::Stem, 0, &half);
        }
        // Two halves fill it.
        AHEAD.with_borrow(|ahead| assert_eq!(ahead.texts.len(), 2));
        assert_eq!(words(Form::Folded, 0, &half).len(), MOST_AHEAD / 10);
        assert_eq!(words(Form::Folded, 0, &whole).len(), MOST_AHEAD / 5);
        AHEAD.with_borrow(|ahead| assert_eq!((ahead.texts.len(), ahead.bytes), (0, 0)));
    }
}
