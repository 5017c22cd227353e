"""What keeps an indicator honest: one meaning of it for drafts, for the rules and for whoever explains a card."""

from collections.abc import Collection, Iterable

from assistant.models import Scorecard
from assistant.wording import phrase_text
from knowledge.models import Indicator, RuleProfile, Text
from knowledge.terms import Polarity


def guarded(indicator: Indicator, beside: Collection[str]) -> bool:
    """Tell whether an indicator needs no guard, counts only under a condition, or has a guard beside it."""
    gaming = indicator.gaming
    return gaming is None or gaming.counts_when is not None or not set(gaming.guards).isdisjoint(beside)


def outside(card: Scorecard, profile: RuleProfile, indicator: str) -> frozenset[str]:
    """Return the guards of a line that carry no weight: its gates and, where they count, monitor-only items."""
    watched = {monitor.indicator for monitor in card.monitors} if profile.monitor_guards else set()
    gates = {veto.indicator for veto in card.vetoes if not veto.protects or indicator in veto.protects}
    return frozenset(id for id in watched | gates if id is not None)


def trigger(indicator: Indicator) -> Text:
    """Return how an indicator reads as the trigger of a gate."""
    key = {Polarity.HIGHER: "below", Polarity.LOWER: "above", Polarity.RANGE: "outside"}[indicator.polarity]
    return indicator.gate or phrase_text(f"gate.{key}", name=indicator.name)


def together(names: Iterable[Text]) -> Text:
    """Return names as gates, monitors and rationales list them."""
    listed = list(names)
    return Text(zh="、".join(name.zh for name in listed), en=" and ".join(name.en for name in listed))


def quoted(name: Text) -> Text:
    """Return a name as it stands inside a sentence."""
    return Text(zh=f"“{name.zh}”", en=name.en)
