"""Values put into words: texts speak the reader's language, several are listed, numbers are plain."""

from functools import lru_cache
from typing import Any

from knowledge.models import Language, Text
from prompts import phrase


def say(value: Any, language: Language) -> str:
    """Say one value: whatever has a ``say`` of its own uses it, a tuple becomes a list in words."""
    if isinstance(value, tuple):
        return listed([say(part, language) for part in value], language)
    if hasattr(value, "say"):
        return str(value.say(language))
    return plain_number(value) if isinstance(value, float) else str(value)


def plain_number(value: float) -> str:
    """Return a number without exponent, with thousands separated and no idle decimals."""
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def listed(parts: list[str], language: Language) -> str:
    return ("、" if language == "zh" else ", ").join(parts)


def worded(key: str, language: Language, **values: Any) -> str:
    """Return a phrase with its values said in the same language."""
    return phrase(key, language, **{name: say(value, language) for name, value in values.items()})


@lru_cache(maxsize=4096)
def phrase_text(key: str, **values: Any) -> Text:
    """Return a phrase in both languages."""
    return Text(zh=worded(key, "zh", **values), en=worded(key, "en", **values))
