"""How much of a file is taken: far above any real form, far below what hurts."""

from collections.abc import Iterable

from assistant.intake.formats.refusal import Refused
from assistant.intake.grids import Cell, Grid

ROWS = 20_000
COLUMNS = 500
CELLS = 300_000
CHARACTERS = 5_000_000
"""Of a text, or of all cells together: a few merged cells can repeat a long one without end."""
DEPTH = 50
EXPANDED = 100_000_000
"""Bytes of a packed file once unpacked."""
RATIO = 200
SUSPICIOUS = 10_000_000
"""Below this many bytes a member of a packed file may be as repetitive as it likes."""
MEMBERS = 5_000


def check_rows(count: int) -> None:
    if count > ROWS:
        raise Refused("file.rows", most=ROWS)


def check_columns(count: int) -> None:
    if count > COLUMNS:
        raise Refused("file.columns", most=COLUMNS)


def check_cells(count: int) -> None:
    if count > CELLS:
        raise Refused("file.cells", most=CELLS)


def check_text(text: str) -> None:
    if len(text) > CHARACTERS:
        raise Refused("file.cells", most=CELLS)


def check_grids(grids: Iterable[Grid]) -> None:
    """Refuse tables that are too long, too wide or too full, together or each."""
    cells = characters = 0
    for grid in grids:
        check_rows(len(grid.rows))
        for row in grid.rows:
            check_columns(len(row))
            cells += len(row)
            characters += _characters(row)
            if cells > CELLS or characters > CHARACTERS:
                raise Refused("file.cells", most=CELLS)


def _characters(row: Iterable[Cell]) -> int:
    return sum(len(cell.text) for cell in row)
