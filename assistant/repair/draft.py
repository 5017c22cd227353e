"""A card under repair: its lines with where each came from, and the rules that each change serves."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from operator import is_
from typing import Any

from assistant.models import Scorecard, ScorecardItem, Veto
from assistant.repair.scope import Scope
from knowledge.models import Text

# A card of which more than one part in so many is replaced is another card.
FAR = 3


@dataclass(frozen=True)
class Line:
    item: ScorecardItem
    origin: int | None = None
    """Its place on the card given; ``None`` for a line that the repair adds."""
    filled: bool = False
    """Whether its weight was missing and is therefore nobody's wish."""

    @property
    def key(self) -> str:
        return str(self.item.indicator) if self.origin is None else str(self.origin)


@dataclass(frozen=True)
class Cause:
    """Why something changed: the line, or the name of what stands outside the 100; what of it; the rule."""

    key: str
    what: str
    code: str


@dataclass(frozen=True)
class Draft:
    outside: Scorecard
    """The card without its lines: what stands outside the 100 may change too."""
    lines: tuple[Line, ...]
    causes: tuple[Cause, ...] = ()

    @cached_property
    def card(self) -> Scorecard:
        items = tuple(line.item for line in self.lines)
        same = len(items) == len(self.outside.items) and all(map(is_, items, self.outside.items))
        return self.outside if same else self.outside.model_copy(update={"items": items})

    def update(self, place: int, codes: Iterable[str], **fields: Any) -> "Draft":
        """Change fields of a line; each field is on record with the rules it serves."""
        line = self.lines[place]
        changed = replace(line, item=line.item.model_copy(update=fields))
        lines = (*self.lines[:place], changed, *self.lines[place + 1 :])
        return replace(self, lines=lines).because((line.key, name, code) for name in fields for code in codes)

    def put(self, place: int, item: ScorecardItem, codes: Iterable[str]) -> "Draft":
        """Set another line in the place of one."""
        line = self.lines[place]
        lines = (*self.lines[:place], replace(line, item=item), *self.lines[place + 1 :])
        return replace(self, lines=lines).because((line.key, "replaced", code) for code in codes)

    def drop(self, places: Collection[int], codes: Iterable[str]) -> "Draft":
        gone = [(self.lines[place].key, "dropped", code) for place in sorted(places) for code in codes]
        lines = tuple(line for place, line in enumerate(self.lines) if place not in places)
        return replace(self, lines=lines).because(gone)

    def add(self, item: ScorecardItem, codes: Iterable[str]) -> "Draft":
        line = Line(item)
        return replace(self, lines=(*self.lines, line)).because((line.key, "added", code) for code in codes)

    def beside(self, key: str, what: str, code: str, **fields: Any) -> "Draft":
        """Change what stands outside the 100."""
        return replace(self, outside=self.outside.model_copy(update=fields)).because([(key, what, code)])

    def because(self, causes: Iterable[tuple[str, str, str]]) -> "Draft":
        return replace(self, causes=(*self.causes, *(Cause(*one) for one in causes)))

    def codes(self, key: str, *whats: str) -> tuple[str, ...]:
        """Return the rules that a change serves, each once."""
        return tuple(dict.fromkeys(one.code for one in self.causes if one.key == key and one.what in whats))


def draft_of(card: Scorecard) -> Draft:
    return Draft(card, tuple(Line(item, place) for place, item in enumerate(card.items)))


def another_card(before: Draft, after: Draft, total: int) -> bool:
    """Tell whether more than a third of the points or of the lines would be others."""
    was, is_now = ({(one.key, one.item.indicator): one.item.points for one in card.lines} for card in (before, after))
    moved = sum(max(weight - is_now.get(key, 0), 0) for key, weight in was.items())
    return moved * FAR > total or len(was.keys() - is_now.keys()) * FAR > len(was)


def veto_name(veto: Veto) -> Text | None:
    return veto.trigger or veto.effect


def rank(item: ScorecardItem, scope: Scope) -> tuple[int, str, str]:
    """Return where a line stands whatever the order of a form: known ones as in the catalogue, then own by name."""
    return scope.places.get(item.indicator or "", len(scope.places)), item.name.zh, item.name.en
