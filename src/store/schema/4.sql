-- The fourth form: what came twice is folded, and what a document said before is kept.

-- By what each document is found again when it comes a second time.
CREATE TABLE sketch (
    document INTEGER PRIMARY KEY REFERENCES document ON DELETE CASCADE,
    words    INTEGER NOT NULL,
    address  INTEGER, -- the hash of what all addresses of the article share
    bins     BLOB -- of a long text; see document::double
) STRICT;
CREATE INDEX sketch_by_address ON sketch (address) WHERE address IS NOT NULL;
CREATE INDEX document_by_text ON document (text_hash);
CREATE TABLE band (
    hash     INTEGER NOT NULL,
    document INTEGER NOT NULL,
    PRIMARY KEY (hash, document)
) STRICT, WITHOUT ROWID;

-- The documents that are one article; those of one are of one number.
CREATE TABLE fold (
    document INTEGER PRIMARY KEY REFERENCES document ON DELETE CASCADE,
    number   INTEGER NOT NULL
) STRICT;
CREATE INDEX fold_by_number ON fold (number);

-- What the reader left on the other documents of a document's fold.
CREATE VIEW fold_mark AS
    SELECT fold.document AS of, mark.read, mark.starred, mark.hidden FROM fold
    JOIN fold AS other ON other.number = fold.number
    JOIN document ON document.id = other.document
    JOIN source ON source.id = document.source
    JOIN mark ON mark.source = source.identity AND mark.key = document.key;

-- What a document said before it was changed, a row a version; the highest number is the newest.
CREATE TABLE earlier (
    document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    number   INTEGER NOT NULL,
    title    TEXT NOT NULL,
    derived  INTEGER NOT NULL, -- as in document
    text     TEXT NOT NULL,
    shape    BLOB NOT NULL, -- as in body
    until    INTEGER NOT NULL, -- when the next was seen, in seconds since 1970, UTC
    PRIMARY KEY (document, number)
) STRICT;

-- Documents from before this form have no sketch yet: up to which they have one.
INSERT INTO state (name, value) SELECT 'sketched', '0' WHERE EXISTS (SELECT 1 FROM document);
