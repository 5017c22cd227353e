"""Rankings as figures, a question each, and their means with intervals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pytrec_eval
from numpy.typing import NDArray

from bench.retrieval.questions import Question
from bench.retrieval.systems import Ranked

SEED, RESAMPLES = 20261123, 10_000
RELEVANT = 2
"""The least grade of a page that counts as found for recall."""
NDCG, RECALL = "nDCG@5", "recall@5"
_NAMES = {NDCG: ("ndcg_cut_5", 1), RECALL: ("recall_5", RELEVANT)}
Values = NDArray[np.float64]


@dataclass(frozen=True)
class Mean:
    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}]"


def figures(measure: str, questions: Sequence[Question], found: Mapping[str, Ranked]) -> Values:
    """Return each question's figure as trec_eval has it; 0 where nothing was returned."""
    name, level = _NAMES[measure]
    wanted = {one.id: dict(one.topics) for one in questions}
    run = {one.id: _run(found[one.id]) for one in questions}
    rows = pytrec_eval.RelevanceEvaluator(wanted, {name.replace("_5", ".5")}, relevance_level=level).evaluate(run)
    return np.array([rows.get(one.id, {}).get(name, 0.0) for one in questions])


def mean(values: Values) -> Mean:
    """Return the mean with its 95 % interval; the same questions are drawn for equally many values: paired."""
    if not len(values):
        return Mean(float("nan"), float("nan"), float("nan"))
    drawn = np.random.default_rng(SEED).integers(0, len(values), (RESAMPLES, len(values)))
    low, high = np.percentile(values[drawn].mean(axis=1), [2.5, 97.5])
    return Mean(float(values.mean()), float(low), float(high))


def _run(ranked: Ranked) -> dict[str, float]:
    """Return scores that keep the order: trec_eval would sort equal ones by name."""
    return {page: float(-place) for place, (page, _) in enumerate(ranked)}
