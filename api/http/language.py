"""The caller's language, as the header ``Accept-Language`` states it."""

from starlette.datastructures import Headers

from knowledge.models import LANGUAGES, Language

LONGEST = 200


def preferred(headers: Headers) -> Language | None:
    """Return the best of our languages that the caller names; ``None`` where none is."""
    ranked = sorted(map(_weighed, headers.get("accept-language", "")[:LONGEST].split(",")), key=lambda one: -one[1])
    known = (language for name, weight in ranked for language in LANGUAGES if weight > 0 and name == language)
    return next(known, None)


def of(headers: Headers) -> Language:
    """Return the language to speak to the caller; English where none is named."""
    return preferred(headers) or "en"


def _weighed(part: str) -> tuple[str, float]:
    """Return the primary tag of ``zh-CN;q=0.8`` and its weight."""
    tag, _, quality = part.partition(";")
    _, _, value = quality.partition("=")
    try:
        weight = float(value) if value else 1.0
    except ValueError:
        weight = 0.0
    return tag.strip().lower().split("-")[0], weight
