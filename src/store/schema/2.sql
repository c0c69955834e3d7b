-- The second form: books, whose chapters are documents.
ALTER TABLE document ADD COLUMN book TEXT; -- the book's own name within the source
ALTER TABLE document ADD COLUMN book_title TEXT;
ALTER TABLE document ADD COLUMN chapter INTEGER; -- in the order of reading, from 0
ALTER TABLE document ADD COLUMN depth INTEGER; -- in the book's contents, from 0
CREATE INDEX document_of_book ON document (source, book, chapter) WHERE book IS NOT NULL;
