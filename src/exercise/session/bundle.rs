//! A full copy of an exercise and its rulebook, so that a session is whole in one file and nothing on disk can change it.

use crate::exercise::Pack;
use crate::project::Project;
use crate::source::SourceId;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What a text of a bundle is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Treaties of the rulebook.
    Rules,
    /// The exercise file.
    Exercise,
    /// A brief or a scenario that the exercise names.
    Beside,
}

impl Kind {
    /// In a word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Rules => "rules",
            Self::Exercise => "exercise",
            Self::Beside => "beside",
        }
    }

    /// The one with this word.
    pub fn of_word(word: &str) -> Option<Self> {
        [Self::Rules, Self::Exercise, Self::Beside]
            .into_iter()
            .find(|kind| kind.word() == word)
    }
}

/// All texts of an exercise, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bundle {
    /// Kind, name and text of each.
    pub texts: Vec<(Kind, String, String)>,
}

impl Bundle {
    /// The texts of a pack.
    pub fn of(pack: &Pack) -> Self {
        let sources = &pack.project.sources;
        let own = pack.file;
        // Whatever was read before the exercise file is the rulebook.
        let rules = 0..own.map_or(0, |id| id.0);
        let mut texts: Vec<(Kind, String, String)> = rules
            .map(|at| {
                let source = sources.get(SourceId(at));
                (Kind::Rules, source.name.clone(), source.text.clone())
            })
            .collect();
        if let Some(id) = own {
            let source = sources.get(id);
            texts.push((Kind::Exercise, source.name.clone(), source.text.clone()));
        }
        let beside = pack.beside.iter();
        texts.extend(beside.map(|(name, text)| (Kind::Beside, name.clone(), text.clone())));
        Self { texts }
    }

    /// The exercise, read anew from the copy.
    pub fn pack(&self) -> Pack {
        let rules = self.texts_of(Kind::Rules);
        let rules = rules.map(|(_, name, text)| (name.clone(), text.clone()));
        self.pack_under(Project::of_texts(rules))
    }

    /// The same under another rulebook.
    pub fn pack_under(&self, project: Project) -> Pack {
        let of = |kind: Kind| self.texts_of(kind);
        let (name, text) = of(Kind::Exercise)
            .next()
            .map(|(_, name, text)| (name.clone(), text.clone()))
            .unwrap_or_default();
        let files = |path: &str| {
            let found = of(Kind::Beside).find(|(_, name, _)| name == path);
            found
                .map(|(_, _, text)| text.clone())
                .ok_or_else(|| "it is not in the session".to_owned())
        };
        Pack::of_text(&name, text, project, &files)
    }

    fn texts_of(&self, kind: Kind) -> impl Iterator<Item = &(Kind, String, String)> {
        self.texts.iter().filter(move |(own, ..)| *own == kind)
    }

    /// Without the rulebook.
    #[must_use]
    pub fn without_rules(mut self) -> Self {
        self.texts.retain(|(kind, ..)| *kind != Kind::Rules);
        self
    }

    /// SHA-256 of the texts of these kinds, in hexadecimal.
    pub fn hash(&self, kinds: &[Kind]) -> String {
        let texts = self.texts.iter();
        let texts = texts.filter(|(kind, ..)| kinds.contains(kind));
        digest(texts.flat_map(|(_, name, text)| {
            // The folder of a rulebook is no part of it.
            let name = name.rsplit('/').next().unwrap_or(name);
            [name, text.as_str()]
        }))
    }

    /// What the exercise is called, as its file says it.
    pub fn title(&self) -> &str {
        let mut texts = self.texts.iter();
        let found = texts.find(|(kind, ..)| *kind == Kind::Exercise);
        let text = found.map_or("", |(_, _, text)| text);
        let mut lines = text.lines();
        let title = lines.find_map(|line| line.strip_prefix("exercise:"));
        title.map_or("", |title| title.trim().trim_matches(['"', '\'']))
    }

    /// Hash of the exercise itself.
    pub fn exercise_hash(&self) -> String {
        self.hash(&[Kind::Exercise, Kind::Beside])
    }

    /// Hash of the rulebook.
    pub fn rules_hash(&self) -> String {
        self.hash(&[Kind::Rules])
    }
}

/// SHA-256 of some texts, in hexadecimal.
pub(crate) fn digest<'t>(parts: impl Iterator<Item = &'t str>) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        // Lengths first, so that no two lists of texts read alike.
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    let digest = hasher.finalize();
    digest.iter().fold(String::new(), |mut text, byte| {
        text.push_str(&format!("{byte:02x}"));
        text
    })
}
