-- The sixth form: when documents came, questions kept under names, and those asked before.

-- When it first came into the library: seconds since 1970, UTC. Documents from before this form have none; they came
-- when their source was added, or later.
ALTER TABLE document ADD COLUMN added INTEGER;

CREATE TABLE saved (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    name   TEXT NOT NULL,
    folded TEXT NOT NULL UNIQUE, -- the form in which names are compared
    query  TEXT NOT NULL,
    made   INTEGER NOT NULL, -- seconds since 1970, UTC
    looked INTEGER NOT NULL -- the highest number of a document when it was last looked at
) STRICT;

-- The searches that were made, each once; the highest number is the newest.
CREATE TABLE asked (
    id    INTEGER PRIMARY KEY AUTOINCREMENT,
    query TEXT NOT NULL UNIQUE
) STRICT;
