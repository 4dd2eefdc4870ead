//! Invented texts whose words know where they come from, and the edits of newsrooms.

pub(crate) mod edits;
pub(crate) mod text;
