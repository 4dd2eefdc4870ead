//! `report`: every labelled set of a directory as one Markdown table, each figure with its 95 % interval.
//!
//! Figures of half 0 are of what constants were chosen on; those of half 1, of `dev` and of `test` are the ones to believe.

use crate::{Failure, everything};
use serde_json::Value;
use std::path::Path;

/// What a set may be scored by: the way to the figure in its JSON, and its name for people. A way that a set does not have
/// is passed over.
const FIGURES: [(&str, &str); 46] = [
    ("articles/f1", "articles F1 (IoU ≥ .8)"),
    ("starts/f1", "start lines F1"),
    ("agency/f1", "agency credits F1"),
    ("photo_credit/f1", "photo credits F1"),
    ("attributed/f1", "attributions F1"),
    ("published/accuracy", "publication times right"),
    ("passages/precision", "passages precision"),
    ("passages/recall", "passages recall"),
    ("links/accuracy", "kinds of links right"),
    ("copy/precision", "copy or update, precision"),
    ("copy/recall", "copy or update, recall"),
    ("reuse/f1", "reuse F1"),
    ("kinds/accuracy", "kinds right"),
    ("half_0/copy/precision", "half 0: copy or update, precision"),
    ("half_0/copy/recall", "half 0: copy or update, recall"),
    ("half_0/reuse/f1", "half 0: reuse F1"),
    ("half_0/kinds/accuracy", "half 0: kinds right"),
    ("half_1/copy/precision", "half 1: copy or update, precision"),
    ("half_1/copy/recall", "half 1: copy or update, recall"),
    ("half_1/reuse/f1", "half 1: reuse F1"),
    ("half_1/kinds/accuracy", "half 1: kinds right"),
    ("stories/bcubed/f1", "stories BCubed F1"),
    ("baseline/bcubed/f1", "– its baseline"),
    ("gain", "– gain over the baseline"),
    ("gain_at_its_best", "– gain over the baseline tuned on this set"),
    ("stories/pairwise/f1", "stories pairwise F1"),
    ("stories/pairwise_without_two_largest/f1", "– without the two largest stories"),
    ("train/stories/bcubed/f1", "train: stories BCubed F1"),
    ("train/gain", "train: gain over the baseline"),
    ("dev/stories/bcubed/f1", "dev: stories BCubed F1"),
    ("dev/gain", "dev: gain over the baseline"),
    ("half_0/stories/bcubed/f1", "half 0: stories BCubed F1"),
    ("half_0/gain", "half 0: gain over the baseline"),
    ("half_0/gain_at_its_best", "half 0: gain over the baseline tuned on this set"),
    ("half_0/stories/pairwise/f1", "half 0: stories pairwise F1"),
    ("half_1/stories/bcubed/f1", "half 1: stories BCubed F1"),
    ("half_1/gain", "half 1: gain over the baseline"),
    ("half_1/gain_at_its_best", "half 1: gain over the baseline tuned on this set"),
    ("half_1/stories/pairwise/f1", "half 1: stories pairwise F1"),
    ("train/en/pearson", "train: Pearson, English"),
    ("train/all/pearson", "train: Pearson, languages of ≥ 50 pairs"),
    ("test/en/pearson", "test: Pearson, English"),
    ("test/all/pearson", "test: Pearson, languages of ≥ 50 pairs"),
    ("groups/identical_text/copy_or_update", "identical texts linked copy or update"),
    ("groups/edited_version/copy_or_update", "edited versions linked copy or update"),
    ("groups/same_title_or_heading_only/copy_or_update", "– the same for traps of one title"),
];

pub(crate) fn evaluate(directory: &Path) -> Result<Value, Failure> {
    let sets = everything::evaluate(directory)?;
    say!("\n| set | figure | value | 95 % interval |\n|---|---|---|---|");
    for (name, figures) in sets.as_object().into_iter().flatten() {
        let mut first = true;
        for (way, title) in FIGURES {
            let Some((value, interval)) = figure(figures, way) else { continue };
            let set = if first { name.as_str() } else { "" };
            say!("| {set} | {title} | {value:.3} | {interval} |");
            first = false;
        }
        if let Some(error) = figures.get("error").and_then(Value::as_str) {
            say!("| {name} | not evaluated: {} | | |", error.replace('|', "\\|"));
        }
    }
    say!("");
    Ok(sets)
}

/// The number at the end of a way, and its interval as text.
fn figure(set: &Value, way: &str) -> Option<(f64, String)> {
    let (object, name) = match way.rsplit_once('/') {
        Some((parents, name)) => {
            (parents.split('/').try_fold(set, |value, name| value.get(name))?, name)
        }
        None => (set, way),
    };
    let value = object.get(name)?.as_f64()?;
    let bound = |at: usize| object.get(format!("{name}_ci"))?.get(at)?.as_f64();
    let interval = match (bound(0), bound(1)) {
        (Some(low), Some(high)) => format!("{low:.2} – {high:.2}"),
        _ => String::new(),
    };
    Some((value, interval))
}
