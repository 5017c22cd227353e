"""How a clever seller would game a card: line by line, heaviest first, then the card as a whole."""

from collections.abc import Iterator

from assistant.gaming.loopholes import loopholes
from assistant.gaming.tricks import Remedy, Stop, Trick, case_of, rule_remedy, stops
from assistant.models import Scorecard, ScorecardItem
from assistant.recommender.candidates import group_weights
from assistant.recommender.guards import trigger
from assistant.rules.engine import Case
from assistant.rules.gaming import NAMED, guarded
from assistant.rules.lines import bare_count, gamed_as, subjective
from assistant.wording import phrase_text
from knowledge.models import Catalogue, Indicator, RuleProfile
from knowledge.terms import Basis, Kind

# From this weight on, a company's own KPI is worth a question even where nothing is known against it.
WORTH_ASKING = 20


def gaming(card: Scorecard, catalogue: Catalogue) -> tuple[Trick, ...]:
    """Return the tricks a card invites, each with what stops it here or with the cheapest thing that would."""
    case = case_of(card, catalogue)
    found = (_line(case, item) for item in case.items)
    return (*(trick for trick in found if trick is not None), *loopholes(case))


def _line(case: Case, item: ScorecardItem) -> Trick | None:
    invited = gamed_as(case, item)
    weakness = invited[0].gaming if invited else None
    if weakness is None:
        return None if item.indicator in case.catalogue.indicators else _own(case, item)
    stopped = tuple(dict.fromkeys(_stopped_by(case, item, invited)))
    return Trick(
        kind="known",
        item=case.places[id(item)],
        indicator=item.indicator,
        name=item.name,
        weight=float(item.points),
        how=weakness.how,
        stopped_by=stopped,
        remedy=None if stopped else _cheapest(case, weakness.guards),
    )


def _stopped_by(case: Case, item: ScorecardItem, invited: tuple[Indicator, ...]) -> Iterator[Stop]:
    """Return what stops the trick; a name that can mean several indicators is stopped where one of them is."""
    if item.basis is Basis.COLLECTED and invited[0].basis is not Basis.COLLECTED:
        yield Stop(kind="basis", text=phrase_text("game.stop_basis"))
    for indicator in invited:
        weakness = indicator.gaming
        if weakness is not None and weakness.counts_when is not None:
            ours = item.definition == indicator.definition
            key = "game.stop_condition" if ours else "game.stop_condition_if"
            yield Stop(kind="condition", text=phrase_text(key, condition=weakness.counts_when))
        if weakness is not None:
            yield from stops(case, weakness.guards, indicator.id)


def _cheapest(case: Case, guards: tuple[str, ...]) -> Remedy:
    """Return the guard that costs least: one the card lacks anyway, one it watches, one that serves most lines.

    It is one of those that the rules name too, unless the card watches another.
    """
    watched = {monitor.indicator for monitor in case.card.monitors}
    guards = tuple(guard for place, guard in enumerate(guards) if place < NAMED or guard in watched)
    missing = [guard for guard in guards if _fills_a_gap(case, guard)]
    if missing:
        return _weighted(case, missing[0])
    guard = max(guards, key=lambda one: (one in watched, _reach(case, one), -guards.index(one)))
    indicator, pays = case.catalogue.indicators[guard], case.profile.monitor_guards
    if pays:
        return Remedy(kind="monitor", indicator=guard, text=phrase_text("game.add_monitor", guard=indicator.name))
    key = "game.gate_watched" if guard in watched else "game.add_gate"
    return Remedy(kind="gate", indicator=guard, text=phrase_text(key, guard=indicator.name, trigger=trigger(indicator)))


def _fills_a_gap(case: Case, guard: str) -> bool:
    """Tell whether the position's card needs a line there anyway and has room for one."""
    group = case.groups.get(guard)
    if case.role is None or group is None or not case.profile.binds_role:
        return False
    expected = group_weights(case.role, case.card.context)[group]
    room = len(case.items) < case.profile.count_fine[1]
    return room and expected.low > 0 and case.weight(group) == 0 and not case.catalogue.indicators[guard].vanity


def _weighted(case: Case, guard: str) -> Remedy:
    name, least = case.catalogue.indicators[guard].name, _least(case, guard)
    return Remedy(kind="weighted", indicator=guard, text=phrase_text("game.add_weighted", guard=name, least=least))


def _least(case: Case, guard: str) -> int:
    if case.role is None:
        return case.profile.weight_fine[0]
    low = group_weights(case.role, case.card.context)[case.groups[guard]].low
    return max(low, case.profile.weight_fine[0])


def _reach(case: Case, guard: str) -> int:
    """Return how many unguarded lines a guard would cover."""
    return sum(
        indicator.gaming is not None and guard in indicator.gaming.guards and not guarded(case, indicator)
        for _, indicator in case.known
    )


def _own(case: Case, item: ScorecardItem) -> Trick | None:
    """Return what can be told of a company's own line by its words; of the rest only heavy ones are asked about."""
    if bare_count(case, item):
        kind, how, remedy = "bare_count", phrase_text("game.how_count"), phrase_text("game.add_condition")
    elif subjective(case, item):
        most = case.profile.subjective_most
        kind, how, remedy = "rated", phrase_text("game.how_rated"), phrase_text("game.add_anchors", most=most)
    elif item.points >= _heavy(case.profile) and item.kind is Kind.KPI:
        kind, how, remedy = "ask", phrase_text("game.how_ask"), phrase_text("game.add_answer")
    else:
        return None
    return Trick.model_validate(
        {
            "kind": kind,
            "item": case.places[id(item)],
            "name": item.name,
            "weight": float(item.points),
            "how": how,
            "remedy": rule_remedy(remedy),
        }
    )


def _heavy(profile: RuleProfile) -> int:
    return max(WORTH_ASKING, profile.weight_fine[0])
