"""Word and Excel: headings, tables with merged cells, values as people see them."""

from typing import Any

import pytest

from assistant.retrieval.documents.parsing import parse
from tests.assistant.intake.office import changed, document, workbook
from tests.assistant.retrieval.documents.made import text_of

XML = "word/document.xml"


def written(made: Any) -> None:
    made.add_heading("销售绩效考核办法", 0)
    made.add_heading("权重", 1)
    made.add_paragraph("权重合计100分。")
    made.add_paragraph("签约额", style="List Bullet")


def merged(made: Any) -> None:
    table = made.add_table(rows=3, cols=3)
    for row, texts in enumerate([("岗位", "指标", "权重"), ("直销", "签约额", "40%"), ("", "回款率", "30%")]):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    table.cell(1, 0).merge(table.cell(2, 0)).text = "直销"
    last = table.add_row()
    last.cells[0].merge(last.cells[1]).text = "合计"
    last.cells[2].text = "a|b"


def numbered(made: Any) -> None:
    for text in ("一、总则", "适用于全体销售。", "二、权重", "合计100分。"):
        made.add_paragraph(text)


def test_styles_are_headings_and_lists_stay() -> None:
    found = parse("/docs/a.docx", document(written))
    assert found["title"] == "销售绩效考核办法"
    assert found["text"] == "# 销售绩效考核办法\n\n# 权重\n\n权重合计100分。\n\n- 签约额"


def test_merged_cells_lose_nothing() -> None:
    assert text_of("a.docx", document(merged)).split("\n")[2:] == [
        "| 直销 | 签约额 | 40% |",
        "| 直销 | 回款率 | 30% |",
        "| 合计 |  | a\\|b |",
    ]


def test_numbered_headings_stand_in_for_styles() -> None:
    assert text_of("a.docx", document(numbered)) == "## 一、总则\n\n适用于全体销售。\n\n## 二、权重\n\n合计100分。"


@pytest.mark.parametrize(
    ("before", "after", "text"),
    [
        (
            b"<w:t>x</w:t>",
            b'<w:t>a</w:t></w:r><w:fldSimple w:instr="X"><w:r><w:t>b</w:t></w:r></w:fldSimple><w:r>',
            "ab",
        ),
        (b"<w:r><w:t>x</w:t></w:r>", b"<w:ins><w:r><w:t>new</w:t></w:r></w:ins>", "new"),
        (b"<w:t>x</w:t></w:r>", b"<w:t>x</w:t></w:r><w:del><w:r><w:delText>old</w:delText></w:r></w:del>", "x"),
        (b"<w:t>x</w:t>", b"<w:t>a * b_c &lt;script&gt;</w:t>", "a * b_c <script>"),
    ],
    ids=["field", "insertion", "deletion", "signs"],
)
def test_what_word_wraps_text_in(before: bytes, after: bytes, text: str) -> None:
    data = document(lambda made: made.add_paragraph("x"))
    assert text_of("a.docx", changed(data, {XML: lambda xml: xml.replace(before, after)})) == text


def test_a_sheet_is_a_heading_and_a_table_as_people_see_it() -> None:
    def change(sheet: Any) -> None:
        sheet["B3"].number_format = "0%"

    data = workbook(
        ["2026年考核表"], ["指标", "权重", None, "来源"], ["签约额", 0.4, None, "合同"], title="直销", change=change
    )
    assert text_of("a.xlsx", data) == (
        "## 直销\n\n2026年考核表\n\n| 指标 | 权重 | 来源 |\n| --- | --- | --- |\n| 签约额 | 40% | 合同 |"
    )


def test_a_long_sheet_becomes_tables_with_the_same_heading() -> None:
    rows = [[f"客户{number:03}", number] for number in range(200)]
    parts = text_of("a.xlsx", workbook(["客户", "金额"], *rows)).split("\n\n")[1:]
    assert len(parts) > 2
    assert all(part.startswith("| 客户 | 金额 |\n| --- | --- |\n") for part in parts)
    assert [line for part in parts for line in part.split("\n")[2:]] == [f"| {name} | {n} |" for name, n in rows]


def test_a_gap_in_a_table_keeps_its_heading_and_a_new_table_has_its_own() -> None:
    data = workbook(["客户", "金额"], ["甲", 1], [], ["乙", 2], [], ["岗位", "人数"], ["直销", 3])
    assert text_of("a.xlsx", data).split("\n\n")[1:] == [
        "| 客户 | 金额 |\n| --- | --- |\n| 甲 | 1 |",
        "| 客户 | 金额 |\n| --- | --- |\n| 乙 | 2 |",
        "| 岗位 | 人数 |\n| --- | --- |\n| 直销 | 3 |",
    ]


def test_merged_cells_of_a_sheet_are_said_in_every_row_and_once_across() -> None:
    def change(sheet: Any) -> None:
        sheet.merge_cells("A2:A3")
        sheet.merge_cells("A4:B4")

    data = workbook(
        ["岗位", "指标", "权重"], ["直销", "签约额", 40], [None, "回款率", 30], ["合计", None, 70], change=change
    )
    assert text_of("a.xlsx", data).split("\n")[4:] == [
        "| 直销 | 签约额 | 40 |",
        "| 直销 | 回款率 | 30 |",
        "| 合计 |  | 70 |",
    ]


def test_hidden_sheets_stay_out() -> None:
    def change(sheet: Any) -> None:
        other = sheet.parent.create_sheet("工资")
        other.append(["姓名", "工资"])
        other.sheet_state = "hidden"

    assert "工资" not in text_of("a.xlsx", workbook(["指标", "权重"], ["签约额", 40], change=change))
