"""Turns of a conversation that is kept: durable before they are shown, one after the other, none taken twice."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import uuid4

from assistant.advisor import Advisor
from assistant.conversation import Conversation, Reply
from assistant.errors import Unavailable
from assistant.events import Decided, Done, Event
from assistant.language.interpretation import Mind
from assistant.principal import Principal
from assistant.storage.models import Conflict, Kept, StoredTurn
from assistant.storage.models import Turn as TurnToKeep
from assistant.storage.store import Store
from assistant.turns.turn import Message, Turn

TRIES = 20
"""How often a turn is carried out anew because somebody else's came first."""


@dataclass(frozen=True)
class KeptConversation:
    """One stored conversation, as one principal holds it."""

    advisor: Advisor
    store: Store
    mind: Mind
    by: Principal
    id: str

    def take(self, message: Message, key: str | None = None) -> Iterator[Event]:
        """Yield the events of a turn; ``key`` tells a message that is sent again after an unclear failure.

        ``Unavailable`` where others keep being first.
        """
        name = key or str(uuid4())
        if (done := self.store.turn_by_key(self.by, self.id, name)) is not None:
            yield from self._again(done)
            return
        for _ in range(TRIES):
            try:
                yield from self._taken(self.store.load(self.by, self.id), message, name)
                return
            except Conflict:
                continue
        raise Unavailable("error.conversation_busy")

    def _taken(self, kept: Kept, message: Message, key: str) -> Iterator[Event]:
        """Carry a message out over a conversation as it stands; no transaction is open while a model is asked."""
        number = 0

        def keep(conversation: Conversation, replies: tuple[Reply, ...]) -> int:
            nonlocal number
            turn = TurnToKeep(key=key, said=message.text, conversation=conversation, replies=replies)
            number = self.store.commit(self.by, kept, turn).turns
            return number

        turn = Turn(self.advisor, self.mind, kept.conversation, self.store.versions(self.by, self.id), self.by)
        for event in turn.events(message, keep):
            if isinstance(event, Done) and (event.prose or event.note):
                self.store.reword(self.by, self.id, number, event.prose, event.note)
            yield event

    def _again(self, done: StoredTurn) -> Iterator[Event]:
        language = done.replies[-1].language if done.replies else "en"
        yield Decided(language=language, replies=done.replies, turn=done.number)
        yield Done(prose=done.prose, note=done.note)
