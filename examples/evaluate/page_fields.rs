//! What the pages tell of each article beside its text: agency, picture credit, sources quoted, day of publication.

use crate::figures;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use wirecopy::eval::Score;
use wirecopy::page::{Agency, CreditRole};
use wirecopy::{Article, Published};

/// The fields of one article as labelled; `None` where the labels say nothing.
#[derive(Default)]
pub(crate) struct Labelled {
    pub(crate) agency: Option<BTreeSet<Agency>>,
    pub(crate) photo_credit: Option<BTreeSet<Agency>>,
    pub(crate) attributed: Option<BTreeSet<Agency>>,
    /// When it was published, as an interval that an answer must meet.
    pub(crate) published: Published,
    /// Whether the page tells it.
    pub(crate) told: bool,
}

/// Counts of right, predicted and labelled values by page, so that pages are what is resampled.
#[derive(Default)]
pub(crate) struct Fields {
    parts: BTreeMap<(&'static str, String), [f64; 3]>,
    /// Intervals that meet the labelled time, and labelled times, by page.
    met: BTreeMap<String, [f64; 2]>,
}

impl Fields {
    /// Adds the answer for one labelled article of a page; `None` when the article was not found.
    pub(crate) fn add(&mut self, page: &str, labelled: &Labelled, found: Option<&Article>) {
        for (name, role, right) in [
            ("agency", CreditRole::Text, &labelled.agency),
            ("photo_credit", CreditRole::Photo, &labelled.photo_credit),
            ("attributed", CreditRole::Attribution, &labelled.attributed),
        ] {
            let Some(right) = right else { continue };
            let named = found.map(|article| agencies(article, role)).unwrap_or_default();
            let both = named.intersection(right).count();
            self.count(name, page, [both, named.len(), right.len()]);
        }
        let answer = found.map(Article::published).unwrap_or(Published::UNKNOWN);
        let meets = answer.distance(labelled.published) == Some(0);
        let dated = answer.is_bounded();
        self.count(
            "published",
            page,
            [
                usize::from(dated && labelled.told && meets),
                usize::from(dated),
                usize::from(labelled.told),
            ],
        );
        // An open interval meets whatever is not outside of it.
        let held = !dated && answer.distance(labelled.published).is_none_or(|seconds| seconds == 0);
        let met = self.met.entry(page.to_owned()).or_default();
        met[0] += f64::from(u8::from(meets || held));
        met[1] += 1.0;
    }

    fn count(&mut self, name: &'static str, page: &str, counts: [usize; 3]) {
        let parts = self.parts.entry((name, page.to_owned())).or_default();
        for (part, count) in parts.iter_mut().zip(counts) {
            *part += count as f64;
        }
    }

    /// Adds precision, recall and F1 of each field, and for the day the share of intervals that hold it.
    pub(crate) fn figures(&self, object: &mut Map<String, Value>) {
        for name in ["agency", "photo_credit", "attributed", "published"] {
            let parts: Vec<[f64; 3]> = self
                .parts
                .iter()
                .filter(|((field, _), _)| *field == name)
                .map(|(_, parts)| *parts)
                .collect();
            if !parts.is_empty() {
                object.insert(name.to_owned(), figures::score(&parts, Score::of_counts));
            }
        }
        let met: Vec<[f64; 2]> = self.met.values().copied().collect();
        if let Some(published) = object.get_mut("published").and_then(Value::as_object_mut) {
            figures::put_share(published, "accuracy", &met);
        }
    }
}

/// The agencies that an article names in one role. Of its own agency it says "told AFP" too: that is no other source.
fn agencies(article: &Article, role: CreditRole) -> BTreeSet<Agency> {
    let of = |role: CreditRole| -> BTreeSet<Agency> {
        let credits = article.credits().iter().filter(|credit| credit.role == role);
        credits.map(|credit| credit.agency).collect()
    };
    let mut named = of(role);
    if role == CreditRole::Attribution {
        let own = of(CreditRole::Text);
        named.retain(|agency| !own.contains(agency));
    }
    named
}

/// The agency of a name as labels write it.
pub(crate) fn agency(name: &str) -> Option<Agency> {
    Agency::ALL.into_iter().find(|agency| agency.name().eq_ignore_ascii_case(name))
}
