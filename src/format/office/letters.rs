//! What both formats say of letters: how they stand against the line, and whether a typewriter made them.

use std::borrow::Cow;

use crate::document::SpanKind;
use crate::format::scripts;

/// What a style makes of letters.
#[derive(Clone, Debug, Default)]
pub(super) struct Letters {
    pub spans: Vec<SpanKind>,
    pub hidden: bool,
    /// Nothing where they stand as those around them do.
    pub script: Option<Script>,
}

/// Where letters stand against the line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Script {
    #[default]
    Level,
    Raised,
    Lowered,
}

impl Script {
    /// Returns what `vertAlign` of `WordprocessingML` says (ECMA-376, part 1, 17.3.2.42).
    pub fn named(name: Option<&str>) -> Self {
        match name {
            Some("superscript") => Self::Raised,
            Some("subscript") => Self::Lowered,
            _ => Self::Level,
        }
    }

    /// Returns words as they stand there, where Unicode has letters for it.
    pub fn set(self, words: &str) -> Cow<'_, str> {
        let set = match self {
            Self::Level => None,
            Self::Raised => scripts::raised(words),
            Self::Lowered => scripts::lowered(words),
        };
        set.map_or(Cow::Borrowed(words), Cow::Owned)
    }
}

/// Returns whether a font is one of a typewriter.
pub(super) fn is_mono(font: &str) -> bool {
    let font = font.to_lowercase();
    [
        "courier",
        "consolas",
        "mono",
        "menlo",
        "monaco",
        "source code",
        "lucida console",
    ]
    .iter()
    .any(|name| font.contains(name))
}

/// Returns a small number.
pub(super) fn number(value: Option<&str>) -> Option<u8> {
    value?.trim().parse().ok()
}
