"""Running rules over a scorecard. A rule returns flaws and never raises; its words stand in the catalogue.

What the rules find does not depend on the order of the rows: they see the lines heaviest first, then in the catalogue's
order, then by name.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from string import Template
from typing import Any

from assistant.models import Brief, Finding, Fix, Scorecard, ScorecardItem
from assistant.recommender.candidates import reachable
from assistant.wording import say
from knowledge.models import Catalogue, Indicator, Language, Role, RuleProfile, StrategyTheme, Text
from knowledge.terms import Severity
from knowledge.words import folded
from prompts import phrase

# Families whose rules compare a card with its role.
NEED_ROLE = ("R", "S")


@dataclass(frozen=True, kw_only=True)
class Flaw:
    """What a rule found: where, how bad where that depends on the figure, and the values its message needs."""

    item: ScorecardItem | None = None
    place: Text | None = None
    """The name of what stands outside the 100, where the flaw is there."""
    severity: Severity | None = None
    fix: Fix | None = None
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """A card with everything the rules may ask about it."""

    card: Scorecard
    catalogue: Catalogue
    profile: RuleProfile
    role: Role | None

    @cached_property
    def items(self) -> tuple[ScorecardItem, ...]:
        """The lines, heaviest first."""
        return tuple(sorted(self.card.items, key=self.rank))

    def rank(self, item: ScorecardItem) -> tuple[Any, ...]:
        """Return what puts a line before another, whatever row it stands in."""
        weight = item.points if item.points == item.points else 0  # NaN is in no order
        place = self.order.get(item.indicator or "", len(self.order))
        return (-weight, place, item.name.zh, item.name.en, item.indicator or "")

    @cached_property
    def order(self) -> dict[str, int]:
        return {id: place for place, id in enumerate(self.catalogue.indicators)}

    @cached_property
    def places(self) -> dict[int, int]:
        """Place of each line by its identity: two lines of a card may be equal."""
        return {id(item): place for place, item in enumerate(self.card.items)}

    @cached_property
    def known(self) -> tuple[tuple[ScorecardItem, Indicator], ...]:
        """Items that come from the catalogue, with their indicator."""
        found = ((item, self.catalogue.indicators.get(item.indicator or "")) for item in self.items)
        return tuple((item, indicator) for item, indicator in found if indicator is not None)

    @cached_property
    def open_names(self) -> dict[str, tuple[Indicator, ...]]:
        """What each name that can mean several things can mean, the usual meaning first."""
        known = self.catalogue.indicators
        return {
            folded(phrase): tuple(
                known[id] for id in dict.fromkeys((entry.default or entry.choices[0], *entry.choices))
            )
            for entry in self.catalogue.ambiguous_indicators
            for phrase in entry.phrases.all()
        }

    def meant(self, item: ScorecardItem) -> tuple[Indicator, ...]:
        """Return the indicator of a line; those that its name can mean where it is open; none for a company's own."""
        known = self.catalogue.indicators.get(item.indicator or "")
        return (known,) if known else self.open_names.get(folded(item.name.zh), ())

    @cached_property
    def ids(self) -> frozenset[str]:
        """Everything that the lines measure or may measure."""
        return frozenset(indicator.id for item in self.items for indicator in self.meant(item))

    @cached_property
    def unweighed(self) -> bool:
        """Whether some line has no weight yet, so that sums of weights say little."""
        return any(item.weight is None for item in self.items)

    @cached_property
    def reach(self) -> frozenset[str]:
        """The indicators that the role can carry in this business."""
        if self.role is None:
            return frozenset()
        brief = Brief(role=self.role.id, profile=self.profile.id, context=self.card.context)
        return reachable(brief, self.catalogue)

    @cached_property
    def themes(self) -> tuple[StrategyTheme, ...]:
        return tuple(self.catalogue.themes[id] for id in self.card.themes)

    @cached_property
    def groups(self) -> dict[str, str]:
        """Group of each indicator in this role."""
        groups = self.role.groups if self.role else ()
        return {item.indicator: group.id for group in groups for item in group.items}

    def group(self, item: ScorecardItem) -> str | None:
        """Return the part of the role's card that a line fills."""
        ids = (indicator.id for indicator in self.meant(item))
        return item.group or next((self.groups[id] for id in ids if id in self.groups), None)

    def weight(self, *groups: str) -> float:
        """Return the weight that stands in some groups of the role."""
        return total_of(item for item in self.items if self.group(item) in groups)


@dataclass(frozen=True)
class Rule:
    code: str
    find: Callable[[Case], Iterator[Flaw]]


def rule(code: str) -> Callable[[Callable[[Case], Iterator[Flaw]]], Rule]:
    return lambda find: Rule(code, find)


def total_of(items: Iterable[ScorecardItem]) -> float:
    """Add up weights; rounding keeps nine times 11.1 and 0.1 at 100."""
    return round(sum(item.points for item in items), 6)


def run(rules: tuple[Rule, ...], case: Case, language: Language) -> tuple[Finding, ...]:
    """Return the findings of some rules, worst first, those set aside with a reason left out."""
    ignored = {*(one.code for one in case.card.ignored), *case.profile.ignored}
    skipped = NEED_ROLE if case.role is None else ()
    active = [one for one in rules if one.code not in ignored and one.code[0] not in skipped]
    found = [(flaw, _finding(one.code, flaw, case, language)) for one in active for flaw in one.find(case)]
    order, codes = list(Severity), {one.code: place for place, one in enumerate(rules)}

    def place(pair: tuple[Flaw, Finding]) -> tuple[Any, ...]:
        flaw, finding = pair
        line = case.rank(flaw.item) if flaw.item else ()
        return order.index(finding.severity), codes[finding.code], line, finding.message

    return tuple(finding for _, finding in sorted(found, key=place))


def skipped_families(card: Scorecard) -> tuple[str, ...]:
    """Return the families of rules that say nothing about a card: R and S where its role is not known."""
    return () if card.role else NEED_ROLE


def _finding(code: str, flaw: Flaw, case: Case, language: Language) -> Finding:
    text = case.catalogue.rules[code]
    values = {name: say(value, language) for name, value in flaw.values.items()}
    if flaw.item or flaw.place:
        values["item"] = _place(flaw, language)
    return Finding(
        code=code,
        severity=case.profile.severities.get(code) or flaw.severity or text.severity,
        place=_place(flaw, language),
        item=case.places[id(flaw.item)] if flaw.item else None,
        indicator=flaw.item.indicator if flaw.item else None,
        message=fill(text.message, language, values),
        reason=text.reason.say(language),
        fix=fill(text.fix, language, values) if text.fix else None,
        action=flaw.fix,
    )


def _place(flaw: Flaw, language: Language) -> str:
    name = flaw.item.name if flaw.item else flaw.place
    return name.say(language) if name else phrase("place.card", language)


def fill(text: Text, language: Language, values: dict[str, Any]) -> str:
    return Template(text.say(language)).substitute(values)
