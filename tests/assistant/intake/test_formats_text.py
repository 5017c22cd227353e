"""Text, CSV and Markdown taken apart: columns, line numbers, encodings."""

import pytest

from assistant.intake.formats.parsing import parse
from assistant.intake.grids import Content, Grid


def table(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows]


def only(content: Content) -> Grid:
    (grid,) = content.grids
    return grid


def text(written: str, name: str = "a.txt") -> Grid:
    return only(parse(name, written.encode("utf-8")))


LINES = [
    pytest.param("销售额 40%\n回款率 20%", [["销售额 40%"], ["回款率 20%"]], id="one blank is no column"),
    pytest.param("销售额\t40%\n回款率\t\t月", [["销售额", "40%"], ["回款率", "", "月"]], id="tabs"),
    pytest.param("Sales   40%\nCash  20%", [["Sales", "40%"], ["Cash", "20%"]], id="gaps"),
    pytest.param("销售额　　40%", [["销售额", "40%"]], id="wide blanks"),
    pytest.param("Grow fast.  Then collect.", [["Grow fast.  Then collect."]], id="end of a sentence"),
    pytest.param("| 指标 | 权重 |\n| 销售额 | |", [["指标", "权重"], ["销售额"]], id="bars"),
    pytest.param("指标｜权重", [["指标", "权重"]], id="wide bars"),
    pytest.param("KPI | Weight\na \\| b | 40", [["KPI", "Weight"], ["a | b", "40"]], id="escaped bar"),
    pytest.param("a\n\nb\n\n", [["a"], [], ["b"]], id="blank lines keep their number"),
    pytest.param(
        'a\tb\n"销售额"\t"第一行\n第二行"\nc\td',
        [["a", "b"], ["销售额", "第一行\n第二行"], [], ["c", "d"]],
        id="copied cells of several lines",
    ),
    pytest.param('5" pipe\t40\n6" pipe\t60', [['5" pipe', "40"], ['6" pipe', "60"]], id="inches"),
]


@pytest.mark.parametrize(("written", "expected"), LINES)
def test_lines_become_rows(written: str, expected: list[list[str]]) -> None:
    assert table(text(written)) == expected


def test_rows_know_their_line() -> None:
    grid = text("\n\n销售额 40%\n")
    assert (grid.first_row, grid.place.format(row=grid.first_row)) == (3, "3")


CSV = [
    pytest.param("指标,权重\n销售额,40%\n", [["指标", "权重"], ["销售额", "40%"]], id="commas"),
    pytest.param("KPI;Weight\nSales, net;40\n", [["KPI", "Weight"], ["Sales, net", "40"]], id="semicolons"),
    pytest.param("KPI\tWeight\nSales\t40\n", [["KPI", "Weight"], ["Sales", "40"]], id="tabs"),
    pytest.param("KPI|Weight\nSales|40\n", [["KPI", "Weight"], ["Sales", "40"]], id="bars"),
    pytest.param("KPI\nSales\n", [["KPI"], ["Sales"]], id="one column"),
    pytest.param('a,b\n"x\ny",1\nc,2\n', [["a", "b"], ["x\ny", "1"], ["c", "2"]], id="quoted line end"),
    pytest.param('a,b\n"say ""hi""",1\n', [["a", "b"], ['say "hi"', "1"]], id="doubled quotes"),
    pytest.param("a,b\n\n\nc,2\n\n", [["a", "b"], [], [], ["c", "2"]], id="blank lines"),
    pytest.param("a,b,,\nc,,,\n", [["a", "b"], ["c"]], id="empty cells at the end"),
    pytest.param("sep=;\na;b\n", [[], ["a", "b"]], id="declared delimiter"),
    pytest.param("a,b\r\nc,d\r\n", [["a", "b"], ["c", "d"]], id="Windows line ends"),
    pytest.param("a,b\rc,d\r", [["a", "b"], ["c", "d"]], id="old Mac line ends"),
]


@pytest.mark.parametrize(("written", "expected"), CSV)
def test_records_become_rows(written: str, expected: list[list[str]]) -> None:
    assert table(text(written, "a.csv")) == expected


def test_the_longest_table_is_read_whole() -> None:
    assert len(text("a,b\n" * 20_000, "a.csv").rows) == 20_000


ENCODINGS = [
    pytest.param("utf-8", b"", "", id="UTF-8"),
    pytest.param("utf-8", b"\xef\xbb\xbf", "", id="UTF-8 with mark"),
    pytest.param("gb18030", b"", "GB18030", id="GB18030"),
    pytest.param("utf-16-le", b"\xff\xfe", "UTF-16", id="UTF-16"),
    pytest.param("utf-16-be", b"\xfe\xff", "UTF-16", id="UTF-16, big end first"),
    pytest.param("utf-16-le", b"", "UTF-16", id="UTF-16 without mark"),
    pytest.param("utf-16-be", b"", "UTF-16", id="UTF-16, big end first, without mark"),
]


@pytest.mark.parametrize(("encoding", "mark", "named"), ENCODINGS)
def test_the_encoding_is_found_and_named(encoding: str, mark: bytes, named: str) -> None:
    content = parse("a.csv", mark + "指标,权重\n销售额,40%\n".encode(encoding))
    assert table(only(content)) == [["指标", "权重"], ["销售额", "40%"]]
    assert [(note.key, note.values) for note in content.notes] == (
        [("noted.encoding", {"encoding": named})] if named else []
    )


MARKDOWN = """# 销售代表

岗位：销售代表
周期：**季度**

| 指标 | 权重 |
| :-- | --: |
| 销售额 | **40%** |
| a \\| b<br>c | 20% |

备注一

## 加分项

| 项目 | 分值 |
|---|---|
| 新产品 | 5 |
"""


def test_markdown_tables_stand_with_the_text_around_them() -> None:
    first, second = parse("a.md", MARKDOWN.encode()).grids
    assert table(first) == [["指标", "权重"], [], ["销售额", "40%"], ["a | b\nc", "20%"]]
    assert (first.name, first.first_row) == ("销售代表", 6)
    assert first.before == ("销售代表", "岗位：销售代表", "周期：季度")
    assert first.after == ("备注一",)
    assert (second.name, second.first_row, table(second)[2]) == ("加分项", 15, ["新产品", "5"])
    assert second.before == ("备注一", "加分项")


def test_every_row_of_a_markdown_table_stands_on_its_line() -> None:
    lines = MARKDOWN.split("\n")
    for grid in parse("a.md", MARKDOWN.encode()).grids:
        for number, row in enumerate(grid.rows, grid.first_row):
            assert all(cell.text.split("\n")[0].replace("|", "\\|") in lines[number - 1] for cell in row)


KINDS = [
    pytest.param("-", "销售额 40%\n回款率 20%", "text", id="lines"),
    pytest.param("-", "- 销售额: 40%\n- 回款率: 20%", "text", id="list with colons"),
    pytest.param("-", "岗位: 销售代表\n销售额: 40%", "text", id="colons"),
    pytest.param("-", "Hello, world\nplease, check", "text", id="prose with commas"),
    pytest.param("-", "Sales,40\nCash,20", "text", id="commas without a heading"),
    pytest.param("-", "KPI,Weight\nSales,40", "csv", id="CSV"),
    pytest.param("-", "|KPI|Weight|\n|-|-|\n|Sales|40|", "markdown", id="Markdown"),
    pytest.param("-", '{"items": []}', "json", id="JSON"),
    pytest.param("-", "[销售代表] 销售额 40%", "text", id="bracket"),
    pytest.param(
        "-", "# $schema=x\nrole: x\nitems:\n  - indicator: a\n    weight: 40\n", "yaml", id="YAML after a comment"
    ),
    pytest.param("-", "role: x\nitems:\n  - indicator: a\n    weight: 40\n", "yaml", id="YAML"),
    pytest.param("-", "- indicator: a\n  weight: 40\n", "yaml", id="YAML list"),
    pytest.param("a.txt", "role: x\nitems:\n- indicator: a\n  weight: 40\n", "yaml", id="YAML in a text file"),
    pytest.param("A.YML", "销售额: 40%", "yaml", id="YAML by name"),
    pytest.param("a.md", "销售额 40%", "markdown", id="Markdown by name"),
    pytest.param("a.tsv", "a\tb", "csv", id="TSV by name"),
    pytest.param("a.xls", "指标\t权重\n销售额\t40", "csv", id="text that calls itself a workbook"),
]


@pytest.mark.parametrize(("name", "written", "kind"), KINDS)
def test_the_kind_is_seen(name: str, written: str, kind: str) -> None:
    content = parse(name, written.encode())
    assert (content.kind, content.name) == (kind, name)
