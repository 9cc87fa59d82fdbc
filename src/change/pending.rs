//! Outcomes that wait for somebody to agree: one small file a scenario, in one folder that concurrent runs share.

use super::data::{self, Data, json};
use super::family::{Because, Family, Member, Named, families};
use super::moves::{Kind, Move};
use super::screen::because_data;
use super::snapshot::write_whole;
use super::term::hash;
use super::told::Section;
use std::io;
use std::path::{Path, PathBuf};

/// What waits for one scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Pending {
    /// The scenario, as it is called from the folder of the project.
    pub scenario: String,
    /// A number for its text.
    pub text: u64,
    /// A number for its snapshot; `None`: it has none yet.
    pub old: Option<u64>,
    /// A number for the rules.
    pub rules: u64,
    /// A number for the new outcome.
    pub new: u64,
    /// The new outcome, for a scenario without snapshot.
    pub body: Option<String>,
    /// The moves, each with why.
    pub moves: Vec<(Move, Because)>,
}

/// The folder where they wait.
#[derive(Clone, Debug)]
pub struct Waiting {
    folder: PathBuf,
}

impl Waiting {
    /// In the folder of a project.
    pub fn new(home: &Path) -> Self {
        let folder = home.join(".casus").join("pending");
        Self { folder }
    }

    fn file(&self, scenario: &str) -> PathBuf {
        self.folder.join(format!("{:016x}.json", hash(scenario)))
    }

    /// Lets an outcome wait. What waited for the same scenario before is replaced in one step.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn put(&self, pending: &Pending) -> io::Result<()> {
        let (file, text) = (self.file(&pending.scenario), written(pending));
        if std::fs::read_to_string(&file).is_ok_and(|known| known == text) {
            return Ok(());
        }
        std::fs::create_dir_all(&self.folder)?;
        write_whole(&file, &text)
    }

    /// Nothing waits for this scenario any more.
    ///
    /// # Errors
    /// A file that cannot be removed.
    pub fn drop(&self, scenario: &str) -> io::Result<()> {
        match std::fs::remove_file(self.file(scenario)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// All that waits, by scenario. A file that cannot be understood is of another version, and as good as not there.
    ///
    /// # Errors
    /// A folder that cannot be read.
    pub fn all(&self) -> io::Result<Vec<Pending>> {
        let entries = match std::fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let mut found = Vec::new();
        for entry in entries {
            let path = entry?.path();
            if path.extension().is_some_and(|ending| ending == "json") {
                // Another run may have settled it meanwhile.
                let text = std::fs::read_to_string(&path).ok();
                found.extend(text.and_then(|text| read(&text)));
            }
        }
        found.sort_by(|one: &Pending, other| one.scenario.cmp(&other.scenario));
        Ok(found)
    }
}

/// The families of all that waits; members by the number in the list.
pub fn waiting_families(all: &[Pending]) -> Vec<Family> {
    let moves = all.iter().enumerate().flat_map(|(scenario, pending)| {
        let moves = pending.moves.iter().cloned();
        moves.map(move |(one, because)| (Member { scenario, one }, because))
    });
    families(moves.collect())
}

const FORMAT: &str = "casus-pending/1";

fn written(pending: &Pending) -> String {
    let moves = pending.moves.iter().map(|(one, because)| {
        json!({
            "kind": one.kind.key(),
            "section": one.line().map_or("", |line| line.section.key()),
            "old": one.old.as_ref().map(data::of_line),
            "new": one.new.as_ref().map(data::of_line),
            "because": because_data(because),
        })
    });
    let moves: Vec<Data> = moves.collect();
    let whole = json!({
        "format": FORMAT,
        "scenario": pending.scenario,
        "text": pending.text,
        "old": pending.old,
        "rules": pending.rules,
        "new": pending.new,
        "body": pending.body,
        "moves": moves,
    });
    format!("{whole:#}\n")
}

fn read(text: &str) -> Option<Pending> {
    let whole = data::of_json(text)?;
    if whole.get("format")?.as_str()? != FORMAT {
        return None;
    }
    let number = |key: &str| whole.get(key).and_then(Data::as_u64);
    let moves = whole.get("moves")?.as_array()?.iter().map(one_move);
    Some(Pending {
        scenario: whole.get("scenario")?.as_str()?.to_owned(),
        text: number("text")?,
        old: number("old"),
        rules: number("rules")?,
        new: number("new")?,
        body: whole.get("body")?.as_str().map(str::to_owned),
        moves: moves.collect::<Option<Vec<_>>>()?,
    })
}

fn one_move(data: &Data) -> Option<(Move, Because)> {
    let word = |key: &str| data.get(key).and_then(Data::as_str);
    let section = Section::LISTS
        .into_iter()
        .find(|section| Some(section.key()) == word("section"));
    let section = section.unwrap_or(Section::Head);
    let side = |key: &str| data.get(key).filter(|side| side.is_object());
    let one = Move {
        kind: Kind::ALL
            .into_iter()
            .find(|kind| Some(kind.key()) == word("kind"))?,
        old: side("old").map(|side| data::line(section, side)),
        new: side("new").map(|side| data::line(section, side)),
    };
    let because = data.get("because")?;
    let edits = because.get("edits")?.as_array()?.iter().map(|edit| {
        Some(Named {
            name: edit.get("edit")?.as_str()?.to_owned(),
            place: edit.get("place")?.as_str()?.to_owned(),
        })
    });
    let edits = edits.collect::<Option<Vec<_>>>()?;
    let because = match because.get("how")?.as_str()? {
        "edits" => Because::Edits(edits),
        "any-of" => Because::AnyOf(edits),
        "scenario" => Because::Scenario,
        _ => Because::Unknown,
    };
    Some((one, because))
}
