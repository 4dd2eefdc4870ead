//! Dispatches against a literal reading of their definition, by name and at size.

mod cases;
mod corpus;
mod laws;
mod oracle;
mod scale;
