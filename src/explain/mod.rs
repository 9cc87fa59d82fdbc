//! Why a position holds, why not, and what would change it.

mod account;
mod fact_line;
mod miss;
mod nest;
mod reason;
mod what_would;
mod why;

pub use account::{Accounts, accounts, alternatives, hinge_names, hinges, on_account};
pub use fact_line::FactLine;
pub use reason::{About, Reason, Standing};
pub use what_would::{Change, Would, changed};
pub use why::{Explainer, Explanation, Instance, NotHeld, explain};
