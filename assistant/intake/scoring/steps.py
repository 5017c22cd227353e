"""Points lost or gained step by step: 每低1%扣2分, 5 points off per late report."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from assistant.intake.scoring.words import NUMBER, POINTS, UNIT
from assistant.models import Deduction
from knowledge.terms import Polarity

_EVENT = r"次|例|起|件|项|单|天|日|人|处|条|份|笔|个?工作日"
_STEP = re.compile(
    rf"每(?P<before>[^\d%]{{0,14}})(?P<step>{NUMBER})\s?(?P<unit>{UNIT})(?P<between>[^\d]{{0,16}})"
    rf"(?P<points>{NUMBER})\s?(?P<scale>分|%)"
)
_EACH = re.compile(
    rf"每(?P<before>)(?P<step>)(?P<unit>{_EVENT})(?P<between>[^\d]{{0,16}})(?P<points>{NUMBER})\s?(?P<scale>分|%)"
)
_ONCE = re.compile(
    rf"(?P<before>[^\d]{{0,12}})(?<!\d)(?P<step>1)(?P<unit>{_EVENT})(?P<between>[^\d以内及]{{0,8}})"
    rf"(?P<points>{NUMBER})\s?(?P<scale>分)"
)
_ENGLISH = re.compile(
    rf"(?P<before>(?:[-+]|\b[a-z]{{2,9}}\s)?)\s?(?P<points>{NUMBER})\s?(?P<scale>{POINTS}|%)"
    r"(?P<between>[a-z ]{0,24}?)\s?\b(?:per|for each|for every|each|every|a)\s"
    r"(?:(?:additional|extra|full|whole|further)\s)?"
    rf"(?P<step>(?:{NUMBER})?)\s?(?P<unit>%|[a-z]{{2,14}})(?P<after>[a-z ]{{0,30}})"
)
_ENGLISH_COST = re.compile(
    rf"\b(?:per|each|every)\s(?P<step>(?:{NUMBER})?)\s?(?P<unit>%|[a-z]{{2,14}})(?P<before>[a-z ]{{0,30}}?)\s?"
    r"(?P<between>(?:costs?|loses?|deducts?|earns?|adds?|gains?|scores?|:|=|-|\+)\s?[-+]?)\s?"
    rf"(?P<points>{NUMBER})\s?(?P<scale>{POINTS})"
)
_LOST = re.compile(r"扣|减|罚|-|\b(?:minus|deduct|deducts|deducted|lose|loses|lost|less|subtract|off|costs?|penalty)\b")
_GAINED = re.compile(r"加|奖|得|计|给|\+|\b(?:plus|add|adds|added|gain|gains|earn|earns|bonus|extra)\b")
_DOWN = re.compile(
    r"低|降|少|差(?![错评])|欠|缺(?!陷|勤)|不足|落后|下滑|\b(?:below|under|short|less|lower|miss|missed|drop|down)\b"
)
_UP = re.compile(r"高|超|(?<!新)增|多|升|涨|\b(?:above|over|exceed|exceeding|beyond|more|higher|up)\b")
_BAD = re.compile(
    r"\b(?:late|error|errors|complaint|mistake|incident|overdue|missing|delay|delayed|violation|breach)\b"
)
_BOTH = re.compile(r"加减|增减|加\(减\)|\bplus or minus\b|±")
_EVENTS = re.compile(r"发生|出现|发现|新增|新开")
_UNTIL_GONE = re.compile(r"扣完|扣满|扣至|\buntil (?:zero|none|nothing)\b")
Way = Literal["down", "up", ""]


@dataclass(frozen=True, slots=True)
class Step:
    """One rule of so many points a step."""

    points: float
    step: float
    per: Literal["figure", "percent", "event"]
    lost: bool
    way: Way
    share: bool
    """Whether the points are a per cent of the line's own."""

    @property
    def polarity(self) -> Polarity | None:
        if not self.way:
            return None
        return Polarity.HIGHER if self.lost == (self.way == "down") else Polarity.LOWER

    def deduction(self, full: float) -> Deduction:
        points = self.points * full / 100 if self.share else self.points
        return Deduction(step=self.step, points=points, per=self.per)


def steps_of(clause: str) -> list[Step]:
    """Return the steps that a clause states: both ways for 每增减1%加减1分."""
    found = _stated(clause)
    if found is not None and _BOTH.search(clause):
        return [replace(found, lost=True, way="down"), replace(found, lost=False, way="up")]
    return [found] if found is not None else []


def _stated(clause: str) -> Step | None:
    for pattern in (_STEP, _EACH, _ENGLISH_COST, _ENGLISH):
        if match := pattern.search(clause):
            return _step(match)
    # Without a word such as "each" the clause is about nothing else, or 1 is a bound and not a step.
    match = _ONCE.match(clause)
    return _step(match) if match else None


def lost(steps: Iterable[Step]) -> Step | None:
    return next((one for one in steps if one.lost), None)


def gained(steps: Iterable[Step]) -> Step | None:
    return next((one for one in steps if not one.lost), None)


def told(steps: list[Step], plain: str) -> list[Step]:
    """Return steps that lose points where the rule says so elsewhere: 一次一分，扣满即止."""
    until_gone = bool(_UNTIL_GONE.search(plain))
    return [replace(one, lost=one.lost or (until_gone and not one.way)) for one in steps]


def _step(match: re.Match[str]) -> Step:
    found = match.groupdict()
    after = f"{found['between']} {found.get('after', '')}"
    way = "" if _EVENTS.search(found["before"]) else _way(found["before"], after)
    sign = f"{found['before'] if found['between'] is None or match.re is _ENGLISH else ''} {found['between']}"
    lost = bool(_LOST.search(sign)) or (not _GAINED.search(sign) and (way == "down" or bool(_BAD.search(_near(match)))))
    percent = found["unit"] == "%"
    return Step(
        points=float(found["points"]),
        step=float(found["step"] or 1) or 1.0,
        per="percent" if percent else "figure" if way else "event",
        lost=lost,
        way=way,
        share=found["scale"] == "%",
    )


def _near(match: re.Match[str]) -> str:
    return f"{match['unit']} {match.string}"


def _way(before: str, after: str) -> Way:
    for words in (before, after):
        if _DOWN.search(words):
            return "down"
        if _UP.search(words):
            return "up"
    return ""
