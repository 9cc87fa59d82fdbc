//! scratch
fn main() {
    let t = std::time::Instant::now();
    let p = casus::project::Project::load(&[std::path::PathBuf::from("rules")]).unwrap();
    eprintln!(
        "{:?} {} norms {} treaties",
        t.elapsed(),
        p.rulebook.norms.len(),
        p.rulebook.treaties.len()
    );
    for d in &p.diagnostics {
        let pos = d.span().map(|s| {
            (
                p.sources.get(s.source).name.clone(),
                p.sources.position(s).line,
            )
        });
        println!("{} {:?} {}", d.code, pos, d.message);
    }
}
