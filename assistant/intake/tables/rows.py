"""Rows down through a table as people write it: items, the sections they stand in, totals, parts outside the 100."""

import re

from assistant.intake.form import RowMeaning
from assistant.intake.grids import Cell
from assistant.intake.tables.headings import canonical
from assistant.intake.tables.outside_rows import (
    enter_part,
    other_headings,
    part_title,
    remark_line,
    remark_title,
    signature,
)
from assistant.intake.tables.titles import numbered, unnumbered, without_weight
from assistant.intake.tables.walk import PARTS, SHORT, Row, Step, Walk, first, said

SECTION_FIELDS = frozenset({"weight", "section_weight", "number", None})


def _part(walk: Walk, place: int, row: Row) -> RowMeaning | None:
    """A row that opens a part outside the 100, or the way back: a title across the table."""
    meaning = part_title(walk, row)
    if meaning not in PARTS:
        return None
    texts, named = said(row), walk.value(row, "name")
    enter_part(walk, meaning, unnumbered(texts[0]))
    if len(texts) > 1 and named and named != texts[0]:
        _add_line(walk, place, row, named)
        return "item"
    return "part"


def _total(walk: Walk, place: int, row: Row) -> RowMeaning | None:
    head, name = first(row), walk.value(row, "name")
    if "total" not in {walk.words.rows.exact(head), walk.words.rows.exact(name)}:
        return None
    cell = walk.cell(row, "weight")
    subtotal = any(word in canonical(head + name) for word in ("小计", "subtotal", "sub-total"))
    if cell.number is not None and not subtotal and walk.part == "item":
        walk.form.stated_total = cell.number * 100 if cell.percent else cell.number
    return "total"


def _remark(walk: Walk, place: int, row: Row) -> RowMeaning | None:
    text = first(row)
    head = re.split(r"[:：]", text)[0]
    alone = len(said(row)) == 1
    if walk.words.rows.exact(head) == "note" and (alone or walk.cell(row, "name").text == text):
        return "note"
    return "note" if alone and len(text) > SHORT else None


def _section(walk: Walk, place: int, row: Row) -> RowMeaning | None:
    """A row that only names a section: alone across the table, or with nothing but a weight."""
    title = _section_title(walk, row)
    if not title or walk.part != "item" or _says_more(walk, row, title):
        return None
    across = sum(cell.text == title for cell in row) >= 2
    bare, weight = without_weight(title)
    grouped = bool(walk.value(row, "dimension")) and not walk.value(row, "name")
    marked = not walk.value(row, "weight") and (weight is not None or numbered(title)) and _followed(walk, place)
    if not (across or grouped or marked):
        return None
    cell = walk.cell(row, "weight")
    walk.enter(bare, weight or (cell if cell.text and cell.text != title else None))
    return "section"


def _section_title(walk: Walk, row: Row) -> str:
    name, dimension = walk.value(row, "name"), walk.value(row, "dimension")
    if name and dimension:
        return name if name == dimension else ""
    return name or dimension


def _says_more(walk: Walk, row: Row, title: str) -> bool:
    return any(
        cell.text and cell.text != title and walk.own.get(column) not in SECTION_FIELDS
        for column, cell in enumerate(row)
    )


def _followed(walk: Walk, place: int) -> bool:
    """Tell whether a row with more than a name comes next; empty rows in between count nothing."""
    rest = (row for row in walk.grid.rows[place + 1 :] if said(row))
    return any(walk.value(row, "name") and len(said(row)) > 1 for row in [next(rest, ())])


def _item(walk: Walk, place: int, row: Row) -> RowMeaning | None:
    if walk.part == "item":
        _note_dimension(walk, row)
    name, weight = walk.cell(row, "name"), walk.cell(row, "weight")
    above = walk.form.lines[-1] if walk.form.lines and walk.form.rows[-1].line is not None else None
    same = not name.text or (name.merged and above is not None and name.text == above.name)
    if above is not None and same and (name.text or not weight.text or weight.merged):
        above.add(walk.texts(row, merged=False))
        return "continued"
    if not name.text:
        return None
    _add_line(walk, place, row, name.text)
    return "item"


def _note_dimension(walk: Walk, row: Row) -> None:
    dimension, over = walk.cell(row, "dimension"), walk.cell(row, "section_weight")
    if dimension.text:
        bare, weight = without_weight(dimension.text)
        walk.enter(bare, weight or (over if over.text and not over.merged else None))


def _add_line(walk: Walk, place: int, row: Row, name: str) -> None:
    cell = walk.cell(row, "weight")
    bare = unnumbered(name).strip() or name
    if cell.merged and walk.part == "item" and walk.section:
        # One weight over several lines is their section's, stated at the first of them.
        cell = Cell()
    weight = cell if cell.text or cell.number is not None else None
    if weight is None and walk.part == "item" and "weight" not in walk.own.values():
        bare, weight = without_weight(bare)
    walk.add(place, bare, weight, walk.texts(row, merged=True))


STEPS: tuple[Step, ...] = (
    other_headings,
    signature,
    remark_title,
    _total,
    _part,
    remark_line,
    _remark,
    _section,
    _item,
)
