"""The caller's language: the header ``Accept-Language``, else the language of what the caller sent, else English."""

from typing import Any

from fastapi import Request
from starlette.datastructures import Headers

from assistant.language.offline.reader import language_of
from knowledge.models import LANGUAGES, Language

LONGEST = 200


def preferred(headers: Headers) -> Language | None:
    """Return the best of our languages that the caller names; ``None`` where none is."""
    ranked = sorted(map(_weighed, headers.get("accept-language", "")[:LONGEST].split(",")), key=lambda one: -one[1])
    known = (language for name, weight in ranked for language in LANGUAGES if weight > 0 and name == language)
    return next(known, None)


def of(headers: Headers) -> Language:
    """Return the language to speak to a caller of whom the headers alone are known."""
    return preferred(headers) or "en"


def spoken(request: Request) -> Language:
    """Return the language to tell a caller in what is wrong with a request."""
    return preferred(request.headers) or getattr(request.state, "written", None) or "en"


def written(body: Any) -> Language | None:
    """Return the language that a body states or is written in, ``None`` where it is in neither of ours."""
    if not isinstance(body, dict):
        return None
    if body.get("language") in LANGUAGES:
        stated: Language = body["language"]
        return stated
    return "zh" if any(isinstance(one, str) and language_of(one, "en") == "zh" for one in body.values()) else None


def _weighed(part: str) -> tuple[str, float]:
    """Return the primary tag of ``zh-CN;q=0.8`` and its weight."""
    tag, _, quality = part.partition(";")
    _, _, value = quality.partition("=")
    try:
        weight = float(value) if value else 1.0
    except ValueError:
        weight = 0.0
    return tag.strip().lower().split("-")[0], weight
