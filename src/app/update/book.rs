//! From chapter to chapter, and where links within the library lead.

use crate::app::book::place_of;
use crate::app::page::Place;
use crate::app::{Aim, App, Awaited, Effect, Leads, Pane};
use crate::document::{Destination, DocumentId};

impl App {
    /// Goes so many chapters further in the book that is open, and says so where there is none; nothing where no book
    /// is open.
    pub(super) fn turn_chapters(&mut self, steps: isize, aim: Aim) -> Option<Vec<Effect>> {
        let sheet = self.page.sheet.as_ref()?;
        let chapters = &sheet.opened.chapters;
        // The one that has been asked for and not come yet counts: keys typed ahead are not lost.
        let wanted = self.page.wanted.as_ref().map(|wanted| wanted.id);
        let here = wanted
            .and_then(|id| place_of(chapters, id))
            .or(sheet.chapter())?;
        let there = here
            .saturating_add_signed(steps)
            .min(chapters.len().saturating_sub(1));
        if there == here {
            let which = if steps < 0 { "first" } else { "last" };
            self.tell(format!("this is the {which} chapter"));
            return Some(Vec::new());
        }
        let id = chapters.get(there)?.id;
        Some(self.go_to_document(id, aim, None))
    }

    /// Turns to the next chapter where the end of this one is in sight, as e-readers do; to the end of the one before
    /// where its beginning is. Nothing where there is more of this one to see, or no book is open.
    pub(super) fn turn_at_edge(&mut self, forwards: bool) -> Option<Vec<Effect>> {
        let height = self.page_height();
        let sheet = self.page.sheet.as_ref()?;
        let place = sheet.chapter()?;
        let is_current = self.page.is_current();
        let at_edge = if forwards {
            self.page.top >= self.page.last_top(height) && place + 1 < sheet.opened.chapters.len()
        } else {
            self.page.top == 0 && place > 0
        };
        if !at_edge {
            return None;
        }
        if !is_current {
            return Some(Vec::new());
        }
        if forwards {
            self.turn_chapters(1, Aim::At(0, None))
        } else {
            self.turn_chapters(-1, Aim::End)
        }
    }

    /// Goes where a line of the contents leads.
    pub(super) fn go_to_contents(&mut self, line: usize) -> Vec<Effect> {
        let lines = self.page.sheet.as_ref().map(|sheet| &sheet.contents);
        match lines
            .and_then(|lines| lines.get(line))
            .map(|line| line.leads)
        {
            Some(Leads::Here(at)) => self.go_within(at),
            Some(Leads::Chapter(id)) => self.go_to_document(id, Aim::At(0, None), None),
            None => Vec::new(),
        }
    }

    /// Follows a link: within the document, to another of the library, or out into the world.
    pub(super) fn follow_link(&mut self, address: &str) -> Vec<Effect> {
        if let Some(name) = address.strip_prefix('#') {
            let sheet = self.page.sheet.as_ref();
            let at = sheet.and_then(|sheet| sheet.body().destination(name));
            return self.go_within(at.unwrap_or(0));
        }
        match (Destination::beside(address), self.page.id()) {
            (Some((key, name)), Some(from)) => {
                self.awaited = Some(Awaited::Link);
                vec![Effect::Lead {
                    generation: self.page.generation,
                    from,
                    key: key.to_owned(),
                    name: name.map(str::to_owned),
                }]
            }
            _ => vec![Effect::Browse(address.to_owned())],
        }
    }

    /// Goes to the document that a link was found to lead to.
    pub(super) fn led(
        &mut self,
        answer: Result<Option<DocumentId>, String>,
        name: Option<String>,
    ) -> Vec<Effect> {
        match answer {
            Ok(Some(id)) => self.go_to_document(id, Aim::At(0, None), name),
            Ok(None) => {
                self.tell("what this leads to is not in the library".to_owned());
                Vec::new()
            }
            Err(reason) => {
                self.complain(reason);
                Vec::new()
            }
        }
    }

    fn go_within(&mut self, at: u32) -> Vec<Effect> {
        let height = self.page_height();
        self.page.leave_trace();
        self.page.go_to(at, height);
        Vec::new()
    }

    /// Opens a document that need not be in the list, at a place of that name where one is given.
    fn go_to_document(&mut self, id: DocumentId, aim: Aim, name: Option<String>) -> Vec<Effect> {
        let mut effects = self.remember();
        let from: Option<Place> = self.page.place();
        if self.page.back.last() != from.as_ref() {
            self.page.leave_trace();
        }
        self.list.select_document(id);
        effects.extend(self.settle_list());
        effects.extend(self.open(id, aim));
        if let Some(wanted) = &mut self.page.wanted {
            wanted.destination = name;
        }
        effects
    }

    /// Gives the page the keys with the document that stands there, which need not be in the list; where it is empty or
    /// another is coming, with the selected one.
    fn read_shown(&mut self) -> Vec<Effect> {
        if self.page.sheet.is_none() || self.page_comes() {
            return self.read_selected(Aim::FirstHit);
        }
        self.go_to_pane(Pane::Page)
    }

    /// Follows the link that was pressed on the page. A press on another pane's page reads on in what stands there.
    pub(super) fn press_page(&mut self, x: u16, y: u16) -> Vec<Effect> {
        let link = self.link_under(x, y).map(str::to_owned);
        if self.focus != Pane::Page {
            let mut effects = self.read_shown();
            effects.extend(link.into_iter().flat_map(|link| self.follow_link(&link)));
            return effects;
        }
        if let Some(link) = link {
            return self.follow_link(&link);
        }
        let term = self.byte_under(x, y).and_then(|at| self.term_at(at));
        term.map_or_else(Vec::new, |term| self.explain(term))
    }

    /// Returns the byte of the text that is drawn at a cell of the screen.
    pub(in crate::app) fn byte_under(&self, x: u16, y: u16) -> Option<u32> {
        let area = self.page_area().filter(|area| area.contains(x, y))?;
        let row = self.page.top + usize::from(y - area.y);
        let sheet = self.page.sheet.as_ref()?;
        sheet.byte_at(row, x - area.x, self.page.shift)
    }

    /// Returns where the link leads that is drawn at a cell of the screen.
    fn link_under(&self, x: u16, y: u16) -> Option<&str> {
        let at = self.byte_under(x, y)?;
        let sheet = self.page.sheet.as_ref()?;
        let mut links = sheet.links.iter();
        links
            .find(|link| link.range.contains(at))
            .map(|link| link.url.as_str())
    }
}
