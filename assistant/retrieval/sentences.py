"""Text as sentences, in Chinese and English alike."""

import re
from collections.abc import Iterator

import sentencex

_STRETCH = re.compile(r".{1000}.*?(?:[。！？]+[”’」』）)】》]*|$)", re.DOTALL)
"""The library's time grows with the square of a line in Chinese; a long one is looked at in parts."""


def sentences(text: str) -> list[str]:
    """Split a text into sentences; joined again they are the text."""
    return [
        sentence
        for line in text.splitlines(keepends=True)
        for stretch in _stretches(line)
        for sentence in _of_line(stretch)
    ]


def _stretches(line: str) -> Iterator[str]:
    end = 0
    for found in _STRETCH.finditer(line):
        yield found[0]
        end = found.end()
    if end < len(line):
        yield line[end:]


def _of_line(line: str) -> Iterator[str]:
    # The rules of the two languages do not clash: full stops of the one never stand in the other.
    parts = list(sentencex.segment("en", line))
    if "".join(parts) == line:
        yield from parts
    else:
        # Whatever the library leaves out stays in the text.
        yield line
