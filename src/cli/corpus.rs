//! The scenarios of a command with the rules that go with them.

use super::groups::{Group, groups};
use super::paths;
use super::rules::{Origin, RulesArgument};
use super::shelf::Scenario;
use super::trouble::Trouble;
use crate::change::cache::number;
use crate::change::corpus::Source;
use crate::change::pending::Pending;
use crate::change::snapshot::Snapshot;
use crate::change::trial::{self, Checked, State};
use crate::change::{beside, git, record};
use crate::project::Project;
use std::cell::OnceCell;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// Scenarios and their rules, which are read when they are wanted.
pub(super) struct Corpus {
    /// The folder of the project: that which holds `rules`.
    pub(super) home: PathBuf,
    /// The folder of the rules; `None`: those inside the program.
    pub(super) folder: Option<PathBuf>,
    /// What sets these rules apart from those of the project itself.
    pub(super) part: Option<String>,
    /// Texts of the rules.
    pub(super) texts: Vec<(String, String)>,
    /// A number for them.
    pub(super) rules: u64,
    /// Files, and their texts under the names that they have from the folder of the project.
    pub(super) scenarios: Vec<(PathBuf, Source)>,
    /// The folders that were asked for.
    roots: Vec<PathBuf>,
    /// All scenarios of the project were asked for.
    pub(super) is_whole: bool,
    project: OnceCell<Project>,
}

/// Why a corpus could not be gone through.
pub(super) enum Stop {
    /// For a reason outside the files.
    Trouble(Trouble),
    /// For mistakes in the rules.
    Mistakes(Box<Project>),
}

impl From<Trouble> for Stop {
    fn from(trouble: Trouble) -> Self {
        Self::Trouble(trouble)
    }
}

/// What these paths mean, by the rulebook that goes with them. All of it belongs to the project around the first of them.
pub(super) fn read(paths: &[PathBuf], rules: &RulesArgument) -> Result<Vec<Corpus>, Trouble> {
    let roots: Vec<PathBuf> = paths.iter().filter(|path| path.is_dir()).cloned().collect();
    let home = home(
        paths.first().map_or(Path::new("."), PathBuf::as_path),
        rules,
    );
    let groups = groups(paths, rules)?.into_iter();
    let groups = groups.filter(|group| !group.scenarios.is_empty());
    let corpora = groups.map(|group| corpus(group, &home, &roots));
    corpora.collect()
}

fn corpus(group: Group, home: &Path, roots: &[PathBuf]) -> Result<Corpus, Trouble> {
    let texts = group.origin.texts(&group.with)?;
    let folder = match &group.origin {
        Origin::BuiltIn => None,
        Origin::Folder(folder) => Some(folder.clone()),
    };
    let mut scenarios = Vec::new();
    for scenario in group.scenarios {
        let Scenario::File(path) = scenario else {
            let inside = "a scenario that is built into the program has no snapshot; name a file";
            return Err(Trouble::Nothing(inside.to_owned()));
        };
        let text = paths::read_text(&path)?;
        let name = name(home, &path);
        scenarios.push((path, Source { name, text }));
    }
    let whole = |root: &PathBuf| same(root, home) || same(root, &home.join("scenarios"));
    // A smaller rulebook inside the project keeps what is known of it apart.
    let own = folder
        .as_ref()
        .is_none_or(|folder| same(folder, &home.join("rules")));
    let part = folder
        .as_ref()
        .filter(|_| !own)
        .map(|folder| name(home, folder).replace('/', "-"));
    Ok(Corpus {
        rules: number(&texts),
        texts,
        folder,
        part,
        is_whole: roots.iter().any(whole),
        scenarios,
        roots: roots.to_vec(),
        home: home.to_owned(),
        project: OnceCell::new(),
    })
}

fn same(one: &Path, other: &Path) -> bool {
    one.canonicalize()
        .ok()
        .is_some_and(|one| other.canonicalize().ok() == Some(one))
}

/// A path as it is called from the folder of the project.
fn name(home: &Path, path: &Path) -> String {
    let inside = path.strip_prefix(home).or_else(|_| path.strip_prefix("."));
    let name = inside.unwrap_or(path).to_string_lossy().replace('\\', "/");
    name.trim_start_matches("./").to_owned()
}

/// The folder of the project around a path: that which holds `rules`.
pub(super) fn home(path: &Path, rules: &RulesArgument) -> PathBuf {
    let folder = match rules.origin(path) {
        Origin::BuiltIn => None,
        Origin::Folder(folder) => Some(folder),
    };
    let home = folder
        .as_deref()
        .and_then(Path::parent)
        .unwrap_or(Path::new(""));
    if home.as_os_str().is_empty() {
        PathBuf::from(".")
    } else {
        home.to_owned()
    }
}

/// What could not be written below this folder.
pub(super) fn unwritten(home: &Path, error: io::Error) -> Stop {
    let path = home.join(".casus");
    Stop::Trouble(Trouble::Write { path, error })
}

impl Corpus {
    /// The rules, read and checked.
    pub(super) fn project(&self) -> Result<&Project, Stop> {
        let project = self
            .project
            .get_or_init(|| Project::of_texts(self.texts.clone()));
        if project.has_errors() {
            Err(Stop::Mistakes(Box::new(project.clone())))
        } else {
            Ok(project)
        }
    }

    /// What waits for somebody to agree, with the edits that caused it.
    pub(super) fn pendings(
        &self,
        checked: &[Checked],
        base: Option<&str>,
    ) -> Result<Vec<Pending>, Stop> {
        let open: Vec<&Checked> = checked
            .iter()
            .filter(|one| matches!(one.state, State::New(_) | State::Moved { .. }))
            .collect();
        if open.is_empty() {
            return Ok(Vec::new());
        }
        let moved = open
            .iter()
            .any(|one| matches!(one.state, State::Moved { .. }));
        let old = if moved { self.earlier(base)? } else { None };
        let old = old.map(Project::of_texts).filter(|old| !old.has_errors());
        let because = match &old {
            Some(old) => trial::because(&open, Some(old), &beside(old, self.texts.clone())),
            None => trial::because(&open, None, self.project()?),
        };
        let all = open.iter().zip(because);
        Ok(all
            .filter_map(|(one, because)| one.pending(self.rules, because))
            .collect())
    }

    /// The rules before they were edited: of the revision named, of the last run in which nothing moved, or of HEAD.
    pub(super) fn earlier(
        &self,
        base: Option<&str>,
    ) -> Result<Option<Vec<(String, String)>>, Trouble> {
        let Some(folder) = &self.folder else {
            return Ok(None);
        };
        if let Some(base) = base {
            return Ok(Some(git::texts(base, folder, "treaty")?));
        }
        let agreed = self.agreed_rules();
        if agreed.is_dir()
            && let Ok(texts) = crate::project::texts(std::slice::from_ref(&agreed))
        {
            let named = |(name, text): (String, String)| {
                let inside = Path::new(&name)
                    .strip_prefix(&agreed)
                    .map(|path| folder.join(path));
                let name = inside.map_or(name.clone(), |path| {
                    path.to_string_lossy().replace('\\', "/")
                });
                (name, text)
            };
            return Ok(Some(texts.into_iter().map(named).collect()));
        }
        Ok(git::texts("HEAD", folder, "treaty").ok())
    }

    fn agreed_rules(&self) -> PathBuf {
        let part = self
            .part
            .as_ref()
            .map_or_else(String::new, |part| format!("-{part}"));
        self.home.join(".casus").join(format!("rules{part}"))
    }

    /// Keeps a copy of the rules under which nothing moves.
    pub(super) fn remember_rules(&self) -> io::Result<()> {
        let Some(folder) = &self.folder else {
            return Ok(());
        };
        let agreed = self.agreed_rules();
        let known = crate::project::texts(std::slice::from_ref(&agreed)).unwrap_or_default();
        let now: Vec<(PathBuf, &String)> = self
            .texts
            .iter()
            .filter_map(|(name, text)| {
                Some((
                    agreed.join(Path::new(name).strip_prefix(folder).ok()?),
                    text,
                ))
            })
            .collect();
        let same = known.len() == now.len()
            && known.iter().zip(&now).all(|(one, other)| one.1 == *other.1);
        if same {
            return Ok(());
        }
        let draft = self
            .home
            .join(".casus")
            .join(format!("rules.{}", std::process::id()));
        for (path, text) in now {
            let path = draft.join(path.strip_prefix(&agreed).unwrap_or(&path));
            std::fs::create_dir_all(path.parent().unwrap_or(&draft))?;
            std::fs::write(path, text)?;
        }
        let _ = std::fs::remove_dir_all(&agreed);
        // Another run may have been quicker; its copy is as good.
        std::fs::rename(&draft, &agreed).or_else(|_| std::fs::remove_dir_all(&draft))
    }

    /// Snapshots that differ from the base and are on no record.
    pub(super) fn uncovered(
        &self,
        checked: &[Checked],
        base: Option<&str>,
    ) -> Result<Vec<String>, Trouble> {
        let base = base.unwrap_or("HEAD");
        let before = match git::texts(base, &self.home, "snap") {
            Ok(texts) => texts,
            Err(git::GitError::Nothing { .. }) => Vec::new(),
            Err(other) => return Err(other.into()),
        };
        let agreed = record::agreed(&self.home.join("changes"))
            .map_err(Trouble::Nothing)?
            .snapshots;
        let mut found = Vec::new();
        for one in checked {
            let Ok(Some(snapshot)) = Snapshot::load(&one.path) else {
                continue;
            };
            let snap = crate::change::snapshot::path(Path::new(&one.source.name));
            let old = before.iter().find(|(name, _)| {
                self::name(&self.home, Path::new(name)) == snap.to_string_lossy()
            });
            let same = old.is_some_and(|(_, text)| Snapshot::of_text(text).body == snapshot.body);
            let number = format!("{:016x}", snapshot.hash());
            if !same && !agreed.contains(&(one.source.name.clone(), number)) {
                found.push(one.source.name.clone());
            }
        }
        Ok(found)
    }

    /// Snapshots that no scenario belongs to.
    pub(super) fn left_over(&self) -> Vec<PathBuf> {
        let snaps = self.roots.iter().flat_map(|root| {
            let scenarios = root.join("scenarios");
            let root = if scenarios.is_dir() {
                scenarios
            } else {
                root.clone()
            };
            paths::files(&root, &["snap"]).unwrap_or_default()
        });
        let alone = |snap: &PathBuf| {
            !["yaml", "yml"]
                .iter()
                .any(|ending| snap.with_extension(ending).exists())
        };
        snaps.filter(alone).collect()
    }
}

/// How often to look for edits.
const PAUSE: Duration = Duration::from_millis(300);

/// When each rule and each scenario was last written.
#[derive(PartialEq)]
pub(super) struct Stamps(Vec<(PathBuf, Option<SystemTime>)>);

impl Stamps {
    /// As they are now.
    pub(super) fn now(paths: &[PathBuf], rules: &RulesArgument) -> Result<Self, Trouble> {
        stamps(paths, rules).map(Self)
    }

    /// Waits until a rule or a scenario has been edited.
    pub(super) fn wait_for_edit(&mut self, paths: &[PathBuf], rules: &RulesArgument) {
        loop {
            match Self::now(paths, rules) {
                Ok(now) if now != *self => {
                    *self = now;
                    return;
                }
                _ => std::thread::sleep(PAUSE),
            }
        }
    }
}

fn stamps(
    paths: &[PathBuf],
    rules: &RulesArgument,
) -> Result<Vec<(PathBuf, Option<SystemTime>)>, Trouble> {
    let mut files = Vec::new();
    for group in groups(paths, rules)? {
        if let Origin::Folder(folder) = &group.origin {
            files.extend(paths::files(folder, &["treaty"])?);
        }
        files.extend(
            group
                .scenarios
                .into_iter()
                .filter_map(|scenario| match scenario {
                    Scenario::File(path) => Some(path),
                    Scenario::BuiltIn(..) => None,
                }),
        );
    }
    let stamp = |path: PathBuf| {
        let time = std::fs::metadata(&path)
            .and_then(|file| file.modified())
            .ok();
        (path, time)
    };
    Ok(files.into_iter().map(stamp).collect())
}
