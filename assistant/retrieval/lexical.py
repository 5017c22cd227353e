"""Passages compared with a question by their words: BM25, and the share of the question it covers."""

import logging
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.retrieval.tokens import tokens

Scores = NDArray[np.float32]


class Words:
    """An index of the words of some texts, held in memory."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.size = len(texts)
        cut = [tokens(text) for text in texts]
        # Texts in neither language hold no words that are compared.
        self._index = _index(cut) if any(cut) else None

    def scores(self, query: str) -> Scores:
        """Return each text's score for a query, from 0 to 1: 1 would be a text that says every word of it and often."""
        asked = list(dict.fromkeys(tokens(query)))
        if self._index is None or not asked:
            return np.zeros(self.size, dtype=np.float32)
        known = [word for word in asked if word in self._index.vocab_dict]
        if not known:
            return np.zeros(self.size, dtype=np.float32)
        raw = np.asarray(self._index.get_scores(known), dtype=np.float32)
        return raw / np.float32(sum(self._rarity(word) for word in asked))

    def _rarity(self, word: str) -> float:
        """Return the most that a word can add to a score; a word in no text weighs as much as one in a single text."""
        holders = self._holders(word) or 1
        return float(np.log(1 + (self.size - holders + 0.5) / (holders + 0.5)))

    def _holders(self, word: str) -> int:
        index: Any = self._index
        place = index.vocab_dict.get(word)
        return 0 if place is None else int(index.scores["indptr"][place + 1] - index.scores["indptr"][place])


def _index(texts: list[list[str]]) -> Any:
    import bm25s

    # The library tells its progress at a level that people would see.
    logging.getLogger("bm25s").setLevel(logging.WARNING)
    index = bm25s.BM25(method="lucene", backend="numpy")
    index.index(texts, show_progress=False)
    return index
