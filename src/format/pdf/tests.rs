//! PDFs of every odd make, written by the tests.
