"""Awkward forms row by row: sections, totals, signatures, parts outside the 100, several tables."""

import csv
import io

import pytest

from api.export import export
from assistant.advisor import Advisor
from assistant.errors import BadInput
from assistant.intake.sources import Source
from assistant.models import Brief
from assistant.recommender.card import scorecard
from tests.assistant.intake.forms import (
    AWKWARD,
    LINES,
    MERGED,
    PARTS_ASIDE,
    PERSPECTIVES,
    POSITIONS,
    SECTIONS,
    SENTENCE,
    TRANSPOSED,
    TWO_ROWS,
    UNHEADED,
    book,
    one,
    read,
    separated,
    text,
)

WEIGHTS = {
    "merged dimensions with weights of their own": (
        MERGED,
        {"销售额": 30, "回款率": 18, "费用率": 12, "新客户数量": 20, "人才培养": 20},
    ),
    "section rows": (
        SECTIONS,
        {"销售任务完成率": 40, "回款率": 30, "沟通能力": 10, "学习能力": 10, "工作态度": 10},
    ),
    "headings in two rows": (TWO_ROWS, {"销售额": 40, "回款率": 30, "NPS": 30}),
    "weights within perspectives": (PERSPECTIVES, {"Revenue": 42, "Collections": 18, "New logos": 20, "NPS": 20}),
    "a list in a sentence": (SENTENCE, {"销售额": 40, "回款率": 20, "新客户": 20, "满意度": 20}),
    "lines of text": (LINES, {"Revenue": 50, "New customers": 20, "CRM data quality": 20, "Teamwork": 10}),
    "no headings": (UNHEADED, {"销售额": 40, "回款率": 30, "新客户数": 30}),
    "on its side": (TRANSPOSED, {"销售额": 50, "回款率": 30, "新客户": 20}),
    "a line about approvals without a weight": (
        separated(
            [
                ["指标", "权重", "目标值", "数据来源", "考核人"],
                ["审批及时率", "", "95%", "OA", "直接上级"],
                ["审批：", "", "", "", ""],
            ]
        ),
        {"审批及时率": None},
    ),
}


@pytest.mark.parametrize("case", WEIGHTS)
def test_names_and_weights(case: str, advisor: Advisor) -> None:
    source, weights = WEIGHTS[case]
    assert {item.name.zh: item.weight for item in one(advisor, source).card.items} == weights


MEANINGS = {
    "merged dimensions with weights of their own": (
        MERGED,
        "heading item item item item item total part item part item signature",
    ),
    "section rows": (SECTIONS, "heading section item item section item item item total"),
    "headings in two rows": (TWO_ROWS, "heading heading item item item"),
    "notes and signatures": (
        separated(
            [
                ["指标", "权重", "目标值"],
                ["销售额", "60", "500万"],
                ["", "", "不含税"],
                ["回款率", "40", ""],
                ["合计", "100", ""],
                ["备注：按季度考核", "", ""],
                ["最终得分", "", ""],
                ["被考核人签字：", "日期：", ""],
            ]
        ),
        "heading item continued item total note note signature",
    ),
}


@pytest.mark.parametrize("case", MEANINGS)
def test_rows_are_told_apart(case: str, advisor: Advisor) -> None:
    source, meanings = MEANINGS[case]
    assert [row.meaning for row in one(advisor, source).rows] == meanings.split()


def test_parts_inside_the_table_stand_outside_the_weights(advisor: Advisor) -> None:
    card = one(advisor, MERGED).card
    assert [(added.name.zh, added.points) for added in card.adjustments] == [("重大客户投诉", -5)]
    assert [(veto.trigger and veto.trigger.zh, veto.effect and veto.effect.zh) for veto in card.vetoes] == [
        ("重大合规违规", "一票否决，本期0分")
    ]


def test_parts_in_tables_of_their_own_belong_to_the_card_before_them(advisor: Advisor) -> None:
    card = one(advisor, PARTS_ASIDE).card
    assert len(card.items) == 2
    assert [(added.name.zh, added.points) for added in card.adjustments] == [("年度表彰", 5), ("有效投诉", -3)]
    assert [veto.protects for veto in card.vetoes] == [("sales_amount",)]
    assert [(watched.indicator, watched.reason.zh) for watched in card.monitors] == [("complaint_rate", "只看趋势")]


def test_raters_and_targets_of_an_awkward_form(advisor: Advisor) -> None:
    sales, collected, _, new, _ = one(advisor, MERGED).card.items
    assert (sales.tiers.target, collected.tiers.target, collected.tiers.text) == (50_000_000, 95, "≥95%")
    assert [(rater.rater, rater.share) for rater in new.raters] == [("line_manager", 60), ("hr", 40)]


def test_a_table_of_several_positions_holds_a_card_each(advisor: Advisor) -> None:
    with pytest.raises(BadInput):
        read(advisor, POSITIONS)
    cards = [intake.card for intake in read(advisor, POSITIONS, "all")]
    assert [card.role for card in cards] == ["sales_representative", "presales_engineer"]
    assert [[item.weight for item in card.items] for card in cards] == [[60, 40], [50, 50]]


def test_two_cards_in_a_file_ask_which(advisor: Advisor) -> None:
    head = "| KPI | Weight |\n|---|---|\n"
    source = text(f"{head}| Revenue | 100 |\n\n## B\n\n{head}| NPS | 100 |\n")
    with pytest.raises(BadInput):
        read(advisor, source)
    assert [item.name.en for item in read(advisor, source, "B")[0].card.items] == ["NPS"]


def test_a_name_on_a_form_of_ours_is_never_taken_for_anything_else(advisor: Advisor) -> None:
    """On anyone's form these words would be a total, a note, a part or a signature."""
    words = ("合计项", "备注", "否决项", "审批", "1、最终得分", "目标值设定方法", "岗位")
    draft = scorecard(advisor.recommender.choose(Brief(role="sales_representative")), advisor.catalogue)
    items = tuple(
        item.model_copy(update={"indicator": None, "name": item.name.model_copy(update={"zh": word, "en": word})})
        for item, word in zip(draft.items, words, strict=False)
    )
    for target in ("xlsx", "docx", "md", "csv"):
        data = export(draft.model_copy(update={"items": items}), advisor.catalogue, target, "zh")
        names = [item.name.zh for item in one(advisor, Source(f"card.{target}", data)).card.items]
        assert names == [item.name.zh for item in items]


def rows_of(source: Source) -> list[list[str]]:
    return list(csv.reader(io.StringIO(source.data.decode(), newline="")))


WIDER = str.maketrans("0123456789%", "０１２３４５６７８９％")
PADDED = {
    "empty columns at the end": lambda rows: [[*row, "", "", ""] for row in rows],
    "empty rows between": lambda rows: [line for row in rows for line in (row, [""] * len(row))],
    "digits in full width": lambda rows: [[cell.translate(WIDER) for cell in row] for row in rows],
}


@pytest.mark.parametrize("padding", PADDED)
@pytest.mark.parametrize("case", ["section rows", "on its side"])
def test_padding_changes_nothing(case: str, padding: str, advisor: Advisor) -> None:
    source = AWKWARD[case]
    padded = separated(PADDED[padding](rows_of(source)))
    assert _plain(one(advisor, padded).card.items) == _plain(one(advisor, source).card.items)


def _plain(items: tuple[object, ...]) -> list[object]:
    """Return items without the words of their scoring, which stay as they are written."""
    return [item.model_copy(update={"scoring": None, "tiers": None}) for item in items]  # type: ignore[attr-defined]


GUARDED = {
    "csv": separated([["指标", "权重"], ["'=增长率", "60"], ["'＋客户数", "40"], ["'引用'", ""]]),
    "md": text("| 指标 | 权重 |\n|---|---|\n| '=增长率 | 60 |\n| '＋客户数 | 40 |\n| '引用' | |\n"),
}


@pytest.mark.parametrize("kind", GUARDED)
def test_the_guard_before_a_sign_is_not_part_of_the_name(kind: str, advisor: Advisor) -> None:
    assert [item.name.zh for item in one(advisor, GUARDED[kind]).card.items] == ["=增长率", "＋客户数", "'引用'"]


def test_a_workbook_needs_no_guard(advisor: Advisor) -> None:
    source = book([["指标", "权重"], ["'=增长率", 60], ["回款率", 40]])
    assert one(advisor, source).card.items[0].name.zh == "'=增长率"
