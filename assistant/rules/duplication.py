"""K: one result, one line. Of two lines that say the same, the lighter is the one to drop."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from rapidfuzz import fuzz

from assistant.models import Fix, ScorecardItem
from assistant.rules.engine import Case, Flaw, rule
from knowledge.models import Indicator
from knowledge.words import folded

ALIKE = 90
PERIODS = ("period_month", "period_quarter", "period_year")


@rule("K001")
def same_indicator(case: Case) -> Iterator[Flaw]:
    seen: set[tuple[str, str]] = set()
    for item in case.items:
        key = item.indicator or "", folded(item.name.zh)
        if key in seen:
            yield Flaw(item=item, fix=_drop(item))
        seen.add(key)


@rule("K002")
def same_family(case: Case) -> Iterator[Flaw]:
    """Two names of a company's own that mean one indicator are one result under two names as well."""
    families: dict[tuple[str, str], list[ScorecardItem]] = defaultdict(list)
    for item, indicator in case.known:
        families[indicator.family, indicator.level].append(item)
    for items in families.values():
        for item in _differing(case, items):
            yield _repeats(item, items[0])


@rule("K003")
def same_base(case: Case) -> Iterator[Flaw]:
    bases: dict[tuple[str, str], list[tuple[ScorecardItem, Indicator]]] = defaultdict(list)
    for item, indicator in case.known:
        if indicator.base:
            bases[indicator.base, indicator.level].append((item, indicator))
    for (first, heaviest), *others in bases.values():
        for item, indicator in others:
            if indicator.family != heaviest.family:
                yield _repeats(item, first)


@rule("K004")
def month_and_year(case: Case) -> Iterator[Flaw]:
    """Monthly and annual attainment of one result count it twice."""
    results: dict[str, list[ScorecardItem]] = defaultdict(list)
    for item in case.items:
        results[_without_period(case, item.name.zh)].append(item)
    for first, *others in results.values():
        seen = {folded(first.name.zh)}
        for item in others:
            if folded(item.name.zh) not in seen:
                yield _repeats(item, first)
            seen.add(folded(item.name.zh))


@rule("K005")
def alike(case: Case) -> Iterator[Flaw]:
    own = [item for item in case.items if item.indicator is None]
    for place, item in enumerate(own):
        twin = next((other for other in own[:place] if _alike(case, item, other)), None)
        if twin is not None:
            yield _repeats(item, twin)


@rule("K006")
def bonus_repeats(case: Case) -> Iterator[Flaw]:
    for one in case.card.adjustments:
        item = next((item for item in case.items if one.indicator and item.indicator == one.indicator), None)
        if item is not None:
            yield Flaw(item=item, values={"name": one.name})


def _repeats(item: ScorecardItem, other: ScorecardItem) -> Flaw:
    return Flaw(item=item, fix=_drop(item), values={"other": other.name})


def _drop(item: ScorecardItem) -> Fix:
    return Fix(kind="drop", indicator=item.indicator)


def _differing(case: Case, items: list[ScorecardItem]) -> Iterable[ScorecardItem]:
    """Return the lines after the first that differ from those before them by more than a period."""
    seen: set[str] = set()
    for item in items:
        plain = _without_period(case, item.name.zh)
        if seen and plain not in seen:
            yield item
        seen.add(plain)


def _alike(case: Case, item: ScorecardItem, other: ScorecardItem) -> bool:
    names = folded(item.name.zh), folded(other.name.zh)
    return fuzz.ratio(*names) >= ALIKE and _without_period(case, names[0]) != _without_period(case, names[1])


def _without_period(case: Case, name: str) -> str:
    words = tuple(case.catalogue.word_lists[id].words.all() for id in PERIODS)
    return _bare(folded(name), words)


@lru_cache(maxsize=4096)
def _bare(name: str, lists: tuple[tuple[str, ...], ...]) -> str:
    for words in lists:
        for word in sorted(words, key=len, reverse=True):
            name = name.replace(folded(word), "")
    return name.strip()


DUPLICATION = (same_indicator, same_family, same_base, month_and_year, alike, bonus_repeats)
