//! Numbers by what they say: "2.000" is "2 000", "20h" is "20H00", and "trois" is 3.

use crate::text::{TextScheme, TokenisedText};
use ahash::AHashMap;
use std::sync::LazyLock;

/// Numbers as words, with their values; the articles "un", "ein" are no numbers.
const NUMBER_WORDS: &[(&str, u32)] = &[
    ("deux", 2),
    ("trois", 3),
    ("quatre", 4),
    ("cinq", 5),
    ("six", 6),
    ("sept", 7),
    ("huit", 8),
    ("neuf", 9),
    ("dix", 10),
    ("onze", 11),
    ("douze", 12),
    ("treize", 13),
    ("quatorze", 14),
    ("quinze", 15),
    ("seize", 16),
    ("vingt", 20),
    ("trente", 30),
    ("quarante", 40),
    ("cinquante", 50),
    ("soixante", 60),
    ("cent", 100),
    ("mille", 1000),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("hundred", 100),
    ("thousand", 1000),
    ("zwei", 2),
    ("drei", 3),
    ("vier", 4),
    ("fünf", 5),
    ("sechs", 6),
    ("sieben", 7),
    ("acht", 8),
    ("neun", 9),
    ("zehn", 10),
    ("elf", 11),
    ("zwölf", 12),
    ("zwanzig", 20),
    ("dreißig", 30),
    ("vierzig", 40),
    ("fünfzig", 50),
    ("hundert", 100),
    ("tausend", 1000),
    ("dos", 2),
    ("tres", 3),
    ("cuatro", 4),
    ("cinco", 5),
    ("seis", 6),
    ("siete", 7),
    ("ocho", 8),
    ("nueve", 9),
    ("diez", 10),
    ("veinte", 20),
    ("treinta", 30),
    ("cien", 100),
    ("mil", 1000),
];

/// What a number says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Value {
    /// A whole number, in digits or as a word.
    Whole(u64),
    /// A time of day; without minutes where none are said.
    Time(u8, Option<u8>),
    /// Anything else, such as "1,5" or "14th", by the key of its detail.
    Other(u64),
}

impl Value {
    /// The value of a number as it is written, or `key` where it is none of the known forms.
    ///
    /// Houses write one number in many ways: a dispatch's "8 000" is another's "8000" or "8.000",
    /// its "16H00" another's "16 h". Of 32 judged copies and updates with a conflict inside three
    /// quarters of common text, 13 had no other conflict than such a pair.
    pub(crate) fn of(written: &str, key: u64) -> Value {
        whole(written).map(Value::Whole).or_else(|| time(written)).unwrap_or(Value::Other(key))
    }

    /// The value of a number word.
    pub(crate) fn of_word(hash: u64) -> Option<Value> {
        NUMBER_VALUES.get(&hash).map(|value| Value::Whole(u64::from(*value)))
    }

    /// Whether the two may be one number: an hour is what a time without its minutes is.
    pub(crate) fn agrees(self, other: Value) -> bool {
        match (self, other) {
            (Value::Time(hour, minutes), Value::Time(of, said)) => {
                hour == of && (minutes == said || minutes.is_none() || said.is_none())
            }
            (Value::Time(hour, _), Value::Whole(number))
            | (Value::Whole(number), Value::Time(hour, _)) => u64::from(hour) == number,
            _ => self == other,
        }
    }
}

/// Digits, in one group or in groups of three after the first.
fn whole(written: &str) -> Option<u64> {
    let mut groups = written.split(|c: char| !c.is_ascii_digit());
    let first = groups.next().filter(|first| !first.is_empty())?;
    let mut value: u64 = first.parse().ok()?;
    for (at, group) in groups.enumerate() {
        // "0.750" has no thousands, and "1500.000" has decimals.
        if group.len() != 3 || (at == 0 && (first.len() > 3 || value == 0)) {
            return None;
        }
        value = value.checked_mul(1000)?.checked_add(group.parse().ok()?)?;
    }
    Some(value)
}

/// "20h", "20H00", "8h05", "20:30".
fn time(written: &str) -> Option<Value> {
    let (hour, minutes) = written.split_once(['h', 'H', ':'])?;
    let number = |digits: &str, most: u8| {
        let is_number = matches!(digits.len(), 1 | 2) && digits.bytes().all(|b| b.is_ascii_digit());
        digits.parse().ok().filter(|value| is_number && *value < most)
    };
    let hour = number(hour, 25)?;
    if minutes.is_empty() {
        return Some(Value::Time(hour, None));
    }
    number(minutes, 60).map(|minutes| Value::Time(hour, Some(minutes)))
}

static NUMBER_VALUES: LazyLock<AHashMap<u64, u32>> = LazyLock::new(|| {
    let mut values = AHashMap::new();
    for scheme in [TextScheme::default(), TextScheme::default().keep_accents(true)] {
        for (word, value) in NUMBER_WORDS {
            let text = TokenisedText::of_text(word, &scheme).unwrap_or_default();
            if let [token] = text.tokens() {
                values.insert(token.hash, *value);
            }
        }
    }
    values
});

#[cfg(test)]
mod tests {
    use super::*;

    fn agree(a: &str, b: &str) -> bool {
        let agrees = Value::of(a, 1).agrees(Value::of(b, 2));
        assert_eq!(agrees, Value::of(b, 2).agrees(Value::of(a, 1)), "{a} {b}");
        agrees
    }

    #[test]
    fn one_number_is_written_in_many_ways() {
        for (a, b) in [
            ("8000", "8 000"),
            ("8.000", "8\u{a0}000"),
            ("1,660,000", "1 660 000"),
            ("09", "9"),
            ("16H00", "16h"),
            ("16H00", "16"),
            ("17h30", "17:30"),
            ("17h30", "17"),
        ] {
            assert!(agree(a, b), "{a} {b}");
        }
    }

    #[test]
    fn other_numbers_are_others() {
        for (a, b) in [
            ("8000", "8 001"),
            ("1,660,000", "1,660,300"),
            ("1.4", "14"),
            ("0.750", "750"),
            ("0.50", "1"),
            ("1500.000", "1500000"),
            ("17h30", "17h45"),
            ("17h30", "1730"),
            ("18:21:12", "18:08:31"),
            ("14e", "14"),
            ("99999999999999999999999", "99999999999999999999998"),
            ("", "0"),
        ] {
            assert!(!agree(a, b), "{a} {b}");
        }
    }
}
