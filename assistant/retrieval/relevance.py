"""Whether what is known covers a question: a small logistic model over how near the nearest things are.

It weighs four figures: the similarity of the nearest passage, the share of the question's words that a passage holds,
the similarity of the nearest questions that the guidance answers, and of the nearest that it does not. It is fitted,
for each embedding model anew, on the questions that ship with the pages and those that none covers, each compared with
all the others.
Without an embedding model all figures come from words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self, TypeAlias

import numpy as np
from numpy.typing import NDArray

from assistant.retrieval.lexical import Words
from assistant.retrieval.models import Chunk
from assistant.retrieval.prepared import Prepared

NEIGHBOURS = 3
"""Questions on either side that are compared: one alone may be near by chance."""
FLOOR = 0.25
"""Below it nothing is answered; chosen on the tuning half of the questions of ``bench.retrieval``."""
STEPS, RIDGE = 30, 1.0
Figures: TypeAlias = NDArray[np.floating]


@dataclass(frozen=True)
class Logistic:
    """A fitted model; figures are brought to mean 0 and deviation 1 first."""

    mean: Figures
    deviation: Figures
    weights: Figures

    def __call__(self, *figures: float) -> float:
        scaled = np.append((np.asarray(figures) - self.mean) / self.deviation, 1.0)
        return float(1 / (1 + np.exp(-scaled @ self.weights)))

    def usual(self, deviations: float) -> float:
        """Return the first figure at some deviations from its mean over the examples."""
        return float(self.mean[0] + deviations * self.deviation[0])

    def row(self) -> Figures:
        return np.concatenate([self.mean, self.deviation, self.weights])

    @classmethod
    def from_row(cls, row: Figures) -> Self:
        count = (len(row) - 1) // 3
        return cls(row[:count], row[count : 2 * count], row[2 * count :])


@dataclass(frozen=True)
class Floor:
    """How likely a question is covered: by the guidance, and by documents that no example question speaks of."""

    guidance: Logistic
    company: Logistic


def from_meaning(prepared: Prepared, words: Words) -> Floor:
    """Fit on similarities of vectors."""
    asked, refused = prepared.asked_vectors, prepared.outside_vectors
    everything = np.vstack([asked, refused])
    passages = (everything @ prepared.passage_vectors.T).max(axis=1)
    shared = _shared((*prepared.asked, *prepared.outside), words)
    return _floor(np.column_stack([passages, shared]), everything @ asked.T, everything @ refused.T)


def from_words(asked: Sequence[Chunk], refused: Sequence[Chunk], words: Words) -> Floor:
    """Fit on shared words alone."""
    everything = (*asked, *refused)
    among = [Words([chunk.text for chunk in some]) for some in (asked, refused)]
    near = [np.stack([one.scores(chunk.text) for chunk in everything]) for one in among]
    return _floor(_shared(everything, words)[:, None], *near)


def nearest(similarities: Figures) -> float:
    """Return the mean similarity of the nearest few."""
    few = min(NEIGHBOURS, len(similarities))
    return float(np.partition(similarities, -few)[-few:].mean()) if few else 0.0


def _floor(passages: Figures, asked: Figures, refused: Figures) -> Floor:
    """Fit on example questions: the first are answered, as many as ``asked`` has columns, the others are not."""
    count = asked.shape[1]
    answered = np.arange(len(passages)) < count
    figures = np.column_stack([passages, _others(asked, 0), _others(refused, count)])
    return Floor(_fitted(figures, answered), _fitted(passages, answered))


def _others(similarities: Figures, start: int) -> Figures:
    """Return each row's similarity to the nearest columns, itself left out; ``start`` is the first column's row."""
    own = np.arange(similarities.shape[1])
    similarities[start + own, own] = -1
    return np.array([nearest(row) for row in similarities])


def _shared(asked: Sequence[Chunk], words: Words) -> Figures:
    return np.array([words.scores(chunk.text).max(initial=0) for chunk in asked])


def _fitted(figures: Figures, answered: NDArray[np.bool_]) -> Logistic:
    """Fit by Newton's method; both sides count the same, however many examples each has."""
    mean, deviation = figures.mean(axis=0), figures.std(axis=0) + 1e-6
    rows = np.column_stack([(figures - mean) / deviation, np.ones(len(figures))])
    share = np.where(answered, 0.5 / answered.mean(), 0.5 / (1 - answered.mean()))
    weights = np.zeros(rows.shape[1])
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (share * (likely - answered)) + RIDGE * np.append(weights[:-1], 0)
        curve = (rows * (share * likely * (1 - likely))[:, None]).T @ rows + RIDGE * np.eye(len(weights))
        weights -= np.linalg.solve(curve, slope)
    return Logistic(mean, deviation, weights)
