//! How far a long piece of work has come.

/// What is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Folders are looked through; how many files there are is not known yet.
    Finding,
    /// Files are read.
    Reading,
    /// Documents are made searchable.
    Indexing,
    /// The documents of a source are removed.
    Removing,
    /// Documents of an older library are looked through for doubles.
    Folding,
}

/// How far a long piece of work has come. Told a file or a document at a time; who shows it keeps the rate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub phase: Phase,
    /// How many are done: files, or documents while indexing and removing.
    pub done: usize,
    /// How many there are; 0 while nobody knows.
    pub total: usize,
    /// How many documents were read so far.
    pub documents: usize,
    /// How many bytes of files were read so far; 0 unless files are read.
    pub bytes: u64,
    /// How many bytes there are to read; 0 while nobody knows.
    pub total_bytes: u64,
    /// What is being read, or removed.
    pub name: String,
    /// How many files could not be read so far.
    pub failed: usize,
    /// The last of them, and why.
    pub last_failed: Option<String>,
}

impl Progress {
    /// Returns that of reading so many files, before the first.
    pub(super) fn reading(total: usize) -> Self {
        Self {
            phase: Phase::Reading,
            done: 0,
            total,
            documents: 0,
            bytes: 0,
            total_bytes: 0,
            name: String::new(),
            failed: 0,
            last_failed: None,
        }
    }
}
