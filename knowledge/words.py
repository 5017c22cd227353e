"""Text brought into one form for comparison."""

import re
import unicodedata
from functools import lru_cache

_SPACES = re.compile(r"\s+")


@lru_cache(maxsize=1 << 15)
def folded(text: str) -> str:
    """Fold width, case and white space, so that ＣＲＭ, crm and 'CRM ' compare equal."""
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", text)).strip().casefold()


def word_in(text: str, words: tuple[str, ...]) -> str | None:
    """Return the first of some words in a text, the longer of two there: anywhere in Chinese, whole in Latin script."""
    if not words:
        return None
    pattern, known = _pattern(words)
    found = pattern.search(folded(text))
    return known[found.group()] if found else None


@lru_cache(maxsize=256)
def _pattern(words: tuple[str, ...]) -> tuple[re.Pattern[str], dict[str, str]]:
    known = {folded(word): word for word in reversed(words)}
    parts = (
        rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])" if word.isascii() else re.escape(word)
        for word in sorted(known, key=len, reverse=True)
    )
    return re.compile("|".join(parts)), known
