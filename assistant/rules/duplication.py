"""K: one result, one line."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from rapidfuzz import fuzz

from assistant.models import Fix, ScorecardItem
from assistant.rules.engine import Case, Flaw, rule
from knowledge.words import folded

ALIKE = 90


@rule("K001")
def same_indicator(case: Case) -> Iterator[Flaw]:
    seen: set[str] = set()
    for item in case.items:
        key = item.indicator or folded(item.name.zh)
        if key in seen:
            yield Flaw(item=item, fix=Fix(kind="drop", indicator=item.indicator))
        seen.add(key)


@rule("K002")
def same_family(case: Case) -> Iterator[Flaw]:
    families: dict[tuple[str, str], list[ScorecardItem]] = defaultdict(list)
    for item, indicator in case.known:
        families[indicator.family, indicator.level].append(item)
    for items in families.values():
        if len({item.indicator for item in items}) > 1:
            fix = Fix(kind="drop", indicator=items[-1].indicator)
            yield Flaw(item=items[-1], fix=fix, values={"other": items[0].name})


@rule("K003")
def same_base(case: Case) -> Iterator[Flaw]:
    bases: dict[tuple[str, str], list[tuple[ScorecardItem, str]]] = defaultdict(list)
    for item, indicator in case.known:
        if indicator.base:
            bases[indicator.base, indicator.level].append((item, indicator.family))
    for lines in bases.values():
        if len({family for _, family in lines}) > 1:
            last = lines[-1][0]
            fix = Fix(kind="drop", indicator=last.indicator)
            yield Flaw(item=last, fix=fix, values={"other": lines[0][0].name})


@rule("K004")
def month_and_year(case: Case) -> Iterator[Flaw]:
    """Monthly and annual attainment of one result count it twice."""
    plain = [(item, _without_period(case, item.name.zh)) for item in case.items]
    for (first, one), (second, other) in combinations(plain, 2):
        if one == other and folded(first.name.zh) != folded(second.name.zh):
            yield Flaw(item=second, fix=Fix(kind="drop", indicator=second.indicator), values={"other": first.name})


@rule("K005")
def alike(case: Case) -> Iterator[Flaw]:
    own = [item for item in case.items if item.indicator is None]
    for first, second in combinations(own, 2):
        names = folded(first.name.zh), folded(second.name.zh)
        if fuzz.ratio(*names) >= ALIKE and _without_period(case, names[0]) != _without_period(case, names[1]):
            yield Flaw(item=second, fix=Fix(kind="drop"), values={"other": first.name})


@rule("K006")
def bonus_repeats(case: Case) -> Iterator[Flaw]:
    for one in case.card.adjustments:
        item = case.card.item(one.indicator) if one.indicator else None
        if item is not None:
            yield Flaw(item=item, values={"name": one.name})


def _without_period(case: Case, name: str) -> str:
    lists = case.catalogue.word_lists
    name = folded(name)
    for id in ("period_month", "period_quarter", "period_year"):
        for word in sorted(lists[id].words.all(), key=len, reverse=True):
            name = name.replace(folded(word), "")
    return name.strip()


DUPLICATION = (same_indicator, same_family, same_base, month_and_year, alike, bonus_repeats)
