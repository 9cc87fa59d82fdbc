//! A rulebook made ready once for all questions of an exercise: most of the work of a key is making it ready.

use crate::engine::Engine;
use crate::model::rulebook::Rulebook;
use std::sync::{Arc, OnceLock};

self_cell::self_cell!(
    struct Held {
        owner: Rulebook,
        #[covariant]
        dependent: Engine,
    }
);

/// An engine with the rulebook that it reads, made when it is first asked for.
#[derive(Clone, Default)]
pub(super) struct Ready(OnceLock<Arc<Held>>);

impl Ready {
    /// The engine of this rulebook.
    pub(super) fn engine(&self, rulebook: &Rulebook) -> &Engine<'_> {
        let held = || {
            Arc::new(Held::new(rulebook.clone(), |rulebook| {
                Engine::new(rulebook)
            }))
        };
        self.0.get_or_init(held).borrow_dependent()
    }
}

impl std::fmt::Debug for Ready {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Ready")
    }
}
