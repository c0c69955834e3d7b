//! YAML, read as events to a bounded depth. Aliases stand for the texts that they name, and for nothing else: what
//! follows references can grow without end.

use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle};

use super::lines::{self, field, loose_field};
use crate::format::fields::{DEEPEST, Fields, Value};

/// The longest text that an alias stands for, in bytes: thousands of aliases may stand for one.
const NAMED: usize = 256;

/// Reads fields.
pub(super) fn fields(head: &str) -> Result<Fields, String> {
    strict(head).or_else(|fault| {
        let joined = joined(head).map(|joined| strict(&joined));
        let spaced = || strict(&head.replace('\t', "  "));
        match joined {
            Some(Ok(fields)) => Ok(fields),
            // Tabs may part words but not stand before them; the parser takes them nowhere.
            _ if head.contains('\t') => spaced().map_err(|_| fault),
            _ => Err(fault),
        }
    })
}

/// Reads each field by itself, and those that are not sound by their lines.
pub(super) fn by_pieces(head: &str) -> Fields {
    let mut all = Vec::new();
    let begins = |line: &str| loose_field(line).is_some();
    let mut start = 0;
    let mut at = 0;
    let mut take = |piece: &str| {
        let read = fields(piece).unwrap_or_else(|_| lines::fields(piece));
        all.extend(read.0);
    };
    for line in head.split_inclusive('\n') {
        if begins(line) && at > start {
            take(head.get(start..at).unwrap_or_default());
            start = at;
        }
        at += line.len();
    }
    take(head.get(start..).unwrap_or_default());
    Fields(all)
}

/// Joins quoted values that go on over lines without an indent. YAML wants one there (1.2, section 7.3), most of its
/// readers do not, and so people leave it out. Returns nothing where no value goes on.
fn joined(head: &str) -> Option<String> {
    let mut joined = String::with_capacity(head.len());
    let mut open: Option<char> = None;
    let mut any = false;
    for line in head.lines() {
        let line = match open {
            Some(_) => line.trim_start(),
            None => line,
        };
        joined.push_str(line);
        let value = match open {
            Some(_) => line,
            None => field(line).map_or("", |(_, value)| value),
        };
        let mark = open.or_else(|| value.chars().next().filter(|c| matches!(c, '"' | '\'')));
        let begins = usize::from(open.is_none());
        open = mark.filter(|mark| {
            let rest = value.get(begins..).unwrap_or_default().trim_end();
            let closes = rest.ends_with(*mark) && !(*mark == '"' && rest.ends_with("\\\""));
            !closes
        });
        any |= open.is_some();
        joined.push(if open.is_some() { ' ' } else { '\n' });
    }
    (any && open.is_none()).then_some(joined)
}

/// A list or a map that is being read, with the name that waits for its value.
enum Open {
    List(Vec<Value>),
    Map(Fields, Option<String>),
}

/// What has been read of a text.
#[derive(Default)]
struct Reading {
    open: Vec<Open>,
    /// How many lists and maps are open that stand too deep.
    too_deep: usize,
    /// The texts that have a name, by its number.
    named: HashMap<usize, String>,
    done: Option<Value>,
}

fn strict(head: &str) -> Result<Fields, String> {
    let mut reading = Reading::default();
    for event in Parser::new_from_str(head) {
        let (event, _) = event.map_err(|fault| fault.to_string())?;
        if let Some(value) = reading.take(event) {
            reading.put(value);
        }
    }
    match reading.done {
        Some(Value::Map(fields)) => Ok(fields),
        None => Ok(Fields::default()),
        Some(_) => Err("not a list of fields".to_owned()),
    }
}

impl Reading {
    /// Takes an event, and returns the value that is whole with it.
    fn take(&mut self, event: Event<'_>) -> Option<Value> {
        match event {
            Event::SequenceStart(..) | Event::MappingStart(..) if self.open.len() >= DEEPEST => {
                self.too_deep += 1;
                None
            }
            Event::SequenceStart(..) => {
                self.open.push(Open::List(Vec::new()));
                None
            }
            Event::MappingStart(..) => {
                self.open.push(Open::Map(Fields::default(), None));
                None
            }
            Event::SequenceEnd | Event::MappingEnd if self.too_deep > 0 => {
                self.too_deep -= 1;
                (self.too_deep == 0).then(|| Value::Text(String::new()))
            }
            Event::SequenceEnd | Event::MappingEnd => match self.open.pop()? {
                Open::List(values) => Some(Value::List(values)),
                Open::Map(fields, _) => Some(Value::Map(fields)),
            },
            _ if self.too_deep > 0 => None,
            Event::Scalar(text, style, name, _) => {
                let plain = style == ScalarStyle::Plain;
                let none = plain && matches!(text.as_ref(), "~" | "null" | "Null" | "NULL");
                let text = if none {
                    String::new()
                } else {
                    text.into_owned()
                };
                if name > 0 && text.len() <= NAMED {
                    self.named.insert(name, text.clone());
                }
                Some(Value::Text(text))
            }
            Event::Alias(name) => Some(Value::Text(
                self.named.get(&name).cloned().unwrap_or_default(),
            )),
            _ => None,
        }
    }

    /// Puts a value where it belongs.
    fn put(&mut self, value: Value) {
        match self.open.last_mut() {
            Some(Open::List(values)) => values.push(value),
            Some(Open::Map(fields, name)) => match name.take() {
                Some(name) => fields.0.push((name, value)),
                None => *name = Some(value.as_text().unwrap_or_default().to_owned()),
            },
            None => self.done = self.done.take().or(Some(value)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quoted_value_may_go_on_without_an_indent() {
        let head = "title: \"On trust\nand care\"\nb: 'x'\n";
        assert_eq!(
            joined(head).as_deref(),
            Some("title: \"On trust and care\"\nb: 'x'\n")
        );
        assert_eq!(joined("title: \"never closed\nb: x\n"), None);
        assert_eq!(joined("title: 'x'\n"), None);
    }
}
