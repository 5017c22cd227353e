"""Rows outside the weighted lines: titles of parts and notes, headings of their own, signatures."""

import re

from assistant.intake.cells.weights import is_weight
from assistant.intake.form import RowMeaning
from assistant.intake.tables.titles import unnumbered
from assistant.intake.tables.walk import PARTS, Row, Walk, first, said

LONGEST_SIGNATURE = 24


def other_headings(walk: Walk, place: int, row: Row) -> RowMeaning | None:
    """Headings inside the table: the same again, or those of a part with columns of its own."""
    texts = {column: cell.text for column, cell in enumerate(row) if cell.text and cell.number is None}
    distinct = {column: text for column, text in texts.items() if not row[column].merged}
    found = {column: walk.words.headings.exact(text) for column, text in distinct.items()}
    known = {column: name for column, name in found.items() if name}
    outside = walk.part != "item"
    fewest = 2 if outside and len(known) == len(distinct) else 3
    if len(known) < fewest or len(known) < 0.6 * len(distinct):
        return None
    if "name" not in known.values() and outside:
        known[min(distinct)] = "name"
    walk.own = known
    return "heading"


def part_title(walk: Walk, row: Row) -> str | None:
    """Return the part outside the 100 that a row opens, or opens with its first line."""
    texts = said(row)
    title = unnumbered(texts[0])
    meaning = walk.words.parts.exact(title)
    if meaning is None and len(texts) == 1:
        meaning = walk.words.parts.exact(re.split(r"[（(：:—–-]", title)[0])
    return meaning


def enter_part(walk: Walk, meaning: str, title: str) -> None:
    walk.part, walk.section, walk.remark, walk.ended = PARTS.get(meaning, "item"), title, "", meaning not in PARTS


def signature(walk: Walk, place: int, row: Row) -> RowMeaning | None:
    """A row to be signed; a line may be about approvals, but then other cells of it are filled."""
    head = re.split("[:：]", first(row))[0]
    if len(head) > LONGEST_SIGNATURE or walk.words.rows.meaning(head) != "signature":
        return None
    others = [text for text in walk.texts(row, merged=False).values() if walk.words.rows.meaning(text) != "signature"]
    return None if is_weight(walk.value(row, "weight")) or len(others) >= 3 else "signature"


def remark_title(walk: Walk, place: int, row: Row) -> RowMeaning | None:
    """A title of what stands below the form: no line of it follows."""
    meaning = walk.words.remarks.exact(first(row))
    if meaning is None or (meaning != "final" and len(said(row)) > 1):
        return None
    walk.remark, walk.ended = meaning, True
    return "note"


def remark_line(walk: Walk, place: int, row: Row) -> RowMeaning | None:
    """A row below the form, kept as a line of the note that it stands in."""
    if not walk.ended:
        return None
    if walk.remark:
        walk.form.remarks.setdefault(walk.remark, []).extend(first(row).split("\n"))
    return "note"
