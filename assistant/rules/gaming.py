"""G: whether each number that can be gamed has its guardrail metric beside it."""

from collections.abc import Iterator

from assistant.models import Fix
from assistant.rules.definition import bare_count
from assistant.rules.engine import Case, Flaw, Rule, rule
from knowledge.models import Indicator
from knowledge.terms import Basis, GuardArea, Party

SURVEYED = frozenset({"satisfaction", "internal_satisfaction", "partner_satisfaction"})


def guarded(case: Case, indicator: Indicator) -> bool:
    """Tell whether a weighted item, a gate, the basis or, where it counts, a monitor-only item keeps it honest."""
    gaming = indicator.gaming
    if gaming is None or gaming.counts_when is not None:
        return True
    watched = {monitor.indicator for monitor in case.card.monitors} if case.profile.monitor_guards else set()
    gates = {veto.indicator for veto in case.card.vetoes if not veto.protects or indicator.id in veto.protects}
    return not (case.ids | watched | gates).isdisjoint(gaming.guards)


def _area(code: str, area: GuardArea) -> Rule:
    @rule(code)
    def unguarded(case: Case) -> Iterator[Flaw]:
        for item, indicator in case.known:
            if indicator.gaming is None or indicator.gaming.area is not area or guarded(case, indicator):
                continue
            if item.basis is Basis.COLLECTED and indicator.basis is not Basis.COLLECTED:
                continue
            names = tuple(case.catalogue.indicators[guard].name for guard in indicator.gaming.guards[:3])
            fix = Fix(kind="add_gate", indicator=indicator.id, value=indicator.gaming.guards[0])
            yield Flaw(item=item, fix=fix, values={"how": indicator.gaming.how, "guards": names})

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
    for item, indicator in case.known:
        if indicator.family in {"accepted_opportunities", "meeting_acceptance"} and _self_rated(item.raters):
            yield Flaw(item=item)


def _self_rated(raters: tuple[object, ...]) -> bool:
    return any(getattr(rater, "rater", None) is Party.SELF for rater in raters)


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
