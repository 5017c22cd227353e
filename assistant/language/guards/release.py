"""Sentences let through one after the other until the first that would not hold."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, nullcontext
from typing import Any

from assistant.language.guards.checks import LONGEST, Guard
from assistant.language.guards.sentences import split

MOST_SENTENCES = 6
MOST_CHARACTERS = 1200
Told = Callable[[str, str], None]
"""Told the sentence that ended the prose, and why."""
_LEAD_IN = re.compile(
    r"[:：]$|^(?:sure|certainly|of course|okay|好的|当然|没问题|明白)[^.。]{0,12}[!.！。,，]$", re.IGNORECASE
)


def untold(sentence: str, reason: str) -> None:
    """Take no notice."""


def released(pieces: Iterable[str], guard: Guard, told: Told = untold) -> Iterator[str]:
    """Yield the sentences that may be shown; the first bad one, or enough of them, ends it and closes the stream."""
    said = length = 0
    with _closed(pieces):
        for sentence in split(pieces, LONGEST):
            if _LEAD_IN.search(sentence):
                continue
            if (reason := guard.flaw(sentence)) is not None:
                told(sentence, reason)
                return
            said, length = said + 1, length + len(sentence)
            if length > MOST_CHARACTERS:
                return
            yield sentence
            if said == MOST_SENTENCES:
                return


def _closed(pieces: Iterable[str]) -> Any:
    """Close a stream at the end, where it is one that can be closed."""
    return closing(pieces) if hasattr(pieces, "close") else nullcontext()
