//! How many times the processor time of the program by hand the engine takes, on the same facts in one run: `cargo bench -- ratios`.

use super::generator::{Event, LAST};
use super::{Engine, Made, by_hand, derive, evaluate};
use casus::model::fact::Scenario;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Each is measured so many times; the least counts, which other programs on the machine disturb least.
const TIMES: usize = 3;

/// Measures all and prints a table.
pub(crate) fn print() {
    println!("| what | engine | by hand | ratio |\n| --- | --- | --- | --- |");
    let mut made = Made::new(60, 40);
    let (events, facts) = made.batch(100_000, 5, 400);
    let batch = "100,000 scenarios of 5 events, 40 treaties";
    row(batch, &made, (&events, &facts), evaluate);
    let derived = format!("{batch}, with derivations");
    row(&derived, &made, (&events, &facts), derive);
    drop((events, facts));
    for count in [20_000, 100_000] {
        let mut made = Made::new(200, 700);
        let (events, facts) = made.batch(1, count, LAST);
        let what = format!("one scenario of {count} events, 700 treaties");
        row(&what, &made, (&events, &facts), evaluate);
    }
}

fn row(
    what: &str,
    made: &Made,
    (events, facts): (&[Vec<Event>], &[Scenario]),
    work: fn(&Engine<'_>, &[Scenario]) -> usize,
) {
    let engine = least(1, || {
        black_box(work(&Engine::new(made.rulebook()), facts));
    });
    let hand = least(20, || {
        black_box(by_hand(&super::by_hand::ByHand::new(&made.world), events));
    });
    let ratio = engine.as_secs_f64() / hand.as_secs_f64();
    println!("| {what} | {engine:.3?} | {hand:.3?} | {ratio:.1} |");
}

/// What one of so many runs, one after the other, takes at the least.
fn least(runs: u32, mut work: impl FnMut()) -> Duration {
    let each = (0..TIMES).map(|_| {
        let before = spent();
        (0..runs).for_each(|_| work());
        spent().saturating_sub(before) / runs
    });
    each.min().unwrap_or_default()
}

/// The processor time of this thread so far, where the system tells it; else the time that has passed.
fn spent() -> Duration {
    static START: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told
        .as_deref()
        .and_then(|text| text.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| START.elapsed(), Duration::from_nanos)
}
