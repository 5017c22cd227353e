"""Running rules over a scorecard. A rule returns flaws and never raises; its words stand in the catalogue."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from string import Template
from typing import Any

from assistant.models import Finding, Fix, Scorecard, ScorecardItem
from assistant.wording import say
from knowledge.models import Catalogue, Indicator, Language, Role, RuleProfile, StrategyTheme, Text
from knowledge.terms import Severity
from prompts import phrase


@dataclass(frozen=True, kw_only=True)
class Flaw:
    """What a rule found: where, how bad where that depends on the figure, and the values its message needs."""

    item: ScorecardItem | None = None
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
        return self.card.items

    @cached_property
    def places(self) -> dict[int, int]:
        """Place of each line by its identity: two lines of a card may be equal."""
        return {id(item): place for place, item in enumerate(self.items)}

    @cached_property
    def known(self) -> tuple[tuple[ScorecardItem, Indicator], ...]:
        """Items that come from the catalogue, with their indicator."""
        found = ((item, self.catalogue.indicators.get(item.indicator or "")) for item in self.items)
        return tuple((item, indicator) for item, indicator in found if indicator is not None)

    @cached_property
    def ids(self) -> frozenset[str]:
        return frozenset(item.indicator for item in self.items if item.indicator)

    @cached_property
    def themes(self) -> tuple[StrategyTheme, ...]:
        return tuple(self.catalogue.themes[id] for id in self.card.themes)

    @cached_property
    def groups(self) -> dict[str, str]:
        """Group of each indicator in this role."""
        groups = self.role.groups if self.role else ()
        return {item.indicator: group.id for group in groups for item in group.items}

    def weight(self, *groups: str) -> float:
        """Return the weight that stands in some groups of the role."""
        return total_of(item for item in self.items if (item.group or self.groups.get(item.indicator or "")) in groups)


@dataclass(frozen=True)
class Rule:
    code: str
    find: Callable[[Case], Iterator[Flaw]]

    @property
    def needs_role(self) -> bool:
        return self.code[0] in "RS"


def rule(code: str) -> Callable[[Callable[[Case], Iterator[Flaw]]], Rule]:
    return lambda find: Rule(code, find)


def total_of(items: Iterable[ScorecardItem]) -> float:
    """Add up weights; rounding keeps nine times 11.1 and 0.1 at 100."""
    return round(sum(item.points for item in items), 6)


def run(rules: tuple[Rule, ...], case: Case, language: Language) -> tuple[Finding, ...]:
    """Return the findings of some rules, worst first, those set aside with a reason left out."""
    ignored = {ignored.code for ignored in case.card.ignored}
    active = [one for one in rules if one.code not in ignored and not (one.needs_role and case.role is None)]
    found = [_finding(one.code, flaw, case, language) for one in active for flaw in one.find(case)]
    order = list(Severity)
    return tuple(sorted(found, key=lambda finding: order.index(finding.severity)))


def _finding(code: str, flaw: Flaw, case: Case, language: Language) -> Finding:
    text = case.catalogue.rules[code]
    values = {name: say(value, language) for name, value in flaw.values.items()}
    if flaw.item is not None:
        values["item"] = flaw.item.name.say(language)
    return Finding(
        code=code,
        severity=case.profile.severities.get(code) or flaw.severity or text.severity,
        place=flaw.item.name.say(language) if flaw.item else phrase("place.card", language),
        item=case.places[id(flaw.item)] if flaw.item else None,
        indicator=flaw.item.indicator if flaw.item else None,
        message=fill(text.message, language, values),
        reason=text.reason.say(language),
        fix=fill(text.fix, language, values) if text.fix else None,
        action=flaw.fix,
    )


def fill(text: Text, language: Language, values: dict[str, Any]) -> str:
    return Template(text.say(language)).substitute(values)
