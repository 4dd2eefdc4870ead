//! Which short blocks are titles: evidence from what stands above, between and below them.

use super::fold::fold_line;
use super::furniture::Furniture;
use super::kind::Kind;
use super::line::Block;
use super::segment::{HEAD_BLOCKS, Outline};
use ahash::AHashSet;

/// Evidence that a short block is a title, in points; an article opens at [`OPEN`].
///
/// Chosen on pages composed of the even-numbered articles of two French corpora and on invented pages in five languages;
/// on pages of the odd-numbered articles the start lines come out at F1 .997 (no headings in the bodies) and .977 (many).
mod weights {
    pub(super) const FIRST_OF_PAGE: f64 = 3.0;
    pub(super) const WIDE_GAP: f64 = 2.0;
    pub(super) const AFTER_CREDIT: f64 = 4.0;
    pub(super) const AFTER_SIGN: f64 = 1.0;
    pub(super) const AFTER_BYLINE: f64 = 2.0;
    pub(super) const AFTER_FURNITURE: f64 = 1.5;
    /// Sites that print the day above the title; also in ranking.
    pub(super) const AFTER_PUBLICATION: f64 = 1.5;
    /// One of the headlines below "related", "most read"; also in ranking.
    pub(super) const LISTED: f64 = -1.5;
    pub(super) const REPEATED: f64 = 3.0;
    /// Printed twice in a row: a title on a card, or a caption.
    pub(super) const DOUBLED: f64 = 1.5;
    pub(super) const CAPTION_TWICE: f64 = 2.0;
    pub(super) const PUBLICATION_LINE: f64 = 4.5;
    /// Its day right below it, as below the first title of the page.
    pub(super) const CUSTOM: f64 = 2.5;
    pub(super) const BYLINE: f64 = 1.0;
    pub(super) const HEAD_FURNITURE: f64 = 1.0;
    pub(super) const CAPTION: f64 = 1.0;
    pub(super) const AGENCY_DATELINE: f64 = 2.0;
    pub(super) const LONG: f64 = 1.0;
    pub(super) const LONGER: f64 = 0.5;
    pub(super) const TIGHT: f64 = -1.0;
    /// Short and right under prose, where subheadings stand.
    pub(super) const SHORT: f64 = -1.0;
    /// "1. …", "18h05 - …", "… :", or in lower case.
    pub(super) const UNLIKE_A_TITLE: f64 = -3.0;
    /// In ranking, for every block between a candidate and the prose.
    pub(super) const DISTANCE: f64 = -0.5;
    /// In ranking, for a line that belongs to the menu above it.
    pub(super) const MASTHEAD: f64 = -1.5;
    /// In ranking, for the page's first line, when it goes on in lower case after a dash.
    pub(super) const NAME_AND_MOTTO: f64 = -4.0;
    /// In ranking, for a line that tells a day and year, as captions do.
    pub(super) const DATED: f64 = -2.5;
    /// In ranking, for a headline between two relative times.
    pub(super) const IN_A_LIST: f64 = -3.0;
    /// Wholly between quotation marks: subheadings are, titles name the speaker.
    pub(super) const QUOTATION: f64 = -1.0;
    /// The same right under prose, where people talk.
    pub(super) const DIALOGUE: f64 = -3.0;
    /// None of its words in the prose below.
    pub(super) const NO_WORDS: f64 = -1.5;
    /// Times (share of its words in the prose below − share in the prose above).
    pub(super) const NEW_WORDS: f64 = 2.0;
    /// Prose above and below share few words, or many.
    pub(super) const NEW_SUBJECT: f64 = 1.5;
    pub(super) const SAME_SUBJECT: f64 = -1.5;
}

const OPEN: f64 = 3.0;
/// After related headings have begun, a title must show more …
const OPEN_IN_TAIL: f64 = 4.0;
/// … and after readers' comments, of which each may be headed by a name.
const OPEN_IN_COMMENTS: f64 = 4.5;
const TITLE_WORDS: std::ops::RangeInclusive<usize> = 2..=40;
/// A title of fewer words is known only by its day, where the page's first title has its own in the same place.
const PLAIN_WORDS: usize = 3;
const SHORT_WORDS: usize = 5;
const LONG_WORDS: usize = 7;
const LONGER_WORDS: usize = 11;
/// Words above and below that are compared.
const WINDOW_WORDS: usize = 150;
const FEW_SHARED: f64 = 0.10;
const MANY_SHARED: f64 = 0.22;

/// A block that may be a title: its points, and its rank among the candidates above one stretch of prose.
#[derive(Clone, Copy)]
struct Candidate {
    block: usize,
    score: f64,
    rank: f64,
}

impl Outline<'_> {
    /// The blocks of the titles, ascending.
    pub(super) fn titles(&self) -> Vec<usize> {
        let mut titles: Vec<usize> = Vec::new();
        let mut best: Option<Candidate> = None;
        // What stands above a group of candidates speaks for the group, not for the one nearest to it.
        let mut above_group: f64 = 0.0;
        let mut threshold = OPEN;
        let mut first = true;
        for index in 0..self.blocks.len() {
            match self.kind(index) {
                Some(Kind::Furniture(Furniture::Tail)) => threshold = threshold.max(OPEN_IN_TAIL),
                Some(Kind::Furniture(Furniture::Comments)) => threshold = OPEN_IN_COMMENTS,
                _ => {}
            }
            if self.is_solid(index) {
                first = false;
                if let Some(candidate) = best.take()
                    && candidate.score + above_group >= threshold
                {
                    titles.push(candidate.block);
                    threshold = OPEN;
                }
                above_group = 0.0;
                continue;
            }
            let Some(prose) = self.prose_below(index) else { continue };
            let custom = self.has_day_below(index)
                && titles.first().is_some_and(|&first| self.has_day_below(first));
            if !custom && self.blocks.get(index).is_some_and(|block| block.words < PLAIN_WORDS) {
                continue;
            }
            // A name above a comment.
            if threshold == OPEN_IN_COMMENTS && matches!(self.kind(index), Some(Kind::Byline(_))) {
                continue;
            }
            above_group = above_group.max(self.score_above(index));
            // Of a title printed several times the first is the title.
            let again = best.is_some_and(|other| {
                self.key(other.block) == self.key(index)
                    && !(self.is_listed(other.block) && self.has_other_between(other.block, index))
            });
            if again {
                continue;
            }
            let own = self.own_score(index) + if custom { weights::CUSTOM } else { 0.0 };
            let score = self.score(index, prose, titles.last().copied(), first) + own;
            let rank = score + self.rank(index, prose) + own;
            if best.is_none_or(|other| rank > other.rank) {
                best = Some(Candidate { block: index, score, rank });
            }
        }
        titles
    }

    fn has_day_below(&self, index: usize) -> bool {
        self.kind(index + 1) == Some(Kind::Publication)
    }

    /// The prose that `index` may be the title of; `None` when it cannot be a title.
    fn prose_below(&self, index: usize) -> Option<usize> {
        let block = self.blocks.get(index)?;
        let fits = match self.kind(index)? {
            Kind::Short => true,
            Kind::Byline(explicit) => !explicit && block.words >= PLAIN_WORDS,
            _ => false,
        };
        let prose = *self.next_prose.get(index)?;
        (fits
            && TITLE_WORDS.contains(&block.words)
            && prose != usize::MAX
            && prose - index <= HEAD_BLOCKS)
            .then_some(prose)
    }

    /// `first`: no prose stands above on the page.
    fn score(&self, index: usize, prose: usize, opened: Option<usize>, first: bool) -> f64 {
        let Some(block) = self.blocks.get(index) else { return 0.0 };
        let text = block.span.slice(self.text).unwrap_or_default();
        let mut score = 0.0;
        if first && opened.is_none() {
            score += weights::FIRST_OF_PAGE;
        }
        if block.blanks >= 2 && block.blanks > self.usual_blanks {
            score += weights::WIDE_GAP;
        }
        score += self.score_head(index, prose);
        let under_prose =
            index.checked_sub(1).and_then(|above| self.kind(above)).is_some_and(Kind::is_prose);
        if under_prose && block.words <= SHORT_WORDS {
            score += weights::SHORT;
        }
        if block.words >= LONG_WORDS {
            score += weights::LONG;
        }
        if block.words >= LONGER_WORDS {
            score += weights::LONGER;
        }
        if is_unlike_a_title(text) {
            score += weights::UNLIKE_A_TITLE;
        }
        if is_quotation(text) {
            let talk = under_prose && block.blanks <= self.usual_blanks;
            score += if talk { weights::DIALOGUE } else { weights::QUOTATION };
        }
        score + self.score_words(index, prose, opened)
    }

    /// What speaks for or against one line of a group, and not for the group.
    fn own_score(&self, index: usize) -> f64 {
        let dated = index.checked_sub(1).is_some_and(|above| {
            self.kind(above) == Some(Kind::Publication)
                || matches!(self.kind(above), Some(Kind::Byline(true)))
                    && above
                        .checked_sub(1)
                        .is_some_and(|above| self.kind(above) == Some(Kind::Publication))
        });
        let mut score = 0.0;
        if dated {
            score += weights::AFTER_PUBLICATION;
        } else if self.is_listed(index) {
            score += weights::LISTED;
        }
        score
    }

    /// Whether another line that may be a title stands between two that are the same: the first is of a list.
    fn has_other_between(&self, first: usize, again: usize) -> bool {
        (first + 1..again)
            .any(|at| self.prose_below(at).is_some() && self.key(at) != self.key(again))
    }

    /// Whether only headlines and times stand between a line and the heading of a list above it.
    pub(super) fn is_listed(&self, index: usize) -> bool {
        const MOST: usize = 12;
        let gap = |at: usize| {
            self.blocks
                .get(at)
                .is_some_and(|block| block.blanks >= 2 && block.blanks > self.usual_blanks)
        };
        if gap(index) {
            return false;
        }
        for above in (index.saturating_sub(MOST)..index).rev() {
            match self.kind(above) {
                Some(Kind::Furniture(Furniture::Tail)) => return true,
                Some(Kind::Short | Kind::TimeAgo(_) | Kind::Byline(false)) if !gap(above) => {}
                _ => return false,
            }
        }
        false
    }

    fn score_above(&self, index: usize) -> f64 {
        let Some(above) = index.checked_sub(1) else { return 0.0 };
        let tight = self.blocks.get(index).is_some_and(|block| block.blanks == 0);
        match self.kind(above) {
            // Between two paragraphs it is a picture's.
            Some(Kind::Credit) if self.text_of(above).starts_with('©') => weights::AFTER_SIGN,
            Some(Kind::Credit | Kind::SignOff) => weights::AFTER_CREDIT,
            Some(Kind::Byline(_)) => weights::AFTER_BYLINE,
            // An advert between two paragraphs says nothing.
            Some(Kind::Furniture(Furniture::Inline)) => 0.0,
            Some(Kind::Furniture(_) | Kind::TimeAgo(_)) => weights::AFTER_FURNITURE,
            Some(Kind::Paragraph | Kind::Sentence) if tight && self.usual_blanks > 0 => {
                weights::TIGHT
            }
            _ => 0.0,
        }
    }

    /// What stands between a title and its prose.
    fn score_head(&self, index: usize, prose: usize) -> f64 {
        let mut score = 0.0;
        let head = index + 1..prose;
        let key = self.key(index);
        let mut add = |found: bool, points: f64| {
            if found {
                score += points;
            }
        };
        let any =
            |test: &dyn Fn(Kind) -> bool| head.clone().any(|at| self.kind(at).is_some_and(test));
        let again = head.clone().chain([prose + 1]).filter(|&at| self.key(at) == key);
        let (adjacent, apart) = again.partition::<Vec<usize>, _>(|&at| at == index + 1);
        add(!apart.is_empty(), weights::REPEATED);
        add(apart.is_empty() && !adjacent.is_empty(), weights::DOUBLED);
        add(head.clone().any(|at| self.is_slug_of(at, index)), weights::REPEATED);
        add(
            head.clone().any(|at| self.is_doubled(at) && self.key(at) != key),
            weights::CAPTION_TWICE,
        );
        add(any(&|kind| kind == Kind::Publication), weights::PUBLICATION_LINE);
        add(any(&|kind| matches!(kind, Kind::Byline(_) | Kind::Credit)), weights::BYLINE);
        add(
            any(&|kind| matches!(kind, Kind::TimeAgo(_) | Kind::Furniture(_))),
            weights::HEAD_FURNITURE,
        );
        add(any(&|kind| kind == Kind::Caption), weights::CAPTION);
        let opening = self
            .blocks
            .get(prose)
            .and_then(|block| block.span.slice(self.text))
            .unwrap_or_default();
        add(super::dateline::dateline(opening).is_some(), weights::AGENCY_DATELINE);
        score
    }

    /// Whether a block is the beginning of a title: the name that the picture desk gives its pictures.
    pub(super) fn is_slug_of(&self, slug: usize, title: usize) -> bool {
        let (Some(slug), Some(title)) = (self.blocks.get(slug), self.blocks.get(title)) else {
            return false;
        };
        if slug.words < 2 || slug.words >= title.words {
            return false;
        }
        let fold = |block: &Block| fold_line(block.span.slice(self.text).unwrap_or_default());
        fold(title).starts_with(&fold(slug))
    }

    /// The title's words in the prose below against above, and whether the subject changes between them.
    fn score_words(&self, index: usize, prose: usize, opened: Option<usize>) -> f64 {
        let title = self.content(index);
        let below = self.window_below(prose);
        let above = self.window_above(index, opened.unwrap_or(0));
        if title.is_empty() || below.is_empty() {
            return 0.0;
        }
        let share = |window: &AHashSet<u32>| {
            title.iter().filter(|word| window.contains(word)).count() as f64 / title.len() as f64
        };
        if above.is_empty() {
            return weights::NEW_WORDS * share(&below) * 0.5;
        }
        let smaller = above.len().min(below.len()) as f64;
        let shared = below.iter().filter(|word| above.contains(word)).count() as f64 / smaller;
        let subject = if shared < FEW_SHARED {
            weights::NEW_SUBJECT
        } else if shared > MANY_SHARED {
            weights::SAME_SUBJECT
        } else {
            0.0
        };
        let foreign =
            if title.len() >= 2 && share(&below) == 0.0 { weights::NO_WORDS } else { 0.0 };
        weights::NEW_WORDS * (share(&below) - share(&above)) + subject + foreign
    }

    /// Which of the short blocks above one stretch of prose is the title: long enough, and of its words.
    fn rank(&self, index: usize, prose: usize) -> f64 {
        let words = self.blocks.get(index).map_or(0, |block| block.words);
        let length = match words {
            0..=3 => -1.0,
            4 | 5 => 0.0,
            6..=25 => 1.0,
            _ => 0.5,
        };
        let below = self.window_below(prose);
        let title = self.content(index);
        let shared = title.iter().filter(|word| below.contains(word)).count() as f64;
        let is_time = |at: usize| matches!(self.kind(at), Some(Kind::TimeAgo(_)));
        let listed = index.checked_sub(1).is_some_and(is_time) && is_time(index + 1);
        let list = if listed { weights::IN_A_LIST } else { 0.0 };
        let distance = weights::DISTANCE * (prose - index) as f64;
        let text = self
            .blocks
            .get(index)
            .and_then(|block| block.span.slice(self.text))
            .unwrap_or_default();
        let dated = super::date::dates(text, 0).iter().any(|date| date.year.is_some());
        let caption = if dated { weights::DATED } else { 0.0 };
        // Glued to a menu and apart from what follows: the site's name or motto.
        let glued = self.usual_blanks > 0
            && self.blocks.get(index).is_some_and(|block| block.blanks == 0)
            && self.blocks.get(index + 1).is_some_and(|below| below.blanks > 0)
            && matches!(
                index.checked_sub(1).and_then(|above| self.kind(above)),
                Some(Kind::Furniture(_))
            );
        let above_menu = index == 0
            && self.blocks.get(1).is_some_and(|below| below.blanks == 0)
            && self.blocks.get(2).is_some_and(|below| below.blanks > 0)
            && matches!(self.kind(1), Some(Kind::Furniture(_)));
        // A line over a rule, and another title below: a letterhead.
        let over_rule = above_menu && self.blocks.get(1).is_some_and(|below| below.words == 0);
        let masthead = if index == 0 && (over_rule || is_name_and_motto(self.text_of(index))) {
            weights::NAME_AND_MOTTO
        } else if glued || above_menu {
            weights::MASTHEAD
        } else {
            0.0
        };
        length + list + distance + caption + masthead + 2.0 * shared / (title.len().max(1) as f64)
    }

    fn window_below(&self, prose: usize) -> AHashSet<u32> {
        let mut window = AHashSet::new();
        let mut taken = 0;
        for index in prose..self.blocks.len().min(prose + 2 * HEAD_BLOCKS) {
            if self.kind(index).is_some_and(Kind::is_prose) {
                let words = self.content(index);
                let words = words.get(..words.len().min(WINDOW_WORDS - taken)).unwrap_or_default();
                taken += words.len();
                window.extend(words);
            }
            if taken >= WINDOW_WORDS {
                break;
            }
        }
        window
    }

    fn window_above(&self, index: usize, from: usize) -> AHashSet<u32> {
        let mut window = AHashSet::new();
        let mut taken = 0;
        for above in (from.max(index.saturating_sub(2 * HEAD_BLOCKS))..index).rev() {
            if self.kind(above).is_some_and(Kind::is_prose) {
                let words = self.content(above);
                let skip = words.len().saturating_sub(WINDOW_WORDS - taken);
                let words = words.get(skip..).unwrap_or_default();
                taken += words.len();
                window.extend(words);
            }
            if taken >= WINDOW_WORDS {
                break;
            }
        }
        window
    }
}

/// An entry of a list or of a live blog, an introduction, or the middle of a sentence.
pub(super) fn is_unlike_a_title(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = rest.len() < text.len() && (rest.starts_with(". ") || rest.starts_with(") "));
    let clock = rest.len() < text.len() && {
        let after =
            rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, 'h' | ':' | ' '));
        rest.starts_with(['h', ':']) && after.starts_with(['-', '–', '—', '|'])
    };
    numbered
        || clock
        || text.ends_with([':', ',', ';', '：'])
        || text.starts_with(['—', '―', '–'])
        || text.chars().next().is_some_and(char::is_lowercase)
}

/// "The Sourlac Messenger - news of the valley".
pub(super) fn is_name_and_motto(text: &str) -> bool {
    let goes_on_small = [" - ", " – ", " — ", " | "].iter().any(|dash| {
        text.split_once(dash).is_some_and(|(_, motto)| motto.starts_with(char::is_lowercase))
    });
    goes_on_small || is_name_in_capitals(text)
}

/// "THE SOURLAC MESSENGER (morning edition)": the motto may stand behind any sign when the name is in capitals. One word
/// in capitals may be what a title is about.
pub(super) fn is_name_in_capitals(text: &str) -> bool {
    const SIGNS: [&str; 8] = [" - ", " – ", " — ", " | ", " · ", " • ", " (", ", "];
    let Some(end) = SIGNS.iter().filter_map(|sign| text.find(sign)).min() else { return false };
    let name = text.get(..end).unwrap_or_default();
    is_capitals(name) && name.contains(' ')
}

pub(super) fn is_quotation(text: &str) -> bool {
    text.starts_with(['«', '"', '“', '„', '‘', '「'])
        && text.ends_with(['»', '"', '”', '“', '’', '」'])
}

pub(super) fn is_capitals(text: &str) -> bool {
    const LETTERS: usize = 8;
    !text.contains(char::is_lowercase)
        && text.chars().filter(|c| c.is_uppercase()).count() >= LETTERS
}
