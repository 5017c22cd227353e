"""Actuals as people state them."""

import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import BadInput, ScorecraftError
from assistant.intake.grids import Cell, Content, Grid
from assistant.scoring.actuals import actual, from_argument, from_content, from_mapping, from_text

VALUES: list[tuple[Any, str, float, float | None]] = [
    ("92%", "percent", 92, None),
    ("９２％", "percent", 92, None),
    ("-5%", "percent", -5, None),
    ("88", "figure", 88, None),
    ("88.5分", "figure", 88.5, None),
    ("1,200", "figure", 1200, None),
    ("480万元", "figure", 4_800_000, None),
    ("¥1.2亿", "figure", 120_000_000, None),
    ("$480k", "figure", 480_000, None),
    ("6/8", "pair", 6, 8),
    ("6 / 8 家", "pair", 6, 8),
    ("480万/500万", "pair", 4_800_000, 5_000_000),
    ("480/500万", "pair", 4_800_000, 5_000_000),
    ("4800000/500万", "pair", 4_800_000, 5_000_000),
    ("1.2%/1.5%", "pair", 1.2, 1.5),
    ("达成92%", "share", 92, None),
    ("目标的92%", "share", 92, None),
    ("92% of target", "share", 92, None),
    ("92% of the quota", "share", 92, None),
    ("是", "yes", 0, None),
    ("达成", "yes", 0, None),
    ("Yes", "yes", 0, None),
    ("未达成", "no", 0, None),
    ("not done", "no", 0, None),
    (True, "yes", 0, None),
    (False, "no", 0, None),
    (0.92, "figure", 0.92, None),
    (92, "figure", 92, None),
]


@pytest.mark.parametrize(("value", "form", "number", "target"), VALUES, ids=[str(case[0]) for case in VALUES])
def test_values(value: Any, form: str, number: float, target: float | None) -> None:
    found = actual("x", value)
    assert (found.form, found.value, found.target) == (form, pytest.approx(number), target)


BAD: list[Any] = ["", "  ", "好", "about 90", "90%%", "6/8/9", "=5", "nan", "9" * 80, None, math.nan, math.inf, [1], {}]


@pytest.mark.parametrize("value", BAD, ids=repr)
def test_a_value_that_cannot_be_read_names_its_line(value: Any) -> None:
    with pytest.raises(BadInput) as refused:
        actual("回款率", value)
    assert "“回款率”的实际值" in refused.value.say("zh")
    assert "of “回款率” cannot be read" in refused.value.say("en")


TEXTS = [
    ("销售额=92%, 回款率=88, 新客户=6/8", [("销售额", "percent"), ("回款率", "figure"), ("新客户", "pair")]),
    ("销售额＝92％；回款率：88", [("销售额", "percent"), ("回款率", "figure")]),
    ("sales = 1,200/1,500, NPS = yes\n#3=4", [("sales", "pair"), ("NPS", "yes"), ("#3", "figure")]),
    ("KPI: A=5", [("KPI: A", "figure")]),
]


@pytest.mark.parametrize(("text", "wanted"), TEXTS, ids=[text for text, _ in TEXTS])
def test_a_line_of_text(text: str, wanted: list[tuple[str, str]]) -> None:
    assert [(one.line, one.form) for one in from_text(text)] == wanted


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("", "没有实际值", "No actuals are given"),
        ("，；", "没有实际值", "No actuals are given"),
        ("销售额", "“销售额”不是“指标=实际值”", "“销售额” is not of the form"),
        ("销售额=", "“销售额=”不是“指标=实际值”", "“销售额=” is not of the form"),
        ("=92%", "“=92%”不是“指标=实际值”", "“=92%” is not of the form"),
        ("销售额=很好", "“销售额”的实际值“很好”看不懂", "The actual “很好” of “销售额” cannot be read"),
    ],
)
def test_a_text_that_cannot_be_read_says_how_to_write_it(text: str, zh: str, en: str) -> None:
    with pytest.raises(BadInput) as refused:
        from_text(text)
    assert zh in refused.value.say("zh")
    assert en in refused.value.say("en")


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = from_text(text)
    except ScorecraftError as refused:
        assert refused.say("zh")
        assert refused.say("en")
    else:
        assert all(math.isfinite(one.value) for one in found)


def table(*rows: tuple[str, ...]) -> Content:
    cells = tuple(tuple(Cell(text=text) for text in row) for row in rows)
    return Content(kind="csv", name="actuals.csv", grids=(Grid(name="", rows=cells),))


def test_a_mapping() -> None:
    content = Content(kind="yaml", name="actuals.yaml", data={"销售额": "92%", "回款率": 88, "按时": True})
    assert [(one.line, one.form) for one in from_content(content)] == [
        ("销售额", "percent"),
        ("回款率", "figure"),
        ("按时", "yes"),
    ]


@pytest.mark.parametrize("rows", [[("指标", "实际值")], []], ids=["with a heading", "without one"])
def test_a_table_of_two_columns(rows: list[tuple[str, ...]]) -> None:
    found = from_content(table(*rows, ("销售额", "92%"), ("", ""), ("回款率", "88")))
    assert [(one.line, one.value) for one in found] == [("销售额", 92), ("回款率", 88)]


def test_a_bad_value_below_the_heading_is_refused() -> None:
    with pytest.raises(BadInput, match="cannot be read"):
        from_content(table(("指标", "实际值"), ("销售额", "很好")))


def test_a_file_without_actuals_is_refused() -> None:
    with pytest.raises(BadInput) as refused:
        from_content(table(("销售额",)))
    assert "“actuals.csv”里没有实际值" in refused.value.say("zh")
    with pytest.raises(BadInput):
        from_mapping({})


@pytest.mark.parametrize("name", ["actuals.yaml", "actuals.csv"])
def test_a_file_named_on_the_command_line(name: str, tmp_path: Path) -> None:
    texts = {"actuals.yaml": "销售额: 92%\n新客户: 6/8\n", "actuals.csv": "指标,实际值\n销售额,92%\n新客户,6/8\n"}
    path = tmp_path / name
    path.write_text(texts[name], encoding="utf-8")
    assert [(one.line, one.form) for one in from_argument(str(path))] == [("销售额", "percent"), ("新客户", "pair")]
