"""Known phrases found in running text: the longest first, and never one inside another."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from knowledge.models import Catalogue
from knowledge.words import folded

_WORD = re.compile(r"[a-z0-9_]")


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
        self._lengths: dict[str, set[int]] = defaultdict(set)
        for phrase, meaning in entries:
            known = folded(phrase)
            if meaning not in self._meanings[known]:
                self._meanings[known].append(meaning)
            self._lengths[known[0]].add(len(known))
        self._sorted = {first: sorted(lengths, reverse=True) for first, lengths in self._lengths.items()}

    @classmethod
    def of_lists(cls, catalogue: Catalogue, ids: Iterable[str]) -> "Lexicon":
        """Make a lexicon of word lists of the catalogue; each word means the id of its list."""
        lists = catalogue.word_lists
        return cls((word, id) for id in ids for word in lists[id].words.all())

    @property
    def phrases(self) -> tuple[str, ...]:
        return tuple(self._meanings)

    def meanings(self, phrase: str) -> tuple[str, ...]:
        """Return what a whole phrase means; nothing for an unknown one."""
        return tuple(self._meanings.get(folded(phrase), ()))

    def find(self, text: str) -> list[Hit]:
        """Return the phrases in a text, left to right; ``text`` is expected plain, as ``plain`` makes it."""
        return list(self._scan(text))

    def _scan(self, text: str) -> Iterator[Hit]:
        place = 0
        while place < len(text):
            hit = self._at(text, place)
            if hit is not None:
                yield hit
            place = hit.end if hit else place + 1

    def _at(self, text: str, place: int) -> Hit | None:
        for length in self._sorted.get(text[place], ()):
            words = text[place : place + length]
            if len(words) == length and words in self._meanings and _whole(text, place, place + length):
                end = _plural(text, place + length)
                return Hit(place, end, text[place:end], tuple(self._meanings[words]))
        return None


def plain(text: str) -> str:
    """Return a text folded for matching, of the same length wherever width and case allow it."""
    return "".join(_fold(letter) for letter in text)


def _fold(letter: str) -> str:
    if letter.isspace():
        return " "
    known = unicodedata.normalize("NFKC", letter).casefold()
    return known if len(known) == 1 else letter


def _whole(text: str, start: int, end: int) -> bool:
    """Tell whether a Latin phrase stands as words of its own; letters of other scripts are no part of a word."""
    left = start > 0 and _WORD.match(text[start]) and _WORD.match(text[start - 1])
    return not left and not _continues(text, end)


def _continues(text: str, end: int) -> bool:
    if end >= len(text) or not _WORD.match(text[end - 1]) or not _WORD.match(text[end]):
        return False
    return _plural(text, end) == end


def _plural(text: str, end: int) -> int:
    """Return the end of a phrase with the s or es that makes it a plural, where there is one."""
    if not _WORD.match(text[end - 1]) or text[end - 1].isdigit():
        return end
    for ending in ("s", "es"):
        stop = end + len(ending)
        if text[end:stop] == ending and not (stop < len(text) and _WORD.match(text[stop])):
            return stop
    return end
