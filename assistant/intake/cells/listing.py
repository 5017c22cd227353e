"""Lists of known names in a sentence, taken apart without guessing where one name ends."""

from collections.abc import Mapping
from typing import TypeVar

from knowledge.words import folded

T = TypeVar("T")
SEPARATORS = ("、", ", ", ",", " and ", "; ", ";")
LONGEST = 4000
LONGEST_NAME = 200


def name_key(name: str) -> str:
    """Return a name as lists are searched for it: folded, without quotation marks."""
    return folded(name.replace("“", "").replace("”", ""))


def listed_in(text: str, known: Mapping[str, T]) -> list[T] | None:
    """Return what a list names, in its order; ``None`` where any part of it is not known.

    ``known`` goes by ``name_key``.
    """
    said = name_key(text) if len(text) <= LONGEST else ""
    cuts = _cuts(said) | {len(said): 0}
    rest: dict[int, list[T]] = {len(said): []}
    for start in sorted({0, *(cut + width for cut, width in cuts.items())} - {len(said)}, reverse=True):
        ends = (end for end in sorted(cuts, reverse=True) if start < end <= start + LONGEST_NAME)
        fitting = (end for end in ends if said[start:end] in known and end + cuts[end] in rest)
        if (end := next(fitting, None)) is not None:
            rest[start] = [known[said[start:end]], *rest[end + cuts[end]]]
    return rest.get(0) if said else None


def _cuts(said: str) -> dict[int, int]:
    """Return where a name may end, and how long the separator there is."""
    found: dict[int, int] = {}
    for separator in SEPARATORS:
        start = said.find(separator)
        while start >= 0:
            found[start] = max(found.get(start, 0), len(separator))
            start = said.find(separator, start + 1)
    return found
