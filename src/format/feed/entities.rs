//! The entities that a feed declares in its document type: those that are short and refer to nothing else.
//!
//! An entity that refers to others can be made to grow without end, and a long one used often enough does too; these
//! stay as they are written.

/// The longest value that is put in an entity's place, in bytes: a name, a piece of an address.
const LONGEST: usize = 256;

/// How many are known.
const MOST: usize = 256;

/// The harmless entities of a document type.
#[derive(Debug, Default)]
pub(super) struct Entities<'t>(Vec<(&'t str, &'t str)>);

impl<'t> Entities<'t> {
    /// Returns those that a document type declares.
    pub fn of(doctype: &'t str) -> Self {
        let declared = doctype.split("<!ENTITY").skip(1).filter_map(declaration);
        Self(declared.take(MOST).collect())
    }

    /// Returns what stands for an entity.
    pub fn get(&self, name: &str) -> Option<&'t str> {
        let found = self.0.iter().find(|(known, _)| *known == name)?;
        Some(found.1)
    }
}

fn declaration(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let (name, rest) = text.split_at(text.find(char::is_whitespace)?);
    let rest = rest.trim_start();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let (value, _) = rest.get(1..)?.split_once(quote)?;
    let harmless = value.len() <= LONGEST && !value.contains(['&', '%', '<']);
    harmless.then_some((name, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_cannot_grow_is_known() {
        let long = "x".repeat(LONGEST + 1);
        let doctype = format!(
            "<!DOCTYPE rss [<!ENTITY id \"tag:a,\"><!ENTITY b '&id;&id;'><!ENTITY long '{long}'><!ENTITY f SYSTEM 'file:///x'>]>"
        );
        let entities = Entities::of(&doctype);
        for (name, expected) in [
            ("id", Some("tag:a,")),
            ("b", None),
            ("long", None),
            ("f", None),
        ] {
            assert_eq!(entities.get(name), expected, "{name}");
        }
    }
}
