"""The rules that bind a repair, as limits of its program."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import inf

from assistant.models import Finding, ScorecardItem
from assistant.recommender.candidates import CASH_GROUP, Candidate
from assistant.recommender.limits import FLOOR_UNIT, ITEM_UNIT, Limit, limits
from assistant.repair.scope import Scope
from assistant.rules.role_fit import on_credit
from knowledge.models import Mandatory
from knowledge.terms import Dimension, Kind, Nature
from knowledge.words import folded

# Which rule stands behind each limit of the recommender's; the others are no findings of their own.
RULES_OF_ROLE = {
    "duty": "R002",
    "result_band": "R003",
    "least": "R004",
    "most": "R004",
    "sales_floor": "R005",
    "commission": "R011",
    "theme": "S003",
}
# Which rule stands behind each limit of ours.
RULES = RULES_OF_ROLE | {
    "count": "C001",
    "process": "C002",
    "result": "C003",
    "subjective": "C004",
    "customer_side": "C005",
    "people": "C006",
    "mandatory": "C014",
    "band": "C016",
    "collection_floor": "R006",
    "key_tasks": "W009",
}
# Findings that weights or a choice of lines can put right.
OF_THE_CARD = frozenset({"W001", *RULES.values()})
# Those among them for which a line may have to come in.
FOR_LACK = OF_THE_CARD - {"W001", "W009", "C004", "R004", "R011"}
# An error outweighs any number of warnings.
ERROR_UNIT = 20 * ITEM_UNIT


def wanted(
    standing: Sequence[Candidate], coming: Sequence[Candidate], codes: frozenset[str], scope: Scope
) -> list[Limit]:
    """Return the limits that a repair has to keep, those of the total and of single weights aside.

    ``codes`` are those of what the rules find on the card.
    """
    pool = [*standing, *coming]
    found = [*_counts(pool, scope), *_shape(pool, scope), *_one_of_a_kind(coming)]
    found += [*_composition(pool, standing, codes, scope), *_dimensions(pool, standing, scope)]
    if scope.role is not None:
        found += [*_role(pool, standing, scope), *_cash(pool, scope)]
    ids = {one.id for one in pool}
    return [limit for limit in found if not ids.isdisjoint(limit.ids)]


def _counts(pool: list[Candidate], scope: Scope) -> Iterator[Limit]:
    ids = frozenset(one.id for one in pool)
    sound = [count for count in range(1, scope.profile.total + 1) if scope.sound_count(count)]
    yield Limit("count", ids, sound[0], sound[-1], counts_items=True, unit=ERROR_UNIT)


def _shape(pool: list[Candidate], scope: Scope) -> Iterator[Limit]:
    profile = scope.profile
    if scope.binds("C004"):
        subjective = frozenset(one.id for one in pool if one.indicator.subjective)
        yield Limit("subjective", subjective, high=profile.subjective_most)
    if scope.binds("W009") and profile.key_task_most is not None:
        tasks = frozenset(one.id for one in pool if one.indicator.kind is Kind.KEY_TASK)
        yield Limit("key_tasks", tasks, high=profile.key_task_most)


def _one_of_a_kind(coming: Sequence[Candidate]) -> Iterator[Limit]:
    """Let no two lines come in that count the same."""
    kinds: dict[tuple[str, str], set[str]] = {}
    for one in coming:
        for kind in kinds_of(one):
            kinds.setdefault(kind, set()).add(one.id)
    for kind, ids in sorted(kinds.items()):
        if len(ids) > 1:
            yield Limit(f"one_of:{kind[0]}", frozenset(ids), high=1, counts_items=True, unit=ITEM_UNIT)


def kinds_of(one: Candidate) -> set[tuple[str, str]]:
    """Return what a line counts, at its data level: two lines that share any of it count one thing twice."""
    indicator = one.indicator
    return {(kind, indicator.level) for kind in (indicator.family, indicator.base) if kind}


def _composition(
    pool: list[Candidate], standing: Sequence[Candidate], codes: frozenset[str], scope: Scope
) -> Iterator[Limit]:
    """Ask for what the card's composition lacks; hold on to it where the card has it."""
    wanted = {
        "process": ("C002", {one.id for one in pool if one.nature is Nature.PROCESS}),
        "result": ("C003", {one.id for one in pool if one.nature is Nature.RESULT}),
        "customer_side": ("C005", {one.id for one in pool if one.customer_side}),
        "people": ("C006", {one.id for one in pool if one.indicator.dimension is Dimension.PEOPLE}),
    }
    there = {one.id for one in standing}
    for name, (code, ids) in wanted.items():
        # The rules read more from a line than its marks: where they are content, nothing has to come in.
        if scope.binds(code) and (code in codes or not there.isdisjoint(ids)):
            yield Limit(name, frozenset(ids), low=1, counts_items=True, unit=ITEM_UNIT / 2)


def _dimensions(pool: list[Candidate], standing: Sequence[Candidate], scope: Scope) -> Iterator[Limit]:
    told = all(one.indicator.dimension is not None for one in standing)
    for dimension, (low, high) in scope.profile.dimension_bands.items() if scope.binds("C016") else ():
        ids = frozenset(one.id for one in pool if one.indicator.dimension is dimension)
        yield Limit(f"band:{dimension}", ids, low if told else 0, high, unit=ERROR_UNIT / 5)


def _role(pool: list[Candidate], standing: Sequence[Candidate], scope: Scope) -> Iterator[Limit]:
    if scope.brief is None:
        return
    for limit in limits(scope.brief, scope.catalogue, pool, scope.shifts):
        code = RULES_OF_ROLE.get(limit.name.partition(":")[0])
        if code is None or not scope.binds(code):
            continue
        # Names of a company's own that mean what the limit asks for serve it too.
        meant = {one.id for one in standing if one.indicator.id in limit.ids}
        if code == "R003":
            # Lines of which nobody can tell what they are may be results.
            unknown = {one.id for one in standing if one.nature is None}
            yield replace(limit, low=-inf)
            yield replace(limit, ids=limit.ids | unknown, high=inf)
        else:
            yield replace(limit, ids=limit.ids | meant)


def _cash(pool: list[Candidate], scope: Scope) -> Iterator[Limit]:
    role, floor = scope.role, scope.profile.collection_floor
    cash = role is not None and any(group.id == CASH_GROUP for group in role.groups)
    if cash and floor and on_credit(scope.rules) and scope.binds("R006"):
        ids = frozenset(one.id for one in pool if one.group == CASH_GROUP)
        yield Limit("collection_floor", ids, low=floor, unit=FLOOR_UNIT)


def required(scope: Scope) -> tuple[Mandatory, ...]:
    return scope.profile.required(scope.card.role) if scope.binds("C014") else ()


def stands_for(item: ScorecardItem, one: Mandatory) -> bool:
    """Tell whether a line is the one that a company wants on every card."""
    if one.own is not None:
        names = {folded(one.own.name.zh), folded(one.own.name.en)}
        return item.indicator is None and not names.isdisjoint({folded(item.name.zh), folded(item.name.en)})
    return item.indicator == one.indicator


def mandatory(one: Mandatory, ids: frozenset[str]) -> Limit:
    """Return the weight that a company's own rule asks for."""
    high = float(one.weight) if one.weight is not None else inf
    return Limit(f"mandatory:{one.key}", ids, float(one.least), high, unit=ERROR_UNIT / 5)


def for_lack(findings: Sequence[Finding], count: int, scope: Scope) -> bool:
    """Tell whether a card may need lines that it does not have."""
    codes = {finding.code for finding in findings} - ({"C001"} if count > scope.profile.count_fine[0] else set())
    return not codes.isdisjoint(FOR_LACK)
