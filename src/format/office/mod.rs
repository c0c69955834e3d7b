//! Reports: DOCX and ODT.
