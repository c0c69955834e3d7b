//! Every verb that a person has, with its name in `assets/keys.toml` and its line in the help.
//!
//! One table, [`ACTIONS`]: keys, palette, help and the README's table are made from it, so that they cannot drift
//! apart. A test walks it: every action has a key or is found in the palette, and every name in the key table is here.

/// A verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(
    missing_docs,
    reason = "each has its line in ACTIONS, which is what a person reads too"
)]
pub enum Action {
    Search,
    NextPane,
    PreviousPane,
    Facets,
    Zoom,
    NextHit,
    PreviousHit,
    Help,
    Palette,
    Failures,
    OtherWords,
    Explain,
    SavedSearches,
    Rename,
    EditQuery,
    Forget,
    EarlierSearch,
    LaterSearch,
    ClearHistory,
    NextTheme,
    ToggleMouse,
    Undo,
    Stop,
    Leave,
    Close,
    Quit,
    Suspend,
    Accept,
    Clear,
    LineStart,
    LineEnd,
    CharacterBack,
    CharacterForward,
    WordBack,
    WordForward,
    DeleteBack,
    DeleteForward,
    DeleteWord,
    DeleteToEnd,
    Down,
    Up,
    Top,
    Bottom,
    HalfDown,
    HalfUp,
    PageDown,
    PageUp,
    Open,
    Sort,
    Widen,
    Why,
    Star,
    ToggleRead,
    Tag,
    MarkAllRead,
    Unfold,
    Like,
    Choose,
    Exclude,
    ClearFacets,
    Narrow,
    AllValues,
    Earlier,
    Later,
    ExtendEarlier,
    ExtendLater,
    MarkSpan,
    Months,
    Years,
    NextParagraph,
    PreviousParagraph,
    NextSection,
    PreviousSection,
    ScrollLeft,
    ScrollRight,
    Find,
    NextDocument,
    PreviousDocument,
    NextUnread,
    NextDouble,
    EarlierVersions,
    Back,
    Forward,
    ToList,
    Outline,
    Links,
    Narrower,
    Wider,
    Copy,
    CopyPassage,
    CopyAddress,
    CopyCitation,
    Save,
    Pipe,
    Browse,
    Edit,
    EditDetails,
    Hide,
    Add,
    Sources,
    ListSource,
    Refresh,
    RefreshAll,
    Remove,
    Complete,
    Passages,
    Concordance,
    SortLeft,
    SortRight,
    SortDate,
    SortSource,
    CopyLine,
    Note,
    Notes,
    EditNote,
    RemoveNote,
    NewLine,
}

/// An action's name in the key table, and what help says of it.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The action.
    pub action: Action,
    /// Its name in kebab case.
    pub name: &'static str,
    /// What it does, in a few words.
    pub help: &'static str,
}

const fn entry(action: Action, name: &'static str, help: &'static str) -> Entry {
    Entry { action, name, help }
}

/// Every action, in the order in which help and palette show them.
pub const ACTIONS: &[Entry] = &[
    entry(Action::Search, "search", "search the library"),
    entry(Action::Facets, "facets", "narrow by topic, source and more"),
    entry(
        Action::NextHit,
        "next-hit",
        "next hit, then the next document",
    ),
    entry(Action::PreviousHit, "previous-hit", "previous hit"),
    entry(Action::NextPane, "next-pane", "next pane"),
    entry(Action::PreviousPane, "previous-pane", "previous pane"),
    entry(Action::Zoom, "zoom", "the page alone, and back"),
    entry(Action::Down, "down", "down"),
    entry(Action::Up, "up", "up"),
    entry(Action::PageDown, "page-down", "a screen down"),
    entry(Action::PageUp, "page-up", "a screen up"),
    entry(Action::HalfDown, "half-down", "half a screen down"),
    entry(Action::HalfUp, "half-up", "half a screen up"),
    entry(Action::Top, "top", "to the beginning"),
    entry(Action::Bottom, "bottom", "to the end"),
    entry(Action::Open, "open", "read it"),
    entry(
        Action::Sort,
        "sort",
        "order: relevance, date, title, source, length",
    ),
    entry(
        Action::Widen,
        "widen",
        "every word or some of them, in turn",
    ),
    entry(Action::Why, "why", "why this document is here"),
    entry(Action::Star, "star", "star, or take the star away"),
    entry(Action::ToggleRead, "toggle-read", "mark as read or unread"),
    entry(Action::Tag, "tag", "own tags: put on, take off"),
    entry(
        Action::MarkAllRead,
        "mark-all-read",
        "mark all of these as read",
    ),
    entry(Action::Unfold, "unfold", "doubles apart, or as one row"),
    entry(Action::Like, "like", "documents like this"),
    entry(Action::Passages, "passages", "its best passages, and back"),
    entry(Action::Choose, "choose", "choose"),
    entry(Action::Exclude, "exclude", "leave these out"),
    entry(Action::ClearFacets, "clear-facets", "drop every choice"),
    entry(Action::Narrow, "narrow", "find among these"),
    entry(
        Action::AllValues,
        "all-values",
        "all values of this kind, or the first",
    ),
    entry(Action::Earlier, "earlier", "timeline: the year before"),
    entry(Action::Later, "later", "timeline: the year after"),
    entry(
        Action::ExtendEarlier,
        "extend-earlier",
        "timeline: a span, from before",
    ),
    entry(
        Action::ExtendLater,
        "extend-later",
        "timeline: a span, to after",
    ),
    entry(
        Action::MarkSpan,
        "mark-span",
        "timeline: a span begins here",
    ),
    entry(
        Action::Months,
        "months",
        "timeline: the months of this year",
    ),
    entry(Action::Years, "years", "timeline: the years again"),
    entry(Action::NextParagraph, "next-paragraph", "next paragraph"),
    entry(
        Action::PreviousParagraph,
        "previous-paragraph",
        "previous paragraph",
    ),
    entry(Action::NextSection, "next-section", "next section"),
    entry(
        Action::PreviousSection,
        "previous-section",
        "previous section",
    ),
    entry(
        Action::ScrollLeft,
        "scroll-left",
        "wide code and tables: left",
    ),
    entry(
        Action::ScrollRight,
        "scroll-right",
        "wide code and tables: right",
    ),
    entry(Action::Find, "find", "find in this document"),
    entry(Action::NextDocument, "next-document", "next document"),
    entry(
        Action::PreviousDocument,
        "previous-document",
        "previous document",
    ),
    entry(Action::NextUnread, "next-unread", "next unread document"),
    entry(
        Action::NextDouble,
        "next-double",
        "the article from its next source",
    ),
    entry(
        Action::EarlierVersions,
        "earlier-versions",
        "what was changed here, and back",
    ),
    entry(Action::Back, "back", "back to where you read before"),
    entry(Action::Forward, "forward", "forward again"),
    entry(Action::ToList, "to-list", "to the list"),
    entry(Action::Outline, "outline", "outline: headings and posts"),
    entry(Action::Links, "links", "links, by number"),
    entry(Action::Narrower, "narrower", "narrower lines"),
    entry(Action::Wider, "wider", "wider lines"),
    entry(Action::Copy, "copy", "copy: passage, address, citation"),
    entry(
        Action::CopyPassage,
        "copy-passage",
        "copy the passage in sight",
    ),
    entry(Action::CopyAddress, "copy-address", "copy the address"),
    entry(Action::CopyCitation, "copy-citation", "copy a citation"),
    entry(Action::Save, "save", "save the text to a file"),
    entry(Action::Pipe, "pipe", "send the text to a command"),
    entry(Action::Browse, "browse", "open the address in the browser"),
    entry(Action::Edit, "edit", "open the text in the editor"),
    entry(
        Action::EditDetails,
        "edit-details",
        "set title, authors, date, topics",
    ),
    entry(Action::Hide, "hide", "hide this document, asked"),
    entry(Action::Add, "add", "add a file or a folder"),
    entry(
        Action::Sources,
        "sources",
        "what was added, and what failed",
    ),
    entry(
        Action::ListSource,
        "list-source",
        "the documents of this source",
    ),
    entry(Action::Refresh, "refresh", "read this source again"),
    entry(Action::RefreshAll, "refresh-all", "read all sources again"),
    entry(Action::Remove, "remove", "remove this source, asked"),
    entry(
        Action::SavedSearches,
        "saved-searches",
        "save this search; saved searches",
    ),
    entry(Action::Rename, "rename", "give it another name"),
    entry(Action::EditQuery, "edit-query", "change what it asks for"),
    entry(Action::Forget, "forget", "forget this search, asked"),
    entry(Action::EarlierSearch, "earlier-search", "the search before"),
    entry(Action::LaterSearch, "later-search", "the search after"),
    entry(
        Action::ClearHistory,
        "clear-history",
        "forget the searches that were made",
    ),
    entry(
        Action::Concordance,
        "concordance",
        "every hit, a line each, and back",
    ),
    entry(
        Action::SortLeft,
        "sort-left",
        "sort by the words at the left",
    ),
    entry(
        Action::SortRight,
        "sort-right",
        "sort by the words at the right",
    ),
    entry(
        Action::SortDate,
        "sort-date",
        "sort by date: newest, oldest",
    ),
    entry(Action::SortSource, "sort-source", "sort by source"),
    entry(Action::CopyLine, "copy-line", "copy this line"),
    entry(Action::Note, "note", "write a note on this"),
    entry(Action::Notes, "notes", "all your notes, and back"),
    entry(Action::EditNote, "edit-note", "change this note"),
    entry(Action::RemoveNote, "remove-note", "remove this note"),
    entry(Action::NewLine, "new-line", "a new line"),
    entry(Action::Help, "help", "help for this pane"),
    entry(Action::Palette, "palette", "every action, found by typing"),
    entry(
        Action::Failures,
        "failures",
        "what could not be read, and why",
    ),
    entry(
        Action::OtherWords,
        "other-words",
        "words taken in beside those typed",
    ),
    entry(Action::Explain, "explain", "what the terms in sight mean"),
    entry(Action::NextTheme, "next-theme", "next theme"),
    entry(Action::ToggleMouse, "toggle-mouse", "mouse on or off"),
    entry(
        Action::Undo,
        "undo",
        "undo: star, mark, tag, hide, forget, note",
    ),
    entry(Action::Stop, "stop", "stop the work, keep what is done"),
    entry(Action::Leave, "leave", "one level out"),
    entry(Action::Close, "close", "one level out, at last quit"),
    entry(Action::Quit, "quit", "quit"),
    entry(Action::Suspend, "suspend", "suspend to the shell"),
    entry(Action::Accept, "accept", "accept"),
    entry(
        Action::Complete,
        "complete",
        "complete the path or the field; next in a form",
    ),
    entry(Action::Clear, "clear", "empty the line"),
    entry(Action::LineStart, "line-start", "to the start of the line"),
    entry(Action::LineEnd, "line-end", "to the end of the line"),
    entry(Action::CharacterBack, "character-back", "a character back"),
    entry(
        Action::CharacterForward,
        "character-forward",
        "a character forward",
    ),
    entry(Action::WordBack, "word-back", "a word back"),
    entry(Action::WordForward, "word-forward", "a word forward"),
    entry(
        Action::DeleteBack,
        "delete-back",
        "delete the character before",
    ),
    entry(
        Action::DeleteForward,
        "delete-forward",
        "delete the character after",
    ),
    entry(Action::DeleteWord, "delete-word", "delete the word before"),
    entry(
        Action::DeleteToEnd,
        "delete-to-end",
        "delete to the end of the line",
    ),
];

impl Action {
    /// Returns the action of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        ACTIONS
            .iter()
            .find(|entry| entry.name == name)
            .map(|entry| entry.action)
    }

    /// Returns its name and help.
    pub fn entry(self) -> Entry {
        let place = ACTIONS.iter().position(|entry| entry.action == self);
        place
            .and_then(|place| ACTIONS.get(place))
            .copied()
            .unwrap_or(Entry {
                action: self,
                name: "",
                help: "",
            })
    }

    /// Returns whether it edits a line, and so belongs to a field alone.
    pub fn edits_line(self) -> bool {
        matches!(
            self,
            Self::Clear
                | Self::LineStart
                | Self::LineEnd
                | Self::CharacterBack
                | Self::CharacterForward
                | Self::WordBack
                | Self::WordForward
                | Self::DeleteBack
                | Self::DeleteForward
                | Self::DeleteWord
                | Self::DeleteToEnd
                | Self::NewLine
        )
    }
}
