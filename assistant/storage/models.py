"""What the store takes and gives."""

from datetime import datetime
from typing import Literal

from assistant.conversation import Conversation, Reply
from knowledge.models import Frozen, Language

Verdict = Literal["up", "down"]


class Conflict(Exception):
    """Somebody else took the next turn: load again, and carry the message out over what is there now."""


class Kept(Frozen):
    """A conversation as it is stored; ``version`` goes up by one with every turn."""

    id: str
    version: int
    turns: int
    """Turns so far, which is the number of the last."""
    conversation: Conversation


class Turn(Frozen):
    """One turn to be kept; sent again with the same ``key`` it is kept once."""

    key: str
    said: str
    conversation: Conversation
    """As it is after the turn."""
    replies: tuple[Reply, ...] = ()


class StoredTurn(Frozen):
    """A turn as it was kept; ``prose`` and ``note`` are the final wording, where it was reworded."""

    number: int
    key: str
    said: str
    replies: tuple[Reply, ...]
    prose: str = ""
    note: str = ""
    created: datetime


class Heading(Frozen):
    """A conversation in a list; ``title`` is cut from its first message and empty before it."""

    id: str
    title: str
    language: Language
    turns: int
    updated: datetime
