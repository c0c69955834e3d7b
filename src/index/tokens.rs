//! The one analysis of texts, as tantivy asks for it.
//!
//! A text is handed to tantivy with its language before it, because words are made in tantivy's own threads and each
//! document is analysed by its own language, while a tokenizer is told nothing but the text.

use std::vec::IntoIter;

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::text::{Language, analysis};

/// How many bytes before a text say its language.
const TAG: usize = 2;

/// Returns `text` with its language before it: what a column of words is given.
pub(super) fn tagged(text: &str, language: Language) -> String {
    format!("{}{text}", language.code().unwrap_or("--"))
}

/// Which form of each word is wanted.
#[derive(Clone, Copy, Debug)]
pub(super) enum Form {
    Stem,
    Folded,
}

/// Makes the words of a tagged text, in one form, counting positions from `from`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Analysis {
    pub form: Form,
    pub from: u32,
}

impl Tokenizer for Analysis {
    type TokenStream<'a> = Words;

    fn token_stream(&mut self, text: &str) -> Words {
        let (tag, text) = text.split_at_checked(TAG).unwrap_or(("", text));
        let mut words = Words::default();
        let mut places = Vec::new();
        analysis::analyze(text, Language::from_tag(tag), |token| {
            let start = words.text.len();
            words.text.push_str(match self.form {
                Form::Stem => token.stem,
                Form::Folded => token.folded,
            });
            if words.text.len() > start {
                places.push((self.from + token.position, start, words.text.len()));
            }
        });
        words.places = places.into_iter();
        words
    }
}

/// The words of one text. They lie behind one another in one string: an allocation a text, not a word.
#[derive(Default)]
pub(super) struct Words {
    text: String,
    places: IntoIter<(u32, usize, usize)>,
    token: Token,
}

impl TokenStream for Words {
    fn advance(&mut self) -> bool {
        let Some((position, start, end)) = self.places.next() else {
            return false;
        };
        self.token.position = position as usize;
        self.token.text.clear();
        let word = self.text.get(start..end).unwrap_or_default();
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
