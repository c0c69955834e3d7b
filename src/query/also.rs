//! The words taken in as clauses of a question: switching one on or off changes the string, and nothing else.

use super::name::plain_name;
use super::{Also, Origin, Query, Taken};

impl Also {
    /// Returns whether a question wants words that came by this way.
    pub(super) fn wants(&self, words: &str, origin: Origin) -> bool {
        let name = plain_name(words);
        let names = |list: &[String]| list.iter().any(|named| plain_name(named) == name);
        if names(&self.left_out) {
            return false;
        }
        names(&self.taken) || self.wants_unasked(origin)
    }

    /// Returns whether a question that does not name them wants words that came by this way.
    fn wants_unasked(&self, origin: Origin) -> bool {
        !self.no_others && origin != Origin::Related
    }
}

/// Returns the question with words that were taken in or offered switched on or off.
///
/// ```
/// use recto::query::{Origin, Taken, parse, switched};
///
/// let taken = Taken {
///     typed: "tupe".to_owned(),
///     words: "staff transfer".to_owned(),
///     origin: Origin::Same,
///     on: true,
/// };
/// let without = switched(&parse("tupe"), &taken);
/// assert_eq!(without.to_string(), "tupe -also:\"staff transfer\"");
/// assert_eq!(switched(&without, &Taken { on: false, ..taken }), parse("tupe"));
/// ```
pub fn switched(query: &Query, taken: &Taken) -> Query {
    let mut query = query.clone();
    let name = plain_name(&taken.words);
    for list in [&mut query.also.taken, &mut query.also.left_out] {
        list.retain(|known| plain_name(known) != name);
    }
    let wanted = !taken.on;
    if query.also.wants_unasked(taken.origin) != wanted {
        let list = if wanted {
            &mut query.also.taken
        } else {
            &mut query.also.left_out
        };
        list.push(taken.words.clone());
    }
    query
}
