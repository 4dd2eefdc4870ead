//! What is timed: tasks of one input each, done by several variants, whose answers were checked when the task was made.

mod estimate;
mod links;
mod lsh;
mod shingle;
mod sketch;
mod stories;
mod verify;
pub(crate) mod whole_job;

use std::hint::black_box;
use std::time::Duration;

/// The groups, in the order of the data's way.
pub(crate) const GROUPS: [(&str, MakeTasks); 8] = [
    ("shingle", shingle::tasks),
    ("sketch", sketch::tasks),
    ("estimate", estimate::tasks),
    ("lsh", lsh::tasks),
    ("verify", verify::tasks),
    ("whole_job", whole_job::tasks),
    ("links", links::tasks),
    ("stories", stories::tasks),
];

/// Makes the inputs of a group and checks the answers of all variants.
pub(crate) type MakeTasks = fn() -> Vec<Task>;

/// One input and what is done with it.
pub(crate) struct Task {
    /// What the input is, in an identifier.
    pub(crate) input: String,
    /// What one run goes through.
    pub(crate) amount: Amount,
    /// The variant that the others are compared with; `None` where no two do the same.
    pub(crate) yardstick: Option<&'static str>,
    /// All variants.
    pub(crate) variants: Vec<Variant>,
}

/// How much one run goes through.
#[derive(Clone, Copy)]
pub(crate) struct Amount {
    pub(crate) elements: u64,
    /// What an element is, in the plural.
    pub(crate) unit: &'static str,
    /// Bytes of text, or of what stands for it.
    pub(crate) bytes: u64,
}

/// One way to do a task.
pub(crate) struct Variant {
    pub(crate) name: String,
    /// Does it once; says what processor time that took, if it knows better than who calls it.
    pub(crate) run: Box<dyn FnMut() -> Option<Duration>>,
}

impl Task {
    pub(crate) fn new(input: impl Into<String>, amount: Amount) -> Task {
        Task { input: input.into(), amount, yardstick: None, variants: Vec::new() }
    }

    /// Adds the variant that the others are compared with.
    pub(crate) fn yardstick<T>(self, name: &'static str, run: impl FnMut() -> T + 'static) -> Task {
        Task { yardstick: Some(name), ..self }.variant(name, run)
    }

    pub(crate) fn variant<T>(
        self,
        name: impl Into<String>,
        mut run: impl FnMut() -> T + 'static,
    ) -> Task {
        self.elsewhere(name, move || {
            black_box(run());
            None
        })
    }

    /// Adds a variant that says itself what it took: another process does it, or not all of it counts.
    pub(crate) fn elsewhere(
        mut self,
        name: impl Into<String>,
        run: impl FnMut() -> Option<Duration> + 'static,
    ) -> Task {
        self.variants.push(Variant { name: name.into(), run: Box::new(run) });
        self
    }
}
