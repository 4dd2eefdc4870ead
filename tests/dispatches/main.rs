//! Dispatches against a literal reading of their definition, by name and at size.

#![expect(clippy::unwrap_used, reason = "helpers of tests: a panic is the failure of the test")]

mod cases;
mod corpus;
mod decisions;
mod laws;
mod oracle;
mod pick_up;
mod scale;
#[path = "../timing/mod.rs"]
mod timing;
