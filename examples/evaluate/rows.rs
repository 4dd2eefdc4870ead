//! Rows of JSONL files, plain or gzipped, and articles made of them.

use crate::Failure;
use flate2::read::MultiGzDecoder;
use serde_json::Value;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use wirecopy::language::Language;
use wirecopy::{Article, DAY, Published, Timestamp};

/// One JSON object of a file and where it stands.
pub(crate) struct Row {
    value: Value,
    place: String,
}

impl Row {
    /// A field as text; empty texts count as missing.
    pub(crate) fn text(&self, field: &str) -> Option<&str> {
        self.value.get(field).and_then(Value::as_str).filter(|text| !text.is_empty())
    }

    /// A field that must be there.
    pub(crate) fn required(&self, field: &str) -> Result<&str, Failure> {
        self.text(field)
            .ok_or_else(|| format!("{}: the row has no text `{field}`", self.place).into())
    }

    /// A number that must be there.
    pub(crate) fn number(&self, field: &str) -> Result<f64, Failure> {
        let number = self.value.get(field).and_then(Value::as_f64);
        number.ok_or_else(|| format!("{}: the row has no number `{field}`", self.place).into())
    }

    /// The texts of a list; empty when it is missing.
    pub(crate) fn list(&self, field: &str) -> Vec<&str> {
        let list = self.value.get(field).and_then(Value::as_array);
        list.into_iter().flatten().filter_map(Value::as_str).collect()
    }

    /// Whether a field is true, as a boolean or as the word.
    pub(crate) fn is_true(&self, field: &str) -> bool {
        match self.value.get(field) {
            Some(Value::Bool(value)) => *value,
            Some(Value::String(text)) => text.eq_ignore_ascii_case("true"),
            _ => false,
        }
    }

    /// The article of a row `id, text` and, where known, `title, date, source, lang`.
    pub(crate) fn article(&self) -> Result<Article, Failure> {
        let body = self.text("text").unwrap_or_default();
        let mut article = Article::new(self.required("id")?, body)?;
        if let Some(title) = self.text("title") {
            article = article.with_title(title);
        }
        if let Some(outlet) = self.text("source") {
            article = article.with_outlet(outlet);
        }
        if let Some(language) = self.text("lang").and_then(Language::new) {
            article = article.with_language(language);
        }
        if let Some(published) = self.text("date").and_then(published) {
            article = article.with_published(published);
        }
        Ok(article)
    }
}

/// The instant of `2026-03-02T14:05…` or `2-MAR-1987 14:05…`, or, without a time, the day as an interval. A time without a
/// zone is taken for UTC.
pub(crate) fn published(text: &str) -> Option<Published> {
    let text = text.trim();
    let (date, time) = text.split_once([' ', 'T']).unwrap_or((text, ""));
    let midnight = midnight(date)?;
    Some(match seconds_of_day(time) {
        Some(seconds) => Published::at(midnight.plus_seconds(seconds)),
        None => Published::between(Some(midnight), Some(midnight.plus_seconds(DAY - 1))).ok()?,
    })
}

fn midnight(date: &str) -> Option<Timestamp> {
    let parts: Vec<&str> = date.split('-').collect();
    let &[first, second, third] = parts.as_slice() else { return None };
    const MONTHS: [&str; 12] =
        ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    let named = MONTHS.iter().position(|name| name.eq_ignore_ascii_case(second));
    let (year, month, day) = match named {
        Some(month) => (third, month as i8 + 1, first),
        None => (first, second.parse().ok()?, third),
    };
    Timestamp::midnight(year.parse().ok()?, month, day.parse().ok()?)
}

fn seconds_of_day(time: &str) -> Option<i64> {
    let mut parts = time.split([':', '.']);
    let mut number =
        |limit: i64| parts.next()?.parse::<i64>().ok().filter(|number| (0..limit).contains(number));
    let (hour, minute) = (number(24)?, number(60)?);
    Some(hour * 3_600 + minute * 60 + number(60).unwrap_or(0))
}

/// The rows of a file.
pub(crate) fn read(path: &Path) -> Result<Vec<Row>, Failure> {
    let file = File::open(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let zipped = path.extension().is_some_and(|extension| extension == "gz");
    let bytes: Box<dyn Read> =
        if zipped { Box::new(MultiGzDecoder::new(file)) } else { Box::new(file) };
    let mut rows = Vec::new();
    for (number, line) in BufReader::new(bytes).lines().enumerate() {
        let place = format!("{}, line {}", path.display(), number + 1);
        let line = line.map_err(|error| format!("{place}: {error}"))?;
        if line.trim().is_empty() {
            continue;
        }
        let value: Value = serde_json::from_str(&line).map_err(|error| {
            format!("{place}, column {}: no JSON; mend or remove it", error.column())
        })?;
        if !value.is_object() {
            return Err(format!("{place}: expected a JSON object").into());
        }
        rows.push(Row { value, place });
    }
    Ok(rows)
}

/// A whole JSON file.
pub(crate) fn read_json(path: &Path) -> Result<Value, Failure> {
    let text =
        std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()).into())
}

/// The articles of rows.
pub(crate) fn articles(rows: &[Row]) -> Result<Vec<Article>, Failure> {
    rows.iter().map(Row::article).collect()
}
