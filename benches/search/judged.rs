//! How good the order is on a collection with questions and judgements, asked as `recto search` asks: the folder's
//! documents are added to a library, each question is looked for in it, and the first hundred answers are judged.
//!
//! Prints nDCG@10 (Järvelin and Kekäläinen, Cumulated gain-based evaluation of IR techniques, 2002), MAP (over the first
//! hundred) and recall@100; and the same for the first two, three and four words of each question that say something,
//! for these are narrowed while most whole questions are ranked.
//!
//! A folder holds `docs.jsonl` (`id`, `title`, `text`), `queries.jsonl` (`id`, `text`) and `qrels.tsv` (a line of heads;
//! question, document, gain).

use std::collections::HashMap;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use recto::library::{Doubles, Library, Window};
use recto::query::{Match, Query, parse};
use recto::text::{Language, analysis};
use serde::Deserialize;

/// How many answers are judged.
const JUDGED: usize = 100;

/// Documents, questions, and which of the former answer which of the latter.
pub struct Collection {
    documents: PathBuf,
    questions: Vec<Question>,
    judged: HashMap<String, HashMap<String, f64>>,
}

#[derive(Deserialize)]
struct Question {
    #[serde(alias = "_id")]
    id: String,
    text: String,
}

impl Collection {
    /// Reads a folder, or returns nothing where there is none.
    pub fn read(folder: &Path) -> Option<Self> {
        let lines = fs::read_to_string(folder.join("queries.jsonl")).ok()?;
        let mut judged: HashMap<String, HashMap<String, f64>> = HashMap::new();
        for line in fs::read_to_string(folder.join("qrels.tsv"))
            .ok()?
            .lines()
            .skip(1)
        {
            let mut fields = line.split('\t');
            let (question, id) = (fields.next()?, fields.next()?);
            let gain = fields.next()?.parse().ok()?;
            let of_question = judged.entry(question.to_owned()).or_default();
            of_question.insert(id.to_owned(), gain);
        }
        let questions = lines.lines().map(serde_json::from_str);
        let questions: Vec<Question> = questions.collect::<Result<_, _>>().ok()?;
        Some(Self {
            documents: folder.join("docs.jsonl"),
            // What nobody judged can be answered neither well nor badly.
            questions: questions
                .into_iter()
                .filter(|question| judged.contains_key(&question.id))
                .collect(),
            judged,
        })
    }

    /// Prints what the answers are worth.
    pub fn report(&self) {
        let mut library = Library::temporary().expect("a temporary library");
        library
            .add(std::slice::from_ref(&self.documents), &mut |_| {
                ControlFlow::Continue(())
            })
            .expect("the documents added");
        println!(
            "\n{} questions                 {:>10}{:>10}{:>12}",
            self.questions.len(),
            "nDCG@10",
            "MAP",
            "recall@100"
        );
        let whole = |question: &Question| parse(&question.text);
        self.row("whole questions", &library, &whole);
        self.row("  by any word", &library, &|question| Query {
            matching: Some(Match::Any),
            ..whole(question)
        });
        for words in 2..=4 {
            let first = |question: &Question| parse(&first_words(&question.text, words));
            self.row(&format!("their first {words} words"), &library, &first);
            self.row("  by any word", &library, &|question| Query {
                matching: Some(Match::Any),
                ..first(question)
            });
        }
    }

    fn row(&self, name: &str, library: &Library, asked: &dyn Fn(&Question) -> Query) {
        let mut sums = [0.0; 3];
        for question in &self.questions {
            let window = Window::first(JUDGED).with(Doubles::Apart);
            let found = library
                .find(&asked(question), window, 0)
                .expect("an answer");
            let judged = &self.judged[&question.id];
            let gain = |key: &str| judged.get(key).copied().unwrap_or(0.0);
            let gains: Vec<f64> = found.rows.iter().map(|row| gain(&row.key.0)).collect();
            let measured = [
                discounted(&gains, judged),
                precision(&gains, judged),
                recall(&gains, judged),
            ];
            for (sum, more) in sums.iter_mut().zip(measured) {
                *sum += more;
            }
        }
        let [gain, precision, recall] = sums.map(|sum| sum / self.questions.len() as f64);
        println!("{name:30}{gain:>10.4}{precision:>10.4}{recall:>12.4}");
    }
}

/// Returns nDCG@10.
fn discounted(gains: &[f64], judged: &HashMap<String, f64>) -> f64 {
    let sum = |gains: &[f64]| -> f64 {
        let discount = |(rank, gain): (usize, &f64)| gain / (rank as f64 + 2.0).log2();
        gains.iter().take(10).enumerate().map(discount).sum()
    };
    let mut best: Vec<f64> = judged.values().copied().collect();
    best.sort_by(|a, b| b.total_cmp(a));
    match sum(&best) {
        0.0 => 0.0,
        most => sum(gains) / most,
    }
}

/// Returns the mean of the precision at each document that answers.
fn precision(gains: &[f64], judged: &HashMap<String, f64>) -> f64 {
    let mut good = 0.0;
    let mut sum = 0.0;
    for (rank, gain) in gains.iter().enumerate() {
        if *gain > 0.0 {
            good += 1.0;
            sum += good / (rank as f64 + 1.0);
        }
    }
    sum / answers(judged)
}

fn recall(gains: &[f64], judged: &HashMap<String, f64>) -> f64 {
    gains.iter().filter(|gain| **gain > 0.0).count() as f64 / answers(judged)
}

/// Returns how many documents answer; one at least, to divide by.
fn answers(judged: &HashMap<String, f64>) -> f64 {
    let answers = judged.values().filter(|gain| **gain > 0.0).count();
    answers.max(1) as f64
}

/// Returns the first words of a question that say something.
fn first_words(text: &str, count: usize) -> String {
    let mut words = Vec::new();
    analysis::analyze(text, Language::ENGLISH, |token| {
        if !token.joined && !analysis::is_stop_word(token.folded) {
            words.push(token.folded.to_owned());
        }
    });
    words.truncate(count);
    words.join(" ")
}
