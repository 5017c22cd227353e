"""What a search stands on for one embedding model: vectors of the guidance, means, and fitted figures.

All of it ships for the default model. For another it is made at first use and kept in the data folder.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.errors import Unavailable
from assistant.retrieval import kept
from assistant.retrieval.embeddings.base import Embedder
from assistant.retrieval.guidance import outside, questions
from assistant.retrieval.kept import Kept
from assistant.retrieval.lexical import Words
from assistant.retrieval.prepared import Known, Means, Prepared, embedded, means_of, prepared
from assistant.retrieval.progress import Progress, silent
from assistant.retrieval.ranking import Pages, shift
from assistant.retrieval.relevance import Floor, Logistic, from_meaning, from_words
from knowledge.pages import Guidance

CUT = 2
"""Raise it when the same guidance is cut into other sections or sentences."""
WORDS = "words"
"""The signature where nothing is embedded."""


@dataclass(frozen=True)
class Foundation:
    signature: str
    """Changes with whatever changes the vectors that are kept."""
    floor: Floor
    shift: float = 0.0
    prepared: Prepared | None = None
    """Missing where only words are compared."""
    known: Known = field(default_factory=dict, repr=False)
    """Vectors of what ships as the model made them, by the hash of their text."""

    @cached_property
    def pages(self) -> Pages | None:
        return Pages(self.prepared) if self.prepared else None


def of_words(guidance: Guidance, words: Words) -> Foundation:
    """Return the foundation of a search by words alone."""
    held = kept.load()
    fitted = held.fitted if held.texts == texts(guidance) else words_fitted(guidance, words)
    return Foundation(WORDS, _floor(fitted, WORDS))


def of_meaning(
    guidance: Guidance, embedder: Embedder, words: Words, home: Path, progress: Progress = silent
) -> Foundation:
    """Return the foundation for an embedding model, made where it is not there yet."""
    signature = embedder.signature
    held = kept.load()
    if (held.signature, held.texts) != (signature, texts(guidance)):
        held = _own(guidance, embedder, words, home / "vectors" / f"{name_of(signature)}.npz", progress)
    means = Means.from_rows(held.fitted["means"])
    return Foundation(
        f"{signature}-{means.digest}",
        _floor(held.fitted, "meaning"),
        float(held.fitted["shift"]),
        prepared(guidance, held.vectors, means),
        held.vectors,
    )


def made(guidance: Guidance, embedder: Embedder, words: Words, known: Kept, progress: Progress) -> Kept:
    """Return all that a file holds; of what is known only changed texts are embedded anew, and the means stay."""
    signature = embedder.signature
    known = known if known.signature == signature else Kept()
    vectors = embedded(guidance, embedder, known.vectors, progress)
    rows = known.fitted.get("means")
    means = means_of(guidance, vectors) if rows is None else Means.from_rows(rows)
    ready = prepared(guidance, vectors, means)
    floor = from_meaning(ready, words)
    return Kept(
        signature,
        texts(guidance),
        vectors,
        {"means": means.rows(), "shift": np.asarray(shift(ready)), **_rows(floor, "meaning")},
    )


def words_fitted(guidance: Guidance, words: Words) -> dict[str, NDArray[np.floating]]:
    return _rows(from_words(questions(guidance), outside(guidance), words), WORDS)


def texts(guidance: Guidance) -> str:
    """Return the digest of the guidance and of how it is cut into what is embedded."""
    return hashlib.sha256(f"{CUT}\0{guidance.model_dump_json()}".encode()).hexdigest()


def name_of(signature: str) -> str:
    """Return a signature as a name for files and collections."""
    plain = re.sub(r"[^a-zA-Z0-9.-]+", "-", signature).strip("-.")[:60]
    return f"{plain}-{hashlib.sha256(signature.encode()).hexdigest()[:8]}"


def _own(guidance: Guidance, embedder: Embedder, words: Words, file: Path, progress: Progress) -> Kept:
    held = kept.load(file)
    if (held.signature, held.texts) == (embedder.signature, texts(guidance)):
        return held
    held = made(guidance, embedder, words, held, progress)
    try:
        kept.save(held, file)
    except OSError as error:
        raise Unavailable("index.folder", place=str(file.parent), problem=error.strerror or "") from error
    return held


def _rows(floor: Floor, name: str) -> dict[str, NDArray[np.floating]]:
    return {f"{name}_guidance": floor.guidance.row(), f"{name}_company": floor.company.row()}


def _floor(fitted: Mapping[str, NDArray[np.floating]], name: str) -> Floor:
    return Floor(Logistic.from_row(fitted[f"{name}_guidance"]), Logistic.from_row(fitted[f"{name}_company"]))
