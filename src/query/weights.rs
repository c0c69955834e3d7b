//! What everything that ranks an answer weighs: every constant of it in this one place, each with the measurement or the
//! reason that set it.
//!
//! A way counts beside the word as it was typed, which has 1; a bonus counts beside what the words themselves score.
//! Nothing here was set on one collection alone: what helps one and harms another is not in.

/// How much a word counts that only begins as typed, beside a whole one, which must rank first.
pub(crate) const BEGINNING: f32 = 0.5;

/// How much words that stand together as asked count beside the words themselves. On six public collections of
/// abstracts 0.2 gained in each; spans and wider windows gained no more.
pub(crate) const TOGETHER: f32 = 0.2;

/// How much a document counts that says what the thesaurus knows as one term (`community interest company`), as a phrase
/// or by what says the same (`CIC`), beside the most that its words can score, however often they stand. So with 1 it is
/// before all that only have these words scattered, as a term is no sum of its words: where it was only [`TOGETHER`],
/// what says `CIC` came behind a text with `company` fourteen times. An acronym is a term of one word: where documents lack
/// words, what says `TUPE` is before what only has the `pensions` beside it. What bears no term gains nothing.
pub(crate) const TERM: f32 = 1.0;

/// How many of the best score again: for words that stand together, for headings and for passages. For words that stand
/// together, on the same six collections the first ten came out as good with 50 as with all documents, at a third of the time.
pub(crate) const SCORED_AGAIN: usize = 100;

/// How much a way counts that the thesaurus says is the same. A word that stands ever so often scores less than
/// 1 + k1 = 2.5 times what it scores standing once in a text of average length ([`SATURATION`] is 1.5), and no way is
/// counted as rarer than the words typed: so with less than 1 / 2.5 whatever has the typed words once, in a text no
/// longer than most, is before all that only say it otherwise.
pub(crate) const SAME: f32 = 0.39;

/// How much a way counts that the thesaurus says is related, and that the question asks for: less than what says the
/// same.
pub(crate) const RELATED: f32 = 0.3;

/// BM25's k1: how soon more of the same word says no more. Together with [`LENGTH`] at .6 it gained .008 nDCG@10 over 1.2
/// and .75 on those collections, chosen on five and read off the sixth.
pub(crate) const SATURATION: f32 = 1.5;

/// BM25's b: how much a word is worth less in a longer text; see [`SATURATION`].
pub(crate) const LENGTH: f32 = 0.6;

/// From how many plain words on a question is ranked and not narrowed: of six, hardly a document has all. Up to four
/// narrowing loses nothing where [`ENOUGH`] have every word (nDCG@10 0, 0, −.001 for two, three, four words).
pub(crate) const MANY_WORDS: usize = 6;

/// How many documents must have every word for a list of nothing else. Where fewer do, leaving the others out costs much
/// (−.017, −.049, −.049 for two, three, four words).
pub(crate) const ENOUGH: usize = 10;

/// How many times more a word counts as standing in a document for each time that it stands in a heading of it. So it
/// weighs there as in the title, which is in the field of words twice (but where a phrase of the text stands in for one); abstracts, which have no
/// headings, do not tell.
pub(crate) const HEADING: u32 = 1;

/// How long a passage is, in words: a page or two, and more than any abstract, so that what was measured on abstracts
/// holds.
pub(crate) const PASSAGE: u32 = 500;

/// From which length on, in words, a document can gain by its best passage. BM25 takes the length of a book for
/// wordiness: a chapter on what is asked for weighs in it less than a mention in a short note.
pub(crate) const LONG: u32 = 2 * PASSAGE;

/// How much of what the best passage would score more by itself is added to the score of a very long document. Not all:
/// of 200 passages the best is better than of one by chance alone.
pub(crate) const BY_PASSAGE: f32 = 0.5;
