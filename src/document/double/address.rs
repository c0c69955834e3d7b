//! When two addresses lead to the same article.
//!
//! Two addresses are the same where nothing that tells articles apart differs between them: the scheme, `www.`, a slash
//! at the end, the fragment, what campaigns append, and the variants for fast phones (AMP) do not.

/// What campaigns, newsletters and networks append to an address.
const TRACKING: [&str; 12] = [
    "fbclid", "gclid", "dclid", "msclkid", "yclid", "igshid", "mc_cid", "mc_eid", "cmpid",
    "_hsenc", "_hsmi", "amp",
];

/// Returns the form that all addresses of one article share, or nothing for what is no address of an article: another
/// scheme than the web's, or the front page of a site.
pub fn address(url: &str) -> Option<String> {
    let (scheme, rest) = url.trim().split_once("://")?;
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return None;
    }
    let rest = rest.split('#').next().unwrap_or_default();
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, path) = place.split_once('/').unwrap_or((place, ""));
    let host = host.to_ascii_lowercase();
    if let Some(inner) = within_cache(&host, path) {
        return address(&format!("https://{inner}"));
    }
    let host = bare_host(&host);
    let path = bare_path(path);
    let query = bare_query(query);
    if host.is_empty() || path.is_empty() && query.is_empty() {
        return None;
    }
    let mut address = format!("{host}/{path}");
    if !query.is_empty() {
        address.push('?');
        address.push_str(&query.join("&"));
    }
    Some(address)
}

/// Returns the site of an [`address`].
pub fn site(address: &str) -> &str {
    address.split('/').next().unwrap_or_default()
}

/// Returns the address that a cache of AMP pages shows: `www.google.com/amp/s/HOST/PATH` and the like.
fn within_cache<'a>(host: &str, path: &'a str) -> Option<&'a str> {
    let ways: &[&str] = if host.ends_with(".ampproject.org") {
        &["c/s/", "c/", "v/s/", "v/"]
    } else if host.trim_start_matches("www.").starts_with("google.") {
        &["amp/s/", "amp/"]
    } else {
        return None;
    };
    ways.iter().find_map(|way| path.strip_prefix(way))
}

fn bare_host(host: &str) -> &str {
    let host = host.rsplit('@').next().unwrap_or(host);
    let host = host.strip_suffix(":80").unwrap_or(host);
    let host = host.strip_suffix(":443").unwrap_or(host);
    let bare = ["www.", "m.", "amp."]
        .iter()
        .find_map(|name| host.strip_prefix(name));
    // `m.net` is a site, not the variant of one.
    bare.filter(|bare| bare.contains('.')).unwrap_or(host)
}

fn bare_path(path: &str) -> &str {
    let mut path = path.trim_matches('/');
    for end in [
        "index.html",
        "index.htm",
        "index.php",
        "amp",
        "amp.html",
        ".amp",
    ] {
        if let Some(before) = path.strip_suffix(end)
            && (before.is_empty() || before.ends_with('/') || end.starts_with('.'))
        {
            path = before.trim_end_matches('/');
        }
    }
    path.strip_prefix("amp/").unwrap_or(path)
}

/// Returns what of a query tells articles apart, in one order.
fn bare_query(query: &str) -> Vec<&str> {
    let mut parts: Vec<&str> = query
        .split('&')
        .filter(|part| {
            let name = part
                .split('=')
                .next()
                .unwrap_or_default()
                .to_ascii_lowercase();
            let tracks = name.starts_with("utm_") || TRACKING.contains(&name.as_str());
            !(name.is_empty() || tracks || part.eq_ignore_ascii_case("output=amp"))
        })
        .collect();
    parts.sort_unstable();
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_addresses_of_one_article_are_the_same() {
        let same = "example.org/2012/mutuals";
        for url in [
            "https://example.org/2012/mutuals",
            "http://www.Example.org/2012/mutuals/",
            "https://example.org:443/2012/mutuals#comments",
            "https://example.org/2012/mutuals?utm_source=feed&utm_medium=rss&fbclid=1",
            "https://example.org/2012/mutuals/amp/",
            "https://example.org/2012/mutuals.amp",
            "https://example.org/amp/2012/mutuals",
            "https://amp.example.org/2012/mutuals?output=amp",
            "https://m.example.org/2012/mutuals/index.html",
            "https://example-org.cdn.ampproject.org/c/s/example.org/2012/mutuals",
            "https://www.google.com/amp/s/www.example.org/2012/mutuals",
        ] {
            assert_eq!(address(url).as_deref(), Some(same), "{url}");
        }
    }

    #[test]
    fn what_tells_articles_apart_stays() {
        for (url, expected) in [
            ("https://example.org/?p=12", Some("example.org/?p=12")),
            (
                "https://example.org/a?page=2&id=1",
                Some("example.org/a?id=1&page=2"),
            ),
            ("https://example.org/stamp", Some("example.org/stamp")),
            ("https://example.org/Camp/", Some("example.org/Camp")),
            ("https://m.net/a", Some("m.net/a")),
            ("https://example.org/", None),
            ("https://example.org", None),
            ("mailto:ann@example.org", None),
            ("file:///home/ann/a.txt", None),
            ("https:///a", None),
            ("", None),
        ] {
            assert_eq!(address(url).as_deref(), expected, "{url}");
        }
        assert_eq!(site("example.org/a/b"), "example.org");
    }
}
