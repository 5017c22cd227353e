"""A conversation as a value, and the reply to one message of it."""

from typing import Annotated, Literal, Protocol

from pydantic import Field

from assistant.actions import Action
from assistant.checked import Checked
from assistant.citation import Answer
from assistant.gaming.tricks import Trick
from assistant.models import Brief, Evidence, Scorecard, Suggestion
from assistant.readiness import Department
from assistant.repair.change import Repaired
from assistant.review import Review
from assistant.scoring.models import DryRun
from knowledge.models import Frozen, Id, Language

RECENT = 12
"""Exchanges that a later message may refer to."""
MOST_SAID = 400
"""Characters of a message that are remembered for what later ones refer to."""


class Choice(Frozen):
    """One answer that a question offers."""

    id: str
    label: str


class Pending(Frozen):
    """A question that waits for an answer, and the action that the answer completes."""

    action: Action
    about: Literal["role", "direction", "remedy", "indicator", "alternative"]
    words: str = ""
    """The words that the question is about."""
    choices: tuple[Choice, ...] = ()


class DraftVersion(Frozen):
    """One version of our card, with the brief and the words behind it."""

    kind: Literal["draft"] = "draft"
    brief: Brief
    evidence: tuple[Evidence, ...]
    suggestion: Suggestion


class Held(Frozen):
    """One version of a card that is no draft of ours: pasted, attached, or repaired from one."""

    kind: Literal["form"] = "form"
    name: str
    card: Scorecard
    places: tuple[str, ...] = ()
    """Where each line stands in its file."""
    understood: tuple[str, ...] = ()
    """How it was read, in the reader's language."""


Version = Annotated[DraftVersion | Held, Field(discriminator="kind")]


class Step(Frozen):
    """A version by its number, from 1 in the order they were made."""

    number: int
    kind: Literal["draft", "form"]


class Numbered(Frozen):
    number: int
    version: Version


class Versions(Protocol):
    """Where versions are found that the conversation has left behind."""

    def version(self, number: int) -> Version:
        """Return a version by its number; ``KeyError`` where there is none."""
        ...


class Exchange(Frozen):
    """What one turn was about, for later messages that refer to it."""

    said: str
    """The message, cut to ``MOST_SAID`` characters."""
    actions: tuple[str, ...] = ()
    """The kinds carried out."""
    indicators: tuple[Id, ...] = ()
    """Indicators that the message named or meant, in order."""
    roles: tuple[Id, ...] = ()
    themes: tuple[Id, ...] = ()


class Conversation(Frozen):
    """Everything said so far that matters for the next message.

    It stays small however long the conversation: versions left behind are known by number only.
    """

    language: Language = "en"
    fixed_language: bool = False
    """Whether the person chose the language, so that a message in the other one does not change it."""
    current: DraftVersion | None = None
    """The draft of ours that was last in hand."""
    form: Held | None = None
    """The pasted or attached card, where that is in hand."""
    steps: tuple[Step, ...] = ()
    """The way to the version in hand, which is the last; undoing goes back along it."""
    made: int = 0
    """Versions made so far."""
    fresh: tuple[Numbered, ...] = ()
    """Versions made since the conversation was last kept."""
    pending: Pending | None = None
    recent: tuple[Exchange, ...] = ()
    """The last exchanges, the latest last."""
    ended: bool = False

    @property
    def in_hand(self) -> Version | None:
        return self.form or self.current


class Column(Frozen):
    """One card in a comparison: weights by indicator."""

    title: str
    summary: str = ""
    weights: dict[Id, int]


class Reply(Frozen):
    """What is said back: paragraphs, and a card or a comparison to show with them."""

    language: Language
    kind: Literal[
        "card", "changed", "text", "comparison", "question", "answer", "declined",
        "checked", "repaired", "reviewed", "gamed", "readiness", "scored", "export",
    ] = "text"  # fmt: skip
    """``changed`` shows a card whose notes were shown before."""
    version: int | None = None
    """Number of the version that was in hand after it."""
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
