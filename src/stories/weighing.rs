//! Weighing of what was counted of an article: the terms kept of it and how much each counts.

use super::blocks::Span;
use super::feature_block::Features;
use super::features::{ArticleTerm, TermKind, Word};
use super::rarity::{OwnFrequencies, Terms, own_idf};
use super::spread_keys;
use super::vectors::{Place, Record, VectorBlock, square};
use super::word_terms::WordTerms;

/// Terms kept of a vector, the heaviest: on ECB+ train 128 are as good as 256, and 64 lose 0.01
/// BCubed F1.
const MOST_TERMS: usize = 128;

/// The same for scripts written without spaces: a word of two characters makes three terms, the
/// characters and their pair.
pub(super) const MOST_CHARACTER_TERMS: usize = 3 * MOST_TERMS;

/// Half words after which the weight of a word in the opening is half of that of the first.
const OPENING: f64 = 2.0 * 10.0;

/// Texts of fewer tokens are of this length to the score: it was fitted to none so short.
const LEAST_TOKENS: usize = 4;

/// Weighs the terms of an article.
pub(super) struct Weigher<'s> {
    pub(super) article: usize,
    pub(super) words: &'s WordTerms,
    pub(super) terms: &'s Terms,
    /// The number of each term and how rare it is, where the language has a background.
    pub(super) known: &'s [(u32, f64)],
    /// The set's articles in the language, where it has none.
    pub(super) own: Option<&'s OwnFrequencies>,
    /// Of small counts.
    pub(super) logarithms: &'s [f64],
}

/// A word with its number, weight and rarity.
#[derive(Clone, Copy)]
struct Weighed {
    number: u32,
    weight: f64,
    idf: f64,
    word: Word,
}

/// Memory for weighing one article after the other.
#[derive(Default)]
pub(super) struct WeighingSpace {
    words: Vec<Weighed>,
    names: Vec<(u32, f32)>,
    shares: Vec<Shares>,
    orders: Vec<u64>,
    sorting: Vec<u64>,
}

impl Weigher<'_> {
    /// Adds an article to its block.
    pub(super) fn add(
        &self,
        features: Features<'_>,
        space: &mut WeighingSpace,
        block: &mut VectorBlock,
    ) {
        let most = most_terms(features);
        let WeighingSpace { words, names, shares, orders, sorting } = space;
        words.clear();
        words.extend(features.words.iter().filter_map(|&word| {
            let (number, idf) = self.number_and_idf(word.term)?;
            Some(Weighed { number, weight: self.dampened(word.count.into()) * idf, idf, word })
        }));
        let key = |word: &Weighed| (word.weight as f32, word.number);
        let words = heaviest(words, most, key, orders, sorting);
        names.clear();
        names.extend(features.names.iter().filter_map(|&(term, count)| {
            let (number, idf) = self.number_and_idf(term)?;
            Some((number, (self.dampened(count) * idf) as f32))
        }));
        let names = heaviest(names, most, |&(number, weight)| (weight, number), orders, sorting);
        shares.clear();
        shares.extend(words.iter().map(|word| self.shares(word)));
        let (words_before, names_before) = (block.words.len(), block.names.len());
        block.words.extend(words.iter().map(|word| word.number));
        let weights = unit_length(words.iter().map(|word| word.weight as f32));
        add_places(shares, weights, &mut block.places);
        block.letters.extend(words.iter().map(|word| self.beginning(&word.word)));
        let mut letters = block.letters.iter().skip(words_before);
        block.names.extend(names.iter().map(|name| name.0));
        block.name_weights.extend(unit_length(names.iter().map(|name| name.1)));
        let shingles_before = block.shingles.len();
        block.shingles.extend_from_slice(features.shingles.hashes);
        block.articles.push(Record {
            words: Span::added(words_before, &block.words),
            names: Span::added(names_before, &block.names),
            shingles: Span::added(shingles_before, &block.shingles),
            has_more_shingles: features.shingles.is_part,
            knows_beginnings: letters.any(|&letters| letters != 0),
            has_headline: words.iter().any(|word| word.word.in_headline > 0 && word.idf > 0.0),
            has_lead_names: words.iter().any(|word| word.word.is_lead_name() && word.idf > 0.0),
            dates: *features.dates,
            tokens: features.tokens,
            length: libm::log(features.tokens.max(LEAST_TOKENS) as f64),
        });
    }

    fn number_and_idf(&self, term: ArticleTerm) -> Option<(u32, f64)> {
        let place = self.terms.place(self.article, term)?;
        let Some(own) = self.own else { return self.known.get(place).copied() };
        let frequency = own.of_term.get(&place).copied().unwrap_or_default();
        let number = *self.terms.numbers.get(place)?;
        Some((number, own_idf(f64::from(frequency), own.articles)))
    }

    /// What the first letters of a word are; 0 where it is too short or no word of a script with
    /// letters.
    fn beginning(&self, word: &Word) -> u32 {
        match word.term.kind() {
            TermKind::Word(number) => self.words.beginning(number),
            TermKind::Compound(_) => 0,
        }
    }

    /// 1 + ln of a count: the tenth mention says less than the first.
    fn dampened(&self, count: u32) -> f64 {
        let small = self.logarithms.get(count as usize).copied();
        1.0 + small.unwrap_or_else(|| libm::log(f64::from(count.max(1))))
    }

    fn shares(&self, word: &Weighed) -> Shares {
        let &Weighed { weight, idf, word, .. } = word;
        let of = |is: bool| if is { idf } else { 0.0 };
        let times = |count: u8| if count > 0 { self.dampened(count.into()) * idf } else { 0.0 };
        Shares {
            opening: weight * OPENING / (OPENING + f64::from(word.first)),
            headline: of(word.in_headline > 0),
            lead_names: of(word.is_lead_name()),
            in_headline: times(word.in_headline),
            in_lead: times(word.in_lead()),
        }
    }
}

/// Weights as those of a vector of unit length.
fn unit_length(weights: impl Iterator<Item = f32> + Clone) -> impl Iterator<Item = f32> {
    let length = weights.clone().map(square).sum::<f64>().sqrt();
    weights.map(move |weight| match length > 0.0 {
        true => (f64::from(weight) / length) as f32,
        false => weight,
    })
}

/// What a word weighs in the parts of its article where the news stands.
#[derive(Clone, Copy, Default)]
struct Shares {
    opening: f64,
    headline: f64,
    lead_names: f64,
    in_headline: f64,
    in_lead: f64,
}

/// Adds what each word is in the parts of its article, from its shares of them and its weight.
fn add_places(shares: &[Shares], weights: impl Iterator<Item = f32>, places: &mut Vec<Place>) {
    let mut all = Shares::default();
    for word in shares {
        all.opening += word.opening;
        all.headline += word.headline;
        all.lead_names += word.lead_names;
        all.in_headline += word.in_headline * word.in_headline;
        all.in_lead += word.in_lead * word.in_lead;
    }
    let (in_headline, in_lead) = (all.in_headline.sqrt(), all.in_lead.sqrt());
    let share = |part: f64, all: f64| if all > 0.0 { (part / all) as f32 } else { 0.0 };
    let place = |(word, weight): (&Shares, f32)| Place {
        weight,
        opening: share(word.opening, all.opening),
        headline: share(word.headline, all.headline),
        lead_names: share(word.lead_names, all.lead_names),
        headline_unit: share(word.in_headline, in_headline),
        lead_unit: share(word.in_lead, in_lead),
    };
    places.extend(shares.iter().zip(weights).map(place));
}

/// The `most` heaviest, by ascending number; of equals those of smaller number. Weights are not
/// negative. Sorted as integers: as items of 32 bytes it took twice as long. `orders` and `sorting` are
/// overwritten.
fn heaviest<'i, T: Copy>(
    items: &'i mut Vec<T>,
    most: usize,
    key: impl Fn(&T) -> (f32, u32),
    orders: &mut Vec<u64>,
    sorting: &mut Vec<u64>,
) -> &'i [T] {
    // The bits of floats that are not negative are in their order.
    let order = |item: &T| {
        let (weight, number) = key(item);
        (u64::from(!weight.to_bits()) << 32) | u64::from(number)
    };
    if items.len() > most {
        orders.clear();
        orders.extend(items.iter().map(order));
        let (_, &mut first_left_out, _) = orders.select_nth_unstable(most);
        items.retain(|item| order(item) < first_left_out);
    }
    orders.clear();
    orders.extend(
        items.iter().zip(0_u32..).map(|(item, at)| u64::from(key(item).1) << 32 | u64::from(at)),
    );
    spread_keys::sort(orders, sorting);
    // Behind those that are not in order.
    let count = items.len();
    for &place in &*orders {
        if let Some(&item) = items.get(place as u32 as usize) {
            items.push(item);
        }
    }
    items.get(count..).unwrap_or_default()
}

/// By what most of an article's tokens are.
pub(super) fn most_terms(features: Features<'_>) -> usize {
    if 2 * features.characters > features.tokens { MOST_CHARACTER_TERMS } else { MOST_TERMS }
}
