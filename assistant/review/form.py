"""A company's form as the recommender sees it: which of its lines can stand, as what, and with what weight."""

from dataclasses import dataclass
from functools import cached_property
from math import isfinite

from assistant.gaming.tricks import case_of
from assistant.models import Brief, Scorecard, ScorecardItem
from assistant.recommender.candidates import reachable
from assistant.recommender.own import OWN
from assistant.recommender.standing import Standing
from assistant.review.comparison import Said
from assistant.rules import RULES
from assistant.rules.engine import Case, Flaw, fill
from assistant.rules.lines import nature, subjective
from assistant.wording import say
from knowledge.models import LANGUAGES, Catalogue, Text

# Rules that bar a line from the proposal, in the order in which they are given as the reason.
BARRING = (
    "C010",
    "C011",
    "C012",
    "C013",
    "C015",
    "R008",
    "R001",
    "R010",
    "K001",
    "K002",
    "K003",
    "K004",
    "K005",
    "D003",
    "D008",
)
# Weights that are all at most 1 and add up to about 1 are fractions.
FRACTIONS = (0.99, 1.01)


@dataclass(frozen=True)
class Form:
    """A form as the recommender sees it: which lines can stand, and with what weight."""

    card: Scorecard
    brief: Brief
    catalogue: Catalogue

    @cached_property
    def case(self) -> Case:
        brief = self.brief
        asked = {"role": brief.role, "themes": brief.themes, "profile": brief.profile, "context": brief.context}
        return case_of(self.card.model_copy(update=asked), self.catalogue)

    @cached_property
    def reach(self) -> frozenset[str]:
        return reachable(self.brief, self.catalogue)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """What each line is: an indicator, of a name with several meanings the first that the position can carry."""
        return tuple(self._id(item) for item in self.card.items)

    def _id(self, item: ScorecardItem) -> str:
        if item.indicator in self.catalogue.indicators:
            return item.indicator or ""
        meant = (one.id for one in self.case.meant(item) if one.id in self.reach and self._possible(one.id))
        return next(meant, f"{OWN}{item.name.zh}")

    @cached_property
    def stated(self) -> tuple[float | None, ...]:
        """Weights as the form states them, fractions as per cents; ``None`` where it states none that counts."""
        given = [item.weight for item in self.card.items]
        usable = [float(weight) if weight is not None and isfinite(weight) else None for weight in given]
        return tuple(None if weight is None else round(weight * self._scale(usable), 2) for weight in usable)

    def _scale(self, given: list[float | None]) -> int:
        weights = [weight for weight in given if weight is not None]
        low, high = FRACTIONS
        return 100 if low <= sum(weights) <= high and all(0 <= weight <= 1 for weight in weights) else 1

    @cached_property
    def shares(self) -> tuple[float, ...]:
        """Weights that add up to 100: lines without one share what the others leave."""
        if not self.stated:
            return ()
        given = [max(weight, 0.0) if weight is not None else None for weight in self.stated]
        stated = sum(weight for weight in given if weight is not None)
        open_lines = sum(weight is None for weight in given)
        left = max(100.0 - stated, 100.0 / len(given)) / open_lines if open_lines else 0.0
        full = [left if weight is None else weight for weight in given]
        total = sum(full)
        return tuple(100.0 * weight / total if total else 100.0 / len(full) for weight in full)

    @cached_property
    def said(self) -> dict[int, tuple[Said, ...]]:
        """What the rules say to each line under this brief, in both languages."""
        found = self._findings()
        places = {one.place for one in found}
        return {place: tuple(one for one in found if one.place == place) for place in places}

    def _findings(self) -> list[Said]:
        active = [rule for rule in RULES if rule.code not in {one.code for one in self.card.ignored}]
        return [
            _said(rule.code, flaw, flaw.item, self.case)
            for rule in active
            for flaw in rule.find(self.case)
            if flaw.item is not None
        ]

    @cached_property
    def barred(self) -> dict[int, str]:
        """The rule that bars each line that cannot stand."""
        found = {}
        for place, said in self.said.items():
            codes = {one.code for one in said}
            if code := next((code for code in BARRING if code in codes), None):
                found[place] = code
        return found

    @cached_property
    def sound(self) -> dict[str, int]:
        """Places of the lines that may stand on the proposal; of two that are one KPI, the heavier."""
        free = [place for place, id in enumerate(self.ids) if place not in self.barred and self._possible(id)]
        by_weight = sorted(free, key=lambda place: (self.shares[place], -place))
        return {self.ids[place]: place for place in by_weight}

    def _possible(self, id: str) -> bool:
        """Tell whether a line can be weighed here: this business has it, nobody took it off, it is no bare count."""
        indicator = self.catalogue.indicators.get(id)
        if indicator is None:
            return True
        return not indicator.vanity and id not in self.off and (id in self.reach or id not in self.case.groups)

    @cached_property
    def off(self) -> frozenset[str]:
        """Indicators that the brief keeps off the card, the whole family where there is no data."""
        known, out = self.catalogue.indicators, self.brief.exclusions
        missing = {known[one.indicator].family for one in out if one.cause == "no_data"}
        off = {one.indicator for one in out} | {id for id, one in known.items() if one.family in missing}
        return frozenset(off - {pin.indicator for pin in self.brief.pins})

    @cached_property
    def standing(self) -> tuple[Standing, ...]:
        return tuple(Standing(id, self._read(place), self.shares[place]) for id, place in self.sound.items())

    def _read(self, place: int) -> ScorecardItem:
        """Return a line with what its words tell of it, so that the limits can count it."""
        item = self.card.items[place]
        told = {"subjective": subjective(self.case, item), "nature": nature(self.case, item)}
        return item.model_copy(update=told)


def _said(code: str, flaw: Flaw, item: ScorecardItem, case: Case) -> Said:
    """Word a flaw in both languages at once: findings speak one, and their order is that of their words."""
    rule, values = case.catalogue.rules[code], flaw.values | {"item": item.name}
    zh, en = ({name: say(value, language) for name, value in values.items()} for language in LANGUAGES)
    return Said(
        place=case.places[id(item)],
        code=code,
        severity=case.profile.severities.get(code) or flaw.severity or rule.severity,
        message=Text(zh=fill(rule.message, "zh", zh), en=fill(rule.message, "en", en)),
        fix=flaw.fix,
    )
