"""A way to win points without doing the job, and what stands in its way on one card."""

from collections.abc import Iterable, Iterator
from typing import Literal

from assistant.errors import UnknownName
from assistant.models import Scorecard
from assistant.recommender.guards import outside
from assistant.rules.engine import Case
from assistant.wording import phrase_text
from knowledge.models import Catalogue, Frozen, Id, Text

Kind = Literal[
    "known", "bare_count", "rated", "ask", "counted_twice", "uncapped", "cliff", "light", "cut_off", "sandbagging"
]


class Stop(Frozen):
    """What keeps a number honest on this card."""

    kind: Literal["weighted", "gate", "monitor", "condition", "basis"]
    indicator: Id | None = None
    text: Text


class Remedy(Frozen):
    """The cheapest change that would stop a trick; without an indicator it is one of wording or scoring."""

    kind: Literal["weighted", "gate", "monitor", "rule"]
    indicator: Id | None = None
    text: Text


class Trick(Frozen):
    """How one line, or the card as a whole, pays for something other than the job."""

    kind: Kind
    item: int | None = None
    """Which line of the card, from 0."""
    indicator: Id | None = None
    name: Text
    weight: float = 0.0
    how: Text
    stopped_by: tuple[Stop, ...] = ()
    remedy: Remedy | None = None
    """What to add where nothing stops it."""


def case_of(card: Scorecard, catalogue: Catalogue) -> Case:
    """Return a card with its rule set and position; ``UnknownName`` where the catalogue has no such one."""
    if card.profile not in catalogue.profiles:
        raise UnknownName("profile", card.profile, tuple(catalogue.profiles))
    if card.role is not None and card.role not in catalogue.roles:
        raise UnknownName("role", card.role)
    role = catalogue.roles[card.role] if card.role else None
    return Case(card, catalogue, catalogue.profiles[card.profile], role)


def rule_remedy(text: Text) -> Remedy:
    return Remedy(kind="rule", text=text)


def stops(case: Case, guards: Iterable[str], protected: str) -> Iterator[Stop]:
    """Return which guards are in force for a line: by weight, as a gate or, where that counts, watched."""
    beside = outside(case.card, case.profile, protected)
    gates = {veto.indicator for veto in case.card.vetoes}
    for guard in guards:
        name = case.catalogue.indicators[guard].name
        if guard in case.ids:
            text = phrase_text("game.stop_weighted", guard=name, weight=_weight(case, guard))
            yield Stop(kind="weighted", indicator=guard, text=text)
        elif guard in beside and guard in gates:
            key = "game.stop_gate" if case.profile.binds_role else "game.stop_gate_pay"
            yield Stop(kind="gate", indicator=guard, text=phrase_text(key, guard=name))
        elif guard in beside:
            yield Stop(kind="monitor", indicator=guard, text=phrase_text("game.stop_monitor", guard=name))


def _weight(case: Case, id: str) -> float:
    meaning = (item for item in case.items if any(indicator.id == id for indicator in case.meant(item)))
    return float(sum(item.points for item in meaning))
