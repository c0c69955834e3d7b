//! The last row: what just happened, or how much can be searched; and which keys there are.

use ratatui::buffer::Buffer;

use super::look::{Look, Role};
use super::pen::Pen;
use super::top::grouped;
use crate::app::{Action, App, Area, Pane};
use crate::text::cells;

/// How many cells the bar of long work has.
const BAR: usize = 16;

pub(super) fn draw(app: &App, area: Area, look: &Look, buffer: &mut Buffer) {
    let mut pen = Pen::own(buffer, area, look);
    let (text, role) = left(app, look);
    let text = cells::truncate_with_ellipsis(&text, usize::from(area.width.saturating_sub(2)));
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

fn left(app: &App, look: &Look) -> (String, Role) {
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
        let stop = app.keys_of(Action::Stop);
        let rate = work
            .rate
            .map_or_else(String::new, |rate| format!(" · {} docs/s", grouped(rate)));
        let text = match work.total {
            Some(total) if total > 0 => {
                let full = (work.done * BAR / total).min(BAR);
                let bar = look.glyphs.full.repeat(full) + &look.glyphs.track.repeat(BAR - full);
                format!(
                    "{} {bar} {} of {}{rate} · {stop} stops",
                    work.what,
                    grouped(work.done),
                    grouped(total)
                )
            }
            _ => format!("{} {}{rate} · {stop} stops", work.what, grouped(work.done)),
        };
        return (text, Role::Status);
    }
    if let Some(count) = app.count {
        return (count.to_string(), Role::Status);
    }
    let coverage = &app.coverage;
    let mut text = format!(
        "{} of {} searchable",
        grouped(coverage.searchable),
        grouped(coverage.documents)
    );
    if coverage.folded > 0 {
        text = format!("{text} · {} folded", grouped(coverage.folded));
    }
    if !coverage.failed.is_empty() {
        let key = app.keys_of(Action::Failures);
        text = format!(
            "{text} · {} unreadable ({key})",
            grouped(coverage.failed.len())
        );
    }
    (text, Role::Dim)
}

/// Returns the keys that matter most where one is, the most useful first.
fn hints(app: &App, look: &Look) -> Vec<(String, &'static str)> {
    const FIELD: &[(Action, &str)] = &[
        (Action::Accept, "to the list"),
        (Action::Leave, "back"),
        (Action::Clear, "empty"),
    ];
    const LIST: &[(Action, &str)] = &[
        (Action::Search, "search"),
        (Action::Open, "read"),
        (Action::Facets, "topics"),
        (Action::Help, "help"),
        (Action::NextHit, "next hit"),
        (Action::Star, "star"),
        (Action::Sort, "order"),
        (Action::Quit, "quit"),
    ];
    const FACETS: &[(Action, &str)] = &[
        (Action::Choose, "choose"),
        (Action::Exclude, "leave out"),
        (Action::ClearFacets, "clear"),
        (Action::Narrow, "find"),
        (Action::Leave, "back"),
        (Action::Help, "help"),
    ];
    const PAGE: &[(Action, &str)] = &[
        (Action::NextHit, "next hit"),
        (Action::ToList, "list"),
        (Action::NextDocument, "next"),
        (Action::Outline, "outline"),
        (Action::Links, "links"),
        (Action::Find, "find"),
        (Action::Help, "help"),
        (Action::Copy, "copy"),
    ];
    let (pane, actions) = match app.focus {
        Pane::Field => ("field", FIELD),
        Pane::List => ("list", LIST),
        Pane::Facets => ("facets", FACETS),
        Pane::Page => ("page", PAGE),
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
    actions
        .iter()
        .filter_map(|(action, what)| key(*action).map(|key| (key, *what)))
        .collect()
}

/// Returns a key's name as short as a hint wants it.
fn short(name: &str, look: &Look) -> String {
    match name {
        "enter" if !look.ascii => "⏎".to_owned(),
        "ctrl-u" => "^U".to_owned(),
        other => other.to_owned(),
    }
}
