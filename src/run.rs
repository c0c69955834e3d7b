//! The loop: receive, drain, update, draw once if something changed; hand effects on.
//!
//! One thread draws, and it never waits for search, disk or network: those are workers', whose answers are messages
//! like the keys. It sleeps when there is nothing to do, and so does every worker. Only the thread that reads the keys
//! looks up 20 times a second, whether the terminal is to be lent (crossterm's wait for a key cannot be broken off from
//! outside): measured, 1.4 ms of a processor a second in a debug build, a seven-hundredth.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};

use anyhow::Context;

use crate::app::{ACTIONS, App, Effect, Message, Notice, Start, still_holds};
use crate::config::settings::Settings;
use crate::config::{Config, places, theme};
use crate::desktop::program;
use crate::document::DocumentId;
use crate::library::Library;
use crate::ui::{self, Gate, Look, Screen};
use crate::worker::{self, Workers};

/// What the reading room opens on.
pub struct Room {
    /// The library.
    pub library: Library,
    /// Files and folders to take into it once the room is open.
    pub paths: Vec<PathBuf>,
    /// What the person has set.
    pub config: Config,
    /// What the person should know at once.
    pub notice: Option<String>,
}

/// Opens the reading room, and returns when the person leaves it.
///
/// Where a signal has asked for the end, it does not return: the program ends by that signal when all is kept.
///
/// # Errors
/// When the terminal cannot be used, or the system gives no threads.
pub fn run(room: Room) -> anyhow::Result<()> {
    let Room {
        library,
        paths,
        mut config,
        notice,
    } = room;
    let names: Vec<&str> = ACTIONS.iter().map(|entry| entry.name).collect();
    config.warnings.extend(config.keymap.check(&names));
    let settings = remembered(&library, &config);

    let (sender, messages) = channel();
    let on_signals = ui::on_signals(sender.clone()).context("listening for signals")?;
    worker::spawn_detached("signals", on_signals)?;
    let mut screen = Screen::take(settings.mouse)?;
    let earlier = earlier_searches(&library, &settings);
    let (mut app, mut effects) = App::new(start(&library, &config, settings, screen.size()?));
    effects.extend(app.update(Message::Asked(earlier)));
    if let Some(text) = first_notice(notice, &config) {
        effects.extend(app.update(Message::Notice(Notice { text, failed: true })));
    }
    // The room is seen before the workers have opened their own ways into the library.
    screen.draw(&app, &look(&app, &config))?;

    let gate = Arc::new(Gate::default());
    let workers = Workers::start(&library, paths, &sender)?;
    let reader_gate = Arc::clone(&gate);
    worker::spawn_detached("keys", move || ui::read_events(&sender, &reader_gate))?;
    let mut reading = Reading {
        app,
        screen,
        workers,
        gate,
        config,
    };
    let outcome = reading.until_done(effects, &messages);
    if outcome.is_err() {
        reading.leave();
    }
    let Reading {
        mut screen,
        workers,
        ..
    } = reading;
    screen.close();
    workers.finish();
    drop(library);
    ui::end_as_signalled();
    outcome
}

/// Returns what the room is entered with.
fn start(library: &Library, config: &Config, settings: Settings, size: (u16, u16)) -> Start {
    let themes = config.themes.iter().map(|theme| theme.name.clone());
    Start {
        settings,
        set: config.settings.clone(),
        themes: themes.collect(),
        keymap: config.keymap.clone(),
        size,
        last: last_document(library),
        thesaurus: library.thesaurus(),
    }
}

/// Returns how everything looks now.
fn look(app: &App, config: &Config) -> Look {
    let name = if places::no_color() {
        theme::MONO
    } else {
        &app.settings.theme
    };
    let theme = config
        .themes
        .get(name)
        .or_else(|| config.themes.iter().next());
    Look::new(theme.cloned(), app.settings.ascii)
}

/// The room while someone is in it.
struct Reading {
    app: App,
    screen: Screen,
    workers: Workers,
    gate: Arc<Gate>,
    config: Config,
}

impl Reading {
    fn until_done(
        &mut self,
        effects: Vec<Effect>,
        messages: &Receiver<Message>,
    ) -> anyhow::Result<()> {
        let mut seen = look(&self.app, &self.config);
        self.hand_on(effects)?;
        while !self.app.done {
            let Ok(first) = messages.recv() else { break };
            // All that has come is taken in before anything is drawn: ten keys at once cost one picture.
            for message in std::iter::once(first).chain(messages.try_iter()) {
                let theme = self.app.settings.theme.clone();
                self.take_in(message)?;
                if theme != self.app.settings.theme {
                    seen = look(&self.app, &self.config);
                }
                if self.app.done {
                    break;
                }
            }
            if !self.app.done {
                self.screen.draw(&self.app, &seen)?;
            }
        }
        Ok(())
    }

    /// Leaves the room where the terminal is gone: the place and the marks are kept, what needs a terminal is not done.
    fn leave(&mut self) {
        for effect in self.app.update(Message::Quit) {
            let _needs_the_terminal = self.workers.hand(effect);
        }
    }

    fn hand_on(&mut self, effects: Vec<Effect>) -> anyhow::Result<()> {
        for effect in effects {
            if let Some(effect) = self.workers.hand(effect) {
                self.do_here(effect)?;
            }
        }
        Ok(())
    }

    /// Does what needs the terminal, or what the person waits for.
    fn do_here(&mut self, effect: Effect) -> anyhow::Result<()> {
        match effect {
            Effect::CaptureMouse(on) => self.screen.capture_mouse(on)?,
            Effect::Suspend => self.lend(ui::suspend)?,
            Effect::Write(bytes) => self.screen.send(&bytes)?,
            Effect::Pipe(command, text) => {
                let outcome = self.lend(|| {
                    let outcome = program::pipe(&command, &text);
                    // What the command printed would be gone with the screen.
                    ui::wait_for_enter();
                    outcome
                })?;
                self.tell(
                    outcome
                        .map(|status| format!("{command}: {status}"))
                        .map_err(|error| worker::in_words(&error)),
                )?;
            }
            Effect::Edit(name, text) => {
                let set = |name| std::env::var(name).ok();
                let (visual, usual) = (set("VISUAL"), set("EDITOR"));
                let editor = program::editor(visual.as_deref(), usual.as_deref());
                let outcome = self.lend(|| program::show_in_editor(editor, &name, &text))?;
                self.tell(
                    outcome
                        .map(|status| match status.code() {
                            Some(0) => "the library keeps the text as it was".to_owned(),
                            _ => format!("{editor}: {status}"),
                        })
                        .map_err(|error| worker::in_words(&error)),
                )?;
            }
            other => log::error!("nobody does {other:?}"),
        }
        Ok(())
    }

    /// Gives the terminal to `work`, and takes it again.
    fn lend<T>(&mut self, work: impl FnOnce() -> T) -> anyhow::Result<T> {
        let (screen, mouse) = (&mut self.screen, self.app.settings.mouse);
        let outcome = self.gate.closed(|| screen.lend(mouse, work))?;
        // Of a resize only the shell was told: we are not in front of the terminal while it has it.
        let (columns, rows) = self.screen.size()?;
        if self.app.size != (columns, rows) {
            self.take_in(Message::Resize(columns, rows))?;
        }
        Ok(outcome)
    }

    fn tell(&mut self, outcome: Result<String, String>) -> anyhow::Result<()> {
        let failed = outcome.is_err();
        let (Ok(text) | Err(text)) = outcome;
        self.take_in(Message::Notice(Notice { text, failed }))
    }

    /// Takes in what is told from here, and does what comes of it.
    fn take_in(&mut self, message: Message) -> anyhow::Result<()> {
        let effects = self.app.update(message);
        self.hand_on(effects)
    }
}

/// Returns the first thing to tell: what the caller knows, else what was wrong in the person's files.
fn first_notice(notice: Option<String>, config: &Config) -> Option<String> {
    let more = config.warnings.len().saturating_sub(1);
    let warning = config.warnings.first().map(|warning| match more {
        0 => warning.to_string(),
        more => format!("{warning} (and {more} more)"),
    });
    notice.or(warning)
}

/// Returns the settings with what the person changed while reading last time.
fn remembered(library: &Library, config: &Config) -> Settings {
    let mut settings = config.settings.clone();
    let theme = state(library, "theme");
    let theme = theme
        .as_deref()
        .and_then(|theme| still_holds(theme, &settings.theme));
    if let Some(theme) = theme.and_then(|name| config.themes.get(name)) {
        settings.theme.clone_from(&theme.name);
    }
    let measure = state(library, "measure");
    let measure = measure
        .as_deref()
        .and_then(|measure| still_holds(measure, &settings.measure));
    settings.measure = measure
        .and_then(|measure| measure.parse().ok())
        .unwrap_or(settings.measure);
    settings
}

/// Returns the searches of earlier sessions, unless the person keeps none.
fn earlier_searches(library: &Library, settings: &Settings) -> Vec<String> {
    if !settings.history {
        return Vec::new();
    }
    library.asked().unwrap_or_else(|error| {
        log::warn!("reading earlier searches: {error}");
        Vec::new()
    })
}

fn last_document(library: &Library) -> Option<DocumentId> {
    state(library, App::LAST_DOCUMENT)?
        .parse()
        .ok()
        .map(DocumentId)
}

fn state(library: &Library, name: &str) -> Option<String> {
    library.state(name).unwrap_or_else(|error| {
        log::warn!("reading {name}: {error}");
        None
    })
}
