//! Indexes that are missing, damaged, of another version, busy, read-only or empty, and questions that are hostile.

use std::fs;
use std::path::Path;
use std::time::Instant;

use tempfile::TempDir;

use super::collection::*;
use crate::document::DocumentId;
use crate::index::{Error, Index, MAX_DEPTH, MarkSets, Request};
use crate::query::{Expr, Field};

fn library() -> (TempDir, Index) {
    let directory = TempDir::new().unwrap();
    let index = Index::create(directory.path()).unwrap();
    fill(&index, &collection());
    (directory, index)
}

fn files(directory: &Path, ending: &str) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(directory).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .filter(|path| path.to_string_lossy().ends_with(ending))
        .collect()
}

fn ask(index: &Index, root: Expr) -> Result<usize, Error> {
    let request = Request {
        expanded: &expanded(root),
        offset: 0,
        limit: 9,
        marks: &MarkSets::default(),
        folds: None,
    };
    index.find(&request).map(|hits| hits.total)
}

#[test]
fn what_is_not_there_is_missing() {
    let directory = TempDir::new().unwrap();
    for directory in [directory.path(), &directory.path().join("below")] {
        let opened = Index::open(directory).err();
        assert!(matches!(opened, Some(Error::Missing { .. })), "{opened:?}");
    }
}

#[test]
fn what_was_written_is_there_when_it_is_opened_again() {
    let (directory, index) = library();
    assert_eq!(index.stamp().unwrap(), Some(stamp(1)));
    drop(index);
    let index = Index::open(directory.path()).unwrap();
    assert_eq!((index.len(), index.stamp().unwrap()), (20, Some(stamp(1))));
    assert_eq!(ids(&index, word("tupe")), [5]);
    let languages: Vec<_> = index
        .languages()
        .iter()
        .map(|one| one.code().map(str::to_owned))
        .collect();
    let code = |code: &str| Some(code.to_owned());
    assert_eq!(
        languages,
        [None, code("de"), code("en"), code("fr"), code("zh")]
    );
}

#[test]
fn an_index_without_documents_answers() {
    let directory = TempDir::new().unwrap();
    let index = Index::create(directory.path()).unwrap();
    assert_eq!(index.stamp().unwrap(), None);
    assert!(index.is_empty());
    for root in [
        Expr::All,
        word("mutual"),
        typed("m"),
        phrase("a b", 3),
        topic("x"),
    ] {
        assert_eq!(ask(&index, root).unwrap(), 0);
    }
    assert!(Index::open(directory.path()).is_ok());
}

#[test]
fn a_damaged_index_says_so_and_can_be_made_anew() {
    type Harm = fn(&Path);
    let truncate: Harm = |path| fs::write(path, "").unwrap();
    let remove: Harm = |path| fs::remove_file(path).unwrap();
    for (ending, harm) in [
        ("meta.json", truncate),
        (".managed.json", truncate),
        (".idx", truncate),
        (".idx", remove),
        (".term", truncate),
        (".fast", remove),
        (".fieldnorm", truncate),
    ] {
        let (directory, index) = library();
        drop(index);
        let harmed = files(directory.path(), ending);
        assert!(!harmed.is_empty(), "{ending}");
        for path in &harmed {
            harm(path);
        }
        let opened = Index::open(directory.path()).err();
        assert!(
            matches!(opened, Some(Error::Damaged { .. })),
            "{ending}: {opened:?}"
        );
        let index = Index::create(directory.path()).unwrap();
        fill(&index, &collection());
        assert_eq!(ids(&index, word("tupe")), [5]);
    }
}

#[test]
fn damage_that_shows_late_is_told_when_it_does() {
    let (directory, index) = library();
    drop(index);
    for path in files(directory.path(), ".pos") {
        fs::remove_file(path).unwrap();
    }
    let asked =
        Index::open(directory.path()).and_then(|index| ask(&index, phrase("third sector", 0)));
    assert!(matches!(asked, Err(Error::Damaged { .. })), "{asked:?}");
}

#[test]
fn another_version_is_told_from_damage() {
    for (from, to) in [
        (r#"{\"stamp\""#, r#"{\"other\""#),
        (r#"\"version\":"#, r#"\"version\":9"#),
        (r#""heading""#, r#""headings""#),
    ] {
        let (directory, index) = library();
        drop(index);
        let meta = directory.path().join("meta.json");
        let text = fs::read_to_string(&meta).unwrap();
        assert!(text.contains(from), "{text}");
        fs::write(&meta, text.replace(from, to)).unwrap();
        let opened = Index::open(directory.path()).err();
        let expected = from.contains("stamp") == opened.is_none();
        assert!(
            expected || matches!(opened, Some(Error::OtherVersion { .. })),
            "{opened:?}"
        );
    }
}

#[test]
fn a_second_writer_finds_the_first_busy() {
    let (directory, index) = library();
    let writer = index.writer().unwrap();
    let other = Index::open(directory.path()).unwrap();
    for index in [&index, &other] {
        assert!(matches!(index.writer().err(), Some(Error::Busy { .. })));
    }
    let created = Index::create(directory.path()).err();
    assert!(matches!(created, Some(Error::Busy { .. })), "{created:?}");
    drop(writer);
    assert!(other.writer().is_ok());
}

#[test]
fn a_writer_that_is_dropped_leaves_no_trace() {
    let (_directory, index) = library();
    let mut writer = index.writer().unwrap();
    writer.remove(DocumentId(5));
    drop(writer);
    index.reload().unwrap();
    assert_eq!((index.len(), index.stamp().unwrap()), (20, Some(stamp(1))));
}

#[test]
fn putting_again_replaces_and_removing_removes() {
    let (directory, index) = library();
    let other = Index::open(directory.path()).unwrap();
    let entry = Sketch {
        title: "Replaced",
        body: "mutual",
        ..NOTHING
    }
    .entry(5);
    let mut writer = index.writer().unwrap();
    for _ in 0..3 {
        writer.put(entry.id, &entry.source, &entry.document);
    }
    writer.remove(DocumentId(1));
    writer.remove(DocumentId(1_000));
    writer.commit(&stamp(2)).unwrap();
    assert_eq!((index.len(), other.len()), (19, 20));
    assert!(ids(&index, word("tupe")).is_empty());
    assert_eq!(ids(&index, word("replaced")), [5]);
    other.reload().unwrap();
    other.reload().unwrap();
    assert_eq!((other.len(), other.stamp().unwrap()), (19, Some(stamp(2))));
}

#[test]
fn a_directory_that_takes_no_lock_file_can_be_read() {
    let (directory, index) = library();
    drop(index);
    // Stands for a read-only disk, which a test that runs as root cannot have: the lock file cannot be made here either.
    let lock = directory.path().join(".tantivy-meta.lock");
    let _ = fs::remove_file(&lock);
    fs::create_dir(lock).unwrap();
    let index = Index::open(directory.path()).unwrap();
    assert_eq!(ids(&index, word("tupe")), [5]);
}

#[test]
fn small_commits_do_not_pile_up() {
    let directory = TempDir::new().unwrap();
    let index = Index::create(directory.path()).unwrap();
    for entry in collection().iter().cycle().take(30) {
        fill(&index, std::slice::from_ref(entry));
    }
    assert_eq!(index.len(), 20);
    assert!(files(directory.path(), ".idx").len() < 12);
}

#[test]
fn a_question_nested_too_deeply_is_refused_and_one_that_is_wide_is_run() {
    let (_directory, index) = library();
    let nested = |depth| (0..depth).fold(word("tupe"), |inner, _| Expr::And(vec![not(not(inner))]));
    assert_eq!(ask(&index, nested(MAX_DEPTH / 3)).unwrap(), 1);
    assert!(matches!(
        ask(&index, nested(MAX_DEPTH)),
        Err(Error::TooDeep)
    ));
    let wide = |expr: fn(Vec<Expr>) -> Expr| expr(vec![word("tupe"); 2_000]);
    assert_eq!(ask(&index, wide(Expr::And)).unwrap(), 1);
    assert_eq!(ask(&index, wide(Expr::Or)).unwrap(), 1);
    let long = clause(Field::Any, way(vec![stem("staff"); 2_000]));
    assert_eq!(ask(&index, long).unwrap(), 0);
}

#[test]
fn a_beginning_of_one_letter_is_counted_in_full_and_in_good_time() {
    let directory = TempDir::new().unwrap();
    let index = Index::create(directory.path()).unwrap();
    let bodies: Vec<String> = (0..2_000)
        .map(|at| format!("a{at} aa{at} ab{at} b"))
        .collect();
    let sketch = |body| Sketch { body, ..NOTHING };
    let entries = bodies
        .iter()
        .zip(1..)
        .map(|(body, id)| sketch(body).entry(id));
    fill(&index, &entries.collect::<Vec<_>>());
    let start = Instant::now();
    assert_eq!(ask(&index, typed("a")).unwrap(), 2_000);
    assert!(start.elapsed().as_secs() < 5);
}
