"""Names that are goals: a verb or a bound, what it is about, and the figure to reach."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.intake.cells.figures import SCALE

_FIGURE = rf"[$¥￥€£]?\s*\d+(?:,\d{{3}})*(?:\.\d+)?\s*(?:{SCALE})?"
_REACH = (
    r"achieve|reach|hit|deliver|keep|maintain|reduce|cut|increase|grow|raise|improve|generate|book|secure|hold|lower|"
    r"bring|attain|limit"
)
_GAIN = r"open|sign|win|add|close|land|acquire|recruit|onboard|conduct|complete|hold|make|book|generate|secure"
_BOUND = r"under|below|above|over|within|at least|at or above|at or below|no more than|less than|more than"
_BOUND_ZH = r"不低于|不高于|不少于|不超过|大于|小于|高于|低于|控制在|[≥≤<>]=?"
_PATTERNS = tuple(
    re.compile(text, re.IGNORECASE)
    for text in (
        rf"(?:(?:{_REACH})\s+)?(?P<core>.+?)\s*\b(?P<target>(?:{_BOUND})\s*{_FIGURE}.*)",
        rf"(?:(?:{_REACH})\s+)?(?P<core>.+?)\s*(?P<target>(?:{_BOUND_ZH})\s*{_FIGURE}.*)",
        rf"(?:{_REACH})\s+(?P<core>.+?)\s+(?:to|of|at)\s+(?P<target>{_FIGURE}.*)",
        r"(?:实现|完成|确保|保持)?(?P<core>[^\d]+?)(?:达到|达|提升至|提升到|提高到|提高至|降至|降到|降低到)\s*"
        rf"(?P<target>{_FIGURE}.*)",
        rf"(?:{_GAIN})\s+(?P<target>{_FIGURE})\s+(?P<core>[a-z].+)",
        rf"(?:开发|新增|签约|完成|拓展|招募)\s*(?P<target>{_FIGURE}\s*[家个名次位])\s*(?P<core>\D+)",
        rf"(?:实现|完成)\s*(?P<core>[^\d]+?)\s*(?P<target>{_FIGURE}\s*(?:元|%|％|家|个)?)",
    )
)
_DRESSING = re.compile(r"^(?:the|our|a|an)\s+|\s+(?:targets?|goals?|plan)$|目标$|任务$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Aim:
    """A goal: the indicator it is about, and its target in the words of the name."""

    indicator: str
    target: str


def aims(name: str) -> Iterator[tuple[str, str]]:
    """Return what a name may be about, with its target, where it reads as a goal."""
    for pattern in _PATTERNS:
        if match := pattern.fullmatch(name.strip()):
            core = match["core"].strip(" ,，:：")
            target = match["target"].strip(" ,，。.")
            yield from ((each, target) for each in dict.fromkeys((core, _DRESSING.sub("", core))))
