//! Overlays that may be long: a hundred thousand failures, the posts of a thread, the links of a book. None of their
//! lines is made but those in sight.

use std::ops::Range;

use super::{App, Link, Overlay, OverlayLine, SourceRow};
use crate::text::sanitize;

/// How deep lines of the outline are indented.
const DEEPEST: u8 = 10;

impl App {
    /// Returns how many lines an overlay has that may be long; nothing for one that is short whatever the library holds.
    pub(super) fn long(&self, overlay: &Overlay) -> Option<usize> {
        let sheet = self.page.sheet.as_ref();
        Some(match overlay {
            Overlay::Failures { of, .. } => self.failures(of.as_deref()),
            Overlay::Outline { .. } => sheet.map_or(0, |sheet| sheet.contents.len()),
            Overlay::Links { .. } => sheet.map_or(0, |sheet| sheet.links.len()),
            _ => return None,
        })
    }

    /// Returns lines of an overlay that may be long.
    pub(super) fn long_lines(&self, overlay: &Overlay, lines: Range<usize>) -> Vec<OverlayLine> {
        match overlay {
            Overlay::Failures { of, .. } => self.failure_lines(of.as_deref(), lines),
            Overlay::Outline { .. } => self.outline_lines(lines),
            Overlay::Links { .. } => self.link_lines(lines),
            _ => Vec::new(),
        }
    }

    /// Returns how many lines the failures take.
    fn failures(&self, of: Option<&SourceRow>) -> usize {
        match of {
            Some(row) => 2 * row.failed.len() + row.warnings.len(),
            None => 2 * self.coverage.failed.len(),
        }
    }

    /// Returns lines of the failures: a file, and below it why; at last what was not as it should be.
    fn failure_lines(&self, of: Option<&SourceRow>, lines: Range<usize>) -> Vec<OverlayLine> {
        let (failed, warnings) = match of {
            Some(row) => (&row.failed, row.warnings.as_slice()),
            None => (&self.coverage.failed, &[][..]),
        };
        let line = |place: usize| {
            let Some(file) = failed.get(place / 2) else {
                let warning = warnings.get(place.checked_sub(2 * failed.len())?)?;
                return Some(OverlayLine::text(warning.clone()));
            };
            if place % 2 == 1 {
                return Some(OverlayLine::text(format!("  {}", file.reason)));
            }
            let path = match (of, file.path.as_str()) {
                // The file is the source.
                (_, "") => file.source.clone(),
                (Some(_), path) => path.to_owned(),
                (None, path) => format!("{}: {path}", file.source),
            };
            Some(OverlayLine::heading(&sanitize::clean(&path)))
        };
        lines.filter_map(line).collect()
    }

    fn outline_lines(&self, lines: Range<usize>) -> Vec<OverlayLine> {
        let contents = self.page.sheet.as_ref().map(|sheet| &sheet.contents);
        let contents = contents.and_then(|contents| contents.get(lines));
        // A thread may nest deeper than an overlay is wide.
        let indent = |level: u8| "  ".repeat(usize::from(level.saturating_sub(1).min(DEEPEST)));
        let contents = contents.unwrap_or_default().iter();
        let line = |line: &super::ContentsLine| OverlayLine {
            left: indent(line.level),
            ..OverlayLine::text(line.title.clone())
        };
        contents.map(line).collect()
    }

    fn link_lines(&self, lines: Range<usize>) -> Vec<OverlayLine> {
        let Some(sheet) = &self.page.sheet else {
            return Vec::new();
        };
        let line = |(place, link): (usize, &Link)| {
            let words = sheet.body().slice(link.range).replace('\n', " ");
            OverlayLine {
                left: (place + 1).to_string(),
                ..OverlayLine::text(link_text(&words, sheet.told_address(&link.url)))
            }
        };
        let in_sight = sheet.links.get(lines.clone()).unwrap_or_default();
        lines.zip(in_sight).map(line).collect()
    }
}

fn link_text(words: &str, url: &str) -> String {
    if url.contains(words) {
        url.to_owned()
    } else {
        format!("{words}  {url}")
    }
}
