"""What a person or the company insists on, as rows of the program, and which of it collides."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf
from typing import Any

from assistant.models import Brief, Count, Exclusion, Pin
from knowledge.models import Banned, Catalogue, Language, Mandatory, Text
from prompts import phrase


@dataclass(frozen=True, slots=True)
class Wish:
    """``low <= sum over ids <= high`` of weights, or of items where ``by_weight`` is false."""

    kind: str
    source: Pin | Exclusion | Count | Mandatory | Banned
    ids: frozenset[str]
    low: float
    high: float
    by_weight: bool
    name: Any = None

    @property
    def exact(self) -> int | None:
        return int(self.low) if self.by_weight and self.low == self.high else None

    @property
    def by_company(self) -> bool:
        return isinstance(self.source, Mandatory | Banned)

    def say(self, language: Language) -> str:
        name = self.name.say(language) if self.name is not None else ""
        low, high = (str(int(end)) if end not in (inf, -inf) else "" for end in (self.low, self.high))
        return phrase(f"wish.{self.kind}", language, name=name, low=low, high=high)


def wishes(brief: Brief, catalogue: Catalogue, everything: frozenset[str]) -> tuple[Wish, ...]:
    """Return the company's rules, then the brief's wishes as made: pins, exclusions of the same, the count."""
    required = catalogue.profiles[brief.profile].required(brief.role)
    found = [*map(_mandate, required, _names(required, catalogue)), *_bans(brief, catalogue)]
    found += [_pin(pin, catalogue) for pin in brief.pins]
    pinned = {*(pin.indicator for pin in brief.pins), *(one.indicator for one in required)}
    found += [_exclusion(out, catalogue) for out in brief.exclusions if out.indicator in pinned]
    if brief.count is not None:
        found.append(_count(brief.count, everything))
    return tuple(found)


def _mandate(one: Mandatory, name: Text) -> Wish:
    kind = "company_least" if one.weight is None else "company_exact"
    return Wish(kind, one, frozenset({one.key}), one.least, one.weight or 100, True, name)


def _names(required: tuple[Mandatory, ...], catalogue: Catalogue) -> list[Text]:
    return [one.own.name if one.own else catalogue.indicators[one.key].name for one in required]


def _bans(brief: Brief, catalogue: Catalogue) -> Iterator[Wish]:
    """A person may pin what the company has banned: the two then collide in the open."""
    for pin in brief.pins:
        name = catalogue.indicators[pin.indicator].name
        if ban := catalogue.profiles[brief.profile].ban_on(pin.indicator, name):
            yield Wish("company_ban", ban, frozenset({pin.indicator}), 0, 0, False, name)


def _pin(pin: Pin, catalogue: Catalogue) -> Wish:
    ids, name = frozenset({pin.indicator}), catalogue.indicators[pin.indicator].name
    if pin.at_least is None and pin.at_most is None:
        return Wish("include", pin, ids, 1, 1, False, name)
    low, high = float(pin.at_least or 1), float(pin.at_most or 100)
    kind = "exact" if low == high else "at_most" if pin.at_least is None else "at_least"
    kind = "between" if kind == "at_least" and pin.at_most is not None else kind
    return Wish(kind, pin, ids, low, high, True, name)


def _exclusion(out: Exclusion, catalogue: Catalogue) -> Wish:
    return Wish("exclude", out, frozenset({out.indicator}), 0, 0, False, catalogue.indicators[out.indicator].name)


def _count(count: Count, everything: frozenset[str]) -> Wish:
    kind = "count" if count.at_least == count.at_most else "count_between"
    kind = "count_most" if count.at_least == 1 and kind != "count" else kind
    kind = "count_least" if count.at_most == 100 and kind != "count" else kind
    return Wish(kind, count, everything, count.at_least, count.at_most, False)
