//! The question in the field: changed by the room, ended where it was typed, and left.

use crate::app::{App, Effect, Led};
use crate::query::{self, Query};

/// How many questions one can come back through.
const MOST_LED: usize = 64;

impl App {
    /// Changes the question to another and runs it.
    pub(super) fn ask_anew(&mut self, query: &Query) -> Vec<Effect> {
        let mut text = query.to_string();
        // A whole word at the end is no beginning: a blank says so.
        if query::parse_typing(&text) != *query {
            text.push(' ');
        }
        self.field.set(&text);
        self.search()
    }

    /// Asks what nobody typed; who leaves it comes back to what was asked before.
    pub(super) fn lead_to(&mut self, query: &Query) -> Vec<Effect> {
        if self.led.last().is_none_or(|led| led.to != self.query) || self.led.len() >= MOST_LED {
            self.led.clear();
        }
        self.led.push(Led {
            to: query.clone(),
            from: self.field.text().to_owned(),
            selected: self.list.selected_row().map(|row| row.id),
        });
        self.list.begin_anew();
        self.ask_anew(query)
    }

    /// Ends the word that was being typed, since the field is left: what the facets count, what is saved and what is
    /// chosen beside it are of one question then. A word that no document has stays the beginning that was looked for.
    pub(super) fn end_word(&mut self) -> Vec<Effect> {
        let text = self.field.text();
        if query::parse_typing(text) == query::parse(text) {
            return Vec::new();
        }
        if self.searching {
            self.word.ends = true;
            return Vec::new();
        }
        let end = if self.word.only_begins { '*' } else { ' ' };
        let ended = format!("{text}{end}");
        if self.list.selected > 0 {
            let selected = self.list.selected_row().map(|row| row.id);
            self.list.prefer(selected);
        }
        self.field.set(&ended);
        let effects = self.search();
        self.word.ended = true;
        effects
    }

    /// Goes back to what was asked before the room asked by itself, else to all that there is.
    pub(super) fn leave_question(&mut self) -> Vec<Effect> {
        self.list.begin_anew();
        let Some(led) = self.led.pop().filter(|led| led.to == self.query) else {
            self.led.clear();
            return self.ask_anew(&Query::default());
        };
        self.list.prefer(led.selected);
        self.field.set(&led.from);
        self.search()
    }
}
