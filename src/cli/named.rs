//! Sources as a person names them: by number, by name, by path.

use std::path::Path;

use crate::library::SourceInfo;

/// Returns the sources that `text` names: the one of that number, else all of that name, else the one at that path.
pub(super) fn named<'a>(sources: &'a [SourceInfo], text: &str) -> Vec<&'a SourceInfo> {
    let number = text.parse::<i64>().ok();
    let of = |is: &dyn Fn(&SourceInfo) -> bool| -> Vec<&'a SourceInfo> {
        sources.iter().filter(|source| is(source)).collect()
    };
    let by_number = of(&|source| Some(source.id.0) == number);
    if !by_number.is_empty() {
        return by_number;
    }
    let name = text.to_lowercase();
    let by_name = of(&|source| source.name.to_lowercase() == name);
    if !by_name.is_empty() {
        return by_name;
    }
    let given = Path::new(text);
    // A source that is gone from the disk is still known by the path it had.
    let real = given.canonicalize().or_else(|_| std::path::absolute(given));
    of(&|source| {
        let path = source.path.as_deref();
        path == Some(given) || real.as_deref().is_ok_and(|real| path == Some(real))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{SourceId, SourceKind};

    fn source(id: i64, name: &str, path: &str) -> SourceInfo {
        SourceInfo {
            id: SourceId(id),
            kind: SourceKind::Folder,
            name: name.to_owned(),
            path: Some(path.into()),
            documents: 0,
            hidden: 0,
            folded: 0,
            added: jiff::Timestamp::UNIX_EPOCH,
            looked: None,
            warnings: Vec::new(),
            failed: Vec::new(),
            textless: Vec::new(),
        }
    }

    #[test]
    fn a_source_is_known_by_number_then_name_then_path() {
        let sources = [
            source(1, "Notes", "/gone/notes"),
            source(2, "1", "/gone/one"),
            source(3, "notes", "/gone/more/notes"),
        ];
        for (text, ids) in [
            ("1", &[1][..]),
            ("notes", &[1, 3]),
            ("/gone/one", &[2]),
            ("/gone/more/../more/notes", &[]),
            ("papers", &[]),
            ("7", &[]),
        ] {
            let found = named(&sources, text);
            let found: Vec<i64> = found.iter().map(|source| source.id.0).collect();
            assert_eq!(found, ids, "{text}");
        }
    }
}
