"""Text brought into one form for comparison."""

import re
import unicodedata
from functools import lru_cache

_SPACES = re.compile(r"\s+")


@lru_cache(maxsize=1 << 15)
def folded(text: str) -> str:
    """Fold width, case and white space, so that ＣＲＭ, crm and 'CRM ' compare equal."""
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", text)).strip().casefold()


def contains_word(text: str, word: str) -> bool:
    """Tell whether a text holds a word: anywhere in Chinese, between word boundaries in Latin script."""
    text, word = folded(text), folded(word)
    if not word.isascii():
        return word in text
    return re.search(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])", text) is not None
