#!/usr/bin/env python3
"""Fits the weights by which the reader decides where articles begin and end: src/page/boundaries/weights.tsv.

    python3 -m venv VENV && VENV/bin/pip install -r tests/composed/requirements.txt
    WIRECOPY_DATA=DIRECTORY WIRECOPY_ROWS=ROWS cargo test --release --test page_measure block_rows -- --ignored
    VENV/bin/python tests/composed/fit.py ROWS > WEIGHTS && cp WEIGHTS src/page/boundaries/weights.tsv

ROWS holds numbers, no text: what was measured of the blocks of composed pages, wild pages, remixed seed pages and the
seed pages themselves, all articles of half 0 but on the seed pages, with the state of each block (tests/composed/rows.rs,
which holds the seeds of the draws). DIRECTORY holds orangesum_fr.jsonl.gz, gilets_jaunes_fr.jsonl.gz, rpm2_fr.jsonl.gz.
Each page is there twice: measured alone, and compared with the articles that the present weights find. So ROWS depends
on weights.tsv too: after a change of the measures it is fitted twice. A linear-chain conditional random field with a ridge
penalty, by L-BFGS from zero: no seed, but it stops after STEPS steps, short of the one maximum of the likelihood.
On one core the rows take half a minute (124 MB), the fit two minutes (about a second a step). With --held a tenth of
the pages is kept out and scored, and no weights are written.

What is reproducible: the commands above run whole. What is not: the weights.tsv committed now came from working copies
of these scripts that were not kept, so the commands do not write that file. From it they write one that is between
.003 worse and .005 better on half 1 and gets a seed page wrong, where a masthead becomes the title; figures of both in
QUALITY.md, "How it is decided". None is to be committed before tests/seeds.rs passes.
"""

import sys
import time

import numpy as np
import scipy.optimize
import scipy.sparse

COLUMNS = 5  # start, head, text, end above, joined
FOLLOWS = np.array([[1, 1, 0, 0], [1, 1, 1, 1], [0, 0, 1, 1], [1, 1, 0, 1]], bool)
ENDS = [1, 3]  # an article may end after these states
NEVER = -1e9
PENALTY = 3.0
# What the rules say is hardly penalised, and trusted this much more than composed pages ask for: pages that nobody
# composed are more orderly. Chosen among 0, .5, 1 and 2 on half 0 and the seed pages.
RULE_PENALTY, TRUST = 0.02, 0.5
SEED_PAGES, SEED_COPIES = 20, 4
BATCH, STEPS = 400, 120


def load(path):
    data = open(path, "rb").read()
    size = int.from_bytes(data[:4], "little")
    names = data[4 : 4 + size].decode().split("\n")
    at, pages, states, columns, values, ends = 4 + size, [], [], [], [], [0]
    entry = np.dtype([("column", "<u2"), ("value", "<f4")])
    while at < len(data):
        kind, blocks = data[at], int.from_bytes(data[at + 2 : at + 6], "little")
        at += 6
        pages.append((kind, len(states), len(states) + blocks))
        for _ in range(blocks):
            states.append(data[at])
            count = int.from_bytes(data[at + 1 : at + 3], "little")
            row = np.frombuffer(data, entry, count, at + 3)
            at += 3 + entry.itemsize * count
            columns.append(row["column"])
            values.append(row["value"])
            ends.append(ends[-1] + count)
    shape = (len(states), len(names))
    rows = scipy.sparse.csr_matrix((np.concatenate(values), np.concatenate(columns).astype(np.int32), np.array(ends)), shape)
    return names, rows, np.array(states), pages


def is_possible(states):
    """Behind the last block nothing is of an article, and no article ends in its head."""
    return states[0] < 2 and states[-1] == 0 and all(FOLLOWS[a, b] for a, b in zip(states, states[1:]))


def batches(pages, states):
    """Pages of like length as matrices of block numbers, -1 where a page is shorter."""
    ordered = sorted(pages, key=lambda page: page[2] - page[1])
    for first in range(0, len(ordered), BATCH):
        some = ordered[first : first + BATCH]
        places = -np.ones((len(some), max(page[2] - page[1] for page in some)), np.int64)
        for row, (_, start, end) in zip(places, some):
            row[: end - start] = np.arange(start, end)
        yield places, np.where(places >= 0, states[np.maximum(places, 0)], 0)


def log_sum(values, axis):
    most = values.max(axis=axis, keepdims=True)
    return (most + np.log(np.exp(values - most).sum(axis=axis, keepdims=True))).squeeze(axis)


def edges(transitions, end, joined):
    """The scores of the transitions into one block of each page."""
    scores = np.broadcast_to(np.where(FOLLOWS, transitions, NEVER), (len(end), 4, 4)).copy()
    scores[:, ENDS, 0] += end[:, None]
    scores[:, ENDS, 1] += (end + joined)[:, None]
    return scores


def loss(weights, rows, sets, penalty):
    """Minus the log-likelihood with its penalty, and the gradient (forward-backward)."""
    measures = rows.shape[1]
    transitions = weights[measures * COLUMNS :].reshape(4, 4)
    sums = rows @ weights[: measures * COLUMNS].reshape(measures, COLUMNS)
    by_sum, by_transition, total = np.zeros_like(sums), np.zeros((4, 4)), 0.0
    last = np.array([0, NEVER, NEVER, NEVER])
    for places, right in sets:
        pages, length = places.shape
        there, every = places >= 0, np.arange(pages)
        own = sums[np.maximum(places, 0)]
        node = np.concatenate([np.zeros((pages, length, 1)), own[:, :, :3]], axis=2)
        forward = np.full((pages, length, 4), NEVER)
        forward[:, 0] = node[:, 0] + np.array([0, 0, NEVER, NEVER])
        into = [None] * length
        for at in range(1, length):
            into[at] = edges(transitions, own[:, at, 3], own[:, at, 4])
            scores = log_sum(forward[:, at - 1, :, None] + into[at], 1) + node[:, at]
            forward[:, at] = np.where(there[:, at, None], scores, forward[:, at - 1])
        whole = log_sum(forward[:, -1] + last, 1)
        backward = np.broadcast_to(last, (pages, 4)).copy()
        gradient = np.zeros_like(own)
        score = np.zeros(pages)
        for at in range(length - 1, -1, -1):
            here = there[:, at]
            share = np.exp(forward[:, at] + backward - whole[:, None]) * here[:, None]
            share[every[here], right[here, at]] -= 1
            gradient[:, at, :3] = share[:, 1:]
            score += np.where(here, node[every, at, right[:, at]], 0)
            if at == 0:
                continue
            ahead = (node[:, at] + backward)[:, None, :]
            share = np.exp(forward[:, at - 1, :, None] + into[at] + ahead - whole[:, None, None]) * here[:, None, None]
            share[every[here], right[here, at - 1], right[here, at]] -= 1
            score += np.where(here, into[at][every, right[:, at - 1], right[:, at]], 0)
            by_transition += share.sum(0)
            gradient[:, at, 3] = share[:, ENDS, 0].sum(1) + share[:, ENDS, 1].sum(1)
            gradient[:, at, 4] = share[:, ENDS, 1].sum(1)
            backward = np.where(here[:, None], log_sum(into[at] + ahead, 2), backward)
        by_sum[places[there]] = gradient[there]
        total += (whole - score).sum()
    slope = np.concatenate([(rows.T @ by_sum).ravel(), np.where(FOLLOWS, by_transition, 0).ravel()])
    return total + (penalty * weights) @ weights / 2, slope + penalty * weights


def fit(names, rows, states, pages):
    penalty = np.full(len(names) * COLUMNS + 16, PENALTY)
    for at, name in enumerate(names):
        if name.endswith("by rule"):
            penalty[at * COLUMNS : (at + 1) * COLUMNS] *= RULE_PENALTY
    sets = list(batches(pages, states))
    steps = {"maxiter": STEPS, "maxcor": 20}
    begin, done = time.monotonic(), []

    def report(intermediate_result):
        done.append(intermediate_result.fun)
        if len(done) % 10 == 0:
            print(f"step {len(done)}: loss {done[-1]:.1f}, {time.monotonic() - begin:.0f} s", file=sys.stderr, flush=True)

    start = np.zeros(len(penalty))
    found = scipy.optimize.minimize(
        loss, start, (rows, sets, penalty), "L-BFGS-B", True, callback=report, options=steps
    )
    print(f"{found.nit} steps, loss {found.fun:.1f}: {found.message}", file=sys.stderr)
    return found.x


def trusting(weights, names):
    of = weights[: len(names) * COLUMNS].reshape(-1, COLUMNS)
    rule = lambda name: of[names.index(name + " by rule")]
    rule("title")[0] += 2 * TRUST
    rule("opening")[0] += 2 * TRUST
    rule("inside")[0] -= TRUST
    rule("inside")[1:3] += TRUST
    rule("outside")[:3] -= TRUST
    rule("last above")[3] += TRUST
    return weights


def best(weights, rows, page):
    measures = rows.shape[1]
    transitions = weights[measures * COLUMNS :].reshape(4, 4)
    sums = rows[page[1] : page[2]] @ weights[: measures * COLUMNS].reshape(measures, COLUMNS)
    score, ways = np.array([0, sums[0, 0], NEVER, NEVER]), []
    for own in sums[1:]:
        scores = score[:, None] + edges(transitions, own[3:4], own[4:5])[0]
        ways.append(scores.argmax(0))
        score = scores.max(0) + np.concatenate([[0], own[:3]])
    state, found = 0, [0]
    for way in reversed(ways):
        state = way[state]
        found.append(state)
    return found[::-1]


def starts(weights, rows, states, pages):
    """F1 of the blocks that articles start with."""
    hits = found = right = 0
    for page in pages:
        guess, gold = np.array(best(weights, rows, page)) == 1, states[page[1] : page[2]] == 1
        hits, found, right = hits + (guess & gold).sum(), found + guess.sum(), right + gold.sum()
    return 2 * hits / (found + right)


def main():
    names, rows, states, pages = load(sys.argv[1])
    pages = [page for page in pages if is_possible(states[page[1] : page[2]])]
    seeds = [page for page in pages if page[0] == SEED_PAGES]
    composed = [page for page in pages if page[0] != SEED_PAGES]
    held = "--held" in sys.argv
    kept_out = [page for at, page in enumerate(composed) if at // 2 % 10 == 0] if held else []
    fitted = [page for at, page in enumerate(composed) if at // 2 % 10 or not held]
    weights = trusting(fit(names, rows, states, fitted + SEED_COPIES * seeds), names)
    if held:
        for kind in sorted({page[0] for page in kept_out}):
            of_kind = [page for page in kept_out if page[0] == kind]
            print(f"set {kind}: start blocks F1 {starts(weights, rows, states, of_kind):.3f}")
        return
    line = lambda name, values: print(name, *(round(100 * value) for value in values), sep="\t")
    print("# Written by tests/composed/fit.py; not to be edited by hand. In hundredths.")
    print("# Of a state: to outside, start, head, text. Of a measure: start, head, text, end above, joined.")
    measures = weights[: len(names) * COLUMNS].reshape(-1, COLUMNS)
    for name, values in zip(["outside", "start", "head", "text"], weights[len(names) * COLUMNS :].reshape(4, 4)):
        line(f"from {name}", values)
    for name, values in zip(names, measures):
        if np.abs(values).max() >= 0.005:
            line(name, values)


if __name__ == "__main__":
    main()
