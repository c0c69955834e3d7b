//! The bare query beneath a question: tantivy's own best fifty and its count, on the same index.

use std::ops::Bound::{Excluded, Included};

use recto::text::{Language, analysis};
use tantivy::Term;
use tantivy::query::{AllQuery, BooleanQuery, PhraseQuery, Query, RangeQuery, TermQuery};
use tantivy::schema::IndexRecordOption;

use crate::beneath::Bare;

impl Bare {
    /// Asks for all the words of a text, the last of them as a beginning where it is `typed`; for the words side by side
    /// where they are in quotation marks; for every document where there are none. Filters are left out.
    pub fn ask(&self, text: &str, typed: bool) -> usize {
        let plain: Vec<&str> = text
            .split_whitespace()
            .filter(|word| !word.contains(':'))
            .collect();
        let phrase = text.starts_with('"');
        let mut words: Vec<(Term, String)> = Vec::new();
        for word in plain {
            analysis::analyze(word.trim_matches('"'), Language::ENGLISH, |token| {
                if !token.joined {
                    let term = Term::from_field_text(self.words, token.stem);
                    words.push((term, token.folded.to_owned()));
                }
            });
        }
        if phrase && words.len() > 1 {
            return self.run(&PhraseQuery::new(
                words.into_iter().map(|(term, _)| term).collect(),
            ));
        }
        let begun = if typed { words.pop() } else { None };
        let mut parts: Vec<Box<dyn Query>> = Vec::new();
        for (term, _) in words {
            parts.push(Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)));
        }
        if let Some((_, begun)) = begun {
            let from = Term::from_field_text(self.exact, &begun);
            let to = Term::from_field_text(self.exact, &format!("{begun}\u{10ffff}"));
            parts.push(Box::new(RangeQuery::new(Included(from), Excluded(to))));
        }
        match parts.len() {
            0 => self.run(&AllQuery),
            _ => self.run(&BooleanQuery::intersection(parts)),
        }
    }
}
