//! Where everything stands on the screen: computed here once, and used by the drawing and by the mouse alike, so that
//! a click lands on what was painted and a page down moves by what was in sight.

/// The smallest screen on which anything is drawn, in cells.
pub const SMALLEST: (u16, u16) = (40, 12);
/// From this many columns all three panes stand side by side.
const THREE_PANES: u16 = 120;
/// From this many columns list and page do.
const TWO_PANES: u16 = 80;

/// How many rows say what the documents found are like: the title, and two of words.
const LIKENESS: u16 = 3;

/// Where the bars of the timeline begin, in columns of the facet pane: with the names of the values.
pub const TIMELINE_INDENT: u16 = 3;

/// What stands before the text of the line that narrows the facets.
pub const NARROW_SIGN: &str = " / ";

/// A rectangle of cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Area {
    /// The leftmost column.
    pub x: u16,
    /// The topmost row.
    pub y: u16,
    /// How many columns.
    pub width: u16,
    /// How many rows.
    pub height: u16,
}

impl Area {
    /// Returns whether the cell is in it.
    pub fn contains(self, x: u16, y: u16) -> bool {
        (self.x..self.x + self.width).contains(&x) && (self.y..self.y + self.height).contains(&y)
    }

    /// Returns what is left when `left` columns and `right` columns go.
    #[must_use]
    pub fn inset(self, left: u16, right: u16) -> Self {
        Self {
            x: self.x + left,
            width: self.width.saturating_sub(left + right),
            ..self
        }
    }

    /// Returns how many cells a timeline has that stands in it, from [`TIMELINE_INDENT`] on.
    pub fn timeline_room(self) -> u16 {
        self.width.saturating_sub(TIMELINE_INDENT + 1)
    }

    /// Returns what is left when `rows` rows at the top go.
    #[must_use]
    pub fn below(self, rows: u16) -> Self {
        let rows = rows.min(self.height);
        Self {
            y: self.y + rows,
            height: self.height - rows,
            ..self
        }
    }
}

/// What a person can be in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Pane {
    /// The search field.
    Field,
    /// Topics, sources, authors, kinds, years.
    Facets,
    /// The documents found.
    #[default]
    List,
    /// The document.
    Page,
    /// What was added.
    Sources,
    /// Every hit of the question, a line each.
    Concordance,
    /// All of the reader's notes.
    Notes,
}

impl Pane {
    /// Returns its table in `keys.toml`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Field => "field",
            Self::Facets => "facets",
            Self::List => "list",
            Self::Page => "page",
            Self::Sources => "sources",
            Self::Concordance => "concordance",
            Self::Notes => "notes",
        }
    }
}

/// Where the panes stand. A pane that is not in sight has no area.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Geometry {
    /// The first row: name, search field, what was understood, count and order.
    pub top: Area,
    /// The part of the first row where the question is written.
    pub field: Area,
    /// Topics and the like.
    pub facets: Option<Area>,
    /// True where the facets lie over the list as a drawer.
    pub drawer: bool,
    /// What the documents found are to be like, above them.
    pub likeness: Option<Area>,
    /// The line over these that says what some of them lack.
    pub shortfall: Option<Area>,
    /// The documents found.
    pub list: Option<Area>,
    /// The document: its head, its text and its scroll bar.
    pub page: Option<Area>,
    /// What was added, in the place of all panes.
    pub sources: Option<Area>,
    /// The concordance, in the place of all panes.
    pub concordance: Option<Area>,
    /// All notes, in the place of all panes.
    pub notes: Option<Area>,
    /// The last row: coverage or what just happened, and hints.
    pub bottom: Area,
}

/// What the panes' places follow from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct View {
    /// The screen, in columns and rows.
    pub size: (u16, u16),
    /// The pane with the keys.
    pub focus: Pane,
    /// The pane that had them before the field.
    pub behind: Pane,
    /// The page alone is wanted.
    pub zoomed: bool,
    /// It is said above the list what the documents are to be like.
    pub likeness: bool,
}

impl Geometry {
    /// Returns where everything stands, or nothing on a screen too small to draw on.
    pub fn new(view: View) -> Option<Self> {
        let (columns, rows) = view.size;
        if columns < SMALLEST.0 || rows < SMALLEST.1 {
            return None;
        }
        let top = Area {
            x: 0,
            y: 0,
            width: columns,
            height: 1,
        };
        let bottom = Area {
            x: 0,
            y: rows - 1,
            width: columns,
            height: 1,
        };
        let middle = Area {
            x: 0,
            y: 1,
            width: columns,
            height: rows - 2,
        };
        let name = if columns < TWO_PANES { 3 } else { 10 };
        // What stands to its right: how many of how many, and the order.
        let field = top.inset(name, (columns / 3).max(27));
        let mut geometry = Self {
            top,
            field,
            bottom,
            ..Self::default()
        };
        geometry.place_panes(middle, view);
        if view.likeness {
            geometry.place_likeness();
        }
        Some(geometry)
    }

    fn place_panes(&mut self, middle: Area, view: View) {
        let shown = if view.focus == Pane::Field {
            view.behind
        } else {
            view.focus
        };
        let at = |x: u16, width: u16| {
            Some(Area {
                x: middle.x + x,
                width,
                ..middle
            })
        };
        if shown == Pane::Sources {
            self.sources = Some(middle);
        } else if shown == Pane::Concordance {
            self.concordance = Some(middle);
        } else if shown == Pane::Notes {
            self.notes = Some(middle);
        } else if view.zoomed && shown == Pane::Page {
            self.page = Some(middle);
        } else if middle.width >= THREE_PANES {
            // At 160 columns the page has room for the usual measure and its margins, and themes for their names.
            let facets = (middle.width / 5).clamp(24, 32);
            let list = ((middle.width - facets) * 3 / 8).clamp(34, 60);
            self.facets = at(0, facets);
            self.list = at(facets + 1, list);
            self.page = at(facets + list + 2, middle.width - facets - list - 2);
        } else if middle.width >= TWO_PANES {
            let list = (middle.width * 2 / 5).clamp(32, 44);
            self.list = at(0, list);
            self.page = at(list + 1, middle.width - list - 1);
            if shown == Pane::Facets {
                self.facets = at(0, list);
                self.drawer = true;
            }
        } else {
            match shown {
                Pane::Facets => self.facets = Some(middle),
                Pane::Page => self.page = Some(middle),
                Pane::List | Pane::Field | Pane::Sources | Pane::Concordance | Pane::Notes => {
                    self.list = Some(middle);
                }
            }
        }
    }

    /// Takes the rows above the list for what it is like.
    fn place_likeness(&mut self) {
        let Some(list) = self.list else { return };
        self.likeness = Some(Area {
            height: LIKENESS.min(list.height),
            ..list
        });
        self.list = Some(list.below(LIKENESS));
    }

    /// Returns how many cells there are beside the field for what is told of the answer, without the blank at both ends.
    pub fn count_room(&self) -> usize {
        let right = self
            .top
            .width
            .saturating_sub(self.field.x + self.field.width);
        usize::from(right.saturating_sub(2))
    }

    /// Returns the same with a line of its own over the list.
    #[must_use]
    pub fn with_shortfall(self) -> Self {
        Self {
            shortfall: self.list.map(|list| Area { height: 1, ..list }),
            list: self.list.map(|list| list.below(1)),
            ..self
        }
    }

    /// Returns the pane at a cell.
    pub fn pane_at(&self, x: u16, y: u16) -> Option<Pane> {
        let within = |area: Option<Area>| area.is_some_and(|area| area.contains(x, y));
        if self.top.contains(x, y) {
            Some(Pane::Field)
        } else if within(self.facets) {
            Some(Pane::Facets)
        } else if within(self.list) {
            Some(Pane::List)
        } else if within(self.page) {
            Some(Pane::Page)
        } else if within(self.sources) {
            Some(Pane::Sources)
        } else if within(self.concordance) {
            Some(Pane::Concordance)
        } else if within(self.notes) {
            Some(Pane::Notes)
        } else {
            None
        }
    }
}

/// Returns the first line in sight of a list of `count` that has room for `height`: as near to `top` as the line with
/// the cursor allows, with no room left empty below the last.
pub(super) fn first_in_sight(top: usize, cursor: usize, count: usize, height: usize) -> usize {
    let height = height.max(1);
    top.clamp((cursor + 1).saturating_sub(height), cursor)
        .min(count.saturating_sub(height))
}

/// Returns where the text of the line stands that narrows the facets: on the last row of their pane, after its sign.
pub fn narrow_line(facets: Area) -> Area {
    let last = facets.below(facets.height.saturating_sub(1));
    last.inset(NARROW_SIGN.len() as u16, 1)
}

/// Returns how many rows a document takes in the list: title, who and when, the line around the best hit, and a blank
/// row where there is height to spare.
pub fn list_row_height(list: Area) -> u16 {
    if list.height >= 32 { 4 } else { 3 }
}

/// Returns how many documents the list shows whole.
pub(super) fn list_rows(list: Area) -> usize {
    usize::from(list.height / list_row_height(list))
}

/// Returns how many documents the list shows, with one that is cut off below.
pub fn list_rows_in_sight(list: Area) -> usize {
    usize::from(list.height.div_ceil(list_row_height(list)))
}

/// Returns where the text of the page stands within its pane: below the line that names the section, the measure
/// centred, two columns at the right for the scroll bar and the hits.
pub fn page_text(page: Area, measure: u16) -> Area {
    let room = page.below(1).inset(2, 4);
    let width = room.width.min(measure);
    let left = (room.width - width) / 2;
    Area {
        x: room.x + left,
        width,
        ..room
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn geometry(size: (u16, u16), focus: Pane) -> Option<Geometry> {
        Geometry::new(View {
            size,
            focus,
            behind: Pane::List,
            zoomed: false,
            likeness: false,
        })
    }

    #[test]
    fn the_width_of_the_screen_decides_how_many_panes_there_are() {
        let panes = |columns, focus| {
            geometry((columns, 30), focus)
                .map(|g| (g.facets.is_some(), g.list.is_some(), g.page.is_some()))
        };
        assert_eq!(panes(160, Pane::List), Some((true, true, true)));
        assert_eq!(panes(120, Pane::List), Some((true, true, true)));
        assert_eq!(panes(119, Pane::List), Some((false, true, true)));
        assert_eq!(panes(100, Pane::Facets), Some((true, true, true)));
        assert_eq!(panes(60, Pane::Page), Some((false, false, true)));
        assert_eq!(panes(60, Pane::Field), Some((false, true, false)));
        assert_eq!(panes(39, Pane::List), None);
    }

    #[test]
    fn nothing_stands_outside_the_screen_and_no_two_panes_share_a_cell_but_a_drawer() {
        for columns in SMALLEST.0..=220 {
            for rows in [SMALLEST.1, 30, 60] {
                for focus in [
                    Pane::Field,
                    Pane::Facets,
                    Pane::List,
                    Pane::Page,
                    Pane::Sources,
                    Pane::Concordance,
                    Pane::Notes,
                ] {
                    let geometry = geometry((columns, rows), focus).unwrap();
                    let areas = [
                        geometry.facets.filter(|_| !geometry.drawer),
                        geometry.list,
                        geometry.page,
                        geometry.sources,
                        geometry.concordance,
                        geometry.notes,
                    ];
                    let mut reached = 0;
                    for area in areas.into_iter().flatten() {
                        assert!(
                            area.x >= reached && area.width > 0,
                            "{columns}x{rows} {focus:?}"
                        );
                        reached = area.x + area.width;
                        assert!(reached <= columns && area.y + area.height < rows);
                    }
                    assert!(geometry.field.width >= 10, "{columns}");
                }
            }
        }
    }
}
