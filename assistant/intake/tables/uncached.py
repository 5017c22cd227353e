"""Formulas without a stored result, where they matter: a score that nobody has filled in yet is no gap."""

from assistant.intake.grids import Grid, Note
from assistant.intake.tables.columns import Header, column_letters
from assistant.intake.tables.ours import layout_of

UNCACHED, STORED = "noted.uncached", "noted.stored_values"
# Fields of columns that are filled in when the period ends.
LATER = frozenset({"score", "score_more", "actual", "actual_more", "remark", "remark_more"})
NAMED = 8


def uncached(grid: Grid, header: Header | None) -> list[Note]:
    """Return a note on the cells whose missing results leave something unread."""
    if header is not None and layout_of(header.headings.values()):
        return []
    places = [
        f"{column_letters(column)}{grid.first_row + place}"
        for place, row in enumerate(grid.rows)
        for column, cell in enumerate(row)
        if cell.uncached and not cell.merged and _matters(column, header)
    ]
    return (
        [Note(UNCACHED, {"sheet": grid.name, "count": len(places), "cells": tuple(places[:NAMED])})] if places else []
    )


def _matters(column: int, header: Header | None) -> bool:
    return header is None or header.fields.get(column, "score") not in LATER
