"""What stands around a table: fields such as the position above it, notes below it."""

import re
from collections.abc import Iterable
from itertools import pairwise

from assistant.intake.form import Form
from assistant.intake.grids import Cell, Grid
from assistant.intake.tables.headings import Headings
from assistant.intake.tables.words import Words

LONGEST_FIELD = 40
_COLON = re.compile(r"[:：]")


def fields_around(grid: Grid, above: tuple[tuple[Cell, ...], ...], fields: Headings) -> dict[str, str]:
    """Return what stands around a table as "field: value", in one cell or in two beside each other."""
    found: dict[str, str] = {}
    texts = [*grid.before, *(cell.text for row in above for cell in row if not cell.merged), *grid.after]
    for part in (part for text in texts for part in _parts(text)):
        head, *value = _COLON.split(part, maxsplit=1)
        _take(head, value[0] if value else "", fields, found)
    for row in above:
        cells = [cell.text for cell in row if cell.text and not cell.merged]
        for head, said in pairwise(cells):
            if fields.exact(said) is None:
                _take(head, said, fields, found)
    return found


def note_remarks(form: Form, texts: Iterable[str], words: Words) -> None:
    """Keep the lines of the notes among texts, each below its title."""
    about = ""
    for text in texts:
        title = words.remarks.exact(text)
        if title is not None or words.parts.exact(text) is not None:
            about = title or ""
        elif about:
            form.remarks.setdefault(about, []).append(text)


def _take(head: str, value: str, fields: Headings, found: dict[str, str]) -> None:
    known, said = fields.exact(head) if len(head) <= LONGEST_FIELD else None, value.strip(" _\t")
    if known and said:
        found.setdefault(known, said)


def _parts(text: str) -> list[str]:
    """Return the fields of a line such as "岗位：销售经理    周期：季度"."""
    return [part for line in text.splitlines() for part in line.replace("\u3000", "  ").split("  ") if part.strip()]
