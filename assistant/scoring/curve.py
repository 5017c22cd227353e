"""A line's curve: what it scores from nothing to half as much again as its target, with every kink and jump."""

from collections.abc import Callable, Iterable

from assistant.models import Deduction, ScorecardItem
from assistant.scoring.methods import HOUSE_RANGE, HOUSE_STEPS, Unscorable, attainment, graded, mirrored
from assistant.scoring.models import Marks, Measure, Point
from assistant.scoring.terms import FULL, Terms
from knowledge.terms import Polarity, ScoringMethod

FURTHEST = 150.0
# How near to a jump its two sides are taken, as a part of the axis.
SIDE = 1e-6
# A rule of a thousand tiny steps is drawn by its first ones; nobody sees more.
MOST_KINKS = 400


def curve(item: ScorecardItem) -> tuple[Point, ...]:
    """Return the points between which a line's score runs straight; a jump has two points at one place.

    A line whose rule needs a target that is not set yet has no curve.
    """
    try:
        return _curve(Terms(item))
    except Unscorable:
        return ()


def _curve(terms: Terms) -> tuple[Point, ...]:
    on_figures = _by_figure(terms)
    end = _end(terms) if on_figures else FURTHEST
    kinks = _figure_kinks(terms) if on_figures else _attainment_kinks(terms)
    at = sorted({round(kink, 9) for kink in (0.0, end, *kinks) if 0 <= kink <= end})
    measure = _at_figure if on_figures else _at_attainment
    found = []
    for place in at:
        scores = _sides(lambda value: graded(terms, measure(terms, value)), place, end)
        found += [_point(terms, place, score, figure=on_figures) for score in scores]
    return tuple(found)


def marks(item: ScorecardItem, points: tuple[Point, ...]) -> Marks:
    """Return what lies where on a line's curve."""
    if not points:
        return Marks()
    terms = Terms(item)
    target = terms.target if _by_figure(terms) else FULL
    return Marks(threshold=terms.scoring.threshold, target=target, cap=_full_from(points))


def _full_from(points: tuple[Point, ...]) -> float | None:
    """Return from where on the highest score holds, where it is reached along the way."""
    highest = max(point.score for point in points)
    first = next(point for point in points if point.score == highest)
    flat = points[-1].score == highest and points[-1].at > first.at
    return first.at if flat and first.at > 0 else None


def _by_figure(terms: Terms) -> bool:
    """Tell whether a line's curve runs over figures: where the rule knows nothing of the target."""
    return terms.counted or terms.scoring.figures or (terms.deduction is not None and terms.target == 0)


def _at_attainment(terms: Terms, share: float) -> Measure:
    """Return the reading of an attainment, with the figure that it is of the target."""
    target = terms.target if terms.target and terms.target > 0 else None
    figure = target * mirrored(share, terms.polarity) / FULL if target is not None else None
    if terms.polarity is Polarity.RANGE:
        figure = target * share / FULL if target is not None else None
        share = mirrored(share, Polarity.RANGE)
    return Measure(attainment=share, figure=figure, target=target)


def _at_figure(terms: Terms, figure: float) -> Measure:
    target = terms.target
    reached = attainment(figure, target, terms.polarity) if target is not None else None
    return Measure(figure=figure, target=target, attainment=reached)


def _sides(score: Callable[[float], float], at: float, end: float) -> list[float]:
    """Return the score at a place, with those just before and after where they jump."""
    near = SIDE * max(end, 1.0)
    before = score(max(0.0, at - near))
    on, after = score(at), score(at + near)
    # Slopes differ a little between a place and its side; jumps differ by far more than the step taken.
    jumps = 1e3 * SIDE
    scores = [before, on] if abs(before - on) > jumps else [on]
    return [*scores, after] if abs(after - on) > jumps and at < end else scores


def _point(terms: Terms, at: float, score: float, *, figure: bool) -> Point:
    place = {"figure": at} if figure else {"attainment": at}
    return Point(**place, score=score, points=terms.points(score))


def _end(terms: Terms) -> float:
    """Return how far a curve over figures runs: past every bound, and to where nothing is left to lose or earn."""
    bounds = [band.at_least for band in terms.scoring.bands]
    bounds += [value for value in (terms.scoring.threshold, terms.target) if value]
    steps = [one.step * FULL / terms.of_hundred(one.points) for one in _stepwise(terms) if one.points]
    return 1.5 * max([*bounds, *steps, 1.0])


def _stepwise(terms: Terms) -> list[Deduction]:
    return [one for one in (terms.deduction, terms.bonus) if one is not None]


def _figure_kinks(terms: Terms) -> list[float]:
    kinks = [band.at_least for band in terms.scoring.bands]
    kinks += [float(value) for value in (terms.scoring.threshold, terms.target, FULL) if value is not None]
    start, end = terms.target or 0.0, _end(terms)
    for one in _stepwise(terms):
        size = one.step * start / FULL if one.per == "percent" and not terms.rate else one.step
        kinks += _both_ways(0.0 if one.per == "event" else start, size, end)
    # Where attainment counts beside figures, its kinks lie at parts of the target.
    turned = [mirrored(kink, terms.polarity) for kink in _attainment_kinks(terms)] if start > 0 else []
    return [*kinks, *(start * kink / FULL for kink in turned)]


def _attainment_kinks(terms: Terms) -> list[float]:
    scoring = terms.scoring
    kinks = [FULL, *(step for step, _ in (*HOUSE_STEPS, *HOUSE_RANGE))]
    kinks += [band.at_least for band in scoring.bands]
    kinks += [float(value) for value in (scoring.cap, scoring.floor, scoring.threshold) if value is not None]
    kinks += _stage_kinks(terms)
    for one in _stepwise(terms):
        in_figures = one.per == "figure" or terms.rate
        size = FULL * one.step / terms.target if in_figures and terms.target and terms.target > 0 else one.step
        kinks += _both_ways(FULL, size, FURTHEST)
    return kinks + ([2 * FULL - kink for kink in kinks] if terms.polarity is Polarity.RANGE else [])


def _stage_kinks(terms: Terms) -> list[float]:
    tiers, target = terms.item.tiers, terms.target
    if terms.method is not ScoringMethod.TIERS or not target or target <= 0:
        return []
    ends: Iterable[float] = (end for end in (tiers.threshold, tiers.stretch) if end is not None)
    if terms.polarity is Polarity.RANGE:
        return [FULL * end / target for end in ends]
    return [mirrored(FULL * end / target, terms.polarity) for end in ends]


def _both_ways(start: float, size: float, end: float) -> list[float]:
    if size <= 0:
        return []
    down = min(int(start / size), MOST_KINKS)
    up = min(int(max(0.0, end - start) / size) + 1, MOST_KINKS)
    return [start + place * size for place in range(-down, up + 1)]
