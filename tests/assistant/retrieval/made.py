"""A library small and fast enough for tests: a few pages, and an embedder that counts words."""

import math
import zlib
from pathlib import Path

from assistant.errors import Unavailable
from assistant.retrieval.documents.models import Document
from assistant.retrieval.embeddings.base import Embedder
from assistant.retrieval.library import Library
from assistant.retrieval.tokens import tokens
from assistant.settings import Settings
from knowledge import shipped
from knowledge.pages import Guidance

PAGES = 8
FEW_OUTSIDE = 30


class Hashing(Embedder):
    """Words counted into a few numbers: the same text, the same vector, and texts that share words are near."""

    def __init__(self, dimension: int = 96, name: str = "hashing") -> None:
        self.dimension, self.name, self.texts = dimension, name, 0
        self.down = False

    @property
    def signature(self) -> str:
        return f"{self.name}-{self.dimension}"

    def embed_query(self, text: str) -> list[float]:
        if self.down:
            raise Unavailable("index.embeddings", problem="down", url="nowhere")
        self.texts += 1
        row = [0.1] * self.dimension
        for word in tokens(text):
            row[zlib.crc32(word.encode()) % self.dimension] += 1
        length = math.hypot(*row)
        return [value / length for value in row]

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [self.embed_query(text) for text in texts]


def guidance() -> Guidance:
    """Return the first pages of the guidance."""
    whole = shipped.guidance()
    outside = {language: getattr(whole.outside, language)[:FEW_OUTSIDE] for language in ("zh", "en")}
    return whole.model_copy(
        update={
            "topics": dict(list(whole.topics.items())[:PAGES]),
            "outside": whole.outside.model_copy(update=outside),
        }
    )


def settings(home: Path, url: str | None = None) -> Settings:
    return Settings(data_dir=home, chroma_url=url)


def library(home: Path, embedder: Embedder | None = None, url: str | None = None) -> Library:
    return Library(settings(home, url), guidance(), embedder)


def document(name: str, chunks: int, words: str = "") -> Document:
    """Return a document of so many chunks, each with a word of its own."""
    text = "\n".join(f"## Part {number}\n\nWord{number} stands here, {words or name}.\n" for number in range(chunks))
    return Document(name=name, title=name, text=text, sha256=f"{name}{words}{chunks}", kind="markdown")


def texts(library: Library) -> list[str]:
    """Return every text of the company in the index."""
    return [stored.chunk.text for stored in library.company.all()]
