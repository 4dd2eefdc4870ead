//! Figures as JSON and as lines of a table. Each comes with its interval: `name` and `name_ci`.

use serde_json::{Map, Value, json};
use wirecopy::eval::{Bootstrap, ClusteringScores, Estimate, Interval, Score, ScoreEstimate};

/// Adds a figure and its interval to an object, both rounded.
pub(crate) fn put(object: &mut Map<String, Value>, name: &str, value: f64, interval: Interval) {
    object.insert(name.to_owned(), json!(rounded(value)));
    object.insert(format!("{name}_ci"), json!([rounded(interval.low), rounded(interval.high)]));
}

fn rounded(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

/// Precision, recall and F1 of parts of a sum, with their intervals.
pub(crate) fn score<const N: usize>(parts: &[[f64; N]], of: impl Fn(&[f64; N]) -> Score) -> Value {
    estimate(&ScoreEstimate::of_parts(parts, of, &Bootstrap::default()))
}

pub(crate) fn estimate(it: &ScoreEstimate) -> Value {
    let mut object = Map::new();
    put(&mut object, "precision", it.score.precision, it.precision_interval);
    put(&mut object, "recall", it.score.recall, it.recall_interval);
    put(&mut object, "f1", it.score.f1, it.f1_interval);
    Value::Object(object)
}

/// A share of parts `[part, whole]`, with its interval; 1 of nothing.
pub(crate) fn put_share(object: &mut Map<String, Value>, name: &str, parts: &[[f64; 2]]) {
    let share = |[part, whole]: &[f64; 2]| (*whole > 0.0).then(|| part / whole);
    if let Some(it) = Estimate::of_parts(parts, share, &Bootstrap::default()) {
        put(object, name, it.value, it.interval);
    }
}

pub(crate) fn clustering(scores: &ClusteringScores) -> Value {
    let mut object = Map::new();
    let plain = |object: &mut Map<String, Value>, name: &str, it: &Estimate| {
        put(object, name, it.value, it.interval);
    };
    object.insert("bcubed".to_owned(), estimate(&scores.bcubed));
    plain(&mut object, "ari", &scores.adjusted_rand_index);
    plain(&mut object, "v_measure", &scores.v_measure.v);
    plain(&mut object, "homogeneity", &scores.v_measure.homogeneity);
    plain(&mut object, "completeness", &scores.v_measure.completeness);
    object.insert("pairwise".to_owned(), estimate(&scores.pairwise));
    object.insert("gold".to_owned(), json!(scores.gold_clusters));
    object.insert("predicted".to_owned(), json!(scores.predicted_clusters));
    Value::Object(object)
}

/// Prints the figures of an object, one a line: `path  value [low, high]`.
pub(crate) fn print(title: &str, value: &Value) {
    say!("{title}");
    lines("  ", value);
}

fn lines(indent: &str, value: &Value) {
    for (name, inner) in value.as_object().into_iter().flatten() {
        let interval = value.get(format!("{name}_ci")).and_then(Value::as_array);
        let text = match inner {
            Value::Object(_) => {
                say!("{indent}{name}");
                lines(&format!("{indent}  "), inner);
                continue;
            }
            _ if name.ends_with("_ci") => continue,
            Value::Number(number) if number.is_f64() => {
                format!("{:.3}", inner.as_f64().unwrap_or(0.0))
            }
            other => other.to_string(),
        };
        let bounds: Vec<String> = interval
            .into_iter()
            .flatten()
            .map(|bound| format!("{:.3}", bound.as_f64().unwrap_or(0.0)))
            .collect();
        let bounds =
            if bounds.is_empty() { String::new() } else { format!("  [{}]", bounds.join(", ")) };
        say!("{indent}{name:<16} {text}{bounds}");
    }
}
