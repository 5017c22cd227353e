"""A sentence of a model on its way to the reader, with all that it is held against."""

import re
from dataclasses import dataclass
from functools import cached_property

from assistant.language.guards.facts import Facts
from assistant.language.guards.naming import Mention, clear
from assistant.language.guards.numerals import Figure, figures

HAN = re.compile(r"[\u4e00-\u9fff]")
_WORD = re.compile(r"[a-z]{2,}")


@dataclass(frozen=True)
class Said:
    text: str
    facts: Facts
    system: str = ""
    """The prompt, of which nothing may be repeated."""
    message: str = ""
    """What the person wrote."""
    fence: str = ""
    """The marker around the data in the prompt."""

    @cached_property
    def plain(self) -> str:
        return clear(self.text)

    @cached_property
    def mentions(self) -> list[Mention]:
        return self.facts.naming.mentions(self.plain)

    @cached_property
    def figures(self) -> list[Figure]:
        return figures(self.facts.naming.uncounted(self.plain))

    @cached_property
    def bare(self) -> str:
        """The sentence without the names of KPIs, which may be in another language or sound like something else."""
        letters = list(self.plain)
        for one in self.mentions:
            letters[one.start : one.end] = " " * (one.end - one.start)
        return "".join(letters)

    @cached_property
    def words(self) -> frozenset[str]:
        return content(self.plain)


def content(text: str) -> frozenset[str]:
    """Return what a text is about, roughly: stems of longer Latin words, and Chinese characters in pairs."""
    latin = {word[:6] for word in _WORD.findall(text) if len(word) >= 4}
    runs = re.findall(r"[\u4e00-\u9fff]{2,}", text)
    return frozenset(latin | {run[place : place + 2] for run in runs for place in range(len(run) - 1)})
