//! Puts a page together and keeps where its articles are.

use super::dice::Dice;
use super::material::Source;
use super::phrases::{self, Phrases};
use super::style::{Blanks, Body, Foot, Pictures, Place, Signature, Style, Title};
use std::collections::BTreeSet;
use wirecopy::page::Agency;

/// What is known of one article of a composed page.
#[derive(Clone, Debug, Default)]
pub(crate) struct Gold {
    /// First and last line, from 1.
    pub(crate) lines: (usize, usize),
    pub(crate) text: BTreeSet<Agency>,
    pub(crate) photo: BTreeSet<Agency>,
    pub(crate) attributed: BTreeSet<Agency>,
    /// Whether the page tells its day (3 March 2026) on a line of its own.
    pub(crate) dated: bool,
    /// Whether the credits above are all that there are.
    pub(crate) unsigned: bool,
}

pub(crate) struct Composed {
    pub(crate) text: String,
    pub(crate) lang: String,
    pub(crate) gold: Vec<Gold>,
    pub(crate) style: Style,
}

/// The page as it grows.
struct Writer<'a> {
    lines: Vec<String>,
    style: &'a Style,
    /// Whether the last line is prose.
    prose: bool,
    fresh: bool,
}

impl Writer<'_> {
    fn gap(&mut self, count: usize) {
        self.lines.extend(std::iter::repeat_n(String::new(), count));
        self.fresh = true;
    }

    /// Adds a block of one line; the number of its line.
    fn put(&mut self, dice: &mut Dice, line: impl Into<String>, prose: bool) -> usize {
        let blank = match self.style.blanks {
            Blanks::Every => true,
            Blanks::Never => false,
            Blanks::Prose => prose || self.prose,
            Blanks::Some => dice.chance(60),
        };
        if blank && !self.fresh && !self.lines.is_empty() {
            self.lines.push(String::new());
        }
        self.fresh = false;
        self.prose = prose;
        self.lines.push(line.into());
        self.lines.len()
    }

    /// A paragraph, wrapped if the style says so; the number of its last line.
    fn paragraph(&mut self, dice: &mut Dice, text: &str) -> usize {
        if self.style.body != Body::Wrapped || !text.contains(' ') {
            return self.put(dice, text, true);
        }
        if !self.fresh && !self.lines.is_empty() {
            self.lines.push(String::new());
            self.fresh = true;
        }
        let mut line = String::new();
        for word in text.split_whitespace() {
            if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > 72 {
                self.lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        self.lines.push(line);
        self.fresh = false;
        self.prose = true;
        self.lines.len()
    }
}

/// A page of articles and furniture of one half.
pub(crate) fn compose(sources: &[Source], half: usize, dice: &mut Dice) -> Composed {
    let lang = dice.pick(sources).lang.clone();
    compose_in(&lang, sources, half, dice)
}

/// The same in one language.
pub(crate) fn compose_in(lang: &str, sources: &[Source], half: usize, dice: &mut Dice) -> Composed {
    let style = Style::draw(dice);
    compose_with(style, lang, sources, half, dice)
}

/// The same in one style.
pub(crate) fn compose_with(
    mut style: Style,
    lang: &str,
    sources: &[Source],
    half: usize,
    dice: &mut Dice,
) -> Composed {
    let of_lang: Vec<&Source> = sources.iter().filter(|source| source.lang == lang).collect();
    if style.title == Title::None && style.articles > 1 && !style.rule {
        // Without a title and without a sign two articles are one for any reader.
        style.signature = *dice.pick(&[Signature::Dateline, Signature::Line]);
    }
    if style.body == Body::Wrapped {
        style.blanks = Blanks::Every;
    }
    style.articles = style.articles.min(of_lang.len());
    let words = phrases::of(lang, half);
    let mut maker = Maker { sources: &of_lang, words, half, used: Vec::new() };
    let mut page = Writer { lines: Vec::new(), style: &style, prose: false, fresh: true };
    maker.top(&mut page, dice);
    let mut gold = Vec::new();
    for number in 0..style.articles {
        if number > 0 {
            if style.rule {
                let rule = *dice.pick(&["***", "* * *", "-----", "________"]);
                page.put(dice, rule, false);
            }
            let tight = usize::from(style.blanks == Blanks::Never);
            page.gap(style.gap - tight.min(style.gap));
        }
        gold.push(maker.article(&mut page, dice));
        maker.foot(&mut page, dice, style.foot);
    }
    maker.foot(&mut page, dice, style.end);
    if style.imprint {
        for _ in 0..3 + dice.below(5) {
            let line = *dice.pick_half(words.imprint, half);
            page.put(dice, line, false);
        }
    }
    let text = page.lines.join("\n");
    Composed { text, lang: lang.to_owned(), gold, style }
}

struct Maker<'a> {
    sources: &'a [&'a Source],
    words: &'static Phrases,
    half: usize,
    used: Vec<usize>,
}

impl Maker<'_> {
    fn say(&self, dice: &mut Dice, list: &'static [&'static str]) -> &'static str {
        let phrase: &&str = dice.pick_half(list, self.half);
        phrase
    }

    /// Prints one of the phrases.
    fn print(
        &self,
        page: &mut Writer<'_>,
        dice: &mut Dice,
        list: &'static [&'static str],
        prose: bool,
    ) -> usize {
        let line = self.say(dice, list);
        page.put(dice, line, prose)
    }

    /// A headline of an article that is seldom on the page.
    fn headline(&self, dice: &mut Dice) -> String {
        if dice.chance(20) {
            return dice.pick(self.sources).title.clone();
        }
        self.say(dice, self.words.headlines).to_owned()
    }

    fn top(&mut self, page: &mut Writer<'_>, dice: &mut Dice) {
        if page.style.cookies {
            for line in self.say(dice, self.words.cookies).split('|') {
                page.put(dice, line, line.len() > 100);
            }
        }
        if page.style.menu {
            self.print(page, dice, self.words.site, false);
            let separator = *dice.pick(&["\n", " | ", "   ", " · ", "\n"]);
            let from = dice.below(6);
            let items: Vec<&str> = (0..5)
                .map(|step| self.words.sections[(from + step) % self.words.sections.len()])
                .collect();
            for line in items.join(separator).split('\n') {
                page.put(dice, line, false);
            }
            if dice.chance(30) {
                page.gap(1);
            }
        }
    }

    fn article(&mut self, page: &mut Writer<'_>, dice: &mut Dice) -> Gold {
        let mut number = dice.below(self.sources.len());
        while self.used.contains(&number) {
            number = (number + 1) % self.sources.len();
        }
        self.used.push(number);
        let source = self.sources[number];
        let style = page.style;
        let titled = style.title != Title::None;
        let mut gold = Gold {
            dated: style.date == Place::BelowTitle || (style.date == Place::AboveTitle && titled),
            unsigned: source.unsigned,
            ..Gold::default()
        };
        let mut start = None;
        if style.kicker && titled {
            self.print(page, dice, self.words.kickers, false);
        }
        if titled {
            self.byline(page, dice, Place::AboveTitle);
            self.date(page, dice, Place::AboveTitle);
            let title = match style.title {
                Title::Capitals => source.title.to_uppercase(),
                _ => source.title.clone(),
            };
            start = Some(page.put(dice, title, false));
            if style.title == Title::Doubled {
                page.put(dice, source.title.clone(), false);
            }
        }
        let first = page.lines.len();
        if style.tools && titled {
            self.print(page, dice, self.words.tools, false);
        }
        self.byline(page, dice, Place::BelowTitle);
        self.date(page, dice, Place::BelowTitle);
        if matches!(style.pictures, Pictures::Top | Pictures::TopTwice) {
            self.picture(page, dice, &mut gold);
        }
        if style.title == Title::Repeated {
            page.put(dice, source.title.clone(), false);
        }
        if style.standfirst {
            self.print(page, dice, self.words.standfirsts, false);
        }
        let mut last = self.body(page, dice, source, &mut gold);
        if style.signature == Signature::Line {
            let (line, agency) = *dice.pick_half(self.words.credits, self.half);
            last = page.put(dice, line, false);
            gold.text.insert(agency_named(agency));
        }
        if style.byline == Place::AtEnd {
            last = self.byline(page, dice, Place::AtEnd).unwrap_or(last);
        }
        let head =
            (first..page.lines.len()).find(|&at| !page.lines[at].is_empty()).unwrap_or(first);
        gold.lines = (start.unwrap_or(head + 1), last);
        gold
    }

    fn byline(&self, page: &mut Writer<'_>, dice: &mut Dice, place: Place) -> Option<usize> {
        if page.style.byline != place {
            return None;
        }
        let person = self.say(dice, self.words.people);
        let line = self.say(dice, self.words.by).replace("{}", person);
        Some(page.put(dice, line, false))
    }

    fn date(&self, page: &mut Writer<'_>, dice: &mut Dice, place: Place) {
        if page.style.date == place {
            self.print(page, dice, self.words.dates, false);
        }
    }

    fn picture(&self, page: &mut Writer<'_>, dice: &mut Dice, gold: &mut Gold) {
        let mut line = self.say(dice, self.words.captions).to_owned();
        if dice.chance(60) {
            let credit = self.say(dice, self.words.photo_credits);
            gold.photo.insert(agency_in(credit));
            if credit.starts_with('.') {
                line.truncate(line.trim_end_matches('.').len());
            }
            line.push_str(credit);
        }
        page.put(dice, line.clone(), false);
        if page.style.pictures == Pictures::TopTwice {
            page.put(dice, line, false);
        }
    }

    /// The number of the body's last line.
    fn body(
        &self,
        page: &mut Writer<'_>,
        dice: &mut Dice,
        source: &Source,
        gold: &mut Gold,
    ) -> usize {
        let style = page.style;
        let mut paragraphs = shaped(&source.paragraphs, style.body);
        if dice.chance(20) && style.body != Body::Brief {
            let (sentence, agency) = *dice.pick_half(self.words.attributions, self.half);
            let at = paragraphs.len() / 2;
            let space = if source.lang == "ja" { "" } else { " " };
            paragraphs[at] = format!("{}{space}{sentence}", paragraphs[at]);
            gold.attributed.insert(agency_named(agency));
        }
        if style.signature == Signature::Dateline {
            let (head, agency) = *dice.pick_half(self.words.datelines, self.half);
            paragraphs[0] = format!("{head}{}", paragraphs[0]);
            gold.text.insert(agency_named(agency));
        }
        if style.signature == Signature::Bracket
            && let Some(closing) = paragraphs.last_mut()
        {
            let (open, close) = if source.lang == "ja" { ("（", "）") } else { (" (", ")") };
            let (name, agency) = match source.lang.as_str() {
                "de" => ("dpa", "dpa"),
                "es" => ("EFE", "EFE"),
                "ja" => ("共同", "Kyodo"),
                "ar" => ("رويترز", "Reuters"),
                "en" => ("Reuters", "Reuters"),
                _ => ("AFP", "AFP"),
            };
            closing.push_str(&format!("{open}{name}{close}"));
            gold.text.insert(agency_named(agency));
        }
        let count = paragraphs.len();
        let middle = count / 2;
        let mut last = 0;
        for (index, paragraph) in paragraphs.iter().enumerate() {
            if index > 0 {
                self.between(page, dice, index, index == middle, gold);
            }
            last = page.paragraph(dice, paragraph);
        }
        last
    }

    /// What stands between two paragraphs.
    fn between(
        &self,
        page: &mut Writer<'_>,
        dice: &mut Dice,
        index: usize,
        middle: bool,
        gold: &mut Gold,
    ) {
        let style = page.style;
        if style.adverts && dice.chance(30) {
            self.print(page, dice, self.words.advert, false);
        }
        if style.read_also && (middle || dice.chance(20)) {
            let headline = self.headline(dice);
            let line = self.say(dice, self.words.read_also).replace("{}", &headline);
            page.put(dice, line, false);
        }
        if style.inner_box && middle {
            if dice.chance(50) {
                for line in self.say(dice, self.words.newsletter).split('|') {
                    page.put(dice, line, false);
                }
            } else {
                self.print(page, dice, self.words.related, false);
                for _ in 0..1 + dice.below(3) {
                    let headline = self.headline(dice);
                    page.put(dice, headline, false);
                }
            }
        }
        if style.pictures == Pictures::Between && (middle || dice.chance(15)) {
            self.picture(page, dice, gold);
        }
        match style.body {
            Body::Subheads if middle || index.is_multiple_of(3) => {
                self.print(page, dice, self.words.subheads, false);
            }
            Body::Dialogue if middle => {
                for _ in 0..2 + dice.below(3) {
                    self.print(page, dice, self.words.quotes, true);
                }
            }
            Body::List if middle => {
                for _ in 0..2 + dice.below(3) {
                    self.print(page, dice, self.words.bullets, false);
                }
            }
            _ => {}
        }
    }

    fn foot(&self, page: &mut Writer<'_>, dice: &mut Dice, foot: Foot) {
        match foot {
            Foot::None => {}
            Foot::Share => {
                for _ in 0..2 + dice.below(4) {
                    self.print(page, dice, self.words.share, false);
                }
            }
            Foot::Newsletter => {
                for line in self.say(dice, self.words.newsletter).split('|') {
                    page.put(dice, line, false);
                }
            }
            Foot::Comments => {
                self.print(page, dice, self.words.comments, false);
                for _ in 0..1 + dice.below(4) {
                    self.print(page, dice, self.words.people, false);
                    if dice.chance(60) {
                        self.ago(page, dice);
                    }
                    self.print(page, dice, self.words.comment_texts, true);
                }
            }
            Foot::Related => {
                self.print(page, dice, self.words.related, false);
                for _ in 0..3 + dice.below(4) {
                    let headline = self.headline(dice);
                    page.put(dice, headline, false);
                }
            }
            Foot::Rail => {
                self.print(page, dice, self.words.related, false);
                let above = dice.chance(50);
                for _ in 0..4 + dice.below(12) {
                    if above {
                        self.ago(page, dice);
                    }
                    let headline = self.headline(dice);
                    page.put(dice, headline, false);
                    if !above {
                        self.ago(page, dice);
                    }
                }
            }
        }
    }

    fn ago(&self, page: &mut Writer<'_>, dice: &mut Dice) {
        let number = (2 + dice.below(57)).to_string();
        let line = self.say(dice, self.words.ago).replace("{}", &number);
        page.put(dice, line, false);
    }
}

fn shaped(paragraphs: &[String], body: Body) -> Vec<String> {
    let sentences = |text: &str| -> Vec<String> {
        if text.contains('。') {
            return text.split_inclusive('。').map(str::to_owned).collect();
        }
        let mut found: Vec<String> = Vec::new();
        for piece in text.split_inclusive(". ") {
            // An initial or an abbreviation ends no sentence.
            let open = found.last().is_some_and(|last: &String| {
                last.split_whitespace().last().is_some_and(|word| word.chars().count() <= 3)
            });
            match found.last_mut() {
                Some(last) if open => last.push_str(piece),
                _ => found.push(piece.to_owned()),
            }
        }
        found.iter().map(|sentence| sentence.trim().to_owned()).collect()
    };
    match body {
        Body::Sentences => paragraphs.iter().flat_map(|text| sentences(text)).collect(),
        Body::OneLine => {
            let space = if paragraphs[0].contains(' ') { " " } else { "" };
            vec![paragraphs.join(space)]
        }
        Body::Brief => {
            let mut brief = String::new();
            for sentence in paragraphs.iter().flat_map(|text| sentences(text)) {
                let size = brief.split_whitespace().count() + sentence.split_whitespace().count();
                if !brief.is_empty() && size >= 60 || brief.chars().count() > 350 {
                    break;
                }
                if !brief.is_empty() && sentence.contains(' ') {
                    brief.push(' ');
                }
                brief.push_str(&sentence);
            }
            vec![brief]
        }
        _ => paragraphs.to_vec(),
    }
}

fn agency_named(name: &str) -> Agency {
    Agency::ALL.into_iter().find(|agency| agency.name() == name).expect("an agency's name")
}

fn agency_in(credit: &str) -> Agency {
    let names = [
        ("AFP", "AFP"),
        ("REUTERS", "Reuters"),
        ("AP", "AP"),
        ("dpa", "dpa"),
        ("EFE", "EFE"),
        ("共同", "Kyodo"),
        ("ロイター", "Reuters"),
        ("رويترز", "Reuters"),
        ("أ ف ب", "AFP"),
        ("فرانس برس", "AFP"),
    ];
    let found = names.iter().find(|(sign, _)| credit.contains(sign));
    agency_named(found.expect("a photo credit names an agency").1)
}
