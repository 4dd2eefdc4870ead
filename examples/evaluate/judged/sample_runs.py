#!/usr/bin/env python3
"""Draws further pairs of articles to judge, by the 8-word shingles that they share.

    sample_runs.py DATA OUT.jsonl [--exclude PAIRS.jsonl ...]

As `sample.py`, with longer shingles, over the whole range of containment from .02 on, in strata of
containment crossed with the distance of the dates and the ratio of the lengths; the middle of the
range, where copies and updates are hard to tell, has most. One more stratum has no shared shingle:
pairs of near days that share many rare words. After these come pairs of the kinds that the strata of
a collection hold too few of: Reuters items of some length that share rare words, corrected or
repeated items of Reuters, and pairs whose shared runs stand in quotation marks; last, longer French
items that keep much of each other. Needs numpy. The draw is fixed by the seed and the data; the rows
are shuffled, the later ones apart, and the stratum is not shown to the reader of the texts.
"""

import collections
import json
import random
import re

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
# The later pairs of each collection: of longer items, for each bin; corrected items; quotations.
LONGER_BINS = [(0.03, 0.12), (0.12, 0.3), (0.3, 0.6), (0.6, 0.97)]
LATER = {
    "gilets_jaunes_fr": (0, 0, 12),
    "orangesum_fr": (0, 0, 8),
    "reuters21578": (10, 10, 6),
}
# The last ones: longer items that keep much of each other, for each of the two upper bins.
KEPT = {"gilets_jaunes_fr": 10, "orangesum_fr": 20}
LONGER_WORDS = 90
QUOTATION = re.compile(r'[«“]([^»”]{40,600})[»”]|"([^"]{40,600})"')


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


def quoted(article):
    """The words of an article's quotations, one list for each."""
    spans = QUOTATION.findall(article["text"].replace("\n", " "))
    return [re.findall(r"\w+", (a or b).lower()) for a, b in spans]


def runs(words):
    return {tuple(words[at : at + sample.WORDS]) for at in range(len(words) - sample.WORDS + 1)}


def quotations(articles, found, rng):
    """Pairs that share nearly nothing but what stands in quotation marks in both."""
    pairs = []
    for (a, b), containment in sorted(found.items()):
        if not 0.02 <= containment < 0.4:
            continue
        shared = runs(articles[a]["words"]) & runs(articles[b]["words"])
        inside = [set().union(*map(runs, quoted(articles[at])), set()) for at in (a, b)]
        if len(shared) >= 8 and len(shared & inside[0] & inside[1]) >= 0.7 * len(shared):
            pairs.append((a, b))
    rng.shuffle(pairs)
    return pairs


def longer(articles, found, low, high, rng):
    """Pairs of longer items, no bulletins, that share several rare words."""
    frequency = collections.Counter(word for it in articles for word in set(it["words"]))
    pairs = []
    for (a, b), containment in sorted(found.items()):
        left, right = articles[a], articles[b]
        if not low <= containment < high or sample.template_like(left, right, containment):
            continue
        if min(len(left["words"]), len(right["words"])) < LONGER_WORDS:
            continue
        common = set(left["words"]) & set(right["words"])
        if sum(frequency[word] <= 50 and word.isalpha() for word in common) >= 3:
            pairs.append((a, b))
    rng.shuffle(pairs)
    return pairs


def corrected(articles, found, rng):
    """Pairs of which one says in its title that it corrects or repeats."""
    told = re.compile(r"CORRECT|\bRPT\b|REPEAT")
    pairs = [
        pair
        for pair, containment in sorted(found.items())
        if containment >= 0.15 and any(told.search(articles[at].get("title") or "") for at in pair)
    ]
    rng.shuffle(pairs)
    return pairs


def draw(corpus, articles, excluded):
    """The pairs of the strata, after them those of their own kinds, last those that keep much."""
    rng = random.Random(f"{SEED} {corpus}")
    found = sample.overlaps(sample.shingles(articles))
    drawn = sample.Draw(corpus, articles, found, excluded, PER_GROUP, PER_ARTICLE)
    strata = collections.defaultdict(list)
    for (a, b), containment in sorted(found.items()):
        at = next((n for n, (low, high) in enumerate(BINS) if low <= containment < high), None)
        if at is not None:
            strata[at, stratum(articles[a], articles[b], containment)].append((a, b))
    quotas, wordy = QUOTA[corpus]
    # The rarest bins first, so that a dense group is not used up by the common ones.
    for at in reversed(range(len(BINS))):
        pools = {name: pairs for (n, name), pairs in sorted(strata.items()) if n == at}
        for pairs in pools.values():
            rng.shuffle(pairs)
        drawn.fill_in_turn(pools, quotas[at], BINS[at][0])
    if wordy:
        drawn.fill(same_words(articles, found, rng), wordy, "same words")
    first = len(drawn.rows)
    later = random.Random(f"{SEED} later {corpus}")
    for_bin, corrections, quotes = LATER.get(corpus, (0, 0, 0))
    if corrections:
        drawn.fill(corrected(articles, found, later), corrections, "corrected")
    for low, high in LONGER_BINS if for_bin else []:
        drawn.fill(longer(articles, found, low, high, later), for_bin, f"{low} longer")
    if quotes:
        drawn.fill(quotations(articles, found, later), quotes, "quoted")
    second = len(drawn.rows)
    last = random.Random(f"{SEED} kept {corpus}")
    kept = KEPT.get(corpus, 0)
    for low, high in LONGER_BINS[2:] if kept else []:
        drawn.fill(longer(articles, found, low, high, last), kept, f"{low} kept")
    return drawn.rows[:first], drawn.rows[first:second], drawn.rows[second:]


def main():
    data, out, excluded = sample.arguments(__doc__)
    parts = [], [], []
    for corpus in QUOTA:
        articles = sample.read(data / f"{corpus}.jsonl.gz")
        for part, rows in zip(parts, draw(corpus, articles, excluded)):
            part.extend(rows)
    for part in parts:
        random.Random(SEED).shuffle(part)  # so that any first part of the rows is a fair one
    out.write_text("".join(json.dumps(row) + "\n" for part in parts for row in part))


if __name__ == "__main__":
    main()
