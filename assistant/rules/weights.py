"""W: weights add up, are whole, and lie within the profile's limits."""

from collections.abc import Iterator
from math import isfinite

from assistant.models import Fix
from assistant.rules.engine import Case, Flaw, rule, total_of
from assistant.wording import phrase_text
from knowledge.models import Band, Text
from knowledge.terms import Kind, Severity


@rule("W001")
def total(case: Case) -> Iterator[Flaw]:
    points = total_of(case.items)
    # While a weight is missing and the others leave room for it, nothing is wrong with the sum yet.
    open_yet = points < case.profile.total and any(item.weight is None for item in case.items)
    if points != case.profile.total and not open_yet:
        yield Flaw(fix=Fix(kind="rebalance"), values={"points": float(points), "total": case.profile.total})


@rule("W002")
def whole(case: Case) -> Iterator[Flaw]:
    for item in case.items:
        if item.weight is not None and item.weight % 1:
            nearest = round(item.weight) if isfinite(item.weight) else None
            fix = Fix(kind="set_weight", indicator=item.indicator, value=nearest)
            yield Flaw(item=item, fix=fix, values={"weight": float(item.weight)})


@rule("W003")
def positive(case: Case) -> Iterator[Flaw]:
    for item in case.items:
        if item.weight is not None and item.weight <= 0:
            yield Flaw(item=item, fix=Fix(kind="drop", indicator=item.indicator), values={"weight": float(item.weight)})


@rule("W004")
def too_heavy(case: Case) -> Iterator[Flaw]:
    most = case.profile.weight_fine[1]
    for item in case.items:
        if item.points > most:
            fix = Fix(kind="set_weight", indicator=item.indicator, value=most)
            severity = severity_of(item.points, case.profile.weight_bands)
            yield Flaw(item=item, severity=severity, fix=fix, values={"weight": float(item.points), "most": most})


@rule("W005")
def too_light(case: Case) -> Iterator[Flaw]:
    least = case.profile.weight_fine[0]
    for item in case.items:
        if 0 < item.points < least:
            fix = Fix(kind="set_weight", indicator=item.indicator, value=least)
            severity = severity_of(item.points, case.profile.weight_bands)
            yield Flaw(item=item, severity=severity, fix=fix, values={"weight": float(item.points), "least": least})


@rule("W006")
def off_step(case: Case) -> Iterator[Flaw]:
    step = case.profile.step
    for item in case.items:
        if item.points > 0 and item.points % 1 == 0 and item.points % step:
            fix = Fix(kind="set_weight", indicator=item.indicator, value=max(step, round(item.points / step) * step))
            yield Flaw(item=item, fix=fix, values={"weight": float(item.points), "step": step})


@rule("W007")
def all_equal(case: Case) -> Iterator[Flaw]:
    weights = {item.weight for item in case.items}
    if len(case.items) >= 4 and len(weights) == 1 and None not in weights:
        yield Flaw(fix=Fix(kind="rebalance"), values={"weight": float(case.items[0].points)})


@rule("W008")
def missing(case: Case) -> Iterator[Flaw]:
    """A card without any weights has one flaw, not one a line."""
    without = [item for item in case.items if item.weight is None and item.stated_weight is None]
    if without and len(without) == len(case.items):
        yield Flaw(fix=Fix(kind="rebalance"), values={"which": phrase_text("marks.every_line")})
        return
    for item in without:
        name = Text(zh=f"“{item.name.zh}”", en=f"“{item.name.en}”")
        yield Flaw(item=item, fix=Fix(kind="rebalance"), values={"which": name})


@rule("W009")
def key_tasks_under_pay(case: Case) -> Iterator[Flaw]:
    most = case.profile.key_task_most
    weight = total_of(item for item in case.items if item.kind is Kind.KEY_TASK)
    if most is not None and weight > most:
        yield Flaw(values={"weight": float(weight), "most": most})


@rule("W010")
def adjustment_cap(case: Case) -> Iterator[Flaw]:
    cap = case.profile.adjustment_cap
    for sign in (1, -1):
        points = sum(sorted(one.points for one in case.card.adjustments if one.points * sign > 0))
        if abs(points) > cap:
            yield Flaw(values={"points": float(points), "cap": cap})


@rule("W011")
def unreadable(case: Case) -> Iterator[Flaw]:
    for item in case.items:
        if item.stated_weight is not None:
            yield Flaw(item=item, fix=Fix(kind="rebalance"), values={"stated": item.stated_weight})


def severity_of(value: float, bands: tuple[Band, ...]) -> Severity:
    """Return the severity of the band that holds a value; outside all of them it is an error."""
    return next((band.severity for band in bands if band.low <= value <= band.high), Severity.ERROR)


WEIGHTS = (
    total,
    whole,
    positive,
    too_heavy,
    too_light,
    off_step,
    all_equal,
    missing,
    key_tasks_under_pay,
    adjustment_cap,
    unreadable,
)
