//! The form of an exercise file, and the order of its injects: neither the story nor the clock goes back, and nothing goes
//! round in a circle.

use super::lower::Lowering;
use super::outline::{Inject, InjectId};
use crate::diagnostic::codes::exercise as codes;
use std::collections::BTreeSet;

/// The form of exercise files that this program reads.
const FORMAT: &str = "treaty-exercise/1";

impl Lowering<'_> {
    /// A later form of the file is for a later program.
    pub(super) fn format(&mut self) {
        if let Some(format) = &self.document.format
            && format.text != FORMAT
        {
            let wrong = codes::unknown_format(format.span, &format.text, FORMAT);
            self.diagnostics.push(wrong);
        }
    }

    /// Whatever comes next is not earlier.
    pub(super) fn story_goes_on(&mut self, injects: &[Inject]) {
        for (at, inject) in injects.iter().enumerate() {
            for next in inject.followers() {
                let later = &injects[next.0];
                let document = |at: usize| &self.document.injects[at];
                if later.story < inject.story {
                    let (here, before) = (document(next.0).story.span, document(at).story.span);
                    self.diagnostics.push(codes::story_goes_back(here, before));
                }
                if let (Some(then), Some(now)) = (later.at, inject.at)
                    && then < now
                {
                    let (here, before) = (later.span, inject.span);
                    self.diagnostics.push(codes::clock_goes_back(here, before));
                }
                if comes_back(injects, next, InjectId(at)) {
                    self.diagnostics.push(codes::circle(inject.span, &later.id));
                }
            }
        }
    }
}

/// Says of each inject which one is below it in the story.
pub(super) fn put_in_order(injects: &mut [Inject]) {
    let mut below = None;
    for (at, inject) in injects.iter_mut().enumerate().rev() {
        inject.below = below;
        if !inject.shelf {
            below = Some(InjectId(at));
        }
    }
}

/// Whether the story comes from one inject to another.
fn comes_back(injects: &[Inject], from: InjectId, to: InjectId) -> bool {
    let mut seen = BTreeSet::new();
    let mut open = vec![from];
    while let Some(at) = open.pop() {
        if at == to {
            return true;
        }
        if seen.insert(at) {
            open.extend(injects[at.0].followers());
        }
    }
    false
}
