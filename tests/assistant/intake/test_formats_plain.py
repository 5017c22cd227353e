"""Office files by the words of many programs: what the libraries do not know, or stumble over, is read all the same."""

import re
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
import xlsxwriter
from openpyxl.worksheet.worksheet import Worksheet

from assistant.intake.formats.limits import CELLS
from assistant.intake.formats.parsing import parse
from assistant.intake.formats.refusal import Refused
from assistant.intake.grids import Cell, Content
from tests.assistant.intake.office import SHEET, changed, document, sheet_xml, workbook

FORM = [["指标", "权重"], ["销售额", "40%"]]
MAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
USUAL = re.compile(rb"http://schemas\.openxmlformats\.org/(officeDocument|\w+ml)/2006/(main|relationships)\b")


def table(content: Content) -> list[list[str]]:
    (grid,) = content.grids
    return [[cell.text for cell in row] for row in grid.rows]


def fill(made: Any, rows: list[list[str]]) -> None:
    grid = made.add_table(len(rows), len(rows[0]))
    for row, texts in zip(grid.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text


DOCUMENT = document(lambda made: fill(made, FORM))


@pytest.mark.parametrize(
    "main",
    [
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
        b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
        MAIN.replace(b"document.main", b"template.main"),
    ],
    ids=["with macros", "template with macros", "template"],
)
def test_documents_called_otherwise_are_read(main: bytes) -> None:
    data = changed(DOCUMENT, {"[Content_Types].xml": lambda xml: xml.replace(MAIN, main)})
    assert table(parse("a.docm", data)) == FORM


def strict(data: bytes) -> bytes:
    with ZipFile(BytesIO(data)) as opened:
        names = [name for name in opened.namelist() if name.endswith((".xml", ".rels"))]
    return changed(data, dict.fromkeys(names, lambda xml: USUAL.sub(rb"http://purl.oclc.org/ooxml/\1/\2", xml)))


@pytest.mark.parametrize(("name", "data"), [("a.xlsx", workbook(*FORM)), ("a.docx", DOCUMENT)], ids=["book", "text"])
def test_the_strict_form_is_read_throughout(name: str, data: bytes) -> None:
    assert strict(data) != data
    assert table(parse(name, strict(data))) == FORM


def inserted(xml: str) -> Content:
    """Return what is read of a document with this in place of its table."""

    def change(before: bytes) -> bytes:
        return re.sub(rb"<w:tbl>.*</w:tbl>", xml.encode(), before, flags=re.DOTALL)

    return parse("a.docx", changed(DOCUMENT, {"word/document.xml": change}))


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def control(inside: str) -> str:
    return f'<w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>'


def test_what_stands_in_controls_is_read_at_every_level() -> None:
    cells = control(f"<w:tc><w:p>{control(run('指标'))}</w:p></w:tc>") + f"<w:tc><w:p>{run('权重')}</w:p></w:tc>"
    texts = (
        f"<w:p><w:smartTag>{run('销售额')}</w:smartTag></w:p>",
        f"<w:p><w:fldSimple>{run('40%')}</w:fldSimple></w:p>",
    )
    rows = f"<w:tr>{cells}</w:tr>" + control("<w:tr>" + "".join(f"<w:tc>{text}</w:tc>" for text in texts) + "</w:tr>")
    content = inserted(control(f"<w:p>{run('岗位：销售代表')}</w:p><w:tbl><w:tblPr/>{rows}</w:tbl>"))
    assert table(content) == FORM
    assert content.grids[0].before == ("岗位：销售代表",)


def test_deleted_rows_and_cells_are_left_out() -> None:
    gone = f"<w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p>{run('删')}</w:p></w:tc></w:tr>"
    cell = f"<w:tc><w:tcPr><w:cellDel/></w:tcPr><w:p>{run('删')}</w:p></w:tc>"
    kept = f"<w:tr><w:tc><w:p>{run('指标')}</w:p></w:tc>{cell}</w:tr>"
    assert table(inserted(f"<w:tbl>{gone}{kept}</w:tbl>")) == [["指标"]]


def test_rows_that_begin_later_keep_their_columns() -> None:
    late = f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr><w:tc><w:p>{run("40%")}</w:p></w:tc></w:tr>'
    assert table(inserted(f"<w:tbl>{late}</w:tbl>")) == [["", "40%"]]


def test_a_long_vertical_merge_is_read() -> None:
    def row(number: int, merge: str, text: str) -> str:
        above = f"<w:tc><w:tcPr><w:vMerge{merge}/></w:tcPr><w:p>{text}</w:p></w:tc>"
        return f"<w:tr>{above}<w:tc><w:p>{run(str(number))}</w:p></w:tc></w:tr>"

    rows = row(0, ' w:val="restart"', run("业绩")) + "".join(row(number, "", "") for number in range(1, 3000))
    (grid,) = inserted(f"<w:tbl>{rows}</w:tbl>").grids
    assert grid.rows[2999] == (Cell("业绩", merged=True), Cell("2999"))


RULES = (
    "<conditionalFormatting><cfRule type='odd'/></conditionalFormatting>"
    "<dataValidations><dataValidation type='odd'/></dataValidations>"
    "<hyperlinks><hyperlink ref='A1' r:id='rId9' xmlns:r='x'/></hyperlinks>"
    "<tableParts><tablePart r:id='rId8' xmlns:r='x'/></tableParts><extLst><ext uri='{odd}'/></extLst>"
)


def test_rules_of_a_sheet_that_the_library_refuses_do_no_harm() -> None:
    names = b"<definedNames><definedName name='_xlnm.Print_Titles' localSheetId='0'>#REF!</definedName></definedNames>"
    data = changed(
        workbook(*FORM),
        {
            SHEET: lambda xml: xml.replace(b"</worksheet>", RULES.encode() + b"</worksheet>"),
            "xl/workbook.xml": lambda xml: re.sub(rb"<definedNames ?/>|(?=<calcPr)", names, xml, count=1),
            "xl/worksheets/_rels/sheet1.xml.rels": "<broken",
        },
    )
    assert table(parse("a.xlsx", data)) == FORM


def test_tags_with_a_prefix_are_read() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"/><c r="C1"><f>A1</f><v>1</v></c></row><row r="2" ht="20"/>'
    xml = re.sub(r"<(/?)(\w)", r"<\1x:\2", sheet_xml(rows)).replace("xmlns=", "xmlns:x=")
    (grid,) = parse("a.xlsx", changed(workbook(["x"]), {SHEET: xml})).grids
    assert grid.rows == ((Cell("1", number=1.0), Cell(), Cell("1", number=1.0)),)


def test_what_a_merge_covers_does_not_count() -> None:
    cells = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f>C9</f></c><c r="C1"><v>2</v></c></row>'
    merge = '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'
    content = parse("a.xlsx", changed(workbook(["x"]), {SHEET: sheet_xml(cells, merge)}))
    assert content.grids[0].rows == ((Cell("1", 1.0), Cell("1", 1.0, merged=True), Cell("2", 2.0)),)
    assert content.notes == ()


def test_a_carriage_return_ends_a_line() -> None:
    stream = BytesIO()
    with xlsxwriter.Workbook(stream) as made:
        made.add_worksheet().write(0, 0, "目标\r\n挑战")
    assert table(parse("a.xlsx", stream.getvalue())) == [["目标\n挑战"]]


def test_a_span_of_time_reads_in_hours() -> None:
    def change(sheet: Worksheet) -> None:
        sheet["A1"].number_format = "[h]:mm"

    assert table(parse("a.xlsx", workbook([1.5], change=change))) == [["36:00"]]


def test_a_formula_that_the_library_cannot_follow_counts_with_its_value() -> None:
    shared = (
        '<c r="A1"><f t="shared" si="0" ref="A1:A2">"open</f><v>1</v></c>',
        '<c r="A2"><f t="shared" si="0"/><v>2</v></c>',
    )
    data = changed(workbook(["x"]), {SHEET: sheet_xml("".join(f"<row>{cell}</row>" for cell in shared))})
    assert table(parse("a.xlsx", data)) == [["1"], ["2"]]


@pytest.mark.parametrize(
    ("cells", "after"),
    [
        ("<c><v>1</v></c>" * (CELLS + 1), ""),
        ("<c><v>1</v></c>", '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
    ],
    ids=["stored", "merged"],
)
def test_a_sheet_with_too_many_cells_is_refused_before_the_library_makes_them(cells: str, after: str) -> None:
    data = changed(workbook(["x"]), {SHEET: sheet_xml(f"<row>{cells}</row>", after)})
    with pytest.raises(Refused) as error:
        parse("a.xlsx", data)
    assert (error.value.key, error.value.values) == ("file.cells", {"most": CELLS})
