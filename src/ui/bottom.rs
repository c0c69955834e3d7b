//! The last row: what just happened, or how much can be searched; and which keys there are.

use ratatui::buffer::Buffer;

use super::look::{Look, Role};
use super::pen::Pen;
use crate::app::grouped;
use crate::app::{Action, App, Area, Ask, Completion, Overlay, Pane, Work};
use crate::library::{Coverage, Doubles, Face};
use crate::query::Query;
use crate::text::cells;

/// How many cells the bar of long work has.
const BAR: usize = 16;

pub(super) fn draw(app: &App, area: Area, look: &Look, buffer: &mut Buffer) {
    let mut pen = Pen::own(buffer, area, look);
    let room = usize::from(area.width.saturating_sub(2));
    let (text, role) = left(app, room, look);
    let text = cells::truncate_with_ellipsis(&text, room);
    let after = pen.write(1, 0, &text, look.style(role));
    let mut hints: Vec<(String, &str)> = hints(app, look);
    let width = |hints: &[(String, &str)]| {
        hints
            .iter()
            .map(|(key, what)| cells::width(key) + cells::width(what) + 3)
            .sum::<usize>()
    };
    while width(&hints) + usize::from(after) + 2 > usize::from(area.width) && !hints.is_empty() {
        hints.pop();
    }
    let mut x = area.width.saturating_sub(width(&hints) as u16);
    for (key, what) in hints {
        x = pen.write(x, 0, &key, look.style(Role::Key));
        x = pen.write(x + 1, 0, what, look.style(Role::Dim)) + 2;
    }
}

fn left(app: &App, room: usize, look: &Look) -> (String, Role) {
    if let Some(notice) = &app.notice {
        return (
            notice.text.clone(),
            if notice.failed {
                Role::Error
            } else {
                Role::Status
            },
        );
    }
    if let Some(work) = &app.work {
        let text = work_in(work, app.stop_keys().as_str(), room, look);
        return (text, Role::Status);
    }
    if let Some(count) = app.count {
        return (count.to_string(), Role::Status);
    }
    // The list of sources and the concordance have their own totals.
    if matches!(app.focus, Pane::Sources | Pane::Concordance | Pane::Notes) {
        return (String::new(), Role::Dim);
    }
    let failures = app.keys_of(Action::Failures);
    let text = coverage(&app.coverage, app.doubles, &failures, room);
    (text, Role::Dim)
}

/// The cells that the most useful hints need.
const HINTS: usize = 34;

/// Returns how much of the library is counted and shown, as much of it as leaves room for hints. Of an article that
/// came from several sources one document is shown and counted, wherever there are counts.
fn coverage(coverage: &Coverage, doubles: Doubles, failures: &str, room: usize) -> String {
    let Coverage {
        documents,
        searchable,
        ..
    } = *coverage;
    let folded = match doubles {
        Doubles::Folded => coverage.folded,
        Doubles::Apart => 0,
    };
    let is_whole = searchable >= documents;
    let searched = format!(
        "{} of {} searchable",
        grouped(searchable),
        grouped(documents)
    );
    let shown = grouped(searchable.saturating_sub(folded));
    let counted = match folded {
        0 => searched.clone(),
        _ if is_whole => format!("{shown} of {} shown", grouped(documents)),
        _ => format!("{searched}, {shown} shown"),
    };
    let behind = match folded {
        0 => String::new(),
        folded => format!(", {} folded", grouped(folded)),
    };
    let unreadable = match coverage.failed.len() {
        0 => String::new(),
        failed => format!(" · {} unreadable ({failures})", grouped(failed)),
    };
    let short = if unreadable.is_empty() {
        counted.clone()
    } else {
        unreadable.trim_start_matches(" · ").to_owned()
    };
    let told = [
        format!("{counted}{behind}{unreadable}"),
        format!("{counted}{unreadable}"),
        short,
    ];
    let leaves_room = |text: &&String| cells::width(text) + HINTS <= room;
    let text = told.iter().find(leaves_room).or(told.last());
    text.cloned().unwrap_or_default()
}

/// Returns how far work has come, as much of it as there is room for.
fn work_in(work: &Work, stop: &str, room: usize, look: &Look) -> String {
    let bar = |cells: usize| match work.total {
        Some(total) if total > 0 => {
            let full = (work.done.saturating_mul(cells) / total).min(cells);
            let bar = look.glyphs.full.repeat(full) + &look.glyphs.track.repeat(cells - full);
            let gap = if cells > 0 { " " } else { "" };
            format!("{gap}{bar} {} of {}", grouped(work.done), grouped(total))
        }
        _ if work.done > 0 => format!(" {}", grouped(work.done)),
        _ => String::new(),
    };
    let rate = work
        .rate
        .map_or_else(String::new, |rate| format!(" · {} docs/s", grouped(rate)));
    let failed = match work.failed {
        0 => String::new(),
        failed => format!(" · {} not read", grouped(failed)),
    };
    let last = work.last_failed.as_deref().unwrap_or_default();
    let named = if last.is_empty() {
        String::new()
    } else {
        format!("{failed}: {last}")
    };
    let what = &work.what;
    // What has not begun to count has nothing yet to stop at: a removal is whole or not at all.
    let stops = if work.done == 0 && work.total.is_none() {
        String::new()
    } else {
        format!(" · {stop} stops")
    };
    let told = [
        format!("{what}{}{rate}{stops}{named}", bar(BAR)),
        format!("{what}{}{rate}{failed}{stops}", bar(BAR)),
        format!("{what}{}{failed}{stops}", bar(BAR / 2)),
        format!("{what}{}{stops}", bar(0)),
    ];
    // What failed is told by name as far as there is room for half of it.
    let fits = |text: &&String| cells::width(text) <= room;
    let short = told.iter().find(fits).or(told.last());
    match (told.first(), told.get(1)) {
        (Some(full), Some(bare)) if !named.is_empty() && cells::width(bare) + 20 <= room => {
            full.clone()
        }
        _ => short.cloned().unwrap_or_default(),
    }
}

const FIELD: &[(Action, &str)] = &[
    (Action::Complete, "complete"),
    (Action::Accept, "to the list"),
    (Action::Leave, "back"),
    (Action::Clear, "empty"),
    (Action::EarlierSearch, "earlier searches"),
];
const LIST: &[(Action, &str)] = &[
    (Action::Search, "search"),
    (Action::Open, "read"),
    (Action::Unfold, "unfold"),
    (Action::Facets, "topics"),
    (Action::Passages, "passages"),
    (Action::Concordance, "all hits"),
    (Action::Help, "help"),
    (Action::NextHit, "next hit"),
    (Action::Star, "star"),
    (Action::Sort, "order"),
    (Action::Widen, "some words"),
    (Action::Why, "why"),
    (Action::SavedSearches, "saved"),
    (Action::Quit, "quit"),
    (Action::Sources, "sources"),
    (Action::Like, "like this"),
    (Action::Notes, "notes"),
];
const TIMELINE: &[(Action, &str)] = &[
    (Action::Choose, "choose"),
    (Action::Later, "later"),
    (Action::MarkSpan, "span"),
    (Action::Months, "months"),
    (Action::Years, "years"),
    (Action::Exclude, "leave out"),
    (Action::Leave, "back"),
    (Action::Help, "help"),
];
const NARROWING: &[(Action, &str)] = &[(Action::Accept, "choose it"), (Action::Leave, "as it was")];
const FACETS: &[(Action, &str)] = &[
    (Action::Choose, "choose"),
    (Action::Exclude, "leave out"),
    (Action::ClearFacets, "clear"),
    (Action::Narrow, "find"),
    (Action::AllValues, "all of these"),
    (Action::Leave, "back"),
    (Action::Help, "help"),
    (Action::Sources, "sources"),
];
const PAGE: &[(Action, &str)] = &[
    (Action::NextHit, "next hit"),
    (Action::EarlierVersions, "changes"),
    (Action::NextDouble, "other source"),
    (Action::ToList, "list"),
    (Action::NextDocument, "next"),
    (Action::Outline, "outline"),
    (Action::Links, "links"),
    (Action::Find, "find"),
    (Action::Help, "help"),
    (Action::Note, "note"),
    (Action::Copy, "copy"),
    (Action::Like, "like this"),
];
const SOURCES: &[(Action, &str)] = &[
    (Action::ListSource, "documents"),
    (Action::Add, "add"),
    (Action::Refresh, "refresh"),
    (Action::Failures, "failures"),
    (Action::Remove, "remove"),
    (Action::Narrow, "find"),
    (Action::Leave, "back"),
    (Action::RefreshAll, "refresh all"),
    (Action::Help, "help"),
];
const CONCORDANCE: &[(Action, &str)] = &[
    (Action::Open, "read there"),
    (Action::SortLeft, "by left"),
    (Action::SortRight, "by right"),
    (Action::SortDate, "by date"),
    (Action::SortSource, "by source"),
    (Action::Leave, "back"),
    (Action::CopyLine, "copy"),
    (Action::Help, "help"),
];
const NOTES: &[(Action, &str)] = &[
    (Action::Open, "read there"),
    (Action::EditNote, "change"),
    (Action::RemoveNote, "remove"),
    (Action::Undo, "undo"),
    (Action::Leave, "back"),
    (Action::Help, "help"),
];
const FIND: &[(Action, &str)] = &[(Action::Accept, "to the list"), (Action::Leave, "show all")];

/// Returns the keys that matter in what lies over the panes.
fn laid_over(overlay: &Overlay) -> &'static [(Action, &'static str)] {
    match overlay {
        Overlay::Help { .. } | Overlay::Failures { .. } | Overlay::Why { .. } => &[
            (Action::Down, "down"),
            (Action::PageDown, "further"),
            (Action::Leave, "close"),
        ],
        Overlay::Outline { .. } | Overlay::Links { .. } => &[
            (Action::Choose, "go there"),
            (Action::Down, "down"),
            (Action::Leave, "close"),
        ],
        Overlay::Taken { .. } => &[
            (Action::Choose, "on or off"),
            (Action::Down, "down"),
            (Action::Leave, "close"),
        ],
        Overlay::Glossary { .. } => &[
            (Action::Choose, "where the library says so"),
            (Action::Down, "down"),
            (Action::Leave, "close"),
        ],
        Overlay::Copy => &[(Action::Leave, "close")],
        Overlay::Saved { .. } => &[
            (Action::Choose, "show"),
            (Action::EditQuery, "change"),
            (Action::Rename, "rename"),
            (Action::Forget, "forget"),
            (Action::Leave, "close"),
        ],
        Overlay::Hide { .. }
        | Overlay::Remove(_)
        | Overlay::Forget(_)
        | Overlay::MarkAll { .. } => &[(Action::Accept, "yes"), (Action::Leave, "no")],
        Overlay::Note(_) => &[
            (Action::Accept, "keep"),
            (Action::NewLine, "new line"),
            (Action::NextParagraph, "next paragraph"),
            (Action::Leave, "don't keep"),
        ],
        Overlay::Form(_) => &[
            (Action::Accept, "keep"),
            (Action::Complete, "next field"),
            (Action::Leave, "leave"),
        ],
        Overlay::Tags(_) => &[
            (Action::Accept, "keep"),
            (Action::Complete, "complete"),
            (Action::Leave, "leave"),
        ],
        Overlay::Ask { ask: Ask::Add, .. } => &[
            (Action::Accept, "add"),
            (Action::Complete, "complete"),
            (Action::Leave, "leave"),
        ],
        Overlay::Ask { .. } => &[(Action::Accept, "do it"), (Action::Leave, "leave")],
    }
}

/// Returns the keys that matter most where one is, the most useful first; none that would do nothing there.
fn hints(app: &App, look: &Look) -> Vec<(String, &'static str)> {
    let (pane, actions) = match (&app.overlay, app.focus) {
        (Some(overlay), _) => (overlay.key_pane(), laid_over(overlay)),
        (None, Pane::Field) => ("field", FIELD),
        (None, Pane::List) => ("list", LIST),
        (None, Pane::Facets) if app.facets.narrow.is_some() => ("field", NARROWING),
        (None, Pane::Facets) if app.facets.on_timeline() => ("facets", TIMELINE),
        (None, Pane::Facets) => ("facets", FACETS),
        (None, Pane::Page) => ("page", PAGE),
        (None, Pane::Sources) if app.sources.typing => ("field", FIND),
        (None, Pane::Sources) => ("sources", SOURCES),
        (None, Pane::Concordance) => ("concordance", CONCORDANCE),
        (None, Pane::Notes) => ("notes", NOTES),
    };
    let key = |action: Action| {
        let name = action.entry().name;
        let keys = app.keymap.keys(pane, name);
        let keys = if keys.is_empty() {
            app.keymap.keys("global", name)
        } else {
            keys
        };
        keys.first().map(|key| short(&key.to_string(), look))
    };
    let hint = |(action, what): &(Action, &'static str)| {
        let what = told_of(app, *action, what)?;
        key(*action).map(|key| (key, what))
    };
    actions.iter().filter_map(hint).collect()
}

/// Returns what a hint calls an action as things are, or nothing where it would do nothing.
fn told_of(app: &App, action: Action, what: &'static str) -> Option<&'static str> {
    let sheet = app.page.sheet.as_ref();
    let nothing = app.overlay.is_none() && app.focus == Pane::List && app.list.total == 0;
    let applies = match action {
        Action::Open if nothing && app.chosen_cost().is_some() => return Some("without it"),
        Action::Open
        | Action::Passages
        | Action::Concordance
        | Action::NextHit
        | Action::Star
        | Action::Sort
        | Action::Like
            if nothing =>
        {
            false
        }
        Action::Passages if app.list.unfolded.is_some() => return Some("fold"),
        Action::Passages | Action::Concordance => app.query != Query::default(),
        Action::Complete if app.overlay.is_none() => {
            let completion = app.completion.as_ref();
            completion.is_some_and(Completion::is_shown)
        }
        Action::Unfold if app.doubles == Doubles::Apart => return Some("fold"),
        Action::Unfold => app
            .list
            .selected_row()
            .is_some_and(|row| !row.also.is_empty()),
        Action::Widen if app.list.incomplete > 0 => return Some("every word"),
        Action::Widen => app.light.plain_words() > 1,
        Action::Why => app.list.total > 0 && app.light.has_words(),
        Action::NextDouble => sheet.is_some_and(|sheet| !sheet.opened.also.is_empty()),
        Action::EarlierVersions if app.page.face == Face::Changes => return Some("text"),
        Action::EarlierVersions => sheet.is_some_and(|sheet| sheet.opened.earlier > 0),
        Action::Months => app.facets.timeline.zoomed().is_none(),
        Action::Years => app.facets.timeline.zoomed().is_some(),
        Action::AllValues => app.facets.is_folded(),
        Action::Failures => app
            .sources
            .row()
            .is_some_and(|row| !row.failed.is_empty() || !row.warnings.is_empty()),
        Action::Open | Action::EditNote | Action::RemoveNote
            if app.overlay.is_none() && app.focus == Pane::Notes =>
        {
            !app.notes.is_empty()
        }
        Action::Undo => !app.undo.is_empty(),
        Action::NextParagraph => match &app.overlay {
            Some(Overlay::Note(editor)) => editor.note.is_none() && editor.block.is_some(),
            _ => true,
        },
        Action::Refresh => app.sources.row().is_some_and(|row| row.on_disk),
        Action::ListSource => app.sources.row().is_some_and(|row| row.documents > 0),
        Action::Remove => app.sources.row().is_some(),
        _ => true,
    };
    applies.then_some(what)
}

/// Returns a key's name as short as a hint wants it.
fn short(name: &str, look: &Look) -> String {
    match name {
        "enter" if !look.ascii => "⏎".to_owned(),
        "ctrl-u" => "^U".to_owned(),
        "delete" => "Del".to_owned(),
        other => other.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::FailedFile;

    #[test]
    fn what_is_counted_is_told_and_what_is_folded_behind_it() {
        let failed = FailedFile {
            source: "notes".to_owned(),
            path: "minutes.pdf".to_owned(),
            reason: "is locked".to_owned(),
        };
        let of = |documents, searchable, folded, failures| Coverage {
            documents,
            searchable,
            folded,
            failed: vec![failed.clone(); failures],
        };
        for (known, doubles, room, expected) in [
            (
                of(20, 20, 2, 0),
                Doubles::Folded,
                90,
                "18 of 20 shown, 2 folded",
            ),
            (of(20, 20, 2, 0), Doubles::Apart, 90, "20 of 20 searchable"),
            (of(20, 20, 0, 0), Doubles::Folded, 90, "20 of 20 searchable"),
            (
                of(20, 19, 2, 0),
                Doubles::Folded,
                90,
                "19 of 20 searchable, 17 shown, 2 folded",
            ),
            (
                of(2_000, 2_000, 40, 3),
                Doubles::Folded,
                90,
                "1,960 of 2,000 shown, 40 folded · 3 unreadable (!)",
            ),
            (
                of(2_000, 2_000, 40, 3),
                Doubles::Folded,
                76,
                "1,960 of 2,000 shown · 3 unreadable (!)",
            ),
            (
                of(2_000, 2_000, 40, 3),
                Doubles::Folded,
                58,
                "3 unreadable (!)",
            ),
            (
                of(20, 20, 2, 0),
                Doubles::Folded,
                58,
                "18 of 20 shown, 2 folded",
            ),
            (of(20, 20, 2, 0), Doubles::Folded, 50, "18 of 20 shown"),
        ] {
            let told = coverage(&known, doubles, "!", room);
            assert_eq!(told, expected, "{known:?} in {room}");
        }
    }

    #[test]
    fn work_says_as_much_as_there_is_room_for() {
        let look = Look::new(None, true);
        let mut work = Work {
            what: "reading".to_owned(),
            done: 1_200,
            total: Some(4_800),
            rate: Some(310),
            failed: 3,
            last_failed: Some("minutes.pdf: is locked".to_owned()),
        };
        for (room, expected) in [
            (
                120,
                "reading ####............ 1,200 of 4,800 - 310 docs/s - esc stops - 3 not read: minutes.pdf: is locked",
            ),
            (
                80,
                "reading ####............ 1,200 of 4,800 - 310 docs/s - 3 not read - esc stops",
            ),
            (
                58,
                "reading ##...... 1,200 of 4,800 - 3 not read - esc stops",
            ),
            (40, "reading 1,200 of 4,800 - esc stops"),
        ] {
            let told = work_in(&work, "esc", room, &look);
            assert_eq!(told.replace('·', "-"), expected, "{room}");
        }
        work = Work {
            what: "removing".to_owned(),
            ..Work::default()
        };
        assert_eq!(work_in(&work, "esc", 80, &look), "removing");
    }
}
