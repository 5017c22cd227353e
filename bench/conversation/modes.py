"""The ways to run the assistant: without a model, with a scripted one, with a real one as far as it is trusted."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import chain, zip_longest

from assistant.advisor import Advisor
from assistant.language.interpretation import Mind
from assistant.language.model import from_settings
from assistant.language.model.exam import sit_exam
from assistant.language.model.interpreter import ModelInterpreter
from assistant.language.model.trust import Marks
from assistant.language.narrator import ModelNarrator
from assistant.language.offline.interpreter import Offline
from assistant.settings import Settings
from bench.conversation.measure import Measured, Player, Timed
from bench.conversation.peer import Asked, Peer
from bench.conversation.raw import Beside, beside
from tests.dialogues import Dialogue

BRAIN = "bench.conversation.brain:answer"
EACH = 10
"""Dialogues between two signs of life."""
PATIENCE = 30.0
"""Seconds that a model has for an answer, as by default."""


@dataclass(frozen=True)
class Trial:
    """What one mode came to."""

    mode: str
    turns: tuple[Measured, ...]
    marks: Marks | None = None
    reads: bool = False
    words: bool = False
    stopped: dict[str, int] = field(default_factory=dict)
    """Sentences that ended the prose, by the guards' reason."""
    beside: tuple[Beside, ...] = ()
    peer: tuple[Asked, ...] = ()


def offline(advisor: Advisor, dialogues: Sequence[Dialogue]) -> Trial:
    player = Player(advisor, Mind(Offline(advisor.reader)))
    return Trial("offline", played(player, dialogues, "offline"))


@dataclass(frozen=True)
class WithModel:
    """A mode with a model behind an address."""

    name: str
    settings: Settings
    trusted: bool = False
    """Whether it reads and words without an exam."""
    peer: bool = False

    def trial(self, advisor: Advisor, dialogues: Sequence[Dialogue]) -> Trial:
        model = from_settings(self.settings)
        if model is None:
            raise ValueError("no model is named")
        timed, stopped = Timed(model), dict[str, int]()
        try:
            marks = None if self.trusted else self._examined(timed, advisor)
            reads, words = (marks.may_read, marks.may_word) if marks else (True, True)
            turns = played(
                Player(advisor, self._mind(timed, advisor, reads, words, stopped), timed), dialogues, self.name
            )
            near = beside(self.settings, timed.calls)
        finally:
            model.close()
        asked = self._peer(advisor, dialogues) if self.peer else ()
        return Trial(self.name, turns, marks, reads, words, stopped, near, asked)

    def _peer(self, advisor: Advisor, dialogues: Sequence[Dialogue]) -> tuple[Asked, ...]:
        told(f"{self.name}: the bare model")
        return tuple(Peer(advisor, self.settings).all(dialogues))

    def _examined(self, model: Timed, advisor: Advisor) -> Marks:
        return sit_exam(model, advisor, lambda done, total: told(f"{self.name}: exam {done}/{total}"))

    def _mind(self, model: Timed, advisor: Advisor, reads: bool, words: bool, stopped: dict[str, int]) -> Mind:
        def count(sentence: str, reason: str) -> None:
            stopped[reason] = stopped.get(reason, 0) + 1

        offline = Offline(advisor.reader)
        reading = ModelInterpreter(model, offline, advisor.reader) if reads else None
        wording = ModelNarrator(model, advisor.catalogue, advisor.reader, count) if words else None
        return Mind(offline, reading, wording)


def at(url: str, model: str, patience: float = PATIENCE) -> Settings:
    """Return the settings for a model at an address; the key is the one that is configured, if any."""
    from assistant import settings

    key = settings.load().llm_api_key
    return Settings(llm_base_url=url, llm_model=model, llm_api_key=key, llm_timeout=patience)


def played(player: Player, dialogues: Sequence[Dialogue], name: str) -> tuple[Measured, ...]:
    turns: list[Measured] = []
    for number, dialogue in enumerate(dialogues, 1):
        if number % EACH == 0:
            told(f"{name}: dialogue {number}/{len(dialogues)}")
        turns += player.play(dialogue)
    return tuple(turns)


def some(dialogues: Sequence[Dialogue], most: int | None) -> tuple[Dialogue, ...]:
    """Return the first so many, taken from each language and set by turns."""
    if most is None:
        return tuple(dialogues)
    key: Callable[[Dialogue], tuple[str, str]] = lambda one: (one.set, one.language)  # noqa: E731
    groups = [[one for one in dialogues if key(one) == group] for group in dict.fromkeys(map(key, dialogues))]
    by_turns = chain.from_iterable(zip_longest(*groups))
    return tuple(one for one in by_turns if one is not None)[:most]


def told(what: str) -> None:
    print(f"… {what}", file=sys.stderr, flush=True)
