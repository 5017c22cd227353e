"""The terms on which a line is scored: what the card states, and the house's default for what it leaves open."""

import re
from dataclasses import dataclass
from functools import cached_property

from assistant.models import Deduction, ScorecardItem, Scoring
from assistant.wording import phrase_text
from knowledge.models import Text
from knowledge.terms import Kind, Polarity, ScoringMethod, Unit

FULL = 100.0
# Points off per unit missed where a card names the method and no figure.
HOUSE_DEDUCTION = 5.0
HOUSE_THRESHOLD = 60
SHARES = frozenset({ScoringMethod.MILESTONE, ScoringMethod.ANCHORED})
_RATE = re.compile(r"率|占比|比例|份额|\b(?:rate|share|ratio|percentage)\b|%")


@dataclass(frozen=True)
class Terms:
    """How one line is scored."""

    item: ScorecardItem

    @cached_property
    def scoring(self) -> Scoring:
        return self.item.scoring or usual(self.item)

    @cached_property
    def method(self) -> ScoringMethod:
        return self.scoring.method

    @cached_property
    def polarity(self) -> Polarity:
        """Which way is better; points for stages done and for ratings always grow."""
        if self.method in SHARES:
            return Polarity.HIGHER
        return self.scoring.polarity or self.item.polarity or Polarity.HIGHER

    @cached_property
    def target(self) -> float | None:
        """The target value; zero where the rule takes points from the first occurrence on.

        Of stages and ratings it is all there is to reach.
        """
        if self.method in SHARES:
            return self.scoring.full if self.method is ScoringMethod.ANCHORED else FULL
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
            notes.append(phrase_text("scoring.house.none"))
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
        if not self.item.weight:
            notes.append(phrase_text("scoring.note.no_weight"))
        return tuple(notes)


def usual(item: ScorecardItem) -> Scoring:
    """Return the house's scoring for a line that states none."""
    if item.kind is Kind.KEY_TASK:
        return Scoring(method=ScoringMethod.MILESTONE, cap=100)
    if item.kind is Kind.BEHAVIOUR or item.subjective:
        return Scoring(method=ScoringMethod.ANCHORED, cap=100)
    return Scoring(method=ScoringMethod.RATIO, cap=120, threshold=HOUSE_THRESHOLD)
