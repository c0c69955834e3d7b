//! Switching words that were taken in beside those typed: each switch changes the question, which is all that is kept.

use crate::app::{App, Effect, Overlay};
use crate::query::{self, Taken};

impl App {
    /// Shows the list of what was taken in, with what is offered.
    pub(super) fn show_taken(&mut self) -> Vec<Effect> {
        if self.light.taken.is_empty() {
            self.tell("no words are taken in beside those typed".to_owned());
            return Vec::new();
        }
        self.lay(Overlay::Taken { selected: 0 })
    }

    /// Switches the word on a line of the list, which stays.
    pub(super) fn switch_line(&mut self, selected: usize) -> Vec<Effect> {
        let Some(taken) = self.light.taken.get(selected).cloned() else {
            return Vec::new();
        };
        self.overlay = Some(Overlay::Taken { selected });
        self.switch(&taken)
    }

    /// Switches the word of a chip that was pressed at column `x` off; nothing where there is no chip.
    pub(super) fn press_chip(&mut self, x: u16) -> Option<Vec<Effect>> {
        let chips = self.chips();
        let chip = chips
            .iter()
            .find(|chip| (chip.x..chip.end()).contains(&x))?;
        let taken = chip.place.map(|place| self.light.taken.get(place).cloned());
        match taken {
            Some(taken) => Some(self.switch(&taken?)),
            None => Some(self.show_taken()),
        }
    }

    fn switch(&mut self, taken: &Taken) -> Vec<Effect> {
        // A word that is being typed is a word now.
        let query = query::parse(self.field.text());
        let mut effects = self.ask_anew(&query::switched(&query, taken));
        effects.extend(self.settle_list());
        effects
    }
}
