"""The workbook as Excel sees it."""

from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from api.export import export
from api.export.measure import height, lines, spans, width
from assistant.models import Scorecard
from knowledge.models import Catalogue


def opened(card: Scorecard, catalogue: Catalogue, language: str = "zh", *, values: bool = False) -> Workbook:
    return load_workbook(BytesIO(export(card, catalogue, "xlsx", language)), data_only=values)


def rows(sheet: Worksheet) -> list[list[object]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def starting(sheet: Worksheet, text: str) -> int:
    """Return the number of the row whose first cell starts with a text."""
    return next(place for place, row in enumerate(rows(sheet), 1) if str(row[0] or "").startswith(text))


def test_the_first_sheet_is_the_form(draft: Scorecard, catalogue: Catalogue) -> None:
    book = opened(draft, catalogue, values=True)
    assert book.sheetnames == ["考核表", "设计说明"]
    sheet = book["考核表"]
    assert sheet["A1"].value == "销售代表绩效考核表"
    head = starting(sheet, "维度")
    table = rows(sheet)[head : head + len(draft.items)]
    assert [row[1] for row in table] == [item.name.zh for item in draft.items]
    assert [round(row[6] * 100, 6) for row in table] == [item.points for item in draft.items]
    assert all(cell.number_format == "0%" for cell in sheet["G"][head : head + len(draft.items)])
    assert [row[11] for row in table if row[12] is not None] == []
    total = starting(sheet, "合计")
    assert sheet.cell(total, 7).value == 1
    assert any("签字" in str(cell) for row in rows(sheet)[-3:] for cell in row)
    fields = {row[0]: row for row in rows(sheet)[1:4]}
    assert "提升市场份额" in fields["战略重点"] and "绩效考核" in fields["考核周期"]


def test_dimensions_are_merged_with_their_weight(draft: Scorecard, catalogue: Catalogue) -> None:
    sheet = opened(draft, catalogue, values=True).worksheets[0]
    head = starting(sheet, "维度")
    merged = {str(one) for one in sheet.merged_cells.ranges}
    row = head + 1
    for dimension in draft.dimensions:
        count = sum(item.dimension is dimension.dimension for item in draft.items)
        name = catalogue.terms["dimension"][dimension.dimension].zh
        assert sheet.cell(row, 1).value == f"{name}\n{dimension.weight:g}%"
        assert count == 1 or f"A{row}:A{row + count - 1}" in merged
        row += count


def test_scores_are_computed_by_formulas(draft: Scorecard, catalogue: Catalogue) -> None:
    sheet = opened(draft, catalogue).worksheets[0]
    first, total = starting(sheet, "维度") + 1, starting(sheet, "合计")
    gates = {veto.indicator: starting(sheet, veto.trigger.zh) for veto in draft.vetoes if veto.trigger}
    for row, item in enumerate(draft.items, first):
        found = [gates[veto.indicator] for veto in draft.vetoes if item.indicator in veto.protects]
        points = f"M{row}*N(G{row})"
        if found:
            triggered = ",".join(f'$M${gate}="是"' for gate in found)
            points = f"IF(OR({triggered}),0,{points})"
        assert sheet.cell(row, 14).value == f'=IF(M{row}="","",{points})'
    assert sheet.cell(total, 7).value == f"=SUM(G{first}:G{total - 1})"
    assert sheet.cell(total, 14).value == f'=IF(COUNT(M{first}:M{total - 1})=0,"",SUM(N{first}:N{total - 1}))'
    assert sheet.cell(starting(sheet, "最终得分"), 14).value == f'=IF(N{total}="","",N{total})'


def test_bonus_and_penalty_enter_the_final_score_within_their_cap(own: Scorecard, catalogue: Catalogue) -> None:
    sheet = opened(own, catalogue).worksheets[0]
    bonus, total = starting(sheet, "年度表彰"), starting(sheet, "合计")
    final = sheet.cell(starting(sheet, "最终得分"), 14).value
    column = next(cell.column_letter for cell in sheet[bonus - 1] if cell.value == "实际加减分")
    assert final == f'=IF(N{total}="","",N{total}+MAX(-10,MIN(10,SUM({column}{bonus}:{column}{bonus + 1}))))'


def test_scores_and_gates_take_only_what_makes_sense(draft: Scorecard, catalogue: Catalogue) -> None:
    sheet = opened(draft, catalogue, "both").worksheets[0]
    checks = list(sheet.data_validations.dataValidation)
    scores = [one for one in checks if one.type == "decimal"]
    assert {(one.formula1, one.formula2) for one in scores} == {("0", "120")}
    assert sum(len(one.sqref.ranges) for one in scores) == len(draft.items)
    choices = [one for one in checks if one.type == "list"]
    assert {one.formula1 for one in choices} == {'"是 / Yes,否 / No"'}
    assert sum(len(one.sqref.ranges) for one in choices) == len(draft.vetoes)


@pytest.mark.parametrize("language", ["zh", "en", "both"])
def test_it_prints_on_landscape_a4(language: str, draft: Scorecard, catalogue: Catalogue) -> None:
    for sheet in opened(draft, catalogue, language).worksheets:
        head = int(str(sheet.print_title_rows).split("$")[-1])
        assert sheet.freeze_panes == f"A{head + 1}"
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.oddFooter.center.text
        assert all(row.height <= 409 for row in sheet.row_dimensions.values() if row.height)


def test_rows_are_high_enough(draft: Scorecard, catalogue: Catalogue) -> None:
    sheet = opened(draft, catalogue).worksheets[0]
    first = starting(sheet, "维度") + 1
    for row in range(first, first + len(draft.items)):
        text, wide = str(sheet.cell(row, 3).value), sheet.column_dimensions["C"].width
        # Nine points a Chinese character and a line, against a column of seven pixels a digit.
        shown = sum(-(-width(line) * 4.5 // (wide * 5.25)) for line in text.split("\n"))
        assert sheet.row_dimensions[row].height >= shown * 12


@pytest.mark.parametrize(
    ("text", "room", "count"),
    [("", 10, 1), ("销售额", 6, 1), ("销售额度", 6, 2), ("one two three", 8, 2), ("a" * 25, 10, 3), ("甲\n乙", 10, 2)],
    ids=["empty", "fits", "wraps", "words", "long word", "lines"],
)
def test_lines_are_counted(text: str, room: float, count: int) -> None:
    assert lines(text, room) == count
    assert height(text, 40, "zh") >= height("", 40, "zh")


def test_small_tables_use_the_columns_of_the_large_one() -> None:
    assert spans((1, 1), (5.0, 5.0, 5.0, 5.0)) == [(0, 1), (2, 3)]
    assert spans((1, 1, 8), (9.0, 1.0, 1.0)) == [(0, 0), (1, 1), (2, 2)]


def test_the_form_reads_back_the_weights_it_was_given(own: Scorecard, catalogue: Catalogue) -> None:
    sheet = opened(own, catalogue, values=True).worksheets[0]
    head = starting(sheet, "维度")
    found = {row[1].split("\n")[0]: row[6] for row in rows(sheet)[head : head + len(own.items)]}
    for item in own.items:
        value = found[item.name.zh]
        if item.weight is None:
            assert value == item.stated_weight
        else:
            assert round(value * 100, 6) == item.weight
