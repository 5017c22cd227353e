"""The limits of the two profiles, each on both sides of its edge."""

import pytest

from assistant.intake.scoring.text import scoring_rule
from assistant.models import Scorecard, ScorecardItem, Tiers
from assistant.rules import check
from knowledge.models import Catalogue, Text

FINE = None

COUNTS = [
    ("appraisal", 0, "error"),
    ("appraisal", 2, "error"),
    ("appraisal", 3, "warning"),
    ("appraisal", 4, "warning"),
    ("appraisal", 5, FINE),
    ("appraisal", 8, FINE),
    ("appraisal", 9, "warning"),
    ("appraisal", 10, "warning"),
    ("appraisal", 11, "error"),
    ("incentive", 0, "error"),
    ("incentive", 1, FINE),
    ("incentive", 3, FINE),
    ("incentive", 4, "warning"),
    ("incentive", 5, "warning"),
    ("incentive", 6, "error"),
]

HEAVY = [
    ("appraisal", 30, FINE),
    ("appraisal", 30.5, "advice"),
    ("appraisal", 31, "advice"),
    ("appraisal", 40, "advice"),
    ("appraisal", 41, "warning"),
    ("appraisal", 60, "warning"),
    ("appraisal", 61, "error"),
    ("incentive", 61, FINE),
    ("incentive", 100, FINE),
    ("incentive", 101, "error"),
]

LIGHT = [
    ("appraisal", 5, FINE),
    ("appraisal", 4.5, "warning"),
    ("appraisal", 4, "warning"),
    ("appraisal", 1, "warning"),
    ("appraisal", 0, FINE),
    ("incentive", 20, FINE),
    ("incentive", 19, "advice"),
    ("incentive", 15, "advice"),
    ("incentive", 14, "warning"),
    ("incentive", 1, "warning"),
]

BOTH = [
    ("W001", 99, "error"),
    ("W001", 100, FINE),
    ("W001", 101, "error"),
    ("W002", 99.5, "error"),
    ("W002", 100.0, FINE),
    ("W003", 0, "error"),
    ("W003", -1, "error"),
    ("W003", 1, FINE),
]


def card(profile: str, *weights: float) -> Scorecard:
    names = (f"Line {number}" for number in range(len(weights)))
    items = (
        ScorecardItem(name=Text(zh=name, en=name), weight=weight) for name, weight in zip(names, weights, strict=True)
    )
    return Scorecard(profile=profile, items=tuple(items))


def severity(code: str, card: Scorecard, catalogue: Catalogue) -> str | None:
    return next((finding.severity for finding in check(card, catalogue, "en") if finding.code == code), None)


@pytest.mark.parametrize(("profile", "count", "expected"), COUNTS)
def test_number_of_items(profile: str, count: int, expected: str | None, catalogue: Catalogue) -> None:
    assert severity("C001", card(profile, *[10] * count), catalogue) == expected


@pytest.mark.parametrize(("profile", "weight", "expected"), HEAVY)
def test_heaviest_weight(profile: str, weight: float, expected: str | None, catalogue: Catalogue) -> None:
    assert severity("W004", card(profile, weight), catalogue) == expected


@pytest.mark.parametrize(("profile", "weight", "expected"), LIGHT)
def test_lightest_weight(profile: str, weight: float, expected: str | None, catalogue: Catalogue) -> None:
    assert severity("W005", card(profile, weight), catalogue) == expected


@pytest.mark.parametrize("profile", ["appraisal", "incentive"])
@pytest.mark.parametrize(("code", "weight", "expected"), BOTH)
def test_what_both_profiles_refuse(
    profile: str, code: str, weight: float, expected: str | None, catalogue: Catalogue
) -> None:
    assert severity(code, card(profile, weight), catalogue) == expected


@pytest.mark.parametrize(("weight", "expected"), [(22, "advice"), (25, FINE)])
def test_off_the_step(weight: float, expected: str | None, catalogue: Catalogue) -> None:
    assert severity("W006", card("appraisal", weight), catalogue) == expected


def test_sums_are_not_judged_while_weights_are_missing(catalogue: Catalogue) -> None:
    names = ("sales_amount", "collection_rate", "new_customers", "customer_satisfaction", "opportunity_conversion")
    items = tuple(ScorecardItem(indicator=id, name=catalogue.indicators[id].name) for id in names)
    card = Scorecard(role="sales_representative", items=items)
    assert not {"W001", "R003", "R004", "R005", "R006"} & {one.code for one in check(card, catalogue, "en")}
    bare = card.model_copy(update={"items": items[2:]})
    assert {"R005", "R006"} <= {one.code for one in check(bare, catalogue, "en")}


def test_a_target_in_words_is_a_target(catalogue: Catalogue) -> None:
    item = ScorecardItem(name=Text(zh="客户增长", en="客户增长"), weight=100, tiers=Tiers(text="上月末水平"))
    assert "T008" not in {one.code for one in check(Scorecard(items=(item,)), catalogue, "zh")}


@pytest.mark.parametrize("text", ["每超0.1个百分点扣1分", "每超1天扣0.5分", "-1 point per day over"])
def test_what_only_takes_points_away_needs_no_cap(catalogue: Catalogue, text: str) -> None:
    item = ScorecardItem(name=Text(zh="流失率", en="流失率"), weight=100, scoring=scoring_rule(text))
    assert item.scoring is not None
    assert "T004" not in {one.code for one in check(Scorecard(items=(item,)), catalogue, "zh")}


def test_scoring_that_cannot_be_read_is_kept_and_still_looked_at(catalogue: Catalogue) -> None:
    item = ScorecardItem(name=Text(zh="考勤", en="考勤"), weight=100, stated_scoring="迟到一次罚款50元")
    codes = {one.code for one in check(Scorecard(items=(item,)), catalogue, "zh")}
    assert "C011" in codes
    assert "T013" not in codes
