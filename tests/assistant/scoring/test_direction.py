"""Lines that do not say all of how they are scored: which way is better, bands either side of plan, stated ends."""

from typing import Any

import pytest

from assistant.errors import BadInput
from assistant.intake.form import Line
from assistant.intake.scoring.cell import scoring_of
from assistant.models import ScorecardItem, Scoring, Tiers
from assistant.scoring.actuals import actual
from assistant.scoring.direction import direction
from assistant.scoring.item import score
from assistant.scoring.models import ItemScore
from knowledge.models import Catalogue, Text
from knowledge.terms import Kind, Polarity, ScoringMethod, Unit
from tests.assistant.scoring.lines import line

LOWER = [
    "CAC payback", "Ramp time (months)", "Time to close", "Sales cycle", "Cost per lead", "Gross churn",
    "Staff turnover", "Rep attrition", "Complaints", "Order errors", "Defects", "Overdue invoices", "DSO",
    "Complaint resolution time",
    "审批周期", "交付天数", "处理时长", "客户流失", "投诉次数", "录单差错", "差旅费用", "逾期金额",
    "坏账", "退货率", "员工离职率",
]  # fmt: skip
OPEN = [
    "Data hygiene",
    "Cost savings",
    "Training days",
    "Inventory turnover",
    "培训时长",
    "费用控制率",
    "逾期款回收",
    "工作态度",
]
GROWS = ["New logos", "Sales turnover", "Win rate", "On-time completion rate", "新增客户数", "销售额", "按期完成率"]


def named(name: str, **fields: Any) -> ScorecardItem:
    return ScorecardItem(name=Text(zh=name, en=name), **fields)


def scored(item: ScorecardItem, value: Any) -> ItemScore:
    return score(item, actual("x", value))


def said(found: ItemScore) -> str:
    return "; ".join(note.en for note in found.notes)


@pytest.mark.parametrize("name", LOWER)
def test_a_name_that_says_lower_is_better(name: str) -> None:
    found = direction(named(name))
    assert (found.polarity, found.note) == (Polarity.LOWER, "scoring.note.lower_by_name")


@pytest.mark.parametrize(
    ("name", "note"), [(name, "scoring.note.direction_open") for name in OPEN] + [(n, None) for n in GROWS]
)
def test_other_names_grow_and_say_where_that_is_a_guess(name: str, note: str | None) -> None:
    found = direction(named(name))
    assert (found.polarity, found.note) == (Polarity.HIGHER, note)


@pytest.mark.parametrize(
    ("tiers", "polarity"),
    [
        (Tiers(threshold=10, target=8, stretch=6), Polarity.LOWER),
        (Tiers(threshold=3, target=5), Polarity.HIGHER),
        (Tiers(target=14, text="≤14"), Polarity.LOWER),
        (Tiers(target=45, text="under 45 days"), Polarity.LOWER),
        (Tiers(target=14, text="14天以内"), Polarity.LOWER),
        (Tiers(target=90, text="不低于90"), Polarity.HIGHER),
        (Tiers(threshold=70, target=1_200_000, stretch=130), Polarity.HIGHER),
    ],
)
def test_stated_values_and_bounds_decide(tiers: Tiers, polarity: Polarity) -> None:
    assert direction(named("销售额", tiers=tiers)).polarity is polarity


def test_a_shorter_payback_scores_more() -> None:
    payback = line(name="CAC payback (months)", target=16)
    assert scored(payback, 14).score > 100 > scored(payback, 18).score
    assert scored(line(name="Ramp time (months)", target=7), 8).score < 100
    assert "read as lower is better" in said(scored(payback, 14))


def test_an_open_direction_is_said_and_a_stated_one_is_not() -> None:
    assert "read as higher is better" in said(scored(line(name="Data hygiene", target=90), 88))
    stated = line(name="Data hygiene", target=90, polarity=Polarity.LOWER)
    assert "which way is better" not in said(scored(stated, 88))


def test_steps_by_attainment_rise_whatever_the_name_says() -> None:
    budget = line("90%以上10分；80%以上8分；80%以下0分", name="差旅费用")
    assert [scored(budget, share).score for share in ("达成95%", "达成85%", "达成70%")] == [100, 80, 0]


@pytest.mark.parametrize("target", [1_000_000, 500])
def test_a_per_cent_beside_a_large_target_is_attainment(target: float) -> None:
    found = scored(line(name="Net sales", unit=Unit.PERCENT, target=target), "70%")
    assert (found.attainment, found.score) == (70, 70)
    assert "%" not in scored(line(name="Net sales", unit=Unit.PERCENT, target=target), target).read.en
    assert scored(line(name="Net retention", unit=Unit.PERCENT, target=120), "108%").attainment == 90


@pytest.mark.parametrize(("value", "points"), [(830_000, 0), (840_000, 70), (1_500_000, 125), (1_800_000, 125)])
def test_threshold_and_stretch_of_the_card_bound_what_no_rule_does(value: float, points: float) -> None:
    ends = line(name="Net sales", unit=Unit.MONEY, threshold=840_000, target=1_200_000, stretch=1_500_000)
    found = scored(ends, value)
    assert found.score == points
    assert "from its threshold value up to its stretch value" in said(found)


def test_ends_in_per_cent_and_of_lower_targets() -> None:
    shares = line(name="Net sales", unit=Unit.MONEY, threshold=70, target=1_200_000, stretch=130)
    assert [scored(shares, share).score for share in ("69%", "70%", "140%")] == [0, 70, 130]
    days = line(name="Handling days", threshold=10, target=8, stretch=6)
    assert [scored(days, figure).score for figure in (11, 10, 8, 5)] == [0, 75, 100, 125]


def test_ratings_and_tasks_keep_their_house_rule() -> None:
    task = line(name="Launch", kind=Kind.KEY_TASK, threshold=50, target=100, stretch=130)
    assert scored(task, "80%").score == 80


BAND = named("Forecast deviation", weight=10, tiers=Tiers(target=10, text="±10%"))


@pytest.mark.parametrize(
    "item", [BAND, named("x", weight=10, tiers=Tiers(text="within +/-10%")), named("偏差", tiers=Tiers(text="正负10%"))]
)
@pytest.mark.parametrize(
    ("value", "points"),
    [
        ("-8%", 100),
        ("10%", 100),
        ("0", 100),
        ("12%", 80),
        ("-20%", 0),
        ("92% of plan", 100),
        ("88/100", 80),
        ("是", 100),
    ],
)
def test_a_band_either_side_of_plan_takes_the_deviation(item: ScorecardItem, value: str, points: float) -> None:
    found = scored(item, value)
    assert found.score == points
    assert "within ±10 of plan" in found.rule.en


def test_an_accuracy_is_no_deviation() -> None:
    with pytest.raises(BadInput, match="Give the deviation"):
        scored(BAND, "92%")


def form_line(**texts: str) -> Line:
    return Line(name="Net sales", place="A2", texts=texts)


@pytest.mark.parametrize(
    ("cap", "rule", "expected"),
    [
        ("150%", "", 150),
        ("1.5x", "", 150),
        ("150%", "按完成率计分", 150),
        ("150%", "按完成率计分，上限110%", 110),
        ("不封顶", "", None),
    ],
)
def test_a_cap_in_a_column_of_its_own(cap: str, rule: str, expected: int | None, catalogue: Catalogue) -> None:
    found = scoring_of(form_line(cap=cap, scoring=rule), None, catalogue)
    assert found is not None
    assert found.cap == expected


@pytest.mark.parametrize("cap", ["", "$1.5m", "180万", "see plan", "24分"])
def test_what_is_no_cap_in_per_cent_is_left_alone(cap: str, catalogue: Catalogue) -> None:
    assert scoring_of(form_line(cap=cap), None, catalogue) is None


def test_a_cap_alone_leaves_the_threshold_value_its_say() -> None:
    alone = Scoring(method=ScoringMethod.RATIO, cap=150, text="150%")
    ends = line(alone, name="Net sales", threshold=840_000, target=1_200_000, stretch=1_500_000)
    assert [scored(ends, value).score for value in (830_000, 2_000_000)] == [0, 150]
