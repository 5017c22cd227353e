"""Lines of plain text that name items with their weights: one a line, or several in a sentence."""

import re
from collections.abc import Iterator

from assistant.intake.form import Form, Line, RowRead
from assistant.intake.grids import Cell, Grid
from assistant.intake.tables.walk import SHORT
from assistant.intake.tables.words import Words

_BULLET = re.compile(r"^\s*(?:[-*•·●▪◆■□✓>]+|\d{1,2}[.、)）](?!\d)|[(（]\d{1,2}[)）]|[一二三四五六七八九十]+、)\s*")
_SEPARATORS = re.compile(r"[、，,;；。\n]|\s{3,}|(?<=[%％分])\s+")
_BRACKETED = re.compile(r"[（(\[【][^（(\[【）)\]】]*[）)\]】]")
_AT_END = re.compile(
    r"^(?P<name>.*?[^\d\s.:：=≥≤<>+-])\s*[（(\[【]?\s*(?:权重|占比|占|比重|weight(?:ing)?|wt)?\s*[:：=→-]{0,2}\s*"
    r"(?P<weight>-?\d+(?:\.\d+)?\s*(?:%|％|分|pts?|points?)?)\s*[)）\]】]?$",
    re.IGNORECASE,
)
_AT_START = re.compile(
    r"^(?P<weight>\d+(?:\.\d+)?\s*(?:%|％))\s*[:：-]?\s*(?:on |for |in )?(?P<name>[^\d%％].*)$", re.IGNORECASE
)
_MARKED = re.compile(r"(?:权重|占比|比重|weight(?:ing)?)\s*[:：=]?\s*(?P<weight>\d+(?:\.\d+)?\s*[%％]?)", re.IGNORECASE)
_TARGET = re.compile(r"(?:目标值?|target)\s*[:：=]?\s*(?P<target>[≥≤<>]?\s*\S+)", re.IGNORECASE)
_INTRODUCES = re.compile(r"[:：]\s*$")
_LEAD_IN = re.compile(r"^.{0,40}?[:：](?=.*\d)")
LONGEST_NAME = 40


def read_lines(grid: Grid, words: Words, form: Form) -> None:
    """Read a table of one column, each row a line of text."""
    for place, row in enumerate(grid.rows):
        text = next((cell.text for cell in row if cell.text), "").strip()
        if not text:
            continue
        stands = grid.place.format(row=grid.first_row + place, column="A")
        found = [line for line in items_in(text, stands) if words.rows.exact(line.name) != "total"]
        form.lines += found
        meaning = "item" if found else "section" if _INTRODUCES.search(text) else "note"
        form.rows.append(RowRead(stands, text[:SHORT], meaning, len(form.lines) - 1 if found else None))  # type: ignore[arg-type]


def items_in(text: str, place: str) -> Iterator[Line]:
    """Return the items that a line of text names with a weight."""
    whole = _BULLET.sub("", text).strip()
    if line := _one(whole, place):
        yield line
        return
    listed = _LEAD_IN.sub("", whole) if len(_parts(whole)) > 1 else whole
    found = [_one(_BULLET.sub("", part).strip(), place) for part in _parts(listed) if part.strip()]
    yield from (line for line in found if line is not None)


def _parts(text: str) -> list[str]:
    """Split a text at its separators, those inside brackets left alone."""
    hidden = _BRACKETED.sub(lambda found: "\0" * len(found.group()), text)
    parts, start = [], 0
    for match in _SEPARATORS.finditer(hidden):
        parts.append(text[start : match.start()])
        start = match.end()
    return [*parts, text[start:]]


def _one(text: str, place: str) -> Line | None:
    """Return the item of a text that holds one name and one weight."""
    target = _TARGET.search(text)
    marked = _MARKED.search(text)
    if marked:
        name = (text[: marked.start()] + text[marked.end() :]).strip()
        name = _TARGET.sub("", name).strip(" ，,;；:：()（）-")
        return _line(name, marked["weight"], place, target)
    bare = _TARGET.sub("", text).strip(" ，,;；") if target else text
    first = _AT_START.match(bare)
    if len(_parts(first["name"] if first else bare)) > 1:
        return None
    match = first or _AT_END.match(bare)
    return _line(match["name"], match["weight"], place, target) if match else None


def _line(name: str, weight: str, place: str, target: re.Match[str] | None) -> Line | None:
    name = name.strip(" :：-—=（(")
    if not name or len(name) > LONGEST_NAME:
        return None
    texts = {"target": target["target"]} if target else {}
    return Line(name, place, weight=Cell(text=weight.strip()), texts=texts)
