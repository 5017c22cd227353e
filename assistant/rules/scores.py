"""What a line's scoring lets it reach, as a form states it in figures or in words."""

from assistant.models import Scoring
from assistant.rules.engine import Case
from assistant.rules.lines import said
from knowledge.terms import ScoringMethod

HUNDRED = 100.0
# From this attainment on, a floor leaves no reason to move while below it.
KILLING_THRESHOLD = 100
# So many lines with the same highest points share a scale, such as one out of ten.
MANY_ON_A_SCALE = 3
# Methods in which more of the figure gives more points.
PILED_UP = frozenset({ScoringMethod.RATIO, ScoringMethod.TIERS, ScoringMethod.MILESTONE})


def endless(case: Case, scoring: Scoring) -> bool:
    """Tell whether points can be piled up without end: no cap is set, or the form's words say so."""
    words = (scoring.text or "",)
    if said(case, words, "uncapped"):
        return True
    if scoring.points is not None or scoring.bands or said(case, words, "capped"):
        return False
    if scoring.deduction is not None and scoring.bonus is None and scoring.cap is not None:
        return False  # "one point off for each day over" only ever takes away
    uncapped = scoring.cap is None and (scoring.method in PILED_UP or scoring.bonus is not None)
    return uncapped or said(case, words, "piled_up") is not None


def highest(scoring: Scoring | None) -> float | None:
    """Return the highest points that a form states for a line."""
    stated = (scoring.points, *(band.points for band in scoring.bands)) if scoring else ()
    return max((points for points in stated if points is not None), default=None)


def scales(case: Case) -> tuple[float, ...]:
    """Return the scales on which points need not follow the weight: out of a hundred, or one that all lines share."""
    stated = [points for item in case.items if (points := highest(item.scoring)) is not None]
    shared = len(stated) >= MANY_ON_A_SCALE and len(set(stated)) == 1
    return (HUNDRED, stated[0]) if shared else (HUNDRED,)


def threshold(case: Case, scoring: Scoring | None) -> float | None:
    """Return the attainment below which nothing is scored: as stated, as the lowest step has it, or as words say."""
    if scoring is None or scoring.figures:
        return None
    if scoring.threshold is not None or scoring.method not in {ScoringMethod.RATIO, ScoringMethod.TIERS}:
        return scoring.threshold
    if said(case, (scoring.text or "",), "all_or_nothing"):
        return KILLING_THRESHOLD
    return min((band.at_least for band in scoring.bands if band.points > 0), default=None)
