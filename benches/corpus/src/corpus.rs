//! The corpus: any article of it, made when it is asked for.

use crate::compose::{self, Body};
use crate::layout::{self, BLOCK, Slot};
use crate::length;
use crate::lexicon::{Lexicon, Word};
use crate::random::{Purpose, Random};
use crate::{Edit, Language};

/// 2026-01-01T00:00:00Z, when the first article may appear.
const FIRST_DAY: i64 = 1_767_225_600;

/// News as a newsroom's archive would hold them: a thousand articles a day, a fifth of them in groups of copies.
///
/// Article `i` is the same whatever is asked for beside it and on every machine. Making one costs some 10 µs; the lexica of all
/// languages take some 25 MB and 100 ms once.
///
/// ```
/// use wirecopy_bench_corpus::Corpus;
///
/// let corpus = Corpus::new(1);
/// let articles: Vec<_> = corpus.articles(100).collect();
/// assert_eq!(articles[42].text, corpus.article(42).text);
/// let copies = corpus.planted_pairs(100).filter(|pair| pair.jaccard >= 0.8).count();
/// assert!(copies > 0);
/// ```
#[derive(Debug)]
pub struct Corpus {
    seed: u64,
    lexica: Vec<Lexicon>,
}

/// An article, and what was planted in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Article {
    /// Its place in the corpus.
    pub place: usize,
    /// Title, not part of the text.
    pub title: String,
    /// Paragraphs parted by empty lines.
    pub text: String,
    /// What it looks like.
    pub language: Language,
    /// Who published it, 0 to 199.
    pub outlet: u16,
    /// When, in seconds since 1970.
    pub published: i64,
    /// Articles of one group are copies of one text.
    pub group: u64,
    /// What was done to the text.
    pub edit: Edit,
    /// Articles of one story tell of one happening, copies or not.
    pub story: u64,
}

/// The text to the end of its word number `count`; `None` for one of fewer.
fn first_words(text: &str, count: usize) -> Option<&str> {
    let ends = text.char_indices().zip(text.chars().skip(1).chain([' ']));
    let mut ends = ends
        .filter(|((_, c), next)| !c.is_whitespace() && next.is_whitespace())
        .map(|((at, c), _)| at + c.len_utf8());
    text.get(..ends.nth(count.checked_sub(1)?)?)
}

impl Corpus {
    /// The corpus of a seed.
    pub fn new(seed: u64) -> Corpus {
        let lexica = Language::ALL.map(|language| Lexicon::new(seed, language));
        Corpus { seed, lexica: lexica.into() }
    }

    /// The first `n` articles, one after the other; only the plan of a thousand is held in memory.
    pub fn articles(&self, n: usize) -> impl Iterator<Item = Article> + '_ {
        (0..n).step_by(BLOCK).flat_map(move |first| {
            let slots = layout::of_block(self.seed, (first / BLOCK) as u64);
            slots
                .into_iter()
                .enumerate()
                .map(move |(place, slot)| (first + place, slot))
                .take_while(move |&(place, _)| place < n)
                .map(|(place, slot)| self.make(place, slot))
        })
    }

    /// The first `words` words of the articles that have so many, by ascending place. Chinese and Japanese, which count
    /// theirs differently, are left out: about 45 of 100 articles are told in 400 words.
    pub fn articles_of(&self, words: usize) -> impl Iterator<Item = Article> + '_ {
        let spaced =
            |article: &Article| !matches!(article.language, Language::Chinese | Language::Japanese);
        self.articles(usize::MAX).filter(spaced).filter_map(move |mut article| {
            article.text = first_words(&article.text, words)?.to_owned();
            Some(article)
        })
    }

    /// One article; asking for many in order is cheaper by [`articles`](Self::articles).
    pub fn article(&self, place: usize) -> Article {
        let slots = layout::of_block(self.seed, (place / BLOCK) as u64);
        self.make(place, slots[place % BLOCK])
    }

    /// The plan of a block.
    pub(crate) fn slots(&self, block: usize) -> Vec<Slot> {
        layout::of_block(self.seed, block as u64)
    }

    /// Makes what the plan says stands at `place`.
    pub(crate) fn make(&self, place: usize, slot: Slot) -> Article {
        let mut story = Random::new(self.seed, Purpose::Story, slot.story);
        let language = Language::draw(&mut story);
        let lexicon = &self.lexica[language as usize];
        let topic = lexicon.topic(&mut story);
        let hour = story.between(0, 23) as i64;

        let mut written = Random::new(self.seed, Purpose::Article, slot.group);
        let title = title(lexicon, &topic, &mut written);
        let body = written_body(lexicon, &topic, &mut written);
        let minutes = written.between(0, 6 * 60) as i64;
        let mut article = Article {
            place,
            title,
            text: String::new(),
            language,
            outlet: written.below(200) as u16,
            published: FIRST_DAY + (place / BLOCK) as i64 * 86_400 + hour * 3_600 + minutes * 60,
            group: slot.group,
            edit: Edit::Written,
            story: slot.story,
        };
        let body = match slot.member {
            0 => body,
            member => self.copied(&mut article, body, member, &topic),
        };
        article.text = compose::write_body(lexicon, &body);
        article
    }

    /// Makes `article` and its body copy number `member`.
    fn copied(&self, article: &mut Article, mut body: Body, member: usize, topic: &[Word]) -> Body {
        let number = article.group << 8 | member as u64;
        let mut random = Random::new(self.seed, Purpose::Edit, number);
        let lexicon = &self.lexica[article.language as usize];
        article.edit = Edit::draw(&mut random);
        article.outlet = random.below(200) as u16;
        article.published += random.between(0, 6 * 60) as i64 * 60;
        if article.edit == Edit::Retitled || random.chance(1, 3) {
            article.title = title(lexicon, topic, &mut random);
        }
        article.edit.apply(&mut body, lexicon, topic, &mut random);
        body
    }
}

fn title(lexicon: &Lexicon, topic: &[Word], random: &mut Random) -> String {
    let length = random.between(5, 12);
    let words = compose::sentence(lexicon, topic, length, random).words;
    let mut title = String::new();
    compose::write_words(lexicon, &words, &mut title);
    title
}

/// One text in four ends with a site's furniture, where that is a small part of it.
fn written_body(lexicon: &Lexicon, topic: &[Word], random: &mut Random) -> Body {
    let words = length::draw(random);
    let furniture = lexicon.furniture(random);
    let framed = random.chance(1, 4);
    let furniture_words: usize = furniture.iter().map(|sentence| sentence.words.len()).sum();
    if framed && furniture_words * 5 <= words {
        let mut body = compose::body(lexicon, topic, words - furniture_words, random);
        body.push(furniture.clone());
        body
    } else {
        compose::body(lexicon, topic, words, random)
    }
}
