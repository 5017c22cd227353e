"""What a card as a whole invites: one success paid twice, cliffs, caps that are missing, dates that can be shifted."""

from collections.abc import Iterator

from assistant.gaming.tricks import Kind, Trick, rule_remedy, stops
from assistant.models import USUAL_THRESHOLD, ScorecardItem
from assistant.recommender.limits import TOTAL_SALES
from assistant.rules.duplication import DUPLICATION
from assistant.rules.engine import Case, Flaw
from assistant.rules.targets import killing_floor, ratchet, uncapped
from assistant.wording import phrase_text
from knowledge.models import Text
from knowledge.terms import Basis, Nature, Polarity, Unit

# Below this nobody changes what they do for a line's sake.
NOTICED = 5
# What shows after the period that sales were pushed into it.
RETURNS = ("return_rate",)


def loopholes(case: Case) -> Iterator[Trick]:
    """Return the tricks that no single KPI explains."""
    yield from _counted_twice(case)
    yield from _cut_off(case)
    yield from _uncapped(case)
    yield from _cliff(case)
    yield from _light(case)
    yield from _sandbagging(case)


def _counted_twice(case: Case) -> Iterator[Trick]:
    seen: set[int | None] = set()
    for flaw in (flaw for rule in DUPLICATION for flaw in rule.find(case)):
        place = case.places[id(flaw.item)] if flaw.item else None
        if flaw.item is not None and place not in seen:
            seen.add(place)
            other = flaw.values.get("other") or flaw.values.get("name") or flaw.item.name
            how = phrase_text("game.how_twice", item=flaw.item.name, other=other)
            yield _of(case, "counted_twice", flaw.item, how, phrase_text("game.add_one_of_two"))


def _cut_off(case: Case) -> Iterator[Trick]:
    lines = [item for item in case.items if _shiftable(case, item)]
    if not lines:
        return
    terms = case.catalogue.terms["basis"]
    bases = tuple(dict.fromkeys(terms[item.basis] for item in lines if item.basis is not None))
    key = "game.add_cut_off" if all(item.basis for item in lines) else "game.add_basis"
    values = {"bases": bases} if key == "game.add_cut_off" else {}
    stopped = tuple(stops(case, (one for one in RETURNS if one in case.catalogue.indicators), lines[0].indicator or ""))
    yield Trick(
        kind="cut_off",
        name=phrase_text("place.card"),
        weight=float(sum(item.points for item in lines)),
        how=phrase_text("game.how_cut_off", items=tuple(item.name for item in lines)),
        stopped_by=stopped,
        remedy=None if stopped else rule_remedy(phrase_text(key, **values)),
    )


def _shiftable(case: Case, item: ScorecardItem) -> bool:
    """Tell whether a line counts sales by the day on which some paper was made out."""
    indicator = case.catalogue.indicators.get(item.indicator or "")
    amount = indicator.base == TOTAL_SALES if indicator else item.unit is Unit.MONEY
    rising = item.polarity is not Polarity.LOWER and item.nature is not Nature.PROCESS
    return amount and rising and item.basis is not Basis.COLLECTED


def _uncapped(case: Case) -> Iterator[Trick]:
    for flaw in uncapped.find(case):
        yield from _on_line(case, "uncapped", flaw, "game.how_uncapped", "game.add_cap")


def _cliff(case: Case) -> Iterator[Trick]:
    for flaw in killing_floor.find(case):
        yield from _on_line(case, "cliff", flaw, "game.how_cliff", "game.add_threshold", usual=USUAL_THRESHOLD)


def _sandbagging(case: Case) -> Iterator[Trick]:
    for flaw in ratchet.find(case):
        yield from _on_line(case, "sandbagging", flaw, "game.how_sandbagging", "game.add_potential")


def _light(case: Case) -> Iterator[Trick]:
    for item in case.items:
        if 0 < item.points < NOTICED:
            how = phrase_text("game.how_light", weight=float(item.points))
            yield _of(case, "light", item, how, phrase_text("game.add_weight", least=case.profile.weight_fine[0]))


def _on_line(case: Case, kind: Kind, flaw: Flaw, how: str, remedy: str, **values: int) -> Iterator[Trick]:
    if flaw.item is not None:
        yield _of(case, kind, flaw.item, phrase_text(how, **flaw.values), phrase_text(remedy, **values))


def _of(case: Case, kind: Kind, item: ScorecardItem, how: Text, remedy: Text) -> Trick:
    return Trick(
        kind=kind,
        item=case.places[id(item)],
        indicator=item.indicator,
        name=item.name,
        weight=float(item.points),
        how=how,
        remedy=rule_remedy(remedy),
    )
