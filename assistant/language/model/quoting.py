"""Where in a message quoted words stand, and what of the message the offline reading leaves open."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from assistant.language.interpretation import Interpretation
from assistant.language.offline.lexicon import plain
from assistant.language.offline.numbers import Number, numbers
from assistant.models import Evidence
from knowledge.models import Frozen

Span = tuple[int, int]
_EDGES = " \t\n\"'“”‘’「」『』《》<>.,;:!?。，；：！？、…"
_CLAUSE = re.compile(r"[，,。；;！!？?\n:：]|(?<!\d)\.(?!\d)")
SHORTEST = 2


class Quote(Frozen):
    """Words of the message as they were written, and where."""

    start: int
    end: int
    words: str

    @property
    def span(self) -> Span:
        return self.start, self.end

    @property
    def numbers(self) -> list[Number]:
        return numbers(plain(self.words))


@dataclass(frozen=True)
class Said:
    """A message beside its offline reading."""

    message: str
    first: Interpretation

    @cached_property
    def text(self) -> str:
        return plain(self.message)

    def quote(self, words: str) -> Quote | None:
        """Return where words stand in the message, ``None`` for words that do not; none at all are none."""
        bare = plain(words).strip(_EDGES)
        if len(bare) < SHORTEST:
            return None
        found = re.search(r"\s+".join(map(re.escape, bare.split())), self.text)
        return Quote(start=found.start(), end=found.end(), words=self.message[slice(*found.span())]) if found else None

    @property
    def whole(self) -> Quote:
        return Quote(start=0, end=len(self.message), words=self.message.strip())

    @cached_property
    def evidence(self) -> tuple[Evidence, ...]:
        return tuple(one for action in self.first.actions for one in getattr(action, "evidence", ()))

    @cached_property
    def _known(self) -> list[Span]:
        """The places of the words that the offline reading rests on."""
        return list(_places(self.text, (plain(one.words) for one in self.evidence)))

    @cached_property
    def _left(self) -> list[Span]:
        """The places that nothing accounts for; all of a message of which nothing was read."""
        if self.first.lost or not self.first.actions:
            return [(0, len(self.text))]
        return list(_places(self.text, self.first.left))

    def open(self, quote: Quote) -> bool:
        """Tell whether a quote holds something that the offline reading does not account for."""
        return any(_crosses(quote.span, span) for span in self._left)

    def apart(self, quote: Quote) -> bool:
        """Tell whether a quote stands in clauses in which the offline reading accounts for nothing."""
        around = [span for span in self._clauses if _crosses(span, quote.span)]
        return self.open(quote) and not any(_crosses(span, known) for span in around for known in self._known)

    @cached_property
    def spare(self) -> bool:
        """Whether any clause is left in which the offline reading accounts for nothing."""
        return any(
            self.apart(Quote(start=start, end=end, words=self.message[start:end])) for start, end in self._clauses
        )

    @cached_property
    def _clauses(self) -> list[Span]:
        ends = [match.start() for match in _CLAUSE.finditer(self.text)] + [len(self.text)]
        starts = [0, *(end + 1 for end in ends)]
        return [(start, end) for start, end in zip(starts, ends, strict=False) if start < end]


def _places(text: str, words: Iterable[str]) -> Iterable[Span]:
    """Yield where each of some words stands, after the one before it where it stands there too."""
    past = 0
    for word in words:
        start = text.find(word, past) if word else -1
        start = start if start >= 0 else text.find(word)
        if word and start >= 0:
            past = start + len(word)
            yield start, past


def _crosses(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
