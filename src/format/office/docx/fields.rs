//! The fields of Word (ECMA-376, part 1, 17.16): what each shows, and where it leads.

/// A field that is open: its instruction, then what it shows.
#[derive(Debug, Default)]
pub(super) struct Field {
    pub instruction: String,
    /// What it shows is read: it has come to that, and that is no furniture of the printed page.
    pub shows: bool,
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
