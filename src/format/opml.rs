//! A list of addresses written as OPML 2.0, until the room of lists writes its own.

use std::fmt::Write as _;

use crate::document::Subscription;

/// Returns the addresses as OPML (<http://opml.org/spec2.opml>), folders as categories.
pub fn opml(subscriptions: &[Subscription]) -> String {
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n<head><title>recto</title></head>\n<body>\n",
    );
    for one in subscriptions {
        let title = one.title.as_deref().unwrap_or(&one.address);
        let (kind, place) = if one.is_feed {
            ("rss", "xmlUrl")
        } else {
            ("link", "url")
        };
        let _ = write!(
            text,
            "<outline type=\"{kind}\" text=\"{}\" {place}=\"{}\"",
            escaped(title),
            escaped(&one.address)
        );
        if let Some(site) = &one.site {
            let _ = write!(text, " htmlUrl=\"{}\"", escaped(site));
        }
        if !one.topics.is_empty() {
            let folders = format!("/{}", one.topics.join("/"));
            let _ = write!(text, " category=\"{}\"", escaped(&folders));
        }
        text.push_str("/>\n");
    }
    text.push_str("</body>\n</opml>\n");
    text
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
