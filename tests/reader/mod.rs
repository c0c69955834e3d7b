//! A reader without a terminal or threads: keys in, effects done at once on a real library, pictures out.

#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "each test program uses what it needs of it, and fails by unwrap"
)]

use std::sync::Arc;
use std::time::Duration;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use recto::app::{
    App, ConcordanceRequest, Effect, FacetLine, Group, Message, MonthsRequest, NoteChange,
    NoteDone, OpenRequest, SavedChange, SearchRequest, Sheet, SourceListing, Start, source_rows,
};
use recto::config::Config;
use recto::library::{Face, FoundRow, Library, Marking, Newly, Window};
use recto::query::facet::{self, Choice};
use recto::query::{Matcher, Query, topic_name};
use recto::ui::{self, Look};

pub struct Reader {
    pub library: Library,
    pub app: App,
    config: Config,
}

impl Reader {
    /// Opens the room on a library, at a size in columns and rows.
    pub fn new(library: Library, size: (u16, u16)) -> Self {
        let config = Config::read(None);
        let start = Start {
            settings: config.settings.clone(),
            set: config.settings.clone(),
            themes: config
                .themes
                .iter()
                .map(|theme| theme.name.clone())
                .collect(),
            keymap: config.keymap.clone(),
            size,
            last: None,
            thesaurus: library.thesaurus(),
        };
        let (mut app, effects) = App::new(start);
        app.update(Message::Coverage(library.coverage().unwrap()));
        let whole = library
            .find(&Query::default(), Window::first(0), 0)
            .unwrap();
        app.update(Message::Whole(whole.hits.facets));
        let mut reader = Self {
            library,
            app,
            config,
        };
        reader.settle(effects);
        reader
    }

    /// Opens the room on the seeds, in a library of its own that goes with `folder`.
    pub fn on_seeds(folder: &std::path::Path, size: (u16, u16)) -> Self {
        let mut library = Library::open(folder).unwrap();
        library
            .catch_up(&mut |_| std::ops::ControlFlow::Continue(()))
            .unwrap();
        Self::new(library, size)
    }

    /// Presses keys by their names, parted by blanks; a word in quotation marks is typed letter by letter.
    pub fn press(&mut self, keys: &str) {
        for name in keys.split_whitespace() {
            match name
                .strip_prefix('"')
                .and_then(|name| name.strip_suffix('"'))
            {
                Some(word) => word.chars().for_each(|letter| {
                    self.send(Message::Key(letter.to_string().parse().unwrap()));
                }),
                None => self.send(Message::Key(name.parse().unwrap())),
            }
        }
    }

    pub fn send(&mut self, message: Message) {
        let effects = self.app.update(message);
        self.settle(effects);
    }

    fn change_note(&mut self, change: NoteChange) {
        let library = &self.library;
        let done = |there: bool| {
            if there {
                NoteDone::Done
            } else {
                NoteDone::Gone
            }
        };
        let became = match &change {
            NoteChange::Add(id, on, text) => {
                let note = library.add_note(*id, text, on.as_ref());
                match note {
                    Ok(note) => note.map_or(NoteDone::Gone, NoteDone::Added),
                    Err(error) => NoteDone::Refused(error.to_string()),
                }
            }
            NoteChange::Change(_, note, text) => done(library.change_note(note.id, text).unwrap()),
            NoteChange::Restore(note) => done(library.change_note(note.id, &note.text).unwrap()),
            NoteChange::Remove(_, note) => done(library.remove_note(note.id).unwrap()),
            NoteChange::TakeBack(note) => done(library.remove_note(*note).unwrap()),
            NoteChange::Again(id, note) => done(library.add_note_again(*id, note).unwrap()),
        };
        self.send(Message::NoteChanged(change, became));
    }

    /// Does what was asked for, and what comes of it, until nothing is left.
    fn settle(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Search(request) => self.answer(&request),
                Effect::Open(request) => self.open(&request),
                Effect::Explain {
                    generation,
                    query,
                    doubles,
                    id,
                } => {
                    let why = self.library.why(&query, id, doubles).unwrap();
                    self.send(Message::Why {
                        generation,
                        id,
                        answer: Ok(why.map(Box::new)),
                    });
                }
                Effect::Lead {
                    generation,
                    from,
                    key,
                    name,
                } => {
                    let answer = Ok(self.library.beside(from, &key, name.as_deref()).unwrap());
                    self.send(Message::Led {
                        generation,
                        answer,
                        name,
                    });
                }
                Effect::ListSources(request) => {
                    let mut sources = self.library.sources().unwrap();
                    for source in &mut sources {
                        // The pictures must not change with the day.
                        source.looked = None;
                    }
                    let rows = source_rows(&sources, &self.library.subscriptions().unwrap());
                    self.send(Message::Sources {
                        generation: request.generation,
                        answer: Ok(Arc::new(SourceListing::found(&rows, &request))),
                    });
                }
                Effect::Note(change) => self.change_note(change),
                Effect::ListNotes(generation) => {
                    let mut notes = self.library.notes().unwrap();
                    for head in &mut notes {
                        // The pictures must not change with the day.
                        head.note.made = 1_370_000_000;
                    }
                    self.send(Message::Notes {
                        generation,
                        answer: Ok(notes),
                    });
                }
                Effect::Passages(request) => {
                    let found = self.library.passages(
                        request.id,
                        &request.light,
                        request.room,
                        request.limit,
                    );
                    self.send(Message::Passages {
                        generation: request.generation,
                        answer: Ok(found.unwrap().map(Box::new)),
                    });
                }
                Effect::Concordance(request) => self.list_hits(&request),
                Effect::CountMonths(request) => {
                    let MonthsRequest {
                        generation,
                        query,
                        year,
                        doubles,
                    } = request;
                    let counts = self.library.months(&query, year, doubles);
                    self.send(Message::Months {
                        generation,
                        year,
                        answer: counts.map_err(|error| error.to_string()),
                    });
                }
                Effect::SetRead(ids, read) => self.library.set_read(&ids, read).unwrap(),
                Effect::SetStarred(id, starred) => {
                    assert!(self.library.set_starred(id, starred).unwrap());
                }
                Effect::SetTags(id, names) => {
                    self.library.set_tags(id, &names).unwrap();
                }
                Effect::ListTags => {
                    let tags = self.library.tags().unwrap();
                    self.send(Message::Tags(tags));
                }
                Effect::Saved(change) => self.change_saved(&change),
                Effect::SetPosition(id, anchor) => {
                    assert!(self.library.set_position(id, &anchor).unwrap());
                }
                _ => {}
            }
        }
    }

    fn answer(&mut self, request: &SearchRequest) {
        let window = Window {
            offset: request.offset,
            limit: request.limit,
            doubles: request.doubles,
        };
        let found = self.library.find(&request.query, window, request.cells);
        self.send(Message::Found {
            generation: request.generation,
            offset: request.offset,
            answer: Ok(Box::new(found.unwrap())),
        });
    }

    fn open(&mut self, request: &OpenRequest) {
        let opened = match request.face {
            Face::Text => self.library.document(request.id),
            Face::Changes => self.library.changes(request.id, Marking::Spans),
        };
        let matcher = Matcher::new(&request.light);
        let sheet = opened.unwrap().map(|opened| {
            Box::new(Sheet::new(
                opened,
                request.measure,
                request.hyphenation,
                &matcher,
            ))
        });
        self.send(Message::Opened {
            generation: request.generation,
            answer: Ok(sheet),
        });
    }

    fn list_hits(&mut self, request: &ConcordanceRequest) {
        let of = &request.of;
        let reader = self
            .library
            .concordance(&of.query, of.doubles, Some(&of.light));
        let mut reader = reader.unwrap();
        while reader.read_on(&self.library, Duration::MAX).unwrap() {}
        let lines = reader.lines(&self.library, &request.window).unwrap();
        self.send(Message::Concordance {
            generation: request.generation,
            answer: Ok(Box::new(lines)),
        });
    }

    /// Makes a change to the saved searches, as the worker does.
    fn change_saved(&mut self, change: &SavedChange) {
        let library = &self.library;
        match change {
            SavedChange::Save(name, query) => {
                library.save_search(name, query).unwrap();
            }
            SavedChange::Again(saved) => {
                library.save_again(saved).unwrap();
            }
            SavedChange::Change { name, to, query } => {
                library.change_saved(name, to, query).unwrap();
            }
            SavedChange::Forget(name) => assert!(library.forget_saved(name).unwrap()),
            SavedChange::Look(name, newest) => library.looked_at_saved(name, *newest).unwrap(),
        }
        let saved = library.saved().unwrap();
        self.send(Message::SavedChanged(saved, None));
    }

    /// Counts what is new to the saved searches, as the worker does after an answer.
    pub fn count_saved(&mut self) {
        let newest = self.library.newest().unwrap();
        let saved = self.library.saved().unwrap().into_iter();
        let rows = saved.map(|saved| Newly {
            new: self.library.count_new(&saved).unwrap(),
            saved,
        });
        let rows = rows.collect();
        self.send(Message::Saved(rows, newest));
    }

    /// Returns what is on the screen, a line a row, without blanks at the ends.
    pub fn picture(&self) -> String {
        let (columns, rows) = self.app.size;
        let look = Look::new(
            self.config.themes.iter().next().cloned(),
            self.app.settings.ascii,
        );
        let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
        terminal
            .draw(|frame| ui::draw(&self.app, &look, frame))
            .unwrap();
        let buffer = terminal.backend().buffer().clone();
        let line = |y: u16| {
            let mut line = String::new();
            let mut covered = 0;
            for x in 0..columns {
                let symbol = buffer[(x, y)].symbol();
                if covered > 0 {
                    covered -= 1;
                    continue;
                }
                covered = recto::text::cells::width(symbol).saturating_sub(1);
                line.push_str(symbol);
            }
            line.trim_end().to_owned()
        };
        (0..rows).map(line).collect::<Vec<_>>().join("\n")
    }

    /// Puts the cursor of the facets on a value and presses a key.
    pub fn choose(&mut self, name: &str, key: &str) {
        let is_it =
            |line: &FacetLine| matches!(line, FacetLine::Value { value, .. } if value == name);
        let line = self.app.facets.lines().iter().position(is_it);
        self.app.facets.select(line.unwrap());
        self.press(key);
    }

    /// Compares every count in the facets with a scan of all documents: those that the question finds without its
    /// choices of the same facet, and that have the value.
    pub fn assert_counts_are_those_of_a_scan(&self) {
        let all = |query: &Query| {
            let found = self.library.find(query, Window::first(1000), 0).unwrap();
            assert_eq!(found.rows.len(), found.hits.total);
            found.rows
        };
        let lines = self.app.facets.lines().iter();
        let values = lines.filter_map(|line| match line {
            FacetLine::Value {
                group,
                value,
                count,
                ..
            } => Some((group, value, count)),
            _ => None,
        });
        let bars = self.app.facets.timeline.bars().iter();
        let bars = bars.map(|bar| (&Group::Years, &bar.value, &bar.count));
        for (group, value, count) in values.chain(bars) {
            let chosen = facet::choices(&self.app.query, group.facet()).into_iter();
            let chosen = chosen.filter(|(_, choice)| *choice == Choice::Chosen);
            let without = chosen.fold(self.app.query.clone(), |query, (value, _)| {
                facet::set(&query, group.facet(), &value, None)
            });
            let has = |row: &&FoundRow| match group {
                Group::Sources => row.source == *value,
                Group::Authors => row.authors.contains(value),
                Group::Kinds => row.kind.name() == value,
                Group::Years => {
                    row.published
                        .map_or("undated".to_owned(), |date| date.year().to_string())
                        == *value
                }
                Group::Categories => row
                    .topics
                    .iter()
                    .any(|topic| topic_name(topic) == topic_name(value)),
                Group::Languages => {
                    let opened = self.library.document(row.id).unwrap().unwrap();
                    let language = opened.document.metadata.language;
                    language.code().unwrap_or("unknown") == value
                }
                Group::Tags => row.marks.tags.contains(value),
                // What a theme is about is not written on a row: it is asked for by itself.
                Group::Themes => {
                    let theme = facet::set(
                        &Query::default(),
                        group.facet(),
                        value,
                        Some(Choice::Chosen),
                    );
                    all(&theme).iter().any(|other| other.id == row.id)
                }
            };
            let scanned = all(&without).iter().filter(has).count();
            // A category that is an alias of another, or an own tag, is counted with it: the scan sees the names as written.
            if *group == Group::Categories {
                assert!(*count >= scanned, "{group:?} {value}");
            } else {
                assert_eq!(*count, scanned, "{group:?} {value}");
            }
        }
    }
}
