"""What a message was read as, and the two seams of language: whoever reads, and whoever words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

from assistant.actions import MOST_ACTIONS, Action
from assistant.conversation import Conversation, Reply
from knowledge.models import Frozen, Language


class Interpretation(Frozen):
    """The actions of one message, and whether they account for all of it."""

    language: Language
    actions: tuple[Action, ...] = ()
    left: tuple[str, ...] = ()
    """Parts of the message that nothing accounts for."""
    passed: tuple[str, ...] = ()
    """Clauses beside what was read that the person must be told were not."""
    lost: bool = False
    """Whether nothing could be read from it at all."""
    near: tuple[str, ...] = ()
    """Names that what was not read looks like."""
    by: Literal["offline", "model"] = "offline"

    @property
    def complete(self) -> bool:
        return not self.left and not self.lost


class Interpreter(Protocol):
    def read(
        self, message: str, conversation: Conversation, *, brought: bool = False, first: Interpretation | None = None
    ) -> Interpretation:
        """Read a message; ``brought`` says that a card came with it, which is not part of the message.

        ``first`` is a reading there is already, whose certain parts stand. where the reading rests
        on a model that cannot be used.
        """
        ...


class Narrator(Protocol):
    def wants(self, replies: tuple[Reply, ...]) -> bool:
        """Tell whether a result leaves anything to word."""
        ...

    def words(self, message: str, conversation: Conversation, replies: tuple[Reply, ...]) -> Iterator[str]:
        """Word a result, one checked sentence after the other; it ends early where a sentence would not hold.

        ``ModelUnavailable`` where the model cannot be used.
        """
        ...


@dataclass(frozen=True)
class Mind:
    """Who reads and who words: the offline interpreter always, a model as far as it is trusted."""

    offline: Interpreter
    model: Interpreter | None = None
    narrator: Narrator | None = None


def shortened(actions: tuple[Action, ...]) -> tuple[Action, ...]:
    """Return actions without repetitions, as many as one message is taken to hold."""
    return tuple(dict.fromkeys(actions))[:MOST_ACTIONS]
