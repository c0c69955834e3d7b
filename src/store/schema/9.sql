-- The ninth form: the lines of a book's contents that have no chapter of their own.

ALTER TABLE document ADD COLUMN divisions BLOB; -- those that begin with the chapter, encoded; NULL: none
