"""Known phrases found in running text: the longest first, and never one inside another."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from knowledge.models import Catalogue
from knowledge.words import folded

REMEMBERED = 2048
"""Texts whose phrases a lexicon remembers: the lines of a card are looked at in every turn."""
LINE = 400
"""Characters of a text that is remembered."""
_LETTERS = 8192
_LATIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_")


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found in a text, with what it can mean there."""

    start: int
    end: int
    words: str
    meanings: tuple[str, ...]


def inside(hit: Hit, others: Iterable[Hit]) -> bool:
    return any(other.start <= hit.start and hit.end <= other.end for other in others)


def overlaps(hit: Hit, others: Iterable[Hit]) -> bool:
    return any(hit.start < other.end and other.start < hit.end for other in others)


def within_longer(hit: Hit, others: Iterable[Hit]) -> bool:
    """Tell whether a hit is a part of another one, and not the same."""
    return any(
        other.start <= hit.start and hit.end <= other.end and other.end - other.start > hit.end - hit.start
        for other in others
    )


def crosses(hit: Hit, others: Iterable[Hit]) -> bool:
    """Tell whether a hit shares letters with another one and neither holds the other."""
    return any(
        hit.start < other.start < hit.end < other.end or other.start < hit.start < other.end < hit.end
        for other in others
    )


class Lexicon:
    """Phrases by meaning. Latin phrases match whole words, with a plural s or es at the end; others anywhere."""

    def __init__(self, entries: Iterable[tuple[str, str]]) -> None:
        self._meanings: dict[str, list[str]] = defaultdict(list)
        lengths: dict[str, set[int]] = defaultdict(set)
        for phrase, meaning in entries:
            known = folded(phrase)
            if meaning not in self._meanings[known]:
                self._meanings[known].append(meaning)
            lengths[known[:2]].add(len(known))
        self._lengths = {start: sorted(known, reverse=True) for start, known in lengths.items()}
        """Lengths of the phrases, longest first, by the two letters that they start with."""
        self._known = lru_cache(REMEMBERED)(self._found)

    @classmethod
    def of_lists(cls, catalogue: Catalogue, ids: Iterable[str]) -> "Lexicon":
        """Make a lexicon of word lists of the catalogue; each word means the id of its list."""
        lists = catalogue.word_lists
        return cls((word, id) for id in ids for word in lists[id].words.all())

    @property
    def phrases(self) -> tuple[str, ...]:
        return tuple(self._meanings)

    @cached_property
    def ids(self) -> frozenset[str]:
        """All that any phrase means."""
        return frozenset(id for known in self._meanings.values() for id in known)

    def meanings(self, phrase: str) -> tuple[str, ...]:
        """Return what a whole phrase means; nothing for an unknown one."""
        return tuple(self._meanings.get(folded(phrase), ()))

    def find(self, text: str) -> list[Hit]:
        """Return the phrases in a text, left to right; ``text`` is expected plain, as ``plain`` makes it."""
        return list(self._known(text) if len(text) <= LINE else self._found(text))

    def _found(self, text: str) -> tuple[Hit, ...]:
        return tuple(self._scan(text))

    def _scan(self, text: str) -> Iterator[Hit]:
        place = 0
        while place < len(text):
            hit = self._at(text, place)
            if hit is not None:
                yield hit
            place = hit.end if hit else place + 1

    def _at(self, text: str, place: int) -> Hit | None:
        if place and text[place] in _LATIN and text[place - 1] in _LATIN:
            # Within a word.
            return None
        for start in (text[place : place + 2], text[place]):
            for length in self._lengths.get(start, ()):
                words = text[place : place + length]
                if words in self._meanings and not _continues(text, place + len(words)):
                    end = _plural(text, place + len(words))
                    return Hit(place, end, text[place:end], tuple(self._meanings[words]))
        return None


def plain(text: str) -> str:
    """Return a text folded for matching, of the same length wherever width and case allow it."""
    return "".join(_fold(letter) for letter in text)


@lru_cache(_LETTERS)
def _fold(letter: str) -> str:
    if letter.isspace():
        return " "
    known = unicodedata.normalize("NFKC", letter).casefold()
    return known if len(known) == 1 else letter


def _continues(text: str, end: int) -> bool:
    """Tell whether a Latin word goes on behind a phrase; letters of other scripts are no part of a word."""
    if end >= len(text) or text[end - 1] not in _LATIN or text[end] not in _LATIN:
        return False
    return _plural(text, end) == end


def _plural(text: str, end: int) -> int:
    """Return the end of a phrase with the s or es that makes it a plural, where there is one."""
    if text[end - 1] not in _LATIN or text[end - 1].isdigit():
        return end
    for ending in ("s", "es"):
        stop = end + len(ending)
        if text[end:stop] == ending and not (stop < len(text) and text[stop] in _LATIN):
            return stop
    return end
