//! Actions on the page: moving in the text, from hit to hit, from document to document.

use crate::app::changed_from;
use crate::app::page::Wanted;
use crate::app::{
    Action, Aim, App, Ask, Awaited, Effect, Hyphenation, OpenRequest, Overlay, Pane, Question,
};
use crate::config::settings::MEASURE;
use crate::document::{BlockKind, DocumentId};
use crate::library::Face;
use crate::query::{self, Lexicon, Matcher};

/// How many columns `<` and `>` change, and `(` and `)` shift.
const STEP: u16 = 4;

impl App {
    pub(super) fn page_action(&mut self, action: Action) -> Vec<Effect> {
        let height = self.page_height();
        // Two rows stay in sight, so that the eye finds its place again.
        let screen = height.saturating_sub(2).max(1).cast_signed();
        match action {
            Action::Down => self.scroll(self.times()),
            Action::Up => self.scroll(-self.times()),
            Action::PageDown => self
                .turn_at_edge(true)
                .unwrap_or_else(|| self.scroll(screen * self.times())),
            Action::PageUp => self
                .turn_at_edge(false)
                .unwrap_or_else(|| self.scroll(-screen * self.times())),
            Action::HalfDown => self.scroll((screen / 2).max(1)),
            Action::HalfUp => self.scroll(-(screen / 2).max(1)),
            Action::Top => self.scroll(isize::MIN),
            Action::Bottom => self.scroll(isize::MAX),
            Action::NextParagraph => self.step_blocks(self.times(), |_| true),
            Action::PreviousParagraph => self.step_blocks(-self.times(), |_| true),
            Action::NextSection => self.step_sections(self.times()),
            Action::PreviousSection => self.step_sections(-self.times()),
            Action::ScrollLeft => self.shift(-i32::from(STEP)),
            Action::ScrollRight => self.shift(i32::from(STEP)),
            Action::Find => self.ask(Ask::Find, ""),
            Action::NextDocument => self.next_document(self.times()),
            Action::PreviousDocument => self.next_document(-self.times()),
            Action::NextUnread => self.ask_for_unread(),
            Action::NextDouble => self.next_double(),
            Action::EarlierVersions => self.turn_face(),
            Action::Back => self.go_back(),
            Action::Forward => self.go_forward(),
            Action::ToList => self.go_to_pane(Pane::List),
            Action::Why => self.ask_why(),
            Action::Outline => self.lay_outline(),
            Action::Links => self.lay_links(),
            Action::Note => self.write_note(),
            Action::Explain => self.show_glossary(),
            Action::Narrower => self.set_measure(self.settings.measure.saturating_sub(STEP)),
            Action::Wider => self.set_measure(self.settings.measure + STEP),
            Action::Star | Action::ToggleRead => self.mark_open(action),
            _ => self.take_away(action),
        }
    }

    /// Returns how many rows of the text are in sight.
    pub(in crate::app) fn page_height(&self) -> usize {
        self.page_area()
            .map_or(1, |area| usize::from(area.height).max(1))
    }

    fn scroll(&mut self, rows: isize) -> Vec<Effect> {
        let height = self.page_height();
        self.page.scroll(rows, height);
        Vec::new()
    }

    fn shift(&mut self, cells: i32) -> Vec<Effect> {
        let widest = self
            .page
            .sheet
            .as_ref()
            .map_or(0, |sheet| sheet.layout.width());
        let most = widest.saturating_sub(self.measure());
        self.page.shift = self
            .page
            .shift
            .saturating_add_signed(cells as i16)
            .min(most);
        Vec::new()
    }

    /// Goes by so many blocks from the one at the top.
    fn step_blocks(&mut self, steps: isize, counts: impl Fn(BlockKind) -> bool) -> Vec<Effect> {
        let Some(sheet) = &self.page.sheet else {
            return Vec::new();
        };
        let here = sheet.offset_at(self.page.top);
        let starts = sheet
            .body()
            .blocks()
            .iter()
            .filter(|block| counts(block.kind))
            .map(|block| block.range.start);
        let there = step_to(starts, here, self.page.top < sheet.first_text_row(), steps);
        self.jump(there)
    }

    fn step_sections(&mut self, steps: isize) -> Vec<Effect> {
        let Some(sheet) = &self.page.sheet else {
            return Vec::new();
        };
        let here = sheet.offset_at(self.page.top);
        let starts = sheet.outline.iter().map(|entry| entry.at);
        let there = step_to(starts, here, self.page.top < sheet.first_text_row(), steps);
        self.jump(there)
    }

    /// Puts a place at the top, the head where there is none before, the end where there is none after.
    fn jump(&mut self, there: Option<u32>) -> Vec<Effect> {
        let height = self.page_height();
        if let Some(offset) = there {
            self.page.go_to(offset, height);
        }
        Vec::new()
    }

    /// Goes to the next hit on the page, else into the next document that has one.
    pub(super) fn next_hit(&mut self, backwards: bool) -> Vec<Effect> {
        if self.focus == Pane::Concordance {
            return self.move_in_concordance(if backwards { -1 } else { 1 });
        }
        if self.focus != Pane::Page {
            return self.read_selected(self.aim_of_cursor());
        }
        let height = self.page_height();
        if let Some(hit) = self.page.next_hit(backwards) {
            self.page.go_to_hit(hit, height);
            return Vec::new();
        }
        if let Some(find) = self.page.find.clone() {
            let hits = self.page.sheet.as_ref().map_or(0, |sheet| sheet.lit.len());
            let Some(around) = (if backwards {
                hits.checked_sub(1)
            } else {
                (hits > 0).then_some(0)
            }) else {
                self.tell(format!("“{find}” is not in this document"));
                return Vec::new();
            };
            self.tell(
                if backwards {
                    "from the end again"
                } else {
                    "from the beginning again"
                }
                .to_owned(),
            );
            self.page.go_to_hit(around, height);
            return Vec::new();
        }
        let (step, aim) = if backwards {
            (-1, Aim::LastHit)
        } else {
            (1, Aim::FirstHit)
        };
        let before = self.list.selected;
        if Matcher::new(&self.light).is_empty() {
            self.tell("no words are looked for".to_owned());
            return Vec::new();
        }
        let steps = self.list.steps_to_hit(step);
        let effects = self.step_document(steps, aim);
        if self.list.selected == before {
            self.tell(
                if backwards {
                    "no hit before this one"
                } else {
                    "no hit after this one"
                }
                .to_owned(),
            );
        }
        effects
    }

    /// Goes so many documents further: in a book from chapter to chapter, else in the list.
    fn next_document(&mut self, steps: isize) -> Vec<Effect> {
        self.turn_chapters(steps, Aim::At(0, None))
            .unwrap_or_else(|| self.step_document(steps, Aim::FirstHit))
    }

    /// Opens the document so many places further in the list.
    pub(super) fn step_document(&mut self, steps: isize, aim: Aim) -> Vec<Effect> {
        let before = self.list.selected;
        self.list.select(before.saturating_add_signed(steps));
        if self.list.selected == before {
            self.tell(
                if steps < 0 {
                    "this is the first document"
                } else {
                    "this is the last document"
                }
                .to_owned(),
            );
            return Vec::new();
        }
        let mut effects = self.remember();
        self.page.leave_trace();
        effects.extend(self.selection_moved(aim));
        effects
    }

    /// Opens the selected document where the page is in sight, unless it is there already under the same light. While an
    /// answer is awaited, the row that stands is of an older question: then the newest one is opened when it comes.
    pub(super) fn follow(&mut self, aim: Aim) -> Vec<Effect> {
        let in_sight = self
            .geometry()
            .is_some_and(|geometry| geometry.page.is_some());
        let selected = self.list.selected_row().map(|row| row.id);
        let stands = !self.searching || self.word.ended;
        let Some(id) = selected.filter(|_| in_sight && stands) else {
            self.page.pending = Some(aim);
            return Vec::new();
        };
        if self.searching {
            // What is opened now stays chosen when that answer comes.
            self.list.prefer(Some(id));
        }
        self.page.pending = None;
        let there = |wanted: &Wanted| wanted.id == id && wanted.light == self.light;
        if aim == Aim::FirstHit && self.page.wanted.as_ref().is_some_and(there) {
            return Vec::new();
        }
        self.open(id, aim)
    }

    fn ask_for_unread(&mut self) -> Vec<Effect> {
        self.awaited = Some(Awaited::Unread);
        let Question { query, doubles } = self.list.question.clone();
        vec![Effect::NextUnread {
            generation: self.generation,
            query,
            doubles,
            after: self.list.selected,
        }]
    }

    /// Opens a document, in place of whatever was to be shown.
    pub(super) fn open(&mut self, id: DocumentId, aim: Aim) -> Vec<Effect> {
        self.page.pending = None;
        self.ask_for(id, aim)
    }

    /// Asks for a document, lit by the newest answer, or by what is looked for in it alone.
    fn ask_for(&mut self, id: DocumentId, aim: Aim) -> Vec<Effect> {
        if self.page.id() != Some(id) {
            self.page.find = None;
            self.page.face = Face::Text;
        }
        let light = match &self.page.find {
            Some(text) => query::expand(&query::parse_typing(text), &Lexicon::default()),
            None => self.light.clone(),
        };
        self.page.generation += 1;
        self.page.wanted = Some(Wanted {
            id,
            aim,
            light: light.clone(),
            destination: None,
            again: false,
        });
        vec![Effect::Open(OpenRequest {
            generation: self.page.generation,
            id,
            measure: self.measure(),
            light,
            face: self.page.face,
            hyphenation: if self.settings.hyphenate {
                Hyphenation::On
            } else {
                Hyphenation::Off
            },
        })]
    }

    /// Opens a document on the page and gives that the keys.
    pub(super) fn read_at(&mut self, id: DocumentId, aim: Aim) -> Vec<Effect> {
        let mut effects = self.remember();
        // Asked for before the page has the keys: what stands there until it comes is not what is read.
        let asked = self.open(id, aim);
        let measure = self.measure();
        effects.extend(self.change_pane(Pane::Page));
        effects.extend(if self.measure() == measure {
            asked
        } else {
            self.open(id, aim)
        });
        effects
    }

    /// Sets the document on the page again, with the same words at the top: for another measure or another light.
    pub(super) fn set_again(&mut self) -> Vec<Effect> {
        let Some(id) = self.page.id() else {
            return Vec::new();
        };
        // What was asked for but has not come keeps where it shall open.
        if let Some(waiting) = self.page.wanted.clone().filter(|wanted| wanted.id != id) {
            let effects = self.ask_for(waiting.id, waiting.aim);
            if let Some(wanted) = &mut self.page.wanted {
                wanted.destination = waiting.destination;
            }
            return effects;
        }
        // Under another light the hits are others, and none of them is the current one.
        let same_light = self.page.find.is_some() || self.page.light == self.light;
        let hit = self.page.hit.filter(|_| same_light);
        let effects = self.ask_for(id, Aim::At(self.page.offset(), hit));
        if let Some(wanted) = &mut self.page.wanted {
            wanted.again = true;
        }
        effects
    }

    fn set_measure(&mut self, measure: u16) -> Vec<Effect> {
        self.settings.measure = measure.clamp(*MEASURE.start(), *MEASURE.end());
        self.tell(format!("{} columns", self.settings.measure));
        let mut effects = self.set_again();
        let remembered = changed_from(&self.settings.measure, &self.set.measure);
        effects.push(Effect::SetState("measure", remembered));
        effects
    }

    /// Remembers where reading stopped, when something is being read.
    pub(super) fn remember(&mut self) -> Vec<Effect> {
        if self.focus != Pane::Page {
            return Vec::new();
        }
        let Some((id, anchor)) = self.page.anchor() else {
            return Vec::new();
        };
        if let Some(sheet) = &mut self.page.sheet {
            sheet.opened.marks.position = Some(anchor.clone());
        }
        vec![Effect::SetPosition(id, anchor)]
    }

    /// Marks the document on the page as read: it has the keys, so it is being read.
    pub(super) fn mark_open_read(&mut self) -> Vec<Effect> {
        let unread = self
            .page
            .sheet
            .as_ref()
            .filter(|sheet| !sheet.opened.marks.read)
            .map(|sheet| sheet.opened.id);
        let current = unread.filter(|_| !self.searching && self.page.is_current());
        let Some(id) = current else { return Vec::new() };
        self.show_read(&[id], true);
        vec![Effect::SetRead(vec![id], true)]
    }

    fn mark_open(&mut self, action: Action) -> Vec<Effect> {
        let opened = self.page.sheet.as_ref().map(|sheet| &sheet.opened);
        let marked = opened.map(|opened| (opened.id, opened.marks.clone()));
        self.toggle_mark(action, marked)
    }

    /// Opens the next of the documents that are the same article, after the last the first.
    fn next_double(&mut self) -> Vec<Effect> {
        let Some(opened) = self.page.sheet.as_ref().map(|sheet| &sheet.opened) else {
            return Vec::new();
        };
        let next = opened.also.iter().find(|also| also.id > opened.id);
        let Some(next) = next.or(opened.also.first()).cloned() else {
            self.tell("this article came from one source".to_owned());
            return Vec::new();
        };
        let mut effects = self.remember();
        self.page.leave_trace();
        self.tell(format!("as it came with {}", next.source));
        effects.extend(self.open(next.id, Aim::FirstHit));
        effects
    }

    /// Shows what was changed in the text in place of it, or the text again.
    pub(super) fn turn_face(&mut self) -> Vec<Effect> {
        let Some(opened) = self.page.sheet.as_ref().map(|sheet| &sheet.opened) else {
            return Vec::new();
        };
        let (id, earlier) = (opened.id, opened.earlier);
        if earlier == 0 {
            self.tell("no earlier version of this is kept".to_owned());
            return Vec::new();
        }
        let mut effects = self.remember();
        self.page.find = None;
        self.page.face = match self.page.face {
            Face::Text => Face::Changes,
            Face::Changes => Face::Text,
        };
        effects.extend(self.open(id, Aim::FirstHit));
        effects
    }

    fn go_back(&mut self) -> Vec<Effect> {
        let Some(place) = self.page.back.pop() else {
            self.tell("nothing was read before this".to_owned());
            return Vec::new();
        };
        self.page.forward.extend(self.page.place());
        self.go_to_place(place)
    }

    fn go_forward(&mut self) -> Vec<Effect> {
        let Some(place) = self.page.forward.pop() else {
            self.tell("nothing to go forward to".to_owned());
            return Vec::new();
        };
        self.page.back.extend(self.page.place());
        self.go_to_place(place)
    }

    fn go_to_place(&mut self, place: crate::app::page::Place) -> Vec<Effect> {
        let mut effects = self.remember();
        self.list.select_document(place.id);
        effects.extend(self.settle_list());
        effects.extend(self.open(place.id, place.aim));
        effects
    }

    fn lay_outline(&mut self) -> Vec<Effect> {
        let Some(sheet) = self
            .page
            .sheet
            .as_ref()
            .filter(|sheet| !sheet.contents.is_empty())
        else {
            self.tell("this document has no headings".to_owned());
            return Vec::new();
        };
        let selected = sheet.contents_at(self.page.offset());
        self.lay(Overlay::Outline { selected })
    }

    fn lay_links(&mut self) -> Vec<Effect> {
        let Some(sheet) = self
            .page
            .sheet
            .as_ref()
            .filter(|sheet| !sheet.links.is_empty())
        else {
            self.tell("this document has no links".to_owned());
            return Vec::new();
        };
        let here = self.page.offset();
        let selected = sheet
            .links
            .partition_point(|link| link.range.start < here)
            .min(sheet.links.len() - 1);
        self.lay(Overlay::Links {
            selected,
            digits: String::new(),
        })
    }

    /// Finds words in this document alone.
    pub(super) fn find(&mut self, text: &str) -> Vec<Effect> {
        let Some(id) = self.page.id() else {
            return Vec::new();
        };
        if text.trim().is_empty() {
            return self.end_find();
        }
        self.page.find = Some(text.to_owned());
        self.open(id, Aim::FirstHit)
    }

    pub(super) fn end_find(&mut self) -> Vec<Effect> {
        self.page.find = None;
        self.page.hit = None;
        self.set_again()
    }
}

/// Returns the start that is `steps` further than `here`; `above` says that even the first start is still ahead.
fn step_to(starts: impl Iterator<Item = u32>, here: u32, above: bool, steps: isize) -> Option<u32> {
    let starts: Vec<u32> = starts.collect();
    let place = if steps > 0 {
        let passed = if above {
            0
        } else {
            starts.partition_point(|start| *start <= here)
        };
        passed
            .saturating_add_signed(steps - 1)
            .min(starts.len().checked_sub(1)?)
    } else {
        let passed = if above {
            0
        } else {
            starts.partition_point(|start| *start < here)
        };
        match passed.checked_add_signed(steps) {
            Some(place) => place,
            None => return Some(0),
        }
    };
    starts.get(place).copied()
}
