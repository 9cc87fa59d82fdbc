//! Beyond the scenarios that there are: the part of `casus diff` that asks whether any scenario tells two versions apart.

use super::exit::Exit;
use super::terminal::Terminal;
use super::trouble::Trouble;
use crate::change::ask::{Beyond, Bounds, Collection, Contradiction, Versions};
use crate::diagnostic::phrase::count;
use crate::report::style::Style;
use clap::ValueHint;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How far to ask, and what to do with the answers.
#[derive(clap::Args, Clone, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "a flag each")]
pub(super) struct BeyondArguments {
    /// Only try the scenarios there are: do not ask whether any other tells the versions apart
    #[arg(long)]
    corpus_only: bool,
    /// Say exactly when the versions differ
    #[arg(long, conflicts_with = "corpus_only")]
    describe: bool,
    /// Also say which of the scenarios there are is nearest to one in which the versions differ, and what has to be changed in it
    #[arg(long, conflicts_with = "corpus_only")]
    nearest: bool,
    /// Write each smallest scenario that tells the versions apart to a file in this folder
    #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath, conflicts_with = "corpus_only")]
    write_witnesses: Option<PathBuf>,
    /// How many parties take part at most
    #[arg(long, value_name = "NUMBER", default_value_t = 6)]
    parties: usize,
    /// Ask no further after so many seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 20)]
    budget: u64,
    /// End with exit code 3 if something could be neither proved nor refuted
    #[arg(long, conflicts_with = "corpus_only")]
    pub(super) require_proof: bool,
}

impl BeyondArguments {
    /// Asks, unless only the corpus is wanted.
    pub(super) fn look(&self, collection: Collection<'_>) -> Result<Option<Beyond>, Contradiction> {
        if self.corpus_only {
            return Ok(None);
        }
        let bounds = Bounds {
            parties: self.parties,
            describe: self.describe,
            ..Bounds::default()
        };
        let (started, budget) = (Instant::now(), Duration::from_secs(self.budget));
        let mut go_on = || started.elapsed() < budget;
        let [old, new] = collection.projects.map(|project| &project.rulebook);
        let versions = Versions::new(old, new);
        let mut found = Beyond::look(&versions, bounds, &mut go_on)?;
        if self.nearest {
            found.look_near(&versions, collection, &mut go_on)?;
        }
        Ok(Some(found))
    }

    /// Writes the scenarios that tell the versions apart.
    pub(super) fn write(&self, found: &Beyond) -> Result<Vec<PathBuf>, Trouble> {
        let Some(folder) = &self.write_witnesses else {
            return Ok(Vec::new());
        };
        let wrong = |path: &Path, error| Trouble::Write {
            path: path.to_path_buf(),
            error,
        };
        std::fs::create_dir_all(folder).map_err(|error| wrong(folder, error))?;
        let mut written = Vec::new();
        let smallest = found.witnesses();
        let smallest = smallest.map(|one| (one.file_stem(), one.scenario_of_new()));
        let nearest = found.nearest.iter();
        let nearest = nearest.map(|one| (one.file_stem(), one.scenario_of_new()));
        for (stem, text) in smallest.chain(nearest) {
            let mut path = folder.join(format!("{stem}.yaml"));
            let mut next = 2;
            while path.exists() {
                path.set_file_name(format!("{stem}-{next}.yaml"));
                next += 1;
            }
            std::fs::write(&path, text).map_err(|error| wrong(&path, error))?;
            written.push(path);
        }
        Ok(written)
    }
}

/// Casus contradicts itself: said, and kept in a file for a report.
pub(super) fn contradicted(
    contradiction: &Contradiction,
    home: &Path,
    terminal: &mut Terminal<'_>,
) -> Result<Exit, Trouble> {
    writeln!(terminal.err, "casus: {contradiction}")?;
    let folder = home.join(".casus");
    let path = folder.join("contradiction.txt");
    let text = format!("casus {}\n{contradiction}\n", env!("CARGO_PKG_VERSION"));
    if std::fs::create_dir_all(&folder).is_ok() && std::fs::write(&path, text).is_ok() {
        let path = path.display();
        writeln!(
            terminal.err,
            "this is a defect of Casus; please report it, with {path} and the rules"
        )?;
    }
    Ok(Exit::Contradiction)
}

/// For people, under the corpus.
pub(super) fn text(
    found: &Beyond,
    written: &[PathBuf],
    style: Style,
    terminal: &mut Terminal<'_>,
) -> Result<(), Trouble> {
    let apart = found.by_scenario().len();
    let heading = match apart {
        0 if found.answers.is_empty() => return Ok(()),
        0 => "Beyond the corpus: no scenario was found that tells the versions apart".to_owned(),
        some => format!(
            "Beyond the corpus: {} in which the versions part",
            count(some, "smallest scenario", "smallest scenarios")
        ),
    };
    writeln!(terminal.out, "\n{}", style.heading(&heading))?;
    write!(terminal.out, "{}", found.text())?;
    for path in written {
        writeln!(terminal.out, "  written: {}", path.display())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::change::ask::fault::{self, Fault};

    const PACT: &str = "state arcadia\nstate borland\nstate cedria\nverb attack, attacks, attacked  lasts\n\
        verb assist, assists, assisted  takes object, against  lasts\n\
        treaty pact\n  parties arcadia, borland\n  in force from 1950-01-01\n\
        article 1\n  when a state A attacks a party P, each other party Q shall assist P against A.\n";

    /// The same in more words.
    const SAME: [&str; 2] = [
        "attacks a party P, each",
        "attacks a party P, if A has attacked P, each",
    ];

    /// Something else.
    const OTHER: [&str; 2] = ["shall assist P against A", "may assist P against A"];

    /// Runs the whole program on a folder with two versions of the pact; gives the exit code, what it says, and what it keeps.
    fn run(name: &str, edit: [&str; 2], words: &[&str]) -> (u8, String, String) {
        let home = std::env::temp_dir().join(format!("casus-{name}-{}", std::process::id()));
        let edited = PACT.replace(edit[0], edit[1]);
        assert_ne!(edited, PACT);
        for (folder, text) in [("before", PACT), ("rules", &edited)] {
            std::fs::create_dir_all(home.join(folder)).unwrap();
            std::fs::write(home.join(folder).join("pact.treaty"), text).unwrap();
        }
        std::fs::create_dir_all(home.join("scenarios")).unwrap();
        let calm = "scenario: Calm\nas-of: 1960-01-01\nevents: []\nexpect:\n  - not-owed: borland shall assist arcadia\n";
        std::fs::write(home.join("scenarios/calm.yaml"), calm).unwrap();
        let home_text = home.to_string_lossy().into_owned();
        let words = words.iter().map(|word| word.replace("HOME", &home_text));
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let words = std::iter::once("casus".to_owned()).chain(words);
        let exit = crate::cli::run(words, &mut out, &mut err);
        let kept = std::fs::read_to_string(home.join(".casus/contradiction.txt"));
        std::fs::remove_dir_all(&home).ok();
        let said = String::from_utf8_lossy(&err).into_owned();
        (exit as u8, said, kept.unwrap_or_default())
    }

    const DIFF: &[&str] = &["diff", "HOME/before", "HOME/rules", "--rules", "HOME/rules"];

    /// Ends with 70, says so, and keeps both wordings of the edit, and the scenario.
    fn contradicts(fault: Fault, edit: [&str; 2]) -> String {
        let name = format!("{fault:?}");
        let (code, said, kept) = fault::with(fault, || run(&name, edit, DIFF));
        assert_eq!(code, 70, "{said}");
        assert!(said.contains("please report it, with"), "{said}");
        for word in [edit[0], edit[1], "scenario: ", "rules: [pact]"] {
            assert!(kept.contains(word), "{word} is not in\n{kept}");
        }
        kept
    }

    #[test]
    fn a_corrupted_proof_ends_with_70_and_is_kept() {
        let (code, said, kept) = run("sound", SAME, DIFF);
        assert_eq!((code, kept.as_str()), (0, ""), "without a fault: {said}");
        let kept = contradicts(Fault::Proof, SAME);
        assert!(kept.contains("no case of the proof covers this"), "{kept}");
    }

    #[test]
    fn an_overlooked_difference_ends_with_70_and_is_kept() {
        let kept = contradicts(Fault::Comparison, OTHER);
        assert!(kept.contains("in this case the versions differ"), "{kept}");
        assert!(kept.contains("attacks"), "{kept}");
    }

    #[test]
    fn a_witness_that_does_not_replay_ends_with_70_and_is_kept() {
        let (code, _, kept) = run("witness", OTHER, DIFF);
        assert_eq!((code, kept.as_str()), (1, ""));
        let kept = contradicts(Fault::Witness, OTHER);
        assert!(kept.contains("attacks"), "{kept}");
    }

    /// The same where something else asks: whether an edit has any effect, whether a hole can be filled, whether a survivor could be
    /// noticed.
    #[test]
    fn a_contradiction_of_any_other_command_is_one_too() {
        let lint = ["lint", "--since", "HOME/before"];
        let coverage = ["coverage", "HOME/scenarios", "--holes"];
        let mutate = ["mutate", "HOME/scenarios", "--drop-only"];
        for (words, fault, edit) in [
            (lint, Fault::Proof, SAME),
            (coverage, Fault::Proof, SAME),
            (mutate, Fault::Witness, OTHER),
        ] {
            let words = [&words[..], &["--rules", "HOME/rules"]].concat();
            let ask = || run(words[0], edit, &words);
            let (code, said, _) = ask();
            assert_ne!(code, 70, "without a fault: {said}");
            let (code, said, kept) = fault::with(fault, ask);
            assert_eq!(code, 70, "{words:?} {said}");
            assert!(said.contains("please report it, with"), "{said}");
            assert!(kept.contains("article 1"), "{words:?} kept {kept}");
        }
    }
}
