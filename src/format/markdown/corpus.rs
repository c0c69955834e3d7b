//! What the front matter of real articles says, read by a naive reader of its own, and what is read of it here.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use crate::format::{Input, read};

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "md") {
            found.push(path);
        }
    }
}

/// Returns the lines of a block list below `name:`, and nothing of it where it is written in any other way.
fn listed(head: &str, name: &str) -> Option<Vec<String>> {
    let mut lines = head.lines();
    lines
        .by_ref()
        .find(|line| line.trim_end() == format!("{name}:"))?;
    let items: Vec<String> = lines
        .map(|line| line.split(" #").next().unwrap_or_default().trim())
        .map_while(|line| line.strip_prefix("- "))
        .map(|item| item.trim().trim_matches(['"', '\'']).to_owned())
        .filter(|item| !item.is_empty())
        .collect();
    (!items.is_empty()).then_some(items)
}

/// Returns the value of `name: value` where it stands on one line.
fn single<'h>(head: &'h str, name: &str) -> Option<&'h str> {
    let mut lines = head.lines();
    let line = lines
        .by_ref()
        .find(|line| line.starts_with(&format!("{name}: ")))?;
    let wrapped = lines.next().is_some_and(|next| {
        !next.is_empty() && !next.contains(':') && !next.starts_with(['-', '#'])
    });
    let value = line.split_once(": ")?.1.trim();
    let plain =
        !value.is_empty() && !value.contains(" #") && !value.contains(['\\', '>', '|', '&', '<']);
    let inner = ['"', '\'']
        .iter()
        .find_map(|mark| value.strip_prefix(*mark)?.strip_suffix(*mark));
    let opened = value.starts_with(['"', '\'', '[', '{']) && inner.is_none();
    (plain && !wrapped && !opened).then_some(inner.unwrap_or(value))
}

#[test]
fn real_front_matter_is_read_as_a_naive_reader_reads_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/articles");
    let mut paths = Vec::new();
    files(&root, &mut paths);
    if paths.is_empty() {
        eprintln!("skipped: there are no articles beside the checkout");
        return;
    }
    paths.sort();
    let (mut titles, mut dates, mut authors, mut topics, mut differ) = (0, 0, 0, 0, Vec::new());
    let mut warned: Vec<String> = Vec::new();
    for path in &paths {
        let bytes = std::fs::read(path).unwrap();
        let name = path.to_string_lossy();
        let mut document = None;
        let outcome = read(&Input::new(&name, &bytes), &mut |one| {
            document = Some(one);
            ControlFlow::Continue(())
        });
        warned.extend(
            outcome
                .warnings
                .iter()
                .map(|one| format!("{name}: {}: {}", one.place, one.message)),
        );
        let text = String::from_utf8_lossy(&bytes).replace("\r\n", "\n");
        let (Some(document), Some(head)) = (
            document,
            text.strip_prefix("---\n")
                .and_then(|rest| rest.split_once("\n---")),
        ) else {
            continue;
        };
        let (head, facts) = (head.0, &document.metadata);
        let mut check = |count: &mut usize, what: &str, expected: &str, found: &str| {
            *count += 1;
            if expected != found {
                differ.push(format!("{name}: {what}: {expected:?} is read as {found:?}"));
            }
        };
        if let Some(title) = single(head, "title") {
            let title = title
                .replace("''", "'")
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ");
            check(&mut titles, "title", &title, &facts.title.text);
        }
        if let Some(day) = single(head, "date").and_then(|date| date.get(..10)) {
            let found = facts
                .published
                .map_or(String::new(), |date| date.to_string());
            check(&mut dates, "date", day, found.get(..10).unwrap_or_default());
        }
        if let Some(names) = listed(head, "authors") {
            check(
                &mut authors,
                "authors",
                &names.join("|"),
                &facts.authors.join("|"),
            );
        }
        let own = ["topics", "tags", "categories"]
            .iter()
            .filter_map(|name| listed(head, name));
        let mut expected: Vec<String> = own.flatten().collect();
        crate::format::topics::normalise(&mut expected);
        if !expected.is_empty() && single(head, "topics").or(single(head, "tags")).is_none() {
            let missing = expected.iter().find(|topic| !facts.topics.contains(topic));
            check(
                &mut topics,
                "topics",
                "",
                missing.map_or("", String::as_str),
            );
        }
    }
    eprintln!(
        "{} files: {titles} titles, {dates} dates, {authors} authors, {topics} topics; {} differ, {} warnings",
        paths.len(),
        differ.len(),
        warned.len()
    );
    assert!(titles > 1000 && dates > 1000 && authors > 1000 && topics > 1000);
    differ.extend(warned);
    assert!(differ.is_empty(), "{}", differ.join("\n"));
}
