"""Conversations, versions and replies as the text that is stored."""

import json
from typing import Any

from pydantic import TypeAdapter

from assistant.conversation import Conversation, Reply, Version
from knowledge.models import Frozen

REPLIES: TypeAdapter[tuple[Reply, ...]] = TypeAdapter(tuple[Reply, ...])
VERSION: TypeAdapter[Version] = TypeAdapter(Version)
ELSEWHERE: dict[str, Any] = {"current": None, "form": None, "fresh": ()}
"""Parts of a conversation that come back from its versions."""


def state(conversation: Conversation) -> str:
    return dumped(conversation.model_copy(update=ELSEWHERE))


def dumped(model: Frozen) -> str:
    """Return JSON that validates to an equal model.

    Pydantic's own writer makes nothing of infinity and refuses half a surrogate pair; that becomes a question mark.
    """
    plain = model.model_dump(mode="json", round_trip=True)
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "replace").decode("utf-8")


def dumped_replies(replies: tuple[Reply, ...]) -> str:
    return f"[{','.join(map(dumped, replies))}]"


def numbers_in_hand(conversation: Conversation) -> tuple[int | None, int | None]:
    """Return the numbers of the draft and of the form in hand, which the way to them tells."""
    steps = conversation.steps
    draft = next((step.number for step in reversed(steps) if step.kind == "draft"), None)
    return draft, steps[-1].number if steps and steps[-1].kind == "form" else None
