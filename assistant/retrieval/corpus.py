"""One collection as it is searched: its chunks and their words in memory, their vectors in Chroma."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.errors import Unavailable
from assistant.retrieval.collection import Collection
from assistant.retrieval.lexical import Words
from assistant.retrieval.models import Chunk

CANDIDATES = 40
"""How many of the nearest, and how many of those that share most words, are looked at closely."""
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A chunk with what speaks for it."""

    chunk: Chunk
    dense: float
    lexical: float


class Corpus:
    """What can be found in one collection."""

    def __init__(self, chunks: Sequence[Chunk], collection: Collection | None, words: Words | None = None) -> None:
        self.chunks, self.collection = chunks, collection
        self.place = {chunk.id: number for number, chunk in enumerate(chunks)}
        self.words = words or Words([chunk.indexed for chunk in chunks])

    def candidates(
        self, query: str, vector: Sequence[float] | None, where: Mapping[str, Any] | None, mask: Mask | None
    ) -> list[Candidate]:
        """Return the chunks nearest by meaning and those that share most words, with both figures for each."""
        if not self.chunks:
            return []
        lexical = self.words.scores(query)
        if mask is not None:
            lexical = np.where(mask, lexical, np.float32(-1))
        most = min(CANDIDATES, len(self.chunks) if mask is None else int(mask.sum()))
        by_words = [int(place) for place in _largest(lexical, most) if lexical[place] > 0]
        dense = self._dense(vector, where, most, by_words)
        return [
            Candidate(self.chunks[place], dense.get(place, 0.0), max(float(lexical[place]), 0.0))
            for place in sorted({*by_words, *dense})
        ]

    def _dense(
        self, vector: Sequence[float] | None, where: Mapping[str, Any] | None, most: int, others: list[int]
    ) -> dict[int, float]:
        """Return similarities by place: of the nearest, and of the other places asked for."""
        if vector is None or self.collection is None or most == 0:
            return {}
        near = self.collection.nearest(vector, most, where)
        if where is None and len(near) < most // 2:
            # The vectors are gone although the texts are there: nothing would be found without anyone noticing.
            raise Unavailable("index.damaged", place=self.collection.inner.name)
        found = {self.place[id]: similarity for id, similarity in near.items() if id in self.place}
        missing = [self.chunks[place].id for place in others if place not in found]
        for id, other in self.collection.vectors(missing).items():
            found[self.place[id]] = float(np.dot(other, np.asarray(vector, dtype=np.float32)))
        return found


def _largest(values: NDArray[np.float32], most: int) -> Iterator[int]:
    """Yield the places of the largest values, of equal ones the first."""
    if most <= 0:
        return
    some = np.argpartition(-values, most - 1)[:most] if most < len(values) else np.arange(len(values))
    yield from some[np.lexsort((some, -values[some]))]
