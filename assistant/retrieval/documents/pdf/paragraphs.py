"""Lines joined to the paragraphs and tables that they were before they were laid out."""

import re
from collections.abc import Iterator
from itertools import groupby, pairwise
from statistics import median

from assistant.retrieval.documents.headings import is_heading
from assistant.retrieval.documents.pdf.lines import Line
from assistant.retrieval.documents.tables import tables

MARK = re.compile(r"[•●○■□▪◆◇➢·*–—-]|(\d{1,2}|[a-zA-Z])[.)、）]|[（(][\da-zA-Z一二三四五六七八九十]{1,3}[）)]|[①-⑳]")
"""What stands before an item of a list."""
ITEM = re.compile(
    rf"({MARK.pattern})\s*(?=[^\s\d])|[一二三四五六七八九十]{{1,3}}、|第[一二三四五六七八九十百\d]{{1,4}}[章节条]"
)
LEADERS = re.compile(r"(\.{4,}|…{2,}|(\. ){4,})\s*\d{1,4}$")
"""The end of a line in a table of contents."""
ENDS = tuple("。！？；：.!?;:")
HAN = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
WORD = re.compile(r"[^\s\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+|\S")
FIRST = re.compile(r"[^\W_]+")
LAST = re.compile(r"[^\W_]+$")
HYPHENED = re.compile(r"[^\W_]+-[^\W_]+")
NEAR = 10
"""How many lines before and after tell where lines end."""
LOOSE = 0.5
"""Heights of a line beyond the usual distance at which a paragraph begins."""
SPACING = 1.2
"""Heights of a line between the lines of a paragraph at most."""
INDENT = 1.2
SAME_SIZE = 0.15


def joined(lines: list[Line]) -> str:
    """Return the text of lines: blank lines around paragraphs and tables, parted words whole again."""
    kept = [line for line in lines if not LEADERS.search(line.text)]
    usual, parts = _usual_gap(kept), []
    margins = {id(line): _margin(kept, place) for place, line in enumerate(kept)}
    hyphened = {word.lower() for line in kept for word in HYPHENED.findall(line.text)}
    for table, run in _runs(kept):
        if table:
            parts.append(tables([_cells(line) for line in run]))
        else:
            parts.append(_paragraphs(run, margins, usual, hyphened))
    return "\n\n".join(parts)


def _runs(lines: list[Line]) -> Iterator[tuple[bool, list[Line]]]:
    """Yield rows of as many cells that follow each other as tables, all other lines together."""
    held: list[Line] = []
    for count, group in groupby(lines, key=lambda line: len(_cells(line))):
        run = list(group)
        if count == 1 or len(run) == 1:
            held += run
            continue
        if held:
            yield False, held
        yield True, run
        held = []
    if held:
        yield False, held


def _cells(line: Line) -> list[str]:
    """Return the cells of a line; the mark of an item belongs to its text."""
    first, *others = line.cells
    return [f"{first} {others[0]}", *others[1:]] if others and MARK.fullmatch(first) else [first, *others]


def _usual_gap(lines: list[Line]) -> float:
    gaps = [above.bottom - below.top for above, below in pairwise(lines) if _follows(above, below)]
    return median(gaps) if gaps else 0.0


def _follows(above: Line, below: Line) -> bool:
    """Say whether a line stands under another, on one page and in one column."""
    return above.page == below.page and below.top < above.top and below.left < above.right


def _margin(lines: list[Line], place: int) -> float:
    """Return where the lines around a line end."""
    line = lines[place]
    near = lines[max(0, place - NEAR) : place + NEAR + 1]
    return max(one.right for one in near if one.page == line.page and one.left < line.right and line.left < one.right)


def _paragraphs(lines: list[Line], margins: dict[int, float], usual: float, hyphened: set[str]) -> str:
    parts = [lines[0].text]
    for line, following in pairwise(lines):
        parts += [_between(line, following, margins[id(line)], usual, hyphened), following.text]
    return "".join(parts)


def _between(line: Line, following: Line, margin: float, usual: float, hyphened: set[str]) -> str:
    """Return what stands between two lines in running text: nothing, a blank, a hyphen, or a paragraph's end."""
    if line.hyphen:
        return _hyphen(line.text, following.text, hyphened)
    if _continues(line, following, margin, usual):
        return "" if HAN.match(line.text[-1]) or HAN.match(following.text[0]) else " "
    apart = is_heading(line.text) or is_heading(following.text) or _wide(line, following, usual)
    return "\n\n" if apart or line.text.endswith(ENDS) else "\n"


def _hyphen(line: str, following: str, hyphened: set[str]) -> str:
    """Return the hyphen where the text writes the word with it elsewhere, or where it parts no word."""
    before, after = LAST.search(line), FIRST.match(following)
    if not before or not after or not after.group()[0].islower():
        return "-"
    return "-" if f"{before.group()}-{after.group()}".lower() in hyphened else ""


def _continues(line: Line, following: Line, margin: float, usual: float) -> bool:
    """Say whether a line goes on in the next: it is full, and nothing sets the next one off."""
    size = max(line.height, following.height)
    if abs(line.height - following.height) > SAME_SIZE * size or not _full(line, following, margin):
        return False
    if not _follows(line, following):
        # The top of the next column or page.
        return not line.text.endswith(ENDS) and not ITEM.match(following.text)
    indented = following.left > line.left + INDENT * size and not ITEM.match(line.text)
    return not (indented or _wide(line, following, usual) or ITEM.match(following.text))


def _full(line: Line, following: Line, margin: float) -> bool:
    """Say whether the first word of the next line would not have fitted."""
    first = WORD.findall(following.text)[0]
    width = line.height if HAN.match(first) else len(first) * (line.right - line.left) / len(line.text)
    return line.right + width > margin


def _wide(line: Line, following: Line, usual: float) -> bool:
    gap = line.bottom - following.top
    return _follows(line, following) and gap > min(usual, SPACING * line.height) + LOOSE * line.height
