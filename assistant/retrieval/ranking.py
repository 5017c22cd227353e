"""Hybrid search: passages ranked by meaning and by words together, the two languages of a section as one.

A page of the guidance is judged by its best passage, by the questions it was written for, by its whole, by shared
words, and a little by the pages it is close to: what stands beside the answer is often asked for next. A document of
the company is judged by its best passage and words, and gets what its lack of example questions costs on average.
"""

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from assistant.retrieval.corpus import Candidate
from assistant.retrieval.models import Hit
from assistant.retrieval.prepared import Prepared

PASSAGE, QUESTION, WHOLE, WORDS = 0.2, 0.3, 0.25, 0.25
"""What each figure counts; chosen, like the others here, on the tuning half of the questions of ``bench.retrieval``."""
FEW = 2
"""Questions of a page that are looked at: the nearest ones."""
BESIDE, SHARPNESS = 0.1, 0.03
"""What closeness to the best pages counts, and how quickly a page stops being one of the best."""
PREFERRED = 0.15
"""What is added to the company's own documents where they are to go first."""
Vector = NDArray[np.float32]


class Pages:
    """What speaks for each page of the guidance, beside its passages."""

    def __init__(self, prepared: Prepared) -> None:
        self.names = tuple(dict.fromkeys(chunk.document for chunk in prepared.passages))
        place = {name: number for number, name in enumerate(self.names)}
        asked = np.array([place[chunk.document] for chunk in prepared.asked])
        passages = np.array([place[chunk.document] for chunk in prepared.passages])
        self._asked = [prepared.asked_vectors[asked == number] for number in range(len(self.names))]
        self._whole = self._middle([prepared.passage_vectors[passages == number] for number in range(len(self.names))])
        self._close = self._whole @ self._whole.T
        np.fill_diagonal(self._close, 0)

    def figures(self, vector: Vector) -> Mapping[str, float]:
        """Return for each page what its questions and its whole add to its score."""
        asked = np.array([_highest(questions @ vector) for questions in self._asked])
        total = QUESTION * asked + WHOLE * (self._whole @ vector)
        return dict(zip(self.names, map(float, total), strict=True))

    def beside(self, scores: Mapping[str, float]) -> Mapping[str, float]:
        """Return for each page what its closeness to the best pages adds to its score."""
        known = np.array([scores.get(name, -1.0) for name in self.names])
        best = np.exp((known - known.max()) / SHARPNESS)
        return dict(zip(self.names, map(float, BESIDE * (self._close @ (best / best.sum()))), strict=True))

    def _middle(self, passages: list[NDArray[np.float32]]) -> NDArray[np.float32]:
        """Return the middle of each page's questions and passages."""
        pairs = zip(self._asked, passages, strict=True)
        whole = np.stack([asked.mean(axis=0) + of_page.mean(axis=0) for asked, of_page in pairs])
        return np.asarray(whole / np.linalg.norm(whole, axis=1, keepdims=True), np.float32)


def _highest(values: NDArray[np.float32]) -> float:
    few = min(FEW, len(values))
    return float(np.partition(values, -few)[-few:].mean())


def shift(prepared: Prepared) -> float:
    """Return how much nearer a question is to the other questions of its page than to its best passage.

    Documents without example questions get this much in their stead, so that neither side is favoured.
    """
    asked, passages = prepared.asked, prepared.passages
    others = prepared.asked_vectors @ prepared.asked_vectors.T
    np.fill_diagonal(others, -1)
    near = prepared.asked_vectors @ prepared.passage_vectors.T
    pages, of_passages = (np.array([chunk.document for chunk in some]) for some in (asked, passages))
    same, own = pages[:, None] == pages[None, :], pages[:, None] == of_passages[None, :]
    return float((np.where(same, others, -1).max(axis=1) - np.where(own, near, -1).max(axis=1)).mean())


def of_guidance(candidates: Iterable[Candidate], pages: Pages, vector: Vector) -> list[Hit]:
    """Return one hit a page, that of its best passage."""
    figures = pages.figures(vector)
    best: dict[str, Hit] = {}
    for one in candidates:
        hit = _hit(one, PASSAGE * one.dense + WORDS * one.lexical + figures[one.chunk.document])
        if one.chunk.document not in best or hit.score > best[one.chunk.document].score:
            best[one.chunk.document] = hit
    beside = pages.beside({page: hit.score for page, hit in best.items()})
    return in_order(hit.with_score(hit.score + beside[page]) for page, hit in best.items())


def of_company(candidates: Iterable[Candidate], shift: float, preferred: bool) -> list[Hit]:
    """Return the passages of the company's documents."""
    more = PREFERRED if preferred else 0.0
    return in_order(
        _hit(one, (PASSAGE + QUESTION + WHOLE) * one.dense + (QUESTION + WHOLE) * shift + WORDS * one.lexical + more)
        for one in candidates
    )


def by_words(candidates: Iterable[Candidate], preferred: bool = False) -> list[Hit]:
    """Return passages ranked by shared words alone."""
    return in_order(_hit(one, one.lexical + (PREFERRED if preferred else 0.0)) for one in candidates)


def in_order(hits: Iterable[Hit]) -> list[Hit]:
    """Return hits best first; equal ones in the order of their ids, so that the same search gives the same answer."""
    return sorted(hits, key=lambda hit: (-hit.score, hit.chunk.id))


def once_a_page(hits: Iterable[Hit]) -> list[Hit]:
    """Keep the best passage of each page."""
    found: dict[str, Hit] = {}
    for hit in hits:
        found.setdefault(hit.chunk.document, hit)
    return list(found.values())


def _hit(one: Candidate, score: float) -> Hit:
    return Hit(chunk=one.chunk, score=min(max(score, 0.0), 1.0), dense=one.dense, lexical=one.lexical)
