//! What threading wants to know of a letter, read from its header line by line without holding the letter.
//!
//! Names of letters are kept as hashes of 64 bits: a hundred thousand letters with ten references each are some ten
//! megabytes. They are keyed anew for each reading, so that nobody can make names that collide.

use std::hash::{BuildHasher, RandomState};
use std::ops::Range;

use super::subject::Subject;
use super::{dated, encoded, telling};

/// How much of one field is read, in bytes: references of hundreds of letters; beyond it is an attack.
const FIELD: usize = 64 * 1024;

/// How many references of a letter are kept: the first, and the last of the rest.
const REFERENCES: usize = 40;

/// What is known of one letter.
#[derive(Clone, Debug)]
pub(super) struct Head {
    /// Its name.
    pub id: u64,
    /// Where in [`Heads::references`] the letters are that it answers, the nearest last.
    pub references: Range<u32>,
    /// When it was written, or else when it came, in seconds since 1970.
    pub date: Option<i64>,
    /// Its subject without `Re:` and tags, or nothing where it has none.
    pub subject: Option<u64>,
    /// Its subject says that it answers.
    pub is_reply: bool,
}

/// What is known of all letters of a mailbox, in their order.
#[derive(Debug, Default)]
pub(super) struct Heads {
    /// The letters.
    pub letters: Vec<Head>,
    /// The names of letters that they refer to, one after the other.
    pub references: Vec<u64>,
    hasher: RandomState,
}

impl Heads {
    /// Returns the hash of a letter's name.
    pub fn hash(&self, name: &[u8]) -> u64 {
        self.hasher.hash_one(name)
    }

    /// Adds the letter whose header was read.
    pub fn push(&mut self, fields: &Fields) {
        let start = self.references.len() as u32;
        let answered = fields.references();
        let left_out = answered.len().saturating_sub(REFERENCES);
        for (place, id) in answered.into_iter().enumerate() {
            if place == 0 || place > left_out {
                self.references.push(self.hasher.hash_one(id));
            }
        }
        let text = fields.subject();
        let subject = Subject::of(&text, None, true);
        let base: String = subject.base.to_lowercase();
        let own = ids(&fields.id).into_iter().next();
        self.letters.push(Head {
            id: match own {
                Some(id) => self.hash(id),
                None => self.hasher.hash_one((self.letters.len(), "without a name")),
            },
            references: start..self.references.len() as u32,
            date: fields.date(),
            subject: (!base.is_empty()).then(|| self.hasher.hash_one(base)),
            is_reply: subject.is_reply,
        });
    }
}

/// The fields of a header that count, as they stand there.
#[derive(Debug, Default)]
pub(super) struct Fields {
    id: Vec<u8>,
    references: Vec<u8>,
    in_reply_to: Vec<u8>,
    date: Vec<u8>,
    subject: Vec<u8>,
    /// How long the letter says that its body is, in bytes.
    length: Vec<u8>,
    /// The first way that it went, which stands last.
    received: Vec<u8>,
    /// What the program says of it that keeps the mailbox: Thunderbird, and those that follow Pine.
    mozilla: Vec<u8>,
    status: Vec<u8>,
    /// When it came, by the line that parts it from the letter before, in seconds since 1970.
    parted: Option<i64>,
    open: Option<Field>,
}

#[derive(Clone, Copy, Debug)]
enum Field {
    Id,
    References,
    InReplyTo,
    Date,
    Subject,
    Length,
    Received,
    Mozilla,
    Status,
}

/// What they are called.
const FIELDS: [(&[u8], Field); 9] = [
    (b"message-id", Field::Id),
    (b"references", Field::References),
    (b"in-reply-to", Field::InReplyTo),
    (b"date", Field::Date),
    (b"subject", Field::Subject),
    (b"content-length", Field::Length),
    (b"received", Field::Received),
    (b"x-mozilla-status", Field::Mozilla),
    (b"x-status", Field::Status),
];

impl Fields {
    /// Returns those of a letter of which the line before it says when it came, in seconds since 1970.
    pub fn parted(come: Option<i64>) -> Self {
        Self {
            parted: come,
            ..Self::default()
        }
    }

    /// Returns what counts in the header that `bytes` begin with.
    pub fn of(bytes: &[u8]) -> Self {
        let mut fields = Self::default();
        for line in bytes.split(|byte| *byte == b'\n') {
            if line.trim_ascii().is_empty() {
                break;
            }
            fields.line(line);
        }
        fields
    }

    /// Takes in a line of the header.
    pub fn line(&mut self, line: &[u8]) {
        if line.starts_with(b" ") || line.starts_with(b"\t") {
            return self.add(line);
        }
        self.open = None;
        if line.starts_with(b"From ") {
            self.parted = self.parted.or_else(|| Some(dated::parting(line)?.start()));
            return;
        }
        let Some((name, value)) = telling::field(line) else {
            return;
        };
        let known = FIELDS.iter();
        let mut known = known.filter(|(known, _)| name.eq_ignore_ascii_case(known));
        let Some((_, field)) = known.next().copied() else {
            return;
        };
        if matches!(field, Field::Received)
            || matches!(field, Field::Date) && self.written().is_none()
        {
            self.value(field).clear();
        }
        // The first of its name counts.
        if self.value(field).is_empty() {
            self.open = Some(field);
            self.add(value);
        }
    }

    /// Returns how long the body is, where the header says it.
    pub fn length(&self) -> Option<u64> {
        std::str::from_utf8(&self.length).ok()?.trim().parse().ok()
    }

    /// Returns whether nobody wants to see the letter any more: it was deleted and is still there because mailboxes are
    /// seldom written anew, or it is none, but what a server keeps in the mailbox.
    pub fn is_deleted(&self) -> bool {
        /// The bit of Thunderbird for what is to go when the mailbox is written anew.
        const EXPUNGED: u32 = 8;
        let mozilla = std::str::from_utf8(&self.mozilla).unwrap_or_default();
        let mozilla = u32::from_str_radix(mozilla.trim(), 16).unwrap_or_default();
        mozilla & EXPUNGED != 0
            || self.status.contains(&b'D')
            || self
                .subject
                .trim_ascii_end()
                .ends_with(b"FOLDER INTERNAL DATA")
    }

    /// Returns the names of the letters that are answered, the nearest last.
    pub fn references(&self) -> Vec<&[u8]> {
        let mut found = ids(&self.references);
        if found.is_empty() {
            // It names one letter, at times among prose; what else looks like a name there is an address.
            found.extend(ids(&self.in_reply_to).into_iter().next());
        }
        found
    }

    fn subject(&self) -> String {
        encoded::words(&String::from_utf8_lossy(&self.subject))
    }

    /// Returns when the letter says that it was written.
    fn written(&self) -> Option<i64> {
        let field = std::str::from_utf8(&self.date).ok()?;
        Some(dated::parse(field)?.start())
    }

    /// Returns when the letter was written, or else when it came.
    fn date(&self) -> Option<i64> {
        let received = || {
            let field = std::str::from_utf8(&self.received).ok()?;
            Some(dated::received(field)?.start())
        };
        self.written().or_else(received).or(self.parted)
    }

    fn value(&mut self, field: Field) -> &mut Vec<u8> {
        match field {
            Field::Id => &mut self.id,
            Field::References => &mut self.references,
            Field::InReplyTo => &mut self.in_reply_to,
            Field::Date => &mut self.date,
            Field::Subject => &mut self.subject,
            Field::Length => &mut self.length,
            Field::Received => &mut self.received,
            Field::Mozilla => &mut self.mozilla,
            Field::Status => &mut self.status,
        }
    }

    fn add(&mut self, words: &[u8]) {
        let Some(field) = self.open else { return };
        let value = self.value(field);
        let room = FIELD.saturating_sub(value.len());
        value.extend_from_slice(words.get(..room).unwrap_or(words));
    }
}

/// Returns the names of letters in a field, without their brackets.
pub(super) fn ids(field: &[u8]) -> Vec<&[u8]> {
    let mut found: Vec<&[u8]> = field
        .split(|byte| *byte == b'<')
        .skip(1)
        .filter_map(|after| {
            let end = after.iter().position(|byte| *byte == b'>')?;
            after.get(..end).map(<[u8]>::trim_ascii)
        })
        .filter(|id| !id.is_empty())
        .collect();
    if found.is_empty() {
        let words = field.split(u8::is_ascii_whitespace);
        found.extend(words.filter(|word| word.contains(&b'@')));
    }
    found
}
