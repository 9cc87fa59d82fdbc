//! Casus: a treaty obligation rules engine. It reads treaties as rules and situations as facts, and derives who owes what to
//! whom: under which article, from which day to which, on whose account of disputed facts, and why.
//!
//! The whole flow, from texts to an answer with its reasons:
//!
//! ```
//! use casus::report::{explanation::explanation, style::Style};
//! use casus::{Case, Engine, Options, Project, explain};
//!
//! // 1. Treaties: from texts here, from files with `Project::load`.
//! let mut project = Project::of_texts([(
//!     "pact.treaty",
//!     r#"
//!     state arcadia
//!     state borland
//!     state cedria
//!     verb attack, attacks, attacked  lasts
//!     verb provoke, provokes, provoked  open
//!     verb assist, assists, assisted  takes object, against  lasts
//!
//!     treaty pact
//!       parties arcadia, borland
//!       in force from 1950-01-01
//!     article 1
//!       when a state A attacks a party P, unless P has provoked A,
//!       each other party Q shall assist P against A.
//!     "#,
//! )]);
//! assert!(!project.has_errors(), "{:?}", project.diagnostics);
//!
//! // 2. A situation: from a text here, from a file with `Case::load`.
//! let case = Case::of_text(
//!     "crisis.yaml",
//!     "
//! scenario: Crisis
//! as-of: 1950-06-26
//! events:
//!   - what: cedria attacks arcadia
//!     from: 1950-06-25
//! "
//!     .to_owned(),
//!     &mut project,
//! );
//! let query = case
//!     .query("borland shall assist arcadia", &mut project)
//!     .expect("a sentence of the language");
//! let scenario = case.scenario.as_ref().expect("no mistake in it");
//!
//! // 3. Who owes what to whom? It is open whether arcadia provoked the attack: silence proves nothing there.
//! let engine = Engine::new(case.rulebook(&project));
//! let outcome = engine.evaluate(scenario, &Options::default());
//! assert_eq!(outcome.positions.len(), 1);
//!
//! // 4. Why?
//! let answer = explain(&engine, scenario, &Options::default(), &query);
//! let told = explanation(engine.rulebook(), &answer, query.modality, Style::default());
//! assert!(told.contains("cedria attacks arcadia"), "{told}");
//! assert!(told.contains("arcadia has provoked cedria"), "{told}");
//! ```
//!
//! A mistake in a text is no error of a function: it is among the `diagnostics` of a [`Project`] or [`Case`], with its place, and
//! all of them are found at once. [`Project::load`] and [`Case::load`] fail only where the operating system does. A [`Rulebook`]
//! and a [`Scenario`] are what is left when all names are resolved; they know no text and no file, so the engine works wherever
//! they can be had, on `wasm32-unknown-unknown` too.
//!
//! The modules, from the ground up (`ARCHITECTURE.md` says who may know whom):
//!
//! | for | modules |
//! | --- | --- |
//! | texts and days | [`source`], [`calendar`], [`diagnostic`] |
//! | truth over days and readings | [`extent`] |
//! | what treaties and facts are | [`model`], [`wording`] |
//! | reading them | [`syntax`], [`scenario`], [`check`], [`project`], [`case`], [`builtin`] |
//! | deriving and explaining | [`engine`], [`mod@explain`], [`expect`] |
//! | changing the rules | [`change`] |
//! | finding | [`catalogue`] |
//! | telling | [`report`], `cli` |

pub mod builtin;
pub mod calendar;
pub mod case;
pub mod catalogue;
pub mod change;
pub mod check;
#[cfg(feature = "cli")]
pub mod cli;
pub mod diagnostic;
#[cfg(feature = "exercise")]
pub mod drill;
pub mod engine;
#[cfg(feature = "exercise")]
pub mod exercise;
pub mod expect;
pub mod explain;
pub mod extent;
pub mod model;
mod needed;
mod parallel;
pub mod project;
pub mod report;
pub mod scenario;
#[cfg(feature = "serve")]
pub mod serve;
pub mod source;
pub mod syntax;
pub mod wording;
pub mod yaml;

pub use case::Case;
pub use engine::{Engine, Options, Outcome, evaluate};
pub use explain::{Explanation, explain};
pub use model::fact::Scenario;
pub use model::rulebook::Rulebook;
pub use project::Project;
