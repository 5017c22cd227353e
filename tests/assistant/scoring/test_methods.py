"""Every method at its kinks, and how each actual is read on the way."""

from typing import Any

import pytest

from assistant.errors import BadInput
from assistant.models import Deduction, Scoring
from assistant.scoring.actuals import actual
from assistant.scoring.item import score
from knowledge.terms import Kind, Polarity, ScoringMethod, Unit
from tests.assistant.scoring.lines import line

RATIO = Scoring(method=ScoringMethod.RATIO, cap=120, threshold=60)
TIERS = Scoring(method=ScoringMethod.TIERS, cap=120)
DEDUCTION = Scoring(method=ScoringMethod.DEDUCTION, cap=100)
MILESTONE = Scoring(method=ScoringMethod.MILESTONE, cap=100)
YES_NO = Scoring(method=ScoringMethod.YES_NO, cap=100)
ANCHORED = Scoring(method=ScoringMethod.ANCHORED, cap=100)
LOWER, RANGE = Polarity.LOWER, Polarity.RANGE

SALES = line(RATIO, unit=Unit.MONEY)
COST = line(RATIO, unit=Unit.MONEY, polarity=LOWER, target=50)
STOCK = line(TIERS, unit=Unit.DAYS, polarity=RANGE, target=40)
STOCK_RANGE = line(TIERS, unit=Unit.DAYS, polarity=RANGE, threshold=30, target=40, stretch=45)
STAGED = line(TIERS, unit=Unit.COUNT, threshold=3, target=5, stretch=6)
STAGED_LOWER = line(TIERS, unit=Unit.DAYS, polarity=LOWER, threshold=10, target=8, stretch=6)
STEPS = line(TIERS, unit=Unit.COUNT)
ON_TIME = line(DEDUCTION, unit=Unit.PERCENT, target=95)
ON_TIME_OPEN = line(DEDUCTION, unit=Unit.PERCENT)
PRICE_ORDER = line(DEDUCTION, unit=Unit.COUNT, polarity=LOWER)
RETURNS = line(DEDUCTION, unit=Unit.PERCENT, polarity=LOWER, target=2)
BANDS = line("超20%以上15分；达成10分；90%以上5分；不足80%为0分", unit=Unit.MONEY)
NEGATIVE = line("达标10分；90%为5分；不足85%为0分；不足80%为-10分", unit=Unit.MONEY)
BAD_DEBT = line("1%以下15分；1.5%以下10分；以上0分；5%以上-20分", unit=Unit.PERCENT)
SLOPE = line("达到给15分，每超1%加1分，每低1%扣1分", unit=Unit.MONEY)
REVERSED = line("达到给15分，每低1%加1分，每高1%扣1分", unit=Unit.PERCENT, target=10)
THRESHOLD = line("每降1%扣2分，低于55%不得分", unit=Unit.MONEY)
EVENTS = line("每发生一次扣5分", name="客户投诉")
EARNED = line("拜访一次5分最多100分")
FLOOR = line("客户投诉每发生一起扣5分，最多扣20分")
OPEN_ENDED = line("每超1%加1分", unit=Unit.MONEY)

KINKS: list[tuple[str, Any, Any, float]] = [
    ("ratio: nothing", SALES, "0%", 0),
    ("ratio: below the threshold", SALES, "59.9%", 0),
    ("ratio: at the threshold", SALES, "60%", 60),
    ("ratio: short of the target", SALES, "92%", 92),
    ("ratio: at target", SALES, "100%", 100),
    ("ratio: beyond", SALES, "115%", 115),
    ("ratio: at the cap", SALES, "120%", 120),
    ("ratio: past the cap", SALES, "300%", 120),
    ("ratio: a pair", SALES, "6/8", 75),
    ("ratio: done", SALES, "达成", 100),
    ("ratio: a share in words", SALES, "92% of target", 92),
    ("ratio: a share in Chinese words", SALES, "达成率92%", 92),
    ("ratio: money with a scale", SALES, "480万/500万", 96),
    ("ratio: one scale for both", SALES, "480/500万", 96),
    ("lower: at target", COST, 50, 100),
    ("lower: under", COST, 45, 110),
    ("lower: far under", COST, 10, 120),
    ("lower: over", COST, 60, 80),
    ("lower: over the threshold", COST, 71, 0),
    ("lower: a share", COST, "110%", 90),
    ("range: on target", STOCK, 40, 100),
    ("range: nearly", STOCK, 42, 100),
    ("range: off by a tenth", STOCK, 36, 80),
    ("range: off by a third", STOCK, 54, 60),
    ("range: off by half", STOCK, 60, 0),
    ("range: inside its ends", STOCK_RANGE, 44.9, 100),
    ("range: outside its ends", STOCK_RANGE, 45.1, 0),
    ("stages: below", STAGED, 2, 0),
    ("stages: threshold", STAGED, 3, 60),
    ("stages: target", STAGED, 5, 100),
    ("stages: stretch", STAGED, 7, 120),
    ("stages, lower: past the threshold", STAGED_LOWER, 11, 0),
    ("stages, lower: threshold", STAGED_LOWER, 10, 60),
    ("stages, lower: target", STAGED_LOWER, 8, 100),
    ("stages, lower: stretch", STAGED_LOWER, 5, 120),
    ("steps of the house: 59", STEPS, "59%", 0),
    ("steps of the house: 60", STEPS, "60%", 60),
    ("steps of the house: 99", STEPS, "99%", 80),
    ("steps of the house: 100", STEPS, "5/5", 100),
    ("steps of the house: 120", STEPS, "6/5", 120),
    ("deduction: at target", ON_TIME, "95%", 100),
    ("deduction: better", ON_TIME, 99, 100),
    ("deduction: half a point", ON_TIME, 94.5, 100),
    ("deduction: one point", ON_TIME, 94, 95),
    ("deduction: a tenth and binary fractions", ON_TIME, 93.9, 95),
    ("deduction: all gone", ON_TIME, 60, 0),
    ("deduction: without a target", ON_TIME_OPEN, "98%", 90),
    ("deduction: from the first one on", PRICE_ORDER, 2, 90),
    ("deduction: none", PRICE_ORDER, 0, 100),
    ("deduction, lower", RETURNS, "3%", 95),
    ("bands: 79", BANDS, "79%", 0),
    ("bands: between", BANDS, "85%", 0),
    ("bands: 90", BANDS, "90%", 50),
    ("bands: 100", BANDS, "100%", 100),
    ("bands: 120", BANDS, "120%", 150),
    ("bands: points taken away", NEGATIVE, "79%", -100),
    ("bands: none", NEGATIVE, "80%", 0),
    ("bands of figures: within", BAD_DEBT, "1%", 100),
    ("bands of figures: past the first", BAD_DEBT, "1.2%", 66.666667),
    ("bands of figures: past the second", BAD_DEBT, 1.6, 0),
    ("bands of figures: taken away", BAD_DEBT, 5, -133.333333),
    ("slope: under", SLOPE, "97%", 80),
    ("slope: over", SLOPE, "103%", 120),
    ("slope: no cap", SLOPE, "200%", 766.666667),
    ("slope, lower is better: over", REVERSED, "12%", 86.666667),
    ("slope, lower is better: under", REVERSED, 7, 120),
    ("threshold of a deduction: at", THRESHOLD, "55%", 10),
    ("threshold of a deduction: under", THRESHOLD, "54%", 0),
    ("events: none", EVENTS, 0, 100),
    ("events: two", EVENTS, 2, 90),
    ("events: too many", EVENTS, 30, 0),
    ("events: at most so many lost", FLOOR, 9, 80),
    ("earned: three", EARNED, 3, 15),
    ("earned: capped", EARNED, 40, 100),
    ("bonus: under", OPEN_ENDED, "90%", 90),
    ("bonus: over", OPEN_ENDED, "250%", 250),
    ("milestones: per cent", line(MILESTONE), "60%", 60),
    ("milestones: a number", line(MILESTONE), 75, 75),
    ("milestones: stages", line(MILESTONE), "3/4", 75),
    ("milestones: done", line(MILESTONE), True, 100),
    ("milestones: none", line(MILESTONE), "未完成", 0),
    ("milestones: more than all", line(MILESTONE), "130%", 100),
    ("yes or no: yes", line(YES_NO), "yes", 100),
    ("yes or no: no", line(YES_NO), "否", 0),
    ("yes or no: one", line(YES_NO), 1, 100),
    ("yes or no: short", line(YES_NO), "99%", 0),
    ("yes or no: full", line(YES_NO), "8/8", 100),
    ("rating: of five", line(ANCHORED), 4, 80),
    ("rating: of a hundred", line(ANCHORED), 85, 85),
    ("rating: a scale of its own", line(ANCHORED), "8/10", 80),
    ("rating: the form's scale", line("优5良3一般1差0"), 3, 60),
    ("nothing stated: a proportion", line(None, unit=Unit.MONEY), "92%", 92),
    ("nothing stated: a threshold", line(None, unit=Unit.MONEY), "50%", 0),
    ("nothing stated: a task", line(None, kind=Kind.KEY_TASK), "50%", 50),
    ("nothing stated: a behaviour", line(None, kind=Kind.BEHAVIOUR), 3, 60),
]


@pytest.mark.parametrize(("item", "value", "wanted"), [case[1:] for case in KINKS], ids=[case[0] for case in KINKS])
def test_a_score_at_its_kinks(item: Any, value: Any, wanted: float) -> None:
    found = score(item, actual("指标", value))
    assert found.score == pytest.approx(wanted, abs=1e-5)
    assert found.points == pytest.approx(found.score * 20 / 100, abs=1e-5)
    assert found.at_most is None or found.points <= found.at_most + 1e-5


READINGS: list[tuple[str, Any, Any, str, str]] = [
    ("a share of an amount", SALES, "92%", "目标的92%", "92% of target"),
    ("a rate with a target is itself", ON_TIME, "92%", "实际92%，目标95%", "92% against the card's target of 95%"),
    ("a rate without one is a share", ON_TIME_OPEN, 88, "按达成率理解", "88% of target (the card has no target value"),
    ("a pair", SALES, "6/8", "实际6，目标8", "6 against a target of 8"),
    ("a figure", COST, 45, "实际45，目标50", "45 against the card's target of 50"),
    ("bands of figures", BAD_DEBT, "1.2%", "实际1.2%", "a figure of 1.2%"),
    ("occurrences", EVENTS, 2, "发生数：2", "occurrences: 2"),
    ("a rating", line(ANCHORED), 4, "评分4，满分5", "rated 4 of 5"),
]


@pytest.mark.parametrize(
    ("item", "value", "zh", "en"), [case[1:] for case in READINGS], ids=[case[0] for case in READINGS]
)
def test_how_an_actual_was_read_is_said(item: Any, value: Any, zh: str, en: str) -> None:
    found = score(item, actual("指标", value))
    assert zh in found.read.zh
    assert en in found.read.en


NOTES: list[tuple[str, Any, Any, bool, str]] = [
    ("no scoring", line(None, unit=Unit.MONEY), "92%", True, "states no scoring"),
    ("no steps", STEPS, "92%", True, "no steps and no threshold"),
    ("no range", STOCK, 40, True, "no range stated"),
    ("no deduction", ON_TIME, 94, True, "no deduction stated"),
    ("no scale", line(ANCHORED), 4, True, "no rating scale"),
    ("no worth of the target", EVENTS, 1, False, "points of 100"),
    ("a zero target", PRICE_ORDER, 1, True, "every unit from the first one"),
    ("a rule that runs the other way", line("每高1%扣1分", polarity=Polarity.HIGHER), "99%", False, "the other way"),
    ("no weight", line(RATIO, weight=None), "99%", False, "adds nothing"),
    ("another target", COST, "45/60", False, "stated target of 60"),
]


@pytest.mark.parametrize(
    ("item", "value", "house", "said"), [case[1:] for case in NOTES], ids=[case[0] for case in NOTES]
)
def test_what_was_assumed_is_said(item: Any, value: Any, house: bool, said: str) -> None:
    found = score(item, actual("指标", value))
    assert found.house is house
    assert any(said in note.en for note in found.notes)


REFUSED: list[tuple[str, Any, Any, str, str]] = [
    ("a figure without a target", SALES, 480, "没有目标值", "has no target value"),
    (
        "a lower rate without a target",
        line(RATIO, unit=Unit.PERCENT, polarity=LOWER),
        "3%",
        "没有目标值",
        "no target value",
    ),
    ("not done, of an amount", SALES, "未达成", "没有达成时仍可能得分", "can score without being reached"),
    ("no ratio to zero", SALES, "6/0", "零或负数", "zero or less"),
    ("units that differ", COST, 5000000, "单位可能不一致", "the units may differ"),
    ("occurrences in per cent", EVENTS, "92%", "不是次数", "is no number of them"),
    ("a rating off its scale", line(ANCHORED), "120", "不在量表之内", "is not on its scale"),
    ("a rating above the form's scale", line("优5良3一般1差0"), 6, "不在量表之内", "not on its scale"),
    ("bands of figures without a figure", BAD_DEBT, "达成", "按实际值计分", "is scored by its figure"),
]


@pytest.mark.parametrize(
    ("item", "value", "zh", "en"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED]
)
def test_what_a_line_cannot_take_is_refused_with_the_way_out(item: Any, value: Any, zh: str, en: str) -> None:
    with pytest.raises(BadInput) as refused:
        score(item, actual("指标", value))
    assert zh in refused.value.say("zh")
    assert en in refused.value.say("en")
    assert item.name.zh in refused.value.say("zh")


def test_a_bonus_on_top_of_a_ratio_stops_at_its_cap() -> None:
    rule = Scoring(method=ScoringMethod.RATIO, cap=110, bonus=Deduction(step=5, points=2, per="percent"))
    item = line(rule, unit=Unit.MONEY)
    scores = [score(item, actual("x", f"{share}%")).score for share in (104, 105, 125, 126, 200)]
    assert scores == [100, 102, 110, 110, 110]
