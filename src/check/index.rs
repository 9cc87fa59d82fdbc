//! Which clauses each article has and what kinds of position they grant, known before any of them is lowered.

use crate::model::condition::Scope;
use crate::model::ids::TreatyId;
use crate::model::norm::Modality;
use crate::syntax::ast;
use rustc_hash::FxHashMap;

/// Labels and modalities by treaty and article.
#[derive(Clone, Debug, Default)]
pub(super) struct Clauses {
    known: FxHashMap<(TreatyId, u16), Vec<Entry>>,
}

#[derive(Clone, Debug)]
struct Entry {
    label: Option<String>,
    modalities: Vec<Modality>,
}

impl Clauses {
    /// Notes the clauses of an article.
    pub(super) fn note(&mut self, treaty: TreatyId, article: u16, clauses: &[ast::Clause]) {
        let entries = self.known.entry((treaty, article)).or_default();
        for clause in clauses {
            let ast::ClauseBody::Norms { norms, .. } = &clause.body else {
                continue;
            };
            entries.push(Entry {
                label: clause.label.as_ref().map(|label| label.text.clone()),
                modalities: norms.iter().filter_map(norm_modality).collect(),
            });
        }
    }

    /// Forgets the clauses of a treaty.
    pub(super) fn forget(&mut self, treaty: TreatyId) {
        self.known.retain(|(own, _), _| *own != treaty);
    }

    /// The labels of the clauses of an article.
    pub(super) fn labels(&self, treaty: TreatyId, article: u16) -> Vec<String> {
        let mut labels: Vec<String> = Vec::new();
        for entry in self.known.get(&(treaty, article)).into_iter().flatten() {
            if let Some(label) = &entry.label
                && !labels.contains(label)
            {
                labels.push(label.clone());
            }
        }
        labels
    }

    /// The kinds of position that a scope grants.
    pub(super) fn modalities(&self, scope: &Scope) -> Vec<Modality> {
        let mut found: Vec<Modality> = Vec::new();
        for ((treaty, article), entries) in &self.known {
            let meant = scope.treaty.is_none_or(|wanted| wanted == *treaty)
                && scope.article.is_none_or(|wanted| wanted == *article);
            if !meant {
                continue;
            }
            let entries = entries
                .iter()
                .filter(|entry| scope.clause.is_none() || scope.clause == entry.label);
            found.extend(entries.flat_map(|entry| &entry.modalities));
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

fn norm_modality(norm: &ast::Norm) -> Option<Modality> {
    match &norm.head {
        ast::NormHead::Deem(_) => None,
        ast::NormHead::Modal(modal) => Some(modality(modal)),
    }
}

/// What kind of position a modal grants.
pub(super) fn modality(modal: &ast::Modal) -> Modality {
    if matches!(modal.subject, ast::Subject::No { .. }) {
        return Modality::Prohibition;
    }
    match modal.modality {
        ast::Modality::Shall => Modality::Duty,
        ast::Modality::ShallNot | ast::Modality::MayNot => Modality::Prohibition,
        ast::Modality::May => Modality::Permission,
        ast::Modality::HasPower => Modality::Power,
    }
}
