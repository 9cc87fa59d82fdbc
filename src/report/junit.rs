//! Test reports in the form of `JUnit`, which every build server reads.

use super::finding::TestCase;
use std::fmt::Write as _;

/// The report of a run.
pub fn report(suite: &str, cases: &[TestCase]) -> String {
    let failures = cases
        .iter()
        .filter(|case| !case.failures.is_empty())
        .count();
    let total = cases.len();
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let counts = format!("tests=\"{total}\" failures=\"{failures}\" errors=\"0\"");
    let _ = writeln!(out, "<testsuites name=\"casus\" {counts}>");
    let _ = writeln!(out, "  <testsuite name=\"{}\" {counts}>", escaped(suite));
    for case in cases {
        let _ = write!(
            out,
            "    <testcase name=\"{}\" classname=\"{}\"",
            escaped(&case.name),
            escaped(suite)
        );
        if case.failures.is_empty() {
            out.push_str("/>\n");
            continue;
        }
        out.push_str(">\n");
        // One case holds one failure; the rest of them stand in its text.
        let message = case.failures.iter().map(|(message, _)| message.as_str());
        let text = case
            .failures
            .iter()
            .map(|(message, text)| format!("{message}\n{text}"));
        let _ = writeln!(
            out,
            "      <failure message=\"{}\">{}</failure>",
            escaped(&message.collect::<Vec<_>>().join("; ")),
            escaped(text.collect::<Vec<_>>().join("\n").trim_end())
        );
        out.push_str("    </testcase>\n");
    }
    out.push_str("  </testsuite>\n</testsuites>\n");
    out
}

/// A text as XML has it; what XML cannot hold at all becomes a question mark.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\t' => out.push_str("&#9;"),
            c if c.is_control() || c == '\u{fffe}' || c == '\u{ffff}' => out.push('?'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_names_stay_names() {
        let case = TestCase {
            name: "a\"<b>&\u{1}".to_owned(),
            failures: vec![("x".to_owned(), "]]>".to_owned())],
        };
        let told = report("s", &[case]);
        assert!(told.contains("name=\"a&quot;&lt;b&gt;&amp;?\""), "{told}");
        assert!(told.contains("]]&gt;"), "{told}");
        assert!(told.contains("tests=\"1\" failures=\"1\""), "{told}");
    }
}
