"""The titles that stand over a card: its heading, its sheet, the lines above it that say nothing else."""

import re
from collections.abc import Iterator

from assistant.intake.grids import Cell, Grid
from assistant.intake.tables.lines import is_title, items_in

LONGEST_TITLE = 80
# A field, a sentence or a greeting speaks of people; a title says whose card it is.
_NO_TITLE = re.compile(
    r"[:：。；;！!？?]|[.]$|^\s*(?:hi|hello|dear|to|from|cc)\b|^(?:尊敬|您好|各位)"
    r"|\b(?:approved|prepared) by\b|审批|汇报"
)
_MARK = re.compile(r"^\s*#{1,6}\s*")


def captions(grid: Grid, above: tuple[tuple[Cell, ...], ...] | None) -> tuple[str, ...]:
    """Return the titles of a table; ``above`` are the rows over its headings, ``None`` where its rows are lines."""
    rows = _opening(grid) if above is None else (_alone(row) for row in above)
    texts = (_MARK.sub("", text).strip() for text in (grid.name, *grid.before, *rows))
    return tuple(dict.fromkeys(text for text in texts if text and _is_caption(text)))


def _opening(grid: Grid) -> Iterator[str]:
    """Return the lines before the first item, and every line marked as a title."""
    opened = False
    for text in map(_alone, grid.rows):
        opened = opened or any(items_in(text, ""))
        if not opened or is_title(text):
            yield text


def _alone(row: tuple[Cell, ...]) -> str:
    """Return the text of a row that holds only one."""
    texts = {cell.text for cell in row if cell.text}
    return texts.pop() if len(texts) == 1 else ""


def _is_caption(text: str) -> bool:
    return len(text) <= LONGEST_TITLE and not _NO_TITLE.search(text)
