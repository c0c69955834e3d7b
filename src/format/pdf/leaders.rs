//! The dots of a table of contents, which lead from a heading to its page: type, not text.

use super::lines::Run;

/// How many dots in a row lead from a heading to its page.
const LEADER: usize = 4;

/// Returns where the dots begin and end that lead from a heading to its page in a table of contents.
fn leader(text: &str) -> Option<(usize, usize)> {
    let is_dot = |c: char| matches!(c, '.' | '·' | '…' | '․');
    let mut from = 0;
    while let Some(found) = text.get(from..)?.find(is_dot) {
        let start = from + found;
        let rest = text.get(start..)?;
        let length = rest
            .find(|c: char| !is_dot(c) && !c.is_whitespace())
            .unwrap_or(rest.len());
        let dots = rest.get(..length)?.chars().filter(|c| is_dot(*c)).count();
        if dots >= LEADER {
            return Some((start, start + length));
        }
        from = start + length;
    }
    None
}

/// Returns whether dots lead from one part of a line to another.
pub(super) fn has_leader(text: &str) -> bool {
    leader(text).is_some()
}

/// Returns the runs of a row of a table with its leading dots made the gap between two cells.
pub(super) fn without_leaders(runs: Vec<Run>) -> Vec<Run> {
    let mut kept: Vec<Run> = Vec::new();
    let tab = |kept: &mut Vec<Run>| {
        if kept.last().is_some_and(|last| last.text != "\t") {
            kept.push(Run {
                text: "\t".to_owned(),
                ..Run::default()
            });
        }
    };
    for run in runs {
        if run.text == "\t" {
            tab(&mut kept);
            continue;
        }
        let Some((start, end)) = leader(&run.text) else {
            let after_tab = kept.last().is_some_and(|last| last.text == "\t");
            if !(after_tab && run.text.trim().is_empty()) {
                kept.push(run);
            }
            continue;
        };
        let cut = |text: Option<&str>| Run {
            text: text.unwrap_or_default().trim().to_owned(),
            ..run.clone()
        };
        let (before, after) = (cut(run.text.get(..start)), cut(run.text.get(end..)));
        kept.extend(Some(before).filter(|before| !before.text.is_empty()));
        tab(&mut kept);
        kept.extend(Some(after).filter(|after| !after.text.is_empty()));
    }
    kept.pop_if(|last| last.text == "\t");
    kept
}
