"""Fits the score of a pair of articles and writes `src/stories/coefficients.rs`.

One command, from the root of the repository (see README.md beside this file):

    python3 tests/story_score/fit.py ROWS

Reads rows of features and judgements, never a text. Prints how a score that was fitted without one
of the sets does on it: log loss and area under the curve.
"""

import argparse
import csv
import pathlib

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

ROOT = pathlib.Path(__file__).resolve().parents[2]
OUT = ROOT / "src" / "stories" / "coefficients.rs"

# Inverse strength of the regularisation, against a total weight of WEIGHT. From 0.02 to 3 nothing
# changes by more than 0.003 BCubed F1.
STRENGTH = 0.1
WEIGHT = 4000

# Different stories weigh by this power of how alike they are: those that could be taken for one are
# what a threshold has to tell apart. 0 costs 0.005 BCubed F1 on ECB+ train, 1.5 costs 0.015 of the
# correlation with human judgement.
HARDNESS = 1.0

# The questions (`Question` of `src/stories/score.rs`): the sets that answer each, the features that it is
# not asked by, and what its sum is divided by.
#
# Groups are merged by means of ONE_STORY. A mean over the pairs of two groups is to be one of degrees
# and not a count of certainties, hence the divisor; from 1 to 3 nothing changes by more than 0.002 BCubed
# F1. The two features left out do not help it (QUALITY.md). ALIKE is read pair by pair. ECB+ is left
# out of it, a set made of look-alikes: with it the correlation with human judgement (five folds of
# SemEval train) is 0.012 less.
QUESTIONS = {
    "ONE_STORY": (["day", "ecb", "human", "week"], ["headline_or_opening", "numbers"], 1.5),
    "ALIKE": (["day", "human", "week"], [], 1.0),
}

# Pairs further apart say what time says, which the score does not read.
MOST_DAYS_APART = 3

# What meaning demands: more in common is never a reason against, other dates never one for.
# A feature whose weight comes out with the other sign is left out.
SIGNS = {
    "words": 1, "headline_in_lead": 1, "opening": 1, "other_forms": 1, "headline": 1, "lead_names": 1,
    "years_apart": -1, "shared_day": 1, "days_apart": -1, "shared_first_date": 1, "weekdays": 1,
    "headline_or_opening": 1, "numbers": 1,
}


class Rows:
    """The pairs of one set."""

    def __init__(self, a, b, same, features):
        self.a, self.b, self.same, self.features = (np.array(x) for x in (a, b, same, features))

    def weights(self, names, judged):
        """Sums to 1. An article weighs the same whatever the size of its story: one storm has most
        pairs of a day. Judged pairs weigh the same each."""
        if judged:
            return np.full(len(self.same), 1 / len(self.same))
        count = max(self.a.max(), self.b.max()) + 1
        same = self.same > 0.5
        alike = self.features[:, [names.index("words"), names.index("opening")]].max(axis=1)
        weight = np.where(same, 1.0, np.maximum(alike, 1e-6) ** HARDNESS)
        result = np.zeros(len(weight))
        for kind in (same, ~same):
            total = np.zeros(count)
            for side in (self.a, self.b):
                np.add.at(total, side[kind], weight[kind])
            result[kind] = weight[kind] * (1 / total[self.a[kind]] + 1 / total[self.b[kind]]) / 2
        return result / result.sum()


def read(path):
    with open(path, encoding="utf8", newline="") as file:
        lines = csv.reader(file, delimiter="\t")
        names = next(lines)[5:]
        rows = {}
        for line in lines:
            if int(line[4]) <= MOST_DAYS_APART:
                rows.setdefault(line[0], []).append(line)
    sets = {}
    for name, lines in rows.items():
        features = [[float(value) for value in line[5:]] for line in lines]
        a, b = ([int(line[at]) for line in lines] for at in (1, 2))
        sets[name] = Rows(a, b, [float(line[3]) for line in lines], features)
    return names, sets


def groups(sets):
    """The sets as they weigh: the languages of the judged pairs are one."""
    result = {}
    for name in sorted(sets):
        result.setdefault(name.split("-")[0], []).append(name)
    return result


def stacked(names, sets, chosen):
    features, same, weights = [], [], []
    for group, members in chosen.items():
        judged = group == "human"
        pairs = sum(len(sets[member].same) for member in members)
        for member in members:
            rows = sets[member]
            share = len(rows.same) / pairs
            features.append(rows.features)
            same.append(rows.same)
            weights.append(rows.weights(names, judged) * share)
    weights = np.concatenate(weights)
    return np.concatenate(features), np.concatenate(same), weights / weights.sum() * WEIGHT


def fit(names, features, same, weights):
    """Weights of the raw features, and the sum without any."""
    kept = list(range(len(names)))
    while True:
        chosen = features[:, kept]
        mean = np.average(chosen, axis=0, weights=weights)
        spread = np.sqrt(np.average((chosen - mean) ** 2, axis=0, weights=weights)) + 1e-9
        scaled = (chosen - mean) / spread
        # A degree of sameness is so much of a pair of one story and the rest of a pair of two.
        target = np.concatenate([np.ones(len(same)), np.zeros(len(same))])
        weight = np.concatenate([weights * same, weights * (1 - same)])
        used = weight > 0
        model = LogisticRegression(C=STRENGTH, max_iter=5000, tol=1e-8)
        model.fit(np.concatenate([scaled, scaled])[used], target[used], sample_weight=weight[used])
        weights_of = model.coef_[0]
        wrong = [at for at, w in zip(kept, weights_of) if w * SIGNS.get(names[at], 0) < 0]
        if not wrong:
            break
        worst = min(wrong, key=lambda at: weights_of[kept.index(at)] * SIGNS[names[at]])
        print(f"left out, of the wrong sign: {names[worst]} {weights_of[kept.index(worst)]:.3f}")
        kept.remove(worst)
    result = np.zeros(len(names))
    result[kept] = weights_of / spread
    importance = np.zeros(len(names))
    importance[kept] = weights_of
    return result, model.intercept_[0] - (weights_of / spread) @ mean, importance


def judge(features, same, weights, coefficients, intercept):
    total = features @ coefficients + intercept
    sure = same >= 0.5
    area = roc_auc_score(sure, total, sample_weight=weights)
    p = np.clip(1 / (1 + np.exp(-total)), 1e-9, 1 - 1e-9)
    loss = -np.average(same * np.log(p) + (1 - same) * np.log(1 - p), weights=weights)
    return f"log loss {loss:.4f}, area {area:.4f}"


def number(value):
    text = f"{value:.4f}"
    return "0.0" if float(text) == 0 else text


def answered(question, names, sets):
    """Fits a question and prints how well, without each set and with it; the lines of its weights."""
    of_question, left_out_of_it, temper = QUESTIONS[question]
    chosen = {group: members for group, members in groups(sets).items() if group in of_question}
    asked = [at for at, name in enumerate(names) if name not in left_out_of_it]
    names_asked = [names[at] for at in asked]

    def data(groups):
        features, same, weights = stacked(names, sets, groups)
        return features[:, asked], same, weights

    for left_out in chosen:
        rest = {group: members for group, members in chosen.items() if group != left_out}
        coefficients, intercept, _ = fit(names_asked, *data(rest))
        judged = judge(*data({left_out: chosen[left_out]}), coefficients, intercept)
        print(f"{question}, {left_out}, fitted without it: {judged}")
    coefficients, intercept, importance = fit(names_asked, *data(chosen))
    for group, members in chosen.items():
        judged = judge(*data({group: members}), coefficients, intercept)
        print(f"{question}, {group}, fitted with it: {judged}")
    for name, weight in zip(names_asked, importance):
        print(f"{question}, {name:20} {weight:7.3f} a standard deviation")
    of_name = dict(zip(names_asked, coefficients / temper))
    return [
        f"pub(super) const {question}: Weights = Weights {{",
        f"intercept: {number(intercept / temper)},",
        "of_features: [",
        *(f"{number(of_name.get(name, 0.0))}, // {name}" for name in names),
        "],",
        "};",
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("rows")
    names, sets = read(parser.parse_args().rows)
    lines = [
        "//! Written by `tests/story_score/fit.py`; not to be edited by hand.",
        "",
        "use super::score::Weights;",
        "",
        "/// Whether two articles are one story.",
        *answered("ONE_STORY", names, sets),
        "",
        "/// How alike a reader finds their news.",
        *answered("ALIKE", names, sets),
        "",
    ]
    OUT.write_text("\n".join(lines), encoding="utf8")
    print(f"written: {OUT.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
