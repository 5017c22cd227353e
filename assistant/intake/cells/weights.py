"""Weights as forms write them: 20, 20%, 0.2, 20分; sections whose weights multiply or repeat those of their lines."""

import re
import unicodedata
from dataclasses import dataclass
from math import isclose

from assistant.intake.form import Line, Section
from assistant.intake.grids import Cell, Note
from assistant.language.offline.numbers import numbers

TOTAL = 100.0
MOST = 1_000_000
"""No weight is as large, whatever it is counted in; sums of such numbers keep their digits."""
_PLAIN = re.compile(r"^(?P<value>[+-]?\d+(?:\.\d+)?)\s*(?P<unit>%|分|points?|pts?\.?|percent|per cent|个点)?$")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")
# What a weight's cell says when it is left open.
OPEN = frozenset(
    {"", "-", "--", "—", "——", "/", "\\", "待定", "tbd", "tba", "n/a", "na", "无", "暂无", "none", "null", "?", "？"}
)
CLOSE = 0.51
ROUNDED = 2.0


@dataclass(frozen=True, slots=True)
class Weight:
    """A weight in per cent; ``None`` with ``stated`` for words that are no number, ``None`` alone for none."""

    value: float | None = None
    stated: str | None = None


@dataclass(frozen=True, slots=True)
class _Read:
    value: float | None
    marked: bool = False
    """Whether a sign says that it is in per cent or points."""
    stated: str | None = None


def weigh(lines: list[Line], sections: dict[str, Section]) -> tuple[list[Weight], list[Note]]:
    """Return the weight of each line in per cent of the whole card, and what was done to get there."""
    read = [_read(line.weight) for line in lines]
    parts = {name: _read(section.weight) for name, section in sections.items()}
    shares, _ = _scaled(list(parts.values()), [list(range(len(parts)))])
    known = {name: value for name, value in zip(parts, shares, strict=True) if value is not None}
    members = {name: [place for place, line in enumerate(lines) if line.section == name] for name in known}
    members = {name: places for name, places in members.items() if places}
    values, notes = _scaled(read, [list(range(len(read))), *members.values()])
    values, more = _within_sections(values, members, known)
    weights = [Weight(value, one.stated) for value, one in zip(values, read, strict=True)]
    return weights, [*notes, *more]


def _read(cell: Cell | None) -> _Read:
    if cell is None:
        return _Read(None)
    if cell.number is not None and is_sane(cell.number):
        return _Read(_whole_percent(cell), marked=cell.percent)
    text = _THOUSANDS.sub("", unicodedata.normalize("NFKC", cell.text).strip())
    if text.casefold() in OPEN:
        return _Read(None)
    match = _PLAIN.match(text.casefold())
    if match and is_sane(float(match["value"])):
        return _Read(float(match["value"]), marked=bool(match["unit"]))
    worded = [number for number in numbers(text.casefold()) if (number.start, number.end) == (0, len(text))]
    if len(worded) == 1 and is_sane(worded[0].value):
        return _Read(worded[0].value, marked=worded[0].percent)
    return _Read(None, stated=cell.text.strip())


def _whole_percent(cell: Cell) -> float | None:
    """Return a stored number as it is shown: 0.55 under a per cent is 55, without the dust of the product."""
    return round(cell.number * 100, 6) if cell.percent and cell.number is not None else cell.number


def _scaled(read: list[_Read], wholes: list[list[int]]) -> tuple[list[float | None], list[Note]]:
    """Turn fractions of one into per cent where the whole card, or every section of it, then makes 100.

    ``wholes`` are the places of the whole card, then those of each section.
    """
    values = [one.value for one in read]
    if not any(value is not None and 0 < value <= 1 for value in values):
        return values, []
    bare = [one.value is not None and not one.marked and one.value <= 1 for one in read]
    scaled = [
        _clean(value * 100) if value is not None and fraction else value
        for value, fraction in zip(values, bare, strict=True)
    ]
    if not any(bare) or not (_whole(scaled, wholes[:1]) or (len(wholes) > 1 and _whole(scaled, wholes[1:]))):
        return values, []
    mixed = any(value is not None and not fraction for value, fraction in zip(values, bare, strict=True))
    return scaled, [Note("intake.mixed_fractions" if mixed else "intake.fractions")]


def _whole(values: list[float | None], wholes: list[list[int]]) -> bool:
    sums = [sum(values[place] or 0 for place in places) for places in wholes]
    # People round thirds: 0.33 three times is meant to be one.
    return all(isclose(total, TOTAL, abs_tol=ROUNDED) for total in sums)


def _within_sections(
    values: list[float | None], members: dict[str, list[int]], sections: dict[str, float]
) -> tuple[list[float | None], list[Note]]:
    """Multiply weights that are shares of their section; say where a section and its lines disagree."""
    sums = {name: sum(values[place] or 0 for place in places) for name, places in members.items()}
    filled = [name for name, places in members.items() if all(values[place] is not None for place in places)]
    within = [name for name in filled if _near(sums[name], TOTAL)]
    if within and len(members) > 1 and len(within) == len(filled):
        return _multiplied(values, members, sections, within)
    return _as_stated(values, members, sections, sums)


def _multiplied(
    values: list[float | None], members: dict[str, list[int]], sections: dict[str, float], within: list[str]
) -> tuple[list[float | None], list[Note]]:
    scaled = list(values)
    for name in within:
        for place in members[name]:
            value = values[place]
            scaled[place] = None if value is None else _clean(value * sections[name] / 100)
    return scaled, [Note("intake.multiplied")]


def _as_stated(
    values: list[float | None], members: dict[str, list[int]], sections: dict[str, float], sums: dict[str, float]
) -> tuple[list[float | None], list[Note]]:
    filled, notes = list(values), []
    for name, places in members.items():
        empty = [place for place in places if values[place] is None]
        rest = sections[name] - sums[name]
        if len(empty) == 1 and rest > 0:
            filled[empty[0]] = _clean(rest)
            if len(places) > 1:
                notes.append(Note("intake.section_rest", {"section": name, "rest": _clean(rest)}))
        elif len(empty) > 1:
            notes.append(Note("intake.section_open", {"section": name, "weight": sections[name], "count": len(empty)}))
        elif not _near(sums[name], sections[name]):
            values_said = {"section": name, "weight": sections[name], "sum": _clean(sums[name])}
            notes.append(Note("intake.section_differs", values_said))
    return filled, notes


def total_note(stated: float | None, weights: list[Weight]) -> list[Note]:
    """Return a note where the form's own total is not what its lines add up to; a total of 1 is the whole."""
    values = [weight.value for weight in weights if weight.value is not None]
    total = TOTAL if stated == 1 else stated
    if total is None or len(values) < len(weights) or _near(sum(values), total):
        return []
    return [Note("intake.total_differs", {"stated": _clean(total), "sum": _clean(sum(values))})]


def _near(value: float, wanted: float) -> bool:
    return isclose(value, wanted, abs_tol=CLOSE)


def _clean(value: float) -> float:
    """Take the dust off a product: 0.3 × 50 is 15."""
    return round(value, 4)


def is_sane(value: float) -> bool:
    """Tell whether a number, which may be none at all or without end, can be counted with."""
    return abs(value) <= MOST


def is_weight(text: str) -> bool:
    """Tell whether a text can be a weight: a number up to 100, with or without a sign."""
    value = _read(Cell(text=text)).value
    return value is not None and 0 < value <= TOTAL
