"""The words of forms: what a heading, the start of a row or a name beside a colon stands for."""

import re
from functools import cached_property

from assistant.intake.cells.bilingual import HAN
from knowledge.models import Catalogue
from knowledge.words import folded

_BRACKETED = re.compile(r"[（(【\[][^（()）】\]]*[)）】\]]")
_DRESSING = re.compile(r"[\s:：*★%％,，.。、|_-]+")
_YEAR = re.compile(r"^(?:20\d\d|fy\d\d)(?:年度|年)?|(?:20\d\d|fy\d\d)$")
_PARTS = re.compile(r"[/\n|]")
LONGEST_HEADING = 30


class Headings:
    """Word lists of one prefix, such as ``heading_``, by the canonical form of their words."""

    def __init__(self, catalogue: Catalogue, prefix: str) -> None:
        lists = {id: entry.words.all() for id, entry in catalogue.word_lists.items() if id.startswith(prefix)}
        self._meanings = {canonical(word): id.removeprefix(prefix) for id, words in lists.items() for word in words}

    @cached_property
    def _longest_first(self) -> list[str]:
        return sorted(self._meanings, key=len, reverse=True)

    @cached_property
    def _long_words(self) -> list[str]:
        return [word for word in self._longest_first if _long(word)]

    def exact(self, text: str) -> str | None:
        """Return the meaning of a text that is one of the words, or holds one beside its translation."""
        for form in _forms(text):
            if form in self._meanings:
                return self._meanings[form]
        return None

    def meaning(self, text: str) -> str | None:
        """Return the meaning of a heading: one of the words, or a longer text that ends or begins with one."""
        return self.exact(text) or self._at_the_ends(text)

    def inside(self, text: str) -> str | None:
        """Return the meaning of the longest word that a text holds anywhere."""
        form = canonical(text)
        return next((self._meanings[word] for word in self._long_words if word in form), None)

    def _at_the_ends(self, text: str) -> str | None:
        for form in _forms(text):
            if not form or len(form) > LONGEST_HEADING:
                continue
            ending = next((word for word in self._long_words if form.endswith(word)), None)
            starting = next((word for word in self._long_words if form.startswith(word)), None)
            best = max((word for word in (ending, starting) if word), key=len, default=None)
            if best:
                return self._meanings[best]
        return None


def canonical(text: str) -> str:
    """Return a heading without case, width, blanks, brackets and years."""
    bare = _BRACKETED.sub("", folded(text)) or folded(text)
    return _YEAR.sub("", _DRESSING.sub("", bare)) or _DRESSING.sub("", bare)


def _forms(text: str) -> list[str]:
    """Return the whole heading, then its parts where it stands in two languages or on two lines."""
    parts = [canonical(part) for part in _PARTS.split(text)] if _PARTS.search(text) else []
    return [canonical(text), *parts]


def _long(word: str) -> bool:
    return len(word) >= 2 if HAN.search(word) else len(word) >= 5
