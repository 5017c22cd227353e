"""Chinese and Latin letters told apart, and the pieces of both by which two texts are alike."""

import re

HAN = r"\u4e00-\u9fff"
"""Chinese characters, for use in a class of a pattern."""
_HAN = re.compile(f"[{HAN}]")
_RUN = re.compile(f"[{HAN}]+")
_LATIN = re.compile(r"[a-z]{4,}")


def has_han(text: str) -> bool:
    """Tell whether a text holds a Chinese character."""
    return _HAN.search(text) is not None


def pairs(text: str) -> set[str]:
    """Return the pairs of neighbouring Chinese characters, which stand for words."""
    return {run[at : at + 2] for run in _RUN.findall(text) for at in range(len(run) - 1)}


def stems(text: str) -> set[str]:
    """Return the English words that are long enough to say something, without the s of a plural."""
    return {word.rstrip("s") for word in _LATIN.findall(text.lower())}
