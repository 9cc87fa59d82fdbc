//! Two versions of a rulebook compared: where they differ, shown by a scenario, or that they agree.

mod affected;
mod answer;
mod beyond;
mod candidate;
mod cast;
mod classes;
mod clinic;
mod compare;
mod complete;
mod days;
mod declared;
mod document;
mod edited;
#[cfg(test)]
pub(crate) mod fault;
mod finding;
mod joint;
mod kind;
mod maker;
mod moments;
mod patterns;
mod places;
mod proof;
mod rivals;
mod rounds;
mod said;
mod search;
mod sense;
mod slice;
mod stage;
mod switch;
mod versions;
mod witness;
mod world;

pub use affected::Affected;
pub use answer::{Agreement, Answer, Bounds, Contradiction};
pub use beyond::{Beyond, aspect_words};
pub use clinic::{Clash, Clinic, Example, Findings, Verdict};
pub use compare::{Aspect, Obligation};
pub(super) use document::beyond as document;
pub use kind::Kind;
pub use proof::Checked;
pub use rivals::Rivalry;
pub use rounds::wants_performance;
pub use versions::Versions;
pub use witness::{Description, Stated, Witness, scenario};
