"""What a repair has to remove: errors, in strict repair warnings too."""

from dataclasses import dataclass, field
from functools import cached_property

from assistant.models import Brief, Finding, Scorecard
from assistant.recommender.candidates import Candidate, Shift, candidates, shifts
from assistant.rules import check
from assistant.rules.engine import Case
from assistant.rules.weights import severity_of
from knowledge.models import Catalogue, Language, Role, RuleProfile
from knowledge.terms import Severity


@dataclass(frozen=True)
class Scope:
    """The card given, and which findings must go."""

    card: Scorecard
    catalogue: Catalogue
    language: Language
    strict: bool
    careful: bool = False
    """Whether points go to sound lines before doubtful ones and sound lines stay, even where more points move."""
    _last: list[tuple[Scorecard, tuple[Finding, ...]]] = field(default_factory=list, compare=False, repr=False)

    @cached_property
    def profile(self) -> RuleProfile:
        return self.catalogue.profiles[self.card.profile]

    @cached_property
    def role(self) -> Role | None:
        return self.catalogue.roles[self.card.role] if self.card.role else None

    @cached_property
    def brief(self) -> Brief | None:
        card = self.card
        if card.role is None:
            return None
        return Brief(role=card.role, themes=card.themes, profile=card.profile, context=card.context)

    @cached_property
    def shifts(self) -> list[Shift]:
        return shifts(self.brief, self.catalogue) if self.brief else []

    @cached_property
    def places(self) -> dict[str, int]:
        """Place of each indicator in the catalogue."""
        return {id: place for place, id in enumerate(self.catalogue.indicators)}

    @cached_property
    def pool(self) -> dict[str, Candidate]:
        """What the role's card can hold; the card's own known lines are among it where the role has them."""
        if self.brief is None:
            return {}
        kept = {item.indicator for item in self.card.items if item.indicator}
        return {one.id: one for one in candidates(self.brief, self.catalogue, self.shifts, kept)}

    @cached_property
    def set_aside(self) -> frozenset[str]:
        """Codes of the rules that the card or its rule set ignores."""
        return frozenset({one.code for one in self.card.ignored}.union(self.profile.ignored))

    def case(self, card: Scorecard) -> Case:
        return Case(card, self.catalogue, self.profile, self.role)

    @cached_property
    def rules(self) -> Case:
        """The card given, as the rules see it."""
        return self.case(self.card)

    def check(self, card: Scorecard) -> tuple[Finding, ...]:
        """Return what the rules find; the last card asked about is remembered."""
        if not self._last or self._last[0][0] is not card:
            self._last[:] = [(card, check(card, self.catalogue, self.language))]
        return self._last[0][1]

    def bound(self, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        return tuple(finding for finding in findings if self.removes(finding.severity))

    def removes(self, severity: Severity) -> bool:
        return severity is Severity.ERROR or (self.strict and severity is Severity.WARNING)

    def binds(self, code: str, severity: Severity | None = None) -> bool:
        """Tell whether breaking a rule must be put right; ``severity`` is how bad, where that depends on the figure."""
        if code not in self.catalogue.rules or code in self.set_aside:
            return False
        usual = severity or self.catalogue.rules[code].severity
        return self.removes(self.profile.severities.get(code, usual))

    def sound_weight(self, weight: int) -> bool:
        """Tell whether a line may weigh this much."""
        low, high = self.profile.weight_fine
        banded = severity_of(weight, self.profile.weight_bands)
        heavy = weight > high and self.binds("W004", banded)
        light = weight < low and self.binds("W005", banded)
        return not (heavy or light or (weight % self.profile.step and self.binds("W006")))

    def fine_weight(self, weight: float) -> bool:
        """Tell whether a weight lies in the fine range and on the step."""
        low, high = self.profile.weight_fine
        return low <= weight <= high and weight % self.profile.step == 0

    def worse(self, weight: float) -> int:
        """Return 0 for a fine weight, 1 for one that draws advice, 2 for one that draws more."""
        low, high = self.profile.weight_fine
        outside = not low <= weight <= high
        if outside and severity_of(weight, self.profile.weight_bands) is not Severity.ADVICE:
            return 2
        return 0 if self.fine_weight(weight) else 1

    @cached_property
    def weights(self) -> tuple[int, ...]:
        return tuple(weight for weight in range(1, self.profile.total + 1) if self.sound_weight(weight))

    @cached_property
    def new_weights(self) -> tuple[int, ...]:
        """The weights of a line that was not stated: those of our own drafts."""
        return tuple(weight for weight in range(1, self.profile.total + 1) if self.fine_weight(weight))

    def sound_count(self, count: int) -> bool:
        low, high = self.profile.count_fine
        return low <= count <= high or not self.binds("C001", severity_of(count, self.profile.count_bands))
