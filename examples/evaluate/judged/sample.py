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


def draw(corpus, articles, excluded):
    """The pairs of the strata, and after them those that share rare words."""
    rng = random.Random(f"{SEED} {corpus}")
    found = overlaps(shingles(articles))
    group = groups(len(articles), found)
    strata = collections.defaultdict(list)
    for (a, b), containment in sorted(found.items()):
        if frozenset((articles[a]["id"], articles[b]["id"])) in excluded:
            continue
        at = next((n for n, (low, high) in enumerate(BINS) if low <= containment < high), None)
        if at is None:
            continue
        left, right = articles[a], articles[b]
        kind = "template" if template_like(left, right, containment) else distance(left, right)
        if corpus == "gilets_jaunes_fr" and left["source"] == right["source"]:
            kind = "same outlet"
        strata[at, kind].append((a, b))
    of_group, of_article = collections.Counter(), collections.Counter()
    drawn, seen = [], set()

    def take(pair, stratum):
        a, b = pair
        keys = {group[a], group[b]}
        if frozenset((articles[a]["id"], articles[b]["id"])) in excluded:
            return False
        if any(of_group[key] >= PER_GROUP for key in keys):
            return False
        if max(of_article[a], of_article[b]) >= PER_ARTICLE or pair in seen:
            return False
        seen.add(pair)
        of_group.update(keys)
        of_article.update(pair)
        ids = [articles[a]["id"], articles[b]["id"]]
        drawn.append({"a": ids[0], "b": ids[1], "corpus": corpus, "stratum": stratum})
        return True

    quotas, strangers = QUOTA[corpus]
    for at, quota in enumerate(quotas):
        pools = {kind: pairs for (n, kind), pairs in sorted(strata.items()) if n == at}
        for pairs in pools.values():
            rng.shuffle(pairs)
        taken = 0
        while taken < quota and any(pools.values()):
            for kind, pairs in pools.items():  # in turn, so that each class of dates has its share
                while taken < quota and pairs:
                    if take(pairs.pop(), f"{BINS[at][0]} {kind}"):
                        taken += 1
                        break
    for pair in without_overlap(articles, found, strangers, rng):
        take(pair, "no overlap")
    more = len(drawn)
    wanted = more + SAME_NAMES.get(corpus, 0)
    names = random.Random(f"{SEED} names")
    for pair in same_names(articles, found, names) if wanted > more else []:
        if len(drawn) < wanted:
            take(pair, "same names")
    return drawn[:more], drawn[more:]


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("data", type=pathlib.Path)
    arguments.add_argument("out", type=pathlib.Path)
    arguments.add_argument("--exclude", type=pathlib.Path, nargs="*", default=[])
    arguments = arguments.parse_args()
    excluded = set()
    for path in arguments.exclude:
        for line in path.read_text().splitlines():
            row = json.loads(line)
            excluded.add(frozenset((row["a"], row["b"])))
    rows, more = [], []
    for corpus in QUOTA:
        articles = read(arguments.data / f"{corpus}.jsonl.gz")
        strata, named = draw(corpus, articles, excluded)
        rows += strata
        more += named
    random.Random(SEED).shuffle(rows)  # so that any first part of the rows is a fair one
    arguments.out.write_text("".join(json.dumps(row) + "\n" for row in rows + more))


if __name__ == "__main__":
    main()
