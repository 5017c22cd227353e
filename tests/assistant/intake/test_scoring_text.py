"""Scoring rules as people write them, in both languages."""

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.intake.scoring.text import scoring_rule
from assistant.models import Scoring

# Words, then the fields that differ from the defaults; a band is (from, points), or (from, points, True) above it.
RULES: list[tuple[str, dict[str, Any]]] = [
    # Tiers of attainment.
    (
        "完成率低于80%扣5分，低于70%扣10分，低于60%不得分",
        {"method": "tiers", "cap": 100, "points": 100, "threshold": 60, "bands": [(60, 90), (70, 95), (80, 100)]},
    ),
    (
        "完成率低于80%，扣5分；低于60%，不得分",
        {"method": "tiers", "cap": 100, "points": 100, "threshold": 60, "bands": [(60, 95), (80, 100)]},
    ),
    (
        "超20%以上15分；达成10分；90%以上5分；不足80%为0分",
        {
            "method": "tiers",
            "cap": 150,
            "points": 15,
            "full": 10,
            "threshold": 80,
            "bands": [(90, 5), (100, 10), (120, 15)],
        },
    ),
    (
        "超目标10%得12分，完成目标得10分，完成90%以上得8分，未达90%不得分",
        {
            "method": "tiers",
            "cap": 120,
            "points": 12,
            "full": 10,
            "threshold": 90,
            "bands": [(90, 8), (100, 10), (110, 12)],
        },
    ),
    (
        "达标10分；90%为5分；不足85%为0分；不足80%为-10分",
        {
            "method": "tiers",
            "cap": 100,
            "points": 10,
            "full": 10,
            "floor": -100,
            "bands": [(0, -10), (80, 0), (90, 5), (100, 10)],
        },
    ),
    (
        "≥100%：10分；≥90%：8分；＜90%：0分",
        {
            "method": "tiers",
            "cap": 100,
            "points": 10,
            "full": 10,
            "threshold": 90,
            "bands": [(90, 8), (100, 10)],
        },
    ),
    (
        "90%-100%得8分，80%～90%得6分，80%以下0分，100%及以上得10分",
        {
            "method": "tiers",
            "cap": 100,
            "points": 10,
            "full": 10,
            "threshold": 80,
            "bands": [(80, 6), (90, 8), (100, 10)],
        },
    ),
    (
        "达成率≥120%，得分120；100%≤达成率＜120%，得分100；80%≤达成率＜100%，得分80；＜80%，得分0",
        {"method": "tiers", "points": 120, "threshold": 80, "bands": [(80, 80), (100, 100), (120, 120)]},
    ),
    (
        "完成率100%得满分，90%得80分，低于80%不得分，满分100分",
        {"method": "tiers", "cap": 100, "points": 100, "threshold": 80, "bands": [(90, 80), (100, 100)]},
    ),
    (
        "百分之九十以上十分，百分之八十以上六分，其余零分",
        {"method": "tiers", "cap": 100, "points": 10, "full": 10, "bands": [(80, 6), (90, 10)]},
    ),
    (
        "10 points at 100% of quota, 8 points at 90% of quota, 0 below 80%",
        {
            "method": "tiers",
            "cap": 100,
            "points": 10,
            "full": 10,
            "threshold": 80,
            "bands": [(90, 8), (100, 10)],
        },
    ),
    (
        ">=120%: 12 points; 100-119%: 10 points; 80-99%: 6 points; <80%: 0 points",
        {
            "method": "tiers",
            "cap": 120,
            "points": 12,
            "full": 10,
            "threshold": 80,
            "bands": [(80, 6), (100, 10), (120, 12)],
        },
    ),
    (
        "5 points 100%; 1 point 0-25%",
        {"method": "tiers", "cap": 100, "points": 5, "full": 5, "bands": [(0, 1), (100, 5)]},
    ),
    (
        "5 points 5/6; 1 point 1/6",
        {"method": "tiers", "cap": 100, "points": 5, "full": 5, "bands": [(16.67, 1), (83.33, 5)]},
    ),
    # Tiers of figures.
    (
        "1%以下15分；1.5%以下10分；以上0分；5%以上-20分",
        {
            "method": "tiers",
            "cap": 100,
            "points": 15,
            "full": 15,
            "floor": -134,
            "figures": True,
            "polarity": "lower",
            "bands": [(0, 15), (1, 10, True), (1.5, 0, True), (5, -20)],
        },
    ),
    (
        "达到25%以上15分；低于25%为0分",
        {
            "method": "tiers",
            "cap": 100,
            "points": 15,
            "full": 15,
            "threshold": 25,
            "figures": True,
            "polarity": "higher",
            "bands": [(25, 15)],
        },
    ),
    (
        "成交5单以上得10分，3-5单得6分，3单以下0分",
        {
            "method": "tiers",
            "cap": 100,
            "points": 10,
            "full": 10,
            "threshold": 3,
            "figures": True,
            "polarity": "higher",
            "bands": [(3, 6), (5, 10)],
        },
    ),
    (
        "3天以内10分，7天以内5分，超过7天0分",
        {
            "method": "tiers",
            "cap": 100,
            "points": 10,
            "full": 10,
            "figures": True,
            "polarity": "lower",
            "bands": [(0, 10), (3, 5, True), (7, 0, True)],
        },
    ),
    (
        "5 points <10%; 1 point 75%+",
        {
            "method": "tiers",
            "cap": 100,
            "points": 5,
            "full": 5,
            "figures": True,
            "polarity": "lower",
            "bands": [(0, 5), (10, 1)],
        },
    ),
    (
        "5 points <3 months; 1 point 12+ months",
        {
            "method": "tiers",
            "cap": 100,
            "points": 5,
            "full": 5,
            "figures": True,
            "polarity": "lower",
            "bands": [(0, 5), (3, 1)],
        },
    ),
    (
        "错误率≤1%得10分；1%＜错误率≤3%得5分；＞3%得0分",
        {
            "method": "tiers",
            "cap": 100,
            "points": 10,
            "full": 10,
            "figures": True,
            "polarity": "lower",
            "bands": [(0, 10), (1, 5, True), (3, 0, True)],
        },
    ),
    (
        "销售额达到100万得10分，80万得8分，60万以下0分",
        {
            "method": "tiers",
            "cap": 100,
            "points": 10,
            "full": 10,
            "threshold": 600000,
            "figures": True,
            "polarity": "higher",
            "bands": [(800000, 8), (1000000, 10)],
        },
    ),
    # Deductions.
    ("每低1%扣2分", {"method": "deduction", "cap": 100, "polarity": "higher", "deduction": (1, 2, "percent")}),
    ("每低１％扣２分", {"method": "deduction", "cap": 100, "polarity": "higher", "deduction": (1, 2, "percent")}),
    ("每低一个百分点扣两分", {"method": "deduction", "cap": 100, "polarity": "higher", "deduction": (1, 2, "percent")}),
    ("完成率每下降5%扣3分", {"method": "deduction", "cap": 100, "polarity": "higher", "deduction": (5, 3, "percent")}),
    (
        "每降1%扣2分，低于55%不得分",
        {
            "method": "deduction",
            "cap": 100,
            "polarity": "higher",
            "threshold": 55,
            "deduction": (1, 2, "percent"),
        },
    ),
    (
        "每降1分扣2分，低于60不得分",
        {
            "method": "deduction",
            "cap": 100,
            "polarity": "higher",
            "threshold": 60,
            "figures": True,
            "deduction": (1, 2, "figure"),
        },
    ),
    (
        "达到给15分，每超1%加1分，每低1%扣1分",
        {
            "method": "deduction",
            "cap": None,
            "points": 15,
            "full": 15,
            "polarity": "higher",
            "deduction": (1, 1, "percent"),
            "bonus": (1, 1, "percent"),
        },
    ),
    (
        "达到给15分，每低1%加1分，每高1%扣1分",
        {
            "method": "deduction",
            "cap": None,
            "points": 15,
            "full": 15,
            "polarity": "lower",
            "deduction": (1, 1, "percent"),
            "bonus": (1, 1, "percent"),
        },
    ),
    (
        "费用率每超出预算1个百分点扣3分",
        {"method": "deduction", "cap": 100, "polarity": "lower", "deduction": (1, 3, "percent")},
    ),
    (
        "每减少1家扣3分，扣完为止",
        {"method": "deduction", "cap": 100, "polarity": "higher", "deduction": (1, 3, "figure")},
    ),
    ("每发生一次扣5分", {"method": "deduction", "cap": 100, "deduction": (1, 5, "event")}),
    ("每出现一例投诉扣3分", {"method": "deduction", "cap": 100, "deduction": (1, 3, "event")}),
    ("延迟1天扣2分", {"method": "deduction", "cap": 100, "deduction": (1, 2, "event")}),
    ("一次一分，扣满即止", {"method": "deduction", "cap": 100, "deduction": (1, 1, "event")}),
    (
        "客户投诉每发生一起扣5分，最多扣20分",
        {"method": "deduction", "cap": 100, "floor": 80, "deduction": (1, 5, "event")},
    ),
    ("3次以内不扣分，超过3次每次扣2分", {"method": "deduction", "cap": 100}),
    (
        "-5 points per 1% below target, zero below 60%",
        {
            "method": "deduction",
            "cap": 100,
            "polarity": "higher",
            "threshold": 60,
            "deduction": (1, 5, "percent"),
        },
    ),
    ("5 points deducted for each error", {"method": "deduction", "cap": 100, "deduction": (1, 5, "event")}),
    ("each late report costs 5 points", {"method": "deduction", "cap": 100, "deduction": (1, 5, "event")}),
    ("minus 2 points per complaint", {"method": "deduction", "cap": 100, "deduction": (1, 2, "event")}),
    (
        "lose 3 points for every 1% over budget",
        {"method": "deduction", "cap": 100, "polarity": "lower", "deduction": (1, 3, "percent")},
    ),
    (
        "目标完成率100%得30分，每增减1%加减1分",
        {
            "method": "deduction",
            "cap": None,
            "points": 30,
            "full": 30,
            "polarity": "higher",
            "deduction": (1, 1, "percent"),
            "bonus": (1, 1, "percent"),
        },
    ),
    (
        "每有一次投诉扣10分，3次以上不得分",
        {
            "method": "deduction",
            "cap": 100,
            "polarity": "lower",
            "threshold": 2,
            "figures": True,
            "deduction": (1, 10, "event"),
        },
    ),
    (
        "1. 达到目标值得满分 2. 每低5%扣5分 3. 低于60%为0分",
        {"method": "deduction", "cap": 100, "polarity": "higher", "threshold": 60, "deduction": (5, 5, "percent")},
    ),
    (
        "每出现1次差错扣2分，扣完10分为止",
        {"method": "deduction", "cap": 100, "points": 10, "full": 10, "deduction": (1, 2, "event")},
    ),
    (
        "每季度拜访不少于10次，少1次扣1分",
        {"method": "deduction", "cap": 100, "polarity": "higher", "deduction": (1, 1, "figure")},
    ),
    (
        "1 point off for each 1% below; zero under 80%",
        {"method": "deduction", "cap": 100, "polarity": "higher", "threshold": 80, "deduction": (1, 1, "percent")},
    ),
    # Proportion, cap and threshold.
    ("实际完成/目标×分值", {"method": "ratio"}),
    ("按完成率计分，上限120%", {"method": "ratio", "cap": 120}),
    ("得分=权重×完成率，最高不超过130%", {"method": "ratio", "cap": 130}),
    ("得分=完成率*分值，1.2倍封顶", {"method": "ratio", "cap": 120}),
    ("按达成率线性计分，低于70%不得分，最高150%", {"method": "ratio", "cap": 150, "threshold": 70}),
    ("按比例得分，不封顶", {"method": "ratio", "cap": None}),
    ("每超1%加1分", {"method": "ratio", "cap": None, "polarity": "higher", "bonus": (1, 1, "percent")}),
    (
        "每超1%加1分，最多加10分",
        {"method": "ratio", "cap": 110, "points": 110, "polarity": "higher", "bonus": (1, 1, "percent")},
    ),
    ("拜访一次5分最多100分", {"method": "ratio", "cap": 100, "points": 100, "bonus": (1, 5, "event")}),
    ("低于80%不得分", {"method": "ratio", "threshold": 80}),
    ("高于10%不得分", {"method": "ratio", "threshold": 10, "figures": True, "polarity": "lower"}),
    ("linear, capped at 120%", {"method": "ratio", "cap": 120}),
    ("pro rata, maximum 150%", {"method": "ratio", "cap": 150}),
    ("score = actual / target × weight, max 150%", {"method": "ratio", "cap": 150}),
    ("proportional to attainment, uncapped", {"method": "ratio", "cap": None}),
    ("no score below 80%", {"method": "ratio", "threshold": 80}),
    ("floor at 100%", {"method": "ratio", "threshold": 100}),
    (
        "2 points per visit, up to 20 points",
        {"method": "ratio", "cap": 100, "points": 20, "full": 20, "bonus": (1, 2, "event")},
    ),
    (
        "plus 1 point per 1% above target, no cap",
        {"method": "ratio", "cap": None, "polarity": "higher", "bonus": (1, 1, "percent")},
    ),
    ("以计划完成率计算得分，超过110%按110%计算", {"method": "ratio", "cap": 110}),
    (
        "每新增1家得2分，上限20分",
        {"method": "ratio", "cap": 100, "points": 20, "full": 20, "bonus": (1, 2, "event")},
    ),
    (
        "1 point per new logo, capped at 10",
        {"method": "ratio", "cap": 100, "points": 10, "full": 10, "bonus": (1, 1, "event")},
    ),
    ("0 if below 70%, linear from 70% to 100%, max 120%", {"method": "ratio", "threshold": 70}),
    # Done or not.
    ("按时完成100分，延期0分", {"method": "yes_no", "cap": 100, "points": 100}),
    ("未完成不得分，完成得10分", {"method": "yes_no", "cap": 100, "points": 10, "full": 10}),
    ("达标得分，不达标不得分", {"method": "yes_no", "cap": 100}),
    ("一票否决", {"method": "yes_no", "cap": 100}),
    ("100% if done, 0 otherwise", {"method": "yes_no", "cap": 100, "points": 100}),
    ("all or nothing", {"method": "yes_no", "cap": 100}),
    ("低于目标不得分", {"method": "ratio", "threshold": 100}),
    ("不达标扣10分", {"method": "yes_no", "cap": 100, "floor": 90}),
    # Ratings and stages.
    ("优5良3一般1差0", {"method": "anchored", "cap": 100, "points": 5, "full": 5}),
    ("A级10分，B级8分，C级5分，D级0分", {"method": "anchored", "cap": 100, "points": 10, "full": 10}),
    ("营销总监评分", {"method": "anchored", "cap": 100}),
    ("5分制打分", {"method": "anchored", "cap": 100, "full": 5}),
    ("rated 1-5 by the sales team", {"method": "anchored", "cap": 100, "full": 5}),
    ("里程碑按节点完成情况计分", {"method": "milestone", "cap": 100}),
    ("% complete of the milestones", {"method": "milestone", "cap": 100}),
]


def plainly(scoring: Scoring) -> dict[str, Any]:
    """Return what differs from the defaults, bands and steps as short tuples."""
    found = scoring.model_dump(mode="json", exclude_defaults=True, exclude={"text"})
    if scoring.bands:
        found["bands"] = [(band.at_least, band.points, *([True] if band.above else [])) for band in scoring.bands]
    for name in ("deduction", "bonus"):
        if part := getattr(scoring, name):
            found[name] = (part.step, part.points, part.per)
    return {key: value for key, value in found.items() if key != "cap"} | {"cap": scoring.cap}


@pytest.mark.parametrize(("words", "wanted"), RULES, ids=[words for words, _ in RULES])
def test_rules_as_people_write_them(words: str, wanted: dict[str, Any]) -> None:
    found = scoring_rule(words)
    assert found is not None
    assert found.text == words
    assert plainly(found) == {"cap": 120} | wanted


@pytest.mark.parametrize("words", ["", "   ", "待定", "见附件", "to be agreed", "-", "2026"])
def test_words_that_say_nothing_give_no_rule(words: str) -> None:
    assert scoring_rule(words) is None


def test_points_of_the_line_are_the_scale_of_the_rule() -> None:
    found = scoring_rule("完成率低于80%扣5分，低于60%不得分", full=20)
    assert found is not None
    assert plainly(found) == {
        "method": "tiers",
        "cap": 100,
        "points": 20,
        "full": 20,
        "threshold": 60,
        "bands": [(60, 15), (80, 20)],
    }


def test_a_proportion_says_nothing_about_a_cap_and_keeps_the_usual_one() -> None:
    found = scoring_rule("按完成率计分")
    assert found is not None
    assert found.cap == 120


JUNK = [
    "每",
    "1",
    "每低1%",
    "a ",
    "低于",
    "5 points ",
    "1-",
    "低于1%扣1分",
    "each ",
    "1,",
    "最多",
    "(含",
    "优",
    "实际",
    "不",
    "%",
]


@pytest.mark.parametrize("junk", JUNK)
def test_long_junk_is_read_in_no_time(junk: str) -> None:
    start = time.process_time()
    scoring_rule((junk * 6000)[:6000])
    assert time.process_time() - start < 1.0


PIECES = [
    "每",
    "低于",
    "超",
    "80%",
    "5分",
    "扣",
    "加",
    "points",
    " below ",
    ";",
    "，",
    "以上",
    "不得分",
    "-",
    "0",
    "达标",
    "最高",
    "封顶",
    "1/6",
]


@given(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=14).map("".join)))
def test_any_text_gives_a_sound_rule_or_none(text: str) -> None:
    found = scoring_rule(text)
    assert found is None or Scoring.model_validate(found.model_dump()) == found
