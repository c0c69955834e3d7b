//! The room without its threads: a key in, its effects done at once, the picture drawn.

use std::time::{Duration, Instant};

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use recto::app::{App, Effect, Message, SearchRequest, Start};
use recto::config::Config;
use recto::library::{Library, Window};
use recto::ui::{self, Look};

const SIZE: (u16, u16) = (160, 45);

pub struct Room<'a> {
    library: &'a Library,
    app: App,
    look: Look,
    terminal: Terminal<TestBackend>,
}

impl<'a> Room<'a> {
    /// Enters the room and paints its first list.
    pub fn new(library: &'a Library) -> Self {
        let config = Config::read(None);
        let (app, effects) = App::new(Start {
            settings: config.settings.clone(),
            set: config.settings.clone(),
            themes: Vec::new(),
            keymap: config.keymap.clone(),
            size: SIZE,
            last: None,
            thesaurus: library.thesaurus(),
        });
        let look = Look::new(config.themes.iter().next().cloned(), app.settings.ascii);
        let terminal = Terminal::new(TestBackend::new(SIZE.0, SIZE.1)).expect("a screen");
        let mut room = Self {
            library,
            app,
            look,
            terminal,
        };
        room.settle(effects);
        room
    }

    /// Empties the search field, from which the next key goes on.
    pub fn clear(&mut self) {
        for key in ["Esc", "/"] {
            let effects = self.app.update(Message::Key(key.parse().expect("a key")));
            self.settle(effects);
        }
        while !self.app.field.text().is_empty() {
            let effects = self
                .app
                .update(Message::Key("Backspace".parse().expect("a key")));
            self.settle(effects);
        }
    }

    /// Types a letter. Returns how long it took to the painted answer, and how much of that was not the library's.
    pub fn key(&mut self, letter: char) -> (Duration, Duration) {
        let name = match letter {
            ' ' => "Space".to_owned(),
            letter => letter.to_string(),
        };
        let message = Message::Key(name.parse().expect("a key"));
        let start = Instant::now();
        let effects = self.app.update(message);
        self.paint();
        let searched = self.settle(effects);
        let whole = start.elapsed();
        (whole, whole.saturating_sub(searched))
    }

    /// Answers what was asked of the library, paints the answer, and returns how long the library took. What the page
    /// asks for is not done: it comes on its own.
    fn settle(&mut self, effects: Vec<Effect>) -> Duration {
        let mut searched = Duration::ZERO;
        for effect in effects {
            if let Effect::Search(request) = effect {
                searched += self.answer(&request);
            }
        }
        self.paint();
        searched
    }

    fn answer(&mut self, request: &SearchRequest) -> Duration {
        let window = Window {
            offset: request.offset,
            limit: request.limit,
            doubles: request.doubles,
        };
        let start = Instant::now();
        let (query, cells) = (&request.query, request.cells);
        let found = if self.library.counts_at_once() {
            self.library.find(query, window, cells)
        } else {
            // As the searcher does it: the rows first, and the counts in the next message.
            let first = self.library.find_first(query, window, cells, &|| false);
            first.map(|(found, _)| found)
        };
        let time = start.elapsed();
        self.app.update(Message::Found {
            generation: request.generation,
            offset: request.offset,
            answer: Ok(Box::new(found.expect("an answer"))),
        });
        time
    }

    fn paint(&mut self) {
        let drawn = self
            .terminal
            .draw(|frame| ui::draw(&self.app, &self.look, frame));
        drawn.expect("a picture");
    }
}
