//! `casus diff`: two versions of the rules, what was edited, and which outcomes move because of it.

use super::beyond::{self, BeyondArguments};
use super::exit::Exit;
use super::groups::groups;
use super::output::OutputArguments;
use super::paths;
use super::rules::{Origin, RulesArgument};
use super::shelf::Scenario;
use super::terminal::Terminal;
use super::trouble::Trouble;
use super::versions::{self, Versions};
use crate::change::ask::{Beyond, Collection};
use crate::change::cache::Cache;
use crate::change::corpus::Source;
use crate::change::diff::{Effect, effect};
use crate::change::family::Family;
use crate::change::record;
use crate::change::snapshot::Snapshot;
use crate::change::untouched::Untouched;
use crate::change::{Comparison, document, screen};
use crate::diagnostic::phrase::count;
use crate::report::finding::{Finding, Level};
use crate::report::style::Style;
use clap::ValueHint;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  casus diff main                      the rules here against those of a revision
  casus diff main..HEAD                two revisions
  casus diff old/rules new/rules       two folders
  casus diff draft.treaty final.treaty the rules here with one file and with the other
  casus diff --toggle anzus-1951       the rules here without a treaty and with it
  casus diff --toggle \"north-atlantic-treaty: territory of turkey\"
                                       without what a protocol brought, and with it
  casus diff main --summary            one line a treaty, for a pull request
  git config diff.casus.command \"casus diff --driver\"
                                       and `*.treaty diff=casus` in .gitattributes: git diff tells edits by clause";

/// Compare two versions of the rules: what was edited, and which outcomes move because of it
///
/// Tells apart what was only reworded from what may mean something else, applies both versions to every scenario, and finds
/// for each outcome that moves the edit that moves it, by making each edit alone and by taking it back alone. Then asks whether
/// any scenario at all tells the versions apart, and shows the smallest, or how far they agree. Ends with exit code 1 if an
/// outcome moves, or may move, and nobody has agreed to that.
#[derive(clap::Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The old version: a revision of git, a folder, a treaty file, or OLD..NEW
    #[arg(value_name = "OLD", required_unless_present = "toggle", value_hint = ValueHint::AnyPath)]
    old: Option<String>,
    /// The new version [default: the rules as they stand here]
    #[arg(value_name = "NEW", value_hint = ValueHint::AnyPath)]
    new: Option<String>,
    /// The rules without this and with it: TREATY, `TREATY article LABEL`, or `TREATY: WORDS` for lines that begin so
    #[arg(long, value_name = "TREATY", conflicts_with_all = ["old", "new"])]
    toggle: Option<String>,
    /// Scenarios, and folders of them [default: the folder `scenarios` beside the rules]
    #[arg(long, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    scenarios: Vec<PathBuf>,
    /// One line a treaty
    #[arg(long)]
    summary: bool,
    /// As `git` calls a diff driver: only the edits of two files
    #[arg(long, hide = true, num_args = 0, requires = "old")]
    driver: bool,
    /// What git gives its driver besides
    #[arg(hide = true, num_args = 0..)]
    rest: Vec<String>,
    #[command(flatten)]
    beyond: BeyondArguments,
    #[command(flatten)]
    rules: RulesArgument,
    #[command(flatten)]
    output: OutputArguments,
}

pub(super) fn run(arguments: &Arguments, terminal: &mut Terminal<'_>) -> Result<Exit, Trouble> {
    if arguments.driver {
        let own = arguments
            .old
            .iter()
            .chain(&arguments.new)
            .chain(&arguments.rest);
        return super::driver::run(&own.map(String::as_str).collect::<Vec<_>>(), terminal);
    }
    let folder = versions::folder(&arguments.rules);
    let asked = versions::Asked {
        old: arguments.old.as_deref(),
        new: arguments.new.as_deref(),
        toggle: arguments.toggle.as_deref(),
    };
    let versions = match versions::read(&asked, folder.as_deref())? {
        Ok(versions) => versions,
        Err(broken) => {
            terminal.show(&broken.diagnostics, &broken.sources)?;
            return Ok(Exit::CouldNotRun);
        }
    };
    let scenarios = scenarios(arguments, folder.as_deref())?;
    let comparison = Comparison::new(&versions.old, &versions.new);
    let home = folder
        .as_deref()
        .and_then(Path::parent)
        .unwrap_or(Path::new(""));
    let cache = Cache::load(home, None);
    let untouched = Untouched::new(&comparison).knowing(&cache, versions.numbers);
    let effect = effect(&comparison, &scenarios, &untouched);
    let collection = Collection {
        projects: [&versions.old, &versions.new],
        sources: &scenarios,
    };
    let found = arguments.beyond.look(collection);
    let found = match found {
        Ok(found) => found,
        Err(contradiction) => {
            let edits: Vec<String> = comparison.edits.iter().map(screen::whole).collect();
            let contradiction = contradiction.because(&edits.join("\n"));
            return beyond::contradicted(&contradiction, home, terminal);
        }
    };
    let written = match &found {
        Some(found) => arguments.beyond.write(found)?,
        None => Vec::new(),
    };
    let told = Told {
        versions: &versions,
        comparison: &comparison,
        effect: &effect,
        beyond: found.as_ref(),
        written: &written,
        scenarios: &scenarios,
    };
    if arguments.output.json {
        writeln!(terminal.out, "{:#}", told.data())?;
    } else if arguments.summary {
        told.summary(terminal)?;
    } else {
        told.text(terminal)?;
    }
    arguments
        .output
        .write("casus diff", &told.findings(), &[], terminal)?;
    told.exit(home, arguments.beyond.require_proof)
}

/// The scenarios on which both versions are tried.
fn scenarios(arguments: &Arguments, folder: Option<&Path>) -> Result<Vec<Source>, Trouble> {
    let home = folder.and_then(Path::parent).unwrap_or(Path::new(""));
    let beside = home.join("scenarios");
    let paths = match arguments.scenarios.as_slice() {
        [] if beside.is_dir() => vec![beside],
        some => some.to_vec(),
    };
    let mut found = Vec::new();
    // A smaller rulebook nearer to a scenario is not what is compared here.
    let origin = folder.map_or(Origin::BuiltIn, |folder| Origin::Folder(folder.to_owned()));
    let groups = groups(&paths, &arguments.rules)?.into_iter();
    for scenario in groups
        .filter(|group| group.origin == origin)
        .flat_map(|group| group.scenarios)
    {
        found.push(match scenario {
            Scenario::File(path) => Source {
                text: paths::read_text(&path)?,
                name: path.to_string_lossy().replace('\\', "/"),
            },
            Scenario::BuiltIn(name, text) => Source {
                name: name.to_owned(),
                text: text.to_owned(),
            },
        });
    }
    Ok(found)
}

/// A comparison with all that is told of it.
struct Told<'a> {
    versions: &'a Versions,
    comparison: &'a Comparison<'a>,
    effect: &'a Effect,
    /// Nothing if only the corpus was asked about.
    beyond: Option<&'a Beyond>,
    written: &'a [PathBuf],
    scenarios: &'a [Source],
}

impl Told<'_> {
    /// Moves that are on record are agreed to, and so are scenarios in which an edit shows that is on record.
    fn exit(&self, home: &Path, require_proof: bool) -> Result<Exit, Trouble> {
        if !self.effect.adrift.is_empty() {
            return Ok(Exit::BaselineFails);
        }
        let agreed = record::agreed(&home.join("changes")).map_err(Trouble::Nothing)?;
        if require_proof
            && self
                .beyond
                .is_some_and(|found| found.inconclusive().next().is_some())
        {
            return Ok(Exit::Inconclusive);
        }
        let mut moved = self.effect.families.iter().flat_map(Family::scenarios);
        let sources = &self.versions.new.sources;
        let open =
            |found: &Beyond| found.is_noticed(&self.comparison.edits, sources, &agreed.edits);
        let noticed =
            !moved.all(|at| self.is_on_record(at, home, &agreed)) || self.beyond.is_some_and(open);
        Ok(if noticed { Exit::Noticed } else { Exit::Fine })
    }

    /// Whether somebody agreed to what moved in a scenario.
    fn is_on_record(&self, at: usize, home: &Path, agreed: &record::Agreed) -> bool {
        let name = self.name(at);
        let path = Path::new(&name);
        let Ok(Some(snapshot)) = Snapshot::load(path) else {
            return false;
        };
        let inside = path.strip_prefix(home).unwrap_or(path).to_string_lossy();
        let number = format!("{:016x}", snapshot.hash());
        self.effect.agreed.contains(&at)
            && agreed.snapshots.contains(&(inside.into_owned(), number))
    }

    fn text(&self, terminal: &mut Terminal<'_>) -> Result<(), Trouble> {
        let style = Style { color: true };
        let sources = &self.versions.new.sources;
        writeln!(terminal.out, "{}", style.heading(&self.head()))?;
        for edit in &self.comparison.edits {
            write!(terminal.out, "{}", screen::edit(edit, sources, style))?;
        }
        for edit in &self.comparison.untouched {
            let named = crate::change::trial::name(edit, sources);
            writeln!(
                terminal.out,
                "{}",
                style.quiet(&format!("  = {}  {}", edit.place, named.place))
            )?;
        }
        self.corpus(style, terminal)?;
        match self.beyond {
            Some(found) => beyond::text(found, self.written, style, terminal),
            None => Ok(()),
        }
    }

    /// `3 edits, 1 reworded only`
    fn head(&self) -> String {
        let edits = count(self.comparison.edits.len(), "edit", "edits");
        match self.comparison.untouched.len() {
            0 => edits,
            some => format!("{edits}, {some} reworded only (the same meaning)"),
        }
    }

    fn corpus(&self, style: Style, terminal: &mut Terminal<'_>) -> Result<(), Trouble> {
        let of = count(self.scenarios.len(), "scenario", "scenarios");
        let heading = if self.effect.moved == 0 {
            format!("Corpus: {of}, none moved")
        } else {
            let moved = screen::counted(&self.effect.families);
            format!("Corpus: {of}; moved: {moved}")
        };
        writeln!(terminal.out, "\n{}", style.heading(&heading))?;
        let size = |at: usize| self.scenarios.get(at).map_or(0, |source| source.text.len());
        let told = screen::families(&self.effect.families, style, 3, size, |at| self.name(at));
        write!(terminal.out, "{told}")?;
        for name in &self.effect.broken {
            writeln!(
                terminal.out,
                "  not tried: {name} has mistakes under one of the versions"
            )?;
        }
        for name in &self.effect.adrift {
            let line = format!(
                "  not agreed to: the snapshot of {name} is the outcome of neither version"
            );
            writeln!(terminal.out, "{}", style.bad(&line))?;
        }
        for edit in &self.effect.idle {
            if let Some(edit) = self.comparison.edits.get(*edit) {
                writeln!(
                    terminal.out,
                    "{}",
                    style.open(&format!("  no scenario shows an effect of {}", edit.place))
                )?;
            }
        }
        Ok(())
    }

    /// One line a treaty.
    fn summary(&self, terminal: &mut Terminal<'_>) -> Result<(), Trouble> {
        let mut treaties: indexmap::IndexMap<&str, usize> = indexmap::IndexMap::new();
        for edit in &self.comparison.edits {
            *treaties
                .entry(
                    edit.treaty
                        .as_deref()
                        .unwrap_or("vocabulary, actors and places"),
                )
                .or_default() += 1;
        }
        for (treaty, edits) in treaties {
            let moved = self.effect.moved_by(treaty);
            let edits = count(edits, "edit", "edits");
            let moved = match moved {
                0 => "no scenario moved".to_owned(),
                some => count(some, "scenario moved", "scenarios moved"),
            };
            let beyond = self.beyond.map(|found| found.summary(treaty));
            let beyond = beyond.unwrap_or_default();
            writeln!(terminal.out, "{treaty}: {edits}, {moved}{beyond}")?;
        }
        if self.comparison.edits.is_empty() {
            writeln!(terminal.out, "{}", self.head())?;
        }
        Ok(())
    }

    fn name(&self, at: usize) -> String {
        self.scenarios
            .get(at)
            .map_or_else(String::new, |source| source.name.clone())
    }

    fn data(&self) -> document::Document {
        document::diff(
            &self.comparison.edits,
            &self.comparison.untouched,
            &self.versions.new.sources,
            self.scenarios.len(),
            &self.effect.families,
            |at| self.name(at),
            self.beyond,
        )
    }

    fn findings(&self) -> Vec<Finding> {
        let mut all = screen::findings(&self.effect.families, |at| self.name(at), Level::Error);
        let sources = &self.versions.new.sources;
        let beyond = self
            .beyond
            .map(|found| found.findings(&self.comparison.edits, sources));
        all.extend(beyond.into_iter().flatten());
        all
    }
}
