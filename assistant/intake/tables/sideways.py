"""A table that lies on its side: its headings stand in the first column, its items in the first row."""

from dataclasses import replace
from itertools import zip_longest

from assistant.intake.grids import Cell, Grid
from assistant.intake.tables.headings import Headings

FEWEST_HEADINGS = 2
# A table on its side is wide and low.
MOST_ROWS = 15


def lies_on_its_side(grid: Grid, headings: Headings) -> bool:
    first = [row[0].text for row in grid.rows if row]
    found = {headings.exact(text) for text in first} - {None}
    return len(first) <= MOST_ROWS and len(found) >= FEWEST_HEADINGS and "name" in found


def turned(grid: Grid) -> Grid:
    """Return the table stood up; its rows are then counted as columns of the file."""
    columns = tuple(tuple(cell or Cell() for cell in column) for column in zip_longest(*grid.rows))
    return replace(grid, rows=columns, first_row=1)
