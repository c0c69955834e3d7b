//! Page trees as no program makes them: deep, going in circles, naming a page twice, huge, and counting wrongly.

use super::tests::{file_of, line, read_all};
use crate::format::Outcome;

/// Returns the objects that every file here begins with, and then `more`, the first of which is object 6: the page that
/// says something.
fn file(kids: &str, count: i64, more: &[String]) -> Vec<u8> {
    let content = line("F", 10, 60, 400, "What the page says.");
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Count {count} /Kids [{kids}] >>"),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
        format!(
            "<< /Length {} >>\nstream\n{content}\nendstream",
            content.len()
        ),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R \
         /Resources << /Font << /F 3 0 R >> >> >>"
            .to_owned(),
    ];
    objects.extend_from_slice(more);
    file_of(&objects, "")
}

/// Returns references to these objects.
fn references(objects: std::ops::Range<usize>) -> String {
    let references: Vec<String> = objects.map(|object| format!("{object} 0 R ")).collect();
    references.concat()
}

fn read(bytes: &[u8]) -> (String, Outcome) {
    let (documents, outcome) = read_all(bytes);
    let text = documents.iter().map(|document| document.body.text());
    (text.collect(), outcome)
}

#[test]
fn a_tree_however_deep_is_read_to_its_leaf() {
    // Each node has one below it; the last has the page.
    let depth = 50_000;
    let mut more: Vec<String> = (0..depth)
        .map(|at| format!("<< /Type /Pages /Count 1 /Kids [{} 0 R] >>", at + 8))
        .collect();
    more.push("<< /Type /Pages /Count 1 /Kids [6 0 R] >>".to_owned());
    let (text, outcome) = read(&file("7 0 R", 2_147_483_647, &more));
    assert_eq!(text, "What the page says.");
    assert_eq!(outcome.warnings, []);
}

#[test]
fn a_tree_that_goes_in_circles_gives_each_page_once() {
    // Each node names all nodes, the root and the page.
    let nodes = references(7..307);
    let node = format!("<< /Type /Pages /Count 1 /Kids [2 0 R {nodes} 6 0 R] >>");
    let (text, outcome) = read(&file(&nodes, -1, &vec![node; 300]));
    assert_eq!(text, "What the page says.");
    assert_eq!(outcome.warnings, []);
}

#[test]
fn a_page_named_again_and_again_is_one() {
    for count in [0, 1, 100_000] {
        let (text, outcome) = read(&file(&"6 0 R ".repeat(100_000), count, &[]));
        assert_eq!(text, "What the page says.", "{count}");
        assert_eq!(outcome.warnings, [], "{count}");
    }
}

#[test]
fn of_a_hundred_thousand_pages_the_first_half_is_read_and_the_rest_told() {
    let more = vec!["<< /Type /Page /MediaBox [0 0 600 800] >>".to_owned(); 100_000];
    let kids = references(6..100_007);
    let (text, outcome) = read(&file(&kids, 3, &more));
    assert_eq!(text, "What the page says.");
    let told: Vec<&str> = outcome
        .warnings
        .iter()
        .map(|warning| warning.message.as_str())
        .collect();
    assert_eq!(told, ["has 50001 pages more than the 50000 that are read"]);
}
