//! Asks the desktop for what may take a while: the clipboard's programs, the browser, a slow disk.

use std::path::Path;
use std::sync::mpsc::{Receiver, Sender};

use super::serve::serve;
use super::{in_words, send};
use crate::app::{Effect, Message, Notice};
use crate::desktop::clipboard::{Copied, Multiplexer, Session};
use crate::desktop::{browser, clipboard, file, paths};

/// Returns whether an effect is for this worker.
pub(super) fn takes(effect: &Effect) -> bool {
    matches!(
        effect,
        Effect::Copy(..) | Effect::Browse(_) | Effect::Save(..) | Effect::Complete(_)
    )
}

pub(super) fn run(effects: &Receiver<Effect>, messages: &Sender<Message>) {
    let notice = |text, failed| Message::Notice(Notice { text, failed });
    serve(
        effects.iter(),
        messages,
        |effect| match effect {
            Effect::Complete(typed) => Ok(Some(completed(typed))),
            effect => Ok(Some(notice(work(effect, messages)?, false))),
        },
        |_, reason| notice(reason, true),
    );
}

fn completed(typed: &str) -> Message {
    let home = std::env::var_os("HOME");
    let (to, names) = paths::complete(typed, home.as_deref().map(Path::new));
    Message::Completed {
        typed: typed.to_owned(),
        to,
        names,
    }
}

fn work(effect: &Effect, messages: &Sender<Message>) -> Result<String, String> {
    match effect {
        Effect::Copy(text, what) => match clipboard::copy(text, session()) {
            Ok(Copied::By(program)) => Ok(format!("{what} copied by {program}")),
            Ok(Copied::ByWriting(sequence)) => {
                send(messages, Message::ForTerminal(sequence));
                Ok(format!("{what} copied, where the terminal allows it"))
            }
            Err(error) => Err(in_words(&error)),
        },
        Effect::Browse(address) => match browser::open(address) {
            Ok(()) => Ok(format!("opened {address}")),
            // What the launchers say helps nobody.
            Err(error) => Err(error.to_string()),
        },
        Effect::Save(path, text) => {
            let home = std::env::var_os("HOME");
            match file::save(path, home.as_deref().map(Path::new), text) {
                Ok(path) => Ok(format!("saved to {}", path.display())),
                Err(error) => Err(in_words(&error)),
            }
        }
        other => Err(format!("nobody does {other:?}")),
    }
}

/// Returns where recto runs, as far as copying is concerned.
fn session() -> Session {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let multiplexer = match (set("TMUX"), set("STY")) {
        (true, _) => Multiplexer::Tmux,
        (false, true) => Multiplexer::Screen,
        (false, false) => Multiplexer::None,
    };
    Session {
        wayland: set("WAYLAND_DISPLAY"),
        x11: set("DISPLAY"),
        wsl: set("WSL_DISTRO_NAME"),
        multiplexer,
    }
}
