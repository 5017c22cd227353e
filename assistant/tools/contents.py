"""What a card argument holds: text or data taken apart under the limits of people's files."""

import json
import re
from dataclasses import replace
from typing import Any

from assistant.errors import BadInput
from assistant.intake.grids import Content
from assistant.intake.sandbox import in_process, take_apart
from assistant.intake.saved import own_scorecard
from assistant.intake.sources import Source
from assistant.requests import MOST_TEXT, clean
from assistant.tools.arguments import LONGEST_CARD
from assistant.wording import worded
from knowledge.models import Language

# A block of code, as models write data.
_FENCE = re.compile(r"\s*```[a-z]*\n(?P<inside>.*?)\n```\s*", re.DOTALL)


def content_of(card: str | dict[str, Any], language: Language) -> Content:
    """Return what a card holds; a long one is taken apart in a process of its own, as a file is."""
    text = card if isinstance(card, str) else json.dumps(card, ensure_ascii=False)
    if (fenced := _FENCE.fullmatch(text)) is not None:
        text = fenced["inside"]
    if not text.strip() or len(text) > LONGEST_CARD:
        raise BadInput("tool.length", length=len(text), most=LONGEST_CARD)
    name = worded("tool.card", language)
    if len(text) > MOST_TEXT:
        return take_apart(Source(name, text.encode("utf-8", "replace")))
    return in_process(Source(name, clean(text, lines=True).encode("utf-8", "replace")))


def is_ours(content: Content) -> bool:
    """Tell whether data is a whole card as Scorecraft saves it."""
    return content.data is not None and own_scorecard(content) is not None


def carried(content: Content) -> dict[str, Any] | None:
    """Return data with lines, found also under ``scorecard``; ``None`` for tables and whole cards of ours."""
    data = content.data
    inner = data.get("scorecard") if isinstance(data, dict) and isinstance(data.get("scorecard"), dict) else data
    lines = inner.get("items") if isinstance(inner, dict) else None
    return inner if isinstance(lines, list) and not is_ours(content) else None


def with_data(content: Content, data: dict[str, Any]) -> Content:
    return replace(content, data=data)
