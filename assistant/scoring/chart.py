"""A curve in one line of blocks, with marks below it."""

from itertools import pairwise

from assistant.scoring.models import Marks, Point
from assistant.scoring.terms import FULL

BLOCKS = " ▁▂▃▄▅▆▇█"
# Ten per cent of the target a block.
WIDTH = 15


def chart(points: tuple[Point, ...], width: int = WIDTH) -> str:
    """Draw a curve in blocks, the highest score full; without a curve, nothing."""
    if not points:
        return ""
    highest = max(max(point.score for point in points), FULL)
    end = points[-1].at
    scores = [score_at(points, end * (column + 0.5) / width) for column in range(width)]
    return "".join(BLOCKS[round(max(0.0, score) / highest * (len(BLOCKS) - 1))] for score in scores)


def score_at(points: tuple[Point, ...], at: float) -> float:
    """Return the score between the points of a curve."""
    for left, right in pairwise(points):
        if left.at <= at <= right.at and right.at > left.at:
            return left.score + (right.score - left.score) * (at - left.at) / (right.at - left.at)
    return points[-1].score


def marked(places: Marks, points: tuple[Point, ...], width: int = WIDTH) -> str:
    """Return the marks that stand below a chart: t threshold, T target, c cap."""
    row = [" "] * width
    for mark, at in (("c", places.cap), ("t", places.threshold), ("T", places.target)):
        if points and at is not None and 0 <= at <= points[-1].at:
            row[min(int(at / points[-1].at * width), width - 1)] = mark
    return "".join(row).rstrip()
