"""Figures, periods and raters out of the words that stand in a form's cells."""

import re
import unicodedata
from dataclasses import dataclass
from math import isfinite

from knowledge.models import RaterShare
from knowledge.terms import Party, Period, Unit

# The words that multiply a figure; "m" begins many units.
SCALE = r"亿|千万|百万|万|千|thousand|million|billion|(?:k|m|bn)(?![a-z])"
SCALES = {
    "亿": 1e8, "千万": 1e7, "百万": 1e6, "万": 1e4, "千": 1e3, "k": 1e3, "thousand": 1e3,
    "m": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9,
}  # fmt: skip
_NUMBER = re.compile(rf"(?P<value>-?\d+(?:,\d{{3}})*(?:\.\d+)?)\s*(?P<scale>{SCALE})?(?:\s*%)?")
_BOUND = re.compile(r"^(?:[≥≤<>=]+|不低于|不高于|不少于|不超过|达到|至少|至多|at least|at most|min\.?|max\.?)+\s*")
# A band around a figure: no figure that an actual could be compared with.
_DEVIATION = re.compile(r"±|\+/-|偏差|误差|deviation|variance|\b(?:with)?in \d+(?:\.\d+)?\s*%")
_UPLIFT = re.compile(
    r"(?:去年|上年|上一年|同期|last year|prior year)[^%\d]{0,12}"
    r"(?:增长|提高|提升|上浮|增加|plus|\+|up)[^%\d]{0,6}(?P<zh>\d+(?:\.\d+)?)\s*%"
    r"|(?P<en>\d+(?:\.\d+)?)\s*%\s*(?:above|over|on|more than)\s*(?:last|prior|previous) year"
)
_PERIODS = (
    (Period.HALF_YEAR, re.compile(r"半年|half[- ]?year|semi-?annual|six months")),
    (Period.QUARTER, re.compile(r"季|quarter|\bq[1-4]?\b")),
    (Period.MONTH, re.compile(r"月|month")),
    (Period.YEAR, re.compile(r"年|year|annual")),
)
_UNITS = (
    (Unit.PERCENT, re.compile(r"率$|占比|比例$|份额$|%|\brate\b|\bshare\b|\bratio\b|percent|retention|churn")),
    (
        Unit.MONEY,
        # Whatever the time leads up to, it is no money.
        re.compile(
            r"^(?!.*(?<!on-)(?<!on )\btime (?:to|until|from)\b)"
            r".*(?:额$|金额|收入$|营收|毛利$|利润$|产值|revenue|\bsales\b|amount|profit|turnover"
            r"|\b(?:contract|order|deal|transaction|basket|lifetime|account) value\b)"
        ),
    ),
    (Unit.COUNT, re.compile(r"数$|数量|次数|个数|家数|份数|number of|count|\bvisits\b|\bcalls\b|\bmeetings\b")),
    (Unit.DAYS, re.compile(r"天数|周期$|账期|\bdays\b|cycle time")),
)
_SHARE = re.compile(r"(\d{1,3})\s*%")
_RATERS = re.compile(r"[、,，;；+＋\n]|\band\b|及|与")


@dataclass(frozen=True, slots=True)
class Figure:
    """A target as a cell states it; without a value, the words alone say it."""

    value: float | None
    plain: bool
    """Whether the cell says nothing beyond the value."""


def figure(text: str) -> Figure:
    """Read one figure; a text with several, or with none, keeps its words."""
    said = unicodedata.normalize("NFKC", text).strip().casefold()
    if _DEVIATION.search(said):
        return Figure(None, plain=False)
    found = list(_NUMBER.finditer(said))
    if len(found) != 1:
        return Figure(None, plain=False)
    match = found[0]
    value = float(match["value"].replace(",", "")) * SCALES.get(match["scale"] or "", 1)
    if not isfinite(value):
        return Figure(None, plain=False)
    rest = _BOUND.sub("", said[: match.start()]) + said[match.end() :]
    return Figure(value, plain=len(rest.strip(" ()元个家次天分")) == 0 and not _BOUND.match(said))


def uplift(text: str) -> float | None:
    """Return by how much a target lies above last year's actual, in per cent, where it says so."""
    match = _UPLIFT.search(unicodedata.normalize("NFKC", text).casefold())
    return float(match["zh"] or match["en"]) if match else None


def period(text: str) -> Period | None:
    """Return the period that a text names; the half-year and the quarter before the year and the month in them."""
    said = unicodedata.normalize("NFKC", text).casefold()
    return next((one for one, words in _PERIODS if words.search(said)), None)


def unit(name: str, target: str) -> Unit | None:
    """Return the unit that a name or a target gives away."""
    said = name.casefold().strip()
    found = next((one for one, words in _UNITS if words.search(said)), None)
    return found or (Unit.PERCENT if "%" in target or "％" in target else None)


def rater_texts(text: str) -> list[tuple[str, int | None]]:
    """Split raters as written, with their shares where stated: ``上级60%、HR40%``."""
    parts = [part.strip() for part in _RATERS.split(text) if part.strip()]
    found = []
    for part in parts:
        share = _SHARE.search(unicodedata.normalize("NFKC", part))
        found.append(
            (_SHARE.sub("", unicodedata.normalize("NFKC", part)).strip(" ()（）:："), int(share[1]) if share else None)
        )
    return found


def shared(parties: list[tuple[Party, int | None]]) -> tuple[RaterShare, ...]:
    """Return raters whose shares make 100: as stated, else in equal parts."""
    stated = [share for _, share in parties if share is not None]
    if len(stated) == len(parties) and sum(stated) == 100:
        return tuple(RaterShare(rater=one, share=share) for one, share in parties if share is not None)
    unique = list(dict.fromkeys(one for one, _ in parties))
    base, rest = divmod(100, len(unique))
    return tuple(RaterShare(rater=one, share=base + (place < rest)) for place, one in enumerate(unique))
