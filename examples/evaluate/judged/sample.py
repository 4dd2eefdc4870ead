#!/usr/bin/env python3
"""Draws pairs of articles to judge, by the word 5-grams that they share.

    sample.py DATA OUT.jsonl [--exclude PAIRS.jsonl ...]

DATA is the folder of the three collections. A row of OUT holds the ids of a pair, its collection
and the stratum that it was drawn from; the stratum is no judgement and is not shown to the reader
of the texts. Needs numpy. The draw is fixed by the seed and the data.
"""

import argparse
import collections
import datetime
import gzip
import json
import pathlib
import random
import re

import numpy as np

SEED = 20_261
WORDS = 5  # of a shingle
COMMON = 40  # a shingle of more articles than this proposes no pair
PER_GROUP = 3  # pairs of one dense group
PER_ARTICLE = 2  # pairs of one article
BINS = [(0.05, 0.2), (0.2, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 0.97), (0.97, 1.01)]

# How many pairs are drawn of each collection: for each bin of containment, then without overlap.
QUOTA = {
    "orangesum_fr": ([50, 50, 36, 28, 20, 2], 8),
    "gilets_jaunes_fr": ([36, 36, 24, 16, 10, 1], 6),
    "reuters21578": ([24, 26, 22, 18, 14, 1], 5),
}
# Of Reuters, whose overlaps are mostly templates, these more: longer items that share rare words.
SAME_NAMES = {"reuters21578": 27}
MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()


def day(article):
    """The day of an article, of `2018-12-07…` or `26-FEB-1987 15:01:01.79`."""
    date = (article.get("date") or "").strip()
    if found := re.match(r"(\d{4})-(\d\d)-(\d\d)", date):
        return datetime.date(*map(int, found.groups()))
    if found := re.match(r"(\d+)-([A-Z]{3})-(\d{4})", date):
        return datetime.date(int(found[3]), MONTHS.index(found[2]) + 1, int(found[1]))
    return None


def distance(a, b):
    """The class of the days between two articles."""
    if a["day"] is None or b["day"] is None:
        return "undated"
    days = abs((a["day"] - b["day"]).days)
    return "same day" if days == 0 else "1-3 days" if days <= 3 else "later"


def read(path):
    articles = []
    with gzip.open(path, "rt") as lines:
        for line in lines:
            article = json.loads(line)
            words = re.findall(r"\w+", article["text"].lower())
            if len(words) < 25:
                continue
            article["words"] = words
            article["day"] = day(article)
            articles.append(article)
    return articles


def shingles(articles):
    """The distinct shingles of each article, as 64-bit hashes."""
    vocabulary = collections.defaultdict(lambda: len(vocabulary))
    factors = np.random.default_rng(SEED).integers(1, 2**63, WORDS, dtype=np.uint64) * 2 + 1
    spread = np.uint64(0x9E37_79B9_7F4A_7C15)
    of = []
    for article in articles:
        words = np.array([vocabulary[word] for word in article["words"]], dtype=np.uint64)
        words = (words + 1) * spread
        words ^= words >> np.uint64(29)
        count = len(words) - WORDS + 1
        hashes = sum(words[at : at + count] * factors[at] for at in range(WORDS))
        of.append(np.unique(hashes))
    return of


def overlaps(sets):
    """The pairs of articles that share rare shingles, each with its exact containment."""
    hashes = np.concatenate(sets)
    owners = np.repeat(np.arange(len(sets)), [len(each) for each in sets])
    order = np.argsort(hashes, kind="stable")
    hashes, owners = hashes[order], owners[order]
    starts = np.flatnonzero(np.r_[True, hashes[1:] != hashes[:-1]])
    sizes = np.diff(np.r_[starts, len(hashes)])
    keys = []
    for size in range(2, COMMON + 1):
        block = starts[sizes == size][:, None] + np.arange(size)
        block = np.sort(owners[block], axis=1)
        for left in range(size):
            for right in range(left + 1, size):
                keys.append(block[:, left].astype(np.int64) * len(sets) + block[:, right])
    pairs, counts = np.unique(np.concatenate(keys), return_counts=True)
    found = {}
    for key, count in zip(pairs.tolist(), counts.tolist()):
        a, b = divmod(key, len(sets))
        shorter = min(len(sets[a]), len(sets[b]))
        if count / shorter < BINS[0][0] / 2:
            continue
        shared = len(np.intersect1d(sets[a], sets[b], assume_unique=True))
        found[a, b] = shared / shorter
    return found


def template_like(a, b, containment):
    """Whether much text is shared and few figures: what bulletins look like."""
    numbers = [set(re.findall(r"\d[\d.,]*", it["text"])) for it in (a, b)]
    few = min(map(len, numbers))
    return containment >= 0.2 and few >= 4 and len(numbers[0] & numbers[1]) / few < 0.35


def groups(count, found):
    """The dense group of each article: what is joined by a containment of .6 and more."""
    parent = list(range(count))

    def root(at):
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    for (a, b), containment in found.items():
        if containment >= 0.6:
            parent[root(a)] = root(b)
    return [root(at) for at in range(count)]


def without_overlap(articles, found, wanted, rng):
    """Pairs of near days whose titles share words, with hardly any shared text."""
    by_word = collections.defaultdict(list)
    for at, article in enumerate(articles):
        for word in sorted(set(re.findall(r"\w{6,}", (article.get("title") or "").lower()))):
            by_word[word].append(at)
    rare = [of for of in by_word.values() if 2 <= len(of) <= 60]
    pairs = []
    while len(pairs) < wanted:
        a, b = sorted(rng.sample(rng.choice(rare), 2))
        near = distance(articles[a], articles[b]) in ("same day", "1-3 days")
        if near and found.get((a, b), 0) < 0.03 and (a, b) not in pairs:
            pairs.append((a, b))
    return pairs


def same_names(articles, found, rng):
    """Pairs of longer articles that overlap in part and share several rare words, names mostly."""
    frequency = collections.Counter(word for it in articles for word in set(it["words"]))
    pairs = []
    for (a, b), containment in sorted(found.items()):
        left, right = articles[a], articles[b]
        if not 0.06 <= containment < 0.6 or min(len(left["words"]), len(right["words"])) < 80:
            continue
        common = set(left["words"]) & set(right["words"])
        if sum(frequency[word] <= 50 and word.isalpha() for word in common) >= 3:
            pairs.append((a, b))
    rng.shuffle(pairs)
    return pairs


class Draw:
    """What is drawn of one collection: few pairs of one dense group or one article, none twice."""

    def __init__(self, corpus, articles, found, excluded, per_group, per_article):
        self.corpus, self.articles, self.excluded = corpus, articles, excluded
        self.per_group, self.per_article = per_group, per_article
        self.group = groups(len(articles), found)
        self.of_group, self.of_article = collections.Counter(), collections.Counter()
        self.rows, self.seen = [], set()

    def ids(self, pair):
        return [self.articles[at]["id"] for at in pair]

    def is_excluded(self, pair):
        return frozenset(self.ids(pair)) in self.excluded

    def take(self, pair, stratum):
        """Draws a pair, unless that is one too many."""
        keys = {self.group[at] for at in pair}
        if pair in self.seen or self.is_excluded(pair):
            return False
        if any(self.of_group[key] >= self.per_group for key in keys):
            return False
        if max(self.of_article[at] for at in pair) >= self.per_article:
            return False
        self.seen.add(pair)
        self.of_group.update(keys)
        self.of_article.update(pair)
        a, b = self.ids(pair)
        self.rows.append({"a": a, "b": b, "corpus": self.corpus, "stratum": stratum})
        return True

    def fill(self, pairs, quota, stratum):
        """Draws so many of the pairs."""
        taken = 0
        for pair in pairs:
            if taken < quota and self.take(pair, stratum):
                taken += 1

    def fill_in_turn(self, pools, quota, bin):
        """Draws so many pairs of named pools in turn, so that each class of dates has its share."""
        taken = 0
        while taken < quota and any(pools.values()):
            for name, pairs in pools.items():
                while taken < quota and pairs:
                    if self.take(pairs.pop(), f"{bin} {name}"):
                        taken += 1
                        break


def draw(corpus, articles, excluded):
    """The pairs of the strata, and after them those that share rare words."""
    rng = random.Random(f"{SEED} {corpus}")
    found = overlaps(shingles(articles))
    drawn = Draw(corpus, articles, found, excluded, PER_GROUP, PER_ARTICLE)
    strata = collections.defaultdict(list)
    for (a, b), containment in sorted(found.items()):
        at = next((n for n, (low, high) in enumerate(BINS) if low <= containment < high), None)
        if at is None or drawn.is_excluded((a, b)):
            continue
        left, right = articles[a], articles[b]
        kind = "template" if template_like(left, right, containment) else distance(left, right)
        if corpus == "gilets_jaunes_fr" and left["source"] == right["source"]:
            kind = "same outlet"
        strata[at, kind].append((a, b))
    quotas, strangers = QUOTA[corpus]
    for at, quota in enumerate(quotas):
        pools = {kind: pairs for (n, kind), pairs in sorted(strata.items()) if n == at}
        for pairs in pools.values():
            rng.shuffle(pairs)
        drawn.fill_in_turn(pools, quota, BINS[at][0])
    for pair in without_overlap(articles, found, strangers, rng):
        drawn.take(pair, "no overlap")
    first = len(drawn.rows)
    if wanted := SAME_NAMES.get(corpus, 0):
        names = random.Random(f"{SEED} names")
        drawn.fill(same_names(articles, found, names), wanted, "same names")
    return drawn.rows[:first], drawn.rows[first:]


def arguments(about):
    """The folder of the collections, where the rows go, and the pairs that are not to be drawn."""
    parser = argparse.ArgumentParser(description=about.splitlines()[0])
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--exclude", type=pathlib.Path, nargs="*", default=[])
    given = parser.parse_args()
    excluded = set()
    for path in given.exclude:
        for line in path.read_text().splitlines():
            row = json.loads(line)
            excluded.add(frozenset((row["a"], row["b"])))
    return given.data, given.out, excluded


def main():
    data, out, excluded = arguments(__doc__)
    rows, more = [], []
    for corpus in QUOTA:
        strata, named = draw(corpus, read(data / f"{corpus}.jsonl.gz"), excluded)
        rows += strata
        more += named
    random.Random(SEED).shuffle(rows)  # so that any first part of the rows is a fair one
    out.write_text("".join(json.dumps(row) + "\n" for row in rows + more))


if __name__ == "__main__":
    main()
