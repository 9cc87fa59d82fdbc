//! Findings as remarks of a GitHub workflow, and all of them for its summary.

use super::finding::{Finding, Level};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// GitHub shows no more of a kind.
const MOST: usize = 10;

/// The remarks, at most ten of a kind; what is left out is counted.
pub fn remarks(findings: &[Finding]) -> String {
    let mut out = String::new();
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in findings {
        let seen = seen.entry(finding.kind).or_default();
        *seen += 1;
        if *seen <= MOST {
            let word = match finding.level {
                Level::Error => "error",
                Level::Warning => "warning",
            };
            let place = format!(
                "file={},line={}",
                property(&finding.file),
                finding.line.max(1)
            );
            let kind = property(finding.kind);
            let _ = writeln!(
                out,
                "::{word} {place},title={kind}::{}",
                data(&whole(finding))
            );
        }
    }
    for (kind, count) in seen.into_iter().filter(|(_, count)| *count > MOST) {
        let left = count - MOST;
        let _ = writeln!(
            out,
            "::notice title={kind}::{left} more of this kind are in the summary"
        );
    }
    out
}

/// All findings as Markdown, for the summary of the step.
pub fn summary(title: &str, findings: &[Finding]) -> String {
    let mut out = format!("## {title}\n\n");
    if findings.is_empty() {
        out.push_str("Nothing to report.\n");
    }
    for finding in findings {
        let _ = writeln!(
            out,
            "- **{}** `{}:{}` {}",
            finding.kind,
            finding.file,
            finding.line.max(1),
            finding.message
        );
        for detail in finding.details.iter().chain(&finding.steps) {
            let _ = writeln!(out, "  - {detail}");
        }
    }
    out
}

fn whole(finding: &Finding) -> String {
    let lines = std::iter::once(&finding.message).chain(&finding.details);
    let lines = lines.chain(&finding.steps);
    lines.map(String::as_str).collect::<Vec<_>>().join("\n")
}

fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_of_a_kind_are_shown_and_all_are_summed_up() {
        let one = |line| Finding {
            kind: "moved",
            level: Level::Error,
            message: "50% more\nof it".to_owned(),
            details: Vec::new(),
            steps: Vec::new(),
            file: "a,b.yaml".to_owned(),
            line,
        };
        let all: Vec<Finding> = (1..=500).map(one).collect();
        let told = remarks(&all);
        assert_eq!(told.matches("::error ").count(), 10);
        assert!(told.contains("::notice title=moved::490 more"), "{told}");
        assert!(
            told.contains("file=a%2Cb.yaml,line=1,title=moved::50%25 more%0Aof it"),
            "{told}"
        );
        assert_eq!(summary("casus", &all).matches("- **moved**").count(), 500);
    }
}
