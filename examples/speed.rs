use casus::{source::SourceId, syntax};
fn main() {
    let mut one = String::new();
    for p in std::env::args().skip(1) {
        one.push_str(&std::fs::read_to_string(&p).unwrap());
        one.push('\n');
    }
    let mut t = String::new();
    while t.len() < 12 << 20 {
        t.push_str(&one);
    }
    let n = t.len() as f64 / (1 << 20) as f64;
    for _ in 0..7 {
        let s = std::time::Instant::now();
        let (f, d) = syntax::parse_file(SourceId(0), &t);
        let e = s.elapsed().as_secs_f64();
        let k = f.items.len();
        let s2 = std::time::Instant::now();
        drop(f);
        println!(
            "{n:.1} MiB {:.1} MiB/s, {} items {} errors, drop {:.3}",
            n / e,
            k,
            d.len(),
            s2.elapsed().as_secs_f64()
        );
    }
}
