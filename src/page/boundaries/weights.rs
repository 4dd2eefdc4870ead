//! The weights of the measures, read from `weights.tsv`, which `tests/composed/fit.py` writes.

use super::columns;
use super::states::COLUMNS;
use std::collections::BTreeMap;
use std::sync::LazyLock;

pub(super) struct Weights {
    /// From state (row) to state.
    pub(super) transitions: [[f64; 4]; 4],
    /// By column.
    pub(super) measures: Vec<[f64; COLUMNS]>,
}

pub(super) static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| parse(include_str!("weights.tsv")));

/// A name, a tab, and the weights in hundredths, tabs between; what has no line weighs nothing.
fn parse(table: &str) -> Weights {
    let names = columns::names();
    let places: BTreeMap<&str, usize> = names.iter().map(String::as_str).zip(0..).collect();
    let mut weights =
        Weights { transitions: [[0.0; 4]; 4], measures: vec![[0.0; COLUMNS]; names.len()] };
    const STATES: [&str; 4] = ["from outside", "from start", "from head", "from text"];
    for line in table.lines() {
        let mut fields = line.split('\t');
        let name = fields.next().unwrap_or_default();
        let values = fields.map(|field| f64::from(field.parse::<i32>().unwrap_or(0)) / 100.0);
        let row: &mut [f64] = match STATES.iter().position(|state| *state == name) {
            Some(state) => weights.transitions.get_mut(state).map_or(&mut [], |row| row),
            None => match places.get(name).and_then(|&at| weights.measures.get_mut(at)) {
                Some(row) => row,
                None => continue,
            },
        };
        row.iter_mut().zip(values).for_each(|(slot, value)| *slot = value);
    }
    weights
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_a_measure_and_holds_numbers() {
        let names = columns::names();
        for line in include_str!("weights.tsv").lines().filter(|line| !line.starts_with('#')) {
            let (name, values) = line.split_once('\t').unwrap();
            assert!(name.starts_with("from ") || names.iter().any(|it| it == name), "{name}");
            assert!(values.split('\t').all(|value| value.parse::<i32>().is_ok()), "{line}");
        }
    }

    #[test]
    fn names_of_measures_are_different() {
        let names = columns::names();
        let different: std::collections::BTreeSet<&String> = names.iter().collect();
        assert_eq!((different.len(), names.len()), (columns::MEASURES, columns::MEASURES));
    }
}
