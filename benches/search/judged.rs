//! How good the order is: nDCG@10 (Järvelin and Kekäläinen, Cumulated gain-based evaluation of IR techniques, 2002) on a
//! collection of abstracts with questions and judgements.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use recto::document::{BlockKind, BodyBuilder, Document, DocumentId, Key, Metadata, Title};
use recto::index::{Index, MarkSets, Request};
use recto::query::{Expanded, Expr};
use recto::text::Language;
use serde::Deserialize;

use crate::data::Article;

/// Abstracts, questions, and which of the former answer which of the latter.
pub struct Collection {
    articles: Vec<Article>,
    questions: Vec<Entry>,
    judged: HashMap<String, HashMap<i64, f64>>,
}

#[derive(Deserialize)]
struct Entry {
    id: String,
    #[serde(default)]
    title: String,
    text: String,
}

impl Collection {
    /// Reads a folder, or returns nothing where there is none.
    pub fn read(folder: &Path) -> Option<Self> {
        let texts = |name: &str| -> Option<Vec<Entry>> {
            let lines = fs::read_to_string(folder.join(name)).ok()?;
            lines
                .lines()
                .map(|line| serde_json::from_str(line).ok())
                .collect()
        };
        let mut judged: HashMap<String, HashMap<i64, f64>> = HashMap::new();
        for line in fs::read_to_string(folder.join("qrels.tsv"))
            .ok()?
            .lines()
            .skip(1)
        {
            let mut fields = line.split('\t');
            let (question, id) = (fields.next()?, fields.next()?.parse().ok()?);
            let gain = fields.next()?.parse().ok()?;
            judged
                .entry(question.to_owned())
                .or_default()
                .insert(id, gain);
        }
        Some(Self {
            articles: texts("docs.jsonl")?
                .into_iter()
                .filter_map(article)
                .collect(),
            questions: texts("queries.jsonl")?,
            judged,
        })
    }

    /// Prints what the first ten of each answer are worth: of some of the words, and of all as the program asks.
    pub fn report(&self) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let index = Index::create(folder.path()).expect("a new index");
        crate::fill(&index, &self.articles);
        println!(
            "nDCG@10 over {} questions (BM25 .434, aimed at .4415)",
            self.questions.len()
        );
        for (name, widen) in [("any of the words", true), ("all of the words", false)] {
            let gains = self
                .questions
                .iter()
                .map(|question| self.gain(&index, question, widen));
            println!(
                "{name:28}{:.4}",
                gains.sum::<f64>() / self.questions.len() as f64
            );
        }
    }

    fn gain(&self, index: &Index, question: &Entry, widen: bool) -> f64 {
        let mut expanded = crate::asked(&question.text);
        if widen && let Expr::And(words) = &expanded.root {
            let says_something = |expr: &&Expr| !matches!(expr, Expr::Ignored(_));
            let root = Expr::Or(words.iter().filter(says_something).cloned().collect());
            expanded = Expanded { root, ..expanded };
        }
        let request = Request {
            expanded: &expanded,
            offset: 0,
            limit: 10,
            marks: &MarkSets::default(),
            folds: None,
        };
        let hits = index.find(&request).expect("an answer").hits;
        let judged = self.judged.get(&question.id);
        let gain = |id: i64| {
            judged
                .and_then(|judged| judged.get(&id))
                .copied()
                .unwrap_or(0.0)
        };
        let discounted = |gains: &mut dyn Iterator<Item = f64>| -> f64 {
            let discount = |(rank, gain): (usize, f64)| gain / (rank as f64 + 2.0).log2();
            gains.take(10).enumerate().map(discount).sum()
        };
        let mut best: Vec<f64> = judged
            .into_iter()
            .flat_map(HashMap::values)
            .copied()
            .collect();
        best.sort_by(|a, b| b.total_cmp(a));
        discounted(&mut hits.iter().map(|hit| gain(hit.id.0))) / discounted(&mut best.into_iter())
    }
}

fn article(entry: Entry) -> Option<Article> {
    let mut body = BodyBuilder::new();
    body.block(BlockKind::Paragraph, &entry.text);
    let title = Title {
        text: entry.title,
        derived: false,
    };
    Some(Article {
        id: DocumentId(entry.id.parse().ok()?),
        source: "abstracts".to_owned(),
        document: Document {
            key: Key(entry.id),
            metadata: Metadata {
                title,
                language: Language::ENGLISH,
                ..Metadata::default()
            },
            body: body.finish(),
        },
    })
}
