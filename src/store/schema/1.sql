-- The first form of library.db. A later form is a file of its own beside this one; this one never changes.

-- One row: which library this is, and the number of its last change.
CREATE TABLE library (
    row    INTEGER PRIMARY KEY CHECK (row = 1),
    id     TEXT NOT NULL,
    change INTEGER NOT NULL
) STRICT;

-- What was added. Marks are tied to `identity`, which says the same when the source comes back.
CREATE TABLE source (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    identity TEXT NOT NULL UNIQUE,
    kind     TEXT NOT NULL,
    given    TEXT NOT NULL,
    path     TEXT,
    name     TEXT NOT NULL,
    added    INTEGER NOT NULL -- seconds since 1970, UTC
) STRICT;

-- The files of a source as they were when they were read.
CREATE TABLE file (
    id          INTEGER PRIMARY KEY,
    source      INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
    path        TEXT NOT NULL, -- below the source, parted by '/'
    size        INTEGER NOT NULL, -- bytes
    modified    INTEGER, -- milliseconds since 1970, UTC
    fingerprint INTEGER, -- of all that its documents were made from; NULL: to be read again
    failure     TEXT, -- why no document could be made of it
    UNIQUE (source, path)
) STRICT;

CREATE TABLE warning (
    id      INTEGER PRIMARY KEY,
    file    INTEGER NOT NULL REFERENCES file ON DELETE CASCADE,
    place   TEXT NOT NULL,
    message TEXT NOT NULL
) STRICT;
CREATE INDEX warning_of_file ON warning (file);

-- The head of a document. No CASCADE from source or file: a document goes only where its going is logged.
CREATE TABLE document (
    id        INTEGER PRIMARY KEY AUTOINCREMENT, -- never used twice
    source    INTEGER NOT NULL REFERENCES source,
    file      INTEGER NOT NULL REFERENCES file,
    key       TEXT NOT NULL,
    title     TEXT NOT NULL,
    derived   INTEGER NOT NULL, -- 1: the title is a phrase of the text
    published TEXT,
    publisher TEXT,
    url       TEXT,
    kind      TEXT NOT NULL,
    language  TEXT,
    lists     BLOB NOT NULL, -- authors, topics, details; see encoding.rs
    hash      INTEGER NOT NULL, -- of everything in this row and in its body
    text_hash INTEGER NOT NULL,
    UNIQUE (source, key)
) STRICT;
CREATE INDEX document_of_file ON document (file);
CREATE INDEX document_by_key ON document (key);
CREATE INDEX document_by_url ON document (url) WHERE url IS NOT NULL;

-- Apart from its head, so that heads lie close together.
CREATE TABLE body (
    document INTEGER PRIMARY KEY REFERENCES document ON DELETE CASCADE,
    text     TEXT NOT NULL,
    shape    BLOB NOT NULL -- blocks, spans, parts; see encoding.rs
) STRICT;

-- What the reader left. No reference to source or document: marks outlive both.
CREATE TABLE mark (
    source    TEXT NOT NULL,
    key       TEXT NOT NULL,
    read      INTEGER NOT NULL DEFAULT 0,
    starred   INTEGER NOT NULL DEFAULT 0,
    at        INTEGER, -- where reading stopped: the byte of the text
    words     TEXT, -- and the words there
    text_hash INTEGER, -- of the text that `at` counts in
    PRIMARY KEY (source, key)
) STRICT, WITHOUT ROWID;

-- The last change of each document, put or removed: whether it is still there says which.
CREATE TABLE change (
    number   INTEGER PRIMARY KEY,
    document INTEGER NOT NULL UNIQUE
) STRICT;

CREATE TABLE state (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO library (row, id, change) VALUES (1, lower(hex(randomblob(16))), 0);
