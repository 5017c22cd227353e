"""The lines of a form outside the 100: bonus and penalty, disqualifiers, and what is only monitored."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.intake.cells.figures import figure
from assistant.intake.cells.listing import listed_in, name_key
from assistant.intake.cells.phrasing import ANY, values_in
from assistant.intake.form import Line
from assistant.intake.items import ItemReader
from assistant.models import Adjustment, Monitor, ScorecardItem, Veto
from assistant.recommender.guards import quoted, together, trigger
from assistant.wording import phrase_text
from knowledge.models import Text
from knowledge.terms import Party
from knowledge.words import folded

_SIGNED = re.compile(r"(?P<sign>[+＋加-]|[−－减扣])\s*(?P<points>\d+(?:\.\d+)?)\s*(?:分|points?|pts)?", re.IGNORECASE)
_MINUS = frozenset("-−－减扣")
_QUOTED = re.compile(r"“([^”]+)”")


@dataclass(frozen=True)
class OutsideReader:
    """Reads what stands beside the items; they tell which lines a disqualifier protects."""

    reader: ItemReader
    items: Sequence[ScorecardItem]

    def adjustment(self, line: Line) -> Adjustment:
        """Return a bonus or a penalty; a penalty's points are negative."""
        return Adjustment(
            name=self.reader.name(line, None),
            indicator=self.reader.indicator(line),
            points=_points(line),
            trigger=self.reader.text(line.said("trigger") or line.said("scoring") or line.said("definition")),
            evidence=self.reader.text(line.said("source")),
        )

    def veto(self, line: Line) -> Veto:
        """Return a disqualifier with what it takes away and who decides, where the form says so."""
        said = self.reader.text(line.said("trigger")) or self.reader.name(line, None)
        decides = self.reader.said(line, "decides") or self.reader.said(line, "rater")
        known = self._triggers.get(folded(said.zh)) or self._triggers.get(folded(said.en))
        effect, protects = self._effect(line.said("effect") or line.said("scoring"))
        return Veto(
            trigger=known[1] if known else said,
            effect=effect,
            decides=self.reader.parties.first(decides) or (Party.LINE_MANAGER if decides else None),
            indicator=known[0] if known else self.reader.indicator(line),
            protects=protects,
        )

    def monitor(self, line: Line) -> Monitor:
        id = self.reader.indicator(line)
        name = self.reader.name(line, self.reader.catalogue.indicators[id] if id else None)
        reason = self._reason(line.said("reason") or line.said("definition"))
        return Monitor(indicator=id, name=name, reason=reason or phrase_text("monitor.process"))

    def _effect(self, cell: str) -> tuple[Text | None, tuple[str, ...]]:
        """Return an effect in both languages where it is one of ours, and the lines whose points it takes."""
        names = self._spoken_of(cell, "gate.effect")
        if names is not None:
            return phrase_text("gate.effect", items=together(map(quoted, names))), self._ids(names)
        named = [self._names.get(name_key(name)) for name in _QUOTED.findall(cell)]
        return self.reader.text(cell), self._ids([name for name in named if name])

    def _ids(self, names: Sequence[Text]) -> tuple[str, ...]:
        """Return the indicators of the card's lines with these names."""
        return tuple(item.indicator for name in names for item in self.items if item.name == name and item.indicator)

    def _reason(self, cell: str) -> Text | None:
        """Return the reason for watching; one of ours stands in both languages."""
        names = self._spoken_of(cell, "monitor.guard")
        if names is None:
            return self.reader.text(cell)
        return phrase_text("monitor.guard", items=together(names))

    def _spoken_of(self, cell: str, key: str) -> list[Text] | None:
        """Return the names that a phrase of ours lists, where the cell says nothing else in any of its languages."""
        said = [values_in(line, key, items=ANY) for line in (cell.split("\n") if self.reader.both else [cell])]
        return listed_in(said[0]["items"], self._names) if said[0] and all(said) else None

    @cached_property
    def _names(self) -> dict[str, Text]:
        """Names that a disqualifier or a monitor can speak of; the card's own go before the catalogue's."""
        known = [one.name for one in self.reader.catalogue.indicators.values()]
        names = [*known, *(item.name for item in self.items)]
        return {name_key(said): name for name in names for said in (name.zh, name.en)}

    @cached_property
    def _triggers(self) -> dict[str, tuple[str, Text]]:
        known = [(one.id, trigger(one)) for one in self.reader.catalogue.indicators.values()]
        return {folded(said): (id, text) for id, text in known for said in (text.zh, text.en)}


def _points(line: Line) -> float:
    for text in (line.said("points"), line.weight.text if line.weight else "", line.said("scoring"), line.name):
        if match := _SIGNED.search(text):
            return float(match["points"]) * (-1 if match["sign"] in _MINUS else 1)
        if (value := figure(text).value) is not None:
            return value
    return 0.0
