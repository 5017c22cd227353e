"""What a dry run takes and gives: hypothetical actuals of a position, and the points they would bring."""

from typing import Literal

from knowledge.models import Frozen, Id, Text


class Actual(Frozen):
    """One actual as stated; what it says depends on the line it names."""

    line: str
    """Name, id or number (``#3``) of a line."""
    form: Literal["figure", "percent", "share", "pair", "yes", "no"]
    """A bare number, a number with a per cent sign, an attainment in words, actual over target, or done and not."""
    value: float = 0.0
    target: float | None = None
    words: str = ""


class Measure(Frozen):
    """What a score is taken from."""

    figure: float | None = None
    """In the unit of the KPI; a number of occurrences where points are counted by these."""
    attainment: float | None = None
    """In per cent of the target, 100 is the target whichever way is better."""
    target: float | None = None


class Reading(Measure):
    """An actual as one line takes it."""

    said: Text
    notes: tuple[Text, ...] = ()


class Point(Frozen):
    """A point of a line's curve; ``attainment`` or ``figure`` is where it stands."""

    attainment: float | None = None
    figure: float | None = None
    score: float
    points: float

    @property
    def at(self) -> float:
        return self.attainment if self.attainment is not None else self.figure or 0.0


class Marks(Frozen):
    """Places on a line's curve: where points begin, the target, and from where no more are to be had."""

    threshold: float | None = None
    target: float | None = None
    cap: float | None = None


class ItemScore(Frozen):
    """What an actual scores on its line: ``score`` of 100 at the target, ``points`` on the card."""

    line: int = 0
    """Place on the card, from 1; 0 where there is no card."""
    indicator: Id | None = None
    name: Text
    weight: float
    read: Text
    """How the actual was read."""
    figure: float | None = None
    attainment: float | None = None
    score: float
    points: float
    at_most: float | None
    """The highest points the line can bring; ``None`` without a cap."""
    rule: Text
    """How the line is scored."""
    house: bool = False
    """Whether our own default stands in for what the card leaves open."""
    notes: tuple[Text, ...] = ()


class Extra(Frozen):
    """Points outside the 100."""

    name: Text
    read: Text
    points: float


class Line(Frozen):
    """A line of the card without an actual."""

    line: int
    indicator: Id | None = None
    name: Text
    weight: float
    at_most: float | None
    rule: Text
    house: bool = False


class DryRun(Frozen):
    """Points of hypothetical actuals; lines without one are left out of the total."""

    title: str
    lines: tuple[ItemScore, ...]
    missing: tuple[Line, ...]
    extras: tuple[Extra, ...] = ()
    total: float
    at_target: float
    """The total that the scored lines bring at their targets."""
    at_most: float | None
    """The total that the scored lines can bring at most; ``None`` where one has no cap."""
    conditions: tuple[str, ...] = ()
    """Disqualifiers, which a dry run does not decide."""
    notes: tuple[str, ...] = ()
    curves: dict[int, tuple[Point, ...]]
    """Curve of each line by its place."""
    marks: dict[int, Marks]
