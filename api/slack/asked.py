"""What Slack brought, as data: who asks what, and where the answer belongs."""

from hashlib import sha256
from typing import Literal

from assistant.principal import Principal
from assistant.storage.models import Verdict
from knowledge.models import Frozen

Kind = Literal["message", "command", "check", "press", "adjusted", "shared", "edited", "opened"]
"""A message or mention; ``/kpi``; the shortcut on a message; a button; what was set in one of our windows; a message
that was changed after it was read; the assistant pane."""

Deed = Literal[
    "adjust", "explain", "alternatives", "repair", "game", "export", "share", "choose", "feedback", "position"
]
"""What a button does."""


class Attachment(Frozen):
    """A file on a message; nothing is fetched but by its id."""

    id: str
    name: str


class Place(Frozen):
    """Where an answer goes: into a channel or a thread of it, or to one person alone."""

    team: str
    channel: str
    thread: str | None = None
    direct: bool = False
    """Whether the channel is between the person and the bot."""
    private: bool = False
    """Whether only the person may see the answer."""
    response_url: str | None = None
    """Where Slack takes a private answer, for half an hour; whoever has it can post there."""


class Pressed(Frozen):
    """What a button carries: which conversation it belongs to, and which card of it."""

    conversation: str
    version: int | None = None
    turn: int = 0
    words: str = ""
    """The answer that a choice stands for."""
    verdict: Verdict | None = None


class Asked(Frozen):
    kind: Kind
    user: str
    place: Place
    team: str
    """The person's own team, where Slack says so; otherwise the one that the bot is installed in."""
    conversation: str
    text: str = ""
    files: tuple[Attachment, ...] = ()
    deed: Deed | None = None
    pressed: Pressed | None = None
    source: str = ""
    """Channel and time of the message, under which a change or deletion names it."""
    mentioned: bool = False
    weights: tuple["Weight", ...] = ()
    """What was set in the window for weights."""
    target: str = ""
    """The channel that a card is shared into."""

    def principal(self, workspace: str) -> Principal:
        """Return who asks: the person, or in a channel all who are in it, who see the whole conversation anyway."""
        alone = self.place.private or self.place.direct
        subject = self.user if alone else self.place.channel
        return Principal(workspace=workspace, subject=subject, name=self.user, scopes=frozenset({"read", "write"}))


class Weight(Frozen):
    """One line of the window: its name or id, the weight, and whether it must stay so."""

    line: str
    weight: int
    was: int
    locked: bool = False


def conversation_of(place: Place, user: str) -> str:
    """Return the id of a place's conversation: a thread is one, a direct message without threads is one, and so are
    a person's private requests within a channel."""
    if place.private:
        return named("private", place.team, place.channel, user)
    return named("thread", place.team, place.channel, place.thread or "")


def named(*parts: str) -> str:
    """Return one id for parts that nobody outside Slack chose."""
    return "slack-" + sha256("\0".join(parts).encode()).hexdigest()[:32]
