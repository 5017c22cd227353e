"""What the store takes and gives."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from assistant.conversation import Conversation, Reply
from assistant.models import Scorecard
from assistant.principal import Principal, Scope
from knowledge.models import Frozen, Language, Text

Verdict = Literal["up", "down"]
State = Literal["draft", "submitted", "approved", "returned"]


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


class Key(Frozen):
    """A key of the API; its secret is known to its holder alone."""

    id: str
    workspace: str
    name: str
    scopes: frozenset[Scope]
    created: datetime
    expires: datetime | None = None
    revoked: datetime | None = None

    @property
    def principal(self) -> Principal:
        return Principal(workspace=self.workspace, subject=f"key:{self.id}", name=self.name, scopes=self.scopes)


class SavedHeading(Frozen):
    """A saved scorecard in a list, or one of its versions."""

    id: str
    name: str
    number: int
    """The version, from 1."""
    revision: int
    """Goes up by one with every change of the scorecard, versions and states alike."""
    state: State
    author: str
    """Who made the version."""
    submitter: str | None = None
    note: str = ""
    role: str = ""
    profile: str = ""
    created: datetime
    """When the version was made."""
    updated: datetime
    """When the scorecard was last changed."""


class Saved(SavedHeading):
    """A saved scorecard, in one of its versions."""

    card: Scorecard


class Receipt(Frozen):
    """The answer to a write with an idempotency key; without a ``status`` it is still being carried out."""

    fingerprint: str
    status: int | None = None
    headers: dict[str, str] = Field(default_factory=dict)
    body: bytes = b""


class Upload(Frozen):
    """A document that was handed in; its bytes are kept until it is in the search or refused."""

    id: str
    name: str
    size: int
    digest: str
    """SHA-256 of its bytes."""
    status: Literal["queued", "processing", "ready", "failed"]
    passages: int = 0
    problem: Text | None = None
    """Why it was refused, and the way out."""
    created: datetime
    updated: datetime


class Claimed(Frozen):
    """A document that this process is to take into the search."""

    upload: Upload
    workspace: str
    data: bytes


class Entry(Frozen):
    """A message that was taken and that this process is to answer."""

    id: int
    key: str
    lane: str
    body: str
    """What was asked, as its surface wrote it down."""
    tries: int
    """This one included."""
    steps: int
    """Parts of the answer that were delivered before."""
    unclear: bool
    """Whether one more may have been: its delivery, or the process at work, ended without a word."""
    created: datetime
