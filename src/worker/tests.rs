use super::*;
use crate::app::{Place, SavedChange};
use crate::library::Window;
use crate::query::{self, Expanded};

/// Returns the library, a document in it, and the workers on it.
fn at_work() -> (
    Library,
    crate::document::DocumentId,
    Workers,
    mpsc::Receiver<Message>,
) {
    let mut library = Library::temporary_with_seeds().unwrap();
    library
        .catch_up(&mut |_| std::ops::ControlFlow::Continue(()))
        .unwrap();
    let found = library.find(&query::parse("tupe"), Window::first(1), 0);
    let id = found.unwrap().rows[0].id;
    let (sender, messages) = mpsc::channel();
    let workers = Workers::start(&library, Vec::new(), &sender).unwrap();
    (library, id, workers, messages)
}

#[test]
fn what_is_asked_for_after_a_mark_bears_it() {
    let (_library, id, workers, messages) = at_work();
    for round in 1..=20 {
        let starred = round % 2 == 1;
        workers.hand(Effect::SetStarred(id, starred));
        workers.hand(Effect::Open(OpenRequest {
            generation: round,
            id,
            measure: 60,
            light: Expanded::default(),
            face: crate::library::Face::Text,
            hyphenation: crate::app::Hyphenation::Off,
        }));
        workers.hand(Effect::Search(SearchRequest {
            generation: round,
            query: query::parse("is:starred"),
            offset: 0,
            limit: 9,
            cells: 0,
            around: None,
            doubles: crate::library::Doubles::Folded,
        }));
        let mut came = Vec::new();
        while came.len() < 2 {
            match messages.recv().unwrap() {
                Message::Opened { answer, .. } => {
                    came.push(answer.unwrap().unwrap().opened.marks.starred);
                }
                Message::Found { answer, .. } => came.push(answer.unwrap().hits.total == 1),
                _ => {}
            }
        }
        assert_eq!(came, [starred; 2], "round {round}");
    }
    workers.finish();
}

#[test]
fn a_folder_that_is_added_later_is_taken_in_and_what_is_put_right_is_shown() {
    let (library, id, workers, messages) = at_work();
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.txt"), "It is about quidditch.\n").unwrap();
    workers.hand(Effect::StopWork);
    workers.hand(Effect::Add(folder.path().display().to_string()));
    let told = messages.iter().find_map(|message| match message {
        Message::Notice(notice) => Some(notice.text),
        _ => None,
    });
    assert_eq!(told.as_deref(), Some("1 new"));
    let correction = crate::document::Correction {
        title: Some("Put right".to_owned()),
        ..Default::default()
    };
    workers.hand(Effect::Correct(id, correction));
    let corrected = |message| matches!(message, Message::Corrected(of) if of == id);
    assert!(messages.iter().any(corrected));
    workers.finish();
    let opened = library.document(id).unwrap().unwrap();
    assert_eq!(opened.document.metadata.title.text, "Put right");
    assert_eq!(library.sources().unwrap().len(), 2);
}

#[test]
fn what_was_added_is_listed_read_again_and_removed() {
    let (_library, _, workers, messages) = at_work();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notes");
    std::fs::create_dir(&path).unwrap();
    std::fs::write(path.join("a.txt"), "It is about quidditch.\n").unwrap();
    std::fs::write(path.join("b.pdf"), "%PDF-1.7 and no more").unwrap();
    let told = |begin: &str| {
        messages.iter().find_map(|message| match message {
            Message::Notice(notice) if notice.text.starts_with(begin) => Some(notice),
            _ => None,
        })
    };
    let list = |generation, find: &str| {
        workers.hand(Effect::ListSources(SourcesRequest {
            generation,
            edition: generation,
            find: find.to_owned(),
            keep: None,
        }));
        let listing = messages.iter().find_map(|message| match message {
            Message::Sources {
                generation: of,
                answer,
            } if of == generation => Some(answer.unwrap()),
            _ => None,
        });
        listing.unwrap()
    };
    workers.hand(Effect::Add(path.display().to_string()));
    let notice = told("1 new, 1 not read: ").unwrap();
    assert!(
        notice.failed && notice.text.contains("b.pdf: "),
        "{notice:?}"
    );
    let listing = list(1, "");
    assert_eq!(
        (listing.rows.len(), listing.total, listing.failing),
        (2, 2, 1)
    );
    let listing = list(2, "notes !");
    let row = &listing.rows[0];
    assert_eq!((row.documents, row.failed.len()), (1, 1));
    let crate::app::SourceKey::Added(id) = row.key else {
        panic!("{row:?}");
    };

    std::fs::write(path.join("c.txt"), "It is about trust, new today.\n").unwrap();
    std::fs::remove_file(path.join("b.pdf")).unwrap();
    workers.hand(Effect::Refresh(vec![id]));
    assert!(!told("1 new, 1 as before").unwrap().failed);
    assert_eq!(list(3, "notes").rows[0].documents, 2);
    std::fs::remove_dir_all(&path).unwrap();
    workers.hand(Effect::Refresh(Vec::new()));
    let notice = told("nothing new, 1 not read: ").unwrap();
    assert!(
        notice.text.ends_with("the library keeps its 2 documents"),
        "{notice:?}"
    );

    workers.hand(Effect::Remove(row.key.clone(), row.name.clone()));
    let notice = told("“notes” is removed").unwrap();
    assert!(notice.text.ends_with("with 2 documents"), "{notice:?}");
    assert_eq!(list(4, "").total, 1);
    workers.finish();
}

#[test]
fn saved_searches_are_kept_and_what_is_new_to_them_is_counted_after_the_answer() {
    let (mut library, _, workers, messages) = at_work();
    let ask = |generation| {
        workers.hand(Effect::Search(SearchRequest {
            generation,
            query: query::parse("tupe"),
            offset: 0,
            limit: 1,
            cells: 0,
            around: None,
            doubles: crate::library::Doubles::Folded,
        }));
    };
    let change = |change| {
        workers.hand(Effect::Saved(change));
        let changed = messages.iter().find_map(|message| match message {
            Message::SavedChanged(saved, wrong) => Some((saved.len(), wrong.is_some())),
            _ => None,
        });
        changed.unwrap()
    };
    let counted = || {
        let counted = messages.iter().find_map(|message| match message {
            Message::Saved(rows, newest) => Some((rows, newest)),
            _ => None,
        });
        let (rows, newest) = counted.unwrap();
        let new: Vec<usize> = rows.iter().map(|row| row.new).collect();
        (new, newest)
    };
    let save = || SavedChange::Save("Quidditch".to_owned(), query::parse("quidditch"));
    assert_eq!(change(save()), (1, false));
    assert_eq!(change(save()), (1, true), "the name is taken");
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.txt"), "It is about quidditch.\n").unwrap();
    library
        .add(&[folder.path().to_owned()], &mut |_| {
            std::ops::ControlFlow::Continue(())
        })
        .unwrap();
    ask(1);
    let (new, newest) = counted();
    assert_eq!(new, [1]);
    assert_eq!(
        change(SavedChange::Look("quidditch".to_owned(), newest)),
        (1, false)
    );
    ask(2);
    assert_eq!(counted().0, [0]);
    assert_eq!(
        change(SavedChange::Forget("Quidditch".to_owned())),
        (0, false)
    );
    workers.hand(Effect::KeepAsked("tupe".to_owned()));
    workers.finish();
    assert_eq!(library.asked().unwrap(), ["tupe"]);
}

#[test]
fn rows_come_first_and_are_counted_after_where_topics_are_not_answered_yet() {
    let (library, _, workers, messages) = at_work();
    let mut rules = crate::config::topics::defaults();
    rules.ignored.push("Other".to_owned());
    library.set_topics(rules).unwrap();
    workers.hand(Effect::Search(SearchRequest {
        generation: 7,
        query: query::parse("tupe"),
        offset: 0,
        limit: 9,
        cells: 0,
        around: None,
        doubles: crate::library::Doubles::Folded,
    }));
    let mut first = None;
    let counted = messages.iter().find_map(|message| match message {
        Message::Found { answer, .. } => {
            first = Some(answer.unwrap());
            None
        }
        Message::Counts {
            generation,
            total,
            facets,
        } => Some((generation, total, facets)),
        _ => None,
    });
    let whole = library
        .find(&query::parse("tupe"), Window::first(9), 0)
        .unwrap();
    let first = first.unwrap();
    assert!(!first.is_counted);
    assert_eq!(first.hits.hits, whole.hits.hits);
    assert_eq!(counted, Some((7, whole.hits.total, whole.hits.facets)));
    workers.finish();
}

#[test]
fn what_another_program_changes_is_told_with_the_next_answer() {
    let (mut library, _, workers, messages) = at_work();
    let ask = |generation| {
        workers.hand(Effect::Search(SearchRequest {
            generation,
            query: query::parse("tupe"),
            offset: 0,
            limit: 1,
            cells: 0,
            around: None,
            doubles: crate::library::Doubles::Folded,
        }));
    };
    let told = || {
        let coverage = messages.iter().find_map(|message| match message {
            Message::Coverage(coverage) => Some(coverage.documents),
            _ => None,
        });
        let whole = messages.iter().find_map(|message| match message {
            Message::Whole(facets) => Some(facets.kinds.iter().map(|kind| kind.count).sum()),
            _ => None,
        });
        (coverage, whole)
    };
    let places = || {
        messages.iter().find_map(|message| match message {
            Message::Places(places) => Some(places),
            _ => None,
        })
    };
    ask(1);
    assert_eq!(told(), (Some(18), Some(18)));
    assert_eq!(places(), Some(vec![Place::new("Seeds".to_owned())]));
    let seeds = library.sources().unwrap()[0].id;
    let mut go_on = |_| std::ops::ControlFlow::Continue(());
    library.remove_source(seeds, &mut go_on).unwrap();
    ask(2);
    assert_eq!(told(), (Some(0), Some(0)));
    workers.finish();
}
