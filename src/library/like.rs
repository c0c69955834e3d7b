//! Documents like another one: its words are found here, where its text and the index are both at hand.

use super::{Error, Library};
use crate::query::like::{Words, passage, sample, telling};
use crate::query::{Expanded, Like, Likeness};

/// How many are remembered: each digit of a number being typed is another.
const MOST: usize = 16;

/// What questions asked others to be like, kept until something is written.
#[derive(Debug, Default)]
pub(super) struct KeptLikes {
    /// The last change to documents, and the number of searchable ones, that they are of.
    version: Option<(i64, usize)>,
    known: Vec<Likeness>,
}

impl Library {
    /// Puts the words of documents in place of their numbers, where a question asks for others like them. Returns by
    /// which words others are like each of them, in its order.
    pub(super) fn liken(&self, expanded: &mut Expanded) -> Result<Vec<Likeness>, Error> {
        let likes = self.look_up_likes(&expanded.likes())?;
        expanded.liken(&likes);
        Ok(likes)
    }

    fn look_up_likes(&self, likes: &[Like]) -> Result<Vec<Likeness>, Error> {
        if likes.is_empty() {
            return Ok(Vec::new());
        }
        let mut kept = self.likes.borrow_mut();
        let version = Some((self.store.last_change()?, self.index.len()));
        if kept.version != version || kept.known.len() > MOST {
            kept.known.clear();
            kept.version = version;
        }
        let mut likenesses = Vec::new();
        for like in likes {
            let known = kept.known.iter().find(|known| known.like == *like);
            let likeness = match known {
                Some(known) => known.clone(),
                None => self.likeness(*like)?,
            };
            if known.is_none() {
                kept.known.push(likeness.clone());
            }
            likenesses.push(likeness);
        }
        Ok(likenesses)
    }

    fn likeness(&self, like: Like) -> Result<Likeness, Error> {
        let mut likeness = Likeness {
            like,
            title: None,
            words: Vec::new(),
            without: vec![like.id],
        };
        let Some(stored) = self.store.document(like.id)? else {
            return Ok(likeness);
        };
        let (metadata, body) = (stored.document.metadata, stored.document.body);
        let mut words = Words::default();
        if let Some(at) = like.at {
            let text = body.text().get(passage(&body, at));
            words.add_text(text.unwrap_or_default(), metadata.language);
        } else {
            // A title that stands in for one is a phrase of the text, and counts there.
            if !metadata.title.derived {
                words.add_title(&metadata.title.text, metadata.language);
            }
            for stretch in sample(body.text()) {
                words.add_text(stretch, metadata.language);
            }
        }
        let documents = self.index.len() as u64;
        likeness.words = telling(words, documents, |stems| self.index.frequencies(stems))?;
        likeness.without.extend(self.store.nearly(like.id)?);
        likeness.title = Some(metadata.title.text);
        Ok(likeness)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::DocumentId;
    use crate::library::Window;
    use crate::library::fixtures::{Desk, go_on};
    use crate::query;

    /// A desk with notes on two matters, one of them twice, among others on nothing much.
    fn desk() -> Desk {
        let mut desk = Desk::new();
        let of = |words: &str, own: &str| {
            format!("{own} says much of {words}. And again of {words}, as {own} would.\n")
        };
        for name in ["anna", "bert", "carl"] {
            desk.write(
                &format!("tupe-{name}.txt"),
                of("tupe, transferees and pensions", name),
            );
            desk.write(
                &format!("shelf-{name}.txt"),
                of("shelves, borrowers and lending", name),
            );
        }
        desk.write(
            "tupe-again.txt",
            of("tupe, transferees and pensions", "anna"),
        );
        for number in 0..40 {
            desk.write(
                &format!("other{number}.txt"),
                format!("Nothing much, in {number} lines.\n"),
            );
        }
        desk.add_notes();
        desk
    }

    fn id(desk: &Desk, key: &str) -> DocumentId {
        desk.library.resolve(key).unwrap().unwrap()
    }

    #[test]
    fn documents_are_like_one_that_share_its_rare_words_but_not_its_copies() {
        let desk = desk();
        let anna = id(&desk, "tupe-anna.txt").0;
        assert_eq!(
            desk.keys(&format!("like:{anna}")),
            ["tupe-bert.txt", "tupe-carl.txt"]
        );
        assert_eq!(desk.keys(&format!("like:{anna} carl")), ["tupe-carl.txt"]);
        assert_eq!(desk.keys(&format!("like:{anna} carl kind:thread")), [""; 0]);
        let question = query::parse(&format!("like:{anna}"));
        let found = desk.library.find(&question, Window::first(9), 60).unwrap();
        let likeness = &found.likes[0];
        let words: Vec<&str> = likeness
            .words
            .iter()
            .map(|word| word.shown.as_str())
            .collect();
        assert_eq!(words, ["anna", "tupe", "transferees", "pensions"]);
        assert_eq!(found.hits.sort, query::Sort::Relevance);
        let lit = &found.rows[0].snippet;
        let lit: Vec<&str> = lit
            .lit
            .iter()
            .map(|range| &lit.text[range.clone()])
            .collect();
        assert_eq!(lit[..3], ["tupe", "transferees", "pensions"]);
    }

    #[test]
    fn a_passage_has_its_own_likes() {
        let mut desk = desk();
        let filler = "Nothing much, in a few lines. ".repeat(120);
        let long = format!(
            "Of tupe and transferees and pensions.\n\n{filler}\n\n{filler}\n\nOf shelves and borrowers and lending.\n"
        );
        desk.write("long.txt", &long);
        desk.add_notes();
        let long_id = id(&desk, "long.txt").0;
        let shelves = desk.keys(&format!("like:{long_id}@{}", long.len() - 20));
        assert_eq!(
            shelves,
            ["shelf-anna.txt", "shelf-bert.txt", "shelf-carl.txt"]
        );
        let tupe = desk.keys(&format!("like:{long_id}@0"));
        assert!(
            tupe.iter().all(|key| key.starts_with("tupe-")) && tupe.len() == 4,
            "{tupe:?}"
        );
    }

    #[test]
    fn what_is_not_there_finds_nothing_and_what_changes_is_found_anew() {
        let mut desk = desk();
        let question = query::parse("like:777");
        let found = desk.library.find(&question, Window::first(9), 60).unwrap();
        assert_eq!((found.hits.total, &found.likes[0].title), (0, &None));
        let anna = format!("like:{}", id(&desk, "tupe-anna.txt").0);
        assert_eq!(desk.keys(&anna).len(), 2);
        desk.write(
            "tupe-dora.txt",
            "Tupe, said dora, and transferees, and pensions, and more.\n",
        );
        desk.add_notes();
        assert_eq!(desk.keys(&anna).len(), 3);
    }

    #[test]
    fn of_the_seeds_the_nearest_are_of_the_same_matter() {
        let mut library = Library::temporary_with_seeds().unwrap();
        library.catch_up(&mut go_on).unwrap();
        let first = |question: &str| {
            let found = library
                .find(&query::parse(question), Window::first(1), 0)
                .unwrap();
            found.rows[0].clone()
        };
        let own = first("mutual");
        let like = first(&format!("like:{}", own.id.0));
        assert_ne!(own.id, like.id);
        assert!(
            like.topics.iter().any(|topic| topic.contains("mutual")),
            "{like:?}"
        );
    }
}
