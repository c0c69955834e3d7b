//! English: spellings levelled and the stemmer's faults mended, then stemmed.
//!
//! What is levelled and what is mended is data (`assets/stems-english.txt`), told before the stemmer is asked, since
//! from its answer nothing can be told apart any more: it makes `cooper` of the society and of the man. Verbs in
//! -ise/-ize keep that ending as a stem of their own, where the stemmer would delete it and make `organ` of
//! `organise`.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use frostem::Stemmer;

/// Returns the stem of a folded English word.
pub(super) fn stem(word: &str, stemmer: Stemmer) -> Cow<'_, str> {
    let table = &*TABLE;
    if let Some(&stem) = table.stems.get(word) {
        return Cow::Borrowed(stem);
    }
    if let Some(base) = table.base_of_verb(word) {
        return Cow::Owned(format!("{base}iz"));
    }
    match table.level(word) {
        Some(levelled) => Cow::Owned(stemmer.stem(&levelled).into_owned()),
        None => stemmer.stem(word),
    }
}

static TABLE: LazyLock<Table> =
    LazyLock::new(|| Table::read(include_str!("../../../assets/stems-english.txt")));

/// What `assets/stems-english.txt` says.
#[derive(Debug, Default)]
struct Table {
    stems: HashMap<&'static str, &'static str>,
    not_ise: HashSet<&'static str>,
    our: HashSet<&'static str>,
    double_l: HashSet<&'static str>,
    beginnings: Vec<(&'static str, &'static str)>,
}

/// The endings of a verb in -ise and of what is made from it, after `is` or `iz`.
const AFTER_ISE: [&str; 15] = [
    "e",
    "es",
    "ed",
    "ing",
    "ings",
    "er",
    "ers",
    "ation",
    "ations",
    "ational",
    "ationally",
    "able",
    "ability",
    "ement",
    "ingly",
];

/// The endings before which British spelling doubles an l.
const AFTER_DOUBLE_L: [&str; 12] = [
    "ed", "ing", "ings", "er", "ers", "or", "ors", "ous", "ously", "able", "ery", "ist",
];

impl Table {
    /// Reads the table. A line that is none of its section is passed over; a test sees to it that there is none.
    fn read(text: &'static str) -> Self {
        let mut table = Self::default();
        let mut section = "";
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            if line.starts_with('[') {
                section = line;
                continue;
            }
            let pair = line.split_once(": ");
            match (section, pair) {
                ("[stems]", Some((stem, words))) => table
                    .stems
                    .extend(words.split_whitespace().map(|word| (word, stem))),
                ("[ae oe]", Some(pair)) => table.beginnings.push(pair),
                ("[not -ise]", None) => table.not_ise.extend(line.split_whitespace()),
                ("[-our]", None) => table.our.extend(line.split_whitespace()),
                ("[-ll-]", None) => table.double_l.extend(line.split_whitespace()),
                _ => {}
            }
        }
        table
    }

    /// Returns what a verb in -ise or -ize is made from, without the ending: `mutual` for `mutualisation`.
    fn base_of_verb<'a>(&self, word: &'a str) -> Option<&'a str> {
        let root = ["is", "iz"].iter().find_map(|ending| {
            let at = last_place(word, ending)?;
            let (root, rest) = word.split_at_checked(at + ending.len())?;
            AFTER_ISE.contains(&rest).then_some(root)
        })?;
        let base = root.get(..root.len() - 2)?;
        // A syllable stands before the ending, and a consonant: not in `size`, `prize`, `raise`, `noise`.
        let is_vowel = |c| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u');
        let has_syllable = base.contains(|c| is_vowel(c) || c == 'y');
        let fits = base.len() > 2 && has_syllable && !base.ends_with(is_vowel);
        (fits && !self.not_ise.contains(root)).then_some(base)
    }

    /// Returns a word as American spelling has it, or nothing where that makes no difference.
    fn level(&self, word: &str) -> Option<String> {
        self.level_our(word)
            .or_else(|| self.level_double_l(word))
            .or_else(|| self.level_beginning(word))
            .or_else(|| level_analyze(word))
    }

    fn level_our(&self, word: &str) -> Option<String> {
        let at = first_place(word, "our")?;
        let (root, rest) = word.split_at_checked(at + "our".len())?;
        // The root may have something before it: `dishonour`.
        let known = root
            .char_indices()
            .any(|(from, _)| root.get(from..).is_some_and(|root| self.our.contains(root)));
        known.then(|| format!("{}or{rest}", word.get(..at).unwrap_or_default()))
    }

    fn level_double_l(&self, word: &str) -> Option<String> {
        let at = first_place(word, "ll")?;
        let (root, rest) = word.split_at_checked(at + 1)?;
        let ending = rest.strip_prefix('l')?;
        (AFTER_DOUBLE_L.contains(&ending) && self.double_l.contains(root))
            .then(|| format!("{root}{ending}"))
    }

    fn level_beginning(&self, word: &str) -> Option<String> {
        first_place(word, "ae").or_else(|| first_place(word, "oe"))?;
        self.beginnings.iter().find_map(|(british, american)| {
            let rest = word.strip_prefix(british)?;
            Some(format!("{american}{rest}"))
        })
    }
}

/// Returns where `part` first stands in a word. A word is so short that preparing a search, as `str::find` does, takes
/// longer than looking.
fn first_place(word: &str, part: &str) -> Option<usize> {
    let part = part.as_bytes();
    let mut parts = word.as_bytes().windows(part.len());
    parts.position(|here| here == part)
}

/// Returns where `part` last stands in a word.
fn last_place(word: &str, part: &str) -> Option<usize> {
    let part = part.as_bytes();
    let mut parts = word.as_bytes().windows(part.len());
    parts.rposition(|here| here == part)
}

/// Returns a verb in -yze as British spelling has it, which is nearer to its noun: `analyse`, `analysis`.
fn level_analyze(word: &str) -> Option<String> {
    let at = last_place(word, "yz")?;
    let (before, rest) = (word.get(..at)?, word.get(at + 2..)?);
    (before.len() > 2 && AFTER_ISE.contains(&rest)).then(|| format!("{before}ys{rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;
    use crate::text::analysis::analyze;

    /// Returns the stem of one word, by the whole way.
    fn stem_of(word: &str) -> String {
        let mut stem = String::new();
        analyze(word, Language::ENGLISH, |token| {
            if stem.is_empty() || token.joined {
                stem = token.stem.to_owned();
            }
        });
        stem
    }

    #[test]
    fn the_forms_of_a_word_meet() {
        for line in [
            "mutual mutuals mutualism Mutual’s",
            "mutualise mutualised mutualisation mutualization mutualizing mutualises",
            "commission commissioning commissioned commissions commissioner commissioners commissioner’s",
            "cooperative co-operative co-operatives cooperatives Co‑operative's",
            "cooperate cooperation co-operation co-operating cooperates",
            "organise organisation organization organisations organised organiser organisational",
            "recognise recognized recognising",
            "rationalise rationalising rationalisation",
            "prioritise prioritising prioritized",
            "experience experiences experienced experiencing",
            "experiment experimental experiments",
            "economy economic economics economies economically",
            "deliver delivery delivered delivering deliveries",
            "consider considered considering considerable",
            "consortium consortia",
            "strategy strategic strategies strategically",
            "charity charitable charities",
            "focus focused focusing focussing focussed",
            "labour labor labours",
            "behaviour behavior behavioural behavioral",
            "neighbourhood neighborhoods",
            "dishonour dishonor dishonoured",
            "centre center centres centred",
            "programme program programmes programs programming",
            "travelling traveling travelled traveler",
            "model modelling modeling modelled",
            "councillor councilor councillors",
            "defence defense defences",
            "practice practise practices practising",
            "catalogue catalog catalogues",
            "analyse analyze analysis analyses analysing analyzed",
            "paediatric pediatric paediatrics",
            "advise advice advisor adviser advising",
            "advertise advertising advertiser",
            "measure measurement measuring measured",
            "deprive deprived deprivation",
            "transfer transferred transferring transfers",
            "enterprise enterprises",
            "policy policies",
            "community communities",
            "library libraries",
            "child children child’s",
            "woman women women’s",
            "outcome outcomes",
            "spin-out spin-outs spinouts",
            "re-offending reoffend",
            "authority authorities",
            "access accesses accessed accessing",
            "accessible accessibility accessibly",
            "effective effectively effectiveness",
            "responsible responsibility responsibilities",
            "competence competencies competent",
            "inclusion inclusive inclusivity",
            "govern government governments governing",
            "instalment installments",
            "critic criticism critics",
        ] {
            let stems: HashSet<String> = line.split(' ').map(stem_of).collect();
            assert_eq!(stems.len(), 1, "{line}: {stems:?}");
        }
    }

    #[test]
    fn words_that_only_look_alike_do_not_meet() {
        for (one, others) in [
            ("mutual", "mutualise mutualisation"),
            ("organ", "organise organisation organic organism"),
            ("Cooper", "cooperative cooperation co-operative cooperate"),
            ("cooperative", "cooperate operative operate"),
            ("operation", "operative"),
            ("policy", "police policing"),
            ("university", "universe universal"),
            ("general", "generic generate generous"),
            ("new", "news"),
            ("social", "society socialise socialism"),
            ("author", "authority authorities authorise"),
            ("import", "important importance"),
            ("posit", "positive"),
            ("position", "positive"),
            ("ration", "rational rationalise"),
            ("experience", "experiment expert"),
            ("event", "even evening"),
            ("severe", "several"),
            ("busy", "business"),
            ("major", "majority"),
            ("public", "publication publicity publish"),
            ("office", "officer"),
            ("unit", "united"),
            ("account", "accountant accountability"),
            ("emerge", "emergency"),
            ("convert", "conversation"),
            ("design", "designation"),
            ("depart", "department"),
            ("animation", "animal"),
            ("promise", "premise"),
            ("real", "realise reality"),
            ("central", "centralise"),
            ("market", "marketise"),
            ("capital", "capitalise capitalism"),
            ("commit", "commission committee"),
            ("community", "communicate commune"),
            ("employer", "employee"),
            ("provide", "provident"),
            ("form", "informal"),
            ("access", "accessible accessibility"),
            ("mutual", "mutually"),
            ("government", "governance"),
            ("mobile", "mobility"),
            ("digit", "digital"),
            ("effect", "effective effectiveness"),
            ("response", "responsible responsibility responsive"),
            ("responsible", "responsive"),
            ("product", "productive productivity"),
            ("compete", "competent competence"),
            ("conservation", "conservative"),
            ("democrats", "democratic"),
            ("person", "personal personality personnel"),
            ("populate", "population popular"),
            ("specific", "specification"),
            ("transit", "transition"),
            ("exclusion", "exclusive exclusively"),
            ("success", "successive succession"),
            ("interest", "interesting"),
            ("relation", "relative"),
            ("diverse", "diversion"),
            ("politics", "polite"),
            ("format", "formation"),
            ("community", "communal communism"),
            ("minister", "administer"),
            ("local", "locate"),
            ("invest", "investigate"),
            ("state", "station statement statute"),
            ("career", "carer careless"),
            ("inform", "informal"),
        ] {
            for other in others.split(' ') {
                assert_ne!(stem_of(one), stem_of(other), "{one}, {other}");
            }
        }
    }

    #[test]
    fn a_word_that_only_ends_like_a_verb_in_ise_is_stemmed_as_ever() {
        for (word, stem) in [
            ("promise", "promis"),
            ("promising", "promis"),
            ("enterprises", "enterpris"),
            ("exercised", "exercis"),
            ("raised", "rais"),
            ("noise", "nois"),
            ("sizes", "size"),
            ("prize", "prize"),
            ("surprising", "surpris"),
            ("revised", "revis"),
            ("citizen", "citizen"),
            ("missing", "miss"),
        ] {
            assert_eq!(stem_of(word), stem);
        }
    }

    #[test]
    fn every_line_of_the_table_is_read_and_says_something() {
        let text = include_str!("../../../assets/stems-english.txt");
        let mut section = "";
        let mut words = HashSet::new();
        for line in text
            .lines()
            .filter(|line| !line.starts_with('#') && !line.is_empty())
        {
            if line.starts_with('[') {
                section = line;
                continue;
            }
            let paired = matches!(section, "[stems]" | "[ae oe]");
            assert_eq!(line.contains(": "), paired, "{section} {line}");
            for word in line
                .split(": ")
                .last()
                .unwrap()
                .split(' ')
                .filter(|_| section == "[stems]")
            {
                assert!(words.insert(word), "{word} stands there twice");
            }
        }
        assert_eq!(TABLE.stems.len(), words.len());
        assert!(TABLE.our.len() > 20 && TABLE.double_l.len() > 20 && TABLE.not_ise.len() > 20);
    }
}
