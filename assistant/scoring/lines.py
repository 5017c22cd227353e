"""Which line of a card an actual names."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from assistant.errors import BadInput
from assistant.models import Scorecard
from knowledge.models import Catalogue, Text
from knowledge.words import folded

# Likeness out of 100 from which a name stands for a line, if no other line is nearly as like.
SURE = 70.0
CLEAR = 6.0


@dataclass(frozen=True)
class Lines:
    """The lines of one card by the names that mean them; bonus and penalty items come after the weighted ones."""

    card: Scorecard
    catalogue: Catalogue

    def place(self, name: str) -> int:
        """Return the place of the line that a name means, from 0; an unclear name is refused with the choices."""
        found = self._exact(name) or self._alike(name) or self._within(name)
        if len(found) == 1:
            return found[0]
        if not found:
            raise BadInput("error.actual_line", name=name, choices=self._labels(range(len(self._names))))
        raise BadInput("error.actual_unclear", name=name, choices=self._labels(found))

    def _exact(self, name: str) -> list[int]:
        asked = folded(name)
        numbers = {f"#{place + 1}": [place] for place in range(len(self._names))}
        if asked in numbers:
            return numbers[asked]
        own = [place for place, names in enumerate(self._names) if asked in {folded(one) for one in names[:3]}]
        return own or [place for place, names in enumerate(self._names) if asked in {folded(one) for one in names}]

    def _alike(self, name: str) -> list[int]:
        """Return the line whose name is most like a name, or all of those that are nearly as like."""
        from rapidfuzz import fuzz

        asked = folded(name)
        scores = [max(fuzz.ratio(asked, folded(one)) for one in names) for names in self._names]
        best = max(scores, default=0.0)
        return [place for place, score in enumerate(scores) if score >= max(SURE, best - CLEAR)]

    def _within(self, name: str) -> list[int]:
        """Return the lines whose name on the card holds a name: 回款 stands for 回款完成率."""
        asked = folded(name)
        return [place for place, names in enumerate(self._names) if any(asked in folded(one) for one in names[:2])]

    @cached_property
    def _names(self) -> list[tuple[str, ...]]:
        lines: list[Any] = [*self.card.items, *self.card.adjustments]
        return [self._of(line.name, line.indicator) for line in lines]

    def _of(self, name: Text, indicator: str | None) -> tuple[str, ...]:
        """Return the names of a line: as the card has it, by id, then as the catalogue knows it."""
        known = self.catalogue.indicators.get(indicator or "")
        also = (known.name.zh, known.name.en, *known.aliases.all()) if known else ()
        return (name.zh, name.en, indicator or name.en, *also)

    def _labels(self, places: Iterable[int]) -> tuple[Text, ...]:
        lines: list[Any] = [*self.card.items, *self.card.adjustments]
        labelled = [(place, lines[place].name) for place in places]
        return tuple(Text(zh=f"#{place + 1} {name.zh}", en=f"#{place + 1} {name.en}") for place, name in labelled)
