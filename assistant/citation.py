"""What stands behind a line or an answer: a passage, where it stands, and how well founded it is."""

from typing import Literal

from knowledge.models import Frozen, Language, OwnText
from knowledge.terms import Grade


class Citation(Frozen):
    """A passage of our guidance or of the company's own documents."""

    source: str
    """The page of the guidance, or the name by which the company knows its document."""
    title: OwnText
    section: OwnText | None = None
    excerpt: OwnText | None = None
    origin: Literal["guidance", "company"] = "guidance"
    grade: Grade | None = None
    """Where what a page of ours says comes from; a company's document has none."""


class Statement(Frozen):
    """A sentence of an answer, with the numbers of the citations it is taken from, from 1."""

    text: str
    cites: tuple[int, ...]
    under: str = ""
    """The heading without which an item of a list would say something else."""


class Answer(Frozen):
    """Sentences that answer a question; none where nothing that is known covers it."""

    question: str
    language: Language
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    words_only: bool = False
    """Whether only words were compared, for want of an embedding model."""

    @property
    def covered(self) -> bool:
        return bool(self.statements)
