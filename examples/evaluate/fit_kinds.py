#!/usr/bin/env python3
"""Fits the weights by which the kind of a link is decided: src/links/kind/weights.rs.

    WIRECOPY_ROWS=ROWS.jsonl WIRECOPY_DATA=... cargo test --release --test measure_kinds rows -- --ignored
    fit_kinds.py ROWS.jsonl > src/links/kind/weights.rs        the weights, from half 0
    fit_kinds.py ROWS.jsonl --folds                            how good they are on what they were not fitted to
    fit_kinds.py ROWS.jsonl --evidence                         the probability of a real reuse, by evidence

A row of ROWS holds the ids of a judged pair, the kinds that are right (the judged one first), its half
and the measures of the link: numbers, no text. Only half 0 is read for any choice. Needs numpy.

The fit is a multinomial logistic regression with a ridge penalty, by Newton's method from zero, so it
has one answer and no seed. The penalty and the measures were chosen by --folds.
"""

import argparse
import json
import math
import sys

import numpy as np

KINDS = ["copy", "update", "partial", "background", "series", "quotation"]
DISPATCH, REUSE = KINDS[:2], KINDS[:3]
# Counts of which the logarithm is weighed.
LOGARITHMS = {"lede_edit", "conflicts", "aligned_details_missing", "runs_per_hundred", "longest_run", "passages", "days"}
PENALTY = 10.0
# A pair that the judges gave two kinds counts for both, mostly for the first.
FIRST = 0.7
# Decided by definition, whatever is weighed.
DEFINED = {"identical", "withdrawal", "quoted_words", "survey_method", "survey_footer"}
# As in src/links/kind/weighing.rs.
ONE_DISPATCH, COPY_CONTAINMENT, VERSION_CONTAINMENT = 0.45, 0.5, 0.35
SOME_QUOTED = 0.3
MIN_EVIDENCE = 4.0
FOLDS, ROUNDS = 10, 5


def scaled(row):
    values = row["measures"].items()
    return [math.log1p(value) if name in LOGARITHMS else value for name, value in values]


def targets(row):
    """The share of a row that is of each kind; none of a row that is no link."""
    right = [kind for kind in row["right"] if kind in KINDS]
    share = np.zeros(len(KINDS))
    for at, kind in enumerate(right):
        first = 1 / len(right) if row["set"] == "gilets" else FIRST
        weight = 1.0 if len(right) == 1 else first if at == 0 else (1 - first) / (len(right) - 1)
        share[KINDS.index(kind)] += weight
    return share


class Fit:
    """Weights for the measures of `rows`, each measured from its mean in units of its deviation."""

    def __init__(self, rows, penalty=PENALTY):
        rows = [row for row in rows if row["measures"] and targets(row).any() and row["rule"] not in ("identical", "withdrawal")]
        x = np.array([scaled(row) for row in rows])
        self.centre, self.scale = x.mean(axis=0), x.std(axis=0)
        self.scale[self.scale == 0] = 1
        x = np.hstack([(x - self.centre) / self.scale, np.ones((len(x), 1))])
        wanted = np.array([targets(row) for row in rows])
        count, width, kinds = len(x), x.shape[1], len(KINDS)
        weights = np.zeros((width, kinds))
        # The biases are hardly penalised: only so far that one of six of them is not free.
        ridge = np.full((width, kinds), penalty)
        ridge[-1] = 1e-6
        for _ in range(50):
            p = softmax(x @ weights)
            gradient = x.T @ (p - wanted) + ridge * weights
            hessian = np.diag(ridge.ravel())
            for i in range(kinds):
                for j in range(kinds):
                    part = (x * (p[:, i] * ((i == j) - p[:, j]))[:, None]).T @ x
                    hessian[i::kinds, j::kinds] += part
            step = np.linalg.solve(hessian, gradient.ravel()).reshape(width, kinds)
            weights -= step
            if np.abs(step).max() < 1e-10:
                break
        self.weights, self.biases, self.count = weights[:-1] / self.scale[:, None], weights[-1], count

    def probabilities(self, row):
        return softmax((np.array(scaled(row)) - self.centre) @ self.weights + self.biases)

    def kind(self, row):
        """As src/links/kind.rs decides."""
        if not row["measures"]:
            return "none"
        if row["rule"] in DEFINED:
            return row["decided"]
        kind = self.kind_of_any(row)
        one_passage = kind in ("series", "quotation") and row["measures"]["formula"] < 0.5
        is_link = row["evidence"] >= (2 if one_passage else MIN_EVIDENCE) or row["decided"] == kind
        return kind if is_link else "none"

    def kind_of_any(self, row):
        """The kind of a pair by its measures, however little evidence there is."""
        containment = row["measures"]["greater_containment"]
        p = self.probabilities(row)
        if containment < VERSION_CONTAINMENT:
            p[:2] = 0
        if row["measures"]["quoted"] < SOME_QUOTED and row["measures"]["survey_words"] == 0:
            p[5] = 0
        p /= p.sum()
        contained = containment >= COPY_CONTAINMENT
        if p[0] + p[1] >= ONE_DISPATCH:
            kind = "copy" if p[0] >= p[1] and contained else "update"
        else:
            kind = KINDS[2 + int(p[2:].argmax())]
        return refined(kind, contained, row["measures"])


def refined(kind, contained, measures):
    """What definitions say of the kind, as in src/links/kind/rules.rs."""
    whole = min(measures["greater_containment"], measures["better_lede"]) >= 0.75
    named = measures["aligned_details_found"] >= 0.9 and measures["runs_per_hundred"] < 5
    if kind in ("partial", "background") and whole and named:
        return refined("copy", contained, measures)
    if kind in DISPATCH:
        if measures["conflicts"] > 0 or measures["better_lede"] < 0.25:
            return "update"
        if contained and measures["better_lede"] >= 0.6 and measures["lede_edit"] < 4:
            return "copy"
    if kind == "partial" and max(measures["better_told"], measures["better_lede"]) < 0.3:
        return "background"
    return kind


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


def folded(rows, penalty):
    """The mean figures over rounds of folds, no pair of a fold sharing an article with another."""
    of = groups(rows)
    sums = []
    for seed in range(ROUNDS):
        fold = np.random.default_rng(seed).permutation(of.max() + 1)[of] % FOLDS
        kinds = [None] * len(rows)
        for held in range(FOLDS):
            fit = Fit([row for row, number in zip(rows, fold) if number != held], penalty)
            for at in np.flatnonzero(fold == held):
                kinds[at] = fit.kind(rows[at])
        sums.append(figures(rows, kinds) + [figures([row for row in rows if row["set"] == "further"], [kind for row, kind in zip(rows, kinds) if row["set"] == "further"])[0]])
    return np.mean(sums, axis=0)


def write(fit, names, out):
    out.write("//! The weights of the measures, written by `examples/evaluate/fit_kinds.py`: do not edit.\n//!\n")
    out.write(f"//! Fitted on {fit.count} judged pairs of half 0, ridge penalty {PENALTY:g} on standardised measures.\n\n")
    out.write("use super::measures::MEASURES;\nuse super::weighing::{KINDS, Weights};\n\n")
    numbers = lambda values: ", ".join(f"{value:.4f}" for value in values)
    out.write(f"/// The scores at the centres: {', '.join(KINDS)}.\n")
    out.write(f"pub(super) const BIASES: [f64; KINDS.len()] = [{numbers(fit.biases)}];\n\n")
    out.write("/// In the order of the measures.\n#[rustfmt::skip]\npub(super) const WEIGHTS: [Weights; MEASURES] = [\n")
    for name, centre, weights in zip(names, fit.centre, fit.weights):
        logarithm = str(name in LOGARITHMS).lower()
        out.write(f'    Weights {{ name: "{name}", logarithm: {logarithm}, centre: {centre:.4f},\n')
        out.write(f"        of_kind: [{numbers(weights)}] }},\n")
    out.write("];\n")


def evidence(rows):
    """The probability that words were reused, by the evidence of a pair that is no series and no quotation."""
    fit = Fit([row for row in rows if row["half"] == 0])
    kinds = KINDS[:4]
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
        print(f"{len(rows)} pairs of half 0; kinds, copy or update P R F1, reuse P R F1, kinds of the further pairs")
        for penalty in (3.0, 5.0, 10.0, 20.0):
            print(penalty, " ".join(f"{figure:.3f}" for figure in folded(rows, penalty)))
    else:
        write(Fit(rows), names, sys.stdout)


if __name__ == "__main__":
    main()
