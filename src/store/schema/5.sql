-- The fifth form: what documents said before is kept compressed.

-- The text of an earlier version as DEFLATE (RFC 1951); then `text` is empty. Versions from before this form have none,
-- and their `text` is what they said.
ALTER TABLE earlier ADD COLUMN packed BLOB;
