"""Documents made up from the guidance's sentences: any number of chunks, all different, the same every time."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import numpy as np

from assistant.retrieval.chunks import made
from assistant.retrieval.documents.models import Document
from assistant.retrieval.guidance import guidance_chunks
from assistant.retrieval.models import Chunk
from assistant.retrieval.sentences import sentences
from knowledge import shipped
from knowledge.models import LANGUAGES, Language

SEED = 20261123
DIMENSION = 384
A_DOCUMENT = 50
"""Chunks of one document."""
SENTENCES = (2, 6)
"""Least and most sentences of a chunk."""


def chunks(count: int) -> Iterator[Chunk]:
    """Yield chunks of the two languages in turn, document by document."""
    draw = np.random.default_rng(SEED)
    for place in range(count):
        name, number = f"/made/{place // A_DOCUMENT:05d}.md", place % A_DOCUMENT
        language = LANGUAGES[(place // A_DOCUMENT) % 2]
        id = f"{hashlib.sha256(name.encode()).hexdigest()[:16]}-{number:05d}"
        yield made(id, name, number, f"{name} {language}", f"{number}", text(draw, language), language, "company")


def document(sections: int) -> Document:
    """Return a document of so many sections, each a chunk."""
    draw = np.random.default_rng(SEED)
    parts = (f"## {number}\n\n{text(draw, LANGUAGES[number % 2])}" for number in range(sections))
    return Document(name="/made/one.md", title="One", text="\n\n".join(parts), sha256="0", kind="markdown")


def text(draw: np.random.Generator, language: Language) -> str:
    known = pool()[language]
    return " ".join(known[place] for place in draw.integers(0, len(known), draw.integers(*SENTENCES)))


def vectors(count: int, draw: np.random.Generator) -> list[list[float]]:
    """Return vectors of length 1 in any direction."""
    rows = draw.standard_normal((count, DIMENSION)).astype(np.float32)
    found: list[list[float]] = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).tolist()
    return found


@cache
def pool() -> Mapping[Language, Sequence[str]]:
    """Return the guidance's sentences, without tables and lists."""
    found: dict[Language, list[str]] = {language: [] for language in LANGUAGES}
    for chunk in guidance_chunks(shipped.guidance()):
        lines = (line for line in chunk.text.splitlines() if line[:1] not in {"", "|", "-", "#"})
        found[chunk.language] += [one.strip() for line in lines for one in sentences(line)]
    return found
