"""Which column of a table is what."""

import pytest

from assistant.intake.grids import Cell, Grid
from assistant.intake.tables.columns import column_letters, find_header
from assistant.intake.tables.headings import Headings
from assistant.intake.tables.ours import layout_of
from knowledge.models import Catalogue

FIELDS = {
    "plain": (["指标", "权重", "目标值"], ["name", "weight", "target"]),
    "in English": (["No.", "KPI", "Weight", "Data source"], ["number", "name", "weight", "source"]),
    "with units in brackets": (["考核指标（KPI）", "权重(%)", "2026年目标值"], ["name", "weight", "target"]),
    "in two languages": (["指标 / KPI", "权重 / Weight", "考核人 / Rater"], ["name", "weight", "rater"]),
    "on two lines": (["指标\nKPI", "权重\nWeight"], ["name", "weight"]),
    "longer than the word": (["绩效考核指标名称", "所占权重", "年度目标值"], ["name", "weight", "target"]),
    "with empty columns between and behind": (["指标", "", "权重", "", ""], ["name", None, "weight", None, None]),
    "in full width": (["ＫＰＩ", "Ｗｅｉｇｈｔ"], ["name", "weight"]),
    "category alone names the items": (["类别", "权重"], ["name", "weight"]),
    "a weak name gives way to a clear one": (["考核项目", "考核指标", "权重"], ["dimension", "name", "weight"]),
    "what is not known stays open": (["指标", "权重", "魔法值"], ["name", "weight", None]),
    "two scores": (["指标", "权重", "自评", "上级评分"], ["name", "weight", "score", "score_more"]),
    "two weights, the points beside them": (["指标", "权重", "标准分"], ["name", "weight", "points"]),
}
NO_HEADER = {
    "one word alone": [["指标"]],
    "no name among them": [["权重", "目标值"]],
    "a line with a figure": [["指标", "权重", "20"]],
    "nothing known": [["甲", "乙", "丙"]],
}


@pytest.fixture(scope="module")
def headings(catalogue: Catalogue) -> Headings:
    return Headings(catalogue, "heading_")


def grid(rows: list[list[str]], *, numbers: bool = False) -> Grid:
    return Grid("", tuple(tuple(_cell(text, numbers=numbers) for text in row) for row in rows))


def _cell(text: str, *, numbers: bool) -> Cell:
    return Cell(text, number=float(text)) if numbers and text.isdigit() else Cell(text)


@pytest.mark.parametrize("case", FIELDS)
def test_each_heading_is_taken_for_a_field(case: str, headings: Headings) -> None:
    texts, fields = FIELDS[case]
    header = find_header(grid([texts, ["销售额"] * len(texts)]), headings)
    assert header is not None
    assert [header.fields.get(column) for column in range(len(texts))] == fields


@pytest.mark.parametrize("case", NO_HEADER)
def test_a_row_that_holds_no_headings_is_none(case: str, headings: Headings) -> None:
    assert find_header(grid(NO_HEADER[case], numbers=True), headings) is None


def test_headings_are_found_below_a_title_and_fields(headings: Headings) -> None:
    rows = [["绩效考核表"], ["岗位", "销售代表"], [], ["指标", "权重"], ["销售额", "100"]]
    header = find_header(grid(rows), headings)
    assert header is not None
    assert (header.first, header.last) == (3, 3)


def test_a_row_of_fields_above_the_table_is_no_heading(headings: Headings) -> None:
    """A merge repeats a cell many times, and still counts once."""
    field = [Cell("考核周期"), Cell("考核人"), *[Cell("激励指标方案", merged=place > 0) for place in range(8)]]
    below = [["战略重点"], ["业务情况"], [], ["指标", "权重", "目标值", "数据来源"], ["销售额", "100", "", ""]]
    header = find_header(Grid("", (tuple(field), *grid(below).rows)), headings)
    assert header is not None
    assert header.first == 4


def test_a_second_row_of_headings_refines_the_first(headings: Headings) -> None:
    rows = [["指标", "权重", "目标", "目标", "目标"], ["指标", "权重", "门槛值", "目标值", "挑战值"], ["销售额"]]
    header = find_header(grid(rows), headings)
    assert header is not None
    assert header.last == 1
    assert list(header.fields.values()) == ["name", "weight", "threshold", "target", "stretch"]


def test_a_weight_that_spans_lines_is_the_weight_of_their_section(headings: Headings) -> None:
    lines = [["财务", "60", "销售额", "50"], ["", "", "回款率", "50"], ["", "", "费用率", "0"]]
    rows = [["维度", "权重", "指标", "权重"], *lines]
    header = find_header(grid(rows), headings)
    assert header is not None
    assert header.fields == {0: "dimension", 1: "section_weight", 2: "name", 3: "weight"}


OURS = ["定义与公式", "评分标准", "数据提供部门", "加权得分"]
THEIRS = ["Definition and formula", "Scoring rule", "Data provider", "Weighted score"]


@pytest.mark.parametrize(
    ("headings", "layout"),
    [
        (OURS, "zh"),
        (["维度", "指标", *OURS, "备注"], "zh"),
        (THEIRS, "en"),
        ([f"{zh} / {en}" for zh, en in zip(OURS, THEIRS, strict=True)], "both"),
        (OURS[:3], None),
        (["指标", "权重", "评分标准"], None),
    ],
    ids=["Chinese", "a column more", "English", "both", "a column less", "anyone's"],
)
def test_forms_of_ours_are_known_by_their_headings(headings: list[str], layout: str | None) -> None:
    assert layout_of(headings) == layout


@pytest.mark.parametrize(("column", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_counted_in_letters(column: int, letters: str) -> None:
    assert column_letters(column) == letters
