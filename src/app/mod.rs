//! What the person is doing: plain state, and [`update`](App::update), the only thing that changes it.
//!
//! Messages come in (a key, an answer from a worker), effects go out (search this, open that). Nothing in this room
//! does I/O, waits, starts a thread or knows the time or the terminal, so that every behaviour can be tested by
//! messages in and state out.

mod action;
mod awaited;
mod book;
mod completion;
mod concordance;
mod empty;
mod facets;
mod form;
mod geometry;
mod glossary;
mod history;
mod laid;
mod line;
mod list;
mod long;
mod margin;
mod notes;
mod overlay;
mod page;
mod passages;
mod places;
mod saved;
mod sheet;
mod sources;
mod tags;
mod taken;
mod text_box;
mod timeline;
mod update;

pub use action::{ACTIONS, Action, Entry};
pub use awaited::Awaited;
pub use book::{ContentsLine, Leads};
pub use completion::{Completion, CompletionLayout, SHOWN};
pub use concordance::{ConcordanceLayout, ConcordanceList, ConcordanceOf, ConcordanceRequest};
pub use empty::EmptyList;
pub use facets::{FacetLine, FacetList, Group};
pub use form::{FIELDS, Form};
pub use geometry::{
    Area, Geometry, NARROW_SIGN, Pane, SMALLEST, TIMELINE_INDENT, View, list_row_height,
    list_rows_in_sight, narrow_line, page_text,
};
pub use glossary::Hover;
pub use history::History;
pub use laid::Laid;
pub use line::Line;
pub use list::{DocumentList, Question};
pub use margin::{Margin, NOTE_INDENT, SetNote};
pub use notes::{NOTE_ROWS, NoteChange, NoteDone, NoteEditor, NotesLayout, NotesList};
pub use overlay::{Ask, Overlay, OverlayLine};
pub use page::{Aim, Page};
pub use passages::{ListLine, PassagesRequest, Unfolded};
pub use places::Place;
pub use saved::{Saved, SavedChange, SavedLine};
pub use sheet::{Hyphenation, Link, Sheet, SheetRow, shift_of};
pub use sources::{
    FAILING, SourceKey, SourceListing, SourceRow, Sources, SourcesLayout, SourcesRequest,
    source_rows,
};
pub use tags::TagForm;
pub use taken::Chip;
pub use text_box::{BoxRow, TextBox};
pub use timeline::{BAR_ROWS, Bar, BarLayout, TIMELINE_ROWS, Timeline};
pub use update::grouped;

use std::path::PathBuf;
use std::sync::Arc;

use crate::config::keys::{Key, Keymap};
use crate::config::settings::Settings;
use crate::document::{Anchor, Correction, DocumentId, Note, NoteId};
use crate::library::{ConcordanceLines, Coverage, Doubles, Face, Found, Newly, NotedHead};
use crate::query::passages::Passages;
use crate::query::{Expanded, Facets, Query, Thesaurus, Why};
use crate::store::{SavedSearch, SourceId};

/// Everything that is on the screen or decides what will be.
#[derive(Debug)]
pub struct App {
    /// What holds now: what the person set, and changed while reading.
    pub settings: Settings,
    /// What the person's files say.
    pub set: Settings,
    /// The names of the themes there are, in the order in which `next-theme` takes them.
    pub themes: Vec<String>,
    /// Which key does what.
    pub keymap: Keymap,
    /// The screen, in columns and rows.
    pub size: (u16, u16),
    /// The pane with the keys.
    pub focus: Pane,
    /// The pane to go back to from the field or the facets.
    pub behind: Pane,
    /// The page alone is shown.
    pub zoomed: bool,
    /// The search field.
    pub field: Line,
    /// What the field says, as understood.
    pub query: Query,
    /// The number of the newest search asked for; older answers are dropped.
    pub generation: u64,
    /// The newest answer has not come yet.
    pub searching: bool,
    /// What the newest answer looked for; what a page opened now is lit by.
    pub light: Expanded,
    /// Whether an article that came from several sources is one row.
    pub doubles: Doubles,
    /// The documents found.
    pub list: DocumentList,
    /// How they fall into facets.
    pub facets: FacetList,
    /// The document open on the page.
    pub page: Page,
    /// What was added.
    pub sources: Sources,
    /// What `in:` can be completed with.
    pub(super) places: Vec<Place>,
    /// What the field can be completed with.
    pub completion: Option<Completion>,
    /// The searches that are saved.
    pub saved: Saved,
    /// The searches that were made.
    pub history: History,
    /// Every hit of the question.
    pub concordance: ConcordanceList,
    /// All notes.
    pub notes: NotesList,
    /// The number of the newest request for the passages of a row.
    pub passages_asked: u64,
    /// What explains the terms of a page.
    pub thesaurus: Arc<Thesaurus>,
    /// What the person waits for.
    pub awaited: Option<Awaited>,
    /// What lies over the panes.
    pub overlay: Option<Overlay>,
    /// What just happened, until the next key.
    pub notice: Option<Notice>,
    /// What long work is under way.
    pub work: Option<Work>,
    /// How much of the library can be searched.
    pub coverage: Coverage,
    /// The digits typed before a motion.
    pub count: Option<usize>,
    /// The term under the mouse.
    pub hover: Option<Hover>,
    /// What becomes of the word being typed.
    pub word: WordBegun,
    /// Where the questions came from that the room asked by itself, the present one last.
    pub led: Vec<Led>,
    /// What `undo` takes back, newest last.
    pub undo: Vec<Undo>,
    /// Set when the program should end.
    pub done: bool,
}

/// A line about what just happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What happened; for a failure also where, and what to do.
    pub text: String,
    /// It is a failure.
    pub failed: bool,
}

/// Long work under way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// What is done: `adding`, `indexing`.
    pub what: String,
    /// How much is done.
    pub done: usize,
    /// How much there is in all, where that is known.
    pub total: Option<usize>,
    /// How many documents are read a second, where that is known.
    pub rate: Option<usize>,
    /// How many files could not be read so far.
    pub failed: usize,
    /// The last of them, and why.
    pub last_failed: Option<String>,
}

/// The word at the end of the field, which is looked for as a beginning while it is typed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WordBegun {
    /// No document has it, though some have words that begin so.
    pub only_begins: bool,
    /// It ends with the next answer: the field was left before that came.
    pub ends: bool,
    /// The answer that is coming is to the same words, this one ended: what stands is an answer to them too.
    pub ended: bool,
}

/// A question that the room asked by itself: for what is like a document, or says what a term is.
#[derive(Clone, Debug, PartialEq)]
pub struct Led {
    /// That question.
    pub to: Query,
    /// What the field said before.
    pub from: String,
    /// The document that was selected.
    pub selected: Option<DocumentId>,
}

/// A change of marks that can be taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Undo {
    /// The star of a document was this.
    Starred(DocumentId, bool),
    /// These documents' read marks were this.
    Read(Vec<DocumentId>, bool),
    /// The own tags of this document were these.
    Tagged(DocumentId, Vec<String>),
    /// This document was hidden.
    Hidden(DocumentId),
    /// This saved search was forgotten.
    Forgotten(SavedSearch),
    /// This note was added.
    NoteAdded(NoteId),
    /// This note of a document said so.
    NoteChanged(DocumentId, Note),
    /// This note of a document was removed.
    NoteRemoved(DocumentId, Note),
}

/// What comes in.
#[derive(Debug)]
pub enum Message {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Paste(String),
    /// The mouse did something.
    Mouse(Mouse),
    /// The screen has this many columns and rows now.
    Resize(u16, u16),
    /// A search was answered.
    Found {
        /// Which search.
        generation: u64,
        /// The place in the order of the first row that came.
        offset: usize,
        /// The answer, or why there is none.
        answer: Result<Box<Found>, String>,
    },
    /// The answer to a search that came without counts is counted.
    Counts {
        /// Which search.
        generation: u64,
        /// How many documents it found.
        total: usize,
        /// How they fall into facets.
        facets: Facets,
    },
    /// A document was opened.
    Opened {
        /// Which request.
        generation: u64,
        /// The document, set for the page; nothing where it is gone; or why there is none.
        answer: Result<Option<Box<Sheet>>, String>,
    },
    /// A search for the next unread document ended.
    Unread {
        /// The search whose answer it was looked for in.
        generation: u64,
        /// Its place in the order, if there is one.
        answer: Result<Option<(usize, DocumentId)>, String>,
    },
    /// It was found out why a document is where it is.
    Why {
        /// The search that it is an answer to.
        generation: u64,
        /// Which document.
        id: DocumentId,
        /// Why; nothing where it is no answer.
        answer: Result<Option<Box<Why>>, String>,
    },
    /// It was found out which document a link leads to.
    Led {
        /// The document on the page when it was followed, by the number of its request.
        generation: u64,
        /// The document, where it is in the library.
        answer: Result<Option<DocumentId>, String>,
        /// The place in it.
        name: Option<String>,
    },
    /// The read marks of these documents changed to this.
    Marked(Vec<DocumentId>, bool),
    /// The own tags that there are, with how many documents have each.
    Tags(Vec<crate::query::Count>),
    /// What is said of this document was put right.
    Corrected(DocumentId),
    /// A path was completed.
    Completed {
        /// What was typed.
        typed: String,
        /// As far as the names that begin so agree.
        to: String,
        /// These names.
        names: Vec<String>,
    },
    /// The sources were listed.
    Sources {
        /// Which request.
        generation: u64,
        /// The list, or why there is none.
        answer: Result<Arc<SourceListing>, String>,
    },
    /// The passages of the row that is unfolded came.
    Passages {
        /// For which request.
        generation: u64,
        /// The passages; nothing where the document has gone; or why there are none.
        answer: Result<Option<Box<Passages>>, String>,
    },
    /// Lines of the concordance came.
    Concordance {
        /// For which request.
        generation: u64,
        /// The lines, or why there are none.
        answer: Result<Box<ConcordanceLines>, String>,
    },
    /// The months of a year were counted.
    Months {
        /// Which search asked what is counted.
        generation: u64,
        /// The year.
        year: i16,
        /// How many documents each month has, or why that is not known.
        answer: Result<[usize; 12], String>,
    },
    /// How much of the library can be searched.
    Coverage(Coverage),
    /// How the whole library falls into facets.
    Whole(Facets),
    /// What `in:` can name in the library: sources and folders.
    Places(Vec<Place>),
    /// The searches that were made in earlier sessions, oldest first.
    Asked(Vec<String>),
    /// The saved searches were counted, when this was the highest number of a document.
    Saved(Vec<Newly>, i64),
    /// The saved searches were changed to these; what was wrong with the change, where something was.
    SavedChanged(Vec<SavedSearch>, Option<String>),
    /// A change to the notes was made, or not.
    NoteChanged(NoteChange, NoteDone),
    /// All notes were listed.
    Notes {
        /// For which request.
        generation: u64,
        /// The notes, or why there are none.
        answer: Result<Vec<NotedHead>, String>,
    },
    /// Long work goes on, or has ended.
    Work(Option<Work>),
    /// The library has changed underneath: what is on the screen should be asked for again.
    Changed,
    /// Something happened that the person should know.
    Notice(Notice),
    /// The terminal is asked for something, its clipboard, by these bytes.
    ForTerminal(Vec<u8>),
    /// The program has to end: the room is left as by the key.
    Quit,
}

/// What the mouse did, at a column and a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mouse {
    /// The main button went down.
    Press(u16, u16),
    /// It was moved while that was down.
    Drag(u16, u16),
    /// It was moved, with no button down.
    Move(u16, u16),
    /// The wheel was turned; positive is down.
    Wheel(u16, u16, i32),
}

/// What is to be done outside. Numbers let the answer be told from an older one.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Find documents; the newest request wins.
    Search(SearchRequest),
    /// Open a document for the page; the newest request wins.
    Open(OpenRequest),
    /// Count the documents of each month of a year; the newest request wins.
    CountMonths(MonthsRequest),
    /// Find the next unread document.
    NextUnread {
        /// The search whose answer it is looked for in.
        generation: u64,
        /// What that search asks for.
        query: Query,
        /// What becomes of doubles in that answer.
        doubles: Doubles,
        /// The place in the order after which it stands.
        after: usize,
    },
    /// Find out why a document is where it is in an answer.
    Explain {
        /// The search whose answer it is.
        generation: u64,
        /// What that search asks for.
        query: Query,
        /// What becomes of doubles in that answer.
        doubles: Doubles,
        /// Which document.
        id: DocumentId,
    },
    /// Find out which document a link leads to.
    Lead {
        /// The newest document asked for, by the number of its request.
        generation: u64,
        /// The document that the link stands in.
        from: DocumentId,
        /// The key of the other in their source.
        key: String,
        /// The place in it.
        name: Option<String>,
    },
    /// Set the read mark.
    SetRead(Vec<DocumentId>, bool),
    /// Mark all that the question finds as read.
    MarkAllRead(Query, Doubles),
    /// Set the star.
    SetStarred(DocumentId, bool),
    /// Give a document these own tags and no others.
    SetTags(DocumentId, Vec<String>),
    /// List the own tags that there are.
    ListTags,
    /// Hide a document, or show it again.
    SetHidden(DocumentId, bool),
    /// Keep what was put right in a document.
    Correct(DocumentId, Correction),
    /// Take a file or a folder into the library, by the path as it was typed.
    Add(String),
    /// Read sources again; without any, all.
    Refresh(Vec<SourceId>),
    /// Take a source with its documents out of the library, or an address off the list; the second is what to call it
    /// in the notice.
    Remove(SourceKey, String),
    /// List what was added; the newest request wins.
    ListSources(SourcesRequest),
    /// Find the passages of a row; the newest request wins.
    Passages(PassagesRequest),
    /// Find lines of the concordance; the newest request wins.
    Concordance(ConcordanceRequest),
    /// Read no further in the concordance until lines of it are asked for again.
    PauseConcordance,
    /// Read no further in the concordance, and forget it.
    CloseConcordance,
    /// Complete a path as it was typed.
    Complete(String),
    /// Remember where reading stopped.
    SetPosition(DocumentId, Anchor),
    /// Remember a word about the session.
    SetState(&'static str, String),
    /// Change the saved searches.
    Saved(SavedChange),
    /// Change the notes.
    Note(NoteChange),
    /// List all notes; the number of the request.
    ListNotes(u64),
    /// Keep a search among those that were made.
    KeepAsked(String),
    /// Forget the searches that were made.
    ForgetAsked,
    /// Put text on the clipboard; the second is what to call it in the notice.
    Copy(String, &'static str),
    /// Open an address in the browser.
    Browse(String),
    /// Write text to a file.
    Save(PathBuf, String),
    /// Give text to a command.
    Pipe(String, String),
    /// Write bytes to the terminal as they are.
    Write(Vec<u8>),
    /// Show text in the editor; the first is what to call it.
    Edit(String, String),
    /// Turn the mouse on or off.
    CaptureMouse(bool),
    /// Stop the long work under way.
    StopWork,
    /// Give the terminal back to the shell until it calls us back.
    Suspend,
}

/// A search to run.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchRequest {
    /// Its number.
    pub generation: u64,
    /// What to find.
    pub query: Query,
    /// The place in the order of the first row wanted.
    pub offset: usize,
    /// How many rows.
    pub limit: usize,
    /// How many cells the line around the best hit has.
    pub cells: usize,
    /// Rows around this document are wanted instead, where the question finds it.
    pub around: Option<DocumentId>,
    /// What becomes of documents that are one article.
    pub doubles: Doubles,
}

/// A year to look at by its months.
#[derive(Clone, Debug, PartialEq)]
pub struct MonthsRequest {
    /// The number of the search whose answer is counted.
    pub generation: u64,
    /// What it finds.
    pub query: Query,
    /// The year.
    pub year: i16,
    /// What becomes of documents that are one article.
    pub doubles: Doubles,
}

/// A document to open.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenRequest {
    /// Its number.
    pub generation: u64,
    /// Which document.
    pub id: DocumentId,
    /// The columns of the text.
    pub measure: u16,
    /// What to light.
    pub light: Expanded,
    /// Which face of it.
    pub face: Face,
    /// Whether its words may be parted.
    pub hyphenation: Hyphenation,
}

/// What `App` starts with.
#[derive(Debug)]
pub struct Start {
    /// What the person changed while reading last time, over `set`.
    pub settings: Settings,
    /// The person's files over the defaults.
    pub set: Settings,
    /// The names of the themes there are.
    pub themes: Vec<String>,
    /// The person's keys over the defaults.
    pub keymap: Keymap,
    /// The screen, in columns and rows.
    pub size: (u16, u16),
    /// The document that was read last, to be selected again.
    pub last: Option<DocumentId>,
    /// What explains the terms of a page.
    pub thesaurus: Arc<Thesaurus>,
}

/// Returns what to remember of a setting that was changed while reading: it holds only as long as the person's file
/// says what it said then, so that an edit of the file is never overruled by an old key.
fn changed_from(now: &impl std::fmt::Display, set: &impl std::fmt::Display) -> String {
    format!("{now} instead of {set}")
}

/// Returns what was remembered of a setting, where it still holds over what the person's file says.
pub fn still_holds<'a>(remembered: &'a str, set: &impl std::fmt::Display) -> Option<&'a str> {
    remembered.strip_suffix(&format!(" instead of {set}"))
}

impl App {
    /// The name under which the document read last is remembered.
    pub const LAST_DOCUMENT: &'static str = "last-document";

    /// Returns the room as it is entered, and what has to be done first.
    pub fn new(start: Start) -> (Self, Vec<Effect>) {
        let mut app = Self {
            settings: start.settings,
            set: start.set,
            themes: start.themes,
            keymap: start.keymap,
            size: start.size,
            focus: Pane::List,
            behind: Pane::List,
            zoomed: false,
            field: Line::default(),
            query: Query::default(),
            generation: 0,
            searching: false,
            light: Expanded::default(),
            doubles: Doubles::Folded,
            list: DocumentList::default(),
            facets: FacetList::default(),
            page: Page::default(),
            sources: Sources::default(),
            places: Vec::new(),
            thesaurus: start.thesaurus,
            completion: None,
            saved: Saved::default(),
            history: History::default(),
            concordance: ConcordanceList::default(),
            notes: NotesList::default(),
            passages_asked: 0,
            awaited: None,
            overlay: None,
            notice: None,
            hover: None,
            word: WordBegun::default(),
            led: Vec::new(),
            work: None,
            coverage: Coverage::default(),
            count: None,
            undo: Vec::new(),
            done: false,
        };
        app.list.prefer(start.last);
        let effects = app.search();
        (app, effects)
    }

    /// Returns where everything stands now, or nothing on a screen too small to draw on.
    pub fn geometry(&self) -> Option<Geometry> {
        self.geometry_with(self.focus)
    }

    /// Returns where everything stands when a pane has the keys.
    fn geometry_with(&self, focus: Pane) -> Option<Geometry> {
        let geometry = Geometry::new(View {
            size: self.size,
            focus,
            behind: self.behind,
            zoomed: self.zoomed,
            likeness: !self.list.likes.is_empty(),
        })?;
        Some(match self.list.incomplete {
            0 => geometry,
            _ => geometry.with_shortfall(),
        })
    }

    /// Returns where the list stands. Where it is out of sight, as it will when it comes: rows are asked for and scrolled
    /// by the same height meanwhile.
    pub fn list_area(&self) -> Option<Area> {
        let here = self.geometry()?.list;
        here.or_else(|| self.geometry_with(Pane::List)?.list)
    }

    /// Returns where the text of the page stands, where the page is in sight.
    pub fn page_area(&self) -> Option<Area> {
        self.geometry()?
            .page
            .map(|page| page_text(page, self.settings.measure))
    }

    /// Returns the columns of the text. Where the page is out of sight it is set as it will be when it comes.
    pub fn measure(&self) -> u16 {
        self.page_area()
            .map_or(self.settings.measure, |area| area.width)
    }

    /// Returns the table of `keys.toml` that the next key is looked up in first.
    pub fn key_pane(&self) -> &'static str {
        self.overlay
            .as_ref()
            .map_or(self.focus.name(), Overlay::key_pane)
    }
}
