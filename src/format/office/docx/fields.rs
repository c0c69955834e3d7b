//! The fields of Word (ECMA-376, part 1, 17.16): what each shows, and where it leads.

use super::Walk;
use crate::document::SpanKind;
use crate::format::office::write::Inline;
use crate::format::xml::Tag;

/// A field that is open: its instruction, then what it shows.
#[derive(Debug, Default)]
pub(super) struct Field {
    pub instruction: String,
    /// What it shows is read: it has come to that, and that is no furniture of the printed page.
    pub shows: bool,
    /// It goes on over many paragraphs.
    pub goes_on: bool,
    /// A link is open around what it shows.
    pub linked: bool,
    /// For a box to be ticked, whether it is.
    pub ticked: Option<bool>,
}

impl Field {
    /// Returns the box to be ticked that the field is, as a sign.
    pub fn tick(&self) -> Option<&'static str> {
        let is_box = self.is(&["FORMCHECKBOX"]);
        let ticked = self.ticked.filter(|_| is_box)?;
        Some(if ticked { "☑" } else { "☐" })
    }

    /// Returns whether it shows what belongs to the printed page: contents, an index, numbers of pages.
    pub fn is_furniture(&self) -> bool {
        self.is(&[
            "TOC",
            "TOA",
            "PAGE",
            "NUMPAGES",
            "SECTIONPAGES",
            "INDEX",
            "XE",
            "TC",
            "TA",
            "RD",
        ])
    }

    /// Returns whether it shows a list of places in the text.
    pub fn is_contents(&self) -> bool {
        self.is(&["TOC", "TOA", "INDEX"])
    }

    fn is(&self, names: &[&str]) -> bool {
        let name = self.instruction.split_whitespace().next();
        name.is_some_and(|name| names.iter().any(|one| one.eq_ignore_ascii_case(name)))
    }

    /// Returns where it leads: `HYPERLINK "address" \l "anchor"`, `REF anchor \h`.
    pub fn address(&self) -> Option<String> {
        let mut words = words(&self.instruction).into_iter();
        match words.next()?.to_ascii_uppercase().as_str() {
            "HYPERLINK" => {
                let (mut address, mut anchor) = (None, None);
                while let Some(word) = words.next() {
                    match word {
                        "\\l" => anchor = words.next(),
                        // The window that it opens in, and what is told of it.
                        "\\t" | "\\o" => _ = words.next(),
                        word if word.starts_with('\\') => {}
                        word => address = address.or(Some(word)),
                    }
                }
                Some(match (address, anchor) {
                    (address, Some(anchor)) => format!("{}#{anchor}", address.unwrap_or_default()),
                    (address, None) => address?.to_owned(),
                })
            }
            "REF" | "PAGEREF" | "NOTEREF" => Some(format!("#{}", words.next()?)),
            _ => None,
        }
    }
}

impl Walk<'_> {
    /// Takes in what a field is made of.
    pub(super) fn field(&mut self, tag: &Tag<'_>, name: &str) {
        match (name, tag.get("fldCharType").as_deref()) {
            ("instrText", _) => self.in_instruction = true,
            ("fldSimple", _) => {
                self.begin_field(tag.get("instr").unwrap_or_default());
                self.show_field();
            }
            (_, Some("begin")) => self.begin_field(String::new()),
            (_, Some("separate")) => self.show_field(),
            (_, Some("end")) => self.end_field(),
            _ => {}
        }
    }

    fn begin_field(&mut self, instruction: String) {
        self.silent += 1;
        self.fields.push(Field {
            instruction,
            ..Field::default()
        });
    }

    /// Comes to what the innermost field shows.
    fn show_field(&mut self) {
        let Some(field) = self.fields.last_mut().filter(|field| !field.shows) else {
            return;
        };
        if !field.is_furniture() {
            field.shows = true;
            self.silent -= 1;
        }
        field.goes_on = field.is_contents();
        if let Some(address) = field.address() {
            field.linked = true;
            self.push(Inline::Open(SpanKind::Link(address)));
        }
    }

    pub(super) fn end_field(&mut self) {
        let Some(field) = self.fields.pop() else {
            return;
        };
        self.silent -= usize::from(!field.shows);
        if field.linked {
            self.push(Inline::Close);
        }
        if let Some(tick) = field.tick() {
            self.show(tick);
        }
    }

    /// Ends the fields that nobody ended with the outermost paragraph, as where the end was deleted: one that shows
    /// nothing would silence all that follows. Contents and indexes go on over many paragraphs.
    pub(super) fn end_stray_fields(&mut self) {
        while let Some(field) = self.fields.pop_if(|field| !field.goes_on) {
            self.silent -= usize::from(!field.shows);
        }
    }
}

/// Returns the words of an instruction; what stands in quotation marks is one.
fn words(instruction: &str) -> Vec<&str> {
    let mut words = Vec::new();
    for (place, piece) in instruction.split('"').enumerate() {
        if place % 2 == 1 {
            words.push(piece);
        } else {
            words.extend(piece.split_whitespace());
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_leads_where_its_instruction_says() {
        for (instruction, expected) in [
            (
                r#" HYPERLINK "http://a.example/b c" "#,
                Some("http://a.example/b c"),
            ),
            (
                r#"hyperlink "http://a.example/" \o "A tip" \l "there""#,
                Some("http://a.example/#there"),
            ),
            (r#"HYPERLINK \l "_Toc12""#, Some("#_Toc12")),
            (
                r#"HYPERLINK http://a.example/ \t "_blank""#,
                Some("http://a.example/"),
            ),
            (r"HYPERLINK \n", None),
            (r" REF _Ref12 \h ", Some("#_Ref12")),
            ("MERGEFIELD Name", None),
            ("", None),
        ] {
            let field = Field {
                instruction: instruction.to_owned(),
                ..Field::default()
            };
            assert_eq!(field.address().as_deref(), expected, "{instruction}");
        }
    }
}
