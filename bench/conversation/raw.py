"""The same model called without us: OpenAI's own client, a prompt of the same size, streamed."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.language.model.address import address
from assistant.language.model.schema import response_format
from assistant.settings import Settings
from bench.conversation.measure import Call

SAMPLES = 20
"""Calls of each kind that are made again, fewer where a model takes its time."""
BUDGET = 60.0
"""Seconds of raw calls of each kind, after which no other is made."""
TOKENS = 320
SECONDS = 120.0


@dataclass(frozen=True)
class Beside:
    """Seconds of one of our calls, and of a raw one like it."""

    reading: bool
    ours: float
    raw: float
    first: float
    """Of the raw one, to its first piece."""


def client(settings: Settings) -> Any:
    import openai

    place = address(settings)
    key = place.key.get_secret_value() if place.key else "none"
    return openai.OpenAI(base_url=place.base, api_key=key, timeout=SECONDS, max_retries=0)


def beside(settings: Settings, calls: Sequence[Call]) -> tuple[Beside, ...]:
    """Make a raw call for some of ours, spread evenly over them."""
    kinds = ([call for call in calls if (call.shape is not None) == shaped] for shaped in (True, False))
    return tuple(found for kind in kinds for found in _within(settings, _spread(kind)))


def _within(settings: Settings, calls: Sequence[Call]) -> Iterator[Beside]:
    asker, end = client(settings), time.monotonic() + BUDGET
    for call in calls:
        if time.monotonic() < end and (found := _beside(asker, settings, call)) is not None:
            yield found


def _spread(calls: Sequence[Call]) -> Sequence[Call]:
    return calls[:: max(1, len(calls) // SAMPLES)][:SAMPLES]


def _beside(asker: Any, settings: Settings, call: Call) -> Beside | None:
    """Return ``None`` for a raw call that fails; a mark before the prompt keeps a server from knowing it already."""
    import openai

    start = time.perf_counter()
    try:
        first = _first(asker, settings, call, start)
    except openai.OpenAIError:
        return None
    spent = time.perf_counter() - start
    return Beside(call.shape is not None, call.seconds, spent, spent if first is None else first)


def _first(asker: Any, settings: Settings, call: Call, start: float) -> float | None:
    """Read a whole answer and return the seconds until its first piece."""
    messages = [{"role": "system", "content": call.system}, {"role": "user", "content": f"Now this.\n{call.user}"}]
    form = {"response_format": response_format(call.shape)} if call.shape else {}
    answer = asker.chat.completions.create(
        model=settings.llm_model, messages=messages, stream=True, temperature=0, max_tokens=TOKENS, **form
    )
    first = None
    for piece in answer:
        if first is None and piece.choices and piece.choices[0].delta.content:
            first = time.perf_counter() - start
    return first
