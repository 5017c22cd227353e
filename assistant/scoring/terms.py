"""The terms on which a line is scored: what the card states, and the house's default for what it leaves open."""

import math
import re
from dataclasses import dataclass
from functools import cached_property

from assistant.models import USUAL_CAP, USUAL_THRESHOLD, Deduction, ScorecardItem, Scoring
from assistant.scoring.direction import HIGHEST_PER_CENT, Direction, deviation, direction, share_of_target
from assistant.wording import phrase_text
from knowledge.models import Text
from knowledge.terms import Kind, Polarity, ScoringMethod, Unit

FULL = 100.0
# Points off per unit missed where a card names the method and no figure.
HOUSE_DEDUCTION = 5.0
SHARES = frozenset({ScoringMethod.MILESTONE, ScoringMethod.ANCHORED})
_RATE = re.compile(r"率|占比|比例|份额|\b(?:rate|share|ratio|percentage)\b|%")

_CAP_ALONE = re.compile(r"\d{1,4}(?:\.\d{1,2})?\s?(?:%|％|倍|x|times)?", re.IGNORECASE)


@dataclass(frozen=True)
class Terms:
    """How one line is scored."""

    item: ScorecardItem

    @cached_property
    def scoring(self) -> Scoring:
        stated = self.item.scoring
        if stated is None:
            return usual(self.item)
        return stated.model_copy(update=_threshold(self.item)) if _cap_alone(stated) else stated

    @cached_property
    def method(self) -> ScoringMethod:
        return self.scoring.method

    @cached_property
    def polarity(self) -> Polarity:
        """Which way is better; points for stages done and for ratings always grow."""
        if self.method in SHARES:
            return Polarity.HIGHER
        if self.deviation is not None:
            return Polarity.LOWER
        return self.scoring.polarity or self._direction.polarity

    @cached_property
    def _direction(self) -> Direction:
        """Which way is better where the rule does not say so; steps by attainment rise by their own words."""
        if self.scoring.bands and self.item.polarity is None:
            return Direction(Polarity.HIGHER)
        return direction(self.item)

    @cached_property
    def deviation(self) -> float | None:
        """How far off plan an actual may lie, where the target is a band such as ±10%; the actual is how far it is."""
        return None if self.method in SHARES or self.counted else deviation(self.item)

    @cached_property
    def target(self) -> float | None:
        """The target value; zero where the rule takes points from the first occurrence on.

        Of stages and ratings it is all there is to reach.
        """
        if self.method in SHARES:
            return self.scoring.full if self.method is ScoringMethod.ANCHORED else FULL
        if self.deviation is not None:
            return self.deviation
        if self.item.tiers.target is not None or not self.zero_target:
            return self.item.tiers.target
        return 0.0

    @cached_property
    def zero_target(self) -> bool:
        """Whether a target of zero is assumed: a count that is better lower, scored by deduction, without a target."""
        counted = self.deduction is not None and self.deduction.per == "figure" and not self.rate
        return counted and self.item.tiers.target is None and self.polarity is Polarity.LOWER

    @cached_property
    def deduction(self) -> Deduction | None:
        if self.method is not ScoringMethod.DEDUCTION:
            return None
        if self.scoring.deduction is not None:
            return self.scoring.deduction
        points = HOUSE_DEDUCTION * self.scoring.full / FULL
        return Deduction(points=points, per="percent" if self.rate else "figure")

    @property
    def bonus(self) -> Deduction | None:
        return self.scoring.bonus

    @cached_property
    def counted(self) -> bool:
        """Whether points are counted by occurrences, so that the actual is their number."""
        return any(one is not None and one.per == "event" for one in (self.deduction, self.bonus))

    @cached_property
    def earned(self) -> bool:
        """Whether the line earns points from nothing, so many an occurrence."""
        return self.method is ScoringMethod.RATIO and self.bonus is not None and self.bonus.per == "event"

    @cached_property
    def rate(self) -> bool:
        """Whether the KPI is itself a per cent; an own line without a unit shows it in its name."""
        if (self.item.tiers.target or 0.0) > HIGHEST_PER_CENT:
            return False
        if self.item.unit is not None:
            return self.item.unit is Unit.PERCENT
        return bool(_RATE.search(f"{self.item.name.zh} {self.item.name.en}".casefold()))

    @cached_property
    def staged(self) -> bool:
        """Whether the target comes with a threshold or a stretch value."""
        return self.item.tiers.target is not None and not (
            self.item.tiers.threshold is None and self.item.tiers.stretch is None
        )

    @property
    def at_most(self) -> float | None:
        cap = self.scoring.cap
        return None if cap is None else round(self.item.points * cap / FULL, 6)

    def of_hundred(self, points: float) -> float:
        """Bring points of the form's scale to 100 at the target."""
        return points * FULL / self.scoring.full

    def points(self, score: float) -> float:
        return round(score * self.item.points / FULL, 6)

    @cached_property
    def house(self) -> tuple[Text, ...]:
        """What the card leaves open and our default fills."""
        notes = []
        if self.item.scoring is None:
            notes.append(phrase_text("scoring.house.by_values" if _bounded(self.item) else "scoring.house.none"))
        if self.method is ScoringMethod.TIERS and not self.scoring.bands and not self.staged:
            notes.append(phrase_text(self._steps_note))
        if self.method is ScoringMethod.DEDUCTION and self.scoring.deduction is None:
            notes.append(phrase_text("scoring.house.deduction", points=HOUSE_DEDUCTION))
        if self.method is ScoringMethod.ANCHORED and self.scoring.full == FULL:
            notes.append(phrase_text("scoring.house.anchored"))
        return tuple(notes)

    @property
    def _steps_note(self) -> str:
        return "scoring.house.range" if self.polarity is Polarity.RANGE else "scoring.house.tiers"

    @cached_property
    def notes(self) -> tuple[Text, ...]:
        """What was assumed without the card leaving it to a default."""
        notes = []
        stepwise = bool(self.scoring.bands or self.scoring.deduction or self.scoring.bonus)
        if stepwise and self.scoring.points is None and self.scoring.full == FULL:
            notes.append(phrase_text("scoring.note.hundred"))
        if self.zero_target:
            notes.append(phrase_text("scoring.note.zero_target"))
        if self.scoring.polarity and self.item.polarity and self.scoring.polarity is not self.item.polarity:
            notes.append(phrase_text("scoring.note.direction"))
        if self._assumed and self._direction.note:
            notes.append(phrase_text(self._direction.note))
        if not self.item.weight:
            notes.append(phrase_text("scoring.note.no_weight"))
        return tuple(notes)

    @property
    def _assumed(self) -> bool:
        """Whether the score hangs on a direction that neither the rule nor the card states."""
        fixed = self.method in SHARES or self.counted or self.deviation is not None or self.staged
        return not fixed and self.scoring.polarity is None


def usual(item: ScorecardItem) -> Scoring:
    """Return the house's scoring for a line that states none."""
    if item.kind is Kind.KEY_TASK:
        return Scoring(method=ScoringMethod.MILESTONE, cap=100)
    if item.kind is Kind.BEHAVIOUR or item.subjective:
        return Scoring(method=ScoringMethod.ANCHORED, cap=100)
    if deviation(item) is not None:
        return Scoring(method=ScoringMethod.RATIO, cap=100, threshold=USUAL_THRESHOLD)
    bounds: dict[str, int | float] = {"cap": USUAL_CAP, "threshold": USUAL_THRESHOLD} | _bounded(item)
    return Scoring.model_validate({"method": ScoringMethod.RATIO} | bounds)


def _bounded(item: ScorecardItem) -> dict[str, int | float]:
    """Return the threshold and the cap that a card's own values are, as attainments of its target."""
    if item.kind is Kind.KEY_TASK or item.kind is Kind.BEHAVIOUR or item.subjective or deviation(item) is not None:
        return {}
    reached = {name: _reached(item, value) for name, value in _ends(item).items()}
    low, high = reached.get("threshold"), reached.get("stretch")
    found: dict[str, int | float] = {}
    if low is not None and 0 < low < FULL:
        found["threshold"] = int(low) if low == int(low) else low
    if high is not None and high > FULL:
        found["cap"] = math.ceil(high)
    return found


def _cap_alone(rule: Scoring) -> bool:
    """Tell whether a rule says no more than how far points go, so that the card's threshold value still counts."""
    return rule.method is ScoringMethod.RATIO and rule.threshold is None and bool(_CAP_ALONE.fullmatch(rule.text or ""))


def _threshold(item: ScorecardItem) -> dict[str, int | float]:
    return {name: value for name, value in _bounded(item).items() if name == "threshold"}


def _ends(item: ScorecardItem) -> dict[str, float]:
    named = {"threshold": item.tiers.threshold, "stretch": item.tiers.stretch}
    return {name: value for name, value in named.items() if value is not None}


def _reached(item: ScorecardItem, value: float) -> float | None:
    """Return the attainment that a value is; none of a range, or without a target above zero."""
    target, way = item.tiers.target, direction(item).polarity
    if not target or target <= 0 or way is Polarity.RANGE:
        return None
    share = share_of_target(value, target)
    return round(2 * FULL - share if way is Polarity.LOWER else share, 6)
