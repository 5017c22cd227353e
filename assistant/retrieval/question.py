"""A question as it is searched for: its words, its vector, and what it is near to."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.retrieval.corpus import Candidate
from assistant.retrieval.foundation import Foundation
from assistant.retrieval.prepared import Vectors


@dataclass(frozen=True, slots=True)
class Question:
    text: str
    base: Foundation
    answered: float
    """How near it is to questions that the guidance answers."""
    refused: float
    """How near it is to questions that it does not."""
    vector: Vectors | None = None
    """Missing where words alone are compared."""

    def figures(self, candidates: Sequence[Candidate]) -> tuple[float, ...]:
        """Return what decides whether the best of some passages answer it."""
        dense = max((one.dense for one in candidates), default=0.0)
        lexical = max((one.lexical for one in candidates), default=0.0)
        passage = (lexical,) if self.vector is None else (dense, lexical)
        return (*passage, self.answered, self.refused)
