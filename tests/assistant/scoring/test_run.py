"""The dry run of whole cards."""

import pytest

from assistant.advisor import Advisor
from assistant.errors import BadInput
from assistant.models import Adjustment, Scorecard, Veto
from assistant.requests import Request
from assistant.scoring.actuals import from_text
from assistant.scoring.models import DryRun
from assistant.scoring.run import dry_run
from knowledge.models import Catalogue, Text
from knowledge.terms import Unit
from tests.assistant.scoring.lines import line

CARD = Scorecard(
    position="大客户经理",
    items=(
        line("按完成率计分，上限120%", name="销售额", weight=40, unit=Unit.MONEY),
        line("按完成率计分，上限120%", name="回款完成率", weight=30, unit=Unit.PERCENT),
        line("每发生一次扣5分", name="客户投诉", weight=20),
        line("每超1%加1分", name="新客户销售额", weight=10, unit=Unit.MONEY),
    ),
    adjustments=(Adjustment(name=Text(zh="专项奖", en="award"), points=6),),
    vetoes=(Veto(trigger=Text(zh="重大违规", en="serious breach"), effect=Text(zh="总分为零", en="no points")),),
)


def run(text: str, catalogue: Catalogue, card: Scorecard = CARD) -> DryRun:
    return dry_run(card, from_text(text), catalogue, "en")


def test_points_add_up_and_missing_lines_are_left_out(catalogue: Catalogue) -> None:
    found = run("销售额=90%, 客户投诉=1", catalogue)
    assert [(one.name.zh, one.points) for one in found.lines] == [("销售额", 36), ("客户投诉", 19)]
    assert [one.name.zh for one in found.missing] == ["回款完成率", "新客户销售额"]
    assert (found.total, found.at_target, found.at_most) == (55, 60, 68)
    assert any("回款完成率, 新客户销售额 (40% of the weight)" in note for note in found.notes)


def test_without_a_cap_there_is_no_highest_total(catalogue: Catalogue) -> None:
    found = run("新客户销售额=250%", catalogue)
    assert (found.total, found.at_most) == (25, None)


def test_nobody_is_rated(catalogue: Catalogue) -> None:
    found = run("销售额=90%", catalogue)
    assert "Dry run of the card" in found.title
    assert "nobody is rated" in found.title
    assert found.conditions == ("serious breach: no points (decided by: to be set)",)


@pytest.mark.parametrize(("words", "points"), [("是", 6), ("no", 0), ("2", 10)], ids=["once", "not", "bounded"])
def test_a_bonus_counts_only_when_given(words: str, points: float, catalogue: Catalogue) -> None:
    assert run(f"销售额=100%, 专项奖={words}", catalogue).total == 40 + points


def test_a_bonus_takes_no_per_cent(catalogue: Catalogue) -> None:
    with pytest.raises(BadInput, match="bonus or penalty item “award”"):
        run("专项奖=92%", catalogue)


@pytest.mark.parametrize(
    ("name", "place"),
    [("销售额", 1), ("#3", 3), ("回款", 2), ("客户投诉次数", 3), ("新客户销售", 4)],
)
def test_a_line_is_found_by_what_people_call_it(name: str, place: int, catalogue: Catalogue) -> None:
    assert [one.line for one in run(f"{name}=1/1" if place != 3 else f"{name}=1", catalogue).lines] == [place]


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        (
            "库存=5",
            "没有“库存”这一项。表上有：#1 销售额、#2 回款完成率",
            "no line called “库存”. It has: #1 销售额, #2",
        ),
        ("#9=5", "没有“#9”这一项", "no line called “#9”"),
        ("销售额=5/5, #1=92%", "“#1”与“销售额”是同一项", "“#1” and “销售额” name the same line"),
    ],
)
def test_names_that_lead_nowhere(text: str, zh: str, en: str, catalogue: Catalogue) -> None:
    with pytest.raises(BadInput) as refused:
        run(text, catalogue)
    assert zh in refused.value.say("zh")
    assert en in refused.value.say("en")


def test_a_name_that_fits_two_lines_is_asked_about(catalogue: Catalogue) -> None:
    twice = CARD.model_copy(update={"items": (CARD.items[0], CARD.items[0], CARD.items[2])})
    with pytest.raises(BadInput) as refused:
        run("销售额=92%", catalogue, twice)
    assert "#1 销售额、#2 销售额" in refused.value.say("zh")
    assert [one.line for one in run("#2=92%", catalogue, twice).lines] == [2]


def test_the_catalogue_knows_other_names_of_a_line(advisor: Advisor) -> None:
    card = advisor.suggest(Request(role="sales_representative", strategy="win new customers")).scorecard
    found = dry_run(card, from_text("回款率=88, sales_amount=92%, 新客户=6/8"), advisor.catalogue, "zh")
    assert {one.indicator: one.score for one in found.lines} == {
        "sales_amount": 92,
        "collection_rate": 88,
        "new_customers": 75,
    }
    assert "不是对人的评价" in found.title


@pytest.mark.parametrize("role", ["sales_director", "sales_support", "channel_manager", "customer_success"])
def test_every_line_of_our_own_cards_can_be_tried(role: str, advisor: Advisor) -> None:
    card = advisor.suggest(Request(role=role, strategy="grow sales")).scorecard
    text = ", ".join(f"#{place}=5/5" for place in range(1, len(card.items) + 1))
    found = dry_run(card, from_text(text), advisor.catalogue, "zh")
    assert found.total == pytest.approx(100)
    assert found.missing == ()
    assert all(found.curves[one.line] for one in found.lines)
    assert DryRun.model_validate_json(found.model_dump_json()) == found
