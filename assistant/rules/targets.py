"""T: targets that can be met, tracked and scored."""

import re
from collections.abc import Iterator

from assistant.models import Fix, ScorecardItem
from assistant.rules import scores
from assistant.rules.engine import Case, Flaw, rule
from assistant.rules.lines import own_names, said
from knowledge.terms import Nature, Period, Polarity, ScoringMethod, Tenure, Unit

FEW = 5
PER_CENT = re.compile(r"(\d+(?:\.\d+)?)\s*[%％]")
INFINITE = float("inf")


@rule("T001")
def no_interim(case: Case) -> Iterator[Flaw]:
    for item in case.items:
        if _annual(case, item) and item.tiers.target is not None and not item.interims and _adds_up(case, item):
            yield Flaw(item=item)


@rule("T002")
def shorter_than_cycle(case: Case) -> Iterator[Flaw]:
    cycle = case.card.context.cycle_months
    for item in case.items:
        bound = item.group in {None, "sales", "revenue", "new", "total", "wins"}
        if cycle and bound and item.period is not None and item.period.months < cycle and _result(item):
            yield Flaw(item=item, values={"period": case.catalogue.terms["period"][item.period], "cycle": cycle})


@rule("T003")
def ratchet(case: Case) -> Iterator[Flaw]:
    for item in case.items:
        uplift = _uplift(case, item)
        if uplift is not None:
            yield Flaw(item=item, values={"uplift": uplift})


@rule("T004")
def uncapped(case: Case) -> Iterator[Flaw]:
    for item in case.items:
        if item.scoring is not None and scores.endless(case, item.scoring):
            yield Flaw(item=item, fix=Fix(kind="set_field", indicator=item.indicator, value=120))


@rule("T005")
def points_and_weight(case: Case) -> Iterator[Flaw]:
    for item in case.items:
        points, scoring = scores.highest(item.scoring), item.scoring
        if scoring is None or points is None or not item.points:
            continue
        cap = INFINITE if scoring.cap is None else max(scoring.cap, 100) / 100
        if not any(scale <= points <= scale * cap for scale in (item.points, *scores.scales(case))):
            most = item.points * (scoring.cap or 100) / 100
            yield Flaw(item=item, values={"points": float(points), "most": float(most)})


@rule("T006")
def members_below_leader(case: Case) -> Iterator[Flaw]:
    leader, members = case.card.leader_target, case.card.members_target
    if leader is not None and members is not None and members < leader:
        yield Flaw(values={"members": float(members), "leader": float(leader)})


@rule("T007")
def killing_floor(case: Case) -> Iterator[Flaw]:
    for item in case.items:
        threshold = scores.threshold(case, item.scoring)
        if threshold is not None and threshold >= scores.KILLING_THRESHOLD:
            fix = Fix(kind="set_field", indicator=item.indicator, value=60)
            yield Flaw(item=item, fix=fix, values={"threshold": threshold})


@rule("T008")
def no_way_to_a_target(case: Case) -> Iterator[Flaw]:
    for item in case.items:
        if item.tiers.target is None and item.tiers.text is None and item.target_method is None:
            yield Flaw(item=item)


@rule("T009")
def unsuited_scoring(case: Case) -> Iterator[Flaw]:
    for item in case.items:
        few = item.unit is Unit.COUNT and item.tiers.target is not None and item.tiers.target <= FEW
        if few and item.scoring is not None and item.scoring.method is ScoringMethod.RATIO:
            fix = Fix(kind="set_field", indicator=item.indicator, value=ScoringMethod.TIERS)
            yield Flaw(item=item, fix=fix, values={"target": item.tiers.target})


@rule("T010")
def tiers_out_of_order(case: Case) -> Iterator[Flaw]:
    for item in case.items:
        tiers = [tier for tier in (item.tiers.threshold, item.tiers.target, item.tiers.stretch) if tier is not None]
        rising = item.polarity is not Polarity.LOWER
        if not _aims_at_range(case, item) and tiers != sorted(tiers, reverse=not rising):
            yield Flaw(item=item)


@rule("T011")
def parts_and_year(case: Case) -> Iterator[Flaw]:
    for item in case.items:
        parts = sum(part.value for part in item.interims)
        adds_up = item.unit in {Unit.MONEY, Unit.COUNT} and item.interims and item.tiers.target is not None
        if adds_up and abs(parts - (item.tiers.target or 0)) > 1e-6 * max(1.0, abs(parts)):
            yield Flaw(item=item, values={"parts": float(parts), "target": float(item.tiers.target or 0)})


@rule("T012")
def newcomer_on_full_target(case: Case) -> Iterator[Flaw]:
    new = case.card.context.tenure in {Tenure.PROBATION, Tenure.RAMPING}
    for item in case.items:
        if new and _result(item) and item.tiers.target is not None and not item.interims:
            yield Flaw(item=item)


@rule("T013")
def no_scoring(case: Case) -> Iterator[Flaw]:
    for item in case.items:
        if item.scoring is None and item.stated_scoring is None:
            yield Flaw(item=item)


def _result(item: ScorecardItem) -> bool:
    return item.nature is Nature.RESULT


def _annual(case: Case, item: ScorecardItem) -> bool:
    """Tell whether a target is for the year: by its period, or by words that name no shorter one."""
    texts = (*own_names(case, item), *_target_words(item))
    shorter = said(case, texts, "period_month") or said(case, texts, "period_quarter")
    stated = item.period is None and said(case, texts, "period_year") and not shorter
    return item.period is Period.YEAR or bool(stated)


def _target_words(item: ScorecardItem) -> tuple[str, ...]:
    """Return what a line says of its target: the form's own words, else the method."""
    if item.tiers.text or item.target_method is None:
        return (item.tiers.text or "",)
    return item.target_method.zh, item.target_method.en


def _adds_up(case: Case, item: ScorecardItem) -> bool:
    """Tell whether a year is the sum of its parts, as amounts and counts are; rates, days and scores are not."""
    indicator = case.catalogue.indicators.get(item.indicator or "")
    unit = item.unit or (indicator.unit if indicator else None)
    if unit is not None:
        return unit in {Unit.MONEY, Unit.COUNT}
    texts = (*own_names(case, item), item.tiers.text or "")
    return not (said(case, texts, "ratios") or any(PER_CENT.search(text) for text in texts))


def _aims_at_range(case: Case, item: ScorecardItem) -> bool:
    """Tell whether neither more nor less is better: by its mark, or by words of a range round the target."""
    texts = (item.name.zh, item.name.en, *_target_words(item), item.formula or "")
    marked = any(sign in text for text in texts for sign in ("±", "+/-"))
    unmarked = item.polarity is None and said(case, texts, "deviations") is not None
    return item.polarity is Polarity.RANGE or marked or unmarked


def _uplift(case: Case, item: ScorecardItem) -> float | None:
    """Return by how many per cent a target was put above last year's actual, as stated or in words."""
    if item.uplift is not None:
        return float(item.uplift)
    texts = tuple(text for text in _target_words(item) if said(case, (text,), "last_year"))
    found = next((number for text in texts if (number := PER_CENT.search(text))), None)
    return float(found.group(1)) if found else None


TARGETS = (
    no_interim,
    shorter_than_cycle,
    ratchet,
    uncapped,
    points_and_weight,
    members_below_leader,
    killing_floor,
    no_way_to_a_target,
    unsuited_scoring,
    tiers_out_of_order,
    parts_and_year,
    newcomer_on_full_target,
    no_scoring,
)
