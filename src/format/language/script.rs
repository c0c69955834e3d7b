//! Languages that their script tells alone: kana is Japanese, Hangul Korean. A note of one line is enough for that.
//!
//! Latin, Cyrillic, Arabic, Devanagari, Bengali and Ethiopic letters are those of many languages, and tell none.

use std::ops::RangeInclusive;

use crate::text::Language;

/// Scripts of one language: their blocks of Unicode, by its code. Where two languages share one (Yiddish is written in
/// Hebrew letters), the one with many times as many readers counts.
const SCRIPTS: [(&str, &[RangeInclusive<char>]); 21] = [
    ("el", &['\u{370}'..='\u{3ff}', '\u{1f00}'..='\u{1fff}']),
    ("hy", &['\u{530}'..='\u{58f}']),
    ("he", &['\u{590}'..='\u{5ff}']),
    ("dv", &['\u{780}'..='\u{7bf}']),
    ("pa", &['\u{a00}'..='\u{a7f}']),
    ("gu", &['\u{a80}'..='\u{aff}']),
    ("or", &['\u{b00}'..='\u{b7f}']),
    ("ta", &['\u{b80}'..='\u{bff}']),
    ("te", &['\u{c00}'..='\u{c7f}']),
    ("kn", &['\u{c80}'..='\u{cff}']),
    ("ml", &['\u{d00}'..='\u{d7f}']),
    ("si", &['\u{d80}'..='\u{dff}']),
    ("th", &['\u{e00}'..='\u{e7f}']),
    ("lo", &['\u{e80}'..='\u{eff}']),
    ("bo", &['\u{f00}'..='\u{fff}']),
    ("my", &['\u{1000}'..='\u{109f}']),
    ("ka", &['\u{10a0}'..='\u{10ff}', '\u{1c90}'..='\u{1cbf}']),
    ("km", &['\u{1780}'..='\u{17ff}']),
    (
        "ko",
        &[
            '\u{1100}'..='\u{11ff}',
            '\u{3130}'..='\u{318f}',
            '\u{ac00}'..='\u{d7af}',
        ],
    ),
    (
        "ja",
        &[
            '\u{3040}'..='\u{30ff}',
            '\u{31f0}'..='\u{31ff}',
            '\u{ff66}'..='\u{ff9d}',
        ],
    ),
    (
        "zh",
        &[
            '\u{3400}'..='\u{4dbf}',
            '\u{4e00}'..='\u{9fff}',
            '\u{20000}'..='\u{323af}',
        ],
    ),
];

/// How many letters of a script it takes: a name or a formula has fewer.
const FEWEST: usize = 12;

/// How many Chinese characters without kana it takes: a heading may have none in Japanese either.
const FEWEST_HAN: usize = 24;

/// Among how many Chinese characters one kana or Hangul stands at least; half of Japanese prose is kana.
const AMONG_HAN: usize = 12;

/// Returns the language that the script of most letters of a text tells.
pub(super) fn told(text: &str) -> Option<Language> {
    // Most texts are Latin, and say it at a glance: by the first bytes of their characters, quotation marks and dashes
    // (U+2000 to U+2FFF) aside.
    let may_be = |byte: &u8| *byte >= 0xcd && *byte != 0xe2;
    if text.bytes().filter(may_be).count() < FEWEST {
        return None;
    }
    let mut counts = [0_usize; SCRIPTS.len()];
    let mut letters = 0;
    for letter in text.chars().filter(|c| c.is_alphabetic()) {
        letters += 1;
        let holds = |(_, blocks): &(&str, &[RangeInclusive<char>])| {
            blocks.iter().any(|block| block.contains(&letter))
        };
        let script = (letter >= '\u{370}')
            .then(|| SCRIPTS.iter().position(holds))
            .flatten();
        if let Some(count) = script.and_then(|script| counts.get_mut(script)) {
            *count += 1;
        }
    }
    let count = |code: &str| {
        let script = SCRIPTS.iter().position(|(known, _)| *known == code);
        script
            .and_then(|script| counts.get(script).copied())
            .unwrap_or_default()
    };
    let han = count("zh");
    let is_most = |count: usize| count * 2 > letters;
    for code in ["ja", "ko"] {
        let own = count(code);
        if own + han >= FEWEST && is_most(own + han) && own * AMONG_HAN > han {
            return Some(Language::from_tag(code));
        }
    }
    let others = SCRIPTS
        .iter()
        .zip(counts)
        .map(|((code, _), count)| (*code, count));
    let (code, most) = others.max_by_key(|(_, count)| *count)?;
    let fewest = if code == "zh" { FEWEST_HAN } else { FEWEST };
    (most >= fewest && is_most(most)).then(|| Language::from_tag(code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_of_one_language_tell_it() {
        for (text, code) in [
            (
                "日本の川は短くて急です。多くの人が川の近くに住んでいます。",
                Some("ja"),
            ),
            ("カタカナだけのメモです、読んでください。", Some("ja")),
            (
                "한국의 강은 짧고 빠르다. 많은 사람이 강가에 산다.",
                Some("ko"),
            ),
            (
                "黄河是中国的第二长河，发源于青海省的巴颜喀拉山脉，流经九个省区，最后注入渤海。",
                Some("zh"),
            ),
            ("東京都庁舎", None),
            ("แม่น้ำเจ้าพระยาไหลผ่านกรุงเทพ", Some("th")),
            ("Τα ποτάμια της Ελλάδας είναι μικρά.", Some("el")),
            ("הנהרות בארץ הם קצרים מאוד", Some("he")),
            ("მდინარეები საქართველოში", Some("ka")),
            ("Հայաստանի գետերը կարճ են", Some("hy")),
            ("தமிழ்நாட்டின் ஆறுகள் பற்றிய குறிப்பு", Some("ta")),
            // Many languages, or none.
            (
                "Реки России длинные и широкие, много людей живёт у воды.",
                None,
            ),
            (
                "The α and β of the series, and γ besides, in plain English words.",
                None,
            ),
            (
                "See 東京 and 大阪 in the list of cities that follows below.",
                None,
            ),
            ("Rivers are short.", None),
            ("", None),
        ] {
            let told = told(text);
            assert_eq!(told.as_ref().and_then(Language::code), code, "{text}");
        }
    }
}
