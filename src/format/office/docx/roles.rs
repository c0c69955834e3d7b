//! What a paragraph of a DOCX is: by its style, by its outline level, by its list.

use super::{Beside, Open, Walk};
use crate::format::office::numbers::Mark;
use crate::format::office::write::Role;

impl Walk<'_> {
    /// Returns what a paragraph is, and sets before its words what it is counted with where nothing is drawn.
    pub(super) fn role(&mut self, open: &mut Open) -> Role {
        let mark = self.mark(open);
        let styles = &self.beside.styles;
        if styles.is(&open.style, &["title"]) {
            return Role::Heading(1);
        }
        let outline = open
            .outline
            .filter(|level| *level < 9)
            .map(|level| (level + 1).min(6));
        if let Some(level) = outline.or_else(|| styles.heading(&open.style)) {
            if let Some((_, mark)) = mark {
                mark.label().clone_into(&mut open.paragraph.label);
            }
            return Role::Heading(level);
        }
        if let Some((depth, mark)) = mark {
            return open.paragraph.counted(depth, &mark);
        }
        let quotations = [
            "quote",
            "intense quote",
            "block text",
            "block quote",
            "quotations",
        ];
        let codes = ["source code", "html preformatted", "preformatted text"];
        if styles.is(&open.style, &quotations) {
            Role::Quotation
        } else if styles.is(&open.style, &codes)
            // Outlook has its text mails in this style, set as prose is.
            || styles.is(&open.style, &["plain text"]) && styles.is_mono(&open.style)
        {
            Role::Code
        } else {
            Role::Plain
        }
    }

    /// Counts a paragraph in its list: how deep it stands there, and what it is counted with. One without words takes a
    /// number as well; one that is hidden or stays out does not.
    fn mark(&mut self, open: &Open) -> Option<(u8, Mark)> {
        let Beside { styles, lists, .. } = &mut *self.beside;
        let (list, level) = styles.list(&open.style).unzip();
        let list = open.list.clone().or(list).filter(|list| list != "0")?;
        if open.hidden || self.silent > 0 {
            return None;
        }
        let level = open.level.or(level).unwrap_or(0);
        let mark = lists.next(&list, level).unwrap_or_default();
        Some((level.max(styles.depth(&open.style)), mark))
    }
}
