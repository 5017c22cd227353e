"""What keeps an indicator honest: one meaning of it for drafts, for the rules and for whoever explains a card."""

from collections.abc import Collection

from assistant.models import Scorecard
from knowledge.models import Indicator, RuleProfile


def guarded(indicator: Indicator, beside: Collection[str]) -> bool:
    """Tell whether an indicator needs no guard, counts only under a condition, or has a guard beside it."""
    gaming = indicator.gaming
    return gaming is None or gaming.counts_when is not None or not set(gaming.guards).isdisjoint(beside)


def outside(card: Scorecard, profile: RuleProfile, indicator: str) -> frozenset[str]:
    """Return the guards of a line that carry no weight: its gates and, where they count, monitor-only items."""
    watched = {monitor.indicator for monitor in card.monitors} if profile.monitor_guards else set()
    gates = {veto.indicator for veto in card.vetoes if not veto.protects or indicator in veto.protects}
    return frozenset(id for id in watched | gates if id is not None)
