//! What an invitation to a meeting says (iCalendar, RFC 5545): what, when, where, and who asks.

use jiff::civil;

/// How long a fact may be, in bytes.
const LONGEST: usize = 300;

/// What an event says of itself.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Event {
    /// A line for each fact.
    pub facts: Vec<String>,
    /// What it says at length.
    pub description: String,
}

/// Returns the first event of a calendar.
pub(super) fn read(text: &str) -> Option<Event> {
    let text = text
        .replace("\r\n", "\n")
        .replace("\n ", "")
        .replace("\n\t", "");
    let (head, event) = text.split_once("BEGIN:VEVENT")?;
    let event = event.split("END:VEVENT").next().unwrap_or(event);
    // What stands in an alarm is none of the event's own.
    let event = event.split("BEGIN:VALARM").next().unwrap_or(event);
    let of = |name: &str| event.lines().find_map(|line| field(line, name));
    let words = |name: &str| of(name).map(|(_, value)| unescaped(value));
    let method = head.lines().find_map(|line| field(line, "METHOD"));
    let sort = match method.map(|(_, method)| method.trim()) {
        Some("CANCEL") => "Cancelled",
        Some("REPLY") => "Answer to an invitation",
        _ => "Invitation",
    };
    let summary = words("SUMMARY").filter(|summary| !summary.is_empty());
    let when = of("DTSTART").and_then(|start| when(start, of("DTEND")));
    if summary.is_none() && when.is_none() {
        return None;
    }
    let organizer = of("ORGANIZER").map(|(parameters, value)| {
        let name = parameters
            .split(';')
            .find_map(|one| one.strip_prefix("CN="));
        let name = name.map(|name| name.trim_matches('"').to_owned());
        name.unwrap_or_else(|| {
            value
                .trim_start_matches("mailto:")
                .trim_start_matches("MAILTO:")
                .to_owned()
        })
    });
    let facts = [
        (
            sort,
            Some(summary.unwrap_or_else(|| "without a name".to_owned())),
        ),
        ("When", when),
        ("Where", words("LOCATION")),
        ("Asked by", organizer),
    ];
    let facts = facts.into_iter().filter_map(|(name, said)| {
        let said = said?.split_whitespace().collect::<Vec<_>>().join(" ");
        let said = said.get(..said.floor_char_boundary(LONGEST))?;
        (!said.is_empty()).then(|| format!("{name}: {said}"))
    });
    Some(Event {
        facts: facts.collect(),
        description: words("DESCRIPTION").unwrap_or_default(),
    })
}

/// Returns parameters and value of a line of this name.
fn field<'l>(line: &'l str, name: &str) -> Option<(&'l str, &'l str)> {
    let rest = line.get(name.len()..).filter(|_| {
        line.get(..name.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(name))
    })?;
    if let Some(value) = rest.strip_prefix(':') {
        return Some(("", value));
    }
    // A colon in quotation marks is none.
    let mut is_quoted = false;
    let end = rest.strip_prefix(';')?.find(|c| {
        is_quoted ^= c == '"';
        c == ':' && !is_quoted
    })?;
    Some((rest.get(1..=end)?, rest.get(end + 2..)?))
}

/// Returns a text as it is meant (RFC 5545, 3.3.11).
fn unescaped(value: &str) -> String {
    let mut plain = String::with_capacity(value.len());
    let mut letters = value.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some('n' | 'N') => plain.push('\n'),
                other => plain.extend(other),
            },
            letter => plain.push(letter),
        }
    }
    plain.trim().to_owned()
}

/// Returns when an event is, in words.
fn when((zone, start): (&str, &str), end: Option<(&str, &str)>) -> Option<String> {
    let (day, time) = moment(start)?;
    let mut said = day.strftime("%-d %B %Y").to_string();
    let Some(time) = time else { return Some(said) };
    said = format!("{said}, {}", time.strftime("%H:%M"));
    if let Some((last, Some(until))) = end.and_then(|(_, end)| moment(end)) {
        let until = until.strftime("%H:%M").to_string();
        said = if last == day {
            format!("{said} to {until}")
        } else {
            format!("{said} to {}, {until}", last.strftime("%-d %B %Y"))
        };
    }
    let zone = zone.split(';').find_map(|one| one.strip_prefix("TZID="));
    let zone = zone
        .map(|zone| zone.trim_matches('"'))
        .or(start.trim().ends_with('Z').then_some("UTC"));
    Some(match zone {
        Some(zone) => format!("{said} ({zone})"),
        None => said,
    })
}

/// Reads `20240304` or `20240304T100000Z`.
fn moment(value: &str) -> Option<(civil::Date, Option<civil::Time>)> {
    let value = value.trim().trim_end_matches('Z');
    let (day, time) = match value.split_once('T') {
        Some((day, time)) => (day, Some(time)),
        None => (value, None),
    };
    let time = match time {
        Some(time) => Some(civil::Time::strptime("%H%M%S", time).ok()?),
        None => None,
    };
    Some((civil::Date::strptime("%Y%m%d", day).ok()?, time))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const INVITATION: &str = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\n\
        SUMMARY;LANGUAGE=en:Budget\\, at\r\n  last\r\nDTSTART;TZID=\"Europe/Berlin\":20240304T100000\r\n\
        DTEND;TZID=Europe/Berlin:20240304T113000\r\nLOCATION:Room 5\r\n\
        ORGANIZER;CN=\"Ann: Smith\":mailto:ann@x\r\nDESCRIPTION:Bring\\nfigures.\r\n\
        BEGIN:VALARM\r\nDESCRIPTION:REMINDER\r\nEND:VALARM\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

    #[test]
    fn an_invitation_says_what_when_where_and_who() {
        let event = read(INVITATION).unwrap();
        assert_eq!(
            event.facts,
            [
                "Invitation: Budget, at last",
                "When: 4 March 2024, 10:00 to 11:30 (Europe/Berlin)",
                "Where: Room 5",
                "Asked by: Ann: Smith",
            ]
        );
        assert_eq!(event.description, "Bring\nfigures.");
        let whole = "METHOD:CANCEL\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20240304\nDTEND:20240306\nEND:VEVENT\n";
        let facts = read(whole).unwrap().facts;
        assert_eq!(facts, ["Cancelled: without a name", "When: 4 March 2024"]);
        let spans = "BEGIN:VEVENT\nSUMMARY:x\nDTSTART:20240304T230000Z\nDTEND:20240305T010000Z\nEND:VEVENT\n";
        let when = "When: 4 March 2024, 23:00 to 5 March 2024, 01:00 (UTC)";
        assert_eq!(read(spans).unwrap().facts[1], when);
        assert_eq!(read("BEGIN:VCALENDAR\nEND:VCALENDAR"), None);
    }

    proptest! {
        #[test]
        fn any_calendar_is_read(text in "(BEGIN:VEVENT\n|SUMMARY|DTSTART|DTEND|;TZID=|[:;\"\\\\\n ]|[0-9TZ]{1,15}|é){0,40}") {
            read(&text);
        }
    }
}
