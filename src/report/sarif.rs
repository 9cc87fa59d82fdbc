//! Findings as SARIF 2.1.0, which code hosts show beside the lines they are about.

use super::finding::{Finding, Level};
use serde_json::{Value, json};

/// The whole log.
pub fn log(findings: &[Finding]) -> String {
    let mut kinds: Vec<&str> = findings.iter().map(|finding| finding.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let rules: Vec<Value> = kinds.iter().map(|kind| json!({"id": kind})).collect();
    let results: Vec<Value> = findings.iter().map(result).collect();
    let whole = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "casus",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "results": results,
        }],
    });
    format!("{whole:#}\n")
}

fn result(finding: &Finding) -> Value {
    let text = std::iter::once(&finding.message).chain(&finding.details);
    let text: Vec<&str> = text.map(String::as_str).collect();
    let place = json!({
        "artifactLocation": {"uri": finding.file},
        "region": {"startLine": finding.line.max(1)},
    });
    let mut whole = json!({
        "ruleId": finding.kind,
        "level": match finding.level {
            Level::Error => "error",
            Level::Warning => "warning",
        },
        "message": {"text": text.join("\n")},
        "locations": [{"physicalLocation": place}],
    });
    if !finding.steps.is_empty() {
        let step = |text: &String| json!({"location": {"physicalLocation": place, "message": {"text": text}}});
        let steps: Vec<Value> = finding.steps.iter().map(step).collect();
        whole["codeFlows"] = json!([{"threadFlows": [{"locations": steps}]}]);
    }
    whole
}
