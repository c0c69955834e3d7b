//! The words that a bare tantivy index is given: recto's own.

use recto::text::{Language, analysis};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Recto's analysis, as plainly as tantivy asks for it.
#[derive(Clone)]
pub struct Plain {
    /// The stem of a word, or else the word itself, folded.
    pub stem: bool,
    /// The place of the first word.
    pub from: usize,
}

impl Tokenizer for Plain {
    type TokenStream<'a> = Tokens;

    fn token_stream(&mut self, text: &str) -> Tokens {
        let mut tokens = Vec::new();
        analysis::analyze(text, Language::ENGLISH, |token| {
            tokens.push(Token {
                position: self.from + token.position as usize,
                text: if self.stem { token.stem } else { token.folded }.to_owned(),
                ..Token::default()
            });
        });
        Tokens { tokens, at: None }
    }
}

pub struct Tokens {
    tokens: Vec<Token>,
    at: Option<usize>,
}

impl TokenStream for Tokens {
    fn advance(&mut self) -> bool {
        let next = self.at.map_or(0, |at| at + 1);
        self.at = Some(next);
        next < self.tokens.len()
    }

    fn token(&self) -> &Token {
        &self.tokens[self.at.unwrap_or_default()]
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.tokens[self.at.unwrap_or_default()]
    }
}
