"""One turn at a time: what it came to, what of it was shown, and where its time went."""

import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from pydantic import BaseModel
from rich.console import Console

from api.render.terminal import reply_view
from assistant.advisor import Advisor
from assistant.conversation import Conversation, Reply
from assistant.events import Decided, Done, Sentence
from assistant.language.guards import Guard, facts
from assistant.language.interpretation import Mind
from assistant.language.model import Model, Where
from assistant.language.narrator import needs_words, prompt, told_facts
from assistant.turns.turn import Message, Turn
from bench.conversation.brain import SLIPS
from knowledge.models import Language
from tests.dialogues import Dialogue, Wanted, flaws, shown

T = TypeVar("T", bound=BaseModel)
NUMBERS = frozenset({"number", "beyond", "pair", "move", "heaviest"})
"""Reasons of the guards that are about figures."""
DIGITS = re.compile(r"\d+(?:\.\d+)?")
WIDTH = 200


@dataclass(frozen=True)
class Call:
    """One call of the model, as the client saw it."""

    system: str
    user: str
    seconds: float
    first: float
    """Seconds to the first piece; to the whole answer where it is an object."""
    shape: type[BaseModel] | None = None
    """The shape asked for; ``None`` for prose."""


@dataclass
class Timed:
    """A model that takes note of its calls."""

    model: Model
    calls: list[Call] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.model.name

    @property
    def where(self) -> Where:
        return self.model.where

    def structured(self, system: str, user: str, shape: type[T]) -> T:
        start = time.perf_counter()
        try:
            return self.model.structured(system, user, shape)
        finally:
            spent = time.perf_counter() - start
            self.calls.append(Call(system, user, spent, spent, shape))

    def stream(self, system: str, user: str, most_tokens: int) -> Iterator[str]:
        """Yield the answer; only waiting for its pieces counts, not what is done with them in between."""
        spent, first = 0.0, None
        pieces = self.model.stream(system, user, most_tokens)
        try:
            while True:
                start = time.perf_counter()
                try:
                    piece = next(pieces, None)
                finally:
                    spent += time.perf_counter() - start
                if piece is None:
                    return
                first = spent if first is None else first
                yield piece
        finally:
            # A generator; ending it ends the request.
            pieces.close()  # type: ignore[attr-defined]
            self.calls.append(Call(system, user, spent, spent if first is None else first))


@dataclass(frozen=True)
class Measured:
    """One turn."""

    language: Language
    set: str
    flaws: tuple[str, ...]
    first: float
    """Seconds to the first event, to the decided result, to the end."""
    decided: float
    whole: float
    in_model: float = 0.0
    calls: int = 0
    cards: tuple[bool, ...] = ()
    """For each card shown, whether it has no errors and 100 points."""
    sentences: int = 0
    unsupported: int = 0
    """Sentences with a figure that the guards, asked again, refuse."""
    refused: int = 0
    """Sentences that the guards, asked again, refuse for whatever reason."""
    unseen: int = 0
    """Sentences with digits that do not stand in the reply as it is rendered."""
    slips: int = 0
    """Sentences of the scripted model that are wrong on purpose."""
    by_model: bool = False
    crashed: bool = False


@dataclass(frozen=True)
class Player:
    """Plays dialogues with a mind, and looks at everything that is shown."""

    advisor: Advisor
    mind: Mind
    model: Timed | None = None

    def play(self, dialogue: Dialogue) -> Iterator[Measured]:
        """Yield each turn; after one that fails altogether the conversation goes on as it was."""
        conversation = Conversation(language=dialogue.language)
        for wanted in dialogue.turns:
            about = Measured(dialogue.language, dialogue.set, ("crashed",), 0.0, 0.0, 0.0, crashed=True)
            try:
                conversation, about = self._turn(conversation, wanted, about)
            except Exception as error:
                about = replace(about, flaws=(type(error).__name__,))
            yield about

    def _turn(self, before: Conversation, wanted: Wanted, about: Measured) -> tuple[Conversation, Measured]:
        kept: list[Conversation] = []
        replies: tuple[Reply, ...] = ()
        sentences: list[str] = []
        times: dict[str, float] = {}
        known = len(self.model.calls) if self.model else 0
        start = time.perf_counter()
        for event in Turn(self.advisor, self.mind, before).events(Message(wanted.type), _keeping(kept)):
            times.setdefault("first", time.perf_counter() - start)
            if isinstance(event, Decided):
                replies, times["decided"] = event.replies, time.perf_counter() - start
            elif isinstance(event, Sentence):
                sentences.append(event.text)
            elif isinstance(event, Done):
                times["whole"], by_model = time.perf_counter() - start, event.reading == "model"
        calls = self.model.calls[known:] if self.model else []
        after = kept[-1]
        return after, replace(
            about,
            flaws=flaws(wanted, after, replies),
            cards=tuple(sound(self.advisor, replies)),
            in_model=sum(call.seconds for call in calls),
            calls=len(calls),
            by_model=by_model,
            crashed=False,
            **times,
            **self._looked_at(sentences, wanted.type, replies),
        )

    def _looked_at(self, sentences: Sequence[str], message: str, replies: tuple[Reply, ...]) -> dict[str, int]:
        """Return what is wrong with the sentences shown, by the guards and without them."""
        if not sentences:
            return {}
        reasons = self._reasons(sentences, message, replies)
        seen = set(DIGITS.findall(self._rendered(replies)))
        return {
            "sentences": len(sentences),
            "unsupported": sum(reason in NUMBERS for reason in reasons),
            "refused": sum(reason is not None for reason in reasons),
            "unseen": sum(not set(DIGITS.findall(one)) <= seen for one in sentences),
            "slips": sum(one in {slip for slips in SLIPS.values() for slip in slips} for one in sentences),
        }

    def _reasons(self, sentences: Sequence[str], message: str, replies: tuple[Reply, ...]) -> list[str | None]:
        worth = tuple(reply for reply in replies if needs_words(reply))
        known = facts(worth, self.advisor.catalogue, self.advisor.reader.indicators)
        guard = Guard(known, prompt(known.language), message, told_facts(known, message)[1])
        return [guard.flaw(one) for one in sentences]

    def _rendered(self, replies: tuple[Reply, ...]) -> str:
        console = Console(width=WIDTH, highlight=False, markup=False, emoji=False)
        with console.capture() as captured:
            for reply in replies:
                console.print(reply_view(reply, self.advisor.catalogue))
        return captured.get()


def sound(advisor: Advisor, replies: Sequence[Reply]) -> Iterator[bool]:
    for card in shown(replies):
        total = sum(item.points for item in card.items)
        yield total == 100 and advisor.checked(card, "en").sound


def _keeping(kept: list[Conversation]) -> Callable[[Conversation, tuple[Reply, ...]], int]:
    def keep(conversation: Conversation, replies: tuple[Reply, ...]) -> int:
        kept.append(conversation)
        return 0

    return keep
