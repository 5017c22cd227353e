"""Phrases found again in texts that were written with them."""

import re
from functools import lru_cache

from assistant.wording import worded
from knowledge.models import LANGUAGES, Language

NUMBER = r"-?\d[\d,]{0,17}(?:\.\d{1,9})?"
ANY = r".+?"


def values_in(text: str, key: str, **holes: str) -> dict[str, str] | None:
    """Return what stands in the holes of a phrase where a whole text is that phrase, in either language.

    Each hole is a variable of the phrase with the pattern that its value has.
    """
    for language in LANGUAGES:
        if match := pattern(key, language, **holes).fullmatch(text):
            return match.groupdict()
    return None


@lru_cache(maxsize=1024)
def pattern(key: str, language: Language, **holes: str) -> re.Pattern[str]:
    """Return a pattern of a phrase; case counts nowhere, as phrases may begin a sentence."""
    marks = {name: f"\0{place}\0" for place, name in enumerate(holes)}
    said = re.escape(worded(key, language, **marks))
    for name, mark in marks.items():
        said = said.replace(re.escape(mark), f"(?P<{name}>{holes[name]})", 1)
    return re.compile(said, re.IGNORECASE | re.DOTALL)


def number(text: str) -> int | float:
    """Return a figure as the form writes it; a whole one is an integer."""
    value = float(text.replace(",", ""))
    return int(value) if value == int(value) else value
