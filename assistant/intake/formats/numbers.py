"""Numbers as a spreadsheet shows them: per cents and units according to the format of the cell, days in ISO form."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

CHINESE = {
    **dict.fromkeys((*range(27, 32), 36, *range(50, 59)), "yyyy-mm-dd"),
    **dict.fromkeys(range(32, 36), "hh:mm"),
}
"""Days and times that Chinese spreadsheets know by number alone, and the library does not."""
ASIDE = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]|_.|\*.')
"""Quoted text, an escaped sign, a currency; and what shows nothing: colours, conditions, padding."""
CORE = re.compile(r"General|[#0?][#0?,.]*")
MARK = "\x00"
PLAIN_DIGITS = 15


@dataclass(frozen=True, slots=True)
class Format:
    """A number format taken apart: what stands around the digits, and how they are written."""

    before: str = ""
    after: str = ""
    decimals: int | None = None
    grouped: bool = False
    percent: bool = False
    optional: bool = False
    """Whether idle decimals are left out."""


GENERAL = Format()


@lru_cache(maxsize=256)
def taken_apart(code: str) -> Format:
    """Return the format for positive numbers; one that is beyond us shows the bare number."""
    literals: list[str] = []
    bare = ASIDE.sub(lambda found: _kept(found, literals), _first(code))
    core = CORE.search(bare)
    if not core or not _simple(bare, core):
        return GENERAL
    before, after = (_restored(part, literals) for part in (bare[: core.start()], bare[core.end() :]))
    decimals = core.group().partition(".")[2]
    digits = None if core.group() == "General" else len(decimals)
    return Format(before, after, digits, "," in core.group(), "%" in bare, optional="#" in decimals)


def shown(value: float, form: Format) -> str:
    """Return the number as text: 0.2 under ``0%`` is 20%."""
    return f"{form.before}{_digits(value * 100 if form.percent else value, form)}{form.after}".strip()


def plain(value: float) -> str:
    """Return a number without exponent and idle decimals."""
    if abs(value) >= 10**PLAIN_DIGITS:
        return f"{value:.0f}"
    text = f"{value:.{PLAIN_DIGITS - 5}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def moment(value: date | time | timedelta) -> str:
    """Return a day, a time or both in ISO form, a span of time in hours and minutes."""
    if isinstance(value, timedelta):
        hours, minutes = divmod(round(value.total_seconds() / 60), 60)
        return f"{hours:02}:{minutes:02}"
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, datetime) and (value.hour or value.minute):
        return value.isoformat(" ", "minutes")
    return value.isoformat()[:10]


def _first(code: str) -> str:
    """Return the part for positive numbers: up to the first semicolon outside quotes."""
    found = re.match(r'(?:"[^"]*"|\\.|[^;"\\])*', code)
    return found.group() if found else ""


def _simple(bare: str, core: re.Match[str]) -> bool:
    """Say whether the digits stand together and count as they are: no thousands left out, fraction or exponent."""
    rest = bare[: core.start()] + bare[core.end() :]
    return not (CORE.search(rest) or core.group().endswith(",") or re.search("[/eE@]", rest))


def _digits(value: float, form: Format) -> str:
    if form.decimals is None:
        return plain(value)
    digits = f"{value:,.{form.decimals}f}" if form.grouped else f"{value:.{form.decimals}f}"
    return digits.rstrip("0").rstrip(".") if form.optional else digits


def _kept(found: re.Match[str], literals: list[str]) -> str:
    literal = next((text for text in found.groups() if text is not None), None)
    if literal is None:
        return ""
    literals.append(literal)
    return MARK


def _restored(part: str, literals: list[str]) -> str:
    return "".join(literals.pop(0) if sign == MARK else sign for sign in part)
