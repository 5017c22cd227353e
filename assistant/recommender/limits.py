"""The rule profile and the role as rows of the program.

A hard row always holds. A soft row holds in every draft of ours; where a person's wishes break it, it may be missed,
and every point by which it is missed costs more than any better fit could gain.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf

from assistant.models import Brief
from assistant.recommender.candidates import CASH_GROUP, OWN_SALES, Candidate, Shift, group_weights, sells_on_credit
from knowledge.models import Catalogue, Role, RuleProfile
from knowledge.terms import Function, Kind, Nature, Severity, Tenure

# What the sales floor counts: whole sales on any basis, not their growth or mix.
TOTAL_SALES = "total_sales"
# Groups that limits are about, by the ids that roles give them.
SALES_GROUPS = frozenset({"sales", "revenue", "team_sales", "total", "channel_sales"})
# Points that probation moves from results to learning.
PROBATION_SHIFT = 5
# What missing a limit by one point costs: sales and cash give way last, the balance of results and process first.
FLOOR_UNIT = 120.0
POINT_UNIT = 60.0
BALANCE_UNIT = 20.0
# Default weights of a usual and of a small group, in per cent.
USUAL_GROUP = 15
SMALL_GROUP = 5
# The rule that finds a dimension outside the company's band.
DIMENSION_RULE = "C016"
# What one item too many or too few costs.
ITEM_UNIT = 600.0


@dataclass(frozen=True, slots=True)
class Limit:
    """``low <= sum of weights (or of items) over ids <= high``; ``unit`` is the cost of missing it by one."""

    name: str
    ids: frozenset[str]
    low: float = -inf
    high: float = inf
    counts_items: bool = False
    hard: bool = False
    yields: bool = False
    """Whether even a draft of ours may miss it."""
    unit: float = POINT_UNIT


def limits(brief: Brief, catalogue: Catalogue, pool: list[Candidate], moved: Sequence[Shift]) -> list[Limit]:
    profile, role = catalogue.profiles[brief.profile], catalogue.roles[brief.role]
    found = [*_counts(brief, profile, pool), *_one_of_a_kind(pool), *_shape(brief, profile, pool)]
    if profile.binds_role:
        found += [*_groups(brief, role, profile, pool), *_duties(role, pool), *_stays(role, pool)]
        found += [*_balance(brief, role, pool), *_own_quota(brief, pool)]
    found += [*_sales_floor(role, profile, pool), *_dimensions(profile, pool)]
    # Three measures under incentive pay cannot always show every priority.
    yields = not profile.binds_role
    found += [
        Limit(f"theme:{shift.emphasis.id}", _raised(shift), low=1, counts_items=True, yields=yields, unit=ITEM_UNIT)
        for shift in moved
    ]
    return found


def _raised(shift: Shift) -> frozenset[str]:
    """Return what shows that a priority was heard; one of it stands on the card."""
    return frozenset(id for id, strength in shift.emphasis.emphases.items() if strength > 0)


def allowed_count(profile: RuleProfile) -> tuple[int, int]:
    """Return the least and the most items that are no error."""
    ends = [profile.count_fine, *((int(band.low), int(band.high)) for band in profile.count_bands)]
    return min(low for low, _ in ends), max(high for _, high in ends)


def allowed_weight(profile: RuleProfile) -> tuple[int, int]:
    """Return the least and the most an item may weigh without an error."""
    ends = [(band.low, band.high) for band in profile.weight_bands if band.severity is not Severity.ERROR]
    lows, highs = zip(profile.weight_fine, *ends, strict=True)
    return max(1, int(min(lows))), int(max(highs))


def _counts(brief: Brief, profile: RuleProfile, pool: list[Candidate]) -> Iterator[Limit]:
    ids = frozenset(candidate.id for candidate in pool)
    low, high = allowed_count(profile)
    yield Limit("count", ids, low, high, counts_items=True, hard=True)
    yield Limit("count_fine", ids, *profile.count_fine, counts_items=True, unit=ITEM_UNIT)


def _one_of_a_kind(pool: list[Candidate]) -> Iterator[Limit]:
    """One member of a family, and one indicator of what is counted, carries weight at each data level."""
    kinds: dict[tuple[str, str], set[str]] = {}
    for candidate in pool:
        for kind in {candidate.indicator.family, candidate.indicator.base or candidate.indicator.family}:
            kinds.setdefault((kind, candidate.indicator.level), set()).add(candidate.id)
    for (kind, _), ids in sorted(kinds.items()):
        if len(ids) > 1:
            yield Limit(f"one_of:{kind}", frozenset(ids), high=1, counts_items=True, unit=ITEM_UNIT)


def _shape(brief: Brief, profile: RuleProfile, pool: list[Candidate]) -> Iterator[Limit]:
    subjective = frozenset(candidate.id for candidate in pool if candidate.indicator.subjective)
    yield Limit("subjective", subjective, high=profile.subjective_most)
    tasks = frozenset(candidate.id for candidate in pool if candidate.indicator.kind is Kind.KEY_TASK)
    if profile.key_task_most is not None:
        yield Limit("key_tasks", tasks, high=profile.key_task_most)
    if brief.context.commission and profile.binds_role:
        yield Limit("commission", _in_groups(pool, SALES_GROUPS), high=profile.commission_sales_most)


def _groups(brief: Brief, role: Role, profile: RuleProfile, pool: list[Candidate]) -> Iterator[Limit]:
    weights = group_weights(role, brief.context)
    for group in role.groups:
        ids = _in_groups(pool, {group.id})
        low, high = weights[group.id].low, weights[group.id].high
        if group.id == CASH_GROUP and sells_on_credit(brief.context):
            low = max(low, profile.collection_floor)
        floor = group.id in SALES_GROUPS or group.id == CASH_GROUP
        # Ten points too many weigh less in a large group than in a small one.
        above = POINT_UNIT * USUAL_GROUP / max(weights[group.id].weight, SMALL_GROUP)
        yield Limit(f"least:{group.id}", ids, low=low, unit=FLOOR_UNIT if floor else POINT_UNIT)
        yield Limit(f"most:{group.id}", ids, high=high, unit=above)
        yield Limit(f"slots:{group.id}", ids, high=group.slots, counts_items=True, unit=ITEM_UNIT)


def _duties(role: Role, pool: list[Candidate]) -> Iterator[Limit]:
    for duty in role.duties:
        if duty.core and (ids := _in_groups(pool, set(duty.groups))):
            yield Limit(f"duty:{duty.id}", ids, low=1, counts_items=True, unit=ITEM_UNIT / 2)


def _stays(role: Role, pool: list[Candidate]) -> Iterator[Limit]:
    ids = {candidate.id for candidate in pool}
    for item in (item for group in role.groups for item in group.items if item.stays and item.indicator in ids):
        one = frozenset({item.indicator})
        yield Limit(f"stays:{item.indicator}", one, low=1, counts_items=True, yields=True, unit=ITEM_UNIT)


def _own_quota(brief: Brief, pool: list[Candidate]) -> Iterator[Limit]:
    """A player-coach's own sales take their stated part, carved from the team's."""
    quota = brief.context.own_quota
    if quota and any(candidate.id == OWN_SALES for candidate in pool):
        yield Limit("own_quota", frozenset({OWN_SALES}), quota, quota)


def _balance(brief: Brief, role: Role, pool: list[Candidate]) -> Iterator[Limit]:
    results = frozenset(candidate.id for candidate in pool if candidate.nature is Nature.RESULT)
    low, high = role.result_share
    if brief.context.tenure is Tenure.PROBATION:
        high -= PROBATION_SHIFT
    yield Limit("result_band", results, min(low, high), high, unit=BALANCE_UNIT)
    customer = frozenset(candidate.id for candidate in pool if candidate.customer_side)
    if customer:
        yield Limit("customer_side", customer, low=1, counts_items=True, unit=ITEM_UNIT / 2)


def _sales_floor(role: Role, profile: RuleProfile, pool: list[Candidate]) -> Iterator[Limit]:
    sales = frozenset(candidate.id for candidate in pool if candidate.indicator.base == TOTAL_SALES)
    if role.function is Function.SELLING and sales:
        yield Limit("sales_floor", sales, low=profile.sales_floor, unit=FLOOR_UNIT)


def _dimensions(profile: RuleProfile, pool: list[Candidate]) -> Iterator[Limit]:
    hard = profile.severities.get(DIMENSION_RULE) is Severity.ERROR
    for dimension, (low, high) in profile.dimension_bands.items():
        ids = frozenset(candidate.id for candidate in pool if candidate.indicator.dimension is dimension)
        yield Limit(f"dimension:{dimension}", ids, low, high, hard=hard)


def _in_groups(pool: list[Candidate], groups: frozenset[str] | set[str]) -> frozenset[str]:
    return frozenset(candidate.id for candidate in pool if candidate.group in groups)
