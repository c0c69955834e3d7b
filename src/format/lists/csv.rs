//! Tables as RFC 4180 has them: fields parted by commas, in quotation marks where they hold commas or line feeds.

/// The rows of a table, one by one.
pub(super) struct Rows<'t> {
    rest: &'t str,
    /// The line that the next row begins in, from 1.
    pub line: usize,
    /// The line of a quotation mark that nothing closes.
    pub unclosed: Option<usize>,
}

impl<'t> Rows<'t> {
    /// Returns the rows of a text.
    pub fn of(text: &'t str) -> Self {
        Self {
            rest: text.trim_start_matches('\u{feff}'),
            line: 1,
            unclosed: None,
        }
    }

    /// Takes one field. Returns it and whether it ends its row.
    fn field(&mut self) -> (String, bool) {
        let mut field = String::new();
        if let Some(within) = self.rest.strip_prefix('"') {
            self.rest = within;
            self.quoted(&mut field);
        }
        // What follows a closing quotation mark belongs to the field too: forgiving, where the standard is silent.
        let end = self.rest.find([',', '\n']).unwrap_or(self.rest.len());
        let (plain, after) = self.rest.split_at(end);
        field.push_str(plain.trim_end_matches('\r'));
        let ends_row = !after.starts_with(',');
        if after.starts_with('\n') {
            self.line += 1;
        }
        self.rest = after.get(1..).unwrap_or_default();
        (field, ends_row)
    }

    fn quoted(&mut self, field: &mut String) {
        let begun = self.line;
        loop {
            let Some(at) = self.rest.find('"') else {
                self.unclosed = self.unclosed.or(Some(begun));
                field.push_str(self.rest);
                self.rest = "";
                return;
            };
            let (before, mark) = self.rest.split_at(at);
            self.line += before.matches('\n').count();
            field.push_str(before);
            let after = mark.get(1..).unwrap_or_default();
            if let Some(doubled) = after.strip_prefix('"') {
                field.push('"');
                self.rest = doubled;
            } else {
                self.rest = after;
                return;
            }
        }
    }
}

impl Iterator for Rows<'_> {
    type Item = Vec<String>;

    fn next(&mut self) -> Option<Vec<String>> {
        if self.rest.is_empty() {
            return None;
        }
        let mut row = Vec::new();
        loop {
            let (field, ends_row) = self.field();
            row.push(field);
            if ends_row {
                return Some(row);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_hold_what_quotation_marks_keep_together() {
        let mut rows = Rows::of("\u{feff}a,\"b, \"\"c\"\"\nd\",\r\n\n\"e\"f,\"g");
        let found: Vec<Vec<String>> = rows.by_ref().collect();
        assert_eq!(
            found,
            [vec!["a", "b, \"c\"\nd", ""], vec![""], vec!["ef", "g"]]
        );
        assert_eq!(rows.unclosed, Some(4));
    }
}
