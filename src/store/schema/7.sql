-- The seventh form: own tags.

-- What the reader calls a document, a row a name. No reference to source or document: as marks do, it outlives both.
CREATE TABLE tag (
    source TEXT NOT NULL,
    key    TEXT NOT NULL,
    folded TEXT NOT NULL, -- the form in which names of topics are compared
    name   TEXT NOT NULL, -- as it was first typed; the same in all rows of a tag
    PRIMARY KEY (source, key, folded)
) STRICT, WITHOUT ROWID;
CREATE INDEX tag_by_name ON tag (folded, name);

-- The tags of the other documents of a document's fold.
CREATE VIEW fold_tag AS
    SELECT fold.document AS of, tag.folded, tag.name FROM fold
    JOIN fold AS other ON other.number = fold.number
    JOIN document ON document.id = other.document
    JOIN source ON source.id = document.source
    JOIN tag ON tag.source = source.identity AND tag.key = document.key;
