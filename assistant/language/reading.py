"""What a message says, before any of it is carried out."""

from collections.abc import Collection
from typing import Literal

from assistant.actions import Ask
from assistant.models import Context, Count, Evidence
from knowledge.models import Frozen, Id, Language

Command = Literal[
    "undo", "reset", "help", "alternatives", "compare", "why", "why_not", "show", "quit", "define", "decline", "border"
]


class Mention(Frozen):
    """An indicator as a message names it: one id, or several that the words can mean."""

    words: str
    choices: tuple[Id, ...]
    default: Id | None = None

    @property
    def usual(self) -> Id:
        """What stands where nothing else decides."""
        return self.default or self.choices[0]

    def among(self, weights: Collection[str]) -> Id:
        """Return the choice that stands on a card, else the usual one."""
        return next((id for id in self.choices if id in weights), self.usual)


class Wanted(Frozen):
    """A wish as stated; ``value`` is a weight in per cent, or points up or down for ``by``."""

    ask: Ask
    mention: Mention
    value: int | None = None


class Named(Frozen):
    """A role as a message names it; without an id, the choices to ask about."""

    words: str
    id: Id | None = None
    choices: tuple[Id, ...] = ()
    default: Id | None = None

    @property
    def name(self) -> str:
        """What an action calls it: the id, else the words."""
        return self.id or self.words


class Reading(Frozen):
    """Everything recognised in one message."""

    language: Language
    commands: tuple[Command, ...] = ()
    roles: tuple[Named, ...] = ()
    themes: tuple[Id, ...] = ()
    context: Context = Context()
    profile: Id | None = None
    wanted: tuple[Wanted, ...] = ()
    mentions: tuple[Mention, ...] = ()
    count: Count | None = None
    unread: tuple[str, ...] = ()
    """Wishes whose indicator was not recognised, in the words of the message."""
    asking: bool = False
    """Whether it is put as a question."""
    advice: bool = False
    """Whether it asks if something is a good idea."""
    drafting: bool = False
    """Whether it asks for a scorecard in so many words."""
    evidence: tuple[Evidence, ...] = ()
    left: tuple[str, ...] = ()
    """Parts of the message that nothing accounts for."""
    passed: tuple[str, ...] = ()
    """Whole clauses from which nothing was read."""

    @property
    def empty(self) -> bool:
        """Whether nothing at all was recognised."""
        stated = (
            self.commands,
            self.roles,
            self.themes,
            self.profile,
            self.wanted,
            self.mentions,
            self.count,
            self.unread,
        )
        return not any(stated) and self.context == Context()
