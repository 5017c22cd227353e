"""The exam that a model sits before it is used: a few messages to read and a few results to word."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from statistics import median
from typing import TYPE_CHECKING, Any

from assistant.actions import Action, Said
from assistant.conversation import Conversation, Reply
from assistant.errors import ModelUnavailable
from assistant.language.interpretation import Mind
from assistant.language.model.interpreter import ModelInterpreter
from assistant.language.model.model import Model
from assistant.language.model.trust import EXAM, Marks
from assistant.language.offline.interpreter import Offline
from knowledge import documents
from knowledge.models import Frozen, Id

if TYPE_CHECKING:
    from assistant.advisor import Advisor

Progress = Callable[[int, int], None]
ITS_OWN = frozenset({"slow", "cut", "garbled", "empty", "endless", "declined", "resting"})
"""Failures that are a model's own: they cost it the case. The others say that it could not be examined."""
FEWEST_SENTENCES = 2


class Expected(Frozen):
    """The one action that a message comes to."""

    kind: str
    role: Id | None = None
    themes: tuple[Id, ...] = ()
    """Any of these, at least one of them and no other."""
    wishes: tuple[str, ...] = ()
    """Each in the way that ``wish_text`` puts it, alternatives between bars."""


class WordingCase(Frozen):
    id: str
    before: tuple[str, ...] = ()
    message: str


class ReadingCase(WordingCase):
    expect: Expected


class Exam(Frozen):
    reading: tuple[ReadingCase, ...]
    wording: tuple[WordingCase, ...]


def load() -> Exam:
    return Exam.model_validate(documents.read(EXAM, EXAM.name).data)


def sit_exam(model: Model, advisor: "Advisor", progress: Progress = lambda done, total: None) -> Marks:
    """Let a model read and word every case; ``ModelUnavailable`` where it cannot be examined at all."""
    return _Sitting(model, advisor, progress, load()).marks()


@dataclass
class _Sitting:
    """One model sitting the exam."""

    model: Model
    advisor: "Advisor"
    progress: Progress
    exam: Exam
    missed: list[str] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    harmful: int = 0
    done: int = 0

    def marks(self) -> Marks:
        read = self._sat(self.exam.reading, self._reads)
        worded = self._sat(self.exam.wording, self._words)
        return Marks(
            read=read,
            readings=len(self.exam.reading),
            harmful=self.harmful,
            worded=worded,
            wordings=len(self.exam.wording),
            seconds=round(median(self.times), 1) if self.times else 0.0,
            missed=tuple(self.missed),
        )

    def _sat(self, cases: Sequence[Any], passes: Callable[[Any, Conversation], bool]) -> int:
        right = 0
        for case in cases:
            well = self._timed(case, passes)
            right += well
            self.missed += [] if well else [case.id]
            self.done += 1
            self.progress(self.done, len(self.exam.reading) + len(self.exam.wording))
        return right

    def _timed(self, case: Any, passes: Callable[[Any, Conversation], bool]) -> bool:
        before = self._conversation(case.before)
        begun = time.monotonic()
        try:
            well = passes(case, before)
        except ModelUnavailable as error:
            if error.cause not in ITS_OWN:
                raise
            if error.cause == "resting":
                return False
            well = False
        self.times.append(time.monotonic() - begun)
        return well

    def _reads(self, case: ReadingCase, before: Conversation) -> bool:
        read = self._interpreter.read(case.message, before)
        actions = read.actions
        self.harmful += read.by == "model" and harms(actions, case.expect, self.advisor)
        return len(actions) == 1 and fits(actions[0], case.expect, self.advisor)

    def _words(self, case: WordingCase, before: Conversation) -> bool:
        from assistant.language.narrator import ModelNarrator

        after, replies = self._turn(before, case.message)
        refused: list[str] = []
        narrator = ModelNarrator(
            self.model, self.advisor.catalogue, self.advisor.reader, lambda sentence, reason: refused.append(reason)
        )
        sentences = list(narrator.words(case.message, after, replies))
        return len(sentences) >= FEWEST_SENTENCES and not refused

    @cached_property
    def _offline(self) -> Offline:
        return Offline(self.advisor.reader)

    @cached_property
    def _interpreter(self) -> ModelInterpreter:
        return ModelInterpreter(self.model, self._offline, self.advisor.reader)

    def _conversation(self, messages: Iterable[str]) -> Conversation:
        conversation = Conversation()
        for message in messages:
            conversation, _ = self._turn(conversation, message)
        return conversation

    def _turn(self, conversation: Conversation, message: str) -> tuple[Conversation, tuple[Reply, ...]]:
        from assistant.turns.turn import Message, Turn, settled

        return settled(Turn(self.advisor, Mind(self._offline), conversation), Message(message))


def fits(action: Action, expected: Expected, advisor: "Advisor") -> bool:
    """Tell whether an action is the one expected."""
    themes = set(getattr(action, "themes", ()))
    right = themes <= set(expected.themes) and bool(themes) == bool(expected.themes)
    wishes = wish_texts(action, advisor)
    wanted = [{one.strip() for one in text.split("|")} for text in expected.wishes]
    right = right and len(wishes) == len(wanted) and all(set(wishes) & one for one in wanted)
    return right and action.kind == expected.kind and _role(action, advisor) == expected.role


def harms(actions: Iterable[Action], expected: Expected, advisor: "Advisor") -> bool:
    """Tell whether a reading has a weight or a position that the message does not mean."""
    meant = {one.strip() for text in expected.wishes for one in text.split("|")}
    weights = [text for action in actions for text in wish_texts(action, advisor) if text[-1].isdigit()]
    roles = [role for action in actions if (role := _role(action, advisor)) is not None]
    return any(text not in meant for text in weights) or any(role != expected.role for role in roles)


def wish_texts(action: Action, advisor: "Advisor") -> list[str]:
    """Return the wishes of an action as texts: "exclude nps", "set new_customers 20"."""
    if not isinstance(action, Said):
        return []
    found = []
    for wish in action.wishes:
        meaning = advisor.reader.indicators.meaning(wish.indicator)
        id = meaning.id or (meaning.question.default if meaning.question else None) or wish.indicator
        found.append(f"{wish.ask} {id}" + (f" {wish.value}" if wish.value is not None else ""))
    return found


def _role(action: Action, advisor: "Advisor") -> str | None:
    name = getattr(action, "role", None)
    if name is None:
        return None
    meaning = advisor.reader.roles.meaning(name)
    return meaning.id or name
