"""G: whether each number that can be gamed has its guardrail metric beside it."""

from collections.abc import Iterator

from assistant.models import Fix, ScorecardItem
from assistant.recommender import guards
from assistant.rules.engine import Case, Flaw, Rule, rule
from assistant.rules.lines import bare_count, gamed_as, says
from knowledge.models import Indicator
from knowledge.terms import Basis, GuardArea, Party

SURVEYED = frozenset({"satisfaction", "internal_satisfaction", "partner_satisfaction"})
ACCEPTED = frozenset({"accepted_opportunities", "meeting_acceptance"})

# So many of an indicator's guards, the best first, are named as what would keep it honest.
NAMED = 3


def guarded(case: Case, indicator: Indicator) -> bool:
    """Tell whether a weighted item, a gate, the basis or, where it counts, a monitor-only item keeps it honest."""
    return guards.guarded(indicator, case.ids | guards.outside(case.card, case.profile, indicator.id))


def _area(code: str, area: GuardArea) -> Rule:
    @rule(code)
    def unguarded(case: Case) -> Iterator[Flaw]:
        for item in case.items:
            invited = gamed_as(case, item)
            gaming = invited[0].gaming if invited else None
            if gaming is None or gaming.area is not area or any(guarded(case, one) for one in invited):
                continue
            if item.basis is Basis.COLLECTED and invited[0].basis is not Basis.COLLECTED:
                continue
            names = tuple(case.catalogue.indicators[guard].name for guard in gaming.guards[:NAMED])
            fix = Fix(kind="add_gate", indicator=item.indicator, value=gaming.guards[0])
            yield Flaw(item=item, fix=fix, values={"how": gaming.how, "guards": names})

    return unguarded


@rule("G006")
def satisfaction_sample(case: Case) -> Iterator[Flaw]:
    """Whoever hands out the questionnaires decides the score."""
    for item, indicator in case.known:
        if indicator.family in SURVEYED and item.provider in {Party.SELF, Party.LINE_MANAGER}:
            yield Flaw(item=item)


@rule("G007")
def quantity_without_quality(case: Case) -> Iterator[Flaw]:
    counts = [item for item in case.items if bare_count(case, item)]
    if len(counts) >= 2:
        yield Flaw(values={"count": len(counts), "names": tuple(item.name for item in counts)})


@rule("G008")
def own_acceptance(case: Case) -> Iterator[Flaw]:
    """Opportunities that the assessed person accepts are junk before long."""
    for item in case.items:
        accepted = any(indicator.family in ACCEPTED for indicator in case.meant(item)) and _self_rated(item)
        if accepted or says(case, item, "self_made"):
            yield Flaw(item=item)


def _self_rated(item: ScorecardItem) -> bool:
    return any(rater.rater is Party.SELF for rater in item.raters)


GAMING = (
    _area("G001", GuardArea.MONEY),
    _area("G002", GuardArea.CUSTOMERS),
    _area("G003", GuardArea.ACTIVITY),
    _area("G004", GuardArea.CHANNEL),
    _area("G005", GuardArea.SERVICE),
    satisfaction_sample,
    quantity_without_quality,
    own_acceptance,
)
