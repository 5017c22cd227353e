"""A workbook as tables, one a sheet, each cell as it is shown."""

import math
import re
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any, TypeAlias
from zipfile import ZipFile

from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils import get_column_letter

from assistant.intake.formats import archive, numbers
from assistant.intake.formats.limits import check_columns, check_rows
from assistant.intake.formats.lines import Row, trimmed
from assistant.intake.formats.noticed import drawn_text, parts_noted, ranges, refuse_nothing
from assistant.intake.grids import Cell, Content, Grid, Note

PLAIN_NAME = re.compile(r"[^\W\d][\w.]*")
LIKE_A_CELL = re.compile(r"[A-Za-z]{1,3}\d{1,7}|[rRcC]\d*")
LAST_ROW = 1_048_576
NAMED = 8
"""How many cells a note names before it only counts them."""

Place: TypeAlias = tuple[int, int]
"""Row and column, both from 1."""


@dataclass(frozen=True)
class Sheet:
    """A sheet as the library tells of it in two readings: one of formulas, one of stored values and all else."""

    name: str
    formulas: dict[Place, bool]
    """Whether a cell holds a formula, for every cell that holds anything."""
    stored: Any


def content(name: str, data: bytes) -> Content:
    """Return every sheet of a workbook as a table, with notes on what a reader would not see."""
    with archive.reading(data, "file.broken_xlsx") as file, ZipFile(file) as parts:
        found = [(grid, notes) for sheet in _sheets(file) for grid, notes in [_read(sheet)] if grid.rows]
        boxed = drawn_text(parts)
        if not found:
            refuse_nothing(parts, "xl/", boxed)
        notes = [note for _, noted in found for note in noted]
        notes += parts_noted(parts, "xl/", boxed)
        return Content("xlsx", name, grids=tuple(grid for grid, _ in found), notes=tuple(notes))


def _sheets(file: BytesIO) -> Iterator[Sheet]:
    for number, code in numbers.CHINESE.items():
        BUILTIN_FORMATS.setdefault(number, code)
    with closing(load_workbook(file, read_only=True, keep_links=False)) as book:
        filled = [_filled(sheet) for sheet in book.worksheets]
        names = [sheet.title for sheet in book.worksheets]
    stored = load_workbook(file, data_only=True, keep_links=False)
    for name, cells, sheet in zip(names, filled, stored.worksheets, strict=True):
        if sheet.max_row > LAST_ROW:
            raise ValueError(sheet.max_row)
        yield Sheet(name, {place: kind for place, kind in cells.items() if not _covered(sheet, place)}, sheet)


def _filled(sheet: Any) -> dict[Place, bool]:
    """Return which cells hold something, and which of them a formula."""
    # Some programs store a size that is wrong.
    sheet.reset_dimensions()
    # Without a last row, a number beyond it would be counted up to.
    cells = (cell for row in sheet.iter_rows(max_row=LAST_ROW) for cell in row if cell.value is not None)
    return {(cell.row, cell.column): cell.data_type == "f" for cell in cells}


def _covered(sheet: Any, place: Place) -> bool:
    return isinstance(sheet.cell(*place), MergedCell)


def _read(sheet: Sheet) -> tuple[Grid, list[Note]]:
    rows = _rows(sheet)
    first = next((index for index, row in enumerate(rows) if row), 0)
    hidden = sheet.stored.sheet_state != "visible"
    grid = Grid(sheet.name, tuple(rows[first:]), first + 1, _quoted(sheet.name) + "!{column}{row}", hidden)
    return grid, list(_notes(grid, sheet)) if grid.rows else []


def _rows(sheet: Sheet) -> list[Row]:
    shown = {place: _shown(sheet.stored.cell(*place), formula) for place, formula in sheet.formulas.items()}
    shown = {place: cell for place, cell in shown.items() if cell.text or cell.uncached}
    height = max((row for row, _ in shown), default=0)
    width = max((column for _, column in shown), default=0)
    check_rows(height)
    check_columns(width)
    for merge in sheet.stored.merged_cells.ranges:
        _spread(shown, merge.bounds, height, width)
    table = [[Cell()] * width for _ in range(height)]
    for (row, column), cell in shown.items():
        table[row - 1][column - 1] = cell
    return [trimmed(tuple(row)) for row in table]


def _spread(shown: dict[Place, Cell], bounds: tuple[int, int, int, int], height: int, width: int) -> None:
    """Repeat the first cell of a merge in all others; beyond the used part of the sheet it says nothing new."""
    left, top, right, bottom = bounds
    cell = shown.get((top, left))
    if cell is None:
        return
    for row in range(top, min(bottom, height) + 1):
        for column in range(left, min(right, width) + 1):
            if (row, column) != (top, left):
                shown[row, column] = replace(cell, merged=True)


def _shown(cell: Any, formula: bool) -> Cell:
    value = cell.value
    if value is None:
        # A stored text that is empty leaves its type behind.
        return Cell(uncached=formula and cell.data_type == "n")
    if isinstance(value, str):
        return Cell(value.strip())
    if isinstance(value, bool):
        return Cell(str(value).upper())
    if isinstance(value, int | float):
        return _number(float(value), numbers.taken_apart(cell.number_format))
    return Cell(numbers.moment(value))


def _number(value: float, form: numbers.Format) -> Cell:
    if not math.isfinite(value):
        raise ValueError(value)
    return Cell(numbers.shown(value, form), number=value, percent=form.percent)


def _quoted(name: str) -> str:
    """Return a sheet's name as it stands in a reference, safe to be filled in."""
    plain = PLAIN_NAME.fullmatch(name) and not LIKE_A_CELL.fullmatch(name)
    quoted = name if plain else "'" + name.replace("'", "''") + "'"
    return quoted.replace("{", "{{").replace("}", "}}")


def _notes(grid: Grid, sheet: Sheet) -> Iterator[Note]:
    if grid.hidden:
        yield Note("noted.hidden_sheet", {"sheet": grid.name})
    yield from _hidden(grid, sheet)
    cells = [(place, _shown(sheet.stored.cell(*place), True)) for place, formula in sheet.formulas.items() if formula]
    yield from _named("noted.stored_values", grid, (place for place, cell in cells if not cell.uncached))
    yield from _named("noted.uncached", grid, (place for place, cell in cells if cell.uncached))


def _hidden(grid: Grid, sheet: Sheet) -> Iterator[Note]:
    used = {row for row, _ in sheet.formulas}
    if rows := ranges(
        row for row, dimension in sheet.stored.row_dimensions.items() if dimension.hidden and row in used
    ):
        yield Note("noted.hidden_rows", {"sheet": grid.name, "rows": rows})
    spans = [(one.min, one.max) for one in sheet.stored.column_dimensions.values() if one.hidden]
    wide = sorted({column for _, column in sheet.formulas})
    if columns := tuple(get_column_letter(one) for one in wide if any(low <= one <= high for low, high in spans)):
        yield Note("noted.hidden_columns", {"sheet": grid.name, "columns": columns})


def _named(key: str, grid: Grid, found: Iterable[Place]) -> Iterator[Note]:
    places = [f"{get_column_letter(column)}{row}" for row, column in found]
    if places:
        yield Note(key, {"sheet": grid.name, "count": len(places), "cells": tuple(places[:NAMED])})
