//! In which language a text is written, where its source does not say so or evidently says it wrongly.
//!
//! Told by trigrams (whatlang), from the beginning of the text alone, and only where that is sure: a wrong language
//! means wrong stems and words parted in wrong places, none means whole words. Code, tables and picture descriptions
//! are no prose and are not looked at.
//!
//! The words that a language cannot do without tell the most frequent ones sooner than trigrams do (`familiar`, some
//! thirty times as fast): only where they are not clear is the detector asked. A script in which one language is
//! written tells it from the first line on (`script`).
//!
//! What the source says holds, but for one case: a feed of a program whose default is `en-us` while its owner writes
//! German. Where a text of [`OVERRULES`] words is surely something else, the text is right. Two languages so close
//! that trigrams confuse them (Norwegian and Danish, the tongues of former Yugoslavia) never overrule one another.

mod script;

use std::collections::HashMap;
use std::sync::LazyLock;

use whatlang::{Info, Lang};

use crate::document::{BlockKind, Body};
use crate::text::Language;

/// How many bytes of prose are looked at. More changes no answer on the collections it was tried on, and costs time.
const LOOKED_AT: usize = 2048;

/// Fewer words than this are not told: a headline with two names in it passes for anything.
const FEWEST: usize = 20;

/// From so many words on, a text that is surely in another language overrules what its source says.
const OVERRULES: usize = 100;

/// How sure that has to be, of 1.
const SURE: f64 = 0.95;

/// How many words are looked at for a familiar language: a paragraph or two.
const FAMILIAR_WORDS: usize = 80;

/// The share of its own small words that makes a language familiar, in parts of [`FAMILIAR_WORDS`]: prose has twice as
/// many, a list of names or a page of code fewer.
const FAMILIAR: usize = 12;

/// How many times as many of its own words as of any other's a familiar language has.
const CLEAR: usize = 5;

/// Small words of frequent languages, none of which is a word of another one here or of one that is like it (Catalan
/// beside Spanish, Galician beside Portuguese, Afrikaans beside Dutch), so that few of those are taken for these.
const SMALL_WORDS: [(&str, &[&str]); 6] = [
    (
        "en",
        &[
            "the", "and", "of", "that", "for", "with", "this", "by", "from", "which", "have",
            "are", "be", "they", "their", "we", "you", "it", "has", "can", "would", "been", "were",
            "there", "what", "when", "who", "about", "these", "our",
        ],
    ),
    (
        "de",
        &[
            "der", "und", "das", "ist", "nicht", "mit", "sich", "auf", "für", "eine", "dem",
            "auch", "wird", "werden", "einer", "einen", "sind", "oder", "zur", "zum", "durch",
            "bei", "nach", "dass", "wie", "aus", "wir", "sie",
        ],
    ),
    (
        "fr",
        &[
            "les", "est", "dans", "pour", "une", "du", "sur", "avec", "qui", "cette", "ces", "aux",
            "ou", "mais", "nous", "vous", "leur", "être", "ont", "sont", "où", "même", "fait",
            "été", "donc", "ce",
        ],
    ),
    (
        "es",
        &[
            "los", "las", "y", "el", "su", "más", "pero", "muy", "también", "hasta", "hay",
            "donde", "fue", "ser",
        ],
    ),
    (
        "it",
        &[
            "di", "che", "è", "della", "il", "sono", "gli", "dei", "nel", "alla", "più", "anche",
            "ha", "questo", "delle", "nella", "dal", "ed", "degli", "essere",
        ],
    ),
    (
        "nl",
        &[
            "het", "een", "niet", "zijn", "aan", "ook", "bij", "naar", "wordt", "deze", "heeft",
            "worden", "zich", "door", "maar", "voor", "geen", "hij",
        ],
    ),
];

/// Returns the language of a text of which its source says that it is in `said`.
pub(super) fn settle(said: Language, body: &Body) -> Language {
    let prose = prose(body);
    let by_script = script::told(&prose);
    if said == Language::Unknown
        && let Some(told) = by_script
    {
        return told;
    }
    let least = if said == Language::Unknown {
        FEWEST
    } else {
        OVERRULES
    };
    if !has_words(&prose, least) {
        return said;
    }
    let told = by_script.map(|told| (told, 1.0));
    let told = told
        .or_else(|| familiar(&prose))
        .or_else(|| detected(&prose));
    let Some((told, confidence)) = told else {
        return said;
    };
    let overruled = confidence >= SURE && !are_alike(said, told);
    if said == Language::Unknown || overruled {
        told
    } else {
        said
    }
}

/// Returns the language that the detector tells, and how sure it is of 1, where that can be relied on.
fn detected(prose: &str) -> Option<(Language, f64)> {
    let info = whatlang::detect(prose).filter(Info::is_reliable)?;
    Some((language(info.lang()), info.confidence()))
}

/// Returns the language that the small words of a text tell beyond doubt.
fn familiar(prose: &str) -> Option<(Language, f64)> {
    static LANGUAGES: LazyLock<HashMap<&str, usize>> = LazyLock::new(|| {
        let numbered = SMALL_WORDS.iter().enumerate();
        let words =
            numbered.flat_map(|(place, (_, words))| words.iter().map(move |word| (*word, place)));
        words.collect()
    });
    static LONGEST: LazyLock<usize> = LazyLock::new(|| {
        let lengths = LANGUAGES.keys().map(|word| word.len());
        lengths.max().unwrap_or_default()
    });
    let mut counts = [0; SMALL_WORDS.len()];
    let mut seen = 0;
    let mut lower = String::new();
    for word in prose
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty())
        .take(FAMILIAR_WORDS)
    {
        seen += 1;
        lower.clear();
        if !word.is_ascii() {
            lower.extend(word.chars().flat_map(char::to_lowercase));
        } else if word.len() <= *LONGEST {
            lower.push_str(word);
            lower.make_ascii_lowercase();
        } else {
            continue;
        }
        if let Some(count) = LANGUAGES
            .get(lower.as_str())
            .and_then(|place| counts.get_mut(*place))
        {
            *count += 1;
        }
    }
    let best = (0..counts.len()).max_by_key(|place| counts.get(*place))?;
    let others = counts.iter().sum::<usize>() - counts.get(best)?;
    let is_clear = counts.get(best)? * FAMILIAR_WORDS >= FAMILIAR * seen
        && *counts.get(best)? >= CLEAR * others;
    let (code, _) = SMALL_WORDS
        .get(best)
        .filter(|_| is_clear && seen >= FEWEST)?;
    Some((Language::from_tag(code), 1.0))
}

/// Returns the beginning of what a body says in sentences.
fn prose(body: &Body) -> String {
    let mut prose = String::new();
    let blocks = body.blocks().iter().filter(|block| {
        matches!(
            block.kind,
            BlockKind::Paragraph | BlockKind::Standfirst | BlockKind::Heading { .. }
        )
    });
    for block in blocks {
        let room = LOOKED_AT - prose.len();
        let text = body.slice(block.range);
        prose.push_str(text.get(..text.floor_char_boundary(room)).unwrap_or(text));
        if prose.len() + 1 >= LOOKED_AT {
            break;
        }
        prose.push('\n');
        // A character may not have fitted whole: what is left is no room for another.
        if text.len() > room {
            break;
        }
    }
    prose
}

/// Returns whether a text has so many words; where words are not parted by blanks, two characters beyond Latin and its
/// neighbours count as one.
fn has_words(text: &str, least: usize) -> bool {
    let wide = text.chars().filter(|c| *c >= '\u{2e80}');
    text.split_whitespace().take(least).count() == least
        || wide.take(2 * least).count() == 2 * least
}

/// Returns whether trigrams may take one of two languages for the other.
fn are_alike(one: Language, other: Language) -> bool {
    const ALIKE: [&[&str]; 9] = [
        &["no", "nb", "nn", "da", "sv"],
        &["hr", "sr", "bs", "sl", "sh", "mk", "bg"],
        &["cs", "sk"],
        &["es", "ca", "pt", "gl"],
        &["ru", "uk", "be"],
        &["id", "ms", "jv"],
        &["nl", "af"],
        &["hi", "mr", "ne"],
        // In one script.
        &["he", "yi"],
    ];
    let (Some(one), Some(other)) = (one.code(), other.code()) else {
        return false;
    };
    one == other
        || ALIKE
            .iter()
            .any(|some| some.contains(&one) && some.contains(&other))
}

/// Returns the language by its code of ISO 639-1, which all that are told have.
fn language(lang: Lang) -> Language {
    let code = match lang {
        Lang::Epo => "eo",
        Lang::Eng => "en",
        Lang::Rus => "ru",
        Lang::Cmn => "zh",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Ben => "bn",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Ukr => "uk",
        Lang::Kat => "ka",
        Lang::Ara => "ar",
        Lang::Hin => "hi",
        Lang::Jpn => "ja",
        Lang::Heb => "he",
        Lang::Yid => "yi",
        Lang::Pol => "pl",
        Lang::Amh => "am",
        Lang::Jav => "jv",
        Lang::Kor => "ko",
        Lang::Nob => "nb",
        Lang::Dan => "da",
        Lang::Swe => "sv",
        Lang::Fin => "fi",
        Lang::Tur => "tr",
        Lang::Nld => "nl",
        Lang::Hun => "hu",
        Lang::Ces => "cs",
        Lang::Ell => "el",
        Lang::Bul => "bg",
        Lang::Bel => "be",
        Lang::Mar => "mr",
        Lang::Kan => "kn",
        Lang::Ron => "ro",
        Lang::Slv => "sl",
        Lang::Hrv => "hr",
        Lang::Srp => "sr",
        Lang::Mkd => "mk",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Est => "et",
        Lang::Tam => "ta",
        Lang::Vie => "vi",
        Lang::Urd => "ur",
        Lang::Tha => "th",
        Lang::Guj => "gu",
        Lang::Uzb => "uz",
        Lang::Pan => "pa",
        Lang::Aze => "az",
        Lang::Ind => "id",
        Lang::Tel => "te",
        Lang::Pes => "fa",
        Lang::Mal => "ml",
        Lang::Ori => "or",
        Lang::Mya => "my",
        Lang::Nep => "ne",
        Lang::Sin => "si",
        Lang::Khm => "km",
        Lang::Tuk => "tk",
        Lang::Aka => "ak",
        Lang::Zul => "zu",
        Lang::Sna => "sn",
        Lang::Afr => "af",
        Lang::Lat => "la",
        Lang::Slk => "sk",
        Lang::Cat => "ca",
        Lang::Tgl => "tl",
        Lang::Hye => "hy",
        Lang::Cym => "cy",
    };
    Language::from_tag(code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::BodyBuilder;

    const ENGLISH: &str = "Public service mutuals are organisations that have left the public sector but go on \
        delivering public services, and in which the people who work there have a real say in how they are run.";
    const GERMAN: &str = "Die Genossenschaft ist ein Zusammenschluss von Menschen, die gemeinsam wirtschaften und \
        dabei selbst bestimmen, wie ihr Betrieb geführt wird, wem er dient und was mit den Erträgen geschieht.";

    fn settled(said: &str, paragraphs: &[&str]) -> Option<String> {
        let mut builder = BodyBuilder::new();
        for paragraph in paragraphs {
            builder.block(BlockKind::Paragraph, paragraph);
        }
        let language = settle(Language::from_tag(said), &builder.finish());
        language.code().map(str::to_owned)
    }

    #[test]
    fn every_language_that_can_be_told_has_a_code() {
        for lang in Lang::all() {
            let language = language(*lang);
            assert!(language.code().is_some(), "{lang:?}");
        }
    }

    #[test]
    fn what_the_source_does_not_say_is_told_from_the_text() {
        assert_eq!(settled("", &[ENGLISH]).as_deref(), Some("en"));
        assert_eq!(settled("", &[GERMAN]).as_deref(), Some("de"));
        let japanese = "協同組合は、共同で所有し民主的に管理する事業体を通じ、共通の経済的・社会的・文化的な\
            ニーズと願いを満たすために自発的に手を結んだ人々の自治的な組織です。";
        assert_eq!(settled("", &[japanese]).as_deref(), Some("ja"));
    }

    #[test]
    fn a_short_text_stays_unknown() {
        assert_eq!(settled("", &["Die Genossenschaft"]), None);
        assert_eq!(settled("", &["Meeting on Monday at ten"]), None);
        assert_eq!(settled("", &[]), None);
    }

    #[test]
    fn a_long_text_overrules_a_wrong_default_and_a_short_one_does_not() {
        assert_eq!(settled("en-us", &[GERMAN]).as_deref(), Some("en"));
        assert_eq!(settled("en-us", &[GERMAN; 5]).as_deref(), Some("de"));
        assert_eq!(settled("de", &[GERMAN; 5]).as_deref(), Some("de"));
        assert_eq!(settled("de", &[ENGLISH; 5]).as_deref(), Some("en"));
    }

    #[test]
    fn the_small_words_of_a_language_are_its_own() {
        let all: Vec<&str> = SMALL_WORDS
            .iter()
            .flat_map(|(_, words)| *words)
            .copied()
            .collect();
        let unlike: std::collections::HashSet<&str> = all.iter().copied().collect();
        assert_eq!(unlike.len(), all.len());
        assert_eq!(
            familiar(ENGLISH)
                .and_then(|(told, _)| told.code().map(str::to_owned))
                .as_deref(),
            Some("en")
        );
        assert_eq!(
            familiar(GERMAN)
                .and_then(|(told, _)| told.code().map(str::to_owned))
                .as_deref(),
            Some("de")
        );
        // Catalan, which looks like Spanish; Portuguese; Afrikaans, which looks like Dutch; names; code.
        for unclear in [
            "La cooperativa és una associació autònoma de persones que s'han unit de manera voluntària per a satisfer \
             les necessitats i aspiracions econòmiques, socials i culturals en comú per mitjà d'una empresa conjunta.",
            "A cooperativa é uma associação de pessoas que se unem para trabalhar em comum e decidir como a empresa \
             deve ser dirigida, a quem deve servir e o que deve ser feito com os seus resultados no fim do ano.",
            "Die koöperasie is 'n vereniging van mense wat saam werk en self besluit hoe hulle onderneming bestuur \
             word, wie dit moet dien en wat met die opbrengs moet gebeur as die jaar verby is en almal klaar is.",
            &"Anna Berg, Carl Dorn, Eva Falk, ".repeat(20),
            &"let x = fold(a, b); return x + 1; ".repeat(20),
        ] {
            assert!(familiar(unclear).is_none(), "{unclear}");
        }
    }

    #[test]
    fn neighbours_do_not_overrule_one_another() {
        let norwegian = "Samvirket er en sammenslutning av mennesker som driver virksomhet sammen, og som selv \
            bestemmer hvordan bedriften skal ledes, hvem den skal tjene og hva som skal skje med overskuddet.";
        assert_eq!(settled("da", &[norwegian; 5]).as_deref(), Some("da"));
        assert_eq!(settled("nn", &[norwegian; 5]).as_deref(), Some("nn"));
    }

    #[test]
    fn code_and_tables_are_no_prose() {
        let mut builder = BodyBuilder::new();
        builder.block(BlockKind::Code, &ENGLISH.repeat(5));
        builder.block(BlockKind::Paragraph, GERMAN);
        let language = settle(Language::Unknown, &builder.finish());
        assert_eq!(language.code(), Some("de"));
    }

    #[test]
    fn a_long_text_of_wide_characters_is_cut_between_them() {
        for lead in ["", "a", "ab"] {
            let text = format!("{lead}{}", "漢".repeat(2000));
            assert!(
                prose(&{
                    let mut builder = BodyBuilder::new();
                    builder.block(BlockKind::Paragraph, &text);
                    builder.block(BlockKind::Paragraph, &text);
                    builder.finish()
                })
                .len()
                    <= LOOKED_AT
            );
        }
    }
}
