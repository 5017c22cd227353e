"""What repeats at the edges of pages: running heads, feet and page numbers."""

import re
from collections import Counter
from collections.abc import Iterator

from assistant.retrieval.documents.pdf.lines import Line

DEEP = 2
"""How many lines at the top and at the bottom may be a running head or foot."""
FEWEST = 3
SHARE = 0.4
"""Of the pages: the left and the right ones may differ."""
DIGITS = re.compile(r"\d+")
NUMBER = re.compile(
    r"[-–—·\s]*(第?\s*\d{1,4}\s*页?|page\s*\d{1,4})\s*((/|／|of|[,，]?\s*共)\s*第?\s*\d{1,4}\s*页?)?[-–—·\s]*",
    re.IGNORECASE,
)


def without_edges(pages: list[list[Line]]) -> list[Line]:
    """Return the lines of all pages without what is said on most of them."""
    counted = Counter(key for lines in pages for key in {_key(line) for line in _edges(lines)})
    numbered = sum(any(NUMBER.fullmatch(line.text) for line in _edges(lines)) for lines in pages) > 1
    often = {key for key, count in counted.items() if count >= max(FEWEST, SHARE * len(pages))}
    return [line for lines in pages for line in _inner(lines, often, numbered)]


def _inner(lines: list[Line], often: set[str], numbered: bool) -> Iterator[Line]:
    edges = {id(line) for line in _edges(lines)}
    for line in lines:
        number = numbered and NUMBER.fullmatch(line.text)
        if id(line) not in edges or not (number or _key(line) in often):
            yield line


def _edges(lines: list[Line]) -> list[Line]:
    """Return the highest and the lowest lines; a page of few lines is no edge as a whole."""
    ordered = sorted(lines, key=lambda line: -line.top)
    deep = min(DEEP, len(ordered) // 2)
    return ordered[:deep] + ordered[len(ordered) - deep :]


def _key(line: Line) -> str:
    return DIGITS.sub("#", "".join(line.text.split()))
