//! Twenty little documents, written for these tests, and short ways to write questions.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::document::{
    BlockKind, BodyBuilder, Date, Document, DocumentId, Key, Kind, Metadata, Title,
};
use crate::index::{Index, MarkSets, Request, Stamp, Tags, Theme, Topics};
use crate::query::{
    Clause, Expanded, Expr, Field, Filter, Hits, Lexicon, Match, Origin, Period, State, Step, Way,
    Within, expand, parse,
};
use crate::text::{Language, analysis};

/// A document with the name of its source.
#[derive(Clone, Debug)]
pub struct Entry {
    pub id: DocumentId,
    pub source: String,
    pub document: Document,
}

/// What a test needs to say of a document, each in one string; what is not said is empty.
#[derive(Clone, Copy)]
pub struct Sketch<'a> {
    pub title: &'a str,
    /// Paragraphs parted by line feeds; one that begins with `# ` is a heading.
    pub body: &'a str,
    pub authors: &'a [&'a str],
    pub date: &'a str,
    pub source: &'a str,
    pub topics: &'a [&'a str],
    pub kind: Kind,
    pub language: &'a str,
    pub url: &'a str,
}

impl Sketch<'_> {
    pub fn entry(self, id: i64) -> Entry {
        let owned = |names: &[&str]| names.iter().map(ToString::to_string).collect();
        let mut body = BodyBuilder::new();
        for line in self.body.lines() {
            match line.strip_prefix("# ") {
                Some(heading) => body.block(BlockKind::Heading { level: 1 }, heading),
                None => body.block(BlockKind::Paragraph, line),
            }
        }
        let metadata = Metadata {
            title: Title {
                text: self.title.to_owned(),
                derived: false,
            },
            authors: owned(self.authors),
            published: self.date.parse::<Date>().ok(),
            url: Some(self.url.to_owned()).filter(|url| !url.is_empty()),
            kind: self.kind,
            language: Language::from_tag(self.language),
            topics: owned(self.topics),
            ..Metadata::default()
        };
        Entry {
            id: DocumentId(id),
            source: self.source.to_owned(),
            document: Document {
                key: Key(id.to_string()),
                metadata,
                body: body.finish(),
            },
        }
    }
}

/// Returns the collection, numbered from 1.
pub fn collection() -> Vec<Entry> {
    let entries = COLLECTION.into_iter().zip(1..);
    entries.map(|(sketch, id)| sketch.entry(id)).collect()
}

/// A document of which nothing is said.
pub const NOTHING: Sketch<'static> = Sketch {
    title: "",
    body: "",
    authors: &[],
    date: "",
    source: "",
    topics: &[],
    kind: Kind::Article,
    language: "",
    url: "",
};

const COLLECTION: [Sketch<'static>; 20] = [
    Sketch {
        title: "Beyond the spin",
        body: "# The march of the mutuals\nPublic service mutuals are spun out of councils.\nA mutual is owned by its staff.",
        authors: &["Paul Buddery"],
        date: "2013-06-03T10:17:44Z",
        source: "2020 PSH",
        topics: &["Blog", "Public-Service Mutuals"],
        kind: Kind::Post,
        language: "en",
        url: "https://example.org/beyond-the-spin",
    },
    Sketch {
        title: "Spin",
        body: "On the spin of councils, and beyond.",
        authors: &["admin"],
        date: "2013-06-03T10:17:44+01:00",
        source: "2020 PSH",
        topics: &["Blog", "Blog"],
        kind: Kind::Post,
        ..NOTHING
    },
    Sketch {
        title: "The Third Sector budget",
        body: "What the budget holds for the third sector, and what for the voluntary sector.",
        authors: &["admin", "Claire Coulier"],
        date: "2012-03",
        source: "Ethos",
        topics: &["public service mutuals", "Budget"],
        ..NOTHING
    },
    Sketch {
        title: "Co-operative working",
        body: "A co-operative party of cooperatives. Mr Cooper came along.",
        authors: &["Claire Coulier"],
        date: "2012",
        source: "Ethos",
        topics: &["mutuals"],
        ..NOTHING
    },
    Sketch {
        title: "Transfer of undertakings",
        body: "TUPE protects staff when an undertaking is transferred.\nStaff on a transfer keep their terms.",
        date: "2012-11-30",
        source: "NCVO",
        topics: &["Employment law"],
        ..NOTHING
    },
    Sketch {
        title: "Trust",
        body: "Little is said of it here.",
        date: "2011-01-01",
        source: "NCVO",
        kind: Kind::Note,
        ..NOTHING
    },
    Sketch {
        title: "On trust, trustees and trusting",
        body: "Trust trust trust. Trusted trusts trust trusts that trust.",
        date: "2014",
        source: "NCVO Archive",
        ..NOTHING
    },
    Sketch {
        title: "Die Bücher der Genossenschaft",
        body: "Die Genossenschaften und ihre Bücher in den Büchereien.",
        authors: &["Jörg Müller"],
        date: "2013-01-01T00:30:00+01:00",
        source: "Genossen",
        topics: &["Genossenschaft"],
        language: "de",
        ..NOTHING
    },
    Sketch {
        title: "数据库的历史",
        body: "数据库管理系统是一种软件。",
        source: "中文",
        language: "zh",
        ..NOTHING
    },
    Sketch {
        title: "The commissioning cycle",
        body: "# Commissioners\nCommissioning is what commissioners do.\n# Outcomes\nOutcomes come last.",
        authors: &["Tom Archer", "Tom Archer"],
        date: "2009-05",
        source: "PSTA",
        kind: Kind::Thread,
        topics: &["Commissioning", "budget"],
        ..NOTHING
    },
    Sketch {
        title: "",
        body: "A note without a title, and without a date.",
        kind: Kind::Note,
        ..NOTHING
    },
    Sketch {
        title: "The",
        body: "Of the article the: the of, the to and the a.",
        kind: Kind::Page,
        date: "2010-02-28",
        ..NOTHING
    },
    Sketch {
        title: "Muttering",
        body: "Mutter, mute, mutt and mutation. A mutt is no mutual.",
        date: "2010-03-01",
        ..NOTHING
    },
    Sketch {
        title: "Social value",
        body: "Value that is social. The social value act asks what value a service has.",
        topics: &["Social value"],
        date: "2012-12-31T23:30:00-05:00",
        source: "Ethos",
        ..NOTHING
    },
    Sketch {
        title: "Value",
        body: "Social care and best value. Values of the social kind.",
        topics: &["social-value"],
        date: "2012-12-31",
        ..NOTHING
    },
    Sketch {
        title: "Nothing but a title",
        ..NOTHING
    },
    Sketch {
        title: "Café society",
        body: "The cafe was full; the cafés were not. L’avenir est à nous.",
        language: "fr",
        date: "1999",
        ..NOTHING
    },
    Sketch {
        title: "Staff",
        body: "Staff of all transfers. Undertakings that staff give; transfer, then, of undertakings.",
        date: "2012-11",
        kind: Kind::Book,
        ..NOTHING
    },
    Sketch {
        title: "Public libraries",
        body: "A library is public. Libraries lend books to the public.",
        authors: &["Paul Buddery", "Claire Coulier"],
        date: "2013",
        source: "2020 PSH",
        topics: &["Featured", "Libraries"],
        ..NOTHING
    },
    Sketch {
        title: "A letter",
        body: "Dear public, the mutual libraries transfer staff and trust in social value.",
        kind: Kind::Message,
        date: "2013-02",
        source: "NCVO",
        topics: &["libraries", "mutuals", "Featured"],
        ..NOTHING
    },
];

/// The topics that the tests go by.
pub fn topics() -> Topics {
    let theme = |name: &str, root| Theme {
        name: name.to_owned(),
        expanded: expanded(root),
    };
    Topics {
        // The first names the last, which leads back to the second and itself.
        themes: vec![
            theme("owned", Expr::Or(vec![topic("ownership"), word("owned")])),
            theme("mutuals", word("mutual")),
            theme("unheard of", word("unheard")),
            theme(
                "ownership",
                Expr::Or(vec![topic("Mutuals"), topic("ownership")]),
            ),
        ],
        aliases: BTreeMap::from([("Public service mutuals".to_owned(), "Mutuals".to_owned())]),
        ignored: vec!["blog".to_owned(), "FEATURED".to_owned()],
    }
}

/// Puts entries into an index, as one commit.
pub fn fill(index: &Index, entries: &[Entry]) {
    let mut writer = index.writer().unwrap();
    for entry in entries {
        writer.put(entry.id, &entry.source, &entry.document);
    }
    writer.commit(&stamp(1)).unwrap();
}

pub fn stamp(change: i64) -> Stamp {
    Stamp {
        library: "tests".to_owned(),
        change,
    }
}

/// Asks an index, with documents 1, 3 and 5 read and 5 starred.
pub fn find(index: &Index, expanded: &Expanded, offset: usize, limit: usize) -> Hits {
    find_tagged(index, expanded, (offset, limit), &[])
}

/// Asks it with these tags as well.
pub fn find_tagged(
    index: &Index,
    expanded: &Expanded,
    (offset, limit): (usize, usize),
    tags: &[(String, Vec<DocumentId>)],
) -> Hits {
    index
        .find(&Request {
            expanded,
            offset,
            limit,
            marks: &MarkSets {
                tags: Arc::new(Tags::new(tags.to_vec())),
                ..marks()
            },
            folds: None,
        })
        .unwrap()
}

pub fn marks() -> MarkSets {
    MarkSets {
        read: [1, 3, 5, 999].map(DocumentId).into_iter().collect(),
        starred: [5].map(DocumentId).into_iter().collect(),
        within: vec![(
            Within::Number(1),
            [2, 3, 4, 5].map(DocumentId).into_iter().collect(),
        )],
        ..MarkSets::default()
    }
}

/// Returns the ids that a question finds, best first.
pub fn ids(index: &Index, root: Expr) -> Vec<i64> {
    let hits = find(index, &expanded(root), 0, 1_000).hits;
    hits.iter().map(|hit| hit.id.0).collect()
}

/// Returns a question of which every document found has every word.
pub fn expanded(root: Expr) -> Expanded {
    Expanded {
        root,
        matching: Some(Match::All),
        ..Expanded::default()
    }
}

pub fn stem(word: &str) -> Step {
    let mut stem = String::new();
    analysis::analyze(word, Language::ENGLISH, |token| {
        stem = token.stem.to_owned();
    });
    Step::Stem(stem)
}

pub fn exact(word: &str) -> Step {
    Step::Exact(analysis::fold(word))
}

pub fn prefix(word: &str) -> Step {
    Step::Prefix(word.to_owned())
}

pub fn near(word: &str, edits: u8) -> Step {
    Step::Near(word.to_owned(), edits)
}

pub fn way(steps: Vec<Step>) -> Way {
    Way {
        steps,
        slop: 0,
        weight: 1.0,
        origin: Origin::Typed,
        called: String::new(),
    }
}

pub fn clause(field: Field, way: Way) -> Expr {
    Expr::Clause(Clause::new(field, vec![way]))
}

pub fn word(word: &str) -> Expr {
    clause(Field::Any, way(vec![stem(word)]))
}

/// Returns what a question looks for in a library in English.
pub fn asked(question: &str) -> Expr {
    expand(&parse(question), &Lexicon::default()).root
}

pub fn typed(beginning: &str) -> Expr {
    let way = Way {
        origin: Origin::Typing,
        ..way(vec![prefix(beginning)])
    };
    clause(Field::Any, way)
}

pub fn phrase(text: &str, slop: u32) -> Expr {
    let way = Way {
        slop,
        ..way(text.split(' ').map(stem).collect())
    };
    clause(Field::Any, way)
}

pub fn topic(name: &str) -> Expr {
    Expr::Filter(Filter::Topic(name.to_owned()))
}

pub fn kind(kind: Kind) -> Expr {
    Expr::Filter(Filter::Kind(kind))
}

pub fn is(state: State) -> Expr {
    Expr::Filter(Filter::Is(state))
}

pub fn period(from: &str, to: &str) -> Expr {
    Expr::Filter(Filter::Published(Period {
        from: from.parse().ok(),
        to: to.parse().ok(),
    }))
}

pub fn not(expr: Expr) -> Expr {
    Expr::Not(Box::new(expr))
}
