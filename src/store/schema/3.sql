-- The third form: what is known without reading again, what was put right by hand, what is hidden, what is waited for.

ALTER TABLE source ADD COLUMN looked INTEGER; -- when it was last looked through: seconds since 1970, UTC

-- By what the file was read: the reader's version, the manifest's entry, the limits. With size and time the same as
-- well, a file is not opened again.
ALTER TABLE file ADD COLUMN reader INTEGER;
ALTER TABLE file ADD COLUMN textless INTEGER NOT NULL DEFAULT 0; -- 1: it could be read and had no text

-- Hidden by its reader: kept, and not listed or counted.
ALTER TABLE mark ADD COLUMN hidden INTEGER NOT NULL DEFAULT 0;

-- What the reader put right by hand, a row a field. No reference to source or document: as marks do, it outlives both.
CREATE TABLE correction (
    source TEXT NOT NULL,
    key    TEXT NOT NULL,
    field  TEXT NOT NULL, -- 'title', 'authors', 'date' or 'topics'
    value  TEXT NOT NULL, -- authors and topics: one a line
    PRIMARY KEY (source, key, field)
) STRICT, WITHOUT ROWID;

-- What its source says of a document that was put right: what taking a correction back leads back to.
CREATE TABLE original (
    document  INTEGER PRIMARY KEY REFERENCES document ON DELETE CASCADE,
    title     TEXT NOT NULL,
    derived   INTEGER NOT NULL,
    published TEXT,
    lists     BLOB NOT NULL -- as in document
) STRICT;

-- Addresses that lists of feeds and bookmarks hold, kept for when recto fetches.
CREATE TABLE subscription (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    address TEXT NOT NULL UNIQUE,
    title   TEXT,
    site    TEXT,
    topics  TEXT NOT NULL, -- one a line, outermost first
    is_feed INTEGER NOT NULL,
    origin  TEXT NOT NULL, -- the file that listed it
    added   INTEGER NOT NULL -- seconds since 1970, UTC
) STRICT;
