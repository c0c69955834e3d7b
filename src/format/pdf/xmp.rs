//! What a PDF says of itself in XMP (ISO 16684-1), the packet of its catalogue: newer programs write it beside the
//! information dictionary, or in its place.

use crate::format::xml::{self, Event};

/// The longest packet that is read, in bytes: some hold a picture or the history of every change.
const LONGEST: usize = 4 << 20;

/// The most names that are taken in.
const MOST: usize = 1_000;

/// What a packet says.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Xmp {
    pub title: String,
    pub authors: Vec<String>,
    pub topics: Vec<String>,
    /// When it was published or, where that is not said, made.
    pub date: Option<String>,
    pub language: Option<String>,
}

/// Reads a packet, as far as it is sound.
pub(super) fn read(packet: &[u8]) -> Xmp {
    let mut said = Xmp::default();
    let packet = packet.get(..packet.len().min(LONGEST)).unwrap_or_default();
    let mut property = String::new();
    let mut words = String::new();
    let mut made = None;
    xml::walk(packet, &mut |event| match event {
        Event::Start(tag) => {
            let name = tag.name();
            if name == "Description" {
                made = made.take().or_else(|| tag.get("CreateDate"));
            } else if !matches!(name, "li" | "Alt" | "Seq" | "Bag") {
                name.clone_into(&mut property);
            }
            words.clear();
        }
        Event::Text(text) => words.push_str(text),
        Event::End(name) => {
            let value = words.trim();
            if !value.is_empty() && (name == "li" || name == property) {
                match property.as_str() {
                    // The first of several languages is the default.
                    "title" if said.title.is_empty() => value.clone_into(&mut said.title),
                    "creator" if said.authors.len() < MOST => said.authors.push(value.to_owned()),
                    "subject" if said.topics.len() < MOST => said.topics.push(value.to_owned()),
                    "date" | "publicationDate" | "coverDate" => {
                        said.date.get_or_insert_with(|| value.to_owned());
                    }
                    "language" => said.language = Some(value.to_owned()),
                    "CreateDate" => made = Some(value.to_owned()),
                    _ => {}
                }
            }
            words.clear();
        }
    });
    said.date = said.date.or(made);
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_packet_says_title_authors_date_and_language() {
        let packet = "<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF>\
            <rdf:Description xmp:CreateDate='2020-03-04T05:06:07Z'>\
            <dc:title><rdf:Alt><rdf:li xml:lang='x-default'>On trust &amp; law</rdf:li><rdf:li xml:lang='de'>Vertrauen\
            </rdf:li></rdf:Alt></dc:title><dc:creator><rdf:Seq><rdf:li>Lee, Ann</rdf:li><rdf:li>Bo Ray</rdf:li></rdf:Seq>\
            </dc:creator><dc:subject><rdf:Bag><rdf:li>trust</rdf:li></rdf:Bag></dc:subject>\
            <dc:language><rdf:Bag><rdf:li>en-GB</rdf:li></rdf:Bag></dc:language></rdf:Description></rdf:RDF></x:xmpmeta>";
        let said = read(packet.as_bytes());
        assert_eq!(
            said,
            Xmp {
                title: "On trust & law".to_owned(),
                authors: vec!["Lee, Ann".to_owned(), "Bo Ray".to_owned()],
                topics: vec!["trust".to_owned()],
                date: Some("2020-03-04T05:06:07Z".to_owned()),
                language: Some("en-GB".to_owned()),
            }
        );
        assert_eq!(read(b"\xff\x00<no"), Xmp::default());
    }
}
