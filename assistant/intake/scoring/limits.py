"""How far points may go, in the words of a scoring rule: cap, floor, and the threshold below which nothing counts."""

import math
import re
from typing import Any

from assistant.intake.scoring.bounds import Bound
from assistant.intake.scoring.words import NUMBER, POINTS
from knowledge.terms import Polarity

# A cap up to here without a unit is a multiple, from there on points, later a per cent.
TIMES = 3
PER_CENT = 50
_N = rf"(?P<n>{NUMBER})"
_UNIT = rf"(?P<unit>%|倍|x\b|times\b|{POINTS})?"
_CAP = re.compile(
    r"(?:上限|封顶|最高|最多|至多|不超过|不得超过|\bcap(?:ped)?\b|\bup to\b|\bmax(?:imum)?\b|\bnot exceed(?:ing)?\b)"
    rf"[^\d扣加减]{{0,12}}{_N}\s?{_UNIT}"
)
_CAP_AFTER = re.compile(rf"{_N}\s?{_UNIT}\s?(?:封顶|为上限|为限|\b(?:cap|max(?:imum)?)\b)")
_COUNTED_AS = re.compile(rf"超过?\s?{_N}\s?%[^\d]{{0,4}}按\s?(?P<as>{NUMBER})\s?%")
_MOST_GAINED = (
    re.compile(rf"(?:最多|最高|上限|加满|累计)[^\d扣]{{0,4}}加[^\d]{{0,4}}{_N}\s?分"),
    re.compile(rf"加分(?:上限|最多|最高|不超过)[^\d]{{0,4}}{_N}\s?分"),
)
_MOST_LOST = re.compile(rf"(?:最多|最高|至多|上限)[^\d]{{0,4}}?(?P<below>倒)?扣[^\d]{{0,4}}{_N}\s?分")
_UNCAPPED = re.compile(
    r"不封顶|无上限|没有上限|不设上限|\buncapped\b"
    r"|\bno (?:upper )?(?:cap|limit)\b|\bwithout (?:a |any )?cap\b|\bunlimited\b"
)
_FULL = (
    re.compile(rf"(?:满分|标准分|基准分|分值|总分)(?:为|是|:)\s?{_N}"),
    re.compile(rf"(?:满分|标准分|基准分|分值|总分|扣完|扣满){_N}\s?分"),
    re.compile(rf"{_N}\s?分满分"),
    re.compile(rf"\bout of {_N}\b"),
)
_AT_TARGET = re.compile(rf"(?:达标|达成|达到|完成)(?:目标|任务|计划)?(?:的|则|即|时)?(?:得|给|计|为)?\s?{_N}\s?分")
_THRESHOLD = re.compile(
    rf"(?:门槛值?|起评线|起评点|\bfloor(?: at| of)?|\bthreshold(?: at| of| is)?)[^\d]{{0,6}}{_N}\s?%?"
)
_FIRST = re.compile(r"(?:上限|封顶|最高|最多|至多|\bcap|\bmax)")


def is_limit(clause: str) -> bool:
    """Tell whether a clause limits points rather than giving them."""
    limits = (_COUNTED_AS, _MOST_LOST, *_MOST_GAINED, _UNCAPPED, *_FULL)
    return any(limit.search(clause) for limit in limits) or bool(_FIRST.match(clause))


def limited(plain: str) -> bool:
    """Tell whether a rule names any cap or threshold."""
    return any(sign.search(plain) for sign in (_CAP, _CAP_AFTER, _UNCAPPED, _THRESHOLD))


def worth(plain: str) -> float | None:
    """Return the points that a rule gives for the target."""
    for pattern in (*_FULL, _AT_TARGET):
        if match := pattern.search(plain):
            return float(match["n"]) or None
    return None


def zero_below(one: Bound) -> bool:
    """Tell whether a clause says that nothing is scored below, or past, a bound in figures."""
    return one.amount == 0 and one.kind == "points" and not one.anchor and not one.lone


def threshold(found: dict[str, Any], bounds: list[Bound], plain: str) -> dict[str, Any]:
    """Return below which attainment, or past which figure, nothing is scored."""
    if found.get("floor", 0) < 0:
        return {}
    if match := _THRESHOLD.search(plain):
        return {"threshold": _whole(float(match["n"]))}
    for one in filter(zero_below, bounds):
        if one.low is None and one.high is not None and found.get("polarity") is not Polarity.LOWER:
            return {"threshold": _whole(one.high), "figures": found.get("figures", False) or one.unit != "%"}
        if one.low is not None and one.high is None and not found.get("bands"):
            # 3次以上 begins at 3, and figures past the threshold score nothing.
            last = one.low if one.past or one.unit == "%" or one.low < 1 else one.low - 1
            return {"threshold": _whole(last), "figures": True, "polarity": Polarity.LOWER}
    return {}


def limits(found: dict[str, Any], others: list[str], plain: str) -> dict[str, Any]:
    """Return cap and floor where the words state them; the highest points follow."""
    if _UNCAPPED.search(plain):
        return {"cap": None}
    stated = _floor(found, plain)
    if match := _COUNTED_AS.search(plain):
        return stated | {"cap": math.ceil(float(match["as"]))}
    gained = next((match for pattern in _MOST_GAINED if (match := pattern.search(plain))), None)
    if gained:
        return stated | _most(_full(found) + float(gained["n"]), found)
    for part in others:
        if match := _CAP.search(part) or _CAP_AFTER.search(part):
            return stated | _capped(float(match["n"]), match["unit"] or "", found)
    return stated


def _floor(found: dict[str, Any], plain: str) -> dict[str, Any]:
    match = _MOST_LOST.search(plain)
    if match is None:
        return {}
    part = 100 * float(match["n"]) / _full(found)
    return {"floor": math.floor(round(-part if match["below"] else max(0.0, 100 - part), 6))}


def _capped(value: float, unit: str, found: dict[str, Any]) -> dict[str, Any]:
    if unit in {"倍", "x", "times"} or (not unit and value <= TIMES):
        return {"cap": math.ceil(round(100 * value, 6))}
    if unit == "%" or (not unit and value >= PER_CENT):
        return {"cap": math.ceil(value)}
    return _most(value, found)


def _most(points: float, found: dict[str, Any]) -> dict[str, Any]:
    """Return the cap that the highest points are; where nothing says what the target is worth, up to 100 they are."""
    if points <= 0:
        return {}
    if "points" not in found and points <= 100:
        return {"cap": 100, "points": points, "full": points}
    return {"points": points, "cap": math.ceil(round(100 * points / _full(found), 6))}


def _full(found: dict[str, Any]) -> float:
    return float(found.get("full", 100.0))


def _whole(value: float) -> int | float:
    return int(value) if value == int(value) else value
