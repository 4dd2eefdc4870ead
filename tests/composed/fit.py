#!/usr/bin/env python3
"""Fits the weights by which the reader decides where articles begin and end: src/page/boundaries/weights.tsv.

    python3 -m venv VENV && VENV/bin/pip install -r tests/composed/requirements.txt
    VENV/bin/python tests/composed/fit.py DIRECTORY

DIRECTORY holds orangesum_fr.jsonl.gz, gilets_jaunes_fr.jsonl.gz, rpm2_fr.jsonl.gz. It starts from an empty table. In each
of ROUNDS rounds the test block_rows writes rows of numbers, no text: what was measured of the blocks of composed pages, wild
pages, remixed seed pages and the seed pages themselves, all articles of half 0 but on the seed pages, with the state of each
block (tests/composed/rows.rs, which holds the seeds of the draws). Each page is there twice: measured alone, and compared
with the articles that the weights of the round before find. Then a linear-chain conditional random field with a ridge penalty
is fitted to them, from the weights of the round before, and the table is written.

Nothing is drawn at random and all sums have one order: run again it writes the same bytes. With another version of numpy
or on another kind of processor the last digits may differ.

    VENV/bin/python tests/composed/fit.py --held ROWS

fits to the rows of one round, without a tenth of the pages, and scores those: no weights are written.
"""

import os
import pathlib
import subprocess
import sys
import tempfile

from chain import COLUMNS, FOLLOWS, Chain

import numpy as np
import scipy.sparse

ROUNDS = 3
# Steps of L-BFGS: far from the minimum, in the first round alone, and near it, with the curvature there, in each.
FAR, NEAR = 100, 50
PENALTY = 3.0
# What the rules say is hardly penalised, and trusted this much more than composed pages ask for: pages that nobody
# composed are more orderly. Chosen among 0, .5, 1 and 2 on half 0 and the seed pages.
RULE_PENALTY, TRUST = 0.02, 0.5
SEED_PAGES, SEED_COPIES = 20, 4
NEVER = -1e9
PROJECT = pathlib.Path(__file__).resolve().parents[2]
TABLE = PROJECT / "src/page/boundaries/weights.tsv"


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
    states = np.array(states)
    return names, rows, states, [page for page in pages if is_possible(states[page[1] : page[2]])]


def is_possible(states):
    """Behind the last block nothing is of an article, and no article ends in its head."""
    return states[0] < 2 and states[-1] == 0 and all(FOLLOWS[a, b] for a, b in zip(states, states[1:]))


def fit(names, rows, states, pages, start=None):
    """The weights of all measures and transitions, from those of the round before."""
    penalty = np.full(len(names) * COLUMNS + 16, PENALTY)
    for at, name in enumerate(names):
        if name.endswith("by rule"):
            penalty[at * COLUMNS : (at + 1) * COLUMNS] *= RULE_PENALTY
    seeds = [page for page in pages if page[0] == SEED_PAGES]
    chain = Chain(rows, states, pages + (SEED_COPIES - 1) * seeds, penalty)
    weights = np.zeros(len(penalty)) if start is None else start
    if start is None:
        weights = chain.minimum(weights, FAR, chain.coarse_curvature())
    return chain.minimum(weights, NEAR, chain.curvature(weights))


def trusting(weights, names):
    weights = weights.copy()
    of = weights[: len(names) * COLUMNS].reshape(-1, COLUMNS)
    rule = lambda name: of[names.index(name + " by rule")]
    rule("title")[0] += 2 * TRUST
    rule("opening")[0] += 2 * TRUST
    rule("inside")[0] -= TRUST
    rule("inside")[1:3] += TRUST
    rule("outside")[:3] -= TRUST
    rule("last above")[3] += TRUST
    return weights


def table(weights, names):
    """The text of weights.tsv."""
    lines = [
        "# Written by tests/composed/fit.py; not to be edited by hand. In hundredths.",
        "# Of a state: to outside, start, head, text. Of a measure: start, head, text, end above, joined.",
    ]
    line = lambda name, values: lines.append("\t".join([name, *(str(round(100 * value)) for value in values)]))
    measures = weights[: len(names) * COLUMNS].reshape(-1, COLUMNS)
    for name, values in zip(["outside", "start", "head", "text"], weights[len(names) * COLUMNS :].reshape(4, 4)):
        line(f"from {name}", values)
    for name, values in zip(names, measures):
        if np.abs(values).max() >= 0.005:
            line(name, values)
    return "\n".join(lines) + "\n"


def best(weights, rows, page):
    measures = rows.shape[1]
    transitions = np.where(FOLLOWS, weights[measures * COLUMNS :].reshape(4, 4), NEVER)
    sums = rows[page[1] : page[2]] @ weights[: measures * COLUMNS].reshape(measures, COLUMNS)
    score, ways = np.array([0, sums[0, 0], NEVER, NEVER]), []
    for own in sums[1:]:
        scores = score[:, None] + transitions
        scores[[1, 3], 0] += own[3]
        scores[[1, 3], 1] += own[3] + own[4]
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


def score_held(path):
    names, rows, states, pages = load(path)
    composed = [page for page in pages if page[0] != SEED_PAGES]
    held = {page for at, page in enumerate(composed) if at // 2 % 10 == 0}
    weights = trusting(fit(names, rows, states, [page for page in pages if page not in held]), names)
    for kind in sorted({page[0] for page in held}):
        of_kind = [page for page in held if page[0] == kind]
        print(f"set {kind}: start blocks F1 {starts(weights, rows, states, of_kind):.3f}")


def write_rows(directory, path):
    command = ["cargo", "test", "--release", "--test", "page_measure", "block_rows", "--", "--ignored"]
    environment = {**os.environ, "WIRECOPY_DATA": os.path.abspath(directory), "WIRECOPY_ROWS": path}
    subprocess.run(command, cwd=PROJECT, env=environment, check=True, stdout=sys.stderr)


def main():
    if sys.argv[1] == "--held":
        return score_held(sys.argv[2])
    weights = None
    TABLE.write_text("")
    with tempfile.TemporaryDirectory() as scratch:
        rows_of = os.path.join(scratch, "rows")
        for number in range(1, ROUNDS + 1):
            print(f"round {number} of {ROUNDS}", file=sys.stderr)
            write_rows(sys.argv[1], rows_of)
            names, rows, states, pages = load(rows_of)
            weights = fit(names, rows, states, pages, weights)
            TABLE.write_text(table(trusting(weights, names), names))


if __name__ == "__main__":
    main()
