//! What the workers send back. An answer to anything but the newest request is dropped.

use super::count_of;
use crate::app::{Aim, App, Awaited, Effect, Message, Pane, Sheet, Undo, Work};
use crate::document::DocumentId;
use crate::library::Found;

impl App {
    pub(super) fn answer(&mut self, message: Message) -> Vec<Effect> {
        match message {
            Message::Found {
                generation,
                offset,
                answer,
            } if generation == self.generation => match answer {
                Ok(found) => self.found(*found, offset),
                Err(reason) => self.not_found(reason),
            },
            Message::Counts {
                generation,
                total,
                facets,
            } if generation == self.generation => {
                self.change_facets(|app| app.facets.replace(&facets, total, &app.query));
                Vec::new()
            }
            Message::Opened { generation, answer } if generation == self.page.generation => {
                self.opened(answer)
            }
            Message::Unread { generation, answer }
                if generation == self.generation && self.has_waited_for(Awaited::Unread) =>
            {
                self.unread(answer)
            }
            Message::Why {
                generation,
                id,
                answer,
            } if generation == self.generation && self.has_waited_for(Awaited::Why(id)) => {
                self.why_came(id, answer)
            }
            Message::Led {
                generation,
                answer,
                name,
            } if generation == self.page.generation && self.has_waited_for(Awaited::Link) => {
                self.led(answer, name)
            }
            Message::Sources { generation, answer } if generation == self.sources.generation => {
                self.sources_came(answer)
            }
            Message::Passages { generation, answer } if generation == self.passages_asked => {
                self.passages_came(answer)
            }
            Message::Concordance { generation, answer }
                if generation == self.concordance.generation =>
            {
                self.lines_came(answer)
            }
            Message::Months {
                generation,
                year,
                answer,
            } if generation == self.generation => {
                self.months_came(year, answer);
                Vec::new()
            }
            Message::Notes { generation, answer } if generation == self.notes.generation => {
                self.notes_came(answer)
            }
            other => self.told(other),
        }
    }

    /// Takes in what is told unasked: it has no number, and is never too old.
    fn told(&mut self, message: Message) -> Vec<Effect> {
        match message {
            Message::Marked(ids, read) => self.marked(ids, read),
            Message::Coverage(coverage) => {
                self.coverage = coverage;
                self.sources_again()
            }
            Message::Whole(facets) => {
                self.change_facets(|app| app.facets.replace_whole(&facets, &app.query));
                Vec::new()
            }
            Message::Places(places) => {
                self.places = places;
                Vec::new()
            }
            Message::Asked(earlier) => {
                self.history.take(earlier);
                Vec::new()
            }
            Message::Saved(rows, counted) => self.saved_came(rows, counted),
            Message::SavedChanged(kept, wrong) => self.saved_changed(kept, wrong),
            Message::NoteChanged(change, done) => self.note_done(change, done),
            Message::Work(work) => self.work_came(work),
            Message::Tags(tags) => {
                self.tags_came(tags);
                Vec::new()
            }
            Message::Corrected(id) => {
                self.tell("put right; it stays so when the source is read again".to_owned());
                let mut effects = vec![self.rows_again()];
                if self.page.id() == Some(id) {
                    effects.extend(self.set_again());
                }
                effects
            }
            Message::Completed { typed, to, names } => {
                self.completed(&typed, &to, names);
                Vec::new()
            }
            Message::Changed => {
                self.concordance.stale = self.concordance.of.is_some();
                let mut effects = vec![self.rows_again()];
                effects.extend(self.sources_again());
                effects
            }
            Message::Notice(notice) => {
                self.notice = Some(notice);
                Vec::new()
            }
            Message::ForTerminal(bytes) => vec![Effect::Write(bytes)],
            Message::Quit => self.quit(),
            _ => Vec::new(),
        }
    }

    fn work_came(&mut self, work: Option<Work>) -> Vec<Effect> {
        let goes_on = self.work.is_some() && work.is_some();
        if self.work.is_none() && work.is_some() {
            // That it begins was told; how far it is says more.
            self.notice.take_if(|notice| !notice.failed);
        }
        self.work = work;
        self.sources_meanwhile(goes_on)
    }

    /// Says why a search has no answer: what stands is the answer to the question before, and stays.
    fn not_found(&mut self, reason: String) -> Vec<Effect> {
        self.searching = false;
        self.awaited = None;
        self.page.pending = None;
        self.word.ends = false;
        self.list.keep();
        self.complain(reason);
        Vec::new()
    }

    fn found(&mut self, found: Found, offset: usize) -> Vec<Effect> {
        self.saved.trouble = found.troubles.first().cloned();
        if self.focus != Pane::Field {
            // Half a name is none yet.
            self.tell_trouble();
        }
        let lit_otherwise = self.light != found.hits.expanded;
        let fresh = std::mem::take(&mut self.searching);
        self.word.only_begins = found.only_begins;
        self.word.ended &= !fresh;
        self.light.clone_from(&found.hits.expanded);
        // Until its counts come, those of the answer before stand.
        if found.is_counted {
            let hits = &found.hits;
            self.change_facets(|app| app.facets.replace(&hits.facets, hits.total, &app.query));
        }
        if fresh {
            self.awaited.take_if(|awaited| awaited.is_of_the_list());
            self.list.question = self.question();
            self.list.replace(found, offset);
        } else {
            self.list.load(found, offset);
        }
        let mut effects: Vec<Effect> = self.settle_list().into_iter().collect();
        if fresh {
            effects.extend(self.looked_at_saved());
            effects.extend(self.months_wanted());
            if std::mem::take(&mut self.word.ends) {
                effects.extend(self.end_word());
            }
        }
        effects.extend(self.page_after_answer(lit_otherwise));
        // Where the answer opens what is open already, no document comes.
        effects.extend(self.do_put_off());
        if self.has_waited_for(Awaited::Concordance) {
            effects.extend(self.toggle_concordance());
        }
        effects
    }

    /// Lets the page follow the answer: what is being read stays, with the new light; else the selection is shown.
    fn page_after_answer(&mut self, lit_otherwise: bool) -> Vec<Effect> {
        if self.list.total == 0 && (self.focus != Pane::Page || self.page.pending.is_some()) {
            // No row, no page: what stands there would be taken for an answer.
            self.page.clear();
            return match self.focus {
                Pane::Page => self.go_to_pane(Pane::List),
                _ => Vec::new(),
            };
        }
        match self.page.pending {
            Some(aim) => self.follow(aim),
            None if self.focus == Pane::Page && lit_otherwise => self.set_again(),
            None if self.focus == Pane::Page => Vec::new(),
            None => self.follow(Aim::FirstHit),
        }
    }

    fn opened(&mut self, answer: Result<Option<Box<Sheet>>, String>) -> Vec<Effect> {
        let sheet = match answer {
            Ok(Some(sheet)) => sheet,
            Ok(None) => {
                return self.not_opened("this document is no longer in the library".to_owned());
            }
            Err(reason) => return self.not_opened(reason),
        };
        if let Some(find) = self.page.find.take_if(|_| sheet.lit.is_empty()) {
            self.tell(format!("“{find}” is not in this document"));
            self.page.keep();
            return Vec::new();
        }
        let another = self.page.id() != Some(sheet.opened.id);
        let present = self.page.place_of_again(&sheet);
        let wanted = self.page.wanted.as_mut();
        let destination = wanted.and_then(|wanted| wanted.destination.take());
        let named =
            destination.map(|name| Aim::At(sheet.body().destination(&name).unwrap_or(0), None));
        let wanted = self.page.wanted.as_ref().map(|wanted| wanted.aim);
        let aim = named.or(present).or(wanted).unwrap_or_default();
        self.page.show(sheet, aim, self.page_height());
        // Setting the same document again is no reading of it: one marked as unread stays so.
        let mut effects = if another && self.focus == Pane::Page {
            self.mark_open_read()
        } else {
            Vec::new()
        };
        effects.extend(self.do_put_off());
        effects
    }

    /// Says why a document did not come; what stands on the page stays.
    fn not_opened(&mut self, reason: String) -> Vec<Effect> {
        self.page.keep();
        self.awaited = None;
        self.complain(reason);
        Vec::new()
    }

    fn unread(&mut self, answer: Result<Option<(usize, DocumentId)>, String>) -> Vec<Effect> {
        match answer {
            Ok(Some((place, id))) => {
                let mut effects = self.remember();
                self.page.leave_trace();
                self.list.select(place);
                effects.extend(self.settle_list());
                effects.extend(self.open(id, Aim::FirstHit));
                effects
            }
            Ok(None) => {
                self.tell("no unread document after this one".to_owned());
                Vec::new()
            }
            Err(reason) => {
                self.complain(reason);
                Vec::new()
            }
        }
    }

    fn marked(&mut self, ids: Vec<DocumentId>, read: bool) -> Vec<Effect> {
        self.show_read(&ids, read);
        self.tell(format!(
            "{} marked {}: U undoes it",
            count_of(ids.len(), "document"),
            super::read_word(read)
        ));
        if !ids.is_empty() {
            self.undo.push(Undo::Read(ids, !read));
        }
        Vec::new()
    }
}
