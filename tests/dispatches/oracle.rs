//! The definition of the dispatches module, read literally: sets of words, all pairs, everything counted anew each time.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use wirecopy::dispatches::{CutReason, DispatchConfig};
use wirecopy::language::Weigher;
use wirecopy::links::{Link, LinkKind, Links};
use wirecopy::{ArticleSet, Role};

type Words = BTreeSet<usize>;
/// Texts as ascending lists of articles, and for each ordered pair of texts the words of the first in their links.
type Shared = BTreeMap<(usize, usize), Words>;

#[derive(Debug, PartialEq)]
pub(crate) struct Answer {
    /// By ascending anchor: the anchor and the words of each member article.
    pub(crate) dispatches: Vec<(usize, BTreeMap<usize, Words>)>,
    pub(crate) versions: Vec<Vec<Vec<usize>>>,
    pub(crate) earliest_seen: Vec<Vec<usize>>,
    pub(crate) missing: Vec<bool>,
    pub(crate) primary: Vec<Option<usize>>,
    pub(crate) compilations: Vec<usize>,
    pub(crate) cuts: Vec<(usize, Option<usize>, usize, CutReason)>,
}

struct Oracle<'a> {
    set: &'a ArticleSet,
    links: &'a [Link],
    config: &'a DispatchConfig,
    texts: Vec<Vec<usize>>,
    shared: Shared,
    updates: BTreeSet<(usize, usize)>,
    strangers: BTreeSet<(usize, usize)>,
}

struct Group {
    anchor: usize,
    text: usize,
    members: BTreeMap<usize, Words>,
}

/// A possible anchor: how it compares, its text, the texts it verifies.
type Choice = (ChoiceKey, usize, Vec<usize>);
type ChoiceKey = ((Reverse<usize>, Reverse<usize>), (bool, i64), Reverse<usize>, usize, usize);

struct Region {
    members: Vec<usize>,
    took: Words,
    words: Words,
}

pub(crate) fn answer(set: &ArticleSet, links: &Links, config: &DispatchConfig) -> Answer {
    let links = &links.links;
    let texts = texts(set, links);
    let mut oracle = Oracle {
        set,
        links,
        config,
        texts,
        shared: Shared::new(),
        updates: BTreeSet::new(),
        strangers: BTreeSet::new(),
    };
    oracle.gather();
    let compilations: Vec<bool> =
        (0..oracle.texts.len()).map(|t| oracle.is_compilation(t)).collect();
    let groups = oracle.cover(&compilations);
    let expand = |group: &Group| {
        let articles = group.members.iter();
        articles
            .flat_map(|(t, words)| oracle.texts[*t].iter().map(|a| (*a, words.clone())))
            .collect::<BTreeMap<usize, Words>>()
    };
    let dispatches: Vec<_> = groups.iter().map(|group| (group.anchor, expand(group))).collect();
    let length = |article: usize| set.texts()[article].tokens().len() as f64;
    let primary = (0..set.len())
        .map(|article| {
            let mut of = dispatches.iter().enumerate().filter_map(|(i, (_, members))| {
                Some((i, members.get(&article)?.len() as f64 / length(article)))
            });
            let first = of.next()?;
            Some(of.fold(first, |best, next| if next.1 > best.1 { next } else { best }).0)
        })
        .collect();
    let compiled: Vec<usize> = (0..oracle.texts.len()).filter(|&t| compilations[t]).collect();
    let mut compilations: Vec<usize> =
        compiled.iter().flat_map(|&t| oracle.texts[t].clone()).collect();
    compilations.sort_unstable();
    Answer {
        versions: groups.iter().map(|group| oracle.versions(group)).collect(),
        earliest_seen: dispatches.iter().map(|(_, members)| earliest_seen(set, members)).collect(),
        missing: (0..groups.len()).map(|g| oracle.is_missing(&groups, g, &compiled)).collect(),
        primary,
        compilations,
        cuts: oracle.cuts(&groups, &dispatches),
        dispatches,
    }
}

/// Articles of equal, non-empty words that copy links join.
fn texts(set: &ArticleSet, links: &[Link]) -> Vec<Vec<usize>> {
    let words = |article: usize| -> Vec<u64> {
        set.texts()[article].tokens().iter().map(|token| token.hash).collect()
    };
    let mut group: Vec<usize> = (0..set.len()).collect();
    for link in links.iter().filter(|link| link.kind == LinkKind::Copy) {
        if link.a.max(link.b) < set.len()
            && !words(link.a).is_empty()
            && words(link.a) == words(link.b)
        {
            let (from, to) = (group[link.a], group[link.b]);
            group.iter_mut().filter(|g| **g == from).for_each(|g| *g = to);
        }
    }
    let mut texts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (article, number) in group.into_iter().enumerate() {
        texts.entry(number).or_default().push(article);
    }
    let mut texts: Vec<Vec<usize>> = texts.into_values().collect();
    texts.sort();
    texts
}

impl Oracle<'_> {
    fn text_of(&self, article: usize) -> usize {
        self.texts.iter().position(|text| text.contains(&article)).unwrap()
    }

    fn length(&self, text: usize) -> usize {
        self.set.texts()[self.texts[text][0]].tokens().len()
    }

    fn words_of_link(&self, link: &Link) -> Option<[Words; 2]> {
        let known = |article: usize| Some(self.set.texts().get(article)?.tokens().len() as u32);
        let ends = [known(link.a)?, known(link.b)?];
        let (mut a, mut b) = (Words::new(), Words::new());
        for passage in &link.passages {
            a.extend(passage.a.tokens.clone().filter(|word| *word < ends[0]).map(|w| w as usize));
            b.extend(passage.b.tokens.clone().filter(|word| *word < ends[1]).map(|w| w as usize));
        }
        (!a.is_empty() && !b.is_empty()).then_some([a, b])
    }

    fn gather(&mut self) {
        use LinkKind::{Background, Quotation, Series};
        for link in self.links.iter().filter(|l| [Background, Quotation, Series].contains(&l.kind))
        {
            if link.a.max(link.b) < self.set.len() {
                let (x, y) = (self.text_of(link.a), self.text_of(link.b));
                self.strangers.extend([(x, y), (y, x)]);
            }
        }
        for link in self.links.iter().filter(|link| link.kind.makes_dispatches()) {
            let Some([a, b]) = self.words_of_link(link) else { continue };
            let (x, y) = (self.text_of(link.a), self.text_of(link.b));
            if x != y {
                self.shared.entry((x, y)).or_default().extend(a);
                self.shared.entry((y, x)).or_default().extend(b);
                if link.kind == LinkKind::Update {
                    self.updates.extend([(x, y), (y, x)]);
                }
            }
        }
    }

    fn neighbours(&self, text: usize) -> Vec<usize> {
        (0..self.texts.len()).filter(|other| self.shared.contains_key(&(text, *other))).collect()
    }

    fn is_half(&self, part: usize, whole: usize) -> bool {
        whole > 0 && part as f64 >= self.config.min_overlap() * whole as f64
    }

    fn is_related(&self, part: usize, whole: usize) -> bool {
        whole > 0 && part as f64 >= self.config.min_related() * whole as f64
    }

    fn is_wire(&self, text: usize) -> bool {
        self.texts[text].iter().any(|a| self.set.articles()[*a].role() == Role::Wire)
    }

    /// The text before the sequel, each of the sequel's articles surely later than one of the text's.
    fn is_sequel(&self, text: usize, sequel: usize) -> bool {
        let published = |article: usize| self.set.articles()[article].published();
        let is_later = self.texts[text].iter().any(|&first| {
            self.texts[sequel].iter().all(|&then| published(first).surely_before(published(then)))
        });
        let shared = &self.shared[&(sequel, text)];
        let opening = self.length(sequel).min(40);
        let opens_anew =
            !self.is_half((0..opening).filter(|w| shared.contains(w)).count(), opening);
        is_later && opens_anew && self.retold(text, sequel) >= 0.4
    }

    /// Share of the different words the sequel has of its own, by idf and without stop words, that the text has elsewhere.
    fn retold(&self, text: usize, sequel: usize) -> f64 {
        let words = |t: usize| -> Vec<u64> {
            self.set.texts()[self.texts[t][0]].tokens().iter().map(|token| token.hash).collect()
        };
        let outside = |t: usize, other: usize| -> Vec<(usize, u64)> {
            let all = words(t).into_iter().enumerate();
            all.filter(|(at, _)| !self.shared[&(t, other)].contains(at)).collect()
        };
        let elsewhere: BTreeSet<u64> = outside(text, sequel).into_iter().map(|w| w.1).collect();
        let article = self.texts[sequel][0];
        let language = wirecopy::language::of_set(self.set)[article];
        let weights =
            Weigher::new(language).weigh(&self.set.articles()[article], &self.set.texts()[article]);
        let (mut all, mut retold, mut seen) = (0.0, 0.0, BTreeSet::new());
        for (at, word) in outside(sequel, text) {
            if seen.insert(word) && !weights[at].stop {
                all += f64::from(weights[at].idf);
                retold += if elsewhere.contains(&word) { f64::from(weights[at].idf) } else { 0.0 };
            }
        }
        if all > 0.0 { retold / all } else { 0.0 }
    }

    fn is_compilation(&self, host: usize) -> bool {
        let held = |t: usize| &self.shared[&(host, t)];
        let mut contained = self.neighbours(host);
        contained.retain(|&t| {
            let inside = self.shared[&(t, host)].len() as f64;
            inside >= self.config.min_contained() * self.length(t) as f64
                && (!self.is_wire(host) || self.is_wire(t))
                && !self.is_sequel(host, t)
        });
        contained.sort_by_key(|&t| (held(t).len(), t));
        (1..contained.len()).any(|rank| {
            !contained[..rank].iter().any(|&shorter| {
                let longer = contained[rank];
                let common = held(shorter).intersection(held(longer)).count();
                (self.is_related(common, held(shorter).len())
                    && !self.strangers.contains(&(shorter, longer)))
                    || self.shared.contains_key(&(shorter, longer))
            })
        })
    }

    fn regions(&self, text: usize) -> Vec<Region> {
        let held = |t: usize| &self.shared[&(text, t)];
        let all: Words = (0..self.length(text)).collect();
        let mut regions: Vec<Region> = Vec::new();
        if self.texts[text].len() > 1 || self.is_wire(text) {
            regions.push(Region { members: vec![], took: all.clone(), words: all });
        }
        let mut neighbours = self.neighbours(text);
        neighbours.sort_by_key(|&t| (Reverse(held(t).len()), t));
        for t in neighbours {
            let in_region = |region: &Region| region.took.intersection(held(t)).count();
            let taken: usize = regions.iter().map(in_region).sum();
            let mut joined: Vec<usize> = (0..regions.len())
                .filter(|&r| self.is_related(in_region(&regions[r]), held(t).len()))
                .collect();
            if joined.is_empty() && self.is_related(taken, held(t).len()) {
                joined.extend(
                    (0..regions.len()).max_by_key(|&r| (in_region(&regions[r]), Reverse(r))),
                );
            }
            if joined.is_empty() {
                joined = (0..regions.len())
                    .filter(|&r| {
                        regions[r].members.iter().any(|&m| self.shared.contains_key(&(m, t)))
                    })
                    .collect();
            }
            let taken: Words = regions.iter().flat_map(|region| region.took.clone()).collect();
            if joined.is_empty() {
                joined.push(regions.len());
                regions.push(Region { members: vec![], took: Words::new(), words: Words::new() });
            }
            for &other in joined[1..].iter().rev() {
                let merged = regions.remove(other);
                let first = &mut regions[joined[0]];
                first.members.extend(merged.members);
                first.took.extend(merged.took);
                first.words.extend(merged.words);
            }
            let region = &mut regions[joined[0]];
            region.members.push(t);
            region.took.extend(held(t).difference(&taken));
            region.words.extend(held(t));
        }
        self.join_sequels(text, regions)
    }

    /// Regions of sequels alone join that of the opening.
    fn join_sequels(&self, text: usize, regions: Vec<Region>) -> Vec<Region> {
        let in_opening = |region: &Region| region.words.iter().filter(|&&word| word < 40).count();
        let most = regions.iter().map(in_opening).max().unwrap_or(0);
        let Some(opening) = regions.iter().position(|r| most > 0 && in_opening(r) == most) else {
            return regions;
        };
        let longest = |region: &Region| -> Option<usize> {
            let held = |t: &usize| Reverse(self.shared[&(text, *t)].len());
            region.members.iter().copied().min_by_key(|t| (held(t), *t))
        };
        let first = longest(&regions[opening]);
        let (mut kept, mut joined) = (Vec::new(), Vec::new());
        for (r, region) in regions.into_iter().enumerate() {
            let only_sequels = region.members.iter().all(|&t| self.is_sequel(text, t));
            let strangers =
                longest(&region).zip(first).is_some_and(|pair| self.strangers.contains(&pair));
            if r != opening && only_sequels && !strangers {
                joined.push(region);
            } else {
                kept.push((r == opening, region));
            }
        }
        for (_, region) in kept.iter_mut().filter(|(is_opening, _)| *is_opening) {
            for other in &joined {
                region.members.extend(&other.members);
                region.words.extend(&other.words);
            }
        }
        kept.into_iter().map(|(_, region)| region).collect()
    }

    fn cover(&self, compilations: &[bool]) -> Vec<Group> {
        let mut covered: Vec<Words> = vec![Words::new(); self.texts.len()];
        let mut groups: Vec<Group> = Vec::new();
        let candidates: Vec<(usize, usize, Region)> = (0..self.texts.len())
            .filter(|&t| !compilations[t])
            .flat_map(|t| {
                self.regions(t).into_iter().enumerate().map(move |(r, region)| (t, r, region))
            })
            .collect();
        loop {
            let is_covered = |t: usize, words: &Words| {
                self.is_half(words.intersection(&covered[t]).count(), words.len())
            };
            let uncovered = |text: usize, region: &Region| -> Vec<usize> {
                let there = |t: &usize| !is_covered(*t, &self.shared[&(*t, text)]);
                region.members.iter().copied().filter(there).collect()
            };
            let all: Vec<Choice> = candidates
                .iter()
                .filter(|(t, _, region)| {
                    !groups.iter().any(|group| group.text == *t) && !is_covered(*t, &region.words)
                })
                .map(|(t, r, region)| {
                    let others = uncovered(*t, region);
                    let count: usize = others.iter().map(|o| self.texts[*o].len()).sum();
                    let well: usize = others
                        .iter()
                        .filter(|&&o| {
                            let most = self
                                .neighbours(o)
                                .iter()
                                .map(|n| self.shared[&(o, *n)].len())
                                .max();
                            self.is_half(self.shared[&(o, *t)].len(), most.unwrap())
                        })
                        .map(|o| self.texts[*o].len())
                        .sum();
                    let twins = if *r == 0 { self.texts[*t].len() - 1 } else { 0 };
                    let anchor = self.anchor(*t);
                    let date = self.date(anchor);
                    (
                        (
                            (Reverse(well + twins), Reverse(count + twins)),
                            date,
                            Reverse(self.length(*t)),
                            anchor,
                            *r,
                        ),
                        *t,
                        others,
                    )
                })
                .filter(|(key, ..)| key.0.1.0 > 0)
                .collect();
            let best = all.iter().min_by_key(|(key, ..)| *key).cloned();
            let Some(best) = best else { break };
            let (key, text, others) = self.wire_instead(&best, &all).unwrap_or(best);
            let mut members: BTreeMap<usize, Words> =
                others.iter().map(|o| (*o, self.shared[&(*o, text)].clone())).collect();
            let own = match self.texts[text].len() {
                1 => others.iter().flat_map(|o| self.shared[&(text, *o)].clone()).collect(),
                _ => (0..self.length(text)).collect(),
            };
            members.insert(text, own);
            for (t, words) in &members {
                covered[*t].extend(words);
            }
            groups.push(Group { anchor: key.3, text, members });
        }
        groups.sort_by_key(|group| group.anchor);
        groups
    }

    /// The best candidate of the feed that verifies most of what another does, and that the other verifies.
    fn wire_instead(&self, best: &Choice, all: &[Choice]) -> Option<Choice> {
        let counts = |choice: &Choice| [choice.0.0.0.0, choice.0.0.1.0];
        let most = |part: usize, whole: usize| whole == 0 || self.is_half(part, whole);
        let wires = all.iter().filter(|choice| {
            let pairs = counts(choice).into_iter().zip(counts(best));
            self.is_wire(choice.1)
                && !self.is_wire(best.1)
                && best.2.contains(&choice.1)
                && choice.2.contains(&best.1)
                && pairs.into_iter().all(|(part, whole)| most(part, whole))
        });
        wires.min_by_key(|choice| choice.0).cloned()
    }

    fn date(&self, article: usize) -> (bool, i64) {
        let earliest = self.set.articles()[article].published().earliest();
        (earliest.is_none(), earliest.map_or(0, |instant| instant.unix_seconds()))
    }

    fn anchor(&self, text: usize) -> usize {
        let is_wire = |a: usize| self.set.articles()[a].role() == Role::Wire;
        let articles = self.texts[text].iter().copied();
        articles.min_by_key(|&a| (!is_wire(a), self.date(a), a)).unwrap()
    }

    fn inside(&self, group: &Group, x: usize, y: usize) -> bool {
        let meets = |t: usize, other: usize| {
            let words = self.shared.get(&(t, other));
            words.is_some_and(|w| group.members.get(&t).is_some_and(|m| !m.is_disjoint(w)))
        };
        meets(x, y) && meets(y, x)
    }

    fn versions(&self, group: &Group) -> Vec<Vec<usize>> {
        let date = |t: &usize| self.texts[*t].iter().map(|a| self.date(*a)).min().unwrap();
        let mut order: Vec<usize> = group.members.keys().copied().collect();
        order.sort_by_key(|t| (!self.is_wire(*t), date(t), *t));
        let mut versions: Vec<Vec<usize>> = Vec::new();
        for t in order {
            let related = |v: &[usize], update: bool| {
                v.iter()
                    .any(|o| self.inside(group, t, *o) && self.updates.contains(&(t, *o)) == update)
            };
            match versions.iter().position(|v| related(v, false) && !related(v, true)) {
                Some(version) => versions[version].push(t),
                None => versions.push(vec![t]),
            }
        }
        let expand = |v: &Vec<usize>| {
            let mut articles: Vec<usize> = v.iter().flat_map(|t| self.texts[*t].clone()).collect();
            articles.sort_unstable();
            articles
        };
        let mut versions: Vec<_> =
            versions.iter().map(|v| (v.iter().map(date).min(), expand(v))).collect();
        versions.sort();
        versions.into_iter().map(|(_, articles)| articles).collect()
    }

    /// The words of a text that count for the source of a group.
    fn scope(&self, groups: &[Group], g: usize, t: usize, compiled: &[usize]) -> Words {
        let of: Vec<usize> =
            (0..groups.len()).filter(|&o| groups[o].members.contains_key(&t)).collect();
        let primary = of.iter().copied().min_by_key(|&o| (Reverse(groups[o].members[&t].len()), o));
        let free = (0..self.length(t)).filter(|word| {
            primary == Some(g)
                && !compiled.contains(&t)
                && !of.iter().any(|&o| groups[o].members[&t].contains(word))
        });
        groups[g].members[&t].iter().copied().chain(free).collect()
    }

    /// Whether the fullest member of a version lacks half of what two others share.
    fn is_missing(&self, groups: &[Group], g: usize, compiled: &[usize]) -> bool {
        let group = &groups[g];
        let width = self.set.scheme().shingle_words();
        let shingles = |t: usize| self.set.texts()[self.texts[t][0]].shingles();
        self.versions(group).iter().any(|version| {
            let members: BTreeSet<usize> = version.iter().map(|a| self.text_of(*a)).collect();
            let mut runs: Vec<(usize, Vec<u64>)> = Vec::new();
            for link in self.links.iter().filter(|link| link.kind.makes_dispatches()) {
                if link.a.max(link.b) >= self.set.len() || self.words_of_link(link).is_none() {
                    continue;
                }
                let (x, y) = (self.text_of(link.a), self.text_of(link.b));
                let both = members.contains(&x) && members.contains(&y);
                if x == y || !both || !self.inside(group, x, y) {
                    continue;
                }
                let scopes = [x, y].map(|t| self.scope(groups, g, t, compiled));
                for run in link.passages.iter().flat_map(|passage| &passage.matches) {
                    let counts = |n: &u32| {
                        scopes[0].contains(&((run.a + n) as usize))
                            && scopes[1].contains(&((run.b + n) as usize))
                    };
                    let inside: Vec<u32> = (0..run.tokens).filter(counts).collect();
                    for stretch in inside.chunk_by(|m, n| m + 1 == *n) {
                        let start = (run.a + stretch[0]) as usize;
                        let end = start + (stretch.len() + 1).saturating_sub(width);
                        let here = shingles(x).get(start..end).unwrap_or_default();
                        runs.push((stretch.len(), here.to_vec()));
                    }
                }
            }
            let all: BTreeSet<u64> = runs.iter().flat_map(|run| run.1.clone()).collect();
            let held = |t: &usize| all.iter().filter(|s| shingles(*t).contains(s)).count();
            let fullest = members.iter().copied().min_by_key(|t| (Reverse(held(t)), *t)).unwrap();
            runs.iter().any(|(tokens, run)| {
                let lacking = run.iter().filter(|s| !shingles(fullest).contains(s)).count();
                *tokens >= self.config.min_missing_run() && lacking > 0 && 2 * lacking >= run.len()
            })
        })
    }

    fn cuts(
        &self,
        groups: &[Group],
        dispatches: &[(usize, BTreeMap<usize, Words>)],
    ) -> Vec<(usize, Option<usize>, usize, CutReason)> {
        let mut cuts = Vec::new();
        for (index, link) in self.links.iter().enumerate() {
            if !link.kind.makes_dispatches() {
                continue;
            }
            let known = link.a.max(link.b) < self.set.len();
            let twins = known && self.text_of(link.a) == self.text_of(link.b);
            let mut cut = |dispatch, article, reason| cuts.push((index, dispatch, article, reason));
            if twins {
                let text = self.text_of(link.a);
                if !groups.iter().any(|group| group.members.contains_key(&text)) {
                    cut(None, link.b, CutReason::NoAnchor);
                }
                continue;
            }
            if self.words_of_link(link).is_none() {
                cut(None, link.b, CutReason::NoSpans);
                continue;
            }
            let (x, y) = (self.text_of(link.a), self.text_of(link.b));
            if groups.iter().any(|group| self.inside(group, x, y)) {
                continue;
            }
            let mut ends = vec![(x, y, link.b), (y, x, link.a)];
            ends.sort();
            let mut best: Option<(usize, usize, usize, usize)> = None;
            for (t, other, article) in ends {
                for (g, group) in groups.iter().enumerate() {
                    let here = group
                        .members
                        .get(&t)
                        .is_some_and(|m| !m.is_disjoint(&self.shared[&(t, other)]));
                    let size = dispatches[g].1.len();
                    if here && best.is_none_or(|(s, b, ..)| (Reverse(size), g) < (Reverse(s), b)) {
                        best = Some((size, g, other, article));
                    }
                }
            }
            match best {
                None => cut(None, link.b, CutReason::NoAnchor),
                Some((_, g, refused, article)) => {
                    let anchor = groups[g].text;
                    let shares = anchor == refused || self.shared.contains_key(&(anchor, refused));
                    let reason = if shares { CutReason::OtherText } else { CutReason::NotVerified };
                    cut(Some(g), article, reason);
                }
            }
        }
        cuts
    }
}

fn earliest_seen(set: &ArticleSet, members: &BTreeMap<usize, Words>) -> Vec<usize> {
    let published = |article: usize| set.articles()[article].published();
    let surely_later = |a: usize| members.keys().any(|&o| published(o).surely_before(published(a)));
    members.keys().copied().filter(|&article| !surely_later(article)).collect()
}
