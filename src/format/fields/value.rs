//! A value as every notation has it.

use serde_json::Value as Json;

use super::{Fields, names};

/// How deep values may stand within values; what stands deeper is passed over.
pub(in crate::format) const DEEPEST: usize = 8;

/// A value as every notation has it. Numbers and dates stay as they are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::format) enum Value {
    /// A word, a number, a date.
    Text(String),
    /// Several.
    List(Vec<Value>),
    /// Fields within a field.
    Map(Fields),
}

impl Value {
    /// Returns the value where it is one text with a word in it.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text.trim()).filter(|text| !text.is_empty()),
            Self::List(_) | Self::Map(_) => None,
        }
    }

    /// Returns whether it says nothing.
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => text.trim().is_empty(),
            Self::List(values) => values.is_empty(),
            Self::Map(fields) => fields.0.is_empty(),
        }
    }

    /// Returns the text that it is, or the first of several, or what a map is called.
    pub(super) fn main(&self) -> Option<&str> {
        match self {
            Self::Text(_) => self.as_text(),
            Self::List(values) => values.first().and_then(|first| match first {
                Self::List(_) => None,
                _ => first.main(),
            }),
            Self::Map(fields) => fields.called(),
        }
    }

    /// Returns the names in it; commas part them in a text where `parted`, as they do not in the name of a person
    /// (`Martin Luther King, Jr.`).
    pub(super) fn names(&self, parted: bool) -> Vec<String> {
        match self {
            Self::Text(text) if parted => text
                .split([',', ';'])
                .map(|name| name.trim().to_owned())
                .filter(|name| !name.is_empty())
                .collect(),
            Self::Text(_) => self.as_text().map(str::to_owned).into_iter().collect(),
            Self::List(values) => {
                let each = values.iter();
                each.flat_map(|value| match value {
                    // Commas within an item of a list belong to it.
                    Self::Text(_) => value.names(false),
                    _ => value.names(parted),
                })
                .collect()
            }
            Self::Map(fields) => match fields.full_name() {
                Some(name) => vec![name],
                None if parted => fields.0.iter().map(|(name, _)| name.clone()).collect(),
                None => Vec::new(),
            },
        }
    }

    /// Returns a JSON value; nothing for null and for what stands too deep.
    pub fn from_json(json: Json, depth: usize) -> Option<Self> {
        if depth > DEEPEST {
            return None;
        }
        Some(match json {
            Json::Null => return None,
            Json::Bool(told) => Self::Text(told.to_string()),
            Json::Number(number) => Self::Text(number.to_string()),
            Json::String(text) => Self::Text(text),
            Json::Array(values) => Self::List(
                values
                    .into_iter()
                    .filter_map(|value| Self::from_json(value, depth + 1))
                    .collect(),
            ),
            Json::Object(map) => Self::Map(Fields(
                map.into_iter()
                    .filter_map(|(name, value)| Some((name, Self::from_json(value, depth + 1)?)))
                    .collect(),
            )),
        })
    }
}

impl Fields {
    /// Returns what a map is called by one of its fields.
    fn called(&self) -> Option<&str> {
        names::CALLED
            .iter()
            .find_map(|name| self.own(name)?.as_text())
    }

    /// Returns the name of a person or a thing, which may stand in two fields, or in one within another.
    fn full_name(&self) -> Option<String> {
        let of = |fields: &Self| {
            let part = |known: &[&str]| {
                let mut told = known.iter();
                told.find_map(|name| Some(fields.own(name)?.as_text()?.to_owned()))
            };
            match (part(&names::GIVEN), part(&names::SURNAME)) {
                (Some(given), Some(surname)) => Some(format!("{given} {surname}")),
                (given, surname) => given.or(surname),
            }
        };
        if let Some(name) = self.called() {
            return Some(name.to_owned());
        }
        match self.own("name") {
            Some(Value::Map(name)) => of(name).or_else(|| name.called().map(str::to_owned)),
            _ => of(self),
        }
    }
}
