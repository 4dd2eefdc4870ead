#!/usr/bin/env python3
"""Fits the weights by which the kind of a link is decided: src/links/kind/weights.rs.

    WIRECOPY_ROWS=ROWS.jsonl WIRECOPY_DATA=... cargo test --release --test measure_kinds rows -- --ignored
    fit_kinds.py ROWS.jsonl > src/links/kind/weights.rs        the weights, from half 0
    fit_kinds.py ROWS.jsonl --folds                            how good they are on what they were not fitted to
    fit_kinds.py ROWS.jsonl --corpora                          each collection by a fit on the other two
    fit_kinds.py ROWS.jsonl --evidence                         the probability of a real reuse, by evidence

A row of ROWS holds the ids of a judged pair, the kinds that are right (the judged one first), its half
and the measures of the link: numbers, no text. Only half 0 is read for any choice. Needs numpy.

The fit is two logistic regressions with a ridge penalty, by Newton's method from zero, so it has one
answer and no seed: the families of kinds (copy and update being one), and copy against update. The
penalties and the measures were chosen by --folds.
"""

import argparse
import json
import math
import os
import sys

# The matrices are small: threads that wait for each other make the fit a hundred times as slow.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
import numpy as np

KINDS = ["copy", "update", "partial", "background", "series", "quotation"]
DISPATCH, REUSE = KINDS[:2], KINDS[:3]
# Counts of which the logarithm is weighed.
LOGARITHMS = {
    "lede_edit", "conflicts", "conflicting_numbers", "aligned_details_missing", "runs_per_hundred", "longest_run",
    "passages", "days", "evidence", "most_inserted", "least_inserted",
}  # fmt: skip
# What tells a copy from an update.
OF_VERSION = [
    "greater_containment", "better_lede", "worse_lede", "title_agreement", "lede_edit", "conflicting_numbers",
    "most_inserted", "least_inserted", "undated", "same_day",
]  # fmt: skip
PENALTY, VERSION_PENALTY = 10.0, 3.0
# A pair that the judges gave two kinds counts for both, mostly for the first.
FIRST = 0.7
# Links that a build had called copy or update count half for the families: they hold hardly others.
FOUND = {"outside": 0.5, "found": 1.0}
# This set calls every version a copy.
WITHOUT_UPDATES = {"gilets"}
# Decided by definition, whatever is weighed.
DEFINED = {"identical", "withdrawal", "quoted_words", "survey_method", "survey_footer"}
# As in src/links/kind/weighing.rs.
ONE_DISPATCH, COPY_CONTAINMENT, VERSION_CONTAINMENT = 0.46, 0.5, 0.35
SOME_QUOTED, FILLED_IN_RUNS = 0.3, 2.0
MIN_EVIDENCE, FORM_CONTAINMENT = 4.0, 0.1
FOLDS, ROUNDS = 10, 5


def scaled(row):
    values = row["measures"].items()
    return [math.log1p(value) if name in LOGARITHMS else value for name, value in values]


def targets(row):
    """The share of a row that is of each kind; none of a row that is no link."""
    right = [kind for kind in row["right"] if kind in KINDS]
    share = np.zeros(len(KINDS))
    for at, kind in enumerate(right):
        first = 1 / len(right) if row["set"] in WITHOUT_UPDATES else FIRST
        weight = 1.0 if len(right) == 1 else first if at == 0 else (1 - first) / (len(right) - 1)
        share[KINDS.index(kind)] += weight
    return share


class Fit:
    """Weights for the measures of `rows`, each measured from its mean in units of its deviation."""

    def __init__(self, rows, penalty=PENALTY):
        rows = [row for row in rows if row["measures"] and targets(row).any() and row["rule"] not in ("identical", "withdrawal")]
        names = list(rows[0]["measures"])
        x = np.array([scaled(row) for row in rows])
        self.centre, self.scale, self.count = x.mean(axis=0), x.std(axis=0), len(rows)
        self.scale[self.scale == 0] = 1
        x = (x - self.centre) / self.scale
        wanted = np.array([targets(row) for row in rows])
        families = np.hstack([wanted[:, :1] + wanted[:, 1:2], wanted[:, 2:]])
        counts = np.array([FOUND.get(row["set"], 1.0) for row in rows])
        self.families, self.family_biases = regression(x, families, counts, penalty)
        self.families /= self.scale[:, None]
        versions = [row["right"][0] in DISPATCH and row["set"] not in WITHOUT_UPDATES for row in rows]
        weighed = [names.index(name) for name in OF_VERSION]
        of = wanted[versions][:, :2]
        # Of two alternatives the scores are each other's negative, and the odds twice the one.
        scores, biases = regression(x[versions][:, weighed], of / of.sum(axis=1)[:, None], np.ones(len(of)), 2 * VERSION_PENALTY)
        self.copy, self.copy_bias, self.versions = np.zeros(len(names)), biases[0] - biases[1], len(of)
        self.copy[weighed] = (scores[:, 0] - scores[:, 1]) / self.scale[weighed]

    def kind(self, row):
        """As src/links/kind.rs decides."""
        if not row["measures"]:
            return "none"
        if row["rule"] in DEFINED:
            return row["decided"]
        kind = self.kind_of_any(row)
        form = row["measures"]["greater_containment"] >= FORM_CONTAINMENT
        one_passage = row["measures"]["formula"] < 0.5 and (kind == "quotation" or kind == "series" and form)
        is_link = row["evidence"] >= (2 if one_passage else MIN_EVIDENCE) or row["decided"] == kind
        return kind if is_link else "none"

    def kind_of_any(self, row):
        """The kind of a pair by its measures, however little evidence there is."""
        containment = row["measures"]["greater_containment"]
        over = np.array(scaled(row)) - self.centre
        p = softmax(over @ self.families + self.family_biases)
        if containment < VERSION_CONTAINMENT:
            p[0] = 0
        if row["measures"]["quoted"] < SOME_QUOTED and row["measures"]["survey_words"] == 0:
            p[4] = 0
        if row["measures"]["runs_per_hundred"] < FILLED_IN_RUNS:
            p[3] = 0
        p /= p.sum()
        contained = containment >= COPY_CONTAINMENT
        if p[0] >= ONE_DISPATCH:
            kind = "copy" if over @ self.copy + self.copy_bias >= 0 and contained else "update"
        else:
            kind = KINDS[2 + int(p[1:].argmax())]
        return refined(kind, row["measures"])


def refined(kind, measures):
    """What definitions say of the kind, as in src/links/kind/rules.rs."""
    if kind in DISPATCH and measures["runs_per_hundred"] >= 10 and measures["details_found"] < 0.6:
        return "series"
    if kind in REUSE and max(measures["better_told"], measures["better_lede"]) < 0.3:
        return "background"
    whole = min(measures["greater_containment"], measures["better_lede"]) >= 0.75
    named = measures["aligned_details_found"] >= 0.9
    unbroken = measures["runs_per_hundred"] < 5 or measures["most_inserted"] == 0
    if kind in ("partial", "background") and whole and named and unbroken:
        kind = "copy"
    if kind in DISPATCH and measures["conflicting_numbers"] > 0:
        return "update"
    carried = measures["greater_containment"] >= COPY_CONTAINMENT and measures["better_lede"] >= 0.6
    if kind == "update" and carried and (measures["least_inserted"] == 0 or measures["greater_containment"] >= 0.9):
        return "copy"
    return kind


def regression(x, wanted, counts, penalty):
    """Weights and biases of a multinomial logistic regression; a row counts as often as `counts` says."""
    x = np.hstack([x, np.ones((len(x), 1))])
    width, kinds = x.shape[1], wanted.shape[1]
    weights = np.zeros((width, kinds))
    # The biases are hardly penalised: only so far that one of them is not free.
    ridge = np.full((width, kinds), penalty)
    ridge[-1] = 1e-6
    for _ in range(50):
        p = softmax(x @ weights)
        gradient = x.T @ (counts[:, None] * (p - wanted)) + ridge * weights
        hessian = np.diag(ridge.ravel())
        for i in range(kinds):
            for j in range(kinds):
                part = (x * (counts * p[:, i] * ((i == j) - p[:, j]))[:, None]).T @ x
                hessian[i::kinds, j::kinds] += part
        step = np.linalg.solve(hessian, gradient.ravel()).reshape(width, kinds)
        weights -= step
        if np.abs(step).max() < 1e-10:
            break
    return weights[:-1], weights[-1]


def softmax(scores):
    odds = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return odds / odds.sum(axis=-1, keepdims=True)


def figures(rows, kinds):
    """Share of right kinds; precision, recall and F1 of copy or update, and of reuse."""
    right = [kind in row["right"] for row, kind in zip(rows, kinds)]
    of = [sum(right) / len(right)]
    for family in (DISPATCH, REUSE):
        found = [row for row, kind in zip(rows, kinds) if kind in family]
        gold = [(row, kind) for row, kind in zip(rows, kinds) if row["right"][0] in family]
        precision = sum(any(kind in family for kind in row["right"]) for row in found) / max(1, len(found))
        recall = sum(kind in family or kind in row["right"] for row, kind in gold) / max(1, len(gold))
        of += [precision, recall, 2 * precision * recall / (precision + recall)]
    return of


def groups(rows):
    """A number for each row: pairs that share an article, directly or through others, have one."""
    parent = {}

    def root(article):
        parent.setdefault(article, article)
        while parent[article] != article:
            article = parent[article]
        return article

    for row in rows:
        parent[root(row["a"])] = root(row["b"])
    roots = [root(row["a"]) for row in rows]
    numbers = {article: number for number, article in enumerate(sorted(set(roots)))}
    return np.array([numbers[article] for article in roots])


def decided_on(rows, part_of):
    """The kind of each row by a fit on the rows of the other parts."""
    kinds = [None] * len(rows)
    for held in sorted(set(part_of)):
        fit = Fit([row for row, part in zip(rows, part_of) if part != held])
        for at, part in enumerate(part_of):
            if part == held:
                kinds[at] = fit.kind(rows[at])
    return kinds


def folded(rows):
    """The mean figures of each set over rounds of folds, no pair of a fold sharing an article with another."""
    of = groups(rows)
    rounds = []
    for seed in range(ROUNDS):
        fold = np.random.default_rng(seed).permutation(of.max() + 1)[of] % FOLDS
        rounds.append(by_set(rows, decided_on(rows, fold)))
    return {name: np.mean([of[name] for of in rounds], axis=0) for name in rounds[0]}


def by_set(rows, kinds, field="set"):
    sets = {name: [at for at, row in enumerate(rows) if row[field] == name] for name in sorted({row[field] for row in rows})}
    return {name: figures([rows[at] for at in part], [kinds[at] for at in part]) for name, part in sets.items()}


def show(of, rows, field):
    for name, values in of.items():
        count = sum(row[field] == name for row in rows)
        print(f"{name} | {count} | " + " ".join(f"{value:.3f}" for value in values))


def corpora(rows):
    """Each collection by a fit on the others, beside folds of all: what the fit owes to the collection."""
    judged = [row for row in rows if row["set"] not in FOUND]
    of = groups(rows)
    fold = np.random.default_rng(0).permutation(of.max() + 1)[of] % FOLDS
    for name, parts in (("folds", fold), ("left out", [row["corpus"] for row in rows])):
        kinds = decided_on(rows, parts)
        kept = [kind for row, kind in zip(rows, kinds) if row["set"] not in FOUND]
        print(f"{name}: kinds, copy or update P R F1, reuse P R F1")
        show(by_set(judged, kept, "corpus"), judged, "corpus")


def write(fit, names, out):
    out.write("//! The weights of the measures, written by `examples/evaluate/fit_kinds.py`: do not edit.\n//!\n")
    out.write(f"//! Fitted on {fit.count} judged pairs of half 0, {fit.versions} of them copies and updates; ridge penalties\n")
    out.write(f"//! {PENALTY:g} and {VERSION_PENALTY:g} on standardised measures.\n\n")
    out.write("use super::measures::MEASURES;\nuse super::weighing::{FAMILIES, Weights};\n\n")
    # Five decimals: of four some read as a known constant, which a lint takes for it.
    numbers = lambda values: ", ".join(f"{value:.5f}" for value in values)
    out.write("/// The scores at the centres: copy or update, partial, background, series, quotation.\n")
    out.write(f"pub(super) const FAMILY_BIASES: [f64; FAMILIES] = [{numbers(fit.family_biases)}];\n\n")
    out.write("/// The score of a copy at the centres, against an update.\n")
    out.write(f"pub(super) const COPY_BIAS: f64 = {fit.copy_bias:.5f};\n\n")
    out.write("/// In the order of the measures.\n#[rustfmt::skip]\npub(super) const WEIGHTS: [Weights; MEASURES] = [\n")
    for name, centre, families, copy in zip(names, fit.centre, fit.families, fit.copy):
        logarithm = str(name in LOGARITHMS).lower()
        out.write(f'    Weights {{ name: "{name}", logarithm: {logarithm}, centre: {centre:.5f},\n')
        out.write(f"        of_family: [{numbers(families)}], of_copy: {copy:.5f} }},\n")
    out.write("];\n")


def evidence(rows):
    """The probability that words were reused, by the evidence of a pair that is no series and no quotation."""
    fit = Fit([row for row in rows if row["half"] == 0])
    kinds = KINDS[:4]
    # What a build had called copy or update is reused by selection.
    rows = [row for row in rows if row["set"] not in FOUND]
    of = [row for row in rows if row["measures"] and row["rule"] not in DEFINED and fit.kind_of_any(row) in kinds]
    real = lambda row: any(kind in kinds for kind in row["right"])
    chosen = [(math.log1p(row["evidence"]), real(row)) for row in of if row["half"] == 0]
    x = np.array([[1.0, value] for value, _ in chosen])
    wanted = np.array([float(holds) for _, holds in chosen])
    weights = np.zeros(2)
    for _ in range(100):
        p = 1 / (1 + np.exp(-x @ weights))
        weights -= np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x, x.T @ (p - wanted))
    print(f"probability = 1 / (1 + exp(-({weights[0]:.4f} + {weights[1]:.4f} ln(1 + evidence)))), {len(chosen)} pairs")
    bins = [0, 3, 4, 6, 10, 20, 40, math.inf]
    for half in (0, 1):
        for low, high in zip(bins, bins[1:]):
            part = [row for row in of if row["half"] == half and low <= row["evidence"] < high]
            if not part:
                continue
            p = np.mean([1 / (1 + math.exp(-weights[0] - weights[1] * math.log1p(row["evidence"]))) for row in part])
            hits, count = sum(map(real, part)), len(part)
            print(f"half {half} | {low} to {high} | {count} | {p:.2f} | {hits / count:.2f} [{wilson(hits, count)}]")


def wilson(hits, count):
    """The interval at 95 %."""
    z, share = 1.96, hits / count
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    width = z / (1 + z * z / count) * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    return f"{middle - width:.2f}, {min(1, middle + width):.2f}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows")
    parser.add_argument("--folds", action="store_true")
    parser.add_argument("--corpora", action="store_true")
    parser.add_argument("--evidence", action="store_true")
    arguments = parser.parse_args()
    rows = [json.loads(line) for line in open(arguments.rows)]
    for row in rows:
        row["measures"] = dict(row["measures"] or [])
    if arguments.evidence:
        return evidence(rows)
    rows = [row for row in rows if row["half"] == 0]
    names = next(list(row["measures"]) for row in rows if row["measures"])
    if arguments.folds:
        print("half 0: set | pairs | kinds, copy or update P R F1, reuse P R F1")
        show(folded(rows), rows, "set")
    elif arguments.corpora:
        corpora(rows)
    else:
        write(Fit(rows), names, sys.stdout)


if __name__ == "__main__":
    main()
