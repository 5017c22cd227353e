"""What is searched and what is found."""

import hashlib
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from knowledge.models import Language

Origin: TypeAlias = Literal["guidance", "company"]
SECTION_MARK = " › "


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """A part of a document that is searched and cited as one."""

    id: str
    document: str
    """The page's id, or the name by which the company knows its document."""
    number: int
    """Place in the document, from 0."""
    title: str
    section: str
    """Headings above the text, outermost first."""
    text: str
    language: Language
    origin: Origin

    @property
    def indexed(self) -> str:
        """The text that is embedded and searched: a section says little without the headings above it."""
        return "\n".join(filter(None, (self.title, self.section, self.text)))

    @property
    def digest(self) -> str:
        """The hash of everything a reader sees of it."""
        return hashlib.sha256("\0".join((self.title, self.section, self.text, self.language)).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a search is kept to; nothing set lets everything through."""

    language: Language | None = None
    role: str | None = None
    topic: str | None = None
    """A subject of the guidance, such as ``weights``."""
    source: str | None = None
    """``guidance``, ``company``, a source of the guidance by id, or a document by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage that was found; ``score`` is from 0 to 1, comparable within one search."""

    chunk: Chunk
    score: float
    dense: float = 0.0
    """Cosine similarity with the question; 0 where nothing was embedded."""
    lexical: float = 0.0
    """Share of the question's words, by their rarity, that the passage holds."""

    def with_score(self, score: float) -> "Hit":
        return replace(self, score=min(score, 1.0))

    def with_chunk(self, chunk: Chunk) -> "Hit":
        return replace(self, chunk=chunk)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The answer to a search: passages, best first, or none where nothing relevant is known."""

    query: str
    hits: tuple[Hit, ...] = ()
    relevance: float = 0.0
    """How likely what is known covers the question, from 0 to 1."""
    words_only: bool = False
    """Whether only words were compared, for want of an embedding model."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A company's document as it stands in the index."""

    name: str
    title: str
    sha256: str
    chunks: int
    languages: tuple[Language, ...] = field(default=())
