"""What a clause of a scoring rule gives for which attainments or figures: 90%以上5分, 1 point 75%+."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from assistant.intake.cells.figures import SCALES
from assistant.intake.scoring.words import NUMBER, POINTS, UNIT

TARGET = 100.0
SCALED_UNITS = {unit: SCALES[unit[0]] for unit in ("万", "万元", "亿", "亿元")}
Amount = Literal["points", "lost", "full"]

_GAP = r"(?:目标值?的?|计划的?|完成率|达成率|得分)?\s?"
_N = rf"(?P<n>{NUMBER})\s?(?P<unit>(?:{UNIT})?)"
_TO = rf"(?P<to>{NUMBER})\s?(?P<unit>(?:{UNIT})?)"
_RANGES = (
    re.compile(rf"(?P<n>{NUMBER})\s?(?:{UNIT})?\s?(?:-|~|至|到|\bto\b|\band\b(?!\s?(?:above|over|up|below)))\s?{_TO}"),
    re.compile(rf"(?P<n>{NUMBER})\s?(?:{UNIT})?\s?(?P<left><=?|≤)[^\d<>≤≥]{{0,12}}(?P<right><=?|≤)\s?{_TO}"),
)
_BEYOND = re.compile(
    rf"超(?:额完成|额|出目标|过目标|目标|出)?值?的?(?P<n>{NUMBER})\s?%(?:及?以上)?"
    rf"|(?P<n2>{NUMBER})\s?% (?:over|above) (?:the )?(?:target|quota|plan)"
)
_AT_MOST = (
    re.compile(
        rf"(?:≤|<=|不高于|不超过|不大于|不多于|小于等于|控制在|\bat most\b|\bno more than\b|\bwithin\b)\s?{_GAP}{_N}"
    ),
    re.compile(rf"{_N}\s?(?:及?以[下内]|之内|\b(?:or|and) (?:less|below|fewer|lower|under)\b)"),
)
_BELOW = (
    re.compile(
        rf"(?:<|(?<!不)低于|不足|(?<!不)小于|(?<!不)少于|(?:达|完成)?不到|未达到?|达不到|未满|不满|未完成"
        rf"|\b(?:below|under|less than|fewer than|lower than|short of)\b)\s?{_GAP}{_N}"
    ),
)
_AT_LEAST = (
    re.compile(
        rf"(?:≥|>=|不低于|不少于|不小于|大于或?等于|达到?|完成|至少|\bat least\b"
        rf"|\bfrom\b|\breach(?:es)?\b|\bat\b)\s?{_GAP}{_N}"
        r"(?:及?以上)?"
    ),
    re.compile(rf"{_N}\s?(?:\+|及?以上|起|\b(?:and|or) (?:above|over|up|more|better|higher)\b)"),
)
_ABOVE = (
    re.compile(
        rf"(?:>|(?<!不)大于|(?<!不)高于|(?<!不)超过|(?<!不)多于"
        rf"|\b(?:over|above|more than|greater than|exceed(?:s|ing)?)\b)\s?"
        rf"{_GAP}{_N}(?:以上)?"
    ),
)
_PLAIN = (
    re.compile(rf"(?P<n>{NUMBER})\s?(?P<unit>%)"),
    re.compile(rf"(?P<n>{NUMBER})\s?(?P<unit>{UNIT})(?=得|计|给|为|:)"),
)
_MISSED = re.compile(
    r"低于目标(?!\D{0,3}\d)|未达|未完成|没完成|没有完成|未按|不达标|未达标|延期|逾期|延迟|不合格"
    r"|\b(?:not (?:met|done|achieved|reached|on time|complete[d]?)|missed|late|fail(?:ed|s)?|if not)\b"
)
_MET = re.compile(
    r"达标|达成|达到|完成|按时|如期|按期|合格"
    r"|\b(?:(?:on|at|meets?|hits?) (?:target|quota|plan)|met|achieved|done|completed?|pass(?:ed)?|on time)\b"
)
_REST = re.compile(r"^(?:以[上下]|其他|其它|其余|否则|otherwise|else|rest|others?)|\b(?:otherwise|else)\b")
_ZERO = re.compile(
    r"(?:不得|不计|无|零)分|(?<![\d.])0\s?(?:分|points?\b)|为0|^0(?![\d.%])"
    r"|\bzero\b|\bnothing\b|\bno (?:score|points?|credit|payout)\b"
)
_ALL = re.compile(r"满分|\bfull (?:marks|points|score)\b")
_LOST = re.compile(rf"(?:扣除?|减|\b(?:minus|lose|less|deduct)\b)[^\d]{{0,4}}(?P<n>{NUMBER})\s?{POINTS}")
_POINTS = re.compile(rf"(?P<sign>-?)\s?(?P<n>{NUMBER})\s?{POINTS}")
_SHARE = re.compile(rf"(?:得分?|计|给|按|\bscores?\b|\bgets?\b|[:=→])\s?(?P<n>{NUMBER})(?:\s?%|(?!\s?(?:%|\d)))")


@dataclass(frozen=True, slots=True)
class Bound:
    """A clause: between these bounds, so many points; without bounds, whatever no other clause covers."""

    amount: float
    kind: Amount
    low: float | None = None
    high: float | None = None
    past: bool = False
    """Whether the lower bound itself lies outside."""
    upto: bool = False
    """Whether the upper bound itself lies inside."""
    unit: str = "%"
    anchor: bool = False
    """Whether the bound is the target itself, in words."""
    up: bool | None = None
    """Which way "above" and "below" point where they stand alone."""

    @property
    def lone(self) -> bool:
        return self.low is None and self.high is None

    def holds(self, value: float) -> bool:
        over = self.low is None or value > self.low or (value == self.low and not self.past)
        under = self.high is None or value < self.high or (value == self.high and self.upto)
        return over and under


def bound(clause: str) -> Bound | None:
    """Read a clause that gives points for a stretch of attainments or figures."""
    for span, place in _places(clause):
        rest = f"{clause[: span[0]]} {clause[span[1] :]}".strip()
        if amount := _amount(rest, in_words=bool(place.get("anchor"))):
            return Bound(*amount, **place)
    if _REST.search(clause) and (amount := _amount(_REST.sub("", clause).strip(" ,:"), in_words=True)):
        return Bound(*amount, up={"以上": True, "以下": False}.get(clause[:2]))
    return None


def _places(clause: str) -> list[tuple[tuple[int, int], dict[str, Any]]]:
    """Return what may be the clause's bounds, the most telling first."""
    found = [(match.span(), _range(match)) for pattern in _RANGES for match in pattern.finditer(clause)]
    found = [(span, place) for span, place in found if place["low"] < place["high"]]
    found += [(match.span(), {"low": TARGET + float(match["n"] or match["n2"])}) for match in _BEYOND.finditer(clause)]
    for patterns, make in _BOUNDS:
        for pattern in patterns:
            found += [
                (match.span(), make(float(match["n"]) * SCALED_UNITS.get(match["unit"], 1.0)) | _unit(match))
                for match in pattern.finditer(clause)
            ]
    if match := _MISSED.search(clause):
        found.append((match.span(), {"high": TARGET, "anchor": True}))
    elif match := _MET.search(clause):
        found.append((match.span(), {"low": TARGET, "anchor": True}))
    return found


def _range(match: re.Match[str]) -> dict[str, Any]:
    scale, signs = SCALED_UNITS.get(match["unit"], 1.0), match.groupdict()
    ends = {"past": signs.get("left") == "<", "upto": signs.get("right") not in {None, "<"}}
    return {"low": scale * float(match["n"]), "high": scale * float(match["to"])} | ends | _unit(match)


def _unit(match: re.Match[str]) -> dict[str, Any]:
    return {"unit": "" if match["unit"] in SCALED_UNITS else match["unit"]}


_BOUNDS: tuple[tuple[tuple[re.Pattern[str], ...], Callable[[float], dict[str, Any]]], ...] = (
    (_AT_MOST, lambda n: {"high": n, "upto": True}),
    (_BELOW, lambda n: {"high": n}),
    (_AT_LEAST, lambda n: {"low": n}),
    (_ABOVE, lambda n: {"low": n, "past": True}),
    (_PLAIN, lambda n: {"low": n}),
)


def _amount(rest: str, *, in_words: bool) -> tuple[float, Amount] | None:
    """Return the points that the rest of a clause names; a bare number counts only behind a bound in words."""
    if match := _LOST.search(rest):
        return float(match["n"]), "lost"
    if match := _POINTS.search(rest):
        return float(match["sign"] + match["n"]), "points"
    if _ZERO.search(rest):
        return 0.0, "points"
    if _ALL.search(rest):
        return 0.0, "full"
    if match := _SHARE.search(rest):
        return float(match["n"]), "points"
    bare = re.fullmatch(rf"(?P<n>{NUMBER})\s?%?(?:\s?if)?\s?", rest.strip())
    return (float(bare["n"]), "points") if bare and in_words else None
