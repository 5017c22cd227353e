"""Tables without what only protects or pads their cells."""

import re
from dataclasses import replace

from assistant.intake.formats.lines import trimmed
from assistant.intake.grids import Cell, Grid, Kind

# Exports put an apostrophe before what a spreadsheet could take for a formula.
_GUARD = re.compile(r"^'(?=\s*[=+\-@＝＋－＠])", re.MULTILINE)


def tidied(grid: Grid, kind: Kind) -> Grid:
    """Return a table without guards, and without the empty cells at the end of its rows; workbooks need no guards."""
    if kind == "xlsx":
        return replace(grid, rows=tuple(map(trimmed, grid.rows)))
    before, after = (tuple(map(unguarded, texts)) for texts in (grid.before, grid.after))
    return replace(grid, rows=tuple(tuple(map(_bare, trimmed(row))) for row in grid.rows), before=before, after=after)


def unguarded(text: str) -> str:
    return _GUARD.sub("", text)


def _bare(cell: Cell) -> Cell:
    return replace(cell, text=unguarded(cell.text)) if "'" in cell.text else cell
