//! How fast Casus is. `cargo bench` runs all; `cargo bench -- timeline` those with `timeline` in their names.
//!
//! `cargo bench -- ratios` prints processor times and ratios only, which can be told on a busy machine too.
//!
//! Beside each measure of the engine stands the same work done by the program by hand, so that ratios of one run can be told.
#![allow(
    missing_docs,
    clippy::expect_used,
    reason = "a measure that cannot be taken fails by a panic"
)]

mod by_hand;
mod generator;
mod ratios;

use casus::model::fact::Scenario;
use casus::{Case, Engine, Options, Project, Rulebook};
use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use generator::{Event, LAST, Size, Words, World};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::LazyLock;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    if std::env::args().any(|argument| argument == "ratios") {
        ratios::print();
    } else {
        divan::main();
    }
}

/// From the start of the program to its answer.
#[divan::bench_group(sample_count = 40, sample_size = 1)]
mod cold_start {
    use super::{Bencher, Command, Path, Size, Stdio, World};

    const KURSK: &str = "scenarios/seed/kursk-2024-12-10.yaml";

    fn casus(bencher: Bencher<'_, '_>, folder: &Path, arguments: &[&str]) {
        bencher.bench(|| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_casus"));
            command.current_dir(folder).args(arguments);
            let status = command.stdout(Stdio::null()).status().expect("it starts");
            assert!(status.success());
        });
    }

    /// The floor: no rulebook at all.
    #[divan::bench]
    fn version(bencher: Bencher<'_, '_>) {
        casus(bencher, Path::new("."), &["--version"]);
    }

    /// One treaty.
    #[divan::bench]
    fn small_rulebook(bencher: Bencher<'_, '_>) {
        let folder = std::env::temp_dir().join(format!("casus-speed-{}", std::process::id()));
        let mut world = World::new(Size {
            states: 5,
            treaties: 1,
            seed: 1,
        });
        let events = world.events(5, 400);
        std::fs::create_dir_all(folder.join("rules")).expect("a folder to write in");
        let write = |name: &str, text: String| {
            std::fs::write(folder.join(name), text).expect("a folder to write in");
        };
        write("rules/world.treaty", world.text());
        write("events.yaml", world.yaml(&events));
        casus(bencher, &folder, &["run", "events.yaml"]);
        let _ = std::fs::remove_dir_all(folder);
    }

    /// The files of the rulebook that the same scenario needs, and no other.
    #[divan::bench]
    fn needed_rulebook(bencher: Bencher<'_, '_>) {
        let folder = std::env::temp_dir().join(format!("casus-needed-{}", std::process::id()));
        let scenario = std::fs::read_to_string(KURSK).expect("a scenario");
        let rules = scenario.lines().find(|line| line.starts_with("rules:"));
        let rules = rules.expect("the treaties that count");
        for (name, text) in casus::builtin::RULEBOOK {
            let stem = Path::new(name)
                .file_stem()
                .expect("a file")
                .to_string_lossy();
            if text.contains("\ntreaty ") && !rules.contains(&*stem) {
                continue;
            }
            let file = folder.join(name);
            std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
            std::fs::write(file, text).expect("a file");
        }
        std::fs::write(folder.join("kursk.yaml"), scenario).expect("a file");
        casus(bencher, &folder, &["run", "kursk.yaml"]);
        let _ = std::fs::remove_dir_all(folder);
    }

    /// The rulebook of this repository, from its folder.
    #[divan::bench]
    fn whole_rulebook(bencher: Bencher<'_, '_>) {
        casus(bencher, Path::new("."), &["run", KURSK]);
    }

    #[divan::bench]
    fn explain(bencher: Bencher<'_, '_>) {
        let sentence = "dprk shall assist russia against ukraine";
        casus(bencher, Path::new("."), &["explain", KURSK, sentence]);
    }

    /// All treaties and scenarios.
    #[divan::bench(sample_count = 10)]
    fn check_everything(bencher: Bencher<'_, '_>) {
        casus(bencher, Path::new("."), &["check", "rules", "scenarios"]);
    }
}

/// The rulebook of this repository, in memory.
mod reading {
    use super::{Bencher, BytesCount, Engine, LazyLock, Project, black_box};

    static TEXTS: LazyLock<Vec<(String, String)>> =
        LazyLock::new(|| casus::project::texts(&["rules".into()]).expect("a rulebook"));
    static PROJECT: LazyLock<Project> = LazyLock::new(|| Project::of_texts(TEXTS.iter().cloned()));

    #[divan::bench]
    fn parse(bencher: Bencher<'_, '_>) {
        let size: usize = TEXTS.iter().map(|(_, text)| text.len()).sum();
        bencher.counter(BytesCount::new(size)).bench(|| {
            let mut sources = casus::source::Sources::default();
            for (name, text) in TEXTS.iter() {
                let id = sources.add(name.as_str(), "");
                black_box(casus::syntax::parse_file(id, text));
            }
        });
    }

    #[divan::bench]
    fn check(bencher: Bencher<'_, '_>) {
        bencher.bench(|| casus::check::rulebook(black_box(&PROJECT.files)));
    }

    #[divan::bench]
    fn make_engine(bencher: Bencher<'_, '_>) {
        bencher.bench(|| drop(Engine::new(black_box(&PROJECT.rulebook))));
    }
}

/// Scenarios made up for a rulebook made up.
struct Made {
    world: World,
    project: Project,
}

impl Made {
    fn new(states: usize, treaties: usize) -> Self {
        let world = World::new(Size {
            states,
            treaties,
            seed: 1,
        });
        let project = Project::of_texts([("world.treaty", world.text())]);
        assert!(!project.has_errors());
        Self { world, project }
    }

    fn rulebook(&self) -> &Rulebook {
        &self.project.rulebook
    }

    /// So many scenarios of so many events.
    fn batch(
        &mut self,
        scenarios: usize,
        events: usize,
        span: i32,
    ) -> (Vec<Vec<Event>>, Vec<Scenario>) {
        let made: Vec<_> = (0..scenarios)
            .map(|_| self.world.events(events, span))
            .collect();
        let words = Words::new(&self.world, self.rulebook());
        let facts = made
            .iter()
            .map(|events| self.world.scenario(&words, events));
        let facts = facts.collect();
        (made, facts)
    }
}

/// Evaluates scenarios one after the other; the number of positions.
fn evaluate(engine: &Engine<'_>, scenarios: &[Scenario]) -> usize {
    let options = Options::default();
    let each = scenarios.iter();
    each.map(|scenario| engine.evaluate(scenario, &options).positions.len())
        .sum()
}

/// The same, with the derivation of every position: each condition, when it holds, and the facts it rests on.
fn derive(engine: &Engine<'_>, scenarios: &[Scenario]) -> usize {
    let mut checks = 0;
    for scenario in scenarios {
        let mut inspection = engine.inspect(scenario, &Options::default());
        let positions = inspection.positions().iter();
        let found: Vec<_> = positions
            .map(|position| (position.norm, position.binding.clone()))
            .collect();
        for (norm, binding) in found {
            checks += inspection.attempt(norm, &binding).checks.len();
        }
    }
    checks
}

fn by_hand(hand: &by_hand::ByHand<'_>, scenarios: &[Vec<Event>]) -> u64 {
    let mut sum = 0;
    for events in scenarios {
        hand.positions(events, &mut |row| {
            sum += 1 + u64::from(row.bearer) + u64::from(row.holds[0].0.unsigned_abs());
        });
    }
    sum
}

/// Many scenarios of five events on forty treaties.
#[divan::bench_group(sample_count = 1, sample_size = 1)]
mod batch {
    use super::{Bencher, Engine, ItemsCount, Made, by_hand, derive, evaluate};

    const SIZES: [usize; 2] = [10_000, 100_000];

    #[divan::bench(args = SIZES)]
    fn engine(bencher: Bencher<'_, '_>, scenarios: usize) {
        let mut made = Made::new(60, 40);
        let (_, facts) = made.batch(scenarios, 5, 400);
        let counted = bencher.counter(ItemsCount::new(scenarios));
        counted.bench(|| evaluate(&Engine::new(made.rulebook()), &facts));
    }

    #[divan::bench(args = SIZES)]
    fn engine_with_derivations(bencher: Bencher<'_, '_>, scenarios: usize) {
        let mut made = Made::new(60, 40);
        let (_, facts) = made.batch(scenarios, 5, 400);
        let counted = bencher.counter(ItemsCount::new(scenarios));
        counted.bench(|| derive(&Engine::new(made.rulebook()), &facts));
    }

    #[divan::bench(args = SIZES)]
    fn hand(bencher: Bencher<'_, '_>, scenarios: usize) {
        let mut made = Made::new(60, 40);
        let (events, _) = made.batch(scenarios, 5, 400);
        let counted = bencher.counter(ItemsCount::new(scenarios));
        counted.bench(|| by_hand(&by_hand::ByHand::new(&made.world), &events));
    }
}

/// One scenario of many events on seven hundred treaties, over two hundred years.
#[divan::bench_group(sample_count = 1, sample_size = 1)]
mod timeline {
    use super::{Bencher, Engine, ItemsCount, LAST, Made, by_hand, evaluate};

    const SIZES: [usize; 2] = [10_000, 100_000];

    #[divan::bench(args = SIZES)]
    fn engine(bencher: Bencher<'_, '_>, events: usize) {
        let mut made = Made::new(200, 700);
        let (_, facts) = made.batch(1, events, LAST);
        let counted = bencher.counter(ItemsCount::new(events));
        counted.bench(|| evaluate(&Engine::new(made.rulebook()), &facts));
    }

    #[divan::bench(args = SIZES)]
    fn hand(bencher: Bencher<'_, '_>, events: usize) {
        let mut made = Made::new(200, 700);
        let (events_of, _) = made.batch(1, events, LAST);
        let counted = bencher.counter(ItemsCount::new(events));
        counted.bench(|| by_hand(&by_hand::ByHand::new(&made.world), &events_of));
    }
}

/// The same five events against ever more treaties that they do not touch: the cost must not follow the rulebook.
#[divan::bench_group]
mod rulebook_size {
    use super::{Bencher, Engine, Made, evaluate};

    #[divan::bench(args = [40, 400, 4_000])]
    fn one_scenario(bencher: Bencher<'_, '_>, treaties: usize) {
        // As many treaties for each state, whatever their number.
        let mut made = Made::new(treaties * 3 / 2, treaties);
        let (_, facts) = made.batch(1, 5, 400);
        let engine = Engine::new(made.rulebook());
        bencher.bench(|| evaluate(&engine, &facts));
    }
}

/// The scenario of the front page in a warm process.
#[divan::bench_group]
mod kursk {
    use super::{Bencher, Case, Engine, Options, Path, Project, Scenario};

    const FILE: &str = "scenarios/seed/kursk-2024-12-10.yaml";

    fn with(work: impl FnOnce(&Engine<'_>, &Scenario, &casus::model::fact::PositionQuery)) {
        let mut project = Project::load(&["rules".into()]).expect("a rulebook");
        let case = Case::load(Path::new(FILE), &mut project).expect("a scenario");
        let sentence = "dprk shall assist russia against ukraine";
        let query = case.query(sentence, &mut project).expect("a sentence");
        let scenario = case.scenario.as_ref().expect("no mistake in it");
        work(&Engine::new(case.rulebook(&project)), scenario, &query);
    }

    #[divan::bench]
    fn evaluate(bencher: Bencher<'_, '_>) {
        with(|engine, scenario, _| {
            bencher.bench_local(|| {
                engine
                    .evaluate(scenario, &Options::default())
                    .positions
                    .len()
            });
        });
    }

    #[divan::bench]
    fn explain(bencher: Bencher<'_, '_>) {
        with(|engine, scenario, query| {
            bencher.bench_local(|| casus::explain(engine, scenario, &Options::default(), query));
        });
    }
}
