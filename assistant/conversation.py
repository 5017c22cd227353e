"""A conversation as a value, and the reply to one message of it."""

from typing import Literal

from assistant.checked import Checked
from assistant.citation import Answer
from assistant.gaming.tricks import Trick
from assistant.language.reading import Reading
from assistant.models import Brief, Evidence, Scorecard, Suggestion
from assistant.readiness import Department
from assistant.repair.change import Repaired
from assistant.review import Review
from assistant.scoring.models import DryRun
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


class Held(Frozen):
    """A card that is no draft of ours: pasted, attached, or repaired from one."""

    name: str
    card: Scorecard
    places: tuple[str, ...] = ()
    """Where each line stands in its file."""
    understood: tuple[str, ...] = ()
    """How it was read, in the reader's language."""


class Conversation(Frozen):
    """Everything said so far that matters for the next message; the last draft is the current one."""

    language: Language = "en"
    fixed_language: bool = False
    """Whether the person chose the language, so that a message in the other one does not change it."""
    drafts: tuple[Draft, ...] = ()
    pending: Pending | None = None
    forms: tuple[Held, ...] = ()
    """Versions of the card that was pasted or attached since the last draft."""
    ended: bool = False

    @property
    def form(self) -> Held | None:
        return self.forms[-1] if self.forms else None

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
    kind: Literal[
        "card", "changed", "text", "comparison", "question",
        "answer", "checked", "repaired", "reviewed", "gamed", "readiness", "scored", "export",
    ] = "text"  # fmt: skip
    """``changed`` shows a card whose notes were shown before."""
    said: tuple[str, ...] = ()
    suggestion: Suggestion | None = None
    columns: tuple[Column, ...] = ()
    choices: tuple[Choice, ...] = ()
    answer: Answer | None = None
    after: tuple[str, ...] = ()
    """What is said below an answer."""
    held: Held | None = None
    """The card that the rest of the reply is about, as it was before."""
    checked: Checked | None = None
    repaired: Repaired | None = None
    review: Review | None = None
    tricks: tuple[Trick, ...] = ()
    departments: tuple[Department, ...] = ()
    dry_run: DryRun | None = None
    target: str | None = None
    """The format in which the person wants the form."""
    form_language: Literal["zh", "en", "both"] | None = None
