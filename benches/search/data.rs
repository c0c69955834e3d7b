//! Articles read from folders, and words and phrases to look for in them, the same in every run.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use recto::document::{BlockKind, BodyBuilder, Document, DocumentId, Key, Metadata, Title};
use recto::text::{Language, analysis};

/// An article and where it comes from.
pub struct Article {
    pub id: DocumentId,
    pub source: String,
    pub document: Document,
}

/// Returns the articles below a folder, by their paths; none where there is no such folder.
pub fn articles(folder: &Path) -> Vec<Article> {
    let mut paths: Vec<_> = ignore::Walk::new(folder)
        .filter_map(|entry| Some(entry.ok()?.into_path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .collect();
    paths.sort();
    let read = |(path, id): (&std::path::PathBuf, i64)| {
        let source = path.strip_prefix(folder).ok()?.iter().next()?;
        let text = fs::read_to_string(path).ok()?;
        Some(Article {
            id: DocumentId(id),
            source: source.to_string_lossy().into_owned(),
            document: document(&path.to_string_lossy(), &text),
        })
    };
    paths.iter().zip(1..).filter_map(read).collect()
}

/// Makes a document of a text with front matter, of which only the plainest kind is understood.
fn document(name: &str, text: &str) -> Document {
    let mut parts = text.splitn(3, "---\n");
    let (front, body) = match (parts.next(), parts.next(), parts.next()) {
        (Some(""), Some(front), Some(body)) => (front, body),
        _ => ("", text),
    };
    let mut metadata = Metadata {
        language: Language::ENGLISH,
        ..Metadata::default()
    };
    let mut list = "";
    for line in front.lines() {
        let clean = |text: &str| text.trim().trim_matches(['\'', '"']).to_owned();
        match (line.trim_start().strip_prefix("- "), line.split_once(':')) {
            (Some(item), _) if list == "authors" => metadata.authors.push(clean(item)),
            (Some(item), _) if list == "topics" || list == "tags" => {
                metadata.topics.push(clean(item));
            }
            (None, Some(("title", title))) => {
                metadata.title = Title {
                    text: clean(title),
                    derived: false,
                };
            }
            (None, Some(("date", date))) => {
                metadata.published = clean(date).get(..10).and_then(|date| date.parse().ok());
            }
            (None, Some((name, _))) => list = name,
            _ => {}
        }
    }
    let mut builder = BodyBuilder::new();
    for block in body.split("\n\n") {
        match block.trim_start().strip_prefix('#') {
            Some(heading) => {
                builder.block(
                    BlockKind::Heading { level: 1 },
                    heading.trim_start_matches('#'),
                );
            }
            None => builder.block(BlockKind::Paragraph, block),
        }
    }
    Document {
        key: Key(name.to_owned()),
        metadata,
        body: builder.finish(),
    }
}

/// How many questions of a sort are asked.
const QUESTIONS: usize = 100;

/// Returns words of the titles that are in five articles or more, from the rare to the frequent.
pub fn words(articles: &[Article]) -> Vec<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for article in articles {
        analysis::analyze(
            &article.document.metadata.title.text,
            Language::ENGLISH,
            |token| {
                let word = token.folded;
                if word.len() > 3
                    && word.is_ascii()
                    && !token.joined
                    && !analysis::is_stop_word(word)
                {
                    *counts.entry(word.to_owned()).or_default() += 1;
                }
            },
        );
    }
    let mut words: Vec<_> = counts
        .into_iter()
        .filter(|&(_, count)| count >= 5)
        .collect();
    words.sort_by_key(|(_, count)| *count);
    let every = (words.len() / QUESTIONS).max(1);
    words
        .into_iter()
        .step_by(every)
        .map(|(word, _)| word)
        .collect()
}

/// Returns runs of three words that say something, out of the texts.
pub fn phrases(articles: &[Article]) -> Vec<String> {
    let every = (articles.len() / QUESTIONS).max(1);
    let phrase = |article: &Article| {
        let words: Vec<&str> = article.document.body.text().split(' ').collect();
        let plain = |word: &&str| {
            word.len() > 2
                && word.bytes().all(|byte| byte.is_ascii_lowercase())
                && !analysis::is_stop_word(word)
        };
        let run = words.windows(3).find(|run| run.iter().all(plain))?;
        Some(run.join(" "))
    };
    articles.iter().step_by(every).filter_map(phrase).collect()
}
