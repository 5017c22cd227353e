"""Lines of plain text that name items with their weights: one a line, or several in a sentence."""

import re
from collections.abc import Iterator

from assistant.intake.cells.bilingual import HAN
from assistant.intake.form import Form, Line, RowMeaning, RowRead
from assistant.intake.grids import Cell, Grid, Note
from assistant.intake.tables.walk import SHORT
from assistant.intake.tables.words import Words

_BULLET = re.compile(
    r"^\s*(?:[-–—*•·●▪◆■□✓>]+(?!\d)|#?\d{1,2}[.、)）](?!\d)|[(（]\d{1,2}[)）]|[一二三四五六七八九十]+、)\s*"
)
_TITLE = re.compile(r"^\s*#{1,6}(?!\d)")
_SEPARATORS = re.compile(r"[、，,;；。\n]|\s{3,}|(?<=[%％分])\s+")
_BRACKETED = re.compile(r"[（(\[【][^（(\[【）)\]】]*[）)\]】]")
_WEIGHT = r"(?P<weight>-?\d+(?:\.\d+)?\s*(?:%|％|分|pts?|points?)?)"
_MARK = r"(?:权重|占比|占|比重|weight(?:ing)?|wt)?\s*[:：=]?\s*"
# A weight set off from its name, which may then end in a figure of its own.
_COLON = r"\s*(?:(?<!\d)[:：]|[:：](?=\s)|[=→|])\s*"
_DASH = r"\s+[-–—]{1,2}>?\s*|\s*[-–—]{1,2}\s+|\s*—{1,2}\s*"
_SET_OFF = re.compile(rf"^(?P<name>.+?)(?:{_COLON}|{_DASH}){_MARK}{_WEIGHT}$", re.I)
_IN_BRACKETS = re.compile(rf"^(?P<name>.+?)\s*[（(\[【]\s*{_MARK}{_WEIGHT}\s*[)）\]】]$", re.I)
_AT_END = re.compile(
    r"^(?P<name>.*?[^\d\s.:：=≥≤<>+±~–—-])\s*(?:权重|占|weight(?:ing)?|wt)?\s*[:：=→–—-]{0,2}\s*" + _WEIGHT + "$", re.I
)
_AT_START = re.compile(
    r"^(?P<weight>\d+(?:\.\d+)?\s*(?:%|％))\s*[:：–—-]?\s*(?:on |for |in )?(?P<name>[^\d%％].*)$", re.IGNORECASE
)
_MARKED = re.compile(
    r"(?:权重|(?:(?<=[\s（(，,;；:：–—-])|^)(?:占比|比重)|\bweight(?:ing)?)\s*[:：=]?\s*"
    r"(?P<weight>\d+(?:\.\d+)?\s*[%％]?)",
    re.IGNORECASE,
)
_TARGET = re.compile(
    r"(?:目标值?|\btarget)\s*(?:[:：=]|of\b|is\b|为)?\s*"
    r"(?P<target>[≥≤<>±~]*\s*[$¥￥€£]?\s*\d[^\s,，;；()（）]*(?:\s+(?!weight|wt\b)[a-z]+\b){0,2})",
    re.IGNORECASE,
)
# What stands before a bound or a count of a target, not before a weight.
_BOUND = re.compile(
    r"(?:[≥≤<>±~+]|\b(?:within|under|below|above|over|least|most|than|to|by|of|reach|exceed|day|week|month|level|tier|"
    r"top|phase|version|fy|q)|不低于|不高于|不少于|不超过|达到|达|大于|小于|高于|低于|超过|第)\s*$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_INTRODUCES = re.compile(r"[:：]\s*$")
_LEAD_IN = re.compile(r"^.{0,40}?[:：](?=.*\d)")
_EMPTY_BRACKETS = re.compile(r"[（(\[【][\s,，;；:：]*[)）\]】]")
_PERCENT = re.compile(r"\d\s*[%％]")
_EDGES = " :：-–—=|,，;；"
LONGEST_NAME = 40
# Where one sentence ends and another begins, people talk.
_TALK = re.compile(r"[.!?]\s+[A-Z]|[。！？].")
# Words of letters take more room than characters.
LONGEST_IN_LETTERS = 90


def read_lines(grid: Grid, words: Words, form: Form) -> None:
    """Read a table of one column, each row a line of text; a line with a per cent that is no item is noted."""
    for place, row in enumerate(grid.rows):
        text = next((cell.text for cell in row if cell.text), "").strip()
        if not text:
            continue
        stands = grid.place.format(row=grid.first_row + place, column="A")
        named = list(items_in(text, stands))
        found = [line for line in named if words.rows.exact(line.name) != "total"]
        form.lines += found
        meaning = _meaning(text, taken=bool(found), total=bool(named))
        if meaning == "unread":
            form.notes.append(Note("intake.line_untaken", {"text": text}))
        form.rows.append(RowRead(stands, text[:SHORT], meaning, len(form.lines) - 1 if found else None))


def _meaning(text: str, *, taken: bool, total: bool) -> RowMeaning:
    if taken:
        return "item"
    if _INTRODUCES.search(text):
        return "section"
    return "note" if total or is_title(text) or not _PERCENT.search(text) else "unread"


def is_title(text: str) -> bool:
    """Tell whether a line is a heading as Markdown marks it."""
    return _TITLE.match(text) is not None


def items_in(text: str, place: str) -> Iterator[Line]:
    """Return the items that a line of text names with a weight: several only where each has its own."""
    if is_title(text):
        return
    bullet = _BULLET.match(text) is not None
    whole = _BULLET.sub("", text).strip()
    parts = _parts(_LEAD_IN.sub("", whole)) if len(_parts(whole)) > 1 else [whole]
    parts = [part for part in parts if part.strip()]
    found = [line for part in parts if (line := _one(_BULLET.sub("", part).strip(), place))]
    if len(found) > 1 and (not bullet or len(found) == len(parts)):
        yield from found
    elif line := _one(whole, place):
        yield line
    else:
        yield from found


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
        name = _TARGET.sub("", text[: marked.start()] + text[marked.end() :])
        return _line(name, marked["weight"], place, target)
    match = _weighed(_bare(_TARGET.sub("", text)))
    return _line(match["name"], match["weight"], place, target) if match else None


def _weighed(text: str) -> re.Match[str] | None:
    """Return a name and its weight: the last one set off from the name, else one before or behind it."""
    for pattern in (_IN_BRACKETS, _SET_OFF):
        if (match := pattern.match(text)) and not _YEAR.fullmatch(match["weight"]):
            return match
    return _AT_START.match(text) or _at_end(text)


def _at_end(text: str) -> re.Match[str] | None:
    """Return a name with a weight right behind it, unless the figure belongs to the words before: "day 3", "Q3"."""
    match = _AT_END.match(text)
    if match is None or _YEAR.fullmatch(match["weight"]) or _BOUND.search(match["name"]):
        return None
    joined = match.end("name") == match.start("weight") and match["name"][-1].isascii() and match["name"][-1].isalpha()
    return None if joined else match


def _bare(name: str) -> str:
    """Return a name without empty brackets, and without signs that join it to something else."""
    kept = _EMPTY_BRACKETS.sub("", name).strip(_EDGES + ".。")
    if sum(map(kept.count, "（([【")) > sum(map(kept.count, "）)]】")):
        kept = kept.rstrip(_EDGES + "（([【")
    return kept


def _line(name: str, weight: str, place: str, target: re.Match[str] | None) -> Line | None:
    name = _bare(name)
    if not name or _TALK.search(name) or len(name) > (LONGEST_NAME if HAN.search(name) else LONGEST_IN_LETTERS):
        return None
    texts = {"target": target["target"].strip()} if target else {}
    return Line(name, place, weight=Cell(text=weight.strip()), texts=texts)
