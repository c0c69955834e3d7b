-- The eighth form: the reader's own notes.

-- A note on a document or on a passage of it. No reference to source or document: as marks do, it outlives both.
CREATE TABLE note (
    id        INTEGER PRIMARY KEY AUTOINCREMENT, -- never used twice
    source    TEXT NOT NULL,
    key       TEXT NOT NULL,
    title     TEXT NOT NULL, -- of the document, for when it is not here
    text      TEXT NOT NULL,
    made      INTEGER NOT NULL, -- seconds since 1970, UTC
    changed   INTEGER NOT NULL, -- likewise
    at        INTEGER, -- the byte of the text where the passage begins; NULL: the whole document
    words     TEXT, -- the passage
    before    TEXT, -- some text before it
    after     TEXT, -- and after it
    text_hash INTEGER -- of the text that `at` counts in
) STRICT;
CREATE INDEX note_of_document ON note (source, key);

-- The documents that are here, each with the notes on it and on those that are the same article.
CREATE VIEW noted AS
    SELECT document.id AS of, note.id AS note FROM document
    JOIN source ON source.id = document.source
    JOIN note ON note.source = source.identity AND note.key = document.key
    UNION ALL
    SELECT fold.document AS of, note.id AS note FROM fold
    JOIN fold AS other ON other.number = fold.number AND other.document <> fold.document
    JOIN document ON document.id = other.document
    JOIN source ON source.id = document.source
    JOIN note ON note.source = source.identity AND note.key = document.key;
