"""Workbooks as Markdown: a heading and tables a sheet, cells as people see them; hidden sheets stay out."""

from collections.abc import Iterator
from itertools import groupby

from assistant.intake.formats import workbook
from assistant.intake.formats.refusal import Refused
from assistant.intake.grids import Cell, Grid
from assistant.retrieval.documents.cleaning import one_line
from assistant.retrieval.documents.models import Extract
from assistant.retrieval.documents.tables import tables

Rows = list[tuple[Cell, ...]]


def book(name: str, data: bytes) -> Extract:
    sheets = [_sheet(grid) for grid in workbook.content(name, data).grids if not grid.hidden]
    if not any(sheets):
        raise Refused("file.no_content")
    return Extract("", "\n\n".join(filter(None, sheets)))


def _sheet(grid: Grid) -> str:
    parts = [part for part in _parts(grid) if part]
    return "\n\n".join([f"## {one_line(grid.name)}", *parts]) if parts else ""


def _parts(grid: Grid) -> Iterator[str]:
    """Yield the tables of a sheet, each with the lines above it; a table after a gap keeps the heading it has not."""
    heading: tuple[Cell, ...] = ()
    for filled, group in groupby(grid.rows, key=lambda row: any(cell.text for cell in row)):
        if not filled:
            continue
        lines, rows = _split(list(group))
        yield from lines
        if rows and heading and _continues(rows[0], heading):
            rows = [heading, *rows]
        elif rows:
            heading = rows[0]
        yield tables([_shown(row) for row in rows])


def _split(rows: Rows) -> tuple[list[str], Rows]:
    """Part the rows that hold one text each, above a table, from the table."""
    first = next((index for index, row in enumerate(rows) if len({cell.text for cell in row if cell.text}) > 1), None)
    above = rows if first is None else rows[:first]
    lines = [next(cell.text for cell in row if cell.text) for row in above]
    return [one_line(line) for line in lines], [] if first is None else rows[first:]


def _continues(row: tuple[Cell, ...], heading: tuple[Cell, ...]) -> bool:
    """Say whether a row belongs under the heading of the table before: it holds numbers, and is no wider."""
    return len(row) <= len(heading) and any(cell.number is not None for cell in row)


def _shown(row: tuple[Cell, ...]) -> list[str]:
    """Return the texts of a row; a cell merged across is said once, one merged downwards in every row."""
    before = ("", *(cell.text for cell in row))
    return ["" if cell.merged and cell.text == left else cell.text for cell, left in zip(row, before, strict=False)]
