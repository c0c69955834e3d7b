//! The command line.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use super::FAILED;
use crate::config::places::Places;

/// An offline reader for the terminal: keeps what you saved, finds any word of it, shows it well.
#[derive(Debug, Parser)]
#[command(version, subcommand_help_heading = "Commands for scripts")]
pub(super) struct Args {
    #[command(subcommand)]
    pub task: Option<Task>,

    /// Files and folders to read this once, keeping nothing; without any, the library opens. Write ./NAME for one that
    /// bears a command's name.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// The folder of the library (else `RECTO_LIBRARY` says, else the platform).
    #[arg(long, value_name = "DIR", global = true)]
    pub library: Option<PathBuf>,
}

/// What is done without a screen.
#[derive(Debug, Subcommand)]
pub(super) enum Task {
    Add(AddArgs),
    Import(ImportArgs),
    Search(SearchArgs),
    Saved(SavedArgs),
    Concordance(ConcordanceArgs),
    Show(ShowArgs),
    Sources(SourcesArgs),
    Refresh(RefreshArgs),
    Remove(RemoveArgs),
    Edit(EditArgs),
    Hide(HideArgs),
    Unhide(HideArgs),
    Tag(TagArgs),
    Notes(NotesArgs),
    Note(NoteArgs),
    Export(ExportArgs),
}

/// Take files and folders into the library, or read again what was added before.
///
/// Ends with 1 where something could not be read; the rest is in.
#[derive(Debug, clap::Args)]
pub(super) struct AddArgs {
    /// What to add.
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Open every file, even those whose size and time have not changed.
    #[arg(long)]
    pub check: bool,
}

/// Take over what another reader kept: lists of addresses (OPML, newsboat's urls, bookmarks of browsers, exports of
/// Pocket and Instapaper), and newsboat's cache.db with its articles.
///
/// Addresses are kept for when recto fetches. Ends with 1 where something could not be read; the rest is in.
#[derive(Debug, clap::Args)]
pub(super) struct ImportArgs {
    /// The files.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
}

/// Read sources again: what has changed in them, what is new and what is gone.
///
/// Ends with 1 where something could not be read. A source that is not where it was loses nothing.
#[derive(Debug, clap::Args)]
pub(super) struct RefreshArgs {
    /// The sources, each by its number, its name or its path; all without any.
    #[arg(value_name = "SOURCE")]
    pub sources: Vec<String>,

    /// Open every file, even those whose size and time have not changed.
    #[arg(long)]
    pub all: bool,
}

/// Put right what a source says of a document. It stays so when the source is read again.
///
/// Without an option it says what was put right.
#[derive(Debug, clap::Args)]
pub(super) struct EditArgs {
    /// The document's number, as search prints it, its key or its address.
    pub id: String,

    /// The title.
    #[arg(long)]
    pub title: Option<String>,

    /// An author; several are given one by one. An empty one says that nobody is to be named.
    #[arg(long = "author", value_name = "AUTHOR")]
    pub authors: Vec<String>,

    /// The date, as exactly as it is known: 2012, 2012-11 or 2012-11-30. An empty one says that it is not known.
    #[arg(long)]
    pub date: Option<String>,

    /// A topic, in place of all that were there; several are given one by one. An empty one says that there are none.
    #[arg(long = "topic", value_name = "TOPIC")]
    pub topics: Vec<String>,

    /// A topic beside those that are there.
    #[arg(long, value_name = "TOPIC")]
    pub add_topic: Vec<String>,

    /// A topic that is not to be there.
    #[arg(long, value_name = "TOPIC")]
    pub remove_topic: Vec<String>,

    /// Take back what was put right in a field: it is what the source says again.
    #[arg(long, value_enum, value_name = "FIELD")]
    pub clear: Vec<EditedField>,
}

/// A field that can be put right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum EditedField {
    Title,
    Authors,
    Date,
    Topics,
    All,
}

/// Hide documents, or show them again: kept, but neither listed nor counted; `recto search is:hidden` finds them.
///
/// Ends with 1 where one of them is not there.
#[derive(Debug, clap::Args)]
pub(super) struct HideArgs {
    /// The documents' numbers, as search prints them, their keys or their addresses.
    #[arg(required = true, value_name = "DOC")]
    pub documents: Vec<String>,
}

/// Put own tags on documents (+NAME) or take them off (-NAME); without any, list the tags there are.
///
/// `recto tag 2 a.txt +mutuals '+to read' -new`; options stand before these. Ends with 1 where a document is not there or has too many tags; the
/// others have what was asked for.
#[derive(Debug, clap::Args)]
pub(super) struct TagArgs {
    /// The documents' numbers, as search prints them, their keys or their addresses; +NAME and -NAME among them are tags.
    #[arg(value_name = "DOC|+NAME|-NAME", allow_hyphen_values = true)]
    pub words: Vec<String>,

    /// A tag to put on, as +NAME.
    #[arg(long, value_name = "NAME")]
    pub add: Vec<String>,

    /// A tag to take off, as -NAME.
    #[arg(long, value_name = "NAME")]
    pub remove: Vec<String>,

    /// All documents that this question finds, as `recto search` takes it.
    #[arg(long, value_name = "QUERY")]
    pub query: Option<String>,

    #[command(flatten)]
    pub output: Output,
}

/// List your own notes, the newest first: the document, the passage that it is on, what it says.
///
/// Ends with 1 where there is none.
#[derive(Debug, clap::Args)]
pub(super) struct NotesArgs {
    /// Only those on this document: its number, as search prints it, its key or its address.
    #[arg(value_name = "DOC")]
    pub document: Option<String>,

    #[command(flatten)]
    pub output: Output,
}

/// Write a note of your own on a document, and print its number; or remove notes.
///
/// `recto search has:note` finds the documents, `recto search note:WORD` those whose notes have the word.
#[derive(Debug, clap::Args)]
pub(super) struct NoteArgs {
    /// The document's number, as search prints it, its key or its address.
    #[arg(required_unless_present = "remove", value_name = "DOC")]
    pub id: Option<String>,

    /// What the note says; several are joined with a blank. Without any it is read from standard input.
    pub text: Vec<String>,

    /// The words of the document that the note is on, as they stand there; without it is on the whole document.
    #[arg(long, value_name = "WORDS")]
    pub on: Option<String>,

    /// Remove the notes of these numbers, as `recto notes` prints them, in place of writing one. Ends with 1 where one of
    /// them is not there; the others are gone.
    #[arg(long, value_name = "NOTE", num_args = 1.., conflicts_with_all = ["id", "text", "on"])]
    pub remove: Vec<i64>,
}

/// Print the addresses that are kept, for another reader.
#[derive(Debug, clap::Args)]
pub(super) struct ExportArgs {
    /// As OPML.
    #[arg(long, required = true)]
    pub opml: bool,
}

/// Find documents. Ends with 0 where something was found, with 1 where nothing was.
#[derive(Debug, clap::Args)]
#[command(after_help = LANGUAGE)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag of the command line, and none rules out another"
)]
pub(super) struct SearchArgs {
    /// What to find; several are joined with a blank.
    #[arg(required_unless_present = "saved")]
    pub query: Vec<String>,

    /// Find what is saved under this name; a question beside it narrows that.
    #[arg(long, value_name = "NAME")]
    pub saved: Option<String>,

    /// Only what is new to the saved search: what came into the library since it was last looked at. What is printed
    /// whole counts as looked at.
    #[arg(long, requires = "saved")]
    pub new: bool,

    /// Leave what is new as it is: it is new the next time as well.
    #[arg(long, requires = "new")]
    pub peek: bool,

    /// How many documents to show at most: 20, and of what is new all.
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,

    /// Show each source of an article that came from several.
    #[arg(long)]
    pub doubles: bool,

    /// Say of each document why it is where it is: what each word gave to its score.
    #[arg(long)]
    pub explain: bool,

    #[command(flatten)]
    pub output: Output,
}

/// List the searches that are saved under names, with how many documents are new to each.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct SavedArgs {
    #[command(subcommand)]
    pub task: Option<SavedTask>,

    #[command(flatten)]
    pub output: Output,
}

/// Print every hit of a question in its context, a line each, the hits in one column.
///
/// Ends with 0 where some text has a hit, with 1 where none has.
#[derive(Debug, clap::Args)]
pub(super) struct ConcordanceArgs {
    /// What to look for, as `recto search` takes it; several are joined with a blank.
    #[arg(required = true)]
    pub query: Vec<String>,

    /// In which order the lines stand.
    #[arg(long, value_enum, default_value_t = LineOrder::List, value_name = "ORDER", allow_hyphen_values = true)]
    pub sort: LineOrder,

    /// How many lines to show at most.
    #[arg(long, default_value_t = 1000, value_name = "N")]
    pub limit: usize,

    /// How wide the lines are, in columns (else as wide as the terminal, else 120).
    #[arg(long, value_name = "COLUMNS")]
    pub width: Option<usize>,

    #[command(flatten)]
    pub output: Output,
}

/// What is done to a saved search.
#[derive(Debug, Subcommand)]
pub(super) enum SavedTask {
    /// Save a question under a name. What there is now is not new to it.
    Add {
        /// The name.
        name: String,
        /// The question, as `recto search` takes it.
        #[arg(required = true)]
        query: Vec<String>,
    },
    /// Change a saved search; what is new to it stays so.
    Edit {
        /// The name that it has.
        name: String,
        /// The name that it is to have.
        #[arg(long, value_name = "NAME")]
        rename: Option<String>,
        /// The question that it is to ask.
        #[arg(long, required_unless_present = "rename")]
        query: Option<String>,
    },
    /// Remove saved searches. Ends with 1 where one of them is not there; the others are gone.
    Remove {
        /// Their names.
        #[arg(required = true, value_name = "NAME")]
        names: Vec<String>,
    },
}

/// In which order the lines of a concordance stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum LineOrder {
    /// As search lists the documents.
    List,
    /// By the words at the left, the nearest first.
    Left,
    /// By the words at the right.
    Right,
    /// The oldest first, as sort:date.
    #[value(name = "date")]
    Oldest,
    /// The newest first, as sort:-date.
    #[value(name = "-date")]
    Newest,
    /// By the name of the source.
    Source,
}

/// Print a document.
#[derive(Debug, clap::Args)]
pub(super) struct ShowArgs {
    /// The document's number, as search prints it, its key or its address.
    pub id: String,

    /// Print what was changed in the text since it was first kept, in place of it: [-what went-] {+what came+}.
    #[arg(long)]
    pub changes: bool,

    #[command(flatten)]
    pub output: Output,
}

/// List what was added.
#[derive(Debug, clap::Args)]
pub(super) struct SourcesArgs {
    /// List every file that could not be read or has no text, and every warning.
    #[arg(long)]
    pub failed: bool,

    /// List the addresses that are kept for when recto fetches.
    #[arg(long, conflicts_with = "failed")]
    pub addresses: bool,

    #[command(flatten)]
    pub output: Output,
}

/// Remove sources with their documents, at once; files on disk, and what you left on the documents, stay.
///
/// Ends with 1 where one of them is not there; the others are gone.
#[derive(Debug, clap::Args)]
pub(super) struct RemoveArgs {
    /// The sources, each by its number, its name or its path; or addresses that are kept.
    #[arg(required = true, value_name = "SOURCE")]
    pub sources: Vec<String>,
}

#[derive(Clone, Copy, Debug, clap::Args)]
pub(super) struct Output {
    /// For people, or for programs.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

/// How the answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Text,
    Json,
}

/// Reads the command line. Help, the version and what is wrong are told here; what is returned then is the code to end
/// with.
pub(super) fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Args, ExitCode> {
    parse(arguments).map_err(|error| {
        // A closed pipe is no error, not even for the help.
        let _ = error.print();
        u8::try_from(error.exit_code()).map_or(ExitCode::from(FAILED), ExitCode::from)
    })
}

fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Args, clap::Error> {
    let mut command = Args::command().after_help(places());
    let matches = command.try_get_matches_from_mut(arguments)?;
    Args::from_arg_matches(&matches)
}

/// Returns the names of the commands.
pub(super) fn command_names() -> Vec<String> {
    let command = Args::command();
    let commands = command.get_subcommands();
    commands.map(|one| one.get_name().to_owned()).collect()
}

/// Says where the library and the settings are, since no two platforms keep them in one place.
fn places() -> String {
    let Places { library, settings } = Places::find(None);
    let shown = |place: Option<PathBuf>| {
        place.map_or_else(
            || "nowhere (no home)".to_owned(),
            |place| place.display().to_string(),
        )
    };
    format!(
        "Library:  {}\nSettings: {}",
        shown(library),
        shown(settings)
    )
}

/// The query language, in short.
const LANGUAGE: &str = "\
The question, as in the search field (quote it, so that the shell leaves it alone):
  tupe pensions             all words, each by its stem
  '\"staff transfer\"'        these words together; '\"staff transfer\"~5' within five words
  'mutual OR co-operative'  either; so does a|b, and ( ) groups
  'mutual -consortium'      without; put -- before a question that begins with a hyphen
  'commission*' 'tuep~'     what begins so; what is spelled nearly so
  =mutual                   this very word: no stem
  title: body: heading: author: source: url:
                            in that field; author:\"Ann Lee\" is the whole name
  topic:mutuals '#mutuals'  a topic or an own tag; tag:mutuals an own tag alone
  kind:post lang:en         article, post, thread, page, note, book, message; a language
  is:unread                 is:read, is:starred, is:hidden
  has:link has:table        what is in the text; has:tag what has an own tag
  has:note note:WORD        your own notes: that there is one; what it says
  date:2012 date:2012-03..2013 before:2012 after:2012-06 newer:7d
                            when it was published; spans are 12h, 7d, 2w, 3m, 1y or \"1 week\"
  added:7d added:2026-11    when it came into the library
  like:12                   documents like number 12; like:12@3450 like the passage at that byte
  saved:NAME                what is saved under that name, as a group
  in:NAME in:18f/posts      of what was added; of a folder below it
  id:12 since:12            one document; those that came after it
  also:procurement '-also:\"spin out\"' '-also:*'
                            take in what the thesaurus offers, or leave it out
  title:a,b                 either value; so in each field
  match:all match:any       those with every word alone; those with some of them too
  sort:-date                date, -date, title, source, length, -length, relevance
  '*'                       everything";

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Args, clap::Error> {
        parse(
            std::iter::once("recto")
                .chain(line.split_whitespace())
                .map(OsString::from),
        )
    }

    #[test]
    fn the_definition_is_sound() {
        Args::command().debug_assert();
    }

    #[test]
    fn paths_are_read_and_commands_are_done() {
        let args = parsed("a.txt b --library c").unwrap();
        assert!(args.task.is_none());
        assert_eq!(args.paths, [PathBuf::from("a.txt"), PathBuf::from("b")]);
        assert_eq!(args.library, Some("c".into()));
        assert_eq!(parsed("a.txt search").unwrap().paths.len(), 2);

        let args = parsed("--library c search TUPE pensions --format json --limit 3").unwrap();
        assert_eq!(args.library, Some("c".into()));
        let Some(Task::Search(search)) = args.task else {
            panic!("a search");
        };
        assert_eq!(search.query, ["TUPE", "pensions"]);
        assert_eq!(
            (search.output.format, search.limit),
            (Format::Json, Some(3))
        );

        let Some(Task::Search(search)) = parsed("search -- -tupe").unwrap().task else {
            panic!("a search");
        };
        assert_eq!(search.query, ["-tupe"]);
    }

    #[test]
    fn what_cannot_be_meant_is_refused() {
        for line in [
            "search",
            "search tupe --limt 3",
            "search tupe --limit -1",
            "search tupe --format xml",
            "add",
            "remove",
            "edit",
            "edit 1 --clear everything",
            "export",
            "import",
            "--frobnicate",
        ] {
            assert_eq!(parsed(line).unwrap_err().exit_code(), 2, "{line}");
        }
    }
}
