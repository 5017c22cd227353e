"""What a file holds, before anyone says what it means: tables of cells, or plain data, and what was noticed on the way.

These shapes cross the border of the parsing process as JSON, so they hold nothing but plain values, and this module
imports nothing heavy.
"""

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Kind = Literal["yaml", "json", "csv", "xlsx", "docx", "markdown", "text"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as a reader sees it."""

    text: str = ""
    number: float | None = None
    """The stored number, where the file stores one; ``text`` is how it is shown."""
    percent: bool = False
    """Whether the number is shown as a per cent, so that 0.2 reads 20%."""
    merged: bool = False
    """Whether the cell lies under a merge and repeats the value of its first cell."""
    uncached: bool = False
    """Whether the cell holds a formula whose value the file does not keep."""


@dataclass(frozen=True, slots=True)
class Grid:
    """One table: rows of cells, ragged rows allowed."""

    name: str
    """The sheet, or the heading above the table; empty where there is none."""
    rows: tuple[tuple[Cell, ...], ...]
    first_row: int = 1
    """Number of the first row as the file counts: the row of the sheet, the line of the text, 1 in a document."""
    place: str = "{row}"
    """Where a row stands, to be filled with its number and, for a cell, ``{column}``: ``Sheet1!{column}{row}``."""
    hidden: bool = False
    before: tuple[str, ...] = ()
    """Lines of text that stand above the table, such as a title or the position."""
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """Something noticed while reading, as a phrase key with its variables."""

    key: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Content:
    """A file taken apart: tables for most kinds, plain data with the line of each field for YAML and JSON."""

    kind: Kind
    name: str
    grids: tuple[Grid, ...] = ()
    data: Any = None
    lines: tuple[tuple[tuple[str | int, ...], int], ...] = ()
    """Line of each field of ``data``, by its location."""
    notes: tuple[Note, ...] = ()


def packed(content: Content) -> dict[str, Any]:
    """Return content as plain JSON data."""
    return asdict(content)


def unpacked(value: dict[str, Any]) -> Content:
    """Return the content that ``packed`` made plain."""
    return Content(
        kind=value["kind"],
        name=value["name"],
        grids=tuple(_grid(grid) for grid in value["grids"]),
        data=value["data"],
        lines=tuple((tuple(location), line) for location, line in value["lines"]),
        notes=tuple(_note(note) for note in value["notes"]),
    )


def _grid(value: dict[str, Any]) -> Grid:
    rows = tuple(tuple(Cell(**cell) for cell in row) for row in value["rows"])
    return Grid(**{**value, "rows": rows, "before": tuple(value["before"]), "after": tuple(value["after"])})


def _note(value: dict[str, Any]) -> Note:
    """Return a note with its lists as tuples again: JSON knows no tuples, and a tuple is what is said as a list."""
    values = {name: tuple(one) if isinstance(one, list) else one for name, one in value["values"].items()}
    return Note(value["key"], values)
