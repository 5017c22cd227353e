"""Workbooks and documents taken apart: every cell as shown, merges repeated, and notes on what a reader would miss."""

from collections.abc import Callable
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

from assistant.intake.formats.parsing import parse
from assistant.intake.grids import Cell, Content, Grid
from assistant.intake.sandbox import take_apart
from assistant.intake.sources import Source
from assistant.wording import worded
from tests.assistant.intake.office import SHEET, Part, changed, document, saved, sheet_xml, workbook


def table(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows]


def only(content: Content) -> Grid:
    (grid,) = content.grids
    return grid


def book(data: bytes) -> Content:
    return parse("a.xlsx", data)


def noted(content: Content) -> dict[str, dict[str, Any]]:
    for note in content.notes:
        assert worded(note.key, "zh", **note.values)
        assert worded(note.key, "en", **note.values)
    return {note.key: note.values for note in content.notes}


SHOWN = [
    pytest.param(40, "General", "40", False, id="whole number"),
    pytest.param(40.0, "General", "40", False, id="whole float"),
    pytest.param(0.12345678912, "General", "0.1234567891", False, id="noise"),
    pytest.param(1234567.5, "#,##0.00", "1,234,567.50", False, id="thousands"),
    pytest.param(0.2, "0%", "20%", True, id="per cent"),
    pytest.param(0.125, "0.0%", "12.5%", True, id="per cent with a decimal"),
    pytest.param(0.29, "0%", "29%", True, id="per cent that floats miss"),
    pytest.param(0.125, "0.##%", "12.5%", True, id="optional decimals"),
    pytest.param(20, '0"%"', "20%", False, id="sign for show"),
    pytest.param(20, "0\\%", "20%", False, id="escaped sign"),
    pytest.param(20, 'General"分"', "20分", False, id="unit"),
    pytest.param(500, '"¥"#,##0_);[Red]("¥"#,##0)', "¥500", False, id="currency"),
    pytest.param(500, "[$¥-804]#,##0", "¥500", False, id="currency of a country"),
    pytest.param(5_000_000, '0!.0,"万"', "5000000", False, id="format beyond us"),
    pytest.param(1234567890123456, "0", "1234567890123456", False, id="long number"),
    pytest.param(0.5, "0.00E+00", "0.5", False, id="exponent"),
]


@pytest.mark.parametrize(("value", "form", "text", "percent"), SHOWN)
def test_a_number_reads_as_shown(value: float, form: str, text: str, percent: bool) -> None:
    data = workbook([value], change=lambda sheet: setattr(sheet["A1"], "number_format", form))
    assert only(book(data)).rows == ((Cell(text, number=float(value), percent=percent),),)


MOMENTS = [
    pytest.param(date(2026, 1, 5), None, "2026-01-05", id="day"),
    pytest.param(datetime(2026, 1, 5, 9, 30), None, "2026-01-05 09:30", id="moment"),
    pytest.param(time(9, 30), None, "09:30", id="time"),
    pytest.param(date(1900, 2, 28), None, "1900-02-28", id="before the day that never was"),
    pytest.param(date(2026, 1, 5), 'yyyy"年"m"月"d"日"', "2026-01-05", id="Chinese day"),
    pytest.param(date(2026, 1, 5), "[$-804]yyyy年m月", "2026-01-05", id="Chinese month"),
]


@pytest.mark.parametrize(("value", "form", "text"), MOMENTS)
def test_a_day_reads_as_iso(value: Any, form: str | None, text: str) -> None:
    data = workbook([value], change=lambda sheet: setattr(sheet["A1"], "number_format", form) if form else None)
    assert only(book(data)).rows == ((Cell(text),),)


def test_days_known_by_number_alone_are_days() -> None:
    styles = '<styleSheet><cellXfs><xf numFmtId="57"/></cellXfs></styleSheet>'
    sheet = sheet_xml('<row r="1"><c r="A1" s="0"><v>46027</v></c></row>')
    assert table(only(book(changed(workbook(["x"]), {"xl/styles.xml": styles, SHEET: sheet})))) == [["2026-01-05"]]


def test_other_values_read_as_shown() -> None:
    rich = CellRichText("销售额", TextBlock(InlineFont(b=True), "（回款）"))
    data = workbook([True, "a\nb", "#N/A", rich, " x "])
    assert table(only(book(data))) == [["TRUE", "a\nb", "#N/A", "销售额（回款）", "x"]]


def test_merged_cells_repeat_their_first_value() -> None:
    def merge(sheet: Worksheet) -> None:
        sheet.merge_cells("A2:A3")
        sheet.merge_cells("B1:ZZ1")

    rows = only(
        book(workbook(["维度", "指标", None], ["业绩", "销售额", 0.4], [None, "回款率", 0.2], change=merge))
    ).rows
    assert rows[0] == (Cell("维度"), Cell("指标"), Cell("指标", merged=True))
    assert rows[2][0] == Cell("业绩", merged=True)
    assert rows[1][0] == Cell("业绩")


def test_the_empty_part_of_a_sheet_is_left_out() -> None:
    def spread(sheet: Worksheet) -> None:
        sheet["C3"] = "指标"
        sheet["D4"] = " "
        sheet["Z900"].number_format = "0%"

    grid = only(book(workbook(change=spread)))
    assert (grid.first_row, table(grid)) == (3, [["", "", "指标"]])
    assert grid.place.format(column="C", row=grid.first_row) == "Sheet1!C3"


@pytest.mark.parametrize(
    ("title", "place"),
    [("Sheet1", "Sheet1!B2"), ("销售一部", "销售一部!B2"), ("Q1 plan", "'Q1 plan'!B2"), ("2026", "'2026'!B2"),
     ("Tom's", "'Tom''s'!B2"), ("a{b}", "'a{b}'!B2"), ("A1", "'A1'!B2")],
)  # fmt: skip
def test_a_place_reads_as_in_a_formula(title: str, place: str) -> None:
    assert only(book(workbook(["x"], title=title))).place.format(column="B", row=2) == place


def test_every_sheet_is_a_table_and_hidden_things_are_noted() -> None:
    made = openpyxl.Workbook()
    first, second, _empty = made.active, made.create_sheet("旧版"), made.create_sheet("空")
    assert isinstance(first, Worksheet)
    for number in range(1, 9):
        first.append([number, "x", "y"])
    second.append(["old"])
    second.sheet_state = "veryHidden"
    for row in (2, 4, 5, 6, 50):
        first.row_dimensions[row].hidden = True
    first.column_dimensions["C"].hidden = True
    content = book(saved(made))
    assert [(grid.name, grid.hidden) for grid in content.grids] == [("Sheet", False), ("旧版", True)]
    assert noted(content) == {
        "noted.hidden_rows": {"sheet": "Sheet", "rows": ("2", "4-6")},
        "noted.hidden_columns": {"sheet": "Sheet", "columns": ("C",)},
        "noted.hidden_sheet": {"sheet": "旧版"},
    }


def test_a_formula_counts_with_its_stored_value_only() -> None:
    cells = '<c r="A1"><f>1/5</f><v>0.2</v></c><c r="B1"><f>C9</f></c><c r="C1" t="str"><f>"x"</f><v>x</v></c>'
    cells += '<c r="D1" t="str"><f>""</f><v></v></c>'
    content = book(changed(workbook(["x"]), {SHEET: sheet_xml(f'<row r="1">{cells}</row>')}))
    assert only(content).rows == ((Cell("0.2", number=0.2), Cell(uncached=True), Cell("x")),)
    assert noted(content) == {
        "noted.stored_values": {"sheet": "Sheet1", "count": 3, "cells": ("A1", "C1", "D1")},
        "noted.uncached": {"sheet": "Sheet1", "count": 1, "cells": ("B1",)},
    }


def test_formulas_written_without_values_are_all_uncached() -> None:
    grid = only(book(workbook(["合计", "=SUM(B2:B9)"])))
    assert grid.rows == ((Cell("合计"), Cell(uncached=True)),)


def test_what_is_left_alone_is_noted() -> None:
    box = '<d xmlns:a="x"><a:txBody><a:t>注</a:t></a:txBody></d>'
    parts: dict[str, Part] = {
        "xl/vbaProject.bin": b"x",
        "xl/externalLinks/externalLink1.xml": "<x/>",
        "xl/drawings/drawing1.xml": box,
        "xl/media/image1.png": b"x",
    }
    assert set(noted(parse("a.xlsm", changed(workbook(["x"]), parts)))) == {
        "noted.macros",
        "noted.external_links",
        "noted.text_boxes",
        "noted.pictures",
    }


def test_a_million_formatted_rows_cost_little() -> None:
    empty = "".join(f'<row r="{row}" s="1"><c r="A{row}" s="1"/></row>' for row in range(2, 1_048_577))
    first = '<row r="1"><c r="A1" t="inlineStr"><is><t>指标</t></is></c></row>'
    data = changed(workbook(["x"]), {SHEET: sheet_xml(first + empty)})
    assert table(only(take_apart(Source("a.xlsx", data)))) == [["指标"]]


def test_five_thousand_rows_read_as_the_library_reads_them() -> None:
    rows = [[f"指标{number}", number, number / 8, None, "x" * (number % 3)] for number in range(5000)]
    grid = only(take_apart(Source("a.xlsx", workbook(*rows))))
    assert [[cell.number if cell.number is not None else cell.text for cell in row] for row in grid.rows] == [
        ([*row[:3], "", row[4]] if row[4] else row[:3]) for row in rows
    ]


STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
USUAL = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def test_the_strict_form_is_read_too() -> None:
    parts = ("xl/workbook.xml", SHEET, "xl/styles.xml")
    data = changed(
        workbook(["指标", 0.5]), {part: lambda xml: xml.replace(USUAL.encode(), STRICT.encode()) for part in parts}
    )
    assert table(only(book(data))) == [["指标", "0.5"]]


def written(build: Callable[[Any, Any], object]) -> bytes:
    """Return a workbook as Excel stores it: texts shared, results of formulas kept."""
    stream = BytesIO()
    with xlsxwriter.Workbook(stream) as made:
        build(made, made.add_worksheet("表"))
    return stream.getvalue()


def test_a_workbook_with_shared_texts_and_stored_results_is_read() -> None:
    def build(made: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["指标", "指标", "a_x000D_b"])
        sheet.write_rich_string(1, 0, "销售额", made.add_format({"bold": True}), "（回款）")
        sheet.write_formula(1, 1, "=0.1+0.1", made.add_format({"num_format": "0%"}), 0.2)
        sheet.merge_range(2, 0, 2, 1, "合计")
        sheet.insert_textbox(5, 5, "备注")

    content = book(written(build))
    assert only(content).rows == (
        (Cell("指标"), Cell("指标"), Cell("a_x000D_b")),
        (Cell("销售额（回款）"), Cell("20%", number=0.2, percent=True)),
        (Cell("合计"), Cell("合计", merged=True)),
    )
    assert set(noted(content)) == {"noted.stored_values", "noted.text_boxes"}


def test_reading_aids_for_characters_are_no_text() -> None:
    strings = f'<sst xmlns="{USUAL}"><si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></si></sst>'
    inline = '<c r="B1" t="inlineStr"><is><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></is></c>'
    sheet = sheet_xml(f'<row r="1"><c r="A1" t="s"><v>0</v></c>{inline}</row>')
    shared = written(lambda made, sheet: sheet.write(0, 0, "x"))
    data = changed(shared, {"xl/sharedStrings.xml": strings, SHEET: sheet})
    assert table(only(book(data))) == [["東京", "東京"]]


def test_days_counted_from_1904_are_read() -> None:
    made = openpyxl.Workbook()
    made.epoch = CALENDAR_MAC_1904
    assert isinstance(made.active, Worksheet)
    made.active.append([date(2026, 1, 5)])
    assert table(only(book(saved(made)))) == [["2026-01-05"]]


def text(build: Any) -> Content:
    return parse("a.docx", document(build))


def fill(table: Any, rows: list[list[str]]) -> None:
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text


def test_tables_of_a_document_stand_with_the_text_around_them() -> None:
    def build(made: Any) -> None:
        made.add_heading("销售代表考核表", 1)
        made.add_paragraph("岗位：销售代表\n周期：季度")
        fill(made.add_table(2, 2), [["指标", "权重"], ["销售额", "40%"]])
        made.add_paragraph("考核人签字")
        made.add_heading("加分项", 2)
        fill(made.add_table(1, 2), [["新产品", "5"]])
        made.add_paragraph("完")

    first, second = text(build).grids
    assert (first.name, table(first)) == ("销售代表考核表", [["指标", "权重"], ["销售额", "40%"]])
    assert first.before == ("销售代表考核表", "岗位：销售代表", "周期：季度")
    assert first.after == ("考核人签字",)
    assert (second.name, second.before, second.after) == ("加分项", ("考核人签字", "加分项"), ("完",))
    assert [grid.place.format(row=2) for grid in (first, second)] == ["T1:2", "T2:2"]


def test_merged_cells_of_a_document_repeat_their_text() -> None:
    def build(made: Any) -> None:
        grid = made.add_table(3, 3)
        fill(grid, [["标题", "", ""], ["业绩", "销售额", "40"], ["", "回款率", "20"]])
        grid.cell(0, 0).merge(grid.cell(0, 2))
        grid.cell(1, 0).merge(grid.cell(2, 0))

    rows = only(text(build)).rows
    assert rows[0] == (Cell("标题"), Cell("标题", merged=True), Cell("标题", merged=True))
    assert rows[1][0] == Cell("业绩")
    assert rows[2] == (Cell("业绩", merged=True), Cell("回款率"), Cell("20"))


def test_a_nested_table_is_a_table_of_its_own() -> None:
    def build(made: Any) -> None:
        outer = made.add_table(1, 2)
        fill(outer, [["外", "说明"]])
        fill(outer.cell(0, 1).add_table(1, 1), [["内"]])
        fill(made.add_table(1, 1), [["后"]])

    grids = text(build).grids
    assert [(grid.place, table(grid)) for grid in grids] == [
        ("T1:{row}", [["外", "说明"]]),
        ("T1.1:{row}", [["内"]]),
        ("T2:{row}", [["后"]]),
    ]


def test_inserted_text_counts_and_deleted_text_does_not() -> None:
    data = document(lambda made: made.add_paragraph("X"))
    run = b"<w:r><w:t>%s</w:t></w:r>"
    tracked = b"<w:ins>" + run % b"40" + b"</w:ins><w:del><w:r><w:delText>30</w:delText></w:r></w:del>"
    changing = {"word/document.xml": lambda xml: xml.replace(b"<w:r><w:t>X</w:t></w:r>", run % b"Sales " + tracked)}
    assert table(only(parse("a.docx", changed(data, changing)))) == [["Sales 40"]]


def test_a_document_without_tables_is_read_by_lines() -> None:
    def build(made: Any) -> None:
        made.add_heading("销售代表", 1)
        made.add_paragraph("销售额\t40%")
        made.add_paragraph("")
        made.add_paragraph("回款率 20%")

    assert table(only(text(build))) == [["销售代表"], ["销售额", "40%"], ["回款率 20%"]]
