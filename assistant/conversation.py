"""A conversation as a value, and the reply to one message of it."""

from typing import Literal

from assistant.language.reading import Reading
from assistant.models import Brief, Evidence, Suggestion
from knowledge.models import Frozen, Id, Language

MOST_PAST = 50


class Choice(Frozen):
    """One answer that a question offers."""

    id: Id
    label: str


class Pending(Frozen):
    """A question that waits for an answer, with what had been said before it."""

    words: str = ""
    """The words that the question is about."""
    choices: tuple[Choice, ...] = ()
    reading: Reading


class Draft(Frozen):
    """One version of the card, with the brief and the words behind it."""

    brief: Brief
    evidence: tuple[Evidence, ...]
    suggestion: Suggestion


class Conversation(Frozen):
    """Everything said so far that matters for the next message; the last draft is the current one."""

    language: Language = "en"
    fixed_language: bool = False
    """Whether the person chose the language, so that a message in the other one does not change it."""
    drafts: tuple[Draft, ...] = ()
    pending: Pending | None = None
    ended: bool = False

    @property
    def current(self) -> Draft | None:
        return self.drafts[-1] if self.drafts else None


class Column(Frozen):
    """One card in a comparison: weights by indicator."""

    title: str
    summary: str = ""
    weights: dict[Id, int]


class Reply(Frozen):
    """What is said back: paragraphs, and a card or a comparison to show with them."""

    language: Language
    kind: Literal["card", "changed", "text", "comparison", "question"] = "text"
    """``changed`` shows a card whose notes were shown before."""
    said: tuple[str, ...] = ()
    suggestion: Suggestion | None = None
    columns: tuple[Column, ...] = ()
    choices: tuple[Choice, ...] = ()
