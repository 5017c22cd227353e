"""A form beside the choice made for it: which lines stay, which are new, what takes whose place."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.models import Fix, Scorecard, ScorecardItem
from assistant.recommender.draft import Choice
from assistant.recommender.own import OWN
from knowledge.models import Catalogue, Text
from knowledge.terms import Severity


@dataclass(frozen=True, slots=True)
class Said:
    """What a rule says to one line, in both languages."""

    place: int
    code: str
    severity: Severity
    message: Text
    fix: Fix | None = None


@dataclass(frozen=True)
class Comparison:
    """A form beside the choice made for it."""

    card: Scorecard
    proposal: Scorecard
    choice: Choice
    catalogue: Catalogue
    ids: tuple[str, ...]
    """What each line of the form is in the choice."""
    before: tuple[float | None, ...]
    sound: dict[str, int]
    """Places of the lines that could stand, by what they are."""
    said: dict[int, tuple[Said, ...]]
    barred: dict[int, str]

    @cached_property
    def stays(self) -> frozenset[int]:
        """Lines that the proposal carries on."""
        return frozenset(place for id, place in self.sound.items() if id in self.choice.weights)

    @cached_property
    def newcomers(self) -> tuple[str, ...]:
        standing = {self.ids[place] for place in self.stays}
        new = {id: weight for id, weight in self.choice.weights.items() if id not in standing}
        return tuple(sorted(new, key=lambda one: (-new[one], one)))

    @cached_property
    def replaced(self) -> dict[int, str]:
        """The newcomer in the place of a line: what a rule names, else another KPI for the same result."""
        found: dict[int, str] = {}
        gone = [place for place in range(len(self.ids)) if place not in self.stays]
        for place in sorted(gone, key=lambda place: -(self.before[place] or 0.0)):
            free = [id for id in self.newcomers if id not in found.values()]
            match = next((id for id in self._successors(place) if id in free), None)
            if match is not None:
                found[place] = match
        return found

    def _successors(self, place: int) -> Iterator[str]:
        for one in self.said.get(place, ()):
            if one.fix is not None and one.fix.kind == "replace" and isinstance(one.fix.value, str):
                yield one.fix.value
        indicator = self.catalogue.indicators.get(self.ids[place])
        for id in self.newcomers if indicator else ():
            other = self.choice.pool[id].indicator
            if indicator and (other.family == indicator.family or (other.base and other.base == indicator.base)):
                yield id

    @cached_property
    def ours(self) -> Choice:
        """The choice without lines of the company's own, which the catalogue cannot name."""
        weights = {id: weight for id, weight in self.choice.weights.items() if id in self.catalogue.indicators}
        return replace(self.choice, weights=weights)

    def line(self, id: str) -> ScorecardItem:
        """Return the proposal's line."""
        found = self.proposal.item(id)
        return found or next(item for item in self.proposal.items if f"{OWN}{item.name.zh}" == id)

    @cached_property
    def gaining(self) -> tuple[Text, ...]:
        """The lines that gain most, two at most."""
        gains = {id: float(weight) for id, weight in self.choice.weights.items()}
        for place in self.stays:
            gains[self.ids[place]] -= self.before[place] or 0.0
        best = sorted((id for id in gains if gains[id] > 0), key=lambda one: (-gains[one], one))[:2]
        return tuple(self.choice.pool[id].indicator.name for id in best)


def of_the_form(id: str, choice: Choice) -> bool:
    """Tell whether a chosen line is one of the form's own, which only the form can write out."""
    return id.startswith(OWN) and choice.pool[id].mandate is None
