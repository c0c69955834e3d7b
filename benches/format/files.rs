//! Files of every kind, made of the texts of the seeds: each of a size that such files have.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use std::ops::ControlFlow;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use recto::format::{Input, read};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::{ARTICLE, BYTES, FEED, POSTS};

/// Files of one kind.
pub struct Files {
    /// The name that each goes by.
    pub name: &'static str,
    pub contents: Vec<Vec<u8>>,
    /// How many bytes they have unpacked.
    pub unpacked: usize,
}

impl Files {
    /// Returns files that are as long as they are.
    fn plain(name: &'static str, files: impl Iterator<Item = String>) -> Self {
        let mut unpacked = 0;
        let files = files
            .map(String::into_bytes)
            .take_while(|file| {
                unpacked += file.len();
                unpacked < BYTES
            })
            .collect();
        Self {
            name,
            contents: files,
            unpacked: unpacked.min(BYTES),
        }
    }
}

/// A text of the seeds.
struct Text {
    title: String,
    paragraphs: Vec<String>,
}

/// Returns the texts of the seeds, again and again, each time with another last word so that no two files are one.
fn texts() -> impl Iterator<Item = Text> {
    let mut texts = vec![
        Text::new("Top ten recommendations", ARTICLE),
        Text::new("A breakfast", POSTS),
    ];
    read(&Input::new("feed.xml", FEED.as_bytes()), &mut |document| {
        texts.push(Text::new(
            &document.metadata.title.text,
            document.body.text(),
        ));
        ControlFlow::Continue(())
    });
    (0usize..).map(move |round| {
        let text = &texts[round % texts.len()];
        let mut paragraphs = text.paragraphs.clone();
        paragraphs.push(format!("The end of {round}."));
        Text {
            title: format!("{} {round}", text.title),
            paragraphs,
        }
    })
}

impl Text {
    fn new(title: &str, text: &str) -> Self {
        let paragraphs = text.split("\n\n").flat_map(str::lines);
        let paragraphs = paragraphs.map(|line| line.trim().to_owned());
        Self {
            title: title.to_owned(),
            paragraphs: paragraphs.filter(|line| !line.is_empty()).collect(),
        }
    }
}

/// Returns a page for each body of the seed's items, with nothing around it.
pub fn pages() -> Files {
    let bodies: Vec<&str> = FEED
        .split("<content:encoded><![CDATA[")
        .skip(1)
        .filter_map(|rest| rest.split("]]>").next())
        .collect();
    let pages = (0usize..).map(|round| {
        let body = bodies[round % bodies.len()];
        format!("<!doctype html><title>Bench {round}</title><body><h1>Bench {round}</h1>{body}")
    });
    Files::plain("page.html", pages)
}

/// Returns plain texts.
pub fn plain() -> Files {
    let texts = texts().map(|text| format!("{}\n\n{}\n", text.title, text.paragraphs.join("\n\n")));
    Files::plain("text.txt", texts)
}

/// Returns notes in Markdown: front matter, headings, lists, links, quotations, a table and emphasis.
pub fn markdown() -> Files {
    let notes = texts().map(|text| {
        let mut note = format!(
            "---\ntitle: \"{}\"\ndate: 2013-06-03\ntags: [one, two]\n---\n\n",
            text.title.replace('"', "'")
        );
        for (place, paragraph) in text.paragraphs.iter().enumerate() {
            let (first, rest) = paragraph.split_once(' ').unwrap_or((paragraph, ""));
            let _ = match place % 8 {
                0 => writeln!(note, "## {paragraph:.40}\n\n*{first}* {rest}\n"),
                2 => writeln!(
                    note,
                    "- {paragraph}\n- [{first}](https://example.org/{place}) {rest}\n"
                ),
                4 => writeln!(note, "> {paragraph}\n"),
                6 => writeln!(
                    note,
                    "| a | b |\n|---|---|\n| {first} | `{place}` |\n\n{paragraph}\n"
                ),
                _ => writeln!(note, "**{first}** {rest}\n"),
            };
        }
        note
    });
    Files::plain("note.md", notes)
}

/// Returns one file of JSON Lines.
pub fn json_lines() -> Files {
    let mut file = String::new();
    for (round, text) in texts().enumerate() {
        let line = serde_json::json!({
            "id": format!("bench-{round}"), "title": text.title, "text": text.paragraphs.join("\n\n"),
            "author": "Ann", "tags": ["one", "two"], "date": "2013-06-03", "url": format!("https://example.org/{round}"),
        });
        let _ = writeln!(file, "{line}");
        if file.len() > BYTES {
            break;
        }
    }
    Files {
        name: "all.jsonl",
        unpacked: file.len(),
        contents: vec![file.into_bytes()],
    }
}

/// Returns one mailbox of letters.
pub fn mailbox() -> Files {
    let mut file = String::new();
    for (round, text) in texts().enumerate() {
        let (minute, second) = (round / 60 % 60, round % 60);
        let _ = write!(
            file,
            "From ann@example.org Mon Jun  3 10:{minute:02}:{second:02} 2013\nFrom: Ann <ann@example.org>\n\
             To: list@example.org\nSubject: {}\nDate: Mon, 3 Jun 2013 10:{minute:02}:{second:02} +0000\n\
             Message-ID: <{round}@example.org>\nContent-Type: text/plain; charset=utf-8\n\n{}\n\n",
            text.title.replace('\n', " "),
            text.paragraphs.join("\n\n")
        );
        if file.len() > BYTES {
            break;
        }
    }
    Files {
        name: "all.mbox",
        unpacked: file.len(),
        contents: vec![file.into_bytes()],
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// Packs files until their entries are long enough together.
fn packed(name: &'static str, entries: impl Iterator<Item = Vec<(String, String)>>) -> Files {
    let (mut files, mut unpacked) = (Vec::new(), 0);
    for entries in entries {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in entries {
            let begun = writer.start_file(name, SimpleFileOptions::default());
            assert!(begun.is_ok() && writer.write_all(text.as_bytes()).is_ok());
            unpacked += text.len();
        }
        files.extend(writer.finish().map(Cursor::into_inner));
        if unpacked > BYTES {
            break;
        }
    }
    Files {
        name,
        contents: files,
        unpacked,
    }
}

fn entry(name: &str, text: &str) -> (String, String) {
    (name.to_owned(), text.to_owned())
}

/// Returns reports of Word: headings, paragraphs in runs and a list.
pub fn docx() -> Files {
    let styles = "<w:styles xmlns:w='w'><w:style w:styleId='H'><w:name w:val='heading 1'/><w:pPr>\
                  <w:outlineLvl w:val='0'/></w:pPr></w:style></w:styles>";
    let core = "<c><dc:title>Bench</dc:title><dc:creator>Ann</dc:creator></c>";
    let reports = texts().map(move |text| {
        let mut body = format!(
            "<w:p><w:pPr><w:pStyle w:val='H'/></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>",
            escaped(&text.title)
        );
        for paragraph in &text.paragraphs {
            body.push_str("<w:p w:rsidR='00A1' w:rsidRDefault='00A1'><w:pPr><w:spacing w:after='120'/></w:pPr>");
            // Word parts a paragraph into runs wherever somebody has changed something.
            for (place, run) in paragraph.split_inclusive(". ").enumerate() {
                let format = if place == 1 { "<w:i/>" } else { "" };
                let _ = write!(
                    body,
                    "<w:r w:rsidR='00B2'><w:rPr>{format}<w:sz w:val='24'/></w:rPr>\
                     <w:t xml:space='preserve'>{}</w:t></w:r>",
                    escaped(run)
                );
            }
            body.push_str("</w:p>");
        }
        vec![
            entry("[Content_Types].xml", "<Types/>"),
            entry("word/styles.xml", styles),
            entry("docProps/core.xml", core),
            entry(
                "word/document.xml",
                &format!("<w:document xmlns:w='w'><w:body>{body}</w:body></w:document>"),
            ),
        ]
    });
    packed("report.docx", reports)
}

/// Returns reports of `LibreOffice`.
pub fn odt() -> Files {
    let meta = "<office:document-meta><office:meta><dc:title>Bench</dc:title></office:meta></office:document-meta>";
    let reports = texts().map(move |text| {
        let mut body = format!(
            "<text:h text:outline-level=\"1\">{}</text:h>",
            escaped(&text.title)
        );
        for paragraph in &text.paragraphs {
            body.push_str("<text:p text:style-name=\"P1\">");
            for (place, run) in paragraph.split_inclusive(". ").enumerate() {
                let _ = write!(
                    body,
                    "<text:span text:style-name=\"T{}\">{}</text:span>",
                    place % 2,
                    escaped(run)
                );
            }
            body.push_str("</text:p>");
        }
        let styles = "<office:automatic-styles><style:style style:name=\"T1\" style:family=\"text\">\
                      <style:text-properties fo:font-style=\"italic\"/></style:style></office:automatic-styles>";
        vec![
            entry("mimetype", "application/vnd.oasis.opendocument.text"),
            entry("meta.xml", meta),
            entry(
                "content.xml",
                &format!(
                    "<office:document-content>{styles}<office:body><office:text>{body}</office:text></office:body>\
                     </office:document-content>"
                ),
            ),
        ]
    });
    packed("report.odt", reports)
}

/// Returns books of the seed's items as chapters, each with places and links to the next.
pub fn books() -> Files {
    /// How many chapters a book has.
    const CHAPTERS: usize = 40;
    let pages = pages();
    let chapters: Vec<String> = pages
        .contents
        .iter()
        .map(|page| String::from_utf8_lossy(page).replace("<!doctype html>", "<html>"))
        .collect();
    let books = (0usize..).map(move |book| {
        let (mut items, mut spine, mut lines) = (String::new(), String::new(), String::new());
        let mut entries = vec![entry("mimetype", "application/epub+zip")];
        for number in 0..CHAPTERS {
            let next = number + 1;
            let body = &chapters[(book * CHAPTERS + number) % chapters.len()];
            let text = format!("{body}<a href='{next}.html#top'>on</a>");
            entries.push((format!("{number}.html"), text));
            let _ = write!(items, "<item id='i{number}' href='{number}.html'/>");
            let _ = write!(spine, "<itemref idref='i{number}'/>");
            let _ = write!(
                lines,
                "<li><a href='{number}.html'>Chapter {number}</a></li>"
            );
        }
        let nav = "<item id='nav' href='nav.html' properties='nav'/>";
        entries.push(entry(
            "nav.html",
            &format!("<nav epub:type='toc'><ol>{lines}</ol></nav>"),
        ));
        entries.push(entry(
            "book.opf",
            &format!("<package><manifest>{nav}{items}</manifest><spine>{spine}</spine></package>"),
        ));
        entries
    });
    packed("book.epub", books)
}

/// Returns papers: pages of set lines, their content compressed.
pub fn pdf() -> Files {
    let (mut files, mut unpacked) = (Vec::new(), 0);
    let mut texts = texts();
    while unpacked < BYTES {
        let lines: Vec<String> = texts.by_ref().take(8).flat_map(|text| set(&text)).collect();
        let pages: Vec<String> = lines.chunks(60).map(content).collect();
        unpacked += pages.iter().map(String::len).sum::<usize>();
        files.push(paper(&pages));
    }
    Files {
        name: "paper.pdf",
        contents: files,
        unpacked,
    }
}

/// Returns the lines of a text of some ninety letters, in the letters that Latin fonts of PDF have by number.
fn set(text: &Text) -> Vec<String> {
    let mut lines = vec![text.title.clone()];
    for paragraph in &text.paragraphs {
        let mut line = String::new();
        for word in paragraph.split(' ') {
            if line.len() + word.len() > 90 {
                lines.push(std::mem::take(&mut line));
            }
            line.push_str(word);
            line.push(' ');
        }
        lines.push(line);
    }
    let plain = |line: &String| {
        line.chars()
            .filter(|c| c.is_ascii() && !matches!(c, '(' | ')' | '\\'))
            .collect()
    };
    lines.iter().map(plain).collect()
}

fn content(lines: &[String]) -> String {
    let mut content = String::from("BT /F 10 Tf 12 TL 50 760 Td\n");
    for line in lines {
        let _ = writeln!(content, "({line}) Tj T*");
    }
    content + "ET"
}

fn paper(pages: &[String]) -> Vec<u8> {
    let mut objects: Vec<Vec<u8>> = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        Vec::new(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_vec(),
    ];
    let mut kids = String::new();
    for content in pages {
        let at = objects.len() + 1;
        let _ = write!(kids, "{at} 0 R ");
        objects.push(
            format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {} 0 R \
                 /Resources << /Font << /F 3 0 R >> >> >>",
                at + 1
            )
            .into_bytes(),
        );
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
        assert!(encoder.write_all(content.as_bytes()).is_ok());
        let packed = encoder.finish().unwrap_or_default();
        let head = format!(
            "<< /Filter /FlateDecode /Length {} >>\nstream\n",
            packed.len()
        );
        objects.push([head.as_bytes(), &packed, b"\nendstream"].concat());
    }
    objects[1] = format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", pages.len()).into_bytes();
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut xref = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (number, object) in objects.iter().enumerate() {
        let _ = writeln!(xref, "{:010} 00000 n ", file.len());
        file.extend(format!("{} 0 obj\n", number + 1).bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let at = file.len();
    let trailer = format!(
        "{xref}trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{at}\n%%EOF",
        objects.len() + 1
    );
    file.extend(trailer.bytes());
    file
}
