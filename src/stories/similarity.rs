//! How alike the stories of two articles are.

use super::beginnings::PlacesOfBeginnings;
use super::identical::Identical;
use super::linkage::USUAL_AGREEMENT;
use super::places::Places;
use super::score::{PairFeatures, Question};
use super::term_index::keep_first;
use super::vectors::{ArticleVectors, Counting, Vectors, shared};
use crate::timestamp::{DAY, Published};
use ahash::AHashMap;

/// Standard deviation of the distance in time, in days. Miranda et al. ("Multilingual clustering of
/// streaming news", EMNLP 2018) take three; with the learned score five give half a week of RSS
/// items 0.017 BCubed F1 more. Articles further apart than [`MOST_DAYS`] have no similarity.
const DAYS: f64 = 5.0;
pub(super) const MOST_DAYS: f64 = 12.0;

/// The similarity from which on two texts tell one story.
pub(super) const LONG_TEXTS: f64 = 0.6;

/// How much of the way to 1 a reused text brings a pair: a copy or update of the whole, and a
/// passage as strong as the whole. Features and no floors: 12 of 30 judged pairs with 25 or more
/// words in common within three days told of different events.
const CARRIED: f64 = 0.85;
const REUSED: f64 = 0.65;

/// How much one of two undated texts must have of the other's headline, that words which both have
/// word for word count as news: up to the first share they count as any shared text, from the second
/// on in full. What two saved pages share is often a consent notice, a form, a footer or the foot of
/// their site, and neither headline is about it; of a text that stands whole in another the headline
/// does so too. SemEval-2022 train, with links: correlation with human judgement 0.724 without,
/// 0.733 with [`Reuse::Other`] of undated pairs left out, 0.747 with both, 0.745 from (0.4, 0.8) on.
/// Dated pairs and those of two outlets stay as they are: no page of the seed corpora has such a
/// notice, and a live page under a headline of its own lost an article.
const TOLD_HEADLINE: (f64, f64) = (0.5, 0.9);

/// Where the shorter text of two of one outlet has fewer tokens, a copy tells of one story only where
/// their titles do too: outlets print one summary under the titles of several items. With the links
/// of all such pairs the RSS week has 0.007 (events), 0.013 (stories) and 0.021 (topics) BCubed F1
/// less, the day 0.009; nothing else moves.
const TELLING_TOKENS: usize = 80;

/// How much each has of the other's headline where the titles tell of one story. Of the copies of
/// one outlet that short in half 0 of the RSS week three of nine of one story share more, and none of
/// 25 of two stories shares over 0.19. No figure moves between 0.35 and 0.5.
const TELLING_HEADLINE: f64 = 0.5;

/// Different telling words that an article must have to be like another by its text. Fewer are no
/// news: that "Sourlac" equals "Sourlac" says nothing.
pub(super) const LEAST_WORDS: usize = 2;

/// When two undated texts are taken for two stories with the same cast: both are of so many tokens,
/// their names are alike, and their other words are not. Texts that long which tell one story share
/// more than its names: of the pairs of one story in ECB+ with names alike from 0.6 on, none of 288
/// (train) and none of 104 (dev) have other words with a cosine under 0.05, and 1 in 100 (train)
/// under 0.077. From 0.4 on it is 1 of 962 pairs of one story and 3 of 116 of two; but with 0.4
/// RPM2 has 0.602 BCubed F1 instead of 0.626, with 0.6 it loses nothing. Shorter texts say less:
/// from 80 tokens on, 4 of 473 are under 0.05.
const CAST_TOKENS: usize = 150;
const CAST_NAMES: f64 = 0.6;
/// Up to the first cosine of the other words the names speak for nothing, from the second on they
/// speak in full.
const OTHER_WORDS: (f64, f64) = (0.05, 0.077);

/// What a verified link says of two articles' stories.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Reuse {
    /// One is a copy or update of the other to this share of the shorter.
    Carried(f64),
    /// News is reused, as telling as this share of the shorter.
    Passages(f64),
    /// Both stand whole in one compilation of one subject.
    PutTogether,
    /// So much of the shorter is shared but is not the news: its words speak for nothing.
    Other(f64),
}

/// One article that is compared with others of its set: where its words, their beginnings and its
/// shingles stand.
#[derive(Default)]
pub(super) struct Compared {
    article: Option<u32>,
    words: Places<u32>,
    beginnings: PlacesOfBeginnings,
    shingles: Places<u64>,
    /// Which of its similarities are known.
    pub(super) known: Places<u32>,
    /// Where the words and beginnings stand that it shares with the article it is compared with, and
    /// with the next.
    shared: Shared,
    shared_with_next: Shared,
}

/// Places in two articles of what both have.
#[derive(Default)]
struct Shared {
    words: Vec<(u16, u16)>,
    /// Of words that begin alike and are not the same.
    beginnings: Vec<(u16, u16)>,
}

impl Compared {
    fn hold(&mut self, article: ArticleVectors<'_>) {
        self.words.hold(article.words().terms().iter().copied());
        self.beginnings.hold(article.beginnings());
        self.shingles.hold(article.shingles().hashes.iter().copied());
    }

    /// Finds what is shared with the next article, and begins to load what is known of it.
    fn meet_next(&mut self, next: ArticleVectors<'_>) {
        let Shared { words, beginnings } = &mut self.shared_with_next;
        let (terms, fetch_place) = (next.words().terms(), next.fetching_places());
        words.clear();
        self.words.meet(terms, |at, beside| {
            fetch_place(beside);
            words.push((at as u16, beside as u16));
        });
        beginnings.clear();
        let ours = self.words.keys();
        self.beginnings.meet(next.beginnings(), |at, beside| {
            if ours.get(at) != terms.get(beside) {
                fetch_place(beside);
                beginnings.push((at as u16, beside as u16));
            }
        });
    }

    /// Goes on to the next article.
    fn go_on(&mut self) {
        std::mem::swap(&mut self.shared, &mut self.shared_with_next);
    }
}

/// Similarities of the articles of a set.
#[derive(Debug, Default)]
pub(super) struct Similarity {
    pub(super) vectors: Vectors,
    /// What the texts of a pair are asked.
    pub(super) question: Question,
    /// When the news of each article was news.
    pub(super) times: Vec<Published>,
    /// The outlet of each article, by a number; `None` where it is unknown.
    pub(super) outlets: Vec<Option<u32>>,
    /// By `(smaller, larger)` article.
    pub(super) reuse: AHashMap<(u32, u32), Reuse>,
    /// For each article the dispatch that it is the text of, with the share of it that is.
    pub(super) text_of: Vec<Option<(usize, f64)>>,
    /// Which articles are one event because they have one text.
    pub(super) identical: Identical,
}

impl Similarity {
    /// 0 to 1; 0 for an article the set does not have. Symmetric. O(terms of both vectors).
    pub(super) fn of(&self, a: u32, b: u32) -> f64 {
        let (nearness, _) = self.nearness(a, b);
        if nearness <= 0.0 {
            return 0.0;
        }
        (self.text_of_pair(a, b) * nearness).clamp(0.0, 1.0)
    }

    /// How alike two texts are, with what links say of them and without time: 0 to 1, comparable
    /// across lengths; 0 for an article the set does not have. Symmetric. O(terms of both vectors).
    pub(super) fn text_of_pair(&self, a: u32, b: u32) -> f64 {
        let mut text = 0.0;
        self.texts_beside(a, &[b], &mut Compared::default(), |_, value| text = value);
        text
    }

    /// Calls `found` with each of `others` in turn and [how alike](Similarity::text_of_pair) its text
    /// and that of `article` are. `compared` is overwritten.
    pub(super) fn texts_beside(
        &self,
        article: u32,
        others: &[u32],
        compared: &mut Compared,
        mut found: impl FnMut(u32, f64),
    ) {
        if others.is_empty() {
            return;
        }
        let ours = self.article(article);
        let at = |number: usize| others.get(number).and_then(|&other| self.article(other));
        // What is read of an article is in no cache: it is fetched while others are compared, and that
        // of the first while ours is laid out, as mostly there are few.
        (0..6).filter_map(at).for_each(ArticleVectors::fetch_itself);
        (0..3).filter_map(at).for_each(ArticleVectors::fetch);
        if let Some(ours) = ours
            && compared.article.replace(article) != Some(article)
        {
            compared.hold(ours);
        }
        if let Some(first) = at(0) {
            compared.meet_next(first);
        }
        for (number, &other) in others.iter().enumerate() {
            if let Some(far_ahead) = at(number + 6) {
                far_ahead.fetch_itself();
            }
            if let Some(ahead) = at(number + 3) {
                ahead.fetch();
            }
            compared.go_on();
            if let Some(next) = at(number + 1) {
                compared.meet_next(next);
            }
            let text = match (ours, self.article(other)) {
                (Some(x), Some(y)) => self.text_and_reuse(article, other, x, y, compared),
                _ => 0.0,
            };
            found(other, text);
        }
    }

    fn text_and_reuse(
        &self,
        a: u32,
        b: u32,
        x: ArticleVectors<'_>,
        y: ArticleVectors<'_>,
        compared: &mut Compared,
    ) -> f64 {
        let reuse = self.reuse.get(&(a.min(b), a.max(b))).copied();
        let one_dispatch =
            if self.is_one_outlet_in_brief(a, b) { 0.0 } else { self.one_dispatch(a, b) };
        let is_news = match reuse {
            Some(Reuse::Carried(_) | Reuse::Passages(_) | Reuse::PutTogether) => true,
            Some(Reuse::Other(_)) => false,
            None => one_dispatch > 0.0,
        };
        if x.words().terms().len().min(y.words().terms().len()) < LEAST_WORDS {
            return 0.0;
        }
        let dated = self.are_dated(a, b);
        let mut features = features(x, y, self.vectors.counting(dated), compared);
        if self.question == Question::Alike {
            features.numbers = numbers(x, y);
        }
        let told = match reuse {
            _ if !is_news => 0.0,
            Some(Reuse::PutTogether) => 1.0,
            _ if dated || self.are_two_outlets(a, b) => 1.0,
            _ => {
                let words = x.shared_words(y, Counting::Full, &compared.shared.words);
                between(words.headline_of_either, TOLD_HEADLINE)
            }
        };
        // Words that stand in both word for word speak against one story, as they are mostly a
        // series' formulas; where a link or a dispatch says that they are news, they do not.
        features.verbatim *= 1.0 - told;
        let text = text(x, y, dated, &features, self.question);
        let towards_one = |most: f64, share: f64| text + most * told * share * (1.0 - text);
        let with_reuse = match reuse {
            Some(Reuse::Carried(share)) => towards_one(CARRIED, share),
            Some(Reuse::Passages(share)) => towards_one(REUSED, share),
            Some(Reuse::PutTogether) => towards_one(REUSED, 1.0),
            // What is older than the news of two texts is not told without their dates.
            Some(Reuse::Other(share)) if dated => text * (1.0 - share),
            Some(Reuse::Other(_)) => text,
            None => towards_one(CARRIED, one_dispatch),
        };
        with_reuse.clamp(0.0, 1.0)
    }

    /// Whether a copy of one by the other tells of one story.
    pub(super) fn copy_tells(&self, a: u32, b: u32) -> bool {
        !self.is_one_outlet_in_brief(a, b) || self.features(a, b).headline > TELLING_HEADLINE
    }

    fn is_one_outlet_in_brief(&self, a: u32, b: u32) -> bool {
        let tokens = |article: u32| self.article(article).map_or(0, |article| article.tokens());
        let outlet = self.outlet(a);
        outlet.is_some() && outlet == self.outlet(b) && tokens(a).min(tokens(b)) < TELLING_TOKENS
    }

    /// Whether both outlets are known and differ: what one site prints on all its pages, another does
    /// not.
    fn are_two_outlets(&self, a: u32, b: u32) -> bool {
        matches!((self.outlet(a), self.outlet(b)), (Some(a), Some(b)) if a != b)
    }

    fn outlet(&self, article: u32) -> Option<u32> {
        self.outlets.get(article as usize).copied().flatten()
    }

    /// The share of one dispatch in two articles that no link tells of: of thousands of versions each
    /// is compared with a few, and all with one anchor. 0 where they are not the text of one.
    fn one_dispatch(&self, a: u32, b: u32) -> f64 {
        let text_of = |article: u32| self.text_of.get(article as usize).copied().flatten();
        match (text_of(a), text_of(b)) {
            (Some((one, x)), Some((other, y))) if one == other => x * y,
            _ => 0.0,
        }
    }

    fn article(&self, at: u32) -> Option<ArticleVectors<'_>> {
        self.vectors.article(at)
    }

    /// The features of a pair that its score is made of; all 0 for an article the set does not have.
    pub(super) fn features(&self, a: u32, b: u32) -> PairFeatures {
        match (self.article(a), self.article(b)) {
            (Some(x), Some(y)) => {
                let mut compared = Compared::default();
                compared.hold(x);
                compared.meet_next(y);
                compared.go_on();
                let counting = self.vectors.counting(self.are_dated(a, b));
                let features = features(x, y, counting, &mut compared);
                PairFeatures { numbers: numbers(x, y), ..features }
            }
            _ => PairFeatures::default(),
        }
    }

    /// How the numbers of two texts agree, 0 to 1; `None` where one mentions none.
    pub(super) fn agreement_of_numbers(&self, a: u32, b: u32) -> Option<f64> {
        self.article(a)?.dates().numbers.agreement(&self.article(b)?.dates().numbers)
    }

    /// exp(−Δt²/2σ²), and whether both publication times are known.
    pub(super) fn nearness(&self, a: u32, b: u32) -> (f64, bool) {
        let (Some(&a), Some(&b)) = (self.times.get(a as usize), self.times.get(b as usize)) else {
            return (1.0, false);
        };
        let dated = a.is_bounded() && b.is_bounded();
        let days = least_distance(a, b) as f64 / DAY as f64;
        if days > MOST_DAYS {
            return (0.0, dated);
        }
        (libm::exp(-days * days / (2.0 * DAYS * DAYS)), dated)
    }

    /// Whether both publication times are known.
    fn are_dated(&self, a: u32, b: u32) -> bool {
        let is_dated = |at: u32| self.times.get(at as usize).is_some_and(|time| time.is_bounded());
        is_dated(a) && is_dated(b)
    }

    /// The numbers of the terms that weigh most in the similarity of two articles, heaviest first.
    pub(super) fn telling_terms(&self, a: u32, b: u32, most: usize) -> Vec<u32> {
        let (Some(x), Some(y)) = (self.article(a), self.article(b)) else { return Vec::new() };
        let mut terms: Vec<(u32, f64)> = Vec::with_capacity(x.words().terms().len());
        terms.extend(shared(x.words(), y.words()));
        let heavier = |p: &(u32, f64), q: &(u32, f64)| q.1.total_cmp(&p.1).then(p.0.cmp(&q.0));
        keep_first(&mut terms, most, heavier);
        terms.sort_unstable_by(heavier);
        terms.into_iter().map(|(term, _)| term).collect()
    }
}

/// Seconds that two publications are surely apart, from whatever bounds are known: intervals that
/// are open on one side can be disjoint too.
fn least_distance(a: Published, b: Published) -> i64 {
    let gap = |before: Published, after: Published| match (before.latest(), after.earliest()) {
        (Some(latest), Some(earliest)) => {
            earliest.unix_seconds().saturating_sub(latest.unix_seconds())
        }
        _ => 0,
    };
    gap(a, b).max(gap(b, a)).max(0)
}

/// How alike two texts with these features are, 0 to 1, without time and links.
fn text(
    a: ArticleVectors<'_>,
    b: ArticleVectors<'_>,
    dated: bool,
    features: &PairFeatures,
    question: Question,
) -> f64 {
    // What lengths and missing dates say is nothing alone.
    if features.words <= 0.0 {
        return 0.0;
    }
    let text = features.score(question);
    let is_short = a.tokens().min(b.tokens()) < CAST_TOKENS;
    if dated || is_short || Vectors::cosine(a.names(), b.names()) < CAST_NAMES {
        return text;
    }
    text * between(Vectors::cosine_beside_names(a, b), OTHER_WORDS)
}

/// How far a value is on the way from `none` to `full`, 0 to 1.
fn between(value: f64, (none, full): (f64, f64)) -> f64 {
    ((value - none) / (full - none)).clamp(0.0, 1.0)
}

/// How the numbers of two texts agree, 0 to 1.
fn numbers(a: ArticleVectors<'_>, b: ArticleVectors<'_>) -> f64 {
    a.dates().numbers.agreement(&b.dates().numbers).unwrap_or(USUAL_AGREEMENT)
}

/// All but how their numbers agree, which is asked of few pairs: whether two articles are one story
/// is weighed without it. `compared` holds `a` and what it shares with `b`.
fn features(
    a: ArticleVectors<'_>,
    b: ArticleVectors<'_>,
    counting: Counting<'_>,
    compared: &mut Compared,
) -> PairFeatures {
    let words = a.shared_words(b, counting, &compared.shared.words);
    let dates = a.dates().agreement(b.dates());
    PairFeatures {
        words: words.cosine,
        headline_in_lead: words.headline_in_lead,
        opening: words.opening,
        other_forms: a.other_forms(
            b,
            counting,
            &compared.shared.words,
            &compared.shared.beginnings,
        ),
        headline: words.headline,
        lead_names: words.lead_names,
        verbatim: a.shingles().containment(b.shingles(), &mut compared.shingles),
        years_apart: dates.years_apart,
        shared_day: dates.shared_day * words.opening,
        days_apart: dates.days_apart,
        shared_first_date: dates.shared_first_date * words.opening,
        weekdays: dates.weekdays * words.opening,
        length: a.length().min(b.length()),
        length_difference: (a.length() - b.length()).abs(),
        headline_or_opening: 1.0 - (1.0 - words.headline) * (1.0 - words.opening),
        numbers: 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::article_set::ArticleSet;
    use crate::dispatches::Dispatches;
    use crate::links::Links;
    use crate::stories::similarities;
    use crate::text::TextScheme;
    use crate::timestamp::Timestamp;

    fn instant(day: i8) -> Option<Timestamp> {
        Timestamp::midnight(2026, 3, day)
    }

    #[test]
    fn half_open_intervals_can_be_apart() {
        let until = Published::between(None, instant(3)).unwrap();
        let from = Published::between(instant(9), None).unwrap();
        assert_eq!(least_distance(until, from), 6 * DAY);
        assert_eq!(least_distance(from, until), 6 * DAY);
        assert_eq!(least_distance(until, Published::UNKNOWN), 0);
    }

    const BRIDGE: &str = "Le maire de Sourlac-les-Forges, Anselme Dorvaux, a fait retirer lundi les \
        barrières que la préfète du Haut-Mireux, Clotilde Vernade, avait dressées devant le vieux \
        pont suspendu, fermé aux tracteurs depuis la crue de janvier. Les câbles sont rouillés, \
        assure un rapport des ingénieurs, et deux ancrages ont bougé de plusieurs centimètres. \
        Anselme Dorvaux répond que les éleveurs perdent une heure à chaque traite et que personne \
        ne leur paie le carburant. Clotilde Vernade lui a donné jusqu'à vendredi pour remettre \
        les barrières, sans quoi les gendarmes garderont le passage jour et nuit. Au café, on \
        parie sur la fin du bras de fer. Le pêcheur Firmin Estoul, qui habite la pile nord, ne \
        dort plus : il entend grincer le tablier dès que le vent tourne. Une pétition circule \
        dans les hameaux, elle réclame des travaux avant les moissons et un bac gratuit. Le \
        capitaine des pompiers, Lucien Arbaud, a prévenu que ses camions feraient le détour. Aucun \
        blessé n'est à déplorer, mais une remorque de foin a déjà crevé une planche.";
    const SCHOOL: &str = "Sourire et poignée de main à Sourlac-les-Forges : Clotilde \
        Vernade a signé pour le Haut-Mireux avec Anselme Dorvaux la convention qui \
        sauve l'internat musical, menacé faute de chauffage. La chaudière au bois sera livrée en \
        octobre, les dortoirs repeints, et quarante élèves venus de trois vallées pourront y \
        apprendre le hautbois ou la vielle. Clotilde Vernade a promis une bourse aux familles \
        modestes. Anselme Dorvaux, ancien tromboniste, a joué un air pour les professeurs \
        émus. La région finance un tiers des dépenses, une fondation offre les instruments. Le \
        luthier Firmin Estoul ouvrira un atelier sous les combles et formera quatre apprenties. \
        Lucien Arbaud, dont la fanfare répète le jeudi, espère recruter. Les inscriptions \
        débuteront à la rentrée, les auditions suivront, puis un concert sera \
        joué sous les tilleuls, avec un bal, un buffet et une tombola au profit des bourses. La cuisine \
        servira du pain bis et des soupes. Une chorale adulte prêtera ses partitions, et un piano \
        de salon, légué par un notaire mélomane, arrivera emballé dans de la paille fraîche.";

    /// Undated, and on one day.
    fn similarity_of(a: &str, b: &str) -> [f64; 2] {
        [None, instant(3)].map(|day| {
            let dated = |id, text| {
                let article = Article::new(id, text).unwrap();
                day.map_or(article.clone(), |day| article.with_published(Published::at(day)))
            };
            let articles = [dated("a", a), dated("b", b)];
            let set = ArticleSet::new(&articles, TextScheme::default()).unwrap();
            let (links, dispatches) = (Links::default(), Dispatches::default());
            similarities(&set, &links, &dispatches, &[(0, 1)]).unwrap()[0].get()
        })
    }

    #[test]
    fn undated_texts_that_share_a_cast_and_nothing_else_are_two_stories() {
        let [undated, on_one_day] = similarity_of(BRIDGE, SCHOOL);
        assert!(undated < 0.5 * LONG_TEXTS && on_one_day > LONG_TEXTS, "{undated} {on_one_day}");
    }

    #[test]
    fn undated_texts_that_share_more_than_the_cast_are_judged_by_all_of_it() {
        let other = "À Sourlac-les-Forges, le pont suspendu est rouvert aux tracteurs : le maire \
            Anselme Dorvaux a ôté les barrières. ";
        let later = format!("{other}{}", SCHOOL.split_once(" : ").unwrap().1);
        let both = format!("{BRIDGE} {other}");
        let [undated, _] = similarity_of(&both, &later);
        assert!(undated > LONG_TEXTS, "{undated}");
    }

    #[test]
    fn nearness_falls_with_distance_and_ends() {
        let times: Vec<Published> =
            (1..=28).filter_map(instant).map(Published::at).chain([Published::UNKNOWN]).collect();
        let similarity = Similarity { times, ..Similarity::default() };
        let near: Vec<f64> = (0..28).map(|day| similarity.nearness(0, day).0).collect();
        assert!(near[..13].is_sorted_by(|a, b| a > b));
        assert_eq!((near[0], near[13]), (1.0, 0.0));
        assert_eq!(similarity.nearness(0, 28), (1.0, false));
    }
}
