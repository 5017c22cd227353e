"""Vectors of the guidance and of example questions, each filed under the hash of its text.

So a changed text never keeps its old vector.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Self, TypeAlias

import numpy as np
from numpy.typing import NDArray

from assistant.retrieval.embeddings.base import Embedder
from assistant.retrieval.guidance import guidance_chunks, outside, questions
from assistant.retrieval.models import Chunk
from assistant.retrieval.progress import Progress, silent
from assistant.retrieval.prose import quotable
from knowledge.models import LANGUAGES, Language
from knowledge.pages import Guidance

AT_ONCE = 32
Vectors: TypeAlias = NDArray[np.float32]
Known: TypeAlias = Mapping[bytes, Vectors]


@dataclass(frozen=True)
class Means:
    """What the texts of a language have in common, passages and questions apart.

    A model like the default one puts all texts of a language into a narrow cone. What they have in common says
    nothing, so it is taken away, which also brings the two languages together. Kept once made: vectors of two means
    are never mixed.
    """

    passage: Mapping[Language, Vectors]
    question: Mapping[Language, Vectors]

    def rows(self) -> Vectors:
        return np.stack([kind[language] for kind in (self.passage, self.question) for language in LANGUAGES])

    @classmethod
    def from_rows(cls, rows: NDArray[np.floating]) -> Self:
        first, second = (dict(zip(LANGUAGES, half.astype(np.float32), strict=True)) for half in (rows[:2], rows[2:]))
        return cls(first, second)

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.rows().tobytes()).hexdigest()[:8]


@dataclass(frozen=True)
class Prepared:
    """Vectors of length 1 in the order of what they stand for, what texts have in common taken away."""

    passages: tuple[Chunk, ...]
    asked: tuple[Chunk, ...]
    outside: tuple[Chunk, ...]
    passage_vectors: Vectors
    asked_vectors: Vectors
    outside_vectors: Vectors
    means: Means

    def passage(self, vector: Sequence[float], language: Language) -> Vectors:
        return _one(vector, self.means.passage[language])

    def question(self, vector: Sequence[float], language: Language) -> Vectors:
        return _one(vector, self.means.question[language])


def embedded(guidance: Guidance, embedder: Embedder, known: Known, progress: Progress = silent) -> dict[bytes, Vectors]:
    """Return the vectors of all that ships, by the hash of its text; only what is not known is embedded."""
    wanted = keyed(guidance)
    held = {id: known[id] for id in wanted if id in known}
    missing = [id for id in wanted if id not in held]
    for start in range(0, len(missing), AT_ONCE):
        held |= _made(missing[start : start + AT_ONCE], wanted, embedder)
        progress(min(start + AT_ONCE, len(missing)), len(missing))
    return held


def means_of(guidance: Guidance, vectors: Known) -> Means:
    passages, asked = guidance_chunks(guidance), questions(guidance)
    return Means(
        _means(passages, _rows("passage", [chunk.indexed for chunk in passages], vectors)),
        _means(asked, _rows("question", [chunk.text for chunk in asked], vectors)),
    )


def prepared(guidance: Guidance, vectors: Known, means: Means) -> Prepared:
    """Put known vectors in the order of what they stand for."""
    passages, asked, refused = (tuple(make(guidance)) for make in (guidance_chunks, questions, outside))
    return Prepared(
        passages,
        asked,
        refused,
        _by_language(passages, _rows("passage", [chunk.indexed for chunk in passages], vectors), means.passage),
        _by_language(asked, _rows("question", [chunk.text for chunk in asked], vectors), means.question),
        _by_language(refused, _rows("question", [chunk.text for chunk in refused], vectors), means.question),
        means,
    )


def keyed(guidance: Guidance) -> dict[bytes, tuple[str, str]]:
    """Return every text that is embedded, and as what, by its hash."""
    return {key(kind, text): (kind, text) for kind, text in _texts(guidance)}


def _texts(guidance: Guidance) -> Iterator[tuple[str, str]]:
    passages = guidance_chunks(guidance)
    yield from (("passage", chunk.indexed) for chunk in passages)
    # Answers are made of sentences.
    yield from (("passage", sentence) for chunk in passages for sentence in quotable(chunk.text))
    yield from (("question", chunk.text) for chunk in (*questions(guidance), *outside(guidance)))


def _rows(kind: str, texts: Sequence[str], vectors: Known) -> Vectors:
    return np.stack([vectors[key(kind, text)] for text in texts])


def _made(ids: list[bytes], wanted: Mapping[bytes, tuple[str, str]], embedder: Embedder) -> dict[bytes, Vectors]:
    found: dict[bytes, Vectors] = {}
    for kind, embed in (("passage", embedder.embed_documents), ("question", embedder.embed_questions)):
        some = [id for id in ids if wanted[id][0] == kind]
        if some:
            vectors = embed([wanted[id][1] for id in some])
            found |= {id: np.asarray(row, np.float32) for id, row in zip(some, vectors, strict=True)}
    return found


def key(kind: str, text: str) -> bytes:
    return hashlib.sha256(f"{kind}\0{text}".encode()).digest()


def centred(vectors: Vectors, mean: Vectors) -> Vectors:
    """Take away what all have in common; a text like all others keeps a length of 1 all the same."""
    moved = vectors - mean
    lengths = np.linalg.norm(moved, axis=1, keepdims=True)
    return np.asarray(moved / np.maximum(lengths, 1e-6), np.float32)


def _one(vector: Sequence[float], mean: Vectors) -> Vectors:
    row: Vectors = centred(np.asarray([vector], np.float32), mean)[0]
    return row


def _by_language(chunks: Iterable[Chunk], raw: Vectors, means: Mapping[Language, Vectors]) -> Vectors:
    return centred(raw, np.stack([means[chunk.language] for chunk in chunks]))


def _means(chunks: Sequence[Chunk], raw: Vectors) -> dict[Language, Vectors]:
    return {
        language: raw[[place for place, chunk in enumerate(chunks) if chunk.language == language]].mean(axis=0)
        for language in LANGUAGES
    }
