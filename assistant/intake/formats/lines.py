"""Plain text as rows: columns where the writer set them off by tabs, bars or wide gaps, whole lines elsewhere."""

import csv
import re
from collections.abc import Iterable, Iterator

from assistant.intake.formats.limits import check_rows
from assistant.intake.grids import Cell, Grid

BAR = re.compile(r"(?<!\\)[|｜]")
# Two blanks after the end of a sentence are a typist's habit, not a column.
GAP = re.compile(r"(?<![.!?。！？])(?: {2,}|　+ *)")
RULE = re.compile(r"[|: ]*-[|: -]*")
QUOTED_CELL = re.compile(r'(^|\t)"', re.MULTILINE)

Row = tuple[Cell, ...]


def grid(text: str) -> Grid:
    """Return the lines of a text as one table; row numbers are line numbers."""
    check_rows(text.strip("\n").count("\n") + 1)
    return _grid(pasted(text) if _from_spreadsheet(text) else map(columns, text.split("\n")))


def listed(lines: Iterable[str]) -> Grid:
    """Return lines that have no numbers of their own as one table."""
    return _grid(map(columns, lines))


def columns(line: str) -> Row:
    """Return the cells of one line; none for a blank line or a rule under a heading."""
    return cells(_split(line.strip(" 　")))


def cells(texts: Iterable[str]) -> Row:
    """Return cells of these texts without the empty ones at the end."""
    return trimmed(tuple(Cell(text.strip()) for text in texts))


def trimmed(row: Row) -> Row:
    """Return a row without the empty cells at its end."""
    return row[: max((index for index, cell in enumerate(row, 1) if cell.text or cell.uncached), default=0)]


def pasted(text: str) -> Iterator[Row]:
    """Return the rows of cells copied from a spreadsheet, where quotes hold a cell of several lines together."""
    reader = csv.reader((line + "\n" for line in text.split("\n")), delimiter="\t")
    number = 0
    for record in reader:
        yield cells(record)
        yield from () if reader.line_num == number + 1 else [()] * (reader.line_num - number - 1)
        number = reader.line_num


def _from_spreadsheet(text: str) -> bool:
    return "\t" in text and bool(QUOTED_CELL.search(text)) and text.count('"') % 2 == 0


def _split(line: str) -> list[str]:
    if "\t" in line:
        return line.split("\t")
    if RULE.fullmatch(line) or not line:
        return []
    if BAR.search(line):
        return [part.replace("\\|", "|") for part in BAR.split(_unboxed(line))]
    return GAP.split(line)


def _unboxed(line: str) -> str:
    line = line[1:] if line[0] in "|｜" else line
    return line[:-1] if line.endswith(("|", "｜")) and not line.endswith("\\|") else line


def _grid(rows: Iterable[Row]) -> Grid:
    found = list(rows)
    first = next((index for index, row in enumerate(found) if row), 0)
    while found and not found[-1]:
        found.pop()
    return Grid(name="", rows=tuple(found[first:]), first_row=first + 1)
