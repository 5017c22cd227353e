"""The scoring methods: from what an actual reads to a score, 100 at the target."""

import math
from collections.abc import Callable

from assistant.models import Deduction
from assistant.scoring.models import Measure
from assistant.scoring.terms import FULL, Terms
from knowledge.terms import Polarity, ScoringMethod

# Binary fractions must not cost a step: 95 - 94.9 is a little less than 0.1.
NEARLY = 1e-9
# Attainment from which, and the score it has, where a card names steps and no bounds (house).
HOUSE_STEPS = ((60.0, 60.0), (80.0, 80.0), (100.0, 100.0), (120.0, 120.0))
HOUSE_RANGE = ((60.0, 60.0), (80.0, 80.0), (95.0, 100.0))
# Scores at threshold, target and stretch value.
AT_THRESHOLD, AT_TARGET, AT_STRETCH = 60.0, 100.0, 120.0


class Unscorable(ValueError):
    """The reading lacks what the method needs; ``needs`` says which."""

    def __init__(self, needs: str) -> None:
        super().__init__(needs)
        self.needs = needs


def graded(terms: Terms, reading: Measure) -> float:
    """Return the score of a reading within threshold, floor and cap."""
    score = METHODS[terms.method](terms, reading)
    # Where points are taken away, the threshold gives none back.
    score = min(0.0, score) if _shut_out(terms, reading) else score
    score = score if terms.scoring.cap is None else min(score, float(terms.scoring.cap))
    return round(max(score, float(terms.scoring.floor)), 6)


def attainment(figure: float, target: float, polarity: Polarity) -> float | None:
    """Return what a figure is of its target, in per cent: mirrored where lower is better, by distance in a range."""
    if polarity is Polarity.LOWER and target == 0:
        return FULL if figure <= 0 else 0.0
    if target <= 0:
        return None
    share = FULL * figure / target
    return mirrored(share, polarity)


def mirrored(share: float, polarity: Polarity) -> float:
    """Return the attainment of a share of the target."""
    if polarity is Polarity.LOWER:
        return 2 * FULL - share
    return FULL - abs(share - FULL) if polarity is Polarity.RANGE else share


def _shut_out(terms: Terms, reading: Measure) -> bool:
    limit = terms.scoring.threshold
    if limit is None:
        return False
    if not terms.scoring.figures:
        return reading.attainment is not None and reading.attainment < limit - NEARLY
    if reading.figure is None:
        raise Unscorable("figure")
    if terms.polarity is Polarity.LOWER:
        return reading.figure > limit + NEARLY
    return reading.figure < limit - NEARLY


def _attained(reading: Measure) -> float:
    if reading.attainment is None:
        raise Unscorable("target")
    return reading.attainment


def _ratio(terms: Terms, reading: Measure) -> float:
    if terms.earned and terms.bonus:
        return _steps(terms, terms.bonus, _figure(reading))
    attained, bonus = _attained(reading), terms.bonus
    if bonus is None or attained <= FULL:
        return attained
    return FULL + _steps(terms, bonus, -_missed(terms, bonus, reading))


def _tiers(terms: Terms, reading: Measure) -> float:
    if terms.scoring.bands:
        return _banded(terms, reading)
    if terms.staged and reading.figure is not None:
        return _staged(terms, reading.figure, reading.target)
    attained = _attained(reading)
    steps = HOUSE_RANGE if terms.polarity is Polarity.RANGE else HOUSE_STEPS
    return max((score for at, score in steps if attained >= at - NEARLY), default=0.0)


def _banded(terms: Terms, reading: Measure) -> float:
    value = max(0.0, _figure(reading) if terms.scoring.figures else _attained(reading))
    score = 0.0
    for band in sorted(terms.scoring.bands, key=lambda band: (band.at_least, band.above)):
        past = value > band.at_least + NEARLY
        if past or (not band.above and value >= band.at_least - NEARLY):
            score = terms.of_hundred(band.points)
    return score


def _staged(terms: Terms, figure: float, target: float | None) -> float:
    """Score by threshold, target and stretch value; of a range the first and last are its ends."""
    tiers = terms.item.tiers
    if terms.polarity is Polarity.RANGE:
        ends = [end for end in (tiers.threshold, target, tiers.stretch) if end is not None]
        return AT_TARGET if min(ends) - NEARLY <= figure <= max(ends) + NEARLY else 0.0
    sign = -1 if terms.polarity is Polarity.LOWER else 1
    stages = ((tiers.threshold, AT_THRESHOLD), (target, AT_TARGET), (tiers.stretch, AT_STRETCH))
    return max((score for at, score in stages if at is not None and sign * (figure - at) >= -NEARLY), default=0.0)


def _deduction(terms: Terms, reading: Measure) -> float:
    deduction = terms.deduction
    if deduction is None:
        raise Unscorable("target")
    missed = _missed(terms, deduction, reading)
    score = FULL - _steps(terms, deduction, missed)
    if missed >= 0 or terms.bonus is None:
        return score
    return score + _steps(terms, terms.bonus, -_missed(terms, terms.bonus, reading))


def _steps(terms: Terms, deduction: Deduction, missed: float) -> float:
    """Return the points of the whole steps in what was missed, none where nothing was."""
    return terms.of_hundred(deduction.points) * max(0, math.floor(missed / deduction.step + NEARLY))


def _missed(terms: Terms, deduction: Deduction, reading: Measure) -> float:
    """Return by how much a reading misses its target in the deduction's unit; below 0 it beats it."""
    if deduction.per == "event":
        return _figure(reading)
    if reading.figure is not None and reading.target is not None and (deduction.per == "figure" or terms.rate):
        gap = reading.target - reading.figure
        return abs(gap) if terms.polarity is Polarity.RANGE else -gap if terms.polarity is Polarity.LOWER else gap
    if deduction.per == "percent" or terms.rate:
        return FULL - _attained(reading)
    raise Unscorable("target")


def _figure(reading: Measure) -> float:
    if reading.figure is None:
        raise Unscorable("figure")
    return reading.figure


def _done(terms: Terms, reading: Measure) -> float:
    return FULL if _attained(reading) >= FULL - NEARLY else 0.0


def _attainment(terms: Terms, reading: Measure) -> float:
    return _attained(reading)


METHODS: dict[ScoringMethod, Callable[[Terms, Measure], float]] = {
    ScoringMethod.RATIO: _ratio,
    ScoringMethod.TIERS: _tiers,
    ScoringMethod.DEDUCTION: _deduction,
    ScoringMethod.MILESTONE: _attainment,
    ScoringMethod.YES_NO: _done,
    ScoringMethod.ANCHORED: _attainment,
}
