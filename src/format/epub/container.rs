//! The container: where in it the package document is, what a reference in it leads to, what is locked (OCF 3.3).

use std::collections::HashSet;

use crate::format::address;
use crate::format::archive::Package;
use crate::format::xml::{self, Event};

/// The algorithms that only mangle fonts, which are not read here: they lock nothing.
const FONTS_ONLY: [&str; 2] = [
    "http://www.idpf.org/2008/embedding",
    "http://ns.adobe.com/pdf/enc#RC",
];

/// Returns the name of the package document: as the container says, else the one that lies there.
pub(super) fn package_document(package: &mut Package<'_>) -> Option<String> {
    let container = package.read("META-INF/container.xml").unwrap_or_default();
    let mut paths = Vec::new();
    xml::walk(&container, &mut |event| {
        if let Event::Start(tag) = event
            && tag.name() == "rootfile"
        {
            paths.extend(tag.get("full-path"));
        }
    });
    let said = paths.iter().find_map(|path| find(package, "", path));
    said.or_else(|| {
        let mut names = package.names();
        names
            .find(|name| name.to_lowercase().ends_with(".opf"))
            .map(str::to_owned)
    })
}

/// Returns the names of the entries that are locked by a real cipher, as a shop's copy protection does it.
pub(super) fn locked(package: &mut Package<'_>) -> HashSet<String> {
    let encryption = package.read("META-INF/encryption.xml").unwrap_or_default();
    let mut fonts_only = false;
    let mut locked = Vec::new();
    xml::walk(&encryption, &mut |event| {
        let Event::Start(tag) = event else { return };
        match tag.name() {
            "EncryptedData" => fonts_only = false,
            "EncryptionMethod" => {
                let method = tag.get("Algorithm").unwrap_or_default();
                fonts_only = FONTS_ONLY.contains(&method.as_str());
            }
            "CipherReference" if !fonts_only => locked.extend(tag.get("URI")),
            _ => {}
        }
    });
    locked
        .iter()
        .filter_map(|path| find(package, "", path))
        .collect()
}

/// Returns the entry that `reference` in the file at `from` leads to, as the archive spells it.
pub(super) fn find(package: &Package<'_>, from: &str, reference: &str) -> Option<String> {
    let path = reference.split('#').next().unwrap_or_default();
    let path = path.split('?').next().unwrap_or_default();
    let decoded = address::decoded(path);
    for path in [&*decoded, path] {
        for folder in [folder_of(from), ""] {
            if let Some(name) = package.spelt(&address::in_folder(folder, path)) {
                return (!name.ends_with('/')).then(|| name.to_owned());
            }
        }
    }
    None
}

/// Returns the fragment of a reference, decoded.
pub(super) fn fragment(reference: &str) -> Option<String> {
    let (_, fragment) = reference.split_once('#')?;
    Some(address::decoded(fragment).into_owned()).filter(|fragment| !fragment.is_empty())
}

fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_in_a_file_is_decoded() {
        assert_eq!(fragment("a.xhtml#n%201").as_deref(), Some("n 1"));
        assert_eq!(fragment("a.xhtml#"), None);
    }
}
