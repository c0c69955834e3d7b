//! Formulas in one line: those of Word (ECMA-376, part 1, 22.1) and `MathML` (version 3), which reports of `OpenDocument`
//! hold.
//!
//! Written as people write one in a letter: `(a + b)/2`, `x²`, `√(a + 1)`, `∑_(i=1)^n`. Both languages have the same
//! structures with their parts in a fixed order, so one reading serves them. Guarantees: linear in the input, since what
//! is nested deeper than any formula is read flat.

use crate::format::scripts;
use crate::format::xml::{self, Event, Tag};

/// How deep structures are told apart within structures.
const DEEPEST: usize = 48;

/// An element that is open.
#[derive(Debug, Default)]
struct Node {
    name: String,
    /// What its children came to, in their order.
    parts: Vec<String>,
    signs: Signs,
}

/// The signs that a structure is drawn with, where it says them.
#[derive(Debug, Default)]
struct Signs {
    own: Option<String>,
    opening: Option<String>,
    closing: Option<String>,
    parting: Option<String>,
}

/// A formula that is being read.
#[derive(Debug)]
pub(super) struct Formula {
    /// The elements that are open; the first stands for the formula.
    open: Vec<Node>,
    /// How many more are open than are told apart.
    deeper: usize,
}

impl Default for Formula {
    fn default() -> Self {
        Self {
            open: vec![Node::default()],
            deeper: 0,
        }
    }
}

/// Returns the formula that a file of `MathML` is; nothing for a file of something else.
pub(super) fn read(bytes: &[u8]) -> Option<String> {
    let mut formula: Option<Formula> = None;
    let mut line = None;
    let mut is_other = false;
    xml::walk(bytes, &mut |event| match (&mut formula, &event) {
        _ if is_other || line.is_some() => {}
        (Some(formula), _) => line = formula.take(&event),
        (None, Event::Start(tag)) if tag.name() == "math" => formula = Some(Formula::default()),
        (None, Event::Start(_)) => is_other = true,
        _ => {}
    });
    line.filter(|line| !line.is_empty())
}

impl Formula {
    /// Takes in what comes next. Returns the formula in one line once its element ends.
    pub fn take(&mut self, event: &Event<'_>) -> Option<String> {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(_) if self.deeper > 0 => self.deeper -= 1,
            Event::End(_) => return self.end(),
            Event::Text(text) => self.text(text),
        }
        None
    }

    fn start(&mut self, tag: &Tag<'_>) {
        let name = tag.name();
        if self.open.len() >= DEEPEST {
            self.deeper += 1;
            return;
        }
        let value = |attribute| Some(tag.get(attribute).unwrap_or_default());
        let node = self.open.last_mut().map(|node| &mut node.signs);
        match (name, node) {
            ("chr", Some(signs)) => signs.own = value("val"),
            ("begChr", Some(signs)) => signs.opening = value("val"),
            ("endChr", Some(signs)) => signs.closing = value("val"),
            ("sepChr", Some(signs)) => signs.parting = value("val"),
            _ => {}
        }
        let signs = if name == "mfenced" {
            Signs {
                own: None,
                opening: tag.get("open"),
                closing: tag.get("close"),
                parting: Some(tag.get("separators").unwrap_or_else(|| ",".to_owned())),
            }
        } else {
            Signs::default()
        };
        self.open.push(Node {
            name: name.to_owned(),
            parts: Vec::new(),
            signs,
        });
    }

    fn text(&mut self, text: &str) {
        // Between the elements stands white space that means nothing.
        let Some(node) = self.open.last_mut() else {
            return;
        };
        if self.deeper > 0
            || matches!(
                node.name.as_str(),
                "t" | "mi" | "mn" | "mo" | "mtext" | "ms"
            )
        {
            node.parts.push(text.to_owned());
        }
    }

    fn end(&mut self) -> Option<String> {
        let node = self.open.pop()?;
        let Some(around) = self.open.last_mut() else {
            let line = node.parts.concat();
            return Some(line.split_whitespace().collect::<Vec<_>>().join(" "));
        };
        if node.name.ends_with("Pr") {
            around.signs.lay(node.signs);
        } else if !matches!(
            node.name.as_str(),
            "chr" | "begChr" | "endChr" | "sepChr" | "annotation" | "annotation-xml"
        ) {
            around.parts.push(node.line());
        }
        None
    }
}

impl Signs {
    /// Takes over what the element of its properties says.
    fn lay(&mut self, said: Self) {
        self.own = said.own.or(self.own.take());
        self.opening = said.opening.or(self.opening.take());
        self.closing = said.closing.or(self.closing.take());
        self.parting = said.parting.or(self.parting.take());
    }
}

impl Node {
    fn part(&self, place: usize) -> &str {
        self.parts.get(place).map_or("", String::as_str)
    }

    /// Returns its parts in one line.
    fn line(&self) -> String {
        let [first, second, third] = [0, 1, 2].map(|place| self.part(place));
        match self.name.as_str() {
            "f" | "mfrac" => format!("{}/{}", group(first), group(second)),
            "sSup" | "msup" | "limUpp" | "mover" => above(&group(first), second),
            "sSub" | "msub" | "limLow" | "munder" => below(&group(first), second),
            "sSubSup" | "msubsup" | "munderover" => above(&below(&group(first), second), third),
            "sPre" => format!("{}{third}", above(&below("", first), second)),
            "rad" => root(first, second),
            "mroot" => root(second, first),
            "msqrt" => root("", &self.parts.concat()),
            "nary" => {
                let sign = self.signs.own.as_deref().unwrap_or("∫");
                let limits = above(&below(sign, first), second);
                let gap = if limits == sign { "" } else { " " };
                format!("{limits}{gap}{third}")
            }
            "d" | "mfenced" => {
                let sign = |sign: &Option<String>, usual: &str| {
                    sign.clone().unwrap_or_else(|| usual.to_owned())
                };
                let inner = self.parts.join(&sign(&self.signs.parting, "|"));
                format!(
                    "{}{inner}{}",
                    sign(&self.signs.opening, "("),
                    sign(&self.signs.closing, ")")
                )
            }
            "func" => format!("{first} {second}"),
            "acc" | "bar" => accented(first, &self.signs, &self.name),
            "mr" | "mtr" => self.parts.join(", "),
            "m" | "mtable" | "eqArr" => self.parts.join("; "),
            "mspace" => " ".to_owned(),
            _ => self.parts.concat(),
        }
    }
}

/// Returns something with what is set above it.
fn above(base: &str, raised: &str) -> String {
    if raised.is_empty() {
        return base.to_owned();
    }
    // Strokes that stand high by themselves.
    if raised.chars().all(|c| matches!(c, '′' | '″' | '‴' | '\'')) {
        return format!("{base}{raised}");
    }
    scripts::raised(raised).map_or_else(
        || format!("{base}^{}", group(raised)),
        |raised| format!("{base}{raised}"),
    )
}

/// Returns something with what is set below it.
fn below(base: &str, lowered: &str) -> String {
    if lowered.is_empty() {
        return base.to_owned();
    }
    scripts::lowered(lowered).map_or_else(
        || format!("{base}_{}", group(lowered)),
        |lowered| format!("{base}{lowered}"),
    )
}

/// Returns the root of something; the square root where it has no degree.
fn root(degree: &str, of: &str) -> String {
    match degree {
        "" | "2" => format!("√{}", group(of)),
        "3" => format!("∛{}", group(of)),
        "4" => format!("∜{}", group(of)),
        degree => match scripts::raised(degree) {
            Some(degree) => format!("{degree}√{}", group(of)),
            None => format!("{}^(1/{})", group(of), group(degree)),
        },
    }
}

/// Returns a letter with its accent; over several letters an accent does not hold.
fn accented(of: &str, signs: &Signs, name: &str) -> String {
    let usual = if name == "bar" { "\u{305}" } else { "\u{302}" };
    let sign = signs.own.as_deref().unwrap_or(usual);
    let combines = sign.chars().all(|c| ('\u{300}'..='\u{36f}').contains(&c));
    if of.chars().count() == 1 && combines {
        format!("{of}{sign}")
    } else {
        of.to_owned()
    }
}

/// Returns a part as one thing: in parentheses, unless it is one word or number already.
fn group(part: &str) -> String {
    let part = part.trim();
    let is_one = part.chars().all(|c| {
        c.is_alphanumeric() || matches!(c, '.' | ',' | '′' | '∞' | '∂' | '\u{300}'..='\u{36f}')
    });
    if is_one || part.chars().count() == 1 || is_bracketed(part) {
        part.to_owned()
    } else {
        format!("({part})")
    }
}

/// Returns whether a part stands in one pair of parentheses as a whole.
fn is_bracketed(part: &str) -> bool {
    let mut depth = 0usize;
    part.starts_with('(')
        && part.char_indices().all(|(at, c)| {
            match c {
                '(' => depth += 1,
                ')' => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth > 0 || at + c.len_utf8() == part.len()
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(formula: &str) -> String {
        let mut reading = Formula::default();
        let mut line = None;
        let mut begun = false;
        xml::walk(formula.as_bytes(), &mut |event| {
            if begun && line.is_none() {
                line = reading.take(&event);
            }
            begun = true;
        });
        line.unwrap_or_default()
    }

    fn of_word(inner: &str) -> String {
        line(&format!("<m:oMath>{inner}</m:oMath>"))
    }

    fn r(text: &str) -> String {
        format!("<m:r><m:t>{text}</m:t></m:r>")
    }

    #[test]
    fn formulas_of_word_are_written_in_one_line() {
        let e = |text: &str| format!("<m:e>{}</m:e>", r(text));
        let power =
            |of: &str, to: &str| format!("<m:sSup>{}<m:sup>{}</m:sup></m:sSup>", e(of), r(to));
        for (inner, expected) in [
            (format!("{}{}", r("E = m"), power("c", "2")), "E = mc²"),
            (power("e", "iπ"), "e^iπ"),
            (power("a + b", "n+1"), "(a + b)ⁿ⁺¹"),
            (
                format!(
                    "<m:f><m:num>{}</m:num><m:den>{}</m:den></m:f>",
                    r("a + b"),
                    r("2c")
                ),
                "(a + b)/2c",
            ),
            (
                format!(
                    "<m:rad><m:radPr><m:degHide/></m:radPr><m:deg/>{}</m:rad>",
                    e("x + 1")
                ),
                "√(x + 1)",
            ),
            (
                format!(
                    "<m:nary><m:naryPr><m:chr m:val='∑'/></m:naryPr><m:sub>{}</m:sub><m:sup>{}</m:sup>{}</m:nary>",
                    r("i=1"),
                    r("n"),
                    e("x")
                ),
                "∑_(i=1)ⁿ x",
            ),
            (
                format!(
                    "<m:d><m:dPr><m:begChr m:val='['/><m:endChr m:val=''/></m:dPr>{}{}</m:d>",
                    e("a"),
                    e("b")
                ),
                "[a|b",
            ),
            (
                format!(
                    "<m:m><m:mr>{}{}</m:mr><m:mr>{}{}</m:mr></m:m>",
                    e("1"),
                    e("0"),
                    e("0"),
                    e("1")
                ),
                "1, 0; 0, 1",
            ),
            (
                format!("<m:func><m:fName>{}</m:fName>{}</m:func>", r("sin"), e("x")),
                "sin x",
            ),
            (format!("<m:acc>{}</m:acc>", e("x")), "x\u{302}"),
        ] {
            assert_eq!(of_word(&inner), expected, "{inner}");
        }
    }

    #[test]
    fn formulas_of_mathml_are_written_in_one_line_without_their_source() {
        for (inner, expected) in [
            (
                "<semantics> <mrow><mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup></mrow>\n<annotation>E = m c^2</annotation></semantics>",
                "E=mc²",
            ),
            (
                "<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></mfrac>",
                "(a+b)/2",
            ),
            ("<mroot><mi>x</mi><mn>3</mn></mroot>", "∛x"),
            ("<mfenced><mi>a</mi><mi>b</mi></mfenced>", "(a,b)"),
            ("<msub><mi>x</mi><mn>12</mn></msub>", "x₁₂"),
        ] {
            assert_eq!(line(&format!("<math>{inner}</math>")), expected, "{inner}");
        }
    }

    #[test]
    fn what_is_nested_without_end_is_read_flat() {
        let deep = "<m:sSup>".repeat(20_000) + &r("x") + &"</m:sSup>".repeat(20_000);
        assert_eq!(of_word(&deep), "x");
    }
}
