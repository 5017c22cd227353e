"""What the rest of the assistant asks of a language model, whichever stands behind it."""

from collections.abc import Iterator
from typing import Any, Literal, Protocol, TypeVar

from pydantic import BaseModel

from assistant.wording import worded
from knowledge.models import Frozen, Language

T = TypeVar("T", bound=BaseModel)


class Where(Frozen):
    """Where texts go: the host, without anything secret."""

    host: str
    reach: Literal["machine", "network", "elsewhere"]

    def say(self, language: Language) -> str:
        if self.reach == "machine":
            return worded("model.this_machine", language, host=self.host)
        key = "model.own_network" if self.reach == "network" else "model.elsewhere"
        return worded(key, language, host=self.host)


class Model(Protocol):
    """A language model; both calls raise ``ModelUnavailable`` and nothing else."""

    @property
    def name(self) -> str: ...

    @property
    def where(self) -> Where: ...

    def structured(self, system: str, user: str, shape: type[T]) -> T:
        """Return an answer of the given shape, checked."""

    def stream(self, system: str, user: str, most_tokens: int) -> Iterator[str]:
        """Yield the answer as it comes; an error can come after some of it."""


class Learned(Protocol):
    """A memory for small facts about endpoints, which outlives the process where it can."""

    def learned(self, key: str) -> dict[str, Any] | None:
        """Return what is known under a key."""

    def learn(self, key: str, value: dict[str, Any]) -> None:
        """Keep a value under a key, in place of the one before."""


class Remembered:
    """Facts kept as long as the process."""

    def __init__(self) -> None:
        self._facts: dict[str, dict[str, Any]] = {}

    def learned(self, key: str) -> dict[str, Any] | None:
        return self._facts.get(key)

    def learn(self, key: str, value: dict[str, Any]) -> None:
        self._facts[key] = value
