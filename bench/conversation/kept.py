"""A long conversation that is kept: what a turn costs at its beginning and at its end."""

import statistics
import tempfile
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

from assistant.advisor import Advisor
from assistant.conversation import Conversation
from assistant.language.interpretation import Mind
from assistant.language.offline.interpreter import Offline
from assistant.principal import LOCAL
from assistant.settings import Settings
from assistant.storage.store import Store, open_store
from assistant.turns.kept import KeptConversation
from assistant.turns.turn import Message
from bench.core import seconds

TURNS = 500
PART = 50
MESSAGES = (
    "Sales representative, gain market share", "set new customers won to 30%", "why new customers?",
    "set it to 25%", "undo", "check it", "what does collection rate mean?", "how would people game it?",
    "add customer visits with 5%", "show the card",
)  # fmt: skip
"""As many as go evenly into each part, so that both parts hold the same turns."""


@dataclass(frozen=True)
class Kept:
    """Seconds of a turn: for each message the median of its repetitions, then the mean of the messages."""

    turns: int
    part: int
    first: float
    last: float

    @property
    def ratio(self) -> float:
        return self.last / self.first


def kept(advisor: Advisor, turns: int = TURNS) -> Kept:
    """Take the last turns of a long conversation and the first of a new one in turn: both meet the same machine."""
    with tempfile.TemporaryDirectory() as folder, open_store(Settings(data_dir=Path(folder))) as store:
        old, new = (_begun(advisor, store) for _ in range(2))
        _spent(old, max(0, turns - PART))
        first, last = [], []
        for _ in range(PART // len(MESSAGES)):
            last.append(_spent(old, len(MESSAGES)))
            first.append(_spent(new, len(MESSAGES)))
    return Kept(turns, PART, _typical(first), _typical(last))


def _begun(advisor: Advisor, store: Store) -> KeptConversation:
    return KeptConversation(advisor, store, Mind(Offline(advisor.reader)), LOCAL, store.begin(LOCAL, Conversation()))


def _spent(talk: KeptConversation, turns: int) -> list[float]:
    """Return the seconds of each turn."""
    messages = islice(cycle(MESSAGES), turns)
    return [seconds(lambda message=message: list(talk.take(Message(message)))) for message in messages]


def _typical(rounds: list[list[float]]) -> float:
    return statistics.mean(statistics.median(times) for times in zip(*rounds, strict=True))
