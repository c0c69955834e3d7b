//! The rules: from a file's path and text to what it may not do.

use std::collections::HashMap;
use std::fmt;

use super::source::{self, Form, Path, Token};

/// A room of the house.
pub struct Room {
    pub name: &'static str,
    /// It may use the rooms of lower floors, and no others.
    pub floor: u8,
    /// The crates that may be used here, besides those allowed everywhere.
    pub crates: &'static [&'static str],
    /// What it may do that most may not.
    pub may: &'static [May],
}

/// What only some rooms may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum May {
    /// Start threads, and send between them.
    Thread,
    /// Start threads that end before the call returns.
    Scope,
    /// Send between threads.
    Send,
    /// Write to standard output and standard error.
    Print,
    /// Read and write files, ask for the time and the environment, start programs.
    World,
}

/// The whole table.
pub struct House {
    pub rooms: &'static [Room],
    /// Crates allowed in every room.
    pub everywhere: &'static [&'static str],
    /// Crates allowed in every room's tests.
    pub in_tests: &'static [&'static str],
    /// Names that say nothing of what is in a module.
    pub empty_names: &'static [&'static str],
}

/// Something that a file may not do.
#[derive(Debug, PartialEq, Eq)]
pub struct Violation {
    pub file: String,
    pub line: usize,
    pub message: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

/// Paths that only some rooms may use, each with what one must be allowed. The longest that fits decides; what needs
/// nothing is an exception from the shorter ones.
const GUARDED: &[(&str, Option<May>)] = &[
    ("std::thread", Some(May::Thread)),
    ("std::thread::available_parallelism", None),
    ("std::thread::sleep", Some(May::World)),
    ("std::thread::scope", Some(May::Scope)),
    ("std::thread::Scope", Some(May::Scope)),
    ("std::thread::ScopedJoinHandle", Some(May::Scope)),
    ("std::sync::mpsc", Some(May::Send)),
    ("std::io::stdout", Some(May::Print)),
    ("std::io::stderr", Some(May::Print)),
    ("std::io::Stdout", Some(May::Print)),
    ("std::fs", Some(May::World)),
    ("std::env", Some(May::World)),
    ("std::net", Some(May::World)),
    ("std::process", Some(May::World)),
    ("std::time::SystemTime", Some(May::World)),
    ("std::time::Instant::now", Some(May::World)),
    ("jiff::Timestamp::now", Some(May::World)),
    ("jiff::Zoned::now", Some(May::World)),
];

/// Macros that write to the standard streams.
const PRINTING: &[&str] = &["print", "println", "eprint", "eprintln", "dbg"];

/// A file to be checked.
#[derive(Clone, Copy)]
pub struct SourceFile<'a> {
    /// From the package's root, such as `src/query/tree.rs`.
    pub path: &'a str,
    pub text: &'a str,
    /// It is a module that was declared under `#[cfg(test)]`.
    pub test: bool,
}

/// Returns the modules that a file declares under `#[cfg(test)]` and that have files of their own, each by its whole
/// name: `typeset::pictures`.
pub fn test_modules(path: &str, text: &str) -> Vec<String> {
    let before = modules(path);
    source::paths(&source::tokens(text))
        .iter()
        .filter(|one| one.test && one.form == Form::Module)
        .map(|one| {
            let names = before.iter().chain(&one.within).chain(&one.segments);
            names.copied().collect::<Vec<_>>().join("::")
        })
        .collect()
}

/// Returns whether a file is one of these modules, or within one.
pub fn is_within(path: &str, test_modules: &[String]) -> bool {
    let name = modules(path).join("::");
    test_modules.iter().any(|module| {
        let rest = name.strip_prefix(module.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
    })
}

/// Returns what a file may not do.
pub fn violations(house: &House, file: SourceFile<'_>) -> Vec<Violation> {
    let path = file.path;
    let modules = modules(path);
    let Some(room) = room(house, path, &modules) else {
        let message = "a room that is not in the table of tests/architecture.rs".to_owned();
        return vec![at(path, 1, message)];
    };
    let mut found = Vec::new();
    if let Some(name) = modules.iter().find(|name| house.empty_names.contains(name)) {
        found.push(at(
            path,
            1,
            format!("`{name}` says nothing of what is in it"),
        ));
    }
    let tokens = source::tokens(file.text);
    found.extend(hidden(&tokens).map(|(line, message)| at(path, line, message)));
    let paths = source::paths(&tokens);
    let checked = Checked {
        house,
        room,
        test: file.test,
        names: Names::new(&paths),
        modules,
    };
    for one in &paths {
        let faults = checked.faults(one);
        found.extend(faults.map(|message| at(path, one.line, message)));
    }
    found
}

fn at(file: &str, line: usize, message: String) -> Violation {
    Violation {
        file: file.to_owned(),
        line,
        message,
    }
}

/// Returns the modules that lead to a file: `src/app/update/mod.rs` is `app`, `update`.
fn modules(path: &str) -> Vec<&str> {
    let path = path.strip_prefix("src/").unwrap_or(path);
    let path = path.strip_suffix(".rs").unwrap_or(path);
    let mut modules: Vec<&str> = path.split('/').collect();
    if modules.last() == Some(&"mod") {
        modules.pop();
    }
    modules
}

/// Returns the room that a file belongs to.
fn room<'h>(house: &'h House, path: &str, modules: &[&str]) -> Option<&'h Room> {
    let name = modules.first()?;
    // `lib.rs` and `main.rs` are rooms of one file; a folder of that name is none.
    let alone = ["lib", "main"].contains(name);
    house
        .rooms
        .iter()
        .find(|room| room.name == *name && (!alone || !path.contains(&format!("{name}/"))))
}

/// Finds what would lead around the rules: a module from another place, code that is pasted in, crates by `extern`.
fn hidden(tokens: &[Token<'_>]) -> impl Iterator<Item = (usize, String)> {
    const WAYS: [(&[&str], &str); 3] = [
        (
            &["#", "[", "path"],
            "`#[path]` takes a module from elsewhere",
        ),
        (&["include", "!"], "`include!` takes code from elsewhere"),
        (&["extern", "crate"], "`extern crate` hides a crate's use"),
    ];
    tokens.iter().enumerate().flat_map(move |(at, token)| {
        let rest = tokens.get(at..).unwrap_or_default();
        WAYS.into_iter()
            .filter(move |(with, _)| source::begins(rest, with))
            .map(move |(_, message)| (token.line, message.to_owned()))
    })
}

/// A path that a name stands for, after the modules within the file that it does so in.
type Origin<'a> = (Vec<&'a str>, Vec<&'a str>);

/// What the names of a file stand for.
struct Names<'a> {
    /// By a `use`: the paths.
    imported: HashMap<&'a str, Vec<Origin<'a>>>,
    /// By a `mod`.
    declared: Vec<&'a str>,
}

impl<'a> Names<'a> {
    fn new(paths: &[Path<'a>]) -> Self {
        let mut names = Self {
            imported: HashMap::new(),
            declared: Vec::new(),
        };
        for path in paths {
            match path.form {
                Form::Use { name, .. } if path.segments.first() != Some(&name) => {
                    let origins = names.imported.entry(name).or_default();
                    origins.push((path.within.clone(), path.segments.clone()));
                }
                Form::Module => names.declared.extend(path.segments.first()),
                _ => {}
            }
        }
        names
    }

    /// Returns the path written out from its beginning: `thread::spawn` is `std::thread::spawn` after
    /// `use std::thread`. A name holds in the module where it is bound and in those within, which may take it over by
    /// `use super::*`; what the tests of a file bind is nothing to the file.
    fn resolve(&self, path: &[&'a str], within: &[&'a str]) -> Vec<&'a str> {
        let mut resolved = path.to_vec();
        // A name may lead to a name; one that led back to itself would not compile.
        for _ in 0..4 {
            let Some((head, tail)) = resolved.split_first() else {
                break;
            };
            let origins = self.imported.get(head).into_iter().flatten();
            let holding = origins.filter(|(module, _)| within.starts_with(module));
            let Some((_, origin)) = holding.max_by_key(|(module, _)| module.len()) else {
                break;
            };
            resolved = origin.iter().chain(tail).copied().collect();
        }
        resolved
    }
}

/// A file being checked.
struct Checked<'a> {
    house: &'a House,
    room: &'a Room,
    /// All of it is tests.
    test: bool,
    names: Names<'a>,
    modules: Vec<&'a str>,
}

impl<'a> Checked<'a> {
    /// Returns what is wrong with a path, if anything.
    fn faults(&self, path: &Path<'a>) -> impl Iterator<Item = String> + use<> {
        let test = path.test || self.test;
        let fault = match path.form {
            Form::Module => self.empty_name(path),
            Form::Macro if path.segments.len() == 1 => self.printing(path, test),
            _ => {
                let resolved = self.names.resolve(&path.segments, &path.within);
                self.leaves_the_room(&resolved, path)
                    .or_else(|| self.foreign(&resolved, test))
                    .or_else(|| self.hands_on(&resolved, path))
                    .or_else(|| self.guarded(&resolved, test))
            }
        };
        fault.into_iter()
    }

    fn may(&self, what: May) -> bool {
        let more = match what {
            May::Send | May::Scope => Some(May::Thread),
            _ => None,
        };
        self.room.may.contains(&what) || more.is_some_and(|more| self.room.may.contains(&more))
    }

    fn empty_name(&self, path: &Path<'_>) -> Option<String> {
        let name = path.segments.first()?;
        let empty = self.house.empty_names.contains(name);
        empty.then(|| format!("`{name}` says nothing of what is in it"))
    }

    fn printing(&self, path: &Path<'_>, test: bool) -> Option<String> {
        let name = path.segments.first()?;
        let prints = PRINTING.contains(name) && !test && !self.may(May::Print);
        prints.then(|| format!("`{name}!`: `{}` must not print", self.room.name))
    }

    /// A room may use what is below it, and itself.
    fn leaves_the_room(&self, resolved: &[&str], path: &Path<'_>) -> Option<String> {
        let after = self.seen_from_the_root(resolved, path)?;
        let name = match after.first() {
            None | Some(&"*") => {
                return Some("the root of the crate is no room: name the room".to_owned());
            }
            Some(name) => *name,
        };
        if name == self.room.name || self.room.name == "lib" {
            return None;
        }
        let Some(other) = self.house.rooms.iter().find(|room| room.name == name) else {
            return Some(format!("`{name}` is no room"));
        };
        (other.floor >= self.room.floor).then(|| {
            format!(
                "`{}` (floor {}) must not use `{}` (floor {})",
                self.room.name, self.room.floor, other.name, other.floor
            )
        })
    }

    /// Returns what follows the crate's root, if the path leads there.
    fn seen_from_the_root<'p, 's>(
        &self,
        resolved: &'p [&'s str],
        path: &Path<'_>,
    ) -> Option<&'p [&'s str]> {
        let (head, tail) = resolved.split_first()?;
        match *head {
            "crate" if self.room.name == "main" => None,
            "crate" | "recto" => Some(tail),
            "self" | "super" => {
                let climbs = resolved.iter().filter(|name| **name == "super").count();
                let depth = match self.room.name {
                    "lib" | "main" => 0,
                    _ => self.modules.len(),
                };
                if climbs == 0 || climbs < depth + path.within.len() {
                    return None;
                }
                let names = resolved
                    .iter()
                    .position(|name| !["self", "super"].contains(name));
                Some(names.map_or(&[], |at| &resolved[at..]))
            }
            _ => None,
        }
    }

    /// A crate is used in its rooms only.
    fn foreign(&self, resolved: &[&str], test: bool) -> Option<String> {
        let name = self.foreign_crate(resolved)?;
        let allowed = self.house.everywhere.contains(&name)
            || self.room.crates.contains(&name)
            || (test && self.house.in_tests.contains(&name));
        (!allowed).then(|| format!("the crate `{name}` is not for `{}`", self.room.name))
    }

    /// A crate stays behind the face of its room.
    fn hands_on(&self, resolved: &[&str], path: &Path<'_>) -> Option<String> {
        let public = matches!(path.form, Form::Use { public: true, .. });
        let name = self.foreign_crate(resolved).filter(|_| public)?;
        Some(format!(
            "`{}` must not hand on the crate `{name}`",
            self.room.name
        ))
    }

    /// Returns the outside crate that a path begins with.
    fn foreign_crate<'p>(&self, resolved: &[&'p str]) -> Option<&'p str> {
        let name = match resolved {
            ["::", name, ..] => *name,
            // A module of this file is nearer than a crate of the same name.
            [name, ..] if !self.names.declared.contains(name) => *name,
            _ => return None,
        };
        let known = self.house.rooms.iter().flat_map(|room| room.crates);
        known
            .chain(self.house.everywhere)
            .chain(self.house.in_tests)
            .any(|known| *known == name)
            .then_some(name)
    }

    /// Threads, the standard streams and the world outside are for some rooms only.
    fn guarded(&self, resolved: &[&str], test: bool) -> Option<String> {
        let from = usize::from(resolved.first() == Some(&"::"));
        let full = resolved.get(from..)?.join("::");
        let (guarded, need) = GUARDED
            .iter()
            .filter(|(path, _)| {
                let tail = full.strip_prefix(path);
                tail.is_some_and(|tail| tail.is_empty() || tail.starts_with("::"))
            })
            .max_by_key(|(path, _)| path.len())?;
        let need = (*need)?;
        // The module alone does nothing yet: what it is used for is seen where it is used.
        let named_only = full == "std::thread";
        (!test && !self.may(need) && !named_only)
            .then(|| format!("`{guarded}` is not for `{}`", self.room.name))
    }
}
