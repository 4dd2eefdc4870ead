"""The likelihood of a linear-chain conditional random field (Lafferty, McCallum, Pereira, ICML 2001) and its greatest value.

The states and scores are those of src/page/boundaries/states.rs. All sums are made in one order and on one thread, so
equal rows give equal weights to the last bit on one machine.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy: threads would change the order of sums

import sys
import time

import numpy as np
import scipy.linalg
import scipy.optimize

COLUMNS = 5  # start, head, text, end above, joined
FOLLOWS = np.array([[1, 1, 0, 0], [1, 1, 1, 1], [0, 0, 1, 1], [1, 1, 0, 1]], bool)
ENDS = [1, 3]  # an article may end after these states
PAGES = 1500  # of a batch
MEMORY = 30  # pairs of L-BFGS


class Batch:
    """Pages of like length. Their blocks lie in one stretch: the first blocks of all pages, then the second ones, ..."""

    def __init__(self, pages, states, first):
        pages = sorted(pages, key=lambda page: page[1] - page[2])
        starts = np.array([start for _, start, _ in pages])
        lengths = np.array([end - start for _, start, end in pages])
        self.counts = [int((lengths > at).sum()) for at in range(lengths[0])]
        self.begins = np.concatenate([[0], np.cumsum(self.counts)])
        self.blocks = np.concatenate([starts[:count] + at for at, count in enumerate(self.counts)])
        self.rows = slice(first, first + len(self.blocks))
        self.pages = np.concatenate([np.arange(count) for count in self.counts])
        self.last = self.begins[lengths - 1] + np.arange(len(pages))
        self.states = states[self.blocks]
        count = self.counts[0]
        self.above = self.begins[np.maximum(0, np.repeat(np.arange(len(self.counts)), self.counts) - 1)] + self.pages
        above, here = self.states[self.above], self.states
        self.ends = np.isin(above, ENDS) & (here < 2) & (np.arange(len(here)) >= count)
        self.joins = self.ends & (here == 1)

    def likelihood(self, own, transitions, by_sum, by_transition):
        """Minus the log-likelihood; its slopes by the sums of each block and, added, by the transitions.

        Forward and backward shares are scaled at each block (Rabiner, Proceedings of the IEEE 1989).
        """
        counts, begins, first = self.counts, self.begins, self.counts[0]
        ways = np.where(FOLLOWS, np.exp(transitions), 0.0)
        ending = np.zeros((4, 4))
        ending[np.ix_(ENDS, [0, 1])] = ways[np.ix_(ENDS, [0, 1])]
        staying = ways - ending
        most = np.maximum(own[:, :3].max(1), 0)
        node = np.exp(np.column_stack([-most, own[:, :3] - most[:, None]]))
        end = np.zeros_like(node)
        end[:, 0], end[:, 1] = np.exp(own[:, 3]), np.exp(own[:, 3] + own[:, 4])
        forward, scale = np.empty_like(node), np.empty(len(node))
        for at, count in enumerate(counts):
            here = slice(begins[at], begins[at + 1])
            if at == 0:
                share = node[here] * [1, 1, 0, 0]
            else:
                above = forward[begins[at - 1] : begins[at - 1] + count]
                share = (above @ staying + (above @ ending) * end[here]) * node[here]
            scale[here] = share.sum(1)
            forward[here] = share / scale[here, None]
        backward, passed = np.zeros_like(node), np.zeros_like(node)
        backward[self.last, 0] = 1
        for at in range(len(counts) - 1, 0, -1):
            here = slice(begins[at], begins[at + 1])
            passed[here] = node[here] * backward[here] / scale[here, None]
            above = slice(begins[at - 1], begins[at - 1] + counts[at])
            backward[above] = passed[here] @ staying.T + (passed[here] * end[here]) @ ending.T
        whole = forward[self.last, 0]
        weight = 1 / whole[self.pages, None]
        every = np.arange(len(node))
        share = forward * backward * weight
        share[every, self.states] -= 1
        by_sum[:, :3] = share[:, 1:]
        above, passed = forward[self.above[first:]], (passed * weight)[first:]
        closed = passed * end[first:]
        by_transition += (above.T @ passed) * staying + (above.T @ closed) * ending
        np.subtract.at(by_transition, (self.states[self.above[first:]], self.states[first:]), 1)
        closed *= above @ ending
        by_sum[:, 3:] = 0
        by_sum[first:, 3], by_sum[first:, 4] = closed[:, 0] + closed[:, 1], closed[:, 1]
        by_sum[:, 3] -= self.ends
        by_sum[:, 4] -= self.joins
        right = np.where(self.states > 0, own[every, np.maximum(self.states - 1, 0)], 0).sum()
        right += transitions[self.states[self.above[first:]], self.states[first:]].sum()
        right += own[self.ends, 3].sum() + own[self.joins, 4].sum()
        return (np.log(scale) + most).sum() + np.log(whole).sum() - right


class Chain:
    """Pages with their states, and the penalty of each weight."""

    def __init__(self, rows, states, pages, penalty):
        self.measures, self.penalty, self.batches, first = rows.shape[1], penalty, [], 0
        pages = sorted(pages, key=lambda page: page[2] - page[1])
        for at in range(0, len(pages), PAGES):
            self.batches.append(Batch(pages[at : at + PAGES], states, first))
            first += len(self.batches[-1].blocks)
        self.rows = rows[np.concatenate([batch.blocks for batch in self.batches])].astype(float)
        self.columns = self.rows.T.tocsr()

    def slopes(self, weights):
        """Minus the log-likelihood without its penalty, its slopes by sums and by transitions."""
        measures = self.measures * COLUMNS
        sums = self.rows @ weights[:measures].reshape(-1, COLUMNS)
        by_sum, by_transition, total = np.empty_like(sums), np.zeros((4, 4)), 0.0
        for batch in self.batches:
            own = sums[batch.rows]
            total += batch.likelihood(own, weights[measures:].reshape(4, 4), by_sum[batch.rows], by_transition)
        return total, by_sum, np.where(FOLLOWS, by_transition, 0)

    def loss(self, weights):
        total, by_sum, by_transition = self.slopes(weights)
        slope = np.concatenate([(self.columns @ by_sum).ravel(), by_transition.ravel()])
        return total + (self.penalty * weights) @ weights / 2, slope + self.penalty * weights

    def by_column(self, of_measures, of_transitions, weights):
        """Weights with something done to those of each column of the measures, and to those of the transitions."""
        measures = self.measures * COLUMNS
        columns = weights[:measures].reshape(-1, COLUMNS).T
        done = np.column_stack([of_measures(at, column) for at, column in enumerate(columns)])
        return np.concatenate([done.ravel(), of_transitions(weights[measures:])])

    def minimum(self, weights, steps, curvature):
        """L-BFGS in the variables in which the loss curves alike in all directions, as far as `curvature` tells: a lower
        triangle for each column of the measures, and the roots of the transitions' curvatures."""
        triangles, roots = curvature
        solve = scipy.linalg.solve_triangular
        straight = lambda it: self.by_column(lambda at, of: triangles[at].T @ of, lambda of: of * roots, it)
        weights_of = lambda it: self.by_column(
            lambda at, of: solve(triangles[at], of, lower=True, trans=1), lambda of: of / roots, it
        )
        slopes_of = lambda it: self.by_column(
            lambda at, of: solve(triangles[at], of, lower=True), lambda of: of / roots, it
        )
        begin, done = time.monotonic(), []

        def loss(point):
            loss, slope = self.loss(weights_of(point))
            return loss, slopes_of(slope)

        def report(intermediate_result):
            done.append(intermediate_result.fun)
            if len(done) % 20 == 0:
                print(f"step {len(done)}: loss {done[-1]:.2f}, {time.monotonic() - begin:.0f} s", file=sys.stderr, flush=True)

        options = {"maxiter": steps, "maxfun": 10 * steps, "maxcor": MEMORY, "ftol": 1e-8, "gtol": 1e-4}
        found = scipy.optimize.minimize(loss, straight(weights), (), "L-BFGS-B", True, callback=report, options=options)
        print(f"{found.nit} steps, loss {found.fun:.2f}: {found.message}", file=sys.stderr)
        return weights_of(found.x)

    def transition_roots(self):
        return np.sqrt(self.penalty[self.measures * COLUMNS :] + len(self.rows.indptr) / 2000)

    def coarse_curvature(self):
        """By how often a measure occurs: far from the minimum nothing more is known."""
        often = 0.03 * np.asarray(self.columns.multiply(self.columns).sum(1)).ravel()
        penalty = self.penalty[: self.measures * COLUMNS].reshape(-1, COLUMNS)
        return [np.diag(np.sqrt(often + of)) for of in penalty.T], self.transition_roots()

    def curvature(self, weights, every=2):
        """The curvature of the loss by the measures of one column, from some of the blocks."""
        _, shares, _ = self.slopes(weights)
        for batch in self.batches:
            of_batch, states = shares[batch.rows], batch.states
            inside = np.flatnonzero(states)
            of_batch[inside, states[inside] - 1] += 1
            of_batch[:, 3] += batch.ends
            of_batch[:, 4] += batch.joins
        spread = np.maximum(shares * (1 - shares), 1e-6)[::every] * every
        some, triangles = self.rows[::every], []
        penalty = self.penalty[: self.measures * COLUMNS].reshape(-1, COLUMNS)
        for of_blocks, of_measures in zip(spread.T, penalty.T):
            product = (some.T.multiply(of_blocks).tocsr() @ some).toarray()
            triangles.append(scipy.linalg.cholesky(product + np.diag(of_measures), lower=True))
        return triangles, self.transition_roots()
