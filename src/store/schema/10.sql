-- The tenth form: the places that the whole source knows by name, whichever document has them.

CREATE TABLE place (
    name     TEXT NOT NULL,
    document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    PRIMARY KEY (name, document)
) STRICT, WITHOUT ROWID;
CREATE INDEX place_of_document ON place (document);
