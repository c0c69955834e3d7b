//! `recto edit`: what a source says of a document, put right by hand.

use std::process::ExitCode;

use anyhow::{Context, anyhow, bail};

use super::args::{EditArgs, EditedField};
use super::output::{one_line, tell};
use super::{Environment, opening};
use crate::document::{Correction, Date};
use crate::library::Edited;

pub(super) fn run(args: &EditArgs, environment: &Environment) -> anyhow::Result<ExitCode> {
    let mut library = opening::for_writing(environment)?;
    let missing = || {
        format!(
            "there is no document {}; `recto search` prints their numbers",
            args.id
        )
    };
    let id = library.resolve(&args.id)?.with_context(missing)?;
    let edited = library.correction(id)?.with_context(missing)?;
    let wanted = wanted(args, &edited)?;
    if wanted != edited.correction {
        library.correct(id, wanted)?;
    }
    let edited = library.correction(id)?.with_context(missing)?;
    let told = lines(&edited);
    if told.is_empty() {
        tell("nothing is put right by hand: it is as its source says");
    }
    for line in told {
        tell(&line);
    }
    Ok(ExitCode::SUCCESS)
}

/// Returns what is to be put right: what was before, with what the command says.
fn wanted(args: &EditArgs, edited: &Edited) -> anyhow::Result<Correction> {
    let mut correction = edited.correction.clone();
    for field in &args.clear {
        match field {
            EditedField::Title => correction.title = None,
            EditedField::Authors => correction.authors = None,
            EditedField::Date => correction.published = None,
            EditedField::Topics => correction.topics = None,
            EditedField::All => correction = Correction::default(),
        }
    }
    if let Some(title) = &args.title {
        if title.trim().is_empty() {
            bail!("a title can't be empty; --clear title takes back what was put right");
        }
        correction.title = Some(title.clone());
    }
    if !args.authors.is_empty() {
        correction.authors = Some(args.authors.clone());
    }
    if let Some(date) = &args.date {
        correction.published = Some(date_of(date)?);
    }
    if !args.topics.is_empty() {
        correction.topics = Some(args.topics.clone());
    }
    if !args.add_topic.is_empty() || !args.remove_topic.is_empty() {
        let now = correction.topics.take();
        let mut topics = now.unwrap_or_else(|| edited.original.topics.clone());
        topics.retain(|topic| !args.remove_topic.iter().any(|gone| same(gone, topic)));
        topics.extend(args.add_topic.iter().cloned());
        correction.topics = Some(topics);
    }
    Ok(correction)
}

fn date_of(text: &str) -> anyhow::Result<Option<Date>> {
    match text.trim() {
        "" => Ok(None),
        date => date
            .parse()
            .map(Some)
            // What the date says of itself is the same in more words.
            .map_err(|_| anyhow!("`{date}` is no date; write 2012, 2012-11 or 2012-11-30")),
    }
}

fn same(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

/// Returns what was put right, a line a field, with what the source says.
pub(super) fn lines(edited: &Edited) -> Vec<String> {
    let Edited {
        correction,
        original,
    } = edited;
    let shown = |text: &str| match one_line(text) {
        text if text.is_empty() => "nothing".to_owned(),
        text => format!("“{text}”"),
    };
    let all = |texts: &[String]| shown(&texts.join(", "));
    let day = |date: Option<Date>| shown(&date.map_or_else(String::new, |date| date.to_string()));
    let fields = [
        correction
            .title
            .as_ref()
            .map(|title| ("title", shown(title), shown(&original.title.text))),
        correction
            .authors
            .as_ref()
            .map(|authors| ("authors", all(authors), all(&original.authors))),
        correction
            .published
            .map(|date| ("date", day(date), day(original.published))),
        correction
            .topics
            .as_ref()
            .map(|topics| ("topics", all(topics), all(&original.topics))),
    ];
    let fields = fields.into_iter().flatten();
    fields
        .map(|(field, now, own)| format!("put right: {field}: {now}; its source says {own}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Title;
    use crate::store::Original;

    fn args() -> EditArgs {
        EditArgs {
            id: "1".to_owned(),
            title: None,
            authors: Vec::new(),
            date: None,
            topics: Vec::new(),
            add_topic: Vec::new(),
            remove_topic: Vec::new(),
            clear: Vec::new(),
        }
    }

    fn edited() -> Edited {
        Edited {
            correction: Correction {
                title: Some("Right".to_owned()),
                published: Some(None),
                ..Correction::default()
            },
            original: Original {
                title: Title {
                    text: "Wrong".to_owned(),
                    derived: false,
                },
                authors: vec!["Ann".to_owned()],
                published: "2012-11".parse().ok(),
                topics: vec!["Mutuals".to_owned(), "Care".to_owned()],
            },
        }
    }

    #[test]
    fn what_is_not_named_stays_and_topics_can_come_and_go_one_by_one() {
        let wanted = wanted(
            &EditArgs {
                date: Some("2013".to_owned()),
                add_topic: vec!["Trust".to_owned()],
                remove_topic: vec!["mutuals".to_owned()],
                clear: vec![EditedField::Title],
                ..args()
            },
            &edited(),
        )
        .unwrap();
        let topics = ["Care", "Trust"].map(str::to_owned).to_vec();
        assert_eq!(
            wanted,
            Correction {
                title: None,
                authors: None,
                published: Some("2013".parse().ok()),
                topics: Some(topics),
            }
        );
    }

    #[test]
    fn what_is_no_date_or_no_title_is_refused() {
        for args in [
            EditArgs {
                date: Some("last week".to_owned()),
                ..args()
            },
            EditArgs {
                title: Some(" ".to_owned()),
                ..args()
            },
        ] {
            assert!(wanted(&args, &edited()).is_err(), "{args:?}");
        }
    }

    #[test]
    fn what_was_put_right_is_told_beside_what_the_source_says() {
        assert_eq!(
            lines(&edited()),
            [
                "put right: title: “Right”; its source says “Wrong”",
                "put right: date: nothing; its source says “2012-11”",
            ]
        );
    }
}
