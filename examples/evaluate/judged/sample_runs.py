#!/usr/bin/env python3
"""Draws further pairs of articles to judge, by the 8-word shingles that they share.

    sample_runs.py DATA OUT.jsonl [--exclude PAIRS.jsonl ...]

As `sample.py`, with longer shingles, over the whole range of containment from .02 on, in strata of
containment crossed with the distance of the dates and the ratio of the lengths; the middle of the
range, where copies and updates are hard to tell, has most. Two more strata have no shared shingle:
pairs of near days that share many rare words. Needs numpy. The draw is fixed by the seed and the
data; the rows are shuffled, and the stratum is not shown to the reader of the texts.
"""

import argparse
import collections
import json
import pathlib
import random

import sample

SEED = 20_262
sample.SEED, sample.WORDS = SEED, 8
BINS = [(0.02, 0.06), (0.06, 0.15), (0.15, 0.3), (0.3, 0.45), (0.45, 0.6), (0.6, 0.75), (0.75, 0.9), (0.9, 1.01)]
sample.BINS = BINS

# How many pairs are drawn of each collection: for each bin of containment, then of those that share
# words and no run of them.
QUOTA = {
    "gilets_jaunes_fr": ([10, 14, 16, 15, 14, 12, 8, 4], 13),
    "orangesum_fr": ([10, 14, 16, 16, 16, 14, 9, 4], 14),
    "reuters21578": ([8, 12, 14, 16, 16, 14, 9, 4], 13),
    "rss_week_fr": ([1, 1, 1, 1, 1, 1, 1, 1], 0),
    "ecbplus_en": ([2, 2, 2, 2, 1, 1, 1, 1], 0),
}
PER_GROUP, PER_ARTICLE = 2, 2


def stratum(a, b, containment):
    """The class of a pair within its bin: dates or template, and whether one is much the shorter."""
    if sample.template_like(a, b, containment):
        dates = "template"
    elif a.get("source") and a.get("source") == b.get("source") and "AFP" not in a["source"]:
        dates = "same outlet"
    else:
        dates = sample.distance(a, b)
    lengths = sorted(len(it["words"]) for it in (a, b))
    return f"{dates}, {'like' if lengths[0] >= 0.55 * lengths[1] else 'other'} lengths"


def same_words(articles, found, rng):
    """Pairs of near days that share rare words, many of them, and hardly a run of words."""
    frequency = collections.Counter(word for it in articles for word in set(it["words"]))
    most = max(20, len(articles) // 100)
    rare = [{w for w in it["words"] if 2 <= frequency[w] <= most and len(w) > 3} for it in articles]
    by_word = collections.defaultdict(list)
    for at, words in enumerate(rare):
        for word in sorted(words):
            by_word[word].append(at)
    shared = collections.Counter()
    for word in sorted(by_word):
        holders = by_word[word]
        if len(holders) <= 20:
            shared.update((a, b) for n, a in enumerate(holders) for b in holders[n + 1 :])
    pairs = []
    for (a, b), count in sorted(shared.items()):
        near = sample.distance(articles[a], articles[b]) in ("same day", "1-3 days", "undated")
        if count < 3 or not near or found.get((a, b), 0) >= 0.02:
            continue
        if len(rare[a] & rare[b]) >= 0.3 * min(len(rare[a]), len(rare[b])):
            pairs.append((a, b))
    rng.shuffle(pairs)
    return pairs


def draw(corpus, articles, excluded):
    rng = random.Random(f"{SEED} {corpus}")
    found = sample.overlaps(sample.shingles(articles))
    group = sample.groups(len(articles), found)
    strata = collections.defaultdict(list)
    for (a, b), containment in sorted(found.items()):
        at = next((n for n, (low, high) in enumerate(BINS) if low <= containment < high), None)
        if at is not None:
            strata[at, stratum(articles[a], articles[b], containment)].append((a, b))
    of_group, of_article = collections.Counter(), collections.Counter()
    drawn, seen = [], set()

    def take(pair, name):
        ids = [articles[at]["id"] for at in pair]
        keys = {group[at] for at in pair}
        if pair in seen or frozenset(ids) in excluded:
            return False
        if any(of_group[key] >= PER_GROUP for key in keys):
            return False
        if max(of_article[at] for at in pair) >= PER_ARTICLE:
            return False
        seen.add(pair)
        of_group.update(keys)
        of_article.update(pair)
        drawn.append({"a": ids[0], "b": ids[1], "corpus": corpus, "stratum": name})
        return True

    quotas, wordy = QUOTA[corpus]
    # The rarest bins first, so that a dense group is not used up by the common ones.
    for at in reversed(range(len(BINS))):
        pools = {name: pairs for (n, name), pairs in sorted(strata.items()) if n == at}
        for pairs in pools.values():
            rng.shuffle(pairs)
        taken = 0
        while taken < quotas[at] and any(pools.values()):
            for name, pairs in pools.items():
                while taken < quotas[at] and pairs:
                    if take(pairs.pop(), f"{BINS[at][0]} {name}"):
                        taken += 1
                        break
    taken = 0
    for pair in same_words(articles, found, rng) if wordy else []:
        if taken < wordy and take(pair, "same words"):
            taken += 1
    return drawn


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
    rows = []
    for corpus in QUOTA:
        rows += draw(corpus, sample.read(arguments.data / f"{corpus}.jsonl.gz"), excluded)
    random.Random(SEED).shuffle(rows)  # so that any first part of the rows is a fair one
    arguments.out.write_text("".join(json.dumps(row) + "\n" for row in rows))


if __name__ == "__main__":
    main()
