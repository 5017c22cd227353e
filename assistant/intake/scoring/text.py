"""How a form says that a line is scored: the words of its scoring column as a rule."""

import math
import re
from typing import Any

from assistant.intake.scoring import bands, limits
from assistant.intake.scoring.bounds import Bound, bound
from assistant.intake.scoring.steps import Step, gained, lost, steps_of, told
from assistant.intake.scoring.words import NUMBER, clauses, plain_rule
from assistant.models import Scoring
from knowledge.terms import ScoringMethod

_RATIO = re.compile(
    r"[按以][^;,。\d]{0,6}(?:完成|达成)(?:率|比例|情况)|(?:完成|达成)率\s?[x×*·]|[x×*·]\s?(?:完成|达成)率"
    r"|实际[^;。]{0,10}[/÷]|按比例|线性|得分\s?=|\blinear(?:ly)?\b|\bpro[ -]?rat(?:a|ed)\b|\bproportional(?:ly)?\b"
    r"|\bin proportion\b|\bactuals?[^;]{0,12}[/÷]|[x×*] ?weight\b|\battainment\b"
)
_YES_NO = re.compile(
    r"一票否决|是/否|是否(?:完成|达成|达标)|(?:完成|达标|达成)(?:即)?得分|\ball or nothing\b|\bpass ?/ ?fail\b"
    r"|\byes ?/ ?no\b|\bbinary\b|\bmet ?/ ?not met\b|\bdone ?/ ?not done\b"
)
_GRADED = re.compile(
    r"优.{0,16}良.{0,16}(?:中|差|合格|一般)|\ba级?\D{0,3}\d.{0,9}\bb级?\D{0,3}\d|\bexcellent\b.{0,16}\bgood\b"
)
_RATED = re.compile(
    r"评分|打分|评价|评议|考评|评定|测评|主观|\brat(?:ed|ing)s?\b|\b1 ?(?:-|to) ?(?:5|10)\b|\bscale\b"
    r"|\b(?:assessed|judged|graded|scored|evaluated) by\b"
)
_SCALES = (re.compile(r"\b1 ?(?:-|to) ?(?P<n>5|10)\b"), re.compile(r"(?<!\d)(?P<n>5|10)\s?分制"))
_MILESTONE = re.compile(r"里程碑|节点|按(?:计划)?进度|完成进度|\bmilestones?\b|% (?:done|complete)\b")
_ALLOWANCE = re.compile(r"不扣|\bfree of\b|\bno deduction\b")


def scoring_rule(text: str, full: float | None = None) -> Scoring | None:
    """Read the words of a scoring column; ``full`` are the line's points where the form states them elsewhere.

    Words that do not say enough give the method of their surest sign, and nothing where they give none.
    """
    plain = plain_rule(text)
    steps, bounds, others = _sorted(clauses(plain))
    worth = full if full and full > 0 else limits.worth(plain)
    found = _by_grades(plain) or _by_steps(told(steps, plain), worth or _most(bounds))
    found = found or _by_bounds(bounds, plain, worth) or _by_signs(plain, worth) or _by_limits(bounds, plain)
    if found is None:
        return None
    found |= limits.threshold(found, bounds, plain)
    found |= limits.limits(found, others, plain)
    if _ALLOWANCE.search(plain):
        # So many are free, which no deduction from the first one on can say.
        found["deduction"] = None
    return Scoring(**found, text=text.strip())


def _sorted(parts: list[str]) -> tuple[list[Step], list[Bound], list[str]]:
    """Tell clauses that state a step from those that give points for a stretch, and from the rest."""
    steps, bounds, others = list[Step](), list[Bound](), list[str]()
    for part in parts:
        if found := steps_of(part):
            steps += found
        elif not limits.is_limit(part) and (held := bound(part)):
            bounds.append(held)
            continue
        others.append(part)
    return steps, bounds, others


def _by_steps(steps: list[Step], worth: float | None) -> dict[str, Any] | None:
    """Return the rule that steps state: a deduction where any takes points, else a proportion with a bonus."""
    minus, plus, full = lost(steps), gained(steps), worth or 100.0
    if minus is None and plus is None:
        return None
    found: dict[str, Any] = {"method": ScoringMethod.DEDUCTION if minus else ScoringMethod.RATIO, "full": full}
    if minus:
        found |= {"deduction": minus.deduction(full), "polarity": minus.polarity, "cap": 100}
    if plus:
        found |= {"bonus": plus.deduction(full), "cap": None, "polarity": found.get("polarity") or plus.polarity}
    return found | {"points": worth} if worth else found


def _by_bounds(bounds: list[Bound], plain: str, worth: float | None) -> dict[str, Any] | None:
    """Return tiers where clauses give points for stretches, and all or nothing where they know only done and not."""
    if any(clause.anchor for clause in bounds) and all(clause.anchor or clause.lone for clause in bounds):
        return _by_anchors(bounds, plain, worth)
    if not any(clause.amount or clause.kind == "full" for clause in bounds):
        return None
    made = bands.bands(bounds, plain, worth)
    return {"method": ScoringMethod.TIERS, "cap": 100} | (bands.facts(made) if made else {})


def _by_anchors(bounds: list[Bound], plain: str, worth: float | None) -> dict[str, Any]:
    """Return all or nothing; where only a missed target is spoken of, nothing is a threshold at the target."""
    most, taken = worth or _most(bounds), [clause.amount for clause in bounds if clause.kind == "lost"]
    only_missed = all(clause.high is not None for clause in bounds) and not _YES_NO.search(plain)
    if most is None and not taken and only_missed:
        return {"method": ScoringMethod.RATIO, "threshold": 100}
    full = most or 100.0
    found = {"method": ScoringMethod.YES_NO, "full": full, "cap": 100} | ({"points": most} if most else {})
    return found | ({"floor": math.floor(100 * max(0.0, 1 - max(taken) / full))} if taken else {})


def _most(bounds: list[Bound]) -> float | None:
    """Return the highest points that clauses give."""
    return max((clause.amount for clause in bounds if clause.kind == "points" and clause.amount > 0), default=None)


def _by_grades(plain: str) -> dict[str, Any] | None:
    """Return a rating where grades have points of their own; grades of attainments are tiers."""
    if "%" in plain or not _GRADED.search(plain):
        return None
    points = max((float(number) for number in re.findall(NUMBER, plain)), default=0.0)
    return {"method": ScoringMethod.ANCHORED, "cap": 100} | ({"full": points, "points": points} if points else {})


def _by_signs(plain: str, worth: float | None) -> dict[str, Any] | None:
    """Return the method that a word gives away."""
    points: dict[str, Any] = {"full": worth, "points": worth} if worth else {}
    signs = ((ScoringMethod.MILESTONE, _MILESTONE), (ScoringMethod.RATIO, _RATIO), (ScoringMethod.YES_NO, _YES_NO))
    for method, sign in signs:
        if sign.search(plain):
            return {"method": method, "cap": 120 if method is ScoringMethod.RATIO else 100} | points
    if _RATED.search(plain):
        scale = _number(_SCALES, plain)
        return {"method": ScoringMethod.ANCHORED, "cap": 100} | points | ({"full": scale} if scale else {})
    return None


def _number(patterns: tuple[re.Pattern[str], ...], plain: str) -> float | None:
    match = next((match for pattern in patterns if (match := pattern.search(plain))), None)
    return (float(match["n"]) or None) if match else None


def _by_limits(bounds: list[Bound], plain: str) -> dict[str, Any] | None:
    """A cap or a threshold alone belongs to points in proportion."""
    if any(map(limits.zero_below, bounds)) or limits.limited(plain):
        return {"method": ScoringMethod.RATIO}
    return None
