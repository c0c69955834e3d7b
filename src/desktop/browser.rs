//! Opening an address in whatever the desktop opens such addresses with.
//!
//! Addresses come from documents, and documents from anywhere. Only schemes that show something to be read are handed
//! on: a `javascript:` or an application's own scheme would let a page run something. Nothing that begins like an
//! option, or holds a blank or a control, reaches a program.

use super::Error;

/// Endings of local files that are read. To open another kind of file may be to run it.
const READABLE: [&str; 16] = [
    "html", "htm", "xhtml", "pdf", "epub", "txt", "md", "markdown", "rst", "csv", "xml", "png",
    "jpg", "jpeg", "gif", "webp",
];

/// Opens `address` without waiting for what opens it, and without a word of it on our terminal.
pub fn open(address: &str) -> Result<(), Error> {
    check(address)?;
    open::that_detached(address).map_err(|source| Error::Browser {
        address: address.to_owned(),
        source,
    })
}

/// Returns an error for an address that [`open()`] does not hand on.
pub fn check(address: &str) -> Result<(), Error> {
    match refusal(address) {
        None => Ok(()),
        Some(reason) => Err(Error::Address {
            address: address.to_owned(),
            reason,
        }),
    }
}

fn refusal(address: &str) -> Option<&'static str> {
    if address.contains(|character: char| character.is_whitespace() || character.is_control()) {
        return Some("an address has no blanks in it");
    }
    let Some((scheme, rest)) = address.split_once(':') else {
        return Some("it does not say what it is: an address begins with a scheme such as https:");
    };
    match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" | "gemini" | "gopher" => (!has_host(rest)).then_some("it names no host"),
        "mailto" => mail_refusal(rest),
        "file" => file_refusal(rest),
        _ => Some("only web, gemini, gopher and mail addresses and local files are opened"),
    }
}

/// Returns whether what follows the scheme begins with `//` and a host.
fn has_host(rest: &str) -> bool {
    rest.strip_prefix("//").is_some_and(|rest| {
        let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
        let host = authority.rsplit('@').next().unwrap_or_default();
        host.starts_with(|character: char| character.is_alphanumeric() || character == '[')
    })
}

/// A letter that attaches a file of the reader's to itself has been sent before anyone looked (CVE-2020-11879).
fn mail_refusal(rest: &str) -> Option<&'static str> {
    let fields = rest.split_once('?').map_or("", |(_, fields)| fields);
    let attaches = fields.split('&').any(|field| {
        let name = field.split('=').next().unwrap_or_default();
        name.contains('%') || name.to_ascii_lowercase().starts_with("attach")
    });
    if rest.is_empty() || rest.starts_with('-') {
        Some("it names nobody to write to")
    } else if attaches {
        Some("it would attach a file to the letter")
    } else {
        None
    }
}

/// A file on another host would be asked for with the reader's own name and password on some systems.
fn file_refusal(rest: &str) -> Option<&'static str> {
    let path = rest
        .strip_prefix("//localhost/")
        .or_else(|| rest.strip_prefix("///"))
        .or_else(|| rest.strip_prefix('/').filter(|path| !path.starts_with('/')));
    let Some(path) = path.filter(|path| !path.starts_with(['/', '\\'])) else {
        return Some("it is no file of this machine");
    };
    let ending = path
        .rsplit('/')
        .next()
        .and_then(|name| name.rsplit_once('.'))
        .map(|(_, ending)| ending.to_ascii_lowercase());
    let readable = ending.is_some_and(|ending| READABLE.contains(&ending.as_str()));
    (!readable).then_some("its ending is none of a document, and opening it might run it")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_shows_something_to_read_is_opened() {
        for address in [
            "https://example.org",
            "HTTP://example.org/a?b=c&d#e",
            "https://user@例え.jp/本",
            "http://[::1]:8080/",
            "gemini://example.org/",
            "gopher://example.org/0/a",
            "mailto:a@example.org?subject=On%20trust",
            "file:///home/a/report.pdf",
            "file://localhost/home/a/page.HTML",
            "file:/home/a/note.md",
        ] {
            assert!(check(address).is_ok(), "{address}");
        }
    }

    #[test]
    fn what_might_run_something_is_refused_with_a_word() {
        for (address, word) in [
            ("", "scheme"),
            ("example.org", "scheme"),
            ("--load-module=/tmp/evil.so", "scheme"),
            ("-https://example.org", "only"),
            ("javascript:alert(1)", "only"),
            ("JavaScript:alert(1)", "only"),
            ("data:text/html,x", "only"),
            ("vscode://file/x", "only"),
            ("ssh://-oProxyCommand=x", "only"),
            (" https://example.org", "blanks"),
            ("https://example.org/\n-x", "blanks"),
            ("java\tscript:alert(1)", "blanks"),
            ("https://example.org/\u{1b}]0;x", "blanks"),
            ("https:", "host"),
            ("https:example.org", "host"),
            ("https:///etc", "host"),
            ("http://-x/", "host"),
            ("http://user@/x", "host"),
            ("mailto:", "nobody"),
            ("mailto:a@b?attach=/etc/passwd", "attach"),
            ("mailto:a@b?subject=x&Attachment=/etc/passwd", "attach"),
            ("mailto:a@b?%61ttach=/etc/passwd", "attach"),
            ("file://server/share/x.html", "machine"),
            ("file:////server/share/x.html", "machine"),
            ("file:///\\\\server/x.html", "machine"),
            ("file:x.html", "machine"),
            ("file:///usr/share/applications/x.desktop", "run"),
            ("file:///home/a/run.sh", "run"),
            ("file:///home/a.html/run", "run"),
        ] {
            let error = check(address).unwrap_err().to_string();
            assert!(error.contains(word), "{address}: {error}");
        }
    }
}
