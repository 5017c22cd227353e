"""Conversations for tests: messages in, what each turn came to out."""

from assistant.advisor import Advisor
from assistant.conversation import Conversation, Reply
from assistant.intake.grids import Content
from assistant.language.interpretation import Mind
from assistant.language.offline.interpreter import Offline
from assistant.turns.turn import Message, Turn, settled


def said(
    conversation: Conversation, message: str, advisor: Advisor, attached: Content | None = None
) -> tuple[Conversation, tuple[Reply, ...]]:
    """Carry out one message offline."""
    turn = Turn(advisor, Mind(Offline(advisor.reader)), conversation)
    return settled(turn, Message(message, attached=attached))


def replied(
    conversation: Conversation, message: str, advisor: Advisor, attached: Content | None = None
) -> tuple[Conversation, Reply]:
    """Carry out one message offline and return the last reply to it."""
    after, replies = said(conversation, message, advisor, attached)
    return after, replies[-1]
